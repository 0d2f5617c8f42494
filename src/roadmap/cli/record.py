"""Commands that write one line into the journal of a saved plan."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.app import journal
from roadmap.app.book import Book, Recorded
from roadmap.app.steps import step_of
from roadmap.cli.boundary import on_terminal, put, say
from roadmap.cli.groups import grouped
from roadmap.cli.naming import StepName, complete_exams, complete_steps
from roadmap.cli.options import On, argument, value
from roadmap.cli.screens import SavedOptions, day_of, hours_of, look
from roadmap.errors import RoadmapError, UsageError
from roadmap.render.data import json_text

if TYPE_CHECKING:
    from roadmap.model.exams import Certification
    from roadmap.model.journal import Event


class ExamResult(StrEnum):
    """How an exam went."""

    PASSED = "passed"
    FAILED = "failed"


@grouped
def log(
    words: Annotated[
        list[str],
        argument(
            "[STEP] HOURS",
            "A step, by number, id or title (left out, the one at hand); then hours of focused work, "
            "0 only notes the start.",
            complete=complete_steps,
        ),
    ],
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Log hours that went into a step.

    Example: roadmap log first-rag 2.5 --on 2026-12-05
    """
    words, typed = _parted(words)
    worked = hours_of(typed, "the hours", journal.MOST_LOGGED)
    book = asked.book()
    id_ = step_of(book, " ".join(words) or None)
    one = journal.log(book, id_, worked, _on(book, on))
    hours, title = one.event.hours or 0, book.title(id_)
    what = f"Logged {hours:g} h on “{title}”." if hours else f"Started “{title}”."
    asked.tell(book, one, what + _much(book, one, id_))


def _much(book: Book, one: Recorded, id_: str) -> str:
    """A question where a step has taken many times what it usually takes: a slip would count in every forecast."""
    from roadmap.render.numbers import beyond_usual

    module, spent = book.catalogue.modules.get(id_), one.after.standing.hours.get(id_, 0.0)
    usual = beyond_usual(spent, module.hours) if module else ""
    slip = "roadmap undo takes it back if that was a slip"
    return f" {spent:g} h in all, where it usually takes {usual}: {slip}." if usual else ""


def _on(book: Book, text: str | None) -> date | None:
    return day_of(text, "--on", book.day, past=True)


def _parted(words: list[str]) -> tuple[list[str], str]:
    """The words that name a step, and those that say hours: "first-rag 1h 30m" has two of them."""
    from roadmap.model.typed import hours_of as typed

    for count in (2, 1):
        said = " ".join(words[-count:])
        if len(words) >= count and (count == 1 or not words[-1][-1].isdigit()) and typed(said) is not None:
            return words[:-count], said
    return words[:-1], words[-1]


