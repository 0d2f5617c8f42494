"""A problem: one thing wrong in something a person wrote, where it is, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """A problem that does not yet know its file: `path` leads to the value through keys and indexes."""

    id: str
    path: Path
    message: str
    hint: str = ""
    severity: Severity = "error"
    at_key: bool = False


@dataclass(frozen=True)
class Problem:
    """A fault with a place. `line` and `column` count from 1; 0 means the place is not known."""

    id: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    excerpt: str = field(default="", compare=False)
    width: int = field(default=1, compare=False)


def nearest(word: object, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or '' when nothing is close.

    Compared without regard to case, since codes such as AI-103 are often typed in lower case.
    """
    names = {k.casefold(): k for k in known}
    found = get_close_matches(str(word).casefold(), names, n=1, cutoff=0.6)
    return f'did you mean "{names[found[0]]}"?' if found else ""
