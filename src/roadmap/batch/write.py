"""Outcomes to files that are never half there, and that a killed run can be continued into.

JSON Lines grow in PATH.part; at the end the part takes the name. Parquet is made from such a part. A folder keeps a
journal: the line that names a file is written before the file, so that the last line tells what may be half done.
A hidden state (for a folder, the first line of the journal) holds the settings of the run, and stays when all is
done: it says what the output was made from, and how many rows have problems.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from roadmap.batch.codec import dumps, loads
from roadmap.batch.names import is_safe, safe_name
from roadmap.batch.parquet import library
from roadmap.batch.parquet import write as write_parquet
from roadmap.batch.work import Done, Entry
from roadmap.errors import RoadmapError, UsageError
from roadmap.render import Format, suffix

Settings = Mapping[str, object]
JOURNAL = ".roadmap-batch.jsonl"
LOCK = ".roadmap-batch.lock"
FINISHED = "finished"
LOCK_SECONDS = 5
_ERROR = b',"status":"error",'
_PREFIX = 2_000  # bytes within which a record tells its row and status
_AGREED = {
    "version": "version of roadmap",
    "today": "--today",
    "input": "input",
    "catalogue": "catalogue",
    "format": "--format",
    "names": "--no-names",
    "map": "--map",
    "default": "--default",
    "ignore": "--ignore",
    "rows_per_part": "--rows-per-part",
}


class Finished(NamedTuple):
    """What a finished output holds: how many rows, and how many of them with problems."""

    rows: int
    failed: int


class Writer(Protocol):
    """Takes outcomes in order. `done` rows (`failed` of them with problems) are there, from an earlier run too."""

    done: int
    failed: int
    collisions: int

    def add(self, done: Done) -> None:
        """Write the outcome of the next row."""

    def finish(self) -> None:
        """All rows are there: give the output its name."""

    def close(self) -> None:
        """Let go of files; what was written can be continued."""


def settings_of(output: Path) -> dict[str, Any] | None:
    """The settings of the run that wrote to `output`, or None when nothing tells."""
    try:
        with _state(output).open("rb") as stream:
            found = loads(stream.readline())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


@contextmanager
def open_writer(output: Path, form: Format, settings: Settings, *, resume: bool) -> Iterator[Writer | Finished]:
    """The writer for an output path, or what it holds when a resumed run turns out to have been finished.

    Raises RoadmapError when the output is in the way, another run is writing to it, or it was begun with other
    settings.
    """
    ending = output.suffix.lower()
    kinds: dict[str, type[Lines]] = {".jsonl": Lines, ".ndjson": Lines, ".parquet": Parquet}
    if ending in (".json", ".csv", ".md", ".html", ".txt", ".yaml", ".yml"):
        raise UsageError(f"--output {output}: a batch writes .jsonl, .parquet or a folder", "choose one of these")
    if ending == ".parquet":
        library()
    with told(output):
        if ending in kinds and output.is_dir():
            raise UsageError(f"{output} is a folder", "name a file, or a folder without this ending")
        if ending not in kinds and output.exists() and not output.is_dir():
            raise UsageError(f"{output} is a file", "name a folder, or a file that ends in .jsonl or .parquet")
    with _alone(_hidden(output, ".lock") if ending in kinds else output / LOCK, output):
        with told(output):
            found: Writer | Finished
            if ending in kinds:
                found = _resumed(kinds[ending], output, settings, resume=resume)
            else:
                found = _folder(output, form, settings, resume=resume)
        try:
            yield found
        finally:
            if not isinstance(found, Finished):
                found.close()


@contextmanager
def _alone(place: Path, output: Path) -> Iterator[None]:
    """No other run writes to this output meanwhile, as a scheduler's next one might."""
    from filelock import FileLock, Timeout

    lock = FileLock(place, timeout=LOCK_SECONDS)
    with told(output):
        try:
            lock.acquire()
        except Timeout as error:
            raise RoadmapError(f"{output}: another run is writing there", "wait, or name another --output") from error
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            place.unlink()


