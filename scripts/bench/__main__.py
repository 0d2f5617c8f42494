"""Measure, print, and write the pages. See `--help`."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.bench.batches import memory, throughput
from scripts.bench.figures import Figure, table
from scripts.bench.plans import growth, in_process, loading
from scripts.bench.sizing import sizing
from scripts.bench.solver import against_cp_sat
from scripts.bench.start_up import start_up

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, GUIDE = DOCS / "performance.md", DOCS / "batch.md"
MARK = "<!-- written by make bench from here on -->"
SIZES = ("<!-- sizes, written by make bench -->\n", "<!-- /sizes -->\n")
BATCH = "Batch"
Section = Callable[[], list[Figure]]


class Size(NamedTuple):
    """How much is measured: how often, and of how many."""

    starts: int
    loads: int
    passes: int
    people: int
    solved: int
    generated: int
    grown: tuple[int, int]
    rows: tuple[int, int]
    turns: int
    memory: tuple[int, ...]


QUICK = Size(3, 2, 1, 100, 1, 10, (6, 1), (1_000, 150), 1, (500, 2_000))
USUAL = Size(7, 10, 3, 200, 1, 60, (20, 3), (3_000, 400), 3, (1_000, 10_000))
LONG = Size(21, 10, 5, 400, 3, 200, (60, 5), (10_000, 2_000), 3, (1_000, 10_000, 100_000))


def main() -> None:
    """A run that is not quick writes its sections into the pages; one of the others only prints."""
    asked = _arguments()
    size = QUICK if asked.quick else LONG if asked.long else USUAL
    if asked.generated:
        size = size._replace(generated=asked.generated)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ROADMAP_CACHE"] = str(folder / "cache")
        sections = _sections(folder, size)
        found = {title: work() for title, work in sections.items() if title in (asked.only or sections)}
    tables = {title: table(section) for title, section in found.items()}
    missed = [f"{title}, {figure.what}" for title, section in found.items() for figure in section if not figure.met]
    sizes = sizing(found[BATCH]) if BATCH in found else ""
    sys.stdout.write(f"{_page(tables)}{sizes}\nLimits not met: {'; '.join(missed) or 'none'}\n")
    if not asked.quick:
        _write(tables, list(sections), sizes)
    sys.exit(bool(asked.check and missed))


def _page(tables: Mapping[str, str]) -> str:
    return "".join(f"## {title}\n\n{text.strip()}\n\n" for title, text in tables.items())


def _write(tables: Mapping[str, str], titles: Sequence[str], sizes: str) -> None:
    """The pages with these sections new and the others as they were."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    kept, _, measured = PAGE.read_text(encoding="utf-8").partition(MARK)
    before = dict(part.split("\n", 1) for part in measured.split("\n## ")[1:])
    all_ = {title: text for title in titles if (text := tables.get(title) or before.get(title))}
    page = f"{kept}{MARK}\n\nMeasured with {system}.\n\n{_page(all_).rstrip()}\n"
    PAGE.write_text(page, encoding="utf-8")
    if sizes:
        head, _, rest = GUIDE.read_text(encoding="utf-8").partition(SIZES[0])
        GUIDE.write_text(f"{head}{SIZES[0]}{sizes}{SIZES[1]}{rest.partition(SIZES[1])[2]}", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="rough figures in a minute, printed only")
    how.add_argument("--long", action="store_true", help="more of everything, in a quarter of an hour")
    parser.add_argument("--check", action="store_true", help="end with 1 when a limit is not met")
    parser.add_argument(
        "--generated", type=int, metavar="N", help=f"generated problems for the solvers ({USUAL.generated})"
    )
    titles = list(_sections(Path(), QUICK))
    parser.add_argument("--only", action="append", choices=titles, help="this section alone; repeatable")
    return parser.parse_args()


def _sections(folder: Path, size: Size) -> Mapping[str, Section]:
    return {
        "Start-up": lambda: start_up(folder, size.starts),
        "Loading the catalogue": lambda: loading(size.loads, folder / "cache"),
        "One plan in the process": lambda: in_process(size.passes, size.people),
        "Exact plans": lambda: against_cp_sat(size.solved, size.generated),
        "Growth": lambda: growth(*size.grown),
        BATCH: lambda: throughput(folder, *size.rows, size.turns),
        "Memory": lambda: memory(folder, size.memory),
    }


if __name__ == "__main__":
    main()
