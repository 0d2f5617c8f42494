"""Finds and reads files: the packaged data first, the repository's second."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from roadmap.errors import RoadmapError

ENTRY = "roadmaps.yaml"
LONGEST_SHOWN = 200
LARGEST = 20_000_000
"""Bytes that are read of any text: no more characters than are parsed fit in. A device or a pipe may never end."""
_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The folder `data` or `examples`: inside the installed package, else at the top of the checkout.

    Raises RoadmapError when neither is there, which means a broken installation.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent.parent / name):
        if place.is_dir():
            return place
    raise RoadmapError(f"the {name} of roadmap are missing from this installation", "install career-roadmap again")


def own_overlays() -> list[Path]:
    """Catalogue files that a person keeps in the folder `overlays` of their configuration, in the order of their names.

    ROADMAP_CONFIG names another configuration folder; empty means none.
    """
    own = os.environ.get("ROADMAP_CONFIG")
    if own == "":
        return []
    if own is None:
        from roadmap.loading.homes import user_folder

        config = user_folder("config")
    else:
        config = Path(own)
    try:
        found = sorted((config / "overlays").glob("*.yaml")) if config else []
        # Whoever opens a pipe waits for its other end.
        return [one for one in found if one.is_file() or not one.exists()]
    except OSError:
        # A home that is somebody else's holds nothing of this person's.
        return []


def real(path: Path) -> Path:
    """Where a path leads, links followed. Links in a circle lead nowhere, which whoever opens them is told."""
    return Path(os.path.realpath(path))


def read_text(path: Path) -> str:
    """A file's text as UTF-8, a byte-order mark removed. Raises RoadmapError with the reason and what to do."""
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = f"{path}:{line}: not UTF-8 text (byte {error.start + 1})"
        raise RoadmapError(what, "save the file as UTF-8") from error
    except FileNotFoundError as error:
        raise RoadmapError(f"{path}: no such file", _near(path) or "check the path") from error
    except IsADirectoryError as error:
        raise RoadmapError(f"{path}: is a folder, not a file", "name a file inside it") from error
    except OSError as error:
        name = str(path) if len(str(path)) <= LONGEST_SHOWN else f"{str(path)[:LONGEST_SHOWN]}..."
        raise RoadmapError(
            f"{name}: cannot be read ({error.strerror or error})", "check the path and its permissions"
        ) from error
    except ValueError as error:
        raise RoadmapError(f"{str(path)!r}: is no name of a file", "check the path") from error


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises OSError, and RoadmapError where that is more than any text this program reads."""
    with path.open("rb") as file:
        return _bounded(file, str(path))


def _bounded(stream: BinaryIO, name: str) -> bytes:
    """All that a stream holds. Raises RoadmapError where that is more than any text this program reads."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise RoadmapError(f"{name}: is larger than {LARGEST // 1_000_000} MB", "name a file that holds only the text")
    return content


def _near(path: Path) -> str:
    """Files of the same kind beside one that is not there."""
    try:
        found = path.parent.glob("*" + path.suffix) if path.parent.is_dir() else ()
        names = sorted(p.name for p in found if not p.name.startswith("."))[:5]
    except (OSError, ValueError, NotImplementedError):
        return ""
    return f"here are: {', '.join(names)}" if names else ""


def stdin_text() -> str:
    """All of standard input as UTF-8, a byte-order mark removed. Raises RoadmapError when it cannot be read."""
    try:
        raw = getattr(sys.stdin, "buffer", None)
        return _bounded(raw, "stdin").decode("utf-8-sig") if raw is not None else sys.stdin.read(LARGEST)
    except UnicodeDecodeError as error:
        raise RoadmapError(f"stdin: not UTF-8 text (byte {error.start + 1})", "convert it to UTF-8") from error
    except OSError as error:
        raise RoadmapError(f"stdin: cannot be read ({error.strerror or error})", "name a file") from error
