"""A plan made with a catalogue of one's own stays with it, wherever the commands are run."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from roadmap.loading.load import load_catalogue
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


PATHS = """
paths:
  - id: {id}
    start: new
    target: ai-engineer
    sources: [judgement]
    as_of: 2026-11-22
    confidence: low
    phases:
      - id: hall
        title: First weeks in the hall
        because: We begin with the terminal.
        source: judgement
        modules: [shell-essentials, git-workflow]
        stages: [software-engineering]
      - id: rest
        title: All the rest
        because: Then the rest.
        source: judgement
        stages: [llm-integration, data-pipelines, production, domain, publication]
"""


def test_a_path_of_ones_own_is_offered_and_taken_by_its_name(tmp_path: Path) -> None:
    """A new id stands beside the built-in path; whoever names it gets its order, in every command after that."""
    own, plan = tmp_path / "hall.yaml", tmp_path / "me.roadmap.yaml"
    own.write_text(PATHS.format(id="hall"), encoding="utf-8")
    here = ("--role", "new", "--catalogue", str(own), *DAY)
    usual = roadmap("plan", *here)
    assert "another way for this start: --path hall" in usual.stderr
    taken = roadmap("plan", *here, "--path", "hall", "--save", str(plan))
    assert taken.stdout != usual.stdout and "another way" not in taken.stderr
    steps = [
        s["id"] for s in json.loads(roadmap("export", "--plan", str(plan), *DAY, "--format", "json").stdout)["steps"]
    ]
    assert steps.index("shell-essentials") < steps.index("python-first-steps")
    wrong = roadmap("plan", "--role", "swe", "--path", "hall", "--catalogue", str(own), *DAY)
    assert wrong.returncode == 2 and "hall leads from new to ai-engineer" in wrong.stderr
    unknown = roadmap("plan", "--role", "new", "--path", "new-jab", *DAY)
    assert 'did you mean "new-job"?' in unknown.stderr
    promoted = roadmap("plan", "--role", "new", "--path", "new-promotion", *DAY)
    assert "The case for the promotion" in promoted.stdout


def test_replacing_a_built_in_path_needs_none_of_its_facts(tmp_path: Path) -> None:
    own = tmp_path / "hall.yaml"
    own.write_text(PATHS.format(id="new-to-ai-engineer"), encoding="utf-8")
    assert "1 file checked, no errors" in roadmap("check", str(own)).stderr
    assert roadmap("plan", "--role", "new", "--catalogue", str(own), *DAY).returncode == 0


SHORT = """
sources:
  - {id: our-club, title: Notes of our club, as_of: 2026-11-22, confidence: low}
resources:
  - {id: our-page, title: Our page, url: "https://example.org/x", provider: Us, kind: course, cost: free, hours: 6,
     skills: [rag]}
modules:
  - id: our-talk
    title: Talk at the meetup
    kind: publish
    stage: publication
    hours: 10
    needs: {rag: 2}
    teaches: {technical-writing: 2}
    summary: Ten minutes at the meetup on what your search finds and what it misses.
    done_when: [Ten people heard it.]
    evidence: [Slides]
    resources: [our-page]
paths:
  - id: our-way
    start: new
    target: ai-engineer
    phases:
      - {id: hall, title: First weeks, because: We begin together., modules: [our-talk], stages: [publication]}
"""


def test_an_overlay_with_one_source_repeats_nothing(tmp_path: Path) -> None:
    file = tmp_path / "club.yaml"
    file.write_text(SHORT)
    checked = roadmap("check", str(file))
    assert checked.returncode == 0, checked.stdout
    over = load_catalogue([file])[0]
    assert over is not None
    talk, page, way = over.modules["our-talk"], over.resources["our-page"], over.paths["our-way"]
    assert (talk.hours.low, talk.hours.likely, talk.hours.high) == (7.5, 10, 15)
    assert talk.sources == way.sources == ("our-club",) and talk.hours.source == way.phases[0].source == "our-club"
    assert str(talk.as_of) == str(page.checked) == "2026-11-22" and talk.confidence == page.confidence == "low"
    kept = ("--role", "swe", "--catalogue", str(file), "--keep", "our-talk", "--format", "json", *DAY)
    steps = json.loads(roadmap("plan", *kept).stdout)["steps"]
    assert next(s for s in steps if s["id"] == "our-talk")["hours"] == 12.5


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("  - {id: our-club, title: Notes of our club, as_of: 2026-11-22, confidence: low}\n", "sources"),
        ("    summary: Ten minutes at the meetup on what your search finds and what it misses.\n", "summary"),
        ("Ten people heard it.", "done_when must have at least 1, not 0"),
    ],
)
def test_what_people_read_is_never_filled_in(tmp_path: Path, gone: str, said: str) -> None:
    """Nor who says so, where the overlay brings no source."""
    file = tmp_path / "club.yaml"
    assert gone in SHORT
    file.write_text(SHORT.replace(gone, ""))
    checked = roadmap("check", str(file))
    assert checked.returncode == 1 and said in checked.stdout, checked.stdout
    assert "Traceback" not in checked.stderr


def test_an_export_never_goes_over_an_overlay_that_the_plan_remembers(tmp_path: Path) -> None:
    own, plan = tmp_path / "hall.json", tmp_path / "a.roadmap.yaml"
    own.write_text(json.dumps(yaml.safe_load(SHORT), default=str), encoding="utf-8")
    made = roadmap("plan", "--role", "swe", "--catalogue", str(own), *DAY, "--save", str(plan))
    assert made.returncode == 0, made.stderr
    before = own.read_bytes()
    done = roadmap("export", "--plan", str(plan), *DAY, "--format", "json", "--output", str(own))
    assert done.returncode == 2 and "this command reads it" in done.stderr and own.read_bytes() == before
