"""A saved plan: what a person answered, what was promised on a day, and what has happened since.

The journal is append-only: nothing in it is ever changed, and a mistake is taken back by one more event. Whatever
is shown (the plan of today, its dates, the pace) is derived from these values, the catalogue and a day.
Nobody changes these values; they are not frozen, and what is only shown is not compared, because generating that
code would cost every start milliseconds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from roadmap.model.answer import GateRow
from roadmap.model.catalogue import Certification
from roadmap.model.plan import LeftOut, Notice, Plan, Step
from roadmap.model.profile import Break

EventKind = Literal["started", "logged", "done", "skipped", "paused", "exam", "note", "reached", "replanned", "undone"]
KINDS: tuple[EventKind, ...] = get_args(EventKind)
# Keys of each kind of event beside id, date and event: those it must have, those it may have.
EVENT_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "started": (("step",), ("batch",)),
    "logged": (("step", "hours"), ("batch",)),
    "done": (("step",), ("hours", "evidence", "anyway", "teaches", "batch")),
    "skipped": (("step",), ("reason",)),
    "paused": (("from", "to"), ("reason",)),
    "exam": (("exam", "result"), ("batch",)),
    "note": (("text",), ("step", "after", "batch")),
    "reached": ((), ("goal", "text", "deadline")),
    "replanned": (("text",), ("was", "made")),
    "undone": (("of",), ("batch",)),
}
NO_WORK = frozenset({"paused", "replanned", "note"})
"""Events that say nothing of work: somebody who only writes notes is as silent as before."""
BLOCKED = re.compile(r"(?<!not )(?<!no longer )\b(?:blocked|stuck)\b", re.IGNORECASE)
Result = Literal["passed", "failed"]
RESULTS: tuple[Result, ...] = ("passed", "failed")
State = Literal["not-started", "ahead", "on-track", "behind", "reached", "finished"]


@dataclass(kw_only=True)
class Event:
    """Something that happened on a day. Which keys mean something depends on the kind (docs/living.md).

    `hours` of a logged event are added (below 0: corrected); those of a done event are the total that the step took.
    `teaches` keeps what a finished module taught, so that it stays learnt when the catalogue changes. `anyway` says
    that the step was called done without evidence, knowingly. `of` names the event that an undone event takes back.
    `goal` is the end that was reached before the last step, `deadline` the last day there was for it then.
    `batch` is shared by all that one sync read, `after` says below which line of a page a note stood. `was` and `made`
    hold profile, baseline and catalogue as they were before a replan and after it, as the file writes them.
    """

    id: str
    on: date
    kind: EventKind
    step: str = ""
    hours: float | None = None
    evidence: str = ""
    anyway: bool = False
    teaches: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    first: date | None = None
    last: date | None = None
    exam: str = ""
    result: Result | None = None
    text: str = ""
    of: str = ""
    goal: str = ""
    deadline: date | None = None
    batch: str = ""
    after: str = ""
    was: Mapping[str, object] = field(default_factory=dict)
    made: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Promise:
    """When a step was meant to run when the plan was last made, and the hours it was meant to take from then on."""

    start: date
    finish: date
    hours: float


@dataclass
class Baseline:
    """The dates to compare with: of the plan as it was saved or last replanned.

    `spent` are the hours that had gone into the plan by then, `pace` is the ratio of actual to likely hours it
    counted on.
    """

    made_on: date
    finish: date
    spent: float
    pace: float
    steps: Mapping[str, Promise]


@dataclass
class SavedPlan:
    """Everything a `*.roadmap.yaml` file holds. `answers` are the profile's keys as the person gave them.

    `overlays` are the catalogue files laid over the built-in ones, as paths from the folder of the saved plan. `id`
    stays the same for good, so that a page knows its plan; older files have none.
    """

    format: int
    catalogue: str
    answers: Mapping[str, object]
    baseline: Baseline
    journal: tuple[Event, ...]
    overlays: tuple[str, ...] = ()
    id: str = ""


@dataclass(eq=False, repr=False)
class WorkDone:
    """Hours that went into a step on a day."""

    on: date
    step: str
    hours: float


@dataclass(eq=False, repr=False)
class Standing:
    """What the journal adds up to, without the events that were taken back.

    `hours` are the hours that went into each step as far as they are known; `failed` holds the day of the last
    failure and their number, `reached` what was wished for and is there, by the end it is.
    """

    started: dict[str, date] = field(default_factory=dict)
    hours: dict[str, float] = field(default_factory=dict)
    work: list[WorkDone] = field(default_factory=list)
    done: dict[str, Event] = field(default_factory=dict)
    skipped: dict[str, Event] = field(default_factory=dict)
    pauses: list[Break] = field(default_factory=list)
    passed: dict[str, date] = field(default_factory=dict)
    failed: dict[str, tuple[date, int]] = field(default_factory=dict)
    reached: dict[str, Event] = field(default_factory=dict)
    last_activity: date | None = None
    last_note: Event | None = None

    def add(self, step: str, on: date, hours: float) -> None:
        """Count hours for a step; a negative number corrects earlier ones."""
        self.hours[step] = self.hours.get(step, 0.0) + hours
        self.work.append(WorkDone(on, step, hours))
        self.started.setdefault(step, on)


def effective(journal: Iterable[Event]) -> list[Event]:
    """The events that count, oldest first; those of one day keep their order in the file."""
    events = list(journal)
    gone = taken_back(events)
    return sorted((e for e in events if e.kind != "undone" and e.id not in gone), key=lambda e: e.on)


def taken_back(events: Sequence[Event]) -> set[str]:
    """The ids of events that do not count any more. An undone event that was itself taken back takes nothing back."""
    undoing = {e.id: e.of for e in events if e.kind == "undone"}
    against = Counter(undoing.values())
    gone: set[str] = set()
    ready = [id_ for id_ in undoing if not against[id_]]
    while ready:
        of = undoing[ready.pop()]
        if of in gone:
            continue
        gone.add(of)
        if (again := undoing.get(of)) is not None:
            # What this one had taken back has one reason less to be gone.
            against[again] -= 1
            if not against[again] and again in undoing:
                ready.append(again)
    return gone


def undoable(journal: Sequence[Event]) -> list[Event]:
    """The events that `undo` takes back: the last one written that still counts, and all that one sync read with it.

    A replan written by a program that did not keep what was before it cannot be taken back and is passed over.
    """
    gone = taken_back(journal)
    # Of what was taken back only that is taken back again which went with other words of one sync.
    needs = {"undone": "batch", "replanned": "was"}
    able = [e for e in journal if e.id not in gone and (e.kind not in needs or getattr(e, needs[e.kind]))]
    last = able[-1:]
    if last and last[0].batch:
        return [e for e in able if e.batch == last[0].batch]
    return last


def standing(journal: Iterable[Event]) -> Standing:
    """What the journal adds up to."""
    out = Standing()
    for event in effective(journal):
        _count(event, out)
        if event.kind not in NO_WORK:
            out.last_activity, out.last_note = event.on, None
        elif event.kind == "note":
            out.last_note = event
    return out


def _count(event: Event, out: Standing) -> None:
    step = event.step
    match event.kind:
        case "started":
            out.started.setdefault(step, event.on)
        case "logged":
            out.add(step, event.on, event.hours or 0.0)
        case "done":
            out.done[step] = event
            out.skipped.pop(step, None)
            if event.hours is not None:
                out.add(step, event.on, event.hours - out.hours.get(step, 0.0))
        case "skipped":
            out.skipped[step] = event
        case "paused":
            if event.first and event.last:
                out.pauses.append(Break(event.first, event.last))
        case "reached":
            out.reached[event.goal] = event
        case "exam" if event.result == "passed":
            out.passed[event.exam] = event.on
        case "exam":
            out.failed[event.exam] = (event.on, out.failed.get(event.exam, (event.on, 0))[1] + 1)


@dataclass(eq=False, repr=False)
class OwnPace:
    """How a person's hours relate to the likely hours of the catalogue (docs/planning.md, Pace).

    `ratio` is the person's own geometric mean over `count` steps, None without any; `median` is what the forecast
    uses, `prior` what it would use without any data.
    """

    ratio: float | None
    count: int
    median: float
    prior: float


@dataclass(eq=False, repr=False)
class Milestone:
    """The next thing worth looking forward to: an exam, work that others can see, or the end of a phase."""

    kind: Literal["exam", "public", "phase", "finish"]
    title: str
    on: date


@dataclass(eq=False, repr=False)
class Earned:
    """A certification that was passed, and until when it is valid (None: no limit is known)."""

    certification: Certification
    on: date
    expires_on: date | None


@dataclass(eq=False, repr=False)
class Progress:
    """Where a person stands on a day.

    `drift` counts the days by which the even-odds finish is later than the baseline's; negative is earlier. Of them
    `agreed` are due to days off that were taken since, which are no delay: `delay` is the rest. `ways` lead back to
    what was promised and `missed` are gates whose day passed; both are only there when they were asked for.
    `weekly` are the hours a week of the last four weeks, None while there is too little to say, and `at_weekly` the
    finish at that rate. `waived` are promised steps that are no longer needed, with the reason; `lost` those that the
    catalogue no longer has. `stale` are facts that changed or grew old since the plan was made.
    `then` is what comes after the last step or once the wish is `reached`, which `dropped` promised steps.
    """

    today: date
    plan: Plan
    baseline: Baseline
    standing: Standing
    state: State
    drift: int
    agreed: int
    hours_planned: float
    hours_done: float
    pace: OwnPace
    weekly: float | None
    at_weekly: date | None
    milestone: Milestone | None
    earned: tuple[Earned, ...]
    skipped: tuple[Event, ...]
    waived: tuple[LeftOut, ...]
    lost: tuple[str, ...]
    stale: tuple[Notice, ...]
    coverage_before: float
    readiness_before: float
    ways: "tuple[Way, ...]" = ()
    missed: tuple[GateRow, ...] = ()
    then: str = ""
    reached: Event | None = None
    reached_text: str = ""
    dropped: tuple[str, ...] = ()

    @property
    def delay(self) -> int:
        """Days later than promised, the days off that were agreed on aside; negative is earlier."""
        return self.drift - self.agreed

    @property
    def over_budget(self) -> float:
        """US dollars that what is left costs beyond what is left of the budget; 0 when it does or there is none."""
        budget = self.plan.profile.budget_usd
        return 0.0 if budget is None else max(0.0, self.plan.cost_usd - budget)

    @property
    def blocked(self) -> Event | None:
        """The last note, when it says that the person is blocked and no work came after it."""
        last = self.standing.last_note
        return last if last and BLOCKED.search(last.text) else None

    @property
    def hours_left(self) -> float:
        """Hours of work that the plan still holds, at the pace used."""
        return self.plan.hours

    @property
    def idle(self) -> int | None:
        """Days since the last entry of the journal, None when there is none yet."""
        last = self.standing.last_activity
        return (self.today - last).days if last else None

    @property
    def now(self) -> Step | None:
        """The step to work on: the first of the first week with work."""
        week = next((w for w in self.plan.weeks if w.items), None)
        return self.plan.step(week.items[0].step) if week else None

    @property
    def late(self) -> int:
        """Days by which the forecast misses the person's deadline; 0 when it is kept or there is none."""
        deadline = self.plan.profile.deadline
        return max(0, (self.plan.finish - deadline).days) if deadline else 0

    @property
    def unsure(self) -> bool:
        """Whether a deadline that holds at even odds does not hold with the confidence that was asked for."""
        plan = self.plan
        days = {80: plan.finish_p80, 95: plan.finish_p95}
        sure = days.get(plan.profile.confidence, plan.finish)
        return plan.profile.deadline is not None and not self.late and sure > plan.profile.deadline


