"""The promises of every plan (docs/planning.md), as properties over people nobody thought of.

How plans change with an answer, promise 7, is in test_metamorphic; what is kept under limits, promise 8, in
test_optimum; that commands agree and ways out hold, promise 12, in test_living and test_options.
"""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from roadmap.model.plan import Plan
from roadmap.model.profile import in_break, make_profile
from roadmap.planning.make import make_plan
from roadmap.render.json import plan_data, render_json
from tests.builders import TODAY, answers, figures_for, plan_for, real_catalogue
from tests.reading import MOST_WORDS, broken, lacking, words

CATALOGUE = real_catalogue()

PEOPLE = answers(CATALOGUE)
LIMITED = answers(CATALOGUE, limits=True)


def made(given_answers: dict[str, Any]) -> Plan:
    return plan_for(CATALOGUE, TODAY, **given_answers)


def counted(given_answers: dict[str, Any]) -> Plan:
    """The plan in its figures alone, which test_metamorphic compares with those of the whole one."""
    return figures_for(CATALOGUE, TODAY, **given_answers)


def printed(given_answers: dict[str, Any]) -> Any:
    """A plan as JSON says it."""
    return json.loads(render_json(made(given_answers), CATALOGUE))


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
    plan = counted(someone)
    for step in plan.steps:
        held = levels_before(plan, step.start)
        for other in plan.steps:
            if other.id == step.id and other.finish <= step.start:
                held = levels_before(replace(plan, steps=tuple(s for s in plan.steps if s.id != step.id)), step.start)
        missing = {s: n for s, n in step.module.needs.items() if held.get(s, 0) < n}
        assert not missing, (step.id, missing)


@given(LIMITED)
def test_2_weeks_hold_what_they_can_and_add_up(someone: dict[str, Any]) -> None:
    plan = counted(someone)
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
    plan = counted(someone)
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
    held = plan.profile.have
    for step in plan.steps:
        assert all(level > held.get(skill, 0) for skill, level in step.teaches.items())
        known = all(held.get(skill, 0) >= level for skill, level in step.module.teaches.items())
        assert not step.module.teaches or not known or step.module.public or step.id in plan.profile.keep, step.id
    assert not {s.id for s in plan.steps} & {x.id for x in plan.left_out}
    assert not {s.id for s in plan.steps} & {x.module.id for x in plan.later}


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
    assert profile.deadline is None or plan.finish <= profile.deadline
    assert profile.budget_usd is None or plan.cost_usd <= profile.budget_usd
    assert (plan.answer.outcome.id == plan.answer.wished.id) == (plan.status != "infeasible")
    if plan.status == "infeasible":
        assert plan.options
        return
    if plan.status == "reduced":
        assert plan.options
        assert any(x.reason.code in ("deadline", "budget") for x in plan.left_out)


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
    assert plan.status == "feasible"
    assert low <= (plan.finish - plan.start).days / 30.44 <= high
    assert plan.path.months == (low, high)


@given(LIMITED)
def test_11_the_answer_has_what_a_person_needs(someone: dict[str, Any]) -> None:
    assert lacking(printed(someone)) == []


@given(LIMITED)
def test_11_the_page_is_no_longer_than_a_page(someone: dict[str, Any]) -> None:
    assert words(printed(someone)) <= MOST_WORDS


@given(LIMITED)
def test_a_plan_holds_to_an_independent_reading(someone: dict[str, Any]) -> None:
    assert broken(printed(someone)) == []


@given(LIMITED)
def test_forecasts_are_in_order_and_shares_are_shares(someone: dict[str, Any]) -> None:
    plan = counted(someone)
    assert plan.finish <= plan.finish_p80 <= plan.finish_p95
    for before, after in (
        (plan.coverage_before, plan.coverage_after),
        (plan.readiness_before, plan.readiness_after),
    ):
        assert 0 <= before <= after <= 1
    in_order = sorted(plan.steps, key=lambda s: (s.finish, s.coverage_after, s.readiness_after))
    for one, other in pairwise(in_order):
        assert other.coverage_after >= one.coverage_after - 1e-12
        assert other.readiness_after >= one.readiness_after


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
    plan = counted({**someone, "budget_usd": 0})
    assert plan.cost_usd == 0
    assert {CATALOGUE.resources[r].cost for s in plan.steps for r in s.resources} <= {"free"}
