"""Same input, same bytes: with one worker or many, after workers died, after Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from roadmap.batch import codec, folder, parts, write
from roadmap.batch.row import Row
from roadmap.batch.run import CHUNK, IN_FLIGHT, run
from roadmap.batch.work import Job
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.render import Format
from tests.batches import COMMAND, TODAY, apart, batch, people, records, warm, write_csv

PEOPLE = 100


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of people and, beside it, what an undisturbed run with one worker makes of it."""
    folder = tmp_path_factory.mktemp("cohort")
    table = write_csv(folder / "cohort.csv", people(PEOPLE))
    done = apart(table, "--output", folder / "calm.jsonl", "--workers", "1")
    assert done.returncode == 4, done.stderr
    return table


@pytest.fixture
def job(catalogue: Catalogue) -> Job:
    return Job(catalogue, date.fromisoformat(TODAY))


def row(number: int, **answers: object) -> Row:
    return Row(number, None, "", {"role": "swe", "skills": {"rag": number % 4}, **answers})


def calm(cohort: Path) -> bytes:
    return cohort.with_name("calm.jsonl").read_bytes()


def test_every_row_has_one_outcome_in_order(cohort: Path) -> None:
    found = records(cohort.with_name("calm.jsonl"))
    assert [(r["row"], r["id"]) for r in found] == [(i + 1, f"p{i}") for i in range(PEOPLE)]
    assert {r["status"] for r in found} >= {"feasible", "error"}
    assert all(("steps" in r) == (r["status"] != "error") != ("problems" in r) for r in found)


def test_many_workers_write_the_same_bytes(cohort: Path, tmp_path: Path) -> None:
    done = apart(cohort, "--output", tmp_path / "out.jsonl", "--workers", "3")
    assert done.returncode == 4, done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == calm(cohort)
    assert {p.name for p in tmp_path.iterdir()} == {"out.jsonl", ".out.jsonl.state"}


def test_a_worker_that_is_killed_loses_nothing(job: Job) -> None:
    told: list[str] = []

    def rows() -> Iterator[Row]:
        for number in range(1, 201):
            if number == 5 * CHUNK + 1:
                os.kill(next(p.pid for p in active_children() if p.pid), signal.SIGKILL)
            yield row(number)

    found = list(run(rows(), job, 2, told.append))
    assert [d.row for d in found] == list(range(1, 201))
    assert not any(d.problems for d in found)
    assert found == list(run(map(row, range(1, 201)), job))
    assert told and "ended unexpectedly" in told[0]


