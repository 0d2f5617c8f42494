"""The door that every change of a saved plan goes through: what cannot be read back never takes the old one's place.

Each command that writes a plan is run twice: once as it is, so that it is known to write, and once with a writer that
spoils what it is given. A command that is new has to be named here as one that writes or as one that only looks.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from roadmap.cli.app import COMMANDS
from roadmap.loading import saving
from roadmap.loading.places import SUFFIX
from tests.in_process import Done, roadmap

DAY = ("--today", "2027-01-12")
MADE = ("--today", "2026-12-01")
SHEET = "Name,Current job,Hours a week\nAda,Software Engineer,10\n"
ME, GROUP = f"me{SUFFIX}", f"group/people/ada{SUFFIX}"

# What changes a plan that is there: the words of a command, and the plan that it changes.
CHANGES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "done": (("done", "first-llm-calls", "--evidence", "https://example.org/x", "--plan", ME), ME),
    "log": (("log", "first-llm-calls", "2.5", "--plan", ME), ME),
    "skip": (("skip", "mcp-server", "--reason", "no use", "--plan", ME), ME),
    "pause": (("pause", "2027-02-09", "--reason", "moving", "--plan", ME), ME),
    "exam passed": (("exam", "AI-103", "passed", "--plan", ME), ME),
    "exam failed": (("exam", "AI-103", "failed", "--plan", ME), ME),
    "reached": (("reached", "signed", "--plan", ME), ME),
    "note": (("note", "went well", "--plan", ME), ME),
    "undo": (("undo", "--plan", ME), ME),
    "replan": (("replan", "--hours-per-week", "12", "--yes", "--plan", ME), ME),
    "sync": (("sync", "me.md", "--plan", ME), ME),
    "cohort week": (("cohort", "week", "group"), GROUP),
}
# What makes a plan: its words, and the file it makes.
MAKES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "plan": (("plan", "--role", "swe", "--save", f"new{SUFFIX}"), f"new{SUFFIX}"),
    "cohort init": (("cohort", "init", "sheet.csv", "--into", "spring"), f"spring/people/ada{SUFFIX}"),
}
LOOKS = {
    *("next", "status", "steps", "evidence", "export", "explain", "what-if", "diff", "show", "compare", "import"),
    *("match", "batch", "check", "schema"),
}


def test_every_command_is_known_to_write_plans_or_only_to_look() -> None:
    writes = {name.split()[0] for name in (*CHANGES, *MAKES)}
    assert writes | LOOKS == set(COMMANDS) and not writes & LOOKS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Path:
    """A plan with an entry, hence a backup, an edited page of it, and a group of one with an edited page."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADMAP_CACHE", str(compiled))
        patch.setenv("ROADMAP_CONFIG", "")
        patch.chdir(folder)
        _make()
    return folder


def _make() -> None:
    Path("sheet.csv").write_text(SHEET, encoding="utf-8")
    for words in (
        ("plan", "--role", "swe", "--certifications", "one", "--save", ME),
        ("log", "first-llm-calls", "1", "--plan", ME),
        ("export", "--plan", ME, "--output", "me.md"),
        ("cohort", "init", "sheet.csv", "--into", "group"),
        ("note", "to begin with", "--plan", GROUP),
        ("cohort", "export", "group"),
    ):
        done = roadmap(*words, *MADE)
        assert done.returncode == 0, done.stderr
    for page in (Path("me.md"), Path(GROUP.removesuffix(SUFFIX) + ".md")):
        text = page.read_text(encoding="utf-8")
        at = text.index("\n", text.index("<!-- step:"))
        page.write_text(f"{text[:at]}\n  - Note: chunks of a page were too long{text[at:]}", encoding="utf-8")


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in a folder of the test's own."""
    folder = tmp_path / "here"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def lost_last_line(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


def other_letter(text: str) -> str:
    return text.replace("role: swe", "role: new")


def nothing(_: str) -> str:
    return ""


def zeros(text: str) -> str:
    return text[:-40] + "\0" * 40


SPOILERS = (lost_last_line, other_letter, nothing, zeros)


def on_the_disk(spoil: Callable[[str], str], patch: pytest.MonkeyPatch) -> None:
    """The writer puts down something else than it was given, as a broken disk does."""
    really = saving._write
    patch.setattr(saving, "_write", lambda path, text, mode: really(path, spoil(text), mode))


def in_the_text(spoil: Callable[[str], str], patch: pytest.MonkeyPatch) -> None:
    """What is made of a plan does not say what was meant, as a fault of the program would have it."""

    def wrong(name: str) -> None:
        really: Any = getattr(saving, name)
        patch.setattr(saving, name, lambda *given: spoil(really(*given)))

    for name in ("with_events", "with_plan", "saved_text"):
        wrong(name)


def files(folder: Path) -> dict[str, bytes]:
    """Every saved plan of a folder and what it holds, its backups, and whatever a writer left over."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and SUFFIX in p.name and not p.name.endswith(".lock")
    }


def run(words: tuple[str, ...]) -> Done:
    done = roadmap(*words, *DAY)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("name", CHANGES)
def test_no_command_puts_what_it_cannot_read_back_in_the_place_of_a_plan(
    name: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, plan = CHANGES[name]
    before = files(here)
    for how in (on_the_disk, in_the_text):
        for spoil in SPOILERS:
            with monkeypatch.context() as patch:
                how(spoil, patch)
                done = run(words)
            assert files(here) == before, (how.__name__, spoil.__name__)
            assert done.returncode in (1, 4), (how.__name__, spoil.__name__, done.stderr)
            said = " ".join(done.stderr.split())
            assert "nothing was saved" in said and f"{Path(plan).name}.bak" in said, said
    assert run(words).returncode == 0, "without a spoiler the same command writes"
    after = files(here)
    assert after[plan] != before[plan] and after[f"{plan}.bak"] == before[plan]


@pytest.mark.parametrize("name", MAKES)
def test_no_command_makes_a_plan_that_it_cannot_read_back(
    name: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, plan = MAKES[name]
    before = files(here)
    for how in (on_the_disk, in_the_text):
        for spoil in SPOILERS:
            with monkeypatch.context() as patch:
                how(spoil, patch)
                done = run(words)
            assert files(here) == before, (how.__name__, spoil.__name__)
            assert done.returncode in (1, 4) and "nothing was saved" in " ".join(done.stderr.split()), done.stderr
    assert run(words).returncode == 0 and plan in files(here)
