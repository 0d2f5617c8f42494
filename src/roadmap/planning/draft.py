"""A plan before limits and dates: its modules with what they take, what they cost and what they are worth."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from typing import TypeVar

from roadmap.model.catalogue import Catalogue, Certification, Hours, Module, Pace
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.profile import Profile
from roadmap.planning.forecast import quantile, quarters, spread
from roadmap.planning.order import Supply, suppliers
from roadmap.planning.rules import Adjustments
from roadmap.planning.schedule import QUARTERS
from roadmap.planning.select import target_levels

T = TypeVar("T")
EVEN_ODDS = 50


@dataclass(frozen=True)
class Draft:
    """The whole plan before limits: modules, their quarter hours and US dollars.

    `bonus` is what a module is worth by itself, as a share of coverage. `estimates` holds the ranges behind the hours
    with their resize factors, `pace` the over-run they are multiplied by, `exams` the certifications that modules
    prepare for. `have` are levels held, `counted` those that each module reaches, as far as they count (`_counted`).
    """

    catalogue: Catalogue
    modules: Mapping[str, Module]
    quarters: Mapping[str, int]
    cost: Mapping[str, float]
    bonus: Mapping[str, float]
    estimates: Mapping[str, tuple[Hours, float]]
    exams: Mapping[str, Certification]
    pace: Pace
    have: Mapping[str, int]
    counted: Mapping[str, tuple[tuple[str, int], ...]]

    @cached_property
    def planned(self) -> int:
        """Quarter hours of all modules."""
        return sum(self.quarters.values())

    @cached_property
    def price(self) -> float:
        """US dollars of all modules, with the vouchers that exams bring for each other."""
        return sum(self.with_vouchers.values())

    @cached_property
    def with_vouchers(self) -> Mapping[str, float]:
        """US dollars of each module. Of an issuer's exams the dearest costs its whole fee, in whatever order they are
        sat; the others cost what a pass leaves of theirs.
        """
        out = dict(self.cost)
        for issuer in dict.fromkeys(cert.issuer for cert in self.exams.values()):
            ids = sorted((i for i, c in self.exams.items() if c.issuer == issuer), key=lambda i: (self.cost[i], i))
            share = max(self.exams[i].next_share or 1.0 for i in ids)
            out |= {i: self.cost[i] * share for i in ids[:-1]}
        return out

    @cached_property
    def deviation(self) -> float:
        """Standard deviation of the logarithm of the total hours."""
        return spread(self.estimates.values(), self.pace)

    @cached_property
    def supply(self) -> Supply:
        """For each module and each need that is not held: the modules of the draft that can meet it."""
        return suppliers(self.catalogue, self.modules, self.have)

    @cached_property
    def gains(self) -> Mapping[str, Mapping[tuple[str, int], float]]:
        """What the levels that each module reaches are worth, as shares of coverage; counted once whoever teaches it.

        Working level counts as the coverage it adds; the other levels, as far as the role asks for them, a part of it.
        """
        weights, depth = self.catalogue.market.weights, self.catalogue.worth.depth
        return {
            id_: {
                (skill, level): weights.get(skill, 0.0) * (1.0 if level == WORKING_LEVEL else depth)
                for skill, top in self.counted[id_]
                for level in range(self.have.get(skill, 0) + 1, top + 1)
            }
            for id_ in self.modules
        }

    @cached_property
    def worth(self) -> float:
        """What the whole draft is worth."""
        return self.worth_of(self.modules)

    def worth_of(self, kept: Iterable[str]) -> float:
        """What a set of modules is worth: every level of a skill it reaches, each once, and what each module adds."""
        return self.gain_of(kept, {})

    def tops_of(self, kept: Iterable[str]) -> dict[str, int]:
        """The highest level of each skill that a set of modules reaches, as far as it counts."""
        tops: dict[str, int] = {}
        for id_ in kept:
            for skill, top in self.counted[id_]:
                if top > tops.get(skill, 0):
                    tops[skill] = top
        return tops

    def gain_of(self, more: Iterable[str], tops: Mapping[str, int]) -> float:
        """What more modules add to a set that reaches these levels."""
        weights, depth, have = self.catalogue.market.weights, self.catalogue.worth.depth, self.have
        more = list(more)
        parts = [self.bonus[id_] for id_ in more]
        for skill, top in self.tops_of(more).items():
            held = max(have.get(skill, 0), tops.get(skill, 0))
            if top > held:
                works = held < WORKING_LEVEL <= top
                parts.append(weights.get(skill, 0.0) * (works + (top - held - works) * depth))
        return fsum(parts)

    def quarters_needed(self, confidence: int) -> int:
        """Quarter hours that the draft stays under with this confidence (percent)."""
        return self.planned if confidence == EVEN_ODDS else quantile(self.planned, self.deviation, confidence)

    def narrowed(self, kept: Collection[str]) -> "Draft":
        """The part of a draft that is kept."""

        def only(values: Mapping[str, T]) -> dict[str, T]:
            return {id_: value for id_, value in values.items() if id_ in kept}

        return replace(
            self,
            modules=only(self.modules),
            quarters=only(self.quarters),
            cost=only(self.cost),
            bonus=only(self.bonus),
            estimates=only(self.estimates),
            exams=only(self.exams),
        )


@dataclass(frozen=True)
class Sizes:
    """What every module of the catalogue takes and adds by itself, for everybody with the same rules and pace."""

    quarters: Mapping[str, int]
    cost: Mapping[str, float]
    bonus: Mapping[str, float]
    estimates: Mapping[str, tuple[Hours, float]]


def sizes_of(catalogue: Catalogue, rules: Adjustments, pace: Pace) -> Sizes:
    """What every module takes under these rules at a pace, worked out once."""
    return catalogue.once("sizes", (rules.fired, pace.median, pace.p80), lambda: _sizes(catalogue, rules, pace), 50)


def _sizes(catalogue: Catalogue, rules: Adjustments, pace: Pace) -> Sizes:
    factors, every = rules.factors, catalogue.modules.items()
    return Sizes(
        quarters={i: quarters(m.hours.likely, factors.get(i, 1.0), pace) for i, m in every},
        cost={i: cost_of(m, catalogue) for i, m in every},
        bonus={i: _bonus(catalogue, rules, m) for i, m in every},
        estimates={i: (m.hours, factors.get(i, 1.0)) for i, m in every},
    )


def draft_of(
    catalogue: Catalogue,
    profile: Profile,
    rules: Adjustments,
    modules: Mapping[str, Module],
    pace: Pace,
    spent: Mapping[str, float],
    merits: Mapping[str, float],
    shares: Mapping[str, float],
) -> Draft:
    """The draft of these modules for a person at a pace; `spent` are hours that already went into some of them.

    `merits` are what modules are worth beside what they teach, by their place on the route; `shares` what is
    left of the preparation of exams whose predecessor is held.
    """
    known, sizes = catalogue.certifications, sizes_of(catalogue, rules, pace)
    return Draft(
        catalogue=catalogue,
        modules=modules,
        quarters={i: _open(max(1, round(sizes.quarters[i] * shares.get(i, 1.0))), spent.get(i, 0.0)) for i in modules},
        cost={i: sizes.cost[i] for i in modules},
        bonus={i: sizes.bonus[i] + merits.get(i, 0.0) for i in modules},
        estimates={i: sizes.estimates[i] for i in modules},
        exams={i: cert for i, m in modules.items() if m.certification and (cert := known.get(m.certification))},
        pace=pace,
        have=profile.have,
        counted=catalogue.once(
            "counted", (profile.target, profile.level, profile.aims), lambda: _counted(catalogue, profile), 50
        ),
    )


def _counted(catalogue: Catalogue, profile: Profile) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each module its skills with the highest level of worth: what the role asks for, and always working level."""
    wanted = target_levels(catalogue, profile)
    return {
        id_: tuple(
            (skill, max(min(level, wanted.get(skill, 0)), WORKING_LEVEL if level >= WORKING_LEVEL else 0))
            for skill, level in module.teaches.items()
        )
        for id_, module in catalogue.modules.items()
    }


def _open(planned: int, spent: float) -> int:
    """Quarter hours still to plan. A step that took all its hours and is not done counts a tenth of them more."""
    return max(1, planned // 10, planned - round(spent * QUARTERS)) if spent else planned


def _bonus(catalogue: Catalogue, rules: Adjustments, module: Module) -> float:
    domain = catalogue.worth.domain if module.domain else 0.0
    return catalogue.worth.least + domain + sum(r.weight for r in rules.added.get(module.id, ()))


def cost_of(module: Module, catalogue: Catalogue) -> float:
    """US dollars a step costs for certain: its own cost and the fee of its exam."""
    cert = catalogue.certifications.get(module.certification or "")
    return module.cost_usd + (cert.fee_usd or 0.0 if cert else 0.0)
