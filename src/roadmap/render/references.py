"""What a page opens: beside each phase, and by a number where exams, data and tasks need an address."""

from collections.abc import Iterable, Sequence

from roadmap.model.answer import MOVE, Opens, PhaseRow
from roadmap.model.plan import Plan
from roadmap.render.layout import Block, Heading, Items, Line, Span, bullets, facts, line
from roadmap.render.numbers import about, listing

COSTS = {"freemium": "free to begin", "paid": "paid"}
WHOLE = "all of it"
MOST_A_PHASE = 4


class References:
    """Numbers addresses in the order in which they come, each once, with all that is read of it.

    What the phases of a plan open stands in the list beside them and needs no number.
    """

    def __init__(self, plan: Plan) -> None:
        self._phases = phases_with_opens(plan)
        self._beside = {one.url for _, opens in self._phases for one in opens}
        self._titles: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}

    def behind(self, title: str, url: str, part: str = "") -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]. Nothing for one that a phase names."""
        if not url or url in self._beside:
            return ()
        self._titles.setdefault(url, title)
        known = self._parts.setdefault(url, [])
        if part and part not in known:
            known.append(part)
        return Span(" "), Span(f"[{list(self._titles).index(url) + 1}]", url, quiet=True, noted=True)

    def opens(self, opens: Iterable[Opens]) -> list[Span]:
        """The numbers of parts of resources, whose own titles stand in the list."""
        found: list[Span] = []
        for one in opens:
            found += self.behind(one.title, one.url, part_of(one))
            if one.url in self._titles:
                self._titles[one.url] = one.title
        return found

    def listed(self, note: str = "") -> list[Block]:
        """The list at the end of the page; the note says of when it is."""
        rows: list[tuple[str, Line | Items]] = [(name, bullets(map(_entry, opens))) for name, opens in self._phases]
        rows += [(f"[{n}]", self._row(url, title)) for n, (url, title) in enumerate(self._titles.items(), start=1)]
        return [Heading("What to open", note=note), facts(rows)] if rows else []

    def _row(self, url: str, title: str) -> Line:
        said = listing(self._parts.get(url, []))
        return line(Span(title, url), f": {said}" if said else "")


def phases_with_opens(plan: Plan) -> list[tuple[str, list[Opens]]]:
    """By the number of a phase what it opens, of much the longest; exams and the phases beside the move apart."""
    apart = {exam.step for exam in plan.exams}
    out: list[tuple[str, list[Opens]]] = []
    number, told = 0, set[tuple[str, str]]()
    for phase in plan.answer.phases:
        number += phase.id != MOVE
        if phase.id in apart or phase.later:
            continue
        opens = [one for one in _longest(phase) if (one.url, one.part) not in told]
        told |= {(one.url, one.part) for one in opens}
        if opens:
            out.append((str(number) if phase.id != MOVE else "Move", opens))
    return out


def _longest(phase: PhaseRow) -> Sequence[Opens]:
    """The first part of each step, of many steps those of the longest, in the order of the steps."""
    work = [one for one in phase.work if one.opens]
    kept = sorted(work, key=lambda one: -one.hours)[:MOST_A_PHASE]
    return [one.opens[0] for one in work if one in kept]


def _entry(one: Opens) -> Line:
    return line(Span(one.title, one.url), f": {part_of(one)}" if part_of(one) else "")


def part_of(one: Opens) -> str:
    """Modules 1 and 2 (12 h)."""
    part = "" if one.part == WHOLE else one.part
    more = ", ".join(text for text in (about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
    return f"{part} ({more})" if part and more else part or more
