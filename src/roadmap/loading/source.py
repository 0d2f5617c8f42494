"""Finds and reads files: the packaged data first, the repository's second."""

import os
from pathlib import Path

from roadmap.errors import RoadmapError

ENTRY = "roadmaps.yaml"
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
        from platformdirs import user_config_path

        config = user_config_path("career-roadmap", appauthor=False)
    else:
        config = Path(own)
    return sorted((config / "overlays").glob("*.yaml"))


def read_text(path: Path) -> str:
    """A file's text as UTF-8, a byte-order mark removed. Raises RoadmapError with the reason and what to do."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RoadmapError(f"{path}: not UTF-8 text (byte {error.start + 1})", "save the file as UTF-8") from error
    except FileNotFoundError as error:
        near = (
            ", ".join(sorted(p.name for p in path.parent.glob("*" + path.suffix))[:5]) if path.parent.is_dir() else ""
        )
        raise RoadmapError(f"{path}: no such file", f"here are: {near}" if near else "check the path") from error
    except IsADirectoryError as error:
        raise RoadmapError(f"{path}: is a folder, not a file", "name a file inside it") from error
    except OSError as error:
        raise RoadmapError(
            f"{path}: cannot be read ({error.strerror or error})", "check the path and its permissions"
        ) from error
