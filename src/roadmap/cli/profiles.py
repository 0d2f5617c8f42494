"""What the command line adds to the answers of a person: standard input for -, and the questionnaire on a terminal."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, overload

from roadmap.app.people import Adding, Answers, Asking, Input, Piped
from roadmap.cli.boundary import on_terminal

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue


@overload
def opened(file: Path) -> Input: ...


@overload
def opened(file: None) -> None: ...


def opened(file: Path | None) -> Input | None:
    """A file as it was named, a saved plan also without its ending; - stands for standard input, read when asked for.

    A pipe with a name, as a shell makes for <(command), can be read once as well.
    """
    if file is None or (str(file) != "-" and not _is_pipe(file)):
        return found(file)
    from roadmap.loading.source import bytes_of, read_text, stdin_text

    if str(file) == "-":
        return Piped(stdin_text, _stdin_data)
    return Piped(lambda: read_text(file), lambda: bytes_of(file))


def found(file: Path | None) -> Path | None:
    """A file as it was named, or the saved plan that is named without its ending or by whose it is."""
    if file is None or str(file) == "-" or file.exists():
        return file
    from roadmap.app.saved import by_name

    return by_name(file)


def _is_pipe(file: Path) -> bool:
    try:
        return file.is_fifo()
    except OSError:
        return False


def _stdin_data() -> bytes:
    from roadmap.loading.source import LARGEST

    return sys.stdin.buffer.read(LARGEST)


def asking(known: "Catalogue", file: Path | None, day: date, *, colour: bool) -> Asking | None:
    """The questionnaire, where a person sits at a terminal that nothing else is read from."""
    if not on_terminal() or str(file) == "-":
        return None

    def hold(given: Answers, found: Adding | None) -> Answers:
        from roadmap.cli.interviewing import hold_interview

        return hold_interview(known, given, day, found=found, colour=colour)

    return hold
