"""Files behind an address such as s3://bucket/key, through fsspec."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def told(place: str) -> Iterator[None]:
    """Whatever the many file systems raise, as one line that names the place."""
    try:
        yield
    except RoadmapError:
        raise
    except Exception as error:
        raise RoadmapError(f"{place}: {error}", "check the address, its permissions and the connection") from error


def open_remote(place: str) -> tuple[io.BufferedReader, int]:
    """A file to read in order, and its size in bytes (0 when not known)."""
    system, path = filesystem(place)
    with told(place):
        if not system.exists(path):
            raise RoadmapError(f"{place}: no such file", "check the address")
        stream = system.open(path, "rb")
        return io.BufferedReader(stream), int(system.size(path) or 0)


def version(place: str) -> str:
    """What changes when the file does, as far as its system tells: time, size, etag."""
    system, path = filesystem(place)
    try:
        return f"{place} {system.ukey(path)}"
    except Exception:
        # A file that is not there is told of by whoever opens it.
        return place
