"""How plans change when one answer does, for people with uneven weeks, confidence, recall slots and own wishes.

Promise 7 of the contract, and what goes with it: more hours, more knowledge, more time, more money, another order.
More hours or knowledge never lower the outcome, and at the same outcome never move `act_from` or `ready` later. There
are two exceptions: a plan that the longest plan there is (24 months) had trimmed may grow again with what now fits, and
one that a rule for few hours a week had `thinned` holds more beyond those hours; then they are done later. `trimmed`
and `thinned` are the whole of that, and a thinned plan acts no later either.
"""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.condition import holds
from roadmap.model.plan import Plan
from roadmap.model.profile import make_profile
from roadmap.planning.make import make_plan
from roadmap.planning.route import ending_of, ways_of
from roadmap.planning.rules import apply_rules
from roadmap.render.json import render_json
from tests.builders import TODAY, figures_for, plan_for, real_catalogue, tier_worths, wishes

CATALOGUE = real_catalogue()
OPEN = wishes(CATALOGUE)
LIMITED = wishes(CATALOGUE, limits=True)
ORDER = ("infeasible", "reduced", "feasible")
LEARNT = st.dictionaries(st.sampled_from(list(CATALOGUE.skills)), st.integers(1, 4), min_size=1, max_size=8)


def made(answers: dict[str, Any]) -> Plan:
    """Days, hours and outcome of a plan; that they are those of the plan with all of its words is a test of its own."""
    return figures_for(CATALOGUE, TODAY, **answers)


def made_if_possible(answers: dict[str, Any]) -> Plan | None:
    """A changed answer can contradict another one: a step that is kept and held, a skill that is needed no more."""
    profile, _ = make_profile(answers, CATALOGUE, TODAY)
    return make_plan(CATALOGUE, profile, TODAY, options=False, words=False) if profile else None


def height(plan: Plan) -> int:
    """How high the outcome of a plan stands among those of its route: 0 for the wish, less for smaller ones."""
    endings = [e.id for e in ways_of(CATALOGUE, plan.profile).endings]
    return -endings.index(plan.answer.outcome.id)


def trimmed(plan: Plan) -> bool:
    """Whether something of what the outcome takes did not fit."""
    return any(x.reason.code in ("deadline", "budget") for x in plan.left_out)


def thinned(plan: Plan) -> set[str]:
    """The rules for few hours a week that leave something out which comes in with more of them."""
    rules = (r for r in CATALOGUE.rules.values() if r.when.hours_below and r.then.leave_out)
    return {rule.id for rule in rules if holds(rule.when, plan.profile)}


def no_later(after: Plan, before: Plan) -> bool:
    """No lower outcome; at the same one no later day of acting or being done, unless there was more to fit in."""
    if height(after) != height(before):
        return height(after) > height(before)
    days = [(after.answer.act_from, before.answer.act_from)]
    if thinned(before) <= thinned(after):
        days.append((after.answer.ready, before.answer.ready))
    return trimmed(before) or all(now <= then for now, then in days)


def no_worse(after: Plan, before: Plan, *, tiers: int = 4) -> bool:
    """No lower outcome, status or, tier by tier, worth."""
    if ORDER.index(after.status) < ORDER.index(before.status) or height(after) < height(before):
        return False
    if height(after) > height(before):
        return True
    now, then = (tier_worths(CATALOGUE, p)[:tiers] for p in (after, before))
    return next((a > b for a, b in zip(now, then, strict=True) if abs(a - b) > 1e-5), True)


def figures(plan: Plan) -> tuple[Any, ...]:
    """All of a plan that is no word."""
    answer = plan.answer
    steps = [s._replace(reasons=(), project_adds="") for s in plan.steps]
    lacks = [x for x in plan.left_out if x.reason.code in ("deadline", "budget")]
    days = (answer.act_from, answer.ready, answer.ready_even, plan.finish, plan.finish_p80, plan.finish_p95)
    sums = (plan.hours, plan.cost_usd, plan.worth, answer.money, plan.coverage_after, plan.readiness_after)
    ends = (plan.status, answer.outcome, answer.wished, plan.phases)
    return steps, lacks, days, sums, ends, plan.weeks, [e._replace(reasons=()) for e in plan.exams]


@given(LIMITED)
def test_a_plan_has_the_same_figures_with_and_without_its_words(someone: dict[str, Any]) -> None:
    assert figures(made(someone)) == figures(plan_for(CATALOGUE, TODAY, **someone))


@given(LIMITED)
def test_every_hour_that_is_planned_has_its_week(someone: dict[str, Any]) -> None:
    plan = made(someone)
    spent: dict[str, float] = {}
    for week in plan.weeks:
        assert sum(i.hours for i in week.items) <= week.capacity
        for item in week.items:
            spent[item.step] = spent.get(item.step, 0) + item.hours
    assert spent == {s.id: s.hours for s in plan.steps}
    assert sum(spent.values()) == plan.hours


@given(OPEN, st.sampled_from([0.25, 1, 3, 10, 40]))
def test_more_hours_never_act_or_finish_later(someone: dict[str, Any], more: float) -> None:
    # A rule that chooses another exam for other hours makes another plan: exams are left to the next test.
    plain = {**someone, "certifications": "none", "keep": [], "skip": []}
    faster = {**plain, "hours_per_week": min(60, someone["hours_per_week"] + more)}
    assert no_later(made(faster), made(plain))


@given(OPEN, st.sampled_from([0.25, 1, 3, 10, 40]))
def test_more_hours_never_lower_the_outcome(someone: dict[str, Any], more: float) -> None:
    faster = {**someone, "hours_per_week": min(60, someone["hours_per_week"] + more)}
    assert height(made(faster)) >= height(made(someone))


