"""The Python interface: light to import, typed, fit for frames."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas
import polars
import pytest

from roadmap import CatalogueError, ProfileError, load_catalogue, make_plan, plan_many
from roadmap.model.catalogue import Catalogue

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
    assert [(r["row"], r["id"], r["status"]) for r in found] == [(1, "a", "ok"), (2, "b", "ok")]
    assert found[0]["plan"]["profile"]["skills"]["rag"] == 2


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
    first, second = plan_many(rows, catalogue=catalogue, today=TODAY)
    before = json.dumps(second["plan"])
    emptied(first)
    assert json.dumps(second["plan"]) == before
    assert json.dumps(next(iter(plan_many(rows, catalogue=catalogue, today=TODAY)))["plan"]) == before
