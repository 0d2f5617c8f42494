"""Tables to rows: where the heading stands, which key each column fills, and what each record says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import NamedTuple

from roadmap.batch.cells import value_of
from roadmap.batch.headings import words_of
from roadmap.batch.row import Reading, Row, finished, is_broken, is_key, listed, put
from roadmap.errors import RoadmapError
from roadmap.model.problem import Fault, nearest
from roadmap.model.profile import KEYS

MOST_TOTAL_WORDS = 2
_UNITS = re.compile(r"\b(?:h|hrs?|hours?|std|usd|us)\b|[$€£]", re.IGNORECASE)
MOST_COLUMNS = 2000
SEARCHED = 10  # records among which a heading may stand
_TOTALS = re.compile(
    r"(?:grand |sub)?totals?|sum|averages?|avg|means?|median|count|summe|gesamt|anzahl|insgesamt|durchschnitt"
    r"|mittelwert|somme|moyenne|suma|promedio|m[ée]dia|totale|totaal|gemiddelde|razem|łącznie|średnia"
)


class TableRecord(NamedTuple):
    """A record of a table: the line it begins in, and its cells, or why there are none."""

    line: int
    cells: Sequence[object]
    fault: Fault | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything into it."""
        return self.fault is None and not any(c is not None and str(c).strip() for c in self.cells)


def table_rows(records: Iterator[TableRecord], name: str, reading: Reading) -> Iterator[Row]:
    """The rows below the heading. Raises RoadmapError when there is none, or it has columns that nobody knows."""
    heading, rest = _heading((r for r in records if not r.empty), name, reading)
    shape = _Shape([_text(c) for c in heading.cells], name, reading)
    return _rows(rest, shape, reading)


def _heading(records: Iterator[TableRecord], name: str, reading: Reading) -> tuple[TableRecord, Iterator[TableRecord]]:
    """The heading, and what follows it: the first record, or the first of several that names mostly known columns."""
    first = list(islice(records, SEARCHED if reading.guess else 1))
    if first and first[0].fault:
        message = f"{name}:{first[0].line}: the heading cannot be read ({first[0].fault.message})"
        raise RoadmapError(message, "check its quotes")
    for record in first:
        _refuse_wide(record.cells, f"{name}:{record.line}")
    if not first:
        raise RoadmapError(f"{name}: the first line must name the columns", "columns: " + ", ".join(KEYS))
    place = next((i for i, record in enumerate(first) if _is_heading(record, reading)), 0)
    if place and reading.guess:
        reading.guess.note("taken for the heading; what is above it is passed over", first[place].line)
    return first[place], chain(first[place + 1 :], records)


def _width(cells: Sequence[object]) -> int:
    """How many columns a record has up to its last one that is not empty."""
    width = len(cells)
    while width and not str(cells[width - 1] or "").strip():
        width -= 1
    return width


def _refuse_wide(cells: Sequence[object], where: str) -> None:
    """Raise RoadmapError for more columns than anybody fills: each is compared with all that are known."""
    if (width := _width(cells)) > MOST_COLUMNS:
        message = f"{where}: has {width:,} columns, at most {MOST_COLUMNS:,} are read"
        raise RoadmapError(message, "take out those that are no answers, and check what parts the columns")


def has_heading(records: Iterator[TableRecord], reading: Reading) -> bool:
    """Whether one of the first records names columns that are known."""
    return any(_is_heading(r, reading) for r in islice((r for r in records if not r.empty), SEARCHED))


def _is_heading(record: TableRecord, reading: Reading) -> bool:
    named = [text for c in record.cells if (text := _text(c))]
    known = {c for c in named if _key_of(c, reading) is not None or c in reading.ignored}
    own = [c for c in named if c not in known and reading.guess and reading.guess.own(c)]
    return bool(known) and 2 * (sum(c in known for c in named) + len(own)) >= len(named)


def _key_of(column: str, reading: Reading) -> str | None:
    """The key that a column fills, if any."""
    key = reading.renames.get(column, column)
    if is_key(key):
        return key
    return reading.guess.key(column) if reading.guess else None


