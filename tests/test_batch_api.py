"""The Python interface: light to import, typed, fit for frames."""

import html
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest
from jsonschema import Draft202012Validator

from roadmap import CatalogueError, ProfileError, load_catalogue, make_plan, plan_many
from roadmap.loading.schemas import schema_of
from roadmap.model.catalogue import Catalogue
from tests.in_process import roadmap

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import roadmap", ("roadmap.batch", "roadmap.model", "datetime")),
        ("from roadmap import load_catalogue, make_plan, plan_many", ("roadmap.cli", "typer", "rich", "questionary")),
        ("import roadmap.cli.app", ("roadmap.batch", "multiprocessing", "pyarrow", "distributed")),
    ],
)
def test_importing_is_light(statement: str, forbidden: tuple[str, ...]) -> None:
    code = f"{statement}\nimport sys\nsys.exit(', '.join(set({forbidden}) & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_plan_from_answers(catalogue: Catalogue) -> None:
    plan = make_plan(catalogue, {"role": "swe", "hours_per_week": 8}, TODAY)
    assert plan.status == "feasible" and plan == make_plan(catalogue, plan.profile, TODAY)
    with pytest.raises(ProfileError) as caught:
        make_plan(catalogue, {"role": "swee", "hours_per_week": 99}, TODAY)
    assert [f.id for f in caught.value.faults] == ["unknown-role", "out-of-range"]
    assert plan.steps[0].title == plan.steps[0].module.title


def test_a_row_with_its_id_is_a_profile_and_an_id_that_is_none_a_fault(catalogue: Catalogue, tmp_path: Path) -> None:
    row = {"id": 7, "role": "swe"}
    assert make_plan(catalogue, row, TODAY) == make_plan(catalogue, {"role": "swe"}, TODAY)
    with pytest.raises(ProfileError, match="id must be text"):
        make_plan(catalogue, {"role": "swe", "id": True}, TODAY)
    schema = Draft202012Validator(schema_of("profile"))
    assert schema.is_valid(row) and not schema.is_valid({"role": "swe", "id": True})
    file = tmp_path / "me.yaml"
    file.write_text("id: p7\nrole: swe\n")
    assert roadmap("check", str(file)).returncode == 0
    saved = tmp_path / "me.roadmap.yaml"
    assert roadmap("plan", "--profile", str(file), "--save", str(saved)).returncode == 0
    assert "p7" not in saved.read_text(encoding="utf-8")


def test_a_plan_writes_itself_down(catalogue: Catalogue) -> None:
    plan = make_plan(catalogue, {"role": "swe", "name": "<b>"}, "2026-11-22")
    assert (
        plan == make_plan(catalogue, plan.profile, datetime(2026, 11, 22, 9, 30, tzinfo=UTC)) and len(repr(plan)) < 150
    )
    assert plan.to_dict() == json.loads(plan.to_json()) and plan.to_dict()["steps"]
    assert plan.to_markdown().startswith("# ") and "</html>" in plan.to_html()
    shown = plan._repr_html_()
    assert "<table>" in shown and plan.answer.phases[0].title in html.unescape(shown) and len(shown) < 20_000
    assert "<b>" not in shown and len({plan, make_plan(catalogue, plan.profile, TODAY)}) == 1


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"today": "22.11.2026"}, ValueError),
        ({"today": 20261122}, TypeError),
        ({"catalogue": "mine.yaml"}, TypeError),
        ({"workers": 0}, ValueError),
        ({"workers": "2"}, ValueError),
        ({"detail": "everything"}, ValueError),
        ({"profiles": "people.csv"}, TypeError),
        ({"profiles": {"role": "swe"}}, TypeError),
        ({"profiles": None}, TypeError),
    ],
)
def test_a_wrong_argument_is_the_callers_error_at_once(
    catalogue: Catalogue, changed: dict[str, Any], error: type[Exception]
) -> None:
    many: Any = plan_many
    arguments: dict[str, Any] = {"profiles": [], "today": TODAY, "catalogue": catalogue, **changed}
    with pytest.raises(error):
        many(arguments.pop("profiles"), **arguments)


def test_a_wrong_profile_is_an_error_of_one_and_a_row_of_many(catalogue: Catalogue) -> None:
    one: Any = make_plan
    for profile in (None, "me.yaml", ["role"]):
        with pytest.raises(TypeError, match="profile must be"):
            one(catalogue, profile, TODAY)
    with pytest.raises(TypeError, match="load_catalogue"):
        one(None, {"role": "swe"}, TODAY)
    rows: Any = ["x", {"role": "swe"}, None]
    found = list(plan_many(rows, today="2026-11-22", catalogue=catalogue, detail="summary"))
    assert [r["status"] for r in found] == ["error", "feasible", "error"]


def test_overlays_with_problems_are_told(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("modules: [{id: x}]\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(overlay)
    assert caught.value.problems


def test_frames_go_in_and_records_come_out(catalogue: Catalogue) -> None:
    data = {"id": ["a", "b"], "role": ["swe", "new"], "hours_per_week": [8.0, None], "skills.rag": [2.0, None]}
    found = list(plan_many(pandas.DataFrame(data).to_dict("records"), today=TODAY, catalogue=catalogue))
    assert found == list(plan_many(polars.DataFrame(data).iter_rows(named=True), today=TODAY, catalogue=catalogue))
    assert [(r["row"], r["id"], r["status"]) for r in found] == [(1, "a", "feasible"), (2, "b", "feasible")]
    assert found[0]["hours_per_week"] == 8


def test_workers_change_nothing(catalogue: Catalogue) -> None:
    people = [{"role": "swe" if i % 5 else "x", "hours_per_week": 5 + i % 9} for i in range(80)]
    one = list(plan_many(people, today=TODAY, catalogue=catalogue))
    assert one == list(plan_many(people, today=TODAY, catalogue=catalogue, workers=2))
    assert [r["status"] for r in one].count("error") == 16


def test_rows_are_taken_as_they_are_asked_for(catalogue: Catalogue) -> None:
    taken: list[int] = []

    def people() -> Iterator[dict[str, object]]:
        for i in range(100):
            taken.append(i)
            yield {"role": "swe", "id": i}

    found = plan_many(people(), today=TODAY, catalogue=catalogue)
    assert next(found)["id"] == "0" and len(taken) == 1


def emptied(value: object) -> None:
    """Destroy plain data, deepest first."""
    for inner in list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ():
        emptied(inner)
    if isinstance(value, (dict, list)):
        value.clear()


def test_what_a_caller_does_to_a_record_changes_no_other(catalogue: Catalogue) -> None:
    rows = [{"role": "swe", "start": "2027-01-04", "deadline": "2027-06-01"}] * 2
    first, second = plan_many(rows, catalogue=catalogue, today=TODAY, detail="full")
    before = json.dumps(second["plan"])
    emptied(first)
    assert json.dumps(second["plan"]) == before
    again = plan_many(rows, catalogue=catalogue, today=TODAY, detail="full")
    assert json.dumps(next(iter(again))["plan"]) == before
