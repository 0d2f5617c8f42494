"""Selection on a catalogue of a few lines: which modules, in which tier, and why not the others."""

from typing import Any

import pytest

from roadmap.model.advice import Focus
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.rules import Effect, Prefer, Resize, Rule, Swap
from tests.tiny import Extra, module, phase, planned, someone, tiers, tiny, whole

LINES = """
calls    8h  teaches calls
scores   8h  needs calls teaches scores
agents   8h  needs calls teaches agents
theory   8h  teaches theory
deep     4h  needs theory teaches theory=3
letters  4h  search
talks    4h  search needs theory
"""
ROUTE: dict[str, Any] = {
    "core": "scores",
    "focus": "agents",
    "move": "letters",
    "act_after": "scores",
    "asks": "calls scores agents theory=3",
    "demand": "calls=9 scores=6 agents=4 theory=2",
}


def small(*, rules: tuple[Rule, ...] = (), lines: str = LINES, **more: Any) -> Catalogue:
    return tiny(lines, extra=Extra(rules=rules, **more.pop("extra", {})), **{**ROUTE, **more})


def rule(then: Effect, when: Condition | None = None, weight: float = 0.0) -> Rule:
    return Rule(id="a-rule", when=when or Condition(), then=then, because="So.", source="us", weight=weight)


def why(catalogue: Catalogue, id_: str, **answers: Any) -> list[str]:
    return [r.code for r in whole(catalogue, **answers).reasons[id_]]


def left(catalogue: Catalogue, **answers: Any) -> dict[str, str]:
    return {x.id: x.reason.code for x in whole(catalogue, **answers).left_out}


def test_each_module_stands_in_the_first_tier_that_asks_for_it_with_what_it_needs() -> None:
    assert tiers(small()) == {
        "core": "scores calls",
        "move": "letters",
        "focus": "agents",
        "breadth": "deep theory",
    }


def test_what_the_move_needs_is_of_its_tier() -> None:
    assert tiers(small(move="talks letters"))["move"] == "talks letters theory"


def test_what_is_held_is_not_chosen_and_neither_is_what_only_it_needed() -> None:
    found = tiers(small(), skills={"scores": 2, "theory": 2})
    assert found == {"move": "letters", "focus": "agents calls", "breadth": "deep"}
    assert left(small(), skills={"scores": 2})["scores"] == "held"


def test_half_held_is_not_held() -> None:
    lines = LINES + "both 8h teaches scores agents\n"
    assert "both" in tiers(small(lines=lines, core="both"), skills={"scores": 2})["core"]


def test_public_work_is_shown_again_although_it_is_held() -> None:
    lines = LINES + "site 8h teaches calls public=yes publish\n"
    assert "site" in tiers(small(lines=lines, core="scores site"), skills={"calls": 2})["core"]


def test_a_route_without_a_core_takes_the_whole_gap() -> None:
    assert set(tiers(small(core="", focus=""))["core"].split()) == {"calls", "scores", "agents", "theory", "deep"}


def test_the_provider_is_one_that_the_route_names_then_the_lowest_that_will_do_then_the_shortest() -> None:
    lines = "use 4h needs rag teaches use\nlong 9h teaches rag\nshort 5h teaches rag\nhigh 2h teaches rag=3\n"
    assert tiers(tiny(lines, core="use"))["core"] == "use short"
    assert tiers(tiny(lines, core="use", focus="long"))["core"] == "use long"
    assert tiers(tiny(lines.replace("rag teaches use", "rag=3 teaches use"), core="use"))["core"] == "use high"


def test_of_equals_the_one_whose_id_comes_first() -> None:
    assert tiers(tiny("use 4h needs rag\nbb 5h teaches rag\naa 5h teaches rag", core="use"))["core"] == "use aa"


def test_who_provides_a_level_does_not_hang_on_what_is_held() -> None:
    lines = "use 4h needs rag=2 more=2\nrag 9h teaches rag\nboth 8h teaches rag=3 more\n"
    before = tiers(tiny(lines, core="use"))["core"].split()
    after = tiers(tiny(lines, core="use"), skills={"rag": 1})["core"].split()
    assert set(after) <= set(before)


def test_other_clouds_and_fields_are_not_for_this_person() -> None:
    lines = LINES + "on-one 4h cloud=one teaches cloud\non-two 4h cloud=two teaches cloud\nlaw 4h domain=law\n"
    catalogue = small(lines=lines, core="on-one on-two scores law")
    assert tiers(catalogue)["core"] == "on-one scores calls"
    assert tiers(catalogue, cloud="two")["core"] == "on-two scores calls"


