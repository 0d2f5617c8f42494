"""Ways out: each option that a plan prints is applied to the answers, and does what it says; one step less does not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.plan import Option, Plan
from roadmap.model.profile import LAST_DAY, make_profile
from roadmap.planning.make import make_plan
from roadmap.render.wording import Words
from tests.builders import TODAY, plan_for, real_catalogue, wishes
from tests.test_answer import small
from tests.tiny import MONDAY
from tests.tiny import planned as tiny_plan

CATALOGUE = real_catalogue()
LIMITED = wishes(CATALOGUE, limits=True)


@st.composite
def pressed(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody with little time and mostly little money, for whom hardly ever everything fits."""
    someone: dict[str, Any] = draw(LIMITED)
    deadline = someone["start"] + timedelta(days=draw(st.integers(1, 400)))
    tight = {**someone, "deadline": deadline, "budget_usd": draw(st.sampled_from([None, 0, 50, 99.5, 165]))}
    return tight if make_profile(tight, CATALOGUE, TODAY)[0] else someone


def parts(option: Option) -> dict[str, str]:
    return dict(zip(option.change.split(" and "), option.value.split(" and "), strict=True))


def planned(answers: dict[str, Any]) -> Plan | None:
    profile, _ = make_profile(answers, CATALOGUE, TODAY)
    return make_plan(CATALOGUE, profile, TODAY) if profile else None


