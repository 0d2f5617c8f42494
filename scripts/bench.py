"""Measures what docs/performance.md says and writes that page: `make bench`, or `python scripts/bench.py --quick`.

Every figure is the median of repetitions that take turns within one run, so that a busy machine hits both sides of a
ratio. The floor of a batch does only what nobody could leave out: it parses the same input file and writes the same
output bytes, row by row, both with the fastest JSON library there is (orjson), to the same disk.
"""

import argparse
import filecmp
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import orjson

from roadmap import load_catalogue
from roadmap.batch.rows import Reading, open_rows
from roadmap.batch.run import run
from roadmap.batch.work import Job
from roadmap.model.profile import make_profile
from roadmap.planning.make import make_plan

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
TODAY = date(2026, 11, 22)
BARE = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello() -> None:
    print("hello")
app()
"""
PROFILES: dict[str, dict[str, object]] = {
    "plain": {"role": "swe"},
    "plain, new to tech": {"role": "new", "hours_per_week": 8},
    "with a deadline": {"role": "swe", "deadline": "2027-06-01"},
    "with a budget of 0": {"role": "swe", "budget_usd": 0},
}
ROLES = ("swe", "data-scientist", "new")


def people(file: Path, count: int) -> Path:
    """A table of different people, none of them with a limit, all of them right."""
    with file.open("wb") as stream:
        for i in range(count):
            person = {
                "id": f"p{i}",
                "name": f"Person {i}",
                "role": ROLES[i % 3],
                "hours_per_week": 5 + i % 21,
                "skills": {"rag": i % 3, "sql": i % 4},
                "domain": ("none", "healthcare", "legal")[i % 3],
            }
            stream.write(orjson.dumps(person) + b"\n")
    return file


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes on the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(works: dict[str, Callable[[], object]], repetitions: int) -> dict[str, float]:
    """Median seconds of each, measured in turns; one more round before does not count."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(repetitions + 1):
        for name, work in works.items():
            taken = seconds(work)
            if turn:
                found[name].append(taken)
    return {name: statistics.median(times) for name, times in found.items()}


