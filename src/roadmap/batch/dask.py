"""The same rows and the same bytes on an existing Dask cluster.

Rows are read here, since they are small; plans are made there. Outcomes come back in order, or the workers write
them in parts to any place fsspec knows. What a killed worker was doing, and what only it held, Dask does again.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager, suppress
from socket import create_connection
from typing import Any
from uuid import uuid4

from distributed import Client, KilledWorker, WorkerPlugin, get_worker
from distributed.comm.addressing import get_address_host_port

from roadmap import __version__
from roadmap.batch.parts import Parts, write_part
from roadmap.batch.row import Row
from roadmap.batch.run import DIED, Tell, chunks
from roadmap.batch.work import Done, Job, refused, work, work_all
from roadmap.batch.write import Finished
from roadmap.errors import RoadmapError

CHUNK = 32
IN_FLIGHT = 4  # chunks per thread of the cluster
PARTS_IN_FLIGHT = 2  # parts per thread: their rows wait in the memory of the client
PATIENCE = 10  # seconds


def run_on_cluster(rows: Iterable[Row], job: Job, scheduler: str, tell: Tell) -> Generator[Done, None, None]:
    """The outcome of every row, in order, brought back here."""
    with _connected(scheduler, job) as cluster:

        def submit(chunk: Sequence[Row]) -> Any:
            return cluster.submit(_work_all, chunk)

        for chunk, future in cluster.in_order(chunks(iter(rows), CHUNK), submit, IN_FLIGHT):
            done = cluster.result(future)
            yield from cluster.one_by_one(chunk, tell) if done is None else done


def run_in_parts(
    rows: Iterable[Row], job: Job, scheduler: str, parts: Parts, rows_per_part: int, tell: Tell
) -> Generator[Finished, None, None]:
    """Let the workers write the parts that are not there yet; yield what each holds, in order."""
    with _connected(scheduler, job) as cluster, closing(parts):

        def submit(numbered: tuple[int, list[Row]]) -> Any:
            number, part = numbered
            return None if parts.written(number) else cluster.submit(_write_part, part, parts.address(number))

        numbered = enumerate(chunks(iter(rows), rows_per_part))
        for (number, part), future in cluster.in_order(numbered, submit, PARTS_IN_FLIGHT):
            counts = parts.written(number) or cluster.result(future)
            if counts is None:
                counts = write_part(cluster.one_by_one(part, tell), parts.address(number), job.detail, job.fields)
            parts.add(number, counts)
            yield counts
        parts.finish()


# ---- in a worker of the cluster


class _JobHolder(WorkerPlugin):
    """The catalogue on every worker, on those too that join later: nobody has to ask one that may be dead for it."""

    def __init__(self, job: Job) -> None:
        self.name, self.job = f"roadmap-{uuid4().hex}", job


def _work_all(rows: Sequence[Row], shared: str) -> list[Done]:
    return work_all(rows, _job(shared))


def _write_part(rows: Sequence[Row], address: str, shared: str) -> Finished:
    job = _job(shared)
    return write_part((work(row, job) for row in rows), address, job.detail, job.fields)


def _job(shared: str) -> Job:
    plugins: Any = get_worker().plugins
    job: Job = plugins[shared].job
    return job


def _version() -> str:
    return __version__


# ---- in the client


class _Cluster:
    """A Dask client, and what goes wrong with one."""

    def __init__(self, client: Any, job: Job) -> None:
        self._client, self._shared = client, _JobHolder(job)
        # Also tells workers that cannot load roadmap at all, before any row is sent.
        others = {str(v) for v in client.run(_version).values()} - {__version__}
        if others:
            what = f"the cluster has roadmap {', '.join(sorted(others))}, here is {__version__}"
            raise RoadmapError(what, "install the same version everywhere")
        client.register_plugin(self._shared)

    def close(self) -> None:
        """Leave nothing behind, if anybody is still there."""
        with suppress(OSError):
            self._client.unregister_worker_plugin(self._shared.name)

    def submit(self, work: Callable[..., object], *args: object) -> Any:
        """A future of what a worker makes of this."""
        with _heard():
            return self._client.submit(work, *args, self._shared.name, pure=False)

    def result(self, future: Any) -> Any:
        """What became of it, or None when it killed one worker after the other."""
        with _heard():
            try:
                return future.result()
            except KilledWorker:
                return None

    def one_by_one(self, rows: Sequence[Row], tell: Tell) -> Iterator[Done]:
        """Rows among which one kills its worker: each by itself, so that only that one pays."""
        tell(f"Workers died again and again over rows {rows[0].number} and on; running them one by one.")
        for row in rows:
            done = self.result(self.submit(_work_all, [row]))
            yield from done or [refused(row, self._shared.job, [DIED])]

    def in_order(
        self, items: Iterator[Any], submit: Callable[[Any], Any], per_thread: int
    ) -> Iterator[tuple[Any, Any]]:
        """Items with their futures, in order, a bounded number of them at work; results are let go once used."""
        pending: deque[tuple[Any, Any]] = deque()
        while True:
            with _heard():
                room = max(2, per_thread * sum(self._client.nthreads().values())) - len(pending)
            for _ in range(max(1, room) if not pending else room):
                item = next(items, None)
                if item is None:
                    break
                pending.append((item, submit(item)))
            if not pending:
                return
            yield pending.popleft()


@contextmanager
def _connected(scheduler: str, job: Job) -> Iterator[_Cluster]:
    try:
        # A client that finds nobody keeps trying for long after it has said so; a socket gives up at once.
        with create_connection(get_address_host_port(scheduler), timeout=PATIENCE):
            pass
        connect: Any = Client
        client = connect(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise RoadmapError(f"no Dask scheduler answers at {scheduler}", "start one with: dask scheduler") from error
    try:
        with client, closing(_Cluster(client, job)) as cluster:
            yield cluster
    except ImportError as error:
        what = f"a worker of the cluster cannot load what it needs: {error}"
        raise RoadmapError(what, "install the same version of career-roadmap on all of them") from error


@contextmanager
def _heard() -> Iterator[None]:
    """Whatever a scheduler that is gone makes of a question."""
    try:
        yield
    except (CancelledError, OSError) as error:
        what = "the connection to the Dask scheduler was lost"
        raise RoadmapError(what, "when it is back, run the same command with --resume") from error
