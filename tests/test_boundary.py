"""Where the program meets the world: each way to fail is a sentence and a code, and a stream that fails is no crash."""

import errno
import io
import sys
from collections.abc import Callable
from datetime import date
from typing import NoReturn

import pytest

from roadmap.cli import boundary
from roadmap.errors import RoadmapError, UsageError


def failing(error: BaseException) -> Callable[[], NoReturn]:
    def program() -> NoReturn:
        raise error

    return program


class Refusing(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _text: str) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("no such flag", "see --help"), 2, "roadmap: no such flag\n  see --help\n"),
        (RoadmapError("x" * 5000), 1, "roadmap: " + "x" * 900),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
        (OSError(errno.EACCES, "Permission denied", "me.yaml"), 1, "me.yaml: cannot be used (Permission denied)"),
        (OSError(errno.EACCES, "Permission denied", "y" * 300), 1, "y" * 97 + "...: cannot be used"),
        (OSError(errno.ENOENT, "No such file or directory"), 1, "the folder you are in: cannot be used"),
        (OSError(errno.EIO, "Input/output error"), 1, "standard input or output: cannot be used (Input/output error)"),
        (MemoryError(), 1, "not enough memory"),
        (ValueError("Exceeds the limit (4300 digits) for integer string conversion"), 1, "too many digits"),
        (ZeroDivisionError("division by zero"), 3, "This is a bug in roadmap"),
        (ValueError("another one"), 3, "This is a bug in roadmap"),
    ],
)
def test_each_way_to_fail_has_a_sentence_and_a_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        boundary.run(failing(error))
    assert stopped.value.code == code
    told = capsys.readouterr()
    assert told.out == "" and said in told.err
    assert ("Traceback" in told.err) is (code == 3), "only a bug keeps its traceback"
    assert len(told.err) < 3000


def test_a_reader_that_has_seen_enough_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as stopped:
        boundary.run(failing(BrokenPipeError()))
    assert stopped.value.code == 0
    monkeypatch.setattr(sys, "stdout", Refusing(BrokenPipeError()))
    boundary.put("data", None)


def test_a_full_disk_behind_standard_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Refusing(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(RoadmapError, match="standard output: cannot be written"):
        boundary.put("data", None)


@pytest.mark.parametrize("stream", [None, Refusing(OSError(errno.EIO, "gone"))])
def test_where_standard_error_takes_nothing_nobody_is_told(stream: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    boundary.say("to nobody")


def test_what_is_said_shows_control_codes_and_says_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    boundary.say("a\x1b[31mb\u202ec\td")
    assert capsys.readouterr().err == "a\ufffd[31mb\ufffdc\td\n"


@pytest.mark.parametrize(
    ("columns", "wanted", "width"),
    [
        ("100", None, 100),
        ("9", None, 40),
        ("9999999999999", None, 140),
        ("0", None, 80),
        ("x", None, 80),
        ("", 300, 200),
    ],
)
def test_the_width_is_the_one_asked_for_the_terminals_or_eighty(
    columns: str, wanted: int | None, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert boundary.width_of(io.StringIO(), wanted) == width


@pytest.mark.parametrize(
    ("given", "flag", "coloured"),
    [
        ({}, False, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_is_for_terminals_unless_somebody_says_otherwise(
    given: dict[str, str], flag: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert boundary.use_colour(flag) is coloured


def test_a_pager_is_for_a_person_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paged: list[str] = []
    monkeypatch.setattr("pydoc.pager", paged.append)
    boundary.show("one", None, pager=True)
    monkeypatch.setattr(boundary, "on_terminal", lambda: True)
    monkeypatch.delenv("LESS", raising=False)
    boundary.show("two", None, pager=True)
    boundary.show("three", None, pager=False)
    assert paged == ["two"] and capsys.readouterr().out == "onethree"


def test_a_clock_that_no_plan_can_hold_is_told_and_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        """Stands in the year 1."""

        @classmethod
        def today(cls) -> "Clock":
            return cls(1, 1, 1)

    monkeypatch.setattr(boundary, "date", Clock)
    with pytest.raises(RoadmapError, match="the clock of this machine says 0001-01-01") as told:
        boundary.today_or(None)
    assert told.value.hint == "set it, or pass --today DATE"
    with pytest.raises(UsageError, match="--today must be a day"):
        boundary.today_or("soon")
    assert boundary.today_or("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("env", "links"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "/tmp/tmux-0/default,1,0"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "x", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, False),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"WT_SESSION": "a"}, True),
    ],
)
def test_words_lead_to_addresses_only_where_the_terminal_is_known_to_open_them(
    env: dict[str, str], links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM_PROGRAM", "TMUX", "STY", "VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION", "DOMTERM"):
        monkeypatch.delenv(name, raising=False)
    for name in ("KITTY_WINDOW_ID", "FORCE_HYPERLINK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "FORCE_COLOR": "1", **env}.items():
        monkeypatch.setenv(name, value)
    assert boundary.use_links(False) is links
    assert not boundary.use_links(True)


def test_an_error_on_a_terminal_is_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = RoadmapError("there is no such thing here " * 3, "roadmap replan --hours-per-week 12 changes that " * 2)
    boundary.complain(error)
    whole = capsys.readouterr().err
    assert whole.count("\n") == 2, "a file or a program gets each message in one line"
    monkeypatch.setattr(boundary, "is_terminal", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", "50")
    boundary.complain(error)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 50 and " ".join(" ".join(lines).split()) == " ".join(whole.split())
    assert all(line.startswith("  ") for line in lines[1:])
