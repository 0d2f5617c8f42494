"""A reader's own blocks in a Markdown plan: paragraphs, headings, tables, to-dos, as they were and where they were.

A block is kept in the journal as it was typed, blank lines before it included, with a digest of the program's line
above it. When the page is written again it stands below that line; where the line is gone, at the end of its step;
where that is gone, too, at the end of the page. What stood above everything stands there again.
"""

import re
from collections.abc import Iterable, Sequence

from roadmap.model.journal import Event, effective
from roadmap.render.personal import SYNCED, PageLine, all_lines, lines_of

_KEY = re.compile(r"[\w-]+:|[\s#-]|$")
_RULE = re.compile(r"[|\s:-]+")
START, BEHIND = "start", "/"
"""The place of what stands above the first line of a page; and the mark of one behind the signs that close a chart."""


def kept_blocks(journal: Iterable[Event]) -> list[Event]:
    """The blocks that count, oldest first."""
    return [e for e in effective(journal) if e.kind == "note" and e.after and e.id.startswith(SYNCED)]


def digests_of(block: Event) -> set[bytes]:
    """The lines of a block as a page tells them."""
    return {line.under(block.step).digest for line in all_lines(block.text)}


def spliced(text: str, blocks: Sequence[Event]) -> str:
    """A page with a reader's blocks put back in their places."""
    if not blocks:
        return text
    known = list(lines_of(text))
    source = text.splitlines()
    below: dict[int, list[str]] = {}
    for block in blocks:
        place = front_matter(source) if block.after == START else _place(known, block, source)
        below.setdefault(place, []).append(block.text)
    out = below.get(0, [])
    for number, line in enumerate(source, 1):
        out.append(line)
        out += below.get(number, ())
    return "\n".join(out) + "\n"


def front_matter(source: Sequence[str]) -> int:
    """The lines of a YAML head with its rules; 0 where there is none."""
    if source[:1] != ["---"]:
        return 0
    end = next((n for n, line in enumerate(source[1:], 2) if line == "---"), 0)
    return end if all(_KEY.match(line) for line in source[1 : end - 1]) else 0


def closing(source: Sequence[str]) -> set[int]:
    """The numbers of the program's lines of signs: those that open and close a YAML head, and that close its charts."""
    head, chart = front_matter(source), False
    found = {1, head} if head else set()
    for number, line in enumerate(source, 1):
        if line == "```mermaid":
            chart = True
        elif chart and line == "```":
            chart = False
            found.add(number)
    return found


def parts_table(line: str, above: str) -> bool:
    """Whether a line parts the head above it from its table."""
    return line.startswith("|") and above.startswith("|") and _RULE.fullmatch(line) is not None


def _place(known: Sequence[PageLine], block: Event, source: Sequence[str]) -> int:
    """The number of the line below which a block belongs."""
    after = block.after.removesuffix(BEHIND)
    same = [x.number for x in known if x.step == block.step and after in (x.place, x.old_place)]
    if same and after != block.after:
        if parts_table("".join(source[same[0] : same[0] + 1]), source[same[0] - 1]):
            return same[0] + 1
        return min((n for n in closing(source) if n > same[0]), default=same[0])
    if same:
        return same[0]
    inside = [x.number for x in known if block.step and x.step == block.step]
    return inside[-1] if inside else len(source)
