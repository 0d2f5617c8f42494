"""A wish that is there before the last step: signed, promoted, paid. The search goes, and nothing is late any more."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.planning.progress import progress
from tests.in_process import Done
from tests.in_process import roadmap as in_process

SIGNED = date(2027, 9, 20)
Say = Callable[..., Done]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Commands about one plan on a day; it was made to reach a deadline, and six hours went into it since."""
    file = tmp_path / "me.roadmap.yaml"

    def call(*args: str, on: date = SIGNED, code: int = 0) -> Done:
        named = ("--save" if args[0] == "plan" else "--plan", str(file)) if args[0] != "cohort" else ()
        done = in_process(*args, *named, "--today", on.isoformat())
        assert done.returncode == code, done.stderr
        return done

    return call


def made(say: Say, goal: str = "job", deadline: str = "2028-03-31") -> None:
    began = date(2026, 12, 1)
    limits = ("--deadline", deadline) if deadline else ()
    say("plan", "--role", "swe", "--name", "Ada", "--goals", goal, "--start", began.isoformat(), *limits, on=began)
    say("log", "1", "6", on=date(2026, 12, 6))


def status(say: Say, on: date = SIGNED) -> dict[str, Any]:
    data = json.loads(say("status", "--format", "json", on=on).stdout)
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module")
def strict() -> dict[str, Any]:
    """The schema of a status, with no key beside those it names."""
    schema = json.loads(in_process("schema", "status").stdout)
    for one in (schema, *schema["$defs"].values()):
        one["additionalProperties"] = one.get("properties") is None
    return dict(schema)


@pytest.mark.parametrize("when", ["begun", "late", "failed", "reached", "finished"])
def test_a_status_keeps_to_its_schema(say: Say, strict: dict[str, Any], when: str) -> None:
    """`roadmap schema status` names every key that is printed, and no other."""
    deadline = "2028-06-30" if when == "begun" else "2027-12-31"
    say("plan", "--role", "swe", "--start", "2026-12-01", "--deadline", deadline, "--certifications", "one",
        "--cloud", "azure", "--budget-usd", "200", on=date(2026, 12, 1))  # fmt: skip
    day = date(2026, 12, 2) if when == "begun" else SIGNED
    if when == "failed":
        say("exam", "AI-103", "failed", on=date(2027, 5, 4))
    if when in ("reached", "finished"):
        say("exam", "AI-103", "passed", on=date(2027, 5, 4))
        say("reached", "Acme")
    if when == "finished":
        for id_ in status(say)["open"]:
            say("done", id_, "--anyway")
    found = status(say, day)
    jsonschema.validate(found, strict)
    assert found["state"] == {"begun": "on-track", "late": "behind", "failed": "behind"}.get(when, when)
    sure = {"begun": (True, True), "late": (False, False), "failed": (False, False)}.get(when, (None, None))
    assert (found["deadline_holds"], found["deadline_sure"]) == sure and found["confidence"] == 80
    assert when == "begun" or bool(found["ways_out"]) == (when in ("late", "failed"))


def words(done: Done) -> str:
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("goal", "what", "dropped"),
    [
        ("job", "the job is signed", "job-applications"),
        ("promotion", "the promotion is settled", "promotion-case"),
        ("consulting", "a first client has paid", "first-paid-audit"),
        ("portfolio", "the work is public", "portfolio-page"),
    ],
)
def test_what_is_reached_ends_its_search(say: Say, catalogue: Catalogue, goal: str, what: str, dropped: str) -> None:
    made(say, goal)
    before = status(say)
    move = next(m.modules for m in catalogue.moves.values() if dropped in m.modules)
    assert before["state"] == "behind" and before["reached"] is None and before["what_now"] is None
    told = say("reached", "as we had hoped")
    assert words(told).startswith(f"Reached on 20 September 2027: {what}. Well done.")
    assert "days later" not in words(told) and "The forecast" not in words(told)
    now = status(say)
    assert now["state"] == "reached" and now["what_now"] and now["ways_out"] == now["missed_gates"] == []
    assert now["deadline"] is None and now["late_days"] == 0
    reached, left = now["reached"], now["open"]
    assert isinstance(reached, dict) and isinstance(left, list) and isinstance(before["open"], list)
    assert (reached["on"], reached["what"], reached["text"]) == ("2027-09-20", what, "as we had hoped")
    assert set(reached["dropped"]) == set(move) & set(before["open"]) and dropped in reached["dropped"]
    assert set(left) == set(before["open"]) - set(move), "the learning stays"
    shown = words(say("status"))
    assert shown.startswith(f"Reached on 20 September 2027: {what} (“as we had hoped”).")
    assert str(now["what_now"]) in shown and "Behind:" not in shown and "Ways out" not in shown
    assert "What follows may stop." in words(say("next"))
    page = words(say("export"))
    assert f"Reached on 20 September 2027: {what}" in page
    assert "## Verdict" not in page and "A normal week" in page, "whether it can be reached is no question any more"
    listed = {row["id"]: row["state"] for row in json.loads(say("steps", "--format", "json").stdout)}
    assert {listed[id_] for id_ in reached["dropped"]} == {"no longer needed"}
    whole = json.loads(say("export", "--format", "json").stdout)
    gone = {x["module"]: x["reason"] for x in whole["left_out"]}
    assert (gone[dropped]["code"], gone[dropped]["text"]) == ("reached", "It was for what you have reached.")