@grouped
def done(
    step: StepName = None,
    hours: Annotated[str | None, value("--hours", "HOURS", "Hours the whole step took.")] = None,
    evidence: Annotated[
        str | None, value("--evidence", "TEXT", "What shows it: an address, a file, a sentence.")
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Call it done without evidence, knowingly.")] = False,
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Finish a step with what shows it. Its "done when" is the checklist.

    Example: roadmap done first-rag --hours 14 --evidence https://example.org/my-rag
    """
    from roadmap.render.numbers import day as day_words

    spent = None if hours is None else hours_of(hours, "--hours", journal.MOST_TAKEN)
    journal.check_taken(spent)
    book = asked.book()
    id_ = step_of(book, step)
    _show_checklist(book, id_, asked)
    evidence, spent, anyway = _ask_done(book, id_, evidence, spent, anyway)
    before = book.now.standing.done.get(id_)
    one = journal.done(book, id_, evidence=evidence, hours=spent, anyway=anyway, on=_on(book, on))
    shown = f" What you said of it on {day_words(before.on)} no longer counts." if before else ""
    shown += "" if evidence else " Without evidence, so the ledger leaves it out."
    shown += _much(book, one, id_) if spent else ""
    asked.tell(book, one, f"Done{' again' if before else ''}: “{book.title(id_)}”.{shown}")


def _show_checklist(book: Book, id_: str, asked: SavedOptions) -> None:
    """When the step is done, to people. Raises UsageError for an exam, which is done when it is passed."""
    module = journal.checklist(book, id_)
    if module is not None and not asked.as_data:
        from roadmap.render.layout import Item, Items, Page, line

        checks = Items(tuple(Item(line(check), tick=False) for check in module.done_when))
        say(look(None, no_color=True).draw(Page(f"Done when (“{module.title}”)", (checks,))).rstrip("\n"))


def _ask_done(
    book: Book, id_: str, evidence: str | None, hours: float | None, anyway: bool
) -> tuple[str | None, float | None, bool]:
    """Ask on a terminal for what was not given. Nothing is asked when it is overridden."""
    if anyway or not on_terminal():
        return evidence, hours, anyway
    if not typer.confirm("Is all of this true?", default=True, err=True):
        raise RoadmapError("it stays open", "log what you did with roadmap log; --anyway calls it done all the same")
    if not evidence:
        answer = typer.prompt(
            "What shows it (address, file, sentence; Enter for nothing)", default="", show_default=False, err=True
        )
        evidence = str(answer).strip() or None
        anyway = not evidence and typer.confirm("Call it done without evidence?", default=False, err=True)
    if hours is None:
        spent = book.now.standing.hours.get(id_, 0.0)
        ask = f"Hours it took in all (Enter for the {spent:g} logged)" if spent else "Hours it took (Enter if unknown)"
        hours = _asked_hours(ask, spent)
    return evidence, hours, anyway


def _asked_hours(ask: str, usual: float) -> float | None:
    """Hours as somebody types them, asked until they can be read; None where nobody knows."""
    while True:
        typed = str(typer.prompt(ask, default=f"{usual:g}", show_default=False, err=True))
        try:
            return hours_of(typed, "the hours", journal.MOST_TAKEN) or None
        except UsageError as wrong:
            say(f"{wrong.message[:1].upper()}{wrong.message[1:]}: {wrong.hint}.")


@grouped
def skip(
    step: StepName = None,
    reason: Annotated[str | None, value("--reason", "TEXT", "Why.")] = None,
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Leave a step out, with the reason. A step that another one needs stays.

    Example: roadmap skip mcp-server --reason "my team does not use it"
    """
    book = asked.book()
    id_ = step_of(book, step)
    journal.check_open(book, id_)
    if not reason and on_terminal():
        reason = str(typer.prompt(f"Why skip “{book.title(id_)}”", err=True)).strip()
    one = journal.skip(book, id_, reason, _on(book, on))
    asked.tell(book, one, f"Skipped: “{book.title(id_)}”.")


@grouped
def pause(
    words: Annotated[
        list[str],
        argument("UNTIL", "The last day without study; or a period such as 24-27 Dec; or a length: 2w, 10 days."),
    ],
    first: Annotated[str | None, value("--from", "DATE", "The first day without study; default today.")] = None,
    reason: Annotated[str, value("--reason", "TEXT", "Why.")] = "",
    *,
    asked: SavedOptions,
) -> None:
    """Take days off: no study, no exam, both ends included.

    Example: roadmap pause 2027-02-14 --reason "moving house"
    """
    from roadmap.render.numbers import period

    book = asked.book()
    start = day_of(first, "--from", book.day)
    start, last = _days_off(" ".join(words), start, book.day)
    one = journal.pause(book, start, last, reason)
    asked.tell(book, one, f"Off from {period(start, last)}.")


def _days_off(until: str, start: date | None, today: date) -> tuple[date, date]:
    """The first and the last day off: as a period, a length, or the last day. Raises UsageError."""
    from roadmap.model.profile import as_date
    from roadmap.model.typed import days_of, periods_of

    if start is None and (period := periods_of(until, today)) and isinstance(period[0], dict):
        first, last = as_date(period[0].get("from")), as_date(period[0].get("to"))
        if first and last and first != last and len(period) == 1 and len(period[0]) == len(("from", "to")):
            return first, last
    start = start or today
    days = days_of(until)
    return start, start + timedelta(days=days - 1) if days else day_of(until, "UNTIL", start) or start


@grouped
def exam(
    code: Annotated[
        str, typer.Argument(help="The exam, by code or id.", metavar="CODE", autocompletion=complete_exams)
    ],
    result: Annotated[str, argument("passed|failed", "How it went.")],
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Record an exam. A failed one is planned again, with time to prepare and the fee once more.

    Example: roadmap exam AI-103 passed --on 2027-06-25
    """
    from roadmap.render.numbers import day as day_words

    how = next((one for one in ExamResult if result.casefold() and one.value.startswith(result.casefold())), None)
    if how is None:
        raise UsageError(f'an exam is passed or failed, not "{result}"', f"roadmap exam {code} passed")
    book = asked.book()
    cert = journal.exam_named(book, code)
    one = journal.exam(book, cert.id, how.value, _on(book, on))
    if how is ExamResult.PASSED:
        what = f"Passed: {cert.label} on {day_words(one.event.on)}."
    else:
        what = f"Not passed this time: {cert.label} on {day_words(one.event.on)}. {_again(book, cert)}"
    asked.tell(book, one, what)


def _again(book: Book, cert: "Certification") -> str:
    """What a failed exam means for the plan."""
    if cert.id in book.now.standing.passed:
        return "You passed it before, so nothing is planned again."
    if cert.id not in {e.certification.id for e in book.now.plan.exams}:
        return "It is not in your plan, so no preparation and no fee are planned."
    return "It is planned again; the fee is due again."


@grouped
def reached(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="In your words, such as where you have signed.", metavar="[TEXT]", show_default=False),
    ] = None,
    goal: Annotated[
        str | None,
        typer.Option(
            "--goal",
            help="Which end it is: job, promotion, consulting, portfolio; default the one your plan leads to.",
            metavar="GOAL",
            show_default=False,
        ),
    ] = None,
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Say that you have what you wished for: signed, promoted, paid by a first client, out in public.

    What is left of the search goes, and a deadline holds no longer; the rest of the learning stays and may stop.

    Example: roadmap reached "signed with a small publisher, from June"
    """
    from roadmap.render.numbers import day as day_words

    book = asked.book()
    one = journal.reached(book, " ".join(words or ()), goal, _on(book, on))
    now = one.after
    what = now.reached_text if now.reached else "that end"
    asked.tell(book, one, f"Reached on {day_words(one.event.on)}: {what}. Well done.")


@grouped
def note(
    words: Annotated[list[str] | None, argument("[TEXT]", "What to remember; left out, your notes are shown.")] = None,
    step: Annotated[
        str | None,
        value("--step", "STEP", "The step it belongs to, by number, id or title.", autocompletion=complete_steps),
    ] = None,
    on: On = None,
    *,
    asked: SavedOptions,
) -> None:
    """Write something down in the journal, or read what you wrote. Notes never leave the file.

    Example: roadmap note "chunking by headings worked best" --step first-rag
    """
    book = asked.book()
    text = " ".join(words or ())
    if not words:
        _show_notes(book, step_of(book, step) if step else None, asked)
        return
    one = journal.note(book, text, step_of(book, step) if step else None, _on(book, on))
    asked.tell(book, one, "Noted.")


def _show_notes(book: Book, step: str | None, asked: SavedOptions) -> None:
    """What was written down, oldest first."""
    from roadmap.model.journal import effective
    from roadmap.render.layout import Page, bullets
    from roadmap.render.numbers import day as day_words

    notes = [e for e in effective(book.saved.journal) if e.kind == "note" and step in (None, e.step)]
    if asked.as_data:
        put(json_text([{"on": e.on, "step": e.step or None, "text": e.text} for e in notes]), None)
        return
    about = {e.id: f" ({book.title(e.step)})" if e.step else "" for e in notes}
    said = bullets(f"{day_words(e.on)}{about[e.id]}: {e.text}" for e in notes)
    title = "" if notes else "No notes yet: roadmap note TEXT writes one down."
    put(look(None, no_color=False).draw(Page(title, (said,))), None)


@grouped
def undo(*, asked: SavedOptions) -> None:
    """Take back the last entry of the journal, a replan, or a whole sync.

    Nothing is deleted: the lines stay, and more lines say that they do not count.

    Example: roadmap undo
    """
    from roadmap.render.numbers import day as day_words

    book = asked.book()
    last, one = journal.undo(book)
    first = last[0]
    if first.kind == "replanned":
        what = f"the replan of {day_words(first.on)}"
    elif len(last) > 1:
        what = f"all {len(last)} entries that one sync read on {day_words(first.on)}"
    elif first.kind == "undone":
        what = f"what a sync took out on {day_words(first.on)}"
    else:
        what = f"{_said_of(book, first)} ({day_words(first.on)})"
    asked.tell(book, one, f"Taken back: {what}.")


def _said_of(book: Book, one: "Event") -> str:
    """An entry of the journal in a few words."""
    from roadmap.render.numbers import hours, period

    match one.kind:
        case "logged":
            return f"{hours(one.hours or 0)} on “{book.title(one.step)}”"
        case "paused" if one.first and one.last:
            return f"days off, {period(one.first, one.last)}"
        case "exam":
            cert = book.catalogue.certifications.get(one.exam)
            return f"{cert.label if cert else one.exam} {one.result}"
        case "reached":
            return "that you have what you wished for"
        case "note":
            return f"the note “{one.text}”"
    return f"{one.kind}, “{book.title(one.step) if one.step else one.text}”"
