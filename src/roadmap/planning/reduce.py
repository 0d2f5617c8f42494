"""What to keep when a deadline or a budget is too small for everything, and what would make the plan whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from roadmap.model.catalogue import Catalogue, Module, Path
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.plan import LeftOut, Option, Reason, Status
from roadmap.model.profile import Profile
from roadmap.planning.optimise import Item, best
from roadmap.planning.order import suppliers
from roadmap.planning.schedule import QUARTERS, capacity_until, day_reached
from roadmap.planning.select import Chooser

MILLION = 1_000_000
CENTS = 100


@dataclass(frozen=True)
class Draft:
    """The whole plan before limits: modules, their quarter hours, US dollars, and extra worth (share of coverage)."""

    modules: Mapping[str, Module]
    quarters: Mapping[str, int]
    cost: Mapping[str, float]
    bonus: Mapping[str, float]


@dataclass
class Reduction:
    """What is kept of a draft. `worth` is coverage gained plus the weights of the rules, from 0 up."""

    kept: frozenset[str]
    status: Status
    worth: float
    left_out: list[LeftOut] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)


def reduce_to_fit(catalogue: Catalogue, profile: Profile, path: Path, draft: Draft, chooser: Chooser) -> Reduction:
    """The draft itself when it fits, else the best part of it that does, else the essentials with a way out."""
    ids = sorted(draft.modules)
    everything = frozenset(ids)
    capacity = capacity_until(profile, profile.deadline) if profile.deadline else None
    over_time = capacity is not None and sum(draft.quarters.values()) > capacity
    over_cost = profile.budget_usd is not None and sum(draft.cost.values()) > profile.budget_usd
    if not (over_time or over_cost or _exam_too_late(catalogue, profile, draft, everything)):
        return Reduction(everything, "feasible", worth(catalogue, profile, draft, everything))
    essential = _essentials(path, draft, chooser)
    items, weights = _problem(catalogue, profile, draft, ids, essential)
    budget = None if profile.budget_usd is None else int(profile.budget_usd * CENTS)
    chosen = best(items, weights, capacity, budget)
    options = _options(profile, draft)
    if chosen is None:
        kept = frozenset(essential) or everything
        status: Status = "infeasible"
    else:
        kept, status = frozenset(ids[i] for i in chosen), "reduced"
    left = _left_out(catalogue, profile, draft, kept, "deadline" if over_time else "budget")
    return Reduction(kept, status, worth(catalogue, profile, draft, kept), left, options)


def worth(catalogue: Catalogue, profile: Profile, draft: Draft, kept: frozenset[str]) -> float:
    """Coverage gained by a set of modules, and the weights of the rules that asked for them."""
    gained = {
        s
        for id_ in kept
        for s, level in draft.modules[id_].teaches.items()
        if level >= WORKING_LEVEL > profile.have.get(s, 0)
    }
    return catalogue.market.coverage(gained) + sum(draft.bonus.get(id_, 0.0) for id_ in sorted(kept))


def _exam_too_late(catalogue: Catalogue, profile: Profile, draft: Draft, kept: frozenset[str]) -> bool:
    if profile.deadline is None:
        return False
    return any(_opens_after(catalogue, draft.modules[id_], profile.deadline) for id_ in kept)


def _opens_after(catalogue: Catalogue, module: Module, last: date) -> bool:
    cert = catalogue.certifications.get(module.certification or "")
    return bool(cert and cert.available_from and date.fromisoformat(cert.available_from) > last)


def _essentials(path: Path, draft: Draft, chooser: Chooser) -> set[str]:
    """Modules of the draft without which the result could not be called the target role."""
    have = chooser.profile.have
    queue = [(s, level) for s, level in path.essentials.items() if have.get(s, 0) < level]
    found: set[str] = set()
    while queue:
        skill, level = queue.pop(0)
        module = chooser.provider(skill, level)
        if module and module.id in draft.modules and module.id not in found:
            found.add(module.id)
            queue += [(s, n) for s, n in module.needs.items() if have.get(s, 0) < n]
    return found


def _problem(
    catalogue: Catalogue, profile: Profile, draft: Draft, ids: list[str], essential: set[str]
) -> tuple[list[Item], list[int]]:
    """The draft as a knapsack with prerequisites: worth in millionths, hours in quarters, money in cents."""
    supply = suppliers(draft.modules, profile.have)
    index = {id_: i for i, id_ in enumerate(ids)}
    skills = list(catalogue.skills)
    number = {s: i for i, s in enumerate(skills)}
    items = []
    for id_ in ids:
        module = draft.modules[id_]
        too_late = profile.deadline is not None and _opens_after(catalogue, module, profile.deadline)
        needs = [tuple(index[x] for x in able) for able in supply[id_].values()]
        items.append(
            Item(
                hours=draft.quarters[id_],
                cost=round(draft.cost[id_] * CENTS),
                value=round(draft.bonus.get(id_, 0.0) * MILLION),
                gains=tuple(
                    number[s] for s, level in module.teaches.items() if level >= WORKING_LEVEL > profile.have.get(s, 0)
                ),
                needs=(*needs, ()) if too_late else tuple(needs),
                must=id_ in essential,
            )
        )
    return items, [round(catalogue.market.weights.get(s, 0.0) * MILLION) for s in skills]


def _left_out(catalogue: Catalogue, profile: Profile, draft: Draft, kept: frozenset[str], code: str) -> list[LeftOut]:
    """What does not fit, by worth lost: the worth of the kept set with it (and what it needs) minus without."""
    base = worth(catalogue, profile, draft, kept)
    out = []
    for id_, module in draft.modules.items():
        if id_ not in kept:
            gain = worth(catalogue, profile, draft, kept | {id_}) - base
            reason = Reason(code, module.sources[0], (draft.quarters[id_] / QUARTERS, draft.cost[id_]))
            out.append(LeftOut(id_, module.title, draft.quarters[id_] / QUARTERS, gain, reason))
    return sorted(out, key=lambda x: (-x.worth, x.id))


def _options(profile: Profile, draft: Draft) -> list[Option]:
    """The smallest single changes that would make the plan whole, each with its own finish."""
    total, cost = sum(draft.quarters.values()), sum(draft.cost.values())
    poor = profile.budget_usd is not None and cost > profile.budget_usd
    late = profile.deadline is not None and total > capacity_until(profile, profile.deadline)
    out = []
    whole = day_reached(profile, total)
    if late and profile.deadline and not poor:
        out += _more_hours(profile, total)
        out.append(Option("deadline", whole.isoformat(), whole))
    if poor and not late:
        out.append(Option("budget_usd", f"{cost:g}", whole))
    if late and poor:
        out.append(Option("deadline and budget_usd", f"{whole.isoformat()} and {cost:g}", whole))
    return out or [Option("deadline", whole.isoformat(), whole)]


def _more_hours(profile: Profile, total: int) -> list[Option]:
    """Fewest whole hours a week, up to the 60 that the profile allows, that meet the deadline."""
    for hours in range(int(profile.hours_per_week) + 1, 61):
        faster = replace(profile, hours_per_week=hours)
        if profile.deadline and capacity_until(faster, profile.deadline) >= total:
            return [Option("hours_per_week", str(hours), day_reached(faster, total))]
    return []
