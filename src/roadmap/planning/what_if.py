"""One answer changed: the plan that follows from it, and what is different from the plan before."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Tried
from roadmap.model.plan import Plan
from roadmap.model.profile import Profile, implied
from roadmap.planning.make import make_plan


def changed(catalogue: Catalogue, profile: Profile, change: Change) -> Profile:
    """The profile with one answer replaced; own skill levels are laid over those it had."""
    answers: dict[str, Any] = {change.key: change.value}
    if change.key == "skills" and isinstance(change.value, Mapping):
        have = {**implied(profile.have, change.value, catalogue), **change.value}
        answers["skills"] = {**profile.skills, **change.value}
        answers["have"] = {s: have[s] for s in catalogue.skills if have.get(s, 0)}
    if change.key == "keep" and isinstance(change.value, tuple):
        # Nothing can be kept and skipped at once: the newer wish counts.
        answers["skip"] = tuple(m for m in profile.skip if m not in change.value)
    return replace(profile, **answers)


def compared(base: Plan, change: Change, plan: Plan) -> Tried:
    """What a changed answer does to a plan."""
    before, after = [s.id for s in base.steps], [s.id for s in plan.steps]
    return Tried(
        change=change,
        plan=plan,
        days=(plan.finish - base.finish).days,
        weeks=len(plan.weeks) - len(base.weeks),
        hours=plan.hours - base.hours,
        cost_usd=plan.cost_usd - base.cost_usd,
        coverage=plan.coverage_after - base.coverage_after,
        readiness=plan.readiness_after - base.readiness_after,
        joined=tuple(s for s in after if s not in before),
        gone=tuple(s for s in before if s not in after),
    )


def what_if(
    catalogue: Catalogue, base: Profile, others: Iterable[tuple[Change, Profile]], today: date
) -> tuple[Plan, list[Tried]]:
    """The plan of a person, and one beside it for each changed answer, in the order given."""
    plan = make_plan(catalogue, base, today)
    return plan, [compared(plan, change, make_plan(catalogue, profile, today)) for change, profile in others]


def one_after_the_other(
    catalogue: Catalogue, base: Profile, others: Iterable[tuple[Change, Profile]], today: date
) -> list[Tried]:
    """What each of several changes does when it is made after those before it: each beside the plan before."""
    plan = make_plan(catalogue, base, today)
    outcomes = []
    for change, person in others:
        outcomes.append(compared(plan, change, make_plan(catalogue, person, today)))
        plan = outcomes[-1].plan
    return outcomes
