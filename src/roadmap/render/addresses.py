"""Addresses of a long page gathered at its end, for readers without links: a number behind the words, a list below."""

from collections.abc import Sequence
from dataclasses import replace

from roadmap.render.clean import web_address
from roadmap.render.layout import Block, Facts, Heading, Item, Items, Line, Paragraph, Span, line

FEW = 8
"""So many addresses stay behind their words: on a short page one finds them there."""


def gathered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with numbers in place of their addresses, and these in a list at the end; few are left as they are."""
    notes = _Notes()
    out = tuple(notes.block(block) for block in blocks)
    if len(notes.numbers) <= FEW:
        return tuple(blocks)
    found = Items(tuple(Item(line(Span(f"[{number}]", url))) for url, number in notes.numbers.items()))
    return (*out, Heading("Addresses"), found)


class _Notes:
    """Numbers addresses in the order in which they come, each once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return replace(block, line=self.line(block.line))
            case Items():
                return self.items(block)
            case Facts():
                rows = ((name, self.items(v) if isinstance(v, Items) else self.line(v)) for name, v in block.rows)
                return replace(block, rows=tuple(rows))
            case _:
                return block

    def items(self, block: Items) -> Items:
        made = (
            replace(item, line=self.line(item.line), blocks=tuple(map(self.block, item.blocks))) for item in block.items
        )
        return replace(block, items=tuple(made))

    def line(self, words: Line) -> Line:
        out: list[Span] = []
        for span in words:
            url = web_address(span.url) if span.url and span.url != span.text else ""
            if not url:
                out.append(span)
                continue
            number = self.numbers.setdefault(url, len(self.numbers) + 1)
            out += [span._replace(url=""), Span(f" [{number}]", quiet=True)]
        return tuple(out)
