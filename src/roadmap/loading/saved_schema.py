"""The JSON Schema of a saved plan, made from the keys and kinds that reading it checks."""

from dataclasses import fields
from typing import Any

from roadmap.loading.saved import FORMAT
from roadmap.model.journal import EVENT_KEYS, RESULTS, Baseline
from roadmap.model.recorded import FASTEST, LONGEST, LONGEST_NOTE, MOST_BACK, MOST_HOURS, SLOWEST

_DAY = {"type": "string", "format": "date"}
_HOURS = {"type": "number", "minimum": 0, "maximum": MOST_HOURS}
# Hours that were logged by mistake are taken back with a number below nothing.
_LOGGED = {"type": "number", "minimum": -MOST_BACK, "maximum": MOST_HOURS}
_TEXT = {"type": "string", "maxLength": LONGEST}
_LEVELS = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 4}}
_VALUES: dict[str, Any] = {
    "date": _DAY,
    "from": _DAY,
    "to": _DAY,
    "deadline": _DAY,
    "made_on": _DAY,
    "finish": _DAY,
    "hours": _HOURS,
    "spent": _HOURS,
    "pace": {"type": "number", "minimum": FASTEST, "maximum": SLOWEST},
    "anyway": {"type": "boolean"},
    "text": {"type": "string", "maxLength": LONGEST_NOTE},
    "result": {"enum": list(RESULTS)},
    "teaches": _LEVELS,
    "was": {"type": "object"},
    "made": {"type": "object"},
}


def saved_schema(profile: dict[str, Any]) -> dict[str, Any]:
    """The schema of a saved plan whose answers keep to the schema `profile`; days are text, as JSON has them."""
    promise = _object(("start", "finish", "hours"), (), {"start": _DAY})
    steps = {"type": ["object", "null"], "additionalProperties": promise}
    events = [
        _object(("date", "event", *must), ("id", *may), {"event": {"const": kind}, "hours": _LOGGED})
        for kind, (must, may) in EVENT_KEYS.items()
    ]
    return _object(
        ("format", "catalogue", "profile", "baseline", "journal"),
        ("overlays", "id"),
        {
            "format": {"const": FORMAT},
            "profile": {**profile, "required": [*profile["required"], "start"]},
            "baseline": _object(tuple(f.name for f in fields(Baseline)), (), {"steps": steps}),
            "journal": {"type": ["array", "null"], "items": {"oneOf": events}},
            "overlays": {"type": "array", "items": {"type": "string"}},
        },
    )


def _object(must: tuple[str, ...], may: tuple[str, ...], own: dict[str, Any]) -> dict[str, Any]:
    properties = {key: own.get(key) or _VALUES.get(key, _TEXT) for key in (*must, *may)}
    return {"type": "object", "required": list(must), "additionalProperties": False, "properties": properties}
