"""The one writer of every output that is not the screen: whole or not at all, and nothing left over."""

import os
import stat
from pathlib import Path

from roadmap.errors import RoadmapError


def write_whole(path: Path, content: bytes) -> None:
    """Put content into a file that appears whole or not at all. Raises RoadmapError, the old one untouched.

    A link is followed to what it means, and what is there keeps its rights; a device or a pipe is written to, since a
    file in its place would end it for everybody. Folders that are missing are made.
    """
    try:
        _write(Path(os.path.realpath(path)), content)
    except OSError as error:
        raise RoadmapError(
            f"{path}: cannot be written ({error.strerror or error})", "check the folder, its permissions and free space"
        ) from error


def _write(real: Path, content: bytes) -> None:
    try:
        before = real.stat()
    except FileNotFoundError:
        before = None
    if before is not None and not stat.S_ISREG(before.st_mode):
        real.write_bytes(content)
        return
    if before is not None and (not before.st_mode & 0o222 or not os.access(real, os.W_OK)):
        raise PermissionError(0, "it is write-protected")
    real.parent.mkdir(parents=True, exist_ok=True)
    # The name is short whatever the file is called: some names leave no room for more.
    beside = real.with_name(f".roadmap-{os.urandom(6).hex()}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
            stream.write(content)
        if before is not None:
            beside.chmod(before.st_mode & 0o7777)
        beside.replace(real)
    finally:
        beside.unlink(missing_ok=True)
