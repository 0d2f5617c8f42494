"""Runs a batch again and again, each time killed at a random instant, until it has been killed often enough.

A program of its own: it loads everything once and forks, so that a kill costs milliseconds. Arguments: the output's
name, how many kills, and what follows `roadmap batch`. Prints one line per whole run.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path
from unittest.mock import patch

from roadmap.batch import api
from roadmap.cli.app import main


def whole(output: Path, arguments: list[str]) -> int:
    """The exit code of one run."""
    sys.argv = ["roadmap", "batch", *arguments, "--output", str(output), "--resume", "--quiet"]
    try:
        main()
    except SystemExit as end:
        return int(str(end.code))
    return 0


def attempt(output: Path, arguments: list[str], life: float) -> int | None:
    """The exit code of one run, or None when it was killed first."""
    child = os.fork()
    if not child:
        os._exit(whole(output, arguments))
    end = time.monotonic() + life
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.WEXITSTATUS(status)
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def kill_all(folder: Path, name: str, kills: int, arguments: list[str]) -> None:
    """Whole runs, each made of many broken ones, until `kills` were killed."""
    whole(folder.parent / f"first-{name}", arguments)  # so that no child spends its life importing
    began = time.monotonic()
    whole(folder.parent / f"second-{name}", arguments)
    undisturbed = time.monotonic() - began
    chance, killed, runs = random.Random(), 0, 0
    while killed < kills:
        output = folder / f"{runs}-{name}"
        tries = 0
        while (code := attempt(output, arguments, chance.uniform(0, undisturbed * (1 + tries / 20)))) is None:
            killed, tries = killed + 1, tries + 1
        runs += 1
        sys.stdout.write(f"{output.name} {code} {killed}\n")


if __name__ == "__main__":
    with patch("roadmap.cli.batch.read_catalogue", return_value=api.load_catalogue()):
        kill_all(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
