"""The Python interface: `from roadmap import load_catalogue, make_plan, plan_many`. No command line, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, overload

from roadmap.app.catalogues import ProblemsError, compiled
from roadmap.app.people import make
from roadmap.batch.codec import loads
from roadmap.batch.details import DatesRecord, Detail, Record, SummaryRecord
from roadmap.batch.frames import from_record
from roadmap.batch.plan import Plan, with_catalogue
from roadmap.batch.row import Reading
from roadmap.batch.run import run
from roadmap.batch.work import AnyRecord, Job, record
from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Fault, Problem
from roadmap.model.profile import Profile, as_date, make_profile

People = Iterable[Mapping[Any, Any]]
Day = date | str


class CatalogueError(RoadmapError):
    """The catalogue with its overlays cannot be used; `problems` say why, with file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file}:{p.line}:{p.column}: {p.message}" for p in self.problems))


class ProfileError(RoadmapError):
    """The answers of a person have problems; `faults` names every one with the path to it and a hint."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f.message for f in self.faults))


def load_catalogue(*overlays: str | Path) -> Catalogue:
    """The built-in catalogue with your own files laid over it, in order.

    Raises CatalogueError for problems in them, RoadmapError for a file that cannot be read. A second load of the
    same content comes compiled from the user's cache folder.
    """
    try:
        return compiled([Path(o) for o in overlays])
    except ProblemsError as error:
        raise CatalogueError(error.problems) from None


def make_plan(catalogue: Catalogue, profile: Profile | Mapping[str, object], today: date | str) -> Plan:
    """The plan of one person: a profile, or answers with the keys of a profile file. The same input, the same plan.

    Dates are days, hours are hours of work, money is US dollars, coverage and readiness are shares from 0 to 1.
    Raises ProfileError with every problem of the answers (`faults`: id, path, message, hint), TypeError and
    ValueError for arguments that are none.
    """
    _catalogue(catalogue)
    day = _day(today)
    if isinstance(profile, Mapping):
        made, faults = make_profile(profile, catalogue, day)
        if made is None:
            raise ProfileError(faults)
        profile = made
    if not isinstance(profile, Profile):
        raise TypeError(f"profile must be a mapping with the keys of a profile file, not {type(profile).__name__}")
    return with_catalogue(make(catalogue, profile, day), catalogue)


@overload
def plan_many(
    profiles: People,
    *,
    today: Day,
    catalogue: Catalogue | None = None,
    workers: int = 1,
    detail: Literal["dates"] = "dates",
) -> Iterator[DatesRecord]: ...


@overload
def plan_many(
    profiles: People, *, today: Day, catalogue: Catalogue | None = None, workers: int = 1, detail: Literal["summary"]
) -> Iterator[SummaryRecord]: ...


@overload
def plan_many(
    profiles: People, *, today: Day, catalogue: Catalogue | None = None, workers: int = 1, detail: Literal["full"]
) -> Iterator[Record]: ...


def plan_many(
    profiles: People, *, today: Day, catalogue: Catalogue | None = None, workers: int = 1, detail: str = "dates"
) -> Iterator[AnyRecord]:
    """One record for each profile, in order, while the input is being read: the records of `roadmap batch`.

    Profiles are mappings with the keys of a profile file and optionally `id`; missing values of a data frame (None,
    NaN, NaT) count as not given, nested keys may be dotted (`skills.rag`). A bad profile is a record with
    status "error" and its problems, never an exception; an argument that is none raises TypeError or ValueError at
    once. Without `catalogue` the built-in one is taken, loaded once a process. With more than one worker, processes
    are started, so a script needs `if __name__ == "__main__":`.
    """
    day = _day(today)
    if isinstance(profiles, (str, bytes, Mapping)) or not isinstance(profiles, Iterable):
        raise TypeError(f"profiles must be a list or an iterator of mappings, not {type(profiles).__name__}")
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ValueError(f"workers must be a whole number from 1, not {workers!r}")
    if detail not in list(Detail):
        raise ValueError(f"detail must be one of {', '.join(Detail)}, not {detail!r}")
    job = Job(_catalogue(catalogue or _built_in()), day, detail=Detail(detail))
    return _records(profiles, job, workers)


def _records(profiles: Iterable[Mapping[Any, Any]], job: Job, workers: int) -> Iterator[AnyRecord]:
    rows = (from_record(p, number, Reading()) for number, p in enumerate(profiles, 1))
    if workers <= 1:
        yield from (record(row, job) for row in rows)
        return
    with closing(run(rows, job, workers, tell=lambda _: None)) as outcomes:
        for done in outcomes:
            made: Any = loads(bytes(done.data))
            yield made


def _day(today: object) -> date:
    """The day of an argument. Raises TypeError or ValueError."""
    if isinstance(today, datetime):
        return today.date()
    day = as_date(today)
    if day is not None:
        return day
    if isinstance(today, str):
        raise ValueError(f"today must be a day such as 2026-11-22, not {today!r}")
    raise TypeError(f"today must be a date, not {type(today).__name__}")


def _catalogue(given: object) -> Catalogue:
    if not isinstance(given, Catalogue):
        raise TypeError(f"catalogue must come from load_catalogue(), not {type(given).__name__}")
    return given


@cache
def _built_in() -> Catalogue:
    return load_catalogue()
