"""What comes out of a batch: records, Parquet, a folder with its roster; names, exit codes, what is said meanwhile."""

import csv
import json
import os
import pty
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.batch import codec, folder
from roadmap.batch.names import is_safe, safe_name
from roadmap.batch.work import Done
from roadmap.cli import batch_run
from roadmap.cli.batch_run import BatchRun
from tests.batches import COMMAND, TODAY, batch, people, records, warm, write_csv
from tests.in_process import roadmap

ROSTER = {"roster.csv", "roster.md", "roster.html", ".roadmap-batch.jsonl"}
HOSTILE = '=1+1|<script>alert(1)</script>../../etc\x1b[31m"&'


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "cohort.csv", people(8))


def test_parquet_of_whole_plans_holds_what_json_lines_hold(table: Path, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.parquet"):
        assert batch(table, "--output", tmp_path / name, "--detail", "full").returncode == 4
    expected = [{"plan": None, "problems": None, "own": None, **r} for r in records(tmp_path / "out.jsonl")]
    found = pq.read_table(tmp_path / "out.parquet").to_pylist(maps_as_pydicts="strict")
    assert found == expected


@pytest.mark.parametrize(
    ("form", "ending"), [("markdown", "md"), ("html", "html"), ("terminal", "txt"), ("json", "json"), ("ics", "ics")]
)
def test_a_folder_has_a_file_for_each_plan_and_a_roster(table: Path, tmp_path: Path, form: str, ending: str) -> None:
    done = batch(table, "--output", tmp_path / "out", "--format", form)
    assert done.returncode == 4, done.stderr
    files = {f"p{i}.{ending}" for i in range(8) if i % 7 != 3}
    assert {p.name for p in (tmp_path / "out").iterdir()} == files | ROSTER
    with (tmp_path / "out" / "roster.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [r["id"] for r in rows] == [f"p{i}" for i in range(8)]
    assert {r["file"] for r in rows} == files | {""}
    assert rows[0]["name"] == "Zoë 0"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", rows[0]["ready"])
    assert rows[0]["first_milestone"] and rows[0]["hours"]
    assert rows[3]["status"] == "error" and "swee" in rows[3]["note"]


class Links(HTMLParser):
    """Collects tags and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for key, value in attrs if key == "href"]


def test_hostile_text_stays_inside_the_folder_and_its_cells(tmp_path: Path) -> None:
    table = write_csv(
        tmp_path / "in.csv", [{"id": i, "name": HOSTILE, "role": "swe"} for i in (HOSTILE, "../../x", "/etc/x", "CON")]
    )
    out = tmp_path / "deep" / "out"
    assert batch(table, "--output", out, "--format", "json").returncode == 0
    assert {p.name for p in tmp_path.iterdir()} == {"in.csv", "deep"} and len(list(out.iterdir())) == 8
    page = Links((out / "roster.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags and len(page.links) == 4
    assert all(link and (out / link).exists() for link in page.links)
    markdown = (out / "roster.md").read_text(encoding="utf-8").splitlines()
    assert len(markdown) == 8 and all("<script" not in line.replace("\\<", "") for line in markdown)
    with (out / "roster.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
            assert "\x1b" not in str(row)


@given(st.text(max_size=300), st.integers(1, 10**9))
def test_a_file_name_is_safe_everywhere(text: str, row: int) -> None:
    name = safe_name(text, row)
    assert is_safe(name) and name == safe_name(name, row)
    assert len(name.encode()) <= 100
    assert not set(name) & set('<>:"/\\|?*\0') and name.casefold() == name and not name.endswith((".", " "))
    assert name.split(".")[0] not in ("con", "nul", "com1", "roster")


def test_collisions_are_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    ids = ("Ada", "ada", "ADA", "ada-3", "STRASSE", "straße")
    table = write_csv(tmp_path / "in.csv", [{"id": i, "role": "swe"} for i in ids])
    done = batch(table, "--output", tmp_path / "out", "--format", "json")
    assert done.returncode == 0 and b"4 file names were taken" in done.stderr
    names = {p.name for p in (tmp_path / "out").glob("*.json")}
    assert names == {"ada.json", "ada-2.json", "ada-3.json", "ada-3-4.json", "strasse.json", "strasse-6.json"}


def test_without_names_nobody_is_named(table: Path, tmp_path: Path) -> None:
    for name in ("out", "out.jsonl"):
        assert batch(table, "--output", tmp_path / name, "--no-names", "-q").returncode == 4
    everything = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir())
    everything += (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "Zoë" not in everything and '"p0"' not in everything
    assert (tmp_path / "out" / "1.md").exists()


def test_one_bad_row_is_one_outcome_with_all_its_problems(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,Role,Hours\nx,swee,99\ny,swe,8\n", encoding="utf-8")
    done = batch(
        tmp_path / "in.csv", "-o", "-", "--map", "role=Role", "--map", "Hours=hours_per_week", "--detail", "full"
    )
    assert done.returncode == 4
    bad, good = (json.loads(line) for line in done.stdout.splitlines())
    assert [(p["row"], p["line"], p["column"], p["id"]) for p in bad["problems"]] == [
        (1, 2, "Role", "unknown-role"),
        (1, 2, "Hours", "out-of-range"),
    ]
    assert 'did you mean "swe"?' in bad["problems"][0]["hint"]
    assert good["plan"]["profile"]["hours_per_week"] == 8
    assert b"row 1 (line 2), column Role: unknown role" in done.stderr and b"2 rows, 1 with problems" in done.stderr


def test_defaults_fill_gaps_and_are_checked_first(tmp_path: Path) -> None:
    lines = b'{"name": "Ada"}\n{"role": "new", "skills": {"sql": 2}}\n'
    done = batch(
        "-", "-o", "-", "--default", "role=swe", "--default", "skills.rag=3", "--detail", "full", "-q", stdin=lines
    )
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = (json.loads(line)["plan"]["profile"] for line in done.stdout.splitlines())
    assert (first["role"], first["skills"]["rag"]) == ("swe", 3)
    assert second["role"] == "new" and "rag" not in second["skills"]
    wrong = batch("-", "-o", "-", "--default", "role=swee", stdin=lines)
    assert (wrong.returncode, b'did you mean "swe"?' in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--output", "x.md"),
        ("--output", "x.csv", "--detail", "full"),
        ("--output", "x", "--detail", "full"),
        (),
        ("--check", "--output", "x.jsonl"),
        ("--output", "x.jsonl", "--format", "html"),
        ("--output", "x.jsonl", "--map", "rolle=Role"),
        ("--output", "x.jsonl", "--engine", "dask"),
        ("--output", "s3://x/y.jsonl"),
        ("--output", "part-*.jsonl"),
        ("--output", "."),
        ("--output", "cohort.csv", "--force"),
        ("--output", "./cohort.csv", "--force"),
        ("--output", "x.jsonl", "--errors", "cohort.csv"),
        ("--output", "x.jsonl", "--errors", "x.jsonl"),
        ("--output", "x.jsonl", "--errors", "-"),
        ("--check", "--errors", "problems.parquet"),
    ],
)
def test_misuse_is_explained_and_writes_nothing(
    table: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, content = set(table.parent.iterdir()), table.read_bytes()
    monkeypatch.chdir(table.parent)
    done = roadmap("batch", str(table), *arguments)
    assert done.returncode == 2 and done.stderr and "Traceback" not in done.stderr
    assert set(table.parent.iterdir()) == before and table.read_bytes() == content


@pytest.mark.parametrize("arguments", [("--check",), ("--output", "out.jsonl")])
def test_a_mapping_to_nothing_is_an_error_where_rows_have_keys_of_their_own(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "in.jsonl"
    source.write_text('{"role": "swe"}\n{"role": "new", "who": "Ada"}\n')
    assert roadmap("batch", str(source), *arguments, "--map", "name=who").returncode == 0
    done = roadmap("batch", str(source), *arguments, "--force", "--map", "name=whom")
    assert done.returncode == 1 and '"whom", which no row has' in done.stderr


def test_a_column_that_is_not_there_is_told_with_the_option_that_names_it(table: Path) -> None:
    ignored = roadmap("batch", str(table), "--check", "--ignore", "Email")
    assert '--ignore names the column "Email"' in ignored.stderr and "--map names" not in ignored.stderr
    assert '--map names the column "Job"' in roadmap("batch", str(table), "--check", "--map", "role=Job").stderr


def test_a_terminal_sees_a_bar_and_a_build_sees_lines(table: Path, tmp_path: Path) -> None:
    command = [*COMMAND, str(table), "--today", TODAY, "--workers", "1", "--output"]
    shown = {}
    for name, ci in (("bar", ""), ("lines", "1")):
        ours, theirs = pty.openpty()
        output = str(tmp_path / f"{name}.jsonl")
        subprocess.run([*command, output], stdout=theirs, stderr=theirs, env=warm(CI=ci), check=False)
        os.close(theirs)
        shown[name] = os.read(ours, 100_000).decode()
        os.close(ours)
    assert "rows/s" in shown["bar"] and "━" in shown["bar"]
    assert "━" not in shown["lines"] and "\x1b" not in shown["lines"]
    assert all("8 rows, 1 with problems" in text for text in shown.values())


numbers = st.floats(1e-4, 1e12) | st.integers(-(2**53), 2**53) | st.just(0.0)
values = st.recursive(
    numbers | st.none() | st.booleans() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)


def test_a_folder_that_was_cut_off_goes_on_where_it_stood(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert batch(table, "--output", whole, "--format", "markdown").returncode == 4
    add = folder.Folder.add

    def until_the_sixth(self: folder.Folder, done: Done) -> None:
        if self.done == 5:
            self._journal.write(b'{"half a line')
            raise KeyboardInterrupt
        add(self, done)

    with monkeypatch.context() as patched:
        patched.setattr(folder.Folder, "add", until_the_sixth)
        stopped = batch(table, "--output", cut, "--format", "markdown")
    assert (stopped.returncode, b"--resume to go on" in stopped.stderr) == (130, True)
    assert not (cut / "roster.csv").exists()
    gone_on = batch(table, "--output", cut, "--format", "markdown", "--resume")
    assert gone_on.returncode == 4, gone_on.stderr
    assert {p.name: p.read_bytes() for p in cut.iterdir()} == {p.name: p.read_bytes() for p in whole.iterdir()}
    (tmp_path / "file").write_text("x")
    assert b"is a file" in batch(table, "--output", tmp_path / "file", "--format", "markdown").stderr
    again = batch(table, "--output", cut, "--format", "markdown", "--force")
    assert (again.returncode, {p.name for p in cut.iterdir()}) == (4, {p.name for p in whole.iterdir()})


def test_what_was_stopped_on_standard_output_cannot_be_gone_on_with(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(BatchRun, "_count", stopped)
    done = batch(table, "--output", "-")
    assert (done.returncode, b"Stopped after 0 rows." in done.stderr, b"--resume" in done.stderr) == (130, True, False)


def test_a_long_run_says_now_and_then_how_far_it_is(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "EVERY", 0.0)
    lines = batch(table, "--output", tmp_path / "a.jsonl", CI="1").stderr.decode()
    assert re.search(r"^5 rows, 1 with problems, [\d,]+ rows/s, about \d+ s left$", lines, re.MULTILINE)
    assert batch_run._left(0.5, 600) == ", about 10 min left" and batch_run._left(None, 9) == ""
    monkeypatch.setattr(batch_run, "is_terminal", lambda _: True)
    bar = batch(table, "--output", tmp_path / "b.jsonl", CI="", TERM="xterm").stderr.decode()
    assert "rows/s" not in bar and (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_a_folder_of_profiles_is_told_from_another_by_all_that_is_in_it(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out.jsonl"
    source.mkdir()
    (source / "a.yaml").write_text("role: swe\n")
    (source / "inner").mkdir()
    assert batch(source, "--output", output).returncode == 0
    assert b"nothing to do" in batch(source, "--output", output, "--resume").stderr
    (source / "b.yaml").write_text("role: new\n")
    other = batch(source, "--output", output, "--resume")
    assert (other.returncode, b"another input" in other.stderr) == (1, True)


@given(values)
def test_both_json_libraries_write_the_same_bytes(value: object) -> None:
    fast, library = codec.dumps(value), codec.orjson
    codec.orjson = None
    try:
        assert codec.dumps(value) == fast
        assert codec.loads(fast) == json.loads(fast)
    finally:
        codec.orjson = library


def test_the_same_plans_with_and_without_the_fast_library(table: Path) -> None:
    script = (
        "import importlib.util as util; found = util.find_spec\n"
        "util.find_spec = lambda name, package=None: None if name == 'orjson' else found(name, package)\n"
        "from roadmap.cli.app import main; main()"
    )
    command = [sys.executable, "-c", script, "batch", str(table), "-o", "-", "--workers", "1", "--today", TODAY]
    slow = subprocess.run(command, capture_output=True, env=warm())
    assert slow.stdout == batch(table, "-o", "-", "--workers", "1").stdout != b""


def begun(folder: Path) -> dict[str, object]:
    """The settings of a finished run, as one has them that is not finished."""
    found = json.loads((folder / ".roadmap-batch.jsonl").read_bytes().splitlines()[0])
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key != "finished"}


@pytest.mark.parametrize(
    "finished", ['["x",0,0]', "5", "{}", "[1,2,3,4]", "[[1],null]", "[-1,0]", "null", "[true,false]"]
)
def test_a_run_whose_end_was_edited_is_no_finished_one(table: Path, tmp_path: Path, finished: str) -> None:
    """Each was a bug with --resume."""
    out = tmp_path / "out"
    assert batch(table, "--output", out).returncode == 4
    whole = json.dumps(begun(out))[:-1] + f', "finished": {finished}}}\n'
    (out / ".roadmap-batch.jsonl").write_text(whole, encoding="utf-8")
    done = batch(table, "--output", out, "--resume")
    assert done.returncode == 2 and b"nothing tells what it was made from" in done.stderr, done.stderr
    assert batch(table, "--output", out, "--force").returncode == 4


@pytest.mark.parametrize(
    "line",
    [
        b'{"row":1}',
        b"[]",
        b"5",
        b"gar}",
        b"\xff}",
        b'{"row":"x","id":"a","status":"feasible","file":5}',
        b'{"row":1,"id":[],"status":{},"file":"p0.md"}',
        b'{"row":2,"id":"p1","status":"feasible","file":"p1.md"}',
        b'{"row":1,"id":"p0","status":"feasible","file":"p0.md","own":[1]}',
        b'{"row":1,"id":"p0","status":"feasible","file":"p0.md"}{"row":2}',
    ],
)
@pytest.mark.parametrize("how", [(), ("--resume",), ("--force",)])
def test_a_journal_that_was_edited_is_believed_as_far_as_it_can_be(
    table: Path, tmp_path: Path, line: bytes, how: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    assert batch(table, "--output", out).returncode == 4
    files = {p.name: p.read_bytes() for p in out.iterdir()}
    for name in ROSTER - {".roadmap-batch.jsonl"}:
        (out / name).unlink()
    head = json.dumps(begun(out)).encode()
    (out / ".roadmap-batch.jsonl").write_bytes(head + b"\n" + line + b"\n" + line + b"\n")
    for file in out.glob("*.md"):
        file.unlink()
    done = batch(table, "--output", out, *how)
    assert done.returncode == 4, done.stderr
    assert {p.name: p.read_bytes() for p in out.iterdir()} == files


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_roster_that_a_spreadsheet_saved_in_its_own_way_stops_nobody(
    table: Path, tmp_path: Path, encoding: str
) -> None:
    out = tmp_path / "out"
    assert batch(table, "--output", out).returncode == 4
    text = (out / "roster.csv").read_text(encoding="utf-8-sig")
    (out / "roster.csv").write_bytes(text.encode(encoding, "replace"))
    done = batch(table, "--output", out, "--force")
    assert done.returncode == 4, done.stderr


@pytest.mark.parametrize("line", [b'{"row":1,garbage}', b'{"row":1,"id":"a"}', b'{"row":1,"status":5,"plan":[1]}'])
@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_a_part_that_was_edited_is_gone_on_with_from_its_last_record(
    table: Path, tmp_path: Path, name: str, line: bytes
) -> None:
    assert batch(table, "--output", tmp_path / name).returncode == 4
    whole, state = (tmp_path / name).read_bytes(), tmp_path / f".{name}.state"
    (tmp_path / name).unlink()
    settings = {k: v for k, v in json.loads(state.read_bytes()).items() if k != "finished"}
    state.write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / f"{name}.part").write_bytes(line + b"\n")
    done = batch(table, "--output", tmp_path / name, "--resume")
    assert done.returncode == 4, done.stderr
    assert (tmp_path / name).read_bytes() == whole
