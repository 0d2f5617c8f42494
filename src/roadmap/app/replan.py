"""A saved plan made anew from today, under any other answers: first as a proposal, then written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.book import Book, Changed, change_file, event
from roadmap.app.subject import accept, meant, typed
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.journal import SavedPlan
    from roadmap.model.plan import Plan


class Proposal(NamedTuple):
    """What a replan would write: the changed answers, the saved plan, and the plan that was made."""

    changes: Mapping[str, object]
    saved: "SavedPlan"
    plan: "Plan"


def propose(book: Book, flags: Mapping[str, str | None], *, drop: bool = False, add: bool = False) -> Proposal:
    """The plan from the day of the book, under other answers as they are typed ("none" takes one back).

    Finished work stays finished. Every promised step stays and none comes back: `drop` leaves out what does not fit,
    `add` takes in again what was left out. Nothing is written. Raises ProblemsError for wrong answers, UsageError for
    both at once and for a drop without a limit.
    """
    from roadmap.planning.replan import replanned

    if drop and add:
        raise UsageError("--drop and --add contradict each other", "leave one of them out")
    said = {k: meant(book.catalogue, k, v) for k, v in flags.items() if v is not None}
    accept(book.catalogue, book.saved, said, book.day)
    changes: dict[str, object] = {**dict.fromkeys(said), **typed(said)}
    new, made = replanned(book.saved, book.catalogue, book.day, changes, drop=drop, add=add)
    if drop and made.profile.deadline is None and made.profile.budget_usd is None:
        raise UsageError("nothing is dropped without a limit", "pass --deadline or --budget-usd as well")
    return Proposal(changes, new, made)


def agree(book: Book, proposed: Proposal) -> Changed:
    """Write the new dates. Raises RoadmapError when somebody else added to the journal in the meantime."""
    from roadmap.loading.saving import as_it_was, with_plan

    changes, new, made = proposed
    said = "".join(f", {k} {'none' if v is None else v}" for k, v in changes.items())
    one = event(
        book,
        None,
        "replanned",
        was=as_it_was(book.saved),
        made=as_it_was(new),
        text=f"Replanned: {book.now.plan.finish} becomes {made.finish}{said}.",
    )

    def change(old: str, saved: "SavedPlan") -> tuple[str, "SavedPlan"]:
        if saved != book.saved:
            raise RoadmapError("the plan was changed meanwhile; nothing was saved", "run roadmap replan again")
        after = replace(new, journal=(*saved.journal, one))
        return with_plan(old, after), after

    return change_file(book.path, book.catalogue, change, book.read)
