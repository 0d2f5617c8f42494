"""Outcomes to files that are never half there, and that a killed run can be continued into.

JSON Lines grow in PATH.part, beside PATH.state with the settings of the run; at the end the part takes the name.
Parquet is made from such a part. A folder keeps a journal: the line that names a file is written before the file,
so that the last line tells what may be half done.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from roadmap.batch.codec import dumps, loads
from roadmap.batch.names import is_safe, safe_name
from roadmap.batch.work import Done, Entry
from roadmap.errors import RoadmapError, UsageError
from roadmap.render import Format, suffix

Settings = Mapping[str, object]
JOURNAL = ".roadmap-batch.jsonl"
ROW_GROUP = 256
_ERROR = b',"status":"error",'
_PREFIX = 2_000  # bytes within which a record tells its row and status


class Writer(Protocol):
    """Takes outcomes in order. `done` rows (`failed` of them) are there already and are not to be given again."""

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
    """The settings of an unfinished run that wrote to `output`, or None when there is none."""
    file = output / JOURNAL if output.is_dir() else _beside(output, ".state")
    try:
        with file.open("rb") as stream:
            found = loads(stream.readline())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def open_writer(output: Path, form: Format, settings: Settings, *, resume: bool) -> Writer | None:
    """The writer for an output path, or None when a resumed run turns out to have been finished.

    Raises RoadmapError when the output is in the way or an unfinished run had other settings.
    """
    ending = output.suffix.lower()
    with told(output):
        if ending in (".jsonl", ".ndjson"):
            return _resumed(Lines, output, settings, resume=resume)
        if ending == ".parquet":
            arrow()
            return _resumed(Parquet, output, settings, resume=resume)
        if ending in (".json", ".csv", ".md", ".html", ".txt", ".yaml", ".yml"):
            raise UsageError(f"--output {output}: a batch writes .jsonl, .parquet or a folder", "choose one of these")
        return _folder(output, form, settings, resume=resume)


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


def _agree(output: Path, before: Settings | None, now: Settings) -> None:
    differing = [key for key in now if before is not None and before.get(key) != now[key]]
    if differing:
        raise RoadmapError(
            f"{output}: the run to continue had other settings: {', '.join(differing)}",
            "give the same input and options, or start anew without --resume after removing its unfinished output",
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


def _resumed(kind: "type[Lines]", output: Path, settings: Settings, *, resume: bool) -> "Lines | None":
    part, state = _beside(output, ".part"), _beside(output, ".state")
    if output.is_dir():
        raise UsageError(f"{output} is a folder", "name a file, or a folder without this ending")
    if state.exists() and not resume and part.exists() and part.stat().st_size:
        raise UsageError(f"{output}: an unfinished run is here", f"--resume goes on with it; remove {part} to drop it")
    before = settings_of(output)
    if resume and before is not None:
        _agree(output, before, settings)
        if not part.exists():
            state.unlink()
            return None
        return kind(output, settings, *_checked(part))
    if resume and output.exists():
        return None
    part.write_bytes(b"")
    write_whole(state, dumps(settings))
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

    def __init__(self, output: Path, _settings: Settings, done: int, failed: int) -> None:
        self.done, self.failed = done, failed
        self._output, self._part = output, _beside(output, ".part")
        self._stream = self._part.open("ab")

    def add(self, done: Done) -> None:
        """Append the record to the part."""
        with told(self._part):
            self._stream.write(done.data)

    def finish(self) -> None:
        """The part, safely on disk, becomes the output."""
        with told(self._part):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._settle()
            _beside(self._output, ".state").unlink()

    def _settle(self) -> None:
        self._part.replace(self._output)

    def close(self) -> None:
        """Let go of the part."""
        with told(self._part):
            self._stream.close()


# ---- Parquet


def arrow() -> Any:
    """The library pyarrow. Raises UsageError when it is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow", "install career-roadmap[parquet]") from error
    return pyarrow


class Parquet(Lines):
    """Parquet with the columns row, id, status, plan, problems; plan and problems keep their structure."""

    def _settle(self) -> None:
        fresh = _beside(self._output, ".tmp")
        with self._part.open("rb") as lines:
            to_parquet(lines, fresh)
        fresh.replace(self._output)
        self._part.unlink()


def to_parquet(lines: BinaryIO, output: Path) -> None:
    """Records from JSON Lines into a Parquet file, a group of rows at a time."""
    from itertools import islice

    from pyarrow.parquet import ParquetWriter

    pa, schema = arrow(), record_schema()
    with ParquetWriter(output, schema, compression="zstd") as writer:
        while group := [loads(line) for line in islice(lines, ROW_GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def record_schema() -> Any:
    """The Arrow schema of records, made from the same class that the JSON Schema of a plan is made from."""
    from roadmap.batch.work import Record

    pa = arrow()
    return pa.schema([(key, _arrow_type(kind, pa)) for key, kind in _hints(Record).items()])


def _hints(kind: Any) -> dict[str, Any]:
    from typing import get_type_hints

    return get_type_hints(kind)


def _arrow_type(kind: Any, pa: Any) -> Any:
    from types import NoneType, UnionType
    from typing import Literal, Union, get_args, get_origin

    origin, args = get_origin(kind), get_args(kind)
    if origin is list:
        return pa.list_(_arrow_type(args[0], pa))
    if origin is dict:
        return pa.map_(*(_arrow_type(a, pa) for a in args))
    if origin is Literal:
        return pa.string()
    if origin in (Union, UnionType):
        return _arrow_type(next(a for a in args if a is not NoneType), pa)
    if hasattr(kind, "__total__"):
        return pa.struct([(key, _arrow_type(inner, pa)) for key, inner in _hints(kind).items()])
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind]


# ---- folder and roster


def _folder(output: Path, form: Format, settings: Settings, *, resume: bool) -> "Folder | None":
    journal = output / JOURNAL
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file", "name a folder, or a file that ends in .jsonl or .parquet")
    if journal.exists():
        if not resume:
            raise UsageError(f"{output}: an unfinished run is here", "--resume goes on with it; or name a new folder")
        _agree(output, settings_of(output), settings)
        return Folder(output, form, *_replayed(output, journal, form))
    if output.is_dir() and any(output.iterdir()):
        if resume and (output / "roster.csv").exists():
            return None
        left = {f".{JOURNAL}.tmp"}
        if {p.name for p in output.iterdir()} - left:
            raise UsageError(f"{output}: the folder is not empty", "name a new or an empty one")
    output.mkdir(parents=True, exist_ok=True)
    write_whole(journal, dumps(settings) + b"\n")
    return Folder(output, form, 0, 0, 0)


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
        stream.truncate(end)
    if last is not None and is_safe(last["file"]):
        (output / last["file"]).unlink(missing_ok=True)
    return rows, failed, collisions


def _file_name(id_: str, row: int, form: Format) -> str:
    return f"{safe_name(id_, row)}.{suffix(form)}"


class Folder:
    """One file per row, and the roster when all are there."""

    def __init__(self, output: Path, form: Format, done: int, failed: int, collisions: int) -> None:
        self.done, self.failed, self.collisions = done, failed, collisions
        self._output, self._form = output, form
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
        """The journal becomes the roster."""
        from roadmap.batch.roster import write_rosters

        with told(self._output):
            self._journal.close()
            write_rosters(self._output, self._output / JOURNAL)
            (self._output / JOURNAL).unlink()

    def close(self) -> None:
        """Let go of the journal."""
        self._journal.close()
