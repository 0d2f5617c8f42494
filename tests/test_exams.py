"""Exams on a catalogue of a few lines: which can be booked, on which day, at which fee, what a head start spares."""

from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.exams import Certification, Fee, Gates, HeadStart, Retake
from roadmap.model.plan import Plan
from roadmap.model.profile import Break
from roadmap.model.rules import Effect, Rule
from roadmap.planning.exams import fee_on, first_day
from tests.tiny import MONDAY, Extra, certification, planned, steps, tiny, whole

LINES = """
calls 10h teaches calls
prep-a 10h certify certification=a
prep-b 10h certify certification=b
prep-c 10h certify certification=c cloud=two
"""
CLOUD = "cloudy 10h cloud=one teaches deploy\ncloudier 10h cloud=two teaches deploy\n"
ADD = ("prep-a", "prep-b")


def some(*exams: Certification, add: tuple[str, ...] = ADD, lines: str = LINES, **more: Any) -> Catalogue:
    rule = Rule(id="exams", when=Condition(), then=Effect(add=add), because="So.", source="us")
    known = {c.id: c for c in (certification("a"), certification("b"), certification("c"), *exams)}
    extra = Extra(rules=[rule], exams=list(known.values()), usual_exams=more.pop("usual", ()))
    return tiny(lines, core="calls", extra=extra, **more)


def left(plan: Plan) -> dict[str, tuple[Any, ...]]:
    return {x.id: (x.reason.code, *x.reason.args) for x in plan.left_out}


def sat(plan: Plan) -> list[str]:
    return [e.certification.id for e in plan.exams]


def test_no_exam_unless_it_is_asked_for() -> None:
    plan = planned(some())
    assert not plan.exams and steps(plan) == "calls"
    assert left(plan)["prep-a"][0] == "exam-enough"


def test_one_is_the_first_that_is_advised_and_all_are_all() -> None:
    assert sat(planned(some(), certifications="one")) == ["a"]
    assert sat(planned(some(add=("prep-b", "prep-a")), certifications="one")) == ["b"]
    assert sat(planned(some(), certifications="all")) == ["a", "b"]
    assert left(planned(some(), certifications="one"))["prep-b"] == ("exam-enough", "b", "one", "a")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"status": "retired"}, "retired"),
        ({"retires_on": "2031-01-01"}, "retired"),
        ({"access": "partner-only"}, "exam-closed"),
        ({"access": "closed"}, "exam-closed"),
        ({"gates": Gates(text="first b", any_of=("b",))}, "exam-gated"),
        ({"fee_usd": None}, "exam-fee-unknown"),
    ],
)
def test_what_cannot_be_booked_is_not_prepared_for_and_says_why(more: dict[str, Any], code: str) -> None:
    plan = planned(some(certification("a", **more)), certifications="one")
    assert sat(plan) == ["b"]
    assert left(plan)["prep-a"][0] == code


@pytest.mark.parametrize("access", ["public", "beta-open", "registration-open"])
def test_what_can_be_booked_is(access: str) -> None:
    assert sat(planned(some(certification("a", access=access)), certifications="one")) == ["a"]


def test_what_is_held_is_not_sat_again() -> None:
    plan = planned(some(), certifications="one", holds=["a"])
    assert sat(plan) == ["b"] and left(plan)["prep-a"][0] == "exam-held"


def test_a_gate_opens_by_an_exam_that_is_held_or_planned_before() -> None:
    gated = certification("a", gates=Gates(text="first b", any_of=("b",)))
    assert sat(planned(some(gated), certifications="one", holds=["b"])) == ["a"]
    assert sat(planned(some(gated, add=("prep-b", "prep-a")), certifications="all")) == ["b", "a"]
    judged = certification("a", gates=Gates(text="two years of work"))
    assert left(planned(some(judged), certifications="all"))["prep-a"][0] == "exam-gated"


def test_a_retired_exam_names_the_whole_chain() -> None:
    chain = [
        certification("a", status="retired", replaced_by=("x",)),
        certification("x", status="retired", replaced_by=("y", "a")),
        certification("y"),
    ]
    plan = planned(some(*chain), certifications="one")
    assert left(plan)["prep-a"] == ("retired", "a", "x", "y")
    usual = planned(some(*chain, add=(), usual=("a",)))
    assert left(usual)["a"] == ("retired", "a", "x", "y")
    assert "a" not in left(planned(some(*chain, add=(), usual=("a",)), holds=["a"]))


