"""What a person records of a plan: hours, finished steps, exams, days off, notes; each is one line of the journal.

Every function takes a plan that was opened on a day, writes what happened and gives back what that moved. Without `on`
it happened on that day.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from roadmap.app.book import Book, Recorded, change_file, event, record, recorded
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.model.exams import Certification
    from roadmap.model.journal import Event, SavedPlan
    from roadmap.model.modules import Module

MOST_LOGGED = 168
"""Hours that one entry can hold: those of a week."""
MOST_TAKEN = 1000
"""Hours that one step can have taken."""
MOST_NAMED = 6


def check_hours(hours: float, what: str, most: float) -> None:
    """Raise UsageError for hours below 0 or above `most`."""
    if not 0 <= hours <= most:
        raise UsageError(f"{what} must be from 0 to {most:g}, not {hours:g}", "roadmap undo takes back an entry")


def check_taken(hours: float | None) -> None:
    """Raise UsageError for hours that no finished step took; None is a step whose hours nobody knows."""
    if hours == 0:
        raise UsageError(f"--hours must be above 0 and at most {MOST_TAKEN}, not 0")
    if hours is not None:
        check_hours(hours, "--hours", MOST_TAKEN)


def log(book: Book, step: str, hours: float, on: date | None = None) -> Recorded:
    """Hours of focused work on a step; 0 notes its start. Raises UsageError for hours that no week has."""
    check_hours(hours, "the hours", MOST_LOGGED)
    worked = round(hours, 2)
    return record(book, [event(book, on, "logged" if worked else "started", step=step, hours=worked or None)])


def done(
    book: Book,
    step: str,
    *,
    evidence: str | None,
    hours: float | None = None,
    anyway: bool = False,
    on: date | None = None,
) -> Recorded:
    """A finished step, with what shows it and the hours it took. Raises UsageError without evidence unless `anyway`."""
    from roadmap.planning.known import finished_event

    check_taken(hours)
    module = checklist(book, step)
    if not evidence and not anyway:
        leaves = "; ".join(module.evidence) if module else ""
        hint = f"pass --evidence with an address, a file or a sentence{f' ({leaves})' if leaves else ''}, or --anyway"
        raise UsageError("a step is done when something shows it", hint)
    spent = None if hours is None else round(hours, 2)
    one = event(book, on, "done", step=step, hours=spent, evidence=evidence or "")
    return record(book, [finished_event(replace(one, anyway=not evidence), book.catalogue)])


def checklist(book: Book, step: str) -> "Module | None":
    """The module whose "done when" says that a step is done; None where the catalogue no longer has it.

    Raises UsageError for an exam, which is done when it is passed.
    """
    module = book.catalogue.modules.get(step)
    if module and module.kind == "certify" and module.certification:
        label = book.catalogue.certifications[module.certification].label
        raise UsageError("an exam is done when it is passed", f"roadmap exam {label} passed")
    return module


def check_open(book: Book, step: str) -> None:
    """Raise RoadmapError for a step that is done: it can no longer be left out."""
    if step in book.now.standing.done:
        raise RoadmapError(f'"{step}" is done already', "roadmap undo takes back the last entry")


def skip(book: Book, step: str, reason: str | None, on: date | None = None) -> Recorded:
    """A step left out for a reason. Raises RoadmapError for one that is done or that another one needs."""
    from roadmap.planning.progress import progress

    check_open(book, step)
    if not reason:
        raise UsageError("a step is skipped for a reason", "pass --reason")
    one = event(book, on, "skipped", step=step, reason=reason)
    after = progress(replace(book.saved, journal=(*book.saved.journal, one)), book.catalogue, book.day)
    if after.plan.step(step):
        waiting = ", ".join(s.id for s in after.plan.steps if step in s.after) or "the plan"
        hint = f"skip those first; or, if you can do it already: roadmap done {step} --evidence TEXT"
        raise RoadmapError(f'"{step}" cannot be skipped, it is needed for {waiting}', hint)
    return record(book, [one])


def pause(book: Book, first: date, last: date, reason: str = "") -> Recorded:
    """Days off, both ends included. Raises UsageError where they end before they start."""
    if last < first:
        raise UsageError(f"the pause ends before it starts: {first} to {last}", "swap the two days")
    return record(book, [replace(event(book, None, "paused", reason=reason), first=first, last=last)])


def exam(book: Book, code: str, result: Literal["passed", "failed"], on: date | None = None) -> Recorded:
    """An exam, by code or id. Raises UsageError for one that the catalogue does not have."""
    cert = exam_named(book, code)
    return record(book, [replace(event(book, on, "exam", exam=cert.id), result=result)])


def exam_named(book: Book, name: str) -> "Certification":
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


def reached(book: Book, text: str = "", goal: str | None = None, on: date | None = None) -> Recorded:
    """What the person wished for is there before the last step: its search and its last day count no more.

    `goal` is an end of the catalogue, by default the one the plan leads to. Raises UsageError for one that is none,
    RoadmapError where it was said before.
    """
    from roadmap.model.problem import nearest
    from roadmap.planning.known import wish_of
    from roadmap.render.numbers import day as day_words

    known, profile = book.catalogue, book.now.plan.profile
    ends = [g.id for g in known.goals.values() if g.kind == "end"]
    wish = wish_of(known, profile)
    goal = goal or wish
    if goal not in ends:
        raise UsageError(f'"{goal}" is no end of a plan', nearest(goal, ends) or "ends: " + ", ".join(ends))
    before = book.now.standing.reached.get(goal) or (book.now.reached if goal == wish else None)
    if before is not None:
        what = f"that is written down already: reached on {day_words(before.on)}"
        raise RoadmapError(what, "roadmap replan --goals GOAL, or a new plan, is for what comes next")
    one = event(book, on, "reached", goal=goal, text=text)
    return record(book, [replace(one, deadline=profile.deadline if goal == wish else None)])


def note(book: Book, text: str, step: str | None = None, on: date | None = None) -> Recorded:
    """Something to remember, of a step or of none."""
    return record(book, [event(book, on, "note", text=text, step=step or "")])


class Undone(NamedTuple):
    """Entries that do not count any more, the first one first, and what that moved."""

    taken_back: "Sequence[Event]"
    recorded: Recorded


def undo(book: Book) -> Undone:
    """Take back the last entry that counts, a replan, or all entries of a sync. Their lines stay."""
    from roadmap.model.journal import undoable

    last = undoable(book.saved.journal)
    if not last:
        raise RoadmapError("there is nothing to take back", "the journal holds no entry that counts")
    events = [event(book, None, "undone", of=one.id) for one in reversed(last)]
    if last[0].kind == "replanned":
        return Undone(last, _undo_replan(book, last[0], events[0]))
    return Undone(last, record(book, events))


def _undo_replan(book: Book, replan: "Event", undone: "Event") -> Recorded:
    """Answers and promise as they were before a replan; the journal keeps both lines."""
    from roadmap.loading.saved import before_replan
    from roadmap.loading.saving import with_plan

    def change(text: str, saved: "SavedPlan") -> "tuple[str, SavedPlan]":
        after = replace(before_replan(saved, replan, book.catalogue), journal=(*saved.journal, undone))
        return with_plan(text, after), after

    return recorded(book, undone, change_file(book.path, book.catalogue, change, book.read))
