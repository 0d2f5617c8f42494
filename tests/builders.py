"""Profiles for tests: single ones from keywords, and arbitrary ones for properties."""

import os
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from roadmap.loading.load import load_catalogue
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.profile import Profile, make_profile
from roadmap.planning.make import make_plan
from roadmap.planning.route import ending_of
from roadmap.planning.rules import apply_rules
from roadmap.planning.whole import Since, Whole, draw_up

TODAY = date(2026, 11, 22)


@cache
def real_catalogue() -> Catalogue:
    """The catalogue of the project, read once for all tests of a process: they only look."""
    found, problems = load_catalogue()
    assert found is not None, problems
    return found


def few(count: int) -> settings:
    """So many examples in the suite, where one takes long; in a long run as many as of everything else."""
    return settings() if os.environ.get("ROADMAP_HYPOTHESIS") else settings(max_examples=count)


def person(catalogue: Catalogue, today: date = TODAY, **answers: object) -> Profile:
    """A profile from answers that must be right."""
    made, faults = make_profile({"role": "swe", **answers}, catalogue, today)
    assert made is not None, faults
    return made


def plan_for(catalogue: Catalogue, today: date = TODAY, **answers: object) -> Plan:
    """The plan of somebody with these answers."""
    return make_plan(catalogue, person(catalogue, today, **answers), today)


def figures_for(catalogue: Catalogue, today: date = TODAY, **answers: object) -> Plan:
    """The same plan in its figures alone: without its sentences, which take most of the time, and without ways out."""
    return make_plan(catalogue, person(catalogue, today, **answers), today, options=False, words=False)


def whole_of(catalogue: Catalogue, plan: Plan) -> Whole:
    """Everything that the outcome of a plan takes, before limits."""
    counted = catalogue.counting(plan.profile.postings)
    ending, rules = ending_of(catalogue, plan), apply_rules(counted, plan.profile)
    return draw_up(counted, plan.profile, plan.path, ending, rules, Since(counted.pace))


def tier_worths(catalogue: Catalogue, plan: Plan) -> list[float]:
    """What is kept of a plan's outcome is worth, tier by tier: core; core and move; with focus; with all."""
    draft = whole_of(catalogue, plan).draft
    kept: list[str] = []
    out = []
    for tier in ("core", "move", "focus", "breadth"):
        kept += [s.id for s in plan.steps if s.tier == tier]
        out.append(draft.worth_of(kept))
    return out


@st.composite
def days(draw: st.DrawFn, first: date = date(2026, 1, 1), last: date = date(2032, 12, 31)) -> date:
    return draw(st.dates(first, last))


@st.composite
def answers(draw: st.DrawFn, catalogue: Catalogue, *, limits: bool = False) -> dict[str, Any]:
    """Arbitrary answers that a person could give; with `limits` also a deadline and a budget."""
    start = draw(days())
    skills = draw(
        st.dictionaries(
            st.sampled_from(list(catalogue.skills)), st.integers(0, 4), max_size=draw(st.sampled_from([0, 4, 40]))
        )
    )
    breaks = [
        {"from": first, "to": first + timedelta(days=length)}
        for first, length in draw(
            st.lists(st.tuples(days(start - timedelta(30), start + timedelta(900)), st.integers(0, 60)), max_size=3)
        )
    ]
    out: dict[str, Any] = {
        "role": draw(st.sampled_from([r.id for r in catalogue.roles.values() if r.start])),
        "level": draw(st.sampled_from([None, "entry", "mid", "senior"])),
        "goals": draw(st.lists(st.sampled_from(list(catalogue.goals)), max_size=3, unique=True)),
        "hours_per_week": draw(st.one_of(st.integers(1, 60), st.sampled_from([1, 2.5, 7.5, 10, 60]))),
        "start": start,
        "cloud": draw(st.sampled_from([None, "any", *catalogue.clouds])),
        "domain": draw(st.sampled_from([None, "none", *catalogue.specialisations])),
        "certifications": draw(st.sampled_from(["none", "one", "all"])),
        "holds": draw(st.lists(st.sampled_from(list(catalogue.certifications)), max_size=3, unique=True)),
        "skills": skills,
        "breaks": breaks,
        "background": draw(
            st.lists(st.sampled_from(["juggler", *catalogue.backgrounds]), max_size=draw(st.sampled_from([0, 1, 3])))
        ),
        "country": draw(st.sampled_from([None, *catalogue.countries])),
    }
    out["availability"] = draw(
        st.sampled_from(
            [
                None,
                "mon=2,sat=6",
                "rest=4",
                "buffer=20",
                f"{start + timedelta(days=40)}..{start + timedelta(days=90)}=2",
                f"{start + timedelta(days=10)}..{start + timedelta(days=20)}=0,tue=1,thu=1,rest=6",
            ]
        )
    )
    out["review"] = draw(st.sampled_from([None, None, True]))
    out["postings"] = draw(st.sampled_from([None, None, None, ["senior"], ["US", "GB"]]))
    if limits:
        out["confidence"] = draw(st.sampled_from([None, None, 80, 95]))
        # Before a week has passed somebody may have no quarter of an hour.
        deadline = draw(st.one_of(st.none(), days(start + timedelta(days=7), start + timedelta(days=900))))
        # Somebody who has no day to study until the deadline has a problem, not a plan.
        out["deadline"] = deadline if make_profile({**out, "deadline": deadline}, catalogue, TODAY)[0] else None
        out["budget_usd"] = draw(st.one_of(st.none(), st.sampled_from([0, 100, 165, 500])))
    return out


@st.composite
def wishes(draw: st.DrawFn, catalogue: Catalogue, *, limits: bool = False) -> dict[str, Any]:
    """Arbitrary answers with modules kept and skipped, as far as those do not contradict each other."""
    out: dict[str, Any] = draw(answers(catalogue, limits=limits))
    most = draw(st.sampled_from([0, 0, 1, 4]))
    modules = st.lists(st.sampled_from(list(catalogue.modules)), max_size=most, unique=True)
    keep = draw(modules)
    wished = {**out, "keep": keep, "skip": [m for m in draw(modules) if m not in keep]}
    return wished if make_profile(wished, catalogue, TODAY)[0] else out