@contextmanager
def told(output: Path) -> Iterator[None]:
    """Failures of the file system as one line that says how to go on."""
    try:
        yield
    except OSError as error:
        what = f"{error.filename or output}: cannot be written ({error.strerror or error})"
        raise RoadmapError(what, "mend this, then run the same command with --resume") from error


def _beside(output: Path, ending: str) -> Path:
    return output.with_name(output.name + ending)


def _hidden(output: Path, ending: str) -> Path:
    return output.with_name(f".{output.name}{ending}")


def _state(output: Path) -> Path:
    return output / JOURNAL if output.is_dir() else _hidden(output, ".state")


def agree(output: object, before: Settings | None, now: Settings) -> None:
    """Raises RoadmapError when an output was begun with other settings than those of now, or nobody knows which."""
    if before is None:
        raise UsageError(f"{output}: is there, but nothing tells what it was made from", "remove it to make it anew")
    differing = [key for key in now if before.get(key) != now[key]]
    if differing:
        raise RoadmapError(
            f"{output} was begun with another {', '.join(_AGREED[key] for key in differing)}",
            "give the same to go on with it; or name another --output, or remove this one to begin anew",
        )


def write_whole(file: Path, content: bytes | memoryview) -> None:
    """A file that appears whole or not at all."""
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_bytes(content)
    fresh.replace(file)


# ---- JSON Lines


class Stream:
    """JSON Lines to standard output: nothing to continue."""

    done = failed = collisions = 0

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, done: Done) -> None:
        """Print the record."""
        self._stream.write(done.data)

    def finish(self) -> None:
        """Let all of it out."""
        self._stream.flush()

    def close(self) -> None:
        """Standard output stays open."""


def _resumed(kind: "type[Lines]", output: Path, settings: Settings, *, resume: bool) -> "Lines | Finished":
    part, before = _beside(output, ".part"), settings_of(output)
    if part.exists() and part.stat().st_size:
        if not resume:
            raise UsageError(f"{output}: an unfinished run is here", f"add --resume to go on, or remove {part}")
        agree(output, before, settings)
        return kind(output, settings, *_checked(part))
    if resume and output.exists() and not part.exists():
        agree(output, before, settings)
        if before and FINISHED in before:
            return Finished(*before[FINISHED])
    part.write_bytes(b"")
    write_whole(_state(output), dumps(settings) + b"\n")
    return kind(output, settings, 0, 0)


def _checked(part: Path) -> tuple[int, int]:
    """Rows that are whole, and how many of them failed; what follows the last whole row is cut off."""
    rows = failed = size = 0
    with part.open("r+b") as stream:
        for line in stream:
            if not line.startswith(b'{"row":%d,' % (rows + 1)) or not line.endswith(b"}\n"):
                break
            rows, size = rows + 1, size + len(line)
            failed += _ERROR in line[:_PREFIX]
        stream.truncate(size)
    return rows, failed


class Lines:
    """JSON Lines in a file."""

    collisions = 0

    def __init__(self, output: Path, settings: Settings, done: int, failed: int) -> None:
        self.done, self.failed = done, failed
        self._output, self._settings, self._part = output, settings, _beside(output, ".part")
        self._stream = self._part.open("ab")

    def add(self, done: Done) -> None:
        """Append the record to the part."""
        with told(self._part):
            self._stream.write(done.data)
        self.done += 1
        self.failed += bool(done.problems)

    def finish(self) -> None:
        """The part, safely on disk, becomes the output."""
        with told(self._part):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            # First the state, for once the part has the name nobody counts again.
            write_whole(_state(self._output), dumps({**self._settings, FINISHED: (self.done, self.failed)}) + b"\n")
            self._settle()

    def _settle(self) -> None:
        self._part.replace(self._output)

    def close(self) -> None:
        """Let go of the part."""
        with told(self._part):
            self._stream.close()


