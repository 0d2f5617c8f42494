"""How pages about one thing and lists are printed: what `explain`, `what-if`, `diff`, `show` and `compare` share."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from roadmap.cli.boundary import put, today_or, use_colour, width_of
from roadmap.cli.options import Ascii, NoColour, Output, Overlays, TextForm, TextFormat, Today, Width

if TYPE_CHECKING:
    from roadmap.render.cards import Card, Listing
    from roadmap.render.screen import Screen

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

    def put_page(self, page: "Callable[[], Card]", data: Callable[[], str]) -> None:
        """Print a page, or its data where that is wanted."""
        if self.form is TextFormat.JSON:
            put(data(), self.output)
        elif self.form is TextFormat.MARKDOWN:
            from roadmap.render.show import page_as_markdown

            put(page_as_markdown(page()), self.output)
        else:
            put(self._screen().page(page()), self.output)

    def put_list(self, listing: "Callable[[], Listing]", data: Callable[[], str]) -> None:
        """Print a list, or its data where that is wanted."""
        if self.form is TextFormat.JSON:
            put(data(), self.output)
        elif self.form is TextFormat.MARKDOWN:
            from roadmap.render.show import list_as_markdown

            put(list_as_markdown(listing()), self.output)
        else:
            put(self._screen().listing(listing()), self.output)

    def put_side_by_side(self, tables: "Callable[[], list[Listing]]", data: Callable[[], str]) -> None:
        """Print tables whose columns are things to compare."""
        if self.form is TextFormat.JSON:
            put(data(), self.output)
        elif self.form is TextFormat.MARKDOWN:
            from roadmap.render.show import list_as_markdown

            put("\n".join(list_as_markdown(table) for table in tables()), self.output)
        else:
            put(self._screen().side_by_side(tables()), self.output)

    def _screen(self) -> "Screen":
        from roadmap.render.screen import Screen

        colour = use_colour(self.no_color) and self.output is None
        return Screen(self.columns, colour=colour, ascii_only=self.ascii_only)
