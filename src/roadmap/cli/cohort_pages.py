"""The pages of a group: what each saved plan looks like today, and what people wrote into their pages."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import earlier, overlays_for, read_plan
from roadmap.cli.boundary import put, say
from roadmap.errors import RoadmapError
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.render.cohort import Member

CALENDAR, INDEX = "everyone.ics", "index.html"


def plans_in(folder: Path) -> list[Path]:
    """The saved plans of a folder. Raises RoadmapError when there are none."""
    from roadmap.loading.places import SUFFIX

    if not folder.is_dir():
        raise RoadmapError(f"{folder}: no such folder", "name a folder with files that end in " + SUFFIX)
    files = sorted(f for f in folder.rglob("*" + SUFFIX) if not f.name.startswith("."))
    if not files:
        hint = f"their names end in {SUFFIX}; roadmap cohort init SHEET --into FOLDER makes them from a sheet"
        raise RoadmapError(f"{folder}: no saved plans in it", hint)
    return files


def members_of(folder: Path, known: "Catalogue", given: list[Path] | None, day: date) -> "list[Member]":
    """Everybody of a group, and where they stand."""
    return [_member(file, str(file.relative_to(folder)), known, given, day) for file in plans_in(folder)]


def _member(file: Path, name: str, known: "Catalogue", given: list[Path] | None, day: date) -> "Member":
    from roadmap.planning.causes import needs
    from roadmap.planning.progress import progress
    from roadmap.render.cohort import Member

    try:
        overlays = overlays_for(file, given)
        known = read_catalogue(overlays) if overlays else known
        _, loaded = read_plan(file, known)
    except RoadmapError as error:
        return Member(name, None, problem=error.message)
    if loaded.saved is None:
        first = loaded.problems[0]
        return Member(name, None, problem=f"line {first.line}: {first.message}")
    now = progress(loaded.saved, known, day, ways=True)
    return Member(name, now, tuple(needs(now)))


def page_of(file: Path) -> Path:
    """The page that belongs to a saved plan."""
    from roadmap.loading.places import SUFFIX

    return file.with_name(file.name.removesuffix(SUFFIX) + ".md")


def synced(folder: Path, given: list[Path] | None, day: date) -> None:
    """Read back every page that was edited, and say what came in. One page that cannot be read stops no other."""
    from roadmap.cli.export import read_back

    for file in plans_in(folder):
        page = page_of(file)
        if page.is_file():
            try:
                read_back(page, file, given, day, dry_run=False)
            except RoadmapError as error:
                say(f"{page}: {error.message}")


def write_pages(folder: Path, known: "Catalogue", given: list[Path] | None, day: date) -> int:
    """Write the page of everybody, an index and one calendar; how many pages. An edited page is left as it is."""
    from roadmap.cli.export import unsynced
    from roadmap.planning.progress import progress
    from roadmap.render.cohort import cohort_html, cohort_rows
    from roadmap.render.ical import render_group

    plans, lines, before, count = [], [], [], 0
    for file in plans_in(folder):
        try:
            overlays = overlays_for(file, given)
            own = read_catalogue(overlays) if overlays else known
            saved = read_plan(file, own)[1].saved
        except RoadmapError as error:
            say(f"{file}: {error.message}")
            continue
        if saved is None:
            say(f"{file}: cannot be read; roadmap check {file} says why")
            continue
        now = progress(saved, own, day, ways=True)
        plans.append(now.plan)
        lines.append(len(saved.journal))
        before.append(earlier(saved, own))
        page = page_of(file)
        if why := unsynced(page, saved, own, day):
            say(f"{page}: {why}; left as it is, roadmap cohort week reads it in")
            continue
        for form, target in ((Format.MARKDOWN, page), (Format.HTML, page.with_suffix(".html"))):
            put(render(now.plan, own, form, now=now, journal=saved.journal, saved_id=saved.id), target)
        ics = render(now.plan, own, Format.ICS, now=now, journal=saved.journal, earlier=before[-1])
        put(ics, page.with_suffix(".ics"))
        count += 1
    rows = cohort_rows(members_of(folder, known, given, day), known)
    put(cohort_html(rows, day, linked=True), folder / INDEX)
    put(render_group(plans, known, folder.resolve().name, lines, before), folder / CALENDAR)
    return count
