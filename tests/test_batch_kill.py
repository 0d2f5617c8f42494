"""Killed at any instant and started again, no row is missing, doubled or half-written.

The code that writes is killed line by line, the whole command at random instants: 35 times for each kind of output.
`ROADMAP_KILLS=1000 pytest tests/test_batch_kill.py` does both thoroughly.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batches import COMMAND, TODAY, batch, people, warm, write_csv

THOROUGH = "ROADMAP_KILLS" in os.environ
KILLS = os.environ.get("ROADMAP_KILLS", "35")


def program(name: str, *arguments: object) -> str:
    """What a program beside this file prints."""
    script = Path(__file__).with_name(name)
    done = subprocess.run([sys.executable, script, *map(str, arguments)], capture_output=True, text=True, env=warm())
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["out.jsonl", "out"])
def test_at_the_lines_of_the_writing(tmp_path: Path, name: str) -> None:
    assert int(program("killing_lines.py", tmp_path, name, 1 if THOROUGH else 4)) > 75


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "out"])
def test_at_random_instants(tmp_path: Path, name: str) -> None:
    runs = tmp_path / "runs"
    runs.mkdir()
    arguments = [write_csv(tmp_path / "cohort.csv", people(7)), "--workers", "1", "--today", TODAY]
    if name == "out":
        arguments += ["--format", "json"]
    said = program("killing.py", runs, name, KILLS, *arguments).splitlines()
    assert int(said[-1].split()[2]) >= int(KILLS)
    assert {line.split()[1] for line in said} == {"4"}
    for line in said:
        assert content(runs / line.split()[0]) == content(tmp_path / f"first-{name}")
    shown = {p.name for p in runs.iterdir() if p.name[0] != "."}
    assert shown == {line.split()[0] for line in said}


def content(output: Path) -> dict[str, bytes]:
    files = output.iterdir() if output.is_dir() else [output]
    return {p.name if output.is_dir() else "": p.read_bytes() for p in files}


def test_with_its_workers(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "cohort.csv", people(100))
    calm, output = tmp_path / "calm.jsonl", tmp_path / "out.jsonl"
    assert batch(table, "--output", calm, "--workers", "1").returncode == 4
    command = [*COMMAND, str(table), "--output", str(output), "--workers", "2", "--today", TODAY, "--resume", "-q"]
    for life in (0.3, 0.5, 0.7):
        running = subprocess.Popen(command, env=warm())
        time.sleep(life)
        running.kill()
        running.wait()
    assert subprocess.run(command, env=warm()).returncode == 4
    assert output.read_bytes() == calm.read_bytes()
