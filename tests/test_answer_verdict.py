"""The verdict in figures: what its sentences are filled with, and which of them are said of whom."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.skills import Demand
from roadmap.planning.answer.facts import about, day, month
from tests.telling import Telling, ids, said, sentences, telling
from tests.test_answer import LINES, small
from tests.test_answer_parts import with_exams
from tests.tiny import MONDAY, Extra, certification, levels, planned, steps

SPREAD: Any = (1.0, 1.5)
"""What takes an hour takes an hour and a half with odds of four in five, so that the two days lie apart."""
SMALLER = ("piece: calls scores | calls", "taste: calls")


def told(lines: str = LINES, *, answers: dict[str, Any] | None = None, **more: Any) -> Plan:
    return planned(telling(small(lines=lines, **{"pace": SPREAD, **more})), **(answers or {}))


def searching(catalogue: Catalogue) -> Catalogue:
    """The same with a move that looks for a post."""
    for move in catalogue.moves.values():
        move.id = "search"
    return catalogue


# --- yes -------------------------------------------------------------------------------------------------------------


def test_a_yes_says_the_days_the_hours_and_the_move_of_its_plan() -> None:
    plan = told(answers={"hours_per_week": 5})
    slots = said(plan, "verdict-yes")
    assert (slots["outcome"], slots["weekly"], slots["move"], slots["Move"]) == (
        "you reach job", "5 hours", "the move-job", "The move-job",
    )  # fmt: skip
    assert plan.finish.year == plan.finish_p80.year
    assert (slots["ready"], f"{slots['even']} {plan.finish_p80.year}") == (day(plan.finish_p80), day(plan.finish))
    assert (slots["ready_month"], slots["even_month"]) == (month(plan.finish_p80), month(plan.finish))
    assert f"{slots['act']} 2027" == day(plan.answer.act_from) and slots["deadline"] == slots["exams_too"] == ""
    assert slots["move_hours"] == "8" and slots["hours"] == about(plan.hours - 8)
    letters = plan.step("letters")
    assert letters is not None and f"{slots['case']} 2027" == day(letters.finish)


def test_a_day_has_its_year_where_the_day_to_rely_on_lies_in_another() -> None:
    plan = told(answers={"hours_per_week": 5, "start": date(2027, 8, 2)})
    assert (plan.finish.year, plan.finish_p80.year) == (2027, 2028)
    assert said(plan, "verdict-yes")["even"] == day(plan.finish)


def test_an_end_that_is_written_as_a_sentence_is_said_inside_one() -> None:
    known = telling(small())
    known.routes["start-job"].outcome = "you write LaTeX."
    assert said(planned(known), "verdict-yes")["outcome"] == "you write LaTeX"


def test_what_comes_before_the_move_and_beside_it_adds_up() -> None:
    """At five hours a week the move begins after eight weeks, too late for the rest to be told whole."""
    slots = said(told(answers={"hours_per_week": 5}), "verdict-yes")
    assert (slots["before"], slots["after"], slots["rest"]) == ("40", "35", "45")
    slots = said(told(answers={"hours_per_week": 10}), "verdict-yes")
    assert (slots["before"], slots["after"], slots["rest"]) == ("75", "0", "8")


def test_the_safe_day_of_the_move_counts_only_what_lies_before_it() -> None:
    """Forty hours come first, sixty with odds of four in five: six weeks at ten hours, twelve at five."""
    for hours, last in ((10, date(2027, 2, 14)), (5, date(2027, 3, 28))):
        plan = told(answers={"hours_per_week": hours})
        slots, planned_on = said(plan, "verdict-yes"), day(plan.answer.act_from).removesuffix(" 2027")
        assert (slots["act_safe"], slots["slack"]) == (day(last), f"(verdict-on-time: day={planned_on})")
    at_once = said(told(act_after=""), "verdict-yes")
    assert f"{at_once['act']} 2027" == at_once["act_safe"] == day(MONDAY) and at_once["slack"] == ""


def test_the_safe_day_of_a_case_lies_as_far_on_as_the_safe_day_of_the_end() -> None:
    plan = told(answers={"hours_per_week": 5})
    letters, start = plan.step("letters"), MONDAY
    assert letters is not None
    held = (letters.finish - start).days * (plan.finish_p80 - start).days / (plan.finish - start).days
    assert said(plan, "verdict-yes")["case_safe"] == day(start + timedelta(days=round(held)))


@pytest.mark.parametrize(
    ("code", "more", "answers"),
    [
        ("verdict-yes-move-job", {}, {}),
        ("verdict-yes-plain", {"move": ""}, {}),
        ("verdict-yes-at-once-move-job", {"act_after": ""}, {}),
        ("verdict-yes-at-once-move-job", {}, {"skills": levels("calls scores agents theory law papers")}),
        ("verdict-yes-after-move-job", {"act_after": "calls scores agents theory law papers"}, {}),
        ("verdict-yes-reduced-move-job", {"pace": (1.0, 1.0001)}, {"deadline": MONDAY + timedelta(days=48)}),
        ("verdict-yes-tight-move-job", {}, {"deadline": MONDAY + timedelta(days=60), "confidence": 50}),
        ("verdict-all-skipped", {}, {"skip": ["calls", "scores", "agents", "theory", "law", "papers", "letters"]}),
        ("verdict-nothing-left", {"move": ""}, {"skills": levels("calls scores agents theory law papers")}),
    ],
)
def test_each_kind_of_yes_has_its_sentence(code: str, more: dict[str, Any], answers: dict[str, Any]) -> None:
    plan = told(answers=answers, **more)
    assert sentences(plan)[0][0] == code and plan.answer.verdict[1] == "Go."


def test_a_move_without_a_sentence_of_its_own_has_the_usual_one() -> None:
    catalogue = telling(small())
    catalogue.moves["move-job"].id = "x-start-job"
    assert sentences(planned(catalogue))[0][0] == "verdict-yes"


# --- no --------------------------------------------------------------------------------------------------------------


def test_a_no_does_the_sum_and_says_what_fits_instead() -> None:
    """The wish takes the core of 60 hours and the move of 8; three weeks hold 30."""
    last = MONDAY + timedelta(days=20)
    plan = told(smaller=SMALLER, answers={"deadline": last})
    no, instead = said(plan, "verdict-no-deadline"), said(plan, "verdict-instead")
    assert (no["wished_cap"], no["outcome"], no["need"], no["room"]) == ("To job", "you reach job", "70", "30")
    assert (no["need_safe"], no["safe"], no["deadline"]) == ("100", "20", day(last))
    assert (no["weekly"], no["years"], no["months"]) == ("10 hours", "0.1", "2")
    soon = f"(verdict-on-time: day={instead['even']})"
    assert (instead["outcome"], instead["hours"], instead["slack_end"]) == ("you have piece", "20", soon)
    assert (instead["ready"], f"{instead['even']} 2027") == (day(plan.finish_p80), day(plan.finish))
    assert "Advice for piece." in plan.answer.verdict[1]


@pytest.mark.parametrize(
    ("code", "lines", "answers"),
    [
        ("verdict-no-deadline", LINES, {"deadline": MONDAY + timedelta(days=32)}),
        ("verdict-no-hours", LINES.replace("20h", "100h"), {"hours_per_week": 1}),
        ("verdict-no-hours", LINES.replace("20h", "100h cost_usd=50"), {"hours_per_week": 1, "budget_usd": 10}),
        ("verdict-no-budget", LINES.replace("agents   20h", "agents   20h cost_usd=50"), {"budget_usd": 10}),
        (
            "verdict-no-budget",
            LINES.replace("agents   20h", "agents   20h cost_usd=50"),
            {"budget_usd": 10, "deadline": MONDAY + timedelta(days=84)},
        ),
    ],
)
def test_each_kind_of_no_has_its_sentence(code: str, lines: str, answers: dict[str, Any]) -> None:
    plan = told(lines, smaller=SMALLER, answers=answers)
    assert plan.status == "infeasible" and sentences(plan)[0][0] == code


def test_a_year_has_fifty_weeks_and_a_month_a_little_more_than_four() -> None:
    """Three hundred hours of core and eight of the move, an hour a week: years from three on are whole."""
    no = said(told(LINES.replace("20h", "49h"), smaller=SMALLER, answers={"hours_per_week": 1}), "verdict-no")
    assert (no["need"], no["years"]) == ("155", "3"), "3.1 of them"
    no = said(told(LINES.replace("20h", "100h"), smaller=SMALLER, answers={"hours_per_week": 1}), "verdict-no")
    assert (no["need"], no["weekly"], no["years"], no["months"]) == ("310", "1 hour", "6", "73")
    last = MONDAY + timedelta(days=100)
    answers = {"hours_per_week": 2.5, "deadline": last}
    no = said(told(LINES.replace("20h", "100h"), smaller=SMALLER, answers=answers), "verdict-no")
    assert (no["need"], no["years"], no["months"]) == ("310", "2.5", "29")


def test_an_end_that_may_come_too_late_is_said_to_be_tight() -> None:
    last = MONDAY + timedelta(days=14)
    tight = told(smaller=SMALLER, answers={"deadline": last, "confidence": 50})
    assert tight.finish_p80 > last and ids(tight, "verdict-instead") == ["verdict-instead-tight"]
    last = tight.finish_p80
    safe = told(smaller=SMALLER, answers={"deadline": last, "confidence": 50})
    assert safe.finish_p80 <= last and ids(safe, "verdict-instead") == ["verdict-instead"]


@pytest.mark.parametrize(("days", "kept"), [(32, "calls"), (44, "calls scores")])
def test_a_smaller_end_keeps_the_rest_of_its_modules_as_far_as_time_goes(days: int, kept: str) -> None:
    """Twenty hours of it have to be; with odds of four in five sixty hold forty."""
    plan = told(smaller=SMALLER, answers={"deadline": MONDAY + timedelta(days=days)})
    assert plan.answer.outcome.id == "piece" and steps(plan) == kept


def test_ways_out_say_what_to_change_and_the_day_that_gives() -> None:
    plan = told(smaller=SMALLER, answers={"deadline": MONDAY + timedelta(days=20)})
    ways = said(plan, "verdict-ways")["ways"].split(" or ")
    assert len(ways) == min(2, len(plan.options)) > 0
    for way, option in zip(ways, plan.options, strict=False):
        assert way.startswith(f"(way-{option.change.replace('_', '-')}: ") and f"finish={day(option.finish)}" in way
        shown = day(date.fromisoformat(option.value)) if option.change == "deadline" else option.value
        assert f"value={shown}," in way
    reduced = told(answers={"deadline": MONDAY + timedelta(days=48)})
    assert reduced.status == "reduced" and not ids(reduced, "verdict-ways"), "the wish is reached"
    assert ids(plan, "verdict-ways") == ["verdict-ways"]
    three = told(smaller=SMALLER, answers={"deadline": MONDAY + timedelta(days=52), "confidence": 95})
    assert len(three.options) == 3 and len(said(three, "verdict-ways")["ways"].split(" or ")) == 2, "of three ways two"
    search = planned(searching(telling(small(smaller=SMALLER))), deadline=MONDAY + timedelta(days=20))
    assert ids(search, "verdict-ways") == ["verdict-ways-search"]
    assert not ids(told(), "verdict-ways")


class Wayless(Telling):
    """All sentences but those of ways out."""

    def __contains__(self, key: object) -> bool:
        return not str(key).startswith("way-") and super().__contains__(key)


def test_a_way_out_without_a_sentence_is_not_said() -> None:
    catalogue = telling(small(smaller=SMALLER))
    catalogue.words = type(catalogue.words)()
    kept = type(catalogue.words).__contains__
    words: Any = type(
        "Without", (type(catalogue.words),), {"__contains__": lambda s, k: "way-" not in k and kept(s, k)}
    )()
    plan = planned(replace(catalogue, words=words), deadline=MONDAY + timedelta(days=20))
    assert plan.options and not ids(plan, "verdict-ways")


def test_what_was_heard_stands_before_what_comes_after_a_smaller_end() -> None:
    known = telling(small(smaller=SMALLER))
    known.outcomes["piece"].move = "move-job"
    no, instead, heard, after = planned(known, deadline=MONDAY + timedelta(days=25)).answer.verdict
    assert no.startswith("<verdict-no-") and instead.startswith("<verdict-instead")
    assert (heard, after) == ("<assumed>", "Go on.")


def test_where_nothing_was_heard_the_ways_out_are_a_paragraph_of_their_own() -> None:
    """What adverts ask for is named elsewhere, and of skills that everybody has there is nothing to say."""
    known = telling(small(smaller=SMALLER, extra=Extra(baseline="law=2")))
    known.skills["law"].demand = Demand(share=1, source="us", as_of="2027")
    no, ways, instead = planned(known, skills={"law": 2}, deadline=MONDAY + timedelta(days=20)).answer.verdict
    assert [text.split(":")[0] for text in (no, ways, instead)] == [
        "<verdict-no-deadline", "<verdict-ways", "<verdict-instead",
    ]  # fmt: skip
    known = telling(small(move="", extra=Extra(baseline="law=2")))
    known.skills["law"].demand = Demand(share=1, source="us", as_of="2027")
    yes, way = planned(known, skills={"law": 2}).answer.verdict
    assert yes.startswith("<verdict-yes-plain") and way == "Go.", "with a yes there is none"


def test_a_plan_that_is_safe_on_the_day_of_the_deadline_is_not_tight() -> None:
    last = told().finish_p80
    assert sentences(told(answers={"deadline": last, "confidence": 50}))[0][0] == "verdict-yes-move-job"


class Knowing(Telling):
    """All sentences, that for this start on work with models too."""

    def __contains__(self, key: object) -> bool:
        return key in ("assumed-some-start", "assumed-few-start") or super().__contains__(key)


@pytest.mark.parametrize(("level", "spoken"), [(1, True), (2, False)])
def test_who_says_nothing_of_work_with_models_is_told_what_is_assumed_of_it(level: int, spoken: bool) -> None:
    lines = LINES.replace("law      6h   teaches law", "law      6h   teaches law llm-apis=3 python=3")
    known = replace(searching(small(lines=lines)), words=Knowing())
    for python, code in ((1, "assumed-few-start"), (2, "assumed-some-start")):
        plan = planned(known, skills={"llm-apis": level, "python": python})
        assert ids(plan, "assumed") == ([code] if spoken else [])
    plain = replace(small(lines=lines), words=Knowing())
    assert not ids(planned(plain, skills={"llm-apis": level}), "assumed"), "only for a search"


def test_what_falls_away_for_who_has_called_models_is_counted_from_the_steps_that_teach_it() -> None:
    lines = LINES.replace("calls    20h  teaches calls", "calls    20h  teaches calls llm-apis")
    known = replace(searching(small(lines=lines)), words=Knowing())
    assert said(planned(known, skills={"law": 1}), "assumed") == {"hours": "20"}


# --- what becomes of it with fewer hours -----------------------------------------------------------------------------


def test_fewer_hours_move_the_safe_day_in_proportion() -> None:
    """Of ten hours seven; the move is safe after 41 days, hence after 59: early in March."""
    plan = told(LINES.replace("20h", "40h"), answers={"hours_per_week": 10})
    slots = said(plan, "verdict-fewer")
    safe = MONDAY + timedelta(days=round((date(2027, 3, 28) - MONDAY).days * 10 / 7))
    assert slots == {"fewer": "7", "month": month(safe), "move": "the move-job"}


def test_fewer_hours_are_not_named_where_the_move_is_near_far_or_none() -> None:
    assert told(answers={"hours_per_week": 10}).answer.fewer == "", "within two months"
    sixty = [bool(told(LINES.replace("20h", f"{hours}h")).answer.fewer) for hours in (28, 29)]
    assert sixty == [False, True], "after 58 days, after 60"
    assert told(LINES.replace("20h", "40h"), move="").answer.fewer == ""
    assert told(LINES.replace("20h", "100h"), smaller=SMALLER, answers={"hours_per_week": 1}).answer.fewer == ""
    assert told(LINES.replace("20h", "40h"), answers={"hours_per_week": 4}).answer.fewer == "", "less than three hours"
    long = {"focus": "", "core": "calls scores", "act_after": "calls scores"}
    lines = LINES.replace("calls    20h", "calls    280h")
    for start, spoken in ((MONDAY, True), (date(2027, 3, 1), False)):
        plan = told(lines, **long, answers={"hours_per_week": 5, "start": start})
        assert plan.finish_p80.year == 2028 and bool(plan.answer.fewer) == spoken, "not in the year after the next"


# --- what comes after ------------------------------------------------------------------------------------------------


def closing(catalogue: Catalogue, **answers: Any) -> str:
    """What comes after the plan: the last paragraph."""
    for move in catalogue.moves.values():
        move.after = "{m3}, {m5}, {m6}, {m9}, {half}"
    return planned(telling(catalogue), **answers).answer.verdict[-1]


def test_the_end_of_a_search_counts_from_the_day_to_count_on() -> None:
    """It begins with odds of four in five by 14 February: months of thirty days."""
    ahead = [month(date(2027, 2, 14) + timedelta(30 * n)) for n in (6, 9)]
    text = closing(searching(small(pace=SPREAD)))
    assert text.split(", ")[:4] == ["May", "July", *ahead] == ["May", "July", "August 2027", "November 2027"]
    later = closing(searching(small(pace=SPREAD)), start=date(2027, 4, 5)).split(", ")
    assert later[:4] == ["August", "October 2027", "November 2027", "February 2028"], "a year is said where it ends"


def test_half_a_case_is_there_when_two_phases_are_over_and_work_is_timed() -> None:
    catalogue = small(pace=SPREAD)
    plan = planned(catalogue)
    second = next(r.finish for r in plan.answer.phases if r.id == "second")
    letters = plan.step("letters")
    assert letters is not None
    assert closing(small(pace=SPREAD)).split(", ")[-1] == day(max(second, letters.finish))


def test_half_a_case_takes_two_phases_of_learning_without_the_move_and_the_exam() -> None:
    lines = LINES.replace("letters  8h", "letters  2h").replace(" smaller=0.5", "")
    known = with_exams(certification("ex"), lines=lines, act_after="")
    known.moves["move-job"].after = "{half}"
    plan = planned(known, certifications="one")
    ends = {r.id: r.finish for r in plan.answer.phases}
    assert ends["move"] < ends["first"] < ends["second"] < ends["cert-ex"]
    assert plan.answer.verdict[-1] == day(ends["second"])


@pytest.mark.parametrize(
    ("months", "code"),
    [
        (1.5, "offer-unlikely"), (2, "offer-possible"), (3, "offer-possible"), (4.5, "offer-even"), (5.5, "offer-even"),
        (7.5, "offer-likely"), (9, "offer-likely"),
    ],
)  # fmt: skip
def test_an_offer_is_as_likely_as_the_months_of_search_until_the_deadline(months: float, code: str) -> None:
    last = date(2027, 2, 1) + timedelta(days=round(30 * months))
    plan = planned(searching(telling(small())), deadline=last)
    assert ids(plan, "offer") == [code] and said(plan, "offer") == {"deadline": day(last)}
    assert f"<{code}: " in plan.answer.verdict[0] and plan.answer.verdict[-1] == "Go on.", "with the first answer"
    slow = searching(telling(small()))
    slow.moves["move-job"].after_by_start = {"start": "Later."}
    slower = planned(slow, deadline=last)
    order = ["offer-unlikely", "offer-possible", "offer-even", "offer-likely"]
    assert order.index(ids(slower, "offer")[0]) == max(0, order.index(code) - 1)
    assert slower.answer.verdict[-1] == "Later."


def test_without_a_deadline_or_a_search_no_offer_is_spoken_of() -> None:
    assert not ids(planned(searching(telling(small()))), "offer")
    assert not ids(told(answers={"deadline": date(2027, 12, 1)}), "offer")
    assert told(move="").answer.verdict[1:] == ("Go.", "<assumed>"), "what was heard comes after what to do"


# --- what adverts ask for --------------------------------------------------------------------------------------------


def asked(shares: dict[str, float], **answers: Any) -> tuple[str, dict[str, str]] | None:
    catalogue = searching(telling(small()))
    for id_, share in shares.items():
        catalogue.skills[id_].demand = Demand(share=share, source="us", as_of="2027")
    found = [x for x in sentences(planned(catalogue, **answers)) if x[0].startswith("asked")]
    return found[0] if found else None


def test_what_adverts_ask_for_and_the_plan_builds_is_named_by_its_share() -> None:
    """Calls, scores and agents are the core; theory is not."""
    shares = {"calls": 10.0, "scores": 41.6, "agents": 20.0, "theory": 90.0, "law": 7.9, "papers": 8.0}
    assert asked(shares) == ("asked-lacks", {"lacks": "scores (42 %), agents (20 %) and calls (10 %)", "has": ""})
    code, slots = asked(shares, skills={"calls": 1, "papers": 2, "law": 2}) or ("", {})
    assert code == "asked-both" and slots["has"] == "calls (10 %) and papers (8 %)"
    assert slots["lacks"] == "scores (42 %), agents (20 %) and calls (10 %)"
    assert asked(shares, skills={"calls": 2, "scores": 2, "agents": 2}) is None, "nothing of it is lacking"
    assert asked({}) is None
    assert asked(shares, skip=["letters"]) is None, "nobody applies"


def test_what_is_lacked_is_named_and_one_that_is_only_deepened_does_not_lack() -> None:
    def lacks(lines: str = LINES, **answers: Any) -> str:
        known = searching(telling(small(lines=lines, core="calls scores agents theory")))
        for id_, share in {"calls": 40, "scores": 30, "agents": 20, "theory": 10}.items():
            known.skills[id_].demand = Demand(share=share, source="us", as_of="2027")
        return said(planned(known, **answers), "asked")["lacks"]

    assert lacks() == "calls (40 %), scores (30 %), agents (20 %) and theory (10 %)"
    deeper = LINES.replace("teaches calls", "teaches calls=3").replace("needs calls", "needs calls=2")
    assert lacks(deeper, skills={"calls": 2}) == "scores (30 %), agents (20 %) and theory (10 %)"
