"""The text of a PDF. The only importer of pypdfium2."""

from itertools import pairwise
from typing import Any

from roadmap.errors import RoadmapError, UsageError
from roadmap.reading.columns import Knows, Piece, reordered

MOST_PAGES = 40
MOST_CHARACTERS = 400_000
MOST_ON_PAGE, MOST_PIECES = 20_000, 1_000
"""Characters and pieces of a page whose order is looked at; more are no page of a resume."""
LONGEST_WORD = 14
"""Letters that words have on average where the gaps between them were lost."""
FEWEST_WORDS = 20


def text_of_pdf(content: bytes, name: str, is_period: Knows, is_heading: Knows) -> tuple[str, tuple[str, ...]]:
    """The text of a PDF and notes about what it lacks. Raises RoadmapError where nothing can be read.

    `is_period`: whether a line says nothing but when; such a line belongs to the one at its left. `is_heading`: whether
    it heads a section, by which columns are known.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        hint = "pip install 'career-roadmap[import]', or save it as text"
        raise UsageError(f"{name}: reading a PDF needs an optional extra", hint) from error
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
        pages = _pages(document, min(count, MOST_PAGES), is_period, is_heading)
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


def _pages(document: Any, count: int, is_period: Knows, is_heading: Knows) -> list[str]:
    """The text of the first pages, lines that repeat on most of them (headers, page numbers) once."""
    pages: list[list[str]] = []
    left = MOST_CHARACTERS
    for number in range(count):
        page = document[number]
        text = page.get_textpage()
        whole = text.get_text_bounded()[:left]
        left -= len(whole)
        lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        pages.append(_in_order(lines, text, is_period, is_heading))
        text.close()
        page.close()
        if left <= 0:
            break
    edges = [{*p[:1], *p[-1:]} for p in pages]
    repeated = {x for one, two in pairwise(edges) for x in one & two if x.strip()} if len(pages) > 2 else set()
    return ["\n".join(x for x in p if not i or x not in repeated) for i, p in enumerate(pages)]


def _in_order(lines: list[str], text: Any, is_period: Knows, is_heading: Knows) -> list[str]:
    """The lines of a page as they are read, whatever the order they were drawn in."""
    if sum(map(len, lines)) > MOST_ON_PAGE:
        return lines
    pieces = _pieces(text)
    return reordered(pieces, is_heading) or _with_margin(lines, pieces, is_period)


def _with_margin(lines: list[str], pieces: list[Piece], is_period: Knows) -> list[str]:
    """The lines, with periods that stand at the margin of an earlier one put back to it."""
    if not any(is_period(x) for x in lines):
        return lines
    by_text: dict[str, list[Piece]] = {}
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


def _pieces(text: Any) -> list[Piece]:
    found = []
    for i in range(min(text.count_rects(), MOST_PIECES)):
        left, bottom, right, top = text.get_rect(i)
        said = text.get_text_bounded(left, bottom, right, top)
        if said.strip():
            found.append(Piece(said, left, bottom, right, top))
    return found


def _beside(period: Piece, pieces: list[Piece]) -> str | None:
    """What stands at the same height to the left of a period."""
    same = [p for p in pieces if p.left < period.left and p.bottom <= period.middle <= p.top and p is not period]
    return " ".join(max(same, key=lambda p: p.left).text.split()) if same else None


def _last_place(lines: list[str], wanted: str) -> int | None:
    for i in range(len(lines) - 1, -1, -1):
        if wanted and " ".join(lines[i].split()).endswith(wanted):
            return i
    return None
