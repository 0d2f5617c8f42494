"""Lines of an input, each of which has to end: those of a device never may."""

import io
from collections.abc import Iterator
from typing import NoReturn

from roadmap.errors import RoadmapError

LONGEST_LINE = 20_000_000


def lines_of(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a text. Raises RoadmapError for one whose end is not in sight."""
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            endless(name)
        yield line


def pass_over(stream: io.BufferedReader, name: str) -> None:
    """Read on to the end of a line. Raises RoadmapError where that is not in sight."""
    passed = 0
    while (raw := stream.readline(1_000_000)) and not raw.endswith(b"\n"):
        passed += len(raw)
        if passed > LONGEST_LINE:
            endless(name)


def endless(name: str) -> NoReturn:
    """Raise RoadmapError for a line that is longer than any row."""
    raise RoadmapError(
        f"{name}: a line has more than {LONGEST_LINE:,} characters", "name a file with a row on each line"
    )
