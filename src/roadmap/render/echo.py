"""A friend says a thing once: sentences that stood on a page before are left out where they come again.

Tables and numbered tasks stay as they are: their rows add up.
"""

import re
from collections.abc import Iterable

from roadmap.render.layout import Block, Facts, Item, Items, Line, Paragraph

SHORTEST = 5
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“\"])")


def without_echo(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without the sentences of running text that were said before; what is left empty goes."""
    said: set[str] = set()
    out: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph():
                line = _fresh(block.line, said)
                out += [block._replace(line=line)] if line else []
            case Items() if not block.ordered:
                items = _items(block, said)
                out += [items] if items.items else []
            case Facts():
                rows = tuple((label, kept) for label, value in block.rows if (kept := _value(value, said)))
                out += [block._replace(rows=rows)] if rows else []
            case _:
                out.append(block)
    return out


def _value(value: Line | Items, said: set[str]) -> Line | Items | None:
    if isinstance(value, Items):
        kept = _items(value, said)
        return kept if kept.items else None
    return _fresh(value, said)


def _items(block: Items, said: set[str]) -> Items:
    items: list[Item] = []
    for item in block.items:
        line = _fresh(item.line, said)
        if line:
            items.append(item._replace(line=line))
    return block._replace(items=tuple(items))


def _fresh(line: Line, said: set[str]) -> Line:
    spans = []
    for span in line:
        parts = _END.split(span.text)
        kept = [part for part in parts if not _again(part, said)]
        if len(kept) == len(parts):
            spans.append(span)
        elif kept:
            spans.append(span._replace(text=" ".join(kept)))
    return tuple(spans)


def _again(part: str, said: set[str]) -> bool:
    words = part.casefold().strip(" .").split()
    if len(words) < SHORTEST or not part.rstrip().endswith((".", "?", ".”", '."')):
        return False
    key = " ".join(words)
    if key in said:
        return True
    said.add(key)
    return False
