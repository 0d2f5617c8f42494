"""One door to saved plans for every use case: which file, under which catalogue, and what it says."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.app.catalogues import ProblemsError, read_catalogue
from roadmap.errors import RoadmapError

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Progress, SavedPlan
    from roadmap.model.plan import Plan

# Where the id of a saved plan stands.
HEAD = 2000


def nearest(plan: Path | None = None) -> Path:
    """The file that was named, else the nearest saved plan. Raises RoadmapError when there is none."""
    from roadmap.loading.places import find_plan

    return find_plan(Path.cwd()) if plan is None else by_name(plan)


def by_name(plan: Path) -> Path:
    """A saved plan as people name it: a file, with its usual ending or without, or somebody of a group near by.

    The name as it stands where nothing fits. Raises RoadmapError where it fits several, and for a folder of several.
    """
    from roadmap.loading.places import SUFFIX, near, of_group

    if plan.is_dir() and (plans := near(plan, upwards=False)):
        if not plans[1:]:
            return plans[0]
        named = ", ".join(str(p.with_name(p.name.removesuffix(SUFFIX))) for p in plans[:3])
        raise RoadmapError(f"{plan}: is a folder with {len(plans)} saved plans", f"name one of them, such as {named}")
    if plan.exists() or not plan.name:
        return plan
    whole = plan.with_name(plan.name + SUFFIX)
    if whole.is_file() or len(plan.parts) > 1:
        return whole if whole.is_file() else plan
    found = of_group(Path.cwd(), plan.name)
    if found[1:]:
        raise RoadmapError(f"{plan}: can be {' or '.join(p.name.removesuffix(SUFFIX) for p in found[:4])}", "say more")
    return found[0] if found else plan


def plan_beside(page: Path) -> Path | None:
    """The saved plan of the same name in the folder of a page, or None."""
    from roadmap.loading.places import SUFFIX

    found = page.with_name(page.stem + SUFFIX)
    return found if found.is_file() else None


def plan_for(page: Path, text: str) -> Path:
    """The saved plan that a page goes into: of its own name beside it, else of those near the one it was written from.

    Raises RoadmapError when there is none, or several and none is named in the page.
    """
    from roadmap.loading.places import near
    from roadmap.render.personal import plan_of

    if beside := plan_beside(page):
        return beside
    named = plan_of(text)
    plans = [*near(page.parent), *near(Path.cwd())] if named else []
    own = next((plan for plan in plans if _id_of(plan) == named), None)
    if own is not None:
        return own
    try:
        return nearest()
    except RoadmapError as error:
        raise RoadmapError(f"{page}: no saved plan of its own is beside it; {error.message}", error.hint) from error


def _id_of(plan: Path) -> str:
    """The id that a saved plan says it has; empty where it says none."""
    try:
        found = re.search(r"^id: (.+)$", plan_text(plan)[:HEAD], re.MULTILINE)
    except RoadmapError:
        return ""
    return found[1].strip("\"'") if found else ""


def pages_in(folder: Path) -> list[Path]:
    """The Markdown pages of a folder, or of its folder of people, that stand beside a saved plan of the same name."""
    for place in (folder, folder / "people"):
        if found := [page for page in sorted(place.glob("*.md")) if plan_beside(page)]:
            return found
    raise RoadmapError(f"{folder}: no page in it stands beside its saved plan", "name a page, and its plan with --plan")


def overlays_for(path: Path, given: Sequence[Path] | None) -> list[Path]:
    """The catalogue files to lay over the built-in ones: those given, else those the plan was made with."""
    from roadmap.loading.saved import overlays_of

    return list(given or overlays_of(plan_text(path), path))


def read_plan(path: Path, known: "Catalogue", before: "tuple[str, Loaded] | None" = None) -> "tuple[str, Loaded]":
    """The text of a saved plan, and what it says; as it was read `before` while the text is still the same."""
    from roadmap.loading.saved import load_saved

    text = plan_text(path)
    if before is not None and before[0] == text:
        return before
    return text, load_saved(text, str(path), known)


def plan_text(path: Path) -> str:
    """The text of a saved plan. Raises RoadmapError that names the backup that can be read, if there is one."""
    from roadmap.loading.source import read_text

    try:
        return read_text(path)
    except RoadmapError as error:
        kept = rescue(path)
        raise RoadmapError(error.message, kept or error.hint) from error


def require_valid(loaded: "Loaded", path: Path) -> "SavedPlan":
    """The saved plan. Its problems raise ProblemsError, with the backup that can be read."""
    if loaded.saved is None:
        raise ProblemsError(loaded.problems, hint=rescue(path))
    return loaded.saved


def rescue(path: Path) -> str:
    """What to do about a plan that cannot be read: the newest backup that can; an empty text when there is none."""
    from roadmap.loading.saved import load_saved, overlays_of
    from roadmap.loading.saving import backups_of
    from roadmap.loading.source import read_text

    for backup in backups_of(path):
        try:
            text = read_text(backup)
            if load_saved(text, str(backup), read_catalogue(overlays_of(text, backup))).saved is not None:
                return f"The state before the last change is in {backup}: look at it, and copy it over {path}."
        except RoadmapError:
            continue
    return ""


def open_plan(path: Path, given: Sequence[Path] | None) -> "tuple[Catalogue, SavedPlan]":
    """A saved plan and its catalogue."""
    known = read_catalogue(overlays_for(path, given))
    return known, require_valid(read_plan(path, known)[1], path)


def earlier(saved: "SavedPlan", known: "Catalogue") -> "list[Plan]":
    """The plans that somebody may have exported before."""
    from roadmap.loading.versions import versions
    from roadmap.planning.earlier import earlier_plans

    return earlier_plans(versions(saved, known), known)


def stand(path: Path, given: Sequence[Path] | None, day: date) -> "tuple[Catalogue, Progress]":
    """Where a saved plan stands on a day, under its catalogue."""
    from roadmap.planning.progress import progress

    known, saved = open_plan(path, given)
    return known, progress(saved, known, day)