def smaller(someone: dict[str, Any], changes: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The same option with each of its parts one step smaller, where that is a change at all."""
    for key, value in changes.items():
        if key == "hours_per_week" and float(value) - 1 > someone["hours_per_week"]:
            yield {**changes, key: float(value) - 1}
        if key == "deadline" and "hours_per_week" not in changes:
            earlier = date.fromisoformat(value) - timedelta(days=1)
            if earlier > someone["deadline"]:
                yield {**changes, key: earlier}
        if key == "budget_usd":
            yield {**changes, key: round(float(value) - 0.01, 2)}


def better(after: Plan, before: Plan) -> bool:
    """Whether the wish is met where it was not, or the whole of it where only a part was."""
    wanted = ("reduced", "feasible") if before.status == "infeasible" else ("feasible",)
    return after.status in wanted


def sure(plan: Plan) -> bool:
    """Whether the deadline holds as asked for; what an outcome cannot do without is planned at even odds already."""
    ends = {50: plan.finish, 80: plan.finish_p80, 95: plan.finish_p95}
    return plan.profile.deadline is None or ends[plan.profile.confidence] <= plan.profile.deadline


@given(pressed())
def test_every_option_makes_the_plan_whole_on_the_day_it_says_and_nothing_smaller_does(
    someone: dict[str, Any],
) -> None:
    before = planned(someone)
    assert before is not None and bool(before.options) == (before.status != "feasible")
    assert len({o.change for o in before.options}) == len(before.options)
    for option in before.options:
        changes = parts(option)
        after = planned({**someone, **changes})
        assert after is not None, option
        assert after.finish == option.finish, option
        assert better(after, before), option
        for less in smaller(someone, changes):
            short = planned({**someone, **less})
            assert short is None or not better(short, before) or not sure(short), (option, less)


@given(pressed())
def test_two_changes_are_offered_only_where_one_does_not_do(someone: dict[str, Any]) -> None:
    plan = planned(someone)
    assert plan is not None and len({len(parts(o)) > 1 for o in plan.options}) <= 1
    for option in (o for o in plan.options if len(parts(o)) > 1):
        for key, value in parts(option).items():
            alone = planned({**someone, key: value})
            assert alone is None or not better(alone, plan)


@pytest.mark.parametrize(("days", "hours"), [(52, "12"), (55, "11"), (58, "11")])
def test_the_fewest_whole_hours_and_the_first_day_that_do_are_offered(days: int, hours: str) -> None:
    """All of it takes 85 hours; without a deadline it ends on 4 March."""
    plan = tiny_plan(small(), deadline=MONDAY + timedelta(days=days))
    assert [(o.change, o.value) for o in plan.options] == [("hours_per_week", hours), ("deadline", "2027-03-04")]


def test_more_time_and_more_money_or_no_exam() -> None:
    plan = plan_for(CATALOGUE, deadline="2027-11-01", budget_usd=100, certifications="one", cloud="azure")
    assert plan.status == "reduced"
    assert [o.change for o in plan.options] == [
        "hours_per_week and budget_usd",
        "deadline and budget_usd",
        "hours_per_week and certifications",
        "deadline and certifications",
    ]


def test_less_certainty_is_an_option_too() -> None:
    sure = plan_for(CATALOGUE, deadline="2027-12-31", confidence=95)
    found = {o.change: o.value for o in sure.options}
    assert found["confidence"] in ("50", "80")
    assert "odds" in " ".join(Words(CATALOGUE).option(o) for o in sure.options)


def test_no_option_takes_away_what_somebody_keeps() -> None:
    tight: dict[str, Any] = {"deadline": "2027-06-01", "budget_usd": 0}
    exam = plan_for(CATALOGUE, keep=["cert-ai-103"], **tight)
    field = plan_for(CATALOGUE, keep=["healthcare-system"], domain="healthcare", certifications="none", **tight)
    assert exam.options and not any("certifications" in o.change for o in exam.options)
    assert field.options and not any("domain" in o.change for o in field.options)


def test_a_wish_out_of_reach_is_offered_with_more_hours_or_days_and_no_field_given_up_in_vain() -> None:
    plan = plan_for(CATALOGUE, hours_per_week=4, deadline=TODAY + timedelta(days=120))
    assert plan.status == "infeasible"
    assert {o.change for o in plan.options} >= {"hours_per_week", "deadline"}
    for option in plan.options:
        after = planned({"role": "swe", "hours_per_week": 4, "deadline": TODAY + timedelta(days=120), **parts(option)})
        assert after is not None and after.answer.outcome.id == after.answer.wished.id


def test_where_no_day_of_the_calendar_is_enough_more_hours_come_with_a_day() -> None:
    shape = "tue=1,thu=1,buffer=20"
    plan = plan_for(CATALOGUE, role="new", level="senior", hours_per_week=1, deadline="2027-03-01", availability=shape)
    assert plan.status == "infeasible" and plan.options
    for option in plan.options:
        if "deadline" in parts(option):
            assert date.fromisoformat(parts(option)["deadline"]) <= LAST_DAY


@pytest.mark.parametrize(
    ("change", "value", "said"),
    [
        ("hours_per_week", "12", "12 hours a week: done by 1 May 2027."),
        ("deadline", "2027-05-01", "A deadline of 1 May 2027."),
        ("deadline", "2027-06-01", "A deadline of 1 June 2027: done by 1 May 2027."),
        ("budget_usd", "165.5", "A budget of 165.5 USD: done by 1 May 2027."),
        ("certifications", "none", "No exam: done by 1 May 2027."),
        ("domain", "none", "Without your field: done by 1 May 2027."),
        ("confidence", "80", "A deadline that holds with odds of 4 in 5: done by 1 May 2027."),
        (
            "hours_per_week and budget_usd",
            "12 and 165",
            "12 hours a week and a budget of 165 USD: done by 1 May 2027.",
        ),
    ],
)
def test_options_in_words(change: str, value: str, said: str) -> None:
    assert Words(CATALOGUE).option(Option(change, value, date(2027, 5, 1))) == said


@given(pressed())
def test_what_is_left_out_says_what_it_would_cost_to_bring_back(someone: dict[str, Any]) -> None:
    plan = planned(someone)
    assert plan is not None
    limited = [x for x in plan.left_out if x.reason.code in ("deadline", "budget")]
    worths = [x.worth for x in limited]
    assert worths == sorted(worths, reverse=True)
    words = Words(CATALOGUE)
    for one in limited:
        needed, cost = (float(a) for a in one.reason.args)
        assert needed >= one.hours > 0 and cost >= 0
        assert f"{cost:g} USD" in words.reason(one) or not cost
