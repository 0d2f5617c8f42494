"""`roadmap replan`: the saved plan made anew from today, under any other answers."""

from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.app.replan import agree, propose
from roadmap.cli.boundary import on_terminal, put, say
from roadmap.cli.groups import grouped
from roadmap.cli.options import NoColour, Width
from roadmap.cli.screens import SavedOptions, look
from roadmap.errors import ExitCode
from roadmap.render.data import json_text

if TYPE_CHECKING:
    from roadmap.model.plan import Plan


@grouped
def replan(
    drop: Annotated[bool, typer.Option("--drop", help="Leave out what does not fit before the deadline.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Take back in what was left out and fits by now.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the plan without asking.")] = False,
    *,
    asked: SavedOptions,
    no_color: NoColour = False,
    width: Width = None,
    **flags: str | None,
) -> None:
    """Plan anew from today: shows before and after side by side and asks before it changes anything.

    Every answer can be changed; none takes one back, as in --deadline none. Finished work stays finished. Every
    promised step stays and none comes back, and later dates say so: --drop leaves out what does not fit, --add takes
    in again what was left out.

    Example: roadmap replan --hours-per-week 12
    """
    from roadmap.render.replanned import replan_data, replan_page

    book = asked.book(ways=True)
    proposed = propose(book, flags, drop=drop, add=add)
    made = proposed.plan
    if not asked.as_data:
        ways = not proposed.changes and not drop and not add
        page = replan_page(book.now, made, book.catalogue, drop=drop, ways=ways, given=asked.named)
        put(look(width, no_color).draw(page), None)
    # A promise that was kept stays the one that was made.
    over = not (book.now.plan.steps or made.steps or proposed.changes)
    agreed = not over and (
        yes or (not asked.as_data and on_terminal() and typer.confirm("Plan like this?", default=False, err=True))
    )
    if agreed:
        lifted = agree(book, proposed).lifted
        if lifted:
            say(lifted)
    if asked.as_data:
        put(json_text(replan_data(book.now, made, book.catalogue, written=agreed, given=asked.given)), None)
    else:
        say(_told(made) if agreed else "Nothing was changed." + ("" if over or on_terminal() else " --yes changes it."))
        # A line of its own, so that a narrow terminal breaks no command.
        if agreed:
            say("roadmap undo takes it back, roadmap next goes on.")
    if made.status == "infeasible" and not agreed:
        raise typer.Exit(int(ExitCode.PROBLEMS))


def _told(made: "Plan") -> str:
    from roadmap.render.numbers import day

    return f"Replanned: the plan now ends on {day(made.finish)}."