def promised_hours(baseline: Baseline, today: date) -> float:
    """Hours that should have gone into the plan by the end of the day before `today`, by the baseline.

    The hours of a step are spread evenly over its days; those of steps before the promise are in its `spent`.
    """
    total = baseline.spent
    for one in (p for p in baseline.steps.values() if p.finish >= baseline.made_on):
        days = (one.finish - one.start).days + 1
        total += one.hours * min(days, max(0, (today - one.start).days)) / days
    return total


@dataclass(eq=False, repr=False)
class Way:
    """A way back to what was promised: what to change, to what, and when it is then done.

    `shift` accepts the later finish, `deadline` is a day that holds with a confidence of 80 %, `hours_per_week` the
    fewest hours that do, `drop` leaves out the steps in `dropped`, `budget_usd` and `certifications` answer a budget.
    `days` are the person's shares of a week, where they named any.
    """

    change: str
    value: str
    finish: date
    dropped: tuple[str, ...] = ()
    days: tuple[int, ...] = ()


@dataclass(eq=False, repr=False)
class Cause:
    """Days by which one thing moved the finish: hours worked so far, skipped steps, pauses, failed exams, the pace."""

    code: str
    days: int


OfDates = Literal["behind", "late", "gate", "exam", "failed", "over-budget", "away", "stale"]
OfWork = Literal["idle", "nothing-yet", "blocked", "too-fast", "reached", "finished"]


@dataclass(eq=False, repr=False)
class Concern:
    """Why a mentor should look at somebody this week: a code and its ids or numbers."""

    code: OfDates | OfWork
    args: tuple[str | int, ...] = ()
