"""Measure, print, and write the page. See `--help`."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts.bench.batches import memory, throughput
from scripts.bench.figures import Figure, table
from scripts.bench.plans import growth, in_process, loading
from scripts.bench.solver import against_cp_sat
from scripts.bench.start_up import start_up

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
MARK = "<!-- written by make bench from here on -->"
Section = Callable[[], list[Figure]]


def main() -> None:
    """A run that is not quick writes its sections into the page; one of the others only prints."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ROADMAP_CACHE"] = str(folder / "cache")
        sections = _sections(folder, quick=asked.quick, generated=asked.generated)
        found = {title: work() for title, work in sections.items() if title in (asked.only or sections)}
    tables = {title: table(section) for title, section in found.items()}
    missed = [f"{title}, {figure.what}" for title, section in found.items() for figure in section if not figure.met]
    sys.stdout.write(f"{_page(tables)}Limits not met: {'; '.join(missed) or 'none'}\n")
    if not asked.quick:
        _write(tables, list(sections))
    sys.exit(bool(asked.check and missed))


def _page(tables: Mapping[str, str]) -> str:
    return "".join(f"## {title}\n\n{text.strip()}\n\n" for title, text in tables.items())


def _write(tables: Mapping[str, str], titles: Sequence[str]) -> None:
    """The page with these sections new and the others as they were."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    kept, _, measured = PAGE.read_text(encoding="utf-8").partition(MARK)
    before = dict(part.split("\n", 1) for part in measured.split("\n## ")[1:])
    all_ = {title: text for title in titles if (text := tables.get(title) or before.get(title))}
    page = f"{kept}{MARK}\n\nMeasured with {system}.\n\n{_page(all_).rstrip()}\n"
    PAGE.write_text(page, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="rough figures in a minute")
    parser.add_argument("--check", action="store_true", help="end with 1 when a limit is not met")
    parser.add_argument("--generated", type=int, metavar="N", help="generated problems for the solvers (200)")
    titles = list(_sections(Path(), quick=True, generated=None))
    parser.add_argument("--only", action="append", choices=titles, help="this section alone; repeatable")
    return parser.parse_args()


def _sections(folder: Path, *, quick: bool, generated: int | None) -> Mapping[str, Section]:
    return {
        "Start-up": lambda: start_up(folder, 3 if quick else 21),
        "Loading the catalogue": lambda: loading(2 if quick else 10, folder / "cache"),
        "One plan in the process": lambda: in_process(1 if quick else 5, 200 if quick else 400),
        "Exact plans": lambda: against_cp_sat(1 if quick else 3, generated or (10 if quick else 200)),
        "Growth": lambda: growth(10 if quick else 60, 1 if quick else 5),
        "Batch": lambda: throughput(folder, 1_000 if quick else 10_000, 1 if quick else 3),
        "Memory": lambda: memory(folder, (500, 2_000) if quick else (1_000, 10_000, 100_000)),
    }


if __name__ == "__main__":
    main()
