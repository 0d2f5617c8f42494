"""Lists and pages of the catalogue on a terminal."""

from collections.abc import Sequence

from roadmap.render.cards import Card, Listing, card_page, listing_page
from roadmap.render.layout import Page
from roadmap.render.terminal import draw_terminal


class Screen:
    """Draws for a width."""

    def __init__(self, width: int, *, colour: bool = False, ascii_only: bool = False) -> None:
        self.width, self.colour, self.ascii_only = width, colour, ascii_only

    def listing(self, listing: Listing) -> str:
        """A list of entries, and what to do next."""
        return self._draw(listing_page(listing))

    def side_by_side(self, tables: Sequence[Listing]) -> str:
        """Tables whose columns are things to compare."""
        return "\n".join(self.listing(table) for table in tables)

    def page(self, card: Card) -> str:
        """The page of one entry."""
        return self._draw(card_page(card))

    def _draw(self, page: Page) -> str:
        return draw_terminal(page, width=self.width, colour=self.colour, ascii_only=self.ascii_only)
