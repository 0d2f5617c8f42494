"""A group: where all saved plans of a folder stand on a day, and their pages, index and calendar."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import earlier, overlays_for, read_plan
from roadmap.app.sync import unsynced
from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX
from roadmap.loading.source import real
from roadmap.loading.writing import write_text
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Progress, SavedPlan
    from roadmap.model.plan import Plan
    from roadmap.render.cohort import Member

CALENDAR, INDEX = "everyone.ics", "index.html"


def plans_in(folder: Path) -> list[Path]:
    """The saved plans of a folder. Raises RoadmapError when there are none."""
    if not folder.is_dir():
        raise RoadmapError(f"{folder}: no such folder", "name a folder with files that end in " + SUFFIX)
    named = (f for f in folder.rglob("*" + SUFFIX) if not f.name.startswith("."))
    # Whoever opens a pipe waits for its other end.
    files = sorted(f for f in named if f.is_file() or not f.exists())
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


class Written(NamedTuple):
    """How many pages were written, and how many could not be: their plan, or what stands there now, is unreadable."""

    pages: int
    failed: int


def write_pages(
    folder: Path, known: "Catalogue", given: list[Path] | None, day: date, tell: Callable[[str], None]
) -> Written:
    """Write the page of everybody, an index and one calendar. An edited page is left as it is.

    `tell` is called with a sentence for each page that was not written.
    """
    from roadmap.planning.progress import progress
    from roadmap.render.cohort import cohort_html, cohort_rows
    from roadmap.render.ical import render_group

    plans, lines, before, count, failed = [], [], [], 0, 0
    for file in plans_in(folder):
        try:
            own, saved = _whole(file, known, given)
        except RoadmapError as error:
            tell(_named(file, error))
            failed += 1
            continue
        now = progress(saved, own, day, ways=True)
        plans.append(now.plan)
        lines.append(len(saved.journal))
        before.append(earlier(saved, own))
        page = page_of(file)
        try:
            why = unsynced(page, saved, own, day)
        except RoadmapError as error:
            tell(f"{_named(page, error)}; left as it is")
            failed += 1
            continue
        if why:
            tell(f"{page}: {why}; left as it is, roadmap cohort week reads it in")
            continue
        _write_page(page, own, saved, now, before[-1])
        count += 1
    rows = cohort_rows(members_of(folder, known, given, day), known)
    write_text(folder / INDEX, cohort_html(rows, day, linked=True))
    write_text(folder / CALENDAR, render_group(plans, known, real(folder).name, lines, before))
    return Written(count, failed)


def _whole(file: Path, known: "Catalogue", given: list[Path] | None) -> "tuple[Catalogue, SavedPlan]":
    """A saved plan under its own catalogue. Raises RoadmapError when it cannot be read, or has problems."""
    own, loaded = _opened(file, known, given)
    if loaded.saved is None:
        raise RoadmapError(f"{file}: cannot be read; roadmap check {file} says why")
    return own, loaded.saved


def _write_page(page: Path, own: "Catalogue", saved: "SavedPlan", now: "Progress", before: "list[Plan]") -> None:
    """One person's page, as Markdown and HTML, and their calendar."""
    for form, target in ((Format.MARKDOWN, page), (Format.HTML, page.with_suffix(".html"))):
        write_text(target, render(now.plan, own, form, now=now, journal=saved.journal, saved_id=saved.id))
    ics = render(now.plan, own, Format.ICS, now=now, journal=saved.journal, earlier=before)
    write_text(page.with_suffix(".ics"), ics)


def _named(file: Path, error: RoadmapError) -> str:
    """What is wrong with a file, with its name in front once."""
    return error.message if error.message.startswith(str(file)) else f"{file}: {error.message}"
