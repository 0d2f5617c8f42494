"""A saved plan to other programs and people, and back from the Markdown that people edited."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import earlier, nearest, open_plan, overlays_for, read_plan, require_valid
from roadmap.cli.boundary import on_terminal, put, say, today_or
from roadmap.cli.drawing import drawing_of
from roadmap.cli.options import (
    Ascii,
    Brief,
    FrontMatter,
    Full,
    NoColour,
    OutFormat,
    Output,
    Overlays,
    Pager,
    PlanFile,
    Today,
    Width,
)
from roadmap.errors import RoadmapError
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import SavedPlan
    from roadmap.render.sync import Synced

# More unknown lines than a person types: another program was at the file.
MOST_UNKNOWN = 100


def export(
    plan: PlanFile = None,
    form: OutFormat = Format.MARKDOWN,
    output: Output = None,
    full: Full = False,
    brief: Brief = False,
    front_matter: FrontMatter = False,
    catalogue: Overlays = None,
    today: Today = None,
    pager: Pager = False,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a page with words that were not synced.")] = False,
) -> None:
    """Put a saved plan into another format: a page, a calendar, a task list, a table, a picture.

    With --format svg an --output that ends in .png gives a picture in dots (needs the extra career-roadmap[png]).
    """
    from roadmap.planning.progress import progress

    drawing = drawing_of(form, output, full, brief, front_matter, pager, no_color, ascii_only, width)
    day = today_or(today)
    known, saved = open_plan(nearest(plan), catalogue)
    page = output if drawing.form is Format.MARKDOWN and not force else None
    if page and (why := unsynced(page, saved, known, day)):
        raise RoadmapError(f"{page}: {why}", f"roadmap sync {page} reads it in first; --force writes over it")
    now = progress(saved, known, day, ways=True)
    # Only a calendar withdraws what earlier ones held.
    before = earlier(saved, known) if drawing.form is Format.ICS else ()
    drawing.put(now.plan, known, now, saved.journal, saved.id, before)


def unsynced(page: Path, saved: "SavedPlan", known: "Catalogue", day: date) -> str:
    """Why a page must not be written over: it is another plan's, or holds words that are not in the plan yet."""
    from roadmap.loading.source import read_text
    from roadmap.render.personal import known_lines

    if not page.is_file():
        return ""
    text = read_text(page)
    if not known_lines(text):
        return "was not written from a saved plan"
    if why := _foreign(text, saved, known, day):
        return why
    new = len(_synced(text, saved, known, day).events)
    return f"holds {'1 line' if new == 1 else f'{new} lines'} that the plan does not have" if new else ""


def _foreign(text: str, saved: "SavedPlan", known: "Catalogue", day: date) -> str:
    """Why a page cannot be of this plan; empty when it can."""
    from roadmap.planning.progress import progress
    from roadmap.render.personal import lines_of, plan_of, whose

    named, own = plan_of(text), saved.id
    if named and own and named != own:
        return f"is the page of another plan{whose(text)}"
    steps = {line.step for line in lines_of(text) if line.head}
    ours = {*saved.baseline.steps, *(s.id for s in progress(saved, known, day).plan.steps)}
    if not steps & ours:
        return "holds no step of this plan"
    name, other = str(saved.answers.get("name") or ""), whose(text)
    if not named and name and other and other.removeprefix(" of ") != name:
        return f"is the page of another plan{other}"
    return ""


def sync(
    file: Annotated[Path, typer.Argument(help="A Markdown plan that was edited.", metavar="FILE.md")],
    plan: PlanFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep any number of unknown lines as notes.")] = False,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Read ticks, hours, links and notes of an edited Markdown plan back into the saved plan.

    Says line by line what it took and what it did not understand; that is kept as a note, so no text is lost. A
    second run with the same file changes nothing.
    """
    read_back(file, nearest(plan), catalogue, today_or(today), dry_run=dry_run, yes=yes)


def read_back(
    file: Path, path: Path, catalogue: list[Path] | None, day: date, *, dry_run: bool, yes: bool = False
) -> None:
    """Take what is new in a page into its saved plan, and say so; `yes`: with any number of unknown lines.

    Raises RoadmapError for the page of another plan, or one that another program went over.
    """
    from roadmap.loading.saved import FORMAT
    from roadmap.loading.saving import keep_format, locked, save_plan, saved_text, with_events
    from roadmap.loading.source import read_text
    from roadmap.planning.known import finished_event

    known = read_catalogue(overlays_for(path, catalogue))
    edited = read_text(file)
    with locked(path):
        text, loaded = read_plan(path, known)
        saved = require_valid(loaded, path)
        if why := _foreign(edited, saved, known, day):
            raise RoadmapError(f"{file}: {why}; nothing was taken", "name its own plan with --plan")
        found = _synced(edited, saved, known, day)
        _refuse_strange(file, found, accepted=yes or dry_run)
        if found.events and not dry_run:
            if loaded.format < FORMAT:
                say(f"The file was in an older format. It is kept as {keep_format(path, loaded.format)}.")
            base = saved_text(saved) if loaded.format < FORMAT or loaded.mended else text
            batch = os.urandom(4).hex()
            new = [
                replace(finished_event(one, known) if one.kind == "done" else one, batch=batch) for one in found.events
            ]
            meant = replace(saved, journal=(*saved.journal, *new))
            save_plan(path, with_events(base, new), text, meant, known)
    _tell(file, found, dry_run)


def _synced(edited: str, saved: "SavedPlan", known: "Catalogue", day: date) -> "Synced":
    from roadmap.planning.progress import progress
    from roadmap.render.sync import read_markdown

    now = progress(saved, known, day)
    steps = {*saved.baseline.steps, *(s.id for s in now.plan.steps), *now.standing.done, *now.standing.hours}
    fresh = render(now.plan, known, Format.MARKDOWN, full=True, now=now, journal=saved.journal, saved_id=saved.id)
    return read_markdown(edited, now, known, saved.journal, steps, fresh)


def _refuse_strange(file: Path, found: "Synced", *, accepted: bool) -> None:
    """Raise RoadmapError for a page with more lines that are not understood than a person types, unless wanted."""
    kept = [e.text for e in found.events if e.kind == "note" and e.after]
    unknown = sum(bool(line.strip()) for text in kept for line in text.splitlines())
    unknown = max(unknown, sum(f.kind == "unknown" for f in found.findings))
    if unknown <= MOST_UNKNOWN or accepted:
        return
    ask = f"{unknown} lines are not understood. Keep them as notes?"
    if not (on_terminal() and typer.confirm(ask, default=False, err=True)):
        hint = "look with --dry-run; --yes keeps them as notes. Export anew if another program changed the file"
        raise RoadmapError(f"{file}: {unknown} lines are not understood; nothing was taken", hint)


def _tell(file: Path, found: "Synced", dry_run: bool) -> None:
    from roadmap.render.clean import clean

    name = clean(str(file))
    for one in sorted(found.findings, key=lambda f: f.line):
        put(f"{name}:{one.line}: {one.kind}: {clean(one.text)}\n", None)
    count = sum(f.kind == "taken" for f in found.findings)
    kept = sum(f.kind == "unknown" for f in found.findings)
    verb = "would be taken" if dry_run else "taken"
    say(f"{count} {verb}, {kept} kept as notes." if found.findings else "Nothing new in it.")
