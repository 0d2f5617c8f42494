"""Living with a plan: a simulated year from the first entry to the last, and what each command promises."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

from roadmap.app import book, saved, sync
from roadmap.app import cohort as group
from roadmap.app.catalogues import ProblemsError
from roadmap.cli import cohort, naming, plan, record, replan
from roadmap.cli.app import app
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.check_file import check_file
from roadmap.loading.saved import load_saved
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress, SavedPlan, standing
from roadmap.model.plan import Notice
from roadmap.planning.causes import causes
from roadmap.planning.forecast import quantile, spread
from roadmap.planning.known import RETAKE_DAYS, STEP_SCATTER
from roadmap.planning.progress import progress
from roadmap.planning.replan import replanned
from roadmap.planning.schedule import QUARTERS, Calendar
from roadmap.render.ledger import for_others
from roadmap.render.living import next_text
from roadmap.render.look import Look
from roadmap.render.numbers import day as words_of
from roadmap.render.status import stale_sentence
from roadmap.render.wording import Words
from tests.test_saving import CACHE, fresh, run

CHANGERS = Path(__file__).parent.parent / "docs" / "guide-career-changers.md"
DOCS = Path(__file__).parent.parent / "docs" / "living.md"
Roadmap = Callable[..., str]
EXAM = ("--certifications", "one", "--cloud", "azure")


class Person:
    """Somebody with a saved plan, whose days pass as the script says."""

    def __init__(self, file: Path, catalogue: Catalogue) -> None:
        self.file = file
        self.catalogue = catalogue
        self.runner = CliRunner()
        self.today = date(2026, 11, 22)
        self._read: tuple[str, SavedPlan] | None = None
        self._seen: tuple[SavedPlan, date, Progress] | None = None

    def __call__(self, *args: str, code: int = 0, **more: Any) -> str:
        """Run a command today; its stdout. A failure that was not expected is raised."""
        given = [*args, "--today", self.today.isoformat()]
        if args[0] != "plan":
            given += ["--plan", str(self.file)]
        done = self.runner.invoke(app, given, **more)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.stdout

    def save(self, *args: str) -> str:
        return self("plan", *args, "--save", str(self.file))

    @property
    def saved(self) -> SavedPlan:
        text = self.file.read_text(encoding="utf-8")
        if self._read is None or self._read[0] != text:
            loaded = load_saved(text, "me", self.catalogue)
            assert loaded.saved is not None, loaded.problems
            self._read = (text, loaded.saved)
        return self._read[1]

    @property
    def now(self) -> Progress:
        """Where the plan stands, worked out once for each state of the file and each day."""
        saved = self.saved
        if self._seen is None or self._seen[0] is not saved or self._seen[1] != self.today:
            self._seen = (saved, self.today, progress(saved, self.catalogue, self.today))
        return self._seen[2]

    def sleep(self, days: int) -> None:
        self.today += timedelta(days=days)


@pytest.fixture
def ada(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Person:
    for module in (cohort, group, plan, book, saved, sync):
        monkeypatch.setattr(module, "read_catalogue", lambda _: catalogue)
    return Person(tmp_path / "ada.roadmap.yaml", catalogue)


@pytest.fixture
def ben(ada: Person) -> Person:
    """Somebody on the first day of a plan without limits and with an exam."""
    ada.save("--role", "swe", "--start", "2026-12-01", "--name", "Ben", *EXAM)
    ada.today = date(2026, 12, 1)
    return ada


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def explained(person: Person) -> None:
    """Every date of today is the result of what is known: hours left, hours a week, days off and exams."""
    now, plan = person.now, person.now.plan
    if not plan.steps:
        return
    quarters = round(plan.hours * QUARTERS)
    exams = [e.exam_on for e in plan.exams]
    assert plan.finish == max([Calendar(plan.profile).day_reached(quarters), *exams])
    assert sum(i.hours for w in plan.weeks for i in w.items) == plan.hours
    assert sum(c.days for c in causes(person.saved, person.catalogue, now)) == now.drift
    shown = flat(person("status"))
    for day in (plan.finish, plan.finish_p80, plan.finish_p95, now.baseline.finish):
        assert words_of(day) in shown
    assert plan.finish <= plan.finish_p80 <= plan.finish_p95


def work(person: Person, until: date, ratio: float, hours_a_week: float) -> None:
    """Study week by week: log, and finish a step when it has taken `ratio` times its likely hours."""
    while person.today < until and (step := person.now.now):
        left = hours_a_week
        while left > 0.05 and (step := person.now.now):
            if step.module.kind == "certify":
                opened = [s for s in person.now.plan.steps if s.module.kind != "certify"]
                step = opened[0] if opened else step
            spent = person.now.standing.hours.get(step.id, 0.0)
            takes = round(step.module.hours.likely * ratio, 2)
            worked = round(min(left, max(0.1, takes - spent)), 2)
            left -= worked
            person("log", step.id, str(worked))
            if spent + worked >= takes - 0.01 and step.module.kind != "certify":
                said = person("done", step.id, "--evidence", f"https://example.org/ada/{step.id}")
                assert "The forecast" in said or "finished" in said
        person.sleep(7)


def test_a_year(ada: Person) -> None:
    """Log, slip, fail an exam, replan, finish; told in docs/living.md."""
    ada.save("--role", "swe", "--name", "Ada", "--start", "2026-12-01", "--hours-per-week", "15", *EXAM)
    promise = ada.saved.baseline.finish
    first = ada("next")
    assert "The plan starts on" in first and "Done when" in first
    ada.today = date(2026, 12, 7)
    assert "On track" in ada("status")
    explained(ada)

    work(ada, date(2026, 12, 21), ratio=1.4, hours_a_week=15)
    assert ada.now.pace.median > ada.catalogue.pace.median
    explained(ada)
    before = ada.now.plan.finish
    said = ada("pause", "2027-01-10", "--from", "2026-12-21", "--reason", "family")
    assert "later" in said and ada.now.plan.finish > before
    ada.today = date(2027, 1, 4)
    assert "No study planned until 11 January 2027" in ada("next")
    explained(ada)

    # A slip: three weeks without an entry, then less than planned.
    ada.today = date(2027, 2, 1)
    work(ada, date(2027, 3, 1), ratio=1.3, hours_a_week=6)
    slipped = ada("status")
    assert "Behind" in slipped and "Ways out" in slipped and "Moved by" in slipped
    for word in ("fail", "lazy", "should have", "!"):
        assert word not in slipped.casefold()
    explained(ada)

    steps = {*(s.id for s in ada.now.plan.steps), *ada.now.standing.done}
    bytes_before = ada.file.read_bytes()
    assert "as promised" in ada("replan", "--hours-per-week", "18")
    assert ada.file.read_bytes() == bytes_before, "nothing is changed before somebody agrees"
    ada("replan", "--hours-per-week", "18", "--yes")
    assert ada.now.plan.profile.hours_per_week == 18
    assert {*(s.id for s in ada.now.plan.steps), *ada.now.standing.done} == steps, "no step lost"
    assert "On track" in ada("status")
    explained(ada)

    work(ada, date(2027, 6, 28), ratio=1.25, hours_a_week=18)
    (exam,) = ada.now.plan.exams
    code = exam.certification.label
    ada("log", exam.step, "30")
    cost = ada.now.plan.cost_usd
    said = ada("exam", code.lower(), "failed")
    assert "planned again" in said and "later" in said
    (again,) = ada.now.plan.exams
    assert again.exam_on >= ada.today + timedelta(days=RETAKE_DAYS)
    assert ada.now.plan.cost_usd == cost
    assert "not passed on 28 June 2027" in ada("status")
    explained(ada)

    work(ada, date(2027, 8, 2), ratio=1.25, hours_a_week=18)
    said = ada("exam", code, "passed")
    assert "Passed" in said
    assert not ada.now.plan.exams and ada.now.earned[0].expires_on == date(2028, 8, 2)
    explained(ada)
    undone = ada("undo")
    assert "Taken back" in undone and ada.now.plan.exams
    ada("exam", code, "passed")

    work(ada, date(2028, 3, 1), ratio=1.25, hours_a_week=18)
    assert ada.now.state == "finished"
    assert "Finished" in ada("status") and "Nothing is left" in ada("next")
    assert set(ada.now.standing.done) | {exam.step} == steps
    assert ada.today < promise + timedelta(days=120)
    ledger = ada("evidence")
    shown = [m for s in ada.now.standing.done if (m := ada.catalogue.modules[s]).kind != "search"]
    assert ledger.count("\n### ") == len(shown) < len(steps) and "family" not in ledger
    assert check_file(ada.file, ada.today) == []
    for line in ada.file.read_text(encoding="utf-8").splitlines():
        assert line.isprintable()


def told(page: str, runner: CliRunner) -> str:
    """A page with every command of its console blocks run, in order, and its output put below it.

    A command that ends in "> /dev/null" is run and not shown, one that ends in "2>&1" with what it says beside. What
    sed changes in a page is what somebody typed into it.
    """
    out: list[str] = []
    inside = False
    for line in page.splitlines():
        if line.startswith("```"):
            inside = line == "```console"
        if not inside or line.startswith(("```", "$ ")):
            out.append(line)
        if inside and line.startswith("$ sed "):
            edit_page(line)
        if inside and line.startswith("$ roadmap "):
            given = line.removeprefix("$ roadmap ").removesuffix(" > /dev/null").removesuffix(" 2>&1")
            done = runner.invoke(app, shlex.split(given))
            assert done.exit_code == 0, f"{line}: {done.exception!r} {done.output}"
            said = done.output if line.endswith("2>&1") else done.stdout
            out += [] if line.endswith("> /dev/null") else said.rstrip().splitlines()
    return "\n".join(out) + "\n"


def edit_page(line: str) -> None:
    """Do what `sed -i 's|these words|those|' page` does, on any system; the words have to be there, once."""
    said, file = shlex.split(line.removeprefix("$ "))[2:]
    _, old, new, _ = said.split("|")
    old, page = re.sub(r"\\([\[\]])", r"\1", old), Path(file)
    text = page.read_text(encoding="utf-8")
    assert text.count(old) == 1, line
    page.write_text(text.replace(old, new.replace("&", old).replace("\\n", "\n")), encoding="utf-8")


def test_a_year_is_told_in_the_documents(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/living.md shows what the program says today; `ROADMAP_REFRESH=1` writes it again."""
    monkeypatch.chdir(ada.file.parent)
    page = DOCS.read_text(encoding="utf-8")
    shown = told(page, ada.runner)
    if os.environ.get("ROADMAP_REFRESH"):
        DOCS.write_text(shown, encoding="utf-8")
    assert shown == DOCS.read_text(encoding="utf-8")
    ada.today = date(2028, 3, 1)
    assert ada.now.state == "finished"
    last = max(e.on for e in ada.now.standing.done.values())
    assert last <= ada.saved.baseline.finish, "the page says that the promise of March held"


