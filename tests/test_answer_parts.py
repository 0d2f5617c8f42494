"""The parts of the first page one by one, in a few lines: checkpoints, phases, the move, money, projects."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.advice import Bought
from roadmap.model.answer import GateRow, Missed, Opens, PhaseRow, TaskRow, Work
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.exams import Certification
from roadmap.model.plan import Plan
from roadmap.model.rules import Effect, Rule
from roadmap.model.terms import Part
from roadmap.planning.answer.facts import day
from roadmap.planning.answer.phases import most_opens, with_few_opens
from roadmap.planning.make import make_plan
from roadmap.render.answer_work import checkpoints, phases, way, work_by_phase
from roadmap.render.layout import Block, Facts, Items, Line, Paragraph, Table
from roadmap.render.numbers import stretch
from roadmap.render.references import References
from roadmap.render.wording import Words
from tests.telling import telling
from tests.test_answer import LINES, cost, line, project, small
from tests.test_answer_length import phase, work
from tests.tiny import MONDAY, Extra, certification, planned, someone

PLAIN = LINES.replace(" smaller=0.5", "")
ONE = ("all: calls scores agents theory law papers",)
FAR = MONDAY + timedelta(days=400)


def with_exams(*exams: Certification, lines: str = PLAIN, extra: Extra | None = None, **more: Any) -> Catalogue:
    """The small catalogue with a step of six hours for each exam, for whoever wants any."""
    steps = "".join(f"cert-{e.id} 6h certify certification={e.id}\n" for e in exams)
    when = Condition(certifications=("one", "all"))
    added = tuple(f"cert-{e.id}" for e in exams)
    add = Rule(id="exam", when=when, then=Effect(add=added), because="So.", source="us")
    extra = replace(extra or Extra(), rules=[add], exams=exams)
    return telling(small(lines=lines + steps, extra=extra, **more))


# --- an answer in figures alone --------------------------------------------------------------------------------------


def test_the_outline_of_an_answer_has_its_ends_its_days_and_its_bill() -> None:
    catalogue = telling(small(pace=(1.0, 1.5), extra=Extra(costs=[cost("calls", 20, 40)])))
    plain = make_plan(catalogue, someone(catalogue), MONDAY, words=False).answer
    full = planned(catalogue).answer
    for name in ("outcome", "wished", "act_from", "ready", "ready_even", "money"):
        assert getattr(plain, name) == getattr(full, name), name
    assert (plain.outcome.id, plain.outcome.text, plain.wished.text) == ("job", "you reach job", "To job")
    assert plain.ready > plain.ready_even and plain.money
    told = {f.name for f in fields(plain)} - {"outcome", "wished", "act_from", "ready", "ready_even", "money"}
    assert {name: getattr(plain, name) for name in told if getattr(plain, name) not in ((), "", None)} == {}


# --- checkpoints -----------------------------------------------------------------------------------------------------


def gates(catalogue: Catalogue, **answers: Any) -> Sequence[GateRow]:
    return planned(catalogue, **answers).answer.gates


def of_phases(catalogue: Catalogue, **answers: Any) -> list[GateRow]:
    """The same without those of exams."""
    return [g for g in gates(catalogue, **answers) if not g.step.startswith("cert-")]


def test_what_a_slip_takes_is_said_in_days_of_the_persons_week() -> None:
    """A quarter of 20 hours is five; nothing may go before the move begins."""
    known = telling(small(lines=PLAIN, phases=ONE))
    for hours, days in ((10, "4"), (5, "7"), (40, "1")):
        (first, *_) = gates(known, hours_per_week=hours)
        assert first.if_missed.text == f"<gate-move-1: days={days}>"


def test_the_smaller_form_of_a_step_is_named_where_there_is_no_other_advice() -> None:
    first, second, *_ = gates(telling(small(phases=ONE)))
    assert (second.step, second.if_missed.text) == ("scores", "<gate-own: small=only the start of scores>")
    assert second.if_missed.saves_hours == 10 and first.if_missed.saves_hours == 0
    (gate, *_) = gates(telling(small()))
    assert gate.if_missed.text == "Help for first." and gate.if_missed.saves_hours == 10


@pytest.mark.parametrize(("share", "saved"), [(0.1, 18), (0.7, 6), (0.95, 2)])
def test_of_several_smaller_forms_the_one_counts_that_makes_up_best_for_the_slip(share: float, saved: float) -> None:
    """Of 44 hours eleven are missing; the last step of the phase has no smaller form, and the short one saves two."""
    lines = PLAIN.replace("calls    20h ", f"calls    20h smaller={share} ") + "more 4h teaches more smaller=0.5\n"
    phases = ("first: calls more scores", "second: agents", "third: theory law", "fourth: papers")
    known = telling(small(lines=lines, core="calls scores agents more", phases=phases))
    assert gates(known)[0].if_missed.saves_hours == pytest.approx(saved)


def test_what_goes_is_named_with_its_phase_and_its_hours_in_changing_words() -> None:
    _, second, third, last = gates(telling(small()))
    assert second.if_missed.text.endswith("<gate-drop-2: titles=(gate-step: title=law, phase=3); hours=6>")
    assert third.if_missed.text.endswith("<gate-drop-3: titles=(gate-step: title=papers, phase=4); hours=3>")
    assert (last.if_missed.drop, last.if_missed.saves_hours, last.if_missed.text) == ((), 0, "Help for fourth.")
    bare = gates(telling(small(lines=PLAIN, phases=ONE)))
    assert bare[-1].if_missed.text == f"<gate-last-{len(bare)}>", "nothing comes later that could go"


def test_under_a_deadline_the_exam_goes_before_the_finished_work() -> None:
    """Nothing else can go. At the first checkpoint the exam is not the next thing yet, at the last it is over."""
    known = with_exams(certification("ex"), focus="")
    first, second, last = (g.if_missed for g in of_phases(known, certifications="one", deadline=FAR))
    assert (second.drop, second.saves_hours) == (("cert-ex",), 6)
    assert second.text == "<gate-move-3: days=4>; <gate-exam-late: exam=EX; hours=6>"
    assert first.drop == last.drop == ()
    assert not any(g.if_missed.drop for g in gates(known, certifications="one"))


def test_an_exam_goes_only_under_a_deadline_and_only_where_nothing_else_makes_up() -> None:
    """The move starts at once, so that anything later may go; a smaller form that saves all of the slip is enough."""
    free = with_exams(certification("ex"), focus="", act_after="")
    assert not any("cert-ex" in g.if_missed.drop for g in gates(free, certifications="one"))
    enough = with_exams(certification("ex"), focus="", lines=LINES.replace("smaller=0.5", "smaller=0.75"))
    second = of_phases(enough, certifications="one", deadline=FAR)[1]
    assert (second.step, second.if_missed.saves_hours, second.if_missed.drop) == ("scores", 5, ())


def test_a_move_that_starts_at_once_has_a_checkpoint_of_its_own() -> None:
    lines = PLAIN.replace("letters  8h ", "letters  8h smaller=0.25 ")
    known = telling(small(lines=lines, act_after=""))
    first, *rest = gates(known)
    assert (first.step, first.check, first.if_missed.saves_hours) == ("letters", "letters is done.", 6)
    assert first.if_missed.text == "<gate-own: small=only the start of letters>"
    assert "letters" not in {g.step for g in rest}
    assert "letters" not in {g.step for g in gates(telling(small(lines=lines, act_after="calls scores agents")))}
    assert "letters" not in {g.step for g in gates(telling(small(lines=PLAIN, act_after="")))}
    known.moves["move-job"].id = "search"
    assert "letters" not in {g.step for g in gates(known)}, "a search needs nobody's yes"


def test_of_many_phases_five_are_checked_which_leave_the_least_gaps() -> None:
    """The first to go is the earliest of those that lie closest together, then its next but one; the last one stays."""
    parts = [f"part-{i}" for i in range(7)]
    lines = "\n".join(f"{p} 10h teaches {p}" for p in parts) + "\nletters 4h search"
    phases = [f"{p}x: {p}" for p in parts]
    known = telling(small(lines=lines, core=" ".join(parts), focus="", act_after="", demand="", phases=phases))
    assert [g.step for g in gates(known)] == [parts[i] for i in (0, 2, 4, 5, 6)]


def test_two_weeks_before_an_exam_its_practice_tests_decide_whether_it_is_sat() -> None:
    known = with_exams(certification("ex"))
    plan = planned(known, certifications="one")
    (exam,) = plan.exams
    (gate,) = [g for g in plan.answer.gates if g.step == "cert-ex"]
    later, step = day(exam.exam_on + timedelta(days=21)), plan.step("cert-ex")
    assert step is not None and step.start > exam.exam_on - timedelta(days=14), "a short preparation"
    assert gate.on == step.start + (exam.exam_on - step.start) * 3 // 4 and gate.check == "<gate-practice: exam=EX>"
    slow = planned(known, certifications="one", hours_per_week=1)
    assert [g.on for g in slow.answer.gates if "practice" in g.check] == [slow.exams[0].exam_on - timedelta(days=14)]
    assert gate.if_missed == Missed((), 0, f"<gate-practice-move: exam=EX; later={later}>")
    for more, code in ((20, "drop"), (21, "move")):
        last = exam.exam_on + timedelta(days=more)
        found = [g for g in gates(known, certifications="one", deadline=last) if g.step == "cert-ex"]
        assert [g.if_missed.text for g in found] == [f"<gate-practice-{code}: exam=EX; later={later}>"]
    two = with_exams(certification("ex"), certification("zz"))
    assert not [g for g in gates(two, certifications="all") if "practice" in g.check], "several have their rule"


def a_search(*, a_week: int | None = 2, then: int | None = 5, **answers: Any) -> list[GateRow]:
    """The checkpoint of a search that asks for so many applications a week beside the learning and after it."""
    told = line("week", a_week=a_week, then_a_week=then)
    known = telling(small(extra=Extra(lines=[told]), act_after=answers.pop("act_after", "scores")))
    known.moves["move-job"].id = "search"
    return [g for g in gates(known, **answers) if "gate-search" in g.check]


def test_a_search_is_checked_after_six_four_or_two_weeks_by_what_it_asks_for_until_then() -> None:
    """At five hours a week it begins on 1 March and lasts nine weeks beside the learning; with more hours less."""
    (gate,) = a_search(hours_per_week=5)
    assert (gate.on, gate.step) == (date(2027, 3, 1) + timedelta(weeks=6), "letters")
    assert gate.check == "<gate-search: weeks=Six; count=12>"
    assert gate.if_missed == Missed((), 0, "<gate-search-missed>")
    checks = {hours: [g.check for g in a_search(hours_per_week=hours)] for hours in (8, 12, 40)}
    assert checks == {8: ["<gate-search: weeks=Four; count=8>"], 12: ["<gate-search: weeks=Two; count=4>"], 40: []}
    alone = a_search(hours_per_week=2, act_after="calls scores agents theory law papers")
    assert [g.check for g in alone] == ["<gate-search: weeks=Two; count=10>"], "after the learning by the later number"
    assert a_search(hours_per_week=5, then=None) == a_search(hours_per_week=5, a_week=None) == []


def measured(grows: dict[str, str], lines: str = PLAIN, **more: Any) -> list[tuple[str, str, str]]:
    one = replace(project("plain", "calls scores agents"), **{"grows": grows, **more})
    known = telling(small(lines=lines, extra=Extra(projects=[one])))
    known.modules["agents"].on_project = "Show it to 5 people."  # what any project gains, which nobody measures
    found = gates(known)
    return [(g.step, g.check, g.project) for g in found]


def test_a_project_is_measured_by_its_largest_increment_with_a_number() -> None:
    both = {"calls": "20 calls", "scores": "30 scores.", "agents": "No number"}
    assert measured(both)[0] == ("scores", "<gate-project: project=Plain; adds=30 scores>", "Plain"), "the later of two"
    assert measured(both, PLAIN.replace("calls    20h", "calls    30h"))[0][0] == "calls", "the larger of two"
    assert measured(both, PLAIN.replace("calls    20h", "calls    10h build"))[0][0] == "scores", "an evening is none"
    assert measured(both, PLAIN.replace("calls    20h", "calls    20h build"))[0][0] == "calls", "what is built"
    assert measured(both, missed={"calls": "Ten calls"})[0][0] == "calls", "what has an answer"
    assert measured({**both, "scores": "all scores"})[0][0] == "calls", "what has a number"
    assert measured({**both, "scores": "all of twelve scores"})[0][1].endswith("adds=all of twelve scores>"), (
        "in words too"
    )
    assert measured(both)[1] == ("agents", "second passes", ""), "else the check of the phase"
    assert measured({"calls": "20 calls"})[1][0] == "agents" and measured({"calls": "20 calls"})[1][2] == ""
    assert measured({"calls": "20 calls", "agents": "20 calls"})[1][1] == "second passes", "no check twice"


# --- phases ----------------------------------------------------------------------------------------------------------


def rows(plan: Plan) -> dict[str, PhaseRow]:
    return {r.id: r for r in plan.answer.phases}


def test_an_exam_has_a_row_of_its_own_with_what_it_leaves() -> None:
    known = with_exams(certification("ex"))
    row = rows(planned(known, certifications="one"))["cert-ex"]
    assert (row.title, row.leaves, row.hours) == ("<phase-exam: exam=EX>", "Cert-ex exists", 6)
    known.modules["cert-ex"].leaves = ""
    row = rows(planned(known, certifications="one"))["cert-ex"]
    assert row.leaves == "<phase-exam-leaves: exam=EX>"
    assert [g.check for g in gates(known, certifications="one") if g.step == "cert-ex"] == ["<gate-practice: exam=EX>"]


def test_the_row_of_the_move_says_whether_learning_goes_on_beside_it() -> None:
    assert rows(planned(telling(small())))["move"].title == "<phase-move: move=The move-job>"
    after = telling(small(act_after="calls scores agents theory law papers"))
    assert rows(planned(after))["move"].title == "<phase-move-after: move=The move-job>"


def test_phases_that_share_a_row_leave_what_each_of_them_leaves() -> None:
    parts = [f"p{i}" for i in range(9)]
    lines = "\n".join(f"{p} {20 - i}h teaches {p}" for i, p in enumerate(parts)) + "\nletters 4h search"
    phases = [f"{p}x: {p}" for p in parts]
    known = telling(small(lines=lines, core=" ".join(parts), focus="", act_after="", demand="", phases=phases))
    found = rows(planned(known))
    assert len(found) == 8 and found["p5x"].leaves == "P5x left; p6x left" and found["p7x"].hours == 25
    assert found["p5x"].title == "P5x" and found["p0x"].leaves == "P0x left"


def test_a_divided_phase_is_called_by_the_longest_step_of_each_part() -> None:
    """77 hours in one phase become four rows; what a part leaves is what its longest step leaves."""
    found = rows(planned(telling(small(phases=ONE))))
    assert [r for r in found if r != "move"] == ["calls", "scores", "agents", "theory"]
    assert found["theory"].title == "Theory" and found["theory"].leaves == "Theory exists"
    assert [w.step for w in found["theory"].work] == ["theory", "law", "papers"]
    short = telling(small(lines=PLAIN.replace("20h", "10h"), phases=ONE))
    assert [r for r in rows(planned(short)) if r != "move"] == ["all"], "of less than sixty hours it stays one"


def one_phase(*hours: int) -> list[float]:
    """The hours of the rows that one phase of such steps becomes."""
    parts = [f"p{i}" for i in range(len(hours))]
    lines = "\n".join(f"{p} {h}h teaches {p}" for p, h in zip(parts, hours, strict=True)) + "\nletters 4h search"
    told: dict[str, Any] = {
        "core": " ".join(parts),
        "focus": "",
        "act_after": "",
        "demand": "",
        "phases": [f"all: {' '.join(parts)}"],
    }
    plan = planned(telling(small(lines=lines, **told)), hours_per_week=40)
    return [r.hours for r in plan.answer.phases if r.id != "move"]


def test_a_long_phase_is_halved_until_its_parts_are_short_or_the_page_is_full() -> None:
    assert one_phase(20, 10, 10, 20, 20, 10, 10, 20) == [30, 30, 30, 30]
    assert one_phase(130, 130, 65, 65, 130) == [130, 130, 130, 130]
    assert one_phase(130, 130, 66, 65, 130) == [130, 130, 66, 65, 130], "more than 130 hours are divided"
    full = one_phase(*[140] * 12)
    assert len(full) == 7 and sum(full) == 12 * 140, "eight rows with that of the move"


def test_steps_open_parts_by_their_hours_and_none_twice() -> None:
    lines = PLAIN.replace("calls    20h", "calls    11h").replace("agents   20h", "agents   90h")
    phases = ("first: calls", "second: scores", "third: agents", "fourth: theory law papers")
    known = small(lines=lines, phases=phases)
    book = known.resources["book"]
    known.resources = {
        f"b{i}": replace(book, id=f"b{i}", title=f"Book {i}", url=f"https://example.org/{i}") for i in range(4)
    } | {"book": book}
    for id_ in ("calls", "scores", "agents", "theory"):
        known.modules[id_].resources = ("b0", "b1", "b2", "b3")
        known.modules[id_].parts = {f"b{i}": Part(part=f"{id_} {i}", hours=1 + i) for i in range(4)}
    known.modules["theory"].parts = {"b0": Part(part="calls 0", hours=1), "b3": Part(part="last", hours=2)}
    opened = {w.step: w.opens for r in planned(known).answer.phases for w in r.work}
    assert [len(opened[s]) for s in ("calls", "scores", "agents")] == [1, 2, 3]
    assert opened["calls"][0] == Opens("b0", "Book 0", "https://example.org/0", "calls 0", 1, "free")
    assert [o.part for o in opened["theory"]] == ["last"], "the other one was opened with the first step"


def test_a_phase_names_two_resources_those_of_its_longest_steps_and_a_very_long_one_three() -> None:
    row = phase(
        "one", work("a", 50, opened=2), work("b", 10, opened=2), work("c", 40, opened=2), work("d", 39, opened=1)
    )

    def kept(most: int) -> list[int]:
        return [len(w.opens) for w in with_few_opens(row, most).work]

    assert kept(2) == [1, 0, 1, 0] and kept(3) == [1, 0, 1, 1], "of the longest steps"
    assert kept(5) == [2, 1, 1, 1] and kept(6) == [2, 1, 2, 1], "of each the first before the second of any"
    assert with_few_opens(row, 7) is row
    assert [w.opens[0].id for w in with_few_opens(row, 2).work if w.opens] == ["a0", "c0"], "what a step opens first"
    assert [most_opens(row._replace(hours=hours)) for hours in (5, 89.75, 90, 200)] == [2, 2, 3, 3]


def test_why_a_phase_comes_where_it_does_is_said_once_in_a_plan() -> None:
    known = telling(small(phases=ONE))
    (one,) = known.routes["start-job"].phases
    one.why = "Calls come first."
    assert [r.why for r in planned(known).answer.phases if r.id != "move"] == ["Calls come first.", "", "", ""]
    parts = [f"p{i}" for i in range(9)]
    lines = "\n".join(f"{p} {20 - i}h teaches {p}" for i, p in enumerate(parts)) + "\nletters 4h search"
    known = telling(
        small(
            lines=lines, core=" ".join(parts), focus="", act_after="", demand="", phases=[f"{p}x: {p}" for p in parts]
        )
    )  # fmt: skip
    for told in known.routes["start-job"].phases[6:]:
        told.why = f"why {told.id}"
    found = rows(planned(known))
    assert (found["p5x"].why, found["p7x"].why, found["p0x"].why) == ("why p6x", "why p7x", ""), (
        "of a joint row the first"
    )


# --- the way on the page ---------------------------------------------------------------------------------------------


def shown(line_: Line) -> str:
    return "".join(span.text for span in line_)


def with_phases(*rows_: PhaseRow, checked: Sequence[GateRow] = ()) -> tuple[Plan, Words]:
    known = small()
    plan = planned(known)
    return replace(plan, answer=replace(plan.answer, phases=rows_, gates=tuple(checked))), Words(known)


def cells(*rows_: PhaseRow) -> list[tuple[str, ...]]:
    """The table of phases as texts."""
    plan, words = with_phases(*rows_)
    found = next(b for b in phases(plan, words, References()) if isinstance(b, Table))
    return [tuple(map(shown, row)) for row in found.rows]


def told(draw: Callable[..., list[Block]], *rows_: PhaseRow, checked: Sequence[GateRow] = ()) -> list[str]:
    """The lines of one part of the page."""
    out: list[str] = []
    for block in draw(*with_phases(*rows_, checked=checked), References()):
        match block:
            case Paragraph():
                out.append(shown(block.line))
            case Items():
                out += [shown(item.line) for item in block.items]
    return out


def the_work(*rows_: PhaseRow, checked: Sequence[GateRow] = ()) -> list[str]:
    """What is done in each phase."""
    return told(work_by_phase, *rows_, checked=checked)


def the_way(*rows_: PhaseRow) -> list[str]:
    """Why the phases come in their order, and what to open."""
    return told(way, *rows_)


def a_step(id_: str, hours: float, *, opened: int = 0) -> Work:
    opens = tuple(Opens(f"{id_}{i}", f"Book {id_}{i}", f"https://x.org/{id_}{i}", "", 2, "free") for i in range(opened))
    return work(id_, hours)._replace(adds=f"do {id_}", opens=opens)


def test_what_is_done_for_a_second_project_names_it() -> None:
    row = phase("one", a_step("a", 8), a_step("b", 30)._replace(project="Other"))
    assert the_work(row) == ["1: do a. Other: do b."]


def test_of_a_phase_the_two_longest_steps_are_told_as_what_to_do_in_their_order() -> None:
    row = phase("one", a_step("a", 8), a_step("b", 30), a_step("c", 20), a_step("d", 5))
    assert the_work(row) == ["1: do b. do c."]
    asked = GateRow(row.finish, "b", "b works", Missed((), 0, "Less."))
    assert the_work(row, checked=[asked]) == ["1: do a. do c."], "a checkpoint tells what it asks for"


def test_slack_without_a_row_of_its_own_is_told_with_the_move() -> None:
    move, firm = phase("move", a_step("m", 8)), phase("exam", a_step("e", 8))
    firm = firm._replace(start=move.finish, finish=move.finish + timedelta(days=60))
    plan, words = with_phases(move, firm)
    late = move.finish + timedelta(days=40)
    plan = replace(plan, answer=replace(plan.answer, slack=(move.finish, late)))
    table = next(b for b in phases(plan, words, References()) if isinstance(b, Table))
    told = [tuple(map(shown, row)) for row in table.rows]
    assert told[0][1] == stretch(move.start, late) and told[0][3].endswith("; 5 weeks are slack") and len(told) == 2


def test_what_the_first_week_asks_for_is_not_told_again() -> None:
    plan, words = with_phases(phase("one", a_step("a", 30), a_step("b", 20), a_step("c", 8)))
    plan = replace(plan, answer=replace(plan.answer, first_week=(TaskRow(60, "Open it. do a.", "a", ""),)))
    (found,) = [b for b in work_by_phase(plan, words, References()) if isinstance(b, Items)]
    assert [shown(item.line) for item in found.items] == ["1: do b. do c."]


def test_of_many_phases_one_piece_of_work_each_is_told() -> None:
    many = [phase(x, a_step(f"{x}-1", 8), a_step(f"{x}-2", 9)) for x in "abcdef"]
    assert the_work(*many)[0] == "1: do a-2." and the_work(*many[:5])[0] == "1: do a-1. do a-2."


def test_later_phases_are_one_row_that_may_be_dropped_in_a_search() -> None:
    first, second, third = (phase(x, a_step(f"{x}-{n}", n)) for x, n in (("a", 30), ("b", 20), ("c", 25)))
    later = [p._replace(later=True, leaves=f"{p.id} left") for p in (second, third)]
    found = cells(first, *later)
    assert [row[0].split(" ")[0] for row in found] == ["1", "2"] and found[1][0].startswith("2 to 3 ")
    assert found[1][3].startswith("c left")
    assert cells(first, later[0], later[1]._replace(id="spare"))[1][3].startswith("b left"), "not what fills the time"
    assert the_work(first, *later) == ["1: do a-30.", "2 to 3: do c-25."]


def test_why_the_phases_come_in_their_order_is_told_of_the_first_four() -> None:
    whys = {"a": "it is", "b": "", "c": "so", "d": "to", "e": "be", "f": "no"}
    told = [phase(id_, a_step(id_, 8))._replace(why=why) for id_, why in whys.items()]
    assert the_way(*told)[0] == "Why in this order. It is. So. To. Be."
    assert the_way(phase("a", a_step("a", 8))) == []


def test_what_to_open_stands_by_phase_the_longest_of_each_and_of_the_others_the_longest() -> None:
    one, two = phase("one", a_step("a", 8, opened=2)), phase("two", a_step("b", 8, opened=1))
    assert the_way(one, two) == ["1: Book a0 (2 h)", "1: Book a1 (2 h)", "2: Book b0 (2 h)"]
    long = [a_step(f"s{i}", 8)._replace(opens=(Opens(f"o{i}", f"Book {i}", "", "", i, "free"),)) for i in range(1, 13)]
    short = a_step("s", 8)._replace(opens=(Opens("o", "Leaflet", "", "", 0.5, "free"),))
    found = the_way(phase("all", *long), phase("last", short))
    assert found == [*(f"1: Book {i} ({i} h)" for i in range(5, 13)), "2: Leaflet (0.5 h)"]


def test_a_missed_checkpoint_says_all_of_it_where_a_step_goes_and_else_the_piece_of_work() -> None:
    known = small()
    plan = planned(known)
    text = "Do half: the first one. Or skip law (6 h) to keep the last day."
    rows_ = [
        GateRow(MONDAY, "scores", "it works", Missed(drop, 6, text), project)
        for drop in ((), ("law",))
        for project in ("P", "")
    ]
    plan = replace(plan, answer=replace(plan.answer, gates=tuple(rows_), phases=()))
    (found,) = [b for b in checkpoints(plan, Words(known), References()) if isinstance(b, Items)]
    told = [shown(item.line).partition("Missed: ")[2] for item in found.items]
    whole = "do half: the first one. Or skip law (6 h) to keep the last day."
    assert told == ["do half.", whole, whole, whole]


def test_what_somebody_knows_is_opened_only_where_nothing_else_is_left() -> None:
    known = small(extra=Extra(baseline="calls=1"))
    known.resources = {**known.resources, "more": replace(known.resources["book"], id="more")}
    known.modules["calls"].resources = ("book", "more")
    known.modules["calls"].parts = {
        "book": Part(part="from nothing", hours=1, below={"calls": 1}),
        "more": Part(part="from there", hours=1),
    }

    def opened(**answers: Any) -> list[str]:
        return [o.part for w in rows(planned(known, **answers))["first"].work for o in w.opens]

    assert opened() == ["from there"] and opened(skills={"calls": 0})[0] == "from nothing"
    known.modules["calls"].parts["more"].below = {"calls": 1}
    assert opened()[0] == "from nothing"


WIDE = PLAIN + "extra 9h teaches extra\nmore 5h teaches more\n"


def wide(lines: str = WIDE, asks: str = "extra more") -> Catalogue:
    """The small catalogue with what the role asks for beside: learnt where a deadline leaves room for it."""
    return telling(small(lines=lines, asks=f"calls scores agents {asks}", demand="theory=9 law=1 papers=3 more=4"))


def test_what_only_fills_the_time_until_a_deadline_is_a_phase_of_its_own() -> None:
    known = wide()
    known.modules["extra"].parts = {"book": Part(part="chapter one", hours=2)}
    row = rows(planned(known, deadline=FAR))["spare"]
    assert [o.part for o in row.opens] == ["chapter one"]
    assert (row.title, row.leaves, row.hours) == ("<phase-spare>", "Extra and more", 14)
    assert "spare" not in rows(planned(wide()))
    many = [f"x{i}" for i in range(6)]
    lines = PLAIN + "".join(f"{m} 4h teaches {m}\n" for m in many)
    row = rows(planned(wide(lines, " ".join(many)), deadline=FAR))["spare"]
    assert row.hours == 24 and len(row.leaves.replace(" and ", ", ").split(", ")) == 4, "four of them are named"


def test_what_fills_the_time_goes_before_what_the_goal_takes() -> None:
    """Five hours are missing at the second checkpoint. Of the two that do, nobody asks for the longer one."""
    second = gates(wide(), deadline=FAR)[1].if_missed
    assert (second.drop, second.saves_hours) == (("extra",), 9)
    assert gates(wide())[1].if_missed.drop == ("law",)


def test_what_is_firm_or_of_a_field_or_kept_does_not_go() -> None:
    def dropped(**more: Any) -> set[str]:
        known = telling(small(lines=PLAIN))
        for id_, change in more.items():
            known.modules = {**known.modules, id_: replace(known.modules[id_], **change)}
        return {d for g in gates(known) for d in g.if_missed.drop}

    assert dropped() == {"law", "papers"}
    assert "law" not in dropped(law={"firm": True}) and "law" not in dropped(law={"domain": "law"})


def test_a_later_step_is_told_in_the_words_of_its_project() -> None:
    main, other = project("main", "calls scores agents"), project("other", "theory law papers", size="second")
    lines = PLAIN.replace("20h", "60h").replace("theory   8h", "theory   80h").replace("law      6h", "law      14h")
    phases = ("first: calls scores", "second: agents", "third: theory law papers")
    known = telling(small(lines=lines, extra=Extra(projects=[main, other]), phases=phases))
    later = {w.step: w for r in planned(known).answer.phases if r.later for w in r.work}
    assert {s: (w.adds, w.project) for s, w in later.items() if s != "agents"} == {
        s: (f"{s} for other", "Other") for s in ("theory", "law", "papers")
    }


def test_what_fewer_hours_buy_is_told_where_the_wish_is_out_of_reach() -> None:
    bought = (Bought(hours=20, text="a piece"), Bought(hours=40, text="more"))
    known = telling(small(smaller=("piece: calls scores | calls", "taste: calls"), hours_buy=bought))
    assert [tuple(b) for b in planned(known, deadline=MONDAY + timedelta(days=20)).answer.hours_buy] == [
        (20, "a piece"), (40, "more"),
    ]  # fmt: skip
    assert planned(known).answer.hours_buy == ()


def test_a_plan_that_begins_later_is_dated_from_its_start() -> None:
    start = date(2027, 6, 7)
    plan = planned(telling(small()), start=start)
    assert min(r.start for r in plan.answer.phases) == start and plan.answer.gates[0].on > start


# --- addresses by number, and weeks of a search after the learning ----------------------------------------------------


def test_an_address_has_one_number_and_none_where_it_stands_beside_its_words() -> None:
    refs = References()
    assert shown(refs.opened(Opens("a", "A", "https://x.org/a", "part 1", 2, "paid"))) == "A: part 1 (2 h, paid)"
    assert refs.listed() == [] and refs.behind("") == refs.behind("https://x.org/a") == ()
    found = [shown(refs.behind(url)) for url in ("https://y.org", "https://z.org", "https://y.org")]
    assert found == [" [1]", " [2]", " [1]"]
    (rows_,) = refs.listed()
    assert isinstance(rows_, Facts)
    assert [(label, shown(value)) for label, value in rows_.rows if not isinstance(value, Items)] == [
        ("[1]", "https://y.org"), ("[2]", "https://z.org"),
    ]  # fmt: skip


def test_a_search_after_the_learning_says_how_many_applications_it_makes_by_the_deadline() -> None:
    told = line("week", a_week=2, then_a_week=5)
    known = telling(small(extra=Extra(lines=[told]), act_after="calls scores agents theory law papers"))
    known.moves["move-job"].id = "search"
    plan = planned(known, hours_per_week=2, deadline=FAR)
    weeks = (plan.finish - plan.answer.act_from).days // 7
    page = plan.answer.move
    assert page is not None and weeks >= 3
    assert page.later == f"why a; <move-later-sum: count={5 * weeks}; day={day(FAR)}>"
    without = planned(known, hours_per_week=2).answer.move
    short = planned(known, hours_per_week=10, deadline=FAR).answer.move
    assert without is not None and short is not None and without.later == short.later == "why a"
