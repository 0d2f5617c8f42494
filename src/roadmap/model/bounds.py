"""Limits of values, written beside their types and checked at the door.

The model does not import the library that checks it: a limit only answers when that library asks.
"""

from typing import Any


class Bound:
    """Limits of a number (`ge`, `gt`, `le`) or of a length (`min_length`, `max_length`)."""

    def __init__(self, **limits: float) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The schema of the type with these limits added."""
        schema = handler(source)
        schema.update(self.limits)
        return schema
