"""Options that take plain values without ado: the one place that goes around typer, for the speed of every start.

typer builds a validator for each option of a command as soon as it is called, which imports pydantic and costs a
start with forty options half as much again. Absent values, text, paths and names of choices need none; everything
else, and every value that is wrong, still goes through it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from typer.core import TyperCommand

from roadmap.cli.boundary import LONGEST_MESSAGE, visible

# A word that is longer than any that somebody reads, and as much of it as is repeated.
_LONG = re.compile(r"(\S{80})\S{40,}")


# What the library behind typer says of values, and how people say it.
_NOT_FOR_PEOPLE = re.compile(
    r"^Value error, |Input should be a valid (integer|number), unable to parse string as an? \w+"
)
_PLAINLY = {"integer": "it must be a whole number", "number": "it must be a number"}


@contextmanager
def in_short() -> Iterator[None]:
    """What typer says of words that it cannot take, which repeats them however long they are and whatever they hold."""
    try:
        yield
    except Exception as error:
        # Versions of typer keep the class of these errors in different places; all know how to say what is wrong.
        said = getattr(error, "message", None) if hasattr(error, "format_message") else None
        if isinstance(said, str):
            said = _NOT_FOR_PEOPLE.sub(lambda found: _PLAINLY.get(found[1] or "", ""), said)
            error.__dict__["message"] = _LONG.sub(r"\1...", visible(said))[:LONGEST_MESSAGE]
        raise


class QuickCommand(TyperCommand):
    """A command whose options take plain values without ado."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, --help among them."""
        return [quick(option) for option in super().get_params(ctx)]


def quick(option: Any) -> Any:
    """The option, letting plain values through."""
    if "process_value" in vars(option):
        return option
    process = option.process_value
    kind = getattr(getattr(option, "type_descriptor", None), "annotation", None)

    def process_quickly(ctx: Any, value: Any) -> Any:
        if value is None and not option.required:
            return None
        if option.callback is None:
            if kind in (str, Path) and isinstance(value, str):
                return kind(value)
            if isinstance(kind, type) and issubclass(kind, StrEnum) and value in list(kind):
                return kind(value)
            if kind in (list[Path], list[str]) and value and isinstance(value, (list, tuple)):
                return [get_args(kind)[0](one) for one in value]
        return process(ctx, value)

    option.process_value = process_quickly
    return option
