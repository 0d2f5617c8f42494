"""`roadmap export`, the pager and the ways out of the program."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from roadmap.cli import boundary
from roadmap.cli.app import app
from roadmap.errors import UsageError
from roadmap.render import Format, suffix

TODAY = ("--today", "2026-11-22")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "me.roadmap.yaml"
    args = ["plan", "--role", "swe", "--name", "Ada", *TODAY, "--save", str(file), "--output", str(tmp_path / "x.txt")]
    assert CliRunner().invoke(app, args).exit_code == 0
    return file


def export(saved: Path, *args: str) -> str:
    done = CliRunner().invoke(app, ["export", "--plan", str(saved), *TODAY, *args])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("form", Format)
def test_a_saved_plan_comes_out_in_every_format(saved: Path, tmp_path: Path, form: Format) -> None:
    file = tmp_path / f"plan.{suffix(form)}"
    export(saved, "--format", form.value, "--output", str(file))
    assert file.read_bytes().decode("utf-8").endswith("\n")


def test_the_nearest_plan_is_taken_and_markdown_is_the_default(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    done = CliRunner().invoke(app, ["export", *TODAY, "--brief", "--front-matter"])
    assert done.stdout == export(saved, "--brief", "--front-matter")
    assert done.stdout.startswith('---\ntitle: "Software engineer to AI engineer')


def test_a_drawing_becomes_dots_by_its_name(saved: Path, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    export(saved, "--format", "svg", "--output", str(tmp_path / "plan.PNG"))
    assert (tmp_path / "plan.PNG").read_bytes().startswith(b"\x89PNG")


def test_forms_of_markdown_are_for_markdown(saved: Path) -> None:
    done = CliRunner().invoke(app, ["export", "--plan", str(saved), "--brief", "--format", "html"])
    assert isinstance(done.exception, UsageError)


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    boundary.put("text\n", pipe)
    assert os.read(reader, 10) == b"text\n"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("person", [True, False])
def test_the_pager_is_for_people(
    person: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paged: list[str] = []
    monkeypatch.setattr(boundary, "on_terminal", lambda: person)
    monkeypatch.setattr("pydoc.pager", paged.append)
    monkeypatch.setenv("LESS", "-R")
    boundary.show("long\n", None, pager=True)
    assert (paged, capsys.readouterr().out) == (["long\n"], "") if person else ([], "long\n")


def test_tasks_may_end_in_json(saved: Path, tmp_path: Path) -> None:
    """`task import` takes either ending."""
    for name in ("tasks.json", "tasks.jsonl"):
        asked = ["export", "--plan", str(saved), "--format", "taskwarrior", "--output", str(tmp_path / name)]
        assert CliRunner().invoke(app, asked).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith('{"status"')


def test_a_page_of_a_plan_that_is_saved_with_it_is_its_page(tmp_path: Path) -> None:
    """The Markdown that one command writes beside a saved plan is the one that sync reads."""
    plan, page = tmp_path / "me.roadmap.yaml", tmp_path / "me.md"
    asked = ["plan", "--role", "swe", "--save", str(plan), "--output", str(page), "--today", "2026-11-30"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "roadmap:written" in text and "Hours: 6" in text
    same = ["export", "--plan", str(plan), "--output", str(tmp_path / "again.md"), "--today", "2026-11-30"]
    assert CliRunner().invoke(app, same).exit_code == 0
    assert (tmp_path / "again.md").read_text(encoding="utf-8") == text


def test_a_format_says_before_its_first_line_what_a_second_run_overwrites(saved: Path) -> None:
    """It was said behind hundreds of tasks, or after they had been imported."""
    words = ["export", "--plan", str(saved), "--format", "taskwarrior"]
    done = subprocess.run(
        [sys.executable, "-m", "roadmap", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    assert "overwrites changes made there" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("taskwarrior", "own tags go", "own tags go"),
        ("obsidian", "", "What was ticked or written into"),
        ("todotxt", "", "What was ticked or written into"),
        ("html", "", ""),
    ],
)
def test_what_a_second_export_does_to_work_in_the_other_program_is_said_before_it(
    form: str, first: str, second: str, saved: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"plan.{suffix(Format(form))}"
    for said in (first, second):
        done = CliRunner().invoke(
            app, ["export", "--plan", str(saved), *TODAY, "--format", form, "--output", str(file)]
        )
        before, _, after = done.stderr.partition("Plan written to")
        assert done.exit_code == 0 and after and (said in before if said else not before), done.stderr
