"""The answers of a person: every key has one entry, defaults follow the contract, what people do is recognised."""

import json
from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from typing import Any, get_type_hints

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.schemas import schema_of
from roadmap.model.advice import Background, Country
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import MEANINGS, Condition, holds
from roadmap.model.fields import Given
from roadmap.model.person import LATER_DAYS
from roadmap.model.profile import FIELDS, KEYS, LONGEST_TEXT, Profile, check_answer, make_profile
from roadmap.model.recognise import background_of, country_of
from roadmap.render.json import profile_data
from tests.builders import TODAY, person, real_catalogue

FOUND = real_catalogue()


def background(id_: str, kind: Any, *names: str, **more: Any) -> Background:
    """A background with the names that people give it."""
    return Background(
        id=id_, name=names[0], kind=kind, names=names, edge="!", ask="!", source="judgement", as_of="2026-11-22", **more
    )


KNOWN = replace(
    FOUND,
    backgrounds={
        b.id: b
        for b in (
            background("nurse", "occupation", "Nurse", "registered nurse", baseline={"stakeholder-communication": 3}),
            background("analyst", "occupation", "Analyst", "data analyst", baseline={"sql": 2, "pandas": 2}),
            background("frontend", "engineer", "Front-end developer", "front-end engineer", baseline={"python": 0}),
            background("qa", "engineer", "QA engineer", "tester", baseline={"python": 1, "testing": 4}),
        )
    },
    countries={
        "DE": Country(id="DE", name="Germany", names=("Deutschland",)),
        "US": Country(id="US", name="United States", names=("USA", "America")),
    },
)

# Another answer than the default for every key: a key that is forgotten here fails the walk.
OTHERS: dict[str, Any] = {
    "role": "new", "target": "ai-engineer", "level": "senior", "name": "Ada", "background": ["nurse", "beekeeper"],
    "country": "US", "goals": ["agents"], "hours_per_week": 7.5, "start": "2027-01-04", "deadline": "2031-01-01",
    "budget_usd": 300, "cloud": "azure", "domain": "legal", "certifications": "all", "holds": ["ms-ai-102"],
    "skills": {"rag": 3}, "breaks": [{"from": "2027-02-01", "to": "2027-02-07"}], "language": "en",
    "keep": ["kubernetes-working"], "skip": ["mcp-server"],
    "availability": {"days": {"mon": 2.0}, "ranges": [], "rest_every": 8, "buffer_percent": 10}, "confidence": 95,
    "review": True, "postings": ["senior"], "aims": ["kubernetes"], "path": "new-job",
}  # fmt: skip


def have(**answers: Any) -> dict[str, int]:
    return dict(person(KNOWN, **answers).have)


# --- one entry for each key


def test_every_key_of_a_profile_has_one_entry_and_every_entry_a_key() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert {f.name for f in fields(Profile)} == {*KEYS, "have", "asked_on"}
    assert all(f.default is MISSING for f in fields(Profile)), "defaults have one place, and that is the entry"
    assert set(OTHERS) == set(KEYS)


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_an_entry_says_all_about_its_key(field: Any) -> None:
    assert field.help.endswith(".") and field.metavar and field.flag.startswith("--")
    given = Given({}, KNOWN.roles["swe"], KNOWN, TODAY)
    default, other = field.default(given), OTHERS[field.name]
    value, faults = check_answer(field.name, other, KNOWN)
    assert not faults and (value != default or field.name in ("target", "language"))
    # A path belongs to a role to start from.
    someone = person(KNOWN, **{"role": OTHERS["role"], field.name: other})
    assert getattr(someone, field.name) == value
    printed = field.printed(value)
    jsonschema.validate(printed, json.loads(json.dumps(field.schema)))
    assert check_answer(field.name, printed, KNOWN) == (value, []), "what is printed can be read again"
    if field.many:
        assert value == () or value == {} or check_answer(field.name, type(other)(), KNOWN)[1] == []


