"""Folders in the home of whoever runs the program: not everybody has one."""

from pathlib import Path
from typing import Literal


def user_folder(kind: Literal["cache", "config", "data", "state"]) -> Path | None:
    """The user's folder of a kind for this program; None for somebody without a home.

    In a container the program may run under a bare number that no list of users names.
    """
    import platformdirs

    try:
        found = Path(getattr(platformdirs, f"user_{kind}_path")("career-roadmap", appauthor=False))
    except RuntimeError:
        return None
    # Relative, it would be another folder in every folder.
    return found if found.is_absolute() else None
