"""The ten promises of every plan, as properties over people nobody thought of."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.load import load_catalogue
from roadmap.model.plan import Plan
from roadmap.model.profile import in_break, make_profile
from roadmap.planning.make import make_plan
from roadmap.render.json import plan_data, render_json
from tests.builders import TODAY, answers, plan_for

FOUND, _ = load_catalogue()
assert FOUND is not None
CATALOGUE = FOUND

PEOPLE = answers(CATALOGUE)
LIMITED = answers(CATALOGUE, limits=True)


def made(given_answers: dict[str, Any]) -> Plan:
    return plan_for(CATALOGUE, TODAY, **given_answers)


def levels_before(plan: Plan, day: date) -> dict[str, int]:
    """What is held on a morning: the profile's levels and those of every step that was finished by then."""
    held = dict(plan.profile.have)
    for step in plan.steps:
        if step.finish <= day:
            for skill, level in step.module.teaches.items():
                held[skill] = max(held.get(skill, 0), level)
    return held


@given(LIMITED)
def test_1_needs_are_met_before_a_step_starts(someone: dict[str, Any]) -> None:
    plan = made(someone)
    for step in plan.steps:
        held = levels_before(plan, step.start)
        for other in plan.steps:
            if other.id == step.id and other.finish <= step.start:
                held = levels_before(replace(plan, steps=tuple(s for s in plan.steps if s.id != step.id)), step.start)
        missing = {s: n for s, n in step.module.needs.items() if held.get(s, 0) < n}
        assert not missing, (step.id, missing)


@given(LIMITED)
def test_2_weeks_hold_what_they_can_and_add_up(someone: dict[str, Any]) -> None:
    plan = made(someone)
    spent: dict[str, float] = {}
    for week in plan.weeks:
        days = [week.start + timedelta(days=i) for i in range(7)]
        free = [d for d in days if d >= plan.profile.start and not in_break(d, plan.profile.breaks)]
        total = sum(i.hours for i in week.items)
        assert week.start.weekday() == 0
        ranges = plan.profile.availability.ranges
        most = max([plan.profile.hours_per_week, *(r.hours_per_week for r in ranges)])
        assert total <= week.capacity <= most
        if not plan.profile.availability.days:
            assert week.capacity <= most * len(free) / 7 + 1e-9
        assert free or not total
        for item in week.items:
            spent[item.step] = spent.get(item.step, 0) + item.hours
    for step in plan.steps:
        assert spent[step.id] == step.hours
        assert 0 < step.hours_low <= step.hours <= step.hours_high
        assert plan.profile.start <= step.start <= step.finish <= plan.finish
    assert sum(s.hours for s in plan.steps) == plan.hours
    if plan.weeks:
        assert plan.weeks[-1].items


@given(LIMITED)
def test_3_exams_can_be_sat(someone: dict[str, Any]) -> None:
    plan = made(someone)
    for exam in plan.exams:
        cert, day = exam.certification, exam.exam_on.isoformat()
        assert not cert.available_from or cert.available_from <= day
        assert not cert.retires_on or day <= cert.retires_on
        assert cert.access in ("public", "beta-open", "registration-open")
        assert cert.id not in plan.profile.holds
        assert not in_break(exam.exam_on, plan.profile.breaks)
        if cert.gates:
            earlier = {e.certification.id for e in plan.exams if e.exam_on <= exam.exam_on} | set(plan.profile.holds)
            assert earlier & set(cert.gates.any_of)
    if plan.profile.certifications == "none":
        assert not plan.exams
    elif plan.profile.certifications == "one":
        assert len(plan.exams) <= 1


@given(PEOPLE)
def test_3_a_retired_exam_is_named_with_its_whole_chain(someone: dict[str, Any]) -> None:
    plan = made(someone)
    named = {x.id: x.reason for x in plan.left_out}
    for usual in plan.path.usual_exams:
        if usual not in plan.profile.holds:
            assert named[usual].code == "retired"
            assert set(named[usual].args[1:]) == {c.id for c in CATALOGUE.successors(usual)}


