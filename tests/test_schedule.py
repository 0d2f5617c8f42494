"""Weeks as people have them, and forecasts that agree with simulation."""

import random
from datetime import date, timedelta
from math import exp, log, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.catalogue import Catalogue, Hours, Pace
from roadmap.model.plan import Plan
from roadmap.planning.forecast import Z, quantile, spread
from roadmap.planning.schedule import Calendar
from tests.builders import person, plan_for

MONDAY = date(2027, 1, 4)


def capacity(plan: Plan, monday: date) -> float:
    return next(w.capacity for w in plan.weeks if w.start == monday)


def test_a_range_has_its_own_hours_and_the_others_the_usual(catalogue: Catalogue) -> None:
    ranges = [{"from": "2027-02-01", "to": "2027-02-14", "hours_per_week": 20}]
    plan = plan_for(catalogue, role="swe", start="2027-01-04", hours_per_week=10, availability={"ranges": ranges})
    assert capacity(plan, date(2027, 1, 25)) == 10
    assert capacity(plan, date(2027, 2, 1)) == capacity(plan, date(2027, 2, 8)) == 20
    assert capacity(plan, date(2027, 2, 15)) == 10


def test_a_lighter_period_is_a_break_with_hours(catalogue: Catalogue) -> None:
    breaks = [
        {"from": "2027-02-01", "to": "2027-02-14", "hours_per_week": 4},
        {"from": "2027-03-01", "to": "2027-03-07"},
    ]
    plan = plan_for(catalogue, role="swe", start="2027-01-04", hours_per_week=10, breaks=breaks)
    flag = plan_for(catalogue, role="swe", start="2027-01-04", breaks="2027-02-01..2027-02-14=4,2027-03-01..2027-03-07")
    assert plan == flag
    assert capacity(plan, date(2027, 2, 8)) == 4
    assert capacity(plan, date(2027, 3, 1)) == 0
    assert len(plan.profile.breaks) == 1


def test_weekdays_carry_the_week(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="swe", start="2027-01-04", hours_per_week=8, availability="tue=2,sat=6")
    assert plan.steps[0].start == date(2027, 1, 5)
    assert {s.finish.weekday() for s in plan.steps} <= {1, 5}
    assert capacity(plan, MONDAY) == 8
    late = plan_for(catalogue, role="swe", start="2027-01-06", hours_per_week=8, availability="tue=2,sat=6")
    assert capacity(late, MONDAY) == 6


def test_every_so_often_a_week_rests(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="swe", start="2027-01-04", availability={"rest_every": 4})
    resting = [w.start for w in plan.weeks if not w.capacity]
    assert resting[:2] == [date(2027, 1, 25), date(2027, 2, 22)]
    assert all(not w.items for w in plan.weeks if not w.capacity)


def test_a_buffer_is_kept_free(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="swe", start="2027-01-04", hours_per_week=10, availability={"buffer_percent": 20})
    assert capacity(plan, MONDAY) == 8
    assert plan.finish > plan_for(catalogue, role="swe", start="2027-01-04").finish


