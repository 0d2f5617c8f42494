"""A saved plan to other programs and people, and back from the Markdown that people edited."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.cli.boundary import put, read_catalogue, say, today_or
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
from roadmap.cli.saved_plan import nearest, open_plan, overlays_for, read_plan, whole
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import SavedPlan
    from roadmap.render.sync import Synced


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
) -> None:
    """Put a saved plan into another format: a page, a calendar, a task list, a table, a picture.

    With --format svg an --output that ends in .png gives a picture in dots (needs the extra career-roadmap[png]).
    """
    from roadmap.planning.progress import progress

    drawing = drawing_of(form, output, full, brief, front_matter, pager, no_color, ascii_only, width)
    day = today_or(today)
    known, saved = open_plan(nearest(plan), catalogue)
    now = progress(saved, known, day)
    drawing.put(now.plan, known, now, saved.journal)


def sync(
    file: Annotated[Path, typer.Argument(help="A Markdown plan that was edited.", metavar="FILE.md")],
    plan: PlanFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken.")] = False,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Read ticks, hours, links and notes of an edited Markdown plan back into the saved plan.

    Says line by line what it took and what it did not understand; that is kept as a note, so no text is lost. A
    second run with the same file changes nothing.
    """
    from roadmap.loading.saved import FORMAT
    from roadmap.loading.saving import keep_format, locked, saved_text, write_saved
    from roadmap.loading.source import read_text

    path = nearest(plan)
    known = read_catalogue(overlays_for(path, catalogue))
    edited, day = read_text(file), today_or(today)
    with locked(path):
        text, loaded = read_plan(path, known)
        saved = whole(loaded)
        found = _synced(edited, saved, known, day)
        if found.events and not dry_run:
            if loaded.format < FORMAT:
                say(f"The file was in an older format. It is kept as {keep_format(path, loaded.format)}.")
            base = saved_text(saved) if loaded.format < FORMAT else text
            write_saved(path, _with_events(base, saved, found, known), text)
    _tell(file, found, dry_run)


def _synced(edited: str, saved: "SavedPlan", known: "Catalogue", day: date) -> "Synced":
    from roadmap.planning.progress import progress
    from roadmap.render.sync import read_markdown

    now = progress(saved, known, day)
    steps = {*saved.baseline.steps, *(s.id for s in now.plan.steps), *now.standing.done, *now.standing.hours}
    fresh = render(now.plan, known, Format.MARKDOWN, full=True, now=now, journal=saved.journal)
    return read_markdown(edited, now, known, {e.id for e in saved.journal}, steps, fresh)


def _with_events(text: str, saved: "SavedPlan", found: "Synced", known: "Catalogue") -> str:
    from dataclasses import replace

    from roadmap.loading.saving import with_event
    from roadmap.planning.known import finished_event

    batch = os.urandom(4).hex()
    for one in found.events:
        event = replace(finished_event(one, known) if one.kind == "done" else one, batch=batch)
        text = with_event(text, saved, event, known)
        saved = replace(saved, journal=(*saved.journal, event))
    return text


def _tell(file: Path, found: "Synced", dry_run: bool) -> None:
    from roadmap.render.clean import clean

    for one in sorted(found.findings, key=lambda f: f.line):
        put(f"{file}:{one.line}: {one.kind}: {clean(one.text)}\n", None)
    count = sum(f.kind == "taken" for f in found.findings)
    kept = sum(f.kind == "unknown" for f in found.findings)
    verb = "would be taken" if dry_run else "taken"
    say(f"{count} {verb}, {kept} not understood." if found.findings else "Nothing new in it.")
