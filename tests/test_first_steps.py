"""What people type before they know the commands, and what they name their files."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from roadmap.cli import picture
from roadmap.cli.app import COMMANDS, GROUPS, MEANT, app
from roadmap.cli.drawing import DrawnOptions
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.saved import load_saved
from roadmap.model.catalogue import Catalogue
from roadmap.render import Format

Say = Callable[..., str]


@pytest.fixture
def roadmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Commands in a folder with a saved plan."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, list(args))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    call("plan", "--role", "swe", "--name", "Ann", "--today", "2026-12-01", "--save", "me.roadmap.yaml")
    return call


def test_every_command_stands_in_one_group_and_a_newcomer_sees_five() -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    bare = CliRunner().invoke(app, [])
    assert bare.exit_code == 2 and len(bare.output.splitlines()) <= 24
    assert [n for n in COMMANDS if f"  roadmap {n} " in bare.output] == ["plan", "next", "log", "done", "status"]
    shown = CliRunner().invoke(app, ["help"]).output
    assert shown.index("Begin here") < shown.index("Look after a group") < shown.index("Write data")
    assert CliRunner().invoke(app, ["help", "steps"]).output == CliRunner().invoke(app, ["steps", "--help"]).output


@pytest.mark.parametrize("word", sorted(MEANT))
def test_other_words_lead_to_the_command_that_is_meant(word: str) -> None:
    names = set(COMMANDS)
    assert MEANT[word][0] in names and word not in names
    done = CliRunner().invoke(app, [word])
    assert isinstance(done.exception, UsageError)
    assert done.exception.hint.startswith(f"roadmap {MEANT[word][0]} ")


def test_the_name_of_a_file_decides_the_format(roadmap: Say) -> None:
    for name, begins in (("a.ics", "BEGIN:VCALENDAR"), ("new/a.html", "<!doctype html>"), ("a.json", "{")):
        roadmap("export", "--output", name, "--today", "2026-12-01")
        assert Path(name).read_text(encoding="utf-8").startswith(begins)
    with pytest.raises(UsageError, match=r"no format of a plan ends in \.pdf"):
        roadmap("export", "--output", "a.pdf")
    with pytest.raises(UsageError, match="format ics does not end in"):
        roadmap("export", "--format", "ics", "--output", "b.html")
    with pytest.raises(UsageError, match=r"ends in \.yaml") as caught:
        roadmap("plan", "--role", "swe", "--output", "b.yaml")
    assert "--save" in caught.value.hint
    assert not Path("a.pdf").exists() and not Path("b.html").exists() and not Path("b.yaml").exists()


def test_a_picture_names_a_font_or_says_that_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_FONTS", str(tmp_path))
    with pytest.raises(UsageError, match="no font"):
        picture.font()
    with pytest.raises(UsageError, match="no font") as caught:
        DrawnOptions(output=tmp_path / "a.png").drawing(Format.TERMINAL)
    assert "fonts-dejavu-core" in caught.value.hint and not list(tmp_path.iterdir()), "before anything is written"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "DejaVuSans.ttf").write_bytes(b"")
    assert picture.font() == ("DejaVu Sans", str(tmp_path / "deep"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("plan --role ", "swe data-scientist new"), ("plan --goals job,po", "job,portfolio"),
        ("replan --cloud a", "aws azure any"), ("plan --name x", ""), ("show certifications AI-10", "AI-102 AI-103"),
        ("show roles sw", "swe"), ("show nothing x", ""), ("exam AIF", "AIF-C01"),
    ],
)  # fmt: skip
def test_the_shell_completes_what_a_flag_takes(monkeypatch: pytest.MonkeyPatch, typed: str, words: str) -> None:
    monkeypatch.setenv("COMP_WORDS", f"roadmap {typed}")
    monkeypatch.setenv("COMP_CWORD", str(len(f"roadmap {typed}".split(" ")) - 1))
    done = CliRunner().invoke(app, [], prog_name="roadmap", env={"_ROADMAP_COMPLETE": "complete_bash"})
    assert sorted(done.output.split()) == sorted(words.split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("plan --width x", "Invalid value for '--width': it must be a whole number"),
        ("batch x.csv --workers 1.5", "Invalid value for '--workers' / '-w': it must be a whole number"),
        ("plan --format pdf", "Invalid value for '--format' / '-f': 'pdf' is not one of 'terminal', 'markdown'"),
        ("schema nothing", "Invalid value for 'kind': 'nothing' is not one of 'catalogue', 'profile'"),
    ],
)
def test_a_wrong_value_is_told_in_words_of_people(typed: str, said: str) -> None:
    done = CliRunner().invoke(app, typed.split(), env={"COLUMNS": "300"})
    told = " ".join(done.output.split())
    assert done.exit_code == 2 and said in told
    assert "Value error" not in told and "Input should" not in told


def test_notes_can_be_read_again(roadmap: Say) -> None:
    assert "No notes yet" in roadmap("note")
    roadmap("note", "chunk by headings", "--today", "2026-12-02")
    roadmap("note", "ask Mia", "--step", "1", "--today", "2026-12-03")
    assert roadmap("note").splitlines()[0] == "- 2 December 2026: chunk by headings"
    assert "ask Mia" in roadmap("note", "--step", "1") and "chunk" not in roadmap("note", "--step", "1")


def test_words_need_no_quotes_and_undo_says_what_it_takes_back(roadmap: Say) -> None:
    day = ("--today", "2026-12-02")
    roadmap("note", "ask", "Mia", "about", "logs", *day)
    assert roadmap("note") == "- 2 December 2026: ask Mia about logs\n"
    assert "Off from 2 December 2026 to 28 March 2027." in " ".join(roadmap("pause", "28", "March", *day).split())
    roadmap("log", "1", "90", "min", *day)
    roadmap("exam", "AI-103", "failed", *day)
    roadmap("done", "1", "--anyway", *day)
    for said in (
        "done, “First model calls from code” (2 December 2026).", "AI-103 failed (2 December 2026).",
        "1.5 h on “First model calls from code” (2 December 2026).",
        "days off, 2 December 2026 to 28 March 2027 (2 December 2026).",
        "the note “ask Mia about logs” (2 December 2026).",
    ):  # fmt: skip
        assert f"Taken back: {said}" in " ".join(roadmap("undo", *day).split())


def test_a_step_that_is_done_can_be_corrected_and_it_is_said(roadmap: Say) -> None:
    assert roadmap("done", "1", "--evidence", "here", "--today", "2026-12-05").count("Done: ")
    again = roadmap("done", "1", "--evidence", "there", "--today", "2026-12-09")
    assert "Done again: " in again and "said of it on 5 December 2026 no longer counts." in " ".join(again.split())


def test_undo_takes_back_a_replan_and_a_whole_sync(roadmap: Say, catalogue: Catalogue) -> None:
    file = Path("me.roadmap.yaml")

    def saved() -> object:
        read = load_saved(file.read_text(encoding="utf-8"), "me", catalogue).saved
        assert read is not None
        return read.answers, read.baseline

    before = saved()
    roadmap("replan", "--hours-per-week", "14", "--goals", "agents", "--yes", "--today", "2026-12-10")
    assert saved() != before
    assert "Taken back: the replan of 10 December 2026" in roadmap("undo", "--today", "2026-12-11")
    assert saved() == before, "answers and promise are what they were"
    roadmap("log", "1", "2", "--today", "2026-12-11")
    roadmap("export", "--output", "me.md", "--today", "2026-12-12")
    page = Path("me.md")
    first = page.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 3).replace("I study on:", "I study on: Mondays")
    page.write_text(first, encoding="utf-8")
    roadmap("sync", "me.md", "--today", "2026-12-12")
    read = load_saved(file.read_text(encoding="utf-8"), "me", catalogue).saved
    assert read is not None and len({e.batch for e in read.journal if e.batch}) == 1
    assert "entries that one sync read" in roadmap("undo", "--today", "2026-12-13")
    with pytest.raises(RoadmapError, match="nothing to take back"):
        [roadmap("undo", "--today", "2026-12-13") for _ in range(2)]


def test_a_replan_holds_to_what_was_promised_unless_told(roadmap: Say, catalogue: Catalogue) -> None:
    today = date(2026, 12, 1)
    roadmap(
        "plan", "--role", "swe", "--deadline", "2027-05-30", "--today", today.isoformat(), "--save", "b.roadmap.yaml"
    )

    def steps(*args: str) -> set[str]:
        roadmap("replan", "--plan", "b.roadmap.yaml", "--today", "2026-12-20", "--yes", *args)
        read = load_saved(Path("b.roadmap.yaml").read_text(encoding="utf-8"), "b", catalogue).saved
        assert read is not None
        return set(read.baseline.steps)

    promised = steps()
    assert steps("--hours-per-week", "12") == promised and steps("--deadline", "2028-05-30") == promised
    assert steps("--add") > promised


def test_the_first_lines_are_the_same_wherever_they_stand() -> None:
    """What somebody types who has the source and no registry, and the commands that the first page names."""
    root = Path(__file__).parent.parent
    first = (root / "docs" / "terminal.md").read_text(encoding="utf-8")
    for page in (first, (root / "README.md").read_text("utf-8"), (root / "docs" / "quickstart.md").read_text("utf-8")):
        for line in ("python3 -m venv .venv", ".venv/bin/python -m pip install .", ".venv/bin/roadmap plan"):
            assert line in page
    known = set(COMMANDS)
    assert set(re.findall(r"(?:bin/|Scripts.)?roadmap ([a-z]+)\b(?: --pager)?[`\n]", first)) <= known
    for line in ("py -m venv .venv", ".venv\\Scripts\\roadmap plan", "PowerShell", "--pager"):
        assert line in first
