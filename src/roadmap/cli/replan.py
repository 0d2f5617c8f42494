"""`roadmap replan`: the saved plan made anew from today, under any other answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.app.book import Book, change_file, event
from roadmap.app.keeping import typed
from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import on_terminal, put, say
from roadmap.cli.options import NoColour, Overlays, PlainForm, PlainFormat, PlanFile, Today, Width
from roadmap.cli.screens import as_json, book_of, given, look
from roadmap.cli.subject import accept, meant
from roadmap.errors import ExitCode, RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.journal import SavedPlan
    from roadmap.model.plan import Plan


@with_answers
def replan(
    drop: Annotated[bool, typer.Option("--drop", help="Leave out what does not fit before the deadline.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Take back in what was left out and fits by now.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the plan without asking.")] = False,
    plan: PlanFile = None,
    form: PlainForm = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
    **flags: str | None,
) -> None:
    """Plan anew from today: shows before and after side by side and asks before it changes anything.

    Every answer can be changed; none takes one back, as in --deadline none. Finished work stays finished. Every
    promised step stays and none comes back, and later dates say so: --drop leaves out what does not fit, --add takes
    in again what was left out.
    """
    from roadmap.planning.replan import replanned
    from roadmap.render.replanned import replan_data, replan_text
    from roadmap.render.ways import ways_text

    if drop and add:
        raise UsageError("--drop and --add contradict each other", "leave one of them out")
    book = book_of(plan, today, catalogue, ways=True)
    said = {k: meant(book.catalogue, k, v) for k, v in flags.items() if v is not None}
    accept(book.catalogue, book.saved, said, book.day)
    changes: dict[str, object] = {**dict.fromkeys(said), **typed(said)}
    new, made = replanned(book.saved, book.catalogue, book.day, changes, drop=drop, add=add)
    if drop and made.profile.deadline is None and made.profile.budget_usd is None:
        raise UsageError("nothing is dropped without a limit", "pass --deadline or --budget-usd as well")
    if form is PlainFormat.TERMINAL:
        drawn = look(width, no_color)
        put(replan_text(book.now, made, book.catalogue, drawn), None)
        if book.now.ways and not changes and not drop and not add:
            put(ways_text(book.now.ways, book.catalogue, drawn), None)
    agreed = yes or (
        form is PlainFormat.TERMINAL and on_terminal() and typer.confirm("Plan like this?", default=False, err=True)
    )
    if agreed:
        _write(book, new, made, changes)
    if form is PlainFormat.JSON:
        again = given(plan, today, catalogue)
        put(as_json(replan_data(book.now, made, book.catalogue, written=agreed, given=again)), None)
    else:
        say(_told(made) if agreed else "Nothing was changed." + ("" if on_terminal() else " --yes changes it."))
    if made.status == "infeasible" and not agreed:
        raise typer.Exit(int(ExitCode.PROBLEMS))


def _told(made: "Plan") -> str:
    from roadmap.render.numbers import day

    return f"Replanned: the plan now ends on {day(made.finish)}. roadmap undo takes it back, roadmap next goes on."


def _write(book: Book, new: "SavedPlan", made: "Plan", changes: Mapping[str, object]) -> None:
    """Write the new dates, unless somebody else added to the journal while the question was open."""
    from roadmap.loading.saving import as_it_was, with_plan

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
        return with_plan(old, after, book.catalogue), after

    lifted = change_file(book.path, book.catalogue, change, book.read).lifted
    if lifted:
        say(lifted)
