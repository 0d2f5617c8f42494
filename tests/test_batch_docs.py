"""The Python examples of docs/batch.md, run as they stand there."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas
import pytest

from tests.batches import people, write_csv

PAGE = Path(__file__).parents[1] / "docs" / "batch.md"


def examples() -> str:
    """The indented blocks below the heading, which follow from each other."""
    _, _, text = PAGE.read_text(encoding="utf-8").partition("## From Python\n")
    return "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))


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
    exec(examples(), names)
    assert names["plan"].finish > date(2026, 11, 22)
    ends = [e if isinstance(e, str) else None for e in names["frame"]["finish"]]
    assert len(ends) == 8 and [e is None for e in ends] == [i == 3 for i in range(8)]
    assert list(names["ends"]) == ends
    assert [e if isinstance(e, str) else None for e in names["finishes"]] == ends
    found = list(names["from_rows"](map(spark_row, frame.to_dict("records"))))
    (frames,) = names["from_frames"]([frame])
    assert found == list(frames.itertuples(index=False, name=None))
    assert [json.loads(r).get("plan", {}).get("summary", {}).get("finish") for _, r in found] == ends
