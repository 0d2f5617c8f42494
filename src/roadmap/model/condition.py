"""When something of the catalogue applies to somebody: the same for rules, questions, lines of advice and projects.

A new key is a line of `Condition` and a line of `MEANINGS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol, TypeVar

from roadmap.model.bounds import Ref
from roadmap.model.ids import (
    BackgroundId,
    CertificationId,
    CountryId,
    GoalId,
    Levels,
    RoleId,
    RoleLevel,
    Strict,
    Text,
)
from roadmap.model.person import Profile


@dataclass(kw_only=True, eq=False, repr=False)
class Condition(Strict):
    """When a rule, a line of advice or a project applies. All the keys given must hold; a list means any of these."""

    role: Annotated[tuple[RoleId, ...], "Starting roles."] = ()
    target: Annotated[tuple[RoleId, ...], "Roles aimed at."] = ()
    level: Annotated[tuple[RoleLevel, ...], "Levels aimed at."] = ()
    goal: Annotated[tuple[GoalId, ...], "Goals, of which one must be wished for."] = ()
    cloud: Annotated[tuple[Annotated[Text, Ref("clouds", "any")], ...], "Clouds, or any."] = ()
    domain: Annotated[tuple[Annotated[Text, Ref("specialisations", "none")], ...], "Specialisations, or none."] = ()
    certifications: Annotated[tuple[Literal["none", "one", "all"], ...], "none, one or all."] = ()
    holds: Annotated[tuple[CertificationId, ...], "Certifications, of which one is held."] = ()
    hours_below: Annotated[float | None, "Fewer hours a week than this."] = None
    hours_from: Annotated[float | None, "At least so many hours a week."] = None
    budget_below: Annotated[float | None, "Less money than this, in US dollars."] = None
    background: Annotated[tuple[BackgroundId, ...], "Backgrounds, of which the person has one."] = ()
    country: Annotated[tuple[CountryId, ...], "Countries that the person lives in."] = ()
    deadline: Annotated[bool | None, "Whether there is a deadline."] = None
    later_start: Annotated[bool | None, "Whether the first day is more than ten days ahead."] = None
    review: Annotated[bool | None, "Whether recall slots are wanted."] = None
    skill_below: Annotated[Levels, "Skills held below these levels."] = field(default_factory=dict)
    skill_from: Annotated[Levels, "Skills held at these levels or above."] = field(default_factory=dict)
    none_of: Annotated[tuple[Condition, ...], "Conditions of which none may hold."] = ()
    any_of: Annotated[tuple[Condition, ...], "Conditions of which one must hold."] = ()

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """What the keys ask that ask something, worked out once."""
        return {key: wanted for key, wanted in vars(self).items() if wanted not in (None, (), {})}


When = Annotated[Condition, "Conditions; all that are given must hold."]


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
    return lambda wanted, person: bool([one for one in getattr(person, key) if one in wanted])


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