class Poison:
    """Ends whoever unpickles it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_a_row_that_kills_its_worker_twice_is_one_outcome(job: Job) -> None:
    rows = [row(n, name=Poison()) if n == 40 else row(n) for n in range(1, 81)]
    found = list(run(rows, job, 2, lambda _: None))
    assert [d.row for d in found] == list(range(1, 81))
    assert {d.row: [p["id"] for p in d.problems] for d in found if d.problems} == {40: ["worker-died"]}


def test_a_bug_over_a_row_is_that_rows_outcome(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("roadmap.batch.work.make", broken)
    (done,) = run([row(1)], job)
    assert [(p["id"], p["message"]) for p in done.problems] == [("internal-error", "ZeroDivisionError: oh")]


def test_what_is_in_flight_is_bounded(job: Job) -> None:
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for taken in range(1, 1_001):
            yield row(taken, role="nobody")

    with closing(run(rows(), job, 2)) as outcomes:
        next(outcomes)
        assert taken <= CHUNK * (2 * IN_FLIGHT + 1)
    assert not active_children()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(cohort: Path, tmp_path: Path, workers: str) -> None:
    output = tmp_path / "out.jsonl"
    command = [*COMMAND, str(cohort), "--output", str(output), "--workers", workers, "--today", TODAY]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, env=warm())
    part = tmp_path / "out.jsonl.part"
    while running.poll() is None and not (part.exists() and part.stat().st_size):
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said
    assert b"--resume" in said and b"Traceback" not in said
    assert not output.exists()
    done = apart(cohort, "--output", output, "--workers", workers, "--resume")
    assert done.returncode == 4, done.stderr
    assert b"Going on after row" in done.stderr
    assert output.read_bytes() == calm(cohort)


def test_an_unfinished_run_is_neither_lost_nor_mixed(cohort: Path, tmp_path: Path) -> None:
    output, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    assert batch(cohort, "--output", output, "--workers", "1").returncode == 4
    whole = output.read_bytes()
    output.rename(part)
    part.write_bytes(whole[: len(whole) // 2])
    state = tmp_path / ".out.jsonl.state"
    state.write_bytes(state.read_bytes().replace(b',"finished":[100,14,0]', b""))
    other = batch(cohort, "--output", output, "--no-names")
    assert (other.returncode, b"unfinished run of something else" in other.stderr) == (2, True)
    mixed = batch(cohort, "--output", output, "--resume", "--no-names")
    assert (mixed.returncode, b"begun with another --no-names" in mixed.stderr) == (1, True)
    assert part.read_bytes() == whole[: len(whole) // 2]
    assert batch(cohort, "--output", output, "--workers", "1").returncode == 4
    assert (output.read_bytes(), part.exists()) == (whole, False), "the same command goes on, asked or not"


def test_what_a_failed_run_left_blocks_no_later_one_of_the_same(tmp_path: Path) -> None:
    mine, other = {"input": "a", "names": True}, {"input": "b", "names": True}
    (tmp_path / "out").mkdir()
    write.write_whole(tmp_path / "out" / write.JOURNAL, codec.dumps(mine) + b"\n")
    changed = folder.open_folder(tmp_path / "out", Format.JSON, other, resume=False)
    with pytest.raises(UsageError, match="something else"), changed:
        pass
    with folder.open_folder(tmp_path / "out", Format.JSON, mine, resume=False) as again:
        assert isinstance(again, folder.Folder)
    parts.Parts(str(tmp_path / "part-*.jsonl"), mine, resume=False)
    with pytest.raises(UsageError, match="earlier run"):
        parts.Parts(str(tmp_path / "part-*.jsonl"), other, resume=False)
    assert parts.Parts(str(tmp_path / "part-*.jsonl"), mine, resume=False).finished is None


def test_parts_of_an_earlier_run_go_only_when_that_is_asked_for(tmp_path: Path) -> None:
    old, pattern = tmp_path / "part-0000000.jsonl", str(tmp_path / "part-*.jsonl")
    old.write_bytes(b"{}\n")
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    with pytest.raises(UsageError, match="parts of an earlier run"):
        parts.Parts(pattern, {"input": "a"}, resume=False)
    assert old.exists()
    assert parts.Parts(pattern, {"input": "a"}, resume=False, force=True).finished is None
    assert (old.exists(), other.read_text()) == (False, "mine")


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "out"])
def test_a_finished_output_is_left_alone_and_still_counts(tmp_path: Path, name: str) -> None:
    table, output = write_csv(tmp_path / "in.csv", people(8)), tmp_path / name
    command = (table, "--output", output, "--workers", "1")
    assert batch(*command, "--resume").returncode == 4
    file = output / "roster.csv" if output.is_dir() else output
    before = file.stat()
    again = batch(*command, "--resume")
    assert (again.returncode, file.stat()) == (4, before)
    assert b"finished, nothing to do: 8 rows, 1 with problems" in again.stderr
    for changed in ((), ("--no-names",)):
        if not changed:
            table.write_bytes(table.read_bytes().replace(b"swee", b"swex"))
        other = batch(*command, "--resume", *changed)
        assert other.returncode == 1 and b"was begun with another input" in other.stderr
        assert (b"--no-names" in other.stderr) == bool(changed)
        assert file.stat() == before


def test_an_output_that_nobody_knows_is_not_taken_for_finished(tmp_path: Path) -> None:
    table, output = write_csv(tmp_path / "in.csv", people(2)), tmp_path / "out.jsonl"
    output.write_bytes(b"mine")
    done = batch(table, "--output", output, "--resume")
    assert (done.returncode, output.read_bytes()) == (2, b"mine")
    assert b"nothing tells what it was made from" in done.stderr


def test_two_runs_never_write_to_one_output(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "LOCK_SECONDS", 0)
    for again in (
        partial(write.open_lines, tmp_path / "out.jsonl", {}, resume=True),
        partial(folder.open_folder, tmp_path / "out", Format.JSON, {}, resume=True),
    ):
        with again(), pytest.raises(RoadmapError, match="another run"), again():
            pass
        with again():
            pass


def test_processes_are_copied_only_where_no_lock_can_be_copied_with_them() -> None:
    code = "from roadmap.batch.run import context; print(context().get_start_method())"
    thread = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start();"
    alone = "fork" if sys.platform == "linux" else "spawn"
    for before, expected in (("", alone), (thread, "spawn")):
        done = subprocess.run([sys.executable, "-c", before + code], capture_output=True, text=True)
        assert done.stdout.strip() == expected, done.stderr
