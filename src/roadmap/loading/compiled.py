"""A compiled form of the catalogue in the user's cache, so that a start costs milliseconds.

Keyed by the content of every file that goes into it, so it can never be stale. Read with an unpickler that knows
the model's own classes and nothing else, so a file somebody tampered with can at worst fail to load; then, as
with any broken file, it is rebuilt. Written to a temporary name and moved into place, so that two processes at
once cannot spoil it. A cache folder that cannot be written is no error.
"""

import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import is_dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from roadmap import __version__
from roadmap.loading.source import ENTRY, folder
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Problem

KEPT = 8


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("roadmap.model."):
            found = getattr(sys.modules.get(module), name, None)
            if is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a catalogue")


def catalogue(overlays: Sequence[Path] = (), entry: Path | None = None) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue, compiled if this content was loaded before; problems as from `load_catalogue`.

    Raises RoadmapError for a file that cannot be read.
    """
    entry = entry or folder("data") / ENTRY
    place = cache_folder()
    key = _digest(entry, overlays) if place else ""
    found = _read(place / f"{key}.catalogue") if place else None
    if found is not None:
        return found, []
    from roadmap.loading.load import load_catalogue

    made, problems = load_catalogue(overlays, entry)
    if made is not None and place and not problems:
        _write(place, key, made)
    return made, problems


def cache_folder() -> Path | None:
    """Where compiled catalogues are kept; ROADMAP_CACHE overrides it, and empty turns the cache off."""
    own = os.environ.get("ROADMAP_CACHE")
    if own is not None:
        return Path(own) if own else None
    from platformdirs import user_cache_path

    return user_cache_path("career-roadmap", appauthor=False)


def _digest(entry: Path, overlays: Sequence[Path]) -> str:
    files = sorted(p for p in entry.parent.rglob("*") if p.suffix in (".yaml", ".csv"))
    digest = blake2b(f"{__version__} {sys.version_info[:2]}".encode(), digest_size=16)
    for file in [entry, *files, *overlays]:
        try:
            content = file.read_bytes()
        except OSError:
            content = b""
        digest.update(f"\0{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read(file: Path) -> Catalogue | None:
    try:
        with file.open("rb") as stream:
            loaded = _Unpickler(stream).load()
    except Exception:
        return None
    return loaded if isinstance(loaded, Catalogue) else None


def _write(place: Path, key: str, made: Catalogue) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=place, suffix=".tmp", delete=False) as stream:
            pickle.dump(made, stream, protocol=pickle.HIGHEST_PROTOCOL)
        Path(stream.name).replace(place / f"{key}.catalogue")
        for old in sorted(place.glob("*.catalogue"), key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
