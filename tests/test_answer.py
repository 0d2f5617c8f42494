"""Sums of the first page on a catalogue of a few lines: phases, gates, weeks, money, lines of advice, projects."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.advice import Cost, Datum, Project, SmallForm
from roadmap.model.answer import MovePage
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.plan import Plan
from roadmap.model.rules import Effect, Rule
from roadmap.model.terms import Line, Task
from roadmap.planning.answer.facts import about, listed, lower, number, short
from roadmap.planning.answer.week import split
from roadmap.render.answer_page import answer_page
from roadmap.render.layout import Heading, Items, Span
from tests.builders import plan_for, real_catalogue
from tests.tiny import MONDAY, Extra, certification, planned, tiny

TODAY_CATALOGUE = real_catalogue()
LINES = """
calls    20h  teaches calls
scores   20h  needs calls teaches scores smaller=0.5
agents   20h  needs calls teaches agents
theory   8h   teaches theory
law      6h   teaches law
papers   3h   teaches papers
letters  8h   search
"""
WAY: dict[str, Any] = {
    "core": "calls scores agents",
    "focus": "theory law papers",
    "move": "letters",
    "act_after": "scores",
    "phases": ("first: calls scores", "second: agents", "third: theory law", "fourth: papers"),
    "demand": "theory=9 law=1 papers=3",
}


def small(*, lines: str = LINES, extra: Extra | None = None, **more: Any) -> Catalogue:
    return tiny(lines, extra=extra, **{**WAY, **more})


def line(place: Any, id_: str = "a", **more: Any) -> Line:
    return Line(id=id_, place=place, text=f"{id_} is said", more=f"why {id_}", **more)


def advised(*lines: Line, **answers: Any) -> Plan:
    return planned(small(extra=Extra(lines=lines)), **answers)


# --- phases ----------------------------------------------------------------------------------------------------------


def test_phases_cover_the_learning_and_the_move_has_a_row_of_its_own() -> None:
    plan = planned(small())
    rows = {r.id: r for r in plan.answer.phases}
    assert sum(r.hours for r in plan.answer.phases) == plan.hours
    assert rows["first"].hours == 40 and rows["first"].leaves.lower() == "first left"
    assert rows["move"].hours == 8 and rows["move"].start == plan.answer.act_from
    assert [r.start for r in plan.answer.phases] == sorted(r.start for r in plan.answer.phases)


def test_a_long_plan_with_few_phases_is_divided_and_none_has_more_than_eight() -> None:
    one = planned(small(phases=("all: calls scores agents theory law papers",)))
    assert len([r for r in one.answer.phases if r.id != "move"]) == 4
    many = "\n".join(f"part-{i} 10h teaches p{i}" for i in range(12)) + "\nletters 4h search"
    parts = [f"part-{i}" for i in range(12)]
    plan = planned(tiny(many, core=" ".join(parts), move="letters", phases=[f"{p}x: {p}" for p in parts]))
    assert len(plan.answer.phases) <= 8
    assert sum(r.hours for r in plan.answer.phases) == plan.hours


# --- gates -----------------------------------------------------------------------------------------------------------


def test_gates_are_dated_by_the_end_of_their_phase_and_checked_by_what_it_asks() -> None:
    plan = planned(small())
    rows = {r.finish: r for r in plan.answer.phases if r.id != "move"}
    first = plan.answer.gates[0]
    assert first.check == "first passes" and rows[first.on].id == "first"
    assert first.if_missed.text.startswith("Help for first")


def test_of_many_phases_those_that_end_close_to_another_have_no_gate() -> None:
    sizes = (30, 3, 30, 3, 30, 30, 30)
    lines = "\n".join(f"part-{i} {n}h teaches p{i}" for i, n in enumerate(sizes)) + "\nletters 4h search"
    parts = [f"part-{i}" for i in range(len(sizes))]
    plan = planned(tiny(lines, core=" ".join(parts), move="letters", phases=[f"{p}x: {p}" for p in parts]))
    ends = [r.finish for r in plan.answer.phases if r.id != "move"]
    on = [g.on for g in plan.answer.gates]
    assert len(ends) == len(sizes) and len(on) == 5 and on[-1] == ends[-1]
    gaps = [(b - a).days for a, b in pairwise([MONDAY, *on])]
    assert max(gaps) < 2 * min(gaps)


def test_no_checkpoint_comes_after_the_deadline() -> None:
    """Three months are too short for all of it, so the search begins late and would be checked after them."""
    plan = plan_for(TODAY_CATALOGUE, start="2026-12-01", deadline="2027-02-28", hours_per_week=10)
    on = [g.on for g in plan.answer.gates]
    assert plan.answer.move is not None and len(on) >= 4 and max(on) <= date(2027, 2, 28)


def test_one_exam_has_a_gate_of_its_practice_tests_and_under_a_date_a_day_to_give_it_up() -> None:
    def gates(**said: Any) -> list[str]:
        plan = plan_for(TODAY_CATALOGUE, **{"role": "data-scientist", "cloud": "gcp", "hours_per_week": 9, **said})
        texts = [(g.step, g.on, g.if_missed.text) for g in plan.answer.gates]
        exams = {e.step: e.exam_on for e in plan.exams}
        assert all(on == exams[step] - timedelta(days=14) for step, on, _ in texts if step in exams)
        return [text for step, _, text in texts if step in exams or "leave PMLE out" in text]

    assert len(gates(certifications="one")) == 1
    assert len(gates(certifications="one", start="2027-01-11", deadline="2027-10-31")) == 2
    assert gates(certifications="none") == []


def test_a_trial_with_colleagues_has_a_gate_after_the_untouched_cases() -> None:
    for role in ("swe", "data-scientist"):
        plan = plan_for(TODAY_CATALOGUE, role=role, goals="promotion", domain="finance")
        on = {g.step: g.on for g in plan.answer.gates}
        opened = next(s.finish for s in plan.steps if s.id == "evaluation-in-depth")
        assert on["internal-pilot"] == next(s.finish for s in plan.steps if s.id == "internal-pilot")
        assert opened <= next(s.start for s in plan.steps if s.id == "internal-pilot")


def test_what_a_missed_gate_drops_is_the_least_worth_that_makes_up_for_it() -> None:
    """A quarter more of the first 40 hours is 10, of theory 8, law 6 and papers 3."""

    def dropped(demand: str) -> set[str]:
        catalogue = small(lines=LINES.replace(" smaller=0.5", ""), demand=demand, act_after="calls")
        missed = planned(catalogue).answer.gates[0].if_missed
        sizes = {"theory": 8, "law": 6, "papers": 3}
        assert missed.saves_hours == sum(sizes[d] for d in missed.drop) >= 10
        return {*missed.drop}

    assert dropped("theory=1 law=1 papers=9") == {"theory", "law"}
    assert dropped("theory=1 law=9 papers=1") == {"theory", "papers"}


def test_before_the_move_begins_nothing_is_left_out_for_it() -> None:
    missed = planned(small(lines=LINES.replace(" smaller=0.5", ""))).answer.gates[0].if_missed
    assert (missed.drop, missed.saves_hours) == ((), 0)
    assert missed.text


def test_a_smaller_form_saves_its_part_first() -> None:
    gate = planned(small()).answer.gates[0]
    assert (gate.if_missed.drop, gate.if_missed.saves_hours) == ((), 10)


def test_no_gate_drops_core_the_move_what_others_need_or_what_is_kept() -> None:
    lines = LINES.replace("papers   3h ", "papers   3h needs law ").replace(" smaller=0.5", "")
    plan = planned(small(lines=lines), keep=["theory"])
    dropped = {d for g in plan.answer.gates for d in g.if_missed.drop}
    assert dropped <= {"papers"}
    all_of_them = [
        d for g in planned(small(lines=LINES.replace(" smaller=0.5", ""))).answer.gates for d in g.if_missed.drop
    ]
    assert len(all_of_them) == len(set(all_of_them)), "what one gate leaves out, a later one does not offer again"


def test_where_nothing_can_go_the_date_moves() -> None:
    plan = planned(small(lines=LINES.replace(" smaller=0.5", ""), focus="", asks=""))
    for gate in plan.answer.gates:
        assert (gate.if_missed.drop, gate.if_missed.saves_hours) == ((), 0)
        assert gate.if_missed.text


# --- weeks -----------------------------------------------------------------------------------------------------------


@given(st.integers(60, 3600), st.lists(st.integers(1, 60), min_size=1, max_size=7))
def test_minutes_add_up_whatever_the_shares(total: int, shares: list[int]) -> None:
    assert sum(split(total, shares)) == total


@pytest.mark.parametrize("hours", [1, 2.5, 7, 10, 33])
def test_a_normal_week_and_the_first_one_add_up_to_the_hours(hours: float) -> None:
    plan = planned(small(extra=Extra(lines=[line("message", minutes=15)])), hours_per_week=hours)
    for rows in (plan.answer.rhythm, plan.answer.first_week):
        assert sum(r.minutes for r in rows) == hours * 60
        assert all(r.minutes > 0 for r in rows)


def test_own_days_are_kept_and_building_goes_to_the_longest() -> None:
    plan = planned(small(), availability="tue=2,thu=1,sat=5")
    assert [(s.day, s.minutes, s.what) for s in plan.answer.rhythm] == [
        ("tue", 120, "<rhythm-study>"),
        ("thu", 60, "<rhythm-study>"),
        ("sat", 300, "<rhythm-build>"),
    ]


def test_the_first_week_holds_a_message_to_a_person() -> None:
    plan = advised(line("message", minutes=20))
    assert [t.minutes for t in plan.answer.first_week if t.task == "a is said"] == [20]


# --- money -----------------------------------------------------------------------------------------------------------


def bill(budget: float | None, *costs: Cost) -> list[tuple[str, float, float]]:
    plan = planned(small(extra=Extra(costs=costs)), budget_usd=budget)
    return [(m.item, m.low_usd, m.high_usd) for m in plan.answer.money]


def cost(item: str, low: float, high: float, **more: Any) -> Cost:
    return Cost(id=item, item=item, low_usd=low, high_usd=high, note=f"for {item}", source="us", as_of="2027", **more)


def test_the_bill_stays_within_the_budget_and_takes_the_free_way() -> None:
    calls, host = cost("calls", 20, 40, free_way="a free model"), cost("host", 10, 30)
    assert bill(None, calls, host) == [("calls", 20, 40), ("host", 10, 30)]
    assert bill(25, calls, host) == [("calls", 20, 40), ("host", 0, 30)]
    assert bill(5, calls) == [("calls", 0, 0)]
    assert sum(low for _, low, _ in bill(0, calls, host)) == 0


def test_costs_grow_with_hours_and_fire_on_facts() -> None:
    assert bill(None, cost("calls", 10, 20, per_100_hours=True)) == [("calls", 8, 17)]
    assert bill(None, cost("host", 10, 20, modules=("ghost",))) == []
    assert bill(None, cost("host", 10, 20, modules=("agents",))) == [("host", 10, 20)]
    assert bill(None, cost("host", 10, 20, when=Condition(level=("senior",)))) == []


def test_what_steps_cost_is_on_the_bill() -> None:
    plan = planned(small(lines=LINES.replace("agents   20h", "agents   20h cost_usd=30")))
    assert plan.cost_usd == 30
    assert [(m.item, m.low_usd, m.high_usd) for m in plan.answer.money] == [("<money-steps>", 30, 30)]
    assert plan.answer.money_total == (30, 30)


# --- lines of advice -------------------------------------------------------------------------------------------------


def test_the_highest_rank_speaks_first_and_of_equals_the_more_particular() -> None:
    plan = advised(
        line("risk", "low"), line("risk", "high", rank=9), line("risk", "mine", when=Condition(role=("start",)))
    )
    assert [r.text for r in plan.answer.risks] == ["high is said", "mine is said", "low is said"]
    assert plan.answer.risks[0].more == "why high"


def test_lines_fire_on_facts_moves_and_outcomes() -> None:
    away = (
        line("risk", "b", when=Condition(level=("senior",))),
        line("risk", "c", moves=("move-pay",)),
        line("risk", "d", outcomes=("piece",)),
        line("not-doing", "e"),
    )
    plan = advised(line("risk", outcomes=("job",), moves=("move-job",)), *away)
    assert [r.text for r in plan.answer.risks] == ["a is said"]
    assert [r.text for r in plan.answer.not_doing] == ["e is said"]


def test_until_a_later_start_something_is_said() -> None:
    soon, later = (line("until-then", i, when=Condition(later_start=x)) for i, x in (("soon", False), ("later", True)))
    far = MONDAY + timedelta(days=60)
    assert advised(soon, later, start=far).answer.until_then == ("later is said",)
    assert advised(soon, later).answer.until_then == ("soon is said",)


# --- projects --------------------------------------------------------------------------------------------------------


def project(id_: str, grows: str, **more: Any) -> Project:
    return Project(
        id=id_,
        title=id_.capitalize(),
        brief=f"Build {id_}.",
        data=(Datum(title="Open data", url="https://example.org/data", licence="CC0"),),
        never=("names",),
        reader="a friend",
        targets=("8 of 10", "3 users", "2 seconds", "1 cent", "0 leaks", "no number"),
        grows={g: f"{g} for {id_}" for g in grows.split()},
        small=SmallForm(brief="Small.", targets=("1 of 2", "2", "3")),
        sources=("us",),
        as_of="2027",
        confidence="high",
        **more,
    )


def chosen(*projects: Project, **answers: Any) -> list[str]:
    plan = planned(small(extra=Extra(projects=projects)), **answers)
    return [p.id for p in plan.answer.projects]


def test_the_project_is_the_one_that_fits_the_person_best() -> None:
    plain, mine = (
        project("plain", "calls scores agents"),
        project("mine", "calls", when=Condition(background=("chef",))),
    )
    senior = project("senior", "calls scores agents theory", when=Condition(level=("senior",)))
    assert chosen(plain, mine, senior) == ["plain"]
    assert chosen(plain, mine, senior, background=["chef"]) == ["mine"]
    assert chosen(plain, mine, senior, level="senior") == ["senior"]


def test_a_long_step_that_the_main_project_does_not_name_brings_a_second_one() -> None:
    lines = LINES.replace("20h", "60h") + "another 70h teaches another"
    main, tool = project("main", "calls scores agents"), project("tool", "calls scores agents", size="first")
    second = project("second", "another", size="second")
    catalogue = small(lines=lines, core="calls scores agents another", extra=Extra(projects=[main, tool, second]))
    plan = planned(catalogue, level="entry")
    assert [p.id for p in plan.answer.projects] == ["main", "second"]
    assert {s.id: s.project_adds for s in plan.steps}["another"] == "another for second"
    short = small(
        lines=lines.replace("70h", "50h"), core="calls scores agents another", extra=Extra(projects=[main, second])
    )
    assert [p.id for p in planned(short, level="entry").answer.projects] == ["main"]


def test_every_step_says_what_it_adds_to_the_project() -> None:
    plan = planned(small(extra=Extra(projects=[project("plain", "calls scores")])))
    adds = {s.id: s.project_adds for s in plan.steps}
    assert adds["calls"] == "calls for plain" and adds["agents"] == "agents in the project."
    assert adds["letters"] == ""
    (page,) = plan.answer.projects
    assert {g.step for g in page.grows} <= set(adds)


def test_a_phase_shows_its_steps_by_what_they_add_in_the_words_of_a_project_or_of_their_module() -> None:
    plan = planned(small(extra=Extra(projects=[project("plain", "calls scores")])))
    work = {w.step: w for phase in plan.answer.phases for w in phase.work}
    assert work["calls"].adds == "calls for plain" and work["calls"].project == ""
    assert work["agents"].adds == "agents in the project"
    assert sum(w.hours for w in work.values()) == plan.hours


def test_a_checkpoint_stands_in_one_place_with_what_will_do_if_it_is_missed() -> None:
    able = project("plain", "calls scores agents")
    able = replace(able, grows={"calls": "20 calls answered", "scores": "A score", "agents": "30 runs"})
    catalogue = small(extra=Extra(projects=[able]))
    blocks = answer_page(planned(catalogue), catalogue)
    checks = blocks[blocks.index(Heading("Checkpoints")) + 1]
    assert isinstance(checks, Items)
    assert shown(checks.items[0].line).split(": ", 1)[1] == "<gate-project>. Missed: <gate-own>."


def shown(line: tuple[Span, ...]) -> str:
    return "".join(span.text for span in line)


def tasked(first: tuple[int, ...], lines: tuple[Line, ...] = (), **steps: tuple[int, ...]) -> Catalogue:
    """The small catalogue with tasks of so many minutes for a project and for some steps."""
    able = replace(project("p", "calls scores"), first=tuple(Task(minutes=m, text=f"p {m}") for m in first))
    catalogue = small(extra=Extra(projects=[able], lines=lines))
    for id_, minutes in steps.items():
        catalogue.modules[id_].tasks = tuple(Task(minutes=m, text=f"{id_} {m}") for m in minutes)
    return catalogue


def test_the_first_week_is_made_of_the_small_tasks_of_the_first_steps_and_of_the_project() -> None:
    week = planned(tasked((60, 45), calls=(30, 75, 90), scores=(70, 80)), hours_per_week=6).answer.first_week
    assert [t.task for t in week] == ["calls 30", "p 60", "p 45", "calls 75", "calls 90"]
    assert sum(t.minutes for t in week) == 360
    (few,) = planned(tasked((), calls=(60,)), hours_per_week=1).answer.first_week
    assert few.task == "calls 60"


def test_what_is_left_of_a_week_goes_to_the_steps_and_a_set_up_stays_short() -> None:
    week = planned(tasked((60,), calls=(30, 90, 90)), hours_per_week=7).answer.first_week
    assert [t.minutes for t in week] == [30, 60, 165, 165]


def test_in_a_long_week_work_that_follows_one_another_shares_a_row() -> None:
    able = replace(project("p", "scores"), first=tuple(Task(minutes=m, text=f"p {m}") for m in (60, 45, 50)))
    catalogue = small(extra=Extra(projects=[able]))
    catalogue.modules["calls"].tasks = tuple(Task(minutes=m, text=f"calls {m}") for m in (30, 100, 110, 120, 130, 140))
    week = [t.task for t in planned(catalogue, hours_per_week=20).answer.first_week]
    assert week == ["calls 30", "p 60", "p 45", "p 50", "calls 100 calls 110", "calls 120 calls 130", "calls 140"]
    catalogue.modules["calls"].tasks = tuple(Task(minutes=m, text=f"calls {m}") for m in (30, 140, 130, 120, 110, 100))
    week = [t.task for t in planned(catalogue, hours_per_week=20).answer.first_week]
    assert week[4:] == ["calls 140", "calls 130 calls 120", "calls 110 calls 100"], "the shortest neighbours"


def test_a_week_begins_what_its_first_step_adds_to_the_project_unless_that_takes_weeks() -> None:
    able = replace(project("p", "calls scores"), grows={"calls": "20 calls answered", "scores": "A score"})
    for hours, said in (("10h", True), ("20h", False)):
        catalogue = small(lines=LINES.replace("20h", hours), extra=Extra(projects=[able]))
        catalogue.modules["calls"].tasks = (Task(minutes=30, text="set up"), Task(minutes=90, text="call it"))
        week = [t.task for t in planned(catalogue, hours_per_week=7).answer.first_week]
        assert week[0] == "set up" and ("20 calls answered." in week) is said and ("call it" in week) is not said


def test_a_week_without_tasks_is_the_check_of_its_first_step() -> None:
    plan = planned(small())
    assert [t.task for t in plan.answer.first_week] == ["Calls is done."]


def test_fewer_hours_are_named_where_the_move_lies_ahead_and_no_deadline_says_it_first() -> None:
    long = small(lines=LINES.replace("20h", "40h"))
    assert planned(long, hours_per_week=4).answer.fewer == ""
    assert planned(long, hours_per_week=5).answer.fewer == "<verdict-fewer>"
    assert planned(long, hours_per_week=5, deadline=MONDAY + timedelta(days=600)).answer.fewer == ""


def test_what_comes_after_the_move_has_begun_is_told_in_brief() -> None:
    plan = planned(small(extra=Extra(projects=[project("plain", "calls scores agents theory")])), hours_per_week=5)
    rows = {r.id: r for r in plan.answer.phases}
    assert not rows["first"].later and rows["third"].later and not rows["move"].later
    told = {g.step for g in plan.answer.gates}
    for row in rows.values():
        kept = [w for w in row.work if w.adds and w.step not in told]
        assert not row.later or (len(kept) <= 1 and not any(w.opens for w in row.work))
    assert any(w.adds for w in rows["first"].work)


def test_a_missed_checkpoint_is_answered_in_the_words_of_the_project() -> None:
    able = replace(project("plain", "calls"), grows={"calls": "Answer 20 calls"}, missed={"calls": "Answer 10 calls"})
    gate = planned(small(extra=Extra(projects=[able]))).answer.gates[0]
    assert gate.check == "<gate-project>" and gate.if_missed.text.startswith("<gate-own>")
    assert gate.if_missed.saves_hours == 8, "two fifths of 20 hours where the module names no share"


def test_a_second_try_is_on_the_bill_only_where_the_budget_has_it() -> None:
    def items(budget: float) -> list[str]:
        add = Rule(id="exam", when=Condition(), then=Effect(add=("cert",)), because="So.", source="us")
        extra = Extra(rules=[add], exams=[certification("ex")], costs=[cost("calls", 20, 40)])
        catalogue = small(lines=LINES + "cert 6h certify certification=ex cost_usd=100\n", extra=extra)
        return [m.item for m in planned(catalogue, certifications="one", budget_usd=budget).answer.money]

    assert "<money-retake>" in items(320) and "<money-no-retake>" not in items(320)
    assert "<money-retake>" not in items(319) and "<money-no-retake>" in items(319)


def test_money_kept_for_a_second_try_lowers_the_rest_of_the_bill() -> None:
    add = Rule(id="exam", when=Condition(), then=Effect(add=("cert",)), because="So.", source="us")
    costs = [cost("calls", 20, 40), cost("hosting", 0, 30)]
    extra = Extra(rules=[add], exams=[certification("ex")], costs=costs)
    catalogue = small(lines=LINES + "cert 6h certify certification=ex\n", extra=extra)

    def bill(budget: float) -> list[tuple[float, float]]:
        rows = planned(catalogue, certifications="one", budget_usd=budget).answer.money
        return [(row.low_usd, row.high_usd) for row in rows]

    assert bill(300) == [(100, 100), (0, 100), (20, 40), (0, 30)]
    assert bill(225) == [(100, 100), (0, 100), (20, 25), (0, 0)]


def test_a_short_plan_has_the_small_form() -> None:
    short = planned(small(lines=LINES.replace("20h", "5h"), extra=Extra(projects=[project("plain", "calls scores")])))
    assert short.answer.projects[0].brief == "Small."


# --- words -----------------------------------------------------------------------------------------------------------


def test_estimates_are_rounded_and_words_joined() -> None:
    assert [about(h) for h in (0.75, 3.5, 11.25, 25.5, 33, 204)] == ["0.8", "3.5", "11", "25", "35", "200"]
    assert [number(x) for x in (3, 2.5, 2.333)] == ["3", "2.5", "2.33"]
    assert [listed(x) for x in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]
    assert [lower(x) for x in ("Google Cloud Platform basics", "Cloud basics")] == [
        "Google Cloud Platform basics", "cloud basics",
    ]  # fmt: skip
    assert (
        short("Answer questions: the first part") == "answer questions" and short("RAG that works") == "RAG that works"
    )


def test_who_knows_it_already_is_not_sent_to_the_lessons_on_it(catalogue: Catalogue) -> None:
    def opened(**answers: Any) -> set[str]:
        plan = plan_for(catalogue, role="swe", goals=["agents"], hours_per_week=20, **answers)
        work = [one for row in plan.answer.phases for one in row.work if one.step == "first-agent"]
        return {opens.id for one in work for opens in one.opens}

    assert "zoomcamp-rag" in opened()
    assert "zoomcamp-rag" not in opened(skills={"llm-apis": 3}) and opened(skills={"llm-apis": 3})


# --- the move, in numbers ---------------------------------------------------------------------------------------------


def searching(*lines: Line, hours: float) -> MovePage:
    """The move of the small catalogue, being a search, with a phase between the first one and the first letter."""
    catalogue = small(extra=Extra(lines=lines), phases=("first: calls", "second: scores", "third: agents theory law"))
    for move in catalogue.moves.values():
        move.id = "search"
    page = planned(catalogue, hours_per_week=hours).answer.move
    assert page is not None
    return page


def test_a_search_has_the_sum_of_its_applications_where_it_lasts_some_weeks() -> None:
    weekly = line("week", a_week=2)
    assert searching(weekly, hours=2).week == ("a is said <move-sum>",)
    assert searching(weekly, hours=20).week == ("a is said",)


def test_people_are_met_long_before_a_search_and_not_just_before_it() -> None:
    assert searching(hours=2).before == "<move-before>"
    assert searching(hours=20).before == ""


def test_what_a_case_needs_comes_before_the_first_small_task() -> None:
    told = (line("first", "badge", rank=60, minutes=15), line("first", "any", rank=5, minutes=15))
    catalogue = tasked((60,), told, calls=(30, 90))
    week = planned(catalogue, hours_per_week=8).answer.first_week
    assert [t.task for t in week][:2] == ["badge is said", "calls 30"]
    assert "badge is said" not in [t.task for t in planned(catalogue, hours_per_week=3).answer.first_week]


def test_the_first_piece_is_the_main_projects_even_where_another_has_the_first_step() -> None:
    main = replace(project("main", "calls scores agents"), size="main")
    other = replace(project("other", "theory"), size="second")
    lines = LINES.replace("calls    20h", "calls    8h")
    catalogue = small(lines=lines, extra=Extra(projects=[main, other]))
    catalogue.modules["calls"].tasks = (Task(minutes=30, text="set up"),)
    assert "Calls for main." in [t.task for t in planned(catalogue, hours_per_week=8).answer.first_week]


@pytest.mark.parametrize("goal", ["job", "mlops", "agents", "consulting", "promotion"])
def test_without_money_nothing_is_built_on_a_cloud_that_wants_a_card_not_even_to_fill_the_time(goal: str) -> None:
    for role in ("swe", "data-scientist", "new"):
        plan = plan_for(
            TODAY_CATALOGUE, role=role, goals=[goal], hours_per_week=20, budget_usd=0, deadline="2028-06-30"
        )
        assert not [s.id for s in plan.steps if s.id.startswith("deploy-ai-") or s.id == "cloud-first-deploy"]
