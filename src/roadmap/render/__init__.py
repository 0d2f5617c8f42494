"""Plan in, text out. A format is a name and a function; nothing here writes a file or reads the clock."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan

if TYPE_CHECKING:
    from roadmap.model.journal import Event, Progress


class Format(StrEnum):
    """The formats that come out as text."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    SVG = "svg"
    ICS = "ics"
    JSON = "json"
    CSV = "csv"
    TODOIST = "todoist"
    OBSIDIAN = "obsidian"
    TASKWARRIOR = "taskwarrior"
    TODOTXT = "todotxt"
    GITHUB = "github"
    NOTION = "notion"
    JSONRESUME = "jsonresume"


# One file each, imported only when its format is asked for. To add a format: a file, a member, a line here.
RENDERERS: Mapping[Format, str] = {
    Format.TERMINAL: "people:render_terminal",
    Format.MARKDOWN: "people:render_markdown",
    Format.HTML: "people:render_html",
    Format.SVG: "svg:render_svg",
    Format.ICS: "ical:render_ical",
    Format.JSON: "json:render_json",
    Format.CSV: "csv:render_csv",
    Format.TODOIST: "todoist:render_todoist",
    Format.OBSIDIAN: "obsidian:render_obsidian",
    Format.TASKWARRIOR: "taskwarrior:render_taskwarrior",
    Format.TODOTXT: "todotxt:render_todotxt",
    Format.GITHUB: "github:render_github",
    Format.NOTION: "notion:render_notion",
    Format.JSONRESUME: "jsonresume:render_jsonresume",
}

# Those besides Markdown that say what is done.
WITH_PROGRESS = frozenset(
    {Format.HTML, Format.OBSIDIAN, Format.TASKWARRIOR, Format.TODOTXT, Format.GITHUB, Format.JSONRESUME},
)

# The usual ending of a file in a format, where it is not the format's own name.
SUFFIXES: Mapping[Format, str] = {
    Format.TERMINAL: "txt",
    Format.MARKDOWN: "md",
    Format.TODOIST: "todoist.csv",
    Format.OBSIDIAN: "obsidian.md",
    Format.TASKWARRIOR: "taskwarrior.jsonl",
    Format.TODOTXT: "todo.txt",
    Format.GITHUB: "github.sh",
    Format.NOTION: "notion.csv",
    Format.JSONRESUME: "resume.json",
}


def suffix(form: Format) -> str:
    """How a file in this format ends, without the leading dot."""
    return SUFFIXES.get(form, form.value)


def render(
    plan: Plan,
    catalogue: Catalogue,
    form: Format,
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
    links: bool = False,
    full: bool = False,
    brief: bool = False,
    front_matter: bool = False,
    now: "Progress | None" = None,
    journal: "Sequence[Event]" = (),
    saved_id: str = "",
    earlier: "Sequence[Plan]" = (),
    steps_by: str = "",
) -> str:
    """A plan as text in one format, with a final newline.

    `width` (columns), `colour`, `ascii_only`, `links` (words lead to addresses), `full` (the steps behind the answer)
    and `steps_by` (the command that lists the steps of a plan that is kept) concern the terminal alone;
    `brief` (the answer without the steps) and `front_matter` (a YAML head) Markdown alone. `now`, of a saved plan,
    adds what is done where a format can say so; `journal` what was noted, in Markdown, which also names
    the plan (`saved_id`). `earlier` are plans that may have been taken to a calendar, which withdraws what is gone.
    """
    module, _, name = RENDERERS[form].partition(":")
    draw: Callable[..., str] = getattr(import_module(f"roadmap.render.{module}"), name)
    if form is Format.TERMINAL:
        screen = {"width": width, "colour": colour, "ascii_only": ascii_only, "links": links}
        return draw(plan, catalogue, **screen, full=full, now=now, journal=journal, steps_by=steps_by)
    if form is Format.MARKDOWN:
        return draw(
            plan, catalogue, brief=brief, front_matter=front_matter, now=now, journal=journal, saved_id=saved_id
        )
    if form is Format.ICS:
        return draw(plan, catalogue, now=now, journal=journal, earlier=earlier)
    if form in WITH_PROGRESS:
        return draw(plan, catalogue, now=now)
    return draw(plan, catalogue)
