"""Outcomes in falling order, the longest plan there is, and what is then offered, on a catalogue of a few lines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.advice import Focus
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.plan import Plan
from roadmap.model.rules import Effect, Phase, Rule
from tests.builders import TODAY, plan_for, real_catalogue
from tests.tiny import MONDAY, Extra, phase, planned, steps, tiny

LINES = """
try      2h   teaches try
calls    8h   teaches calls
scores   10h  needs calls teaches scores
agents   30h  needs scores teaches agents
shine    10h  teaches shine
letters  10h  search
"""
WISH: dict[str, Any] = {
    "core": "agents",
    "focus": "shine",
    "move": "letters",
    "act_after": "agents",
    "smaller": ("bridge: calls scores shine | calls scores", "piece: calls shine | calls", "test: try"),
    "hours_buy": (),
}
REAL = real_catalogue()


def small(**more: Any) -> Catalogue:
    return tiny(LINES, **{**WISH, **more})


def by(weeks: int, **answers: Any) -> Plan:
    """The plan of somebody with ten hours a week and so many weeks."""
    last = MONDAY + timedelta(days=7 * weeks - 1)
    return planned(small(), deadline=last, confidence=50, **answers)


@pytest.mark.parametrize(
    ("weeks", "outcome", "status", "kept"),
    [
        (9, "job", "feasible", "calls scores agents shine letters"),
        (7, "job", "feasible", "calls scores agents shine letters"),
        (6, "job", "reduced", "calls scores agents letters"),
        (5, "bridge", "infeasible", "calls scores shine"),
        (3, "bridge", "infeasible", "calls scores shine"),
        (2, "bridge", "infeasible", "calls scores"),
        (1, "piece", "infeasible", "calls"),
    ],
)
def test_the_best_outcome_in_reach_is_planned(weeks: int, outcome: str, status: str, kept: str) -> None:
    plan = by(weeks)
    assert (plan.answer.outcome.id, plan.status) == (outcome, status)
    assert set(steps(plan).split()) == set(kept.split())
    assert plan.answer.wished.id == "job"
    assert plan.finish <= MONDAY + timedelta(days=7 * weeks - 1)


def test_the_last_outcome_is_a_test_and_below_it_there_is_a_taste_of_it() -> None:
    soon = MONDAY + timedelta(days=1)
    plan = planned(small(), deadline=soon, confidence=50)
    assert (plan.answer.outcome.id, steps(plan), plan.hours) == ("test", "try", 2)
    taste = planned(small(), deadline=MONDAY + timedelta(days=2), hours_per_week=3, confidence=50)
    assert (taste.answer.outcome.id, steps(taste), taste.hours) == ("test", "try", 1.25)
    assert taste.finish <= MONDAY + timedelta(days=2)


def test_what_an_outcome_cannot_do_without_holds_with_even_odds_and_the_rest_with_those_asked_for() -> None:
    """At 4 in 5 six weeks hold 46 hours of work: the 58 of the wish only fit at even odds, and nothing is added."""
    lines = LINES.replace("30h", "28h")
    catalogue = tiny(lines, pace=(1.0, 1.3), **WISH)
    last = MONDAY + timedelta(days=41)
    usual = planned(catalogue, deadline=last)
    assert usual.profile.confidence == 80
    assert (usual.answer.outcome.id, "shine" in steps(usual), usual.finish <= last < usual.finish_p80) == (
        "job",
        False,
        True,
    )
    sure = planned(catalogue, deadline=last, confidence=95)
    assert sure.answer.outcome.id == "bridge" and sure.finish_p95 <= last


def test_status_is_about_the_wish_and_more_of_it_is_offered() -> None:
    plan = by(5)
    found = {o.change: (o.value, o.finish) for o in plan.options}
    assert (found["hours_per_week"][0], found["deadline"][0]) == ("12", "2027-02-13")
    faster = by(5, hours_per_week=12)
    assert (faster.answer.outcome.id, faster.finish) == ("job", found["hours_per_week"][1])
    again = planned(small(), deadline=found["deadline"][0], confidence=50)
    assert (again.answer.outcome.id, again.status) == ("job", "reduced")


def test_no_money_for_the_wish_means_another_outcome_and_says_how_much_it_takes() -> None:
    lines = LINES.replace("agents   30h", "agents   30h cost_usd=50")
    plan = planned(tiny(lines, **WISH), budget_usd=20)
    assert (plan.answer.outcome.id, plan.status) == ("bridge", "infeasible")
    assert [(o.change, o.value) for o in plan.options] == [("budget_usd", "50")]


def test_without_a_deadline_a_plan_is_no_longer_than_two_years() -> None:
    lines = LINES.replace("agents   30h", "agents   300h").replace("shine    10h", "shine    200h")
    whole = planned(tiny(lines, **WISH), hours_per_week=10)
    assert (whole.status, "shine" in steps(whole)) == ("feasible", True)
    trimmed = planned(tiny(lines, **WISH), hours_per_week=4)
    assert (trimmed.status, "shine" in steps(trimmed)) == ("reduced", False)
    assert trimmed.answer.outcome.id == "job"
    assert planned(tiny(lines, **WISH), hours_per_week=3).answer.outcome.id == "bridge"


def test_a_plan_that_may_run_far_over_is_shorter_still() -> None:
    """Where one in twenty takes six times the hours, what has to be done by then within three years is less."""
    lines = LINES.replace("agents   30h", "agents   230h").replace("shine    10h", "shine    100h")
    sure, unsure = (planned(tiny(lines, pace=(1.0, p80), **WISH), hours_per_week=4) for p80 in (1.0001, 2.5))
    assert (sure.status, sure.answer.outcome.id) == ("feasible", "job")
    assert (unsure.status, unsure.answer.outcome.id) == ("infeasible", "bridge")
    assert max(unsure.finish_p80, unsure.finish_p95) <= MONDAY + timedelta(days=36 * 31)


def test_somebody_who_holds_all_of_it_is_only_left_the_move() -> None:
    plan = planned(small(), skills={"agents": 2, "shine": 2})
    assert (steps(plan), plan.status, plan.answer.act_from) == ("letters", "feasible", MONDAY)


# --- the real catalogue ----------------------------------------------------------------------------------------------


@given(
    st.sampled_from([r.id for r in REAL.roles.values() if r.start]),
    st.lists(st.sampled_from(list(REAL.goals)), max_size=2, unique=True),
    st.sampled_from([1, 1.5, 2, 3, 4, 5]),
    st.none() | st.integers(14, 1000),
)
def test_no_date_lies_more_than_36_months_ahead(role: str, goals: list[str], hours: float, days: int | None) -> None:
    deadline = TODAY + timedelta(days=days) if days else None
    plan = plan_for(REAL, role=role, goals=goals, hours_per_week=hours, deadline=deadline)
    far = TODAY + timedelta(days=36 * 31)
    answer = plan.answer
    dates = [s.finish for s in plan.steps] + [e.exam_on for e in plan.exams] + [g.on for g in answer.gates]
    dates += [p.finish for p in answer.phases] + [answer.act_from, answer.ready, answer.ready_even, plan.finish_p80]
    assert max(dates) <= far
    if plan.status == "infeasible":
        assert plan.options and answer.hours_buy


@pytest.mark.parametrize("role", [r.id for r in REAL.roles.values() if r.start])
def test_fewer_weeks_never_reach_more_and_end_with_a_test(role: str) -> None:
    seen: list[str] = []
    for weeks in (100, 60, 40, 25, 15, 10, 6, 4, 2, 1):
        plan = plan_for(REAL, role=role, hours_per_week=10, deadline=TODAY + timedelta(days=7 * weeks))
        if plan.answer.outcome.id not in seen:
            seen.append(plan.answer.outcome.id)
    route = plan.route
    order = ["job", *route.smaller]
    assert seen == [o for o in order if o in seen], "never twice, never up again"
    assert seen[0] == "job" and len(seen) >= 3


@pytest.mark.parametrize(("count", "learnt"), [(4, 3), (6, 4)])
def test_where_nobody_wrote_a_route_the_move_begins_after_the_middle_phase_of_the_path(count: int, learnt: int) -> None:
    parts = [f"m{i}" for i in range(count)]
    lines = "".join(f"{m} 10h teaches {m}\n" for m in parts) + "letters 4h search"
    known = tiny(lines, core="m0", move="letters", asks=" ".join(parts))
    (path,) = known.paths.values()
    path.phases = tuple(Phase(id=f"f{m}", title=m, because="So.", source="us", modules=(m,)) for m in parts)
    assert steps(planned(replace(known, routes={}))) == " ".join([*parts[:learnt], "letters", *parts[learnt:]])


def test_a_subject_that_is_all_somebody_names_is_the_way_and_beside_an_end_it_is_a_part_of_it() -> None:
    deep = Focus(phase=phase("deep: shine"), title="Deep", outcome="you dig", way="Dig.")
    known = tiny(LINES, **WISH, extra=Extra(subjects={"deep": deep}))

    def told(*goals: str) -> tuple[str, str]:
        answer = planned(known, goals=[*goals]).answer
        return answer.outcome.text, next(text for text in answer.verdict if text in ("Dig.", "Go."))

    assert told("deep") == ("you dig", "Dig.")
    assert told("job", "deep") == told("job") == told() == ("you reach job", "Go.")


def test_a_route_that_is_named_is_taken_whatever_the_goals() -> None:
    known = tiny(LINES, **WISH, extra=Extra(second={"core": "calls", "move": "letters"}))
    ends = [planned(known, **said).answer.outcome.id for said in ({}, {"path": "start-pay"}, {"path": "start-job"})]
    assert ends == ["job", "pay", "job"]


def test_hours_of_a_step_keep_the_range_of_its_module_in_half_hours() -> None:
    known = tiny(LINES.replace("calls    8h", "calls    8h range=5.3..13.3"), pace=(1.5, 2.0), **WISH)
    step = planned(known).step("calls")
    assert step is not None and (step.hours, step.hours_low, step.hours_high) == (12, 8, 20)


def test_a_day_off_on_the_first_day_is_kept() -> None:
    for last, first in ((MONDAY, 1), (MONDAY - timedelta(days=1), 0)):
        plan = planned(tiny(LINES, **WISH), breaks=[{"from": MONDAY - timedelta(days=3), "to": last}])
        assert plan.steps[0].start == MONDAY + timedelta(days=first)


def test_without_the_field_is_a_way_out_where_that_is_what_does_not_fit() -> None:
    focus = Focus(phase=phase("law: law"), core=("law",))
    known = tiny(LINES + "law 40h domain=law teaches law\n", **WISH, extra=Extra(fields={"law": focus}))
    found = planned(known, domain="law", deadline=MONDAY + timedelta(days=60)).options
    assert ("domain", "none") in [(o.change, o.value) for o in found]


@pytest.mark.parametrize(("hours", "args"), [(8, (5, 8, 0, 8, 0, 0, 0, 12, 0)), (5, None)])
def test_days_that_do_not_add_up_to_the_hours_are_read_as_shares_and_that_is_said(
    hours: int, args: tuple[float, ...] | None
) -> None:
    """Quarters of an hour by day from Monday."""
    plan = planned(tiny(LINES, **WISH), hours_per_week=hours, availability="tue=2,sat=3")
    found = [n for n in plan.notices if n.code == "days-shared-out"]
    assert [(n.source, n.args) for n in found] == ([("us", args)] if args else [])


def test_a_rule_may_begin_the_move_earlier_and_one_that_says_nothing_of_it_leaves_that() -> None:
    early = Rule(id="early", when=Condition(), then=Effect(act_after=("calls",)), because="So.", source="us")
    silent = Rule(id="silent", when=Condition(), then=Effect(add=("shine",)), because="So.", source="us")
    for rules, waits in (((), True), ((early,), False), ((early, silent), False)):
        found = steps(planned(tiny(LINES, **WISH, extra=Extra(rules=rules)))).split()
        assert ("agents" in found[: found.index("letters")]) is waits
