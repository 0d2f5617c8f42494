"""Files found, read, written and compiled: what a person is told when one is not what it should be."""

import csv
import gc
import io
import os
import pickle
import re
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from roadmap.errors import RoadmapError
from roadmap.loading import compiled, positions, source
from roadmap.loading.check_file import check_file
from roadmap.loading.load import load_catalogue, load_profile, read_postings
from roadmap.loading.places import find_plan, near
from roadmap.loading.positions import parse, unswept
from roadmap.loading.schemas import schema_of
from roadmap.loading.source import ENTRY, folder, own_overlays, read_text, stdin_text
from roadmap.loading.writing import write_whole
from roadmap.model.catalogue import Catalogue
from tests.builders import TODAY
from tests.in_process import roadmap

SMALL = """version: "1"
as_of: 2027-01-01
pace: {median: 1.25, p80: 1.5, because: told, source: us}
worth: {depth: 0.1, domain: 0.1, least: 0.001}
sources:
  - {id: us, title: Us, as_of: 2027-01-01, confidence: high}
"""


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: Zo\xeb\n")
    for name, said in {
        "latin.yaml": "not UTF-8 text (byte 9)",
        "none.yaml": "no such file",
        ".": "is a folder, not a file",
        "x" * 300: "cannot be read (File name too long)",
        "a\0b": "is no name of a file",
    }.items():
        with pytest.raises(RoadmapError) as told:
            read_text(tmp_path / name)
        assert said in told.value.message and told.value.hint
        assert len(told.value.message) < 300 + len(str(tmp_path))


def test_files_of_the_same_kind_are_named_where_one_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.yaml", "a.yaml", ".hidden.yaml", "c.txt"):
        (tmp_path / name).touch()
    with pytest.raises(RoadmapError) as told:
        read_text(tmp_path / "z.yaml")
    assert told.value.hint == "here are: a.yaml, b.yaml"

    def closed(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", closed)
    with pytest.raises(RoadmapError, match="no such file") as told:
        read_text(tmp_path / "z.yaml")
    assert told.value.hint == "check the path"


@pytest.mark.parametrize(
    ("raw", "said"), [(b"role: Zo\xeb", r"not UTF-8 text \(byte 9\)"), (None, r"cannot be read \(Input/output error\)")]
)
def test_a_pipe_that_cannot_be_read_says_why(raw: bytes | None, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Broken() if raw is None else io.BytesIO(raw)))
    with pytest.raises(RoadmapError, match=said) as told:
        stdin_text()
    assert told.value.hint


def test_a_broken_installation_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_PACKAGE", tmp_path / "src" / "roadmap")
    with pytest.raises(RoadmapError, match="the data of roadmap are missing") as told:
        folder("data")
    assert "install" in told.value.hint


def test_overlays_of_ones_own_lie_in_the_folder_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROADMAP_CONFIG")
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_: tmp_path / name)
    mine = tmp_path / "career-roadmap" / "overlays"
    mine.mkdir(parents=True)
    for name in ("b.yaml", "a.yaml", "c.txt"):
        (mine / name).touch()
    assert own_overlays() == [mine / "a.yaml", mine / "b.yaml"]
    monkeypatch.setenv("ROADMAP_CONFIG", "")
    assert own_overlays() == []


