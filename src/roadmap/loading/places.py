"""Where saved plans are."""

import os
from pathlib import Path

from roadmap.errors import RoadmapError
from roadmap.loading.homes import user_folder
from roadmap.loading.source import real

SUFFIX = ".roadmap.yaml"


def find_plan(here: Path) -> Path:
    """The nearest saved plan from a folder upwards, else the one in the user's data folder.

    Raises RoadmapError when there is none, or more than one in the same folder.
    """
    places = [here, *here.parents]
    kept = data_folder()
    for folder in [*places, *([kept] if kept else [])]:
        found = _plans(folder)
        if len(found) > 1:
            names = ", ".join(p.name for p in found[:5])
            raise RoadmapError(f"{folder} holds more than one saved plan: {names}", "choose one with --plan FILE")
        if found:
            return found[0]
    raise RoadmapError("there is no saved plan here", "make one: roadmap plan --save me" + SUFFIX)


def near(here: Path, *, upwards: bool = True) -> list[Path]:
    """The saved plans of a folder, else of its folder of people, else of the nearest folder `upwards` that has any."""
    for folder in (here, here / "people", *(real(here).parents if upwards else ())):
        if found := _plans(folder):
            return found
    return []


def of_group(here: Path, name: str) -> list[Path]:
    """The saved plans near a folder that are called so, else those whose first names are: a part of a word is no name.

    Near are those of the folder and of its people, of groups inside it, and of the folders above.
    """
    inside = [plan for folder in sorted(here.glob("*/people")) for plan in _plans(folder)]
    plans = list(dict.fromkeys([*near(here), *inside]))
    wanted = _words(name)
    called = [(plan, _words(plan.name.removesuffix(SUFFIX))) for plan in plans]
    same = [plan for plan, words in called if "".join(words) == "".join(wanted)]
    return same or [plan for plan, words in called if wanted and words[: len(wanted)] == wanted]


def _words(name: str) -> list[str]:
    """The words of a name without accents and capitals."""
    from unicodedata import combining, normalize

    signs = normalize("NFKD", name.casefold())
    return "".join(" " if not sign.isalnum() else sign for sign in signs if not combining(sign)).split()


def _plans(folder: Path) -> list[Path]:
    """The saved plans of a folder; one that may not be entered holds none for this person."""
    try:
        found = sorted(folder.glob("*" + SUFFIX)) if folder.is_dir() else []
        # Whoever opens a pipe waits for its other end.
        return [plan for plan in found if plan.is_file() or not plan.exists()]
    except OSError:
        return []


def data_folder() -> Path | None:
    """The user's data folder; ROADMAP_DATA overrides it. None for somebody without a home."""
    own = os.environ.get("ROADMAP_DATA")
    return Path(own) if own else user_folder("data")
