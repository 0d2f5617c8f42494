"""Values of the model as JSON: one walk for all that commands print but the plan itself, whose keys are a contract."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    """Days as ISO days, tuples as lists, classes and named tuples as objects with the names of their fields."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def pick(thing: object, *names: str) -> dict[str, Any]:
    """Some attributes of a thing under their own names."""
    return {name: plain(getattr(thing, name)) for name in names}


def json_text(value: Any) -> str:
    """A value as it is printed for scripts, with a final newline."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n"
