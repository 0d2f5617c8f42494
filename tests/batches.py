"""Inputs for tests of batches, and the program run over them."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from roadmap.batch.row import Reading, Row
from roadmap.batch.rows import Kind, open_rows

TODAY = "2026-11-22"
CACHE = tempfile.TemporaryDirectory(prefix="roadmap-test-cache-")
COMMAND = [sys.executable, "-m", "roadmap", "batch"]


def rows(text: str | bytes, kind: Kind, reading: Reading | None = None) -> list[Row]:
    """The rows of an input given as text."""
    content = text.encode() if isinstance(text, str) else text
    return list(open_rows("-", reading or Reading(), kind=kind, stdin=io.BytesIO(content)).rows)


def people(count: int) -> list[dict[str, str]]:
    """Different people, one in seven of them with problems."""
    roles = ("swe", "new", "data-scientist")
    return [
        {
            "id": f"p{i}",
            "name": f"Zoë\n{i}",
            "role": "swee" if i % 7 == 3 else roles[i % 3],
            "hours_per_week": str(8 + i % 20),
            "skills.rag": str(i % 4),
            "breaks": "2026-12-20..2027-01-03",
        }
        for i in range(count)
    ]


def write_csv(file: Path, table: Iterable[Mapping[str, str]]) -> Path:
    table = list(table)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return file


def batch(*args: str | Path, stdin: bytes = b"", **env: str) -> "subprocess.CompletedProcess[bytes]":
    """`roadmap batch` in a process of its own."""
    command = [*COMMAND, *map(str, args), "--today", TODAY]
    return subprocess.run(command, input=stdin, capture_output=True, env=warm(**env))


def warm(**env: str) -> dict[str, str]:
    """An environment in which the catalogue is compiled once for all tests."""
    return {**os.environ, "ROADMAP_CACHE": CACHE.name, **env}


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]
