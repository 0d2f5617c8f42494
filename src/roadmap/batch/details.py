"""What a batch tells of a plan: summary, dates, or everything; as records, and as the flat rows of a table.

The classes are what JSON Schema and the columns of Parquet are made from.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from roadmap.model.plan import Plan
from roadmap.model.plan_data import PlanData


class Detail(StrEnum):
    """How much is told of a plan."""

    SUMMARY = "summary"
    DATES = "dates"
    FULL = "full"


class _Day:
    """Marks a text as a day in ISO form."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return {**handler(core), "format": "date"}


DAY = _Day()
Day = Annotated[str, DAY]


class RowProblem(TypedDict):
    """What is wrong with a row, and where: `line` counts in the input file, `column` is '' for the whole row."""

    id: str
    row: int
    line: int | None
    column: str
    message: str
    hint: str


class Record(TypedDict):
    """The outcome of one row with all of its plan, or every problem of the row.

    `own` holds the columns of its table that are no answers (notes, an address), as they stood there.
    """

    row: int
    id: str
    status: Literal["ok", "error"]
    plan: NotRequired[PlanData]
    problems: NotRequired[list[RowProblem]]
    own: NotRequired[dict[str, str]]


class SummaryRecord(TypedDict):
    """The outcome of one row in figures, or every problem of the row.

    `outcome` is the end the plan leads to, `wished` the one that was asked for; `act_from` the day from which the
    person acts on it (applies, asks, publishes), `ready` holds with 4 in 5, `finish` with even odds. `own` holds the
    columns of its table that are no answers (notes, an address), as they stood there.
    """

    row: int
    id: str
    status: Literal["feasible", "reduced", "infeasible", "error"]
    name: NotRequired[str]
    role: NotRequired[str]
    outcome: NotRequired[str]
    wished: NotRequired[str]
    start: NotRequired[Day]
    act_from: NotRequired[Day]
    ready: NotRequired[Day]
    finish: NotRequired[Day]
    hours: NotRequired[float]
    hours_per_week: NotRequired[float]
    money_low_usd: NotRequired[float]
    money_high_usd: NotRequired[float]
    certificates: NotRequired[str]
    problems: NotRequired[list[RowProblem]]
    own: NotRequired[dict[str, str]]


class StepDates(TypedDict):
    """When a step is done."""

    id: str
    phase: str
    tier: str
    start: Day
    finish: Day
    hours: float


class ExamDates(TypedDict):
    """When an exam is sat, and its fee on that day."""

    id: str
    on: Day
    fee_usd: float


class DatesRecord(SummaryRecord):
    """The same with the steps, the exams and their days."""

    steps: NotRequired[list[StepDates]]
    exams: NotRequired[list[ExamDates]]


SHAPES: Mapping[Detail, Any] = {Detail.SUMMARY: SummaryRecord, Detail.DATES: DatesRecord, Detail.FULL: Record}
ALWAYS = ("row", "status", "problems")
"""What a record has whatever fields are asked for."""


def told(plan: Plan, row: int, id_: str, detail: Detail) -> DatesRecord:
    """A plan as its summary or its dates."""
    answer = plan.answer
    low, high = answer.money_total
    out: DatesRecord = {
        "row": row,
        "id": id_,
        "status": plan.status,
        "name": plan.profile.name,
        "role": plan.profile.role,
        "outcome": answer.outcome.id,
        "wished": answer.wished.id,
        "start": plan.profile.start.isoformat(),
        "act_from": answer.act_from.isoformat(),
        "ready": answer.ready.isoformat(),
        "finish": plan.finish.isoformat(),
        "hours": float(plan.hours),
        "hours_per_week": float(plan.profile.hours_per_week),
        "money_low_usd": round(float(low), 2),
        "money_high_usd": round(float(high), 2),
        "certificates": "; ".join(f"{e.certification.label} {e.exam_on}" for e in plan.exams),
    }
    if detail is Detail.DATES:
        out["steps"] = [
            {
                "id": s.module.id,
                "phase": s.phase,
                "tier": s.tier,
                "start": s.start.isoformat(),
                "finish": s.finish.isoformat(),
                "hours": float(s.hours),
            }
            for s in plan.steps
        ]
        out["exams"] = [
            {"id": e.certification.id, "on": e.exam_on.isoformat(), "fee_usd": float(e.fee_usd)} for e in plan.exams
        ]
    return out


# ---- flat: a row for each plan, or for each step of it

PLAN_COLUMNS = [key for key in SummaryRecord.__annotations__ if key not in ("problems", "own")]
STEP_COLUMNS = {f"step_{key}" if key != "id" else "step": key for key in StepDates.__annotations__}


def columns_of(detail: Detail) -> list[str]:
    """The columns of a table: all text, days and numbers. `problems` has a row's problems in words."""
    steps = list(STEP_COLUMNS) if detail is Detail.DATES else []
    return [*PLAN_COLUMNS, *steps, "problems"]


class Flat(NamedTuple):
    """A record as rows of a table: the values of its plan, those of each step, its problems in words, its own columns.

    There is a row for each step, and one without a step where there is none.
    """

    plan: list[Any]
    steps: list[list[Any]]
    problems: str | None
    own: Mapping[str, str] = {}


NO_STEP: list[Any] = [None] * len(STEP_COLUMNS)


def flat(record: Mapping[str, Any], detail: Detail) -> Flat:
    """A record as rows of a table."""
    plan = [record.get(key) for key in PLAN_COLUMNS]
    problems, own = in_words(record.get("problems", ())), record.get("own", {})
    if detail is not Detail.DATES:
        return Flat(plan, [[]], problems, own)
    keys = STEP_COLUMNS.values()
    steps = [[step[key] for key in keys] for step in record.get("steps", ())]
    return Flat(plan, steps or [NO_STEP], problems, own)


def in_words(problems: Any) -> str | None:
    """The problems of a row in one line."""
    return "; ".join((f"{p['column']}: " if p["column"] else "") + p["message"] for p in problems) or None
