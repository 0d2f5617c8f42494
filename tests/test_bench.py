"""What the benchmark plans and judges with is right: grown catalogues, limits, and when two optima agree."""

from collections.abc import Callable

import pytest
from scripts.bench.batches import BYTES, DATES, MADE, WHOLE, WHOLE_BYTES
from scripts.bench.figures import Figure, ratio
from scripts.bench.growth import longer, wider
from scripts.bench.sizing import sizing
from scripts.bench.solver import Problem, agreed

from roadmap.loading.checks import CHECKS
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.planning.optimise import Item
from tests.builders import plan_for

# Beside the real one stand copies of skills that postings alone name, and no copies of postings.
GROWN: list[tuple[Callable[[Catalogue, int], Catalogue], set[str]]] = [(longer, set()), (wider, {"unneeded_skill"})]


@pytest.mark.parametrize(("grow", "known"), GROWN)
def test_a_grown_catalogue_is_as_right_as_the_real_one(
    catalogue: Catalogue, grow: Callable[[Catalogue, int], Catalogue], known: set[str]
) -> None:
    found = grow(catalogue, 3)
    assert len(found.modules) == 3 * len(catalogue.modules)
    assert len(found.skills) == 3 * len(catalogue.skills)
    wrong = {check.__name__ for check in CHECKS if any(finding.severity != "warning" for finding in check(found))}
    assert wrong == known


def needs_are_met_in_time(plan: Plan) -> bool:
    for step in plan.steps:
        before = [s for s in plan.steps if s.id != step.id and s.finish <= step.start]
        held = [plan.profile.have, *(s.module.teaches for s in before)]
        if any(max(h.get(skill, 0) for h in held) < level for skill, level in step.module.needs.items()):
            return False
    return True


def test_a_plan_of_ten_times_the_catalogue_has_ten_times_the_steps_and_holds(catalogue: Catalogue) -> None:
    one, ten = (
        plan_for(longer(catalogue, n), certifications="none", level="entry", hours_per_week=60) for n in (1, 10)
    )
    assert len(ten.steps) == 10 * len(one.steps)
    assert needs_are_met_in_time(ten)
    assert sum(item.hours for week in ten.weeks for item in week.items) == ten.hours
    assert (ten.coverage_after, ten.readiness_after) == pytest.approx((one.coverage_after, one.readiness_after))


def test_a_plan_beside_copies_of_the_catalogue_is_the_same(catalogue: Catalogue) -> None:
    alone, beside = (plan_for(c, budget_usd=100, deadline="2027-06-01") for c in (catalogue, wider(catalogue, 3)))
    assert [(s.id, s.start, s.finish) for s in beside.steps] == [(s.id, s.start, s.finish) for s in alone.steps]
    assert (beside.worth, beside.left_out) == (alone.worth, alone.left_out)


def test_a_limit_is_met_or_not() -> None:
    assert Figure("", "", 1.3, most=1.3).met
    assert not Figure("", "", 1.31, most=1.3).met
    assert not Figure("", "", 1.79, least=1.8).met
    assert Figure("a", "b", 1.8, least=1.8).row() == "| a | b | 1.8 | at least 1.8 | ok |"
    assert Figure("a", "b", 1234.0, "us", most=500).row() == "| a | b | 1,234 us | at most 500 us | **NOT MET** |"


def test_sizes_follow_from_what_was_measured() -> None:
    values = {
        DATES: 1000,
        WHOLE: 100,
        WHOLE_BYTES: 120_000,
        BYTES: 4_400,
        MADE[".jsonl.gz"]: 340,
        MADE[".parquet"]: 150,
    }
    text = sizing([Figure(what, "", value) for what, value in values.items()])
    assert "| 1,000,000 | 0.28 | 8.3 minutes | 16 seconds | 4.4 GB | 340 MB | 150 MB |" in text
    assert "| 100,000,000 | 28 | 14 hours | 26 minutes | 440 GB | 34 GB | 15 GB |" in text
    assert "take 2.8 core hours and 120 GB" in text


def test_a_ratio_is_taken_pair_by_pair() -> None:
    assert ratio([2, 20, 6], [1, 10, 2]) == 2


def test_optima_agree_only_when_ours_fits_and_is_as_good() -> None:
    small, large = Item(1, 0, 5, (), ()), Item(2, 0, 7, (), ())
    problem = Problem([small, large], [], 2, None)
    assert agreed(problem, frozenset({1}), 7, 7)
    assert not agreed(problem, frozenset({0}), 7, 7)
    assert not agreed(problem, frozenset({0, 1}), 12, 12)
    assert not agreed(problem, None, 7, 7)
    assert agreed(Problem([Item(3, 0, 5, (), (), must=True)], [], 2, None), None, 0, 0)
