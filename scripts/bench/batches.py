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
from roadmap.batch.made import make
from roadmap.batch.row import Reading
from roadmap.batch.rows import open_rows
from roadmap.batch.run import collect_rarely, run
from roadmap.batch.work import Job
from scripts.bench.figures import MICRO, Figure, busy, in_turns, ratio, seconds
from scripts.bench.people import TODAY, plain

FLOOR_LIMIT = 15
DATES_LIMIT = 2.5
DATES_BYTES = 8_000
FIRST_LIMIT = 0.5
WORKERS_LIMIT = 1.8
MEMORY_LIMIT = 200.0
FLAT = 1.2
DATES, WHOLE, BYTES = "dates, one worker", "whole plans, one worker", "bytes of dates, JSON Lines"
WHOLE_BYTES = "bytes of a whole plan, JSON Lines"
MADE = {name: f"bytes of dates, `{name}`" for name in (".jsonl.gz", ".parquet", ".csv")}
MEASURED = """
import resource, sys
from roadmap.cli.app import main
try:
    main()
except SystemExit:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        sys.stderr.write(f"{resource.getrusage(who).ru_maxrss} ")
"""


def throughput(folder: Path, rows: int, whole_rows: int, turns: int) -> list[Figure]:
    """The floors, whole plans and dates with one worker, dates with two, in turns: seconds of a row each."""
    source, few = _table(folder / "in.jsonl", rows), _table(folder / "few.jsonl", whole_rows)
    whole, dates = (Job(load_catalogue(), TODAY, detail=d) for d in (Detail.FULL, Detail.DATES))
    full, one, two, bare, same = (folder / f"{n}.jsonl" for n in ("full", "one", "two", "floor", "whole-floor"))
    _batch(source, one, dates, 1)
    _batch(few, full, whole, 1)
    works: dict[str, Callable[[], float]] = {
        "floor": lambda: _floor(source, one, bare) / rows,
        "whole floor": lambda: _floor(few, full, same) / whole_rows,
        "full": lambda: _batch(few, full, whole, 1) / whole_rows,
        "one": lambda: _batch(source, one, dates, 1) / rows,
        "two": lambda: _batch(source, two, dates, 2) / rows,
    }
    times = in_turns(works, turns)
    _same(one, two, bare)
    _same(full, same)
    made, large = _made(one, rows), full.stat().st_size / whole_rows
    for file in (full, one, two, bare, same):
        file.unlink()
    return [*_rates(times, large), *made, *_workers(times, turns), *_first_rows(source, turns)]


def _same(*files: Path) -> None:
    """Raises SystemExit unless all files hold the same bytes."""
    if not all(filecmp.cmp(files[0], other, shallow=False) for other in files[1:]):
        raise SystemExit(f"{', '.join(f.name for f in files)} are not the same bytes")


def _rates(times: dict[str, list[float]], large: float) -> list[Figure]:
    dates, whole = ratio(times["one"], times["floor"]), ratio(times["full"], times["whole floor"])
    faster = ratio(times["full"], times["one"])
    return [
        Figure(WHOLE, "", _rate(times["full"]), "a second"),
        Figure(WHOLE_BYTES, "", large, "bytes"),
        Figure(
            "whole plans against parsing and writing the same bytes", _us(times["whole floor"]), whole, most=FLOOR_LIMIT
        ),
        Figure(DATES, "", _rate(times["one"]), "a second"),
        Figure("dates against parsing and writing the same bytes", _us(times["floor"]), dates),
        Figure("rows a second, dates against whole plans", "", faster, least=DATES_LIMIT),
    ]


def _made(lines: Path, rows: int) -> list[Figure]:
    """What the forms that are made of JSON Lines at the end take: bytes of a plan, and how fast they are made."""
    out = [Figure(BYTES, "", lines.stat().st_size / rows, "bytes", most=DATES_BYTES)]
    for ending, what in MADE.items():
        file = lines.with_name(f"made{ending}")
        with lines.open("rb") as stream:
            taken = busy(partial(make, stream, file, file.name, Detail.DATES, ()))
        out.append(Figure(what, f"made at {rows / taken:,.0f} plans a second", file.stat().st_size / rows, "bytes"))
        file.unlink()
    return out


def _workers(times: dict[str, list[float]], turns: int) -> list[Figure]:
    pairs = ratio(times["one"], times["two"])
    alone = statistics.median([2 * _loops(1) / _loops(2) for _ in range(turns)])
    return [
        Figure("two workers against one, their start included", _us(times["two"]), pairs, least=WORKERS_LIMIT),
        Figure("two processes that share nothing against one, for scale", "", alone),
    ]


def _first_rows(source: Path, turns: int) -> list[Figure]:
    """Seconds from the call of the program to its first row on standard output."""
    call = [sys.executable, "-m", "roadmap", "batch", str(source), "--output", "-", "--quiet", "--workers"]

    def first(workers: str) -> float:
        began = time.perf_counter()
        with subprocess.Popen([*call, workers], stdout=subprocess.PIPE) as running:
            if running.stdout is None or not running.stdout.readline():
                raise SystemExit("a batch printed nothing")
            taken = time.perf_counter() - began
            running.stdout.close()
            return taken

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


def _rate(times: Sequence[float]) -> float:
    return 1 / statistics.median(times)


def _us(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * MICRO:,.0f} us a row"


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
    rows = sizes[min(1, len(sizes) - 1)]
    parquet = _peak(_table(folder / "many.jsonl", rows), folder / "many.parquet", "1")[0]
    return [
        *out,
        Figure("one process that writes Parquet: largest", f"{rows:,} rows", parquet, "MB", most=MEMORY_LIMIT),
    ]


def _peaks(source: Path) -> list[float]:
    """Megabytes of one process; then of a parent and of its worker. Outcomes go to the null device."""
    one, (parent, worker) = _peak(source, "-", "1")[0], _peak(source, "-", "2")
    return [one, parent, worker]


def _peak(source: Path, output: Path | str, workers: str) -> list[float]:
    """Megabytes of the process that writes, and of its largest worker."""
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    words = ["batch", str(source), "--output", str(output), "--workers", workers, "--quiet"]
    # A shell in between, since a process inherits the high-water mark of the one it was forked from.
    call = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", MEASURED, *words]
    done = subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return [int(n) / unit for n in done.stderr.split()]
