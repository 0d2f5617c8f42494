"""One door to saved plans for every command: which file, under which catalogue, and what it says."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.cli.boundary import ProblemsError, read_catalogue

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Progress, SavedPlan


def nearest(plan: Path | None = None) -> Path:
    """The file that was named, else the nearest saved plan. Raises RoadmapError when there is none."""
    from roadmap.loading.places import find_plan

    return plan or find_plan(Path.cwd())


def overlays_for(path: Path, given: Sequence[Path] | None) -> list[Path]:
    """The catalogue files to lay over the built-in ones: those given, else those the plan was made with."""
    from roadmap.loading.saved import overlays_of
    from roadmap.loading.source import read_text

    return list(given or overlays_of(read_text(path), path))


def read_plan(path: Path, known: "Catalogue") -> "tuple[str, Loaded]":
    """The text of a saved plan, and what it says."""
    from roadmap.loading.saved import load_saved
    from roadmap.loading.source import read_text

    text = read_text(path)
    return text, load_saved(text, str(path), known)


def whole(loaded: "Loaded") -> "SavedPlan":
    """The saved plan; its problems end the run."""
    if loaded.saved is None:
        raise ProblemsError(loaded.problems)
    return loaded.saved


def open_plan(path: Path, given: Sequence[Path] | None) -> "tuple[Catalogue, SavedPlan]":
    """A saved plan and its catalogue."""
    known = read_catalogue(overlays_for(path, given))
    return known, whole(read_plan(path, known)[1])


def stand(path: Path, given: Sequence[Path] | None, day: date) -> "tuple[Catalogue, Progress]":
    """Where a saved plan stands on a day, under its catalogue."""
    from roadmap.planning.progress import progress

    known, saved = open_plan(path, given)
    return known, progress(saved, known, day)
