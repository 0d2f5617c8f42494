"""What a page opens: resources with their addresses, and by a number where a sentence needs an address."""

from roadmap.model.answer import WHOLE, Opens
from roadmap.render.layout import Block, Heading, Span, facts, line

COSTS = {"freemium": "free to begin", "paid": "paid"}


class References:
    """Numbers addresses in the order in which they come, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def behind(self, url: str) -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]."""
        if not url:
            return ()
        number = self._numbers.setdefault(url, len(self._numbers) + 1)
        return Span(" "), Span(f"[{number}]", url, quiet=True, noted=True)

    def listed(self, note: str = "") -> list[Block]:
        """The addresses by number; the note says of when they are."""
        rows = [(f"[{number}]", line(Span(url, url))) for url, number in self._numbers.items()]
        return [Heading("Addresses", note=note), facts(rows)] if rows else []


def part_of(one: Opens) -> str:
    """The part of a resource, and whether it costs something."""
    return ", ".join(text for text in ("" if one.part == WHOLE else one.part, COSTS.get(one.cost, "")) if text)
