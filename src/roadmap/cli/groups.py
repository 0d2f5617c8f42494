"""The one place that hands typer a signature which nobody wrote: groups of options, and a flag for each profile key.

typer reads options from a signature. Written out in every command, the forty flags of a profile would be forty places
to forget a key, and what all screens share would stand in each of them again.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any

from roadmap.cli.answers import flags, read_flag, read_flags


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer is to see it; the command itself is called with groups, and with flags as `read_flag` does.

    A parameter whose type is a dataclass is a group: an option for each of its fields, in their order. With `**flags`
    a command receives a flag for each key of the profile, None where it was not given; they stand after `--profile`.
    """
    return _grouped(command, read_flag)


def grouped_for_several(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that takes several values in a flag, with commas between them."""
    return _grouped(command, read_flags)


def _grouped(command: Callable[..., None], read: Callable[[str, Any, str | None], object]) -> Callable[..., None]:
    written = inspect.signature(command).parameters.values()
    groups: dict[str, Any] = {p.name: p.annotation for p in written if is_dataclass(p.annotation)}
    own = [one for p in written if p.kind is not p.VAR_KEYWORD for one in _seen(p)]
    if any(p.kind is p.VAR_KEYWORD for p in written):
        place = next((i for i, p in enumerate(own, 1) if p.name == "profile"), len(own))
        own[place:place] = flags()

    @wraps(command)
    def wrapper(**options: Any) -> None:
        today = options.get("today")
        typed = {k: read(k, v, today) for k, v in options.items()}
        made = {name: group(**_taken(typed, (f.name for f in fields(group)))) for name, group in groups.items()}
        command(**typed, **made)

    wrapper.__dict__["__signature__"] = inspect.Signature(own)
    return wrapper


def _seen(parameter: inspect.Parameter) -> list[inspect.Parameter]:
    """The options of a group, or the parameter as it is."""
    keyword = parameter.KEYWORD_ONLY
    if not is_dataclass(parameter.annotation):
        return [parameter.replace(kind=keyword)]
    return [
        inspect.Parameter(f.name, keyword, default=f.default, annotation=f.type) for f in fields(parameter.annotation)
    ]


def _taken(options: dict[str, Any], names: Iterable[str]) -> Mapping[str, Any]:
    return {name: options.pop(name) for name in names}