@pytest.mark.parametrize(
    ("key", "value", "id_", "said"),
    [
        ("goals", 7, "wrong-type", 'goals must be a list, not "7"'),
        ("goals", {"a": 1}, "wrong-type", "goals must be a list"),
        ("hours_per_week", True, "wrong-type", "must be a number of hours"),
        ("hours_per_week", list(range(99)), "wrong-type", "not a list of 99"),
        ("hours_per_week", {n: n for n in range(99)}, "wrong-type", "not a mapping of 99"),
        ("budget_usd", -1, "out-of-range", "must be 0 or more, not -1"),
        ("name", "\udc80", "not-text", "holds characters that are no text"),
        ("name", 7, "wrong-type", "name must be text"),
        ("confidence", 70, "out-of-range", 'one of 50, 80, 95, not "70"'),
        ("confidence", "much", "out-of-range", "one of 50, 80, 95"),
        ("review", "perhaps", "wrong-type", "must be yes or no"),
        ("deadline", "1066-10-14", "out-of-range", "must lie between"),
        ("skills", ["rag"], "wrong-type", "skills must map skills to levels"),
        ("skills", {"rag": 2.5}, "bad-level", "the level of rag must be 0 to 4"),
        ("breaks", [{"from": "2027-01-01", "to": "2027-01-02"}] * 1001, "too-long", "1001 entries"),
        ("breaks", [{"from": "2027-01-01", "to": "2027-01-02", "why": "x"}], "unknown-key", 'unknown key "why"'),
        ("availability", 8, "wrong-type", "availability must hold keys"),
        ("availability", {"rest": 8}, "unknown-key", 'unknown key "rest"'),
        ("availability", {"days": [2, 6]}, "wrong-type", "days must map weekdays to hours"),
        ("availability", {"ranges": [{"from": "2027-01-04", "to": "2027-01-31"}]}, "bad-break", "its hours_per_week"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_and_it_is_the_only_fault(
    key: str, value: object, id_: str, said: str
) -> None:
    faults = check_answer(key, value, KNOWN)[1]
    assert [f.id for f in faults] == [id_] and said in faults[0].message
    assert faults[0].path[0] == key


def test_the_questions_of_the_catalogue_are_those_that_the_entries_name() -> None:
    assert {q.sets for q in FOUND.questions.values()} == {f.name for f in FIELDS if f.asked}


def test_a_printed_profile_holds_every_key_and_reads_as_the_same_person() -> None:
    someone = person(KNOWN, **OTHERS)
    printed = json.loads(json.dumps(profile_data(someone)))
    assert tuple(printed) == KEYS
    again, faults = make_profile(printed, KNOWN, TODAY)
    assert again is not None, faults
    assert replace(again, skills=someone.skills) == someone


def test_every_key_of_a_condition_has_a_meaning() -> None:
    assert set(MEANINGS) == {f.name for f in fields(Condition)}
    assert set(get_type_hints(Condition)) >= set(MEANINGS)


# --- defaults


def test_defaults_are_those_of_the_contract() -> None:
    someone = person(KNOWN)
    assert (someone.certifications, someone.hours_per_week, someone.goals) == ("none", 10, ("job",))
    assert (someone.background, someone.country, someone.start, someone.asked_on) == ((), None, TODAY, TODAY)
    assert (someone.confidence, person(KNOWN, deadline="2029-01-01").confidence) == (50, 80)
    assert person(KNOWN, deadline="2029-01-01", confidence=50).confidence == 50
    assert person(KNOWN, keep=["cert-ai-103"]).certifications == "one", "who keeps an exam wants one"


# --- what people do


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("nurse", "nurse"),
        ("Nurses", "nurse"),
        ("a Nurse", "nurse"),
        ("ex-nurse", "nurse"),
        ("former registered nurse in Leeds", "nurse"),
        ("ICU nurse", "nurse"),
        ("Senior Front-End Engineer", "frontend"),
        ("frontend engineers", "frontend"),
        ("front end developer", "frontend"),
        ("QA-engineer", "qa"),
        ("Data analyst", "analyst"),
        ("nurse and data analyst", "analyst"),
        ("nursery owner", None),
        ("astronaut", None),
        ("", None),
        ("🦄" * 50, None),
    ],
)
def test_backgrounds_are_recognised_by_the_longest_name(text: str, id_: str | None) -> None:
    assert background_of(text, KNOWN) == id_


def test_what_is_not_recognised_is_kept_as_it_was_typed() -> None:
    someone = person(KNOWN, background="ex-nurse, Beekeeper  in Kent , none, nurse")
    assert someone.background == ("nurse", "Beekeeper  in Kent")
    assert person(KNOWN, background=["Beekeeper  in Kent", "a nurse"]).background == someone.background
    for nothing in ("none", "", [], ["None", " "]):
        assert person(KNOWN, background=nothing).background == ()
    assert not holds(Condition(background=("beekeeper",)), someone)
    wrong = make_profile({"role": "swe", "background": ["x" * (LONGEST_TEXT + 1), 5]}, KNOWN, TODAY)[1]
    assert [f.id for f in wrong] == ["too-long", "wrong-type"]
    assert [f.message[:10] for f in wrong] == ["background"] * 2


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_is_a_background(texts: list[str]) -> None:
    someone = person(KNOWN, background=texts)
    assert person(KNOWN, background=list(reversed(texts))) == someone
    assert set(someone.background) <= {*KNOWN.backgrounds, *(t.strip() for t in texts)}


def test_a_kind_of_engineer_replaces_the_usual_levels_and_an_occupation_only_raises() -> None:
    usual = have()
    assert have(background="frontend") == {k: v for k, v in usual.items() if k != "python"}
    both = have(background="frontend developer, tester")
    assert (both["python"], both["testing"]) == (1, 4), "of several kinds the highest level"
    assert have(background="data analyst") == {**usual, "pandas": 2}, "sql is known better already"
    assert have(background="nurse", skills={"python": 4}) == {
        **usual,
        "stakeholder-communication": 3,
        "python": 4,
    }
    assert have(background="tester", skills={"testing": 0}).get("testing") is None
    assert have(background="astronaut") == usual
    new = have(role="new", background="tester")
    assert new["testing"] == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [("US", "US"), ("us", "US"), ("usa", "US"), ("U.S.A.", "US"), ("united states", "US"), ("Deutschland", "DE")],
)
def test_countries_go_by_code_or_name(text: str, code: str) -> None:
    assert country_of(text, KNOWN) == code == person(KNOWN, country=text).country


