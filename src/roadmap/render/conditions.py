"""Conditions of the catalogue in words, every key of them: whom a rule, a line of advice or a project is about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from roadmap.model.condition import Condition
from roadmap.render.numbers import listing, money, number


def condition_words(when: Condition) -> str:
    """Whom a rule is about, in short: swe, data-scientist; goal job."""
    parts = [PHRASES[key](x) if key in PHRASES else _phrase(key.replace("_", " "))(x) for key, x in when.given.items()]
    return "; ".join(parts) or "everybody"


def _phrase(label: str) -> Callable[[Any], str]:
    def said(value: Any) -> str:
        if isinstance(value, bool):
            return f"{'with' if value else 'without'} {label}"
        return f"{label} {listing(value) if isinstance(value, tuple) else value}"

    return said


def _one_of(conditions: Sequence[Condition]) -> str:
    return " or ".join(condition_words(c) for c in conditions)


# How a key of a condition is said where its name and value do not say it.
PHRASES: Mapping[str, Callable[[Any], str]] = {
    "role": ", ".join,
    "target": _phrase("to"),
    "domain": _phrase("field"),
    "certifications": _phrase("certificates"),
    "hours_below": lambda hours: f"under {number(hours)} h a week",
    "hours_from": lambda hours: f"from {number(hours)} h a week",
    "budget_below": lambda usd: f"under {money(usd)}",
    "deadline": _phrase("a deadline"),
    "later_start": _phrase("a later start"),
    "review": _phrase("recall slots"),
    "skill_below": lambda levels: "; ".join(f"{s} below {n}" for s, n in levels.items()),
    "skill_from": lambda levels: "; ".join(f"{s} from {n}" for s, n in levels.items()),
    "none_of": lambda conditions: f"unless {_one_of(conditions)}",
    "any_of": lambda conditions: f"either {_one_of(conditions)}",
}