def command(*words: str, cwd: Path, check: bool = True) -> Callable[[], object]:
    """A call of a program, its output thrown away."""
    return lambda: subprocess.run(words, cwd=cwd, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_up(folder: Path, repetitions: int) -> list[str]:
    """The daily commands against a typer program that prints a line."""
    (folder / "bare.py").write_text(BARE)
    (folder / "me.yaml").write_text("role: swe\n")
    roadmap = str(Path(sys.executable).with_name("roadmap"))
    saved = folder / "me.roadmap.yaml"
    words = (roadmap, "plan", "--profile", "me.yaml", "--save", saved.name, "--output", "plan.txt")
    command(*words, cwd=folder)()
    works = {
        "bare typer program": command(sys.executable, "bare.py", cwd=folder),
        "roadmap --help": command(roadmap, "--help", cwd=folder),
        "roadmap plan --format json": command(roadmap, "plan", "--profile", "me.yaml", "--format", "json", cwd=folder),
        "roadmap next": command(roadmap, "next", cwd=folder),
        "roadmap status": command(roadmap, "status", cwd=folder),
    }
    found = in_turns(works, repetitions)
    bare = found["bare typer program"]
    lines = ["| command | milliseconds | times the bare program | limit |", "|---|---:|---:|---:|"]
    return lines + [
        f"| `{n}` | {t * 1e3:.0f} | {t / bare:.2f} | {'' if n.startswith('bare') else '1.3'} |"
        for n, t in found.items()
    ]


def in_process(repetitions: int) -> list[str]:
    """One plan, the catalogue loaded, without rendering."""
    catalogue = load_catalogue()
    works: dict[str, Callable[[], object]] = {}
    for name, answers in PROFILES.items():
        profile, faults = make_profile(answers, catalogue, TODAY)
        if profile is None:
            raise SystemExit(f"{name}: {faults}")
        works[name] = partial(make_plan, catalogue, profile, TODAY)
    works["loading the compiled catalogue"] = load_catalogue
    found = in_turns(works, repetitions * 20)
    return ["| what | microseconds |", "|---|---:|", *(f"| {n} | {t * 1e6:,.0f} |" for n, t in found.items())]


def floor(source: Path, expected: Path, output: Path) -> Callable[[], object]:
    """Parse every line of the input, and write the bytes of every record, as orjson makes them from its value."""
    records = [orjson.loads(line) for line in expected.open("rb")]

    def work() -> None:
        with source.open("rb") as lines, output.open("wb") as stream:
            for line, record in zip(lines, records, strict=True):
                orjson.loads(line)
                stream.write(orjson.dumps(record) + b"\n")

    work()
    if output.read_bytes() != expected.read_bytes():
        raise SystemExit("the floor wrote other bytes than the batch")
    return work


def throughput(folder: Path, rows: int, repetitions: int) -> list[str]:
    """A batch against the floor; then, over ten times the rows, two workers against one."""
    small, large = people(folder / "in.jsonl", rows), people(folder / "in-10.jsonl", rows * 10)
    job = Job(load_catalogue(), TODAY)
    one = batch(small, folder / "out.jsonl", job, 1)
    one()
    found = in_turns({"floor": floor(small, folder / "out.jsonl", folder / "floor.jsonl"), "batch": one}, repetitions)
    works = {f"{n} worker{'s'[: n - 1]}": batch(large, folder / f"out-{n}.jsonl", job, n) for n in (1, 2)}
    scaled = in_turns(works, max(1, repetitions // 3))
    if not filecmp.cmp(folder / "out-1.jsonl", folder / "out-2.jsonl", shallow=False):
        raise SystemExit("two workers wrote other bytes than one")
    size = (folder / "out.jsonl").stat().st_size / rows
    lines = ["| what | rows | rows a second | microseconds a row |", "|---|---:|---:|---:|"]
    for count, times in ((rows, found), (rows * 10, scaled)):
        lines += [f"| {n} | {count:,} | {count / t:,.0f} | {t / count * 1e6:,.0f} |" for n, t in times.items()]
    hour = rows / found["batch"] * 3600
    return [
        *lines,
        "",
        f"- One worker may take 15 times the floor: it takes {found['batch'] / found['floor']:.1f}.",
        "- Two workers, their start included, shall be 1.8 times as fast as one: they are "
        f"{scaled['1 worker'] / scaled['2 workers']:.2f}.",
        f"- A record has {size / 1000:.0f} kB. One core makes {hour:,.0f} plans an hour; a million take "
        f"{1e6 / hour:.1f} core hours and {size / 1e3:,.0f} GB of JSON Lines, a hundred million {1e8 / hour:,.0f} "
        f"core hours and {size / 1e4:,.1f} TB.",
    ]


def batch(source: Path, output: Path, job: Job, workers: int) -> Callable[[], object]:
    """The batch as the command runs it, without progress and without a name at the end."""

    def work() -> None:
        rows = open_rows(str(source), Reading()).rows
        with output.open("wb") as stream, closing(run(rows, job, workers)) as outcomes:
            for done in outcomes:
                stream.write(done.data)

    return work


MEASURED = """
import resource, sys
from roadmap.cli.app import main
try:
    main()
except SystemExit:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        sys.stderr.write(f"{resource.getrusage(who).ru_maxrss} ")
"""


def memory(folder: Path, sizes: Sequence[int]) -> list[str]:
    """The largest resident set of the program, and of its largest worker, for ever more rows."""
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    lines = ["| rows | one process, MB | with two workers: parent, MB | a worker, MB |", "|---:|---:|---:|---:|"]
    for rows in sizes:
        source = people(folder / "many.jsonl", rows)
        peaks = []
        for workers in ("1", "2"):
            words = ["batch", str(source), "--output", "-", "--workers", workers, "--quiet"]
            # A shell in between, since a process inherits the high-water mark of the one it was forked from.
            call = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", MEASURED, *words]
            done = subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            peaks += [int(n) / unit for n in done.stderr.split()]
        lines.append(f"| {rows:,} | {peaks[0]:.0f} | {peaks[2]:.0f} | {peaks[3]:.0f} |")
    return lines


def main() -> None:
    """Measure and write the page; --quick prints less exact figures and writes nothing."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="few repetitions, nothing written")
    quick = asked.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ROADMAP_CACHE"] = str(folder / "cache")
        system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        parts = {
            "Start-up": start_up(folder, 3 if quick else 21),
            "One plan in the process": in_process(1 if quick else 15),
            "Batch": throughput(folder, 100 if quick else 1_000, 1 if quick else 9),
            "Memory": memory(folder, (200, 1_000) if quick else (1_000, 10_000, 100_000)),
        }
    text = "".join(f"## {title}\n\n" + "\n".join(lines) + "\n\n" for title, lines in parts.items())
    if quick:
        sys.stdout.write(text)
        return
    kept = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{kept}{MARK}\n\nMeasured with {system}.\n\n{text.rstrip()}\n", encoding="utf-8")


MARK = "<!-- written by make bench from here on -->"


if __name__ == "__main__":
    main()
