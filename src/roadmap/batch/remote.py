"""Files behind an address such as s3://bucket/key, through fsspec."""

import io
from typing import Any

from roadmap.errors import RoadmapError, UsageError


def filesystem(place: str) -> tuple[Any, str]:
    """The fsspec file system of an address or local path, and the path inside it. Raises UsageError without fsspec."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{place} needs fsspec", "install career-roadmap[dask]") from error
    try:
        system, path = fsspec.core.url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{place}: {error}", "install what fsspec asks for, or use another address") from error
    return system, path


def open_remote(place: str) -> tuple[io.BufferedReader, int]:
    """A file to read in order, and its size in bytes (0 when not known)."""
    system, path = filesystem(place)
    try:
        stream = system.open(path, "rb")
        return io.BufferedReader(stream), int(system.size(path) or 0)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise RoadmapError(f"{place}: cannot be read ({error})", "check the address and its permissions") from error
