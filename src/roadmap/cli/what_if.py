"""The command that compares: the same person under other answers, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap.app.catalogues import refuse
from roadmap.app.people import answers_in, no_role
from roadmap.app.subject import accept, catalogue_for, meant, saved_plan, wants_saved
from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import today_or
from roadmap.cli.cards import Cards
from roadmap.cli.options import (
    Ascii,
    NoColour,
    Output,
    Overlays,
    PlanFile,
    ProfileFile,
    TextForm,
    TextFormat,
    Today,
    Width,
)
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Outcome
from roadmap.model.journal import SavedPlan
from roadmap.model.plan import Plan
from roadmap.model.problem import Problem, nearest
from roadmap.model.profile import FIELD, FIELDS, KEYS, Profile, make_profile

MOST = 24
# Keys whose own values hold commas; several of them are tried with --set, joined by + inside one try.
LISTS = frozenset(f.name for f in FIELDS if f.many)


@dataclass(frozen=True)
class _Try:
    """One answer to try: its key, what was typed, and the flag it came by."""

    key: str
    value: str
    flag: str


Hours = Annotated[
    str | None, typer.Option("--hours", help="Hours a week to try.", metavar="HOURS,...", show_default=False)
]
Budgets = Annotated[
    str | None, typer.Option("--budget", help="Budgets to try, in US dollars.", metavar="USD,...", show_default=False)
]
Setting = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Any key of the profile with values to try; repeatable. none takes an answer back, + joins a list.",
        metavar="KEY=VALUE,...",
        show_default=False,
    ),
]


@with_answers
def what_if(
    hours: Hours = None,
    budget: Budgets = None,
    setting: Setting = None,
    form: TextForm = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
    plan: PlanFile = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Set the same person under other hours, dates, money or any other answers side by side.

    What --hours, --budget and --set name is tried, one change at a time. So is every other flag with several values,
    such as --deadline 2027-03-01,2027-06-01 or --cloud aws,azure. A flag with one value belongs to the plan that all
    is compared with; when nothing else is tried, it is what is tried. Without --role and --profile all this is about
    your saved plan as it stands, and each change is what roadmap replan makes of it.
    """
    from roadmap.render.what_if import comparison, comparison_json

    day = today_or(today)
    fixed, tries = _sorted_out(
        flags, {"hours_per_week": ("--hours", hours), "budget_usd": ("--budget", budget)}, setting
    )
    known = catalogue_for(plan, opened(profile), {**fixed, "role": fixed.get("role")}, catalogue)
    if wants_saved(plan, opened(profile), {**fixed, "role": fixed.get("role")}):
        base, outcomes = _anew(known, saved_plan(known, plan), fixed, tries, day)
    else:
        base, outcomes = _compared(known, profile, fixed, tries, day)
    cards = Cards(form, output, no_color, ascii_only, width)
    cards.put_page(
        lambda: comparison(base, known, outcomes, width=cards.columns, ascii_only=ascii_only),
        lambda: comparison_json(base, known, outcomes),
    )


def _sorted_out(
    flags: Mapping[str, str | None], short: Mapping[str, tuple[str, str | None]], setting: Sequence[str] | None
) -> tuple[dict[str, str], list[_Try]]:
    """The answers that stay, and those to try."""
    fixed = {k: v for k, v in flags.items() if v is not None}
    tries = [_Try(key, v, flag) for key, (flag, text) in short.items() if text for v in _values(text)]
    tries += [t for text in setting or () for t in _set(text)]
    for key in [k for k in fixed if k not in LISTS and k != "name" and len(_values(fixed[k])) > 1]:
        values = _values(fixed.pop(key))
        if key == "role":
            fixed[key], *values = values
        tries += [_Try(key, v, FIELD[key].flag) for v in values]
    if not tries:
        tries = [_Try(k, fixed.pop(k), FIELD[k].flag) for k in list(fixed) if k not in ("role", "name", "language")]
    if not tries:
        raise UsageError("there is nothing to compare", "for example: roadmap what-if --role swe --hours 5,10,15")
    if len(tries) > MOST:
        raise UsageError(f"{len(tries)} changes are too many for one table", f"at most {MOST} at a time")
    return fixed, tries


def _values(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _set(text: str) -> Iterator[_Try]:
    key, equals, values = text.partition("=")
    key = key.strip().replace("-", "_")
    if key not in KEYS:
        raise UsageError(f'--set: there is no key "{key}"', nearest(key, KEYS) or "keys: " + ", ".join(KEYS))
    if not equals or not _values(values):
        raise UsageError(f"--set {key}: the values to try are missing", f"for example: --set {key}=A,B")
    yield from (_Try(key, v, "--set") for v in _values(values))


def _compared(
    known: Catalogue, file: Path | None, fixed: Mapping[str, str], tries: Sequence[_Try], day: date
) -> tuple[Plan, list[Outcome]]:
    """The plan of the base, and what each try makes of it. All problems are told at once."""
    from roadmap.loading.load import load_profile
    from roadmap.planning.what_if import what_if as compare

    text, name, answers = answers_in(opened(file), known)
    if answers.get("role") is None and "role" not in fixed:
        raise no_role(known)
    base, problems = load_profile(text, name, known, day, dict(fixed))
    refuse(problems)
    if base is None:
        raise AssertionError("a profile that is None has problems")
    people = _people(known, {**answers, **fixed}, tries, day)
    return compare(known, base, [(Change(t.key, getattr(p, t.key)), p) for t, p in people], day)


def _anew(
    known: Catalogue, saved: SavedPlan, fixed: Mapping[str, str], tries: Sequence[_Try], day: date
) -> tuple[Plan, list[Outcome]]:
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
    known: Catalogue, answers: Mapping[str, object], tries: Sequence[_Try], day: date
) -> list[tuple[_Try, Profile]]:
    """The same person once for each try. All problems are told at once."""
    others, wrong = [], []
    for one in tries:
        person, problems = _with(known, answers, one, day)
        wrong += [p for p in problems if p not in wrong]
        if person is not None:
            others.append((one, person))
    refuse(wrong)
    return others


def _with(
    known: Catalogue, answers: Mapping[str, object], one: _Try, day: date
) -> tuple[Profile | None, list[Problem]]:
    person, faults = make_profile({**answers, one.key: _answer(known, one)}, known, day)
    return person, [Problem(f.id, f.severity, one.flag, 0, 0, f.message, f.hint) for f in faults]


def _answer(known: Catalogue, one: _Try) -> str | None:
    """What was typed as an answer; None takes an answer back."""
    value = meant(known, one.key, one.value)
    return value.replace("+", ",") if value is not None and one.key in LISTS else value
