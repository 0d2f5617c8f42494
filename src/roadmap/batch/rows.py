"""Profiles from tables and lists, one row at a time and never the whole input: CSV, JSON Lines, YAML, folders, Parquet.

A row that cannot be read is a row with faults. Only what concerns every row (no such file, a wrong heading) ends
the reading with a RoadmapError.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from roadmap.batch.codec import loads
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.positions import parse
from roadmap.loading.source import read_text
from roadmap.model.problem import Fault, nearest
from roadmap.model.profile import KEYS, LONGEST_TEXT

LONGEST_ROW = 1_000_000
LONGEST_CELL = 100_000
LONGEST_LIST = 5_000_000
BLOCK = 1 << 16  # characters
ID = "id"
_NOT_NESTED = ("name", ID)
_BOM = b"\xef\xbb\xbf"
_PROFILES = (".yaml", ".yml", ".json")


class Kind(StrEnum):
    """What an input is made of."""

    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yaml"
    FOLDER = "folder"
    PARQUET = "parquet"


_ENDINGS = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.CSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".yaml": Kind.YAML,
    ".yml": Kind.YAML,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
}


@dataclass(frozen=True)
class Row:
    """One profile as it was given. `number` counts rows from 1, `line` is where it begins in its file, if it does.

    `answers` is None when nothing could be read. `columns` names the column a key came from, where that differs.
    """

    number: int
    line: int | None
    id: str
    answers: Mapping[str, object] | None
    faults: tuple[Fault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def column(self, path: Sequence[str | int]) -> str:
        """The column a fault points at: the nearest one around it, or the dotted path in nested input."""
        parts = [str(p) for p in path]
        for n in range(len(parts), 0, -1):
            found = self.columns.get(".".join(parts[:n]))
            if found is not None:
                return found
        return ".".join(parts)


@dataclass(frozen=True)
class Reading:
    """How columns become keys: `renames` maps a column to a key, `defaults` fill what a row leaves open."""

    renames: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Source:
    """Rows to come, and how much of the input has been read (0 to 1), if that can be told."""

    rows: Iterator[Row]
    share: Callable[[], float | None]


def open_rows(place: str, reading: Reading, *, kind: Kind | None = None, stdin: BinaryIO | None = None) -> Source:
    """The rows of a file, folder, fsspec address or (`-`) of standard input.

    Raises RoadmapError when it cannot be opened or its heading has unknown columns.
    """
    if kind is Kind.FOLDER or (kind is None and "://" not in place and Path(place).is_dir()):
        return _folder(Path(place), reading)
    if place == "-" and stdin is not None:
        raw: Any = _Raw(stdin)
        stream, size = io.BufferedReader(raw), 0
    else:
        stream, size = _open(place)
    try:
        rows = _rows(stream, place, reading, kind)
    except BaseException:
        stream.close()
        raise
    return Source(_to_the_end(rows, stream), lambda: _share(stream, size))


def _rows(stream: io.BufferedReader, place: str, reading: Reading, kind: Kind | None) -> Iterator[Row]:
    kind = kind or _ENDINGS.get(Path(place).suffix.lower()) or _sniff(stream)
    name = "stdin" if place == "-" else place
    match kind:
        case Kind.CSV:
            return _csv(stream, name, reading)
        case Kind.JSONL:
            return _json_lines(stream, reading)
        case Kind.PARQUET:
            if place == "-":
                raise UsageError("Parquet cannot be read from standard input", "name the file")
            return _parquet(stream, name, reading)
        case _:
            return _yaml(stream, name, reading)


def _to_the_end(rows: Iterator[Row], stream: io.BufferedReader | io.TextIOWrapper) -> Iterator[Row]:
    with stream:
        yield from rows


def _share(stream: io.BufferedReader, size: int) -> float | None:
    if not size:
        return None
    return 1.0 if stream.closed else stream.tell() / size


class _Raw(io.RawIOBase):
    """Standard input, whatever it is, as something that can be looked at before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As much as there is, at most what fits."""
        read = getattr(self._stream, "read1", self._stream.read)
        chunk = read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _open(place: str) -> tuple[io.BufferedReader, int]:
    try:
        if "://" in place:
            from roadmap.batch.remote import open_remote

            return open_remote(place)
        path = Path(place)
        return path.open("rb"), path.stat().st_size if path.is_file() else 0
    except FileNotFoundError as error:
        raise RoadmapError(f"{place}: no such file or folder", "check the path; - reads standard input") from error
    except OSError as error:
        raise RoadmapError(f"{place}: cannot be read ({error.strerror or error})", "check its permissions") from error


def _sniff(stream: io.BufferedReader) -> Kind:
    first = stream.peek(4096).removeprefix(_BOM).lstrip()[:4]
    if first == b"PAR1":
        return Kind.PARQUET
    if first[:1] == b"{":
        return Kind.JSONL
    return Kind.YAML if first[:1] in (b"[", b"-", b"#") else Kind.CSV


def _is_ignored(column: str, key: str, reading: Reading) -> bool:
    return column in reading.ignored or ("*" in reading.ignored and key.partition(".")[0] not in (*KEYS, ID))


class _Shape:
    """Columns of a table: each with the path of keys it fills."""

    def __init__(self, heading: Sequence[str], name: str, reading: Reading) -> None:
        self.paths: list[tuple[str, ...] | None] = []
        self.columns: dict[str, str] = {}
        problems, seen = [], set[str]()
        for column in heading:
            key = reading.renames.get(column, column)
            if _is_ignored(column, key, reading):
                self.paths.append(None)
                continue
            if key.partition(".")[0] not in (*KEYS, ID):
                problems.append(f'unknown column "{column}"' + (f": {near}" if (near := nearest(key, KEYS)) else ""))
            elif key in seen:
                problems.append(f'the column "{column}" is there twice')
            seen.add(key)
            self.paths.append(tuple(key.split(".")))
            self.columns[key] = column
        self.nested = any(path is not None and len(path) > 1 for path in self.paths)
        if problems:
            hint = f"--map KEY=COLUMN renames, --ignore COLUMN skips one, --ignore '*' all; keys: {', '.join(KEYS)}"
            raise RoadmapError(f"{name}: {'; '.join(problems)}", hint)


def _finished(
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


def value_of(key: str, text: str) -> object:
    """A cell or a flag: JSON or YAML where it begins like a list or mapping, text otherwise."""
    if text[0] in "[{" and key not in _NOT_NESTED:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            document = parse(text, key)
            return text if document.problems else document.data
    return text


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


# ---- CSV


def _csv(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    start = stream.peek(8192)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RoadmapError(f"{name}: this is UTF-16, not UTF-8", "save it as CSV in UTF-8")
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        cells = csv.reader(text, delimiter=_delimiter(start), strict=True)
        return _csv_rows(cells, _Shape(_heading(cells, name), name, reading), reading, text)
    except BaseException:
        text.close()
        raise


def _heading(cells: Iterator[list[str]], name: str) -> list[str]:
    try:
        heading = next(cells, [])
    except csv.Error as error:
        raise RoadmapError(f"{name}:1: the heading cannot be read ({error})", "check its quotes") from error
    if not any(heading):
        raise RoadmapError(f"{name}: the first line must name the columns", "columns: " + ", ".join(KEYS))
    return [h.strip() for h in heading]


def _delimiter(start: bytes) -> str:
    """Comma, semicolon or tab: whichever the heading has most of outside quotes."""
    counts, quoted = {",": 0, ";": 0, "\t": 0}, False
    for char in start.decode("utf-8", "replace"):
        if char == '"':
            quoted = not quoted
        elif char == "\n" and not quoted:
            break
        elif not quoted and char in counts:
            counts[char] += 1
    return max(counts, key=lambda c: counts[c])


def _csv_rows(cells: Any, shape: _Shape, reading: Reading, text: io.TextIOWrapper) -> Iterator[Row]:
    number = 0
    with text:
        while True:
            line = cells.line_num + 1
            try:
                row = next(cells)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                fault = Fault("bad-syntax", (), f"not valid CSV: {error}", "check the quotes from this line on")
                yield Row(number, line, "", None, (fault,))
                continue
            if any(row):
                number += 1
                yield _csv_row(row, number, line, shape, reading)


def _csv_row(cells: Sequence[str], number: int, line: int, shape: _Shape, reading: Reading) -> Row:
    if len(cells) != len(shape.paths):
        fault = Fault("wrong-columns", (), f"{len(cells)} cells, but {len(shape.paths)} columns", "quote commas")
        return Row(number, line, "", None, (fault,))
    answers: dict[str, object] = {}
    faults: list[Fault] = []
    for path, cell in zip(shape.paths, cells, strict=True):
        text = cell.strip()
        if not text or path is None:
            continue
        if _is_broken(text):
            faults.append(Fault("not-utf-8", path, "not UTF-8 text", "save the file as UTF-8"))
        elif len(path) == 1 and path[0] not in answers:
            answers[path[0]] = value_of(path[0], text)
        elif twice := put(answers, path, value_of(path[0], text)):
            faults.append(twice)
    if shape.nested:
        answers = {k: listed(v) for k, v in answers.items()}
    return _finished(number, line, answers, reading, shape.columns, faults)


def _is_broken(text: str) -> bool:
    """Whether some bytes of a text were not UTF-8."""
    return not text.isascii() and any("\udc80" <= c <= "\udcff" for c in text)


# ---- JSON Lines


def _json_lines(stream: io.BufferedReader, reading: Reading) -> Iterator[Row]:
    number = line = 0
    while raw := stream.readline(LONGEST_ROW + 1):
        line += 1
        if line == 1:
            raw = raw.removeprefix(_BOM)
        if len(raw) > LONGEST_ROW:
            number += 1
            while not raw.endswith(b"\n") and (raw := stream.readline(LONGEST_ROW)):
                pass
            yield Row(number, line, "", None, (Fault("too-large", (), f"a row over {LONGEST_ROW:,} bytes"),))
        elif not raw.isspace():
            number += 1
            yield _json_row(raw, number, line, reading)


def _json_row(raw: bytes, number: int, line: int, reading: Reading) -> Row:
    try:
        data = loads(raw)
    except json.JSONDecodeError as error:
        what = f"not valid JSON: {error.msg} at character {error.colno}"
        return Row(number, line, "", None, (Fault("bad-syntax", (), what, "one object on each line"),))
    except ValueError as error:
        what = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"not valid JSON: {error}"
        return Row(number, line, "", None, (Fault("bad-syntax", (), what, "one object on each line"),))
    return _mapped(data, number, line, reading)


def _mapped(data: object, number: int, line: int | None, reading: Reading, id_: str = "") -> Row:
    """A row from nested data: keys renamed, dotted keys spread out."""
    if not isinstance(data, Mapping):
        fault = Fault("wrong-type", (), "a profile must hold keys such as role", 'for example {"role": "..."}')
        return Row(number, line, id_, None, (fault,))
    if not reading.renames and not reading.ignored and not any("." in key for key in data):
        return _finished(number, line, dict(data), reading, {}, (), id_)
    answers: dict[str, object] = {}
    faults, columns = [], {}
    for column, value in data.items():
        key = reading.renames.get(column, column)
        if _is_ignored(column, key, reading):
            continue
        columns[key] = column
        path = key.split(".") if key.partition(".")[0] in KEYS else [key]
        if value is not None and (twice := put(answers, path, value)):
            faults.append(twice)
    answers = {k: listed(v) if k in KEYS else v for k, v in answers.items()}
    return _finished(number, line, answers, reading, columns, faults, id_)


# ---- YAML and folders


def _yaml(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    first = stream.peek(4096).removeprefix(_BOM).lstrip()[:1]
    if first == b"[":
        return _array(stream, name, reading)
    return _yaml_rows(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape"), name, reading)


def _array(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """A list in brackets: JSON is read item by item; YAML has to be held whole, so its size is limited."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape")
    items = _items(text)
    first = next(items, None)
    if first is not None and isinstance(first.value, Exception):
        return _to_the_end(_brackets(f"[{first.text}{text.read(LONGEST_LIST)}", name, reading), text)
    found = chain([first] if first else [], items)
    return _to_the_end((_item_row(item, number, reading) for number, item in enumerate(found, 1)), text)


