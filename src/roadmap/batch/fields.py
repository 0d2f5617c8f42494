"""Fields picked out of a record: `id,finish,steps.start`."""

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from roadmap.batch.details import ALWAYS, SHAPES, Detail
from roadmap.errors import UsageError
from roadmap.model.problem import nearest

Tree = Mapping[str, Any]
"""Keys to what is picked below them; nothing below means all."""


def hints(shape: Any) -> dict[str, Any]:
    """The keys of a record's class with their types, marks included."""
    found = get_type_hints(shape, include_extras=True)
    return {key: get_args(kind)[0] if get_origin(kind) is NotRequired else kind for key, kind in found.items()}


def inner(kind: Any) -> Any:
    """What a type holds that may be missing or marked: its own type."""
    origin = get_origin(kind)
    if origin is Annotated or origin is NotRequired:
        return inner(get_args(kind)[0])
    if origin in (Union, UnionType):
        return inner(next(a for a in get_args(kind) if a is not NoneType))
    return kind


def detail_for(fields: Sequence[str], detail: Detail | None) -> Detail:
    """The least detail that has all fields, or the one asked for. Raises UsageError for a field that nobody knows."""
    if detail is None:
        having = (d for d in Detail if fields and all(_kind(f, d) is not None for f in fields))
        detail = next(having, Detail.DATES)
    for field in fields:
        if _kind(field, detail) is None:
            raise UsageError(f"--fields {field}: not in a record of --detail {detail}", _hint(field, detail))
    return detail


def _hint(field: str, detail: Detail) -> str:
    others = [d.value for d in Detail if _kind(field, d) is not None]
    if others:
        return f"--detail {others[0]} has it"
    return nearest(field, hints(SHAPES[detail])) or "fields: " + ", ".join(hints(SHAPES[detail]))


def _kind(field: str, detail: Detail) -> Any:
    """The type of a field, or None when there is no such field; in lists, that of an item's."""
    kind: Any = SHAPES[detail]
    for part in field.split("."):
        kind = inner(kind)
        if get_origin(kind) is list:
            kind = inner(get_args(kind)[0])
        if get_origin(kind) is dict:
            kind = get_args(kind)[1]
            continue
        if not hasattr(kind, "__total__") or part not in hints(kind):
            return None
        kind = hints(kind)[part]
    return kind


def flat_kind(field: str, detail: Detail) -> Any:
    """The type of a field that fits into a cell. Raises UsageError for a list or a mapping."""
    kind = inner(_kind(field, detail))
    if get_origin(kind) is Literal:
        return str
    if kind not in (str, int, float, bool) or _listed(field, detail):
        raise UsageError(f"--fields {field}: a table has one value in a cell", "write .jsonl, or name single values")
    return _kind(field, detail)


def _listed(field: str, detail: Detail) -> bool:
    parts = field.split(".")
    heads = (".".join(parts[:n]) for n in range(1, len(parts)))
    return any(get_origin(inner(_kind(head, detail))) is list for head in heads)


def tree_of(fields: Sequence[str]) -> Tree:
    """Fields as the keys to pick, with those that a record always has."""
    out: dict[str, Any] = {}
    for field in (*ALWAYS[:1], *ALWAYS[1:], *fields):
        here = out
        parts = field.split(".")
        for part in parts[:-1]:
            if here.get(part) == {} and part in here:
                break
            here = here.setdefault(part, {})
        else:
            here[parts[-1]] = {}
    return out


def picked(value: Any, tree: Tree) -> Any:
    """As much of a record as was asked for, in the record's own order."""
    if not tree:
        return value
    if isinstance(value, list):
        return [picked(v, tree) for v in value]
    if not isinstance(value, dict):
        return value
    return {key: picked(v, tree[key]) for key, v in value.items() if key in tree}


def at(record: Any, field: str) -> Any:
    """The value of a field with dots, None where there is none."""
    for part in field.split("."):
        record = record.get(part) if isinstance(record, dict) else None
    return record
