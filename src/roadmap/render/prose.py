"""The little Markdown that guide pages are written in, taken apart so that every format can write it its own way.

Paragraphs, lists with - or numbers, **strong**, *emphasis* and [links](https://...). Anything else is plain words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap.render.clean import clean

_ITEM = re.compile(r"^(?:[-*]|(\d+)[.)]) +(.*)$")
_SPAN = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<soft>[^*\s][^*]*)\*|\[(?P<text>[^\]]+)\]\((?P<url>https?://[^\s)]+)\)"
)


@dataclass(frozen=True)
class Span:
    """A run of words, perhaps strong, perhaps a link."""

    text: str
    strong: bool = False
    soft: bool = False
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph or, with a mark such as - or 2., an item of a list."""

    spans: tuple[Span, ...]
    mark: str = ""


def blocks(body: str) -> Iterator[Block]:
    """The parts of a page in order."""
    words: list[str] = []
    mark = ""
    for line in [*body.splitlines(), ""]:
        item = _ITEM.match(line.strip())
        if item or not line.strip():
            if words:
                yield Block(tuple(_spans(" ".join(words))), mark)
            words, mark = [], ""
        if item:
            mark = f"{item[1]}." if item[1] else "-"
            words = [item[2]]
        elif line.strip():
            words.append(line.strip())


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for found in _SPAN.finditer(text):
        if found.start() > at:
            yield Span(_tidy(text[at : found.start()]))
        if found["url"]:
            yield Span(clean(found["text"]), url=found["url"])
        else:
            yield Span(
                clean(found["strong"] or found["soft"]),
                strong=bool(found["strong"]),
                soft=bool(found["soft"]),
            )
        at = found.end()
    if at < len(text):
        yield Span(_tidy(text[at:]))


def _tidy(text: str) -> str:
    """Harmless words that keep the blanks at their ends, since a link or strong word may follow."""
    inner = clean(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() and inner else ''}"
