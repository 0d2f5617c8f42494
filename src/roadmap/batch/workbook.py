"""Workbooks of spreadsheet programs: .xlsx and .ods, through calamine."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from roadmap.batch.row import Reading, Row
from roadmap.batch.tables import TableRecord, has_heading, table_rows
from roadmap.errors import RoadmapError, UsageError

Grid = list[list[Any]]
ENDINGS = (".xlsx", ".xlsm", ".ods")
MOST_BYTES = 300_000_000
"""Of what a workbook unpacks to: it is held in memory."""


def workbook_rows(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """The rows of the first sheet with anything in it. Raises RoadmapError for a file that cannot be read."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        hint = "install career-roadmap[sheets], or save the sheet as CSV"
        raise UsageError(f"{name}: workbooks need python-calamine", hint) from error
    content = io.BytesIO(stream.read(MOST_BYTES + 1))
    _bounded(content, name)
    try:
        book = CalamineWorkbook.from_filelike(content)
        title, grid = _sheet(book, name, reading)
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    if title != book.sheet_names[0] and reading.guess:
        reading.guess.note(f'the sheet "{title}" was read, the first with a table of people in it')
    return table_rows(_records(grid), name, reading)


def _sheet(book: Any, name: str, reading: Reading) -> tuple[str, Grid]:
    """The first sheet with a heading that is known, else with anything; those that are hidden come last.

    Raises RoadmapError when all are empty.
    """
    filled: list[tuple[str, Grid]] = []
    hidden = {s.name for s in book.sheets_metadata if str(s.visible) != "SheetVisibleEnum.Visible"}
    for title in sorted(book.sheet_names, key=lambda t: t in hidden):
        grid = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        if not any(any(str(c).strip() for c in row) for row in grid):
            continue
        if reading.guess is None or has_heading(_records(grid), reading):
            return title, grid
        filled.append((title, grid))
    if not filled:
        raise RoadmapError(f"{name}: no sheet has anything in it", "fill one in")
    return filled[0]


def _records(grid: Grid) -> Iterator[TableRecord]:
    return (TableRecord(line, cells) for line, cells in enumerate(grid, 1))


def _bounded(content: io.BytesIO, name: str) -> None:
    """Raises RoadmapError before anything is unpacked that would fill the memory."""
    size = len(content.getbuffer())
    try:
        if size <= MOST_BYTES:
            with ZipFile(content) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise _unreadable(name, error) from error
    if size > MOST_BYTES:
        what = f"{name}: unpacks to {size:,} bytes, at most {MOST_BYTES:,} are read"
        raise RoadmapError(what, "save the sheet as CSV, which is read row by row")
    content.seek(0)


def _unreadable(name: str, error: Exception) -> RoadmapError:
    return RoadmapError(f"{name}: not a workbook that can be read ({error})", "save the sheet as CSV or .xlsx again")
