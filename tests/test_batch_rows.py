"""Every way in: tables, lists, folders and frames become the same rows, and what is broken is one row's matter."""

import csv
import io
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.batch.csv_file import open_quote
from roadmap.batch.frames import from_record
from roadmap.batch.lists import LONGEST_LIST
from roadmap.batch.row import LONGEST_ROW, Reading, Row
from roadmap.batch.rows import Kind, open_rows
from roadmap.errors import RoadmapError, UsageError
from tests.batches import rows


def only(found: list[Row]) -> Row:
    assert len(found) == 1
    return found[0]


def test_a_csv_row_has_keys_nested_by_dots_or_json() -> None:
    text = (
        "id,role,skills.rag,goals,breaks.0.from,breaks.0.to,holds\n"
        '7,swe,3,"job, agents",2026-12-20,2027-01-03,"[""AI-102""]"\n'
    )
    row = only(rows(text, Kind.CSV))
    assert (row.number, row.line, row.id, row.faults) == (1, 2, "7", ())
    assert row.answers == {
        "role": "swe",
        "skills": {"rag": "3"},
        "goals": "job, agents",
        "breaks": [{"from": "2026-12-20", "to": "2027-01-03"}],
        "holds": ["AI-102"],
    }


@pytest.mark.parametrize("cell", ['"{""rag"": 3}"', "{rag: 3}"])
def test_a_cell_may_hold_json_or_yaml(cell: str) -> None:
    assert only(rows(f"role,skills\nswe,{cell}\n", Kind.CSV)).answers == {"role": "swe", "skills": {"rag": 3}}


def test_a_name_in_brackets_stays_a_name() -> None:
    assert only(rows("role,name\nswe,[bot]\n", Kind.CSV)).answers == {"role": "swe", "name": "[bot]"}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_from_any_spreadsheet(mark: str, delimiter: str, newline: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerows([["name", "role"], ["Ada,\nLovelace; Zoë", "swe"], ["Ben", "new"]])
    found = rows(mark + out.getvalue(), Kind.CSV)
    assert [r.answers for r in found] == [
        {"name": "Ada,\nLovelace; Zoë", "role": "swe"},
        {"name": "Ben", "role": "new"},
    ]
    assert [r.line for r in found] == [2, 4]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_any_text_survives_csv(names: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "role", "name"], *(["x", "swe", n] for n in names)])
    found = rows(out.getvalue(), Kind.CSV)
    assert [(r.answers or {}).get("name", "") for r in found] == [n.strip() for n in names]


def test_one_bad_csv_row_is_one_row() -> None:
    text = b'role,name\nswe\nnew,"open"x\nswe,\xff\xfe\n\nnew,Ben\n'
    found = rows(text, Kind.CSV)
    assert [[f.id for f in r.faults] for r in found] == [["wrong-columns"], ["bad-syntax"], ["not-utf-8"], []]
    assert [r.number for r in found] == [1, 2, 3, 4]
    assert found[2].column(("name",)) == "name"
    assert found[3].answers == {"role": "new", "name": "Ben"}


def test_a_quote_that_never_ends_takes_its_row_and_not_the_memory() -> None:
    text = 'role,name\nswe,"' + "x" * 300_000 + "\nnew,Ben\n"
    found = rows(text, Kind.CSV)
    assert [f.id for f in found[0].faults] == ["bad-syntax"]
    assert found[-1].answers == {"role": "new", "name": "Ben"}


