"""What is wrong with rows, in a file of its own: JSON Lines, or CSV where its name says so."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict

from roadmap.batch.codec import dumps, loads
from roadmap.batch.work import Done
from roadmap.batch.write import told
from roadmap.loading.source import real
from roadmap.loading.writing import beside, is_device, rights_of, take_place
from roadmap.render.tables import neutral


class RowFinding(TypedDict):
    """A problem of a row: the row and its line in the input, whose row it is, the column, a stable id, the words."""

    row: int
    line: int | None
    person: str
    column: str
    id: str
    message: str
    hint: str


class Findings:
    """Grows with the rows. A run that goes on keeps what it found in the rows that are done.

    A link is followed; a device or a pipe is written to as it is. Raises RoadmapError where nothing can be written,
    before a row is looked at.
    """

    def __init__(self, file: Path, done: int) -> None:
        self._csv = file.suffix.lower() == ".csv"
        with told(file):
            # A pipe behind /dev/stderr has no name that links could lead to.
            self._as_it_is = is_device(file)
            self._file = file if self._as_it_is else real(file)
            rights_of(self._file)
            kept = [f for f in self._earlier(self._file) if f["row"] <= done] if done and not self._as_it_is else []
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._part = self._file if self._as_it_is else beside(self._file, ".part")
            self._stream = self._part.open("wb")
            if self._csv:
                self._write(list(RowFinding.__annotations__))
            for finding in kept:
                self._add(finding)

    def add(self, done: Done) -> None:
        """Write down what is wrong with a row."""
        with told(self._file):
            for p in done.problems:
                self._add(
                    {
                        "row": p["row"],
                        "line": p["line"],
                        "person": done.id,
                        "column": p["column"],
                        "id": p["id"],
                        "message": p["message"],
                        "hint": p["hint"],
                    }
                )

    def close(self) -> None:
        """Let all of it out."""
        with told(self._file):
            self._stream.close()
            if not self._as_it_is:
                take_place(self._part, self._file)

    def _add(self, finding: RowFinding) -> None:
        if self._csv:
            self._write(["" if v is None else neutral(str(v)) for v in finding.values()])
        else:
            self._stream.write(dumps(finding) + b"\n")

    def _write(self, cells: list[str]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(cells)
        self._stream.write(line.getvalue().encode("utf-8", "replace"))

    def _earlier(self, file: Path) -> Iterator[RowFinding]:
        """What an earlier run has found, as far as it is as it was written."""
        # A run that was killed has left it under its other name.
        part = beside(file, ".part")
        file = part if part.exists() else file
        with suppress(OSError, ValueError, csv.Error):
            if self._csv:
                for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))):
                    yield from _finding({**row, "row": int(row.get("row") or "")})
            else:
                for line in file.read_bytes().splitlines():
                    yield from _finding(loads(line))


def _finding(found: Any) -> Iterator[RowFinding]:
    """A problem of a row; nothing for what is none."""
    if isinstance(found, dict) and found.keys() == RowFinding.__annotations__.keys() and isinstance(found["row"], int):
        kept: Any = found
        yield kept
