"""What is kept under limits is the best there is, tier by tier: against brute force, and against a solver of others.

Core and what turns skill into the outcome have to fit, or another outcome is planned. Of the focus the best part that
fits is kept, then of the rest the best part that fits beside it: nothing of a later tier takes the place of an earlier.
"""

import os
import random
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import chain, combinations
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.profile import Profile
from roadmap.planning.draft import Draft
from roadmap.planning.forecast import most
from roadmap.planning.optimise import Holds, Item
from roadmap.planning.reduce import horizon, opening_days
from roadmap.planning.schedule import Calendar
from tests.builders import TODAY, plan_for, whole_of
from tests.test_optimise import feasible, judged, worth
from tests.tiny import MONDAY, planned, tiny
from tests.tiny import whole as tiny_whole

PEOPLE = int(os.environ.get("ROADMAP_ORACLE", "24"))
MILLION = 1_000_000


# --- the real catalogue, against CP-SAT ------------------------------------------------------------------------------


def someone(catalogue: Catalogue, seed: int) -> dict[str, Any]:
    """Answers with a deadline or a budget that are too small for everything."""
    draw = random.Random(seed)
    tight: dict[str, Any] = {"deadline": TODAY + timedelta(days=draw.randint(60, 420))}
    if draw.random() < 0.4:
        tight["budget_usd"] = draw.choice([0, 100, 165, 400])
    tight["confidence"] = draw.choice([50, 50, 80, 95])
    return {
        "role": draw.choice([r.id for r in catalogue.roles.values() if r.start]),
        "level": draw.choice(["entry", "mid", "senior"]),
        "goals": draw.sample(list(catalogue.goals), draw.choice([1, 1, 2])),
        "background": draw.sample(list(catalogue.backgrounds), draw.choice([0, 1])),
        "hours_per_week": draw.choice([5, 10, 15, 20, 30]),
        "domain": draw.choice(["none", *catalogue.specialisations]),
        "cloud": draw.choice(list(catalogue.clouds)),
        "certifications": draw.choice(["none", "one", "all"]),
        "skills": {s: draw.randint(0, 3) for s in draw.sample(list(catalogue.skills), 8)},
        **tight,
    }


def asked(profile: Profile, draft: Draft, ids: Sequence[str], fixed: Collection[str]) -> tuple[list[Item], list[int]]:
    """Modules as items in the terms of the problem, told anew: worth in millionths, quarter hours, cents."""
    keys = sorted({key for id_ in ids for key in draft.gains[id_]})
    weights = {key: value for id_ in ids for key, value in draft.gains[id_].items()}
    opens = opening_days(profile, draft)
    items = []
    for id_ in ids:
        needs = [tuple(ids.index(x) for x in able if x in ids) for able in draft.supply[id_].values()]
        if profile.deadline is not None and id_ in opens and opens[id_] > profile.deadline:
            needs.append(())
        items.append(
            Item(
                draft.quarters[id_],
                round(draft.cost[id_] * 100),
                round(draft.bonus[id_] * MILLION),
                tuple(keys.index(key) for key in draft.gains[id_]),
                tuple(needs),
                id_ in fixed,
            )
        )
    return items, [round(weights[key] * MILLION) for key in keys]


def tiers_of(plan: Plan) -> list[str]:
    """The tiers that are kept as far as they fit, in order."""
    wished = plan.answer.outcome.id == plan.answer.wished.id
    rest = ["focus"] if wished else ["move", "focus"]
    return [*rest, "breadth"] if plan.profile.deadline else rest


def with_needs(draft: Draft, wanted: set[str], fixed: Collection[str]) -> set[str]:
    """Modules with the first of those that can give what they still need."""
    found, left = set(wanted), list(wanted)
    while left:
        for able in draft.supply[left.pop()].values():
            if able and not any(x in fixed or x in found for x in able):
                found.add(able[0])
                left.append(able[0])
    return found - {*fixed}


@pytest.mark.parametrize("seed", range(PEOPLE))
def test_each_tier_is_kept_as_far_as_it_fits_and_no_tier_for_a_later_one(catalogue: Catalogue, seed: int) -> None:
    plan = plan_for(catalogue, TODAY, **someone(catalogue, seed))
    profile, whole = plan.profile, whole_of(catalogue, plan)
    draft, calendar = whole.draft, Calendar(plan.profile)
    if plan.answer.outcome.id == "part" or draft.quarters.keys() < {s.id for s in plan.steps}:
        return
    kept = {s.id for s in plan.steps}
    assert whole.must <= kept or plan.status == "infeasible"
    if not whole.must <= kept:
        return
    assert profile.deadline is not None
    capacity = calendar.capacity_until(profile.deadline)
    budget = None if profile.budget_usd is None else round(profile.budget_usd * 100)
    fixed = whole.must
    usual = 50 if profile.confidence == 80 else profile.confidence
    for exam in draft.exams if plan.answer.outcome.id == plan.answer.wished.id else ():
        # Each exam that was asked for is held with even odds, like the core, together with what it needs.
        more = fixed | with_needs(draft, {exam}, fixed)
        part = draft.narrowed(more)
        price = budget is None or round(part.price * 100) <= budget
        in_time = part.quarters_needed(usual) <= capacity and part.planned <= horizon(calendar, draft.pace)
        if price and in_time and all(on <= profile.deadline for on in opening_days(profile, part).values()):
            assert more <= kept
            fixed = more
    for tier in tiers_of(plan):
        ids = sorted(fixed | {i for i, t in whole.selection.tiers.items() if t == tier and i in draft.modules})
        items, weights = asked(profile, draft, ids, fixed)
        own = frozenset(ids.index(i) for i in kept if i in ids)

        odds = usual if tier == "move" else profile.confidence
        room = min(horizon(calendar, draft.pace), most(capacity, draft.pace, odds))

        def holds(chosen: frozenset[int], ids: Sequence[str] = ids, odds: int = odds) -> bool:
            part = draft.narrowed({ids[i] for i in chosen})
            return part.quarters_needed(odds) <= capacity

        condition: Holds | None = None if odds == 50 else holds
        must = frozenset(ids.index(i) for i in fixed)
        if not feasible(items, must, room, budget) or not holds(must):
            # The core holds with even odds only: nothing is added to it.
            assert own == must
        else:
            assert feasible(items, own, room, budget) and holds(own)
            low, high = judged(items, weights, room, budget, condition, ordered=True)
            assert low <= worth(items, weights, own) <= high, tier
        fixed = fixed | (kept & {*ids})
    assert kept == fixed


