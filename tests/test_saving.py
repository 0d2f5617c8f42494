"""Saving loses nothing: killed at any instant, eight at once, no room, no permission, broken or edited files."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import pytest

from roadmap.errors import RoadmapError
from roadmap.loading import saved, saving
from roadmap.loading.check_file import check_file
from roadmap.loading.places import find_plan
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import EVENT_KEYS, KINDS, Event, SavedPlan
from roadmap.model.recorded import LONGEST, LONGEST_NOTE
from roadmap.planning.make import make_plan
from roadmap.planning.replan import promised
from tests.builders import person

START = date(2026, 12, 1)
KILLS = 220
# Compiled catalogues, so that each program started here need not compile its own.
CACHE = Path(tempfile.gettempdir()) / "roadmap-tests-cache"


def fresh(catalogue: Catalogue, **answers: object) -> SavedPlan:
    """A saved plan without a journal."""
    given = {"role": "swe", "start": "2026-12-01", **answers}
    made = make_plan(catalogue, person(catalogue, START, **given), START)
    return SavedPlan(saved.FORMAT, catalogue.version, given, promised(made, START), ())


def note(number: int) -> Event:
    return Event(id=f"e{number:06}", on=START, kind="note", text=f"number {number}")


def child(work: Callable[[], object]) -> int:
    """A process of its own that works until it is done or killed."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


# A small process of its own, since it forks for every kill. Each child says that it is about to write, and is killed
# some random instant later; what it leaves must be one of the states it was asked to write, and never an earlier one.
KILLER = """
import json, os, random, signal, sys, time
from pathlib import Path
import filelock
from roadmap.loading.saving import locked, write_saved

path, kills = Path(sys.argv[1]), int(sys.argv[2])
first = path.read_text(encoding="utf-8")
line = "  - {{id: e{:06}, date: 2026-12-01, event: note, text: x}}\\n"
texts = [first + "".join(map(line.format, range(k))) for k in range(400)]
state = {text: k for k, text in enumerate(texts)}
rng, reached, seen, cut_short = random.Random(5), 0, set(), 0
began = time.perf_counter()
for old, new in zip(texts[:8], texts[1:]):
    with locked(path):
        write_saved(path, new, old)
    reached += 1
one_write = (time.perf_counter() - began) / 8
for _ in range(kills):
    ready, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(said, b"x")
        for old, new in zip(texts[reached:], texts[reached + 1:]):
            with locked(path):
                write_saved(path, new, old)
        os._exit(0)
    os.read(ready, 1)
    time.sleep(rng.uniform(0, 2 * one_write))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(ready), os.close(said)
    cut_short += path.with_name(f".{path.name}.new").exists()
    now = state.get(path.read_text(encoding="utf-8"), -1)
    if now < reached:
        sys.exit("the file is neither the old nor the new one")
    reached = now
    seen.add(now)
print(json.dumps([len(seen), cut_short, reached]))
"""


