"""Work that is bounded whatever the input holds: five megabytes, fifty thousand events, pages full of other lines."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.planning.replan import promised
from roadmap.reading.files import MOST_LINES, read_resume
from roadmap.render import unwrap
from roadmap.render.personal import lines_of
from tests import fuzz_plans
from tests.builders import TODAY, plan_for
from tests.in_process import roadmap

DAY = ["--today", "2027-01-10"]
MOST_SECONDS = 5


def saved(catalogue: Catalogue) -> SavedPlan:
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat()}
    return SavedPlan(1, catalogue.version, answers, promised(plan_for(catalogue, name="Ada"), TODAY), ())


def away(number: int) -> str:
    """One of many single days off, far apart and in no order."""
    day = date(2027, 1, 11) + timedelta(days=number * 7919 % 26_000)
    return f"event: paused, from: {day}, to: {day}"


def logged(number: int) -> str:
    return f"event: logged, step: {('first-llm-calls', 'first-rag')[number % 2]}, hours: 0.01"


@pytest.mark.parametrize(("event", "count"), [(away, 20_000), (logged, 50_000)], ids=["days off", "hours"])
def test_a_journal_of_tens_of_thousands_of_events_is_answered_in_seconds(
    event: Callable[[int], str], count: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Each day of each week once looked at each day off of a life: minutes for `status`."""
    path = tmp_path / "me.roadmap.yaml"
    journal = "".join(f"  - {{id: e{i}, date: 2026-12-{1 + i % 28:02}, {event(i)}}}\n" for i in range(count))
    path.write_text(saved_text(saved(catalogue)) + journal, encoding="utf-8")
    assert path.stat().st_size > 1_500_000
    assert roadmap("schema", "profile").returncode == 0  # what is only done once is not counted
    assert roadmap("show", "roles").returncode == 0
    for words in (["status"], ["log", "first-llm-calls", "1"]):
        begun = time.process_time()
        done = roadmap(*words, "--plan", str(path), *DAY)
        assert done.returncode == 0, done.stderr
        assert time.process_time() - begun < MOST_SECONDS, words


