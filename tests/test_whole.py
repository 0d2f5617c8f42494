"""What is worked out once for many people is right for each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.render.json import render_json
from tests.builders import TODAY, plan_for

SOMEONE: dict[str, Any] = {"role": "swe", "domain": "healthcare", "certifications": "one", "cloud": "azure"}


def others(catalogue: Catalogue) -> Iterator[Mapping[str, Any]]:
    """Somebody with one answer changed, for every answer there is."""
    plan = plan_for(catalogue, **SOMEONE)
    step = next(s for s in plan.steps if s.module.kind == "learn")
    exam = plan.exams[0].certification.id
    yield {"role": "data-scientist"}
    yield {"level": "senior"}
    yield {"level": "entry"}
    yield {"name": "Ada", "goals": ["agents"]}
    yield from ({"hours_per_week": hours} for hours in (2, 30))
    yield {"start": TODAY + timedelta(days=40)}
    yield {"deadline": TODAY + timedelta(days=120)}
    yield from ({"budget_usd": dollars} for dollars in (0, 100, 5000))
    yield {"cloud": "gcp"}
    yield {"domain": "none"}
    yield from ({"certifications": number} for number in ("none", "all"))
    yield {"holds": [exam]}
    yield {"holds": ["AI-102"]}
    yield {"skills": dict(step.teaches)}
    yield {"breaks": [{"from": TODAY, "to": TODAY + timedelta(days=30)}]}
    yield {"keep": [next(x.id for x in plan.left_out if x.id in catalogue.modules)]}
    yield {"skip": [step.id]}
    yield {"availability": {"rest_every": 3}}
    yield {"review": True}
    yield {"deadline": TODAY + timedelta(days=200), "confidence": 95}
    yield {"postings": ["senior"]}


def test_nobody_changes_the_plan_of_another(catalogue: Catalogue) -> None:
    """After a plan of somebody who differs in one answer, a plan is what a catalogue without a past makes of it."""
    for change in others(catalogue):
        shared, alone = replace(catalogue), replace(catalogue)
        for _ in range(2):
            plan_for(shared, **SOMEONE)
        assert shared.memo["draft"]
        answers = {**SOMEONE, **change}
        known, fresh = (render_json(plan_for(c, **answers), c) for c in (shared, alone))
        assert known == fresh, change
        assert plan_for(shared, **SOMEONE) == plan_for(alone, **SOMEONE), change


def test_only_so_much_is_kept(catalogue: Catalogue) -> None:
    own = replace(catalogue)
    made = [own.once("squares", n % 4, partial(pow, n, 2), most=3) for n in range(9)]
    assert made == [0, 1, 4, 9, 16, 25, 36, 49, 64]
    assert own.once("squares", 0, lambda: -1, most=3) == 64
    assert len(own.memo["squares"]) == 3
