"""Rows as CSV that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Container, Iterable, Sequence

from roadmap.render.clean import clean

Cell = str | int | float | None
# The full-width forms count as well: some spreadsheets read them like their narrow twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_EQUALS, _SIGNS = "[=@＝＠]", "[+\\-＋－]"
# Where spreadsheets split cells: any sign but that of a plain number, and of a list in Markdown.
_SPLIT = re.compile(
    rf"([;,|\t\"]\s*|\n)(?:({_EQUALS})|({_SIGNS})"
    r"(?![\d.,:%]+\s*(?:[;,\t\n\"][^|(!]*)?$)(?!(?<=\n.)\s[^|(!\n]*(?:\n|$)))"
)
# Somebody may have told theirs to split at anything else, such as a space or a colon.
_OTHER = re.compile(rf"(?<![\w<>=!~'/?&%#.@+\-\n;,|\t\"])(?<!^)(?:{_EQUALS}(?=\S)|{_SIGNS}(?=[^\s\d>\-]|\S*[(|!]))")


def neutral(text: str) -> str:
    """A cell's text without control codes (line breaks stay), with an apostrophe before what starts a formula.

    Also inside: a spreadsheet that splits at semicolons, tabs or bars would find a cell's beginning there.
    """
    lines = "\n".join(clean(line) for line in text.split("\n"))
    inside = _OTHER.sub(r"'\g<0>", _SPLIT.sub(lambda m: f"{m[1]}'{m[2] or m[3]}", lines))
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
