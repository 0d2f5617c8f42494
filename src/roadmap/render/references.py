"""What a page opens: a number where it is needed, and at the end a list with part, hours and address of each."""

import re
from collections.abc import Collection, Iterable

from roadmap.model.answer import MOVE, Opens
from roadmap.model.plan import Plan
from roadmap.render.layout import Block, Heading, Line, Span, facts, line
from roadmap.render.numbers import about, listing

COSTS = {"freemium": "free to begin", "paid": "paid"}
WHOLE = "all of it"
MOST_LISTED = 9
ALIKE = 0.6


def worth_listing(plan: Plan) -> set[str]:
    """The addresses that a page names: of exams, data and the first week all, of the steps the longest ones'.

    Each phase has one, the others stand with their steps.
    """
    answer, exams = plan.answer, [e.certification for e in plan.exams]
    kept = {url for c in exams for url in (c.url, c.guide_url, c.practice_url)}
    kept |= {data.url for project in answer.projects for data in project.data[:1]}
    listed = {task.url for task in answer.first_week} - kept - {""}
    apart = {MOVE, *(exam.step for exam in plan.exams)}
    open_ = [([w for w in p.work if w.opens], p.id in apart) for p in answer.phases if not p.later]
    longest = [max(works, key=lambda w: w.hours) for works, aside in open_ if works and not aside]
    rest = [(aside, -w.opens[0].hours, w) for works, aside in open_ for w in works if w not in longest]
    for one in [*longest, *(w for _, _, w in sorted(rest, key=lambda x: x[:2]))]:
        if len(listed) < MOST_LISTED:
            listed.add(one.opens[0].url)
    return kept | listed


class References:
    """Numbers the addresses to keep in the order in which they come, each once, with all that is read of it."""

    def __init__(self, kept: Collection[str]) -> None:
        self._kept = kept
        self._titles: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}

    def behind(self, title: str, url: str, part: str = "") -> tuple[Span, ...]:
        """The number of an address as a link, to stand behind words: [4]. Nothing for one that is not kept."""
        if url not in self._kept:
            return ()
        self._titles.setdefault(url, title)
        known = self._parts.setdefault(url, [])
        if part:
            like = next((i for i, one in enumerate(known) if _alike(one, part)), None)
            if like is None:
                known.append(part)
            elif len(part) > len(known[like]):
                known[like] = part
        return Span(" "), Span(f"[{list(self._titles).index(url) + 1}]", url, quiet=True, noted=True)

    def opens(self, opens: Iterable[Opens]) -> list[Span]:
        """The numbers of parts of resources, whose own titles stand in the list."""
        found: list[Span] = []
        for one in opens:
            found += self.behind(one.title, one.url, part_of(one))
            if found and one.url in self._titles:
                self._titles[one.url] = one.title
        return found

    def listed(self, note: str = "") -> list[Block]:
        """The list at the end of the page; the note says of when it is."""
        rows = [(f"[{n}]", self._row(url, title)) for n, (url, title) in enumerate(self._titles.items(), start=1)]
        return [Heading("What to open", note=note), facts(rows)] if rows else []

    def _row(self, url: str, title: str) -> Line:
        said = listing(self._parts.get(url, []))
        return line(Span(title, url), f": {said}" if said else "")


def part_of(one: Opens) -> str:
    """Modules 1 and 2 (12 h)."""
    part = "" if one.part == WHOLE else one.part
    more = ", ".join(text for text in (about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
    return f"{part} ({more})" if part and more else part or more


def _alike(one: str, other: str) -> bool:
    """Whether two parts of a resource are about the same pages: the longer one is told."""
    first, second = (set(re.findall(r"[a-z]{4,}|\d+", text.split(" (")[0].lower())) for text in (one, other))
    return bool(first and second) and len(first & second) >= ALIKE * min(len(first), len(second))
