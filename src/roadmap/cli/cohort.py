"""`roadmap cohort`: a group as a thing of its own, from a sheet to saved plans, week by week."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.cli.boundary import complain, put, say_line, today_or
from roadmap.cli.options import NoColour, Output, Overlays, Today, Width, argument, value
from roadmap.cli.screens import look
from roadmap.errors import ExitCode, RoadmapError, UsageError
from roadmap.render.data import json_text

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue

VERBS = ("init", "week", "export")


class CohortFormat(StrEnum):
    """For people, pages, spreadsheets or scripts."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


TableFormat = Annotated[
    CohortFormat | None,
    typer.Option("--format", "-f", help="How the table comes out; else as the name of the output says."),
]


def cohort(
    words: Annotated[
        list[str] | None,
        argument("[init|week|export] PATH", "A folder with saved plans; or init SHEET, week FOLDER, export FOLDER."),
    ] = None,
    into: Annotated[Path | None, value("--into", "FOLDER", "With init: the folder to make.")] = None,
    mapped: Annotated[
        list[str] | None, value("--map", "KEY=COLUMN", "With init: take a key from another column; repeatable.")
    ] = None,
    ignore: Annotated[
        list[str] | None, value("--ignore", "COLUMN", "With init: skip a column; '*' all unknown ones; repeatable.")
    ] = None,
    form: TableFormat = None,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show a mentor who needs a word this week, and why, over all saved plans in a folder.

    init SHEET --into FOLDER makes a saved plan, a page and a calendar for each row of a sheet; week FOLDER reads the
    edited pages back, writes them anew and shows the table; export FOLDER only writes the pages.

    Example: roadmap cohort plans --format csv --output cohort.csv
    """
    verb, path = _asked(words or [])
    shown = _form_of(form, output)
    _spare_sheet(verb, path, output)
    day, known = today_or(today), read_catalogue(catalogue or [])
    code = 0
    if verb == "init":
        code = _init(path, into, known, day, mapped or [], ignore or [])
    elif into is not None or mapped or ignore:
        raise UsageError("--into, --map and --ignore belong to cohort init", "roadmap cohort init SHEET --into FOLDER")
    if verb in ("week", "export"):
        code = _pages(path, known, catalogue, day, read=verb == "week")
    if verb in ("", "week"):
        # What a command that is offered has to repeat.
        given = f" --today {day}" if today else ""
        code = _table(path, shown, output, catalogue, day, (width, no_color), known, given) or code
    if code:
        raise typer.Exit(code)


def _asked(words: list[str]) -> tuple[str, Path]:
    """What to do, and with which file or folder."""
    verb, rest = (words[0], words[1:]) if words and words[0] in VERBS else ("", words)
    if verb == "init" and not rest:
        raise UsageError("the sheet is missing", "roadmap cohort init SHEET.xlsx --into my-cohort")
    if len(rest) > 1:
        raise UsageError(f'"{rest[1]}" is one word too many', "roadmap cohort [init|week|export] PATH")
    return verb, Path(rest[0]) if rest else Path()


def _spare_sheet(verb: str, path: Path, output: Path | None) -> None:
    """Raises UsageError for an output without a table for it, and for the sheet that the group was made from."""
    from roadmap.app.own import sheet_of

    if output is None:
        return
    if verb in ("init", "export"):
        hint = "roadmap cohort FOLDER --output FILE writes it"
        raise UsageError(f"--output takes the table, which cohort {verb} does not show", hint)
    if output.exists() and output.name == sheet_of(path):
        raise UsageError(f"{output}: this group was made from a sheet of that name", "name another file")


ENDINGS = {
    "csv": CohortFormat.CSV,
    "html": CohortFormat.HTML,
    "htm": CohortFormat.HTML,
    "md": CohortFormat.MARKDOWN,
    "markdown": CohortFormat.MARKDOWN,
    "json": CohortFormat.JSON,
    "txt": CohortFormat.TERMINAL,
}


def _form_of(form: CohortFormat | None, output: Path | None) -> CohortFormat:
    """The format that was asked for, or that the name of the file says. Raises UsageError where they contradict."""
    ending = output.suffix.removeprefix(".").casefold() if output is not None else ""
    # A device or a pipe may be called anything.
    if not ending or (output is not None and output.exists() and not output.is_file()):
        return form or CohortFormat.TERMINAL
    meant = ENDINGS.get(ending)
    if meant is None or form not in (None, meant):
        what = f"the table does not come out as .{ending}" if meant is None else f"{form} does not end in .{ending}"
        raise UsageError(f"{output}: {what}", "endings: " + ", ".join(f".{e}" for e in ENDINGS))
    return meant


def _init(sheet: Path, into: Path | None, known: "Catalogue", day: date, mapped: list[str], ignored: list[str]) -> int:
    """Make the saved plans of a sheet; the exit code. Raises UsageError without a folder for them."""
    if into is None:
        raise UsageError("the folder to make is missing", f"roadmap cohort init {sheet} --into my-cohort")
    return make_group(sheet, into, known, day, mapped, ignored)


def make_group(sheet: Path, into: Path, known: "Catalogue", day: date, mapped: list[str], ignored: list[str]) -> int:
    """Make the saved plans of a sheet; the exit code."""
    from roadmap.batch.group import from_sheet
    from roadmap.cli.mapping import renames_of

    failed = from_sheet(sheet, into, known, day, say_line, renames=renames_of(mapped), ignored=ignored)
    return int(ExitCode.BATCH_PARTIAL) if failed else 0


def _pages(folder: Path, known: "Catalogue", overlays: list[Path] | None, day: date, *, read: bool) -> int:
    """Write everybody's page anew; with `read` what they wrote into the old one is taken over first.

    The exit code says whether some page could not be read or written.
    """
    from roadmap.app.cohort import write_pages

    unread = _read_back(folder, overlays, day) if read else 0
    count, failed = write_pages(folder, known, overlays, day, say_line)
    say_line(f"{count} pages written to {folder}; index.html names everybody, everyone.ics has all dates.")
    return int(ExitCode.BATCH_PARTIAL) if unread or failed else 0


def _read_back(folder: Path, overlays: list[Path] | None, day: date) -> int:
    """Take in every page that was edited, and say what came in; how many could not be read, which stop no other."""
    from roadmap.app.cohort import page_of, plans_in
    from roadmap.app.sync import take_in
    from roadmap.cli.export import SyncCount, tell_all, tell_taken

    told, unread = list[SyncCount](), 0
    for file in plans_in(folder):
        page = page_of(file)
        if page.is_file():
            try:
                told.append(tell_taken(page, take_in(page, file, overlays, day)))
            except RoadmapError as error:
                complain(error)
                unread += 1
    tell_all(told, unread=unread)
    return unread


def _table(
    folder: Path,
    form: CohortFormat,
    output: Path | None,
    overlays: list[Path] | None,
    day: date,
    look_at: tuple[int | None, bool],
    known: "Catalogue",
    given: str,
) -> int:
    """Show the table, and say by the exit code whether a plan could not be read."""
    from roadmap.app.cohort import members_of
    from roadmap.app.own import own_columns, own_of
    from roadmap.render import cohort as draw

    members = members_of(folder, known, overlays, day)
    rows = draw.cohort_rows(members, known)
    match form:
        case CohortFormat.JSON | CohortFormat.CSV:
            # Notes on people are for who keeps them: no page that others may be shown has them.
            kept = own_columns(folder)
            own = {m.file: own_of(m.file, kept) for m in members}
            if form is CohortFormat.JSON:
                put(json_text(draw.cohort_data(members, known, own, folder, given)), output)
            else:
                # Excel takes a file without a byte-order mark for one of the last century.
                mark = "\ufeff" if output is not None and str(output) != "-" else ""
                put(mark + draw.cohort_csv(rows, own), output)
        case CohortFormat.MARKDOWN:
            put(draw.cohort_markdown(rows), output)
        case CohortFormat.HTML:
            put(draw.cohort_html(rows, day), output)
        case CohortFormat.TERMINAL:
            put(draw.cohort_text(rows, look(*look_at)), output)
    if output is not None and str(output) != "-":
        say_line(f"Written to {output}.")
    return int(ExitCode.BATCH_PARTIAL) if any(m.now is None for m in members) else 0
