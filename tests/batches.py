"""Inputs for tests of batches, and the program run over them."""

import csv
import gc
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from roadmap.batch.row import Reading, Row
from roadmap.batch.rows import Kind, open_rows
from roadmap.cli.app import app
from roadmap.cli.boundary import run

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


def apart(*args: str | Path, stdin: bytes = b"", **env: str) -> "subprocess.CompletedProcess[bytes]":
    """`roadmap batch` in a process of its own."""
    command = [*COMMAND, *map(str, args), "--today", TODAY]
    return subprocess.run(command, input=stdin, capture_output=True, env=warm(**env))


def batch(*args: str | Path, stdin: bytes = b"", **env: str) -> "subprocess.CompletedProcess[bytes]":
    """`roadmap batch` with one worker inside the test process, with streams and an exit code as a process has them."""
    words = ["batch", *map(str, args), "--today", TODAY]
    words += [] if {"-w", "--workers", "--check"} & {*words} else ["--workers", "1"]
    names = ("stdin", "stdout", "stderr")
    streams = [io.TextIOWrapper(io.BytesIO(content), encoding="utf-8") for content in (stdin, b"", b"")]
    usual = gc.get_threshold()
    try:
        with ExitStack() as given:
            given.enter_context(patch.dict(os.environ, warm(**env)))
            for name, stream in zip(names, streams, strict=True):
                given.enter_context(patch.object(sys, name, stream))
            run(lambda: app(words, prog_name="roadmap"))
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    finally:
        gc.set_threshold(*usual)
    out, err = map(_all_of, streams[1:])
    return subprocess.CompletedProcess(words, code, out, err)


def _all_of(stream: io.TextIOWrapper) -> bytes:
    """What was written into a stream of bytes."""
    stream.flush()
    stream.seek(0)
    return bytes(stream.buffer.read())


def warm(**env: str) -> dict[str, str]:
    """An environment in which the catalogue is compiled once for all tests."""
    return {**os.environ, "ROADMAP_CACHE": CACHE.name, **env}


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]
