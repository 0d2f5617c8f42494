"""The same rows and the same bytes on an existing Dask cluster.

Rows are read here, since they are small; plans are made there. Outcomes come back in order, or the workers write
them in parts to any place fsspec knows. What a killed worker was doing, and what only it held, Dask does again.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from socket import create_connection
from typing import Any

from roadmap.batch.codec import dumps, loads
from roadmap.batch.remote import filesystem
from roadmap.batch.rows import Row
from roadmap.batch.run import CHUNK, DIED, chunks
from roadmap.batch.work import Done, Job, refused, work, work_all
from roadmap.errors import RoadmapError, UsageError

IN_FLIGHT = 4  # chunks per thread of the cluster
PATIENCE = 10  # seconds


def run_on_cluster(
    rows: Iterable[Row], job: Job, scheduler: str, tell: Callable[[str], None]
) -> Generator[Done, None, None]:
    """The outcome of every row, in order, brought back here."""
    with _connected(scheduler) as client:
        shared = _shared(client, job)
        killed = _killed()

        def submit(chunk: Sequence[Row]) -> Any:
            return client.submit(work_all, chunk, shared, pure=False)

        for chunk, future in _in_order(client, chunks(iter(rows), CHUNK), submit):
            try:
                yield from future.result()
            except killed:
                tell(f"Workers died again and again over rows {chunk[0].number} and on; running them one by one.")
                for row in chunk:
                    try:
                        yield from submit([row]).result()
                    except killed:
                        yield refused(row, job, [DIED])


def run_in_parts(
    rows: Iterable[Row],
    job: Job,
    scheduler: str,
    pattern: str,
    settings: Mapping[str, object],
    *,
    rows_per_part: int,
    resume: bool,
) -> Iterator[tuple[int, int]]:
    """Write the records in parts, `*` in the pattern standing for the number; yield rows and failed rows of each.

    Each part appears whole. On a resumed run the parts that are there are kept, so it may be stopped at any time.
    """
    if pattern.count("*") != 1 or not pattern.endswith((".jsonl", ".ndjson")):
        raise UsageError(f"--output {pattern}: parts need one * and .jsonl", "for example s3://bucket/plans-*.jsonl")
    system, place = filesystem(pattern)
    folder = place.rpartition("/")[0]
    if folder:
        system.makedirs(folder, exist_ok=True)
    settings = {**settings, "rows_per_part": rows_per_part}
    _same_settings(system, place.replace("*", "settings") + ".json", settings, resume=resume)
    with _connected(scheduler) as client:
        shared = _shared(client, job)
        killed = _killed()
        parts = enumerate(chunks(iter(rows), rows_per_part))

        def submit(numbered: tuple[int, list[Row]]) -> Any:
            number, part = numbered
            return client.submit(write_part, part, shared, part_name(pattern, number), resume, pure=False)

        for (number, _), future in _in_order(client, parts, submit):
            try:
                yield future.result()
            except killed as error:
                what = f"part {number} killed its worker again and again"
                raise RoadmapError(
                    what, "give the workers more memory and use --resume, or use --engine local"
                ) from error


def part_name(pattern: str, number: int) -> str:
    """The address of a part; sorted by name, parts are in input order up to a hundred million rows and beyond."""
    return pattern.replace("*", f"{number:07d}")


def write_part(rows: Sequence[Row], job: Job, address: str, resume: bool) -> tuple[int, int]:
    """Write one part, in a worker: how many rows, and how many of them failed."""
    system, path = filesystem(address)
    if resume and system.exists(path):
        with system.open(path, "rb") as stream:
            return len(rows), sum(b',"status":"error",' in line[:2000] for line in stream)
    local = "file" in system.protocol
    failed = 0
    with system.open(path + ".tmp" if local else path, "wb") as stream:
        for row in rows:
            done = work(row, job)
            failed += bool(done.problems)
            stream.write(done.data)
    if local:
        system.mv(path + ".tmp", path)
    return len(rows), failed


def _same_settings(system: Any, place: str, settings: Mapping[str, object], *, resume: bool) -> None:
    if resume and system.exists(place):
        before: Any = loads(system.cat_file(place))
        differing = [key for key in settings if before.get(key) != settings[key]]
        if differing:
            what = f"the run to continue had other settings: {', '.join(differing)}"
            raise RoadmapError(what, "give the same input and options, or another --output")
    elif system.exists(place):
        raise UsageError(f"{place}: parts of an earlier run are here", "add --resume, or name another place")
    system.pipe_file(place, dumps(dict(settings)))


def _in_order(client: Any, items: Iterator[Any], submit: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """Items with their futures, in order, a bounded number of them at work; results are let go once used."""
    pending: deque[tuple[Any, Any]] = deque()
    while True:
        room = max(2, IN_FLIGHT * sum(client.nthreads().values())) - len(pending)
        for _ in range(max(1, room) if not pending else room):
            item = next(items, None)
            if item is None:
                break
            pending.append((item, submit(item)))
        if not pending:
            return
        yield pending.popleft()


def _shared(client: Any, job: Job) -> Any:
    """The catalogue on the cluster, as a task that can be run again should every worker that holds it die."""
    return client.submit(_itself, job, pure=False)


def _itself(job: Job) -> Job:
    return job


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError("--engine dask needs Dask", "install career-roadmap[dask]") from error
    try:
        # A client that finds nobody keeps trying for long after it has said so; a socket gives up at once.
        with create_connection(distributed.comm.get_address_host_port(scheduler), timeout=PATIENCE):
            pass
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise RoadmapError(f"no Dask scheduler answers at {scheduler}", "start one with: dask scheduler") from error
    with client:
        yield client


def _killed() -> type[Exception]:
    from distributed.scheduler import KilledWorker

    return KilledWorker
