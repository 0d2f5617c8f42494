"""Options that take plain values without ado: the one place that goes around typer, for the speed of every start.

typer builds a validator for each option of a command as soon as it is called, which imports pydantic and costs a
start with forty options half as much again. Absent values, text, paths and names of choices need none; everything
else, and every value that is wrong, still goes through it. An option that takes one value and is given two is refused:
the parser would keep the last one without a word.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, get_args

from typer.core import TyperCommand

from roadmap.cli.boundary import LONGEST_MESSAGE, silence, visible
from roadmap.errors import UsageError

# A word that is longer than any that somebody reads, and as much of it as is repeated.
_LONG = re.compile(r"(\S{80})\S{40,}")


# What the library behind typer says of values, and how people say it.
_NOT_FOR_PEOPLE = re.compile(
    r"^Value error, |Input should be a valid (integer|number), unable to parse string as an? \w+"
)
_PLAINLY = {"integer": "it must be a whole number", "number": "it must be a number"}
SEVERAL = ",..."
"""How the name of a value ends that is a list, its parts behind commas."""


@contextmanager
def in_short() -> Iterator[None]:
    """What typer says of words that it cannot take, which repeats them however long they are and whatever they hold."""
    try:
        yield
    except Exception as error:
        # Versions of typer keep the class of these errors in different places; all know how to say what is wrong.
        said = getattr(error, "message", None) if hasattr(error, "format_message") else None
        show = getattr(error, "show", None)
        if isinstance(said, str) and show is not None:
            said = _NOT_FOR_PEOPLE.sub(lambda found: _PLAINLY.get(found[1] or "", ""), said)
            error.__dict__["message"] = _LONG.sub(r"\1...", visible(said))[:LONGEST_MESSAGE]
            error.__dict__["show"] = partial(_shown, show)
        raise


def _shown(show: Callable[[], None]) -> None:
    """Say what is wrong with words. Where nobody can be told, the code says it alone."""
    try:
        show()
    except OSError:
        silence(sys.stderr)


class QuickCommand(TyperCommand):
    """A command whose options take plain values without ado."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, --help among them."""
        return [quick(option) for option in super().get_params(ctx)]

    def invoke(self, ctx: Any) -> Any:
        """The command, unless it would write over what it reads."""
        _spare_inputs(ctx.params)
        return super().invoke(ctx)


def quick(option: Any) -> Any:
    """The option, letting plain values through."""
    if "process_value" in vars(option):
        return option
    if option.param_type_name == "option" and not (option.multiple or option.count or option.is_flag):
        _keep_all(option)
    process = option.process_value
    kind = getattr(getattr(option, "type_descriptor", None), "annotation", None)

    def process_quickly(ctx: Any, value: Any) -> Any:
        if isinstance(value, list) and option.param_type_name == "option" and not option.multiple:
            value = _only(option, value)
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


def _keep_all(option: Any) -> None:
    """Let the parser hand over every value of an option that takes one."""
    add = option.add_to_parser

    def add_as_several(parser: Any, ctx: Any) -> None:
        option.multiple = True
        try:
            add(parser, ctx)
        finally:
            option.multiple = False

    option.add_to_parser = add_as_several


def _only(option: Any, values: list[Any]) -> Any:
    """The one value that was given, be it twice, and of a list all of them. Raises UsageError for two that differ."""
    given = list(dict.fromkeys(map(str, values)))
    if given[1:] and (option.metavar or "").endswith(SEVERAL):
        return ",".join(given)
    if given[1:]:
        name = max(option.opts, key=len)
        shown = " and ".join(f'"{v[:40]}"' for v in given[:2])
        raise UsageError(f"{name} is given twice, as {shown}", "leave one of them out")
    return values[-1]


def _spare_inputs(given: Mapping[str, object]) -> None:
    """Raises UsageError where --output names a file that another option or argument names as well."""
    output = given.get("output")
    if isinstance(output, (str, Path)):
        named = (v if isinstance(v, list) else [v] for key, v in given.items() if key != "output")
        spare(Path(output), (one for several in named for one in several if isinstance(one, Path)))


def spare(output: Path | None, read: Iterable[Path]) -> None:
    """Raises UsageError where a file that is to be written is one of those that are read."""
    if output is None or str(output) == "-" or not output.is_file():
        return
    if any(one.exists() and one.samefile(output) for one in read):
        raise UsageError(f"{output}: this command reads it, and would write over it", "name another file")
