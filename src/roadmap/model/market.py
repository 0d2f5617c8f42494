"""What real job postings ask for, held so that coverage and readiness cost microseconds.

Coverage is the mean share of the skills a posting names which a person holds at working level; readiness is the
share of postings with a coverage of at least 70 %. Readiness is counted for all postings at once: one big integer
has a lane of a few bits per posting, in which its held skills are counted. Lanes start so that the topmost bit is
set once enough are held; a skill adds one to the lanes of the postings that name it, all in one addition.
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
    """One job posting: only what is needed of it (skills named, seniority, country)."""

    seniority: str
    country: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Market:
    """A population of postings.

    `weights` maps a skill to the coverage it adds (0 to 1) when held, `units` is the same in whole parts of UNIT.
    `masks` has for each skill a bit per posting that names it, `sizes` for each number of skills the postings that
    name so many, `groups` for each seniority and country (`kinds` says which of the two) the postings of it. `lanes`
    are the masks spread over lanes of `width` bits, `start` is what the lanes begin with, `reached` their top bits.
    `what` they are and of which `period` is said with every share of them.
    """

    count: int
    weights: Mapping[str, float]
    units: Mapping[str, int]
    masks: Mapping[str, int]
    lanes: Mapping[str, int]
    width: int
    start: int
    reached: int
    sizes: Mapping[int, int]
    groups: Mapping[str, int]
    kinds: Mapping[str, str]
    what: str
    period: str

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
        lanes = {skill: _spread(mask, self.width) for skill, mask in masks.items()}
        return replace(self, count=count, weights=weights, units=_units(weights), masks=masks, lanes=lanes)

    def counter(self) -> "Counter":
        """A fresh counter of postings within reach, for somebody who holds nothing."""
        return Counter(self)


class Counter:
    """Postings within reach, as skills are added one by one."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._lanes = market.start

    def add(self, skill: str) -> None:
        """Count a skill as held. Each skill must be added at most once."""
        self._lanes += self._market.lanes.get(skill, 0)

    def readiness(self) -> float:
        """Share of postings (0 to 1) with at least 70 % of their skills held."""
        market = self._market
        return (self._lanes & market.reached).bit_count() / market.count if market.count else 0.0


def _spread(mask: int, width: int) -> int:
    """The bits of a mask, each at the lowest place of a lane of so many bits."""
    return int(f"{mask:b}".replace("0", "0" * width).replace("1", "0" * (width - 1) + "1"), 2)


def market(postings: Iterable[Posting], what: str = "ads", period: str = "") -> Market:
    """The population of the postings that name any skill; `what` they are and of which `period` is only shown."""
    rows = [(p, frozenset(p.skills)) for p in postings if p.skills]
    masks: dict[str, int] = {}
    sizes: dict[int, int] = {}
    groups: dict[str, int] = {}
    named: dict[str, str] = {}
    # A lane counts to twice the most skills that a posting names, so that it never runs over into the next one.
    width = max((len(skills) for _, skills in rows), default=0).bit_length() + 1
    start = 0
    for place, (posting, skills) in enumerate(rows):
        bit = 1 << place
        needed = -(-WITHIN_REACH_PERCENT * len(skills) // 100)
        start |= (2 ** (width - 1) - needed) << place * width
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
        lanes={skill: _spread(mask, width) for skill, mask in sorted(masks.items())},
        width=width,
        start=start,
        reached=_spread((1 << len(rows)) - 1, width) << (width - 1),
        sizes=dict(sorted(sizes.items())),
        groups=dict(sorted(groups.items())),
        kinds=named,
        what=what,
        period=period,
    )
    weights = {
        skill: fsum([(mask & size).bit_count() / n for n, size in whole.sizes.items()]) / len(rows)
        for skill, mask in whole.masks.items()
    }
    return replace(whole, weights=weights, units=_units(weights))


def _units(weights: Mapping[str, float]) -> dict[str, int]:
    return {skill: round(weight * UNIT) for skill, weight in weights.items()}
