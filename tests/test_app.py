"""Use cases are called without a command line: by a server, a page, a notebook."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from roadmap.app import journal
from roadmap.app.book import Book, open_book
from roadmap.app.catalogues import ProblemsError
from roadmap.app.cohort import members_of, page_of, write_pages
from roadmap.app.diff import two_catalogues, two_plans
from roadmap.app.explain import done_on, find_any, planned, why, why_before
from roadmap.app.keeping import check_folder, home, keep_under_free_name, write_new
from roadmap.app.people import Piped, make, person_for
from roadmap.app.replan import agree, propose
from roadmap.app.resumes import aims_of, holder
from roadmap.app.steps import rows_of, step_of
from roadmap.app.subject import subject
from roadmap.app.sync import take_in
from roadmap.app.what_if import Try, beside_saved
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Present

DAY = date(2026, 12, 1)


@pytest.fixture
def book(tmp_path: Path, catalogue: Catalogue) -> Book:
    person = person_for(catalogue, Piped(lambda: "role: swe\nhours_per_week: 8\n", bytes), {}, DAY)
    file = tmp_path / "ada.roadmap.yaml"
    write_new(file, person.answers, make(catalogue, person.profile, DAY), catalogue, [])
    return open_book(file, DAY, None)


def test_a_plan_is_kept_recorded_and_replanned_without_a_command_line(book: Book) -> None:
    first = rows_of(book)[0]
    done = journal.log(book, step_of(book, "1"), 2.5)
    assert (done.event.step, done.event.hours, done.after.hours_done) == (first.id, 2.5, 2.5)
    later = open_book(book.path, DAY, None)
    proposed = propose(later, {"hours_per_week": "12"})
    assert proposed.plan.finish < later.now.plan.finish
    assert open_book(book.path, DAY, None).saved == later.saved, "a proposal writes nothing"
    agree(later, proposed)
    again = open_book(book.path, DAY, None)
    assert (again.now.plan.finish, again.saved.journal[-1].kind) == (proposed.plan.finish, "replanned")
    with pytest.raises(RoadmapError, match="changed meanwhile"):
        agree(later, proposed)


def test_what_a_command_refuses_every_other_caller_is_refused(book: Book) -> None:
    before = book.path.read_bytes()
    with pytest.raises(UsageError, match="hours must be from 0 to 168"):
        journal.log(book, step_of(book, "1"), 169)
    with pytest.raises(UsageError, match="shows it"):
        journal.done(book, step_of(book, "1"), evidence=None)
    with pytest.raises(UsageError, match="not come yet"):
        journal.note(book, "x", on=date(2026, 12, 2))
    with pytest.raises(UsageError, match="for a reason"):
        journal.skip(book, step_of(book, "2"), None)
    with pytest.raises(UsageError, match="ends before"):
        journal.pause(book, date(2026, 12, 9), date(2026, 12, 8))
    with pytest.raises(UsageError, match="no exam"):
        journal.exam(book, "XX-1", "passed")
    with pytest.raises(RoadmapError, match="nothing to take back"):
        journal.undo(book)
    with pytest.raises(ProblemsError):
        propose(book, {"cloud": "nowhere"})
    assert book.path.read_bytes() == before


def test_a_new_plan_takes_a_free_name_and_is_not_kept_twice(
    book: Book, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    person = person_for(catalogue, None, {"role": "swe", "name": "Ada!"}, DAY)
    made = make(catalogue, person.profile, DAY)
    first = keep_under_free_name(person.answers, made, catalogue, [])
    assert first.name == "ada-2.roadmap.yaml", "ada.roadmap.yaml is another plan"
    before = first.read_bytes()
    assert keep_under_free_name(person.answers, made, catalogue, []) == first and first.read_bytes() == before
    (tmp_path / "ada-3.roadmap.yaml").mkdir()
    first.write_text("changed since")
    assert keep_under_free_name(person.answers, made, catalogue, []).name == "ada-4.roadmap.yaml"


def test_a_place_that_takes_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note").write_text("x")
    check_folder(tmp_path / "new" / "deeper" / "me.roadmap.yaml", "cannot be kept")
    for file, said in ((tmp_path / "note" / "me", "is no folder"), (tmp_path, "Is a directory")):
        with pytest.raises(RoadmapError, match=said):
            check_folder(file, "cannot be kept")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(RoadmapError, match="Permission denied"):
        check_folder(tmp_path / "note", "cannot be kept")
    monkeypatch.setenv("ROADMAP_DATA", str(tmp_path / "note" / "data"))
    with pytest.raises(RoadmapError, match="cannot be made"):
        home()


def test_two_plans_that_cannot_be_compared_say_why(book: Book, catalogue: Catalogue, tmp_path: Path) -> None:
    other = tmp_path / "other.roadmap.yaml"
    person = person_for(catalogue, None, {"role": "new"}, DAY)
    write_new(other, person.answers, make(catalogue, person.profile, DAY), catalogue, [])
    saved = two_plans(catalogue, book.path, other, None, DAY)
    assert not saved.found.same and saved.lived is None, "two people have no story of one plan"
    assert two_plans(catalogue, book.path, book.path, None, DAY).found.same
    with pytest.raises(UsageError, match="saved plan cannot come from stdin"):
        two_plans(catalogue, Piped(book.path.read_text, bytes), other, None, DAY)
    with pytest.raises(UsageError, match="two catalogues cannot come from stdin"):
        two_catalogues(Piped(str, bytes), {}, DAY, (None, None))
    broken = tmp_path / "broken.json"
    for text in ("{", '{"schema_version": 2, "steps": []}'):
        broken.write_text(text)
        with pytest.raises(ProblemsError):
            two_plans(catalogue, broken, other, None, DAY)


def test_what_moved_a_finish_and_why_a_step_stands_there_without_a_command_line(
    book: Book, catalogue: Catalogue
) -> None:
    assert book.causes() == []
    first, second = (row.id for row in rows_of(book)[:2])
    journal.pause(book, DAY, date(2026, 12, 28))
    later = open_book(book.path, DAY, None)
    assert sum(c.days for c in later.causes()) == later.now.drift > 0
    whose = subject(catalogue, book.path, None, {}, DAY)
    assert isinstance(why(catalogue, whose, first), Present) and done_on(whose, first) is None
    assert why_before(catalogue, whose, second, first).first.id == first
    with pytest.raises(UsageError, match="not before itself"):
        why_before(catalogue, whose, first, first)
    with pytest.raises(RoadmapError, match="neither in this plan"):
        why(catalogue, whose, "no-such-thing")
    journal.done(later, first, evidence="https://example.org")
    assert done_on(subject(catalogue, book.path, None, {}, DAY), first) == DAY


def test_plans_are_compared_matched_and_explained_without_a_command_line(book: Book, catalogue: Catalogue) -> None:
    base, (more,) = beside_saved(catalogue, book.saved, {}, [Try("hours_per_week", "16", "--set")], DAY)
    assert more.plan.finish < base.finish and more.command == "roadmap replan --hours-per-week 16"
    job = Piped(str, lambda: b"AI Engineer. You must have Python, RAG and LangChain.")
    named = aims_of(job, catalogue).named
    assert "rag" in named
    beside = holder(book.path, None, None, None, DAY)
    assert beside.have["git"] and not beside.have.get("rag")
    whose = subject(catalogue, book.path, None, {}, DAY)
    assert find_any(catalogue, whose, "1") == rows_of(book)[0].id
    with pytest.raises(RoadmapError, match="no step of this plan"):
        planned(catalogue, whose, "nothing-of-the-kind")


def test_a_page_is_taken_in_and_a_group_stands_without_a_command_line(book: Book, catalogue: Catalogue) -> None:
    folder = book.path.parent
    (member,) = members_of(folder, catalogue, None, DAY)
    assert member.now is not None and member.now.plan.finish == book.now.plan.finish
    heard: list[str] = []
    assert write_pages(folder, catalogue, None, DAY, heard.append) == (1, 0) and heard == []
    page = page_of(book.path)
    page.write_text(page.read_text("utf-8").replace("- [ ]", "- [x]", 1), "utf-8")
    assert take_in(page, book.path, None, DAY, write=False).found.events
    assert open_book(book.path, DAY, None).saved == book.saved, "looking takes nothing"
    assert write_pages(folder, catalogue, None, DAY, heard.append) == (0, 0) and "does not have" in heard[0]
    taken = take_in(page, book.path, None, DAY).found.events
    assert len(taken) == len(open_book(book.path, DAY, None).saved.journal) > 0


def test_use_cases_start_without_a_console_and_without_a_prompt() -> None:
    code = (
        "import sys, pkgutil, importlib, roadmap.app as app\n"
        "for m in pkgutil.iter_modules(app.__path__): importlib.import_module('roadmap.app.' + m.name)\n"
        "bad = {'typer', 'click', 'rich', 'questionary', 'pydantic', 'yaml'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(bad)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
