"""Commands that only look at a saved plan, or at all of a group."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadmap.cli.book import as_json, given, look, open_book
from roadmap.cli.boundary import put, read_catalogue, today_or
from roadmap.cli.options import NoColour, Output, Overlays, PlainForm, PlainFormat, PlanFile, Today, Width
from roadmap.cli.saved_plan import overlays_for, read_plan
from roadmap.errors import ExitCode, RoadmapError

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue


class LedgerFormat(StrEnum):
    """For a page or for a CV."""

    MARKDOWN = "markdown"
    JSONRESUME = "jsonresume"


class CohortFormat(StrEnum):
    """For people, pages, spreadsheets or scripts."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


def next_(
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show this week's work on one screen: what, why, how long, what to open, and when it is done."""
    from roadmap.render.living import next_data, next_text

    book = open_book(plan, today, catalogue)
    if form is PlainFormat.JSON:
        put(as_json(next_data(book.now, book.catalogue)), None)
    else:
        put(next_text(book.now, book.catalogue, look(width, no_color)), None)


def status(
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show where you stand: ahead or behind, hours, pace, forecast, readiness, exams, and what changed since."""
    from roadmap.planning.causes import causes
    from roadmap.render.status import progress_data, status_text

    book = open_book(plan, today, catalogue, ways=True)
    moved = causes(book.saved, book.catalogue, book.now)
    if form is PlainFormat.JSON:
        again = given(plan, today, catalogue)
        put(as_json(progress_data(book.now, book.catalogue, moved, again)), None)
    else:
        put(status_text(book.now, moved, book.catalogue, look(width, no_color)), None)


def evidence(
    plan: PlanFile = None,
    form: Annotated[
        LedgerFormat, typer.Option("--format", "-f", help="A page to show, or a CV in JSON Resume.")
    ] = LedgerFormat.MARKDOWN,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Print what you can show a recruiter or a manager: finished steps with their evidence, and certificates."""
    from roadmap.render.ledger import evidence_markdown, evidence_resume

    book = open_book(plan, today, catalogue)
    draw = evidence_resume if form is LedgerFormat.JSONRESUME else evidence_markdown
    put(draw(book.now, book.catalogue), output)


def cohort(
    folder: Annotated[Path, typer.Argument(help="A folder with saved plans.", metavar="FOLDER", show_default=False)],
    form: Annotated[CohortFormat, typer.Option("--format", "-f", help="How the table comes out.")] = (
        CohortFormat.TERMINAL
    ),
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show a mentor who needs a word this week, and why, over all saved plans in a folder."""
    from roadmap.loading.places import SUFFIX
    from roadmap.render import cohort as draw

    if not folder.is_dir():
        raise RoadmapError(f"{folder}: no such folder", "name a folder with files that end in " + SUFFIX)
    files = sorted(folder.rglob("*" + SUFFIX))
    if not files:
        raise RoadmapError(f"{folder}: no saved plans in it", "their names end in " + SUFFIX)
    day, known = today_or(today), read_catalogue(catalogue or [])
    members = [_member(file, str(file.relative_to(folder)), known, catalogue, day) for file in files]
    rows = draw.cohort_rows(members, known)
    match form:
        case CohortFormat.JSON:
            put(as_json(draw.cohort_data(members, known)), output)
        case CohortFormat.CSV:
            put(draw.cohort_csv(rows), output)
        case CohortFormat.MARKDOWN:
            put(draw.cohort_markdown(rows), output)
        case CohortFormat.HTML:
            put(draw.cohort_html(rows, day), output)
        case CohortFormat.TERMINAL:
            put(draw.cohort_text(rows, look(width, no_color)), output)
    if any(m.now is None for m in members):
        raise typer.Exit(int(ExitCode.BATCH_PARTIAL))


def _member(file: Path, name: str, known: "Catalogue", given: list[Path] | None, day: date) -> Any:
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
