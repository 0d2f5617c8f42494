"""The expected ways to fail, each with its exit code and the next thing to do."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller; documented in docs/cli.md."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    BUG = 3
    BATCH_PARTIAL = 4
    INTERRUPTED = 130


class RoadmapError(Exception):
    """A failure that a person can act on: one sentence, a hint, an exit code. Never shown with a traceback."""

    code = ExitCode.PROBLEMS

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RoadmapError):
    """The command was called in a way it cannot serve: a missing flag, a value that does not parse."""

    code = ExitCode.USAGE


class Interrupted(RoadmapError):
    """The person pressed Ctrl-C."""

    code = ExitCode.INTERRUPTED
