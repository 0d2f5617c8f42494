"""The one writer of every output that is not the screen: whole or not at all, and nothing left over."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from roadmap.errors import RoadmapError

LONGEST_NAME = 255
"""Bytes that the usual file systems take in the name of a file."""


def beside(path: Path, ending: str, *, hidden: bool = True) -> Path:
    """A name in the same folder, made of that of a file and an ending; where that gets too long, of a digest of it."""
    name = f"{'.' if hidden else ''}{path.name}{ending}"
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = f"{'.' if hidden else ''}roadmap-{blake2b(os.fsencode(path.name), digest_size=8).hexdigest()}{ending}"
    # The root and the folder one is in have no name that another one could take the place of.
    return path.parent / name


def write_text(path: Path, text: str) -> None:
    """Put text into a file as `write_whole` does; what is no Unicode becomes question marks."""
    write_whole(path, text.encode("utf-8", "replace"))


def write_whole(path: Path, content: bytes) -> None:
    """Put content into a file that appears whole or not at all. Raises RoadmapError, the old one untouched.

    A link is followed to what it means, and what is there keeps its rights; a device or a pipe is written to, since a
    file in its place would end it for everybody. Folders that are missing are made.
    """
    try:
        # Asked before links are followed: a pipe behind /dev/stdout has no name that they could lead to.
        if is_device(path):
            path.write_bytes(content)
            return
        real = Path(os.path.realpath(path))
        real.parent.mkdir(parents=True, exist_ok=True)
        with (
            replacing(real) as fresh,
            os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as out,
        ):
            out.write(content)
    except OSError as error:
        raise RoadmapError(
            f"{path}: cannot be written ({error.strerror or error})", "check the folder, its permissions and free space"
        ) from error


def is_device(path: Path) -> bool:
    """Whether something is there that is no file: a terminal, a pipe, a folder."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def replacing(path: Path, fresh: Path | None = None) -> Iterator[Path]:
    """The name of a fresh file that takes the place of `path`, with its rights, when all went well, and else goes away.

    A link is followed. Raises OSError, also where a file is write-protected that could be replaced all the same.
    """
    real = Path(os.path.realpath(path))
    mode = rights_of(real)
    # The name is short whatever the file is called: some names leave no room for more.
    fresh = fresh or real.with_name(f".roadmap-{os.urandom(6).hex()}.part")
    try:
        yield fresh
        take_place(fresh, real, mode)
    finally:
        with suppress(OSError):
            fresh.unlink()


def take_place(fresh: Path, path: Path, mode: int | None = None) -> None:
    """Move a file to the place of another one, whose rights it takes. A link is followed. Raises OSError."""
    real = Path(os.path.realpath(path))
    rights = rights_of(real) if mode is None else mode
    if rights is not None:
        fresh.chmod(rights)
    fresh.replace(real)


def rights_of(real: Path) -> int | None:
    """The rights of a file, None where there is none. Raises PermissionError where it is not to be written."""
    try:
        mode = real.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None
    if not mode & 0o222 or not os.access(real, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    return mode


@contextmanager
def held(
    lock: Path, seconds: float, busy: RoadmapError, refused: Callable[[Exception], RoadmapError]
) -> Iterator[None]:
    """Nobody else holds this lock meanwhile. Raises `busy` when somebody still does after so many seconds, and what
    `refused` makes of the system's error when it cannot be made.
    """
    from filelock import FileLock, Timeout

    taken = FileLock(lock, timeout=seconds)
    try:
        taken.acquire()
    except Timeout as error:
        raise busy from error
    except (OSError, NotImplementedError) as error:
        raise refused(error) from error
    try:
        yield
    finally:
        taken.release()
