"""What-if: each change is the plan somebody with that answer would get, and the differences add up."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change
from roadmap.planning.what_if import what_if
from roadmap.render.cells import cells_of
from roadmap.render.changes import bought
from roadmap.render.layout import Table
from roadmap.render.markdown import draw_markdown
from roadmap.render.numbers import number, percent
from roadmap.render.terminal import draw_terminal
from roadmap.render.what_if import comparison
from tests.builders import TODAY, person, plan_for
from tests.in_process import roadmap

AT = ("--today", TODAY.isoformat())


def test_outcomes_are_plans_and_differences_add_up(catalogue: Catalogue) -> None:
    base = person(catalogue)
    wishes: list[tuple[str, Any]] = [
        ("hours_per_week", 5),
        ("hours_per_week", 15),
        ("cloud", "azure"),
        ("deadline", date(2027, 3, 1)),
    ]
    others = [(Change(key, value), person(catalogue, **{"role": "swe", key: value})) for key, value in wishes]
    plan, outcomes = what_if(catalogue, base, others, TODAY)
    assert plan == plan_for(catalogue)
    for (change, who), outcome in zip(others, outcomes, strict=True):
        assert (outcome.change, outcome.plan.profile) == (change, who)
        assert outcome.days == (outcome.plan.finish - plan.finish).days
        assert plan.hours + outcome.hours == outcome.plan.hours
        assert len(plan.weeks) + outcome.weeks == len(outcome.plan.weeks)
        steps = {s.id for s in plan.steps} - {*outcome.gone} | {*outcome.joined}
        assert steps == {s.id for s in outcome.plan.steps}
        text = bought(catalogue, outcome)
        assert text.endswith(".") and "  " not in text
    assert outcomes[0].days > 0 > outcomes[1].days
    assert outcomes[3].plan.status in ("reduced", "infeasible")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_page_fits_and_the_bars_follow_the_finish(catalogue: Catalogue, width: int) -> None:
    base = person(catalogue)
    others = [(Change("hours_per_week", h), person(catalogue, hours_per_week=h)) for h in (5, 20)]
    plan, outcomes = what_if(catalogue, base, others, TODAY)
    card = comparison(plan, catalogue, outcomes, width=width)
    text = draw_terminal(card, width=width)
    assert max(map(cells_of, text.splitlines())) <= width
    later = f"+{outcomes[0].weeks}"
    for figure in (number(plan.hours), later, percent(plan.readiness_after), "yes"):
        assert figure in text
    bars = next(b for b in card.lead if isinstance(b, Table) and b.heads[:3] == ("", "Finish", ""))
    drawn = [row[2][0].text.count("█") for row in bars.rows]
    assert drawn[1] > drawn[0] > drawn[2] > 0
    plain = comparison(plan, catalogue, outcomes, width=width, ascii_only=True)
    assert draw_terminal(plain, width=width, ascii_only=True).isascii() and "===" in draw_terminal(plain, width=width)
    assert "| Finish |" in draw_markdown(card).replace("  ", " ")


def test_the_command_in_every_format() -> None:
    call = (
        "what-if",
        "--role",
        "swe",
        "--hours",
        "5,10,15",
        "--deadline",
        "2027-03-01,2027-06-01",
        "--budget",
        "0",
        *AT,
    )
    done = roadmap(*call)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(cells_of, done.stdout.splitlines())) <= 80
    for words in ("Side by side", "When it is done", "What each change buys", "10 h a week: nothing changes."):
        assert words in done.stdout
    assert roadmap(*call, "--ascii").stdout.isascii()
    data = json.loads(roadmap(*call, "--format", "json").stdout)
    assert [(c["change"], c["value"]) for c in data["changes"]] == [
        ("hours_per_week", 5), ("hours_per_week", 10), ("hours_per_week", 15), ("budget_usd", 0),
        ("deadline", "2027-03-01"), ("deadline", "2027-06-01"),
    ]  # fmt: skip
    base = date.fromisoformat(data["base"]["finish"])
    assert all((date.fromisoformat(c["summary"]["finish"]) - base).days == c["days"] for c in data["changes"])
    assert roadmap(*call, "--format", "markdown").stdout.startswith("# What if")


def test_one_value_belongs_to_the_base_unless_nothing_else_is_tried(tmp_path: Path) -> None:
    def changes(*args: str) -> list[tuple[str, object]]:
        data = json.loads(roadmap("what-if", *args, "--format", "json", *AT).stdout)
        return [(c["change"], c["value"]) for c in data["changes"]]

    assert changes("--role", "swe", "--cloud", "azure", "--hours", "5") == [("hours_per_week", 5)]
    assert changes("--role", "swe", "--hours-per-week", "5 h, 12") == [("hours_per_week", 5), ("hours_per_week", 12)]
    assert changes("--role", "swe", "--hours-per-week", "7.5h") == [("hours_per_week", 7.5)]
    assert changes("--role", "swe", "--hours", "5h,90min", "--budget", "$50") == [
        ("hours_per_week", 5), ("hours_per_week", 1.5), ("budget_usd", 50),
    ]  # fmt: skip
    assert changes("--role", "swe", "--budget-usd", "$100,free") == [("budget_usd", 100), ("budget_usd", 0)]
    assert changes("--role", "swe", "--deadline", "March 2027,1 June 2027") == [
        ("deadline", "2027-03-31"), ("deadline", "2027-06-01"),
    ]  # fmt: skip
    assert changes("--role", "swe", "--deadline", "December 1, 2027") == [("deadline", "2027-12-01")]
    file = tmp_path / "me.yaml"
    file.write_text("role: swe\nbudget_usd: 100\ngoals: [job, agents]\n", encoding="utf-8")
    assert changes("--profile", str(file), "--deadline", "2027-03-01") == [("deadline", "2027-03-01")]
    assert changes("--profile", str(file), "--set", "budget_usd=none,200") == [
        ("budget_usd", None),
        ("budget_usd", 200),
    ]
    assert changes("--profile", str(file), "--set", "goals=job+mlops,portfolio") == [
        ("goals", ["job", "mlops"]),
        ("goals", ["portfolio"]),
    ]
    assert changes("--role", "swe", "--set", "availability=rest=4,buffer=20") == [
        ("availability", "rest=4"),
        ("availability", "buffer=20"),
    ]
    assert changes("--role", "swe", "--deadline", "2027-06-01", "--confidence", "80,95") == [
        ("confidence", 80),
        ("confidence", 95),
    ]
    assert changes("--role", "swe,data-scientist") == [("role", "data-scientist")]
    assert changes("--role", "swe", "--set", "domain=none,legal") == [("domain", "none"), ("domain", "legal")]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--role", "swe"), 2, "nothing to compare"),
        (("--hours", "5,10"), 2, "pass --role"),
        (("--role", "swe", "--hours", "5,500"), 2, "--hours: error: hours_per_week must be from 1 to 60"),
        (("--role", "swe", "--set", "hors=5"), 2, 'there is no key "hors"'),
        (("--role", "swe", "--set", "cloud"), 2, "values to try are missing"),
        (("--role", "swe", "--cloud", "aws,azur"), 2, 'did you mean "azure"?'),
        (("--role", "swe", "--deadline", "2020-01-01,2027-06-01"), 2, "is before the start"),
        (("--role", "swe", "--hours", ",".join(map(str, range(1, 40)))), 2, "too many"),
    ],
)
def test_mistakes_are_told_in_a_line(
    args: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a role a saved plan is looked for, upwards from here: none may lie there by chance.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROADMAP_DATA", str(tmp_path))
    done = roadmap("what-if", *args, *AT)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_saved_plan_is_tried_from_today_with_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert roadmap("plan", "--role", "swe", "--save", "me.roadmap.yaml", *AT).returncode == 0
    later = ("--today", "2026-12-20")
    done = roadmap("done", "ai-assisted-coding", "--hours", "5", "--anyway", "--on", "2026-12-01", *later)
    assert done.returncode == 0, done.stderr
    call = ("what-if", "--hours", "5,15", "--set", "availability=mon=2+sat=6", "--format", "json", *later)
    data = json.loads(roadmap(*call).stdout)
    assert data["base"]["start"] >= "2026-12-20"
    assert [c["change"] for c in data["changes"]] == ["hours_per_week", "hours_per_week", "availability"]
    assert data["changes"][0]["days"] > 0 > data["changes"][1]["days"]
    page = " ".join(roadmap("what-if", "--hours", "5,15", "--width", "140", *later).stdout.split())
    assert "What makes it so" in page and "roadmap replan --hours-per-week 15" in page
    named = roadmap("what-if", "--plan", "me.roadmap.yaml", "--hours", "5,15,400", *later)
    assert named.returncode == 2 and "from 1 to 60" in named.stderr
    both = roadmap("what-if", "--plan", "me.roadmap.yaml", "--profile", "me.roadmap.yaml", "--hours", "5", *later)
    assert both.returncode == 2 and "two people" in both.stderr


def test_each_change_has_a_short_name_in_a_narrow_table() -> None:
    tries = ("confidence=95", "review=yes", "review=no", "skills=rag=3", "goals=agents+mlops", "deadline=2028-01-31")
    words = [word for one in tries for word in ("--set", one)]
    done = roadmap("what-if", "--role", "swe", "--deadline", "2027-12-31", *words, "--width", "140", *AT)
    assert done.returncode == 0, done.stderr
    table = done.stdout[: done.stdout.index("What each change buys")]
    for name in ("95 % sure", "Recall slots", "No recall slots", "rag 3", "agents, mlops", "By 31 Jan 2028"):
        assert name in table, name


def test_pictures_show_reach_and_money_too(catalogue: Catalogue) -> None:
    wishes: list[tuple[str, Any]] = [("deadline", date(2027, 3, 1)), ("certifications", "none")]
    wish: dict[str, Any] = {"role": "swe", "certifications": "one"}
    others = [(Change(k, v), person(catalogue, **{**wish, k: v})) for k, v in wishes]
    plan, outcomes = what_if(catalogue, person(catalogue, **wish), others, TODAY)
    for width in (80, 140):
        card = comparison(plan, catalogue, outcomes, width=width)
        table = next(b for b in card.lead if isinstance(b, Table) and "USD" in b.heads and "" in b.heads[1:])
        reach, money = (table.heads.index(h) + 1 for h in ("Reach", "USD"))
        base, soon, cheap = (["".join(span.text for span in cell) for cell in row] for row in table.rows)
        assert len(soon[reach]) < len(base[reach]) and cheap[reach]
        assert len(base[money]) > len(cheap[money]) == 0
        assert max(map(cells_of, draw_terminal(card, width=width).splitlines())) <= width


def test_of_a_saved_plan_that_is_late_it_is_said_how_late_and_not_that_nothing_would_do(tmp_path: Path) -> None:
    file = str(tmp_path / "me.roadmap.yaml")
    made = ("--role", "swe", "--start", "2026-12-01", "--deadline", "2027-12-31", "--certifications", "one")
    assert roadmap("plan", *made, "--cloud", "azure", "--save", file, "--today", "2026-12-01").returncode == 0
    day = ("--plan", file, "--today", "2027-06-10")
    ways = json.loads(roadmap("status", *day, "--format", "json").stdout)["ways_out"]
    assert any(way["change"] == "drop" for way in ways), "a smaller plan would do"
    more = next(int(way["value"]) for way in ways if way["change"] == "hours_per_week")
    said = " ".join(roadmap("what-if", "--hours", f"8,{more}", *day).stdout.split())
    assert "late for your deadline, 31 December 2027" in said
    assert "your deadline, 31 December 2027, does not hold 4 times in 5" in said
    assert "even what the goal itself needs" not in said
