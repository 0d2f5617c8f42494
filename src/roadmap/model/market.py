"""What real job postings ask for, held so that coverage and readiness cost microseconds.

Coverage is the mean share of the skills a posting names which a person holds at working level; readiness is the
share of postings with a coverage of at least 70 %. Readiness is counted for all postings at once: every skill
has one big integer with a bit per posting that names it, and the number of held skills per posting is kept in
binary across a few such integers ("bit-sliced" counters), started so that reaching the threshold carries into
the topmost one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from math import fsum
from operator import or_

WORKING_LEVEL = 2
UNIT = 10**12
"""Coverage is added up in whole parts of this, so that the order of adding cannot change a digit."""
WITHIN_REACH_PERCENT = 70


@dataclass(frozen=True)
class Posting:
    """One AI-engineer posting: only what is needed of it (skills named, kind, seniority, country)."""

    kind: str
    seniority: str
    country: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Market:
    """A population of postings.

    `weights` maps a skill to the coverage it adds (0 to 1) when held, `units` is the same in whole parts of UNIT.
    `masks` has for each skill a bit per posting that names it, `sizes` for each number of skills the postings that
    name so many, `groups` for each seniority and country (`kinds` says which of the two) the postings of it.
    """

    count: int
    weights: Mapping[str, float]
    units: Mapping[str, int]
    masks: Mapping[str, int]
    start: tuple[int, ...]
    sizes: Mapping[int, int]
    groups: Mapping[str, int]
    kinds: Mapping[str, str]

    def coverage(self, held: Iterable[str]) -> float:
        """Mean share (0 to 1) of the skills that postings name among `held` (ids at working level)."""
        return min(1.0, sum([self.units.get(s, 0) for s in held]) / UNIT)

    def only(self, names: Collection[str]) -> "Market":
        """The postings of these groups: any of the seniorities named, in any of the countries named."""
        if not names:
            return self
        wanted = -1
        for kind in ("seniority", "country"):
            chosen = [n for n in names if self.kinds.get(n) == kind]
            if chosen:
                wanted &= reduce(or_, (self.groups[n] for n in chosen))
        everyone = reduce(or_, self.sizes.values(), 0) & wanted
        masks = {skill: mask & everyone for skill, mask in self.masks.items()}
        count = everyone.bit_count()
        weights = {
            skill: fsum([(mask & size).bit_count() / n for n, size in self.sizes.items()]) / count if count else 0.0
            for skill, mask in masks.items()
        }
        return replace(self, count=count, weights=weights, units=_units(weights), masks=masks)

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
        for i, plane in enumerate(planes):
            planes[i] = plane ^ carry
            carry &= plane
            if not carry:
                return
        planes[-1] |= plane

    def readiness(self) -> float:
        """Share of postings (0 to 1) with at least 70 % of their skills held."""
        return self._planes[-1].bit_count() / self._market.count if self._market.count else 0.0


def market(postings: Iterable[Posting], kinds: tuple[str, ...] = ("ai-first",)) -> Market:
    """The population of the postings of these kinds that name any skill."""
    rows = [(p, frozenset(p.skills)) for p in postings if p.skills and p.kind in kinds]
    masks: dict[str, int] = {}
    sizes: dict[int, int] = {}
    groups: dict[str, int] = {}
    named: dict[str, str] = {}
    planes = max((len(skills) for _, skills in rows), default=0).bit_length()
    start = [0] * (planes + 1)
    for place, (posting, skills) in enumerate(rows):
        bit = 1 << place
        needed = -(-WITHIN_REACH_PERCENT * len(skills) // 100)
        for i in range(planes):
            if (2**planes - needed) >> i & 1:
                start[i] |= bit
        sizes[len(skills)] = sizes.get(len(skills), 0) | bit
        for name, kind in ((posting.seniority, "seniority"), (posting.country, "country")):
            if name:
                groups[name] = groups.get(name, 0) | bit
                named[name] = kind
        for skill in skills:
            masks[skill] = masks.get(skill, 0) | bit
    whole = Market(
        count=len(rows),
        weights={},
        units={},
        masks=dict(sorted(masks.items())),
        start=tuple(start),
        sizes=dict(sorted(sizes.items())),
        groups=dict(sorted(groups.items())),
        kinds=named,
    )
    weights = {
        skill: fsum([(mask & size).bit_count() / n for n, size in whole.sizes.items()]) / len(rows)
        for skill, mask in whole.masks.items()
    }
    return replace(whole, weights=weights, units=_units(weights))


def _units(weights: Mapping[str, float]) -> dict[str, int]:
    return {skill: round(weight * UNIT) for skill, weight in weights.items()}
