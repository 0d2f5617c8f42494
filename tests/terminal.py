"""The program on a terminal of its own: a pseudo-terminal whose other end the test reads and types at."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 30.0


class Terminal:
    """A command on a pseudo-terminal. `screen` is all that was written to it, `errors` what went to stderr."""

    def __init__(
        self, cwd: Path, *args: str, env: Mapping[str, str] | None = None, stderr: Path | None = None, rows: int = 40
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
        self.screen = ""
        self.errors = ""
        self._stderr = stderr or cwd.parent / f"{cwd.name}.stderr"
        outside = {k: v for k, v in os.environ.items() if k not in ("CI", "COLUMNS")}
        with self._stderr.open("wb") as stderr_file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "roadmap", *args],
                stdin=slave,
                stdout=slave,
                stderr=stderr_file,
                cwd=cwd,
                env={**outside, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color", **(env or {})},
                start_new_session=True,
            )
        os.close(slave)

    def until(self, pattern: str) -> None:
        """Read until the screen shows a pattern behind what earlier calls have seen."""
        end = time.monotonic() + PATIENCE
        seen = len(self.screen)
        while not re.search(pattern, self.screen[max(0, seen - 200) :]):
            assert time.monotonic() < end and self._read(), f"{pattern!r} never came:\n{self.screen[-2000:]}"

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def close(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        code = self.process.wait(timeout=PATIENCE)
        os.close(self.master)
        self.errors = self._stderr.read_text(encoding="utf-8")
        return code

    def _read(self) -> bool:
        """Take what is there; False at the end."""
        ready, _, _ = select.select([self.master], [], [], PATIENCE)
        try:
            text = os.read(self.master, 65536) if ready else b""
        except OSError:
            # The other end is closed: the program is done.
            return False
        self.screen += text.decode("utf-8", "replace")
        return bool(text)
