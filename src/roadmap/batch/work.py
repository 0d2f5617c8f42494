"""One row to one outcome: what a worker does, in this process, another one, or on another machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, NotRequired

from typing_extensions import TypedDict

from roadmap.app.people import make
from roadmap.batch.codec import dumps
from roadmap.batch.details import DatesRecord, Detail, Record, RowProblem, SummaryRecord, in_words, told
from roadmap.batch.fields import Tree, picked, tree_of
from roadmap.batch.row import Row
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.problem import Fault
from roadmap.model.profile import Profile, make_profile
from roadmap.render import Format, render
from roadmap.render.numbers import day, first_sentence, hours, listing

LONGEST_STORY = 200
# Why a module is left out that would be there with more time or money.
LIMITS = ("deadline", "budget")
MOST_NAMED = 5
AMOUNTS = ("hours_per_week", "hours", "money_low_usd", "money_high_usd")
AnyRecord = Record | SummaryRecord | DatesRecord


class RosterEntry(TypedDict):
    """A row of the roster. Dates are ISO days, hours are hours of work, money is US dollars.

    `ready` holds with 4 in 5, `finish` with even odds; `note` says what is wrong with a row, or why its plan is less
    than what was asked for; `own` holds the columns that are no answers, of which only roster.csv has columns.
    """

    row: int
    id: str
    name: str
    status: str
    role: str
    hours_per_week: float | None
    start: str
    deadline: str
    outcome: str
    act_from: str
    finish: str
    ready: str
    hours: float | None
    money_low_usd: float | None
    money_high_usd: float | None
    first_milestone: str
    certificates: str
    note: str
    file: str
    own: NotRequired[dict[str, str]]


@dataclass(frozen=True)
class Job:
    """What all rows of a run share. With `form` each row becomes a text and a roster entry, without it a record.

    `fields` are those of a record that are kept; none are all.
    """

    catalogue: Catalogue
    today: date
    form: Format | None = None
    names: bool = True
    detail: Detail = Detail.DATES
    fields: tuple[str, ...] = ()

    @cached_property
    def tree(self) -> Tree:
        """What is kept of a record."""
        return tree_of(self.fields) if self.fields else {}


class Done(NamedTuple):
    """A row's outcome, ready to be written: a line of JSON with its newline, or a rendered file.

    `status` is that of its plan, or error.
    """

    row: int
    id: str
    problems: list[RowProblem]
    data: bytes | memoryview
    entry: RosterEntry | None
    status: str = "error"


def work(row: Row, job: Job) -> Done:
    """The outcome of a row. Never raises for anything a row holds: a bug is one row's outcome too."""
    try:
        plan, problems = _planned(row, job)
        if plan is None:
            return refused(row, job, problems)
        return _done(row, job, plan)
    except Exception as error:
        return refused(row, job, [_bug(error)])


def work_all(rows: Sequence[Row], job: Job) -> list[Done]:
    """The outcomes of a chunk."""
    return [work(row, job) for row in rows]


def record(row: Row, job: Job) -> AnyRecord:
    """The outcome of a row as plain data. Never raises either."""
    try:
        plan, problems = _planned(row, job)
        if plan is not None:
            return _planned_record(row, job, plan)
    except Exception as error:
        problems = [_bug(error)]
    return _refused_record(row, job, problems)


def checked(row: Row, job: Job) -> Done:
    """What is wrong with a row, without planning."""
    try:
        profile, faults = _profile(row, job.catalogue, job.today)
    except Exception as error:
        profile, faults = None, [_bug(error)]
    problems = [] if profile is not None else _refused_record(row, job, faults)["problems"]
    return Done(row.number, identity(row, job), problems, b"", None, "error" if problems else "ok")


def refused(row: Row, job: Job, faults: Sequence[Fault]) -> Done:
    """The outcome of a row without a plan."""
    made = _refused_record(row, job, faults)
    problems = made["problems"]
    if job.form is None:
        data = dumps(picked(made, job.tree)) + b"\n"
        return Done(row.number, made["id"], problems, data, None)
    entry = _entry(row.number, made["id"], _name(row, job), "error", in_words(problems) or "")
    return Done(row.number, made["id"], problems, b"", _with_own(entry, row, job))


def _done(row: Row, job: Job, plan: Plan) -> Done:
    id_ = identity(row, job)
    if job.form is None:
        made: object = _planned_record(row, job, plan)
        return Done(row.number, id_, [], dumps(picked(made, job.tree)) + b"\n", None, plan.status)
    text = render(plan, job.catalogue, job.form)
    # Without its mark a spreadsheet takes UTF-8 for something else.
    text = f"\ufeff{text}" if job.form is Format.CSV else text
    entry = _with_own(_summed(plan, row.number, id_), row, job)
    return Done(row.number, id_, [], text.encode("utf-8", "replace"), entry, plan.status)