def test_a_kept_exam_is_prepared_for_beside_the_number_asked_for() -> None:
    assert sat(planned(some(add=()), keep=["prep-b"])) == ["b"]
    assert sat(planned(some(), keep=["prep-b"], certifications="one")) == ["b"]
    assert left(planned(some(), certifications="one", skip=["prep-a"]))["prep-a"][0] == "skipped"


def test_exam_and_deployment_are_on_the_same_cloud() -> None:
    lines = LINES + CLOUD
    catalogue = some(add=("prep-c",), lines=lines, asks="deploy")
    chosen = whole(catalogue, certifications="one")
    assert chosen.chooser.cloud == "two" and "cloudier" in chosen.selection.modules
    assert "cloudy" in whole(catalogue).selection.modules


def test_a_head_start_shortens_the_preparation() -> None:
    better = certification(
        "a", head_starts=(HeadStart(holds="b", share=0.4, text="h"), HeadStart(holds="c", share=0.6, text="i"))
    )
    plan = planned(some(better, add=("prep-a",)), certifications="one", holds=["b"])
    assert plan.step("prep-a").hours == 4  # type: ignore[union-attr]
    assert plan.exams[0].head_start == "h"
    both = planned(some(better, add=("prep-a",)), certifications="one", holds=["b", "c"])
    assert both.step("prep-a").hours == 4  # type: ignore[union-attr]
    without = planned(some(better, add=("prep-a",)), certifications="one")
    assert without.step("prep-a").hours == 10 and not without.exams[0].head_start  # type: ignore[union-attr]


# --- the day, the fee, what comes after ------------------------------------------------------------------------------

FEES = (
    Fee(usd=50, until="2027-03-01", note="beta"),
    Fee(usd=120, until="2027-06-30"),
    Fee(usd=150),
)


@pytest.mark.parametrize(("day", "usd"), [("2027-03-01", 50), ("2027-03-02", 120), ("2027-07-01", 150)])
def test_the_fee_is_that_of_the_day(day: str, usd: float) -> None:
    cert = certification("a", fees=FEES)
    assert fee_on(cert, date.fromisoformat(day)) == (usd, "beta" if usd == 50 else "")
    assert fee_on(certification("a"), date.fromisoformat(day)) == (100, "")


def test_the_plan_costs_the_fee_of_the_day() -> None:
    def cost(start: str) -> float:
        return planned(some(certification("a", fees=FEES), add=("prep-a",)), certifications="one", start=start).cost_usd

    assert [cost(day) for day in ("2027-01-04", "2027-04-01", "2027-08-02")] == [50, 120, 150]


def test_an_exam_is_sat_on_a_day_when_it_is_held() -> None:
    cert = certification("a", weekdays=("tue", "thu"))
    days = {first_day(cert, MONDAY + timedelta(days=i), ()).weekday() for i in range(14)}
    assert days == {1, 3}
    assert first_day(cert, MONDAY, ()) == MONDAY + timedelta(days=1)


def test_no_exam_in_a_break_nor_before_it_exists() -> None:
    off = (Break(MONDAY, MONDAY + timedelta(days=8)), Break(MONDAY + timedelta(days=10), MONDAY + timedelta(days=20)))
    assert first_day(certification("a"), MONDAY, off) == MONDAY + timedelta(days=9)
    thursdays = certification("a", weekdays=("thu",))
    assert first_day(thursdays, MONDAY, off) == MONDAY + timedelta(days=24)
    opens = certification("a", available_from="2027-02-01")
    assert first_day(opens, MONDAY, ()) == date(2027, 2, 1)
    assert first_day(opens, date(2027, 3, 1), ()) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("ready", "sat"),
    [
        ("2027-12-24", "2028-01-03"),
        ("2028-01-17", "2028-01-18"),
        ("2027-02-15", "2027-02-16"),
        ("2027-05-31", "2027-06-01"),
        ("2027-06-19", "2027-06-21"),
        ("2028-07-04", "2028-07-05"),
        ("2027-09-06", "2027-09-07"),
        ("2027-10-11", "2027-10-12"),
        ("2027-11-11", "2027-11-12"),
        ("2027-11-25", "2027-11-26"),
        ("2027-05-08", "2027-05-08"),
    ],
)
def test_no_exam_on_a_public_holiday_nor_around_the_new_year(ready: str, sat: str) -> None:
    cert = certification("a", weekdays=("mon", "tue", "wed", "thu", "fri", "sat"))
    assert first_day(cert, date.fromisoformat(ready), ()) == date.fromisoformat(sat)


