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
from roadmap.app.explain import find_any, planned
from roadmap.app.keeping import write_new
from roadmap.app.people import Piped, make, person_for
from roadmap.app.replan import agree, propose
from roadmap.app.resumes import aims_of, holder
from roadmap.app.steps import rows_of, step_of
from roadmap.app.subject import subject
from roadmap.app.sync import take_in
from roadmap.app.what_if import Try, beside_saved
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue

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
    assert write_pages(folder, catalogue, None, DAY, heard.append) == 1 and heard == []
    page = page_of(book.path)
    page.write_text(page.read_text("utf-8").replace("- [ ]", "- [x]", 1), "utf-8")
    assert take_in(page, book.path, None, DAY, write=False).found.events
    assert open_book(book.path, DAY, None).saved == book.saved, "looking takes nothing"
    assert write_pages(folder, catalogue, None, DAY, heard.append) == 0 and "does not have" in heard[0]
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
