"""Every command in environments that nobody planned for: a sentence and the right code, never a trace of a bug.

`ROADMAP_ENVIRONMENTS=all` runs each command in each environment; the suite takes a part that reaches all of both.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from roadmap.cli import boundary
from roadmap.cli.app import COMMANDS
from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.planning.replan import promised
from tests.builders import TODAY, plan_for
from tests.in_process import roadmap

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
    """An environment: variables, what a shell does with the streams and before, and what may come of it.

    Where it `prints` nothing a command that is asked for data fails; where it `may_fail` it may do so with a sentence.
    """

    variables: Mapping[str, str] = MappingProxyType({})
    streams: str = ""
    before: str = ""
    prints: bool = True
    may_fail: bool = False
    day: str = ""


HOMES = {"ROADMAP_CACHE": "-", "ROADMAP_CONFIG": "-"}
WORLDS = {
    "home of somebody else": World({"HOME": "{locked}", **HOMES}),
    "no home": World({"HOME": "-", "XDG_CACHE_HOME": "-", **HOMES}),
    "home is a file": World({"HOME": "{here}/me.yaml", **HOMES}),
    "empty home": World({"HOME": "", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "", **HOMES}),
    "home of another place": World({"HOME": "some/\n\x1b[31mwhere", **HOMES}),
    "long home": World({"HOME": "/" + "h" * 5000, **HOMES}),
    "locked folders": World({f"XDG_{n}_HOME": "{locked}/x" for n in ("CACHE", "CONFIG", "DATA", "STATE")} | HOMES),
    "cache is a file": World({"ROADMAP_CACHE": "{here}/me.yaml"}),
    "cache is locked": World({"ROADMAP_CACHE": "{locked}"}),
    "state is a file": World({"ROADMAP_STATE": "{here}/me.yaml/x", "ROADMAP_DATA": "{here}/me.yaml/x"}),
    "overlays are a file": World({"ROADMAP_CONFIG": "{here}/me.yaml"}),
    "overlays are locked": World({"ROADMAP_CONFIG": "{locked}"}, may_fail=True),
    "superscript columns": World({"COLUMNS": "²", "LINES": "²"}),
    "wide digits": World({"COLUMNS": "\uff18\uff10", "LINES": "\uff12"}),
    "columns of no width": World({"COLUMNS": "0", "LINES": "-3"}),
    "columns beyond numbers": World({"COLUMNS": "9" * 5000}),
    "plain C": World({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "no such language": World({"LANG": "xx_YY.nothing", "LC_ALL": "tr_TR", "LANGUAGE": "zz:../.."}),
    "ascii streams": World({"PYTHONIOENCODING": "ascii:strict"}),
    "other streams": World({"PYTHONIOENCODING": "utf-16"}),
    "without docstrings": World({"PYTHONOPTIMIZE": "2"}),
    "short numbers": World({"PYTHONINTMAXSTRDIGITS": "640"}),
    "warnings are errors": World({"PYTHONWARNINGS": "error"}),
    "a developer": World({"PYTHONDEVMODE": "1", "PYTHONUNBUFFERED": "1"}),
    "no such zone": World({"TZ": ":nowhere/at all\t"}),
    "zone of no clock": World({"TZ": "X+99999" + "9" * 300}),
    "no terminal known": World({"TERM": "", "FORCE_COLOR": "1", "NO_COLOR": ""}),
    "odd switches": World({"ROADMAP_LANG": "\udcff", "PAGER": "/nowhere", "CI": "\udcff", "COLUMNS": "\udcff"}),
    "full output": World(streams=">/dev/full", prints=False),
    "full errors": World(streams="2>/dev/full"),
    "full both": World(streams=">/dev/full 2>&1", prints=False),
    "closed input": World(streams="<&-"),
    "closed output": World(streams=">&-", prints=False),
    "closed errors": World(streams="2>&-"),
    "closed all": World(streams="<&- >&- 2>&-", prints=False),
    "output that is input": World(streams="1</dev/null", prints=False),
    "errors that are input": World(streams="2</dev/null"),
    "input that is output": World(streams="0>/dev/null"),
    "a reader that has gone": World(streams="| true", before="set -o pipefail;"),
    "no folder": World(before="mkdir gone; cd gone; rmdir ../gone;", may_fail=True),
    "folder of somebody else": World(before="cd locked;", may_fail=True),
    "folder that is only read": World(before="chmod 555 .;", may_fail=True),
    "no file may grow": World(before="ulimit -f 0;", may_fail=True),
    "few files": World(before="ulimit -n 12;", may_fail=True),
    "nobody may read": World(before="umask 777;", may_fail=True),
    "year of no clock": World(day="0001-01-01", may_fail=True),
    "clock of 1970": World(day="1970-01-01", may_fail=True),
    "clock beyond calendars": World(day="9999-12-31", may_fail=True),
}
CLOCK = (
    "import sys, datetime\nfrom roadmap.cli import boundary\n"
    "class Clock(datetime.date):\n    @classmethod\n    def today(cls):\n        return cls.fromisoformat({day!r})\n"
    "boundary.date = Clock\nfrom roadmap.cli.app import main\nmain()"
)


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
    program = "-m roadmap"
    if world.day:
        words, program = words.replace(DAY, ""), f"-c {shlex.quote(CLOCK.format(day=world.day))}"
    line = f"{PLAIN} {shlex.quote(sys.executable)} {program} {words} {world.streams}"
    if "|" not in line:
        line = f"exec {line}"
    return subprocess.run(
        ["bash", "-c", f"{world.before} {line}"],
        cwd=here,
        env=env,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


NAMES = [*WORDS, *(f"{name} --help" for name in WORDS), "--help", "--version"]


def chosen() -> list[tuple[str, str]]:
    """Each command in each environment, or each environment with a command of its own."""
    pairs = [(name, world) for world in WORLDS for name in NAMES]
    return pairs if os.environ.get("ROADMAP_ENVIRONMENTS") == "all" else pairs[:: len(NAMES) + 1]


def test_the_matrix_holds_every_command_and_the_part_of_it_all_environments() -> None:
    assert WORDS.keys() == set(COMMANDS)
    assert {world for _, world in chosen()} == WORLDS.keys()
    assert {name.split()[0] for name, _ in chosen()} >= WORDS.keys()


@pytest.mark.parametrize(("name", "world"), chosen())
def test_a_command_in_an_odd_place_says_what_is_wrong(name: str, world: str, folder: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    shutil.copytree(folder, here, ignore=shutil.ignore_patterns("locked"))
    (here / "locked").mkdir(mode=0)
    before, odd = (here / "me.roadmap.yaml").read_bytes(), WORLDS[world]
    done = run(here, WORDS.get(name, name), odd)
    (here / "locked").chmod(0o700)
    told = done.stdout + done.stderr
    assert not [w for w in ("Traceback", "This is a bug", "Exception ignored", "Fatal Python") if w in told], told
    assert done.returncode in (0, 1, 2), told
    # Nothing was recorded that could be taken back.
    if odd.prints and not odd.may_fail and name != "undo":
        assert done.returncode == 0, told
    if not odd.prints and "--" in name:
        assert done.returncode == 1, "what could not be printed is a failure"
    if done.returncode and "2>" not in odd.streams:
        said = [line for line in told.splitlines() if line.startswith("roadmap: ") or ": error: " in line]
        assert said or "2<" in odd.streams, "a failure says what it is"
    if done.returncode and odd.prints:
        assert (here / "me.roadmap.yaml").read_bytes() == before, "a command that failed has changed nothing"


@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", "2>&1 | true"])
@pytest.mark.parametrize("words", ["plan --nope", "nosuch"])
def test_a_mistake_that_nobody_can_be_told_of_keeps_its_code(words: str, streams: str, folder: Path) -> None:
    """A reader that had gone made a success of it, and a full disk an input that has problems."""
    assert run(folder, words, World(streams=streams, before="set -o pipefail;")).returncode == 2


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
def test_a_clock_that_nobody_set(name: str, day: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        """Says a day that no plan can hold."""

        @classmethod
        def today(cls) -> "Clock":
            return cls.fromisoformat(day)

    monkeypatch.setattr(boundary, "date", Clock)
    monkeypatch.chdir(folder)
    before = (folder / "me.roadmap.yaml").read_bytes()
    done = roadmap(*shlex.split(WORDS[name].replace(DAY, "")))
    assert done.returncode == 1 and "the clock of this machine says" in done.stderr, done.stderr
    assert (folder / "me.roadmap.yaml").read_bytes() == before
