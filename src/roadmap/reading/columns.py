"""Pages of a PDF that were drawn row by row although they have columns: their lines in the order they are read in."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST_LINES = 4
"""Lines that a column has at least; less is a table, or a date at the margin."""
MOST_SWITCHES = 4
"""How often the drawing may go from one column to the other where it goes column by column."""
FEWEST_RAILED = 2
MOST_EDGES = 20
SAME_EDGE = 3.0
GAP = 4.0
"""Points by which edges differ that are meant to be one, and that lie between columns at least."""
Knows = Callable[[str], bool]


@dataclass(frozen=True)
class Piece:
    """A part of a line as the page draws it: what it says, and its edges in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Where its line runs."""
        return (self.bottom + self.top) / 2


def reordered(pieces: Sequence[Piece], is_heading: Knows) -> list[str] | None:
    """The lines of a page with two columns, or with headings in a column of their own, where they are mixed up.

    None for any other page, whose text is best as the file has it.
    """
    headings = [p for p in pieces if is_heading(p.text)]
    if len(headings) < FEWEST_RAILED:
        return None
    return _railed(pieces, headings) or _columns(pieces, headings)


def _columns(pieces: Sequence[Piece], headings: Sequence[Piece]) -> list[str] | None:
    """The columns one after the other, when both have headings and the file goes back and forth between them."""
    for edge in _edges(pieces):
        right = [p for p in pieces if p.left >= edge - SAME_EDGE]
        top, bottom = max(p.top for p in right), min(p.bottom for p in right)
        inside = [p for p in pieces if bottom - GAP <= p.middle <= top + GAP]
        left = [p for p in inside if p.right <= edge - GAP]
        sides = [p.right <= edge - GAP for p in inside]
        if len(left) + len(right) != len(inside) or min(len(left), len(right)) < FEWEST_LINES:
            continue
        switches = sum(a != b for a, b in pairwise(sides))
        known = {id(h) for h in headings}
        if switches > MOST_SWITCHES and all(any(id(p) in known for p in side) for side in (left, right)):
            above = [p for p in pieces if p.middle > top + GAP]
            below = [p for p in pieces if p.middle < bottom - GAP]
            return [line for part in (above, left, right, below) for line in _lines(part)]
    return None


def _edges(pieces: Sequence[Piece]) -> Iterator[float]:
    """Left edges that enough pieces share, from the right."""
    counts = Counter(round(p.left / SAME_EDGE) for p in pieces)
    first = min(counts)
    shared = [n for n, count in counts.items() if n > first + 1 and count >= FEWEST_LINES - 1]
    for n in sorted(shared, reverse=True)[:MOST_EDGES]:
        yield min(p.left for p in pieces if round(p.left / SAME_EDGE) == n)


def _railed(pieces: Sequence[Piece], headings: Sequence[Piece]) -> list[str] | None:
    """The rows of a page whose headings stand in a column of their own, each before what stands beside it."""
    edge = min(h.left for h in headings)
    rail = [h for h in headings if h.left <= edge + SAME_EDGE]
    top = max(h.top for h in rail)
    beside = [h for h in rail if any(_same_row(h, p) and p.left > h.right + GAP for p in pieces)]
    known = {id(h) for h in rail}
    alone = all(id(p) in known for p in pieces if p.left <= edge + SAME_EDGE and p.middle <= top)
    if len(beside) < FEWEST_RAILED or not alone or any(p.right > q.left for p in rail for q in _others(pieces, p)):
        return None
    out: list[str] = []
    for row in _rows(pieces):
        out += [p.text.strip() for p in row if id(p) in known]
        if rest := " ".join(p.text.strip() for p in row if id(p) not in known):
            out.append(rest)
    return out


def _others(pieces: Sequence[Piece], heading: Piece) -> list[Piece]:
    return [p for p in pieces if p is not heading and _same_row(heading, p)]


def _same_row(one: Piece, other: Piece) -> bool:
    return one.bottom <= other.middle <= one.top or other.bottom <= one.middle <= other.top


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces from top to bottom and from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        if rows and _same_row(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """What the pieces say line by line, with an empty line where they are far apart."""
    before: float | None = None
    for row in _rows(pieces):
        height = max(p.top - p.bottom for p in row)
        if before is not None and before - row[0].middle > 3 * height:
            yield ""
        yield " ".join(p.text.strip() for p in row)
        before = row[0].middle
