"""What a page opens: resources with their addresses, and by a number where a sentence needs an address."""

from roadmap.model.answer import WHOLE, Opens
from roadmap.model.plan import Plan
from roadmap.render.layout import Block, Heading, Line, Span, facts, line
from roadmap.render.numbers import about

COSTS = {"freemium": "free to begin", "paid": "paid"}


class References:
    """Numbers addresses in the order in which they come, each once; those of the way stand there and need none."""

    def __init__(self, plan: Plan) -> None:
        self._beside = {one.url for phase in plan.answer.phases for one in phase.opens}
        self._numbers: dict[str, int] = {}

    def behind(self, url: str) -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]. Nothing for one that stands elsewhere."""
        if not url or url in self._beside:
            return ()
        number = self._numbers.setdefault(url, len(self._numbers) + 1)
        return Span(" "), Span(f"[{number}]", url, quiet=True, noted=True)

    def listed(self, note: str = "") -> list[Block]:
        """The addresses by number; the note says of when they are."""
        rows = [(f"[{number}]", line(Span(url, url))) for url, number in self._numbers.items()]
        return [Heading("Addresses", note=note), facts(rows)] if rows else []


def opened(one: Opens) -> Line:
    """A resource with its part and hours: LangGraph overview: modules 1 and 2 (12 h)."""
    part = "" if one.part in ("", WHOLE) else f": {one.part}"
    more = ", ".join(text for text in (about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
    return line(Span(one.title, one.url), f"{part} ({more})" if more else part)
