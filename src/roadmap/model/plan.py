"""The dated result. Reasons are codes and ids; sentences are made from them only when somebody reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from roadmap.model.advice import Route
from roadmap.model.answer import Answer
from roadmap.model.catalogue import Catalogue, Certification, Module, Path
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.profile import Profile

Status = Literal["feasible", "reduced", "infeasible"]


class Reason(NamedTuple):
    """Why something is in the plan or out of it: a code, the ids it speaks of, and the source that says so.

    Codes and their arguments are listed with their sentences in `roadmap.render.wording`.
    """

    code: str
    source: str
    args: tuple[str | float, ...] = ()


Tier = Literal["core", "move", "focus", "breadth"]


class Step(NamedTuple):
    """A module with its place in time. Hours are planned hours (likely hours times the pace), in quarters.

    `id` is that of its module, since no plan holds one twice; `tier` is the order in which work is kept, `project_adds`
    what the step adds to a project of the answer.
    """

    id: str
    module: Module
    phase: str
    start: date
    finish: date
    hours: float
    hours_low: float
    hours_high: float
    cost_usd: float
    teaches: Mapping[str, int]
    after: tuple[str, ...]
    resources: tuple[str, ...]
    reasons: tuple[Reason, ...]
    coverage_after: float
    readiness_after: float
    tier: Tier = "core"
    project_adds: str = ""

    @property
    def title(self) -> str:
        """What the step is called: as its module is."""
        return self.module.title


class WeekItem(NamedTuple):
    """Hours of one step within one week."""

    step: str
    hours: float


class Week(NamedTuple):
    """A calendar week from Monday: the hours it holds at most, what they go to, and the steps to recall."""

    start: date
    capacity: float
    items: tuple[WeekItem, ...]
    reviews: tuple[str, ...] = ()


class Exam(NamedTuple):
    """A certification that the plan sits, and until when it is valid.

    `fee_usd` is what it costs on its day; `retake_on` the first day after a failure, `recheck_on` the day to look at
    its page again before booking; `head_start` says what a held predecessor spares.
    """

    certification: Certification
    step: str
    exam_on: date
    expires_on: date | None
    reasons: tuple[Reason, ...]
    fee_usd: float = 0.0
    fee_note: str = ""
    retake_on: date | None = None
    recheck_on: date | None = None
    gate: str = ""
    head_start: str = ""


class LeftOut(NamedTuple):
    """A module or certification that was considered and is not in the plan. `worth` is coverage (0 to 1)."""

    id: str
    title: str
    hours: float
    worth: float
    reason: Reason


class Later(NamedTuple):
    """Work that the plan leaves for later, in the job: planned hours, and why it can wait."""

    module: Module
    hours: float
    reason: Reason


class Option(NamedTuple):
    """One single change that would make the plan whole, and when it would then finish."""

    change: str
    value: str
    finish: date


class Notice(NamedTuple):
    """Something the reader should know: a code and ids, like a reason."""

    code: str
    source: str
    args: tuple[str | float, ...] = ()


class PhaseSpan(NamedTuple):
    """A phase of the path as it fell out in time."""

    id: str
    title: str
    because: str
    source: str
    start: date
    finish: date
    hours: float


@dataclass(frozen=True)
class Plan:
    """A plan for one person on one day. Dates are days; coverage and readiness are shares of `postings`, 0 to 1."""

    generated_on: date
    profile: Profile
    path: Path
    status: Status
    finish: date
    finish_p80: date
    finish_p95: date
    hours: float
    cost_usd: float
    coverage_before: float
    coverage_after: float
    readiness_before: float
    readiness_after: float
    worth: float
    pace: float
    steps: tuple[Step, ...]
    phases: tuple[PhaseSpan, ...]
    weeks: tuple[Week, ...]
    exams: tuple[Exam, ...]
    left_out: tuple[LeftOut, ...]
    options: tuple[Option, ...]
    notices: tuple[Notice, ...]
    postings: int
    route: Route
    answer: Answer
    later: tuple[Later, ...] = ()

    @property
    def start(self) -> date:
        """The first day of work, or the wished start when there is nothing to do."""
        return min((s.start for s in self.steps), default=self.profile.start)

    def step(self, id_: str) -> Step | None:
        """The step with this id, or None."""
        return next((s for s in self.steps if s.id == id_), None)


@dataclass(frozen=True)
class Aimed:
    """The skills that a person aims at by name: all, those held at working level before, those after, and those that
    no module teaches so far for anybody.
    """

    named: tuple[str, ...]
    held: tuple[str, ...]
    reached: tuple[str, ...]
    untaught: tuple[str, ...]


def aimed(plan: Plan, catalogue: Catalogue) -> Aimed | None:
    """What a plan does for the skills that the person aims at; None for somebody who names none."""
    named, have = plan.profile.aims, plan.profile.have
    if not named:
        return None
    taught = {s for step in plan.steps for s, level in step.teaches.items() if level >= WORKING_LEVEL}
    held = tuple(s for s in named if have.get(s, 0) >= WORKING_LEVEL)
    reached = tuple(s for s in named if s in held or s in taught)
    able = {s for s in named for m in catalogue.teachers.get(s, ()) if m.teaches[s] >= WORKING_LEVEL}
    return Aimed(named, held, reached, tuple(s for s in named if s not in able and s not in reached))
