"""Problems of one file, whatever it is: a catalogue, an overlay, a profile or a saved plan."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from roadmap.errors import RoadmapError
from roadmap.loading.compiled import catalogue as compiled
from roadmap.loading.load import load_catalogue, load_profile
from roadmap.loading.positions import parse
from roadmap.loading.saved import load_saved, looks_saved, overlays_of
from roadmap.loading.source import own_overlays, read_text, real
from roadmap.model.problem import Problem


def check_file(path: Path, today: date) -> list[Problem]:
    """Every problem of a file. One that cannot be read is a problem too, so that the others are still checked."""
    try:
        return _problems(path, today)
    except RoadmapError as error:
        message = error.message.removeprefix(f"{path}: ")
        return [Problem("unreadable", "error", str(path), 0, 0, message, error.hint)]


def _problems(path: Path, today: date) -> list[Problem]:
    text = read_text(path)
    document = parse(text, str(path))
    data = document.data
    keys = set(data) if isinstance(data, Mapping) else set()
    if looks_saved(data, path.name):
        try:
            own = overlays_of(text, path)
        except RoadmapError as error:
            message = error.message.removeprefix(f"{path}: ")
            return [Problem("missing-overlay", "error", str(path), 0, 0, message, error.hint)]
        catalogue, problems = compiled([*own_overlays(), *own])
        return problems if catalogue is None else load_saved(text, str(path), catalogue, document).problems
    if "pace" in keys or "include" in keys:
        return load_catalogue(entry=path)[1]
    if "role" not in keys and _is_overlay(keys):
        if _is_built_in(path):
            return [p for p in load_catalogue()[1] if real(Path(p.file)) == real(path)]
        below = [p for p in own_overlays() if real(p) != real(path)]
        return [p for p in load_catalogue([*below, path])[1] if p.severity == "error" or p.file == str(path)]
    catalogue, problems = compiled(own_overlays())
    return problems if catalogue is None else load_profile(text, str(path), catalogue, today)[1]


def _is_overlay(keys: set[object]) -> bool:
    from roadmap.loading.shapes import KINDS  # brings the validators along, which a profile does without

    return bool(keys & {*KINDS, "retire"})


def _is_built_in(path: Path) -> bool:
    from roadmap.loading.load import files_of
    from roadmap.loading.source import ENTRY, folder

    return real(path) in {real(p) for p in files_of(folder("data") / ENTRY)}