@given(LIMITED)
def test_4_nothing_held_is_taught_and_nothing_is_there_twice(someone: dict[str, Any]) -> None:
    plan = made(someone)
    assert len({s.id for s in plan.steps}) == len(plan.steps)
    for step in plan.steps:
        held = plan.profile.have
        assert all(level > held.get(skill, 0) for skill, level in step.teaches.items())
        if not step.teaches:
            assert step.module.kind in ("search", "certify", "publish") or step.module.public or not step.module.teaches
    assert not {s.id for s in plan.steps} & {x.id for x in plan.left_out}


@given(LIMITED)
def test_5_same_input_same_bytes(someone: dict[str, Any]) -> None:
    assert render_json(made(someone), CATALOGUE) == render_json(made(someone), CATALOGUE)


def test_5_same_bytes_in_another_process() -> None:
    here = render_json(plan_for(CATALOGUE, TODAY, role="data-scientist", domain="legal", name="Åse 🚀"), CATALOGUE)
    call = ["-m", "roadmap", "plan", "--role", "data-scientist", "--domain", "legal", "--name", "Åse 🚀"]
    for seed in ("0", "1"):
        there = subprocess.run(
            [sys.executable, *call, "--format", "json", "--today", "2026-11-22"],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "ROADMAP_CACHE": "", "PATH": ""},
        )  # fmt: skip
        assert there.stdout.decode() == here


@given(LIMITED)
def test_6_limits_are_kept_or_the_plan_says_not(someone: dict[str, Any]) -> None:
    plan = made(someone)
    profile = plan.profile
    if plan.status == "infeasible":
        assert plan.options
        return
    sure = {50: plan.finish, 80: plan.finish_p80, 95: plan.finish_p95}[profile.confidence]
    assert profile.deadline is None or sure <= profile.deadline
    assert profile.budget_usd is None or plan.cost_usd <= profile.budget_usd
    if plan.status == "reduced":
        assert plan.options
        assert any(x.reason.code in ("deadline", "budget") for x in plan.left_out)


@given(PEOPLE, st.integers(1, 30))
def test_7_more_hours_never_finish_later(someone: dict[str, Any], more: int) -> None:
    faster = {**someone, "hours_per_week": min(60, someone["hours_per_week"] + more)}
    assert made(faster).finish <= made(someone).finish


@given(PEOPLE, st.data())
def test_7_knowing_more_never_makes_it_longer(someone: dict[str, Any], data: st.DataObject) -> None:
    before = made(someone)
    learnt = data.draw(
        st.dictionaries(st.sampled_from(list(CATALOGUE.skills)), st.integers(1, 4), min_size=1, max_size=8)
    )
    skills = {**someone["skills"]}
    for skill, level in learnt.items():
        skills[skill] = max(level, before.profile.have.get(skill, 0))
    after = made({**someone, "skills": skills})
    assert after.hours <= before.hours
    assert after.finish <= before.finish


@given(LIMITED, st.integers(1, 400), st.integers(1, 500))
def test_7_more_time_or_money_never_lowers_the_worth(someone: dict[str, Any], days: int, dollars: int) -> None:
    before = made(someone)
    later = {**someone}
    if later["deadline"]:
        later["deadline"] += timedelta(days=days)
    if later["budget_usd"] is not None:
        later["budget_usd"] += dollars
    after = made(later)
    assert after.worth >= before.worth - 1e-6
    order = ["infeasible", "reduced", "feasible"]
    assert order.index(after.status) >= order.index(before.status)


