"""One row to one outcome: what a worker does, in this process, another one, or on another machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, NotRequired, TypedDict

from roadmap.batch.codec import dumps
from roadmap.batch.rows import Row
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.plan_data import PlanData
from roadmap.model.problem import Fault
from roadmap.model.profile import Profile, make_profile
from roadmap.planning.make import make_plan
from roadmap.render import Format, render
from roadmap.render.json import plan_data
from roadmap.render.wording import Words

LONGEST_STORY = 200


class RowProblem(TypedDict):
    """What is wrong with a row, and where: `line` counts in the input file, `column` is '' for the whole row."""

    id: str
    row: int
    line: int | None
    column: str
    message: str
    hint: str


class Record(TypedDict):
    """The outcome of one row, as a line of JSON Lines holds it: a plan, or every problem of the row."""

    row: int
    id: str
    status: Literal["ok", "error"]
    plan: NotRequired[PlanData]
    problems: NotRequired[list[RowProblem]]


class Entry(TypedDict):
    """A row of the roster. Dates are ISO days, hours are hours of work, money is US dollars."""

    row: int
    id: str
    name: str
    status: str
    finish: str
    finish_p80: str
    hours: float | None
    cost_usd: float | None
    first_milestone: str
    certificates: str
    warnings: str
    file: str


@dataclass(frozen=True)
class Job:
    """What all rows of a run share. With `form` each row becomes a text and a roster entry, without it a record."""

    catalogue: Catalogue
    today: date
    form: Format | None = None
    names: bool = True


class Done(NamedTuple):
    """A row's outcome, ready to be written: a line of JSON with its newline, or a rendered file."""

    row: int
    id: str
    problems: list[RowProblem]
    data: bytes | memoryview
    entry: Entry | None


def work(row: Row, job: Job) -> Done:
    """The outcome of a row. Never raises for anything a row holds: a bug is one row's outcome too."""
    try:
        plan, problems = _planned(row, job)
        if plan is None:
            return refused(row, job, problems)
        return _told(row, job, plan)
    except Exception as error:
        return refused(row, job, [_bug(error)])


def work_all(rows: Sequence[Row], job: Job) -> list[Done]:
    """The outcomes of a chunk."""
    return [work(row, job) for row in rows]


def record(row: Row, job: Job) -> Record:
    """The outcome of a row as plain data. Never raises either."""
    try:
        plan, problems = _planned(row, job)
        if plan is not None:
            return _planned_record(row, job, plan)
    except Exception as error:
        problems = [_bug(error)]
    return _refused_record(row, job, problems)


def refused(row: Row, job: Job, faults: Sequence[Fault]) -> Done:
    """The outcome of a row without a plan."""
    made = _refused_record(row, job, faults)
    problems = made["problems"]
    if job.form is None:
        return Done(row.number, made["id"], problems, dumps(made) + b"\n", None)
    told = "; ".join((f"{p['column']}: " if p["column"] else "") + p["message"] for p in problems)
    return Done(
        row.number, made["id"], problems, b"", _entry(row.number, made["id"], _name(row, job), "error", warnings=told)
    )


def _told(row: Row, job: Job, plan: Plan) -> Done:
    id_ = _id(row, job)
    if job.form is None:
        return Done(row.number, id_, [], dumps(_planned_record(row, job, plan, own=False)) + b"\n", None)
    text = render(plan, job.catalogue, job.form)
    return Done(row.number, id_, [], text.encode("utf-8", "replace"), _summed(plan, row.number, id_, job.catalogue))


def _planned_record(row: Row, job: Job, plan: Plan, *, own: bool = True) -> Record:
    return {"row": row.number, "id": _id(row, job), "status": "ok", "plan": plan_data(plan, job.catalogue, own=own)}


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
    return {"row": row.number, "id": _id(row, job), "status": "error", "problems": problems}


def _bug(error: Exception) -> Fault:
    what = f"{type(error).__name__}: {str(error)[:LONGEST_STORY]}"
    return Fault("internal-error", (), what, "this is a bug in roadmap; please report it with this row")


def _planned(row: Row, job: Job) -> tuple[Plan | None, Sequence[Fault]]:
    profile, faults = _profile(row, job.catalogue, job.today)
    if profile is None:
        return None, faults
    if not job.names:
        profile = replace(profile, name="")
    return make_plan(job.catalogue, profile, job.today), ()


def _profile(row: Row, catalogue: Catalogue, today: date) -> tuple[Profile | None, list[Fault]]:
    if row.answers is None:
        return None, list(row.faults)
    profile, faults = make_profile(row.answers, catalogue, today)
    return (None if row.faults else profile), [*row.faults, *faults]


def _name(row: Row, job: Job) -> str:
    name = (row.answers or {}).get("name")
    return name if job.names and isinstance(name, str) else ""


def _id(row: Row, job: Job) -> str:
    """The id given, else the name, else the number of the row; without names the number alone."""
    return (row.id or _name(row, job)[:LONGEST_STORY] if job.names else "") or str(row.number)


def _summed(plan: Plan, row: int, id_: str, catalogue: Catalogue) -> Entry:
    words = Words(catalogue)
    return _entry(
        row,
        id_,
        plan.profile.name,
        plan.status,
        finish=plan.finish.isoformat(),
        finish_p80=plan.finish_p80.isoformat(),
        hours=plan.hours,
        cost_usd=plan.cost_usd,
        first_milestone=_milestone(plan),
        certificates="; ".join(f"{e.certification.label} {e.exam_on}" for e in plan.exams),
        warnings=" ".join(words.notice(n) for n in plan.notices),
    )


def _milestone(plan: Plan) -> str:
    """The first exam or piece of work that others can see, else the end of the first phase."""
    seen = [(e.exam_on, e.certification.label) for e in plan.exams]
    seen += [(s.finish, s.module.title) for s in plan.steps if s.module.public]
    seen = seen or [(p.finish, p.title) for p in plan.phases]
    return "{1} {0}".format(*min(seen)) if seen else ""


def _entry(
    row: int,
    id_: str,
    name: str,
    status: str,
    *,
    finish: str = "",
    finish_p80: str = "",
    hours: float | None = None,
    cost_usd: float | None = None,
    first_milestone: str = "",
    certificates: str = "",
    warnings: str = "",
) -> Entry:
    return {
        "row": row,
        "id": id_,
        "name": name,
        "status": status,
        "finish": finish,
        "finish_p80": finish_p80,
        "hours": hours,
        "cost_usd": cost_usd,
        "first_milestone": first_milestone,
        "certificates": certificates,
        "warnings": warnings,
        "file": "",
    }
