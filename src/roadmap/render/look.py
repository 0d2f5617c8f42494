"""The screen that pages about a saved plan are drawn for."""

from dataclasses import dataclass

from roadmap.render.layout import Page
from roadmap.render.terminal import draw_terminal


@dataclass(frozen=True)
class Look:
    """Columns, whether colour is used, the rows of the screen (None: no end), and whether addresses can be links."""

    width: int = 80
    colour: bool = False
    rows: int | None = None
    links: bool = False

    def draw(self, page: Page) -> str:
        """A page as text."""
        return draw_terminal(page, width=self.width, colour=self.colour, links=self.links)

    def fits(self, text: str) -> bool:
        """Whether the screen shows all lines at once, with the prompt below them."""
        return self.rows is None or text.count("\n") < self.rows
