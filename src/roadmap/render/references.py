"""What a page opens: a number where it is needed, and at the end a list with part, hours and address of each."""

from collections.abc import Iterable

from roadmap.model.answer import Opens
from roadmap.render.layout import Block, Heading, Line, Span, facts, line
from roadmap.render.numbers import about, listing

COSTS = {"freemium": "free to begin", "paid": "paid"}
WHOLE = "all of it"


class References:
    """Numbers addresses in the order in which they come, each once, with all that is read of it."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}

    def behind(self, title: str, url: str, part: str = "") -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]. Without an address nothing."""
        if not url:
            return ()
        self._titles.setdefault(url, title)
        known = self._parts.setdefault(url, [])
        if part and not any(one.startswith(part.split(" (", maxsplit=1)[0]) for one in known):
            known.append(part)
        return Span(" "), Span(f"[{list(self._titles).index(url) + 1}]", url, quiet=True, noted=True)

    def opens(self, opens: Iterable[Opens]) -> list[Span]:
        """The numbers of parts of resources, whose own titles stand in the list."""
        found: list[Span] = []
        for one in opens:
            found += self.behind(one.title, one.url, part_of(one))
            self._titles[one.url] = one.title
        return found

    def listed(self) -> list[Block]:
        """The list at the end of the page."""
        rows = [(f"[{n}]", self._row(url, title)) for n, (url, title) in enumerate(self._titles.items(), start=1)]
        return [Heading("What to open"), facts(rows)] if rows else []

    def _row(self, url: str, title: str) -> Line:
        said = listing(self._parts.get(url, []))
        return line(Span(title, url), f": {said}" if said else "")


def part_of(one: Opens) -> str:
    """Modules 1 and 2 (12 h)."""
    part = "" if one.part == WHOLE else one.part
    more = ", ".join(text for text in (about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
    return f"{part} ({more})" if part and more else part or more
