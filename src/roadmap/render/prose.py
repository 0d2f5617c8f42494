"""The little Markdown that guide pages are written in, as blocks of a page, so that every format draws it its own way.

Paragraphs, lists with - or numbers, **strong**, *emphasis* and [links](https://...). Anything else is plain words.
"""

import re
from collections.abc import Iterator

from roadmap.render.layout import Block, Item, Items, Paragraph, Span

_ITEM = re.compile(r"^(?:[-*]|(\d+)[.)]) +(.*)$")
_SPAN = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<soft>[^*\s][^*]*)\*|\[(?P<text>[^\]]+)\]\((?P<url>https?://[^\s)]+)\)"
)


def blocks(body: str) -> list[Block]:
    """The parts of a page in order; items that follow each other make one list."""
    out: list[Block] = []
    for mark, words in _parts(body):
        line = tuple(_spans(words))
        last = out[-1] if out else None
        ordered = mark not in ("", "-")
        if not mark:
            out.append(Paragraph(line))
        elif isinstance(last, Items) and last.ordered == ordered:
            out[-1] = Items((*last.items, Item(line)), ordered)
        else:
            out.append(Items((Item(line),), ordered))
    return out


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """Paragraphs and items with their marks: - or a number."""
    words: list[str] = []
    mark = ""
    for line in [*body.splitlines(), ""]:
        item = _ITEM.match(line.strip())
        if item or not line.strip():
            if words:
                yield mark, " ".join(words)
            words, mark = [], ""
        if item:
            mark = item[1] or "-"
            words = [item[2]]
        elif line.strip():
            words.append(line.strip())


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for found in _SPAN.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()])
        if found["url"]:
            yield Span(found["text"], url=found["url"])
        else:
            yield Span(found["strong"] or found["soft"], strong=bool(found["strong"]))
        at = found.end()
    if at < len(text):
        yield Span(text[at:])
