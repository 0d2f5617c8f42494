"""How pages about one thing and lists are printed: what `explain`, `what-if`, `diff`, `show` and `compare` share."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from roadmap.cli.boundary import put, today_or, use_colour, use_links, width_of
from roadmap.cli.options import Ascii, NoColour, Output, Overlays, TextForm, TextFormat, Today, Width

if TYPE_CHECKING:
    from roadmap.render.layout import Page

PAGE = 120
"""Columns of a table that goes onto a page."""


@dataclass(frozen=True)
class Cards:
    """The options of a command that prints pages and lists: from which catalogue, on which day, and in what form."""

    form: TextForm = TextFormat.TERMINAL
    output: Output = None
    catalogue: Overlays = None
    today: Today = None
    no_color: NoColour = False
    ascii_only: Ascii = False
    width: Width = None

    @property
    def day(self) -> date:
        """The day to plan on."""
        return today_or(self.today)

    @property
    def columns(self) -> int:
        """Columns to draw for."""
        return PAGE if self.form is TextFormat.MARKDOWN else width_of(sys.stdout, self.width)

    def put(self, pages: "Callable[[], Page | Sequence[Page]]", data: Callable[[], str], *, level: int = 1) -> None:
        """Print a page, or several below each other, or the data where that is wanted.

        In Markdown titles have the `level`, and what could be typed next is left out.
        """
        put(data() if self.form is TextFormat.JSON else self._drawn(pages(), level), self.output)

    def _drawn(self, pages: "Page | Sequence[Page]", level: int) -> str:
        from roadmap.render.layout import Page
        from roadmap.render.markdown import draw_markdown
        from roadmap.render.terminal import draw_terminal

        several = [pages] if isinstance(pages, Page) else pages
        if self.form is TextFormat.MARKDOWN:
            return "\n".join(draw_markdown(page._replace(last=()), level) for page in several)
        shown = self.output is None
        look = {
            "colour": use_colour(self.no_color) and shown,
            "links": use_links(self.no_color) and shown,
            "ascii_only": self.ascii_only,
        }
        return "\n".join(draw_terminal(page, width=self.columns, **look) for page in several)
