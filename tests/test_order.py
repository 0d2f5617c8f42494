"""The order of steps, the move beside the learning, and where exams stand, on a catalogue of a few lines."""

from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.advice import Focus
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.plan import Plan
from roadmap.model.rules import Effect, Prefer, Rule
from tests.tiny import MONDAY, Extra, certification, phase, planned, steps, tiny

LINES = """
cc  10h teaches c
aa  10h teaches a
dd  10h needs b teaches d
bb  10h teaches b
"""


def prefer(**what: tuple[str, ...]) -> Extra:
    then = Effect(prefer=Prefer(**what))
    return Extra(rules=[Rule(id="r", when=Condition(), then=then, because="So.", source="us")])


def days(plan: Plan, *ids: str) -> list[tuple[int, int]]:
    """First and last day of steps, counted from the start."""
    found = [s for id_ in ids if (s := plan.step(id_))]
    return [((s.start - MONDAY).days, (s.finish - MONDAY).days) for s in found]


def week(plan: Plan, number: int) -> dict[str, float]:
    return {i.step: i.hours for i in plan.weeks[number].items}


# --- order -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ((), "cc aa bb dd"),
        (("one: aa bb cc dd",), "aa bb cc dd"),
        (("one: cc", "two: bb", "three: aa dd"), "cc bb aa dd"),
        (("one: dd", "two: aa cc"), "bb dd aa cc"),
        (("one: aa", "two: aa bb cc dd"), "aa bb cc dd"),
    ],
)
def test_phases_decide_and_needs_pull_forward(phases: tuple[str, ...], expected: str) -> None:
    assert steps(planned(tiny(LINES, core="aa bb cc dd", phases=phases))) == expected


def test_what_is_pulled_forward_stands_in_the_phase_it_serves() -> None:
    plan = planned(tiny(LINES, core="aa bb cc dd", phases=("one: dd", "two: aa bb cc")))
    assert {s.id: s.phase for s in plan.steps} == {"bb": "one", "dd": "one", "aa": "two", "cc": "two"}
    assert plan.step("dd").after == ("bb",)  # type: ignore[union-attr]


def test_what_no_phase_names_comes_last() -> None:
    assert steps(planned(tiny(LINES, core="aa bb cc dd", phases=("one: bb", "two: dd")))) == "bb dd aa cc"


def test_of_several_that_would_do_the_one_that_comes_first_anyway_is_waited_for() -> None:
    lines = LINES + "ee 10h teaches b=3\n"
    plan = planned(tiny(lines, core="aa bb cc dd ee", phases=("one: dd", "two: aa ee", "three: cc bb")))
    assert steps(plan) == "ee dd aa cc bb"
    assert plan.step("dd").after == ("ee",)  # type: ignore[union-attr]


@pytest.mark.parametrize(("after", "expected"), [(0, "xx aa bb cc dd"), (1, "aa xx bb cc dd"), (9, "aa bb cc dd xx")])
def test_a_subject_stands_after_as_many_phases_as_it_says(after: int, expected: str) -> None:
    focus = Focus(phase=phase("deep: xx"), after=after)
    phases = ("one: aa", "two: bb", "three: cc dd")
    extra = Extra(subjects={"deep": focus})
    told: dict[str, Any] = {"core": "aa bb cc dd", "phases": phases, "act_after": "aa", "extra": extra}
    catalogue = tiny(LINES + "xx 10h teaches x\n", **told)
    assert steps(planned(catalogue, goals=["deep"])) == expected


def test_a_route_that_holds_a_subject_is_for_those_who_name_both_and_adds_no_phase_of_it() -> None:
    focus = Focus(phase=phase("deep: xx"), after=0)
    extra = Extra(subjects={"deep": focus}, second={"core": "cc dd"})
    catalogue = tiny(LINES + "xx 10h teaches x\n", core="aa bb", subject="deep", extra=extra)
    assert steps(planned(catalogue, goals=["job", "deep"])) == "aa bb"
    assert steps(planned(catalogue, goals=["pay"])) == "cc bb dd"
    assert steps(planned(catalogue, goals=["pay", "deep"])) == "cc bb dd xx"


def test_rules_move_modules_to_the_front_and_to_the_end_of_their_phase() -> None:
    phases = ("one: aa bb cc", "two: dd")

    def order(extra: Extra) -> str:
        return steps(planned(tiny(LINES, core="aa bb cc dd", phases=phases, extra=extra)))

    assert order(prefer(early=("dd",))) == "bb dd aa cc"
    assert order(prefer(late=("aa",))) == "bb cc aa dd"
    assert order(prefer(early=("aa",), late=("aa",))) == "aa bb cc dd"


def test_modules_in_a_circle_of_needs_are_never_begun() -> None:
    lines = "xx 4h needs y teaches x\nyy 4h needs x teaches y\naa 4h teaches a\n"
    plan = planned(tiny(lines, core="aa"))
    assert steps(plan) == "aa"


# --- the move beside the learning ------------------------------------------------------------------------------------

MOVING: dict[str, Any] = {"core": "aa bb cc dd", "move": "letters talks", "phases": ("one: aa bb cc dd",)}
MOVES = LINES + "letters 5h search\ntalks 5h search\n"


def test_the_move_takes_its_share_of_each_week_from_the_day_there_is_something_to_show() -> None:
    plan = planned(tiny(MOVES, act_after="aa", share=25, **MOVING))
    assert week(plan, 0) == {"aa": 10}
    assert week(plan, 1) == {"bb": 7.5, "letters": 2.5}
    assert week(plan, 2) == {"bb": 2.5, "cc": 5, "letters": 2.5}
    assert week(plan, 3) == {"cc": 5, "dd": 2.5, "talks": 2.5}
    assert plan.answer.act_from == plan.step("letters").start  # type: ignore[union-attr]
    assert plan.answer.move is not None and plan.answer.move.hours_per_week == 2.5


