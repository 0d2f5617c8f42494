"""One profile as it was given, and how it is read: what every way in makes, and every worker takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from roadmap.model.problem import Fault
from roadmap.model.profile import ID, KEYS, LONGEST_TEXT

LONGEST_ROW = 1_000_000
LONGEST_CELL = 100_000
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Row:
    """One profile as it was given. `number` counts rows from 1, `line` is where it begins in its file, if it does.

    `answers` is None when nothing could be read. `columns` names the column a key came from, where that differs.
    `own` is what stood in columns that are no answers (notes, an address): kept, whatever becomes of the row.
    """

    number: int
    line: int | None
    id: str
    answers: Mapping[str, object] | None
    faults: tuple[Fault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def column(self, path: Sequence[str | int]) -> str:
        """The column a fault points at: the nearest one around it, or the dotted path in nested input."""
        parts = [str(p) for p in path]
        for n in range(len(parts), 0, -1):
            found = self.columns.get(".".join(parts[:n]))
            if found is not None:
                return found
        return ".".join(parts)


class Understanding(Protocol):
    """Takes tables as people keep them: names of columns, words in cells, rows that are no people."""

    def key(self, column: str) -> str | None:
        """The key that a column with a name of its own stands for."""

    def own(self, column: str) -> bool:
        """Whether people keep such a column for themselves: notes, an address."""

    def family(self, column: str) -> bool:
        """Whether a column holds the second part of a name."""

    def note(self, what: str, line: int | None = None) -> None:
        """Tell what was taken for what."""

    def answers(self, answers: dict[str, object], columns: Mapping[str, str], line: int | None) -> list[Fault]:
        """Put the words of a row into the form of a profile, in place."""


@dataclass(frozen=True)
class Reading:
    """How columns become keys: `renames` maps a column to a key, `defaults` fill what a row leaves open.

    `guess` reads tables as people keep them; without it a column has the name of a key, a cell its form. `keeps`: what
    no key knows is the person's own and no problem.
    """

    renames: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    guess: Understanding | None = None
    keeps: bool = False

    def ignores(self, column: str, key: str) -> bool:
        """Whether a column is to be skipped."""
        return column in self.ignored or ("*" in self.ignored and not is_key(key))


@dataclass(frozen=True)
class RowSource:
    """Rows to come, and how much of the input has been read (0 to 1), if that can be told.

    `close` lets go of the input, also where no row was asked for.
    """

    rows: Iterator[Row]
    share: Callable[[], float | None]
    close: Callable[[], None] = lambda: None


def is_key(text: str) -> bool:
    """Whether a text names a key of a profile, nested ones by dots, or the id of a row."""
    return text.partition(".")[0] in (*KEYS, ID)


def finished(
    number: int,
    line: int | None,
    answers: dict[str, object],
    reading: Reading,
    columns: Mapping[str, str],
    faults: Iterable[Fault] = (),
    id_: str = "",
) -> Row:
    """A row with its defaults, its id taken out of the answers."""
    found = tuple(faults)
    given = answers.pop(ID, None)
    if given is not None:
        if isinstance(given, (str, int)) and not isinstance(given, bool):
            id_ = str(given).strip()
        else:
            found += (Fault("wrong-type", (ID,), "id must be text or a whole number"),)
        if len(id_) > LONGEST_TEXT:
            found += (Fault("too-long", (ID,), f"id has {len(id_)} characters, at most {LONGEST_TEXT} are kept"),)
            id_ = id_[:LONGEST_TEXT]
    for key, value in reading.defaults.items():
        if answers.get(key) is None:
            answers[key] = value
    return Row(number, line, id_, answers, found, columns)


def mapped(data: object, number: int, line: int | None, reading: Reading, id_: str = "") -> Row:
    """A row from nested data: keys renamed, dotted keys spread out."""
    if not isinstance(data, Mapping):
        fault = Fault("wrong-type", (), "a profile must hold keys such as role", 'for example {"role": "..."}')
        return Row(number, line, id_, None, (fault,))
    if not reading.renames and not reading.ignored and not any("." in key for key in data):
        return finished(number, line, dict(data), reading, {}, (), id_)
    answers: dict[str, object] = {}
    faults, columns = [], {}
    for column, value in data.items():
        key = reading.renames.get(column, column)
        if reading.ignores(column, key):
            continue
        columns[key] = column
        path = key.split(".") if key.partition(".")[0] in KEYS else [key]
        if value is not None and (twice := put(answers, path, value)):
            faults.append(twice)
    answers = {k: listed(v) if k in KEYS else v for k, v in answers.items()}
    return finished(number, line, answers, reading, columns, faults, id_)


def put(answers: dict[str, object], path: Sequence[str], value: object) -> Fault | None:
    """Set a nested answer: `skills.rag`, `breaks.0.from`. Numbers become places in a list once all are set."""
    here = answers
    for part in path[:-1]:
        inner = here.setdefault(part, {})
        if not isinstance(inner, dict):
            return Fault("duplicate-key", tuple(path), f"{part} is given twice", "keep one of the columns")
        here = inner
    if path[-1] in here:
        return Fault("duplicate-key", tuple(path), f"{path[-1]} is given twice", "keep one of the columns")
    here[path[-1]] = value
    return None


def listed(value: object) -> object:
    """Mappings whose keys are all whole numbers, as the lists they stand for."""
    if not isinstance(value, dict):
        return value
    if value and all(k.isdecimal() for k in value):
        return [listed(value[k]) for k in sorted(value, key=int)]
    return {k: listed(v) for k, v in value.items()}


def is_broken(text: str) -> bool:
    """Whether some bytes of a text were not UTF-8."""
    return not text.isascii() and any("\udc80" <= c <= "\udcff" for c in text)
