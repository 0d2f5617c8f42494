"""What is read of a printed plan, and what differs between two of them.

The shape is a part of `roadmap.model.plan_data`: only what a comparison needs, so that plans printed by older versions
can be compared as well. Dates are ISO days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal, NotRequired

from annotated_types import Ge, Le
from typing_extensions import TypedDict

# Wide enough for any plan, and finite, so that figures can be put into words.
Amount = Annotated[float, Ge(0), Le(1_000_000)]
Count = Annotated[int, Ge(0), Le(1_000_000)]
Share = Annotated[float, Ge(0), Le(1)]


class PrintedReason(TypedDict):
    """A reason in words."""

    code: str
    text: str


class PrintedCatalogue(TypedDict):
    """Which catalogue it was made from."""

    version: str
    as_of: str


class PrintedSummary(TypedDict):
    """The figures that are compared."""

    start: date
    finish: date
    finish_p80: date
    finish_p95: date
    weeks: Count
    hours: Amount
    cost_usd: Amount
    coverage_before: Share
    coverage_after: Share
    readiness_before: Share
    readiness_after: Share


class PrintedStep(TypedDict):
    """A step with its dates, size and reasons."""

    id: str
    title: str
    phase: str
    start: date
    finish: date
    hours: Amount
    cost_usd: Amount
    teaches: dict[str, Count]
    reasons: list[PrintedReason]
    hours_basis: NotRequired[str]


class PrintedExam(TypedDict):
    """An exam with its day."""

    id: str
    code: str | None
    name: str
    fee_usd: Amount | None
    exam_on: date


class PrintedLeftOut(TypedDict):
    """An omission with its reason."""

    module: str
    title: str
    reason: PrintedReason


class PrintedPlan(TypedDict):
    """A plan as `roadmap plan --format json` prints it, as far as it is compared."""

    schema_version: Literal[1, 2]
    generated_on: date
    catalogue: PrintedCatalogue
    profile: dict[str, Any]
    status: Literal["feasible", "reduced", "infeasible"]
    summary: PrintedSummary
    steps: list[PrintedStep]
    certifications: list[PrintedExam]
    left_out: list[PrintedLeftOut]


@dataclass(frozen=True)
class Pair:
    """A value before and after, under a name."""

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class StepChange:
    """What happened to one step that is in both plans. Days are later (positive) or earlier; hours new minus old.

    `gone` and `come` are reasons in words; `teaches` and `phase` hold both sides where they differ.
    """

    old: PrintedStep
    new: PrintedStep
    days: int
    hours: float
    cost_usd: float
    gone: tuple[str, ...]
    come: tuple[str, ...]
    other: tuple[Pair, ...]

    @property
    def resized(self) -> bool:
        """Whether it takes other hours or costs something else."""
        return bool(self.hours or self.cost_usd)


@dataclass(frozen=True)
class Moved:
    """Steps that all end the same number of days later (or earlier)."""

    days: int
    steps: tuple[PrintedStep, ...]


@dataclass(frozen=True)
class Gone:
    """A step that is no longer there, and why, as far as the new plan says so: in its words, or because it has steps
    that bring the same (`instead`, titles), or because the person has it now (`held`).
    """

    step: PrintedStep
    why: str
    instead: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True)
class Difference:
    """Two plans compared, most important first: what was asked, the result, steps, exams, omissions."""

    old: PrintedPlan
    new: PrintedPlan
    answers: Sequence[Pair]
    totals: Sequence[Pair]
    removed: Sequence[Gone]
    added: Sequence[PrintedStep]
    exams: Sequence[tuple[PrintedExam | None, PrintedExam | None]]
    resized: Sequence[StepChange]
    reasons: Sequence[StepChange]
    moved: Sequence[Moved]
    omissions: Sequence[tuple[PrintedLeftOut | None, PrintedLeftOut | None]]

    @property
    def same(self) -> bool:
        """Whether nothing differs that a person would see."""
        return not any(getattr(self, f.name) for f in fields(self) if f.name not in ("old", "new"))
