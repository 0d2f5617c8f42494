"""Printed plans read back: the JSON of `roadmap plan --format json` to what a comparison needs, or problems."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roadmap.loading.positions import Document
from roadmap.model.printed import PrintedPlan
from roadmap.model.problem import Fault, Problem

MOST_SHOWN = 5


def looks_printed(data: object) -> bool:
    """Whether plain data is meant to be a printed plan."""
    return isinstance(data, Mapping) and {"summary", "steps"} <= data.keys()


def read_printed(document: Document) -> tuple[PrintedPlan | None, list[Problem]]:
    """The plan of a document, or None and its first problems with their places."""
    adapter: TypeAdapter[PrintedPlan] = TypeAdapter(PrintedPlan)
    try:
        return adapter.validate_python(document.data), []
    except ValidationError as error:
        faults = [_fault(dict(e)) for e in error.errors(include_url=False)[:MOST_SHOWN]]
        return None, [document.problem(f) for f in faults]


def _fault(error: Mapping[str, Any]) -> Fault:
    path = tuple(error["loc"])
    name = str(path[-1]) if path else "the plan"
    hint = "print the plan again: roadmap plan --format json"
    if error["type"] == "missing":
        return Fault("missing-key", path[:-1], f'the key "{name}" is missing', hint)
    return Fault("bad-value", path, f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}", hint)