def test_preparation_that_ends_on_a_holiday_keeps_the_deadline() -> None:
    made = {"certifications": "one", "start": "2027-12-20", "confidence": 50, "hours_per_week": 20}
    (free,) = planned(some(add=("prep-a",)), **made).exams
    (bound,) = planned(some(add=("prep-a",)), **made, deadline="2027-12-31").exams
    assert free.exam_on == date(2028, 1, 2)
    assert bound.exam_on <= date(2027, 12, 31)


def test_a_booking_knows_its_retake_and_when_to_look_again() -> None:
    cert = certification("a", retake=Retake(days=30, text="after a month", fee_usd=80), validity_months=12)
    plan = planned(some(cert, add=("prep-a",)), certifications="one")
    (exam,) = plan.exams
    assert exam.retake_on == exam.exam_on + timedelta(days=30)
    assert MONDAY <= (exam.recheck_on or MONDAY) <= exam.exam_on
    assert exam.expires_on == exam.exam_on.replace(year=2028)
    assert exam.gate
    rows = {row.item: (row.low_usd, row.high_usd) for row in plan.answer.money}
    assert rows == {"<money-exam>": (100, 100), "<money-retake>": (0, 80)}


def test_an_exam_beyond_the_budget_is_left_out_and_one_within_is_not() -> None:
    poor = planned(some(), certifications="one", budget_usd=99)
    assert (poor.status, sat(poor)) == ("reduced", [])
    assert left(poor)["prep-a"][0] == "budget"
    assert {o.change: o.value for o in poor.options} == {"budget_usd": "100", "certifications": "none"}
    assert sat(planned(some(), certifications="one", budget_usd=100)) == ["a"]


def test_a_voucher_of_one_exam_makes_room_for_the_next() -> None:
    known = some(certification("a", next_share=0.5), certification("b", next_share=0.5))
    assert sat(planned(known, certifications="all", budget_usd=150)) == ["a", "b"]
    assert sat(planned(known, certifications="all", budget_usd=149)) == ["a"]
    assert planned(known, certifications="all").cost_usd == 150


def test_a_rule_sends_the_move_ahead_of_the_exam() -> None:
    lines = LINES + "letters 8h search\n"
    first = Rule(id="ahead", when=Condition(), then=Effect(search_first=True), because="So.", source="us")
    exams = Rule(id="exams", when=Condition(), then=Effect(add=("prep-a",)), because="So.", source="us")
    known = [certification("a"), certification("b"), certification("c")]
    plans = [
        planned(
            tiny(lines, core="calls", move="letters", act_after="calls", extra=Extra(rules=rules, exams=known)),
            certifications="one",
        )
        for rules in ([exams], [exams, first])
    ]
    later, sooner = [(p.answer.act_from, p.exams[0].exam_on) for p in plans]
    assert later[0] >= later[1] and sooner[0] < sooner[1] and sooner[0] < later[0]


def test_a_rule_lets_the_move_begin_after_other_steps_and_leaves_the_end_what_it_is() -> None:
    lines = "calls 10h teaches calls\nscores 20h needs calls teaches scores\nletters 8h search\n"
    sooner = Rule(id="sooner", when=Condition(), then=Effect(act_after=("calls",)), because="So.", source="us")
    plans = [
        planned(tiny(lines, core="calls scores", move="letters", act_after="scores", extra=Extra(rules=rules)))
        for rules in ([], [sooner])
    ]
    late, early = (p.answer for p in plans)
    assert (early.outcome, early.hours_buy) == (late.outcome, late.hours_buy)
    assert plans[1].steps[0].finish < early.act_from < plans[1].finish
    assert plans[0].steps[1].finish < late.act_from


def test_an_exam_that_opens_after_the_deadline_is_left_out() -> None:
    cert = certification("a", available_from="2027-06-01")
    plan = planned(some(cert, add=("prep-a",)), certifications="one", deadline="2027-05-31", confidence=50)
    assert (plan.status, sat(plan)) == ("reduced", [])
    assert ("deadline", "2027-06-01") in [(o.change, o.value) for o in plan.options]


def test_what_an_exam_needs_is_met_by_what_the_plan_wants_anyway_and_not_by_what_only_fills_time() -> None:
    lines = "calls 10h teaches calls\nmore 10h teaches deploy=2\nhost 10h teaches deploy=1\n"
    lines += "prep-a 10h certify certification=a needs deploy=1\n"
    known = some(lines=lines, add=("prep-a",), focus="host", asks="calls deploy=2")
    assert steps(planned(known, certifications="one")) == "calls host prep-a"
