"""The dates of a forecast against simulated plans: real people, uneven weeks, steps that scatter by their ranges."""

from datetime import date, timedelta
from math import log
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.planning.forecast import Z
from roadmap.planning.schedule import Calendar
from tests.builders import plan_for

DRAWS = 60_000
PEOPLE: list[dict[str, Any]] = [
    {"role": "swe"},
    {"role": "data-scientist", "hours_per_week": 6, "availability": "tue=2,sat=4,rest=6,buffer=10", "review": True},
    {"role": "new", "level": "entry", "breaks": [{"from": "2027-07-01", "to": "2027-08-31"}]},
]


def beta_pert(draw: np.random.Generator, low: float, mean: float, high: float, count: int) -> NDArray[np.float64]:
    """Draws from low to high about a mean, with the standard deviation of a sixth of the range."""
    share = min(max((mean - low) / (high - low), 0.05), 0.95)
    size = share * (1 - share) * 36 - 1
    return low + (high - low) * draw.beta(share * size, (1 - share) * size, count)


def simulated(plan: Plan, catalogue: Catalogue) -> list[float]:
    """Quarter hours of the whole plan in many lives, in order: one pace for all steps, and each step's own scatter."""
    pace = catalogue.pace
    common = log(pace.p80 / pace.median) / Z[80]
    draw = np.random.default_rng(20261122)
    hours = np.zeros(DRAWS)
    for step in plan.steps:
        known = step.module.hours
        one = beta_pert(draw, known.low, known.likely, known.high, DRAWS) if known.high > known.low else known.likely
        hours += one * (step.hours / known.likely)
    return sorted((4 * hours * np.exp(draw.normal(0, common, DRAWS))).tolist())


@pytest.mark.parametrize("someone", PEOPLE, ids=lambda p: str(p["role"]))
def test_dates_lie_within_one_percent_of_those_of_simulated_plans(
    catalogue: Catalogue, someone: dict[str, Any]
) -> None:
    plan = plan_for(catalogue, start="2026-12-01", certifications="none", **someone)
    totals = simulated(plan, catalogue)
    calendar = Calendar(plan.profile)
    for confidence, said in ((50, plan.finish), (80, plan.finish_p80), (95, plan.finish_p95)):
        day = calendar.day_reached(round(totals[DRAWS * confidence // 100]))
        length = (day - plan.start).days
        # Weeks have days without study: a date is as exact as they let it be.
        assert abs((said - day).days) <= max(0.01 * length, 4), (confidence, said, day)


def test_the_simulation_scatters_as_the_ranges_say() -> None:
    drawn = beta_pert(np.random.default_rng(1), 6, 10, 18, 20_000)
    assert abs(drawn.mean() - 10) < 0.05 and abs(drawn.std() - 2) < 0.05


def test_dates_move_with_the_weeks_a_person_has(catalogue: Catalogue) -> None:
    plain = plan_for(catalogue, start="2026-12-01")
    away = plan_for(catalogue, start="2026-12-01", breaks=[{"from": "2027-12-06", "to": "2027-12-31"}])
    assert plain.finish == away.finish
    assert timedelta(0) < away.finish_p80 - plain.finish_p80 <= timedelta(days=31)
    assert away.finish_p80 > date(2027, 12, 31)
