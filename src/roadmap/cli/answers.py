"""Flags for every key of the profile, for commands that plan: written once, so that a new key is a flag everywhere."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from roadmap.cli.commands import field_option
from roadmap.model.profile import FIELDS


def with_answers(command: Callable[..., None]) -> Callable[..., None]:
    """A command with a flag for each key of the profile; it receives them as keyword arguments, None if not given."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        command(*args, **kwargs)

    own = inspect.signature(command)
    flags = [
        inspect.Parameter(
            f.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, field_option(f.name)],
        )
        for f in FIELDS
    ]
    kept = [p for p in own.parameters.values() if p.kind is not p.VAR_KEYWORD]
    wrapper.__dict__["__signature__"] = own.replace(parameters=[*kept, *flags])
    return wrapper
