"""Writes a few outcomes, killed at every single line of the code that writes, then again at each line of going on.

A program of its own, since it forks. Arguments: an empty folder, the output's name, and a number of which only every
such line of the first run is taken, for those in a hurry. Prints how often it was killed; fails when a run that was
gone on with differs from one that nobody disturbed.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree
from types import FrameType
from typing import Any
from unittest.mock import patch

from roadmap.batch import folder as folders
from roadmap.batch import write
from roadmap.batch.api import load_catalogue
from roadmap.batch.roster import write_rosters
from roadmap.batch.row import Row
from roadmap.batch.work import Done, Job, work
from roadmap.render import Format

KILLED = 99


def outcomes(form: Format | None) -> list[Done]:
    """Some that collide, and one without a plan."""
    job = Job(load_catalogue(), date(2026, 11, 22), form)
    people = [("Ada", "swe"), ("ada", "new"), ("Bob", "nobody")]
    return [work(Row(n, None, id_, {"role": role}), job) for n, (id_, role) in enumerate(people, 1)]


def go_on(output: Path, all_: list[Done], *, to_the_end: bool = True) -> None:
    """What the command does with outcomes."""
    settings = {"today": "2026-11-22"}
    opened: Any
    if "." in output.name:
        opened = write.open_lines(output, settings, resume=True)
    else:
        opened = folders.open_folder(output, Format.JSON, settings, resume=True)
    with opened as writer:
        if isinstance(writer, write.Finished):
            return
        for done in all_[writer.done :]:
            writer.add(done)
        if to_the_end:
            writer.finish()


def killed(line: int, work: Callable[[], None]) -> bool:
    """Whether a process that does this work was killed just before the n-th line of the writing code."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, KILLED):
            raise SystemExit(f"failed with {code} at line {line}")
        return code == KILLED
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if (
            frame.f_code.co_filename not in (write.__file__, folders.__file__)
            and frame.f_code is not write_rosters.__code__
        ):
            return None
        left -= event == "line"
        if not left:
            os._exit(KILLED)
        return trace

    sys.settrace(trace)
    try:
        work()
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def content(folder: Path) -> dict[str, bytes]:
    """All files, by their place in the folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def every_line(folder: Path, name: str, all_: list[Done], step: int) -> int:
    """Kill once at every line; then, of a run broken off before its last row, at every line of going on."""
    calm, started, middle = folder / "calm", folder / "started", folder / "middle"
    for begin in (calm, started, middle):
        begin.mkdir()
    go_on(calm / name, all_)
    go_on(middle / name, all_[:-1], to_the_end=False)
    kills = 0
    for begin, lines in ((started, count(1, step)), (middle, count(1))):
        for line in lines:
            place = folder / f"{begin.name}-{line}"
            copytree(begin, place)
            if not killed(line, partial(go_on, place / name, all_)):
                break
            kills += 1
            go_on(place / name, all_)
            if content(place) != content(calm):
                raise SystemExit(f"{place} differs")
            rmtree(place)
    return kills


if __name__ == "__main__":
    FORM = None if "." in sys.argv[2] else Format.JSON
    # A disk that is waited for shows nothing here: processes are killed, not machines.
    with patch("os.fsync"):
        sys.stdout.write(str(every_line(Path(sys.argv[1]), sys.argv[2], outcomes(FORM), int(sys.argv[3]))))