def test_an_unknown_country_is_a_problem_and_none_is_no_country() -> None:
    assert person(KNOWN, country="none").country is None
    wrong = make_profile({"role": "swe", "country": "Germny"}, KNOWN, TODAY)[1]
    assert [(f.id, f.hint) for f in wrong] == [("unknown-country", 'did you mean "Germany"?')]


# --- conditions


def test_conditions_look_at_the_new_answers() -> None:
    nurse = person(KNOWN, background="nurse", country="US", deadline="2029-01-01")
    plain = person(KNOWN)
    for condition in (
        Condition(background=("nurse", "qa")), Condition(country=("US",)), Condition(deadline=True),
        Condition(none_of=(Condition(deadline=False),)),
    ):  # fmt: skip
        assert holds(condition, nurse) and not holds(condition, plain)
    assert holds(Condition(deadline=False), plain) and holds(Condition(), plain)


def test_a_later_start_is_more_than_ten_days_ahead() -> None:
    for days in (0, LATER_DAYS, LATER_DAYS + 1, 90):
        someone = person(KNOWN, start=TODAY + timedelta(days=days))
        assert holds(Condition(later_start=True), someone) is (days > 10)
        assert holds(Condition(later_start=False), someone) is (days <= 10)
    assert person(KNOWN, today=date(2027, 1, 1), start="2026-12-01").later_start is False


def test_the_catalogue_itself_recognises_its_own_names(catalogue: Catalogue) -> None:
    for one in catalogue.backgrounds.values():
        assert background_of(one.id, catalogue) == one.id
        for name in (one.name, *one.names):
            assert background_of(name, catalogue) is not None
    for code, country in catalogue.countries.items():
        assert {country_of(n, catalogue) for n in (code, country.name, *country.names)} == {code}


def test_the_schema_of_a_plan_names_every_key_of_the_profile() -> None:
    schema = schema_of("plan")
    shape = schema["$defs"]["ProfileData"]
    assert list(shape["properties"]) == shape["required"] == list(KEYS)
    validator = jsonschema.Draft202012Validator({**shape, "$defs": schema["$defs"]})
    week = {
        "days": {"mon": 4},
        "rest_every": 8,
        "ranges": [{"from": "2027-01-04", "to": "2027-01-31", "hours_per_week": 2}],
    }
    everything = person(KNOWN, deadline="2029-01-01", budget_usd=0, country="US", availability=week)
    for someone in (person(KNOWN), everything):
        validator.validate(profile_data(someone))
    assert not validator.is_valid({**profile_data(person(KNOWN)), "role": None})
