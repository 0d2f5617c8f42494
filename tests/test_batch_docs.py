"""The examples of docs/batch.md, run as they stand there."""

import json
import shlex
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas
import pytest

from tests.batches import batch, people, write_csv

PAGE = Path(__file__).parents[1] / "docs" / "batch.md"


def blocks(heading: str) -> list[str]:
    """The indented lines below a heading."""
    _, _, text = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")
    return [line[4:] for line in text.partition("\n## ")[0].splitlines() if line.startswith("    ") or not line]


def spark_row(answers: dict[Any, Any]) -> object:
    """As much of a row of Spark as the example uses."""
    return SimpleNamespace(asDict=lambda recursive: answers if recursive else {})


def test_the_examples_run_and_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cohort = [p | {"breaks": ""} for p in people(8)]
    frame = pandas.read_csv(write_csv(tmp_path / "cohort.csv", cohort))
    frame.to_parquet("cohort.parquet")
    (tmp_path / "my-bootcamp.yaml").write_text("modules: []\n", encoding="utf-8")
    names: dict[str, Any] = {}
    exec("\n".join(blocks("From Python")), names)
    assert names["plan"].finish > date(2026, 11, 22) and names["data"]["schema_version"]
    ends = [e if isinstance(e, str) else None for e in names["frame"]["finish"]]
    assert len(ends) == 8 and [e is None for e in ends] == [i == 3 for i in range(8)]
    assert list(names["ends"]) == ends
    assert [e if isinstance(e, str) else None for e in names["finishes"]] == ends
    found = list(names["from_rows"](map(spark_row, frame.to_dict("records"))))
    (frames,) = names["from_frames"]([frame])
    assert found == list(frames.itertuples(index=False, name=None))
    assert [json.loads(r).get("finish") for _, r in found] == ends


def test_a_cohort_in_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "cohort.csv", people(8))
    command, *code = (line for line in blocks("A cohort in DuckDB") if line)
    assert batch(*shlex.split(command)[2:]).returncode == 4
    names: dict[str, Any] = {}
    exec("\n".join(code), names)
    rows = names["people"].fetchall()
    assert len(rows) == 7 and rows == sorted(rows, key=lambda r: r[2]) and isinstance(rows[0][2], date)
    assert sum(hours for _, _, hours in names["busy"].fetchall()) == sum(r[3] for r in rows)
    assert [(r[0], r[1]) for r in names["broken"].fetchall()] == [(4, "p3")]