class _Shape:
    """Columns of a table: each with the path of keys it fills, or None for one that is skipped.

    `own` are the columns that are no answers, by their place; `family` that of the second part of names.
    """

    def __init__(self, heading: Sequence[str], name: str, reading: Reading) -> None:
        self.paths: list[tuple[str, ...] | None] = []
        self.columns: dict[str, str] = {}
        self.own: dict[int, str] = {}
        self.family: int | None = None
        problems, seen = [], set[str]()
        heading = heading[: _width(heading)]
        for column in heading:
            key = _key_of(column, reading)
            if reading.ignores(column, key or column):
                self.paths.append(None)
                continue
            if key is None and reading.guess and (not column or reading.keeps or reading.guess.own(column)):
                self._keep(column, reading)
                continue
            if key is None:
                problems.append(f'unknown column "{column}"' + (f": {near}" if (near := nearest(column, KEYS)) else ""))
                continue
            if key == "name" and key in seen and reading.guess and self._joins_name(column, reading):
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

    def _keep(self, column: str, reading: Reading) -> None:
        """Keep a column that is no answer, under a name of its own."""
        name = column or f"column {len(self.paths) + 1}"
        name += f" ({len(self.paths) + 1})" if name in self.own.values() else ""
        self.own[len(self.paths)] = name
        self.paths.append(None)
        if reading.guess and column:
            near = "" if reading.guess.own(column) else nearest(column, KEYS)
            reading.guess.note(
                f'column "{column}" is no answer, so it is kept as it is' + (f"; {near}" if near else "")
            )

    def _joins_name(self, column: str, reading: Reading) -> bool:
        """Whether one of two columns with names holds the second part of them; then both are read together."""
        first = self.columns["name"]
        second = [c for c in (first, column) if reading.guess and reading.guess.family(c)]
        if len(second) != 1:
            return False
        self.family = len(self.paths) if second[0] == column else self.paths.index(("name",))
        self.paths.append(("name",))
        self.columns["name"] = f"{first}, {column}"
        if reading.guess:
            reading.guess.note(f'columns "{first}" and "{column}" read as name')
        return True


def columns_known(columns: Sequence[str], name: str, reading: Reading) -> None:
    """Raises RoadmapError when a table with types of its own has columns that nobody knows."""
    _refuse_wide(columns, name)
    _Shape(columns, name, reading)


def _twice(column: str, key: str) -> str:
    return f'the column "{column}" would be {key}, which another column is'


def _missing(heading: Sequence[str], reading: Reading) -> list[str]:
    """Columns that options speak of and that are not there."""
    asked = [("--map", c) for c in reading.renames] + [("--ignore", c) for c in sorted(reading.ignored - {"*"})]
    return [f'{option} names the column "{c}", which is not there' for option, c in asked if c not in heading]


def _rows(records: Iterator[TableRecord], shape: _Shape, reading: Reading) -> Iterator[Row]:
    number = 0
    for record in records:
        if record.empty:
            continue
        if reading.guess and _is_total(record):
            reading.guess.note("taken for a total and passed over", record.line)
            continue
        number += 1
        if record.fault:
            yield Row(number, record.line, "", None, (record.fault,))
        else:
            yield _row(record, number, shape, reading)


def _is_total(record: TableRecord) -> bool:
    """Whether a record sums up: it begins with a word for that, and all else in it is numbers."""
    said = [_text(c) for c in record.cells if _text(c)]
    if record.fault or not said or not _TOTALS.match(said[0].casefold()):
        return False
    words = re.findall(r"[^\W\d_]+", said[0])
    return len(words) <= MOST_TOTAL_WORDS and not any(c.isalpha() for text in said[1:] for c in _UNITS.sub("", text))


def _row(record: TableRecord, number: int, shape: _Shape, reading: Reading) -> Row:
    cells = list(record.cells)
    while len(cells) > len(shape.paths) and not _text(cells[-1]):
        cells.pop()
    short = len(cells) < len(shape.paths)
    if len(cells) > len(shape.paths) or (short and reading.guess is None):
        fault = Fault("wrong-columns", (), f"{len(cells)} cells, but {len(shape.paths)} columns", "quote commas")
        own = {name: _text(cells[at]) for at, name in shape.own.items() if at < len(cells)}
        return Row(number, record.line, "", None, (fault,), own=own)
    answers: dict[str, object] = {}
    faults: list[Fault] = []
    own = {name: _text(cells[at]) if at < len(cells) else "" for at, name in shape.own.items()}
    for at, (path, cell) in enumerate(zip(shape.paths, cells, strict=False)):
        value = _value(path, cell, faults)
        if path is None or value is None:
            continue
        if shape.family is not None and path == ("name",) and "name" in answers:
            before = answers["name"]
            answers["name"] = f"{before} {value}" if at == shape.family else f"{value} {before}"
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
    return replace(finished(number, record.line, answers, reading, shape.columns, faults), own=own)


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
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute)
    if isinstance(cell, timedelta):
        # A length that the program takes for a time of day: 7:30 is seven hours and a half.
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return cell.date() if isinstance(cell, datetime) else cell


def _text(cell: object) -> str:
    if cell is None:
        return ""
    value = _plain(cell)
    return value.isoformat() if isinstance(value, date) else str(value).strip()
