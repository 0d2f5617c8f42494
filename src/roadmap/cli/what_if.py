"""The command that compares: the same person under other answers, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from roadmap.app.subject import catalogue_for, saved_plan, wants_saved
from roadmap.app.what_if import LISTS, Try, beside, beside_saved
from roadmap.cli.answers import read_flags
from roadmap.cli.cards import Cards
from roadmap.cli.groups import grouped_for_several
from roadmap.cli.options import PlanFile, ProfileFile, value
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError
from roadmap.model.problem import nearest
from roadmap.model.profile import FIELD, KEYS

MOST = 24


Hours = Annotated[str | None, value("--hours", "HOURS,...", "Hours a week to try.")]
Budgets = Annotated[str | None, value("--budget", "USD,...", "Budgets to try, in US dollars.")]
Setting = Annotated[
    list[str] | None,
    value(
        "--set",
        "KEY=VALUE,...",
        "Any key of the profile with values to try; repeatable. none takes an answer back, + joins a list.",
    ),
]


@grouped_for_several
def what_if(
    hours: Hours = None,
    budget: Budgets = None,
    setting: Setting = None,
    *,
    cards: Cards,
    plan: PlanFile = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Set the same person under other hours, dates, money or any other answers side by side.

    What --hours, --budget and --set name is tried, one change at a time. So is every other flag with several values,
    such as --deadline 2027-03-01,2027-06-01 or --cloud aws,azure. A flag with one value belongs to the plan that all
    is compared with; when nothing else is tried, it is what is tried. Without --role and --profile all this is about
    your saved plan as it stands, and each change is what roadmap replan makes of it.

    Example: roadmap what-if --profile me.yaml --hours 5,10,15 --cloud aws,azure
    """
    from roadmap.render.what_if import comparison, comparison_json

    day = cards.day
    fixed, tries = _sorted_out(
        flags,
        {
            key: (flag, read_flags(key, text, cards.today))
            for key, flag, text in (("hours_per_week", "--hours", hours), ("budget_usd", "--budget", budget))
        },
        setting,
    )
    whom = opened(profile)
    known = catalogue_for(plan, whom, {**fixed, "role": fixed.get("role")}, cards.catalogue)
    if wants_saved(plan, whom, {**fixed, "role": fixed.get("role")}):
        base, outcomes = beside_saved(known, saved_plan(known, plan), fixed, tries, day)
    else:
        base, outcomes = beside(known, whom, fixed, tries, day)
    cards.put(
        lambda: comparison(base, known, outcomes, width=cards.columns, ascii_only=cards.ascii_only),
        lambda: comparison_json(base, known, outcomes),
    )


def _sorted_out(
    flags: Mapping[str, str | None], short: Mapping[str, tuple[str, str | None]], setting: Sequence[str] | None
) -> tuple[dict[str, str], list[Try]]:
    """The answers that stay, and those to try."""
    fixed = {k: v for k, v in flags.items() if v is not None}
    tries = [Try(key, v, flag) for key, (flag, text) in short.items() if text for v in _values(text)]
    tries += [t for text in setting or () for t in _set(text)]
    for key in [k for k in fixed if k not in LISTS and k != "name" and len(_values(fixed[k])) > 1]:
        values = _values(fixed.pop(key))
        if key == "role":
            fixed[key], *values = values
        tries += [Try(key, v, FIELD[key].flag) for v in values]
    if not tries:
        tries = [Try(k, fixed.pop(k), FIELD[k].flag) for k in list(fixed) if k not in ("role", "name", "language")]
    if not tries:
        raise UsageError("there is nothing to compare", "for example: roadmap what-if --role swe --hours 5,10,15")
    if len(tries) > MOST:
        raise UsageError(f"{len(tries)} changes are too many for one table", f"at most {MOST} at a time")
    return fixed, tries


def _values(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _set(text: str) -> Iterator[Try]:
    key, equals, values = text.partition("=")
    key = key.strip().replace("-", "_")
    if key not in KEYS:
        raise UsageError(f'--set: there is no key "{key}"', nearest(key, KEYS) or "keys: " + ", ".join(KEYS))
    if not equals or not _values(values):
        raise UsageError(f"--set {key}: the values to try are missing", f"for example: --set {key}=A,B")
    yield from (Try(key, v, "--set") for v in _values(values))
