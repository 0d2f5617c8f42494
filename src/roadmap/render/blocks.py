"""A reader's own blocks in a Markdown plan: paragraphs, headings, tables, to-dos, as they were and where they were.

A block is kept in the journal as it was typed, blank lines before it included, with a digest of the program's line
above it, and which line that was below its step or heading. When the page is written again the block stands below that
line; where the line has other words now, below as many lines of the same step or heading; where that is gone, too, at
the end of its step or of the page. What stood above everything stands there again.
"""

import re
from collections.abc import Iterable, Sequence

from roadmap.model.journal import Event, effective
from roadmap.render.personal import SYNCED, PageLine, all_lines, lines_of

_KEY = re.compile(r"[\w-]+:|[\s#-]|$")
_RULE = re.compile(r"[|\s:-]+")
START, BEHIND = "start", "/"
"""The place of what stands above the first line of a page; and the mark of one behind the signs that close a chart."""
ORDER = re.compile(r":(?P<section>[0-9a-f]*)\.(?P<number>\d{1,6})$")
"""What follows a place: the digest of the heading, none below a step, and the number of the line below it."""


def place_of(after: str) -> str:
    """The place of a block without the number of the line."""
    return ORDER.sub("", after)


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
    place = place_of(block.after)
    after = place.removesuffix(BEHIND)
    same = next((x.number for x in known if x.step == block.step and after in (x.place, x.old_place)), 0)
    if same and after == place:
        return same
    if same:
        if parts_table("".join(source[same : same + 1]), source[same - 1]):
            return same + 1
        return min((n for n in closing(source) if n > same), default=same)
    if found := _by_order(known, block):
        return _behind_whole(found, source)
    inside = [x.number for x in known if block.step and x.step == block.step]
    return inside[-1] if inside else len(source)


def _by_order(known: Sequence[PageLine], block: Event) -> int:
    """The line that stands below its step or heading where the one of a block stood, or the last there; 0 for none."""
    order = ORDER.search(block.after)
    if order is None:
        return 0
    lines = [x.number for x in known if x.step == block.step and x.section == order["section"]]
    return lines[min(int(order["number"]), len(lines) - 1)] if lines else 0


def _behind_whole(number: int, source: Sequence[str]) -> int:
    """The same line, or the last of the table or chart that it is in the middle of."""
    fences = [n for n, line in enumerate(source, 1) if line.startswith("```")]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        if first <= number < last:
            return last
    while source[number - 1].startswith("|") and source[number : number + 1] and source[number].startswith("|"):
        number += 1
    return number
