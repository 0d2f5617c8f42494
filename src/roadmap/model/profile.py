"""Answers in, a profile or every problem of them out. The door to all that concerns the answers of one person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmap.model.catalogue import Catalogue, Role
from roadmap.model.checking import LONGEST_TEXT, as_date, as_number, fault, no_room, quoted
from roadmap.model.contradictions import contradictions
from roadmap.model.fields import (
    ANY_CLOUD,
    CERTIFICATIONS,
    CONFIDENCES,
    FIELD,
    FIELDS,
    KEYS,
    LANGUAGES,
    LEVELS,
    NO_DOMAIN,
    Field,
    Given,
)
from roadmap.model.person import Profile
from roadmap.model.problem import Fault, Faults, nearest
from roadmap.model.times import FIRST_DAY, LAST_DAY, WEEKDAYS, Availability, Break, Range, in_break, in_order, merged

__all__ = [
    "ANY_CLOUD", "CERTIFICATIONS", "CONFIDENCES", "FIELD", "FIELDS", "FIRST_DAY", "ID", "KEYS", "LANGUAGES",
    "LAST_DAY", "LEVELS", "LONGEST_TEXT", "NO_DOMAIN", "WEEKDAYS", "Availability", "Break", "Field", "Profile",
    "Range", "as_date", "as_number", "check_answer", "in_break", "make_profile", "merged", "usual_levels",
]  # fmt: skip

ID = "id"
"""The key that names a row of a batch. In a single profile it is allowed and says nothing about the person."""


def check_answer(key: str, value: object, catalogue: Catalogue) -> tuple[object, list[Fault]]:
    """One answer, checked as in a file: its value in the form the profile keeps, and what is wrong with it."""
    faults = Faults()
    return FIELD[key].check(value, (key,), catalogue, faults), faults.closed()


def make_profile(
    answers: Mapping[str, object], catalogue: Catalogue, today: date
) -> tuple[Profile | None, list[Fault]]:
    """A profile with defaults filled in, or None with every problem of the answers.

    A key whose value is None counts as not answered.
    """
    faults = Faults()
    given: dict[str, object] = {}
    row = answers.get(ID)
    if row is not None and (isinstance(row, bool) or not isinstance(row, (str, int))):
        fault(faults, "wrong-type", (ID,), "id must be text or a whole number", "it names the row in a batch")
    for key in answers:
        if key not in (*KEYS, ID) and not no_room(faults):
            hint = nearest(key, KEYS) or "keys: " + ", ".join(KEYS)
            fault(faults, "unknown-key", (key,), f"unknown key {quoted(key)}", hint, at_key=True)
    for one in FIELDS:
        if answers.get(one.name) is not None:
            value = one.check(answers[one.name], (one.name,), catalogue, faults)
            # Nothing wrong and no value: none was said in so many words.
            given.update({one.name: value} if value is not None else {})
    if answers.get("role") is None:
        starts = ", ".join(r.id for r in catalogue.roles.values() if r.start)
        fault(faults, "missing-role", (), "role is missing", f"add role: one of {starts}")
    if faults:
        return None, faults.closed()
    profile = _resolved(given, catalogue, today)
    faults += contradictions(profile, catalogue)
    return (None if faults else profile), faults


def _resolved(given: Mapping[str, Any], catalogue: Catalogue, today: date) -> Profile:
    """The checked answers with every default filled in. A goal that names nothing counts as not answered."""
    given = _with_lighter_weeks({k: v for k, v in given.items() if k != "goals" or v})
    context = Given(given, catalogue.roles[str(given["role"])], catalogue, today)
    values: dict[str, Any] = {f.name: given[f.name] if f.name in given else f.default(context) for f in FIELDS}
    usual = usual_levels(context.role, values["background"], catalogue)
    have = {**implied(usual, values["skills"], catalogue), **values["skills"]}
    known = {s: have[s] for s in catalogue.skills if have.get(s)}
    return Profile(**values, have=known, asked_on=today)


def _with_lighter_weeks(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Periods among the breaks that are only lighter belong to the availability."""
    off = given.get("breaks", ())
    lighter = [b for b in off if isinstance(b, Range)]
    if not lighter:
        return given
    usual = given.get("availability", Availability())
    return {
        **given,
        "breaks": tuple(b for b in off if isinstance(b, Break)),
        "availability": replace(usual, ranges=in_order({*usual.ranges, *lighter})),
    }


def usual_levels(role: Role, background: tuple[str, ...], catalogue: Catalogue) -> dict[str, int]:
    """What somebody in a role and with such a background usually knows.

    A kind of engineer replaces the role's levels of the skills it names, of several the highest; an occupation only
    raises. What the catalogue does not know changes nothing.
    """
    known = [catalogue.backgrounds[b] for b in background if b in catalogue.backgrounds]
    engineers: dict[str, int] = {}
    for one in (b for b in known if b.kind == "engineer"):
        for skill, level in one.baseline.items():
            engineers[skill] = max(level, engineers.get(skill, 0))
    levels = {**role.baseline, **engineers}
    for one in (b for b in known if b.kind == "occupation"):
        for skill, level in one.baseline.items():
            levels[skill] = max(level, levels.get(skill, 0))
    return levels


def implied(usual: Mapping[str, int], stated: Mapping[str, int], catalogue: Catalogue) -> dict[str, int]:
    """The usual levels, raised to what the levels stated surely bring with them."""
    have = dict(usual)
    for skill, level in stated.items():
        for least, more in catalogue.skills[skill].implies.items():
            if level >= int(least):
                have |= {s: max(n, have.get(s, 0)) for s, n in more.items()}
    return have