@pytest.mark.parametrize(
    ("text", "begins", "opens", "closed"),
    [
        ('role,name\nswe,Ada\nnew,"Ben\n' + "swe,Cy\n" * 400_000, 3, 3, "not closed within 100,000 characters"),
        ('role,name\nswe,"Ada\nL","x","\n' + "new,Cy\n" * 400_000, 2, 3, "not closed within 100,000 characters"),
        ('role,name\nswe,"Ada ""L\nnew,Cy\n', 2, 2, "never closed"),
    ],
    ids=["a table", "a cell of two lines before it", "a short one"],
)
def test_a_quote_that_is_never_closed_ends_the_table_and_is_told_with_its_line(
    text: str, begins: int, opens: int, closed: str
) -> None:
    """All of it was read on as if the quote had been closed: half a minute for fourteen megabytes."""
    begun = time.process_time()
    last = rows(text, Kind.CSV)[-1]
    assert time.process_time() - begun < 1
    assert last.line == begins and [f.id for f in last.faults] == ["bad-syntax"]
    assert f"the quote that opens on line {opens} is {closed}" in last.faults[0].message


@given(st.lists(st.text('",a', max_size=6), max_size=4))
def test_a_quote_is_open_where_the_library_for_csv_says_so(lines: list[str]) -> None:
    text = [f"{line}\n" for line in lines]
    try:
        list(csv.reader(text, strict=True))
        assert open_quote(text, ",") is None
    except csv.Error as error:
        if "end of data" in str(error):
            assert open_quote(text, ",") is not None
            list(csv.reader([*text, '"'], strict=True))


def test_a_heading_that_nobody_understands_ends_the_run_with_hints() -> None:
    with pytest.raises(RoadmapError) as caught:
        rows("rolle,email,role,role\n", Kind.CSV)
    assert 'unknown column "rolle": did you mean "role"?' in caught.value.message
    assert 'unknown column "email"' in caught.value.message
    assert 'the column "role" is there twice' in caught.value.message
    assert "--map" in caught.value.hint


def test_utf_16_is_read() -> None:
    assert only(rows("role;name\nswe;Zoë\n".encode("utf-16"), Kind.CSV)).answers == {"role": "swe", "name": "Zoë"}


def test_columns_are_renamed_ignored_and_filled() -> None:
    reading = Reading({"Hours": "hours_per_week", "RAG": "skills.rag"}, {"role": "swe"}, frozenset({"*"}))
    row = only(rows("Hours,RAG,email,role\n80,2,x@example.org,\n", Kind.CSV, reading))
    assert row.answers == {"hours_per_week": "80", "skills": {"rag": "2"}, "role": "swe"}
    assert row.column(("hours_per_week",)) == "Hours"
    assert row.column(("skills", "rag")) == "RAG"
    nested = only(rows('{"Hours": 80, "email": "x", "role": null, "RAG": 2}', Kind.JSONL, reading))
    assert nested.answers == {"hours_per_week": 80, "skills": {"rag": 2}, "role": "swe"}
    assert nested.column(("hours_per_week",)) == "Hours"


def test_a_key_given_twice_is_told() -> None:
    row = only(rows('role,skills,skills.rag\nswe,"{""sql"": 1}",2\n', Kind.CSV))
    assert (row.answers, row.faults) == ({"role": "swe", "skills": {"sql": 1, "rag": "2"}}, ())
    row = only(rows("role,skills,skills.rag\nswe,sql=1,2\n", Kind.CSV))
    assert [f.id for f in row.faults] == ["duplicate-key"]


def test_json_lines_with_mark_blank_and_broken_lines() -> None:
    text = b'\xef\xbb\xbf{"role": "swe", "id": 7}\n\n{"role"\n[1]\n{"a": "\xff"}\n' + b'{"name": "\\ud800"}'
    found = rows(text, Kind.JSONL)
    assert [r.line for r in found] == [1, 3, 4, 5, 6]
    assert (found[0].id, found[0].answers) == ("7", {"role": "swe"})
    assert [[f.id for f in r.faults] for r in found[1:]] == [["bad-syntax"], ["wrong-type"], ["bad-syntax"], []]


def test_a_row_without_end_is_one_row() -> None:
    text = b'{"name": "' + b"x" * (2 * LONGEST_ROW + 5) + b'"}\n{"role": "new"}\n'
    found = rows(text, Kind.JSONL)
    assert [[f.id for f in r.faults] for r in found] == [["too-large"], []]