def test_it_is_taken_back_and_said_once(say: Say) -> None:
    made(say)
    before = status(say)
    say("reached")
    again = say("reached", code=1)
    assert "written down already: reached on 20 September 2027" in again.stderr
    assert "Taken back: that you have what you wished for" in words(say("undo"))
    assert status(say) == before
    assert '"signed"' not in say("reached", "--goal", "jobb", code=2).stderr
    assert 'did you mean "job"?' in say("reached", "--goal", "jobb", code=2).stderr


def test_a_replan_knows_of_it_and_a_new_deadline_counts(say: Say) -> None:
    made(say)
    say("reached")
    dropped = set(status(say)["reached"]["dropped"])
    later = date(2027, 10, 1)
    say("replan", "--hours-per-week", "12", "--yes", on=later)
    now = status(say, later)
    assert now["state"] == "reached" and not dropped & set(now["open"])
    say("replan", "--add", "--yes", on=later)
    assert not dropped & set(status(say, later)["open"])
    say("replan", "--deadline", "2027-10-15", "--yes", on=later)
    now = status(say, later)
    assert now["deadline"] == "2027-10-15" and now["deadline_holds"] is False and now["ways_out"]
    assert "late for your deadline, 15 October 2027" in words(say("status", on=later))
    say("undo", on=later)
    assert status(say, later)["deadline"] is None


def test_another_goal_is_another_wish(say: Say) -> None:
    made(say)
    say("reached")
    later = date(2027, 10, 1)
    say("replan", "--goals", "promotion", "--yes", on=later)
    now = status(say, later)
    assert now["deadline"] is None, "the last day was for the job"
    assert now["reached"] is None and now["state"] == "on-track"
    assert "promotion-case" in now["open"] and "job-applications" not in now["open"]


def test_a_second_end_goes_without_the_first(say: Say) -> None:
    made(say, "job,portfolio", deadline="")
    assert "portfolio-page" in status(say)["open"]
    say("reached", "--goal", "portfolio")
    now = status(say)
    assert now["reached"] is None and now["state"] == "behind"
    assert "portfolio-page" not in now["open"] and "job-applications" in now["open"]


def test_days_that_it_saves_are_told_as_such(say: Say, tmp_path: Path) -> None:
    made(say)
    (tmp_path / "before.yaml").write_bytes((tmp_path / "me.roadmap.yaml").read_bytes())
    say("reached", "Acme")
    now = status(say)
    moved = now["moved_by"]
    assert isinstance(moved, dict) and moved["reached"] < 0 and sum(moved.values()) == now["drift_days"]
    files = (str(tmp_path / "before.yaml"), str(tmp_path / "me.roadmap.yaml"))
    told = in_process("diff", *files, "--today", SIGNED.isoformat())
    assert told.returncode == 0 and "earlier by what is no longer needed" in words(told)
    assert "Reached on 20 September 2027: the job is signed (“Acme”)." in words(told)


def test_a_mentor_sees_a_reason_to_be_glad(say: Say, tmp_path: Path) -> None:
    made(say)
    say("reached")
    table = words(say("cohort", str(tmp_path)))
    assert "reached: the job is signed (20 September 2027)" in table and "0 of 1 may need you this week." in table


def test_the_line_is_read_as_it_was_written_and_its_mistakes_are_named(
    say: Say, catalogue: Catalogue, tmp_path: Path
) -> None:
    made(say)
    say("reached", "line one")
    file = tmp_path / "me.roadmap.yaml"
    text = file.read_text(encoding="utf-8")
    saved = load_saved(text, "me", catalogue).saved
    assert saved is not None and saved_text(saved) == text
    assert 'event: reached, goal: job, text: "line one", deadline: 2028-03-31' in text
    # By hand the end may be left out: the wish is meant.
    bare = text.replace("event: reached, goal: job", "event: reached")
    lone = load_saved(bare, "me", catalogue).saved
    assert lone is not None and progress(lone, catalogue, SIGNED).state == "reached"
    file.write_text(text.replace("goal: job,", "goal: jobs,").replace("2028-03-31}", "soon}"), encoding="utf-8")
    wrong = in_process("check", str(file))
    assert wrong.returncode == 1 and 'unknown goal "jobs"' in wrong.stdout and 'did you mean "job"?' in wrong.stdout
    assert "deadline must be a day" in wrong.stdout


def test_whoever_has_finished_before_is_told_that_nothing_is_left(
    say: Say, catalogue: Catalogue, tmp_path: Path
) -> None:
    made(say)
    move = next(m for m in catalogue.moves.values() if m.kind == "job")
    for id_ in [i for i in status(say)["open"] if i not in move.modules]:
        say("done", id_, "--anyway", "--hours", "2")
    say("reached")
    now = status(say)
    assert now["state"] == "finished" and now["what_now"]
    for command in ("status", "next"):
        assert words(say(command)).startswith("Reached on 20 September 2027: the job is signed. No step is left.")
    file = tmp_path / "me.roadmap.yaml"
    before = file.read_bytes()
    again = say("replan", "--yes")
    assert again.stdout.startswith("Nothing is left to plan") and again.stderr == "Nothing was changed.\n"
    assert file.read_bytes() == before, "a promise that was kept stays the one that was made"
