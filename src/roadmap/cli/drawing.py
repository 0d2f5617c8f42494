"""How a plan is drawn and where it goes: what `plan` and `export` have in common."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.cli.boundary import say, say_line, show, use_colour, use_links, width_of
from roadmap.cli.options import Ascii, Brief, FrontMatter, Full, NoColour, Output, Pager, Width
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render import SUFFIXES, Format, render

if TYPE_CHECKING:
    from roadmap.model.journal import Event, Progress


# What a second run does to what somebody did in the other program, said where the format itself has no room for it.
SECOND_RUNS = {Format.TASKWARRIOR: "A second task import overwrites changes made there: tasks open again, own tags go."}
# Files that their programs work in: a second one takes the place of what was ticked there.
WORKED_IN = frozenset({Format.OBSIDIAN, Format.TODOTXT})


@dataclass(frozen=True)
class DrawnOptions:
    """The options of a command that draws a plan, beside its format."""

    full: Full = False
    brief: Brief = False
    output: Output = None
    front_matter: FrontMatter = False
    pager: Pager = False
    no_color: NoColour = False
    ascii_only: Ascii = False
    width: Width = None

    def drawing(self, form: Format) -> "Drawing":
        """How it is drawn; what the file is called says its format.

        Without --full a terminal shows the answer alone, without --brief a file shows all. --brief is the answer
        alone, in Markdown. Raises UsageError for options that contradict each other, and where no PNG can be made.
        """
        if self.brief and self.full:
            raise UsageError("--brief and --full contradict each other", "leave one of them out")
        if self.brief and form not in (Format.TERMINAL, Format.MARKDOWN):
            raise UsageError("--brief is for Markdown", "leave --format out, or add --format markdown")
        form = Format.MARKDOWN if self.brief else _by_suffix(form, self.output)
        if self.front_matter and form is not Format.MARKDOWN:
            raise UsageError("--front-matter is for Markdown", "add --format markdown")
        if form is Format.SVG and _is_png(self.output):
            from roadmap.cli.picture import check_png

            check_png()
        return Drawing(form, self.full or (form is not Format.TERMINAL and not self.brief), self)


@dataclass(frozen=True)
class Drawing:
    """The form of a plan as it was settled. `full` adds the steps to the answer."""

    form: Format
    full: bool
    asked: DrawnOptions

    @property
    def output(self) -> Path | None:
        """The file it goes to; None is standard output."""
        return self.asked.output

    def put(
        self,
        plan: Plan,
        known: Catalogue,
        now: "Progress | None" = None,
        journal: "Sequence[Event]" = (),
        saved_id: str = "",
        earlier: "Sequence[Plan]" = (),
        steps_by: str = "",
    ) -> None:
        """Print the plan, or write it to a file; a drawing becomes a PNG when the file's name says so."""
        text = render(
            plan,
            known,
            self.form,
            width=width_of(sys.stdout, self.asked.width),
            colour=use_colour(self.asked.no_color) and self.output is None,
            ascii_only=self.asked.ascii_only,
            links=use_links(self.asked.no_color) and self.output is None,
            full=self.full,
            brief=self.form is Format.MARKDOWN and not self.full,
            front_matter=self.asked.front_matter,
            now=now,
            journal=journal,
            saved_id=saved_id,
            earlier=earlier,
            steps_by=steps_by,
        )
        if self.form in SECOND_RUNS:
            say(SECOND_RUNS[self.form])
        if self.form in WORKED_IN and self.output is not None and self.output.is_file():
            say_line(f"What was ticked or written into {self.output} goes; roadmap done records what is finished.")
        if self.form is Format.SVG and self.output is not None and _is_png(self.output):
            from roadmap.cli.picture import write_png

            write_png(text, self.output)
        else:
            # Excel takes a file without a byte-order mark for one of the last century.
            mark = "\ufeff" if self.form is Format.CSV and self.output is not None and str(self.output) != "-" else ""
            show(mark + text, self.output, pager=self.asked.pager)
        if self.output is not None and str(self.output) != "-":
            say_line(f"Plan written to {self.output}.")


def _is_png(output: Path | None) -> bool:
    """Whether a file is to be a picture in dots, as its name says."""
    return output is not None and output.suffix.casefold() == ".png"


# What a file's name says when no format was asked for; of formats that share an ending the first one.
MEANT = {"html": Format.HTML, "htm": Format.HTML, "png": Format.SVG, "markdown": Format.MARKDOWN}
USUAL = (Format.TERMINAL, Format.MARKDOWN)


def _endings() -> dict[str, list[Format]]:
    """Endings of files, each with the formats it may hold."""
    found: dict[str, list[Format]] = {ending: [form] for ending, form in MEANT.items()}
    for form in Format:
        found.setdefault(SUFFIXES.get(form, form.value).rpartition(".")[2], []).append(form)
    return found


def _by_suffix(form: Format, output: Path | None) -> Format:
    """The format that a file is to hold: as its name says, or as asked where that fits the name.

    Raises UsageError where the two contradict each other, or the name promises what no format is.
    """
    ending = output.suffix.removeprefix(".").casefold() if output is not None else ""
    if not ending or (output is not None and output.exists() and not output.is_file()):
        return form
    fitting = _endings().get(ending, [])
    if form in fitting or (form in (Format.JSON, Format.TASKWARRIOR) and ending in ("json", "jsonl")):
        return form
    if fitting and form in USUAL:
        return fitting[0]
    if fitting:
        hint = f"leave --format out, or name a file that ends in .{SUFFIXES.get(form, form.value)}"
        raise UsageError(f"{output}: a file in the format {form.value} does not end in .{ending}", hint)
    hint = "endings: " + ", ".join(f".{e}" for e in sorted(_endings()))
    if ending in ("yaml", "yml"):
        hint = "--save keeps a plan as a file to go on with"
    raise UsageError(f"{output}: no format of a plan ends in .{ending}", hint)
