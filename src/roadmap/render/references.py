"""What a page opens: resources with their addresses, and by a number where a sentence needs an address."""

from roadmap.model.answer import WHOLE, Opens
from roadmap.render.layout import Block, Line, Span, facts, line
from roadmap.render.numbers import about

COSTS = {"freemium": "free to begin", "paid": "paid"}


class References:
    """Numbers addresses in the order in which they come, each once; those that stand beside their words need none."""

    def __init__(self) -> None:
        self._beside: set[str] = set()
        self._numbers: dict[str, int] = {}

    def opened(self, one: Opens) -> Line:
        """A resource with its part, hours and address: LangGraph overview: modules 1 and 2 (12 h)."""
        self._beside.add(one.url)
        part = "" if one.part in ("", WHOLE) else f": {one.part}"
        more = ", ".join(text for text in (about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
        return line(Span(one.title, one.url), f"{part} ({more})" if more else part)

    def behind(self, url: str) -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]. Nothing for one that stands elsewhere."""
        if not url or url in self._beside:
            return ()
        number = self._numbers.setdefault(url, len(self._numbers) + 1)
        return Span(" "), Span(f"[{number}]", url, quiet=True, noted=True)

    def listed(self) -> list[Block]:
        """The addresses by number."""
        rows = [(f"[{number}]", line(Span(url, url))) for url, number in self._numbers.items()]
        return [facts(rows)] if rows else []
