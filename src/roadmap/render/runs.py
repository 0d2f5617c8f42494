"""Words with a style, as a terminal draws them: measured in cells, broken, joined and painted."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from roadmap.render.cells import cells_of, pieces


class Run(NamedTuple):
    """Words of one style, perhaps a link."""

    text: str
    code: str = ""
    url: str = ""


Runs = tuple[Run, ...]
BLANK: Runs = ()
SPACE = Run(" ")


def width_of(runs: Iterable[Run]) -> int:
    """Columns that runs take."""
    return sum(cells_of(run.text) for run in runs)


def filled(runs: Sequence[Run], room: int) -> list[Runs]:
    """Runs in as many lines as they need, none of them broken."""
    out: list[list[Run]] = [[]]
    for run in runs:
        if out[-1] and width_of([*out[-1], run]) > room:
            out.append([])
        out[-1].append(run)
    return [tuple(line) for line in out]


def broken(word: list[Run], room: int) -> list[list[Run]]:
    """A word in as many parts as it needs; an address stays whole."""
    if width_of(word) <= room or any("://" in run.text for run in word):
        return [word]
    parts: list[list[Run]] = [[]]
    for run in word:
        for char in pieces(run.text, 1):
            if width_of([*parts[-1], Run(char)]) > room:
                parts.append([])
            parts[-1].append(run._replace(text=char))
    return parts


def space(before: Run, after: Run) -> Run:
    """The space between two words: part of a link or a style that goes on behind it."""
    if before.code == after.code and before.url == after.url:
        return Run(" ", before.code, before.url)
    return SPACE


def joined(runs: Iterable[Run]) -> Runs:
    """Neighbours of the same style as one."""
    out: list[Run] = []
    for run in runs:
        if out and out[-1][1:] == run[1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


def painted(run: Run) -> str:
    """A run with the codes of its style and its link."""
    text = f"\x1b[{run.code}m{run.text}\x1b[0m" if run.code and run.text.strip() else run.text
    return f"\x1b]8;;{run.url}\x1b\\{text}\x1b]8;;\x1b\\" if run.url else text
