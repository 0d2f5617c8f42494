"""How plans change when one answer does, for people with uneven weeks, confidence, recall slots and own wishes.

Promise 7 of the contract, and what goes with it: more hours, more knowledge, more time, more money, another order.
"""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.load import load_catalogue
from roadmap.model.plan import Plan
from roadmap.model.profile import make_profile
from roadmap.planning.make import make_plan
from roadmap.render.json import render_json
from tests.builders import TODAY, plan_for, wishes

FOUND, _ = load_catalogue()
assert FOUND is not None
CATALOGUE = FOUND
OPEN = wishes(CATALOGUE)
LIMITED = wishes(CATALOGUE, limits=True)
ORDER = ("infeasible", "reduced", "feasible")


def made(answers: dict[str, Any]) -> Plan:
    return plan_for(CATALOGUE, TODAY, **answers)


def made_if_possible(answers: dict[str, Any]) -> Plan | None:
    """A changed answer can contradict another one: a step that is kept and held, a skill that is needed no more."""
    profile, _ = make_profile(answers, CATALOGUE, TODAY)
    return make_plan(CATALOGUE, profile, TODAY) if profile else None


def no_worse(after: Plan, before: Plan) -> bool:
    return after.worth >= before.worth - 1e-6 and ORDER.index(after.status) >= ORDER.index(before.status)


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


@given(OPEN, st.sampled_from([0.25, 0.5, 1, 3, 10, 40]))
def test_more_hours_never_finish_later(someone: dict[str, Any], more: float) -> None:
    faster = {**someone, "hours_per_week": min(60, someone["hours_per_week"] + more)}
    before, after = made(someone), made(faster)
    assert after.finish <= before.finish
    assert after.finish_p80 <= before.finish_p80 and after.finish_p95 <= before.finish_p95


@given(OPEN, st.integers(1, 30))
def test_less_time_off_never_finishes_later(someone: dict[str, Any], buffer: int) -> None:
    plain = {**someone, "availability": None, "review": None}
    assert made(plain | {"breaks": []}).finish <= made(plain).finish
    assert made(plain).finish <= made(plain | {"availability": f"buffer={buffer}"}).finish
    assert made(plain).finish <= made(plain | {"availability": "rest=5"}).finish
    assert made(plain).finish <= made(plain | {"review": True}).finish


@given(OPEN, st.data())
def test_knowing_more_never_makes_it_longer(someone: dict[str, Any], data: st.DataObject) -> None:
    before = made(someone)
    learnt = data.draw(
        st.dictionaries(st.sampled_from(list(CATALOGUE.skills)), st.integers(1, 4), min_size=1, max_size=8)
    )
    have = before.profile.have
    skills = {**someone["skills"], **{s: max(n, have.get(s, 0)) for s, n in learnt.items()}}
    after = made_if_possible({**someone, "skills": skills})
    if after:
        assert (after.hours, after.finish) <= (before.hours, after.finish)
        assert after.finish <= before.finish


@given(LIMITED, st.integers(1, 400), st.sampled_from([0.5, 1, 65, 500]))
def test_more_time_or_money_is_never_worse(someone: dict[str, Any], days: int, dollars: float) -> None:
    before = made(someone)
    if someone["deadline"]:
        assert no_worse(made({**someone, "deadline": someone["deadline"] + timedelta(days=days)}), before)
        assert no_worse(made({**someone, "deadline": None}), before)
    if someone["budget_usd"] is not None:
        assert no_worse(made({**someone, "budget_usd": someone["budget_usd"] + dollars}), before)
        assert no_worse(made({**someone, "budget_usd": None}), before)


@given(LIMITED)
def test_more_hours_or_less_certainty_are_never_worse_before_a_deadline(someone: dict[str, Any]) -> None:
    before = made(someone)
    assert no_worse(made({**someone, "hours_per_week": min(60, someone["hours_per_week"] + 1)}), before)
    for sure in (50, 80):
        if sure < before.profile.confidence:
            assert no_worse(made({**someone, "confidence": sure}), before)


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
    assert render_json(made(mixed), CATALOGUE) == render_json(made(someone), CATALOGUE)


@given(LIMITED)
def test_at_most_two_tracks_and_one_build_at_a_time(someone: dict[str, Any]) -> None:
    plan = made(someone)
    most = 3 if plan.profile.hours_per_week > 25 else 2
    kinds = {s.id: s.module.kind for s in plan.steps}
    for step in plan.steps:
        # Steps under way on a day in the middle; those that end or begin on the same day follow each other.
        inside = [s for s in plan.steps if s.start < step.finish < s.finish or s is step]
        assert len(inside) <= most, [s.id for s in inside]
        assert sum(kinds[s.id] == "build" for s in inside) <= 1
        assert sum(kinds[s.id] == "certify" for s in inside) <= 1


@given(OPEN)
def test_an_exam_is_prepared_for_beside_building_not_instead_of_it(someone: dict[str, Any]) -> None:
    plan = made({**someone, "certifications": "all"})
    kinds = {s.id: s.module.kind for s in plan.steps}
    left = {s.id: s.hours for s in plan.steps}
    for week in plan.weeks:
        on_exams = sum(i.hours for i in week.items if kinds[i.step] == "certify")
        for item in week.items:
            left[item.step] -= item.hours
        if any(hours > 0 and kinds[id_] != "certify" for id_, hours in left.items()):
            assert on_exams <= week.capacity * 0.4 + 0.5, week
