"""Reduced plans of the real catalogue are the best there are, says a solver that shares no code with ours."""

import os
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.planning import optimise
from roadmap.planning.optimise import Holds, Item
from tests.builders import TODAY, plan_for
from tests.test_optimise import feasible, judged, worth

Problem = tuple[Sequence[Item], Sequence[int], int | None, int | None]

PEOPLE = int(os.environ.get("ROADMAP_ORACLE", "24"))


def someone(catalogue: Catalogue, seed: int) -> dict[str, Any]:
    """Answers with a deadline or a budget that are too small for everything."""
    draw = random.Random(seed)
    tight: dict[str, Any] = {"deadline": TODAY + timedelta(days=draw.randint(60, 260))}
    if draw.random() < 0.4:
        tight["budget_usd"] = draw.choice([0, 100, 165, 400])
    if draw.random() < 0.25:
        tight["confidence"] = draw.choice([80, 95])
    return {
        "role": draw.choice([r.id for r in catalogue.roles.values() if r.start]),
        "level": draw.choice(["entry", "mid", "senior"]),
        "hours_per_week": draw.choice([5, 10, 15, 20, 30]),
        "domain": draw.choice(["none", *catalogue.specialisations]),
        "cloud": draw.choice(list(catalogue.clouds)),
        "certifications": draw.choice(["none", "one", "all"]),
        "skills": {s: draw.randint(0, 3) for s in draw.sample(list(catalogue.skills), 8)},
        **tight,
    }


@pytest.mark.parametrize("seed", range(PEOPLE))
def test_what_is_kept_is_the_best_set_that_fits(
    catalogue: Catalogue, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Problem, Holds | None, frozenset[int] | None]] = []
    ours = optimise.best

    def watched(
        items: Sequence[Item],
        weights: Sequence[int],
        capacity: int | None,
        budget: int | None,
        holds: Holds | None = None,
    ) -> frozenset[int] | None:
        problem = items, weights, capacity, budget
        asked.append((problem, holds, ours(*problem, holds)))
        return asked[-1][-1]

    monkeypatch.setattr(optimise, "best", watched)
    plan = plan_for(catalogue, TODAY, **someone(catalogue, seed))
    assert bool(asked) == (plan.status != "feasible")
    for (items, weights, capacity, budget), holds, kept in asked:
        if kept is None:
            assert plan.status == "infeasible"
            continue
        assert feasible(items, kept, capacity, budget)
        assert holds is None or holds(kept)
        low, high = judged(items, weights, capacity, budget, holds, ordered=True)
        assert low <= worth(items, weights, kept) <= high
