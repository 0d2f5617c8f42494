"""What there is to say about a plan beyond itself: changed answers and what they do, why a step is there, why not.

Plain facts, made by the planner and put into words by the renderers.
"""

from dataclasses import dataclass
from typing import Literal

from roadmap.model.advice import RoutePhase
from roadmap.model.catalogue import Rule
from roadmap.model.plan import Notice, Plan, Reason, Step
from roadmap.model.problem import Fault

Cause = Literal["needed", "waits", "beside", "early", "late", "phase", "place", "stage", "id"]


@dataclass(frozen=True)
class Change:
    """One answer with its new value, as a profile keeps it. Skills name only the levels that are laid over."""

    key: str
    value: object


@dataclass(frozen=True)
class Tried:
    """A plan under a changed answer. Differences are new minus old: days of the finish, calendar weeks with their
    breaks, hours, US dollars, shares of coverage and readiness. `joined` and `gone` are steps. `command` makes
    it so in a saved plan.
    """

    change: Change
    plan: Plan
    days: int
    weeks: int
    hours: float
    cost_usd: float
    coverage: float
    readiness: float
    joined: tuple[str, ...]
    gone: tuple[str, ...]
    command: str = ""


@dataclass(frozen=True)
class Need:
    """A step that another one waits for, and the skill level it waits for."""

    step: str
    waits: str
    skill: str
    level: int


@dataclass(frozen=True)
class Because:
    """A reason, and the single changed answers tried against it: those that take the step out, those that do not.

    `effect` says what a rule does: adds the step, or merely prefers, moves, resizes or swaps it. A change that fails
    comes with the reasons that keep the step.
    """

    reason: Reason
    effect: str
    removed_by: tuple[Tried, ...]
    kept_despite: tuple[tuple[Tried, tuple[Reason, ...]], ...]


@dataclass(frozen=True)
class Present:
    """Everything about a step of a plan. Coverage and readiness are what this step adds (shares from 0 to 1).

    `skipped_in_vain` is set where the person asked to skip it and something needs it all the same.
    """

    step: Step
    reasons: tuple[Because, ...]
    waits_for: tuple[Need, ...]
    needed_by: tuple[Need, ...]
    opens: tuple[str, ...]
    coverage: float
    readiness: float
    by_choice: Because
    skipped_in_vain: Notice | None = None


@dataclass(frozen=True)
class Absent:
    """Everything about a module or certificate that is not in a plan. `back` are changes that bring it in.

    `kept` is the plan with it kept by the person's word, None where that cannot be asked; `works` says whether that
    brings it in. `refused` says why it cannot be asked.
    """

    id: str
    title: str
    reason: Reason
    hours: float
    worth: float
    kept: Tried | None
    works: bool
    back: tuple[Tried, ...]
    refused: Fault | None = None


@dataclass(frozen=True)
class Ordered:
    """Two steps in the order they have, and the cause of it.

    `needed`: the second waits for the first along `chain`. `waits`: its place would be earlier, but it waits along
    `chain` for another step that comes later than the first. `beside`: one of them is exam preparation, which runs
    beside other work. `early`, `late`: a rule moves one of them. `phase`: they serve different phases. `place`: the
    path names them in this order within a phase. `stage`: the layers of the whole way. `id`: nothing but the id.
    `pulled_by` is the step for whose sake the first one comes as early as it does, where it is not its own place.
    """

    first: Step
    then: Step
    cause: Cause
    chain: tuple[Need, ...] = ()
    phases: tuple[RoutePhase, ...] = ()
    rule: Rule | None = None
    pulled_by: str = ""
