"""What scripts may rely on: where saved plans stand, as `status`, `next` and `cohort` print it with `--format json`.

Dates are ISO days; hours are hours of work; coverage and readiness are shares from 0 to 1; money is US dollars. Days
below 0 are earlier than promised.
"""

from collections.abc import Mapping
from typing import Literal

from typing_extensions import TypedDict

from roadmap.model.journal import State


class WayData(TypedDict):
    """A way out: the command, which takes it as it stands, the day on which it then ends, and the steps that go."""

    change: Literal["shift", "hours_per_week", "deadline", "drop", "budget_usd", "certifications"]
    value: str
    command: str
    finish: str
    dropped: list[str]
    text: str


class ReachedData(TypedDict):
    """What was wished for and is there before the last step: the day, what it is, the person's words, what went."""

    on: str
    what: str
    text: str
    dropped: list[str]


class MissedCheckpoint(TypedDict):
    """A checkpoint whose day passed with its step open, and what it says is done instead."""

    on: str
    step: str
    check: str
    answer: str


class PaceData(TypedDict):
    """Hours taken to hours estimated: the person's own (None without any), over how many steps, used, and usual."""

    own: float | None
    steps: int
    used: float
    usual: float


class ShareData(TypedDict):
    """A share of postings when the plan began, today, and at its end."""

    before: float
    now: float
    after: float


class MilestoneData(TypedDict):
    """The next thing worth looking forward to."""

    kind: Literal["exam", "public", "phase", "finish"]
    title: str
    on: str


class ExamDay(TypedDict):
    """An exam that is planned."""

    id: str
    on: str


class EarnedData(TypedDict):
    """A certificate that was earned; None where no end is known."""

    id: str
    on: str
    expires_on: str | None


class StaleData(TypedDict):
    """A fact of the plan that changed or grew old."""

    code: str
    text: str


class StatusData(TypedDict):
    """Where a person stands. `moved_by` adds up to `drift_days`; `delay_days` leaves out `agreed_days` off.

    `late_days` counts beyond the deadline at even odds. Of a deadline, `deadline_holds` says so at even odds and
    `deadline_sure` at `confidence` percent; all are None without one. `reached` and `what_now` are None until the wish
    is reached or the last step is done.
    """

    schema_version: int
    today: str
    state: State
    drift_days: int
    moved_by: Mapping[str, int]
    agreed_days: int
    delay_days: int
    late_days: int
    over_budget_usd: float
    ways_out: list[WayData]
    reached: ReachedData | None
    what_now: str | None
    missed_gates: list[MissedCheckpoint]
    finish: str
    finish_p80: str
    finish_p95: str
    baseline_finish: str
    deadline: str | None
    deadline_holds: bool | None
    deadline_sure: bool | None
    confidence: int
    hours_planned: float
    hours_done: float
    hours_left: float
    hours_a_week: float | None
    finish_at_that_rate: str | None
    pace: PaceData
    readiness: ShareData
    coverage: ShareData
    done: list[str]
    open: list[str]
    skipped: list[str]
    waived: list[str]
    lost: list[str]
    milestone: MilestoneData | None
    exams: list[ExamDay]
    certificates: list[EarnedData]
    stale: list[StaleData]
    days_idle: int | None


class OpenedData(TypedDict):
    """What a step opens."""

    id: str
    title: str
    url: str


class WeekItemData(TypedDict):
    """A step of this week: its hours in it, and the hours that are left of the step after what was logged."""

    hours_this_week: float
    id: str
    title: str
    kind: str
    start: str
    finish: str
    hours_left: float
    why: str
    resources: list[OpenedData]
    done_when: list[str]
    evidence: list[str]


class NextData(TypedDict):
    """The work of a week. `week` is its Monday; None, without items, where nothing is left to do."""

    schema_version: int
    today: str
    week: str | None
    hours: float
    items: list[WeekItemData]


class NeedData(TypedDict):
    """Why a mentor should look at somebody."""

    code: str
    text: str


class CohortRow(TypedDict):
    """A saved plan of a group. Of one that cannot be read there is the `problem`, and neither name nor progress.

    `own` are the columns that its person's sheet had beside the answers.
    """

    file: str
    problem: str | None
    name: str | None
    needs: list[NeedData]
    progress: StatusData | None
    own: Mapping[str, str]
