"""Tables to rows: where the heading stands, which key each column fills, and what each record says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import NamedTuple

from roadmap.batch.cells import value_of
from roadmap.batch.headings import words_of
from roadmap.batch.row import Reading, Row, finished, is_broken, is_key, listed, put
from roadmap.errors import RoadmapError
from roadmap.model.problem import Fault, nearest
from roadmap.model.profile import KEYS

SEARCHED = 10  # records among which a heading may stand
_TOTALS = {"total", "totals", "sum", "average", "mean", "count", "summe", "gesamt", "anzahl", "insgesamt", "somme"}


class Record(NamedTuple):
    """A record of a table: the line it begins in, and its cells, or why there are none."""

    line: int
    cells: Sequence[object]
    fault: Fault | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything into it."""
        return self.fault is None and not any(c is not None and str(c).strip() for c in self.cells)


def table_rows(records: Iterator[Record], name: str, reading: Reading) -> Iterator[Row]:
    """The rows below the heading. Raises RoadmapError when there is none, or it has columns that nobody knows."""
    heading, rest = _heading((r for r in records if not r.empty), name, reading)
    shape = _Shape([_text(c) for c in heading.cells], name, reading)
    return _rows(rest, shape, reading)


def _heading(records: Iterator[Record], name: str, reading: Reading) -> tuple[Record, Iterator[Record]]:
    """The heading, and what follows it: the first record, or the first of several that names mostly known columns."""
    first = list(islice(records, SEARCHED if reading.guess else 1))
    if first and first[0].fault:
        message = f"{name}:{first[0].line}: the heading cannot be read ({first[0].fault.message})"
        raise RoadmapError(message, "check its quotes")
    if not first:
        raise RoadmapError(f"{name}: the first line must name the columns", "columns: " + ", ".join(KEYS))
    place = next((i for i, record in enumerate(first) if _is_heading(record, reading)), 0)
    if place and reading.guess:
        reading.guess.note("taken for the heading; what is above it is passed over", first[place].line)
    return first[place], chain(first[place + 1 :], records)


def _is_heading(record: Record, reading: Reading) -> bool:
    named = [text for c in record.cells if (text := _text(c))]
    known = [c for c in named if _key_of(c, reading) is not None or c in reading.ignored]
    own = [c for c in named if c not in known and reading.guess and reading.guess.own(c)]
    return bool(known) and 2 * (len(known) + len(own)) >= len(named)


def _key_of(column: str, reading: Reading) -> str | None:
    """The key that a column fills, if any."""
    key = reading.renames.get(column, column)
    if is_key(key):
        return key
    return reading.guess.key(column) if reading.guess else None


class _Shape:
    """Columns of a table: each with the path of keys it fills, or None for one that is skipped."""

    def __init__(self, heading: Sequence[str], name: str, reading: Reading) -> None:
        self.paths: list[tuple[str, ...] | None] = []
        self.columns: dict[str, str] = {}
        problems, seen = [], set[str]()
        while heading and not heading[-1]:
            heading = heading[:-1]
        for column in heading:
            key = _key_of(column, reading)
            if (not column and reading.guess) or reading.ignores(column, key or column):
                self.paths.append(None)
                continue
            if key is None and reading.guess and reading.guess.own(column):
                reading.guess.note(f'column "{column}" is no answer, so it stays as it is in your file')
                self.paths.append(None)
                continue
            if key is None:
                problems.append(f'unknown column "{column}"' + (f": {near}" if (near := nearest(column, KEYS)) else ""))
                continue
            if key in seen:
                problems.append(f'the column "{column}" is there twice' if key == column else _twice(column, key))
            elif reading.guess and key != reading.renames.get(column) and words_of(key) != words_of(column):
                reading.guess.note(f'column "{column}" read as {key}')
            seen.add(key)
            self.paths.append(tuple(key.split(".")))
            self.columns[key] = column
        self.nested = any(path is not None and len(path) > 1 for path in self.paths)
        problems += _missing(heading, reading)
        if problems:
            hint = f"--map KEY=COLUMN renames, --ignore COLUMN skips one, --ignore '*' all; keys: {', '.join(KEYS)}"
            raise RoadmapError(f"{name}: {'; '.join(problems)}", hint)


