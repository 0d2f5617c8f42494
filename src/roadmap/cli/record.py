"""Commands that write one line into the journal of a saved plan."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.cli.book import Book, as_json, changed, day_of, event, hours_of, look, open_book, record, tell
from roadmap.cli.boundary import on_terminal, put, say
from roadmap.cli.naming import StepName, complete_exams, complete_steps, step_of
from roadmap.cli.options import On, Overlays, PlainForm, PlainFormat, PlanFile, Today
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.exams import Certification
    from roadmap.model.journal import Event, SavedPlan

MOST_LOGGED = 168
MOST_TAKEN = 1000
MOST_NAMED = 6


class Outcome(StrEnum):
    """How an exam went."""

    PASSED = "passed"
    FAILED = "failed"


def log(
    words: Annotated[
        list[str],
        typer.Argument(
            help="A step, by number, id or title (left out, the one at hand); then hours of focused work, "
            "0 only notes the start.",
            metavar="[STEP] HOURS",
            autocompletion=complete_steps,
            show_default=False,
        ),
    ],
    on: On = None,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Log hours that went into a step."""
    words, typed = _parted(words)
    worked = hours_of(typed, "the hours", MOST_LOGGED)
    book = open_book(plan, today, catalogue)
    id_ = step_of(book, " ".join(words) or None)
    hours = round(worked, 2)
    one = event(book, on, "logged" if hours else "started", step=id_, hours=hours or None)
    title = book.title(id_)
    record(book, [one], f"Logged {hours:g} h on “{title}”." if hours else f"Started “{title}”.", form)


def _parted(words: list[str]) -> tuple[list[str], str]:
    """The words that name a step, and those that say hours: "first-rag 1h 30m" has two of them."""
    from roadmap.model.typed import hours_of as typed

    for count in (2, 1):
        said = " ".join(words[-count:])
        if len(words) >= count and (count == 1 or not words[-1][-1].isdigit()) and typed(said) is not None:
            return words[:-count], said
    return words[:-1], words[-1]


