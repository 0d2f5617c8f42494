"""What real job postings ask for, held so that coverage and readiness cost microseconds.

Coverage is the mean share of the skills a posting names which a person holds at working level; readiness is the
share of postings with a coverage of at least 70 %. Readiness is counted for all postings at once: every skill
has one big integer with a bit per posting that names it, and the number of held skills per posting is kept in
binary across a few such integers ("bit-sliced" counters), started so that reaching the threshold carries into
the topmost one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

WORKING_LEVEL = 2
WITHIN_REACH = Fraction(7, 10)


@dataclass(frozen=True)
class Posting:
    """One AI-engineer posting: only what is needed of it (skills named, kind, seniority, country)."""

    kind: str
    seniority: str
    country: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Market:
    """A population of postings. `weights` maps a skill to the coverage it adds (0 to 1) when held."""

    count: int
    weights: Mapping[str, float]
    masks: Mapping[str, int]
    start: tuple[int, ...]

    def coverage(self, held: Iterable[str]) -> float:
        """Mean share (0 to 1) of the skills that postings name among `held` (ids at working level)."""
        return min(1.0, sum(sorted(self.weights.get(s, 0.0) for s in held)))

    def counter(self) -> "Counter":
        """A fresh counter of postings within reach, for somebody who holds nothing."""
        return Counter(self)


class Counter:
    """Postings within reach, as skills are added one by one."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._planes = list(market.start)

    def add(self, skill: str) -> None:
        """Count a skill as held. Each skill must be added at most once."""
        carry = self._market.masks.get(skill, 0)
        planes = self._planes
        top = len(planes) - 1
        for i in range(top):
            if not carry:
                return
            planes[i], carry = planes[i] ^ carry, planes[i] & carry
        planes[top] |= carry

    def readiness(self) -> float:
        """Share of postings (0 to 1) with at least 70 % of their skills held."""
        return self._planes[-1].bit_count() / self._market.count if self._market.count else 0.0


def market(
    postings: Iterable[Posting],
    *,
    kinds: tuple[str, ...] = ("ai-first",),
    seniorities: tuple[str, ...] = (),
    countries: tuple[str, ...] = (),
) -> Market:
    """The population of those postings that match; empty filters let everything through."""
    rows = [
        p.skills
        for p in postings
        if p.skills
        and p.kind in kinds
        and (not seniorities or p.seniority in seniorities)
        and (not countries or p.country in countries)
    ]
    weights: dict[str, Fraction] = {}
    masks: dict[str, int] = {}
    longest = max((len(set(r)) for r in rows), default=0)
    planes = longest.bit_length()
    start = [0] * (planes + 1)
    for bit, row in enumerate(rows):
        skills = set(row)
        needed = -(-WITHIN_REACH * len(skills) // 1)
        for i in range(planes):
            if (2**planes - int(needed)) >> i & 1:
                start[i] |= 1 << bit
        for skill in skills:
            weights[skill] = weights.get(skill, Fraction(0)) + Fraction(1, len(skills))
            masks[skill] = masks.get(skill, 0) | 1 << bit
    ordered = sorted(weights)
    return Market(
        count=len(rows),
        weights={s: float(weights[s] / len(rows)) for s in ordered},
        masks={s: masks[s] for s in ordered},
        start=tuple(start),
    )
