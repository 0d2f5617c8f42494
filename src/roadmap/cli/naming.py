"""How people name a step: by number, id, the beginning of its id, its title or words of it; left out, the one at
hand.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.cli.book import Book, open_book
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.journal import Progress, SavedPlan


LEAST_LETTERS = 3


def complete_steps(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Open steps of the plan at hand, for the shell; an unreadable plan completes nothing."""
    from roadmap.render.clean import clean

    now = _at_hand(context)
    steps = now.plan.steps if now else ()
    return [(s.id, clean(s.module.title)) for s in steps if s.id.startswith(incomplete)]


def complete_exams(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Exams of the plan at hand, for the shell."""
    from roadmap.render.clean import clean

    now = _at_hand(context)
    found = [e.certification for e in now.plan.exams] if now else []
    return [(c.label, clean(c.name)) for c in found if c.label.casefold().startswith(incomplete.casefold())]


def _at_hand(context: typer.Context) -> "Progress | None":
    try:
        given = context.params.get("plan")
        return open_book(Path(given) if given else None, None, None).now
    except Exception:
        return None


StepName = Annotated[
    str | None,
    typer.Argument(
        help="A step, by number, id or title; left out, the one at hand.",
        metavar="[STEP]",
        autocompletion=complete_steps,
        show_default=False,
    ),
]


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
