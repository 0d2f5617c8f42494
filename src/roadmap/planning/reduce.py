"""What to keep when a deadline or a budget is too small for everything. The objective is in docs/planning.md."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from roadmap.model.catalogue import Catalogue, Hours, Module, Pace, Path
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.plan import LeftOut, Reason, Status
from roadmap.model.profile import Profile
from roadmap.planning.exams import first_day
from roadmap.planning.forecast import quantile, spread
from roadmap.planning.order import suppliers
from roadmap.planning.schedule import QUARTERS, capacity_until
from roadmap.planning.select import Chooser

if TYPE_CHECKING:
    from roadmap.planning.optimise import Item

T = TypeVar("T")
MILLION = 1_000_000
CENTS = 100
EVEN_ODDS = 50
TRIES = 8


@dataclass(frozen=True)
class Draft:
    """The whole plan before limits: modules, their quarter hours and US dollars.

    `gains` holds what reaching a level of a skill is worth, counted once whoever teaches it; `bonus` what a module
    is worth by itself; both as shares of coverage. `opens` holds the first day on which an exam can be sat,
    `estimates` the ranges behind the hours with their resize factors, `pace` the over-run they are multiplied by.
    """

    modules: Mapping[str, Module]
    quarters: Mapping[str, int]
    cost: Mapping[str, float]
    gains: Mapping[str, Mapping[tuple[str, int], float]]
    bonus: Mapping[str, float]
    opens: Mapping[str, date]
    estimates: Mapping[str, tuple[Hours, float]]
    pace: Pace

    def quarters_needed(self, confidence: int, kept: Collection[str] | None = None) -> int:
        """Quarter hours that the draft, or a part of it, stays under with this confidence (percent)."""
        ids = sorted(self.modules if kept is None else kept)
        planned = sum(self.quarters[i] for i in ids)
        if confidence == EVEN_ODDS:
            return planned
        return quantile(planned, spread((self.estimates[i] for i in ids), self.pace), confidence)


@dataclass
class Reduction:
    """What is kept of a draft, and its worth (docs/planning.md)."""

    kept: frozenset[str]
    status: Status
    worth: float
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class Limits:
    """How far a draft goes over its limits."""

    time: bool
    money: bool
    exam: bool

    @property
    def any(self) -> bool:
        """Whether something does not fit."""
        return self.time or self.money or self.exam


def limits(profile: Profile, draft: Draft) -> Limits:
    """Which limits of a profile a draft breaks.

    A deadline is a limit on the quarter hours until that day, to be kept with the confidence the profile asks for.
    """
    last = profile.deadline
    return Limits(
        time=last is not None and draft.quarters_needed(profile.confidence) > capacity_until(profile, last),
        money=profile.budget_usd is not None and sum(draft.cost.values()) > profile.budget_usd,
        exam=last is not None and any(opens > last for opens in draft.opens.values()),
    )


def opening_days(catalogue: Catalogue, profile: Profile, modules: Mapping[str, Module]) -> dict[str, date]:
    """The first day on which the exam of each certify module can be sat by somebody who is ready at the start."""
    certs = ((id_, catalogue.certifications.get(m.certification or "")) for id_, m in modules.items())
    return {id_: first_day(cert, profile.start, profile.breaks) for id_, cert in certs if cert}


def reduce_to_fit(profile: Profile, path: Path, draft: Draft, chooser: Chooser) -> Reduction:
    """The draft itself when it fits, else the best part of it that does, else the essentials, which do not fit."""
    over = limits(profile, draft)
    ids = sorted(draft.modules)
    if not over.any:
        return Reduction(frozenset(ids), "feasible", worth(draft, frozenset(ids)))
    essential = essentials(path, draft, chooser)
    items, weights = _problem(profile, draft, ids, essential)
    chosen = _best_that_holds(profile, draft, ids, items, weights)
    status: Status = "infeasible" if chosen is None else "reduced"
    kept = essential if chosen is None else frozenset(ids[i] for i in chosen)
    left = _left_out(profile, draft, kept, over)
    return Reduction(kept, status, worth(draft, kept), left)


def _best_that_holds(
    profile: Profile, draft: Draft, ids: list[str], items: "list[Item]", weights: list[int]
) -> frozenset[int] | None:
    """The best set that fits; with more than even odds, the room is what the forecast leaves of it.

    The forecast's spread depends a little on what is kept, so the room is narrowed until the set kept holds.
    """
    from roadmap.planning.optimise import best

    budget = None if profile.budget_usd is None else int(profile.budget_usd * CENTS)
    if profile.deadline is None:
        return best(items, weights, None, budget)
    capacity = capacity_until(profile, profile.deadline)
    if profile.confidence == EVEN_ODDS:
        return best(items, weights, capacity, budget)
    needed = draft.quarters_needed(profile.confidence)
    room = capacity * sum(draft.quarters.values()) // max(1, needed)
    chosen = None
    for _ in range(TRIES):
        chosen = best(items, weights, room, budget)
        over = 0 if chosen is None else draft.quarters_needed(profile.confidence, [ids[i] for i in chosen]) - capacity
        if over <= 0:
            return chosen
        room -= max(1, over)
    return chosen


def narrowed(draft: Draft, kept: frozenset[str]) -> Draft:
    """The part of a draft that is kept."""
    return Draft(
        modules=_only(draft.modules, kept),
        quarters=_only(draft.quarters, kept),
        cost=_only(draft.cost, kept),
        gains=_only(draft.gains, kept),
        bonus=_only(draft.bonus, kept),
        opens=_only(draft.opens, kept),
        estimates=_only(draft.estimates, kept),
        pace=draft.pace,
    )


def _only(values: Mapping[str, T], kept: frozenset[str]) -> dict[str, T]:
    return {id_: value for id_, value in values.items() if id_ in kept}


def hold_to(profile: Profile, draft: Draft, only: Collection[str]) -> Reduction:
    """The draft held to some of its modules and whatever they need; infeasible when even that breaks a limit."""
    supply = suppliers(draft.modules, profile.have)
    wanted = frozenset(only) & draft.modules.keys()
    kept = frozenset(x for id_ in wanted for x in _with_needs(id_, wanted, supply))
    status: Status = "infeasible" if limits(profile, narrowed(draft, kept)).any else "feasible"
    over = limits(profile, draft)
    left = _left_out(profile, draft, kept, over)
    if not over.any:
        left = [x._replace(reason=x.reason._replace(code="not-promised", args=(x.id,))) for x in left]
    return Reduction(kept, status, worth(draft, kept), left)


def worth(draft: Draft, kept: frozenset[str]) -> float:
    """What a set of modules is worth: every level of a skill it reaches, each once, and what each module adds."""
    gained: dict[tuple[str, int], float] = {}
    for id_ in kept:
        gained.update(draft.gains[id_])
    return sum(gained[key] for key in sorted(gained)) + sum(draft.bonus[id_] for id_ in sorted(kept))


def gains_of(
    catalogue: Catalogue, module: Module, have: Mapping[str, int], wanted: Mapping[str, int]
) -> dict[tuple[str, int], float]:
    """What the levels that a module reaches are worth to somebody who holds `have` and aims at `wanted`.

    Working level counts as the coverage it adds; the other levels, as far as the role asks for them, a part of it.
    """
    weights, depth = catalogue.market.weights, catalogue.worth.depth
    out = {}
    for skill, reached in module.teaches.items():
        held = have.get(skill, 0)
        top = max(min(reached, wanted.get(skill, 0)), WORKING_LEVEL if reached >= WORKING_LEVEL else 0)
        for level in range(held + 1, top + 1):
            out[skill, level] = weights.get(skill, 0.0) * (1.0 if level == WORKING_LEVEL else depth)
    return out


def essentials(path: Path, draft: Draft, chooser: Chooser) -> frozenset[str]:
    """Modules of the draft without which the result could not be called the target role."""
    have = chooser.profile.have
    found = {id_ for id_ in chooser.profile.keep if id_ in draft.modules}
    queue = [(s, level) for s, level in path.essentials.items() if have.get(s, 0) < level]
    queue += [(s, n) for id_ in sorted(found) for s, n in draft.modules[id_].needs.items() if have.get(s, 0) < n]
    while queue:
        module = chooser.provider(*queue.pop(0))
        if module and module.id in draft.modules and module.id not in found:
            found.add(module.id)
            queue += [(s, n) for s, n in module.needs.items() if have.get(s, 0) < n]
    return frozenset(found)


def _problem(
    profile: Profile, draft: Draft, ids: list[str], essential: frozenset[str]
) -> "tuple[list[Item], list[int]]":
    """The draft as a knapsack with prerequisites: worth in millionths, hours in quarters, money in cents."""
    from roadmap.planning.optimise import Item

    supply = suppliers(draft.modules, profile.have)
    index = {id_: i for i, id_ in enumerate(ids)}
    keys = sorted({key for gains in draft.gains.values() for key in gains})
    number = {key: i for i, key in enumerate(keys)}
    weight = {key: value for gains in draft.gains.values() for key, value in gains.items()}
    items = []
    for id_ in ids:
        needs = tuple(tuple(index[x] for x in able) for able in supply[id_].values())
        too_late = profile.deadline is not None and draft.opens.get(id_, profile.start) > profile.deadline
        items.append(
            Item(
                hours=draft.quarters[id_],
                cost=round(draft.cost[id_] * CENTS),
                value=round(draft.bonus[id_] * MILLION),
                gains=tuple(number[key] for key in draft.gains[id_]),
                needs=(*needs, ()) if too_late else needs,
                must=id_ in essential,
            )
        )
    return items, [round(weight[key] * MILLION) for key in keys]


def _left_out(profile: Profile, draft: Draft, kept: frozenset[str], over: Limits) -> list[LeftOut]:
    """What does not fit, by worth: what it would add together with whatever it needs, and what that would cost."""
    base = worth(draft, kept)
    supply = suppliers(draft.modules, profile.have)
    out = []
    for id_ in sorted(draft.modules.keys() - kept):
        back = _with_needs(id_, kept, supply)
        hours = sum(draft.quarters[x] for x in back) / QUARTERS
        cost = sum(draft.cost[x] for x in back)
        code = "budget" if over.money and (cost or not over.time) else "deadline"
        module = draft.modules[id_]
        gain = worth(draft, kept | back) - base
        reason = Reason(code, module.sources[0], (hours, cost))
        out.append(LeftOut(id_, module.title, draft.quarters[id_] / QUARTERS, gain, reason))
    return sorted(out, key=lambda x: (-x.worth, x.id))


def _with_needs(
    id_: str, kept: frozenset[str], supply: Mapping[str, Mapping[tuple[str, int], tuple[str, ...]]]
) -> frozenset[str]:
    """A module and those it still needs that are not kept."""
    found = {id_}
    queue = [id_]
    while queue:
        for able in supply[queue.pop(0)].values():
            if able and not any(x in kept or x in found for x in able):
                found.add(able[0])
                queue.append(able[0])
    return frozenset(found)
