"""A flag for every key of the profile, for every command that takes them: made once, here, from the fields."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any

import typer

from roadmap.model.problem import Fault
from roadmap.model.profile import FIELDS, Field

TYPED = {
    "hours_per_week": "hours",
    "budget_usd": "money",
    "start": "day",
    "deadline": "day",
    "breaks": "periods",
}
"""Keys whose flags are read as a person types them, by what they hold."""
_PLAIN = re.compile(
    r"-?\d+(?:\.\d{1,2})?|\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d)*)?|none"
)


def with_answers(command: Callable[..., None]) -> Callable[..., None]:
    """A command with a flag for each key of the profile; it receives them in `**flags`, as typed, None if not given.

    This is the one place that hands typer a signature which nobody wrote: typer reads options from a signature, and
    forty lines of them in every command would be forty places to forget a key. The flags stand after `--profile`,
    or at the end of a command that has no such option.
    """

    @wraps(command)
    def wrapper(**options: Any) -> None:
        command(**{k: _read(k, v, options.get("today")) if k in TYPED and v else v for k, v in options.items()})

    own = [p.replace(kind=p.KEYWORD_ONLY) for p in _written(command)]
    place = next((i for i, p in enumerate(own, 1) if p.name == "profile"), len(own))
    flags = [_parameter(field) for field in FIELDS]
    wrapper.__dict__["__signature__"] = inspect.Signature([*own[:place], *flags, *own[place:]])
    return wrapper


def _read(key: str, text: str, today: str | None) -> object:
    """Hours, money, days and periods as people type them. What cannot be read stays for the check of the profile.

    Raises UsageError for what could mean two things.
    """
    if _PLAIN.fullmatch(text) or text.startswith(("[", "{")):
        return text
    from roadmap.cli.boundary import today_or
    from roadmap.errors import UsageError
    from roadmap.model.typed import day_of, dollars_of, hours_of, periods_of

    match TYPED[key]:
        case "hours":
            found: object = hours_of(text)
        case "money":
            found = dollars_of(text)
        case "day":
            found = day_of(text, today_or(today))
        case _:
            found = periods_of(text, today_or(today))
            found = found if all(isinstance(p, dict) for p in found) else None
    if isinstance(found, Fault):
        raise UsageError(f"--{key.replace('_', '-')}: {found.message}", found.hint)
    if found is None:
        return text
    return found.isoformat() if isinstance(found, date) else found


def _written(command: Callable[..., None]) -> list[inspect.Parameter]:
    parameters = inspect.signature(command).parameters.values()
    return [p for p in parameters if p.kind is not p.VAR_KEYWORD]


def _parameter(field: Field) -> inspect.Parameter:
    option = typer.Option(field.flag, help=field.help, metavar=field.metavar, show_default=False)
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
    )