def test_a_subject_adds_its_phase_and_says_what_of_it_is_core() -> None:
    focus = Focus(phase=phase("voice: speech tone"), core=("speech",), after=0)
    lines = LINES + "speech 4h teaches speech\ntone 4h teaches tone\n"
    catalogue = small(lines=lines, extra={"subjects": {"voice": focus}})
    assert "speech" not in str(tiers(catalogue))
    found = tiers(catalogue, goals=["voice"])
    assert (found["core"], found["focus"]) == ("speech scores calls", "tone agents")


def test_a_field_adds_its_phase() -> None:
    focus = Focus(phase=phase("rules: law"), core=("law",))
    catalogue = small(lines=LINES + "law 4h domain=law teaches law\n", extra={"fields": {"law": focus}})
    assert tiers(catalogue, domain="law")["core"] == "law scores calls"
    assert why(catalogue, "law", domain="law")[0] == "domain"
    assert "law" not in str(tiers(catalogue))


def test_a_second_end_adds_its_move_as_focus() -> None:
    second = {"core": "scores", "move": "talks", "act_after": "scores"}
    catalogue = small(extra={"second": second})
    assert tiers(catalogue, goals=["pay"])["move"] == "talks theory"
    both = tiers(catalogue, goals=["job", "pay"])
    assert both["move"] == "letters" and "talks" in both["focus"]


# --- the person's own words ------------------------------------------------------------------------------------------


def test_what_somebody_keeps_is_core_whatever_the_rules_say() -> None:
    catalogue = small(rules=(rule(Effect(leave_out=("theory",))),))
    assert "theory" not in str(tiers(catalogue, level="entry"))
    assert tiers(catalogue, keep=["theory"])["core"] == "scores theory calls"
    assert why(catalogue, "theory", keep=["theory"])[0] == "kept"


def test_what_somebody_skips_is_out_unless_it_is_needed() -> None:
    assert left(small(), skip=["agents"])["agents"] == "skipped"
    found = whole(small(), skip=["calls"])
    assert "calls" in found.selection.modules
    (notice,) = [n for n in found.notices if n.code == "skip-needed"]
    assert notice.args == ("calls", "agents", "scores")


def test_a_skipped_step_that_the_move_brings_back_says_what_it_is_for() -> None:
    """Its tier is the move's; its reason is the end, and no move that is called like the end."""
    core, focus = small(core="scores theory", move="talks"), small(focus="agents theory", move="talks")
    for known, code in ((core, "core"), (focus, "focus")):
        found = whole(known, skip=["theory"])
        assert found.selection.tiers["theory"] == "move"
        named = [r for r in found.reasons["theory"] if r.code in ("core", "focus", "move")]
        assert [r.code for r in named] == [code] and named[0].args[0] not in known.moves


def test_a_skill_aimed_at_is_focus_at_working_level() -> None:
    catalogue = small(asks="calls scores", lines=LINES + "sql 4h teaches sql\n")
    assert tiers(catalogue, aims=["sql"])["focus"] == "sql agents"
    assert why(catalogue, "sql", aims=["sql"]) == ["gap"]
    assert "sql" not in str(tiers(catalogue))


def test_what_nobody_teaches_is_said() -> None:
    catalogue = small(asks="calls ghosts")
    (notice,) = [n for n in whole(catalogue).notices if n.code == "nobody-teaches"]
    assert (notice.args, notice.source) == (("ghosts", 2), "us")


# --- rules -----------------------------------------------------------------------------------------------------------


def test_a_rule_adds_to_the_focus_and_says_so() -> None:
    catalogue = small(rules=(rule(Effect(add=("theory",)), weight=0.2),))
    assert tiers(catalogue)["focus"] == "theory agents"
    (reason, *_) = whole(catalogue).reasons["theory"]
    assert (reason.code, reason.args) == ("rule", ("a-rule",))
    assert whole(catalogue).draft.bonus["theory"] == pytest.approx(0.2 + catalogue.worth.least)


def test_a_rule_leaves_out_what_is_only_asked_for_and_not_what_is_needed() -> None:
    catalogue = small(rules=(rule(Effect(leave_out=("agents", "calls"))),))
    assert tiers(catalogue) == {"core": "scores calls", "move": "letters", "breadth": "deep theory"}
    assert left(catalogue) == {"agents": "rule"}


def test_an_aim_by_name_outweighs_a_rule() -> None:
    catalogue = small(rules=(rule(Effect(leave_out=("agents",))),), asks="calls scores", focus="")
    assert "agents" in tiers(catalogue, aims=["agents"])["focus"]