@pytest.mark.parametrize("told", ["Could not determine home directory.", ""])
def test_who_has_no_home_has_no_folders_in_it(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under a bare number in a container: nothing is kept, and nothing is looked for in the folder at hand."""

    def none(*_: object, **__: object) -> Path:
        if told:
            raise RuntimeError(told)
        return Path("career-roadmap")

    for name in ("ROADMAP_CACHE", "ROADMAP_CONFIG"):
        monkeypatch.delenv(name)
    for kind in ("cache", "config"):
        monkeypatch.setattr(f"platformdirs.user_{kind}_path", none)
    assert compiled.cache_folder() is None and own_overlays() == []


def test_a_folder_that_may_not_be_entered_holds_no_plan_and_no_overlay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with the HOME of somebody else; the folders above are looked at all the same."""
    inner = tmp_path / "theirs"
    inner.mkdir()
    (tmp_path / "me.roadmap.yaml").touch()
    really = Path.glob

    def closed(self: Path, pattern: str) -> object:
        if self == inner or self.name == "overlays":
            raise PermissionError(13, "Permission denied")
        return really(self, pattern)

    monkeypatch.setattr(Path, "glob", closed)
    assert find_plan(inner) == tmp_path / "me.roadmap.yaml"
    assert own_overlays() == []


def test_plans_are_looked_for_here_then_among_people_then_upwards(tmp_path: Path) -> None:
    here = tmp_path / "a" / "b"
    (here / "people").mkdir(parents=True)
    assert near(here) == []
    (tmp_path / "a" / "up.roadmap.yaml").touch()
    assert near(here) == [tmp_path / "a" / "up.roadmap.yaml"]
    (here / "people" / "z.roadmap.yaml").touch()
    (here / "people" / "b.roadmap.yaml").touch()
    assert near(here) == [here / "people" / "b.roadmap.yaml", here / "people" / "z.roadmap.yaml"]
    (here / "me.roadmap.yaml").touch()
    assert near(here) == [here / "me.roadmap.yaml"]


@pytest.mark.parametrize("what", ["file", "pipe"])
def test_a_text_larger_than_any_is_not_read_to_its_end(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST", 2_000_000)
    path = tmp_path / "endless.yaml"
    path.write_bytes(b"x" * 2_000_001)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    with pytest.raises(RoadmapError, match="is larger than 2 MB") as told:
        read_text(path) if what == "file" else stdin_text()
    assert told.value.hint
    path.write_bytes(b"x" * 2_000_000)
    assert len(read_text(path)) == 2_000_000


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """A file in its place would end it for everybody who reads there."""
    os.mkfifo(pipe := tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"all of it")
    reader.join(10)
    assert got == [b"all of it"] and pipe.is_fifo() and [p.name for p in tmp_path.iterdir()] == ["pipe"]


# --- text to data ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[" * 2000 + "]" * 2000, "{a: " * 2000 + "}" * 2000])
def test_without_the_quick_parser_a_deep_file_is_a_problem_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one written in Python, which stands in where no other was built, climbs until the interpreter stops it."""
    monkeypatch.setattr(positions, "_LOADER", yaml.SafeLoader)
    assert [(p.id, p.severity) for p in parse(text, "deep").problems] == [("too-deep", "error")]


def test_a_fault_within_a_word_points_at_the_word(catalogue: Catalogue) -> None:
    """Short forms hold several values in one text, which has no places inside."""
    _, problems = load_profile("role: swe\nskills: rag=9\n", "me.yaml", catalogue, TODAY)
    assert [(p.id, p.line, p.column) for p in problems] == [("bad-level", 2, 9)]


def test_no_search_for_garbage_is_begun_by_reading_where_there_was_none() -> None:
    assert gc.isenabled()
    gc.disable()
    try:
        with unswept(large=False):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
    with unswept(large=False):
        assert not gc.isenabled()
    assert gc.isenabled()


# --- whole catalogues ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("include: 5\n", ("wrong-type", 7, "include must be a list")),
        ("include: more.yaml\n", ("wrong-type", 7, "include must be a list")),
        ("include: {a: b}\n", ("wrong-type", 7, "include must be a list")),
        ("include:\n", ("wrong-type", 7, "include must be a list")),
        ("include: [none.yaml]\n", ("unreadable", 0, "none.yaml: no such file")),
        ("include: [more.yaml]\n", ("wrong-type", 1, "a catalogue file must hold keys such as modules:")),
        ("modulos: []\n", ("unknown-key", 7, 'unknown key "modulos"')),
        ("retire: {modules: [a]}\n", ("unknown-key", 7, 'unknown key "retire"')),
        ("modules: {a: b}\n", ("wrong-type", 7, "modules must be a list of entries")),
        ("postings: {file: none.csv, what: jobs, period: autumn}\n", ("unreadable", 0, "none.csv: no such file")),
    ],
)
def test_a_catalogue_of_ones_own_says_what_is_wrong_with_it(
    more: str, found: tuple[str, int, str], tmp_path: Path
) -> None:
    (tmp_path / "more.yaml").write_text("- a\n", encoding="utf-8")
    whole = tmp_path / "whole.yaml"
    whole.write_text(SMALL + more, encoding="utf-8")
    (problem,) = [p for p in check_file(whole, TODAY) if p.severity == "error"]
    assert (problem.id, problem.line) == found[:2] and found[2] in problem.message


def test_a_catalogue_without_a_header_is_told_and_one_with_a_wrong_header_only_what_is_wrong(tmp_path: Path) -> None:
    whole = tmp_path / "whole.yaml"
    whole.write_text(SMALL[SMALL.index("sources:") :], encoding="utf-8")
    found, problems = load_catalogue(entry=whole)
    assert found is None and [p.id for p in problems] == ["missing-header"]
    whole.write_text(SMALL.replace("median: 1.25", "median: quick"), encoding="utf-8")
    found, problems = load_catalogue(entry=whole)
    assert found is None and [(p.id, p.line) for p in problems] == [("bad-value", 3)]


def test_one_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL + "include: [none.yaml]\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("role: swee\n", encoding="utf-8")
    done = roadmap("check", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    assert done.returncode == 1 and "[unreadable]" in done.stdout and "[unknown-role]" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("level,country,skills\nmid,US,rag\n", 2, "lacks one of its cells"),
        ("seniority,country,skills\nmid,US,rag\nmid,US\n", 3, "lacks one of its cells"),
        ("seniority,country,skills\nmid,US," + "rag " * 40_000 + "\n", 1, "larger than field limit"),
    ],
)
def test_a_table_of_postings_that_is_none_is_told_with_its_line(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "postings.csv"
    path.write_text(text, encoding="utf-8")
    # The limit is one for the whole process, and whoever reads tables of people raises it.
    usual = csv.field_size_limit(131_072)
    try:
        with pytest.raises(RoadmapError) as told:
            read_postings(path)
    finally:
        csv.field_size_limit(usual)
    assert told.value.message.startswith(f"{path}:{line}: ") and said in told.value.message
    assert "seniority, country, skills" in told.value.hint


def test_a_file_of_the_built_in_catalogue_is_checked_as_a_part_of_it() -> None:
    """Laid over itself every entry would be there twice."""
    assert check_file(folder("data") / "skills.yaml", TODAY) == check_file(folder("data") / ENTRY, TODAY) == []


def test_the_schema_of_a_catalogue_knows_every_kind_and_refers_to_nothing_that_is_not_there() -> None:
    schema = schema_of("catalogue")
    assert {"modules", "rules", "retire", "pace", "include"} <= schema["properties"].keys()
    assert schema["properties"]["modules"] == {"type": "array", "items": {"$ref": "#/$defs/Module"}}
    named = set(re.findall(r"#/\$defs/(\w+)", str(schema)))
    assert len(named) > 20 and named <= schema["$defs"].keys()


# --- compiled --------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of a few lines, and a cache that only it is kept in."""
    entry = tmp_path / "small" / "whole.yaml"
    entry.parent.mkdir()
    entry.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("ROADMAP_CACHE", str(tmp_path / "cache"))
    return entry


def kept(entry: Path) -> list[Path]:
    return sorted(entry.parents[1].glob("cache/*"))


def changed(entry: Path, number: int) -> None:
    entry.write_text(SMALL.replace('"1"', f'"{number}"'), encoding="utf-8")


def test_a_compiled_catalogue_is_read_where_it_is_kept_and_made_anew_when_the_text_changes(small: Path) -> None:
    first, problems = compiled.catalogue(entry=small)
    (file,) = kept(small)
    assert first is not None and first.version == "1" and not [p for p in problems if p.severity == "error"]
    written = file.stat().st_mtime_ns
    again, problems = compiled.catalogue(entry=small)
    assert again is not None and again.sources["us"].title == "Us" and problems == []
    assert file.stat().st_mtime_ns == written
    changed(small, 2)
    other, _ = compiled.catalogue(entry=small)
    assert other is not None and other.version == "2" and len(kept(small)) == 2


def test_a_wrong_catalogue_is_not_kept_and_a_cache_that_is_off_keeps_none(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write_text(SMALL + "modules: 5\n", encoding="utf-8")
    found, problems = compiled.catalogue(entry=small)
    assert found is None and problems and kept(small) == []
    monkeypatch.setenv("ROADMAP_CACHE", "")
    changed(small, 3)
    found, _ = compiled.catalogue(entry=small)
    assert found is not None and found.version == "3" and kept(small) == []


class Forged:
    """What runs code when it is unpickled by anybody who lets it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(Forged.place),)

    place = Path()


@pytest.mark.parametrize("spoil", ["cut", "changed", "forged", "other"])
def test_a_compiled_catalogue_that_is_broken_or_forged_is_made_anew(spoil: str, small: Path) -> None:
    compiled.catalogue(entry=small)
    (file,) = kept(small)
    right = file.read_bytes()
    Forged.place = small.parent / "ran"
    wrong = {
        "cut": right[: len(right) // 2],
        "changed": right[:-9] + bytes([right[-9] ^ 1]) + right[-8:],
        "forged": signed(pickle.dumps(Forged())),
        "other": signed(pickle.dumps(["no catalogue"])),
    }
    file.write_bytes(wrong[spoil])
    found, _ = compiled.catalogue(entry=small)
    assert found is not None and found.sources["us"].title == "Us"
    assert not Forged.place.exists()
    assert file.read_bytes() == right


def signed(content: bytes) -> bytes:
    """With the checksum that the cache looks for: whoever forges a file can make it too."""
    return compiled._checksum(content) + content


def test_the_cache_keeps_the_last_few(small: Path) -> None:
    for number in range(compiled.KEPT + 3):
        changed(small, number)
        found, _ = compiled.catalogue(entry=small)
        assert found is not None
        newest = max(kept(small), key=lambda p: p.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert sorted(p.stat().st_mtime for p in kept(small)) == list(range(3, compiled.KEPT + 3))


def test_a_cache_that_cannot_be_written_is_no_error(small: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    found, _ = compiled.catalogue(entry=small)
    assert found is not None and (tmp_path / "cache").is_file()


def test_an_overlay_that_is_not_there_is_told_by_its_name(small: Path) -> None:
    with pytest.raises(RoadmapError, match=r"gone\.yaml: no such file"):
        compiled.catalogue([small.parent / "gone.yaml"], small)


def test_the_cache_lies_where_the_system_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROADMAP_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: tmp_path / name)
    assert compiled.cache_folder() == tmp_path / "career-roadmap"
