"""The same rows and the same bytes on a Dask cluster, though one of its workers is killed."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from tests.batches import COMMAND, TODAY, batch, people, warm, write_csv


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    start: Any = LocalCluster
    with start(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs="CRITICAL"
    ) as found:
        yield found


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("dask") / "cohort.csv", people(160))


@pytest.fixture(scope="module")
def calm(table: Path) -> bytes:
    assert batch(table, "--output", table.with_name("calm.jsonl"), "--workers", "1").returncode == 4
    return table.with_name("calm.jsonl").read_bytes()


def test_a_killed_worker_loses_nothing(cluster: Any, table: Path, calm: bytes, tmp_path: Path) -> None:
    output, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    dask = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
    running = subprocess.Popen([*COMMAND, str(table), "-o", str(output), *dask, "--today", TODAY, "-q"], env=warm())
    while running.poll() is None and not (part.exists() and part.stat().st_size):
        time.sleep(0.005)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert running.wait(timeout=60) == 4
    assert output.read_bytes() == calm


def test_parts_joined_are_the_same_bytes_and_are_resumed(
    cluster: Any, table: Path, calm: bytes, tmp_path: Path
) -> None:
    dask = ("--engine", "dask", "--scheduler", cluster.scheduler_address, "--rows-per-part", "60")
    source, pattern = f"file://{table}", f"file://{tmp_path}/parts/plans-*.jsonl"
    assert batch(source, "--output", pattern, *dask).returncode == 4
    parts = sorted((tmp_path / "parts").glob("plans-*.jsonl"))
    assert [p.name for p in parts] == [f"plans-000000{i}.jsonl" for i in range(3)]
    assert b"".join(p.read_bytes() for p in parts) == calm
    assert batch(source, "--output", pattern, *dask).returncode == 2
    kept = parts[0].stat().st_mtime_ns
    parts[1].unlink()
    (tmp_path / "parts" / "plans-0000001.jsonl.tmp").write_bytes(b"half")
    assert batch(source, "--output", pattern, *dask, "--resume").returncode == 4
    assert b"".join(p.read_bytes() for p in parts) == calm and parts[0].stat().st_mtime_ns == kept
    assert batch(source, "--output", pattern, *dask, "--resume", "--no-names").returncode == 1


def test_no_scheduler_is_one_line(table: Path, tmp_path: Path) -> None:
    done = batch(table, "-o", tmp_path / "x.jsonl", "--engine", "dask", "--scheduler", "not an address")
    assert done.returncode == 1 and b"Traceback" not in done.stderr
