"""The same rows and the same bytes on a Dask cluster, though one of its workers is killed."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, cast

import fsspec
import pyarrow.parquet as pq
import pytest
from dask.config import set as dask_set
from distributed import LocalCluster

from roadmap.batch.dask import run_in_parts, run_on_cluster
from roadmap.batch.parts import Parts, write_part
from roadmap.batch.remote import version
from roadmap.batch.row import Reading, Row
from roadmap.batch.rows import open_rows
from roadmap.batch.work import Job, work
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from tests.batches import COMMAND, TODAY, apart, people, warm, write_csv

CLUSTER = {
    "n_workers": 2,
    "threads_per_worker": 1,
    "processes": True,
    "dashboard_address": ":0",
    "silence_logs": "CRITICAL",
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    start = cast(Any, LocalCluster)
    with start(**CLUSTER) as found:
        yield found


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("dask") / "cohort.csv", people(160))


@pytest.fixture(scope="module")
def calm(table: Path) -> bytes:
    assert apart(table, "--output", table.with_name("calm.jsonl"), "--workers", "1").returncode == 4
    return table.with_name("calm.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["out.jsonl", "part-*.jsonl"])
def test_a_killed_worker_loses_nothing(cluster: Any, table: Path, calm: bytes, tmp_path: Path, name: str) -> None:
    dask = ("--engine", "dask", "--scheduler", cluster.scheduler_address, "--rows-per-part", "20")
    command = [*COMMAND, str(table), "-o", str(tmp_path / name), *dask, "--today", TODAY, "-q"]
    running = subprocess.Popen(command, env=warm())
    begun = "part-*.jsonl" if "*" in name else "*.part"
    while running.poll() is None and not any(p.stat().st_size for p in tmp_path.glob(begun)):
        time.sleep(0.005)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert running.wait(timeout=60) == 4
    assert b"".join(p.read_bytes() for p in sorted(tmp_path.glob(name))) == calm
    assert not list(tmp_path.glob(".*.tmp"))


def test_parts_joined_are_the_same_bytes_and_are_resumed(
    cluster: Any, table: Path, calm: bytes, tmp_path: Path
) -> None:
    dask = ("--engine", "dask", "--scheduler", cluster.scheduler_address, "--rows-per-part", "60")
    source, folder = f"file://{table}", tmp_path / "parts"
    pattern, manifest = f"file://{folder}/plans-*.jsonl", folder / "_plans-all.jsonl.json"
    assert apart(source, "--output", pattern, *dask).returncode == 4
    parts = sorted(folder.glob("plans-*.jsonl"))
    assert [p.name for p in parts] == [f"plans-000000{i}.jsonl" for i in range(3)]
    assert b"".join(p.read_bytes() for p in parts) == calm
    assert json.loads(manifest.read_bytes())["finished"] == [160, 23, 0]
    assert apart(source, "--output", pattern, *dask).returncode == 2
    again = apart(source, "--output", pattern, *dask, "--resume")
    assert again.returncode == 4 and b"finished, nothing to do: 160 rows, 23 with problems" in again.stderr
    kept = parts[0].stat().st_mtime_ns
    parts[1].unlink()
    (folder / ".plans-0000001.jsonl.0.tmp").write_bytes(b"half")
    assert apart(source, "--output", pattern, *dask, "--resume").returncode == 4
    assert b"".join(p.read_bytes() for p in parts) == calm and parts[0].stat().st_mtime_ns == kept
    assert {p.name for p in folder.iterdir()} == {manifest.name, *(p.name for p in parts)}
    other = apart(source, "--output", pattern, *dask, "--resume", "--no-names")
    assert other.returncode == 1 and b"begun with another --no-names" in other.stderr


def test_parquet_and_folders_are_those_of_one_machine(cluster: Any, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "in.csv", people(30))
    dask = ("--engine", "dask", "--scheduler", cluster.scheduler_address, "--rows-per-part", "20")
    for name in ("one.parquet", "one"):
        assert apart(table, "-o", tmp_path / name, "--workers", "1").returncode == 4
    for name in ("part-*.parquet", "two"):
        assert apart(table, "-o", tmp_path / name, *dask).returncode == 4
    whole = pq.read_table(tmp_path / "one.parquet")
    assert pq.read_table([str(p) for p in sorted(tmp_path.glob("part-*.parquet"))]) == whole
    assert {p.name: p.read_bytes() for p in (tmp_path / "one").glob("[!.]*")} == {
        p.name: p.read_bytes() for p in (tmp_path / "two").glob("[!.]*")
    }


class Poison:
    """Ends whoever unpickles it, but for the process it was made in, where the scheduler of a test lives."""

    def __reduce__(self) -> tuple[Any, ...]:
        here = f"__import__('sys').modules[{__name__!r}].Poison() if __import__('os').getpid() == {os.getpid()}"
        return eval, (f"{here} else __import__('os')._exit(1)",)


def test_a_row_that_kills_workers_is_one_outcome(catalogue: Catalogue, tmp_path: Path) -> None:
    job = Job(catalogue, date.fromisoformat(TODAY))
    rows = [Row(n, None, "", {"role": "swe", "name": Poison() if n == 3 else "x"}) for n in range(1, 7)]
    told: list[str] = []
    start = cast(Any, LocalCluster)
    with dask_set({"distributed.scheduler.allowed-failures": 0}), start(**CLUSTER) as fragile:
        done = list(run_on_cluster(rows, job, fragile.scheduler_address, told.append))
        parts = Parts(str(tmp_path / "p-*.jsonl"), {}, resume=False)
        counts = list(run_in_parts(rows, job, fragile.scheduler_address, parts, 6, told.append))
    assert [d.row for d in done] == list(range(1, 7)) and counts == [(6, 1, 0)]
    assert {d.row: [p["id"] for p in d.problems] for d in done if d.problems} == {3: ["worker-died"]}
    assert (tmp_path / "p-0000000.jsonl").read_bytes() == b"".join(bytes(d.data) for d in done)
    assert len(told) == 2


def test_a_lost_scheduler_is_said(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap.batch.dask.PATIENCE", 1)
    job, start = Job(catalogue, date.fromisoformat(TODAY)), cast(Any, LocalCluster)
    with start(**CLUSTER) as lost:
        rows = (Row(n, None, "", {"role": "swe"}) for n in range(10_000))
        with closing(run_on_cluster(rows, job, lost.scheduler_address, print)) as outcomes:
            assert not next(outcomes).problems
            lost.close()
            with pytest.raises(RoadmapError, match="was lost") as caught:
                list(outcomes)
    assert "--resume" in caught.value.hint


def test_no_scheduler_is_one_line(table: Path, tmp_path: Path) -> None:
    done = apart(table, "-o", tmp_path / "x.jsonl", "--engine", "dask", "--scheduler", "not an address")
    assert done.returncode == 1 and b"Traceback" not in done.stderr


def test_addresses_of_other_systems(catalogue: Catalogue) -> None:
    job = Job(catalogue, date.fromisoformat(TODAY))
    system = fsspec.filesystem("memory")
    system.pipe_file("/in/people.jsonl", b'{"role": "swe"}\n{"role": "nobody"}\n')
    outcomes = [work(row, job) for row in open_rows("memory://in/people.jsonl", Reading()).rows]
    before = version("memory://in/people.jsonl")
    for ending in ("jsonl", "parquet"):
        pattern = f"memory://out/p-*.{ending}"
        with closing(Parts(pattern, {"today": TODAY}, resume=False)) as parts:
            parts.add(0, write_part(outcomes, parts.address(0)))
        assert system.size(f"/out/p-0000000.{ending}") > 0
        resumed = Parts(pattern, {"today": TODAY}, resume=True)
        assert (resumed.written(0), resumed.written(1), resumed.finished) == ((2, 1, 0), None, None)
        resumed.finish()
        assert Parts(pattern, {"today": TODAY}, resume=True).finished == (2, 1, 0)
        with pytest.raises(RoadmapError, match="begun with another --today"):
            Parts(pattern, {"today": "2026-11-23"}, resume=True)
        with pytest.raises(UsageError, match="earlier run"):
            Parts(pattern, {"today": TODAY}, resume=False)
    assert system.cat_file("/out/p-0000000.jsonl") == b"".join(bytes(d.data) for d in outcomes)
    time.sleep(0.01)
    system.pipe_file("/in/people.jsonl", b'{"role": "new"}\n')
    assert version("memory://in/people.jsonl") != before
    with pytest.raises(RoadmapError, match="no such file"):
        open_rows("memory://in/nobody.jsonl", Reading())


@pytest.mark.parametrize("pattern", ["p-*-*.jsonl", "p-*.md", "p-*/x.jsonl", "nothing://p-*.jsonl"])
def test_patterns_that_cannot_serve(pattern: str) -> None:
    with pytest.raises(UsageError):
        Parts(pattern, {}, resume=False)


def test_a_place_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RoadmapError, match=r"p-0000000\.jsonl: "):
        write_part([], str(tmp_path / "file" / "p-0000000.jsonl"))
