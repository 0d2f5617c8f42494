"""A tiny catalogue whose sentences show what they are filled with, so that figures inside them can be tested.

said(planned(telling(small())), "verdict-yes")["ready"]
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from roadmap.model.advice import Words
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from tests.tiny import Echo

_SAID = re.compile(r"<([\w-]+)(?:: ([^<>]*))?>")


class Shown(str):
    """A sentence that says its id and all it is filled with."""

    def format_map(self, slots: Any, /) -> str:
        # A sentence within a sentence keeps its words, without what would end the outer one.
        told = "; ".join(f"{key}={value}".translate({60: "(", 62: ")", 59: ","}) for key, value in slots.items())
        return f"<{self}: {told}>" if told else f"<{self}>"


class Telling(Echo):
    """As `Echo`; each sentence also says what it is told."""

    def __missing__(self, key: str) -> Words:
        return Words(id=key, text=Shown(key))


def telling(catalogue: Catalogue) -> Catalogue:
    """The same catalogue in sentences that show what they are filled with."""
    return replace(catalogue, words=Telling())


def texts(value: Any) -> Iterator[str]:
    """Every text in an answer, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))


def sentences(plan: Plan) -> list[tuple[str, dict[str, str]]]:
    """All sentences of an answer in order: each with its id and what it was filled with."""
    found = [m for text in texts(plan.answer) for m in _SAID.finditer(text)]
    return [(m[1], dict(pair.split("=", 1) for pair in (m[2] or "").split("; ") if pair)) for m in found]


def ids(plan: Plan, start: str) -> list[str]:
    """The ids of the sentences of an answer that begin so, in order, each once."""
    return list(dict.fromkeys(id_ for id_, _ in sentences(plan) if id_.startswith(start)))


def said(plan: Plan, start: str) -> dict[str, str]:
    """What the one sentence whose id begins so was filled with."""
    found = {id_: slots for id_, slots in sentences(plan) if id_.startswith(start)}
    assert len(found) == 1, (start, list(found), sentences(plan))
    return next(iter(found.values()))
