"""The roster of a batch: one line per row with a link to its plan, as CSV, Markdown and HTML."""

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from roadmap.batch.codec import loads
from roadmap.batch.work import RosterEntry
from roadmap.loading.writing import replacing
from roadmap.render.clean import clean
from roadmap.render.markdown import inline
from roadmap.render.numbers import number
from roadmap.render.roll import roll
from roadmap.render.tables import apart, neutral

ROSTERS = ("roster.csv", "roster.md", "roster.html")
HEADINGS = {
    "row": "Row",
    "id": "Id",
    "name": "Name",
    "status": "Status",
    "role": "From",
    "hours_per_week": "Hours a week",
    "start": "Start",
    "deadline": "Deadline",
    "outcome": "Leads to",
    "act_from": "Acts from",
    "finish": "Even odds",
    "ready": "4 in 5",
    "hours": "Hours",
    "money_low_usd": "USD from",
    "money_high_usd": "USD to",
    "first_milestone": "First milestone",
    "certificates": "Certificates",
    "note": "Note",
    "file": "File",
}
# Columns whose words people read; a CSV keeps those that programs know.
WORDS = {
    "feasible": "all fits",
    "reduced": "fits without some of it",
    "infeasible": "does not fit",
    "error": "could not be read",
}


def write_rosters(folder: Path, journal: Path) -> None:
    """roster.csv, roster.md and roster.html from the journal of a finished run, each appearing whole."""
    drawers: dict[str, Callable[[Iterator[RosterEntry]], Iterator[str]]] = {"csv": _csv, "md": _markdown, "html": _html}
    for ending, lines in drawers.items():
        # Without its mark a spreadsheet takes UTF-8 for something else.
        encoding = "utf-8-sig" if ending == "csv" else "utf-8"
        with (
            replacing(folder / f"roster.{ending}", folder / f".roster.{ending}.tmp") as fresh,
            fresh.open("w", encoding=encoding, errors="replace", newline="") as stream,
        ):
            stream.writelines(lines(_entries(journal)))


def _entries(journal: Path) -> Iterator[RosterEntry]:
    with journal.open("rb") as stream:
        for line in islice(stream, 1, None):
            entry: Any = loads(line)
            yield entry


def _text(value: object) -> str:
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else clean(str(value))


def _harmless(value: object) -> str:
    return neutral(_text(value)) if isinstance(value, str) else _text(value)


def _csv(entries: Iterator[RosterEntry]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    own: dict[str, str] | None = None
    for entry in entries:
        if own is None:
            # Every row of a table has the same columns of its own.
            own = {name: apart(name, HEADINGS) for name in entry.get("own", {})}
            writer.writerow([*HEADINGS, *map(neutral, own.values())])
        there = entry.get("own", {})
        writer.writerow([*(_harmless(entry.get(key)) for key in HEADINGS), *(neutral(there.get(n, "")) for n in own)])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    if own is None:
        writer.writerow(HEADINGS)
    yield line.getvalue()


def _markdown(entries: Iterator[RosterEntry]) -> Iterator[str]:
    yield "# Roster\n\n| " + " | ".join(HEADINGS.values()) + " |\n" + "|---" * len(HEADINGS) + "|\n"
    for entry in entries:
        cells = [inline(_text(value)) for value in _shown(entry)]
        if entry["file"]:
            cells[-1] = f"[{cells[-1]}]({quote(entry['file'])})"
        yield "| " + " | ".join(cells) + " |\n"


def _html(entries: Iterator[RosterEntry]) -> Iterator[str]:
    return roll("Roster", "", HEADINGS.values(), map(_cells, entries))


def _cells(entry: RosterEntry) -> list[str]:
    cells = [_cell(value) for value in _shown(entry)]
    if entry["file"]:
        cells[-1] = f'<td><a href="{html.escape(quote(entry["file"]))}">{html.escape(entry["file"])}</a></td>'
    return cells


def _shown(entry: RosterEntry) -> list[object]:
    """The cells of a row as people read them."""
    known: Mapping[str, object] = {**entry, "status": WORDS.get(entry["status"], entry["status"])}
    return [known.get(key) for key in HEADINGS]


def _cell(value: object) -> str:
    kind = ' class="number"' if isinstance(value, (int, float)) else ""
    return f"<td{kind}>{html.escape(_text(value))}</td>"
