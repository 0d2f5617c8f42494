"""The Python interface: `from roadmap import load_catalogue, make_plan, plan_many`. No command line, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from roadmap.batch.codec import loads
from roadmap.batch.rows import Reading, from_record
from roadmap.batch.run import run
from roadmap.batch.work import Job, Record, record
from roadmap.errors import RoadmapError
from roadmap.loading.compiled import catalogue as compiled
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.problem import Fault, Problem
from roadmap.model.profile import Profile, make_profile
from roadmap.planning import make


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
    found, problems = compiled([Path(o) for o in overlays])
    if found is None:
        raise CatalogueError(problems)
    return found


def make_plan(catalogue: Catalogue, profile: Profile | Mapping[str, object], today: date) -> Plan:
    """The plan of one person: a profile, or answers with the keys of a profile file. The same input, the same plan.

    Dates are days, hours are hours of work, money is US dollars, coverage and readiness are shares from 0 to 1.
    Raises ProfileError with every problem of the answers.
    """
    if isinstance(profile, Mapping):
        made, faults = make_profile(profile, catalogue, today)
        if made is None:
            raise ProfileError(faults)
        profile = made
    return make.make_plan(catalogue, profile, today)


def plan_many(
    profiles: Iterable[Mapping[Any, Any]],
    *,
    today: date,
    catalogue: Catalogue | None = None,
    workers: int = 1,
) -> Iterator[Record]:
    """One record for each profile, in order, while the input is being read: `{row, id, status, plan or problems}`.

    Profiles are mappings with the keys of a profile file and optionally `id`; missing values of a data frame (None,
    NaN, NaT) count as not given, nested keys may be dotted (`skills.rag`). A bad profile is a record with
    status "error" and its problems, never an exception. Without `catalogue` the built-in one is taken, loaded once
    a process. With more than one worker, processes are started, so a script needs `if __name__ == "__main__":`.
    """
    job = Job(catalogue or _built_in(), today)
    rows = (from_record(p, number, Reading()) for number, p in enumerate(profiles, 1))
    if workers <= 1:
        yield from (record(row, job) for row in rows)
        return
    with closing(run(rows, job, workers, tell=lambda _: None)) as outcomes:
        for done in outcomes:
            made: Any = loads(bytes(done.data))
            yield made


@cache
def _built_in() -> Catalogue:
    return load_catalogue()
