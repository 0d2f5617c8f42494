"""How all screens of a saved plan are drawn: labels, paragraphs, lists and rules.

Plain text without the drawing library, since `roadmap next` has to start at once.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmap.render.clean import clean, shorten

LABEL = 11


@dataclass(frozen=True)
class Look:
    """How text is drawn: columns, whether bold and dim are used, and the rows of the screen (None: no end)."""

    width: int = 80
    colour: bool = False
    rows: int | None = None

    def strong(self, text: str) -> str:
        """Text that is seen first."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def quiet(self, text: str) -> str:
        """Text that may be overlooked."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def rule(self) -> str:
        """A line across."""
        return self.quiet("─" * self.width)

    def wrap(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """Lines of harmless words; an address is never broken."""
        lead = indent if first is None else first
        return textwrap.wrap(
            clean(text),
            self.width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead.rstrip()]

    def fact(self, label: str, text: str) -> list[str]:
        """A label and a paragraph beside it."""
        first, *rest = self.wrap(text, " " * LABEL, label.ljust(LABEL))
        return [self.quiet(first[:LABEL]) + first[LABEL:], *rest]

    def bullets(self, label: str, items: Iterable[str]) -> list[str]:
        """A label and a list beside it."""
        out: list[str] = []
        for item in items:
            head = (label if not out else "").ljust(LABEL)
            first, *rest = self.wrap(item, " " * (LABEL + 2), f"{head}- ")
            out += [self.quiet(first[:LABEL]) + first[LABEL:], *rest]
        return out

    def address(self, url: str) -> str:
        """An address on a line of its own, further to the left where it would not fit beside a label."""
        shown = clean(url)
        return " " * max(0, min(LABEL, self.width - len(shown))) + shown

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether the screen shows all lines at once, with the prompt below them."""
        return self.rows is None or len(lines) < self.rows

    def edges(self, left: str, right: str) -> str:
        """Two texts at both ends of a line."""
        room = max(1, self.width - len(right) - 2)
        cut = shorten(clean(left), room)
        return self.strong(cut) + " " * max(2, self.width - len(cut) - len(right)) + self.quiet(right)


def page(lines: Sequence[str]) -> str:
    """Lines as a text with a final newline."""
    return "\n".join(lines) + "\n"
