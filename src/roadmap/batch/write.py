"""Outcomes to files that are never half there, and that a killed run can be continued into.

JSON Lines grow in PATH.part; at the end the part takes the name, or what bears the name is made of it. A hidden state
(for a folder, the first line of its journal) holds the settings of the run, and stays when all is done: it says what
the output was made from, and how many rows have problems.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from roadmap.batch.codec import dumps
from roadmap.batch.details import Detail
from roadmap.batch.left import FINISHED, is_record, left_settings
from roadmap.batch.made import ending_of, is_plain, make, possible
from roadmap.batch.work import Done
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.writing import beside, held, is_device, replacing, rights_of, take_place

Settings = Mapping[str, object]
JOURNAL = ".roadmap-batch.jsonl"
LOCK = ".roadmap-batch.lock"
LOCK_SECONDS = 5
_ERROR = b',"status":"error",'
_INFEASIBLE = b'"status":"infeasible"'
_PREFIX = 2_000  # bytes within which a record tells its row and status
_AGREED = {
    "version": "version of roadmap",
    "today": "--today",
    "input": "input",
    "catalogue": "catalogue",
    "format": "--format",
    "detail": "--detail",
    "fields": "--fields",
    "names": "--no-names",
    "map": "--map",
    "default": "--default",
    "ignore": "--ignore",
    "strict": "--strict",
    "limit": "--limit",
    "rows_per_part": "--rows-per-part",
}


class Finished(NamedTuple):
    """What a finished output holds: how many rows, how many of them with problems, and with a plan that cannot be."""

    rows: int
    failed: int
    infeasible: int = 0


class Writer(Protocol):
    """Takes outcomes in order. What it has counted is there, from an earlier run too."""

    done: int
    failed: int
    infeasible: int
    collisions: int

    def add(self, done: Done) -> None:
        """Write the outcome of the next row."""

    def finish(self) -> None:
        """All rows are there: give the output its name."""

    def close(self) -> None:
        """Let go of files; what was written can be continued."""


def is_folder(output: str) -> bool:
    """Whether an output is a folder: its name ends in a slash or in nothing, or it is one."""
    return output.endswith(("/", os.sep)) or (ending_of(output) is None and not Path(output).suffix) or _is_dir(output)


def _is_dir(output: str) -> bool:
    return ending_of(output) is None and Path(output).is_dir()


def settings_of(output: Path) -> dict[str, Any] | None:
    """The settings of the run that wrote to `output`, or None when nothing tells."""
    try:
        with state_of(output).open("rb") as stream:
            return left_settings(stream.readline())
    except OSError:
        return None


@contextmanager
def open_lines(
    output: Path,
    settings: Settings,
    *,
    resume: bool,
    force: bool = False,
    detail: Detail = Detail.DATES,
    fields: tuple[str, ...] = (),
) -> "Iterator[Lines | Finished]":
    """The writer for a file of records, or what it holds when a resumed run turns out to have been finished.

    Raises RoadmapError when the output is in the way, another run is writing to it, or it was begun with other
    settings.
    """
    if ending_of(output.name) is None:
        what = f"--output {output}: a batch writes .jsonl, .csv, .parquet, .gz and .zst of the first two, or a folder"
        raise UsageError(what, "choose one of these; a folder's name ends in a slash or has no dot")
    possible(output.name, detail, fields)
    with told(output):
        if output.is_dir():
            raise UsageError(f"{output} is a folder", "name a file, or a folder without this ending")
        if is_device(output):
            raise UsageError(f"{output} is no file", "name a file; - prints JSON Lines")
        rights_of(output)
        # What is written beside it has to be in the folder that a link leads to.
        output = Path(os.path.realpath(output))
    with alone(beside(output, ".lock"), output):
        with told(output):
            found = _resumed(output, settings, (detail, fields), resume=resume, force=force)
        try:
            yield found
        finally:
            if not isinstance(found, Finished):
                found.close()


@contextmanager
def alone(place: Path, output: Path) -> Iterator[None]:
    """No other run writes to this output meanwhile, as a scheduler's next one might."""
    busy = RoadmapError(f"{output}: another run is writing there", "wait, or name another --output")
    with held(place, LOCK_SECONDS, busy, partial(_unwritten, output)):
        try:
            yield
        finally:
            with suppress(OSError):
                place.unlink()


@contextmanager
def told(output: Path) -> Iterator[None]:
    """Failures of the file system as one line that says how to go on."""
    try:
        yield
    except OSError as error:
        raise _unwritten(output, error) from error


def _unwritten(output: Path, error: Exception) -> RoadmapError:
    where, why = getattr(error, "filename", None) or output, getattr(error, "strerror", None) or error
    return RoadmapError(f"{where}: cannot be written ({why})", "mend this, then run the same command with --resume")


def _part_of(output: Path) -> Path:
    return beside(output, ".part", hidden=False)


