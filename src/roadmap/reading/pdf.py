"""The text of a PDF. The only importer of pypdfium2."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from roadmap.errors import RoadmapError, UsageError

MOST_PAGES = 40
MOST_CHARACTERS = 400_000
LONGEST_WORD = 14
"""Letters that words have on average where the gaps between them were lost."""
FEWEST_WORDS = 20
IsPeriod = Callable[[str], bool]


@dataclass
class _Piece:
    """A line as the page draws it: what it says, its left edge and its height."""

    text: str
    left: float
    bottom: float
    top: float


def text_of_pdf(content: bytes, name: str, is_period: IsPeriod) -> tuple[str, tuple[str, ...]]:
    """The text of a PDF and notes about what it lacks. Raises RoadmapError where nothing can be read.

    `is_period`: whether a line says nothing but when; such a line belongs to the one at its left.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        hint = "pip install 'career-roadmap[import]', or save it as text"
        raise UsageError(f"{name}: reading a PDF needs an optional extra", hint) from error
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
        pages = _pages(document, min(count, MOST_PAGES), is_period)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold() or "security" in str(error).casefold():
            raise RoadmapError(f"{name}: the PDF is encrypted", "save a copy without a password") from error
        raise RoadmapError(f"{name}: the PDF is broken", "export it again, or save it as text") from error
    return "\n".join(pages), _notes(pages, count, name)


def _notes(pages: list[str], count: int, name: str) -> tuple[str, ...]:
    empty = [i for i, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise RoadmapError(
            f"{name}: the PDF has no text, only pictures of it",
            "run text recognition (OCR) over it, or export it from the program it was written in",
        )
    notes = [f"page {', '.join(map(str, empty))} has no text, perhaps a picture"] if empty else []
    notes += [f"only the first {MOST_PAGES} of {count} pages are read"] if count > MOST_PAGES else []
    words = [w for p in pages for w in p.split() if w.isalpha()]
    if len(words) >= FEWEST_WORDS and sum(map(len, words)) > LONGEST_WORD * len(words):
        notes.append("the words of the PDF run into each other, so much of it may be missed; save it as text")
    return tuple(notes)


def _pages(document: Any, count: int, is_period: IsPeriod) -> list[str]:
    """The text of the first pages, lines that repeat on most of them (headers, page numbers) once."""
    pages: list[list[str]] = []
    left = MOST_CHARACTERS
    for number in range(count):
        page = document[number]
        text = page.get_textpage()
        whole = text.get_text_bounded()[:left]
        left -= len(whole)
        lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        pages.append(_with_margin(lines, text, is_period))
        text.close()
        page.close()
        if left <= 0:
            break
    edges = [{*p[:1], *p[-1:]} for p in pages]
    repeated = {x for one, two in pairwise(edges) for x in one & two if x.strip()} if len(pages) > 2 else set()
    return ["\n".join(x for x in p if not i or x not in repeated) for i, p in enumerate(pages)]


def _with_margin(lines: list[str], text: Any, is_period: IsPeriod) -> list[str]:
    """The lines, with periods that stand at the margin of an earlier one put back to it."""
    if not any(is_period(x) for x in lines):
        return lines
    pieces = _pieces(text)
    by_text: dict[str, list[_Piece]] = {}
    for piece in pieces:
        by_text.setdefault(" ".join(piece.text.split()), []).append(piece)
    out: list[str] = []
    for line in lines:
        bare = " ".join(line.split())
        own = by_text.get(bare)
        beside = _beside(own.pop(0), pieces) if own and is_period(line) else None
        place = _last_place(out, beside) if beside else None
        if place is None:
            out.append(line)
        else:
            out[place] += "  " + bare
    return out


def _pieces(text: Any) -> list[_Piece]:
    found = []
    for i in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(i)
        said = text.get_text_bounded(left, bottom, right, top)
        if said.strip():
            found.append(_Piece(said, left, bottom, top))
    return found


def _beside(period: _Piece, pieces: list[_Piece]) -> str | None:
    """What stands at the same height to the left of a period."""
    middle = (period.top + period.bottom) / 2
    same = [p for p in pieces if p.left < period.left and p.bottom <= middle <= p.top and p is not period]
    return " ".join(max(same, key=lambda p: p.left).text.split()) if same else None


def _last_place(lines: list[str], wanted: str) -> int | None:
    for i in range(len(lines) - 1, -1, -1):
        if wanted and " ".join(lines[i].split()).endswith(wanted):
            return i
    return None
