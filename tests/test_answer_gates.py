"""Which checkpoints a plan has, when they are, and what is said to whoever misses one: their limits one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.advice import Project
from roadmap.model.answer import GateRow
from roadmap.model.catalogue import Catalogue
from roadmap.model.exams import Certification
from tests.telling import telling
from tests.test_answer import LINES, project, small
from tests.test_answer_parts import FAR, PLAIN, gates, measured, of_phases, with_exams
from tests.tiny import Extra, certification, planned

AT_ONCE = PLAIN.replace("letters  8h ", "letters  8h smaller=0.25 ")


def seven(
    *, first: int = 0, hours: int = 20, exams: Sequence[Certification] = (), projects: Sequence[Project] = ()
) -> Catalogue:
    """Seven phases of a step of so many hours each; the move begins after the first few of them."""
    parts = [f"part-{i}" for i in range(7)]
    lines = "".join(f"{p} {hours}h teaches {p}\n" for p in parts) + "letters 4h search\n"
    told: dict[str, Any] = {"core": " ".join(parts), "focus": "", "demand": "", "act_after": " ".join(parts[:first])}
    told["phases"] = [f"{p}x: {p}" for p in parts]
    if exams:
        return with_exams(*exams, lines=lines, **told)
    return telling(small(lines=lines, extra=Extra(projects=projects), **told))


def checked(found: Sequence[GateRow]) -> list[str]:
    return [g.step.removeprefix("part-") for g in found]


# --- which -----------------------------------------------------------------------------------------------------------


def test_phases_that_end_after_the_move_has_begun_are_checked_only_where_fewer_than_four_come_before() -> None:
    assert checked(gates(seven(first=4))) == ["0", "1", "2", "3"]
    assert checked(gates(seven(first=3))) == ["0", "1", "2", "3", "6"], "of the later ones the first and the last"


def test_an_exam_counts_as_one_of_five_checkpoints_and_as_one_of_the_four_before_the_move() -> None:
    """Beside a row of the exam the first two phases share one."""
    exams = [certification("ex")]
    assert len(gates(seven(exams=exams), certifications="one")) == 5
    assert checked(gates(seven(first=4, exams=exams), certifications="one")) == ["cert-ex", "1", "2", "3"]


def sized(*hours: float) -> Catalogue:
    """Phases of a step of so many hours each, and a move that starts at once."""
    parts = [f"part-{i}" for i in range(len(hours))]
    lines = "".join(f"{p} {h}h teaches {p}\n" for p, h in zip(parts, hours, strict=True)) + "letters 4h search\n"
    phases = [f"{p}x: {p}" for p in parts]
    return telling(small(lines=lines, core=" ".join(parts), focus="", demand="", act_after="", phases=phases))


def test_of_two_phases_that_end_on_one_day_one_is_checked_and_the_last_phase_always() -> None:
    plan = planned(sized(10, 10, 10, 0.25, 10, 10, 10))
    ends = {r.id: r.finish for r in plan.answer.phases}
    assert ends["part-2x"] == ends["part-3x"] and checked(plan.answer.gates) == ["0", "3", "4", "5", "6"]
    assert checked(gates(sized(30, 30, 30, 30, 30, 30, 3))) == ["0", "2", "3", "4", "6"], "the last but one goes first"


def test_a_phase_that_reaches_a_target_of_the_project_keeps_its_checkpoint() -> None:
    """Of seven equal phases every other one goes; a phase that ends with all figures of a target stays."""
    assert checked(gates(seven(hours=10))) == ["0", "2", "4", "5", "6"]
    plain = replace(project("plain", "part-3"), targets=("8 of 10", "3 users", "no number", "none", "nothing"))
    for adds, kept in (("8 of 10", True), ("8 of 10 in 20 runs", True), ("8 of 12", False), ("3 users", False)):
        able = replace(plain, grows={"part-3": adds})
        assert ("3" in checked(gates(seven(hours=10, projects=[able])))) is kept


def test_a_move_within_four_weeks_has_a_checkpoint_of_its_own_and_a_later_one_has_none() -> None:
    for hours, own in ((40, True), (41, False)):
        lines = AT_ONCE.replace("calls    20h", f"calls    {hours}h")
        found = gates(telling(small(lines=lines, act_after="calls")))
        assert ("letters" in checked(found)) is own


@pytest.mark.parametrize(("hours", "own"), [(15, True), (14, False)])
def test_what_others_try_out_for_fifteen_hours_is_checked_in_the_words_of_the_project(hours: int, own: bool) -> None:
    lines = f"{PLAIN}trial {hours}h publish smaller=0.3334\nparty 30h publish\n"
    able = replace(
        project("plain", "calls"), missed={"trial": "Two people try it."},
        grows={"calls": "no number", "trial": "Five people try it.", "party": "Nine come."},
    )  # fmt: skip
    known = telling(small(lines=lines, act_after="", move="letters trial party", extra=Extra(projects=[able])))
    found = [(g.step, g.check, g.if_missed.text) for g in gates(known) if g.step in ("trial", "party")]
    saved = [g.if_missed.saves_hours for g in gates(known) if g.step == "trial"]
    told = ("trial", "<gate-project: project=Plain; adds=five people try it>", "<gate-own: small=Two people try it>")
    assert found == [told][: int(own)] and saved == [10.0][: int(own)], "in two digits"


def test_the_first_step_is_measured_where_it_takes_more_than_fifteen_hours() -> None:
    both = {"calls": "20 calls", "scores": "30 scores"}
    for hours, step in ((15, "scores"), (16, "calls")):
        assert measured(both, PLAIN.replace("calls    20h", f"calls    {hours}h build"))[0][0] == step


def test_what_the_goal_cannot_do_without_is_measured_before_what_is_larger() -> None:
    lines = PLAIN.replace("theory   8h", "theory   30h")
    able = replace(project("plain", "calls theory"), grows={"calls": "20 calls", "theory": "30 proofs"})
    phases = ("first: calls theory", "second: scores", "third: agents", "fourth: law papers")
    known = telling(small(lines=lines, act_after="", phases=phases, extra=Extra(projects=[able])))
    assert checked(gates(known)) == ["calls", "scores", "agents", "papers"]


# --- when ------------------------------------------------------------------------------------------------------------


def test_practice_for_an_exam_that_is_prepared_in_two_weeks_is_checked_after_three_quarters() -> None:
    """At three hours a week the preparation begins exactly two weeks before the exam."""
    plan = planned(with_exams(certification("ex")), certifications="one", hours_per_week=3)
    (exam,), step = plan.exams, plan.step("cert-ex")
    assert step is not None and step.start == exam.exam_on - timedelta(days=14)
    assert [g.on for g in plan.answer.gates if g.step == "cert-ex"] == [step.start + timedelta(days=10)]


def test_an_exam_on_the_first_days_has_no_checkpoint_on_the_day_of_the_start() -> None:
    rest = ["calls", "scores", "agents", "theory", "law", "papers", "letters"]
    plan = planned(with_exams(certification("ex")), certifications="one", hours_per_week=40, skip=rest)
    assert plan.exams[0].exam_on == date(2027, 1, 5) and plan.answer.gates == ()


# --- what if it is missed --------------------------------------------------------------------------------------------


def test_a_short_phase_slips_by_two_hours_at_least() -> None:
    phases = ("first: calls", "second: scores", "third: agents", "fourth: theory law papers")
    known = telling(small(lines=PLAIN.replace("calls    20h", "calls    4h"), phases=phases))
    for told in known.routes["start-job"].phases:
        told.gate.missed = ""
    first, second, *_ = gates(known, hours_per_week=5)
    assert (first.if_missed.text, second.if_missed.text) == ("<gate-move-1: days=3>", "<gate-move-2: days=7>")


def test_a_smaller_form_that_saves_all_of_the_slip_leaves_the_rest_as_it_is() -> None:
    """Any later step may go; ten hours are missing, and the smaller form saves ten, or nine of them."""
    first = gates(telling(small(act_after="")))[0].if_missed
    assert (first.drop, first.saves_hours) == ((), 10)
    more = gates(telling(small(act_after="", lines=LINES.replace("smaller=0.5", "smaller=0.55"))))[0].if_missed
    assert (more.drop, more.saves_hours) == (("law",), 15)


def test_saved_hours_have_two_digits() -> None:
    known = telling(small(lines=LINES.replace("smaller=0.5", "smaller=0.3333")))
    assert gates(known)[0].if_missed.saves_hours == 13.33
    known = telling(small(lines=AT_ONCE.replace("0.25", "0.3333"), act_after=""))
    assert gates(known)[0].if_missed.saves_hours == 5.33
    known = with_exams(certification("ex"), focus="", lines=LINES.replace("smaller=0.5", "smaller=0.8333"))
    found = gates(known, certifications="one", deadline=date(2028, 2, 8))
    assert [g.if_missed.saves_hours for g in found if g.if_missed.drop] == [9.33]


def test_the_step_that_is_measured_is_made_smaller_even_where_another_would_save_more() -> None:
    """Ten hours are missing: the first step would save just those, the measured one five."""
    lines = PLAIN.replace("calls    20h ", "calls    20h smaller=0.5 ").replace(
        "scores   20h ", "scores   20h smaller=0.75 "
    )
    assert gates(telling(small(lines=lines)))[0].if_missed.saves_hours == 5


def test_the_smaller_form_in_the_words_of_the_project_is_that_of_the_measured_step() -> None:
    """Without a share of its own it saves two fifths."""
    able = replace(project("plain", "calls scores"), missed={"calls": "Ten calls.", "scores": "Ten scores."})
    able.grows.update(calls="20 calls", scores="30 scores")
    for share, saved in (("", 12), ("smaller=0.75 ", 7.5)):
        lines = PLAIN.replace("scores   20h ", f"scores   30h {share}")
        known = telling(small(lines=lines, extra=Extra(projects=[able])))
        first = gates(known)[0]
        assert (first.step, first.if_missed.text) == ("scores", "<gate-own: small=Ten scores>")
        assert first.if_missed.saves_hours == saved


def test_where_the_move_begins_when_all_is_learnt_the_rest_may_go_before_it() -> None:
    plan = planned(telling(small(lines=PLAIN, act_after="calls scores agents theory law papers")))
    assert plan.answer.act_from == max(r.finish for r in plan.answer.phases if r.id != "move")
    assert plan.answer.gates[0].if_missed.drop == ("theory", "law")


def test_of_steps_that_are_worth_the_same_the_one_goes_that_takes_fewer_hours() -> None:
    """Ten hours are missing; nobody asks for either of the two that only fill the time until the deadline."""
    lines = PLAIN + "extra 12h teaches extra\nmore 11h teaches more\n"
    known = telling(small(lines=lines, asks="calls scores agents extra more", act_after=""))
    assert gates(known, deadline=FAR)[0].if_missed.drop == ("more",)


def test_what_goes_makes_up_for_all_that_is_missing() -> None:
    """Ten hours are missing. The cheaper step saves nine; the dearer one, which saves ten, goes alone."""
    lines = "calls 40h teaches calls\nnine 9h teaches nine\nten 10h teaches ten\nletters 8h search"
    told: dict[str, Any] = {
        "core": "calls", "focus": "nine ten", "act_after": "", "demand": "nine=1 ten=2",
        "phases": ("first: calls", "second: nine ten"),
    }  # fmt: skip
    missed = gates(telling(small(lines=lines, **told)))[0].if_missed
    assert (missed.drop, missed.saves_hours) == (("ten",), 10)


def test_what_goes_from_a_phase_that_is_told_in_brief_is_named_without_its_number() -> None:
    second = of_phases(telling(small(lines=PLAIN)), hours_per_week=5)[1]
    assert second.if_missed.text.endswith("<gate-drop-2: titles=law; hours=6>")
