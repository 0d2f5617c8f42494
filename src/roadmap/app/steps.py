"""The steps of a saved plan: how people name them, their numbers, and where each stands.

A step is named by its number, its id, the beginning of its id, its title or words of it; left out, it is the one at
hand.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.book import Book
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.journal import Progress, SavedPlan
    from roadmap.model.plan import Step


LEAST_LETTERS = 3


def numbered(saved: "SavedPlan", now: "Progress") -> dict[str, int]:
    """Every step that was promised, added or finished, with its number. Work never changes a number, a replan may."""
    standing = now.standing
    ids = dict.fromkeys([*saved.baseline.steps, *(s.id for s in now.plan.steps), *standing.done, *standing.skipped])
    return {id_: number for number, id_ in enumerate(ids, 1)}


def step_of(book: Book, name: str | None) -> str:
    """The one step that a name means. Raises UsageError when it is none or more than one."""
    numbers = numbered(book.saved, book.now)
    if name is None:
        if book.now.now is None:
            raise RoadmapError("no step is left in this plan", "roadmap steps lists what is done")
        return book.now.now.id
    titles = {id_: book.title(id_) for id_ in numbers}
    found = find(name, numbers, titles, first=[s.id for s in book.now.plan.steps])
    if found is None:
        from roadmap.model.problem import nearest

        hint = nearest(name, numbers) or f"roadmap steps lists them, from 1 to {len(numbers)}"
        raise UsageError(f'"{name}" is not a step of this plan', hint)
    return found


def find(name: str, numbers: Mapping[str, int], titles: Mapping[str, str], first: Iterable[str] = ()) -> str | None:
    """The id that a name means: exactly, else as a beginning of an id or title, else as words inside a title; those in
    `first` outweigh the others.

    Raises UsageError when it could be several.
    """
    word = " ".join(name.split()).casefold()
    if word in numbers:
        return word
    by_number = {str(n): id_ for id_, n in numbers.items()}
    if word.removeprefix("#") in by_number:
        return by_number[word.removeprefix("#")]
    exact = [id_ for id_, title in titles.items() if title.casefold() == word]
    if len(exact) == 1:
        return exact[0]
    for ids in (list(first), list(titles)):
        found = [i for i in ids if i.startswith(word)] or [i for i in ids if titles[i].casefold().startswith(word)]
        found = found or [i for i in ids if len(word) >= LEAST_LETTERS and word in titles[i].casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'"{name}" could be {", ".join(found)}', "type a little more")
    return None


class StepRow(NamedTuple):
    """A step of the list. Days and hours are those it took, or those that are planned; None where nobody knows."""

    number: int
    id: str
    title: str
    start: date | None
    finish: date | None
    hours: float | None
    spent: float
    state: str


DONE, SKIPPED, WAIVED, AT_HAND, BEGUN, OPEN = "done", "skipped", "no longer needed", "at hand", "begun", "open"


def rows_of(book: Book) -> list[StepRow]:
    """Every step with its number, where it stands, and its days."""
    return [_row(book, number, id_) for id_, number in numbered(book.saved, book.now).items()]


def _row(book: Book, number: int, id_: str) -> StepRow:
    standing, planned = book.now.standing, book.now.plan.step(id_)
    promise, title = book.saved.baseline.steps.get(id_), book.title(id_)
    spent = standing.hours.get(id_, 0.0)
    finished = _finished(book, id_)
    if finished is not None:
        first = standing.started.get(id_) or (promise.start if promise else None)
        begun = min(first, finished) if first else None
        return StepRow(number, id_, title, begun, finished, spent or (promise.hours if promise else None), spent, DONE)
    if planned is None:
        state = SKIPPED if id_ in standing.skipped else WAIVED
        return StepRow(number, id_, title, None, None, None, spent, state)
    at_hand = book.now.now is not None and book.now.now.id == id_
    state = AT_HAND if at_hand else BEGUN if id_ in standing.started else OPEN
    return StepRow(number, id_, title, planned.start, planned.finish, planned.hours, spent, state)


def _finished(book: Book, id_: str) -> date | None:
    """The day on which a step was done; one that prepares for an exam is done when that is passed."""
    standing, module = book.now.standing, book.catalogue.modules.get(id_)
    if id_ in standing.done:
        return standing.done[id_].on
    if module is None or module.kind != "certify" or book.now.plan.step(id_) is not None:
        return None
    return standing.passed.get(module.certification or "")


def opened(book: Book, step: "Step") -> list[tuple[str, str, str]]:
    """What to open: title, address, and the part of it with its hours."""
    out = []
    for id_ in step.resources:
        resource, part = book.catalogue.resources[id_], step.module.parts.get(id_)
        out.append((resource.title, resource.url, f"{part.part}, {part.hours:g} h" if part else ""))
    return out
