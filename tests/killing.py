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

import pyarrow.parquet  # so that no child spends its life importing it

from roadmap.batch import api, roster, run, write
from roadmap.cli.app import main

LOADED = (api, pyarrow, roster, run, write)
# Seconds; a run that nobody disturbs takes about twice as long. Longer ones follow on slow machines.
LONGEST_LIFE = 0.1


def attempt(output: Path, arguments: list[str], life: float) -> int | None:
    """The exit code of one run, or None when it was killed first."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.argv = ["roadmap", "batch", *arguments, "--output", str(output), "--resume"]
        main()
    time.sleep(life)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def kill_all(folder: Path, name: str, kills: int, arguments: list[str]) -> None:
    """Whole runs, each made of many broken ones, until `kills` were killed."""
    chance, killed, whole = random.Random(name), 0, 0
    while killed < kills:
        output = folder / f"{whole}-{name}"
        tries = 0
        while (code := attempt(output, arguments, chance.uniform(0, LONGEST_LIFE * (1 + tries / 20)))) is None:
            killed, tries = killed + 1, tries + 1
        whole += 1
        sys.stdout.write(f"{output.name} {code} {killed}\n")


if __name__ == "__main__":
    with patch("roadmap.cli.batch.read_catalogue", return_value=api.load_catalogue()):
        kill_all(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
