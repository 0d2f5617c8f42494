"""Rows as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from roadmap.render.clean import clean

Cell = str | int | float | None
# The full-width forms count as well: some spreadsheets read them like their narrow twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """A cell's text without control codes (line breaks stay), with an apostrophe before what starts a formula."""
    lines = "\n".join(clean(line) for line in text.split("\n"))
    return "'" + lines if lines.startswith(_FORMULA) else lines


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and rows by RFC 4180: commas, double quotes, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
