"""Commands that only look at a saved plan, or at all of a group."""

from enum import StrEnum
from typing import Annotated

import typer

from roadmap.cli.boundary import put, say
from roadmap.cli.groups import grouped
from roadmap.cli.options import NoColour, Output, Overlays, PlanFile, Today, Width
from roadmap.cli.screens import SavedOptions, Whose, look
from roadmap.render.data import json_text


class LedgerFormat(StrEnum):
    """For a page or for a CV."""

    MARKDOWN = "markdown"
    JSONRESUME = "jsonresume"


@grouped
def next_(who: Whose = None, *, asked: SavedOptions, no_color: NoColour = False, width: Width = None) -> None:
    """Show this week's work on one screen: what, why, how long, what to open, and when it is done.

    Example: roadmap next
    """
    from roadmap.render.living import next_data, next_text

    asked = asked.of(who)
    book = asked.book()
    if asked.as_data:
        put(json_text(next_data(book.now, book.catalogue)), None)
    else:
        put(next_text(book.now, book.catalogue, look(width, no_color), asked.named), None)


@grouped
def status(who: Whose = None, *, asked: SavedOptions, no_color: NoColour = False, width: Width = None) -> None:
    """Show where you stand: ahead or behind, hours, pace, forecast, readiness, exams, and what changed since.

    Example: roadmap status --format json
    """
    from roadmap.render.status import progress_data, status_text

    asked = asked.of(who)
    book = asked.book(ways=True)
    moved = book.causes()
    if asked.as_data:
        put(json_text(progress_data(book.now, book.catalogue, moved, asked.given)), None)
    else:
        put(status_text(book.now, moved, book.catalogue, look(width, no_color), asked.named), None)


def evidence(
    who: Whose = None,
    plan: PlanFile = None,
    form: Annotated[
        LedgerFormat, typer.Option("--format", "-f", help="A page to show, or a CV in JSON Resume.")
    ] = LedgerFormat.MARKDOWN,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Print what you can show others: your work with its links, what strangers can try first, and certificates.

    Example: roadmap evidence --format jsonresume --output resume.json
    """
    from roadmap.render.ledger import evidence_markdown, evidence_resume, unshown

    book = SavedOptions(plan=plan, catalogue=catalogue, today=today).of(who).book()
    draw = evidence_resume if form is LedgerFormat.JSONRESUME else evidence_markdown
    put(draw(book.now, book.catalogue), output)
    if hidden := unshown(book.now, book.catalogue):
        say(f"Not shown: {hidden} finished {'step' if hidden == 1 else 'steps'}, study or search without a link.")
