"""How much is told of a plan, in which files; what is checked before, and what stands in nobody's way."""

import csv
import gzip
import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roadmap.batch.details import SHAPES, Detail
from roadmap.batch.fields import detail_for, picked, tree_of
from roadmap.batch.row import Row
from roadmap.batch.schemas import output_schema
from roadmap.batch.work import Job, work
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from tests.batches import COMMAND, TODAY, batch, people, records, warm, write_csv

SCHEMAS = {Detail.SUMMARY: "record-summary", Detail.DATES: "record", Detail.FULL: "record-full"}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("details") / "cohort.csv", people(8))


@pytest.fixture(scope="module")
def made(table: Path) -> Path:
    """A folder with the same cohort in every kind of file."""
    for name in ("a.jsonl", "b.jsonl.gz", "c.csv", "d.csv.gz", "e.jsonl.zst", "f.parquet"):
        assert batch(table, "-o", table.with_name(name), "-w", "1").returncode == 4
    return table.parent


def outcome(catalogue: Catalogue, detail: Detail, **answers: object) -> tuple[bytes, dict[str, Any]]:
    job = Job(catalogue, date.fromisoformat(TODAY), detail=detail)
    data = bytes(work(Row(1, None, "x", {"role": "swe", **answers}), job).data)
    return data, json.loads(data)


@pytest.mark.parametrize("detail", Detail)
def test_records_keep_to_their_schema(catalogue: Catalogue, detail: Detail) -> None:
    schema = output_schema(SCHEMAS[detail])
    for answers in ({}, {"cloud": "azure", "certifications": "one"}, {"role": "nobody"}, {"deadline": "2026-12-24"}):
        _, record = outcome(catalogue, detail, **answers)
        jsonschema.validate(record, schema)
        assert set(record) <= set(SHAPES[detail].__annotations__) | set(SHAPES[Detail.SUMMARY].__annotations__)


def test_dates_are_small_and_say_when(catalogue: Catalogue) -> None:
    data, record = outcome(catalogue, Detail.DATES, role="new", cloud="aws", certifications="all", domain="legal")
    full = outcome(catalogue, Detail.FULL, role="new", cloud="aws", certifications="all", domain="legal")[1]["plan"]
    assert len(data) < 8_000
    assert [(s["id"], s["finish"], s["hours"]) for s in record["steps"]] == [
        (s["id"], s["finish"], s["hours"]) for s in full["steps"]
    ]
    assert (record["status"], record["finish"]) == (full["status"], full["summary"]["finish"])
    assert (record["act_from"], record["ready"]) == (full["answer"]["act_from"], full["answer"]["ready"])
    assert record["money_high_usd"] == full["answer"]["money_total"]["high_usd"]
    assert len(outcome(catalogue, Detail.SUMMARY)[0]) < 600


def test_fields_are_picked_and_the_rest_stays_away() -> None:
    record = {"row": 1, "id": "a", "status": "ok", "plan": {"x": {"y": 1, "z": 2}}, "steps": [{"id": "s", "hours": 3}]}
    assert picked(record, tree_of(["plan.x.y", "steps.id"])) == {
        "row": 1,
        "status": "ok",
        "plan": {"x": {"y": 1}},
        "steps": [{"id": "s"}],
    }
    assert picked(record, tree_of(["plan.x.y", "plan"]))["plan"] == {"x": {"y": 1, "z": 2}}
    assert detail_for(["id", "finish"], None) is Detail.SUMMARY
    assert detail_for(["steps.finish"], None) is Detail.DATES
    assert detail_for(["plan.summary.finish", "plan.steps.teaches.rag"], None) is Detail.FULL
    with pytest.raises(UsageError, match="finsh") as caught:
        detail_for(["finsh"], None)
    assert 'did you mean "finish"?' in caught.value.hint
    with pytest.raises(UsageError) as caught:
        detail_for(["steps.id"], Detail.SUMMARY)
    assert "--detail dates has it" in caught.value.hint


def test_fields_in_lines_and_in_a_table(table: Path, tmp_path: Path) -> None:
    assert batch(table, "-o", tmp_path / "a.jsonl", "--fields", "id,plan.summary.finish", "-q").returncode == 4
    found = records(tmp_path / "a.jsonl")
    assert set(found[0]) == {"row", "id", "status", "plan"} and list(found[0]["plan"]) == ["summary"]
    assert "problems" in found[3]
    assert batch(table, "-o", tmp_path / "a.parquet", "--fields", "id,finish,plan.answer.ready", "-q").returncode == 2
    assert batch(table, "-o", tmp_path / "a.parquet", "--fields", "id,finish", "-q").returncode == 4
    columns = pq.read_table(tmp_path / "a.parquet")
    assert columns.column_names == ["row", "status", "id", "finish", "problems"]
    assert columns.schema.field("finish").type == pa.date32()
    assert batch(table, "-o", tmp_path / "b.csv", "--fields", "steps.id").returncode == 2