def test_review_names_what_was_learnt_one_three_and_eight_weeks_before(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="swe", start="2027-01-04", review=True)
    assert capacity(plan, MONDAY) < 10
    finished = {s.id: s.finish - timedelta(days=s.finish.weekday()) for s in plan.steps}
    named = [(w.start - finished[id_]).days // 7 for w in plan.weeks for id_ in w.reviews]
    assert named and set(named) <= {1, 3, 8}


def test_recall_waits_for_a_week_with_hours(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="new", start="2027-01-04", review=True, availability="rest=4")
    off = [w for w in plan.weeks if not w.capacity]
    assert off and not any(w.reviews for w in off)
    finished = {s.id: s.finish - timedelta(days=s.finish.weekday()) for s in plan.steps}
    waits = {(w.start - finished[id_]).days // 7 for w in plan.weeks for id_ in w.reviews}
    assert waits <= {1, 2, 3, 4, 8, 9} and {2, 4, 9} & waits


@given(st.data())
def test_counting_runs_of_weeks_agrees_with_counting_weeks(catalogue: Catalogue, data: st.DataObject) -> None:
    start = MONDAY + timedelta(days=data.draw(st.integers(0, 20)))
    breaks = [
        {"from": start + timedelta(days=a), "to": start + timedelta(days=a + b)}
        for a, b in data.draw(st.lists(st.tuples(st.integers(-5, 200), st.integers(0, 30)), max_size=3))
    ]
    shape = data.draw(
        st.sampled_from([None, "mon=2,sat=6", "rest=3", "buffer=15", f"{start}..{start + timedelta(40)}=3"])
    )
    someone = person(
        catalogue, start=start, breaks=breaks, availability=shape, hours_per_week=data.draw(st.integers(1, 40))
    )
    quarters = data.draw(st.integers(1, 2000))
    done = 0
    for monday, week in Calendar(someone).weeks():
        if done + week.capacity >= quarters:
            expected = monday + timedelta(days=week.ends[quarters - done])
            break
        done += week.capacity
    assert Calendar(someone).day_reached(quarters) == expected
    assert Calendar(someone).capacity_until(expected) >= quarters
    assert Calendar(someone).capacity_until(expected - timedelta(days=1)) < quarters


RANGES = [(6, 9, 15), (10, 16, 26), (25, 40, 60), (4, 6, 12), (13, 20, 34), (8, 12, 22), (20, 45, 80)]
ESTIMATES = [(Hours(low=a, likely=b, high=c, origin="judgement", basis="x", source="x"), 1.0) for a, b, c in RANGES]


@pytest.mark.parametrize("confidence", [50, 80, 95])
def test_forecasts_agree_with_simulation(confidence: int) -> None:
    """The closed form lies within one percent of the quantile of 200,000 simulated plans."""
    pace = Pace(median=1.25, p80=1.65, because="x", source="x")
    planned = sum(round(h.likely * pace.median * 4) for h, _ in ESTIMATES)
    common = log(pace.p80 / pace.median) / Z[80]
    draw = random.Random(7)
    totals = []
    for _ in range(200_000):
        scatter = 0.0
        for hours, _ in ESTIMATES:
            relative = (hours.high - hours.low) / 6 / hours.likely
            width = sqrt(log(1 + relative**2))
            scatter += hours.likely * exp(draw.gauss(-width * width / 2, width))
        totals.append(4 * pace.median * exp(draw.gauss(0, common)) * scatter)
    totals.sort()
    simulated = totals[int(len(totals) * confidence / 100)]
    closed = quantile(planned, spread(ESTIMATES, pace), confidence)
    assert abs(closed / simulated - 1) < 0.01


@pytest.mark.parametrize(("confidence", "deadline"), [(80, "2027-12-10"), (95, "2027-12-25")])
def test_a_deadline_can_be_asked_to_hold(catalogue: Catalogue, confidence: int, deadline: str) -> None:
    base: dict[str, Any] = {"role": "swe", "start": "2027-01-04", "deadline": deadline}
    sure = plan_for(catalogue, **base, confidence=confidence)
    even = plan_for(catalogue, **base, confidence=50)
    assert {80: sure.finish_p80, 95: sure.finish_p95}[confidence] <= date.fromisoformat(deadline)
    assert sure.worth < even.worth
    assert (sure.status, even.status) == ("reduced", "feasible")
    assert "confidence" in {o.change for o in sure.options}


def test_coverage_can_be_counted_over_some_postings_only(catalogue: Catalogue) -> None:
    whole = plan_for(catalogue, role="swe")
    senior = plan_for(catalogue, role="swe", postings=["senior", "US"])
    assert 0 < senior.postings < whole.postings == 1397
    assert senior.coverage_before != whole.coverage_before