def state_of(output: Path) -> Path:
    """Where the settings of a run are kept."""
    return output / JOURNAL if output.is_dir() else beside(output, ".state")


def agree(output: object, before: Settings | None, now: Settings) -> None:
    """Raises RoadmapError when an output was begun with other settings than those of now, or nobody knows which."""
    if before is None:
        hint = "--force makes it anew; or name another --output"
        raise UsageError(f"{output}: is there, but nothing tells what it was made from", hint)
    differing = [key for key in now if before.get(key) != now[key]]
    if differing:
        raise RoadmapError(
            f"{output} was begun with another {', '.join(_AGREED[key] for key in differing)}",
            "give the same to go on with it; or name another --output; or --force to begin anew",
        )


def same(before: Settings | None, now: Settings) -> bool:
    """Whether an output was begun with just these settings: then the run goes on where it broke off, asked or not."""
    return before is not None and all(before.get(key) == now[key] for key in now)


def nothing_in(before: Settings | None) -> bool:
    """Whether an output of ours holds nothing but rows with problems: the next run may take its place."""
    counts: Any = (before or {}).get(FINISHED)
    return bool(counts) and counts[0] == counts[1]


def write_whole(file: Path, content: bytes | memoryview) -> None:
    """A file that appears whole or not at all. Raises OSError."""
    with replacing(file, beside(file, ".tmp")) as fresh:
        fresh.write_bytes(content)


class Stream:
    """JSON Lines to standard output: nothing to continue."""

    done = failed = infeasible = collisions = 0

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, done: Done) -> None:
        """Print the record. Raises OSError when nobody takes it."""
        self._stream.write(done.data)

    def finish(self) -> None:
        """Let all of it out."""
        self._stream.flush()

    def close(self) -> None:
        """Standard output stays open."""


def _resumed(
    output: Path, settings: Settings, shape: tuple[Detail, tuple[str, ...]], *, resume: bool, force: bool
) -> "Lines | Finished":
    part, before = _part_of(output), settings_of(output)
    begun = part.exists() and part.stat().st_size > 0
    if begun and not force:
        if not resume and not same(before, settings):
            raise UsageError(f"{output}: an unfinished run of something else is here", "--force begins anew")
        agree(output, before, settings)
        return Lines(output, settings, _checked(part), shape)
    if output.exists() and not part.exists() and not force and not nothing_in(before):
        if not resume:
            raise UsageError(f"{output}: is there already", "--force replaces it; or name another --output")
        agree(output, before, settings)
        if before and FINISHED in before:
            return Finished(*before[FINISHED])
    part.write_bytes(b"")
    try:
        write_whole(state_of(output), dumps(settings) + b"\n")
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return Lines(output, settings, Finished(0, 0), shape)


def _checked(part: Path) -> Finished:
    """What the rows that are whole come to; what follows the last whole row is cut off."""
    rows = failed = infeasible = size = 0
    with part.open("r+b") as stream:
        for line in stream:
            if not is_record(line, rows + 1):
                break
            rows, size = rows + 1, size + len(line)
            failed += _ERROR in line[:_PREFIX]
            infeasible += _INFEASIBLE in line
        stream.truncate(size)
    return Finished(rows, failed, infeasible)


class Lines:
    """JSON Lines in a file, or what is made of them when all are there."""

    collisions = 0

    def __init__(
        self, output: Path, settings: Settings, before: Finished, shape: tuple[Detail, tuple[str, ...]]
    ) -> None:
        self.done, self.failed, self.infeasible = before
        self._output, self._settings, self._part = output, settings, _part_of(output)
        self._shape, self._settled = shape, False
        self._stream = self._part.open("ab")

    def add(self, done: Done) -> None:
        """Append the record to the part."""
        with told(self._part):
            self._stream.write(done.data)
        self.done += 1
        self.failed += bool(done.problems)
        self.infeasible += done.status == "infeasible"

    def finish(self) -> None:
        """The part, safely on disk, becomes the output."""
        with told(self._part):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            # First the state, for once the part has the name nobody counts again.
            counts = (self.done, self.failed, self.infeasible)
            write_whole(state_of(self._output), dumps({**self._settings, FINISHED: counts}) + b"\n")
            self._settle()
            self._settled = True

    def _settle(self) -> None:
        if is_plain(self._output.name):
            take_place(self._part, self._output)
            return
        with replacing(self._output, beside(self._output, ".tmp")) as fresh, self._part.open("rb") as lines:
            make(lines, fresh, self._output.name, *self._shape)
        self._part.unlink()

    def close(self) -> None:
        """Let go of the part; one that nothing was written into goes, so that it stands in nobody's way."""
        with told(self._part):
            self._stream.close()
        if not self.done and not self._settled:
            for left in (self._part, state_of(self._output)):
                left.unlink(missing_ok=True)
