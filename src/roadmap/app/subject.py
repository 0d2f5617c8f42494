"""Whose plan a use case is about: that of the answers given, or a saved one with all that was done since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.app.catalogues import read_catalogue, refuse
from roadmap.app.people import Input, make, no_role, person_for
from roadmap.app.saved import nearest, overlays_for, read_plan, require_valid
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.problem import Problem
from roadmap.model.profile import FIELD, FIELDS, as_number, check_answer, make_profile

if TYPE_CHECKING:  # a plan of given answers has no use for them, and starts sooner without
    from roadmap.model.explanation import Change
    from roadmap.model.journal import Progress, SavedPlan

TAKEN_BACK = ("none", "no")


@dataclass(frozen=True)
class Subject:
    """A plan, how it is made again after a changed answer (None: the usual way), and the saved plan behind it.

    `now` is where that saved plan stands, as it was saved.
    """

    plan: Plan
    remake: "Callable[[Change], Plan] | None" = None
    saved: "SavedPlan | None" = None
    now: "Progress | None" = None


def wants_saved(file: Path | None, profile: Input | None, flags: Mapping[str, object]) -> bool:
    """Whether a saved plan is meant: one is named, or nothing says who else it is about."""
    if file is not None and profile is not None:
        raise UsageError("--plan and --profile are two people", "name one of the two")
    return file is not None or (profile is None and flags.get("role") is None)


def catalogue_for(
    file: Path | None, profile: Input | None, flags: Mapping[str, object], given: Sequence[Path] | None
) -> Catalogue:
    """The catalogue with the files given laid over it; where a saved plan is meant and none are given, with its own."""
    try:
        if wants_saved(file, profile, flags):
            given = overlays_for(nearest(file), given)
    except RoadmapError:
        # That there is no plan is for `saved_plan` to say, which knows the roles; a missing file has a hint of its own.
        if file is not None:
            raise
    return read_catalogue(given or [])


def subject(
    known: Catalogue, file: Path | None, profile: Input | None, flags: Mapping[str, str | None], day: date
) -> Subject:
    """The plan of the profile and its flags; where no role is said, of a saved plan with the flags laid over."""
    if not wants_saved(file, profile, flags):
        return Subject(make(known, person_for(known, profile, flags, day).profile, day))
    from roadmap.planning.known import profile_of
    from roadmap.planning.progress import progress
    from roadmap.planning.replan import replanned
    from roadmap.planning.what_if import changed

    saved = saved_plan(known, file)
    given = {k: v for k, v in flags.items() if v is not None}
    accept(known, saved, given, day)
    plan = replanned(saved, known, day, given)[1]

    def remake(change: "Change") -> Plan:
        person = changed(known, plan.profile, change)
        answers: dict[str, object] = {change.key: change.value, "skip": person.skip}
        if change.key == "skills" and isinstance(change.value, Mapping):
            answers["skills"] = {**profile_of(saved, known).skills, **change.value}
        return replanned(saved, known, day, {**given, **answers})[1]

    return Subject(plan, remake, saved, progress(saved, known, day))


def saved_plan(known: Catalogue, file: Path | None) -> "SavedPlan":
    """A saved plan, or the nearest. Raises UsageError when there is none: then a role is what is missing."""
    if file is None:
        try:
            file = nearest()
        except RoadmapError as error:
            raise no_role(known, f", and {error}") from None
    return require_valid(read_plan(file, known)[1], file)


def accept(known: Catalogue, saved: "SavedPlan", given: Mapping[str, object], day: date) -> None:
    """Raise ProblemsError when the answers of a saved plan are wrong with these laid over."""
    _, faults = make_profile({**saved.answers, **given}, known, day)
    refuse([Problem(f.id, f.severity, _flag(f.path, given), 0, 0, f.message, f.hint) for f in faults])


def _flag(path: tuple[str | int, ...], given: Mapping[str, object]) -> str:
    key = str(path[0]) if path else ""
    named = key if key in given or not given else next(iter(given))
    return FIELD[named].flag if named in FIELD else "--plan"


def meant(known: Catalogue, key: str, typed: str) -> str | None:
    """An answer as it was typed; None for none, which takes an answer back, where the key has no value of that name."""
    if typed in TAKEN_BACK and check_answer(key, typed, known)[1]:
        return None
    return typed


def typed(answers: Mapping[str, object]) -> dict[str, object]:
    """Answers without the empty ones, as a file gives them: numbers that came as flags as numbers, days as text."""
    numeric = {f.name for f in FIELDS if f.schema.get("type") == "number"}
    return {k: as_number(v) if k in numeric else _plain(v) for k, v in answers.items() if v is not None}


def _plain(value: object) -> object:
    """A value that a table gave, in the form that reading a saved plan gives it."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
