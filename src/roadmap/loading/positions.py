"""Text to plain data that remembers where it stood. The only importer of yaml.

Differences from plain YAML, each to save an author from a surprise: `no`, `on` and `12:30` stay text, so do dates
and `010`; a key given twice is a problem instead of silently winning; aliases are refused.
"""

import gc
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import yaml

from roadmap.model.problem import MORE, Fault, Faults, Path, Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\Z")
_TAG = "tag:yaml.org,2002:"
# Longer numbers are text: no quantity has as many digits, and the interpreter refuses to read or print them.
MOST_DIGITS = 300
DEEPEST = 40
LARGEST_FILE = 5_000_000
LARGE = 500_000
LONGEST_MESSAGE = 500
# Values take a thousand times the memory of their characters.
MOST_VALUES = 800_000


@dataclass
class Document:
    """A file that was read: its data, and enough of its structure to point at any value."""

    name: str
    text: str
    data: object = None
    root: yaml.Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _lines: list[str] | None = None
    _places: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict)

    def problem(self, fault: Fault) -> Problem:
        """The fault with its place; a missing key points at what should hold it."""
        line, column, width = (0, 0, 1) if fault.id == MORE else self._locate(fault.path, at_key=fault.at_key)
        if self._lines is None:
            self._lines = self.text.splitlines()
        excerpt = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        # Many messages repeat what was written, however long it is.
        said = fault.message if len(fault.message) <= LONGEST_MESSAGE else f"{fault.message[:LONGEST_MESSAGE]}..."
        return Problem(fault.id, fault.severity, self.name, line, column, said, fault.hint, excerpt, width)

    def _locate(self, path: Path, *, at_key: bool) -> tuple[int, int, int]:
        node = self.root
        if node is None:
            return (1, 1, 1) if self.text else (0, 0, 1)
        for depth, part in enumerate(path):
            inner, key = self._child(node, part)
            if inner is None:
                break
            last = depth == len(path) - 1
            node = key if last and at_key and key is not None else inner
        mark, end = node.start_mark, node.end_mark
        width = end.column - mark.column if end.line == mark.line else 1
        return mark.line + 1, mark.column + 1, max(1, width)

    def _child(self, node: yaml.Node, part: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
        """What a part of a path leads to, and its key. Mappings are indexed once, since they can be long."""
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._places:
                self._places[id(node)] = {k.value: (v, k) for k, v in node.value if isinstance(k, yaml.ScalarNode)}
            return self._places[id(node)].get(str(part), (None, None))
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part], None
        return None, None


@contextmanager
def unswept(*, large: bool = True) -> Iterator[None]:
    """No search for garbage while a tree grows: nothing of it is garbage, and looking takes most of the time.

    A large one is not looked through later either; it goes when nobody refers to it any more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if large:
            gc.freeze()
        if enabled:
            gc.enable()


def parse(text: str, name: str) -> Document:
    """Read YAML or JSON. Never raises for bad text: what is wrong is in `problems`, and `data` is then None."""
    document = Document(name, text)
    if len(text) > LARGEST_FILE:
        document.problems.append(
            Problem(
                "too-large",
                "error",
                name,
                0,
                0,
                f"the file has {len(text):,} characters",
                f"at most {LARGEST_FILE:,} are read",
            )
        )
        return document
    if text.count(",") + text.count(":") + text.count("- ") > MOST_VALUES:
        hint = "no plan, profile or catalogue needs as many"
        message = f"the file holds more than {MOST_VALUES:,} values"
        document.problems.append(Problem("too-large", "error", name, 0, 0, message, hint))
        return document
    try:
        builder = _Builder()
        with unswept(large=len(text) > LARGE):
            document.root = yaml.compose(text, Loader=_LOADER)
            document.data = builder.build(document.root, (), 0) if document.root else None
    except yaml.YAMLError as error:
        _syntax(document, error)
    except RecursionError:
        document.problems.append(Problem("too-deep", "error", name, 1, 1, "the file is nested too deeply"))
    else:
        document.problems.extend(document.problem(f) for f in builder.faults.closed())
        if builder.faults and any(f.id in ("alias", "too-deep") for f in builder.faults):
            document.data = None
    return document


def _syntax(document: Document, error: yaml.YAMLError) -> None:
    try:
        document.data = json.loads(
            document.text, parse_int=whole_number, parse_float=decimal_number, parse_constant=str
        )
        return
    except (ValueError, RecursionError):
        pass
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = document.text.splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    document.problems.append(
        Problem(
            "bad-syntax",
            "error",
            document.name,
            line,
            column,
            f"not valid YAML: {what}",
            "check indentation, colons and quotes on this line",
            excerpt,
        )
    )


class _Builder:
    def __init__(self) -> None:
        self.faults = Faults()
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path, depth: int) -> object:
        if isinstance(node, yaml.ScalarNode):
            return scalar(node)
        if depth > DEEPEST:
            self.faults.append(Fault("too-deep", path, f"nested more than {DEEPEST} levels deep"))
            return None
        if id(node) in self._seen:
            self.faults.append(Fault("alias", path, "YAML aliases (*name) are not supported", "write the value out"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.Node, path: Path, depth: int) -> Mapping[str, object]:
        out: dict[str, object] = {}
        for key, value in node.value:
            name = sys.intern(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if name in out:
                self.faults.append(
                    Fault(
                        "duplicate-key",
                        (*path, name),
                        f'the key "{name}" is given twice',
                        "keep one of them",
                        at_key=True,
                    )
                )
            out[name] = self.build(value, (*path, name), depth + 1)
        return out


def scalar(node: yaml.ScalarNode) -> object:
    """The value of a scalar: null, true, false, whole and decimal numbers; everything else is text."""
    # Ids and days stand in many places: a compiled catalogue holds each of them once.
    value: str = sys.intern(node.value)
    if node.tag == _TAG + "str" or node.style in ("'", '"', "|", ">"):
        return value
    if node.tag == _TAG + "null":
        return None
    if value in ("true", "True", "false", "False"):
        return value.lower() == "true"
    if _INT.match(value):
        return whole_number(value)
    return decimal_number(value) if _FLOAT.match(value) else value


def whole_number(digits: str) -> int | str:
    """A whole number as it was written; one that is too long to be a quantity stays text."""
    return int(digits) if len(digits) <= MOST_DIGITS else digits


def decimal_number(digits: str) -> float | str:
    """A decimal number as it was written; one that is beyond all numbers stays text, as NaN and Infinity do."""
    number = float(digits)
    return number if abs(number) < float("inf") else digits