@given(OPEN, st.integers(1, 30))
def test_less_time_off_never_finishes_later(someone: dict[str, Any], buffer: int) -> None:
    plain = {**someone, "availability": None, "review": None}
    usual = made(plain)
    assert no_later(made(plain | {"breaks": []}), usual)
    for slower in ({"availability": f"buffer={buffer}"}, {"availability": "rest=5"}, {"review": True}):
        other = made_if_possible(plain | slower)
        if other is not None and not trimmed(other) and other.steps == usual.steps:
            assert no_later(usual, other)


@given(OPEN, st.data())
def test_knowing_more_never_makes_it_longer_or_lower(someone: dict[str, Any], data: st.DataObject) -> None:
    before = made(someone)
    learnt = data.draw(LEARNT)
    have = before.profile.have
    skills = {**someone["skills"], **{s: max(n, have.get(s, 0)) for s, n in learnt.items()}}
    after = made_if_possible({**someone, "skills": skills})
    if after is not None:
        assert no_later(after, before)
        if height(after) == height(before) and not trimmed(before):
            assert after.hours <= before.hours


@given(LIMITED, st.integers(1, 400), st.sampled_from([0.5, 1, 65, 500]))
def test_more_time_or_money_is_never_worse(someone: dict[str, Any], days: int, dollars: float) -> None:
    before = made(someone)
    if someone["deadline"]:
        assert no_worse(made({**someone, "deadline": someone["deadline"] + timedelta(days=days)}), before)
        # Without a deadline the rest of what the role asks for is left for later.
        without = {"deadline": None, "confidence": before.profile.confidence}
        assert no_worse(made({**someone, **without}), before, tiers=3)
    if someone["budget_usd"] is not None:
        # Whoever can pay nothing has no card: rules put other steps in the place of those that want one, and what
        # those steps are worth cannot be compared.
        tiers = 4 if someone["budget_usd"] else 0
        assert no_worse(made({**someone, "budget_usd": someone["budget_usd"] + dollars}), before, tiers=tiers)
        assert no_worse(made({**someone, "budget_usd": None}), before, tiers=tiers)


@given(LIMITED)
def test_more_hours_or_less_certainty_are_never_worse_before_a_deadline(someone: dict[str, Any]) -> None:
    someone = {**someone, "certifications": "none"} if not someone["keep"] else someone
    before = made(someone)
    assert no_worse(made({**someone, "hours_per_week": min(60, someone["hours_per_week"] + 1)}), before)
    for sure in (50, 80):
        if sure < before.profile.confidence:
            assert no_worse(made({**someone, "confidence": sure}), before)


@given(LIMITED)
def test_a_longer_wait_for_money_or_time_never_changes_what_comes_first(someone: dict[str, Any]) -> None:
    """Tier by tier: whoever gets less of one tier gets nothing of the next that was worth having in its place."""
    plan = made(someone)
    worths = tier_worths(CATALOGUE, plan)
    assert all(one <= other + 1e-9 for one, other in pairwise(worths))


@given(LIMITED, st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(someone: dict[str, Any], random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            return dict(random.sample(list(value.items()), len(value)))
        if isinstance(value, list):
            return random.sample(value, len(value))
        if isinstance(value, str) and "," in value:
            return ",".join(random.sample(value.split(","), value.count(",") + 1))
        return value

    mixed = shuffled({k: shuffled(v) for k, v in someone.items()})
    one, other = (render_json(plan_for(CATALOGUE, TODAY, **answers), CATALOGUE) for answers in (mixed, someone))
    assert one == other


@given(LIMITED)
def test_one_thing_at_a_time_and_the_move_beside_it(someone: dict[str, Any]) -> None:
    plan = made(someone)
    worked = {item.step: week.start + timedelta(days=6) for week in plan.weeks for item in week.items}
    for step in plan.steps:
        # Steps under way on a day in the middle; those that end or begin on the same day follow each other, and one
        # that only waits for the day of its exam is not under way.
        inside = [s for s in plan.steps if s.start < step.finish < min(s.finish, worked[s.id]) or s is step]
        assert len(inside) <= 2, [s.id for s in inside]
        assert len([s for s in inside if s.tier == "move"]) <= 1


def steps_of_the_move(plan: Plan) -> dict[str, Any]:
    move = ending_of(CATALOGUE, plan).move
    return {s.id: s for s in plan.steps if move and s.id in move.modules}


@given(LIMITED)
def test_the_move_keeps_to_its_share_while_there_is_something_to_learn(someone: dict[str, Any]) -> None:
    plan = made(someone)
    move, moving = ending_of(CATALOGUE, plan).move, steps_of_the_move(plan)
    left = sum(s.hours for s in plan.steps if s.id not in moving)
    share = apply_rules(CATALOGUE, plan.profile).share or (move.share if move else 0)
    for week in plan.weeks:
        left -= sum(i.hours for i in week.items if i.step not in moving)
        if left > 0 and move is not None:
            most = max(0.25, week.capacity * share / 100)
            assert sum(i.hours for i in week.items if i.step in moving) <= most


@given(OPEN)
def test_the_move_begins_soon_after_the_day_it_is_said_to(someone: dict[str, Any]) -> None:
    """Its share is kept from the next week on; exams may be sat some days after they are prepared for."""
    plan = made({**someone, "breaks": [], "availability": None, "certifications": "none", "keep": []})
    starts = [s.start for s in steps_of_the_move(plan).values()]
    if starts and plan.status != "infeasible":
        assert plan.answer.act_from <= min(starts) <= plan.answer.act_from + timedelta(days=14)
