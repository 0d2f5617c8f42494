"""The first page of a plan as data: what a mentor would say to this person, before any format has its way with it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class End(NamedTuple):
    """An outcome: what is true when it is reached."""

    id: str
    text: str


class Said(NamedTuple):
    """A statement with what backs it: a reason, an answer to a risk, what a rule means here."""

    text: str
    more: str = ""
    source: str = ""


class Slot(NamedTuple):
    """A fixed time in a normal week."""

    day: str
    minutes: int
    what: str


WHOLE = "all of it"
"""The part of a resource that is all of it: nobody has to be told which part."""


class Opens(NamedTuple):
    """A resource to open, the part of it, and the hours that part takes."""

    id: str
    title: str
    url: str
    part: str
    hours: float
    cost: str


class Work(NamedTuple):
    """A step of a phase: its title, planned hours and days, what it adds to which project (none: the main one).

    `opens` are the parts of resources to open for it.
    """

    step: str
    title: str
    hours: float
    start: date
    finish: date
    adds: str = ""
    project: str = ""
    opens: tuple[Opens, ...] = ()


MOVE = "move"
"""The id of the row of the move among the phases."""
SPARE = "spare"
"""The id of the row of what fills the time that is left."""


class PhaseRow(NamedTuple):
    """A phase: its days (both included), planned hours, what exists at the end, its steps; `later`: the move is on.

    `why` says why it comes where it does.
    """

    id: str
    title: str
    start: date
    finish: date
    hours: float
    leaves: str
    work: tuple[Work, ...] = ()
    later: bool = False
    why: str = ""

    @property
    def opens(self) -> tuple[Opens, ...]:
        """What to open in it, in the order of its steps."""
        return tuple(one for work in self.work for one in work.opens)


class Source(NamedTuple):
    """Public data of a project."""

    title: str
    url: str
    licence: str


class Growth(NamedTuple):
    """What a step adds to a project."""

    step: str
    adds: str


class ProjectPage(NamedTuple):
    """A project as this person builds it."""

    id: str
    title: str
    brief: str
    data: tuple[Source, ...]
    never: tuple[str, ...]
    reader: str
    targets: tuple[str, ...]
    grows: tuple[Growth, ...]


class Missed(NamedTuple):
    """What keeps the date when a gate is missed: modules to drop, hours saved, and the advice in words."""

    drop: tuple[str, ...]
    saves_hours: float
    text: str


class GateRow(NamedTuple):
    """A dated check that a person can make alone; `project` is the one it measures by what its step adds there."""

    on: date
    step: str
    check: str
    if_missed: Missed
    project: str = ""


class MovePage(NamedTuple):
    """What turns skill into the outcome: since when, hours a week beside the learning, and what to do and say.

    `learnt` is the day on which the learning ends: from then on all hours are the move's, and `later` is what to do in
    a week. `before`: what is done for it before it begins.
    """

    kind: str
    name: str
    start: date
    hours_per_week: float
    titles: tuple[str, ...]
    week: tuple[str, ...]
    say: tuple[str, ...]
    doors: tuple[str, ...] = ()
    after: str = ""
    learnt: date | None = None
    later: str = ""
    before: str = ""


class MoneyRow(NamedTuple):
    """An item of the bill in US dollars."""

    item: str
    low_usd: float
    high_usd: float
    note: str


class TaskRow(NamedTuple):
    """Something to do in the first week."""

    minutes: int
    task: str
    step: str
    url: str


class BuyRow(NamedTuple):
    """What so many hours buy when the wish cannot be met."""

    hours: float
    text: str


@dataclass(frozen=True)
class Answer:
    """The answer to one person (see docs/planning.md). `ready` holds with 4 in 5, `ready_even` with even odds.

    `rules` say what binds the person's field today, `facts` are sober figures with their source, `tools` what of the
    tools is gone that others still teach, `fewer` what becomes of the dates if a good quarter of the hours never comes.
    `slack` is the planned day of what the verdict counts on, and the day by which it holds with 4 in 5; None where a
    deadline leaves none.
    """

    outcome: End
    wished: End
    verdict: tuple[str, ...]
    act_from: date
    ready: date
    ready_even: date
    not_doing: tuple[Said, ...]
    rhythm: tuple[Slot, ...]
    phases: tuple[PhaseRow, ...]
    projects: tuple[ProjectPage, ...]
    gates: tuple[GateRow, ...]
    move: MovePage | None
    money: tuple[MoneyRow, ...]
    risks: tuple[Said, ...]
    first_week: tuple[TaskRow, ...]
    until_then: tuple[str, ...]
    hours_buy: tuple[BuyRow, ...]
    rules: tuple[Said, ...] = ()
    facts: tuple[Said, ...] = ()
    tools: tuple[Said, ...] = ()
    fewer: str = ""
    slack: tuple[date, date] | None = None

    @property
    def money_total(self) -> tuple[float, float]:
        """The sums of the bill, low and high."""
        return sum(m.low_usd for m in self.money), sum(m.high_usd for m in self.money)
