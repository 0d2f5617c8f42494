"""CSV as programs and spreadsheets write it: any delimiter and encoding of the usual ones, read as it comes."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from roadmap.batch.lines import lines_of
from roadmap.batch.row import BOM, LONGEST_CELL, Reading, Row
from roadmap.batch.tables import TableRecord, table_rows
from roadmap.model.problem import Fault

LOOKED_AT = 1 << 16  # bytes, at most, that tell what a file is
DELIMITERS = ",;\t|"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def csv_rows(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """The rows of a CSV file. Raises RoadmapError when its heading has columns that nobody knows."""
    start = stream.peek(LOOKED_AT)
    encoding = _encoding(start, reading)
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    try:
        delimiter, skipped = _dialect(start.decode(encoding, "replace").removeprefix("\ufeff"))
        if skipped:
            text.readline(LOOKED_AT)
        return _closing(table_rows(_records(lines_of(text, name), delimiter, skipped), name, reading), text)
    except BaseException:
        text.close()
        raise


def _closing(rows: Iterator[Row], text: io.TextIOWrapper) -> Iterator[Row]:
    with text:
        yield from rows


def _records(lines: Iterator[str], delimiter: str, skipped: int) -> Iterator[TableRecord]:
    """The records. What follows a quote that is never closed belongs to its cell, so that there the table ends."""
    taken: list[str] = []
    cells: Any = csv.reader(_kept(lines, taken), delimiter=delimiter, strict=True)
    while True:
        line = cells.line_num + 1 + skipped
        taken.clear()
        try:
            yield TableRecord(line, next(cells))
        except StopIteration:
            return
        except csv.Error as error:
            opened = open_quote(taken, delimiter)
            # A line that is too long by itself is one bad row, whether or not its quotes are closed.
            ended = "end of data" in str(error)
            if opened is not None and (len(taken) > 1 or ended):
                yield TableRecord(line, (), _unclosed(line + opened, ended=ended))
                return
            fault = Fault("bad-syntax", (), f"not valid CSV: {error}", "check the quotes from this line on")
            yield TableRecord(line, (), fault)


def _kept(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _unclosed(line: int, *, ended: bool) -> Fault:
    within = "never closed" if ended else f"not closed within {LONGEST_CELL:,} characters"
    what = f"the quote that opens on line {line} is {within}"
    return Fault("bad-syntax", (), f"{what}; nothing below that was read", 'close it; a " that is meant is written ""')


def open_quote(lines: Sequence[str], delimiter: str) -> int | None:
    """The index of the line in which a quote begins that none of these lines closes, None where all are closed."""
    begin, end = re.compile(rf'(?:\A|{re.escape(delimiter)})"'), re.compile(r'(?:[^"]++|"")*+"')
    opened = None
    for index, line in enumerate(lines):
        at = 0
        while found := (begin.search(line, at) if opened is None else end.match(line, at)):
            at, opened = found.end(), index if opened is None else None
    return opened


def _encoding(start: bytes, reading: Reading) -> str:
    """UTF-8 or UTF-16; Windows-1252, which any bytes could be, only by a guess."""
    if start.startswith(_UTF_16):
        return "utf-16"
    if reading.guess and not start.startswith(BOM) and not _is_utf_8(start):
        reading.guess.note("read as Windows-1252, since it is not UTF-8")
        return "cp1252"
    return "utf-8-sig"


def _is_utf_8(start: bytes) -> bool:
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut in two where the look ends.
        return len(start) >= 8192 and error.start >= len(start) - 3
    return True


def _dialect(start: str) -> tuple[str, int]:
    """The delimiter, and how many lines before the table say nothing else (`sep=;`)."""
    first = start.partition("\n")[0].strip().strip('"')
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], 1
    # The one that is in most lines outside quotes, since a title above the heading may hold any of them.
    lines = _outside_quotes(start)[:10]
    return max(DELIMITERS, key=lambda c: (sum(c in line for line in lines), sum(line.count(c) for line in lines))), 0


def _outside_quotes(text: str) -> list[str]:
    """The lines of a text without what stands in double quotes; a last line that was cut short does not count."""
    lines = "".join(text.split('"')[::2]).splitlines()
    return lines[:-1] if len(lines) > 2 and len(text) >= 8000 else lines
