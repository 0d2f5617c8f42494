"""Where the program meets the world: consoles, the clock, files written last, and errors put into words."""

import errno
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, TextIO

from roadmap.errors import ExitCode, RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Problem

NARROWEST, WIDEST, PIPED = 40, 140, 80


class ProblemsError(RoadmapError):
    """The input has problems that can be pointed at."""

    def __init__(self, problems: Sequence[Problem], code: ExitCode = ExitCode.PROBLEMS, hint: str = "") -> None:
        super().__init__("the input has problems", hint)
        self.problems = problems
        self.code = code


def today_or(text: str | None) -> date:
    """The day to plan on: the one given, else the clock's. The only place that reads the clock.

    Raises UsageError for a day that no plan can hold, RoadmapError for a clock that says one.
    """
    from roadmap.model.profile import as_date
    from roadmap.model.recorded import wrong_day

    day = date.today() if text is None else as_date(text)
    if why := wrong_day(text if day is None else day):
        if text is None:
            raise RoadmapError(f"the clock of this machine says {day}, which {why}", "set it, or pass --today DATE")
        raise UsageError(f"--today {why}")
    return day or date.today()


def width_of(stream: TextIO, wanted: int | None) -> int:
    """Columns to draw for: as asked, else those of the terminal, else 80."""
    if wanted is not None:
        return max(NARROWEST, min(200, wanted))
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return max(NARROWEST, min(WIDEST, int(columns)))
    try:
        # A terminal that does not know its width says 0.
        return max(NARROWEST, min(WIDEST, os.get_terminal_size(stream.fileno()).columns or PIPED))
    except (OSError, ValueError, AttributeError):
        return PIPED


def use_colour(no_colour: bool) -> bool:
    """Colour on a terminal that shows it, unless NO_COLOR, TERM=dumb or --no-color say otherwise."""
    if no_colour or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; None is one that whoever started the program had closed."""
    return stream is not None and stream.isatty()


def on_terminal() -> bool:
    """Whether a person sits in front: both ends are a terminal and this is no automated build."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and not os.environ.get("CI")


def say(text: str) -> None:
    """Progress, warnings and errors: to stderr, so that stdout stays data."""
    if sys.stderr is not None:  # closed, print would take stdout instead
        print(text, file=sys.stderr)


def put(text: str, output: Path | None) -> None:
    """Print data, or write it to a file that appears whole or not at all."""
    if output is None or str(output) == "-":
        if sys.stdout is None:
            raise RoadmapError("standard output is closed", "name a file with --output")
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough; the framework would call that a failure.
            _silence()
        except OSError as error:
            _silence()
            what = f"standard output: cannot be written ({error.strerror or error})"
            raise RoadmapError(what, "make room, or name a file with --output") from error
        return
    try:
        if output.exists() and not output.is_file():
            # A device or a pipe is written to; put in its place, a file would end it for everybody.
            output.write_text(text, encoding="utf-8", newline="")
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=output.parent, prefix=f".{output.name}.", delete=False, encoding="utf-8", newline=""
        ) as stream:
            stream.write(text)
        Path(stream.name).chmod(0o666 & ~_umask())
        Path(stream.name).replace(output)
    except OSError as error:
        raise RoadmapError(
            f"{output}: cannot be written ({error.strerror or error})", "check the folder and its permissions"
        ) from error


def show(text: str, output: Path | None, *, pager: bool) -> None:
    """Print data as `put` does; with `pager` a screen at a time, where a person reads it on a terminal."""
    if pager and output is None and on_terminal():
        from pydoc import pager as page

        # Colours pass through less only when it is told so.
        os.environ.setdefault("LESS", "-RF")
        page(text)
        return
    put(text, output)


def _silence() -> None:
    """What is still held back for standard output goes nowhere, so that leaving does not fail over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_catalogue(overlays: Sequence[Path]) -> Catalogue:
    """The catalogue with the person's own overlays, then these; its problems end the run, warnings do not."""
    from roadmap.loading.compiled import catalogue
    from roadmap.loading.source import own_overlays

    found, problems = catalogue([*own_overlays(), *overlays])
    if found is None:
        raise ProblemsError(problems)
    return found


def run(program: Callable[[], object]) -> NoReturn:
    """Call the program, turn expected failures into a line and a code, and let bugs keep their traceback."""
    # A command is short: looking for garbage in what it has read costs more than it frees.
    gc.set_threshold(50_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        program()
        code = int(ExitCode.OK)
    except RoadmapError as error:
        code = int(error.code)
        _complain(error)
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
        say("Stopped.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = int(ExitCode.OK)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    except Exception as error:
        import traceback

        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO) and not error.filename:
            _silence()
            say(f"roadmap: standard output: cannot be written ({error.strerror})")
            sys.exit(int(ExitCode.PROBLEMS))

        traceback.print_exc()
        say("\nThis is a bug in roadmap, not a mistake of yours. Please report the lines above.")
        code = int(ExitCode.BUG)
    sys.exit(code)


def _complain(error: RoadmapError) -> None:
    from roadmap.render.clean import clean
    from roadmap.render.problems import problems_text

    if isinstance(error, ProblemsError):
        sys.stderr.write(problems_text(error.problems) + (f"{clean(error.hint)}\n" if error.hint else ""))
        return
    say(f"roadmap: {clean(error.message)}" + (f"\n  {clean(error.hint)}" if error.hint else ""))
