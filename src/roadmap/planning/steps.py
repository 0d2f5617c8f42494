"""From modules in order to dated steps, with coverage and readiness after each."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from roadmap.model.advice import RoutePhase
from roadmap.model.catalogue import Catalogue, Module
from roadmap.model.market import UNIT, WORKING_LEVEL
from roadmap.model.plan import PhaseSpan, Reason, Step, Tier
from roadmap.planning.draft import Draft
from roadmap.planning.order import Placed
from roadmap.planning.schedule import QUARTERS, DaySpan

RESOURCES_SHOWN = 4
MOST_JOURNEYS = 8

Reached = tuple[float, float]


class _Fixed(NamedTuple):
    """The part of a step that no date changes."""

    module: Module
    phase: str
    hours: float
    low: float
    high: float
    cost: float
    after: tuple[str, ...]
    resources: tuple[str, ...]
    reasons: tuple[Reason, ...]
    tier: Tier


class Journey(NamedTuple):
    """What steps add when they finish in a certain order: levels gained, and coverage and readiness after each."""

    before: Reached
    after: Reached
    gained: Mapping[str, tuple[Mapping[str, int], Reached]]


class StepLine:
    """Modules in order, with all of their steps that no date changes."""

    def __init__(
        self,
        draft: Draft,
        placed: Sequence[Placed],
        reasons: Mapping[str, tuple[Reason, ...]],
        tiers: Mapping[str, Tier],
        *,
        free_only: bool,
        cloud: str,
        named: bool,
    ) -> None:
        """With `free_only` no resource that costs money is shown; none is that belongs to another cloud,
        and those of a cloud that is `named` come first.
        """
        self.draft = draft
        self.sequence = [(p, draft.quarters[p.module.id]) for p in placed]
        catalogue = draft.catalogue
        shown = (free_only, cloud, named)
        resources = catalogue.once(
            "resources", shown, lambda: _resources(catalogue, cloud, free_only=free_only, named=named)
        )
        self._fixed = {i: _fixed(p, draft, reasons[i], resources[i], tiers[i]) for p in placed if (i := p.module.id)}
        self._journeys: dict[tuple[str, ...], Journey] = {}

    def steps(self, spans: Mapping[str, DaySpan]) -> tuple[list[Step], Journey]:
        """Steps in the order they begin, and what they add in the order they finish."""
        journey = self._journey(tuple(sorted(self._fixed, key=lambda id_: spans[id_].finish)))
        steps = []
        for id_ in sorted(self._fixed, key=lambda id_: spans[id_].start):
            module, phase, hours, low, high, cost, after, resources, reasons, tier = self._fixed[id_]
            gained, reached = journey.gained[id_]
            days = spans[id_].start, spans[id_].finish
            steps.append(
                Step(
                    id_, module, phase, *days, hours, low, high, cost, gained, after, resources, reasons, *reached, tier
                )
            )
        return steps, journey

    def _journey(self, finished: tuple[str, ...]) -> Journey:
        found = self._journeys.get(finished)
        if found is None:
            if len(self._journeys) >= MOST_JOURNEYS:
                self._journeys.clear()
            found = self._journeys[finished] = _journey(self.draft, finished)
        return found


def _fixed(placed: Placed, draft: Draft, reasons: tuple[Reason, ...], resources: tuple[str, ...], tier: Tier) -> _Fixed:
    module, phase, after = placed
    planned = module.hours
    hours, low, high = _hours(draft.quarters[module.id], planned.low, planned.likely, planned.high)
    return _Fixed(module, phase, hours, low, high, draft.cost[module.id], after, resources, reasons, tier)


@lru_cache(maxsize=4096)
def _hours(quarters: int, low: float, likely: float, high: float) -> tuple[float, float, float]:
    """Planned hours, and the range that the catalogue gives, in the same proportion, in half hours."""
    hours = quarters / QUARTERS
    scale = hours / likely
    return hours, min(hours, round(low * scale * 2) / 2 or 0.25), max(hours, round(high * scale * 2) / 2)


def _journey(draft: Draft, finished: Sequence[str]) -> Journey:
    market, held = draft.catalogue.market, dict(draft.have)
    counter, units = market.counter(), market.units
    working = [s for s, level in held.items() if level >= WORKING_LEVEL]
    for skill in working:
        counter.add(skill)
    covered = sum([units.get(s, 0) for s in working])
    before = reached = (min(1.0, covered / UNIT), counter.readiness())
    out = {}
    for id_ in finished:
        gained = {}
        fresh = False
        for skill, level in draft.modules[id_].teaches.items():
            had = held.get(skill, 0)
            if level > had:
                held[skill] = gained[skill] = level
                if had < WORKING_LEVEL <= level:
                    counter.add(skill)
                    covered += units.get(skill, 0)
                    fresh = True
        if fresh:
            reached = (min(1.0, covered / UNIT), counter.readiness())
        out[id_] = (gained, reached)
    return Journey(before, reached, out)


def _resources(catalogue: Catalogue, cloud: str, *, free_only: bool, named: bool) -> dict[str, tuple[str, ...]]:
    """For each module its live resources in the catalogue's order of fit; with `free_only` the free ones, if any."""
    own = catalogue.clouds[cloud].skill if cloud in catalogue.clouds else ""
    others = {c.skill for c in catalogue.clouds.values()} - {own, ""}
    out = {}
    for module in catalogue.modules.values():
        live = [r for r in module.resources if not catalogue.resources[r].gone]
        ours = [r for r in live if not others.intersection(catalogue.resources[r].skills)]
        live = sorted(ours or live, key=lambda r: own not in catalogue.resources[r].skills) if named else ours or live
        free = [r for r in live if catalogue.resources[r].cost == "free" and not catalogue.resources[r].metered]
        out[module.id] = tuple((free or live if free_only else live)[:RESOURCES_SHOWN])
    return out


def phases(layout: Sequence[RoutePhase], steps: Sequence[Step], source: str) -> tuple[PhaseSpan, ...]:
    """The phases of a route that have steps, from their first start to their last finish."""
    inside: dict[str, list[Step]] = {}
    for step in steps:
        inside.setdefault(step.phase, []).append(step)
    return tuple(
        PhaseSpan(
            phase.id,
            phase.title,
            phase.leaves,
            source,
            min([s.start for s in inside[phase.id]]),
            max([s.finish for s in inside[phase.id]]),
            sum([s.hours for s in inside[phase.id]]),
        )
        for phase in layout
        if phase.id in inside
    )
