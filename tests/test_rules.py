"""What each key of a condition asks, at its edges, and what rules ask of the planner when several of them fire."""

from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import MEANINGS, Condition, for_role, holds
from roadmap.model.person import Profile
from roadmap.model.rules import Effect, Prefer, Resize, Rule, Swap
from roadmap.planning.rules import apply_rules
from roadmap.render.conditions import condition_words
from tests.builders import person
from tests.tiny import Extra, someone, tiny

LINES = "aa 10h teaches a\nbb 10h teaches b\ncc 10h teaches c"

# A key, what it asks, answers of whom it is true, and of whom it is not.
EDGES: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("role", ("swe",), {"role": "swe"}, {"role": "new"}),
    ("level", ("senior", "mid"), {"level": "mid"}, {"level": "entry"}),
    ("goal", ("job", "agents"), {"goals": ["mlops", "agents"]}, {"goals": ["mlops"]}),
    ("cloud", ("azure",), {"cloud": "azure"}, {"cloud": "aws"}),
    ("domain", ("healthcare",), {"domain": "healthcare"}, {"domain": "none"}),
    ("certifications", ("one", "all"), {"certifications": "all"}, {"certifications": "none"}),
    ("holds", ("ms-ai-102",), {"holds": ["AI-102"]}, {"holds": []}),
    ("hours_below", 8.0, {"hours_per_week": 7.75}, {"hours_per_week": 8}),
    ("hours_from", 8.0, {"hours_per_week": 8}, {"hours_per_week": 7.75}),
    ("budget_below", 100.0, {"budget_usd": 99}, {"budget_usd": 100}),
    ("budget_below", 100.0, {"budget_usd": 0}, {}),
    ("country", ("US",), {"country": "US"}, {"country": "GB"}),
    ("deadline", True, {"deadline": "2027-12-01"}, {}),
    ("deadline", False, {}, {"deadline": "2027-12-01"}),
    ("later_start", True, {"start": "2026-12-03"}, {"start": "2026-12-02"}),
    ("review", True, {"review": True}, {"review": False}),
    ("skill_below", {"rag": 2}, {"skills": {"rag": 1}}, {"skills": {"rag": 2}}),
    (
        "skill_below",
        {"rag": 2, "llm-apis": 1},
        {"skills": {"rag": 1, "llm-apis": 0}},
        {"skills": {"rag": 1, "llm-apis": 1}},
    ),
    ("skill_from", {"rag": 2}, {"skills": {"rag": 2}}, {"skills": {"rag": 1}}),
    (
        "skill_from",
        {"rag": 2, "llm-apis": 1},
        {"skills": {"rag": 3, "llm-apis": 1}},
        {"skills": {"rag": 3, "llm-apis": 0}},
    ),
    ("none_of", (Condition(role=("new",)), Condition(cloud=("aws",))), {"cloud": "gcp"}, {"cloud": "aws"}),
    ("any_of", (Condition(role=("new",)), Condition(cloud=("aws",))), {"cloud": "aws"}, {"cloud": "gcp"}),
]


@pytest.mark.parametrize(("key", "wanted", "true", "false"), EDGES)
def test_a_key_is_true_up_to_its_edge(
    key: str, wanted: Any, true: dict[str, Any], false: dict[str, Any], catalogue: Catalogue
) -> None:
    condition = Condition(**{key: wanted})
    assert holds(condition, person(catalogue, **true))
    assert not holds(condition, person(catalogue, **false))


def test_every_key_has_an_edge_and_all_given_keys_must_hold(catalogue: Catalogue) -> None:
    assert {key for key, *_ in EDGES} | {"background", "target"} == MEANINGS.keys()
    who = person(catalogue, cloud="azure", hours_per_week=10)
    assert holds(Condition(), who)
    assert holds(Condition(target=("ai-engineer",)), who) and not holds(Condition(target=("ml-engineer",)), who)
    assert holds(Condition(cloud=("azure",), hours_from=10.0), who)
    assert not holds(Condition(cloud=("azure",), hours_from=10.25), who)
    nurse = person(catalogue, role="new", background=["nurse"])
    assert holds(Condition(background=("nurse",)), nurse) and not holds(Condition(background=("nurse",)), who)