class _Item(NamedTuple):
    """An item of a JSON list: the line it begins in, its text, and its value or what is wrong with it."""

    line: int
    text: str
    value: object


def _items(text: io.TextIOWrapper) -> Iterator[_Item]:
    """The items of a JSON list as they are read. One that cannot be read is the last: nobody knows where it ends."""
    decoder, ahead = json.JSONDecoder(), text.read(BLOCK)
    line = 1 + ahead.count("\n", 0, ahead.index("["))
    ahead = ahead[ahead.index("[") + 1 :]
    while True:
        between = len(ahead) - len(ahead.lstrip(" \t\r\n,"))
        line += ahead.count("\n", 0, between)
        ahead = ahead[between:]
        if ahead.startswith("]"):
            return
        value: object
        try:
            value, size = decoder.raw_decode(ahead)
        except (ValueError, RecursionError) as error:
            value, size = error, len(ahead)
        # A block may end within the item.
        if size == len(ahead) <= LONGEST_ROW and (more := text.read(BLOCK)):
            ahead += more
            continue
        yield _Item(line, ahead[:size], value)
        if isinstance(value, Exception):
            return
        line += ahead.count("\n", 0, size)
        ahead = ahead[size:]


def _item_row(item: _Item, number: int, reading: Reading) -> Row:
    fault = None
    if _is_broken(item.text):
        fault = Fault("not-utf-8", (), "not UTF-8 text", "save the file as UTF-8")
    elif isinstance(item.value, json.JSONDecodeError):
        where = item.line + item.value.lineno - 1
        what = f"not valid JSON: {item.value.msg} (line {where}); the rest of the list cannot be read"
        fault = Fault("bad-syntax", (), what, "mend this, or write the list as JSON Lines")
    elif isinstance(item.value, Exception):
        fault = Fault("bad-syntax", (), f"not valid JSON: {item.value}", "write the list as JSON Lines")
    if fault:
        return Row(number, item.line, "", None, (fault,))
    return _mapped(item.value, number, item.line, reading)


