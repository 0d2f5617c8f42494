"""Where the program meets the world: consoles, the clock, files written last, and errors put into words."""

import errno
import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import BytesIO, RawIOBase, StringIO, TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from roadmap.app.catalogues import ProblemsError
from roadmap.errors import ExitCode, RoadmapError, UsageError

NARROWEST, WIDEST, PIPED = 40, 140, 80
LONGEST_MESSAGE = 1000
# Control codes and marks that turn the direction of text, but for the end of a line and the tab.
_CODES = {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {9, 10}
_VISIBLE = dict.fromkeys(_CODES, "\ufffd")


def today_or(text: str | None) -> date:
    """The day to plan on: the one given, else the clock's. The only place that reads the clock.

    Raises UsageError for a day that no plan can hold, RoadmapError for a clock that says one.
    """
    from roadmap.model.profile import as_date
    from roadmap.model.recorded import wrong_day

    if text is not None:
        given = as_date(text)
        if given is None or wrong_day(given):
            raise UsageError(f"--today {wrong_day(text)}")
        return given
    hint = "set it, or pass --today DATE"
    try:
        day = date.today()
    except (OSError, ValueError, OverflowError) as error:
        raise RoadmapError("the clock of this machine says a year that no calendar has", hint) from error
    if why := wrong_day(day):
        raise RoadmapError(f"the clock of this machine says {day}, which {why}", hint)
    return day


def width_of(stream: TextIO, wanted: int | None) -> int:
    """Columns to draw for: as asked, else those of the terminal, else 80."""
    if wanted is not None:
        return max(NARROWEST, min(200, wanted))
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and columns.isascii() and columns.strip("0"):
        return max(NARROWEST, min(WIDEST, int(columns[:9])))
    try:
        # A terminal that does not know its width says 0.
        return max(NARROWEST, min(WIDEST, os.get_terminal_size(stream.fileno()).columns or PIPED))
    except (OSError, ValueError, AttributeError):
        return PIPED


def rows_of(stream: TextIO) -> int | None:
    """Rows of the terminal; None for what is no terminal, or one that does not know."""
    try:
        return os.get_terminal_size(stream.fileno()).lines or None if stream.isatty() else None
    except (OSError, ValueError, AttributeError):
        return None


def use_colour(no_colour: bool) -> bool:
    """Colour on a terminal that shows it, unless NO_COLOR, TERM=dumb or --no-color say otherwise."""
    if no_colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(sys.stdout)


# Terminals that make a link of an address behind words, by what they say of themselves.
_LINKING = frozenset(
    (
        *("iterm.app", "wezterm", "vscode", "ghostty", "hyper", "tabby", "warpterminal", "rio", "mintty"),
        *("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "contour"),
    )
)
_SAYS_SO = ("WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM")
_SINCE = {"VTE_VERSION": 5000, "KONSOLE_VERSION": 201200}


def use_links(no_colour: bool) -> bool:
    """Whether addresses can lie behind words: on a terminal that is known to open them, or where FORCE_HYPERLINK says.

    What sits between the program and the terminal (tmux, screen) may let none through, so there they are written out.
    """
    if not use_colour(no_colour):
        return False
    env = os.environ
    if forced := env.get("FORCE_HYPERLINK"):
        return forced != "0"
    if env.get("TMUX") or env.get("STY"):
        return False
    versions = ((env.get(name, ""), least) for name, least in _SINCE.items())
    return (
        any(env.get(name) for name in _SAYS_SO)
        or any(said.isdecimal() and int(said[:9]) >= least for said, least in versions)
        or not _LINKING.isdisjoint({env.get("TERM_PROGRAM", "").casefold(), env.get("TERM", "").casefold()})
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; None is one that whoever started the program had closed."""
    return stream is not None and stream.isatty()


def on_terminal() -> bool:
    """Whether a person sits in front: both ends are a terminal and this is no automated build."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and not os.environ.get("CI")


def say(text: str) -> None:
    """Progress, warnings and errors: to stderr, so that stdout stays data. Control codes in names become visible.

    Where stderr takes nothing, nobody is told, and that is no reason to fail.
    """
    if sys.stderr is not None:  # closed, print would take stdout instead
        try:
            print(visible(text), file=sys.stderr, flush=True)
        except (OSError, ValueError):
            silence(sys.stderr)


def say_line(text: str) -> None:
    """The same on one line, whatever it names: a name may hold the end of a line, and a sentence of ours behind it."""
    from roadmap.render.clean import clean

    say(clean(text))


def visible(text: str) -> str:
    """The text with a mark for each code that a terminal would obey."""
    return text.translate(_VISIBLE)


def put(text: str, output: Path | None) -> None:
    """Print data, or write it to a file that appears whole or not at all."""
    if output is None or str(output) == "-":
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough; the framework would call that a failure.
            silence()
        except OSError as error:
            silence()
            what = f"standard output: cannot be written ({error.strerror or error})"
            raise RoadmapError(what, "make room, or send it elsewhere") from error
        return
    from roadmap.loading.places import SUFFIX
    from roadmap.loading.writing import write_text

    if output.name.endswith(SUFFIX) and output.exists():
        raise UsageError(f"{output}: is a saved plan, which nothing is written over", "name another file")
    write_text(output, text)


def show(text: str, output: Path | None, *, pager: bool) -> None:
    """Print data as `put` does; with `pager` a screen at a time, where a person reads it on a terminal."""
    if pager and output is None and on_terminal():
        from pydoc import pager as page

        # Colours pass through less only when it is told so.
        os.environ.setdefault("LESS", "-RF")
        page(text)
        return
    put(text, output)


def silence(stream: TextIO | None = None) -> None:
    """What is still held back for a stream (standard output) goes nowhere, so that leaving does not fail over it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


class _Missing(RawIOBase):
    """Standard output that was closed before the program began: it can be asked anything, and takes nothing."""

    def writable(self) -> bool:
        """As far as anybody can tell."""
        return True

    def write(self, _data: object) -> int:
        """Refuse."""
        raise OSError(errno.EBADF, "it is closed")


def _open_streams() -> None:
    """A stream for each that was closed before the program began, so that no file takes its number and its place."""
    for number in (0, 1, 2):
        with suppress(OSError):
            os.fstat(number)
            continue
        os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO(), encoding="utf-8")
    sys.stdout = sys.stdout or TextIOWrapper(_Missing(), encoding="utf-8", write_through=True)
    sys.stderr = sys.stderr or StringIO()


def _stoppable() -> None:
    """Whoever ends the program from outside, or closes its terminal, stops it as Ctrl-C does, with nothing left over.

    What was set to be passed over (nohup) stays so.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # not asked for by the main thread
                signal.signal(number, signal.default_int_handler)


def run(program: Callable[[], object]) -> NoReturn:
    """Call the program, turn expected failures into a line and a code, and let bugs keep their traceback."""
    # A command is short: looking for garbage in what it has read costs more than it frees.
    gc.set_threshold(50_000, 20, 100)
    _open_streams()
    _stoppable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    stdout = sys.stdout
    try:
        program()
        sys.stdout.flush()
        code = int(ExitCode.OK)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
        # The framework, whose --help a reader has seen enough of, puts a stream in its place that takes the rest.
        if sys.stdout is not stdout:
            silence(stdout)
            code = int(ExitCode.OK)
    except (Exception, KeyboardInterrupt) as error:
        code = int(_told(error))
    sys.exit(code)


def _told(error: BaseException) -> ExitCode:
    """Tell why the program ends, and with which code. Whatever the system or the interpreter refuses is no bug."""
    if isinstance(error, RoadmapError):
        complain(error)
        return error.code
    if isinstance(error, KeyboardInterrupt):
        say("Stopped.")
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        silence()
        return ExitCode.OK
    if isinstance(error, OSError):
        what = "the folder you are in"
        if error.filename:
            what = _short(error.filename)
        elif error.errno != errno.ENOENT:
            what = "standard input or output"
            silence()
        complain(RoadmapError(f"{what}: cannot be used ({error.strerror or error})", "check its name and its rights"))
        return ExitCode.PROBLEMS
    if isinstance(error, MemoryError):
        complain(RoadmapError("there is not enough memory for this", "try less at once"))
        return ExitCode.PROBLEMS
    if isinstance(error, ValueError) and "integer string conversion" in str(error):
        complain(RoadmapError("a number in the input has too many digits", "write a number that is meant"))
        return ExitCode.PROBLEMS
    import traceback

    with suppress(OSError):
        traceback.print_exception(error)
    say("\nThis is a bug in roadmap, not a mistake of yours. Please report the lines above.")
    return ExitCode.BUG


def _short(name: object) -> str:
    text = os.fsdecode(name) if isinstance(name, (str, bytes)) else str(name)
    return text if len(text) <= 100 else f"{text[:97]}..."


def complain(error: RoadmapError) -> None:
    """Say what is wrong and what to do: the place and the line of each problem, where they are known."""
    from roadmap.render.clean import clean, shorten
    from roadmap.render.problems import problems_text

    if isinstance(error, ProblemsError):
        say(problems_text(error.problems).rstrip("\n") + (f"\n{clean(error.hint)}" if error.hint else ""))
        return
    # What was typed is part of many messages, however long it is.
    message = shorten(clean(error.message), LONGEST_MESSAGE)
    hint = f"  {shorten(clean(error.hint), LONGEST_MESSAGE)}" if error.hint else ""
    say("\n".join(_fitted(line) for line in (f"roadmap: {message}", hint) if line))


def _fitted(line: str) -> str:
    """A line for the terminal of standard error, which would break it in the middle of words."""
    if not is_terminal(sys.stderr):
        return line
    from textwrap import fill

    room = width_of(sys.stderr, None)
    return fill(line, room, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
