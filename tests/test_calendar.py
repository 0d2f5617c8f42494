"""A calendar imported again: whatever changed in between, it ends as if only the newest had been imported."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.planning.replan import promised
from roadmap.render.ical import GROUP, held, render_group, render_ical, uid_of
from roadmap.render.wording import Words
from tests.builders import TODAY, plan_for
from tests.in_process import roadmap

STEP = "first-llm-calls"
ANSWERS: dict[str, Any] = {
    "role": "swe",
    "name": "Ada",
    "start": TODAY.isoformat(),
    "certifications": "one",
    "cloud": "azure",
    "availability": {"days": {"tue": 3, "sat": 5}},
}
Held = dict[str, tuple[int, str, date]]


@pytest.fixture
def file(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROADMAP_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "me.roadmap.yaml"
    base = promised(plan_for(catalogue, **ANSWERS), TODAY)
    path.write_text(saved_text(SavedPlan(1, catalogue.version, ANSWERS, base, ())), encoding="utf-8")
    return path


def exported(file: Path, day: str) -> str:
    done = roadmap("export", "--plan", str(file), "--format", "ics", "--today", day)
    assert done.returncode == 0, done.stderr
    return done.stdout


def imported(held: Held, text: str) -> Held:
    """What a calendar program holds after an import: a newer revision takes the place, a cancelled one goes away."""
    found = dict(held)
    for event in Calendar.from_ical(text).walk("VEVENT"):
        uid, sequence = str(event["uid"]), int(str(event["sequence"]))
        if uid not in found or found[uid][0] < sequence:
            found[uid] = (sequence, str(event["summary"]), event.decoded("dtend"))
        if str(event.get("status", "")) == "CANCELLED":
            del found[uid]
    return found


def coming(held: Held, day: str) -> set[str]:
    """Events that are not over."""
    return {uid for uid, (_, _, end) in held.items() if end > date.fromisoformat(day)}


LIVES = {
    "other days": [["replan", "--availability", "mon=4,thu=4", "--yes"]],
    "fewer days": [["replan", "--availability", "sat=8", "--yes"]],
    "no days": [["replan", "--availability", "none", "--hours-per-week", "8", "--yes"]],
    "days and back": [["replan", "--availability", "mon=4,sun=4", "--yes"], ["undo"]],
    "twice": [["replan", "--availability", "mon=8", "--yes"], ["replan", "--availability", "wed=8", "--yes"]],
    "a break": [["pause", "2027-04-01"]],
    "sooner": [["done", STEP, "--hours", "2", "--evidence", "x"]],
    "another name": [["replan", "--name", "Grace", "--yes"]],
    "a deadline": [["replan", "--deadline", "2027-12-31", "--yes"], ["replan", "--deadline", "none", "--yes"]],
    "no exam": [["replan", "--certifications", "none", "--drop", "--deadline", "2027-06-30", "--yes"]],
    "another aim": [["replan", "--goals", "promotion", "--yes"]],
    "skipped": [["skip", "ai-assisted-coding", "--reason", "known"]],
    "not skipped": [["skip", "ai-assisted-coding", "--reason", "known"], ["undo"]],
    "not done": [["done", STEP, "--evidence", "x"], ["undo"]],
    "passed": [["exam", "AI-103", "failed"], ["exam", "AI-103", "passed"]],
    "not passed": [["exam", "AI-103", "passed"], ["undo"]],
    "passed, though nobody planned it": [["exam", "AIF-C01", "passed"], ["undo"]],
    "passed under another name": [["exam", "AIF-C01", "passed"], ["replan", "--name", "Grace", "--yes"]],
    "passed again": [["exam", "AIF-C01", "passed"], ["exam", "AIF-C01", "passed"]],
}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_a_second_import_leaves_nothing_behind(life: list[list[str]], file: Path) -> None:
    there = imported({}, exported(file, "2026-12-01"))
    day = "2027-01-10"
    for number, words in enumerate(life, 10):
        day = f"2027-01-{number}"
        done = roadmap(*words, "--plan", str(file), "--today", day)
        assert done.returncode == 0, done.stderr
        there = imported(there, exported(file, day))
    newest = imported({}, exported(file, day))
    assert newest and coming(there, day) == coming(newest, day)
    assert {uid: there[uid][1:] for uid in newest} == {uid: newest[uid][1:] for uid in newest}


def test_an_exam_that_was_not_passed_after_all_is_withdrawn_from_the_past_too(file: Path) -> None:
    def run(*words: str, day: str) -> None:
        assert roadmap(*words, "--plan", str(file), "--today", day).returncode == 0

    run("exam", "AIF-C01", "passed", day="2027-01-10")
    there = imported({}, exported(file, "2027-01-10"))
    run("undo", day="2027-02-20")
    there = imported(there, exported(file, "2027-02-20"))
    assert not [title for _, title, _ in there.values() if "AIF-C01" in title]


def test_a_late_calendar_is_withdrawn_when_somebody_catches_up(file: Path) -> None:
    there = imported({}, exported(file, "2026-12-01"))
    there = imported(there, exported(file, "2027-03-01"))  # nothing done for months: all moved on
    for words in (["done", STEP, "--evidence", "x"], ["skip", "ai-assisted-coding", "--reason", "known"]):
        assert roadmap(*words, "--plan", str(file), "--today", "2027-03-02").returncode == 0
    there = imported(there, exported(file, "2027-03-02"))
    assert coming(there, "2027-03-02") == coming(imported({}, exported(file, "2027-03-02")), "2027-03-02")


def test_checkpoints_keep_their_events_while_others_pass(file: Path) -> None:
    """An event was once named by its place in the list, so that each import doubled what was left of them."""
    first = exported(file, "2026-12-01")
    titles = [t for _, t, _ in imported({}, first).values() if t.startswith("Checkpoint")]
    there = imported(imported({}, first), exported(file, "2027-03-01"))
    assert len(titles) > 2
    assert sum(t.startswith("Checkpoint") for _, t, _ in there.values()) <= len(titles)


def test_what_is_withdrawn_is_named_as_it_was_shown(catalogue: Catalogue) -> None:
    plan, words = plan_for(catalogue, **{**ANSWERS, "deadline": "2027-12-01"}), Words(catalogue)
    shown = {str(e["uid"]) for e in Calendar.from_ical(render_ical(plan, catalogue)).walk("VEVENT")}
    assert {uid_of(plan, kind, id_) for kind, id_, *_ in held(plan, words)} == shown
    group = {str(e["uid"]) for e in Calendar.from_ical(render_group([plan], catalogue, "us")).walk("VEVENT")}
    assert {uid_of(plan, kind, id_) for kind, id_, *_ in held(plan, words) if kind in GROUP} == group


def test_a_calendar_holds_what_there_is_and_no_more(catalogue: Catalogue) -> None:
    plan, words = plan_for(catalogue, **ANSWERS), Words(catalogue)
    exam = plan.exams[0]
    kinds = [kind for kind, *_ in held(plan, words)]
    assert {"step", "gate", "move", "exam", "renewal", "study"} == {*kinds}
    endless = replace(plan, exams=(exam._replace(expires_on=None),), answer=replace(plan.answer, move=None))
    assert {*kinds} - {kind for kind, *_ in held(endless, words)} == {"renewal", "move"}
    over = replace(plan, steps=(), weeks=(), exams=(), answer=replace(plan.answer, gates=(), move=None))
    assert [(kind, first) for kind, _, _, first, _ in held(over, words)] == [("over", plan.generated_on)]
    bare = exam._replace(certification=replace(exam.certification, url="javascript:alert(1)"), expires_on=None)
    text = render_ical(replace(plan, exams=(bare,)), catalogue)
    assert "javascript" not in text and "renew it before" not in text and f"Exam: {exam.certification.label}" in text


def test_a_calendar_without_history_cancels_nothing(catalogue: Catalogue) -> None:
    assert "CANCELLED" not in render_ical(plan_for(catalogue, **ANSWERS), catalogue)
