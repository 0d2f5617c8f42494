"""A batch against a floor, dates against whole plans, two workers against one, and the memory they take.

The floor does only what nobody could leave out: it parses the same input and writes the same output bytes, row by
row, both with the fastest JSON library there is (orjson), to the same disk.
"""

import filecmp
import gc
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import orjson

from roadmap import load_catalogue
from roadmap.batch.details import Detail
from roadmap.batch.row import Reading
from roadmap.batch.rows import open_rows
from roadmap.batch.run import collect_rarely, run
from roadmap.batch.work import Job
from scripts.bench.figures import MICRO, Figure, in_turns, ratio, seconds
from scripts.bench.people import TODAY, plain

DATES_LIMIT = 2.5
DATES_BYTES = 8_000
FIRST_LIMIT = 0.5
WORKERS_LIMIT = 1.8
MEMORY_LIMIT = 200.0
FLAT = 1.2
MEASURED = """
import resource, sys
from roadmap.cli.app import main
try:
    main()
except SystemExit:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        sys.stderr.write(f"{resource.getrusage(who).ru_maxrss} ")
"""


def throughput(folder: Path, rows: int, turns: int) -> list[Figure]:
    """The floor, whole plans and dates with one worker, dates with two, in turns, over the same rows."""
    source = _table(folder / "in.jsonl", rows)
    whole, dates = (Job(load_catalogue(), TODAY, detail=d) for d in (Detail.FULL, Detail.DATES))
    full, one, two, bare = (folder / f"{name}.jsonl" for name in ("full", "one", "two", "floor"))
    _batch(source, one, dates, 1)
    works: dict[str, Callable[[], float]] = {
        "floor": partial(_floor, source, one, bare),
        "full": partial(_batch, source, full, whole, 1),
        "one": partial(_batch, source, one, dates, 1),
        "two": partial(_batch, source, two, dates, 2),
    }
    times = in_turns(works, turns)
    if not (filecmp.cmp(one, two, shallow=False) and filecmp.cmp(one, bare, shallow=False)):
        raise SystemExit("one worker, two workers and the floor did not write the same bytes")
    size, large = (file.stat().st_size / rows for file in (one, full))
    for file in (full, one, two, bare):
        file.unlink()
    alone = statistics.median([2 * _loops(1) / _loops(2) for _ in range(turns)])
    pairs = ratio(times["one"], times["two"])
    return [
        Figure("floor: parse the rows, write the bytes of dates", _rate(rows, times["floor"])),
        Figure(f"whole plans, one worker, {large / 1e3:.0f} kB each", _rate(rows, times["full"])),
        Figure(
            "dates, one worker, against whole plans",
            _rate(rows, times["one"]),
            ratio(times["full"], times["one"]),
            least=DATES_LIMIT,
        ),
        Figure("bytes of dates", "", size, "bytes", most=DATES_BYTES),
        Figure("two workers against one, their start included", _rate(rows, times["two"]), pairs, least=WORKERS_LIMIT),
        Figure("two processes that share nothing against one, for scale", "", alone),
        *_first_rows(source, turns),
        *_sizes(rows, statistics.median(times["one"]), size),
    ]


def _sizes(rows: int, taken: float, size: float) -> list[Figure]:
    hours = taken / rows / 3600
    return [
        Figure(f"{name} rows as dates", f"{count * hours:.1f} core hours, {count * size / 1e9:,.0f} GB of JSON Lines")
        for name, count in (("a million", 1e6), ("a hundred million", 1e8))
    ]


def _first_rows(source: Path, turns: int) -> list[Figure]:
    """Seconds from the call of the program to its first row on standard output."""
    call = [sys.executable, "-m", "roadmap", "batch", str(source), "--output", "-", "--quiet", "--workers"]

    def first(workers: str) -> float:
        began = time.perf_counter()
        with subprocess.Popen([*call, workers], stdout=subprocess.PIPE) as running:
            if running.stdout is None or not running.stdout.readline():
                raise SystemExit("a batch printed nothing")
            return time.perf_counter() - began

    return [
        Figure(f"first row, workers: {n}", "", statistics.median(first(n) for _ in range(turns)), "s", most=FIRST_LIMIT)
        for n in ("1", "2")
    ]


def _loops(number: int) -> float:
    """Seconds until so many processes, each with the same loop to run, are all done."""
    call = [sys.executable, "-c", "for number in range(20_000_000): pass"]

    def work() -> None:
        for process in [subprocess.Popen(call) for _ in range(number)]:
            process.wait()

    return seconds(work)


def _rate(rows: int, times: Sequence[float]) -> str:
    each = statistics.median(times) / rows
    return f"{rows:,} rows, {1 / each:,.0f} a second, {each * MICRO:,.0f} us a row"


def _table(file: Path, count: int) -> Path:
    with file.open("wb") as stream:
        stream.writelines(orjson.dumps(person) + b"\n" for person in plain(load_catalogue(), count))
    return file


def _floor(source: Path, expected: Path, output: Path) -> float:
    """Seconds to parse each line and write each record; that there is a record to write costs the floor nothing."""
    output.unlink(missing_ok=True)
    taken = 0.0
    with source.open("rb") as lines, expected.open("rb") as wanted, output.open("wb") as stream:
        for line in wanted:
            record = orjson.loads(line)
            began = time.perf_counter()
            orjson.loads(next(lines))
            stream.write(orjson.dumps(record) + b"\n")
            taken += time.perf_counter() - began
    return taken


def _batch(source: Path, output: Path, job: Job, workers: int) -> float:
    """Seconds of a batch as the command runs it, without progress and without a name at the end."""
    output.unlink(missing_ok=True)
    usual = gc.get_threshold()
    collect_rarely()

    def work() -> None:
        rows = open_rows(str(source), Reading()).rows
        with output.open("wb") as stream, closing(run(rows, job, workers)) as outcomes:
            for done in outcomes:
                stream.write(done.data)

    try:
        return seconds(work)
    finally:
        gc.set_threshold(*usual)


def memory(folder: Path, sizes: Sequence[int]) -> list[Figure]:
    """The largest resident set of the program, and of its largest worker, for ever more rows."""
    peaks = {rows: _peaks(_table(folder / "many.jsonl", rows)) for rows in sizes}
    names = ("one process", "two workers: the parent", "two workers: a worker")
    out = []
    for i, name in enumerate(names):
        each = [peaks[rows][i] for rows in sizes]
        measured = "; ".join(f"{rows:,} rows {mb:.0f} MB" for rows, mb in zip(sizes, each, strict=True))
        out.append(Figure(f"{name}: largest", measured, max(each), "MB", most=MEMORY_LIMIT))
        out.append(Figure(f"{name}: most rows against fewest", "", each[-1] / each[0], most=FLAT))
    return out


def _peaks(source: Path) -> list[float]:
    """Megabytes of one process; then of a parent and of its worker. Outcomes go to the null device."""
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    peaks = []
    for workers in ("1", "2"):
        words = ["batch", str(source), "--output", "-", "--workers", workers, "--quiet"]
        # A shell in between, since a process inherits the high-water mark of the one it was forked from.
        call = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", MEASURED, *words]
        done = subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        peaks += [int(n) / unit for n in done.stderr.split()]
    return [peaks[0], peaks[2], peaks[3]]