@given(LIMITED, st.randoms(use_true_random=False))
def test_7_order_of_input_changes_nothing(someone: dict[str, Any], random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            items = list(value.items())
            random.shuffle(items)
            return dict(items)
        if isinstance(value, list):
            return random.sample(value, len(value))
        return value

    mixed = shuffled({k: shuffled(v) for k, v in someone.items()})
    assert render_json(made(mixed), CATALOGUE) == render_json(made(someone), CATALOGUE)


@given(LIMITED)
def test_8_and_9_everything_has_a_reason_with_a_source(someone: dict[str, Any]) -> None:
    plan = made(someone)
    data = plan_data(plan, CATALOGUE)
    for step in data["steps"]:
        assert step["reasons"]
        for reason in step["reasons"]:
            assert reason["text"] and reason["source"] in CATALOGUE.sources
        assert step["done_when"] and step["evidence"]
        for resource in step["resources"]:
            assert resource["checked"] and resource["id"] in CATALOGUE.resources
        assert step["resources"] or step["kind"] in ("search", "certify", "publish")
    for left in data["left_out"]:
        assert left["reason"]["text"] and left["reason"]["source"] in CATALOGUE.sources
        assert left["worth"] >= 0
    for exam in data["certifications"]:
        assert exam["checked"]
    assert {r["source"] for s in data["steps"] for r in s["reasons"]} <= {s["id"] for s in data["sources"]}
    json.dumps(data)


@pytest.mark.parametrize(("role", "low", "high"), [("swe", 6, 12), ("data-scientist", 9, 15)])
def test_10_defaults_agree_with_what_is_published(role: str, low: float, high: float) -> None:
    plan = plan_for(CATALOGUE, TODAY, role=role, hours_per_week=10)
    assert low <= (plan.finish - plan.start).days / 30.44 <= high
    assert plan.path.months == (low, high)


@given(PEOPLE)
def test_a_first_project_is_public_within_eight_weeks_of_study(someone: dict[str, Any]) -> None:
    """With the usual knowledge of the role, at the usual ten hours a week or more."""
    usual = {**someone, "skills": {}, "hours_per_week": max(10, someone["hours_per_week"]), "level": None}
    plan = made(usual)
    first = min((s.finish for s in plan.steps if s.module.public), default=None)
    assert first is not None
    until_then = sum(s.hours for s in plan.steps if s.start <= first and s.finish <= first)
    assert until_then <= 8 * plan.profile.hours_per_week


@given(LIMITED)
def test_forecasts_are_in_order_and_shares_are_shares(someone: dict[str, Any]) -> None:
    plan = made(someone)
    assert plan.finish <= plan.finish_p80 <= plan.finish_p95
    for before, after in (
        (plan.coverage_before, plan.coverage_after),
        (plan.readiness_before, plan.readiness_after),
    ):
        assert 0 <= before <= after <= 1
    after_steps = [s.coverage_after for s in sorted(plan.steps, key=lambda s: s.finish)]
    assert all(b >= a - 1e-12 for a, b in pairwise(after_steps))


@given(PEOPLE)
def test_certificates_are_prepared_beside_other_work_and_never_two_at_once(someone: dict[str, Any]) -> None:
    plan = made({**someone, "certifications": "all"})
    kinds = {s.id: s.module.kind for s in plan.steps}
    most = 3 if plan.profile.hours_per_week > 25 else 2
    for week in plan.weeks:
        assert sum(kinds[i.step] == "certify" for i in week.items) <= most


def test_answers_with_problems_make_no_plan() -> None:
    profile, faults = make_profile({"role": "swe", "deadline": "2026-01-01", "start": "2026-02-01"}, CATALOGUE, TODAY)
    assert profile is None
    assert [f.id for f in faults] == ["deadline-before-start"]


def test_make_plan_needs_a_path() -> None:
    profile, _ = make_profile({"role": "swe"}, CATALOGUE, TODAY)
    assert profile is not None
    with pytest.raises(ValueError, match="no path"):
        make_plan(CATALOGUE, replace(profile, target="swe"), TODAY)


@given(PEOPLE)
def test_a_budget_of_nothing_shows_free_resources_and_no_paid_exam(someone: dict[str, Any]) -> None:
    plan = made({**someone, "budget_usd": 0})
    assert plan.cost_usd == 0
    assert {CATALOGUE.resources[r].cost for s in plan.steps for r in s.resources} <= {"free"}