def columns_known(columns: Sequence[str], name: str, reading: Reading) -> None:
    """Raises RoadmapError when a table with types of its own has columns that nobody knows."""
    _Shape(columns, name, reading)


def _twice(column: str, key: str) -> str:
    return f'the column "{column}" would be {key}, which another column is'


def _missing(heading: Sequence[str], reading: Reading) -> list[str]:
    """Columns that options speak of and that are not there."""
    asked = [("--map", c) for c in reading.renames] + [("--ignore", c) for c in sorted(reading.ignored - {"*"})]
    return [f'{option} names the column "{c}", which is not there' for option, c in asked if c not in heading]


def _rows(records: Iterator[Record], shape: _Shape, reading: Reading) -> Iterator[Row]:
    number = 0
    for record in records:
        if record.empty:
            continue
        if reading.guess and _is_total(record, shape):
            reading.guess.note("taken for a total and passed over", record.line)
            continue
        number += 1
        if record.fault:
            yield Row(number, record.line, "", None, (record.fault,))
        else:
            yield _row(record, number, shape, reading)


def _is_total(record: Record, shape: _Shape) -> bool:
    """Whether a record sums up: it begins with a word for that, and all else in it is numbers."""
    said = [_text(c) for c in record.cells if _text(c)]
    if record.fault or not said or said[0].rstrip(":").casefold() not in _TOTALS:
        return False
    roles = [_text(c) for p, c in zip(shape.paths, record.cells, strict=False) if p == ("role",)]
    return not any(roles) and not any(c.isalpha() for text in said[1:] for c in text)


def _row(record: Record, number: int, shape: _Shape, reading: Reading) -> Row:
    cells = list(record.cells)
    while len(cells) > len(shape.paths) and not _text(cells[-1]):
        cells.pop()
    short = len(cells) < len(shape.paths)
    if len(cells) > len(shape.paths) or (short and reading.guess is None):
        fault = Fault("wrong-columns", (), f"{len(cells)} cells, but {len(shape.paths)} columns", "quote commas")
        return Row(number, record.line, "", None, (fault,))
    answers: dict[str, object] = {}
    faults: list[Fault] = []
    for path, cell in zip(shape.paths, cells, strict=False):
        value = _value(path, cell, faults)
        if path is None or value is None:
            continue
        if reading.guess and path[0] == "skills":
            _put_skills(answers, path, value)
        elif len(path) == 1 and path[0] not in answers:
            answers[path[0]] = value
        elif twice := put(answers, path, value):
            faults.append(twice)
    if shape.nested:
        answers = {k: listed(v) for k, v in answers.items()}
    if reading.guess:
        faults += reading.guess.answers(answers, shape.columns, record.line)
    return finished(number, record.line, answers, reading, shape.columns, faults)


def _put_skills(answers: dict[str, object], path: tuple[str, ...], value: object) -> None:
    """Skills in a list and in columns of their own, side by side: the list under no name."""
    here = answers.setdefault("skills", {})
    if isinstance(here, dict) and not isinstance(value, Mapping):
        here.setdefault(path[1] if len(path) > 1 else "", value)
    elif isinstance(here, dict) and isinstance(value, Mapping):
        here.update(value)


def _value(path: tuple[str, ...] | None, cell: object, faults: list[Fault]) -> object:
    """What a cell says, or None for nothing."""
    if path is None:
        return None
    if not isinstance(cell, str):
        return _plain(cell)
    text = cell.strip()
    if not text:
        return None
    if is_broken(text):
        faults.append(Fault("not-utf-8", path, "not UTF-8 text", "save the file as UTF-8"))
        return None
    return value_of(path[0], text)


def _plain(cell: object) -> object:
    """A number or a day of a workbook, where a whole number is written as a broken one and a day with its hours."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.date() if isinstance(cell, datetime) else cell


def _text(cell: object) -> str:
    if cell is None:
        return ""
    value = _plain(cell)
    return value.isoformat() if isinstance(value, date) else str(value).strip()
