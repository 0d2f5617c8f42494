"""What fuzz targets share: the catalogue, an example, and what may be said of an input."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from roadmap.loading.load import load_catalogue
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Problem

TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parent.parent / "examples"

Check = Callable[[Any], str]


class Target(NamedTuple):
    """A reader: what it is given, and a check that says what became of one input."""

    inputs: Callable[[], st.SearchStrategy[Any]]
    check: Check


@cache
def known() -> Catalogue:
    """The built-in catalogue."""
    found, problems = load_catalogue()
    assert found is not None, problems
    return found


def placed(problems: Sequence[Problem], *, refused: bool) -> str:
    """What became of an input that was judged: whatever is refused has an error, and every problem is a sentence."""
    errors = [p for p in problems if p.severity == "error"]
    assert bool(errors) == refused, problems
    for one in problems:
        assert one.id and one.message and "\n" not in one.message and "Traceback" not in one.message, one
        assert len(one.message) < 1000, one
    return "refused" if refused else "read"


def example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")
