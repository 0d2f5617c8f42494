"""A saved plan to other programs and people, and back from the Markdown that people edited."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from roadmap.app.saved import earlier, nearest, overlays_for, pages_in, plan_for
from roadmap.app.sync import Taken, take_in, unsynced
from roadmap.cli.boundary import complain, on_terminal, put, say, today_or
from roadmap.cli.drawing import DrawnOptions
from roadmap.cli.groups import grouped
from roadmap.cli.keeping import of_plan
from roadmap.cli.options import OutFormat, Overlays, PlanFile, Today
from roadmap.cli.quick import spare
from roadmap.cli.screens import SavedOptions, Whose
from roadmap.errors import ExitCode, RoadmapError, UsageError
from roadmap.render import Format


@grouped
def export(
    who: Whose = None,
    plan: PlanFile = None,
    form: OutFormat = Format.MARKDOWN,
    *,
    drawn: DrawnOptions,
    catalogue: Overlays = None,
    today: Today = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a page with words that were not synced.")] = False,
) -> None:
    """Put a saved plan into another format: a page, a calendar, a task list, a table, a picture.

    With --format svg an --output that ends in .png gives a picture in dots (needs the extra career-roadmap[png]).

    Example: roadmap export --format ics --output plan.ics
    """
    if who is not None and str(who) in list(Format) and not who.exists():
        raise UsageError(f"{who}: is a format, and no plan is called so", f"roadmap export --format {who}")
    drawing = drawn.drawing(form)
    day = today_or(today)
    book = SavedOptions(plan=plan, catalogue=catalogue, today=today).of(who).book(ways=True)
    saved, known = book.saved, book.catalogue
    # Overlays that the plan remembers are read without being named.
    spare(drawn.output, overlays_for(book.path, catalogue))
    page = drawn.output if drawing.form is Format.MARKDOWN and not force else None
    if page and (why := unsynced(page, saved, known, day)):
        raise RoadmapError(f"{page}: {why}", f"roadmap sync {page} reads it in first; --force writes over it")
    # Only a calendar withdraws what earlier ones held.
    before = earlier(saved, known) if drawing.form is Format.ICS else ()
    drawing.put(book.now.plan, known, book.now, saved.journal, saved.id, before, of_plan("roadmap steps", book.path))


def sync(
    files: Annotated[
        list[Path],
        typer.Argument(help="Markdown plans that were edited, a folder of them, or - for stdin.", metavar="FILE.md..."),
    ],
    plan: PlanFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep any number of unknown lines as notes.")] = False,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Read ticks, hours, links and notes of an edited Markdown plan back into the saved plan.

    Says line by line what it took and what it did not understand; that is kept as a note, so no text is lost. A
    second run with the same file changes nothing. Without --plan a page goes into the saved plan of its own name
    beside it, else into the one near it that it was written from. One that cannot be read stops no other.

    Example: roadmap sync plan.md
    """
    pages = [page for file in files for page in (pages_in(file) if file.is_dir() else [file])]
    if plan is not None and pages[1:]:
        raise UsageError("--plan goes with one page", "leave it out: each page finds the plan beside it")
    day, told = today_or(today), list[SyncCount]()
    strange = partial(_keep_strange, yes)
    for file in pages:
        try:
            told.append(_sync_one(file, plan, catalogue, day, write=not dry_run, strange=strange))
        except RoadmapError as error:
            if not pages[1:]:
                raise
            complain(error)
    tell_all(told, dry_run, unread=len(pages) - len(told))
    if len(told) < len(pages):
        raise typer.Exit(int(ExitCode.PROBLEMS))


def _sync_one(
    file: Path,
    plan: Path | None,
    catalogue: list[Path] | None,
    day: date,
    *,
    write: bool,
    strange: Callable[[int], bool],
) -> "SyncCount":
    """Take in one page, or standard input, and say what came in."""
    from roadmap.loading.source import read_text, stdin_text

    piped = str(file) == "-"
    text, page = stdin_text() if piped else read_text(file), Path("stdin") if piped else file
    target = nearest(plan) if plan else plan_for(page, text)
    return tell_taken(page, take_in(page, target, catalogue, day, text=text, write=write, strange=strange))


def _keep_strange(yes: bool, count: int) -> bool:
    if yes:
        return True
    ask = f"{count} lines are not understood. Keep them as notes?"
    return on_terminal() and typer.confirm(ask, default=False, err=True)


class SyncCount(NamedTuple):
    """How many lines of a page were taken, and how many are kept as notes."""

    taken: int
    kept: int


def tell_taken(file: Path, taken: Taken) -> SyncCount:
    """Say line by line what was taken and what was kept as it is."""
    from roadmap.render.clean import clean

    found, lifted = taken
    if lifted:
        say(lifted)
    name = clean(str(file))
    for one in sorted(found.findings, key=lambda f: f.line):
        kind = "kept" if one.kind == "unknown" else one.kind
        place = f"{name}:{one.line}" if one.line else name
        put(f"{place}: {kind}: {clean(one.text)}\n", None)
    kinds = [f.kind for f in found.findings]
    return SyncCount(kinds.count("taken"), kinds.count("unknown"))


def tell_all(told: list[SyncCount], dry_run: bool = False, unread: int = 0) -> None:
    """Say what all pages came to, and how many of them could not be read."""
    if unread:
        say(f"{unread} of {len(told) + unread} pages could not be taken in; what to do stands above.")
    taken, kept = sum(t.taken for t in told), sum(t.kept for t in told)
    if unread and not told:
        return
    if not taken and not kept:
        say("Nothing new in it." if len(told) == 1 else f"Nothing new in {len(told)} pages.")
        return
    notes = "a note" if kept == 1 else "notes"
    where = f", from {sum(any(t) for t in told)} of {len(told) + unread} pages" if told[1:] or unread else ""
    say(f"{taken} {'would be taken' if dry_run else 'taken'}, {kept} kept as {notes}{where}.")