# --- a few modules, against every set there is -----------------------------------------------------------------------


def drawn(seed: int) -> tuple[Catalogue, int]:
    """A catalogue of eleven modules in tiers, with needs across them, and weeks that are too few for all."""
    r = random.Random(seed)
    lines = [f"core-{i} {r.randint(2, 8)}h teaches c{i}" for i in range(2)]
    lines.append(f"letters {r.randint(2, 6)}h search")
    taught = ["c0", "c1"]
    for tier, count in (("focus", 5), ("more", 4)):
        for i in range(count):
            needs = f" needs {r.choice(taught)}" if r.random() < 0.5 else ""
            lines.append(f"{tier}-{i} {r.randint(2, 12)}h{needs} teaches {tier[0]}{i}")
            taught.append(f"{tier[0]}{i}")
    names = [line.split()[0] for line in lines]
    told: dict[str, Any] = {
        "core": "core-0 core-1",
        "focus": " ".join(r.sample([n for n in names if n.startswith("focus")], 5)),
        "move": "letters",
        "act_after": "core-1",
        "asks": " ".join(s for s in taught if s[0] == "m"),
        "demand": " ".join(f"{s}={r.randint(0, 9)}" for s in taught),
    }
    return tiny("\n".join(lines), **told), r.randint(3, 6)


def every(ids: Collection[str]) -> Iterator[frozenset[str]]:
    return map(frozenset, chain.from_iterable(combinations(sorted(ids), n) for n in range(len(ids) + 1)))


@pytest.mark.parametrize("seed", range(60))
def test_every_other_set_is_worse(seed: int) -> None:
    catalogue, weeks = drawn(seed)
    last = MONDAY + timedelta(days=7 * weeks - 1)
    plan = planned(catalogue, deadline=last, confidence=50)
    whole = tiny_whole(catalogue, deadline=last, confidence=50)
    draft, room = whole.draft, weeks * 40
    if sum(draft.quarters[i] for i in whole.must) > room:
        assert plan.status == "infeasible"
        return

    def fits(kept: frozenset[str]) -> bool:
        able = {s for id_ in kept for s in draft.modules[id_].teaches}
        return sum(draft.quarters[i] for i in kept) <= room and all(
            s in able for id_ in kept for s in draft.modules[id_].needs
        )

    def rank(kept: frozenset[str]) -> tuple[int, int, list[str]]:
        return -round(draft.worth_of(kept) * MILLION), sum(draft.quarters[i] for i in kept), sorted(kept)

    best = whole.must
    for tier in ("focus", "breadth"):
        more = {i for i, t in whole.selection.tiers.items() if t == tier}
        best = min((found for part in every(more) if fits(found := best | part)), key=rank)
    kept = {s.id for s in plan.steps}
    assert round(draft.worth_of(kept) * MILLION) == round(draft.worth_of(best) * MILLION)
    assert {i for i in kept if whole.selection.tiers[i] != "breadth"} == {
        i for i in best if whole.selection.tiers[i] != "breadth"
    }
    assert fits(frozenset(kept))


def test_nothing_of_a_later_tier_takes_the_place_of_an_earlier_one() -> None:
    """A small thing that everybody asks for against a large one that nobody does, of an earlier tier."""
    lines = "calls 4h teaches calls\nletters 4h search\nlarge 10h teaches large\nsmall 4h teaches small\n"
    told: dict[str, Any] = {"core": "calls", "move": "letters", "focus": "large", "asks": "small", "demand": "small=10"}
    for weeks, kept in ((1, "calls letters"), (2, "calls letters large"), (3, "calls letters large small")):
        plan = planned(tiny(lines, **told), deadline=MONDAY + timedelta(days=7 * weeks - 1), confidence=50)
        assert {s.id for s in plan.steps} == set(kept.split())
    without = planned(tiny(lines, **told))
    assert {s.id for s in without.steps} == {"calls", "letters", "large"}
    assert [x.module.id for x in without.later] == ["small"]


def test_what_is_left_out_says_what_it_is_worth_and_what_it_takes() -> None:
    lines = "calls 4h teaches calls\nbase 7h teaches base\ntop 8h needs base teaches top\nside 9h teaches side\n"
    catalogue = tiny(lines, core="calls", focus="top side", demand="top=8 base=1 side=2", asks="top base side")
    plan = planned(catalogue, deadline=MONDAY + timedelta(days=6), confidence=50)
    left = {x.id: x for x in plan.left_out if x.reason.code == "deadline"}
    takes: dict[str, tuple[object, ...]] = {id_: x.reason.args for id_, x in left.items()}
    assert [x.id for x in plan.left_out][:1] == ["top"]
    assert takes == {"top": (15, 0), "base": (7, 0), "side": (9, 0)}
    worths = [x.worth for x in left.values()]
    assert worths == sorted(worths, reverse=True)
    assert worths[-1] > 0