def _planned_record(row: Row, job: Job, plan: Plan) -> AnyRecord:
    id_ = identity(row, job)
    if job.detail is not Detail.FULL:
        short = told(plan, row.number, id_, job.detail)
        return {**short, "own": own} if (own := _own(row, job)) else short
    from roadmap.render.json import plan_data

    made: Record = {"row": row.number, "id": id_, "status": "ok", "plan": plan_data(plan, job.catalogue)}
    return {**made, "own": own} if (own := _own(row, job)) else made


def _refused_record(row: Row, job: Job, faults: Sequence[Fault]) -> Record:
    problems: list[RowProblem] = [
        {
            "id": f.id,
            "row": row.number,
            "line": row.line,
            "column": row.column(f.path),
            "message": f.message,
            "hint": f.hint,
        }
        for f in faults
    ]
    made: Record = {"row": row.number, "id": identity(row, job), "status": "error", "problems": problems}
    return {**made, "own": own} if (own := _own(row, job)) else made


def _bug(error: Exception) -> Fault:
    what = f"{type(error).__name__}: {str(error)[:LONGEST_STORY]}"
    return Fault("internal-error", (), what, "this is a bug in roadmap; please report it with this row")


def _planned(row: Row, job: Job) -> tuple[Plan | None, Sequence[Fault]]:
    profile, faults = _profile(row, job.catalogue, job.today)
    if profile is None:
        return None, faults
    if not job.names:
        profile = replace(profile, name="")
    # The ways out of a limit are plans of their own, of which a short record says nothing.
    everything = job.form is not None or job.detail is Detail.FULL
    return make(job.catalogue, profile, job.today, options=everything, words=everything), ()


def _profile(row: Row, catalogue: Catalogue, today: date) -> tuple[Profile | None, list[Fault]]:
    if row.answers is None:
        return None, list(row.faults)
    profile, faults = make_profile(row.answers, catalogue, today)
    return (None if row.faults else profile), [*row.faults, *faults]


def _name(row: Row, job: Job) -> str:
    name = (row.answers or {}).get("name")
    return name if job.names and isinstance(name, str) else ""


def _own(row: Row, job: Job) -> dict[str, str]:
    """The columns that are no answers; they may name the person, so that they go where names do."""
    return dict(row.own) if job.names else {}


def identity(row: Row, job: Job) -> str:
    """The id given, else the name, else the number of the row; without names the number alone."""
    return (row.id or _name(row, job)[:LONGEST_STORY] if job.names else "") or str(row.number)


def _summed(plan: Plan, row: int, id_: str) -> RosterEntry:
    made = told(plan, row, id_, Detail.SUMMARY)
    entry = _entry(row, id_, plan.profile.name, plan.status)
    entry.update({key: made[key] for key in made if key in entry})  # type: ignore[literal-required, typeddict-item]
    deadline = plan.profile.deadline
    entry["deadline"] = deadline.isoformat() if deadline else ""
    entry["first_milestone"] = _milestone(plan)
    entry["note"] = "; ".join(_given_up(plan))
    return entry


def _given_up(plan: Plan) -> Iterator[str]:
    """What a plan is less than was asked for, in a few words each."""
    answer, deadline = plan.answer, plan.profile.deadline
    if plan.status == "infeasible":
        yield first_sentence(answer.verdict[0]).rstrip(".")
    if answer.outcome.id != answer.wished.id:
        yield f"leads to {answer.outcome.id} instead of {answer.wished.id}: {answer.outcome.text}"
    left = [x for x in plan.left_out if x.reason.code in LIMITS]
    if left:
        titles = [f"{x.title} ({hours(x.hours)})" for x in left[:MOST_NAMED]]
        more = [f"{len(left) - MOST_NAMED} more"] if left[MOST_NAMED:] else []
        yield f"left out: {listing([*titles, *more])}"
    if deadline and answer.ready > deadline >= plan.finish:
        yield f"one time in five it ends after the deadline; 4 in 5 is {day(answer.ready)}"


def _with_own(entry: RosterEntry, row: Row, job: Job) -> RosterEntry:
    return {**entry, "own": own} if (own := _own(row, job)) else entry


def _milestone(plan: Plan) -> str:
    """The first exam or piece of work that others can see, else the end of the first phase."""
    seen = [(e.exam_on, e.certification.label) for e in plan.exams]
    seen += [(s.finish, s.module.title) for s in plan.steps if s.module.public]
    seen = seen or [(p.finish, p.title) for p in plan.phases]
    return "{1} {0}".format(*min(seen)) if seen else ""


def _entry(row: int, id_: str, name: str, status: str, note: str = "") -> RosterEntry:
    """A row of which no more is known."""
    made: Any = {key: None if key in AMOUNTS else "" for key in RosterEntry.__annotations__ if key != "own"}
    made |= {"row": row, "id": id_, "name": name, "status": status, "note": note}
    entry: RosterEntry = made
    return entry
