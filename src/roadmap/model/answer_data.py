"""The answer as it is printed in JSON, part of the plan's shape. Dates are ISO days, money is US dollars."""

from typing_extensions import TypedDict


class EndData(TypedDict):
    """An outcome: what is true when it is reached."""

    id: str
    text: str


class NotDoingData(TypedDict):
    """Something better left alone, and why."""

    text: str
    reason: str


class SlotData(TypedDict):
    """A fixed time in a normal week."""

    day: str
    minutes: int
    what: str


class OpensData(TypedDict):
    """A resource to open during a phase: the part of it, the hours of that part, its cost in words."""

    id: str
    title: str
    url: str
    part: str
    hours: float
    cost: str


class AnswerPhaseData(TypedDict):
    """A phase of the answer: planned hours, what exists at the end, why it comes here, what to open meanwhile."""

    id: str
    title: str
    start: str
    finish: str
    hours: float
    leaves: str
    why: str
    opens: list[OpensData]


class DatumData(TypedDict):
    """Public data with its licence."""

    title: str
    url: str
    licence: str


class GrowthData(TypedDict):
    """What a step adds to a project."""

    step: str
    adds: str


class ProjectData(TypedDict):
    """A project: its data, what must never go in, who reads it, when it is done, how it grows."""

    id: str
    title: str
    brief: str
    data: list[DatumData]
    never: list[str]
    reader: str
    targets: list[str]
    grows: list[GrowthData]


class MissedData(TypedDict):
    """What keeps the date when a gate is missed: modules to drop, the hours that saves, and the advice."""

    drop: list[str]
    saves_hours: float
    text: str


class GateData(TypedDict):
    """A dated check."""

    on: str
    step: str
    check: str
    if_missed: MissedData


MoveData = TypedDict(
    "MoveData",
    {
        "kind": str,
        "name": str,
        "from": str,
        "hours_per_week": float,
        "titles": list[str],
        "week": list[str],
        "say": list[str],
        "doors": list[str],
        "after": str,
        "before": str,
        "later": str,
    },
)
"""What turns skill into the outcome: since when, hours a week beside the learning, what to do and say."""


class MoneyData(TypedDict):
    """An item of the bill."""

    item: str
    low_usd: float
    high_usd: float
    note: str


class MoneyTotalData(TypedDict):
    """The sums of the bill."""

    low_usd: float
    high_usd: float


class RiskData(TypedDict):
    """What can go wrong, and its answer."""

    text: str
    answer: str


class TaskData(TypedDict):
    """Something to do in the first week."""

    minutes: int
    task: str
    step: str
    url: str


class BuyData(TypedDict):
    """What so many hours buy when the wish cannot be met."""

    hours: float
    text: str


class SaidData(TypedDict):
    """A statement with what it means here and the id of its source."""

    text: str
    more: str
    source: str


class AnswerData(TypedDict):
    """The answer to one person. `ready` holds with 4 in 5, `ready_even` with even odds; `wished` is what was asked."""

    outcome: EndData
    wished: EndData
    verdict: list[str]
    act_from: str
    ready: str
    ready_even: str
    not_doing: list[NotDoingData]
    rhythm: list[SlotData]
    phases: list[AnswerPhaseData]
    projects: list[ProjectData]
    gates: list[GateData]
    move: MoveData | None
    money: list[MoneyData]
    money_total: MoneyTotalData
    risks: list[RiskData]
    first_week: list[TaskData]
    until_then: list[str]
    hours_buy: list[BuyData]
    rules: list[SaidData]
    facts: list[SaidData]
    tools: list[SaidData]
    fewer: str
