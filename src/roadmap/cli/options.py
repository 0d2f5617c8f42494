"""Options that several commands share: one help text each, so that they read the same everywhere."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from roadmap.render import Format


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
    Path | None,
    typer.Option(
        "--profile",
        help="Answers from a YAML or JSON file or from a saved plan; - for stdin.",
        metavar="FILE",
        show_default=False,
    ),
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="Lay your own catalogue file over the built-in one; repeatable.",
        metavar="FILE",
        show_default=False,
    ),
]
PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        help="The saved plan; else the nearest *.roadmap.yaml upwards from here, else the one in your data folder.",
        metavar="FILE",
        show_default=False,
    ),
]
Today = Annotated[
    str | None, typer.Option("--today", help="Plan as if today were this day.", metavar="DATE", show_default=False)
]
On = Annotated[
    str | None, typer.Option("--on", help="The day it happened; default today.", metavar="DATE", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to a file instead of the screen.", metavar="FILE", show_default=False),
]
OutFormat = Annotated[Format, typer.Option("--format", "-f", help="How the plan comes out.")]
PlainForm = Annotated[PlainFormat, typer.Option("--format", "-f", help="For people or for scripts.")]
TextForm = Annotated[TextFormat, typer.Option("--format", "-f", help="For people, for pages, or for scripts.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colour, whatever the terminal can do.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Plain ASCII drawing for poor terminals.")]
Width = Annotated[
    int | None, typer.Option("--width", help="Columns to draw for, 40 to 200.", metavar="N", show_default=False)
]
Pager = Annotated[bool, typer.Option("--pager", help="On a terminal, show it a screen at a time.")]
Full = Annotated[bool, typer.Option("--full", help="On the terminal: after the answer, every step with its checks.")]
Brief = Annotated[bool, typer.Option("--brief", help="Markdown: the answer alone, without the steps.")]
FrontMatter = Annotated[bool, typer.Option("--front-matter", help="Markdown with a YAML head.")]
