"""LinkedIn's "Get a copy of your data": six of its tables and nothing else.

The same archive holds messages, addresses, telephone numbers and other people's names. None of that is ever opened:
files are looked up by the names below, so that whatever else LinkedIn adds stays closed as well.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from roadmap.model.resume import Entry, Resume
from roadmap.reading.dates import Dates
from roadmap.reading.lines import lines_of

TABLES = ("Profile.csv", "Skills.csv", "Positions.csv", "Projects.csv", "Education.csv", "Certifications.csv")
MOST_ROWS = 2000
# The column that every one of these tables has; a preamble of notes may stand above it.
HEADERS = {"first name", "name", "company name", "title", "school name"}
Opener = Callable[[str], str]


def tables_of(names: Iterable[str]) -> dict[str, str]:
    """Which of the names of an archive or folder are the tables, in the folder that is least deep."""
    found: dict[str, str] = {}
    # Windows packs archives with its own sign between folders.
    for name in sorted(names, key=lambda n: (n.replace("\\", "/").count("/"), n)):
        plain = PurePosixPath(name.replace("\\", "/")).name.casefold()
        for table in TABLES:
            if plain == table.casefold():
                found.setdefault(table, name)
    return found


def in_folder(folder: Path) -> dict[str, str]:
    """The tables of an unpacked archive, looked for in the folder and in those right inside it."""
    files = [*folder.glob("*.csv"), *folder.glob("*/*.csv")]
    return tables_of(f.relative_to(folder).as_posix() for f in files)


def in_archive(archive: ZipFile) -> dict[str, str]:
    """The tables of an archive."""
    return tables_of(archive.namelist())


def read_linkedin(tables: Mapping[str, str], read: Opener, dates: Dates) -> Resume:
    """A resume from the tables, each read by the name it has in the archive."""
    rows = {table: _rows(read(name)) for table, name in tables.items()}
    entries: list[Entry] = []
    name = ""
    for row in rows.get("Profile.csv", [])[:1]:
        name = f"{row.get('first name', '')} {row.get('last name', '')}".strip()
        entries.append(Entry("summary", lines=_lines(row, "headline", "summary")))
    skills = [row["name"] for row in rows.get("Skills.csv", []) if row.get("name")]
    entries += [Entry("skills", title=skill) for skill in skills]
    for row in rows.get("Positions.csv", []):
        when = dates.period(row.get("started on", ""), row.get("finished on", ""))
        place = row.get("company name", "")
        entries.append(Entry("work", row.get("title", ""), place, when, _lines(row, "description")))
    for row in rows.get("Projects.csv", []):
        when = dates.period(row.get("started on", ""), row.get("finished on", ""))
        entries.append(Entry("projects", row.get("title", ""), "", when, _lines(row, "description")))
    for row in rows.get("Education.csv", []):
        when = dates.period(row.get("start date", ""), row.get("end date", ""))
        lines = _lines(row, "notes", "activities")
        entries.append(Entry("education", row.get("degree name", ""), row.get("school name", ""), when, lines))
    for row in rows.get("Certifications.csv", []):
        # A validity that has run out: the end is a month, and empty for what has none.
        when = dates.period(row.get("started on", ""), row.get("finished on", ""))
        entries.append(Entry("certificates", row.get("name", ""), row.get("authority", ""), when))
    missing = [t for t in ("Skills.csv", "Positions.csv") if t not in tables]
    notes = (f"the export has no {' and no '.join(missing)}; ask LinkedIn for the larger archive",) if missing else ()
    return Resume("LinkedIn export", name, tuple(e for e in entries if e.title or e.lines), notes)


def _rows(text: str) -> list[dict[str, str]]:
    """The rows of a table by their column's name in small letters; lines above the header are passed over."""
    out: list[dict[str, str]] = []
    header: list[str] = []
    text = text.replace("\0", "")
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            names = [" ".join(c.split()).casefold() for c in cells]
            if not header:
                header = names if HEADERS & set(names) else []
            elif any(cells) and len(out) < MOST_ROWS:
                out.append(
                    {n: " ".join(c.split()) if n != "description" else c for n, c in zip(header, cells, strict=False)}
                )
    except csv.Error:
        return out
    return out


def _delimiter(text: str) -> str:
    """What parts the columns: that sign of the header line which stands there most often."""
    header = next(
        (
            x
            for x in text.splitlines()
            if HEADERS & set(re.split(r"[,;\t]", x.replace('"', "").strip("\ufeff ").casefold()))
        ),
        "",
    )
    return max(",;\t", key=header.count)


def _lines(row: Mapping[str, str], *keys: str) -> tuple[str, ...]:
    return tuple(line for key in keys for line in lines_of(row.get(key, "")) if line)
