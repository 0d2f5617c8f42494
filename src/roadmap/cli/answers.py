"""A flag for every key of the profile: made once, here, from the fields, and read as people type them."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from roadmap.model.problem import Fault
from roadmap.model.profile import FIELDS, Field

TYPED = {"hours_per_week": "hours", "budget_usd": "money", "start": "day", "deadline": "day", "breaks": "periods"}
"""Keys whose flags are read as a person types them, by what they hold."""
_PLAIN = re.compile(
    r"-?\d+(?:\.\d{1,2})?|\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d)*)?|none"
)


def flags() -> list[inspect.Parameter]:
    """A parameter for each key of the profile."""
    return [_parameter(field) for field in FIELDS]


def read_flag(key: str, text: Any, today: str | None) -> object:
    """Hours, money, days and periods as people type them; anything else, and what cannot be read, as it is.

    Raises UsageError for what could mean two things.
    """
    if key not in TYPED or not isinstance(text, str) or not text:
        return text
    plain = _PLAIN.fullmatch(text) and not (TYPED[key] == "day" and text.isdecimal())
    if plain or text.startswith(("[", "{")):
        return text
    from roadmap.cli.boundary import today_or
    from roadmap.errors import UsageError
    from roadmap.model.months import planned_day
    from roadmap.model.typed import dollars_of, hours_of, periods_of

    match TYPED[key]:
        case "hours":
            found: object = hours_of(text)
        case "money":
            found = dollars_of(text)
        case "day":
            found = planned_day(key, text, today_or(today))
        case _:
            found = periods_of(text, today_or(today))
            found = found if all(isinstance(p, dict) for p in found) else None
    if isinstance(found, Fault):
        raise UsageError(f"--{key.replace('_', '-')}: {found.message}", found.hint)
    if found is None:
        return text
    if isinstance(found, date):
        _tell_month(key, text, found, today_or(today))
        return found.isoformat()
    return found


def read_flags(key: str, text: Any, today: str | None) -> Any:
    """Several values of a flag, each as `read_flag` reads it, as one text with commas between them.

    Raises UsageError for what could mean two things.
    """
    if TYPED.get(key, "periods") == "periods" or not isinstance(text, str):
        return text
    if TYPED[key] == "day" and (whole := read_flag(key, text, today)) != text:
        return whole  # December 1, 2027
    return ",".join(str(read_flag(key, part.strip(), today)) for part in text.split(","))


def _tell_month(key: str, text: str, day: date, today: date) -> None:
    """Say which day a month was taken for."""
    from roadmap.cli.boundary import say
    from roadmap.model.months import is_month
    from roadmap.render.numbers import day as day_words

    if is_month(text, today):
        say(f"--{key}: {text.strip()} is taken as {day_words(day)}.")


def _offered(key: str) -> list[str]:
    """The words that a key takes, where they are known: what the shell completes."""
    from roadmap.app.catalogues import read_catalogue
    from roadmap.model.fields import ANY_CLOUD, CERTIFICATIONS, LEVELS, NO_DOMAIN

    known = read_catalogue([])
    words = {
        "role": [r.id for r in known.roles.values() if r.start],
        "target": [r.id for r in known.roles.values() if r.target],
        "level": LEVELS,
        "goals": known.goals,
        "cloud": [*known.clouds, ANY_CLOUD],
        "domain": [*known.specialisations, NO_DOMAIN],
        "certifications": CERTIFICATIONS,
        "country": known.countries,
    }
    return list(words.get(key, ()))


def _completing(key: str) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        begun, comma, last = incomplete.rpartition(",")
        return [f"{begun}{comma}{word}" for word in _offered(key) if word.startswith(last)]

    return complete


def _parameter(field: Field) -> inspect.Parameter:
    option = typer.Option(
        field.flag, help=field.help, metavar=field.metavar, show_default=False, autocompletion=_completing(field.name)
    )
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
    )
