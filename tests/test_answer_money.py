"""Advice, the move, the bill and the projects of the first page, on a catalogue of a few lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.advice import Background, Country, Datum
from roadmap.model.answer import MoneyRow, Said
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.exams import Retake
from roadmap.model.plan import Plan
from roadmap.model.rules import Specialisation
from roadmap.model.terms import Line, Task
from roadmap.planning.answer.facts import day
from tests.telling import ids, said, telling
from tests.test_answer import LINES, cost, line, project, small
from tests.test_answer_parts import with_exams
from tests.tiny import KNOWN, MONDAY, Extra, certification, planned, tiny

# --- lines and the move ----------------------------------------------------------------------------------------------


def advised(*lines: Line, **answers: Any) -> Plan:
    return planned(telling(small(extra=Extra(lines=lines))), **answers)


@pytest.mark.parametrize(
    ("place", "most"), [("risk", 3), ("not-doing", 2), ("until-then", 2), ("fact", 2), ("tool", 2)]
)
def test_of_each_kind_of_advice_a_few_are_said_the_highest_first(place: str, most: int) -> None:
    found = advised(*(line(place, f"l{i}", rank=i) for i in range(6))).answer
    shown: dict[str, Sequence[Said | str]] = {
        "risk": found.risks, "not-doing": found.not_doing, "until-then": found.until_then, "fact": found.facts,
        "tool": found.tools,
    }  # fmt: skip
    texts = [one if isinstance(one, str) else one.text for one in shown[place]]
    assert texts == [f"l{i} is said" for i in range(5, 5 - most, -1)]
    first = shown[place][0]
    assert isinstance(first, str) or (first.more, first.source) == ("why l5", "judgement")


def test_of_figures_and_tools_one_each_is_said_and_two_of_a_kind_only_where_the_other_has_none() -> None:
    def known(**of: int) -> tuple[list[str], list[str]]:
        told = [line(kind, f"{kind}{i}", rank=i) for kind, count in of.items() for i in range(count)]
        answer = advised(*told).answer
        return [one.text for one in answer.facts], [one.text for one in answer.tools]

    assert known(fact=3, tool=3) == (["fact2 is said"], ["tool2 is said"])
    assert known(fact=3, tool=1) == (["fact2 is said"], ["tool0 is said"])
    assert known(fact=3) == (["fact2 is said", "fact1 is said"], [])
    assert known(tool=3) == ([], ["tool2 is said", "tool1 is said"])
    assert known(fact=1) == (["fact0 is said"], []) and known() == ([], [])


def test_rules_of_a_field_stand_beside_the_tools_those_of_the_country_first() -> None:
    now = (
        line("say", "all", rank=9), line("say", "low", rank=1), line("say", "middle", rank=5), line("say", "least"),
        line("say", "here", when=Condition(country=("NL",))), line("say", "there", when=Condition(country=("US",))),
    )  # fmt: skip
    field = Specialisation(id="law", name="Law", summary="Law.", modules=("law",), now=now, **KNOWN)
    known = telling(small(extra=Extra(lines=[line("tool", "old")])))
    known.specialisations = {"law": field}
    known.countries = {"NL": Country(id="NL", name="the Netherlands")}
    answer = planned(known, domain="law", country="NL").answer
    assert [r.text for r in answer.rules] == ["here is said", "all is said", "middle is said", "low is said"]
    assert answer.rules[0].source == "judgement" and [t.text for t in answer.tools] == ["old is said"]
    answer = planned(known, domain="law").answer
    assert [r.text for r in answer.rules] == ["all is said", "middle is said", "low is said", "least is said"]
    assert planned(known).answer.rules == () and [t.text for t in planned(known).answer.tools] == ["old is said"]


def test_lines_on_exams_are_said_where_there_is_one_or_where_none_was_wanted() -> None:
    about = (
        line("risk", "wanted", when=Condition(certifications=("one", "all"))),
        line("risk", "none", when=Condition(certifications=("none",))),
    )
    known = with_exams(certification("ex"), extra=Extra(lines=about))
    assert [r.text for r in planned(known, certifications="one").answer.risks] == ["wanted is said"]
    assert [r.text for r in planned(known).answer.risks] == ["none is said"]
    assert [r.text for r in advised(*about, certifications="one").answer.risks] == [], "none fits"


def test_the_page_of_the_move_says_what_to_do_and_say_and_whom_to_look_for() -> None:
    week = [line("week", f"w{i}", rank=9 - i) for i in range(5)]
    said_ = [line("say", f"s{i}", rank=9 - i) for i in range(3)]
    doors = [line("door", f"d{i}", rank=9 - i) for i in range(3)]
    titles = [Line(id="t", place="title", text="Builder, Tester , Builder, A, B, C")]
    bare = [replace(x, more="") for x in week]
    known = telling(small(extra=Extra(lines=[*bare, *said_, *doors, *titles])))
    known.backgrounds = {
        "chef": Background(
            id="chef", name="Chef", kind="occupation", names=("cook",), edge="e", ask="a", source="us", as_of="2027",
            titles=("Cook", "Builder", "Baker"),
        )
    }  # fmt: skip
    other = planned(known, background=["chef"]).answer.move
    assert other is not None and other.titles == ("Builder", "Tester", "A", "B"), "a trade has titles in a search only"
    for move in known.moves.values():
        move.id = "search"
    plan = planned(known, background=["chef"])
    page = plan.answer.move
    assert page is not None
    assert (page.name, page.kind, page.start, page.learnt) == (
        "The move-job", "search", plan.answer.act_from, max(s.finish for s in plan.steps if s.id != "letters"),
    )  # fmt: skip
    assert page.week == ("w0 is said", "w1 is said")
    assert page.say == ("s0 is said",) and page.doors == ("d0 is said", "d1 is said") and page.later == ""
    assert page.titles == ("Cook", "Builder", "Tester", "A"), "four, two of the background at most"
    assert planned(known).answer.move is not None and planned(telling(small(move=""))).answer.move is None


def test_a_week_after_the_learning_is_told_apart() -> None:
    later = Line(id="l", place="week", text="beside", more="alone")
    plain = Line(id="p", place="week", text="always")
    page = advised(later, plain).answer.move
    assert page is not None and (page.week, page.later) == (("beside", "always"), "alone")
    known = telling(small(act_after="calls scores agents theory law papers", extra=Extra(lines=[later, plain])))
    page = planned(known).answer.move
    assert page is not None and (page.week, page.later) == (("always",), "alone")


@pytest.mark.parametrize(
    ("share", "hours", "weekly"), [(25, 5, 1.25), (25, 10, 2.5), (50, 10, 5.0), (60, 3, 1.75), (5, 1, 0.25)]
)
def test_the_move_takes_its_share_of_a_week_in_quarters_of_an_hour(share: int, hours: float, weekly: float) -> None:
    page = planned(telling(small(share=share)), hours_per_week=hours).answer.move
    assert page is not None and page.hours_per_week == weekly


@pytest.mark.parametrize(("share", "hours", "weekly"), [(50, 20, 8), (40, 30, 8), (50, 10, 5)])
def test_a_move_that_ends_before_the_learning_takes_no_more_than_it_takes(
    share: int, hours: float, weekly: float
) -> None:
    """Eight hours of letters are eight a week, though there were room for more; in a small week they are its share."""
    known = telling(small(lines=LINES.replace("agents   20h", "agents   90h"), share=share))
    page = planned(known, hours_per_week=hours).answer.move
    assert page is not None and page.hours_per_week == weekly


def test_a_move_that_time_off_interrupts_takes_less_of_a_week() -> None:
    """Fourteen hours from 18 January to 9 February, two weeks of which are free."""
    lines = LINES.replace("agents   20h", "agents   90h").replace("letters  8h", "letters  14h")
    away = [{"from": "2027-01-25", "to": "2027-02-07"}]
    page = planned(telling(small(lines=lines, share=50)), hours_per_week=20, breaks=away).answer.move
    assert page is not None and page.hours_per_week == 4.5


def test_the_sum_of_what_a_line_asks_counts_whole_weeks_until_the_learning_ends() -> None:
    known = telling(small(extra=Extra(lines=[line("week", a_week=3)])))
    assert said(planned(known, hours_per_week=5), "move-sum")["count"] == "18", "six weeks are worth a sum"
    plan = planned(known, hours_per_week=2)
    page, letters = plan.answer.move, plan.step("letters")
    assert page is not None and page.learnt is not None and letters is not None
    last = min(letters.finish, page.learnt)
    assert said(plan, "move-sum") == {"count": str(3 * ((last - page.start).days // 7)), "day": day(last)}


def test_advice_on_a_move_is_for_whoever_makes_it_and_on_a_cloud_for_whoever_uses_it() -> None:
    on_move, on_one = line("risk", "move", moves=("move-job",)), line("risk", "one", when=Condition(cloud=("one",)))

    def told(known: Catalogue, **answers: Any) -> list[str]:
        return [r.text for r in planned(known, **answers).answer.risks]

    known = telling(small(extra=Extra(lines=[on_move, on_one])))
    assert told(known) == ["move is said"] and told(known, skip=["letters"]) == []
    assert told(known, cloud="one") == ["one is said", "move is said"]
    known = with_exams(certification("ex"), extra=Extra(lines=[on_one]))
    known.modules["cert-ex"].cloud = "one"
    assert told(known, certifications="one") == ["one is said"], "the exam settles the cloud"
    assert told(known) == []


def a_search(known: Catalogue) -> Catalogue:
    known.moves["move-job"].id = "search"
    return telling(known)


@pytest.mark.parametrize(("hours", "weeks"), [(3, 0), (2.5, 3), (2, 4)])
def test_applications_until_a_deadline_are_summed_up_from_three_weeks_on(hours: float, weeks: int) -> None:
    """After the learning a search lasts 19, 22 or 28 days."""
    told = line("week", a_week=2, then_a_week=5)
    after = "calls scores agents theory law papers"
    known = a_search(small(act_after=after, extra=Extra(lines=[told])))
    page = planned(known, hours_per_week=hours, deadline="2028-02-08").answer.move
    counted = f"; <move-later-sum: count={5 * weeks}; day=8 February 2028>" if weeks else ""
    assert page is not None and page.later == f"why a{counted}"


@pytest.mark.parametrize(("earlier", "days", "said_"), [(4, 60, False), (5, 61, True)])
def test_people_are_met_more_than_sixty_days_before_a_search_from_the_second_phase_on(
    earlier: int, days: int, said_: bool
) -> None:
    phases = ("first: calls", "second: scores", "third: agents theory law")
    lines = LINES.replace("calls    20h", "calls    10h").replace("scores   20h", "scores   80h")
    plan = planned(a_search(small(lines=lines, phases=phases)), start=MONDAY - timedelta(days=earlier))
    second, page = next(r.start for r in plan.answer.phases if r.id == "second"), plan.answer.move
    assert page is not None and (page.start - second).days == days
    assert page.before == (f"<move-before: day={day(second)}>" if said_ else "")


def test_slack_lies_before_a_move_that_begins_later_and_after_one_that_begins_at_once() -> None:
    plan = planned(telling(small(pace=(1.0, 1.5))))
    assert plan.answer.slack == (plan.answer.act_from, date(2027, 2, 14))
    at_once = planned(telling(small(pace=(1.0, 1.5), act_after="")))
    letters = at_once.step("letters")
    assert letters is not None and at_once.answer.slack is not None
    assert at_once.answer.slack[0] == letters.finish < at_once.answer.slack[1]


def test_a_deadline_before_the_day_to_count_on_leaves_no_slack() -> None:
    known = telling(small(pace=(1.0, 1.5)))
    assert planned(known, deadline="2028-02-08").answer.slack is not None
    assert planned(known, deadline=planned(known).finish).answer.slack is None
    assert planned(telling(small())).answer.slack is None, "where every hour is sure there is none"


# --- money -----------------------------------------------------------------------------------------------------------


def bill(known: Catalogue, **answers: Any) -> list[MoneyRow]:
    return list(planned(known, **answers).answer.money)


def test_sums_are_whole_dollars_and_from_fifty_on_tens() -> None:
    def one(low: float, high: float, **more: Any) -> tuple[float, float]:
        ((_, a, b, _),) = bill(small(extra=Extra(costs=[cost("calls", low, high, **more)])))
        return a, b

    assert one(0.4, 49.4) == (0, 49) and one(49.6, 56) == (50, 60) and one(104, 96) == (100, 100)
    assert one(10, 1000, per_100_hours=True) == (8, 850), "85 hours"
    assert one(49.4, 50.6) == (49, 50)
    running = Extra(costs=[cost("c", 10, 20, per_100_hours=True)])
    lines = "calls 4h teaches calls\nletters 4h search"
    few = tiny(lines, core="calls", move="letters", act_after="calls", extra=running)
    ((_, low, high, _),) = bill(few)
    assert (low, high) == (2, 4), "a fifth of a hundred hours at least"


def test_a_bill_has_five_running_costs_and_short_notes() -> None:
    costs = [cost(f"c{i}", 1, 2) for i in range(7)]
    costs[0] = replace(costs[0], note="One thing. Another.")
    costs[1] = replace(costs[1], note="word " * 24 + "word.")
    costs[2] = replace(costs[2], note=("word " * 24).strip())
    found = bill(small(extra=Extra(costs=costs)))
    assert [row[0] for row in found] == ["c0", "c1", "c2", "c3", "c4"]
    assert [row[3] for row in found][:3] == ["One thing.", "", ("word " * 24).strip()]


def test_a_note_says_what_to_prepay_and_when_a_trial_is_opened_and_ends() -> None:
    def note(**more: Any) -> str:
        asks = replace(cost("c", 10, 31, **more), note="Prepay {most}; open it on {opens}, until {until}.")
        return bill(small(extra=Extra(costs=[asks])))[0].note

    used = note(trial_days=30, modules=("scores",))
    step = planned(small()).step("scores")
    assert step is not None
    until = step.start + timedelta(days=30)
    assert used == f"Prepay 31; open it on {day(step.start).removesuffix(f' {until.year}')}, until {day(until)}."
    assert note(trial_days=30, modules=("scores",), trial_from=("calls",)) == used, "no cloud was named"


def test_a_trial_begins_with_the_first_task_on_the_cloud_that_was_named() -> None:
    asks = replace(cost("c", 1, 2, trial_days=30, modules=("scores",), trial_from=("calls",)), note="From {opens}.")
    known = small(extra=Extra(costs=[asks]))
    known.modules["calls"].tasks = (
        Task(minutes=60, text="on one", cloud="one"),
        Task(minutes=5, text="x", cloud="any"),
    )
    first = day(MONDAY).removesuffix(f" {(MONDAY + timedelta(days=30)).year}")
    assert bill(known, cloud="one")[0].note == f"From {first}." and bill(known, cloud="two")[0].note != f"From {first}."
    assert bill(known)[0].note != f"From {first}.", "no cloud was named"
    known.costs["c"].trial_days = 5
    late = day(planned(known, cloud="one").step("scores").start)  # type: ignore[union-attr]
    assert bill(known, cloud="one")[0].note.startswith(f"From {late[:6]}"), "it would end before what it is for"


def test_a_cost_of_a_move_is_that_of_whoever_moves_so() -> None:
    assert bill(small(extra=Extra(costs=[cost("c", 1, 2, moves=("move-job",))])))
    assert not bill(small(extra=Extra(costs=[cost("c", 1, 2, moves=("move-pay",))])))
    assert not bill(small(move="", extra=Extra(costs=[cost("c", 1, 2, moves=("move-job",))])))


def test_whoever_has_no_money_goes_the_free_ways() -> None:
    calls = cost("calls", 20, 40, free_way="a free model")
    assert bill(small(extra=Extra(costs=[calls])), budget_usd=0) == [("calls", 0, 0, "a free model")]
    for enough in (20, 100):
        assert bill(small(extra=Extra(costs=[calls])), budget_usd=enough) == [("calls", 20, 40, "for calls")]
    maybe = cost("host", 0, 30, free_way="a free host")
    notes = [bill(small(extra=Extra(costs=[maybe])), budget_usd=usd)[0].note for usd in (0, 1)]
    assert notes == ["a free host", "for host"]


def test_exams_are_on_the_bill_with_a_second_try_at_what_it_costs() -> None:
    one, two = (
        certification("ex"),
        certification("zz", retake=Retake(days=14, text="Two weeks.", fee_usd=40.0), fee_usd=200.0),
    )
    known = with_exams(one, two)
    (first, again, *_) = bill(known, certifications="one")
    assert first[:3] == ("<money-exam: exam=EX>", 100, 100) and again[:3] == ("<money-retake: exam=EX>", 0, 100)
    assert first[3] == "<money-tax>" and again[3] == "<money-retake-note>"
    assert ids(planned(known, certifications="one", budget_usd=150), "money-no") == [
        "money-no-retake", "money-no-retake-one-note",
    ]  # fmt: skip


def test_a_second_try_costs_what_the_exam_says_of_it() -> None:
    cheaper = certification("ex", retake=Retake(days=14, text="Two weeks.", fee_usd=40.0), fee_usd=200.0)
    assert bill(with_exams(cheaper), certifications="one")[1].high_usd == 40
    unsaid = certification("ex", retake=Retake(days=14, text="Two weeks."), fee_usd=200.0)
    assert bill(with_exams(unsaid), certifications="one")[1].high_usd == 200


def test_money_for_second_tries_is_kept_for_all_exams_only_where_the_whole_bill_leaves_it() -> None:
    """Two exams and their second tries are 400 dollars, the running costs forty at most."""
    exams = (certification("ex"), certification("zz"))
    known = with_exams(*exams, extra=Extra(costs=[cost("calls", 20, 40)]))
    for usd, count in ((439, 1), (440, 2)):
        found = bill(known, certifications="all", budget_usd=usd)
        assert len([row for row in found if row.item.startswith("<money-retake")]) == count


def test_without_money_for_a_second_try_the_rest_of_the_bill_is_what_it_is() -> None:
    calls = cost("calls", 20, 40, free_way="a free model")
    known = with_exams(certification("ex"), extra=Extra(costs=[calls]))
    found = {usd: [r[1:3] for r in bill(known, certifications="one", budget_usd=usd)] for usd in (130, 110)}
    assert found == {130: [(100, 100), (0, 0), (20, 40)], 110: [(100, 100), (0, 0), (0, 0)]}


def test_the_range_of_a_running_cost_leaves_the_least_of_the_next_one() -> None:
    """Beside an exam and its second try 35 or 55 dollars are left for two costs that take thirty at least."""
    known = with_exams(certification("ex"), extra=Extra(costs=[cost("calls", 20, 40), cost("host", 10, 30)]))
    for usd, ranges in ((235, [(20, 25), (10, 10)]), (255, [(20, 40), (10, 15)])):
        assert [r[1:3] for r in bill(known, certifications="one", budget_usd=usd)][2:] == ranges


# --- projects --------------------------------------------------------------------------------------------------------


def pages(*more: Any, lines: str = LINES.replace("20h", "60h"), **answers: Any) -> Any:
    return planned(telling(small(lines=lines, extra=Extra(projects=more))), **answers).answer.projects


def test_two_exams_without_money_for_a_second_try_are_told_so_together() -> None:
    known = with_exams(certification("ex"), certification("zz"))
    plan = planned(known, certifications="all", budget_usd=210)
    assert ids(plan, "money-no") == ["money-no-retake", "money-no-retake-note"]


def test_a_project_is_shown_with_the_steps_in_which_it_grows_most_and_its_targets_in_figures() -> None:
    two = (Datum(title="A", url="https://a.org", licence="CC0"), Datum(title="B", url="https://b.org", licence="MIT"))
    one = replace(
        project("plain", "calls scores agents"), data=(*two, replace(two[0], title="C")), never=("names", "numbers"),
        grows={"calls": "first", "scores": "second", "agents": "an answer in 2 seconds", "papers": "third"},
        reader="A friend. Ask them early.",
    )  # fmt: skip
    (page,) = pages(one)
    assert [(d.title, d.url, d.licence) for d in page.data] == [("A", "https://a.org", "CC0")]
    assert page.never == ("names",) and page.reader == "A friend." and page.brief == "Build plain."
    assert page.targets == ("2 seconds", "8 of 10", "3 users", "1 cent"), "what a step reaches comes first"
    assert len(page.grows) == 2 and {g.step for g in page.grows} <= {"calls", "scores", "agents"}
    assert all(g.adds == one.grows[g.step] for g in page.grows)


def test_a_project_is_shown_in_the_steps_that_it_names_even_where_others_are_longer() -> None:
    (page,) = pages(project("plain", "law papers"))
    assert [g.step for g in page.grows] == ["law", "papers"]


def test_a_project_of_few_figures_names_each_target_once() -> None:
    (page,) = pages(replace(project("plain", "calls scores"), targets=("plain", "8 of 10", "clear", "fast", "short")))
    assert page.targets == ("8 of 10", "plain", "clear", "fast")


def test_a_small_form_is_filled_up_with_targets_of_the_whole() -> None:
    two = (Datum(title="A", url="https://a.org", licence="CC0"), Datum(title="B", url="https://b.org", licence="MIT"))
    (page,) = pages(replace(project("plain", "calls scores"), data=two), lines=LINES.replace("20h", "5h"))
    assert (page.brief, page.targets, len(page.data)) == ("Small.", ("1 of 2", "2", "3"), 1)
    few = project("plain", "calls scores")
    few.small.targets = ("1 of 2", "words only", "more words")
    (page,) = pages(few, lines=LINES.replace("20h", "5h"))
    assert page.targets == ("1 of 2", "8 of 10", "3 users", "words only")


def test_a_second_project_is_told_in_short() -> None:
    lines = LINES.replace("20h", "60h") + "another 70h teaches another"
    second = replace(project("second", "another theory", size="second"), brief="Build it. With care.")
    main = project("main", "calls scores agents")
    main, second = (replace(p, data=(*p.data, *p.data)) for p in (main, second))
    known = telling(small(lines=lines, core="calls scores agents another", extra=Extra(projects=[main, second])))
    first, page = planned(known, level="entry").answer.projects
    assert (len(first.data), len(page.data)) == (1, 1)
    assert (page.id, page.brief, page.reader, len(page.targets)) == ("second", "Build it.", "", 3)
    assert [g.step for g in page.grows] == ["another"]
    work = {w.step: w for r in planned(known, level="entry").answer.phases for w in r.work}
    assert work["another"].project == "Second" and work["calls"].project == ""
