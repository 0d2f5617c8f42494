"""The page and the list of a kind that has none of its own: every key of an entry by its name."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from roadmap.model.condition import Condition
from roadmap.render.cards import Card, columns
from roadmap.render.conditions import condition_words
from roadmap.render.layout import Table
from roadmap.render.numbers import number

TITLES = ("name", "title", "item", "ask", "text", "because")
# What the page of any entry says at its end.
AT_THE_END = ("id", "source", "sources", "as_of", "checked")


def plain_list(found: Sequence[Any]) -> Table:
    """The id of each entry and what it is called or says."""
    return columns(("Id+", "Entry"), ((e.id, _title(e)) for e in found))


def plain_page(kind: str, entry: Any) -> Card:
    """All that an entry says: short values as facts, several as a part of the page."""
    card = Card(_title(entry), entry.id, hint=f"roadmap show {kind} lists the others.")
    for key, value in _given(entry):
        label = key.replace("_", " ").capitalize()
        if isinstance(value, tuple) and value[1:]:
            card.part(label, [_said(one) for one in value])
        elif value != card.title:
            card.fact(label, _said(value))
    return card


def _given(entry: Any) -> list[tuple[str, Any]]:
    found = [(f.name, getattr(entry, f.name)) for f in fields(entry) if f.name not in AT_THE_END]
    return [(key, value) for key, value in found if value not in (None, "", (), {})]


def _title(entry: Any) -> str:
    return next((str(found) for key in TITLES if (found := getattr(entry, key, ""))), entry.id)


def _said(value: Any) -> str:
    """A value in words: what an entry holds of its own with the names of its keys."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, Condition):
        return condition_words(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    if is_dataclass(value):
        return "; ".join(f"{key.replace('_', ' ')} {_said(one)}" for key, one in _given(value))
    return ", ".join(_said(one) for one in value) if isinstance(value, tuple) else str(value)
