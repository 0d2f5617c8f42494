"""A compiled form of the catalogue in the user's cache, so that a start costs milliseconds.

Keyed by the content of every file that goes into it and by the classes it is made of, so it can never be stale.
Read with an unpickler that knows the model's own classes and nothing else, so a file that somebody forged cannot run
code; whoever can write this folder could still change what plans say, as with any file of yours. It begins with a
checksum, and a broken one is rebuilt. Written to a temporary name and moved into place, so that two processes at once
cannot spoil it. A cache folder that cannot be written is no error.
"""

import gc
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import is_dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from roadmap import __version__
from roadmap.loading.source import ENTRY, bytes_of, folder
from roadmap.model import advice, condition, exams, ids, market, modules, rules, skills, sources, terms
from roadmap.model import catalogue as nouns
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Problem

KEPT = 8
CHECKSUM = 4  # bytes
# Whose classes a compiled catalogue is made of.
NOUNS = (advice, condition, nouns, exams, ids, market, modules, rules, skills, sources, terms)


_PLACES = {m.__name__: m for m in NOUNS}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = getattr(_PLACES.get(module), name, None)
        if is_dataclass(found):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a catalogue")


def catalogue(overlays: Sequence[Path] = (), entry: Path | None = None) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue, compiled if this content was loaded before; problems as from `load_catalogue`.

    Raises RoadmapError for a file that cannot be read.
    """
    entry = entry or folder("data") / ENTRY
    place = cache_folder()
    key = content_key(entry, overlays) if place else ""
    found = _read(place / f"{key}.catalogue") if place else None
    if found is not None:
        return found, []
    from roadmap.loading.load import load_catalogue

    made, problems = load_catalogue(overlays, entry)
    if made is not None and place:
        _write(place, key, made)
    return made, problems


def cache_folder() -> Path | None:
    """Where compiled catalogues are kept; ROADMAP_CACHE overrides it, and empty turns the cache off."""
    own = os.environ.get("ROADMAP_CACHE")
    if own is not None:
        return Path(own) if own else None
    from roadmap.loading.homes import user_folder

    return user_folder("cache")


def content_key(entry: Path, overlays: Sequence[Path]) -> str:
    """A name for this content: of the catalogue's files, the overlays, and the classes they are read into."""
    files = sorted(p for p in entry.parent.rglob("*") if p.suffix in (".yaml", ".csv"))
    digest = blake2b(f"{__version__} {sys.version_info[:2]}".encode(), digest_size=16)
    for file in [*(Path(str(m.__file__)) for m in NOUNS), entry, *files, *overlays]:
        try:
            content = bytes_of(file) if file in overlays else file.read_bytes()
        except OSError:
            content = b""
        digest.update(b"\0%s\0%d\0" % (os.fsencode(file.name), len(content)) + content)
    return digest.hexdigest()


def _read(file: Path) -> Catalogue | None:
    try:
        content = file.read_bytes() if file.is_file() else b""
        if _checksum(content[CHECKSUM:]) != content[:CHECKSUM]:
            return None
        loaded = _loaded(content[CHECKSUM:])
    except Exception:
        return None
    return loaded if isinstance(loaded, Catalogue) else None


def _loaded(content: bytes) -> object:
    """What was pickled. Everything in it lives on, so nothing is searched for the dead meanwhile."""
    searching = gc.isenabled()
    gc.disable()
    try:
        return _Unpickler(BytesIO(content)).load()
    finally:
        if searching:
            gc.enable()


def _checksum(content: bytes) -> bytes:
    return crc32(content).to_bytes(CHECKSUM, "big")


def _write(place: Path, key: str, made: Catalogue) -> None:
    from roadmap.loading.writing import replacing

    content = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replacing(place / f"{key}.catalogue") as fresh:
            fresh.write_bytes(_checksum(content) + content)
        for old in sorted(place.glob("*.catalogue"), key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
