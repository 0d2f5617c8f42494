"""Where a new plan is kept: as asked, or on a terminal without being asked, so that `next` works at once."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.keeping import check_folder, keep_under_free_name, write_new
from roadmap.cli.boundary import is_terminal, say
from roadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.plan import Plan


class Keeping(NamedTuple):
    """What becomes of a new plan: `file` as asked by --save, or a free name if `unasked`, or nothing."""

    file: Path | None
    unasked: bool


def keeping(save: Path | None, no_save: bool, saved_already: bool) -> Keeping:
    """What the options say. Raises UsageError or RoadmapError before anything is asked of anybody."""
    if save is not None and no_save:
        raise UsageError("--save and --no-save contradict each other", "leave one of them out")
    if save is not None:
        if save.exists():
            raise RoadmapError(f"{save}: exists already", "choose another name, or change it with roadmap replan")
        check_folder(save, "could not be saved")
    seen = is_terminal(sys.stdout) and not os.environ.get("CI")
    return Keeping(save, seen and save is None and not no_save and not saved_already)


def keep(
    where: Keeping, answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> bool:
    """Keep a plan as wanted, say where it is, and whether it is kept. What was not asked for never fails a command."""
    if where.file is not None:
        write_new(where.file, answers, made, known, overlays)
        _tell(where.file)
        return True
    if not where.unasked:
        return False
    try:
        path = keep_under_free_name(answers, made, known, overlays)
    except RoadmapError as error:
        say(f"The plan was not kept: {error.message}. --save FILE keeps it elsewhere.")
        return False
    _tell(path)
    return True


def tell_of_another() -> None:
    """Tell somebody who is about to answer everything anew of the plan that is there already."""
    from roadmap.loading.places import find_plan

    try:
        path = find_plan(Path.cwd())
    except RoadmapError:
        return
    shown = path.name if path.resolve().parent == Path.cwd().resolve() else path
    say(f"You have a plan: {shown}. What follows makes another one.")
    say("roadmap next goes on with yours, roadmap replan changes its answers,")
    say("roadmap export --format terminal --full shows all of it.")


def _tell(path: Path) -> None:
    """Where it is, and the next thing to do: with --plan where `next` would not find it by itself."""
    from roadmap.loading.places import find_plan

    try:
        found = find_plan(Path.cwd()).resolve() == path.resolve()
    except RoadmapError:
        found = False
    shown = path.name if path.resolve().parent == Path.cwd().resolve() else path
    say(f"Saved to {shown}. roadmap next{'' if found else f' --plan {shown}'} shows this week's work.")
