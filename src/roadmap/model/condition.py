"""What a condition of the catalogue means: the same for rules, questions, lines of advice and projects."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from roadmap.model.person import Profile
from roadmap.model.terms import Condition


def holds(condition: Condition, profile: Profile) -> bool:
    """Whether a condition is true of a person; an empty condition always is."""
    # Not all(): this is asked a thousand times for each plan, and a generator would take as long as what it asks.
    for key, wanted in condition.given.items():  # noqa: SIM110
        if not MEANINGS[key](wanted, profile):
            return False
    return True


class Conditional(Protocol):
    """An entry that speaks only of those whom its condition is true of."""

    when: Condition


Entry = TypeVar("Entry", bound=Conditional)


def for_role(entries: Iterable[Entry], role: str) -> list[Entry]:
    """The entries that could be true of somebody who starts from a role, so that nobody asks the others again."""
    return [one for one in entries if not one.when.role or role in one.when.role]


def _is(key: str) -> Callable[[Collection[str], Profile], bool]:
    """Whether an answer is one of those wanted."""
    return lambda wanted, person: getattr(person, key) in wanted


def _has(key: str) -> Callable[[Collection[str], Profile], bool]:
    """Whether one of several answers is among those wanted."""
    return lambda wanted, person: any(one in wanted for one in getattr(person, key))


def _below(levels: Mapping[str, int], person: Profile) -> bool:
    return all(person.have.get(s, 0) < level for s, level in levels.items())


def _from(levels: Mapping[str, int], person: Profile) -> bool:
    return all(person.have.get(s, 0) >= level for s, level in levels.items())


# One line for each key of a condition; a key that is not given asks nothing.
MEANINGS: Mapping[str, Callable[[Any, Profile], bool]] = {
    "role": _is("role"),
    "target": _is("target"),
    "level": _is("level"),
    "goal": _has("goals"),
    "cloud": _is("cloud"),
    "domain": _is("domain"),
    "certifications": _is("certifications"),
    "holds": _has("holds"),
    "hours_below": lambda hours, person: person.hours_per_week < hours,
    "hours_from": lambda hours, person: person.hours_per_week >= hours,
    "budget_below": lambda usd, person: person.budget_usd is not None and person.budget_usd < usd,
    "background": _has("background"),
    "country": _is("country"),
    "deadline": lambda wanted, person: (person.deadline is not None) == wanted,
    "later_start": lambda wanted, person: person.later_start == wanted,
    "review": lambda wanted, person: person.review == wanted,
    "skill_below": _below,
    "skill_from": _from,
    "none_of": lambda conditions, person: not any(holds(one, person) for one in conditions),
    "any_of": lambda conditions, person: any(holds(one, person) for one in conditions),
}
