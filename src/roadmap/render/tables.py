"""Rows as CSV that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Container, Iterable, Sequence

from roadmap.render.clean import clean

Cell = str | int | float | None
# The full-width forms count as well: some spreadsheets read them like their narrow twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# A sign of a formula after what a spreadsheet may take for the end of a cell; after a space only what calls something.
_INSIDE = re.compile(r"([;,|\t\n\"]\s*)([=+\-@＝＋－＠](?=[^\s\d]))|(?<=\s)()([=@＝＠](?=\w)|[+\-＋－](?=\w+[(|!]))")


def neutral(text: str) -> str:
    """A cell's text without control codes (line breaks stay), with an apostrophe before what starts a formula.

    Also inside: a spreadsheet that splits at semicolons, tabs or bars would find a cell's beginning there.
    """
    lines = "\n".join(clean(line) for line in text.split("\n"))
    inside = _INSIDE.sub(lambda m: f"{m[1] or ''}'{m[2] or m[4]}", lines)
    return "'" + inside if inside.startswith(_FORMULA) else inside


def apart(name: str, taken: Container[str]) -> str:
    """The heading of a column that somebody brought, told from the program's own."""
    return f"{name} (yours)" if name in taken else name


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and rows by RFC 4180: commas, double quotes, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
