"""Every command in environments that nobody planned for: a sentence and the right code, never a trace of a bug.

`ROADMAP_ENVIRONMENTS=all` runs each command in each environment; the suite takes a part that reaches all of both.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from roadmap.cli.app import COMMANDS
from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.planning.replan import promised
from tests.builders import TODAY, plan_for

# Root may enter any folder, unless it gives that right away.
RIGHTS = "-dac_override,-dac_read_search"
PLAIN = f"setpriv --bounding-set {RIGHTS} --inh-caps {RIGHTS}" if shutil.which("setpriv") and os.geteuid() == 0 else ""
DAY = f"--today {TODAY}"
WORDS = {
    "plan": f"plan --role swe --format json {DAY}",
    "next": f"next {DAY}",
    "steps": f"steps {DAY}",
    "done": f"done first-llm-calls --evidence x {DAY}",
    "log": f"log first-llm-calls 2 {DAY}",
    "skip": f"skip ai-assisted-coding --reason known {DAY}",
    "pause": f"pause 2026-12-20 {DAY}",
    "exam": f"exam AI-103 passed {DAY}",
    "note": f"note hello {DAY}",
    "reached": f"reached signed {DAY}",
    "replan": f"replan --hours-per-week 12 --yes {DAY}",
    "evidence": f"evidence {DAY}",
    "cohort": f"cohort . {DAY}",
    "export": f"export --format ics {DAY}",
    "sync": f"sync plan.md {DAY}",
    "status": f"status {DAY}",
    "undo": f"undo {DAY}",
    "explain": f"explain first-rag --role swe {DAY}",
    "what-if": f"what-if --role swe --hours 5,10 {DAY}",
    "diff": f"diff me.roadmap.yaml me.yaml {DAY}",
    "show": "show roles",
    "compare": "compare swe ai-engineer",
    "import": f"import cv.txt {DAY}",
    "match": f"match job.txt {DAY}",
    "batch": f"batch people.csv --output - {DAY}",
    "check": "check me.yaml",
    "schema": "schema profile",
}


class World(NamedTuple):
    """An environment: variables, what a shell does with the streams, whether there is a clock, a home, a folder."""

    variables: dict[str, str]
    streams: str = ""
    before: str = ""
    prints: bool = True


WORLDS = {
    "home of somebody else": World({"HOME": "{locked}", "ROADMAP_CACHE": "-", "ROADMAP_CONFIG": "-"}),
    "no home": World({"HOME": "-", "XDG_CACHE_HOME": "-", "ROADMAP_CACHE": "-", "ROADMAP_CONFIG": "-"}),
    "home is a file": World({"HOME": "{here}/me.yaml", "ROADMAP_CACHE": "-", "ROADMAP_CONFIG": "-"}),
    "superscript columns": World({"COLUMNS": "²"}),
    "columns of no width": World({"COLUMNS": "0", "LINES": "-3"}),
    "columns beyond numbers": World({"COLUMNS": "9" * 5000}),
    "plain C": World({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "ascii streams": World({"PYTHONIOENCODING": "ascii"}),
    "no such zone": World({"TZ": ":nowhere/at all\t"}),
    "no terminal known": World({"TERM": "", "FORCE_COLOR": "1", "NO_COLOR": ""}),
    "full output": World({}, ">/dev/full", prints=False),
    "full both": World({}, ">/dev/full 2>&1", prints=False),
    "closed input": World({}, "<&-"),
    "closed output": World({}, ">&-", prints=False),
    "closed errors": World({}, "2>&-"),
    "closed all": World({}, "<&- >&- 2>&-", prints=False),
    "no folder": World({}, before="mkdir gone; cd gone; rmdir ../gone;"),
    "cache is a file": World({"ROADMAP_CACHE": "{here}/me.yaml"}),
    "state is a file": World({"ROADMAP_STATE": "{here}/me.yaml/x", "ROADMAP_DATA": "{here}/me.yaml/x"}),
    "odd switches": World({"ROADMAP_LANG": "\udcff", "PAGER": "/nowhere", "CI": "\udcff", "COLUMNS": "\udcff"}),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """What the commands work on, the cache warm."""
    here = tmp_path_factory.mktemp("world")
    answers = {"role": "swe", "start": TODAY.isoformat()}
    base = promised(plan_for(catalogue), TODAY)
    (here / "me.roadmap.yaml").write_text(saved_text(SavedPlan(1, catalogue.version, answers, base, ())), "utf-8")
    (here / "me.yaml").write_text("role: swe\n", "utf-8")
    (here / "cv.txt").write_text("Ada\nSoftware engineer\nPython, Docker\n", "utf-8")
    (here / "job.txt").write_text("AI Engineer\nRequirements: Python, RAG\n", "utf-8")
    (here / "people.csv").write_text("id,role\na,swe\n", "utf-8")
    (here / "locked").mkdir(mode=0)
    assert run(here, f"export --output plan.md {DAY}", World({})).returncode == 0
    return here


def run(here: Path, words: str, world: World) -> "subprocess.CompletedProcess[str]":
    variables = {**os.environ, "ROADMAP_CACHE": str(here.parent / "cache"), "ROADMAP_CONFIG": str(here / "config")}
    variables |= {k: v.format(here=here, locked=here / "locked") for k, v in world.variables.items()}
    env = {k: v for k, v in variables.items() if v != "-"}
    line = f"{world.before} exec {PLAIN} {shlex.quote(sys.executable)} -m roadmap {words} {world.streams}"
    return subprocess.run(
        ["bash", "-c", line],
        cwd=here,
        env=env,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
    )


def chosen() -> list[tuple[str, str]]:
    """Each command in each environment, or of these every 23rd, so that all commands and environments are there."""
    pairs = [
        (name, world) for world in WORLDS for name in [*WORDS, *(f"{n} --help" for n in WORDS), "--help", "--version"]
    ]
    return pairs if os.environ.get("ROADMAP_ENVIRONMENTS") == "all" else pairs[::23]


def test_the_matrix_holds_every_command_and_the_part_of_it_all_environments() -> None:
    assert WORDS.keys() == set(COMMANDS)
    assert {world for _, world in chosen()} == WORLDS.keys()
    assert {name.split()[0] for name, _ in chosen()} >= WORDS.keys()


@pytest.mark.parametrize(("name", "world"), chosen())
def test_a_command_in_an_odd_place_says_what_is_wrong(name: str, world: str, folder: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    shutil.copytree(folder, here, ignore=shutil.ignore_patterns("locked"))
    (here / "locked").mkdir(mode=0)
    done = run(here, WORDS.get(name, name), WORLDS[world])
    (here / "locked").chmod(0o700)
    told = done.stdout + done.stderr
    assert "Traceback" not in told and "This is a bug" not in told and "Exception ignored" not in told, told
    assert done.returncode in (0, 1, 2), told
    if WORLDS[world].prints and "full" not in world and world != "no folder" and name != "undo":
        assert done.returncode == 0, told
    if not WORLDS[world].prints and "--" in name:
        assert done.returncode == 1, "what could not be printed is a failure"


@pytest.mark.parametrize("name", ["plan", "next", "log", "show", "cohort", "batch"])
def test_somebody_without_a_home_is_served(name: str, folder: Path, tmp_path: Path) -> None:
    """In a container the program may run under a number that no list of users names: every command was a bug."""
    here = tmp_path / "here"
    shutil.copytree(folder, here, ignore=shutil.ignore_patterns("locked"))
    code = (
        "import os, pwd, sys\ndef nobody(_):\n    raise KeyError\npwd.getpwuid = nobody\n"
        f"sys.argv[1:] = {shlex.split(WORDS[name])!r}\nfrom roadmap.cli.app import main\nmain()"
    )
    gone = ("HOME", "ROADMAP_CACHE", "ROADMAP_CONFIG", "ROADMAP_DATA", "ROADMAP_STATE")
    env = {k: v for k, v in os.environ.items() if k not in gone and not k.startswith("XDG_")}
    done = subprocess.run([sys.executable, "-c", code], cwd=here, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (here / "~").exists()


@pytest.mark.parametrize("stamp", ["-99999999999", "999999999999", "float('inf')"])
def test_a_clock_beyond_all_calendars(stamp: str, folder: Path) -> None:
    clock = f"import sys, time\ntime.time = lambda: {stamp}\nsys.argv[1:] = ['next']\n"
    code = f"{clock}from roadmap.cli.app import main\nmain()"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1 and "clock of this machine" in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["next", "log", "plan", "replan", "cohort"])
@pytest.mark.parametrize("day", ["1970-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "0001-01-01"])
def test_a_clock_that_nobody_set(name: str, day: str, folder: Path) -> None:
    words = WORDS[name].replace(DAY, "").split()
    code = (
        "import sys, datetime\nfrom roadmap.cli import boundary\n"
        "class Clock(datetime.date):\n    @classmethod\n    def today(cls):\n"
        f"        return cls.fromisoformat({day!r})\n"
        f"boundary.date = Clock\nsys.argv[1:] = {words!r}\nfrom roadmap.cli.app import main\nmain()"
    )
    env = {**os.environ, "ROADMAP_CACHE": str(folder.parent / "cache")}
    before = (folder / "me.roadmap.yaml").read_bytes()
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and "the clock of this machine says" in done.stderr, done.stderr
    assert (folder / "me.roadmap.yaml").read_bytes() == before
