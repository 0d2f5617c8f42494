"""The plan as it is printed in JSON: the shape that scripts may rely on. JSON Schema is made from these classes.

Dates are ISO days; hours are hours of work; worth, coverage and readiness are shares from 0 to 1; money is US dollars.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from typing_extensions import TypedDict

from roadmap.model.answer_data import AnswerData
from roadmap.model.fields import FIELDS
from roadmap.model.person import Profile
from roadmap.model.times import Availability, Break


class ReasonData(TypedDict):
    """Why: a stable code, a sentence, and the id of its source."""

    code: str
    text: str
    source: str


class CatalogueData(TypedDict):
    """Which catalogue a plan was made from."""

    version: str
    as_of: str


class AimsData(TypedDict):
    """The skills a person aims at (`profile.aims`): held at working level before, held after, taught by no module."""

    named: list[str]
    held: list[str]
    reached: list[str]
    untaught: list[str]
    coverage_before: float
    coverage_after: float


class SummaryData(TypedDict):
    """The plan in figures. `finish` is the even-odds date."""

    start: str
    finish: str
    finish_p80: str
    finish_p95: str
    weeks: int
    months: float
    hours: float
    cost_usd: float
    published_months: list[float] | None
    coverage_before: float
    coverage_after: float
    readiness_before: float
    readiness_after: float
    worth: float
    pace: float
    steps: int
    aims: AimsData | None


class PhaseData(TypedDict):
    """A phase of the path."""

    id: str
    title: str
    start: str
    finish: str
    hours: float
    because: str
    source: str


class ResourceData(TypedDict):
    """A resource of a step: the part it uses (empty: all), the hours of that part, and the day of its last check."""

    id: str
    title: str
    url: str
    provider: str
    cost: str
    price_usd: float | None
    part: str
    hours: float
    checked: str


class StepData(TypedDict):
    """A step. `teaches` holds what is new to the person by then; `after` the steps it waits for.

    `tier` is the order in which work is kept, `project_adds` what the step adds to a project of the answer.
    """

    id: str
    module: str
    title: str
    summary: str
    kind: str
    stage: str
    phase: str
    tier: Literal["core", "move", "focus", "breadth"]
    start: str
    finish: str
    hours: float
    hours_low: float
    hours_high: float
    hours_origin: str
    hours_basis: str
    cost_usd: float
    teaches: dict[str, int]
    needs: dict[str, int]
    after: list[str]
    resources: list[ResourceData]
    done_when: list[str]
    evidence: list[str]
    project_adds: str
    reasons: list[ReasonData]
    coverage_after: float
    readiness_after: float


class ItemData(TypedDict):
    """Hours of a step within a week."""

    step: str
    hours: float


class WeekData(TypedDict):
    """A week from Monday."""

    start: str
    capacity: float
    items: list[ItemData]
    reviews: list[str]


class WeightData(TypedDict):
    """A part of an exam: its weight in percent, or a range of it."""

    name: str
    percent: float | None
    range: list[float] | None


class RetakeData(TypedDict):
    """A second try: the first day for it, what it costs, and the rule in words."""

    on: str | None
    fee_usd: float | None
    text: str


class ExamData(TypedDict):
    """An exam the plan sits: its pages, what it takes to pass, when to book, and what comes after it."""

    id: str
    code: str | None
    name: str
    issuer: str
    url: str
    guide_url: str
    practice_url: str
    fee_usd: float | None
    fee_note: str
    exam_on: str
    expires_on: str | None
    pass_mark: str
    weights: list[WeightData]
    gate: str
    retake: RetakeData
    renewal: str
    recheck_on: str | None
    head_start: str
    checked: str
    confidence: str
    note: str
    reasons: list[ReasonData]


class LeftOutData(TypedDict):
    """Something considered and not planned. `worth` is what it would add."""

    module: str
    title: str
    hours: float
    worth: float
    reason: ReasonData


class LaterData(TypedDict):
    """Work that the plan leaves for later, in the job: planned hours, and why it can wait."""

    module: str
    title: str
    hours: float
    why: str


class OptionData(TypedDict):
    """A single change that would make the plan whole."""

    change: str
    value: str
    finish: str
    text: str


class WarningData(TypedDict):
    """Something the reader should know."""

    code: str
    text: str
    source: str


class SourceData(TypedDict):
    """A source the plan leans on."""

    id: str
    title: str
    url: str | None
    as_of: str
    confidence: str


BreakData = TypedDict("BreakData", {"from": str, "to": str})
"""A period without study, both days included."""


RangeData = TypedDict("RangeData", {"from": str, "to": str, "hours_per_week": float})
"""A period with other hours a week, both days included."""


class AvailabilityData(TypedDict):
    """When a person can study: hours by weekday (empty: every day alike), other hours, rest weeks, a buffer."""

    days: dict[str, float]
    ranges: list[RangeData]
    rest_every: int | None
    buffer_percent: int


# How the types of a profile's answers are printed; all others are printed as they are.
PRINTED: Mapping[Any, Any] = {
    date: str,
    date | None: str | None,
    tuple[str, ...]: list[str],
    Mapping[str, int]: dict[str, int],
    tuple[Break, ...]: list[BreakData],
    Availability: AvailabilityData,
}
if TYPE_CHECKING:
    ProfileData = dict[str, Any]
else:
    _TYPES = get_type_hints(Profile)
    ProfileData = TypedDict("ProfileData", {f.name: PRINTED.get(_TYPES[f.name], _TYPES[f.name]) for f in FIELDS})
    ProfileData.__doc__ = "The profile as resolved: every default filled in, `skills` with the baseline merged."


class PlanData(TypedDict):
    """A plan, as `roadmap plan --format json` prints it."""

    schema_version: int
    generated_on: str
    catalogue: CatalogueData
    profile: ProfileData
    status: Literal["feasible", "reduced", "infeasible"]
    summary: SummaryData
    answer: AnswerData
    phases: list[PhaseData]
    steps: list[StepData]
    weeks: list[WeekData]
    certifications: list[ExamData]
    left_out: list[LeftOutData]
    later: list[LaterData]
    options: list[OptionData]
    warnings: list[WarningData]
    sources: list[SourceData]
