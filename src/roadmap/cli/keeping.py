"""Where a new plan is kept: as asked, or on a terminal without being asked, so that `next` works at once."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.keeping import check_folder, keep_under_free_name, write_new
from roadmap.cli.boundary import is_terminal, say, say_line
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.source import real

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


class Kept(NamedTuple):
    """Where a plan is kept, if it is; or why it is not, though it was to be. Said only below the page."""

    file: Path | None = None
    error: RoadmapError | None = None
    asked: bool = False

    def command(self, name: str) -> str:
        """A command about this plan; empty where it is not kept."""
        return of_plan(name, self.file) if self.file else ""

    def tell(self) -> None:
        """Say where it is. Raises RoadmapError where it was asked for and failed; else nobody is stopped by that."""
        if self.error is not None and self.asked:
            raise self.error
        if self.error is not None:
            say_line(f"The plan was not kept: {self.error.message}. --save FILE keeps it elsewhere.")
        elif self.file is not None:
            say_line(f"Saved to {_shown(self.file)}. {self.command('roadmap next')} shows this week's work.")


def keep(
    where: Keeping, answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> Kept:
    """Keep a plan as wanted. Nothing is said or raised yet: whoever answered questions sees the page first."""
    try:
        if where.file is not None:
            write_new(where.file, answers, made, known, overlays)
            return Kept(where.file)
        if where.unasked:
            return Kept(keep_under_free_name(answers, made, known, overlays))
    except RoadmapError as error:
        return Kept(error=error, asked=where.file is not None)
    return Kept()


def tell_of_another() -> None:
    """Tell somebody who is about to answer everything anew of the plan that is there already."""
    from roadmap.loading.places import find_plan

    try:
        path = find_plan(Path.cwd())
    except RoadmapError:
        return
    say_line(f"You have a plan: {_shown(path)}. What follows makes another one.")
    say("roadmap next goes on with yours, roadmap replan changes its answers,")
    say("roadmap export --format terminal --full shows all of it.")


def of_plan(command: str, file: Path) -> str:
    """A command about a saved plan: with --plan where it would not find that one by itself."""
    import shlex

    return command if found_alone(file) else f"{command} --plan {shlex.quote(str(_shown(file)))}"


def found_alone(file: Path) -> bool:
    """Whether a command finds this plan from here without being told."""
    from roadmap.loading.places import find_plan

    try:
        return real(find_plan(Path.cwd())) == real(file)
    except RoadmapError:
        return False


def _shown(file: Path) -> Path:
    """A file as somebody in this folder names it."""
    return Path(file.name) if real(file).parent == real(Path.cwd()) else file
