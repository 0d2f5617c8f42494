"""What to keep when a deadline or a budget is too small for everything. The objective is in docs/planning.md."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from roadmap.model.catalogue import Pace
from roadmap.model.plan import LeftOut, Reason, Status, Tier
from roadmap.model.profile import Profile
from roadmap.planning.draft import EVEN_ODDS, Draft
from roadmap.planning.exams import first_day
from roadmap.planning.forecast import most
from roadmap.planning.order import Supply
from roadmap.planning.schedule import QUARTERS, Calendar
from roadmap.planning.whole import Whole

if TYPE_CHECKING:
    from roadmap.planning.optimise import Item

MILLION = 1_000_000
CENTS = 100
MONTH = timedelta(days=30)
LEARNING_MONTHS = 24
FARTHEST_MONTHS = 36
WIDE_ODDS = 95
SCATTER = 1.15
USUAL_CONFIDENCE = 80


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


@dataclass(frozen=True)
class Room:
    """What the limits of a person leave room for at a pace."""

    profile: Profile
    pace: Pace

    @cached_property
    def until_deadline(self) -> int | None:
        """Quarter hours until the deadline, None where there is none."""
        last = self.profile.deadline
        return None if last is None else self._calendar.capacity_until(last)

    @cached_property
    def longest(self) -> int:
        """Quarter hours that no plan goes beyond, deadline or not."""
        return horizon(self._calendar, self.pace)

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(self.profile)

    def over(self, draft: Draft, confidence: int) -> Limits:
        """Which limits a draft breaks: the deadline is to be kept with this confidence (percent)."""
        profile, last, until = self.profile, self.profile.deadline, self.until_deadline
        late = until is not None and draft.quarters_needed(confidence) > until
        return Limits(
            time=late or draft.planned > self.longest,
            money=profile.budget_usd is not None and draft.price > profile.budget_usd,
            exam=last is not None and any(opens > last for opens in opening_days(profile, draft).values()),
        )


def limits(profile: Profile, draft: Draft) -> Limits:
    """Which limits of a profile a draft breaks.

    A deadline is a limit on the quarter hours until that day, to be kept with the confidence the profile asks for.
    With or without one, no plan runs longer than `horizon`.
    """
    return Room(profile, draft.pace).over(draft, profile.confidence)


def horizon(calendar: Calendar, pace: Pace) -> int:
    """Quarter hours beyond which no plan goes: 24 months at even odds, 36 months with 19 in 20."""
    near = calendar.capacity_until(calendar.start + MONTH * LEARNING_MONTHS)
    far = calendar.capacity_until(calendar.start + MONTH * FARTHEST_MONTHS)
    return min(near, most(far, pace, WIDE_ODDS, SCATTER))


def opening_days(profile: Profile, draft: Draft) -> dict[str, date]:
    """The first day on which the exam of each certify module can be sat by somebody who is ready at the start."""
    return {id_: first_day(cert, profile.start, profile.breaks) for id_, cert in draft.exams.items()}


def reduce_to_fit(profile: Profile, whole: Whole) -> Reduction | None:
    """What is kept of an end, tier by tier and inside a tier the best set that fits; None if it is out of reach.

    Core and move have to fit, with the usual confidence at even odds; so does each exam that was asked for, in the
    order of advice. The focus is kept as far as it fits; what else the role asks for is kept only where a deadline
    leaves room. The set kept of one tier is fixed before the next one.
    """
    draft, kept = whole.draft, whole.must
    room, firm, sure = Room(profile, whole.draft.pace), _firm(profile), profile.confidence
    if room.over(whole.part(kept), firm).any:
        return None
    tiers: list[Tier] = ["focus"] if whole.ending.wished else ["move", "focus"]
    if profile.deadline is not None:
        tiers.append("breadth")
    wanted = whole.ids("core", "move", "focus")
    for id_ in draft.exams if whole.ending.wished else ():
        with_exam = kept | _with_needs(id_, kept, draft.supply, wanted)
        if not room.over(whole.part(with_exam), firm).any:
            kept = with_exam
    for tier in tiers:
        kept = _with_tier(room, firm if tier == "move" else sure, whole, kept, whole.ids(tier))
    status: Status = "infeasible" if not whole.ending.wished else "feasible" if kept >= wanted else "reduced"
    over = room.over(whole.part(wanted), sure)
    left = _left_out(whole.part(kept | wanted), kept, over)
    return Reduction(kept, status, whole.part(kept).worth, left)


def _firm(profile: Profile) -> int:
    """With the usual confidence, what an end cannot do without needs even odds; all else has to hold with 4 in 5."""
    return EVEN_ODDS if profile.confidence == USUAL_CONFIDENCE else profile.confidence


def _with_tier(room: Room, confidence: int, whole: Whole, kept: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    """What is kept already, and the best part of another tier that fits beside it."""
    draft = whole.part(kept | more)
    if not more or not room.over(draft, confidence).any:
        return kept | more
    if room.over(whole.part(kept), confidence).any:
        return kept
    ids = sorted(draft.modules)
    items, weights = _problem(room.profile, draft, ids, kept)
    chosen = _best_that_holds(room, confidence, draft, ids, items, weights)
    return kept if chosen is None else frozenset(ids[i] for i in chosen)


def _best_that_holds(
    room: Room, confidence: int, draft: Draft, ids: list[str], items: "list[Item]", weights: list[int]
) -> frozenset[int] | None:
    """The best set that fits; with more than even odds, whose forecast ends in time.

    The spread of a forecast depends on what is kept, so that is asked of each set that could be the best. Whatever is
    kept, it is at least the spread of the common pace: that bounds the hours.
    """
    from roadmap.planning.optimise import best

    money, until = room.profile.budget_usd, room.until_deadline
    budget = None if money is None else round(money * CENTS)
    if until is None:
        return best(items, weights, room.longest, budget)
    if confidence == EVEN_ODDS:
        return best(items, weights, min(room.longest, until), budget)

    def in_time(chosen: frozenset[int]) -> bool:
        kept = draft.narrowed({ids[i] for i in chosen})
        return kept.quarters_needed(confidence) <= until

    return best(items, weights, min(room.longest, most(until, draft.pace, confidence)), budget, in_time)


def hold_to(profile: Profile, whole: Whole, only: Collection[str]) -> Reduction:
    """The draft held to some of its modules and whatever they need; infeasible when even that breaks a limit."""
    draft = whole.draft
    wanted = frozenset(only) & draft.modules.keys()
    kept = _learnable(frozenset(x for id_ in wanted for x in _with_needs(id_, wanted, draft.supply)), draft.supply)
    reached = whole.ending.wished and not limits(profile, whole.part(kept)).any
    asked = whole.ids("core", "move", "focus")
    status: Status = "infeasible" if not reached else "feasible" if kept >= asked else "reduced"
    over = limits(profile, draft)
    left = _left_out(whole.part(kept | asked), kept, over)
    if not over.any:
        left = [x._replace(reason=x.reason._replace(code="not-promised", args=(x.id,))) for x in left]
    return Reduction(kept, status, whole.part(kept).worth, left)


def _learnable(kept: frozenset[str], supply: Supply) -> frozenset[str]:
    """Those whose needs are met among them: a catalogue that changed meanwhile may teach less than it did."""
    while stuck := {m for m in kept if any(kept.isdisjoint(able) for able in supply[m].values())}:
        kept -= stuck
    return kept


def _problem(
    profile: Profile, draft: Draft, ids: list[str], essential: frozenset[str]
) -> "tuple[list[Item], list[int]]":
    """The draft as a knapsack with prerequisites: worth in millionths, hours in quarters, money in cents."""
    from roadmap.planning.optimise import Item

    supply, opens = draft.supply, opening_days(profile, draft)
    cost = {**draft.cost, **draft.narrowed(essential).with_vouchers}
    index = {id_: i for i, id_ in enumerate(ids)}
    keys = sorted({key for gains in draft.gains.values() for key in gains})
    number = {key: i for i, key in enumerate(keys)}
    weight = {key: value for gains in draft.gains.values() for key, value in gains.items()}
    items = []
    for id_ in ids:
        needs = tuple(tuple(index[x] for x in able) for able in supply[id_].values())
        too_late = profile.deadline is not None and opens.get(id_, profile.start) > profile.deadline
        items.append(
            Item(
                hours=draft.quarters[id_],
                cost=round(cost[id_] * CENTS),
                value=round(draft.bonus[id_] * MILLION),
                gains=tuple(number[key] for key in draft.gains[id_]),
                needs=(*needs, ()) if too_late else needs,
                must=id_ in essential,
            )
        )
    return items, [round(weight[key] * MILLION) for key in keys]


def _left_out(draft: Draft, kept: frozenset[str], over: Limits) -> list[LeftOut]:
    """What does not fit, by worth: what it would add together with whatever it needs, and what that would cost."""
    gone = sorted(draft.modules.keys() - kept)
    tops, supply = draft.tops_of(kept if gone else ()), draft.supply
    out = []
    for id_ in gone:
        back = _with_needs(id_, kept, supply)
        hours = sum(draft.quarters[x] for x in back) / QUARTERS
        cost = sum(draft.cost[x] for x in back)
        code = "budget" if over.money and (cost or not over.time) else "deadline"
        module = draft.modules[id_]
        gain = draft.gain_of(back, tops)
        reason = Reason(code, module.sources[0], (hours, cost))
        out.append(LeftOut(id_, module.title, draft.quarters[id_] / QUARTERS, gain, reason))
    return sorted(out, key=lambda x: (-x.worth, x.id))


def _with_needs(
    id_: str,
    kept: frozenset[str],
    supply: Mapping[str, Mapping[tuple[str, int], tuple[str, ...]]],
    rather: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """A module and those it still needs that are not kept: of several that can meet a need, one in `rather`."""
    found = {id_}
    queue = [id_]
    while queue:
        for able in supply[queue.pop(0)].values():
            if able and not any(x in kept or x in found for x in able):
                best = next((x for x in able if x in rather), able[0])
                found.add(best)
                queue.append(best)
    return frozenset(found)