def test_a_move_that_waits_for_nothing_starts_on_the_first_day() -> None:
    plan = planned(tiny(MOVES, act_after="", share=25, **MOVING))
    assert week(plan, 0) == {"aa": 7.5, "letters": 2.5}
    assert plan.answer.act_from == MONDAY


def test_when_the_learning_is_done_the_move_gets_the_whole_week_and_the_other_way_round() -> None:
    plan = planned(tiny(MOVES, act_after="dd", share=25, **MOVING))
    assert week(plan, 4) == {"letters": 5, "talks": 5}
    short = planned(tiny(MOVES.replace("5h", "2h"), act_after="aa", share=50, **MOVING))
    assert week(short, 1) == {"bb": 6, "letters": 2, "talks": 2}


def test_the_share_never_vanishes_and_every_hour_is_used() -> None:
    plan = planned(tiny(MOVES, act_after="aa", share=5, **MOVING), hours_per_week=1)
    assert week(plan, 10) == {"bb": 0.75, "letters": 0.25}
    assert all(sum(i.hours for i in w.items) == w.capacity for w in plan.weeks[:-1])


def test_a_part_of_the_move_that_a_phase_names_waits_for_what_stands_before_it() -> None:
    told = {**MOVING, "phases": ("one: aa bb", "two: letters cc dd")}
    plan = planned(tiny(MOVES, act_after="", **told))
    letters, bb, cc = (plan.step(i) for i in ("letters", "bb", "cc"))
    assert letters and bb and cc
    assert letters.start >= bb.finish and letters.start <= cc.finish


def test_the_move_keeps_its_own_order_and_its_needs() -> None:
    lines = MOVES.replace("talks 5h search", "talks 5h search needs d")
    plan = planned(tiny(lines, act_after="aa", **{**MOVING, "move": "talks letters"}))
    talks, dd, letters = (plan.step(i) for i in ("talks", "dd", "letters"))
    assert talks and dd and letters
    assert talks.start >= dd.finish
    assert letters.start >= talks.finish


def test_the_day_everything_is_done_does_not_hang_on_the_move() -> None:
    ends = {planned(tiny(MOVES, act_after=after, share=share, **MOVING)).finish
            for after in ("", "aa", "cc", "dd") for share in (5, 25, 60)}  # fmt: skip
    assert len(ends) == 1


def test_a_break_holds_neither_learning_nor_move() -> None:
    off = [{"from": "2027-01-11", "to": "2027-01-24"}]
    plan = planned(tiny(MOVES, act_after="aa", **MOVING), breaks=off)
    assert [sum(i.hours for i in w.items) for w in plan.weeks[:4]] == [10, 0, 0, 10]
    assert set(week(plan, 3)) == {"bb", "letters"}


# --- exams in their place --------------------------------------------------------------------------------------------

EXAM = MOVES + "cert 10h certify certification=ex\n"


def with_exam(**more: Any) -> Catalogue:
    add = Rule(id="exam", when=Condition(), then=Effect(add=("cert",)), because="So.", source="us")
    extra = Extra(rules=[add], exams=[certification("ex", **more.pop("exam", {}))])
    told: dict[str, Any] = {**MOVING, "phases": ("one: aa bb", "two: cc dd"), "act_after": "bb", **more}
    return tiny(EXAM, extra=extra, **told)


def test_an_exam_stands_at_the_end_of_the_phase_before_the_move_and_the_move_waits_for_it() -> None:
    plan = planned(with_exam(), certifications="one")
    assert steps(plan).split()[:3] == ["aa", "bb", "cert"]
    (exam,) = plan.exams
    letters = plan.step("letters")
    assert letters and letters.start >= exam.exam_on
    assert plan.answer.act_from == letters.start


def test_a_move_that_starts_at_once_waits_for_no_exam() -> None:
    plan = planned(with_exam(act_after=""), certifications="one")
    assert plan.answer.act_from == MONDAY and plan.exams[0].exam_on > MONDAY + timedelta(days=20)


def test_an_exam_that_a_phase_names_stands_in_its_place() -> None:
    plan = planned(with_exam(phases=("one: aa bb", "two: cc cert dd")), certifications="one")
    order = steps(plan).split()
    assert order.index("cc") < order.index("cert") < order.index("dd")


def test_an_exam_that_opens_later_is_sat_on_its_first_day() -> None:
    plan = planned(with_exam(exam={"available_from": "2027-06-01"}), certifications="one")
    assert plan.exams[0].exam_on == date(2027, 6, 1)
    assert plan.finish == date(2027, 6, 1)


def test_what_fills_the_time_that_is_left_comes_after_everything_else_and_never_holds_up_the_move() -> None:
    lines = "aa 10h teaches a\nrest 10h teaches rest\nbb 10h teaches b\nletters 8h search\n"
    known = tiny(
        lines, core="aa bb", move="letters", act_after="bb", asks="a b rest", phases=("one: aa rest", "two: bb")
    )
    alone, filled = planned(known), planned(known, deadline=MONDAY + timedelta(days=300))
    assert steps(alone) == "aa bb letters" and steps(filled) == "aa bb letters rest"
    assert filled.answer.act_from == alone.answer.act_from


def test_what_the_rest_waits_for_stays_in_its_place_though_it_fills_the_time() -> None:
    lines = "rest 10h teaches rest\nmore 10h needs rest teaches more\naa 10h teaches a\n"
    known = tiny(lines, core="aa", asks="a rest more", phases=("one: more rest aa",))
    assert steps(planned(known, deadline=MONDAY + timedelta(days=300))) == "aa rest more"
