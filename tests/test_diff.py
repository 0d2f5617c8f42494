"""Differences between plans: what was done to a plan is what is told, and nothing else."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roadmap.loading.positions import Document
from roadmap.loading.printed import read_printed
from roadmap.model.catalogue import Catalogue
from roadmap.model.printed import PrintedPlan
from roadmap.planning.diff import difference
from roadmap.render.cells import cells_of
from roadmap.render.diff import changes, changes_json
from roadmap.render.json import plan_data
from roadmap.render.markdown import draw_markdown
from roadmap.render.terminal import draw_terminal
from tests.builders import TODAY, plan_for
from tests.in_process import roadmap

AT = ("--today", TODAY.isoformat())
HOSTILE = "\x1b[31mEve\x1b[0m `x` |a| <b> \u202e\n# heading"


@pytest.fixture(scope="module")
def data(catalogue: Catalogue) -> dict[str, Any]:
    """A plan as it is printed."""
    return dict(plan_data(plan_for(catalogue, cloud="azure", certifications="one"), catalogue))


def read(data: dict[str, Any]) -> PrintedPlan:
    plan, problems = read_printed(Document("plan.json", "", data))
    assert plan is not None, problems
    return plan


def test_a_plan_does_not_differ_from_itself(data: dict[str, Any]) -> None:
    found = difference(read(data), read(data))
    assert found.same
    assert "Nothing has changed" in draw_terminal(changes(found, ("a", "b")))
    assert json.loads(changes_json(found, ("a", "b")))["same"] is True


def test_each_change_is_told_as_what_it_is(data: dict[str, Any]) -> None:
    new = copy.deepcopy(data)
    gone = new["steps"].pop(3)
    new["left_out"].append({"module": gone["id"], "title": gone["title"], "reason": {"code": "held", "text": "Known."}})
    fresh = {**new["steps"][0], "id": "fresh", "title": "Something new"}
    new["steps"].append(fresh)
    resized, moved, other = (new["steps"][i] for i in (5, 6, 7))
    resized["hours"] += 4
    moved["finish"] = "2030-01-01"
    other["reasons"] = [{"code": "rule", "text": "Because.", "source": "article"}]
    new["certifications"][0]["exam_on"] = "2030-02-01"
    new["status"] = "reduced"
    new["summary"]["hours"] += 4
    new["profile"]["skills"]["rag"] = 3
    found = difference(read(data), read(new))
    assert [(g.step["id"], g.why) for g in found.removed] == [(gone["id"], "Known.")]
    assert [s["id"] for s in found.added] == ["fresh"]
    assert [(c.new["id"], c.hours) for c in found.resized] == [(resized["id"], 4)]
    assert [s["id"] for m in found.moved for s in m.steps] == [moved["id"]]
    assert [(c.new["id"], c.come) for c in found.reasons] == [(other["id"], ("Because.",))]
    assert {p.name for p in found.totals} == {"status", "hours"}
    assert [p.name for p in found.answers] == ["skills"]
    text = draw_terminal(changes(found, ("old.json", "new.json")))
    for words in ("rag nothing to 3", "Something new", "Known.", "2 February 2030".replace("2 ", "1 "), "no longer:"):
        assert words in " ".join(text.split())


def test_real_plans_under_other_answers(catalogue: Catalogue, data: dict[str, Any]) -> None:
    other = plan_for(catalogue, cloud="azure", domain="legal", hours_per_week=20, goals=["promotion"])
    found = difference(read(data), read(dict(plan_data(other, catalogue))))
    before = {s["id"] for s in data["steps"]} - {g.step["id"] for g in found.removed} | {s["id"] for s in found.added}
    assert before == {s.id for s in other.steps}
    text = draw_terminal(changes(found, ("a", "b")))
    assert max(map(cells_of, text.splitlines())) <= 80
    heads = ["What was asked", "The plan in figures", "No longer there", "New", "Moved"]
    assert [line for line in text.splitlines() if line in heads] == heads
    assert draw_markdown(changes(found, ("a", "b"))).startswith("# What changed")


def test_hostile_text_stays_text(data: dict[str, Any]) -> None:
    new = copy.deepcopy(data)
    new["steps"][2]["title"] = HOSTILE
    new["profile"]["name"] = HOSTILE
    new["catalogue"]["version"] = HOSTILE
    card = changes(difference(read(data), read(new)), ("`a`\n# x", "b"))
    for text in (draw_terminal(card), draw_markdown(card)):
        assert "\x1b" not in text and "\u202e" not in text and "\n# heading" not in text and "\n# x" not in text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("steps", 0, "hours"), float("nan")),
        (("steps", 0, "hours"), 1e300),
        (("steps", 0, "finish"), "soon"),
        (("summary", "finish"), None),
        (("status",), "great"),
        (("schema_version",), 9),
        (("steps",), {}),
    ],
)
def test_a_broken_plan_is_a_problem_with_a_place(data: dict[str, Any], path: tuple[Any, ...], value: object) -> None:
    new = copy.deepcopy(data)
    at: Any = new
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    plan, problems = read_printed(Document("plan.json", "", new))
    assert plan is None and problems[0].file == "plan.json" and problems[0].hint


def test_the_command_compares_whatever_holds_a_plan(tmp_path: Path) -> None:
    printed, profile, saved = (str(tmp_path / n) for n in ("a.json", "b.yaml", "c.roadmap.yaml"))
    Path(profile).write_text("role: swe\nhours_per_week: 10\n", encoding="utf-8")
    plan = ("plan", "--role", "swe", *AT)
    assert roadmap(*plan, "--format", "json", "--output", printed).returncode == 0
    assert roadmap(*plan, "--save", saved).returncode == 0
    for other in (profile, saved):
        done = roadmap("diff", printed, other, *AT)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Nothing has changed" in done.stdout
    Path(profile).write_text("role: swe\ndomain: legal\n", encoding="utf-8")
    done = roadmap("diff", printed, profile, "--format", "json", *AT)
    assert done.returncode == 0
    assert json.loads(done.stdout)["same"] is False


def test_one_person_under_two_catalogues() -> None:
    overlay = str(Path(__file__).parent / "cases/valid/overlay.yaml")
    done = roadmap("diff", "--role", "swe", "--catalogue-new", overlay, "--format", "json", *AT)
    found = json.loads(done.stdout)
    assert (done.returncode, found["old"], found["same"]) == (0, "built-in", False)
    same = roadmap("diff", "--role", "swe", "--catalogue-old", overlay, "--catalogue-new", overlay, *AT)
    assert "Nothing has changed" in same.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "two plans are needed"),
        (("nowhere.json", "nowhere.json"), 1, "no such file"),
        (("a.json", "b.json", "--role", "swe"), 2, "answers belong to"),
        (("a.json", "b.json", "--catalogue-new", "c.yaml"), 2, "too much"),
    ],
)
def test_mistakes_are_told_in_a_line(args: tuple[str, ...], code: int, said: str) -> None:
    done = roadmap("diff", *args, *AT)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_what_each_changed_answer_does_adds_up_to_the_whole(catalogue: Catalogue, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("role: swe\nskills: {git: 0}\n", encoding="utf-8")
    new.write_text("role: swe\nhours_per_week: 8\ndomain: healthcare\nskills: {rag: 2}\n", encoding="utf-8")
    found = json.loads(roadmap("diff", str(old), str(new), "--format", "json", *AT).stdout)
    assert {w["change"] for w in found["why"]} == {"hours_per_week", "domain", "skills"}
    figures = {t["key"]: t for t in found["totals"]}
    assert sum(w["hours"] for w in found["why"]) == figures["hours"]["new"] - figures["hours"]["old"]
    days = date.fromisoformat(figures["finish"]["new"]) - date.fromisoformat(figures["finish"]["old"])
    assert sum(w["days"] for w in found["why"]) == days.days
    assert "Why: one answer after the other" in roadmap("diff", str(old), str(new), *AT).stdout


def test_a_step_that_is_gone_says_what_took_its_place(data: dict[str, Any]) -> None:
    new = copy.deepcopy(data)
    gone = next(s for s in new["steps"] if s["id"] == "first-rag")
    new["steps"] = [s for s in new["steps"] if s is not gone]
    bare = difference(read(data), read(new)).removed[0]
    assert (bare.why, bare.held) == ("", False)
    new["steps"].append({**gone, "id": "our-week", "title": "Our week"})
    instead = difference(read(data), read(new)).removed[0]
    assert instead.instead[-1] == "Our week"
    assert "comes from “" in draw_terminal(changes(difference(read(data), read(new)), ("a", "b")))
    new["profile"]["skills"] |= dict.fromkeys(gone["teaches"], 3)
    assert difference(read(data), read(new)).removed[0].held


def test_exams_omissions_and_answers_that_come_and_go_are_told(data: dict[str, Any]) -> None:
    new = copy.deepcopy(data)
    exam = new["certifications"].pop()
    more = {**exam, "id": "ab-1", "code": "AB-1", "exam_on": "2030-02-01", "fee_usd": 99}
    new["certifications"].append(more)
    left = {"module": "x", "title": "Left", "reason": {"code": "held", "text": "Known."}}
    new["left_out"].append(left)
    new["steps"][2]["cost_usd"] += 40
    new["profile"]["breaks"] = [{"from": "2027-01-01", "to": "2027-01-08"}]
    there = " ".join(draw_terminal(changes(difference(read(data), read(new)), ("a", "b")), width=100).split())
    back = " ".join(draw_terminal(changes(difference(read(new), read(data)), ("a", "b")), width=100).split())
    assert "AB-1 is new: 1 February 2030, 99 USD." in there and "AB-1 is gone; it was on 1 February 2030." in back
    assert f"{exam['code']} is gone" in there and f"{exam['code']} is new" in back
    assert "Left. Known." in there and "Left: no longer named." in back
    assert f"{new['steps'][2]['title']}: 40 USD instead of free" in there
    assert "Breaks: nothing to from 2027-01-01 to 2027-01-08" in there


def test_an_estimate_made_anew_is_the_reason_for_other_hours(data: dict[str, Any]) -> None:
    new = copy.deepcopy(data)
    new["steps"][4]["hours"] += 5
    new["steps"][4]["hours_basis"] = "Fourteen people in spring."
    text = draw_terminal(changes(difference(read(data), read(new)), ("a", "b")))
    assert "Estimated anew: Fourteen people in spring." in " ".join(text.split())
    assert "The answers are the same" in " ".join(text.split())
