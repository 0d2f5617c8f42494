"""A group: where all saved plans of a folder stand on a day, and their pages, index and calendar."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import earlier, overlays_for, read_plan
from roadmap.app.sync import unsynced
from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX
from roadmap.loading.writing import write_text
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.render.cohort import Member

CALENDAR, INDEX = "everyone.ics", "index.html"


def plans_in(folder: Path) -> list[Path]:
    """The saved plans of a folder. Raises RoadmapError when there are none."""
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
        known, loaded = _opened(file, known, given)
    except RoadmapError as error:
        return Member(name, None, problem=error.message)
    if loaded.saved is None:
        first = loaded.problems[0]
        return Member(name, None, problem=f"line {first.line}: {first.message}")
    now = progress(loaded.saved, known, day, ways=True)
    return Member(name, now, tuple(needs(now)))


def _opened(file: Path, known: "Catalogue", given: list[Path] | None) -> "tuple[Catalogue, Loaded]":
    """A saved plan as it was read, under its own catalogue. Raises RoadmapError when the file cannot be read."""
    overlays = overlays_for(file, given)
    own = read_catalogue(overlays) if overlays else known
    return own, read_plan(file, own)[1]


def page_of(file: Path) -> Path:
    """The page that belongs to a saved plan."""
    return file.with_name(file.name.removesuffix(SUFFIX) + ".md")


def write_pages(
    folder: Path, known: "Catalogue", given: list[Path] | None, day: date, tell: Callable[[str], None]
) -> int:
    """Write the page of everybody, an index and one calendar; how many pages. An edited page is left as it is.

    `tell` is called with a sentence for each page that was not written.
    """
    from roadmap.planning.progress import progress
    from roadmap.render.cohort import cohort_html, cohort_rows
    from roadmap.render.ical import render_group

    plans, lines, before, count = [], [], [], 0
    for file in plans_in(folder):
        try:
            own, loaded = _opened(file, known, given)
            saved = loaded.saved
        except RoadmapError as error:
            tell(f"{file}: {error.message}")
            continue
        if saved is None:
            tell(f"{file}: cannot be read; roadmap check {file} says why")
            continue
        now = progress(saved, own, day, ways=True)
        plans.append(now.plan)
        lines.append(len(saved.journal))
        before.append(earlier(saved, own))
        page = page_of(file)
        if why := unsynced(page, saved, own, day):
            tell(f"{page}: {why}; left as it is, roadmap cohort week reads it in")
            continue
        for form, target in ((Format.MARKDOWN, page), (Format.HTML, page.with_suffix(".html"))):
            write_text(target, render(now.plan, own, form, now=now, journal=saved.journal, saved_id=saved.id))
        ics = render(now.plan, own, Format.ICS, now=now, journal=saved.journal, earlier=before[-1])
        write_text(page.with_suffix(".ics"), ics)
        count += 1
    rows = cohort_rows(members_of(folder, known, given, day), known)
    write_text(folder / INDEX, cohort_html(rows, day, linked=True))
    write_text(folder / CALENDAR, render_group(plans, known, folder.resolve().name, lines, before))
    return count