@pytest.mark.parametrize("id_", ["true", "[1]", "1.5", json.dumps("x" * 201)])
def test_an_id_is_short_text_or_a_whole_number(id_: str) -> None:
    row = only(rows(f'{{"role": "swe", "id": {id_}}}', Kind.JSONL))
    assert [f.path for f in row.faults] == [("id",)]


def test_yaml_lists_are_read_item_by_item() -> None:
    text = (
        "# cohort\n---\n- role: swe\n  skills: {rag: 3}\n- {role: new}\n\n"
        "- role: [\n- name: |\n    a\n    - b\n  role: swe\n"
    )
    found = rows(text, Kind.YAML)
    assert [r.line for r in found] == [3, 5, 7, 8]
    assert found[0].answers == {"role": "swe", "skills": {"rag": 3}}
    assert found[1].answers == {"role": "new"}
    assert [f.id for f in found[2].faults] == ["bad-syntax"]
    assert found[3].answers == {"name": "a\n- b\n", "role": "swe"}


def test_json_lists_are_read_item_by_item() -> None:
    text = '[\n {"role": "swe", "name": "Zoë"},\n 5,\n\n {"role": "new"} ]\n'
    assert [(r.line, r.answers) for r in rows(text, Kind.YAML)] == [
        (2, {"role": "swe", "name": "Zoë"}),
        (3, None),
        (5, {"role": "new"}),
    ]
    assert rows("[ ]", Kind.YAML) == [] == rows("\ufeff[]", Kind.YAML)
    wide = [{"role": "swe", "name": "x" * n} for n in range(0, 140_000, 20_000)]
    assert [r.answers for r in rows(json.dumps(wide), Kind.YAML)] == wide


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        (',\n{"role": }]', "Expecting value (line 2); the rest"),
        ("", "Expecting value (line 1)"),
        (',{"name": "\udcff"}]', "not UTF-8 text"),
        ("," + "[" * 100_000, "recursion"),
        (',"' + "x" * 2 * LONGEST_ROW + '"]', "Unterminated string"),
    ],
)
def test_a_json_list_that_breaks_off_is_read_up_to_there(tail: str, message: str) -> None:
    good, bad = rows(('[{"role": "swe"}' + tail).encode("utf-8", "surrogateescape"), Kind.YAML)
    assert good.answers == {"role": "swe"} and message in bad.faults[0].message


def test_yaml_in_brackets_and_indented_yaml() -> None:
    assert [r.answers for r in rows("[{role: swe}, {role: new}]", Kind.YAML)] == [{"role": "swe"}, {"role": "new"}]
    with pytest.raises(RoadmapError, match="not valid YAML"):
        rows("[{role: swe}", Kind.YAML)
    with pytest.raises(RoadmapError, match="over 5,000,000"):
        rows("[{role: swe}" + " " * LONGEST_LIST + "]", Kind.YAML)
    assert [r.answers for r in rows("  - role: swe\n  - role: new\n", Kind.YAML)] == [{"role": "swe"}, {"role": "new"}]
    with pytest.raises(RoadmapError, match="a list of profiles is needed"):
        rows("role: swe\n", Kind.YAML)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"role": "new"}')
    (tmp_path / "a.yaml").write_text("role: swe\nid: Ada\n")
    (tmp_path / "c.yml").write_bytes(b"role: \xff")
    (tmp_path / "notes.md").write_text("no profile")
    found = list(open_rows(str(tmp_path), Reading()).rows)
    assert [(r.id, r.answers) for r in found] == [("Ada", {"role": "swe"}), ("b", {"role": "new"}), ("c", None)]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2]),
            "role": pa.array(["swe", None]),
            "start": pa.array([pandas.Timestamp("2026-12-01"), None], pa.timestamp("us")),
            "deadline": pa.array([date(2028, 1, 1), None]),
            "hours_per_week": pa.array([7.5, float("nan")]),
            "skills": pa.array([[("rag", 3)], None], pa.map_(pa.string(), pa.int64())),
            "goals": pa.array([["job"], None]),
        }
    )
    pq.write_table(table, tmp_path / "c.parquet")
    found = list(open_rows(str(tmp_path / "c.parquet"), Reading()).rows)
    assert found[0].answers == {
        "role": "swe",
        "start": date(2026, 12, 1),
        "deadline": date(2028, 1, 1),
        "hours_per_week": 7.5,
        "skills": {"rag": 3},
        "goals": ["job"],
    }
    assert (found[1].id, found[1].answers) == ("2", {})