def test_killed_at_any_instant_the_file_is_the_old_or_the_new_one(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(saving.saved_text(fresh(catalogue)), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLER, path, str(KILLS)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    states, cut_short, reached = json.loads(done.stdout)
    assert states > 10 and cut_short > 5, f"too few writes were under way to prove anything: {done.stdout}"
    plan = saved.load_saved(path.read_text(encoding="utf-8"), "me", catalogue).saved
    assert plan is not None and len(plan.journal) == reached
    text = path.read_text(encoding="utf-8")
    with saving.locked(path):
        saving.write_saved(path, text + "# on\n", text)
    assert not list(tmp_path.glob("*.new")), "what a killed process left is cleared away by the next one"


def add_events(path: Path, catalogue: Catalogue, writer: int, count: int) -> None:
    for n in range(count):
        event = note(1000 * writer + n)
        with saving.locked(path):
            text = path.read_text(encoding="utf-8")
            plan = saved.load_saved(text, str(path), catalogue).saved
            assert plan is not None
            meant = replace(plan, journal=(*plan.journal, event))
            saving.save_plan(path, saving.with_events(text, [event]), text, meant, catalogue)


def test_eight_writers_at_once_lose_no_event(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(saving.saved_text(fresh(catalogue)), encoding="utf-8")
    pids = [child(partial(add_events, path, catalogue, w, 6)) for w in range(1, 9)]
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 8
    plan = saved.load_saved(path.read_text(encoding="utf-8"), "me", catalogue).saved
    assert plan is not None
    assert {e.id for e in plan.journal} == {note(1000 * w + n).id for w in range(1, 9) for n in range(6)}


def run(*args: str, **more: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "ROADMAP_CACHE": str(CACHE), **more.pop("env", {})}
    return subprocess.run([sys.executable, "-m", "roadmap", *args], capture_output=True, text=True, env=env, **more)


def test_a_disk_without_room_leaves_the_file_as_it_was(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    before = saving.saved_text(fresh(catalogue))
    path.write_text(before, encoding="utf-8")

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = run(
        "log", "first-rag", "2", "--plan", str(path), "--today", "2026-12-05",
        preexec_fn=little_room, env={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "could not be saved" in done.stderr and "Traceback" not in done.stderr
    assert path.read_text(encoding="utf-8") == before
    assert not (tmp_path / ".me.roadmap.yaml.new").exists()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_every_failing_call_is_told_and_undone(
    call: str, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "me.roadmap.yaml"
    before = saving.saved_text(fresh(catalogue))
    path.write_text(before, encoding="utf-8")

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with saving.locked(path), pytest.raises(RoadmapError, match="No space left") as caught:
        saving.write_saved(path, before + saving.event_line(note(1)), before)
    assert "as it was" in caught.value.hint
    assert path.read_text(encoding="utf-8") == before
    assert not (tmp_path / ".me.roadmap.yaml.new").exists()


def test_a_folder_that_is_read_only_is_told(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(saving.saved_text(fresh(catalogue)), encoding="utf-8")
    really = os.open

    def deny(name: Any, flags: int, *rest: Any, **more: Any) -> int:
        if str(name).startswith(str(tmp_path)) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system", str(name))
        return really(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(RoadmapError, match="Read-only") as caught, saving.locked(path):
        pass
    assert caught.value.hint


def test_the_last_three_states_are_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    base = saving.saved_text(fresh(catalogue))
    texts = [base + "".join(saving.event_line(note(n)) for n in range(k)) for k in range(6)]
    with saving.locked(path):
        saving.write_saved(path, texts[0], None)
        path.chmod(0o640)
        for old, new in pairwise(texts):
            saving.write_saved(path, new, old)
    kept = [path.with_name(path.name + end).read_text(encoding="utf-8") for end in ("", ".bak", ".bak2", ".bak3")]
    assert kept == [texts[5], texts[4], texts[3], texts[2]]
    assert path.stat().st_mode & 0o777 == 0o640
    assert saving.backups_of(path)[0] == path.with_name("me.roadmap.yaml.bak")
    assert [p.read_text(encoding="utf-8") for p in saving.backups_of(path)] == kept[1:]
    assert find_plan(tmp_path) == path


def test_a_new_plan_never_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "me.roadmap.yaml"
    args = ["plan", "--role", "swe", "--today", "2026-12-01", "--save", str(path), "--format", "json"]
    assert run(*args).returncode == 0
    before = path.read_bytes()
    again = run(*args)
    assert (again.returncode, path.read_bytes()) == (1, before)
    assert "exists already" in again.stderr


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    base = saving.saved_text(fresh(catalogue))
    edited = base + "# mine\n"
    path.write_text(edited, encoding="utf-8")
    with saving.locked(path), pytest.raises(RoadmapError, match="changed meanwhile"):
        saving.write_saved(path, base + saving.event_line(note(1)), base)
    assert path.read_text(encoding="utf-8") == edited


def test_an_edited_file_keeps_its_comments_and_order(catalogue: Catalogue) -> None:
    plan = fresh(catalogue)
    text = saving.saved_text(plan).replace("profile:\n", "# why I do this: Lisbon\nprofile:\n")
    text += "  # a quiet week\n  - {date: 2026-12-02, event: note, text: by hand}\n\n"
    read = saved.load_saved(text, "me", catalogue).saved
    assert read is not None and read.journal[0].text == "by hand" and read.journal[0].id
    added = saving.with_events(text, [note(1)])
    assert added.startswith(text.rstrip()), "what a person wrote stays as it is"
    assert added.count("\n") == text.rstrip().count("\n") + 2, "one event, one line"
    again = saved.load_saved(added, "me", catalogue).saved
    assert again == replace(read, journal=(*read.journal, note(1)))
    faster = replace(read, answers={**read.answers, "hours_per_week": 12}, journal=(*read.journal, note(2)))
    planned = saving.with_plan(text, faster)
    assert "# why I do this: Lisbon" in planned and "# a quiet week" in planned
    assert saved.load_saved(planned, "me", catalogue).saved == faster


def test_a_replan_and_hours_taken_back_are_read_back_as_they_were_meant(catalogue: Catalogue) -> None:
    """Also the keys that came later: else the file would be written anew each time, and its comments lost."""
    plan = replace(fresh(catalogue), id="0123456789ab")
    step = next(iter(plan.baseline.steps))
    less = Event(id="l1", on=START, kind="logged", step=step, hours=-2.5, batch="b1")
    below = Event(id="n1", on=START, kind="note", text="hard", step=step, after="Done when: it runs", batch="b1")
    was = saving.as_it_was(plan)
    replan = Event(id="r1", on=START, kind="replanned", text="Replanned.", was=was, made=was)
    text = saving.saved_text(plan).replace("profile:\n", "# why I do this: Lisbon\nprofile:\n")
    meant = replace(plan, journal=(less, below, replan))
    added = saving.with_events(text, [less, below, replan])
    assert saving.settled(added, meant, catalogue, Path("me")) == added, "nothing is written anew"
    assert saved.before_replan(meant, replan, catalogue).baseline == plan.baseline
    assert "Lisbon" in saving.with_plan(text, replace(plan, journal=(replan,)))


def test_a_hundred_faults_are_put_into_words_and_the_rest_is_counted(catalogue: Catalogue) -> None:
    strange = "".join(f"  - {{id: s{n}, date: 2026-12-01, event: note, text: a, k{n}: 1}}\n" for n in range(150))
    problems = saved.load_saved(saving.saved_text(fresh(catalogue)) + strange, "me", catalogue).problems
    assert len(problems) == 101 and problems[-1].message == "50 more problems are not shown"


@pytest.mark.parametrize(
    "wrong",
    [
        Event(id="x1", on=date(206, 12, 1), kind="note", text="a day that nobody means"),
        Event(id="x1", on=START, kind="note", text="x" * (LONGEST_NOTE + 1)),
        Event(id="x1", on=START, kind="done", step="first-llm-calls", evidence="x" * (LONGEST + 1)),
        Event(id="x1", on=START, kind="note", text="\ud800"),
    ],
)
def test_what_could_not_be_read_back_is_not_saved(wrong: Event, tmp_path: Path, catalogue: Catalogue) -> None:
    path, plan = tmp_path / "me.roadmap.yaml", fresh(catalogue)
    text = saving.saved_text(plan)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RoadmapError, match="nothing was saved"):
        saving.save_plan(path, saving.with_events(text, [wrong]), text, replace(plan, journal=(wrong,)), catalogue)
    assert path.read_text(encoding="utf-8") == text and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_journal_in_an_unusual_place_is_read_and_written_anew(catalogue: Catalogue) -> None:
    plan = replace(fresh(catalogue), journal=(note(1),))
    head, _, journal = saving.saved_text(plan).partition("journal:\n")
    text = "journal:\n" + journal + head
    read = saved.load_saved(text, "me", catalogue).saved
    assert read == plan
    both = replace(plan, journal=(note(1), note(2)))
    written = saving.settled(saving.with_events(text, [note(2)]), both, catalogue, Path("me"))
    assert saved.load_saved(written, "me", catalogue).saved == both


@pytest.mark.parametrize(
    "text",
    ['="x"', "a: b # c", "yes", "null", "\u2028\x85\x7f", "- [", "{}", "'", "\\", "emoji 🎓", "\ud800", "2026", ""],
)
def test_every_text_comes_back_as_it_was_written(text: str, catalogue: Catalogue) -> None:
    event = Event(id="a1", on=START, kind="note", text=text.encode("utf-8", "replace").decode())
    plan = replace(fresh(catalogue, name=event.text or "x"), journal=(event,))
    assert saved.load_saved(saving.saved_text(plan), "me", catalogue).saved == plan


BROKEN = {
    "journal: [": "bad-syntax",
    "  - {date: 2026-12-02, event: logged, step: first-ragg, hours: 2}": "unknown-step",
    "  - {date: 2026-12-02, event: logged, step: first-rag}": "missing-key",
    "  - {date: 2026-13-02, event: note, text: x}": "bad-date",
    "  - {date: 2026-12-02, event: nota, text: x}": "unknown-event-kind",
    "  - {date: 2026-12-02, event: exam, exam: AI-1O3, result: passed}": "unknown-certification",
    "  - {date: 2026-12-02, event: exam, exam: AI-103, result: maybe}": "bad-value",
    "  - {date: 2026-12-02, event: logged, step: first-rag, hours: many}": "out-of-range",
    "  - {date: 2026-12-02, event: undone, of: nothing}": "unknown-event",
    "  - {date: 2026-12-02, event: paused, from: 2026-12-09, to: 2026-12-03}": "bad-dates",
    "  - {date: 2026-12-02, event: note, text: x, hours: 3}": "unknown-key",
    "<<<<<<< HEAD": "merge-conflict",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_file_is_told_with_its_line_and_left_alone(line: str, tmp_path: Path, catalogue: Catalogue) -> None:
    text = saving.saved_text(fresh(catalogue)) + line + "\n"
    loaded = saved.load_saved(text, "me.roadmap.yaml", catalogue)
    assert loaded.saved is None
    found = {p.id: p for p in loaded.problems}
    assert BROKEN[line] in found
    last = text.count("\n")
    assert last <= found[BROKEN[line]].line <= last + 1
    if BROKEN[line] in ("unknown-step", "bad-syntax"):
        path = tmp_path / "me.roadmap.yaml"
        path.write_text(text, encoding="utf-8")
        assert [p.id for p in check_file(path, START)] == [p.id for p in loaded.problems]
        done = run("log", "first-rag", "2", "--plan", str(path))
        assert done.returncode == 1
        assert f"{path}:{found[BROKEN[line]].line}:" in done.stderr and "Traceback" not in done.stderr
        assert path.read_text(encoding="utf-8") == text


def test_problems_of_the_answers_point_into_the_file(catalogue: Catalogue) -> None:
    text = saving.saved_text(fresh(catalogue)).replace("role: swe", "role: swee")
    (problem,) = saved.load_saved(text, "me", catalogue).problems
    assert (problem.id, problem.line, problem.hint) == ("unknown-role", 6, 'did you mean "swe"?')


def test_two_branches_merge_line_by_line(tmp_path: Path, catalogue: Catalogue) -> None:
    base = saving.saved_text(replace(fresh(catalogue), journal=(note(0),)))
    for name, text in {
        "base": base,
        "ours": base + saving.event_line(note(1)),
        "theirs": base + saving.event_line(note(2)),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "merge-file", "--union", "ours", "base", "theirs"], cwd=tmp_path, check=True)
    merged = saved.load_saved((tmp_path / "ours").read_text(encoding="utf-8"), "me", catalogue).saved
    assert merged is not None and {e.id for e in merged.journal} == {note(n).id for n in range(3)}
    twice = saved.load_saved(base + saving.event_line(note(0)), "me", catalogue).saved
    assert twice is not None and len(twice.journal) == 1
    clash = saved.load_saved(base + saving.event_line(replace(note(0), text="else")), "me", catalogue)
    assert [p.id for p in clash.problems] == ["duplicate-event"]


def test_an_older_format_is_lifted_with_a_copy_and_a_newer_one_is_refused(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = saving.saved_text(fresh(catalogue))
    old = text.replace("format: 1", "format: 0").replace("journal:", "diary:")
    monkeypatch.setitem(
        saved.MIGRATIONS, 0, lambda data: {("journal" if k == "diary" else k): v for k, v in data.items()}
    )
    loaded = saved.load_saved(old, "me", catalogue)
    assert (loaded.format, loaded.saved) == (0, fresh(catalogue))
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(old, encoding="utf-8")
    copy = saving.keep_format(path, loaded.format)
    assert copy.read_text(encoding="utf-8") == old
    newer = saved.load_saved(text.replace("format: 1", "format: 99"), "me", catalogue)
    assert [p.id for p in newer.problems] == ["newer-format"]


def test_the_nearest_plan_is_taken_and_two_are_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("ROADMAP_DATA", str(home))
    with pytest.raises(RoadmapError, match="no saved plan"):
        find_plan(deep)
    (home / "me.roadmap.yaml").touch()
    assert find_plan(deep) == home / "me.roadmap.yaml"
    (tmp_path / "a" / "us.roadmap.yaml").touch()
    assert find_plan(deep) == tmp_path / "a" / "us.roadmap.yaml"
    (tmp_path / "a" / "them.roadmap.yaml").touch()
    with pytest.raises(RoadmapError, match="more than one"):
        find_plan(deep)


def test_every_kind_of_event_says_which_keys_it_has() -> None:
    assert set(KINDS) == set(EVENT_KEYS)