class Parquet(Lines):
    """Parquet with the columns row, id, status, plan, problems; plan and problems keep their structure."""

    def _settle(self) -> None:
        fresh = _hidden(self._output, ".tmp")
        with self._part.open("rb") as lines:
            write_parquet(lines, fresh)
        fresh.replace(self._output)
        self._part.unlink()


# ---- folder and roster


def _folder(output: Path, form: Format, settings: Settings, *, resume: bool) -> "Folder | Finished":
    journal, before = output / JOURNAL, settings_of(output)
    if journal.exists() and resume:
        agree(output, before, settings)
        if before and FINISHED in before:
            return Finished(*before[FINISHED])
        return Folder(output, form, settings, *_replayed(output, journal, form))
    if journal.exists() and FINISHED not in (before or {}):
        raise UsageError(f"{output}: an unfinished run is here", "--resume goes on with it; or name a new folder")
    # A run killed as it began leaves a journal that was never renamed into place.
    if output.is_dir() and {p.name for p in output.iterdir()} - {f".{JOURNAL}.tmp", LOCK}:
        raise UsageError(f"{output}: the folder is not empty", "name a new or an empty one")
    output.mkdir(parents=True, exist_ok=True)
    write_whole(journal, dumps(settings) + b"\n")
    return Folder(output, form, settings, 0, 0, 0)


def _replayed(output: Path, journal: Path, form: Format) -> tuple[int, int, int]:
    """Rows that are surely written, failed ones, and names that collided. The row that may be half done is undone."""
    rows = failed = collisions = 0
    last: Entry | None = None
    with journal.open("r+b") as stream:
        end = size = len(stream.readline())
        for line in stream:
            entry: Any = loads(line) if line.endswith(b"}\n") else None
            if entry is None:
                break
            if last is not None:
                rows, failed = rows + 1, failed + (last["status"] == "error")
                collisions += last["file"] not in ("", _file_name(last["id"], last["row"], form))
            last, end, size = entry, size, size + len(line)
        # Before the line that names it: killed in between, a file without a line would take its own name away.
        if last is not None and is_safe(last["file"]):
            (output / last["file"]).unlink(missing_ok=True)
        stream.truncate(end)
    return rows, failed, collisions


def _file_name(id_: str, row: int, form: Format) -> str:
    return f"{safe_name(id_, row)}.{suffix(form)}"


class Folder:
    """One file per row, and the roster when all are there."""

    def __init__(self, output: Path, form: Format, settings: Settings, done: int, failed: int, collisions: int) -> None:
        self.done, self.failed, self.collisions = done, failed, collisions
        self._output, self._form, self._settings = output, form, settings
        self._journal = (output / JOURNAL).open("ab")

    def add(self, done: Done) -> None:
        """Say in the journal what comes, then write the file."""
        entry = done.entry
        if entry is None:
            raise ValueError("a folder needs rendered rows")
        with told(self._output):
            if not done.problems:
                entry = {**entry, "file": self._free(done)}
            self._journal.write(dumps(entry) + b"\n")
            self._journal.flush()
            if not done.problems:
                write_whole(self._output / entry["file"], done.data)
        self.done += 1
        self.failed += bool(done.problems)

    def _free(self, done: Done) -> str:
        """A file name nobody has: the id, or the id and the row when an earlier row took it."""
        file = wished = _file_name(done.id, done.row, self._form)
        tail = f"-{done.row}"
        while (self._output / file).exists():
            file = f"{safe_name(done.id, done.row)}{tail}.{suffix(self._form)}"
            tail += f"-{done.row}"
        self.collisions += file != wished
        return file

    def finish(self) -> None:
        """The journal becomes the roster, and keeps its settings and counts."""
        from roadmap.batch.roster import write_rosters

        with told(self._output):
            self._journal.close()
            write_rosters(self._output, self._output / JOURNAL)
            write_whole(self._output / JOURNAL, dumps({**self._settings, FINISHED: (self.done, self.failed)}) + b"\n")

    def close(self) -> None:
        """Let go of the journal."""
        self._journal.close()
