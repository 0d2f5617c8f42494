"""Options that several commands share: one help text each, so that they read the same everywhere."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from roadmap.render import Format


def value(names: str, metavar: str, help_: str, **more: Any) -> Any:
    """An option that takes a value: its names with commas between them, a word for the value, and its help."""
    return typer.Option(*names.split(","), help=help_, metavar=metavar, show_default=False, **more)


def argument(metavar: str, help_: str, complete: Any = None) -> Any:
    """A word that stands by itself: what it is called, its help, and what the shell completes."""
    return typer.Argument(help=help_, metavar=metavar, show_default=False, autocompletion=complete)


class PlainFormat(StrEnum):
    """For people or for scripts."""

    TERMINAL = "terminal"
    JSON = "json"


class TextFormat(StrEnum):
    """For people, for pages, or for scripts."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


ProfileFile = Annotated[
    Path | None, value("--profile", "FILE", "Answers from a YAML or JSON file or from a saved plan; - for stdin.")
]
Overlays = Annotated[
    list[Path] | None, value("--catalogue", "FILE", "Lay your own catalogue file over the built-in one; repeatable.")
]
PlanFile = Annotated[
    Path | None,
    value(
        "--plan",
        "FILE",
        "The saved plan; else the nearest *.roadmap.yaml upwards from here, else the one in your data folder.",
    ),
]
Today = Annotated[str | None, value("--today", "DATE", "Plan as if today were this day.")]
On = Annotated[str | None, value("--on", "DATE", "The day it happened; default today.")]
Output = Annotated[Path | None, value("--output,-o", "FILE", "Write to a file instead of the screen.")]
OutFormat = Annotated[Format, typer.Option("--format", "-f", help="How the plan comes out.")]
PlainForm = Annotated[PlainFormat, typer.Option("--format", "-f", help="For people or for scripts.")]
TextForm = Annotated[TextFormat, typer.Option("--format", "-f", help="For people, for pages, or for scripts.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colour, whatever the terminal can do.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Plain ASCII drawing for poor terminals.")]
Width = Annotated[int | None, value("--width", "N", "Columns to draw for, 40 to 200.")]
Pager = Annotated[bool, typer.Option("--pager", help="On a terminal, show it a screen at a time.")]
Full = Annotated[bool, typer.Option("--full", help="On the terminal: after the answer, every step with its checks.")]
Brief = Annotated[bool, typer.Option("--brief", help="Markdown: the answer alone, without the steps.")]
FrontMatter = Annotated[bool, typer.Option("--front-matter", help="Markdown with a YAML head.")]
