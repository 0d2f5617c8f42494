"""A flag for every key of the profile, for every command that takes them: made once, here, from the fields."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from roadmap.model.profile import FIELDS, Field


def with_answers(command: Callable[..., None]) -> Callable[..., None]:
    """A command with a flag for each key of the profile; it receives them in `**flags`, as typed, None if not given.

    This is the one place that hands typer a signature which nobody wrote: typer reads options from a signature, and
    forty lines of them in every command would be forty places to forget a key. The flags stand after `--profile`,
    or at the end of a command that has no such option.
    """

    @wraps(command)
    def wrapper(**options: Any) -> None:
        command(**options)

    own = [p.replace(kind=p.KEYWORD_ONLY) for p in _written(command)]
    place = next((i for i, p in enumerate(own, 1) if p.name == "profile"), len(own))
    flags = [_parameter(field) for field in FIELDS]
    wrapper.__dict__["__signature__"] = inspect.Signature([*own[:place], *flags, *own[place:]])
    return wrapper


def _written(command: Callable[..., None]) -> list[inspect.Parameter]:
    parameters = inspect.signature(command).parameters.values()
    return [p for p in parameters if p.kind is not p.VAR_KEYWORD]


def _parameter(field: Field) -> inspect.Parameter:
    option = typer.Option(field.flag, help=field.help, metavar=field.metavar, show_default=False)
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
    )
