"""A problem: one thing wrong in something a person wrote, where it is, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
# How many problems of one file are put into words; the rest is counted.
MOST_FAULTS = 100
MORE = "more-problems"
# Nobody means a known name by a word that is longer.
LONGEST_WORD = 80


@dataclass(frozen=True)
class Fault:
    """A problem that does not yet know its file: `path` leads to the value through keys and indexes."""

    id: str
    path: Path
    message: str
    hint: str = ""
    severity: Severity = "error"
    at_key: bool = False


class Faults(list[Fault]):
    """Faults as they are found: the first hundred are kept, the rest is counted, so that no file takes long to judge.

    Whoever has to search for words first asks `passed_over`.
    """

    def __init__(self, found: Iterable[Fault] = ()) -> None:
        super().__init__()
        self.more = 0
        self.extend(found)

    @property
    def found(self) -> int:
        """All faults that were found, those without words too."""
        return len(self) + self.more

    def passed_over(self) -> bool:
        """Whether there is no room for one more fault, which then is counted and needs no words."""
        full = len(self) >= MOST_FAULTS
        self.more += full
        return full

    def append(self, one: Fault) -> None:
        """Keep a fault, or count it."""
        if not self.passed_over():
            super().append(one)

    def extend(self, found: Iterable[Fault]) -> None:
        """Keep as many as there is room for, and count the rest."""
        for one in found:
            self.append(one)

    def __iadd__(self, found: Iterable[Fault]) -> "Faults":  # type: ignore[override,misc]
        self.extend(found)
        return self

    def closed(self) -> "Faults":
        """The same with a last entry that says how many are not shown, if there are any."""
        if self.more:
            super().append(Fault(MORE, (), rest_of(self.more), "mend these first"))
            self.more = 0
        return self


def rest_of(more: int) -> str:
    """What is said of problems that are not shown."""
    return f"{more:,} more {'problem is' if more == 1 else 'problems are'} not shown"


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
    if isinstance(word, (list, dict)) or len(said := str(word)) > LONGEST_WORD:
        return ""
    names = {k.casefold(): k for k in known}
    found = get_close_matches(said.casefold(), names, n=1, cutoff=0.6)
    return f'did you mean "{names[found[0]]}"?' if found else ""
