"""Runs of lines in an edited page that are the reader's own: which they are, where they stand, and what they hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from roadmap.model.journal import Event
from roadmap.model.recorded import LONGEST_NOTE
from roadmap.render.blocks import BEHIND, START, closing, parts_table, place_of
from roadmap.render.clean import clean, shorten
from roadmap.render.personal import PageLine, bare, essence

LONGEST_PART = LONGEST_NOTE - 100
SHOWN = 100
ELSEWHERE = "top"
"""The place of lines below a step that the plan does not know."""
_ITEM = re.compile(r"[-*+] |\d+[.)] |[#>|<`]")
_INDENT = re.compile(r"\s*")


@dataclass
class OwnRun:
    """A reader's lines from one to another, below a step and a line of the program.

    `item` is the indentation of a box of the reader's: what stands further in belongs to it. `why` says of lines, by
    their numbers, why they are no more than words.
    """

    first: int
    last: int
    step: str
    after: str
    item: int | None = None
    why: list[tuple[int, str]] = field(default_factory=list)

    def holds(self, line: PageLine) -> bool:
        """Whether a line belongs to a box that the reader made, such as a step of their own."""
        return self.item is not None and _indent(line.text) > self.item

    def add(self, line: PageLine, *, box: bool) -> None:
        """One more line, with a box or without."""
        self.last = line.number
        if box and not self.holds(line):
            self.item = _indent(line.text)
        elif self.item is not None and not self.holds(line):
            self.item = None


def _indent(text: str) -> int:
    match = _INDENT.match(text)
    return len(match[0].expandtabs(4)) if match else 0


def goes_on(before: PageLine, line: PageLine) -> bool:
    """Whether a line goes on with the words of the item right above it: further in, and no item itself."""
    bare = line.text.lstrip()
    return (
        line.number == before.number + 1
        and _indent(line.text) > 0
        and _indent(line.text) >= _indent(before.text) + 2 * before.text.lstrip().startswith(("- ", "* ", "+ "))
        and not _ITEM.match(bare)
    )


class Source:
    """The lines of an edited page, and which of those without words are the program's."""

    def __init__(self, text: str) -> None:
        self.lines: Sequence[str] = bare(text).splitlines()
        # Whoever writes below the comments at the end does not mean them.
        both = enumerate(zip(text.splitlines(), self.lines, strict=False))
        self._hidden = {i for i, (line, left) in both if line.strip() and not left.strip()}
        self._closing = closing(self.lines)
        self._above: PageLine | None = None
        self._begin, self._behind = 1, ""
        self._where: tuple[str, str] = ("", "")
        self._number = -1

    def program(self, line: PageLine, run: OwnRun | None) -> bool:
        """Whether a line without words is the program's: it closes a chart or a head, or parts a table.

        Where a table is the reader's, so is what parts it.
        """
        above = self.lines[line.number - 2] if line.number > 1 else ""
        if line.number not in self._closing and not parts_table(line.text, "|" if run else above):
            return False
        if line.number not in self._closing and run and above.startswith("|"):
            return False
        self._begin, self._behind = line.number + 1, BEHIND if self._above else ""
        return True

    def pass_by(self, line: PageLine, last: int = 0) -> None:
        """Go on below a line of the program, or one that the plan has a key for; `last` is where it ends."""
        where = (line.step, line.section)
        if self._above is None or line.number != self._above.number:  # a note may go on in several lines
            self._number = self._number + 1 if where == self._where else 0
        self._above, self._begin, self._behind, self._where = line, (last or line.number) + 1, "", where

    def start(self, line: PageLine) -> OwnRun:
        """A new run that begins with a line, behind what closes the program's lines above it."""
        above = self._above
        if above is None or above.step != line.step:
            return OwnRun(self._begin, line.number, "", (START if above is None else ELSEWHERE) + self._behind)
        order = f":{above.section}.{self._number}"
        return OwnRun(self._begin, line.number, "", above.place + self._behind + order)

    def end(self, run: OwnRun) -> None:
        """Go on below a run."""
        self._begin = max(self._begin, run.last + 1)

    def text(self, run: OwnRun) -> list[str]:
        """The lines of a run as they stand, without blank ones at the end unless they part it from the title."""
        last = run.last
        while run.after == START and last < len(self.lines) and not self.lines[last].strip():
            last += 1
        lines = [self.lines[i] for i in range(run.first - 1, last) if i not in self._hidden]
        if run.after == START:
            return lines
        while lines and not lines[-1].strip():
            lines.pop()
        return lines


class KnownBlocks:
    """The blocks of a journal, found by their first line, so that a page of thousands is read in one go."""

    def __init__(self, blocks: Iterable[Event]) -> None:
        self._by_first: dict[tuple[str, str], list[Event]] = {}
        for block in blocks:
            self._by_first.setdefault((block.step, _body(block)[0]), []).append(block)

    def first(self, lines: list[str], run: OwnRun) -> tuple[list[Event], list[str]]:
        """The blocks with which the lines of a run begin, blank ones aside, and the lines that are left.

        Each block is found once; of those with the same words the one that was put there comes first.
        """
        found: list[Event] = []
        while True:
            begin = next((i for i, line in enumerate(lines) if line.strip()), None)
            some = self._by_first.get((run.step, lines[begin]), []) if begin is not None else []
            same = [b for b in some if begin is not None and lines[begin : begin + len(_body(b))] == _body(b)]
            if not same or begin is None:
                return found, lines
            block = next((b for b in same if place_of(b.after) == place_of(run.after)), same[0])
            some.remove(block)
            found.append(block)
            lines = lines[begin + len(_body(block)) :]


def _body(block: Event) -> list[str]:
    return block.text.strip("\n").split("\n")


def parts_of(lines: Sequence[str]) -> list[str]:
    """Lines in pieces that the journal keeps, cut between lines where that can be."""
    parts: list[list[str]] = [[]]
    for line in lines:
        for piece in [line[i : i + LONGEST_PART] for i in range(0, len(line), LONGEST_PART)] or [""]:
            if parts[-1] and sum(map(len, parts[-1])) + len(parts[-1]) + len(piece) > LONGEST_PART:
                parts.append([])
            parts[-1].append(piece)
    return [text for part in parts if (text := "\n".join(part)).strip()]


def in_short(text: str) -> str:
    """The words of a block on one line, short enough to be told."""
    return shorten(clean(" ".join(text.split())), SHOWN)


def sign_of(line: PageLine) -> bool:
    """Whether a line holds signs alone."""
    return not line.head and not essence(line.text)
