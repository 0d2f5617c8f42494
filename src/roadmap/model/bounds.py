"""What an annotation says beside a type: limits of values, and whose ids they are. Checked at the door.

The model does not import the library that checks it: a limit only answers when that library asks.
"""

from typing import Any

# What an entry may be covered by, or live in, when it is named as kind:id.
PLACES = ("skills", "roles", "modules", "resources", "certifications", "specialisations", "paths", "guides")


class Bound:
    """Limits of a number (`ge`, `gt`, `le`) or of a length (`min_length`, `max_length`)."""

    def __init__(self, **limits: float) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The schema of the type with these limits added."""
        schema = handler(source)
        schema.update(self.limits)
        return schema


class Ref:
    """Says that a text is the id of an entry of this kind, or one of the other words given."""

    def __init__(self, kind: str, *other: str) -> None:
        self.kind = kind
        self.other = other

    def named(self, value: str) -> tuple[str, str] | None:
        """Kind and id of the entry that a value names; None if it is one of the other words."""
        return None if value in self.other else (self.kind, value)


class PlaceRef(Ref):
    """Says that a text names an entry as kind:id."""

    def named(self, value: str) -> tuple[str, str] | None:
        """Kind and id of the entry; the first kind and the whole text where the kind is none that is allowed."""
        kind, _, id_ = value.partition(":")
        return (kind, id_) if kind in PLACES else (self.kind, value)