def test_a_rule_prefers_one_of_two() -> None:
    lines = "use 4h needs rag teaches use\nlong 9h teaches rag\nshort 5h teaches rag\n"

    def chosen(then: Effect) -> str:
        return tiers(tiny(lines, core="use", extra=Extra(rules=(rule(then),))))["core"]

    assert chosen(Effect(prefer=Prefer(modules=("long",)))) == "use long"
    assert chosen(Effect(prefer=Prefer(modules=("long",), over=("short",)))) == "use long"
    assert chosen(Effect(resize=Resize(modules=("long",), factor=0.5))) == "use long"
    assert chosen(Effect(swap=Swap(module="short", by="long"))) == "use long"


def test_a_swap_that_would_not_do_is_not_made() -> None:
    lines = "use 4h needs rag teaches use\nshort 5h teaches rag\nother 5h teaches more\n"
    swap = rule(Effect(swap=Swap(module="short", by="other")))
    assert tiers(tiny(lines, core="use", extra=Extra(rules=(swap,))))["core"] == "use short"


def test_rules_resize_together_and_say_so() -> None:
    twice = (
        Rule(
            id="half",
            when=Condition(),
            then=Effect(resize=Resize(modules=("calls",), factor=0.5)),
            because="b",
            source="us",
        ),
        Rule(
            id="more",
            when=Condition(),
            then=Effect(resize=Resize(modules=("calls",), factor=1.5)),
            because="b",
            source="us",
        ),
    )
    catalogue = small(rules=twice)
    assert planned(catalogue).step("calls").hours == 6  # type: ignore[union-attr]
    assert [r.args for r in whole(catalogue).reasons["calls"] if r.code == "rule"] == [("half",), ("more",)]


def test_a_rule_of_others_changes_nothing() -> None:
    catalogue = small(rules=(rule(Effect(leave_out=("agents",), note="n"), Condition(level=("senior",))),))
    assert tiers(catalogue)["focus"] == "agents"
    assert not whole(catalogue).notices


def test_a_rule_that_adds_what_is_gone_from_the_catalogue_adds_nothing() -> None:
    assert "ghost" not in str(tiers(small(rules=(rule(Effect(add=("ghost",))),))))


# --- reasons and worth -----------------------------------------------------------------------------------------------


def test_every_module_has_a_reason() -> None:
    found = whole(small()).reasons
    assert {i: reasons[0].code for i, reasons in found.items()} == {
        "scores": "core",
        "calls": "gap",
        "letters": "move",
        "agents": "focus",
        "deep": "gap",
        "theory": "gap",
    }
    assert {r.source for reasons in found.values() for r in reasons} == {"us", "judgement"}


def test_who_closes_no_gap_is_there_for_others() -> None:
    catalogue = small(asks="scores", focus="")
    (reason,) = whole(catalogue).reasons["calls"]
    assert (reason.code, reason.args) == ("needed-by", ("scores",))


def test_worth_counts_each_level_once_and_depth_in_part() -> None:
    draft = whole(small(focus="", core="scores")).draft
    own = {i: draft.worth_of([i]) - draft.bonus[i] for i in ("calls", "theory", "deep")}
    weight = small().market.weights
    assert own["calls"] == pytest.approx(weight["calls"] * 1.1)
    assert own["deep"] == pytest.approx(weight["theory"] * 1.2)
    assert draft.worth_of(["theory", "deep"]) == pytest.approx(
        weight["theory"] * 1.2 + draft.bonus["theory"] + draft.bonus["deep"]
    )
    assert draft.gain_of(["deep"], {"theory": 3}) == pytest.approx(draft.bonus["deep"])


def test_earlier_modules_of_a_tier_are_worth_more_by_their_place() -> None:
    draft = whole(small(core="scores agents calls", focus="")).draft
    assert draft.bonus["scores"] > draft.bonus["agents"] > draft.bonus["calls"] > draft.bonus["theory"]


def test_the_line_language_of_these_tests() -> None:
    one = module("calls 8h build needs git=1 teaches calls more=3 smaller=0.5 cloud=one range=4..16")
    assert (one.kind, one.needs, one.teaches) == ("build", {"git": 1}, {"calls": 2, "more": 3})
    assert (one.hours.low, one.hours.high, one.cloud, one.smaller and one.smaller.share) == (4, 16, "one", 0.5)
    assert someone(tiny("calls 8h", core="calls")).hours_per_week == 10
