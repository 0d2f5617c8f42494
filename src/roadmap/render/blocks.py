"""A reader's own blocks in a Markdown plan: paragraphs, headings, tables, to-dos, as they were and where they were.

A block is kept in the journal as it was typed, blank lines before it included, with a digest of the program's line
above it. When the page is written again it stands below that line; where the line is gone, at the end of its step;
where that is gone, too, at the end of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmap.model.journal import Event, effective
from roadmap.render.personal import SYNCED, PageLine, lines_of


@dataclass(frozen=True)
class Block:
    """A run of a reader's lines in a file: from which line to which, below which step and which line of the program."""

    first: int
    last: int
    step: str
    after: str
    text: str


def kept_blocks(journal: Iterable[Event]) -> list[Event]:
    """The blocks that count, oldest first."""
    return [e for e in effective(journal) if e.kind == "note" and e.after and e.id.startswith(SYNCED)]


def digests_of(block: Event) -> set[bytes]:
    """The lines of a block as `personal.Line` tells them."""
    return {line.under(block.step).digest for line in lines_of(block.text)}


def spliced(text: str, journal: Iterable[Event]) -> str:
    """A page with the blocks of the journal put back in their places."""
    blocks = kept_blocks(journal)
    if not blocks:
        return text
    known = list(lines_of(text))
    source = text.splitlines()
    below: dict[int, list[str]] = {}
    for block in blocks:
        below.setdefault(_place(known, block, len(source)), []).append(block.text)
    out: list[str] = []
    for number, line in enumerate(source, 1):
        out.append(line)
        out += below.get(number, ())
    return "\n".join(out) + "\n"


def _place(known: Sequence[PageLine], block: Event, last: int) -> int:
    """The number of the line below which a block belongs."""
    same = [x.number for x in known if x.step == block.step and x.place == block.after]
    if same:
        return same[0]
    inside = [x.number for x in known if block.step and x.step == block.step]
    return inside[-1] if inside else last