def test_frames_of_pandas_and_numpy() -> None:
    frame = pandas.DataFrame(
        {"role": ["swe", None], "hours_per_week": [8, 9], "deadline": [pandas.Timestamp("2028-01-01"), pandas.NaT]}
    )
    first, second = (from_record(r, 1, Reading()) for r in frame.to_dict("records"))
    assert first.answers == {"role": "swe", "hours_per_week": 8, "deadline": date(2028, 1, 1)}
    assert second.answers == {"hours_per_week": 9}
    row = from_record(
        {"hours_per_week": numpy.float32(2.5), "goals": numpy.array(["job"]), "cloud": pandas.NA}, 1, Reading()
    )
    assert row.answers == {"hours_per_week": 2.5, "goals": ["job"]}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("role\nswe\n", {"role"}),
        ('{"role": "swe"}\n', {"role"}),
        ("- role: swe\n", {"role"}),
        ('[{"role": 1}]', {"role"}),
    ],
)
def test_standard_input_is_recognised(text: str, keys: set[str]) -> None:
    found = list(open_rows("-", Reading(), stdin=io.BytesIO(text.encode())).rows)
    assert set(only(found).answers or {}) == keys


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError, match="no such file"):
        open_rows(str(tmp_path / "none.csv"), Reading())
    with pytest.raises(RoadmapError, match="no profiles in this folder"):
        open_rows(str(tmp_path), Reading())
    with pytest.raises(UsageError, match="standard input"):
        rows(b"PAR1", Kind.PARQUET)


def test_what_is_no_parquet_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.parquet").write_bytes(b"nothing")
    with pytest.raises(RoadmapError, match="not a Parquet file"):
        open_rows(str(tmp_path / "x.parquet"), Reading())
    monkeypatch.setattr("roadmap.batch.parquet.find_spec", lambda _: None)
    with pytest.raises(UsageError, match="needs pyarrow"):
        open_rows(str(tmp_path / "x.parquet"), Reading())


NAME = b"Zo\xc3\xab" + b"x" * 150
BIG = {
    "csv": (b"role,name\n", b'swe,"' + NAME + b'\n%d"\n', b""),
    "jsonl": (b"", b'{"role": "swe", "name": "' + NAME + b'%d"}\n', b""),
    "json": (b"[{}", b',\n{"role": "swe", "name": "' + NAME + b'%d"}', b"]"),
    "yaml": (b"", b"- role: swe\n  name: %d\n  note: |\n" + (b"    " + NAME + b"\n") * 500, b""),
}


@pytest.mark.parametrize("ending", BIG)
def test_thirty_megabytes_are_never_held(tmp_path: Path, ending: str) -> None:
    first, line, last = BIG[ending]
    count = 30_000_000 // len(line)
    file = tmp_path / f"big.{ending}"
    with file.open("wb") as stream:
        stream.writelines([first, *(line % i for i in range(count)), last])
    script = (
        "import resource, sys\n"
        "from roadmap.batch.row import Reading\n"
        "from roadmap.batch.rows import open_rows\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "source = open_rows(sys.argv[1], Reading())\n"
        "print(sum(row.answers is not None for row in source.rows), source.share())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    # A shell in between, since a process inherits the high-water mark of the one it was forked from.
    call = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script, str(file)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    read, share, held = done.stdout.split()
    assert (int(read), share) == (count + (ending == "json"), "1.0")
    assert int(held) < 5_000 * (1024 if sys.platform == "darwin" else 1)
