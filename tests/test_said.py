"""What a person says changes the plan: pairs of people who differ in one answer, and the lines their answers share.

Days and numbers are masked, so that only other words count as other lines.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from roadmap.model.answer import Answer
from roadmap.model.catalogue import Catalogue
from tests.builders import TODAY, plan_for, real_catalogue

CATALOGUE = real_catalogue()
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MASKED = re.compile(rf"(\d+ )?\b({MONTHS})( \d+)?|\d+([.,]\d+)*")
Person = dict[str, Any]


def masked(text: str) -> str:
    """A text without its days and numbers."""
    return MASKED.sub("#", text)


def lines(answer: Answer) -> set[str]:
    """What the page says, a line each for what stands on a line there; days and numbers masked."""
    return {masked(line) for line in _lines(answer)}


def _lines(a: Answer) -> Iterator[str]:
    for paragraph in a.verdict:
        yield from re.split(r"(?<=[.?!]) (?=[A-Z])", paragraph)
    yield from (f"{x.text}: {x.more}" for x in a.not_doing)
    yield from (x.what for x in a.rhythm)
    for phase in a.phases:
        yield f"{phase.title} {phase.leaves}"
        yield from (f"{o.title} {o.part}" for o in phase.opens)
    for project in a.projects:
        yield f"{project.title}: {project.brief}"
        yield from (f"{d.title} {d.url}" for d in project.data)
        yield from (*project.never, *project.targets, project.reader)
        yield from (g.adds for g in project.grows)
    for gate in a.gates:
        yield gate.check
        yield gate.if_missed.text
    if a.move:
        yield from (", ".join(a.move.titles), *a.move.week, *a.move.say, *a.move.doors)
    yield from (f"{m.item} {m.note}" for m in a.money)
    yield from (f"{x.text} {x.more}" for x in (*a.risks, *a.rules, *a.facts))
    yield from (t.task for t in a.first_week)
    yield from a.until_then
    yield from (b.text for b in a.hours_buy)


def said(person: Person) -> set[str]:
    return lines(plan_for(CATALOGUE, TODAY, **person).answer)


def common(one: set[str], other: set[str]) -> float:
    """The share of lines that two answers have in common."""
    return len(one & other) / min(len(one), len(other))


PLAIN: Person = {"role": "swe"}
ROLES = [r.id for r in CATALOGUE.roles.values() if r.start]


def pairs(key: str, values: list[Any], *bases: Person) -> list[tuple[Person, Person]]:
    """Two people for each two values of one answer, who answer all else alike."""
    return [({**base, key: a}, {**base, key: b}) for base in bases for a, b in combinations(values, 2)]


GOALS = [["job"], ["promotion"], ["consulting"], ["portfolio"], ["agents"], ["mlops"]]
FIELDS = ["none", *CATALOGUE.specialisations]
BASES = [{"role": role} for role in ROLES]
# Jobs that have little in common, for each start those that lead there.
CRAFTS = {
    "swe": ["frontend-developer", "embedded-developer", "data-engineer", "qa-engineer", "engineering-manager"],
    "data-scientist": ["data-analyst", "physicist", "ml-engineer"],
    "new": ["nurse", "teacher", "accountant", "lawyer"],
}


def told(pair: tuple[Person, Person]) -> str:
    (a, b) = pair
    key = next(k for k in a if a[k] != b[k])
    return f"{a['role']}-{key}-{a[key]}-{b[key]}".replace("'", "")


@pytest.mark.parametrize("pair", pairs("goals", GOALS, *BASES), ids=told)
def test_another_goal_is_another_plan(pair: tuple[Person, Person]) -> None:
    assert common(*map(said, pair)) < 0.85


@pytest.mark.parametrize("pair", pairs("domain", FIELDS, *BASES), ids=told)
def test_another_field_is_another_plan(pair: tuple[Person, Person]) -> None:
    assert common(*map(said, pair)) < 0.85


@pytest.mark.parametrize(
    "pair", [p for b in BASES for p in pairs("background", [[], *([c] for c in CRAFTS[b["role"]])], b)], ids=told
)
def test_another_background_is_another_plan(pair: tuple[Person, Person]) -> None:
    assert common(*map(said, pair)) < 0.85


@pytest.mark.parametrize("pair", pairs("role", ROLES, {}), ids=told)
def test_another_start_is_another_plan(pair: tuple[Person, Person]) -> None:
    assert common(*map(said, pair)) < 0.6


@pytest.mark.parametrize(
    ("base", "change", "least"),
    [
        ({}, {"level": "senior"}, 2),
        ({"certifications": "one", "cloud": "azure"}, {"cloud": "aws"}, 4),
        ({"certifications": "one", "cloud": "azure"}, {"cloud": "gcp"}, 4),
        ({}, {"certifications": "one"}, 4),
        ({"certifications": "one", "cloud": "azure"}, {"holds": ["AI-102"]}, 1),
        ({"certifications": "one", "cloud": "aws"}, {"holds": ["aws-aip-c01"]}, 1),
        ({}, {"start": TODAY + timedelta(days=150)}, 1),
        ({}, {"hours_per_week": 3}, 12),
        ({}, {"hours_per_week": 30}, 3),
        ({}, {"budget_usd": 0}, 3),
        ({}, {"deadline": TODAY + timedelta(days=60)}, 15),
        ({}, {"deadline": TODAY + timedelta(days=700)}, 2),
        ({}, {"country": "DE"}, 1),
        ({}, {"skills": {"rag": 3, "agents": 3}}, 1),
        ({}, {"skills": {"python": 0}}, 1),
        ({}, {"breaks": [{"from": TODAY + timedelta(30), "to": TODAY + timedelta(60)}]}, 1),
        ({}, {"review": True}, 1),
        ({}, {"availability": "rest=4"}, 1),
        ({}, {"aims": ["kubernetes"]}, 1),
        ({}, {"background": ["a juggler in a circus"]}, 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("role", ROLES)
def test_each_answer_changes_more_than_dates(role: str, base: Person, change: Person, least: int) -> None:
    plain = {"role": role, **base}
    one, other = said(plain), said({**plain, **change})
    assert len(other - one) >= least, sorted(other - one)


@pytest.mark.parametrize("one", [*CATALOGUE.backgrounds])
def test_every_background_is_heard(one: str) -> None:
    background = CATALOGUE.backgrounds[one]
    role = background.starts[0] if background.starts else "swe"
    plan = plan_for(CATALOGUE, TODAY, role=role, background=[one])
    assert common(lines(plan.answer), said({"role": role})) < 0.85
    assert plan.profile.background == (one,)


def shares(catalogue: Catalogue, people: list[Person]) -> list[float]:
    """What each two of some people's answers have in common; printed by `python -m tests.test_said`."""
    found = [lines(plan_for(catalogue, TODAY, **p).answer) for p in people]
    return [common(a, b) for a, b in combinations(found, 2)]


def test_people_with_different_goals_share_less_than_sixty_percent() -> None:
    for role in ROLES:
        found = shares(CATALOGUE, [{"role": role, "goals": goals} for goals in GOALS])
        assert sum(found) / len(found) < 0.6, role


if __name__ == "__main__":
    for name, key, values in (("goals", "goals", GOALS), ("fields", "domain", FIELDS), ("starts", "role", ROLES)):
        for base in BASES if key != "role" else [{}]:
            each = shares(CATALOGUE, [{**base, key: value} for value in values])
            print(f"{name} {base}: mean {sum(each) / len(each):.2f}, most {max(each):.2f}")  # noqa: T201
    for role in ROLES:
        crafts = [b.id for b in CATALOGUE.backgrounds.values() if role in b.starts]
        each = shares(CATALOGUE, [{"role": role, "background": [b]} for b in crafts])
        print(f"backgrounds {role}: mean {sum(each) / len(each):.2f}, most {max(each):.2f}")  # noqa: T201