def _brackets(text: str, name: str, reading: Reading) -> Iterator[Row]:
    if len(text) > LONGEST_LIST:
        raise RoadmapError(f"{name}: YAML in brackets over {LONGEST_LIST:,} characters", "write it as JSON Lines")
    document = parse(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), name)
    if not isinstance(document.data, list):
        what = document.problems[0].message if document.problems else "not a list"
        raise RoadmapError(f"{name}: {what}", "a list of profiles is needed")
    return (_mapped(data, i, None, reading) for i, data in enumerate(document.data, 1))


def _yaml_rows(text: io.TextIOWrapper, name: str, reading: Reading) -> Iterator[Row]:
    """Items of a block list, each parsed by itself: an item begins with a dash as far left as the first one."""
    number, begin, mark, item = 0, 1, "", list[str]()
    for line, content in enumerate(text, 1):
        dashed = content.lstrip(" ")
        if not mark:
            if not dashed.strip() or dashed.startswith(("#", "---", "%")):
                continue
            if not dashed.startswith(("- ", "-\n")):
                raise RoadmapError(f"{name}:{line}: a list of profiles is needed", "begin each profile with a dash: -")
            mark = content[: len(content) - len(dashed)] + "-"
        elif content.startswith((mark + " ", mark + "\n")):
            number += 1
            yield _yaml_row("".join(item), name, number, begin, reading)
            item = []
        if not item:
            begin = line
        item.append(content)
        if sum(map(len, item)) > LONGEST_ROW if len(item) % 1000 == 0 else len(content) > LONGEST_ROW:
            raise RoadmapError(f"{name}:{begin}: a profile over {LONGEST_ROW:,} characters", "check the dashes")
    if item:
        yield _yaml_row("".join(item), name, number + 1, begin, reading)
    text.close()


