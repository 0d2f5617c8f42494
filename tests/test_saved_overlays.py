"""A plan made with a catalogue of one's own stays with it, wherever the commands are run."""

import json
import shutil
from pathlib import Path

import pytest

from tests.in_process import roadmap

OVERLAY = Path(__file__).parent.parent / "examples" / "overlay-bootcamp.yaml"
OWN = "bootcamp-rag-week"
DAY = ("--today", "2026-11-24")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an overlay in one corner, and a plan made with it in another."""
    (tmp_path / "school").mkdir()
    (tmp_path / "plans").mkdir()
    shutil.copy(OVERLAY, tmp_path / "school" / "harbour.yaml")
    monkeypatch.chdir(tmp_path / "school")
    made = roadmap("plan", "--role", "swe", *DAY, "--catalogue", "harbour.yaml", "--save", "../plans/me.roadmap.yaml")
    assert made.returncode == 0, made.stderr
    return tmp_path


def test_every_command_finds_the_files_a_plan_was_made_with(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = course / "plans" / "me.roadmap.yaml"
    assert "\noverlays: [../school/harbour.yaml]\n" in plan.read_text().replace('"', "")
    monkeypatch.chdir(course)
    here = ("--plan", str(plan), *DAY)
    status = json.loads(roadmap("status", *here, "--format", "json").stdout)
    assert not status["lost"]
    exported = json.loads(roadmap("export", *here, "--format", "json").stdout)
    assert OWN in {s["id"] for s in exported["steps"]}
    assert "Retrieval week" in roadmap("explain", OWN, *here).stdout
    assert json.loads(roadmap("cohort", str(course), *DAY, "--format", "json").stdout)[0]["problem"] in (None, "")
    assert roadmap("check", str(plan)).returncode == 0
    assert roadmap("replan", "--hours-per-week", "12", "--yes", *here).returncode == 0
    assert roadmap("log", OWN, "2", "--plan", str(plan), *DAY).returncode == 0
    assert "harbour.yaml" in plan.read_text()
    same = roadmap("diff", str(plan), str(plan), *DAY, "--format", "json")
    assert json.loads(same.stdout)["same"], same.stderr


def test_files_named_on_the_command_line_come_instead(course: Path) -> None:
    other = course / "empty.yaml"
    other.write_text("modules: []\n")
    here = ("--plan", str(course / "plans" / "me.roadmap.yaml"), *DAY, "--catalogue", str(other))
    assert OWN in json.loads(roadmap("status", *here, "--format", "json").stdout)["lost"]


@pytest.mark.parametrize("command", ["next", "status", "export", "check", "explain"])
def test_a_file_that_is_gone_is_named(course: Path, command: str) -> None:
    (course / "school" / "harbour.yaml").unlink()
    plan = str(course / "plans" / "me.roadmap.yaml")
    args = [plan] if command == "check" else [OWN, "--plan", plan] if command == "explain" else ["--plan", plan]
    told = roadmap(command, *args)
    assert told.returncode == 1
    words = " ".join((told.stdout + told.stderr).split())
    assert "harbour.yaml, which is not there" in words
    assert "--catalogue" in words
