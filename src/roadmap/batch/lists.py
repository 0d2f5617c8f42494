"""Profiles in lists: JSON Lines, YAML and JSON lists, folders of profiles; one at a time, never the whole input."""

import io
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from roadmap.batch.codec import loads
from roadmap.batch.lines import lines_of, pass_over
from roadmap.batch.row import BOM, LONGEST_ROW, Reading, Row, RowSource, is_broken, mapped
from roadmap.errors import RoadmapError
from roadmap.loading.positions import parse
from roadmap.loading.source import read_text
from roadmap.model.problem import Fault

LONGEST_LIST = 5_000_000
BLOCK = 1 << 16  # characters
_PROFILES = (".yaml", ".yml", ".json")


def to_the_end(rows: Iterator[Row], stream: io.BufferedReader | io.TextIOWrapper) -> Iterator[Row]:
    """Rows, and then the stream they came from is closed."""
    with stream:
        yield from rows


# ---- JSON Lines


def json_lines(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """The rows of a file with an object on each line."""
    number = line = 0
    while raw := stream.readline(LONGEST_ROW + 1):
        line += 1
        if line == 1:
            raw = raw.removeprefix(BOM)
        if len(raw) > LONGEST_ROW:
            number += 1
            if not raw.endswith(b"\n"):
                pass_over(stream, name)
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
        what = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"not valid JSON: {_why(error)}"
        return Row(number, line, "", None, (Fault("bad-syntax", (), what, "one object on each line"),))
    return mapped(data, number, line, reading)


def _why(error: Exception) -> str:
    """What the interpreter says of long numbers would tell people how to change the interpreter."""
    return "a number has too many digits" if "integer string conversion" in str(error) else str(error)


# ---- YAML and folders


def yaml_list(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """The rows of a list in YAML or JSON."""
    first = stream.peek(4096).removeprefix(BOM).lstrip()[:1]
    if first == b"[":
        return _array(stream, name, reading)
    return _yaml_rows(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape"), name, reading)


def _array(stream: io.BufferedReader, name: str, reading: Reading) -> Iterator[Row]:
    """A list in brackets: JSON is read item by item; YAML has to be held whole, so its size is limited."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape")
    items = _items(text)
    first = next(items, None)
    if first is not None and isinstance(first.value, Exception):
        return to_the_end(_brackets(f"[{first.text}{text.read(LONGEST_LIST)}", name, reading), text)
    found = chain([first] if first else [], items)
    return to_the_end((_item_row(item, number, reading) for number, item in enumerate(found, 1)), text)


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
    if is_broken(item.text):
        fault = Fault("not-utf-8", (), "not UTF-8 text", "save the file as UTF-8")
    elif isinstance(item.value, json.JSONDecodeError):
        where = item.line + item.value.lineno - 1
        what = f"not valid JSON: {item.value.msg} (line {where}); the rest of the list cannot be read"
        fault = Fault("bad-syntax", (), what, "mend this, or write the list as JSON Lines")
    elif isinstance(item.value, Exception):
        fault = Fault("bad-syntax", (), f"not valid JSON: {_why(item.value)}", "write the list as JSON Lines")
    if fault:
        return Row(number, item.line, "", None, (fault,))
    return mapped(item.value, number, item.line, reading)


def _brackets(text: str, name: str, reading: Reading) -> Iterator[Row]:
    if len(text) > LONGEST_LIST:
        raise RoadmapError(f"{name}: YAML in brackets over {LONGEST_LIST:,} characters", "write it as JSON Lines")
    document = parse(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), name)
    if not isinstance(document.data, list):
        what = document.problems[0].message if document.problems else "not a list"
        raise RoadmapError(f"{name}: {what}", "a list of profiles is needed")
    return (mapped(data, i, None, reading) for i, data in enumerate(document.data, 1))


def _yaml_rows(text: io.TextIOWrapper, name: str, reading: Reading) -> Iterator[Row]:
    """Items of a block list, each parsed by itself: an item begins with a dash as far left as the first one."""
    number, begin, mark, item = 0, 1, "", list[str]()
    for line, content in enumerate(lines_of(text, name), 1):
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
    if is_broken(text):
        fault = Fault("not-utf-8", (), "not UTF-8 text", "save the file as UTF-8")
        return Row(number, line, "", None, (fault,))
    document = parse(text.removesuffix("...\n"), name)
    if document.problems:
        faults = tuple(Fault(p.id, (), f"{p.message} (line {line + p.line - 1})", p.hint) for p in document.problems)
        return Row(number, line, "", None, faults)
    items = document.data
    return mapped(items[0] if isinstance(items, list) and items else None, number, line, reading)


def profiles_in(folder: Path, reading: Reading) -> RowSource:
    """The profiles of a folder, in the order of their names."""
    names = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in _PROFILES and p.is_file())
    if not names:
        raise RoadmapError(f"{folder}: no profiles in this folder", "profiles end in .yaml, .yml or .json")
    read = [0]

    def rows() -> Iterator[Row]:
        for number, name in enumerate(names, 1):
            read[0] = number
            yield _profile(folder / name, number, reading)

    return RowSource(rows(), lambda: read[0] / len(names))


def _profile(file: Path, number: int, reading: Reading) -> Row:
    try:
        document = parse(read_text(file), file.name)
    except RoadmapError as error:
        what = error.message.removeprefix(f"{file}: ")
        return Row(number, None, file.stem, None, (Fault("unreadable", (), what, error.hint),))
    if document.problems:
        faults = tuple(Fault(p.id, (), f"{p.message} (line {p.line})", p.hint) for p in document.problems)
        return Row(number, None, file.stem, None, faults)
    return mapped(document.data, number, 1, reading, file.stem)
