"""The console script inside the test process: as quick as a function call, with the same streams and exit codes."""

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

import pytest

from roadmap.cli.app import app
from roadmap.cli.boundary import run


class Done(NamedTuple):
    """What a process would have left behind."""

    returncode: int
    stdout: str
    stderr: str


def roadmap(*args: str) -> Done:
    """Run a command; there is no terminal."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stopped:
        run(lambda: app(list(args), prog_name="roadmap"))
    code = stopped.value.code
    return Done(code if isinstance(code, int) else int(code is not None), out.getvalue(), err.getvalue())