@pytest.mark.parametrize(("lines", "length"), [(9_900, 480), (1_600, 3000), (300, 15_000), (1, 4_800_000)])
def test_a_page_of_five_megabytes_of_other_lines_is_read_in_seconds(lines: int, length: int, tmp_path: Path) -> None:
    """Each line was once put together with the twenty after it, however long they were."""
    line = " ".join(f"word{i % 100}" for i in range(length // 7))
    text = fuzz_plans.page() + "".join(f"{i} {line}\n" for i in range(lines))
    assert len(text) > 3_000_000
    begun = time.process_time()
    fuzz_plans.synced(text, fuzz_plans.life())
    assert time.process_time() - begun < MOST_SECONDS


def test_a_page_full_of_other_lines_is_left_as_it_is_and_a_wrapped_one_put_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = fuzz_plans.page()
    told = next(line for line in own.splitlines() if len(line) > 60 and line[0].isalpha())
    middle = told.index(" ", 30)
    digests = {line.digest for line in lines_of(told)}
    wrapped = f"{told[:middle]}\n{told[middle + 1 :]}\n"
    assert unwrap.unwrapped(wrapped, digests).splitlines() == [told, ""]
    monkeypatch.setattr(unwrap, "MOST_LOOKED", len(told) - 1)
    assert unwrap.unwrapped(wrapped, digests) == wrapped


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_resume_of_a_hundred_thousand_lines_is_read_in_seconds(
    end: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes(f"Python{end}".encode() * 100_000)
    begun = time.process_time()
    found = read_resume(path, catalogue, lambda: b"")
    assert time.process_time() - begun < MOST_SECONDS
    assert any(f"first {MOST_LINES:,} lines" in note for note in found.notes)
    path.write_bytes(f"Python{end}".encode() * (MOST_LINES - 1))
    assert not any("lines are read" in note for note in read_resume(path, catalogue, lambda: b"").notes)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
@pytest.mark.parametrize(
    "words",
    [
        ["plan", "--profile", "/dev/zero"],
        ["plan", "--role", "swe", "--catalogue", "/dev/zero"],
        ["next", "--plan", "/dev/zero"],
        ["check", "/dev/zero"],
        ["import", "/dev/zero"],
    ],
)
def test_a_file_that_never_ends_is_refused(words: list[str]) -> None:
    """Fifteen gigabytes of memory were taken before anybody was told."""
    done = roadmap(*words, *([] if words[0] == "check" else DAY))
    assert done.returncode == 1 and " MB" in done.stdout + done.stderr, done.stderr


def test_standard_input_that_never_ends_is_refused() -> None:
    for words in (["plan", "--profile", "-"], ["import", "-"]):
        line = f"{sys.executable} -m roadmap {' '.join(words)} {' '.join(DAY)} < /dev/zero"
        done = subprocess.run(["bash", "-c", f"ulimit -v 4000000; {line}"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and " MB" in done.stdout + done.stderr, done.stderr


def test_a_profile_may_come_from_a_pipe_with_a_name() -> None:
    """It was read twice: to see whether it is a saved plan, and then for its answers, which were gone."""
    line = f"{sys.executable} -m roadmap plan --profile <(echo role: swe) --format json {' '.join(DAY)}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and '"role": "swe"' in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("role," + ",".join(f"skills.s{i}" for i in range(100_000)) + "\nswe" + ",1" * 100_000, "100,001 columns"),
        (",".join(f"c{i}" for i in range(100_000)) + "\nswe\n", "100,000 columns"),
        ("role\n" + "swe," * 100_000 + "x\n", "100,001 columns"),
        ("id,role" + "," * 1_000_000 + "\nb,swe\n", ""),
    ],
    ids=["known", "unknown", "a row", "empty ones"],
)
def test_a_table_with_more_columns_than_anybody_fills_is_refused_at_once(table: str, said: str, tmp_path: Path) -> None:
    """Each column was looked for among all others: a minute and a half for a hundred thousand."""
    (tmp_path / "in.csv").write_text(table, encoding="utf-8")
    begun = time.process_time()
    done = roadmap("batch", str(tmp_path / "in.csv"), "--check")
    assert time.process_time() - begun < MOST_SECONDS
    assert done.returncode == (1 if said else 0) and said in done.stderr, done.stderr[:500]


def test_a_table_may_have_two_thousand_columns(tmp_path: Path) -> None:
    names = ",".join(f"my column {i}" for i in range(1999))
    (tmp_path / "in.csv").write_text(f"role,{names}\nswe\n", encoding="utf-8")
    done = roadmap("batch", str(tmp_path / "in.csv"), "--check", "--ignore", "*")
    assert done.returncode == 0, done.stderr[:500]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
@pytest.mark.parametrize("kind", ["", "csv", "jsonl", "yaml", "parquet", "sheet", "folder"])
@pytest.mark.parametrize("source", ["/dev/zero", "-"])
def test_a_batch_of_what_never_ends_is_refused(source: str, kind: str) -> None:
    """The first line of a device has no end: all memory was taken, or the run went on for ever."""
    words = f"batch {source} --check" + (f" --input-format {kind}" if kind else "")
    line = f"{sys.executable} -m roadmap {words} < /dev/zero"
    done = subprocess.run(["bash", "-c", f"ulimit -v 4000000; {line}"], capture_output=True, text=True, timeout=60)
    assert done.returncode in (1, 2) and done.stderr.startswith("roadmap: "), done.stderr
    assert "memory" not in done.stderr


@pytest.mark.parametrize("name", ["x.yaml", "x.roadmap.yaml", "overlays/x.yaml", "people/x.roadmap.yaml"])
def test_a_pipe_in_a_folder_keeps_nobody_waiting(name: str, tmp_path: Path) -> None:
    """`check FOLDER`, and every command that looks for a plan or own overlays, opened it and waited for its end."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    (tmp_path / "me.yaml").write_text("role: swe\n", encoding="utf-8")
    env = {**os.environ, "ROADMAP_CONFIG": str(tmp_path)}
    for words in (["check", "."], ["next"], ["cohort", "."], ["batch", ".", "--check"]):
        command = [sys.executable, "-m", "roadmap", *words]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=30)
        assert done.returncode == (0 if words[0] in ("check", "batch") else 1), done.stderr
        assert "Traceback" not in done.stderr


def test_a_cache_that_is_a_pipe_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_CACHE", str(tmp_path))
    assert roadmap("show", "roles").returncode == 0
    (kept,) = tmp_path.glob("*.catalogue")
    kept.unlink()
    os.mkfifo(kept)
    command = [sys.executable, "-m", "roadmap", "show", "roles"]
    assert subprocess.run(command, capture_output=True, timeout=30).returncode == 0
