"""Plan in, text out. A format is a name and a function; nothing here writes a file or reads the clock."""

from enum import StrEnum
from typing import assert_never

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan


class Format(StrEnum):
    """The formats that come out as text; `terminal` is drawn for a width and a colour setting."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


def render(
    plan: Plan,
    catalogue: Catalogue,
    form: Format,
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """A plan as text in one format. `width`, `colour` and `ascii_only` concern the terminal alone."""
    match form:
        case Format.TERMINAL:
            from roadmap.render.terminal import render_terminal

            return render_terminal(plan, catalogue, width=width, colour=colour, ascii_only=ascii_only)
        case Format.MARKDOWN:
            from roadmap.render.markdown import render_markdown

            return render_markdown(plan, catalogue)
        case Format.JSON:
            from roadmap.render.json import render_json

            return render_json(plan, catalogue)
    assert_never(form)
