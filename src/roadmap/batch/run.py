"""Rows to outcomes in input order: in this process, or in worker processes with a bound on what is in flight."""

import gc
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import SimpleQueue
from socket import socket, socketpair
from struct import Struct
from typing import Any

from roadmap.batch.row import Row
from roadmap.batch.work import Done, Job, refused, work, work_all
from roadmap.model.problem import Fault

CHUNK = 16
IN_FLIGHT = 3  # chunks per worker, with those that wait to be written
DIED = Fault(
    "worker-died",
    (),
    "the process that worked on this row ended twice",
    "run this row by itself; memory may have run out",
)

_LENGTH = Struct("!Q")
Tell = Callable[[str], None]


def run(rows: Iterable[Row], job: Job, workers: int = 1, tell: Tell = print) -> Generator[Done, None, None]:
    """The outcome of every row, in order. One worker, or input of one chunk, runs here without processes.

    A worker that dies is told of; its rows are run once more, each by itself, and a row that kills its worker
    again has that as its outcome.
    """
    rows = iter(rows)
    first = list(islice(rows, CHUNK))
    if workers <= 1 or len(first) < CHUNK:
        return (work(row, job) for row in chain(first, rows))
    return _spread(chain(first, rows), _Pool(job, workers, tell), workers)


def collect_rarely() -> None:
    """Let a process of our own search for circles of dead objects once in a hundred thousand new ones, not in 700.

    A row makes thousands of objects, in no circle, and drops them all; searching them took a seventh of its time.
    """
    gc.set_threshold(100_000)


def chunks(rows: Iterator[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """Rows in lists of at most `size`."""
    while chunk := list(islice(rows, size)):
        yield chunk


def context() -> Any:
    """How processes are started: copied from this one where that is safe, which saves their imports; else anew.

    Whoever copies a process of many threads may copy a lock that nobody will ever release.
    """
    tasks = Path("/proc/self/task")
    alone = tasks.is_dir() and len(list(tasks.iterdir())) == 1
    return get_context("fork" if alone else "spawn")


class _Worker:
    """A process that answers a chunk of rows with their outcomes."""

    def __init__(self, job: Job) -> None:
        self._line, theirs = socketpair()
        self.process = context().Process(target=_serve, args=(theirs, job), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, rows: Sequence[Row]) -> list[Done]:
        """The outcomes of a chunk. Raises EOFError or OSError when the process is gone."""
        _send(self._line, rows)
        return _received(self._line)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self._line.close()


class _Pool:
    """Worker processes, each waited for by a thread, so that none stands idle while outcomes are written."""

    def __init__(self, job: Job, workers: int, tell: Tell) -> None:
        self._job, self._tell, self._closed = job, tell, False
        with _uninterrupted():
            self._workers = [_Worker(self._job) for _ in range(workers)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def submit(self, rows: Sequence[Row]) -> "Future[list[Done]]":
        return self._threads.submit(self._chunk, rows)

    def _chunk(self, rows: Sequence[Row]) -> list[Done]:
        done = self._ask(rows)
        if done is not None:
            return done
        self._tell(f"A worker process ended unexpectedly; running rows {rows[0].number} to {rows[-1].number} again.")
        return [self._alone(row) for row in rows]

    def _alone(self, row: Row) -> Done:
        """A row of a lost chunk by itself, so that only the row that kills its worker pays."""
        done = self._ask([row])
        return done[0] if done is not None else refused(row, self._job, [DIED])

    def _ask(self, rows: Sequence[Row]) -> list[Done] | None:
        """The outcomes of rows, or None when the worker died over them; another one then takes its place."""
        worker = self._idle.get()
        try:
            if self._closed:
                raise EOFError
            return worker.ask(rows)
        except (EOFError, OSError):
            if self._closed:
                raise
            worker.end()
            self._workers.remove(worker)
            worker = _Worker(self._job)
            self._workers.append(worker)
            return None
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        self._closed = True
        for worker in self._workers:
            worker.process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.end()


def _spread(rows: Iterator[Row], pool: _Pool, workers: int) -> Generator[Done, None, None]:
    pending: deque[Future[list[Done]]] = deque()
    waiting = chunks(rows)
    try:
        while True:
            pending.extend(map(pool.submit, islice(waiting, workers * IN_FLIGHT - len(pending))))
            if not pending:
                return
            yield from pending.popleft().result()
    finally:
        pool.close()


# ---- in a worker


def _serve(line: socket, job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_rarely()
    with suppress(EOFError, OSError):
        while True:
            _answer(line, work_all(pickle.loads(_receive(line)), job))


# ---- between the two: what a row became goes as it is, for it is a hundred times what there is to say about it


def _send(line: socket, message: object) -> None:
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    line.sendall(_LENGTH.pack(len(packed)) + packed)


def _receive(line: socket) -> memoryview:
    head = _exactly(line, _LENGTH.size)
    return _exactly(line, _LENGTH.unpack(head)[0])


def _exactly(line: socket, size: int) -> memoryview:
    content = memoryview(bytearray(size))
    filled = 0
    while filled < size:
        got = line.recv_into(content[filled:])
        if not got:
            raise EOFError
        filled += got
    return content


def _answer(line: socket, outcomes: Sequence[Done]) -> None:
    _send(line, [(len(done.data), done._replace(data=b"")) for done in outcomes])
    for done in outcomes:
        line.sendall(done.data)


def _received(line: socket) -> list[Done]:
    outcomes: list[tuple[int, Done]] = pickle.loads(_receive(line))
    content, begin, out = _exactly(line, sum(size for size, _ in outcomes)), 0, []
    for size, done in outcomes:
        out.append(done._replace(data=content[begin : begin + size]))
        begin += size
    return out


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Workers are born deaf to Ctrl-C, which a terminal sends to them too; stopping them is the parent's matter."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
