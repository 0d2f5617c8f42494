"""The same person under other answers: a plan, and beside it what each answer tried would make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from roadmap.app.catalogues import refuse
from roadmap.app.people import Input, answers_in, no_role, profile_in
from roadmap.app.subject import accept, meant
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Tried
from roadmap.model.journal import SavedPlan
from roadmap.model.plan import Plan
from roadmap.model.problem import Problem
from roadmap.model.profile import FIELD, FIELDS, Profile, make_profile

# Keys whose own values hold commas; several of them are joined by + inside one try.
LISTS = frozenset(f.name for f in FIELDS if f.many)


@dataclass(frozen=True)
class Try:
    """One answer to try: its key, what was typed, and the flag it came by."""

    key: str
    value: str
    flag: str


def beside(
    known: Catalogue, file: Input | None, fixed: Mapping[str, str], tries: Sequence[Try], day: date
) -> tuple[Plan, list[Tried]]:
    """The plan of the base, and what each try makes of it. All problems are told at once."""
    from roadmap.planning.what_if import what_if as compare

    text, name, answers = answers_in(file, known)
    if answers.get("role") is None and "role" not in fixed:
        raise no_role(known)
    base = profile_in(text, name, known, day, fixed)
    people = _people(known, {**answers, **fixed}, tries, day)
    return compare(known, base, [(Change(t.key, getattr(p, t.key)), p) for t, p in people], day)


def beside_saved(
    known: Catalogue, saved: SavedPlan, fixed: Mapping[str, str], tries: Sequence[Try], day: date
) -> tuple[Plan, list[Tried]]:
    """A saved plan as it stands today, and what the replan of each try makes of it; what is finished stays finished.

    A limit that not all keeps drops what does not fit, as its command says.
    """
    from roadmap.planning.progress import progress
    from roadmap.planning.replan import LIMITS, replanned
    from roadmap.planning.what_if import compared

    accept(known, saved, fixed, day)
    base = replanned(saved, known, day, dict(fixed))[1] if fixed else progress(saved, known, day).plan
    outcomes = []
    for one, person in _people(known, {**saved.answers, **fixed}, tries, day):
        changes = {**fixed, one.key: _answer(known, one)}
        plan, drop = replanned(saved, known, day, changes)[1], ""
        if one.key in LIMITS and plan.status == "infeasible":
            plan, drop = replanned(saved, known, day, changes, drop=True)[1], " --drop"
        outcome = compared(base, Change(one.key, getattr(person, one.key)), plan)
        outcomes.append(replace(outcome, command=f"roadmap replan{drop}{_flags(changes)}"))
    return base, outcomes


def _flags(changes: Mapping[str, str | None]) -> str:
    import shlex

    pairs = ((FIELD[key].flag, "none" if value is None else value) for key, value in changes.items())
    return "".join(f" {flag} {shlex.quote(value)}" for flag, value in pairs)


def _people(
    known: Catalogue, answers: Mapping[str, object], tries: Sequence[Try], day: date
) -> list[tuple[Try, Profile]]:
    """The same person once for each try. All problems are told at once."""
    others, wrong = [], []
    for one in tries:
        person, problems = _with(known, answers, one, day)
        wrong += [p for p in problems if p not in wrong]
        if person is not None:
            others.append((one, person))
    refuse(wrong)
    return others


def _with(known: Catalogue, answers: Mapping[str, object], one: Try, day: date) -> tuple[Profile | None, list[Problem]]:
    person, faults = make_profile({**answers, one.key: _answer(known, one)}, known, day)
    return person, [Problem(f.id, f.severity, one.flag, 0, 0, f.message, f.hint) for f in faults]


def _answer(known: Catalogue, one: Try) -> str | None:
    """What was typed as an answer; None takes an answer back."""
    value = meant(known, one.key, one.value)
    return value.replace("+", ",") if value is not None and one.key in LISTS else value
