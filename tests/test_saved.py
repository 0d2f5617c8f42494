"""A saved plan that somebody edited by hand: each wrong value is a problem on its line, and the rest is read on."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from roadmap.errors import RoadmapError
from roadmap.loading import saving
from roadmap.loading.positions import parse
from roadmap.loading.saved import MOST_OVERLAYS, MOST_STEPS, before_replan, load_saved, overlays_of
from roadmap.loading.schemas import schema_of
from roadmap.loading.versions import versions
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.model.problem import MORE, MOST_FAULTS
from tests.in_process import roadmap

DAY = ["--today", "2026-12-20"]
TEXT = """format: 1
catalogue: a
profile:
  role: swe
  start: 2026-12-01
baseline:
  made_on: 2026-12-01
  finish: 2027-12-01
  spent: 0
  pace: 1.2
  steps:
    first-rag: {start: 2026-12-01, finish: 2026-12-20, hours: 10}
journal:
  - {id: a, date: 2026-12-05, event: done, step: first-rag, teaches: {rag: 2}}
"""


def test_the_plan_that_is_edited_below_is_a_right_one(catalogue: Catalogue) -> None:
    loaded = load_saved(TEXT, "me", catalogue)
    assert loaded.saved is not None and loaded.problems == []
    assert loaded.saved.baseline.steps["first-rag"].hours == 10 and loaded.saved.journal[0].teaches == {"rag": 2}


@pytest.mark.parametrize(
    ("was", "edited", "line", "id_", "said"),
    [
        (TEXT, "- a\n- b\n", 1, "wrong-type", "a saved plan must hold format, profile, baseline and journal"),
        ("format: 1", "format: yes", 1, "bad-format", "format must be a number up to 1"),
        ("format: 1", "format: true", 1, "bad-format", "format must be a number up to 1"),
        ("format: 1", "format: -1", 1, "bad-format", "format must be a number up to 1"),
        ("catalogue: a", "catalogue: [a]", 2, "bad-value", "catalogue must be text"),
        ("catalogue: a", "catalogue: a\nid: [b]", 3, "bad-value", "id must be text"),
        ("profile:\n  role: swe\n  start: 2026-12-01\n", "profile: swe\n", 3, "wrong-type", "profile must hold"),
        ("  start: 2026-12-01\n", "", 4, "missing-key", 'the key "start" is missing'),
        ("profile:\n", "overlays: bootcamp.yaml\nprofile:\n", 3, "wrong-type", "overlays must be a list of files"),
        ("profile:\n", "overlays: [bootcamp.yaml, {a: b}]\nprofile:\n", 3, "bad-value", "a mapping is no name of a"),
        ("profile:\n", "overlays: ['']\nprofile:\n", 3, "bad-value", '"" is no name of a file'),
        ("  pace: 1.2\n", "", 7, "missing-key", 'the key "pace" is missing'),
        ("  pace: 1.2\n", "  pace: quick\n", 10, "out-of-range", 'pace must be a number, not "quick"'),
        ("  made_on: 2026-12-01", "  made_on: 1926-12-01", 7, "bad-date", "made_on must lie between 2000-01-01"),
        ("spent: 0", "spent: -3", 9, "out-of-range", "spent must be a number of hours from 0"),
        ("    first-rag: {start", "    - {start", 12, "wrong-type", "steps must map each step to its dates and hours"),
        ("{start: 2026-12-01, finish: 2026-12-20, hours: 10}", "10", 12, "wrong-type", '"first-rag" must hold start'),
        (", hours: 10}", "}", 12, "missing-key", 'the key "hours" is missing'),
        ("finish: 2026-12-20", "finish: 2026-11-20", 12, "bad-dates", '"first-rag" finishes before it starts'),
        ("journal:\n  - {id", "journal:\n  {id", 14, "wrong-type", "journal must be a list of events"),
        ("- {id: a", "- done first-rag\n  - {id: a", 14, "wrong-type", "an event must look like {date: 2026-12-01"),
        ("{rag: 2}", "rag", 14, "wrong-type", 'teaches must map skills to levels, not "rag"'),
        ("{rag: 2}", "{rag: 7}", 14, "bad-level", 'the level of "rag" must be 0 to 4, not "7"'),
        ("{rag: 2}", "{rag: well}", 14, "bad-level", 'the level of "rag" must be 0 to 4, not "well"'),
    ],
)  # fmt: skip
def test_a_wrong_value_is_a_problem_on_its_line(
    was: str, edited: str, line: int, id_: str, said: str, catalogue: Catalogue
) -> None:
    assert was in TEXT
    loaded = load_saved(TEXT.replace(was, edited), "me", catalogue)
    assert loaded.saved is None
    assert [(p.id, p.line) for p in loaded.problems] == [(id_, line)]
    assert said in loaded.problems[0].message and loaded.problems[0].severity == "error"


@pytest.mark.parametrize(
    ("was", "edited"),
    [
        ("pace: 1.2", "pace: quick"), ("pace: 1.2", "pace: 0"), (", hours: 10}", "}"), ("{rag: 2}", "{rag: 7}"),
        ("event: done", "event: dome"), ("id: a, date: 2026-12-05, ", "id: a, "), ("format: 1", "format: 2"),
        ("  start: 2026-12-01\n", ""), ("catalogue: a\n", "catalogue: a\nmore: b\n"),
    ],
)  # fmt: skip
def test_the_schema_of_a_saved_plan_takes_and_refuses_what_reading_it_does(was: str, edited: str) -> None:
    schema = Draft202012Validator(schema_of("saved-plan"))
    assert schema.is_valid(parse(TEXT, "me").data)
    assert was in TEXT and not schema.is_valid(parse(TEXT.replace(was, edited, 1), "me").data)


@pytest.mark.parametrize("empty", ["  steps:\n", "  steps: {}\n"])
def test_a_plan_with_nothing_promised_and_nothing_done_is_read(empty: str, catalogue: Catalogue) -> None:
    head = TEXT.partition("  steps:")[0]
    loaded = load_saved(f"{head}{empty}journal:\n", "me", catalogue)
    assert loaded.saved is not None, loaded.problems
    assert loaded.saved.baseline.steps == {} and loaded.saved.journal == ()


def test_more_steps_or_files_than_any_plan_has_are_refused(catalogue: Catalogue) -> None:
    step = "    s%d: {start: 2026-12-01, finish: 2026-12-20, hours: 10}\n"
    many = TEXT.replace("journal:\n", "".join(step % i for i in range(MOST_STEPS)) + "journal:\n")
    (problem,) = load_saved(many, "me", catalogue).problems
    assert (problem.id, problem.hint) == ("wrong-type", f"at most {MOST_STEPS} are read")
    files = ", ".join(f"f{i}.yaml" for i in range(MOST_OVERLAYS + 1))
    (problem,) = load_saved(TEXT.replace("profile:\n", f"overlays: [{files}]\nprofile:\n"), "me", catalogue).problems
    assert (problem.id, problem.line) == ("wrong-type", 3)


@pytest.mark.parametrize(
    "line", ["event: nota{}", "event: logged, step: s{}, hours: 1", "event: exam, exam: e{}, result: passed"]
)
def test_strange_words_of_a_journal_are_named_up_to_a_hundred_and_counted(line: str, catalogue: Catalogue) -> None:
    text = TEXT + "".join(f"  - {{date: 2026-12-05, {line.format(i)}}}\n" for i in range(150))
    problems = load_saved(text, "me", catalogue).problems
    assert len(problems) == MOST_FAULTS + 1 and problems[-1].id == MORE
    assert problems[-1].message == "50 more problems are not shown"


def test_a_file_that_no_system_can_have_is_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "me.roadmap.yaml"
    for name in ("none.yaml", "a\\0b.yaml", "x" * 300 + "/y.yaml", "y" * 2000):
        text = TEXT.replace("profile:\n", f'overlays: ["{name}"]\nprofile:\n')
        with pytest.raises(RoadmapError, match="which is not there") as told:
            overlays_of(text, path)
        assert "--catalogue" in told.value.hint and len(told.value.message) < 1200
    assert overlays_of(TEXT.replace("profile:\n", "overlays: here.yaml\nprofile:\n"), path) == []
    assert overlays_of("- a\noverlays: [b.yaml]\n", path) == []


# --- replans ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def replanned(catalogue: Catalogue, tmp_path: Path) -> Path:
    """A plan that was replanned once."""
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(TEXT, encoding="utf-8")
    done = roadmap("replan", "--hours-per-week", "20", "--yes", "--plan", str(path), *DAY)
    assert done.returncode == 0, done.stderr
    return path


def read(path: Path, catalogue: Catalogue) -> SavedPlan:
    loaded = load_saved(path.read_text(encoding="utf-8"), str(path), catalogue)
    assert loaded.saved is not None, loaded.problems
    return loaded.saved


def test_what_a_replan_made_and_was_taken_back_is_a_version_of_its_own(replanned: Path, catalogue: Catalogue) -> None:
    assert roadmap("undo", "--plan", str(replanned), *DAY).returncode == 0
    plan = read(replanned, catalogue)
    first, second, now = versions(plan, catalogue)
    assert ["hours_per_week" in one.answers for one in (first, second, now)] == [False, True, False]
    assert [len(one.journal) for one in (first, second, now)] == [1, 2, 3]
    assert first.baseline == now.baseline != second.baseline


def test_a_replan_whose_past_was_spoilt_cannot_be_taken_back_and_is_no_version(
    replanned: Path, catalogue: Catalogue
) -> None:
    plan = read(replanned, catalogue)
    (event,) = [e for e in plan.journal if e.kind == "replanned"]
    for key, wrong in {"profile": {"role": "none", "start": "2026-12-01"}, "baseline": "lost"}.items():
        with pytest.raises(RoadmapError, match="can no longer be read") as told:
            before_replan(plan, replace(event, was={**event.was, key: wrong}), catalogue)
        assert "roadmap replan" in told.value.hint
    text = replanned.read_text(encoding="utf-8").replace("profile: {role: swe,", "profile: {role: sailor,", 1)
    replanned.write_text(text, encoding="utf-8")
    assert versions(read(replanned, catalogue), catalogue) == [read(replanned, catalogue)]
    done = roadmap("undo", "--plan", str(replanned), *DAY)
    assert done.returncode == 1 and "can no longer be read" in done.stderr
    assert replanned.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("past", "said"), [("5", "was must hold catalogue, profile and baseline"), ("{profile: {}}", '"catalogue" is')]
)
def test_a_past_that_is_none_is_a_problem_with_a_line(past: str, said: str, catalogue: Catalogue) -> None:
    line = f"  - {{id: b, date: 2026-12-06, event: replanned, text: new, was: {past}}}\n"
    loaded = load_saved(TEXT + line, "me", catalogue)
    assert loaded.saved is None and {p.line for p in loaded.problems} == {15}
    assert any(said in p.message for p in loaded.problems), loaded.problems


@pytest.mark.parametrize(
    "line",
    [
        # A replan that kept nothing of what it made: one from an older program, and one by hand.
        "  - {id: b, date: 2026-12-06, event: replanned, text: new}\n",
        # More is wrong than that lines stand there twice.
        "  - {id: b, date: 2026-12-06, event: replanned, text: [new}\n",
        "  - {id: b, date: 2026-12-06, event: replanned, text: a, text: b}\n",
    ],
)
def test_two_replans_of_a_merge_are_not_guessed_at(line: str, catalogue: Catalogue) -> None:
    twice = TEXT.replace("  finish: 2027-12-01\n", "  finish: 2027-12-01\n  finish: 2027-11-01\n") + line
    loaded = load_saved(twice, "me", catalogue)
    assert loaded.saved is None and not loaded.mended
    assert {p.id for p in loaded.problems} <= {"duplicate-key", "bad-syntax"} and loaded.problems


def test_an_event_by_hand_gets_an_id_from_what_it_says(catalogue: Catalogue) -> None:
    """The same for everybody, so that two who merge have it once; another day is another event."""
    line = "  - {{date: 2026-12-{:02}, event: note, text: tea}}\n"
    plans = [load_saved(TEXT + line.format(day), "me", catalogue).saved for day in (6, 6, 7)]
    ids = [plan.journal[-1].id for plan in plans if plan is not None]
    assert len(ids) == 3 and len({*ids}) == 2 and ids[0] == ids[1]


# --- saving ----------------------------------------------------------------------------------------------------------


def test_who_waits_for_another_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "me.roadmap.yaml"
    monkeypatch.setattr(saving, "LOCK_SECONDS", 0.05)
    second = saving.locked(path)
    with saving.locked(path), pytest.raises(RoadmapError, match="another roadmap is saving") as told:
        second.__enter__()
    assert "try again" in told.value.hint


def test_a_new_plan_takes_no_name_that_is_taken(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with saving.locked(path), pytest.raises(RoadmapError, match="exists already"):
        saving.write_saved(path, "new", None)
    assert path.read_text(encoding="utf-8") == TEXT


def test_an_older_format_stays_as_it_is_where_no_copy_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "me.roadmap.yaml.format0.bak").symlink_to(tmp_path / "unplugged" / "copy")
    with pytest.raises(RoadmapError, match="could not be saved") as told:
        saving.keep_format(path, 0)
    assert "as it was" in told.value.hint and path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("call", ["open", "fsync"])
def test_a_folder_that_cannot_be_flushed_still_has_the_new_plan(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some systems open no folder as a file, some flush none: the move is then as durable as the system makes it."""
    path = tmp_path / "me.roadmap.yaml"
    path.write_text(TEXT, encoding="utf-8")
    really, refused = getattr(os, call), []

    def refuse(what: object, *more: object) -> object:
        if str(what) == str(tmp_path) or (isinstance(what, int) and stat.S_ISDIR(os.fstat(what).st_mode)):
            refused.append(what)
            raise OSError(22, "Invalid argument")
        return really(what, *more)

    monkeypatch.setattr(os, call, refuse)
    with saving.locked(path):
        saving.write_saved(path, TEXT + "# more\n", TEXT)
    assert refused and path.read_text(encoding="utf-8") == TEXT + "# more\n"