@pytest.mark.parametrize(("key", "wanted"), [(key, wanted) for key, wanted, *_ in EDGES])
def test_a_list_of_rules_says_whom_each_is_about(key: str, wanted: Any) -> None:
    said = condition_words(Condition(**{key: wanted}))
    assert said != "everybody"
    named = wanted if isinstance(wanted, (tuple, dict)) else ()
    assert all(str(one) in said for one in named if isinstance(one, str))


def test_conditions_in_words() -> None:
    mixed = Condition(role=("swe",), country=("DE", "US"), deadline=False, none_of=(Condition(goal=("mlops",)),))
    assert condition_words(mixed) == "swe; country DE and US; without a deadline; unless goal mlops"
    assert condition_words(Condition()) == "everybody"


def rule(id_: str, when: Condition | None = None, **then: Any) -> Rule:
    return Rule(id=id_, when=when or Condition(), then=Effect(**then), because="So.", source="us")


def asked(*rules: Rule, **answers: Any) -> Any:
    world = tiny(LINES, core="aa bb", extra=Extra(rules=rules))
    who: Profile = someone(world, **answers)
    return apply_rules(world, who)


def test_only_rules_that_hold_fire_in_the_order_of_the_catalogue() -> None:
    out = asked(
        rule("z", add=("cc",)),
        rule("other", Condition(role=("engineer",)), leave_out=("aa",)),
        rule("slow", Condition(hours_below=5.0), leave_out=("bb",)),
        rule("a", note=True),
        hours_per_week=5,
    )
    assert out.fired == ("z", "a") and [r.id for r in out.notes] == ["a"]
    assert not out.left_out and {m: [r.id for r in rules] for m, rules in out.added.items()} == {"cc": ["z"]}


def test_the_first_rule_wins_and_factors_multiply() -> None:
    out = asked(
        rule("one", add=("cc", "gone"), leave_out=("aa",), swap=Swap(module="aa", by="bb"), share=20),
        rule("two", add=("cc",), leave_out=("aa", "bb"), swap=Swap(module="aa", by="cc"), share=30),
        rule("three", resize=Resize(modules=("aa", "bb"), factor=0.5)),
        rule("four", resize=Resize(modules=("aa",), factor=1.5)),
        rule("five", prefer=Prefer(modules=("aa",), over=("bb",), early=("cc",), late=("bb",))),
        rule("six", prefer=Prefer(modules=("aa", "cc"), early=("cc",), late=("bb", "aa"))),
    )
    assert {m: [r.id for r in rules] for m, rules in out.added.items()} == {"cc": ["one", "two"]}
    assert {m: r.id for m, r in out.left_out.items()} == {"aa": "one", "bb": "two"}
    assert {m: (by, r.id) for m, (by, r) in out.swapped.items()} == {"aa": ("bb", "one")}
    assert out.factors == {"aa": 0.75, "bb": 0.5}
    assert {m: [r.id for r in rules] for m, rules in out.resized.items()} == {"aa": ["three", "four"], "bb": ["three"]}
    assert {m: r.id for m, r in out.preferred.items()} == {"aa": "five", "cc": "six"}
    assert {m: r.id for m, r in out.early.items()} == {"cc": "five"} and out.outranked == {"bb"}
    assert {m: r.id for m, r in out.late.items()} == {"bb": "five", "aa": "six"}
    assert out.share == 30 and not out.notes


def test_nothing_is_asked_where_no_rule_speaks() -> None:
    out = asked()
    assert (out.fired, out.added, out.factors, out.share, out.notes) == ((), {}, {}, None, [])


def test_rules_of_other_starts_are_not_asked(catalogue: Catalogue) -> None:
    mine, all_, other = rule("m", Condition(role=("swe",))), rule("a"), rule("o", Condition(role=("new",)))
    assert [r.id for r in for_role([mine, all_, other], "swe")] == ["m", "a"]