def done(
    step: StepName = None,
    hours: Annotated[
        str | None, typer.Option("--hours", help="Hours the whole step took.", metavar="HOURS", show_default=False)
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option(
            "--evidence", help="What shows it: an address, a file, a sentence.", metavar="TEXT", show_default=False
        ),
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Call it done without evidence, knowingly.")] = False,
    on: On = None,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Finish a step with what shows it. Its "done when" is the checklist."""
    from roadmap.planning.known import finished_event

    spent = None if hours is None else hours_of(hours, "--hours", MOST_TAKEN)
    if spent == 0:
        raise UsageError(f"--hours must be above 0 and at most {MOST_TAKEN}, not 0")
    book = open_book(plan, today, catalogue)
    id_ = step_of(book, step)
    _show_checklist(book, id_, form)
    evidence, spent, anyway = _ask_done(book, id_, evidence, spent, anyway)
    if not evidence and not anyway:
        module = book.catalogue.modules.get(id_)
        leaves = "; ".join(module.evidence) if module else ""
        hint = f"pass --evidence with an address, a file or a sentence{f' ({leaves})' if leaves else ''}, or --anyway"
        raise UsageError("a step is done when something shows it", hint)
    one = event(book, on, "done", step=id_, hours=None if spent is None else round(spent, 2), evidence=evidence or "")
    one = finished_event(replace(one, anyway=not evidence), book.catalogue)
    shown = "" if evidence else " Without evidence, so the ledger leaves it out."
    record(book, [one], f"Done: “{book.title(id_)}”.{shown}", form)


def _show_checklist(book: Book, id_: str, form: PlainFormat) -> None:
    """When the step is done, to people. Raises UsageError for an exam, which is done when it is passed."""
    module = book.catalogue.modules.get(id_)
    if module is None:
        return
    if module.kind == "certify" and module.certification:
        label = book.catalogue.certifications[module.certification].label
        raise UsageError("an exam is done when it is passed", f"roadmap exam {label} passed")
    if form is PlainFormat.TERMINAL:
        drawn = look(None, no_color=True)
        say(f"Done when (“{module.title}”)")
        say("\n".join(line for check in module.done_when for line in drawn.wrap(check, "      ", "  [ ] ")))


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
        hours = float(typer.prompt(ask, default=spent, show_default=False, type=float, err=True)) or None
    return evidence, hours, anyway


def skip(
    step: StepName = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.", metavar="TEXT", show_default=False)] = None,
    on: On = None,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Leave a step out, with the reason. A step that another one needs stays."""
    from roadmap.planning.progress import progress

    book = open_book(plan, today, catalogue)
    id_ = step_of(book, step)
    if id_ in book.now.standing.done:
        raise RoadmapError(f'"{id_}" is done already', "roadmap undo takes back the last entry")
    if not reason and on_terminal():
        reason = str(typer.prompt(f"Why skip “{book.title(id_)}”", err=True)).strip()
    if not reason:
        raise UsageError("a step is skipped for a reason", "pass --reason")
    one = event(book, on, "skipped", step=id_, reason=reason)
    after = progress(replace(book.saved, journal=(*book.saved.journal, one)), book.catalogue, book.day)
    if after.plan.step(id_):
        waiting = ", ".join(s.id for s in after.plan.steps if id_ in s.after) or "the plan"
        hint = f"skip those first; or, if you can do it already: roadmap done {id_} --evidence TEXT"
        raise RoadmapError(f'"{id_}" cannot be skipped, it is needed for {waiting}', hint)
    record(book, [one], f"Skipped: “{book.title(id_)}”.", form)


def pause(
    until: Annotated[
        str,
        typer.Argument(
            help="The last day without study; or a period such as 24-27 Dec; or a length: 2w, 10 days.",
            metavar="UNTIL",
            show_default=False,
        ),
    ],
    first: Annotated[
        str | None,
        typer.Option("--from", help="The first day without study; default today.", metavar="DATE", show_default=False),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.", metavar="TEXT", show_default=False)] = "",
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Take days off: no study, no exam, both ends included."""
    from roadmap.render.numbers import period

    book = open_book(plan, today, catalogue)
    start = day_of(first, "--from", book.day)
    start, last = _days_off(until, start, book.day)
    if last < start:
        raise UsageError(f"the pause ends before it starts: {start} to {last}", "swap the two days")
    one = replace(event(book, None, "paused", reason=reason), first=start, last=last)
    record(book, [one], f"Off from {period(start, last)}.", form)


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


def exam(
    code: Annotated[
        str, typer.Argument(help="The exam, by code or id.", metavar="CODE", autocompletion=complete_exams)
    ],
    result: Annotated[str, typer.Argument(help="How it went.", metavar="passed|failed", show_default=False)],
    on: On = None,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Record an exam. A failed one is planned again, with time to prepare and the fee once more."""
    from roadmap.render.numbers import day as day_words

    how = next((one for one in Outcome if result.casefold() and one.value.startswith(result.casefold())), None)
    if how is None:
        raise UsageError(f'an exam is passed or failed, not "{result}"', f"roadmap exam {code} passed")
    book = open_book(plan, today, catalogue)
    cert = _exam_of(book, code)
    one = replace(event(book, on, "exam", exam=cert.id), result=how.value)
    if how is Outcome.PASSED:
        what = f"Passed: {cert.label} on {day_words(one.on)}."
    else:
        what = f"Not passed this time: {cert.label} on {day_words(one.on)}. {_again(book, cert)}"
    record(book, [one], what, form)


def _exam_of(book: Book, name: str) -> "Certification":
    """The exam that a code, an id or the beginning of one means, those of the plan first. Raises UsageError."""
    from roadmap.model.problem import nearest

    certs = book.catalogue.certifications
    if found := book.catalogue.certification(name):
        return found
    for some in ([e.certification for e in book.now.plan.exams], certs.values()):
        begun = [c for c in some if any(n.casefold().startswith(name.casefold()) for n in (c.id, c.code or c.id))]
        if len(begun) == 1:
            return begun[0]
        if begun:
            several = ", ".join(c.label for c in begun[:MOST_NAMED]) + (" and others" if begun[MOST_NAMED:] else "")
            raise UsageError(f'"{name}" could be {several}', "type a little more")
    labels = [c.code for c in certs.values() if c.code] + list(certs)
    hint = nearest(name, labels) or "roadmap show certifications lists them"
    raise UsageError(f'there is no exam "{name}"', hint)


def _again(book: Book, cert: "Certification") -> str:
    """What a failed exam means for the plan."""
    if cert.id in book.now.standing.passed:
        return "You passed it before, so nothing is planned again."
    if cert.id not in {e.certification.id for e in book.now.plan.exams}:
        return "It is not in your plan, so no preparation and no fee are planned."
    return "It is planned again; the fee is due again."


def note(
    text: Annotated[
        str | None,
        typer.Argument(help="What to remember; left out, your notes are shown.", metavar="[TEXT]", show_default=False),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(
            "--step",
            help="The step it belongs to, by number, id or title.",
            metavar="STEP",
            show_default=False,
            autocompletion=complete_steps,
        ),
    ] = None,
    on: On = None,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Write something down in the journal, or read what you wrote. Notes never leave the file."""
    book = open_book(plan, today, catalogue)
    if text is None:
        _show_notes(book, step_of(book, step) if step else None, form)
        return
    one = event(book, on, "note", text=text, step=step_of(book, step) if step else "")
    record(book, [one], "Noted.", form)


def _show_notes(book: Book, step: str | None, form: PlainFormat) -> None:
    """What was written down, oldest first."""
    from roadmap.model.journal import effective
    from roadmap.render.living import page
    from roadmap.render.numbers import day as day_words

    notes = [e for e in effective(book.saved.journal) if e.kind == "note" and step in (None, e.step)]
    if form is PlainFormat.JSON:
        put(as_json([{"on": e.on.isoformat(), "step": e.step or None, "text": e.text} for e in notes]), None)
        return
    drawn, lines = look(None, no_color=False), []
    for one in notes:
        about = f" ({book.title(one.step)})" if one.step else ""
        lines += drawn.wrap(f"{day_words(one.on)}{about}: {one.text}", "  ", "")
    put(page(lines or ["No notes yet: roadmap note TEXT writes one down."]), None)


def undo(
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Take back the last entry of the journal, a replan, or a whole sync.

    Nothing is deleted: the lines stay, and more lines say that they do not count.
    """
    from roadmap.model.journal import undoable

    book = open_book(plan, today, catalogue)
    last = undoable(book.saved.journal)
    if not last:
        raise RoadmapError("there is nothing to take back", "the journal holds no entry that counts")
    events = [event(book, None, "undone", of=one.id) for one in reversed(last)]
    if last[0].kind == "replanned":
        _undo_replan(book, last[0], events[0], form)
        return
    first = last[0]
    about = f"{first.kind} {first.step or first.exam or first.text} of {first.on}".replace("  ", " ")
    what = about if len(last) == 1 else f"all {len(last)} entries that one sync read on {first.on}"
    record(book, events, f"Taken back: {what}.", form)


def _undo_replan(book: Book, replan: "Event", undone: "Event", form: PlainFormat) -> None:
    """Answers and promise as they were before a replan; the journal keeps both lines."""
    from roadmap.loading.saved import before_replan
    from roadmap.loading.saving import with_plan
    from roadmap.render.numbers import day as day_words

    def change(text: str, saved: "SavedPlan") -> "tuple[str, SavedPlan]":
        after = replace(before_replan(saved, replan, book.catalogue), journal=(*saved.journal, undone))
        return with_plan(text, after, book.catalogue), after

    old, new = changed(book, change)
    tell(book, undone, f"Taken back: the replan of {day_words(replan.on)}.", old, new, form)
