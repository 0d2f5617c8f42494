"""How a plan is drawn and where it goes: what `plan` and `export` have in common."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.cli.boundary import say, show, use_colour, width_of, write_png
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.model.journal import Event, Progress


@dataclass(frozen=True)
class Drawing:
    """What the options say about the form of a plan. `full` adds the steps to the answer."""

    form: Format
    full: bool
    front_matter: bool
    output: Path | None
    pager: bool
    no_color: bool
    ascii_only: bool
    width: int | None

    def put(self, plan: Plan, known: Catalogue, now: "Progress | None" = None, journal: "Sequence[Event]" = ()) -> None:
        """Print the plan, or write it to a file; a drawing becomes a PNG when the file's name says so."""
        text = render(
            plan,
            known,
            self.form,
            width=width_of(sys.stdout, self.width),
            colour=use_colour(self.no_color) and self.output is None,
            ascii_only=self.ascii_only,
            full=self.full,
            brief=self.form is Format.MARKDOWN and not self.full,
            front_matter=self.front_matter,
            now=now,
            journal=journal,
        )
        if self.form is Format.SVG and self.output is not None and self.output.suffix.casefold() == ".png":
            write_png(text, self.output)
        else:
            show(text, self.output, pager=self.pager)
        if self.output is not None and str(self.output) != "-":
            say(f"Plan written to {self.output}.")


def drawing_of(
    form: Format,
    output: Path | None,
    full: bool,
    brief: bool,
    front_matter: bool,
    pager: bool,
    no_color: bool,
    ascii_only: bool,
    width: int | None,
) -> Drawing:
    """The options in one piece. Without --full a terminal shows the answer alone, without --brief a file shows all.

    --brief is the answer alone, in Markdown. Raises UsageError for options that contradict each other.
    """
    if brief and full:
        raise UsageError("--brief and --full contradict each other", "leave one of them out")
    if brief and form not in (Format.TERMINAL, Format.MARKDOWN):
        raise UsageError("--brief is for Markdown", "leave --format out, or add --format markdown")
    form = Format.MARKDOWN if brief else form
    if front_matter and form is not Format.MARKDOWN:
        raise UsageError("--front-matter is for Markdown", "add --format markdown")
    whole = full or (form is not Format.TERMINAL and not brief)
    return Drawing(form, whole, front_matter, output, pager, no_color, ascii_only, width)
