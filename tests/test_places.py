"""Every kind of place that a name of a file may lead to, and every kind of word: a sentence, and nothing spoiled."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

import roadmap as roadmap_package
from roadmap.cli import interviewing
from tests.batches import batch, people, write_csv
from tests.in_process import roadmap

DAY = ("--today", "2026-11-22")
PLAN = ("plan", "--role", "swe", *DAY)
# Bytes of another encoding, as the system hands them over.
LATIN = os.fsdecode(b"caf\xe9.yaml")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_catalogue_may_be_called_as_its_system_likes(tmp_path: Path) -> None:
    """The name of an overlay went into the key of the cache as UTF-8, which not every name is."""
    try:
        (tmp_path / LATIN).write_text("skills: []\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    for words in ((*PLAN, "--catalogue", LATIN), ("check", LATIN), (*PLAN, "--save", "a.roadmap.yaml")):
        done = roadmap(*words)
        assert done.returncode == 0, done.stderr
    done = roadmap(*PLAN, "--catalogue", LATIN, "--save", "b.roadmap.yaml")
    assert done.returncode == 1 and "rename the file" in done.stderr, done.stderr


@pytest.mark.parametrize("place", ["/", ".", "..", "loop.roadmap.yaml", "loop.roadmap.yaml/x", "dir.roadmap.yaml"])
@pytest.mark.parametrize("words", [("next", "--plan"), ("log", "x", "1", "--plan"), (*PLAN, "--save")])
def test_a_place_that_holds_no_plan_is_named(place: str, words: tuple[str, ...], tmp_path: Path) -> None:
    """The root has no name that a backup could take after, and a circle of links no end."""
    (tmp_path / "loop.roadmap.yaml").symlink_to("loop.roadmap.yaml")
    (tmp_path / "dir.roadmap.yaml").mkdir()
    done = roadmap(*words, place, *DAY)
    assert done.returncode in (1, 2) and done.stderr.startswith("roadmap: "), done.stderr
    assert (tmp_path / "loop.roadmap.yaml").readlink() == Path("loop.roadmap.yaml")


@pytest.mark.parametrize("place", ["/", ".", "..", "dir"])
@pytest.mark.parametrize("words", [PLAN, ("import", "cv.txt"), ("show", "roles"), (*PLAN, "--format", "svg")])
def test_an_output_that_is_a_folder_is_named(words: tuple[str, ...], place: str, tmp_path: Path) -> None:
    """Above the root there is no folder, whose rights were looked for."""
    (tmp_path / "dir").mkdir()
    (tmp_path / "cv.txt").write_text("Ada\nPython\n", encoding="utf-8")
    done = roadmap(*words, "--output", place)
    assert done.returncode in (1, 2) and "bug" not in done.stderr, done.stderr
    assert words[0] == "show" or (place in done.stderr and "irectory" in done.stderr)


def test_an_output_into_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.svg").symlink_to("out.svg")
    done = roadmap(*PLAN, "--format", "svg", "--output", "out.svg")
    assert done.returncode == 1 and "out.svg" in done.stderr and "bug" not in done.stderr, done.stderr


@pytest.mark.parametrize("kind", ["device", "pipe", "folder", "read-only", "link", "link to nowhere", "circle"])
def test_problems_of_a_batch_go_to_what_their_name_means(kind: str, tmp_path: Path) -> None:
    """Run by root, `--errors /dev/null` made a file of the device; what could not be written was told at the end."""
    table, errors = write_csv(tmp_path / "in.csv", people(8)), tmp_path / "found.jsonl"
    match kind:
        case "device" | "pipe":
            # Beside a stand-in of /dev: a failing run of this test must not spoil the real one.
            os.mkfifo(errors)
            held = os.open(errors, os.O_RDWR | os.O_NONBLOCK)
        case "folder":
            errors.mkdir()
        case "read-only":
            errors.write_text("old", encoding="utf-8")
            errors.chmod(0o444)
        case "link":
            (tmp_path / "real").write_text("old", encoding="utf-8")
            (tmp_path / "real").chmod(0o600)
            errors.symlink_to("real")
        case "link to nowhere":
            errors.symlink_to("new/real")
        case _:
            errors.symlink_to("found.jsonl")
    done = batch(table, "--output", tmp_path / "out.jsonl", "-w", "1", "--errors", errors)
    left = {p.name for p in tmp_path.iterdir()} - {"in.csv", "found.jsonl", "real", "new"}
    if kind in ("folder", "read-only", "circle"):
        assert done.returncode == 1 and b"cannot be written" in done.stderr and b"found.jsonl" in done.stderr
        assert not left, "told before anything was planned"
        return
    assert done.returncode == 4, done.stderr
    assert left == {"out.jsonl", ".out.jsonl.state"}
    if kind in ("device", "pipe"):
        assert errors.is_fifo() and b'"row":4' in os.read(held, 100_000)
        os.close(held)
    else:
        real = tmp_path / ("real" if kind == "link" else "new/real")
        assert errors.is_symlink() and '"row":4' in real.read_text(encoding="utf-8")
        assert kind != "link" or real.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("flag", ["--limit", "--workers", "--rows-per-part"])
def test_numbers_of_any_length_are_numbers(flag: str, tmp_path: Path) -> None:
    """The interpreter takes no count above its own largest one."""
    table = write_csv(tmp_path / "in.csv", people(2))
    for number in ("9" * 19, "9" * 400, "9" * 5000, "-" + "9" * 5000, "0" * 400):
        if flag == "--workers" and number != "9" * 5000:
            continue
        done = batch(table, "--check", flag, number)
        assert done.returncode in (0, 2) and b"Traceback" not in done.stderr, done.stderr[-500:]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("note", "hello", "--format", "9" * 100_000), 2),
        (("evidence", "9" * 100_000), 1),  # a plan that is not there
        (("x" * 100_000,), 2),
        (("--" + "x" * 100_000,), 2),
        (("export", "a\u202eb\x1b[31m"), 1),
        (("\x1b[31m",), 2),
        (("--\x1b[31m\u202e",), 2),
        (("plan", "--width", "\x9b31m" * 500), 2),
    ],
)
def test_words_that_nobody_can_take_are_told_in_short_and_without_codes(words: tuple[str, ...], code: int) -> None:
    done = roadmap(*words)
    assert done.returncode == code and len(done.stderr) < 2500
    assert not set(done.stderr) & {"\x1b", "\u202e", "\x9b"}


@pytest.mark.parametrize("kept", ["[" * 100_000, '{"role": ' * 5000, "\xff", "", "[]", '{"a": 1' + "9" * 5000 + "}"])
def test_an_interview_that_cannot_be_read_is_none(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path))
    (tmp_path / "interview.json").write_bytes(kept.encode("latin-1"))
    assert interviewing._kept(interviewing.draft_file()) is None
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "interview.json"))
    interviewing.forget()  # a folder that cannot be entered is no reason to fail behind a plan that is saved


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device")
def test_the_devices_of_a_shell_are_written_to_whatever_is_behind_them(tmp_path: Path) -> None:
    """A pipe behind /dev/stdout has no name: following its link ended in a folder that is not there."""
    (tmp_path / "in.csv").write_text("id,role\na,swee\n", encoding="utf-8")
    made = f"plan --role swe --format json --output /dev/stdout {' '.join(DAY)}"
    for words in (made, "batch in.csv --output out.jsonl --errors /dev/stdout -q"):
        line = f"{sys.executable} -m roadmap {words} | cat"
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
        assert json.loads(done.stdout) and "cannot be" not in done.stderr, done.stderr


def test_links_are_followed_in_one_way() -> None:
    """`Path.resolve` ends in an error of its own where links go in a circle; `real` leaves that to whoever opens it."""
    source = Path(roadmap_package.__file__).parent
    lines = [line for file in source.rglob("*.py") for line in file.read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if ".resolve(" in line and "__file__" not in line]


@pytest.mark.parametrize(
    "words", [("evidence",), ("import", "cv.txt"), ("match", "job.txt"), ("compare", "swe", "ai-engineer"), ("export",)]
)
def test_no_output_takes_the_place_of_a_saved_plan(words: tuple[str, ...], tmp_path: Path) -> None:
    """A journal of months was gone by one name too many."""
    (tmp_path / "cv.txt").write_text("Ada\nPython\n", encoding="utf-8")
    (tmp_path / "job.txt").write_text("AI Engineer\nRequirements: Python\n", encoding="utf-8")
    plan = tmp_path / "me.roadmap.yaml"
    assert roadmap(*PLAN, "--save", str(plan)).returncode == 0
    before = plan.read_bytes()
    done = roadmap(*words, "--output", str(plan))
    assert done.returncode == 2 and done.stderr.startswith("roadmap: "), done.stderr
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        (*PLAN, "--format", "ics", "--output"),
        (*PLAN, "--save"),
        ("import", "cv.txt", "--output"),
        ("batch", "in.csv", *DAY, "--output"),
    ],
    ids=["plan", "save", "import", "batch"],
)
def test_a_line_in_a_name_is_no_line_of_ours(words: tuple[str, ...], tmp_path: Path) -> None:
    """Behind the end of a line in it a name said what the program seemed to say."""
    write_csv(tmp_path / "in.csv", people(1))
    (tmp_path / "cv.txt").write_text("Ada\nPython\n", encoding="utf-8")
    ending = {"--save": "roadmap.yaml"}.get(words[-1], {"import": "yaml", "batch": "jsonl"}.get(words[0], "ics"))
    done = roadmap(*words, f"x\nroadmap: all is well.\x1b[31m.{ending}")
    assert done.returncode == 0 and "all is well" in done.stderr, done.stderr
    assert not [line for line in done.stderr.splitlines() if line.startswith("roadmap: ")] and "\x1b" not in done.stderr


@pytest.mark.parametrize("ending", ["jsonl", "csv", "jsonl.gz", "parquet"])
def test_an_output_of_a_batch_may_be_called_as_its_system_likes(ending: str, tmp_path: Path) -> None:
    """A library took a name for an address, which has to be Unicode."""
    write_csv(tmp_path / "in.csv", people(2))
    name = os.fsdecode(b"caf\xe9." + ending.encode())
    try:
        (tmp_path / name).touch()
    except OSError:
        pytest.skip("this file system takes no such name")
    done = roadmap("batch", "in.csv", "--output", name, "--force", *DAY)
    assert done.returncode == 0 and (tmp_path / name).stat().st_size > 100, done.stderr


def test_a_batch_that_cannot_begin_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty part stood there for a run that had never begun."""

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_csv(tmp_path / "in.csv", people(2))
    monkeypatch.setattr("roadmap.batch.write.write_whole", full)
    done = roadmap("batch", "in.csv", "--output", "out.jsonl", *DAY)
    assert done.returncode == 1 and "No space left" in done.stderr, done.stderr
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name and not p.name.endswith(".lock")] == []
