"""Screens that were drawn before, kept beside the compiled catalogue, so that looking at a plan starts at once.

Named by a hash of everything that goes into a screen: the catalogue, the plan's file, the day, how it is drawn, and
the program's own files. So a screen is shown again only when drawing it would give the same text.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

from roadmap.loading.compiled import cache_folder, content_key
from roadmap.loading.source import ENTRY, folder, own_overlays

KEPT = 16
CHECKSUM = 16
_PACKAGE = Path(__file__).resolve().parent.parent


def screen(file: Path, overlays: Sequence[Path], drawn: Sequence[object], make: Callable[[], str]) -> str:
    """The text that `make` gives for a plan's file, without calling it when that was done before.

    `drawn` is everything else the text depends on. A cache folder that is off or cannot be used is no error.
    """
    place = cache_folder()
    if place is None:
        return make()
    try:
        content = file.read_bytes()
    except OSError:
        return make()
    known = content_key(folder("data") / ENTRY, [*own_overlays(), *overlays])
    digest = blake2b(known.encode(), digest_size=16)
    digest.update(f"\0{len(content)}\0".encode() + content + repr((str(file), *drawn, _program())).encode())
    kept = place / f"{digest.hexdigest()}.screen"
    found = _read(kept)
    if found is None:
        found = make()
        _write(kept, found)
    return found


def _program() -> list[tuple[str, int, int]]:
    """Name, size and time of every file of the program, so that a changed program draws anew."""
    found = []
    for place in (_PACKAGE, *(_PACKAGE / name for name in ("cli", "loading", "model", "planning", "render"))):
        with os.scandir(place) as entries:
            found += [(e.name, s.st_size, s.st_mtime_ns) for e in entries if e.name.endswith(".py") and (s := e.stat())]
    return sorted(found)


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=CHECKSUM).digest()


def _read(file: Path) -> str | None:
    try:
        content = file.read_bytes()
        if content[:CHECKSUM] != _checksum(content[CHECKSUM:]):
            return None
        return content[CHECKSUM:].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(file: Path, text: str) -> None:
    import tempfile

    content = text.encode("utf-8")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".tmp", delete=False) as stream:
            stream.write(_checksum(content) + content)
        Path(stream.name).replace(file)
        for old in sorted(file.parent.glob("*.screen"), key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
