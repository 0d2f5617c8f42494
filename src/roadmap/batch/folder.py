"""A folder with a file for each plan and the roster.

It keeps a journal: the line that names a file is written before the file, so that the last line tells what may be
half done.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from roadmap.batch.codec import dumps
from roadmap.batch.left import FINISHED, left_entry
from roadmap.batch.names import is_safe, safe_name
from roadmap.batch.roster import ROSTERS, write_rosters
from roadmap.batch.work import Done, RosterEntry
from roadmap.batch.write import (
    JOURNAL,
    LOCK,
    Finished,
    Settings,
    agree,
    alone,
    nothing_in,
    same,
    settings_of,
    told,
    write_whole,
)
from roadmap.errors import UsageError
from roadmap.render import Format, suffix


@contextmanager
def open_folder(
    output: Path, form: Format, settings: Settings, *, resume: bool, force: bool = False
) -> "Iterator[Folder | Finished]":
    """The writer for a folder, or what it holds when a resumed run turns out to have been finished.

    Raises RoadmapError when the folder is in the way, another run is writing to it, or it was begun with other
    settings.
    """
    with told(output):
        if output.exists() and not output.is_dir():
            raise UsageError(f"{output} is a file", "name a folder")
        made = not output.exists()
    found: Folder | Finished | None = None
    try:
        with alone(output / LOCK, output):
            with told(output):
                found = _resumed(output, form, settings, resume=resume, force=force)
            try:
                yield found
            finally:
                if not isinstance(found, Finished):
                    found.close()
    finally:
        if made and not isinstance(found, Finished) and (found is None or not found.done):
            with suppress(OSError):
                output.rmdir()


def _resumed(output: Path, form: Format, settings: Settings, *, resume: bool, force: bool) -> "Folder | Finished":
    journal, before = output / JOURNAL, settings_of(output)
    if force or nothing_in(before):
        _clear(output)
    elif journal.exists() and (resume or (FINISHED not in (before or {}) and same(before, settings))):
        agree(output, before, settings)
        if before and FINISHED in before:
            return Finished(*before[FINISHED])
        return Folder(output, form, settings, *_replayed(output, journal, form))
    elif journal.exists() and FINISHED not in (before or {}):
        raise UsageError(f"{output}: an unfinished run of something else is here", "--force begins anew")
    # A run killed as it began leaves a journal that was never renamed into place.
    elif output.is_dir() and {p.name for p in output.iterdir()} - {f".{JOURNAL}.tmp", LOCK}:
        hint = "name a new or an empty one; --force replaces what an earlier run wrote"
        raise UsageError(f"{output}: the folder is not empty", hint)
    output.mkdir(parents=True, exist_ok=True)
    write_whole(journal, dumps(settings) + b"\n")
    return Folder(output, form, settings, Finished(0, 0), 0)


def _clear(output: Path) -> None:
    """Remove what an earlier run wrote, and nothing else; the journal last, since it knows."""
    for name in [*_named(output), *ROSTERS]:
        if is_safe(name):
            (output / name).unlink(missing_ok=True)
    (output / JOURNAL).unlink(missing_ok=True)


def _named(output: Path) -> Iterator[str]:
    """The files that the journal of an unfinished run or the roster of a finished one names."""
    with suppress(OSError, ValueError), (output / JOURNAL).open("rb") as stream:
        stream.readline()
        yield from (entry["file"] for line in stream if (entry := left_entry(line)))
    roster = output / "roster.csv"
    # A spreadsheet may have saved it in another encoding.
    with suppress(OSError, csv.Error), roster.open(encoding="utf-8-sig", errors="replace", newline="") as table:
        yield from (row.get("file") or "" for row in csv.DictReader(table))


def _replayed(output: Path, journal: Path, form: Format) -> tuple[Finished, int]:
    """What rows that are surely written come to, and names that collided. The row that may be half done is undone."""
    rows = failed = infeasible = collisions = 0
    last: RosterEntry | None = None
    with journal.open("r+b") as stream:
        end = size = len(stream.readline())
        for line in stream:
            entry = left_entry(line, rows + 1 + (last is not None)) if line.endswith(b"}\n") else None
            if entry is None:
                break
            if last is not None:
                rows, failed = rows + 1, failed + (last["status"] == "error")
                infeasible += last["status"] == "infeasible"
                collisions += last["file"] not in ("", _file_name(last["id"], last["row"], form))
            last, end, size = entry, size, size + len(line)
        # Before the line that names it: killed in between, a file without a line would take its own name away.
        if last is not None and is_safe(last["file"]):
            (output / last["file"]).unlink(missing_ok=True)
        stream.truncate(end)
    return Finished(rows, failed, infeasible), collisions


def _file_name(id_: str, row: int, form: Format) -> str:
    return f"{safe_name(id_, row)}.{suffix(form)}"


class Folder:
    """One file per row, and the roster when all are there."""

    def __init__(self, output: Path, form: Format, settings: Settings, before: Finished, collisions: int) -> None:
        self.done, self.failed, self.infeasible = before
        self.collisions = collisions
        self._output, self._form, self._settings = output, form, settings
        self._settled = False
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
        self.infeasible += done.status == "infeasible"

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
        with told(self._output):
            self._journal.close()
            write_rosters(self._output, self._output / JOURNAL)
            counts = (self.done, self.failed, self.infeasible)
            write_whole(self._output / JOURNAL, dumps({**self._settings, FINISHED: counts}) + b"\n")
            self._settled = True

    def close(self) -> None:
        """Let go of the journal; one without a row goes, so that it stands in nobody's way."""
        self._journal.close()
        if not self.done and not self._settled:
            (self._output / JOURNAL).unlink(missing_ok=True)