def test_a_nurses_year_is_told_in_the_documents(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for docs/guide-career-changers.md: somebody from outside tech, who signs before the plan ends."""
    monkeypatch.chdir(ada.file.parent)
    page = CHANGERS.read_text(encoding="utf-8")
    shown = told(page, ada.runner)
    if os.environ.get("ROADMAP_REFRESH"):
        CHANGERS.write_text(shown, encoding="utf-8")
    assert shown == CHANGERS.read_text(encoding="utf-8")
    assert "Welcome back after" in shown and "not in your plan" in shown, "what the story tells is on its screens"
    ada.file, ada.today = ada.file.with_name("nia.roadmap.yaml"), date(2027, 12, 6)
    assert ada.now.state == "reached" and len(ada.now.standing.done) == 6 and not ada.now.late


def test_two_people_with_the_same_file_see_the_same(ben: Person) -> None:
    ben("log", "first-llm", "3")
    seen = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        env = {"TZ": zone}
        seen += [run(c, "--plan", str(ben.file), "--today", "2026-12-09", env=env).stdout for c in ("next", "status")]
    assert seen[:2] == seen[2:] and all(seen)


def test_recording_twice_the_same_day_adds_up_and_later_corrections_count(ben: Person) -> None:
    before = ben.now.plan.step("ai-assisted-coding")
    for hours in ("1.5", "2"):
        ben("log", "ai-assisted-coding", hours)
    assert ben.now.standing.hours["ai-assisted-coding"] == 3.5
    left = ben.now.plan.step("ai-assisted-coding")
    assert before and left and left.hours == before.hours - 3.5
    ben("done", "ai-assisted-coding", "--hours", "6", "--evidence", "a page")
    ben("done", "ai-assisted-coding", "--hours", "4", "--evidence", "a page")
    assert ben.now.standing.hours["ai-assisted-coding"] == 4
    assert ben.now.hours_done == 4
    assert ben.now.plan.step("ai-assisted-coding") is None
    assert ben.now.plan.profile.have["ai-coding-assistants"] == 2


def test_a_step_over_its_hours_is_never_free_and_slows_the_pace(ben: Person) -> None:
    before = ben.now
    ben("log", "ai-assisted-coding", "40")
    step = ben.now.plan.step("ai-assisted-coding")
    assert step and step.hours > 0
    assert ben.now.pace.median > before.pace.median


def test_pace_is_the_closed_form_of_the_documents(ben: Person) -> None:
    ben("done", "first-llm-calls", "--hours", "15", "--evidence", "x")
    prior = ben.catalogue.pace
    from math import exp, log

    deviation = log(prior.p80 / prior.median) / 0.8416212335729143
    weight = (1 / STEP_SCATTER**2) / (1 / STEP_SCATTER**2 + 1 / deviation**2)
    ratio = 15 / ben.catalogue.modules["first-llm-calls"].hours.likely
    pace = ben.now.pace
    assert pace.ratio == pytest.approx(ratio)
    assert pace.median == pytest.approx(exp((1 - weight) * log(prior.median) + weight * log(ratio)))
    assert prior.median < pace.median < ratio
    plan = ben.now.plan
    estimates = [(s.module.hours, 1.0) for s in plan.steps]
    assert quantile(1000, spread(estimates, prior), 80) > 1000


def test_done_wants_evidence_or_a_word_that_it_is_left_out(ben: Person) -> None:
    with pytest.raises(UsageError, match="something shows it") as caught:
        ben("done", "ai-assisted-coding")
    assert "--anyway" in caught.value.hint
    assert "Without evidence" in ben("done", "ai-assisted-coding", "--anyway")
    assert ben.saved.journal[-1].anyway
    assert "Nothing to show" in ben("evidence")
    with pytest.raises(UsageError, match="exam is done when"):
        ben("done", "cert-ai-103", "--evidence", "x")


def test_a_replan_keeps_the_hours_of_what_is_finished(ben: Person) -> None:
    ben.sleep(7)
    step = ben.now.plan.step("ai-assisted-coding")
    ben("done", "ai-assisted-coding", "--anyway")
    ben("done", "first-llm-calls", "--hours", "9", "--evidence", "x")
    before = ben.now
    ben("replan", "--yes")
    assert step and ben.now.hours_done == before.hours_done == step.hours + 9
    assert ben.now.hours_planned == ben.now.hours_done
    assert causes(ben.saved, ben.catalogue, ben.now) == [] and ben.now.drift == 0


def test_on_a_terminal_done_asks_with_the_checklist(ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (record, replan):
        monkeypatch.setattr(module, "on_terminal", lambda: True)
    ben("done", "ai-assisted-coding", input="y\na talk at work\n5\n")
    event = ben.saved.journal[-1]
    assert (event.evidence, event.hours) == ("a talk at work", 5)
    with pytest.raises(RoadmapError, match="stays open"):
        ben("done", "first-llm-calls", input="n\n")
    with pytest.raises(RoadmapError, match="shows it"):
        ben("done", "first-llm-calls", input="y\n\nn\n3\n")
    assert ben.saved.journal[-1] == event
    assert "needed" not in ben("skip", "mcp-server", input="not at work\n")
    assert ben.saved.journal[-1].reason == "not at work"
    assert ben("replan", "--hours-per-week", "5", input="n\n") and ben.saved.journal[-1].kind == "skipped"
    ben("replan", "--hours-per-week", "5", input="y\n")
    assert ben.now.plan.profile.hours_per_week == 5


def test_names_may_be_short_and_near_misses_are_suggested(ben: Person) -> None:
    ben("log", "first-r", "1")
    assert ben.saved.journal[-1].step == "first-rag"
    with pytest.raises(UsageError, match="could be") as caught:
        ben("log", "first", "1")
    assert "first-rag" in caught.value.message
    with pytest.raises(UsageError) as caught:
        ben("log", "frist-rag", "1")
    assert caught.value.hint == 'did you mean "first-rag"?'
    for bad in (
        ("log", "first-rag", "-1"),
        ("log", "first-rag", "900"),
        ("log", "first-rag", "1", "--on", "2027-01-01"),
    ):
        with pytest.raises((UsageError, typer.Exit, AssertionError)):
            ben(*bad)
    context = typer.Context(typer.main.get_command(app))
    context.params = {"plan": str(ben.file)}
    assert [name for name, _ in naming.complete_steps(context, "first-r")] == ["first-rag"]
    assert ("AI-103") in [name for name, _ in naming.complete_exams(context, "ai")]
    context.params = {"plan": "nowhere"}
    assert naming.complete_steps(context, "") == []


def test_notes_are_data_and_an_exam_outside_the_plan_is_recorded_all_the_same(ben: Person) -> None:
    ben("note", "chunks by headings", "--step", "first-rag")
    ben("note", "tired")
    assert json.loads(ben("note", "--format", "json")) == [
        {"on": ben.today.isoformat(), "step": "first-rag", "text": "chunks by headings"},
        {"on": ben.today.isoformat(), "step": None, "text": "tired"},
    ]
    assert [n["text"] for n in json.loads(ben("note", "--step", "first-rag", "--format", "json"))] == [
        "chunks by headings"
    ]
    assert "no preparation and no fee are planned" in " ".join(ben("exam", "CKA", "failed").split())
    assert "You passed it before" in (ben("exam", "AI-103", "passed") and ben("exam", "AI-103", "failed"))


def test_what_grew_old_is_told_in_a_sentence_each(catalogue: Catalogue) -> None:
    words = Words(catalogue)
    said = [
        stale_sentence(Notice(code, "us", args), words)
        for code, args in (
            ("new-catalogue", ("2026.10", "2026.11")),
            ("exam-ends", ("ms-ai-102",)),
            ("exam-unchecked", ("ms-ai-103", "2025-01-31")),
            ("resources-unchecked", (1,)),
            ("law-applies", ("The AI Act", "2027-08-02")),
            ("something-new", ()),
        )
    ]
    assert said[0] == "The catalogue is now 2026.11; the plan was made with 2026.10. roadmap replan takes it up."
    assert "AI-103" in said[1] and said[2].startswith("AI-103 was last checked on 31 January 2025")
    assert said[3] == "1 page of the remaining steps were last checked over a year ago."
    assert said[4:] == ["The AI Act applies since 2 August 2027.", "something-new"]


def test_exams_and_days_off_are_named_as_people_do(ben: Person) -> None:
    ben("exam", "ai-1", "pass")
    assert [e.result for e in ben.saved.journal] == ["passed"]
    with pytest.raises(UsageError, match="could be AI-102, AI-103"):
        ben("exam", "a", "fail")
    with pytest.raises(UsageError, match='passed or failed, not "maybe"'):
        ben("exam", "AI-103", "maybe")
    for until, first, last in (
        ("2w", date(2026, 12, 1), date(2026, 12, 14)),
        ("24-27 Dec", date(2026, 12, 24), date(2026, 12, 27)),
        ("3 January", date(2026, 12, 1), date(2027, 1, 3)),
    ):
        ben("pause", until)
        one = ben.saved.journal[-1]
        assert (one.first, one.last) == (first, last)


def test_a_step_that_others_need_cannot_be_skipped_and_undo_brings_back(ben: Person) -> None:
    with pytest.raises(RoadmapError, match="needed for"):
        ben("skip", "first-rag", "--reason", "no time")
    with pytest.raises(UsageError, match="for a reason"):
        ben("skip", "mcp-server")
    ben("skip", "mcp-server", "--reason", "not at work")
    assert ben.now.plan.step("mcp-server") is None
    assert "not at work" in flat(ben("status"))
    ben("undo")
    assert ben.now.plan.step("mcp-server")
    with pytest.raises(RoadmapError, match="nothing to take back"):
        ben("undo")
    assert [e.kind for e in ben.saved.journal] == ["skipped", "undone"]


def test_with_a_deadline_nothing_is_dropped_until_somebody_says_so(ada: Person) -> None:
    ada.save("--role", "swe", "--start", "2026-12-01", "--deadline", "2027-11-01")
    promised = set(ada.saved.baseline.steps)
    ada.today = date(2027, 4, 1)
    assert {s.id for s in ada.now.plan.steps} == promised, "being late drops nothing"
    assert ada.now.plan.status == "infeasible" and ada.now.late > 0
    status = ada("status")
    for way in ("Shift", "More hours", "Drop what is optional", "A later deadline"):
        assert way in status
    dry = ada("replan", "--drop", "--deadline", "2027-11-01")
    assert "Goes" in dry and "Your deadline leaves no room for it" in flat(dry)
    hours = next(o.value for o in ada.now.plan.options if o.change == "hours_per_week")
    enough, plan = replanned(ada.saved, ada.catalogue, ada.today, {"hours_per_week": float(hours)})
    assert plan.status != "infeasible" and set(enough.baseline.steps) == promised
    ada("replan", "--drop", "--deadline", "2027-11-01", "--yes")
    assert ada.now.plan.finish <= date(2027, 11, 1)
    assert promised - {s.id for s in ada.now.plan.steps}, "something goes"
    ada("replan", "--deadline", "none", "--yes")
    assert {s.id for s in ada.now.plan.steps} >= promised, "without the deadline everything is back"
    with pytest.raises(UsageError, match="without a limit"):
        ada("replan", "--drop")


def test_a_budget_counts_what_was_paid(ada: Person) -> None:
    ada.save("--role", "swe", "--start", "2026-12-01", "--budget-usd", "200", *EXAM)
    ada.today = date(2027, 6, 1)
    ada("exam", "AI-103", "failed")
    (option,) = [o for o in ada.now.plan.options if o.change == "budget_usd"]
    assert option.value == "330", "the fee of both sittings"
    assert ada("status").startswith("130 USD over your budget"), "what no longer does is said first"
    ways = json.loads(ada("status", "--format", "json"))["ways_out"]
    assert [(w["change"], w["value"]) for w in ways[:2]] == [("budget_usd", "330"), ("certifications", "none")]
    assert ada.now.plan.step("cert-ai-103"), "it stays until somebody decides"


def test_a_budget_that_is_used_up_changes_no_step(ada: Person) -> None:
    """Rules go by the budget that was given: nothing left of it is no wish for free material alone."""
    ada.save("--role", "swe", "--start", "2026-12-01", "--budget-usd", "330", *EXAM)
    ada.today = date(2027, 3, 1)
    ada("exam", "AI-103", "failed")
    ada("exam", "AI-103", "passed")
    now = ada.now
    assert now.plan.profile.budget_usd == 0
    assert {s.id for s in now.plan.steps} == ada.saved.baseline.steps.keys() - {"cert-ai-103"}
    assert now.lost == ()


def test_weekdays_hold_what_is_said_of_them(ada: Person) -> None:
    """More hours are shared out over the days that were named; other days say how many hours a week has."""
    ada.save("--role", "swe", "--start", "2026-12-01", "--availability", "tue=2.5,thu=2.5,sat=4")
    assert "9 hours a week (Tue 2.5 h, Thu 2.5 h and Sat 4 h)" in flat(ada("export", "--format", "terminal"))
    shown = flat(ada("replan", "--hours-per-week", "10", "--yes"))
    assert "Tue 2.75 h, Thu 2.75 h and Sat 4.5 h" in shown
    assert ada.saved.answers["availability"] == {"days": {"tue": 2.75, "thu": 2.75, "sat": 4.5}}
    assert "10 hours a week (Tue 2.75 h, Thu 2.75 h and Sat 4.5 h)" in flat(ada("export", "--format", "terminal"))
    ada("replan", "--availability", "mon=3,sat=4", "--yes")
    assert ada.now.plan.profile.hours_per_week == 7
    ada.today = date(2027, 3, 1)
    more = next(w for w in json.loads(ada("status", "--format", "json"))["ways_out"] if w["change"] == "hours_per_week")
    assert "Mon 3.5 h and Sat 4.5 h" in more["text"] if more["value"] == "8" else "Mon" in more["text"]


def test_two_states_of_a_plan_are_told_as_what_happened(ben: Person, tmp_path: Path) -> None:
    """What was done, decided, and why the date moved: the days add up to what the two promises lie apart."""
    early = tmp_path / "early.roadmap.yaml"
    early.write_bytes(ben.file.read_bytes())
    ben.today = date(2026, 12, 9)
    ben("done", "1", "--hours", "13", "--evidence", "https://example.org/1")
    ben("pause", "2027-01-03", "--from", "2026-12-20", "--reason", "family")
    ben("skip", "mcp-server", "--reason", "my team has one")
    ben.today = date(2027, 2, 15)
    ben("replan", "--hours-per-week", "12", "--yes")
    ben.today = date(2027, 3, 1)
    ben("log", "2", "4")

    def diff(*form: str) -> str:
        given = ["diff", str(early), str(ben.file), "--today", ben.today.isoformat(), *form]
        return str(ben.runner.invoke(app, given, catch_exceptions=False).stdout)

    said = flat(diff())
    for words in (
        "the plan promised",
        "First model calls from code: 9 December 2026, 13 h.",
        "Typed output and tool calls: 4 h so far.",
        "Off from 20 December 2026 to 3 January 2027 (family).",
        "Left out: MCP server with access control (“my team has one”).",
        "Planned anew on 15 February 2027 with hours per week 10 to 12; it promises",
        "15 days later by days off",
    ):
        assert words in said, words
    assert "Nothing asks for it" not in said and "You have it now" not in said
    told = json.loads(diff("--format", "json"))["story"]
    first, last = told["chapters"]
    for chapter in (first, last):
        apart = date.fromisoformat(chapter["stood"]) - date.fromisoformat(chapter["promised"])
        assert sum(chapter["moved_by"].values()) == apart.days
    assert last["promised"] == first["made"] == ben.saved.baseline.finish.isoformat()
    assert last["stood"] == told["finish"] == ben.now.plan.finish.isoformat()
    ben("undo")
    ben("undo")
    assert "hours per week" not in diff() and "Planned anew" not in diff(), "a replan taken back did not happen"


def test_a_new_catalogue_says_so_and_loses_nothing(ben: Person) -> None:
    ben("done", "ai-assisted-coding", "--hours", "5", "--evidence", "x")
    gone = {"mcp-server", "ai-assisted-coding"}
    modules = {i: m for i, m in ben.catalogue.modules.items() if i not in gone}
    newer = replace(ben.catalogue, version="2027.02", modules=modules)
    now = progress(ben.saved, newer, ben.today)
    assert "ai-assisted-coding" in now.standing.done
    assert now.plan.profile.have["ai-coding-assistants"] == 2, "what was learnt stays learnt"
    assert now.lost == ("mcp-server",)
    assert "new-catalogue" in [n.code for n in now.stale]
    again, _ = replanned(ben.saved, newer, ben.today, {})
    assert again.catalogue == "2027.02" and "ai-assisted-coding" in again.baseline.steps
    ended = replace(newer.certifications["ms-ai-103"], status="retired", retires_on="2027-01-31")
    retired = replace(newer, certifications={**newer.certifications, "ms-ai-103": ended})
    assert "exam-ends" in [n.code for n in progress(ben.saved, retired, ben.today).stale]
    assert "resources-unchecked" in [n.code for n in progress(ben.saved, ben.catalogue, date(2028, 1, 1)).stale]


def test_commands_that_are_offered_name_the_plan_where_it_would_not_be_found(
    ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.today = date(2027, 6, 1)
    elsewhere = ben.file.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "other.roadmap.yaml").write_bytes(ben.file.read_bytes())
    monkeypatch.chdir(elsewhere)
    named = f" --plan ../{ben.file.name}"
    more = r"replan --hours-per-week \d+"
    for screen, command in (("status", more), ("replan", more), ("next", "log HOURS")):
        assert re.search(f"roadmap {command}{re.escape(named)} ", flat(ben(screen))), screen
    monkeypatch.chdir(ben.file.parent)
    for screen in ("status", "replan", "next"):
        assert named not in ben(screen)


def test_next_fits_a_screen_and_every_format_parses(ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ben.file.parent)
    for day in range(0, 300, 20):
        ben.today = date(2026, 12, 1) + timedelta(days=day)
        page = ben("next", "--width", "80")
        assert len(page.splitlines()) <= 26
        assert len(next_text(ben.now, ben.catalogue, Look(80, rows=24)).splitlines()) < 24, "the prompt has a line, too"
        for part in ("Why", "How long", "Done when", "roadmap"):
            assert part in page
        step = ben.now.now
        assert step
        ben("done", step.id, "--anyway") if step.module.kind != "certify" else ben("exam", "AI-103", "passed")
    items = json.loads(ben("next", "--format", "json"))["items"]
    assert items and {"id", "why", "done_when", "resources", "hours_this_week"} <= set(items[0])
    status = json.loads(ben("status", "--format", "json"))
    assert sum(status["moved_by"].values()) == status["drift_days"]
    changed = json.loads(ben("note", "a thought", "--format", "json"))
    assert changed["before"]["finish"] == changed["after"]["finish"]
    planned = json.loads(ben("replan", "--hours-per-week", "20", "--format", "json"))
    assert planned["written"] is False and planned["after"]["hours_per_week"] == 20


def test_the_ledger_shows_evidence_and_keeps_the_rest_private(ben: Person) -> None:
    ben("note", "I hated this week")
    ben("done", "ai-assisted-coding", "--hours", "9", "--evidence", "https://example.org/a b|c")
    ben("done", "first-evaluation-set", "--hours", "9", "--evidence", "[x](javascript:alert(1)) <script> | a talk")
    ben("done", "first-public-llm-app", "--hours", "5", "--evidence", "https://example.org/app")
    ben("done", "first-llm-calls", "--hours", "9", "--evidence", "I understood it")
    ben("done", "interview-prep", "--hours", "9", "--evidence", "https://example.org/rounds")
    ben("exam", "AI-103", "failed")
    page = ben("evidence")
    assert "hated" not in page and "AI-103" not in page
    assert "understood" not in page and "rounds" not in page, "study without a link and the search are no work to show"
    assert page.index("public address") < page.index("assistant rules"), "what strangers can try comes first"
    assert "your " not in page.casefold()
    assert "\\](javascript" in page and "<script" not in page.replace("\\<script", "")
    ben("exam", "AI-103", "passed")
    resume = json.loads(ben("evidence", "--format", "jsonresume"))
    shown = [ben.catalogue.modules[m] for m in ("first-public-llm-app", "ai-assisted-coding", "first-evaluation-set")]
    assert [p["name"] for p in resume["projects"]] == [m.leaves for m in shown]
    assert resume["certificates"][0]["date"] == "2026-12-01"
    jsonschema.validate(
        resume,
        {
            "required": ["basics", "projects", "certificates"],
            "properties": {
                "projects": {
                    "items": {"properties": {k: {"type": "string", "format": "date"} for k in ("startDate", "endDate")}}
                }
            },
        },
    )


def test_a_mentor_sees_who_needs_them_and_why(ben: Person, tmp_path: Path) -> None:
    folder = tmp_path / "group"
    folder.mkdir()
    texts = ben.file.read_text(encoding="utf-8")
    (folder / "quiet.roadmap.yaml").write_text(texts.replace("name: Ben", 'name: "=cmd|x"'), encoding="utf-8")
    ben.today = date(2027, 1, 12)
    work(ben, date(2027, 1, 20), ratio=1.25, hours_a_week=60)
    (folder / "busy.roadmap.yaml").write_bytes(ben.file.read_bytes())
    (folder / "bad.roadmap.yaml").write_text("format: 1\nprofile: [\n", encoding="utf-8")

    def table(form: str) -> str:
        done = ben.runner.invoke(app, ["cohort", str(folder), "--format", form, "--today", "2027-01-20"])
        assert done.exit_code == 4, "one file could not be read"
        return done.stdout

    rows = list(csv.DictReader(io.StringIO(table("csv"))))
    assert [r["file"].split(".")[0] for r in rows] == ["bad", "quiet", "busy"]
    assert rows[1]["who"] == "'=cmd|x" and "no entry yet" in rows[1]["needs_you"] and "behind" in rows[1]["needs_you"]
    assert rows[0]["state"] == "unreadable" and rows[0]["needs_you"]
    assert "\\|" in table("markdown") and table("terminal").count("\n") > 5
    assert "<table>" in table("html") and "=cmd" in table("html")
    assert [r["file"] for r in json.loads(table("json"))] == [r["file"] for r in rows]
    with pytest.raises(RoadmapError, match="no such folder"):
        ben.runner.invoke(app, ["cohort", str(folder / "none")], catch_exceptions=False)


def test_plan_resume_shows_the_plan_as_it_stands(ben: Person) -> None:
    ben("done", "ai-assisted-coding", "--hours", "5", "--evidence", "x")
    shown = json.loads(ben("plan", "--resume", str(ben.file), "--format", "json"))
    assert "ai-assisted-coding" not in [s["id"] for s in shown["steps"]]
    assert shown["summary"]["finish"] == ben.now.plan.finish.isoformat()
    with pytest.raises(UsageError, match="as it is"):
        ben("plan", "--resume", str(ben.file), "--hours-per-week", "3")


def test_events_out_of_order_in_the_file_count_by_their_day(ben: Person, catalogue: Catalogue) -> None:
    plan = fresh(catalogue)
    ben("exam", "AI-103", "passed")
    ben.sleep(3)
    ben("exam", "AI-103", "failed", "--on", "2026-11-30")
    journal = ben.saved.journal
    assert vars(standing(journal)) == vars(standing(journal[::-1]))
    assert progress(replace(plan, journal=journal), catalogue, ben.today).plan.exams == ()


def test_commands_fail_in_a_line(tmp_path: Path) -> None:
    done = run("next", cwd=tmp_path, env={"ROADMAP_DATA": str(tmp_path)})
    assert (done.returncode, done.stdout) == (1, "")
    assert "no saved plan" in done.stderr and "roadmap plan --save" in done.stderr
    (tmp_path / "x.roadmap.yaml").write_text("format: 1\n", encoding="utf-8")
    assert "x.roadmap.yaml:1:1: error" in run("status", cwd=tmp_path).stderr
    assert isinstance(ProblemsError([]), RoadmapError)


@pytest.mark.parametrize("words", [("next",), ("status",), ("log", "2"), ("plan", "--profile", "--format", "json")])
def test_commands_start_without_what_is_heavy(ben: Person, words: tuple[str, ...]) -> None:
    which = [] if "--profile" in words else ["--plan", str(ben.file)]
    typed = [w for word in words for w in ((word, str(ben.file)) if word == "--profile" else (word,))]
    code = (
        f"import sys\nsys.argv = {['roadmap', *typed, *which, '--today', ben.today.isoformat()]!r}\n"
        "from roadmap.cli.app import app\n"
        "try:\n    app(prog_name='roadmap')\nexcept SystemExit:\n    pass\n"
        "heavy = {'rich', 'questionary', 'jinja2', 'pydantic', 'typing_extensions', 'roadmap.loading.shapes'}\n"
        "sys.exit(', '.join(sorted(heavy & {*sys.modules})) or 0)"
    )
    cache = {**os.environ, "ROADMAP_CACHE": str(CACHE)}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=cache)
    assert (done.returncode, done.stderr) == (0, "")


def test_many_times_the_usual_hours_are_asked_about(ben: Person) -> None:
    """A slip of the hand would move every forecast, so it is said at once; the entry counts all the same."""
    step = ben.now.plan.steps[0]
    usual = step.module.hours
    assert "slip" not in ben("log", step.id, f"{usual.high}")
    said = flat(ben("log", step.id, f"{2 * usual.high + 0.5}"))
    assert f"where it usually takes {usual.low:g} to {usual.high:g} h: roadmap undo takes it back" in said
    ben("undo")
    said = flat(ben("done", step.id, "--hours", f"{4 * usual.high}", "--evidence", "https://example.org/x"))
    assert f"{4 * usual.high:g} h in all" in said and "slip" in said
    ben("undo")
    assert "slip" not in ben("done", step.id, "--hours", f"{usual.high}", "--evidence", "https://example.org/x")


def test_a_portfolio_says_nothing_to_its_owner() -> None:
    assert for_others("Small scripts of your own that others can run") == "Small scripts that others can run"
    assert for_others("Answers from your documents, a tool of your own") == "Answers from documents, a tool"
    assert for_others("Yourself") == "Yourself"


def test_a_forecast_says_since_when_it_moves(ben: Person) -> None:
    """A step that is left out makes no plan longer: the weeks did that, in which nothing was done."""
    ben("log", "1", "3")
    before = ben.now.plan.finish
    ben.today = date(2027, 2, 1)
    said = flat(ben("skip", "responsible-and-compliant", "--reason", "knows it"))
    days = (ben.now.plan.finish - before).days
    assert days > 0 and f"{days} days later than on 1 December 2026;" in said
    said = flat(ben("skip", "publish-architecture", "--reason", "knows it"))
    assert "earlier; 4 in 5" in said, "on one day the entry itself has moved it"
