"""Where a new plan is kept, and what its file holds."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.app.subject import typed
from roadmap.errors import RoadmapError
from roadmap.loading.source import real
from roadmap.model.checking import is_unicode

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import SavedPlan
    from roadmap.model.plan import Plan

NAMELESS = "me"
LONGEST_NAME = 40


def check_folder(file: Path, complaint: str) -> None:
    """Raise RoadmapError when a file cannot be made or written there, so that nobody answers questions for nothing.

    Folders that are missing are no reason: they are made when the file is written.
    """
    # First, since the root has no folder above it.
    if file.is_dir():
        raise RoadmapError(f"{file}: {complaint} (Is a directory)", "name a file inside it")
    folder = next(one for one in real(file).parents if one.exists())
    if not folder.is_dir():
        raise RoadmapError(f"{file}: {complaint} ({folder} is no folder)", "name another one")
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise RoadmapError(f"{file}: {complaint} (Permission denied)", f"check the permissions of {folder}")


def keep_under_free_name(
    answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> Path:
    """A file under a free name. The same plan is not kept twice."""
    from roadmap.loading.saving import saved_text

    for path in names(home(), made.profile.name):
        if not path.exists():
            write_new(path, answers, made, known, overlays)
            return path
        if path.is_file() and path.read_bytes() == saved_text(_saved(path, answers, made, known, overlays)).encode():
            return path
    raise AssertionError("names never end")


def home() -> Path:
    """The folder somebody is in, or the user's data folder where that cannot be written."""
    from roadmap.loading.places import data_folder

    here = Path.cwd()
    if os.access(here, os.W_OK):
        return here
    kept = data_folder()
    if kept is None:
        raise RoadmapError(f"{here}: cannot be written, and there is no home", "pass --save FILE")
    try:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise RoadmapError(f"{kept}: cannot be made ({error.strerror or error})", "pass --save FILE") from error
    return kept


def names(folder: Path, name: str) -> Iterator[Path]:
    """ada.roadmap.yaml, ada-2.roadmap.yaml, and so on."""
    from roadmap.loading.places import SUFFIX

    stem = re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")[:LONGEST_NAME] or NAMELESS
    for number in count(1):
        yield folder / (stem + (f"-{number}" if number > 1 else "") + SUFFIX)


def _saved(
    path: Path, answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> "SavedPlan":
    """What the file of a new plan holds. `overlays` are the catalogue files it was made with; every later command
    finds them by their way from the plan.
    """
    from roadmap.loading.saved import FORMAT
    from roadmap.model.journal import SavedPlan
    from roadmap.planning.replan import promised

    pinned = {**typed(answers), "start": made.profile.start.isoformat()}
    folder = real(path).parent
    ways = tuple(_way(folder, real(overlay)) for overlay in overlays)
    own = identity(pinned, made)
    return SavedPlan(FORMAT, known.version, pinned, promised(made, made.generated_on), (), ways, own)


def identity(answers: Mapping[str, object], made: "Plan") -> str:
    """What a plan is known by for good: made of the answers and the day, so that it is the same on every machine."""
    from hashlib import blake2b

    said = "\0".join([str(made.generated_on), *(f"{k}={answers[k]}" for k in sorted(answers))])
    return blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()


def write_new(
    path: Path, answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> None:
    """Write a new saved plan, with the folders above it that are missing.

    Raises RoadmapError when the file is there already or cannot be written.
    """
    from roadmap.loading.saving import locked, save_plan, saved_text

    try:
        real(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RoadmapError(f"{path}: could not be saved ({error.strerror or error})", "check its folder") from error
    new = _saved(path, answers, made, known, overlays)
    with locked(path):
        save_plan(path, saved_text(new), None, new, known)


def _way(folder: Path, file: Path) -> str:
    """How to get from a folder to a file; an address of its own where there is no way, as between two drives.

    Raises RoadmapError for a name that no file of text can hold.
    """
    try:
        way = Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        way = file.as_posix()
    if not is_unicode(way):
        raise RoadmapError(f"{file}: its name is no Unicode, so that no saved plan can name it", "rename the file")
    return way
