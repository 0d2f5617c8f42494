"""The first pass over a catalogue file: keys and types of every entry, checked against the classes of the model."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roadmap.loading.annotations import inner, keys, kinds, meaning
from roadmap.model.catalogue import Header
from roadmap.model.problem import MOST_FAULTS, Fault, Faults, Path, nearest
from roadmap.model.recorded import short

KINDS = kinds()
HEADER = tuple(f.name for f in fields(Header))


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """The validator of a class; building one costs milliseconds, so each is built once."""
    return TypeAdapter(kind)


def shape(kind: type, data: object, path: Path, faults: Faults) -> Any:
    """An object of `kind` made from plain data, or None with every fault of it added to `faults`."""
    try:
        return adapter(kind).validate_python(data)
    except ValidationError as error:
        if faults.passed_over():
            faults.more += error.error_count() - 1
            return None
        found = error.errors(include_url=False, include_context=True)
        faults += [_fault(kind, path, dict(e)) for e in found[:MOST_FAULTS]]
        faults.more += max(0, len(found) - MOST_FAULTS)
        return None


def _fault(kind: type, path: Path, error: Mapping[str, Any]) -> Fault:
    where = (*path, *error["loc"])
    name = str(where[-1]) if where else "the file"
    match error["type"]:
        case "missing" | "missing_keyword_only_argument" | "missing_argument":
            return Fault("missing-key", where[:-1], f'the key "{name}" is missing', f"add {name}:")
        case "extra_forbidden" | "unexpected_keyword_argument":
            known = [f.name for f in fields(kind)] if len(error["loc"]) == 1 else []
            return Fault("unknown-key", where, f"unknown key {short(name)}", nearest(name, known), at_key=True)
        case "dataclass_type" | "dict_type" | "mapping_type":
            return Fault("wrong-type", where, f"{name} must be a mapping of keys to values")
        case "tuple_type" | "list_type":
            return Fault("wrong-type", where, f"{name} must be a list")
        case "literal_error":
            expected = error["ctx"]["expected"]
            return Fault("bad-value", where, f"{name} cannot be {short(error['input'])}", f"one of: {expected}")
        case "too_short":
            least, there = error["ctx"]["min_length"], error["ctx"]["actual_length"]
            return Fault("bad-value", where, f"{name} must have at least {least}, not {there}", "add what is missing")
    message = error["msg"][:1].lower() + error["msg"][1:]
    return Fault("bad-value", where, f"{name}: {message}")


def json_schema() -> dict[str, Any]:
    """JSON Schema of a catalogue file: any of the kinds, the keys of the entry file, what overlays retire."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    header = adapter(Header).json_schema(ref_template="#/$defs/{model}")
    definitions.update(header.pop("$defs", {}))
    properties.update(header["properties"])
    for key, kind in KINDS.items():
        one = adapter(kind).json_schema(ref_template="#/$defs/{model}")
        definitions.update(one.pop("$defs", {}))
        definitions.setdefault(kind.__name__, one)
        properties[key] = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
    ids = {"type": "array", "items": {"type": "string"}}
    properties["retire"] = {
        "type": "object",
        "description": "Overlays only: ids of built-in entries to remove, by kind.",
        "additionalProperties": False,
        "properties": dict.fromkeys(KINDS, ids),
    }
    done: set[type] = {Header, *KINDS.values()}
    for kind in [*done, *(found for outer in [*done] for found in inner(outer, done))]:
        described = properties if kind is Header else definitions[kind.__name__]["properties"]
        for key, hint in keys(kind).items():
            described[key]["description"] = meaning(hint)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "roadmap:catalogue:1",
        "title": "roadmap catalogue file",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }
