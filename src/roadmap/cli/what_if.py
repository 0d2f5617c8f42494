"""The command that compares: the same person under other answers, side by side."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import ProblemsError, put, read_catalogue, today_or, use_colour, width_of
from roadmap.cli.commands import Ascii, NoColour, Output, Overlays, ProfileFile, Today, Width, profile_text, refuse
from roadmap.cli.explain import Form, TextFormat
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change
from roadmap.model.problem import Problem, nearest
from roadmap.model.profile import FIELDS, KEYS, Profile, check_answer, make_profile

MOST = 24
PAGE = 120
# Keys whose own values hold commas; several of them are tried with --set, joined by + inside one try.
LISTS = frozenset(f.name for f in FIELDS if f.schema.get("type") in ("array", "object"))
NOT_ANSWERED = ("none", "no")


@dataclass(frozen=True)
class _Try:
    """One answer to try: its key, what was typed, and the flag it came by."""

    key: str
    value: str
    flag: str


@with_answers
def what_if(
    hours: Annotated[
        str | None, typer.Option("--hours", help="Hours a week to try.", metavar="HOURS,...", show_default=False)
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option("--budget", help="Budgets to try, in US dollars.", metavar="USD,...", show_default=False),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="Any key of the profile with values to try; repeatable. none takes an answer back, + joins a list.",
            metavar="KEY=VALUE,...",
            show_default=False,
        ),
    ] = None,
    form: Form = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Set the same person under other hours, dates, money or any other answers side by side.

    What --hours, --budget and --set name is tried, one change at a time. So is every other flag with several values,
    such as --deadline 2027-03-01,2027-06-01 or --cloud aws,azure. A flag with one value belongs to the plan that all
    is compared with; when nothing else is tried, it is what is tried.
    """
    from roadmap.planning.what_if import what_if as compare
    from roadmap.render.what_if import comparison, comparison_json

    day = today_or(today)
    known = read_catalogue(catalogue or [])
    fixed, tries = _sorted_out(
        flags, {"hours_per_week": ("--hours", hours), "budget_usd": ("--budget", budget)}, setting
    )
    base, others = _people(known, profile, fixed, tries, day)
    plan, outcomes = compare(known, base, others, day)
    if form is TextFormat.JSON:
        put(comparison_json(plan, known, outcomes), output)
        return
    columns = PAGE if form is TextFormat.MARKDOWN else width_of(sys.stdout, width)
    card = comparison(plan, known, outcomes, width=columns, ascii_only=ascii_only)
    if form is TextFormat.MARKDOWN:
        from roadmap.render.show import page_as_markdown

        put(page_as_markdown(card), output)
        return
    from roadmap.render.screen import Screen

    put(Screen(columns, colour=use_colour(no_color) and output is None, ascii_only=ascii_only).page(card), output)


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
        tries += [_Try(key, v, _flag(key)) for v in values]
    if not tries:
        tries = [_Try(k, fixed.pop(k), _flag(k)) for k in list(fixed) if k not in ("role", "name", "language")]
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


def _flag(key: str) -> str:
    return "--" + key.replace("_", "-")


def _people(
    known: Catalogue, file: Path | None, fixed: Mapping[str, str], tries: Sequence[_Try], day: date
) -> tuple[Profile, list[tuple[Change, Profile]]]:
    """The person of the base, and the same person once for each try. All problems are told at once."""
    from roadmap.loading.load import load_profile, read_answers

    text, name = profile_text(file)
    answers, problems, _ = read_answers(text, name) if text else ({}, [], None)
    if problems:
        raise ProblemsError(problems)
    if answers.get("role") is None and "role" not in fixed:
        starts = ", ".join(r.id for r in known.roles.values() if r.start)
        raise UsageError("the role you start from is missing", f"pass --role: one of {starts}")
    base, problems = load_profile(text or "{}", name, known, day, dict(fixed))
    refuse(problems)
    if base is None:
        raise AssertionError("a profile that is None has problems")
    others, wrong = [], []
    for one in tries:
        person, problems = _with(known, {**answers, **fixed}, one, day)
        wrong += [p for p in problems if p not in wrong]
        if person is not None:
            others.append((Change(one.key, getattr(person, one.key)), person))
    refuse(wrong)
    return base, others


def _with(
    known: Catalogue, answers: Mapping[str, object], one: _Try, day: date
) -> tuple[Profile | None, list[Problem]]:
    given = dict(answers)
    given.pop(one.key, None)
    if not _takes_back(known, one):
        given[one.key] = one.value.replace("+", ",") if one.key in LISTS else one.value
    person, faults = make_profile(given, known, day)
    return person, [Problem(f.id, f.severity, one.flag, 0, 0, f.message, f.hint) for f in faults]


def _takes_back(known: Catalogue, one: _Try) -> bool:
    """Whether a value means no answer: none, where the key has no value of that name."""
    return one.value in NOT_ANSWERED and bool(check_answer(one.key, one.value, known)[1])