def test_what_is_packed_holds_the_same(made: Path) -> None:
    lines = (made / "a.jsonl").read_bytes()
    assert gzip.decompress((made / "b.jsonl.gz").read_bytes()) == lines
    assert gzip.decompress((made / "d.csv.gz").read_bytes()) == (made / "c.csv").read_bytes()
    with pa.input_stream(str(made / "e.jsonl.zst"), compression="zstd") as stream:
        assert stream.read() == lines
    assert not list(made.glob("*.part")) and not list(made.glob(".*.tmp"))


def test_a_csv_has_a_line_for_each_person(made: Path) -> None:
    with (made / "c.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [r["id"] for r in rows] == [f"p{i}" for i in range(8)]
    assert rows[0]["name"] == "Zoë\n0" and date.fromisoformat(rows[0]["ready"]) and float(rows[0]["hours"]) > 0
    assert rows[3]["status"] == "error" and "swee" in rows[3]["problems"]


def test_parquet_of_dates_is_flat_with_real_days_for_everybody(made: Path) -> None:
    file = made / "f.parquet"
    steps = [(r["id"], s["id"], s["finish"]) for r in records(made / "a.jsonl") for s in r.get("steps", [])]
    found = pq.read_table(file)
    assert not any(pa.types.is_nested(column.type) for column in found.schema)
    assert {found.schema.field(n).type for n in ("finish", "step_start", "act_from")} == {pa.date32()}
    rows = [r for r in found.to_pylist() if r["step"]]
    assert [(r["id"], r["step"], r["step_finish"].isoformat()) for r in rows] == steps
    assert [r["problems"] is None for r in found.to_pylist()] == [r["status"] != "error" for r in found.to_pylist()]
    assert polars.read_parquet(file).filter(polars.col("step").is_not_null()).height == len(steps)
    assert len(pandas.read_parquet(file, columns=["id", "step_finish"])) == found.num_rows
    database: Any = duckdb
    (counted,) = database.sql(f"select count(step), min(finish) from '{file}'").fetchall()
    assert counted[0] == len(steps) and isinstance(counted[1], date)
    assert pq.ParquetFile(file).metadata.num_row_groups == 1


def test_gzip_comes_in(table: Path, made: Path, tmp_path: Path) -> None:
    packed = tmp_path / "cohort.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes()))
    assert batch(packed, "-o", tmp_path / "a.jsonl", "-w", "1").returncode == 4
    assert (tmp_path / "a.jsonl").read_bytes() == (made / "a.jsonl").read_bytes()
    assert batch("-", "-o", "-", "-q", stdin=packed.read_bytes()).stdout == (made / "a.jsonl").read_bytes()
    packed.write_bytes(packed.read_bytes()[:80])
    done = batch(packed, "-o", tmp_path / "b.jsonl")
    assert done.returncode == 1 and b"gzip" in done.stderr and b"Traceback" not in done.stderr


def test_check_plans_nothing_and_finds_everything(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "in.csv", [{"id": f"p{i}", "role": "swee" if i % 2 else "swe"} for i in range(30)])
    for name in ("found.jsonl", "found.csv"):
        done = batch(table, "--check", "--errors", tmp_path / name)
        assert done.returncode == 4 and done.stderr.count(b"unknown role") == 15 and done.stdout == b""
    found = [json.loads(line) for line in (tmp_path / "found.jsonl").read_bytes().splitlines()]
    for finding in found:
        jsonschema.validate(finding, output_schema("findings"))
    assert [(f["row"], f["line"], f["person"]) for f in found][:2] == [(2, 3, "p1"), (4, 5, "p3")]
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as stream:
        assert [r["message"] for r in csv.DictReader(stream)] == [f["message"] for f in found]
    assert batch(table, "--check", "--limit", "1").returncode == 0
    assert {p.name for p in tmp_path.iterdir()} == {"in.csv", "found.jsonl", "found.csv"}


def test_errors_of_a_run_that_goes_on_are_all_there(tmp_path: Path) -> None:
    table, found = write_csv(tmp_path / "in.csv", people(30)), tmp_path / "found.jsonl"
    command = (table, "-o", tmp_path / "out.jsonl", "-w", "1", "--errors", found)
    assert batch(*command).returncode == 4
    whole, problems = (tmp_path / "out.jsonl").read_bytes(), found.read_bytes()
    (tmp_path / "out.jsonl").unlink()
    (tmp_path / "out.jsonl.part").write_bytes(whole[: len(whole) // 2])
    assert batch(*command, "--resume").returncode == 4
    assert (tmp_path / "out.jsonl").read_bytes() == whole and found.read_bytes() == problems
    assert [f["row"] for f in map(json.loads, problems.splitlines())] == [4, 11, 18, 25]


@pytest.mark.parametrize("name", ["found.jsonl", "found.csv"])
@pytest.mark.parametrize(
    "line", [b"[]", b"5", b'{"row":1}', b'{"row":"x"}', b"\x00", b"\xff", b'{"row":[4],"line":1}', b"row\nx"]
)
def test_what_was_found_before_is_believed_as_far_as_it_was_written_by_a_run(
    tmp_path: Path, name: str, line: bytes
) -> None:
    table, found = write_csv(tmp_path / "in.csv", people(12)), tmp_path / name
    command = (table, "-o", tmp_path / "out.jsonl", "-w", "1", "--errors", found)
    assert batch(*command).returncode == 4
    whole, problems = (tmp_path / "out.jsonl").read_bytes(), found.read_bytes()
    (tmp_path / "out.jsonl").unlink()
    (tmp_path / "out.jsonl.part").write_bytes(b"".join(whole.splitlines(keepends=True)[:8]))
    found.write_bytes(line)
    done = batch(*command, "--resume")
    assert done.returncode == 4, done.stderr
    assert found.read_bytes() in (
        problems,
        b"".join(p for p in problems.splitlines(keepends=True) if b"4" not in p[:9]),
    )


def answered(
    folder: Path, name: str, rows: Sequence[Mapping[str, str]], *more: str
) -> "subprocess.CompletedProcess[bytes]":
    return batch(write_csv(folder / "in.csv", rows), "-o", folder / name, "-w", "1", *more)


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet", "out/"])
def test_few_are_told_from_all_and_nothing_blocks_the_next_run(tmp_path: Path, name: str) -> None:
    bad: list[Mapping[str, str]] = [{"id": "a", "role": "swee"}, {"id": "b", "role": "x"}]
    good: list[Mapping[str, str]] = [{"id": "a", "role": "swe"}, {"id": "b", "role": "swe"}]
    unknown = answered(tmp_path, name, [{"rols": "swe"}])
    assert unknown.returncode == 1 and b'unknown column "rols"' in unknown.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"in.csv"}
    assert answered(tmp_path, name, bad).returncode == 1
    assert answered(tmp_path, name, [bad[0], good[1]]).returncode == 4
    again = answered(tmp_path, name, good)
    assert again.returncode == 2 and b"--force" in again.stderr
    if name == "out/":
        (tmp_path / name / "mine.txt").write_bytes(b"mine")
    assert answered(tmp_path, name, good, "--force").returncode == 0
    assert answered(tmp_path, name, good[:1], "--force").returncode == 0
    if name == "out/":
        assert {p.name for p in (tmp_path / name).glob("[!.r]*")} == {"a.md", "mine.txt"}
    assert answered(tmp_path, name, good, "--resume", "--force").returncode == 2


def test_infeasible_plans_are_counted_apart(tmp_path: Path) -> None:
    row = {"id": "a", "role": "new", "deadline": "2026-11-24", "hours_per_week": "1"}
    people = [row, {**row, "deadline": "", "hours_per_week": "10"}]
    for name in ("out.jsonl", "out"):
        done = answered(tmp_path, name, people)
        assert done.returncode == 0 and b"2 rows, 1 infeasible" in done.stderr
        assert b"2 rows, 1 infeasible" in answered(tmp_path, name, people, "--resume").stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--map", "role=Nope"), b'"Nope", which is not there'),
        (("--map", "rolle=role"), b'"rolle", which is not there'),
        (("--ignore", "Nope"), b'"Nope", which is not there'),
    ],
)
def test_what_is_mapped_must_be_there(tmp_path: Path, more: tuple[str, ...], said: bytes) -> None:
    done = answered(tmp_path, "out.jsonl", [{"id": "a", "role": "swe"}], *more)
    assert done.returncode == 1 and said in done.stderr


def test_standard_output_may_be_full_or_end(table: Path) -> None:
    command = " ".join([*COMMAND, str(table), "-o", "-", "-q", "--today", TODAY, "--detail", "full"])
    for tail, code, said in ((">/dev/full", 1, b"No space left"), ("| head -c 5; exit ${PIPESTATUS[0]}", 0, b"")):
        done = subprocess.run(["bash", "-c", f"{command} {tail}"], capture_output=True, env=warm())
        assert done.returncode == code and said in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) <= 2 and b"Traceback" not in done.stderr
    closed = subprocess.run(["bash", "-c", f"{command} >&-"], capture_output=True, env=warm())
    assert closed.returncode == 1 and b"standard output" in closed.stderr and b"Traceback" not in closed.stderr
