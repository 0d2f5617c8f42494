"""A page for people as data: headings, paragraphs, lists, tables, folds and the chart, before any format draws them.

Texts are plain words, as people and catalogues write them; each drawer makes them harmless for the place it draws to.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan


class Span(NamedTuple):
    """A run of words: perhaps a link, perhaps strong or quiet; `noted`: a list on the page says its address.

    `whole`: a command to copy, which no line may break.
    """

    text: str
    url: str = ""
    strong: bool = False
    quiet: bool = False
    noted: bool = False
    whole: bool = False


Line = tuple[Span, ...]


class Heading(NamedTuple):
    """The title of a section (level 2) or of a part of one (3, 4). `note` stands quietly beside it."""

    text: str
    level: int = 2
    note: str = ""
    anchor: str = ""


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Item(NamedTuple):
    """An entry of a list with whatever stands below it.

    `tick` gives it a box where boxes can be ticked, `step` says which step of the plan it is.
    """

    line: Line
    blocks: tuple["Block", ...] = ()
    tick: bool | None = None
    step: str = ""


class Items(NamedTuple):
    """A list, numbered when `ordered`."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(NamedTuple):
    """Rows under heads; the columns of `right` are set to the right, those of `fixed` are never broken."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()


class Facts(NamedTuple):
    """Labels with what they stand for: words, or a list."""

    rows: tuple[tuple[str, "Line | Items"], ...]


class Fold(NamedTuple):
    """A part that a page may close until somebody opens it; elsewhere a heading with what follows."""

    title: str
    blocks: tuple["Block", ...]
    level: int = 3
    note: str = ""
    anchor: str = ""


class Chart(NamedTuple):
    """The plan over time; with `picture` only where it can be a picture."""

    plan: Plan
    catalogue: Catalogue
    picture: bool = False


Block = Heading | Paragraph | Items | Table | Facts | Fold | Chart


class Page(NamedTuple):
    """A page. `lead` is the part that everybody reads, `rest` what follows it; `last` the one next thing to do."""

    title: str
    lead: tuple[Block, ...]
    rest: tuple[Block, ...] = ()
    last: Line = ()


def line(*parts: str | Span) -> Line:
    """Words and spans in a row, the empty ones left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def strong(text: str) -> Span:
    """Words that are seen first."""
    return Span(text, strong=True)


def quiet(text: str) -> Span:
    """Words that may be overlooked."""
    return Span(text, quiet=True)


def paragraph(*parts: str | Span) -> Paragraph:
    """Running text of words and spans."""
    return Paragraph(line(*parts))


def bullets(texts: Iterable[str | Line]) -> Items:
    """A list of plain texts or of lines."""
    return Items(tuple(Item(line(text) if isinstance(text, str) else text) for text in texts if text))


def facts(rows: Iterable[tuple[str, "str | Line | Items"]]) -> Facts:
    """Labels with plain texts, lines or lists; those without anything are left out."""
    made = ((label, line(value) if isinstance(value, str) else value) for label, value in rows)
    return Facts(tuple((label, v) for label, v in made if (v.items if isinstance(v, Items) else v)))


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str | Line]], *, right: Iterable[int] = (), fixed: Iterable[int] = ()
) -> Table:
    """A table of plain texts or lines."""
    made = tuple(tuple(line(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    return Table(tuple(heads), made, frozenset(right), frozenset(fixed))