def _yaml_row(text: str, name: str, number: int, line: int, reading: Reading) -> Row:
    if _is_broken(text):
        fault = Fault("not-utf-8", (), "not UTF-8 text", "save the file as UTF-8")
        return Row(number, line, "", None, (fault,))
    document = parse(text.removesuffix("...\n"), name)
    if document.problems:
        faults = tuple(Fault(p.id, (), f"{p.message} (line {line + p.line - 1})", p.hint) for p in document.problems)
        return Row(number, line, "", None, faults)
    items = document.data
    return _mapped(items[0] if isinstance(items, list) and items else None, number, line, reading)


def _folder(folder: Path, reading: Reading) -> Source:
    names = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in _PROFILES and p.is_file())
    if not names:
        raise RoadmapError(f"{folder}: no profiles in this folder", "profiles end in .yaml, .yml or .json")
    read = [0]

    def rows() -> Iterator[Row]:
        for number, name in enumerate(names, 1):
            read[0] = number
            yield _profile(folder / name, number, reading)

    return Source(rows(), lambda: read[0] / len(names))


def _profile(file: Path, number: int, reading: Reading) -> Row:
    try:
        document = parse(read_text(file), file.name)
    except RoadmapError as error:
        what = error.message.removeprefix(f"{file}: ")
        return Row(number, None, file.stem, None, (Fault("unreadable", (), what, error.hint),))
    if document.problems:
        faults = tuple(Fault(p.id, (), f"{p.message} (line {p.line})", p.hint) for p in document.problems)
        return Row(number, None, file.stem, None, faults)
    return _mapped(document.data, number, 1, reading, file.stem)


# ---- Parquet and frames


def _parquet(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    from roadmap.batch.parquet import read

    table = read(stream, name)
    _Shape(table.names, name, reading)
    return (from_record(record, number, reading) for number, record in enumerate(table.rows, 1))


def from_record(record: Mapping[Any, object], number: int, reading: Reading) -> Row:
    """A row of a frame: missing values and the types of numpy, pandas and arrow become plain ones."""
    given = {str(key): plain(value) for key, value in record.items()}
    return _mapped({k: v for k, v in given.items() if v is not None and v != ""}, number, None, reading)


def plain(value: object) -> object:
    """Python's own value for a scalar or list of a data frame; None for what is missing there (NaN, NaT, NA)."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return value_of("", value.strip()) if value[:1] in ("[", "{") else value
    if isinstance(value, datetime):
        return value.date() if value == value else None
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return value if value == value else None
    if isinstance(value, Mapping):
        return {str(k): p for k, v in value.items() if (p := plain(v)) is not None}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    try:
        return float(str(value))
    except ValueError:
        return str(value)
