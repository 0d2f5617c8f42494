"""Every wrong file says what is wrong and where; every right one loads. The cases are files named after the problem."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from roadmap.loading import checks, compiled
from roadmap.loading.annotations import inner, kinds
from roadmap.loading.check_file import check_file
from roadmap.loading.load import load_catalogue, load_profile
from roadmap.loading.positions import parse
from roadmap.loading.references import mentions
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import MORE, MOST_FAULTS
from roadmap.render.data import plain
from tests.builders import TODAY

CASES = Path(__file__).parent / "cases"
INVALID = sorted((CASES / "invalid").glob("*"))
VALID = sorted((CASES / "valid").glob("*"))
EXPECTED = re.compile(r"# (?:profile|overlay): (?P<id>[\w-]+) (?P<severity>error|warning) (?P<line>\d+)")


@pytest.mark.parametrize("case", INVALID, ids=lambda p: p.stem)
def test_a_wrong_file_says_so_on_the_right_line(case: Path) -> None:
    expected = EXPECTED.match(case.read_text(encoding="utf-8"))
    assert expected is not None, "the first line must say what is expected"
    assert expected["id"] == case.stem
    found = {(p.id, p.severity, p.line) for p in check_file(case, TODAY)}
    assert (expected["id"], expected["severity"], int(expected["line"])) in found


@pytest.mark.parametrize("case", VALID, ids=lambda p: p.name)
def test_a_right_file_has_no_problem(case: Path) -> None:
    assert check_file(case, TODAY) == []


def test_every_check_has_a_case_and_a_docstring() -> None:
    cases = {p.stem for p in INVALID}
    for check in checks.CHECKS:
        assert check.__name__.replace("_", "-") in cases
        assert check.__doc__


def test_the_built_in_catalogue_is_clean() -> None:
    found, problems = load_catalogue()
    assert problems == []
    assert found is not None


def test_an_id_is_looked_up_wherever_it_stands(tmp_path: Path) -> None:
    """In lists, as keys, in entries within entries; words that stand for all or none are no ids."""
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(
        "advice:\n"
        "  - id: ours\n"
        "    place: say\n"
        "    text: Sail.\n"
        "    when: {cloud: [any, cloud-x], domain: [none], none_of: [{background: [x-x]}], skill_from: {skill-x: 1}}\n"
        "    moves: [move-x]\n"
        "costs:\n"
        "  - {id: ours, item: x, low_usd: 1, high_usd: 2, note: x, source: source-x, as_of: x, modules: [module-x]}\n"
        "goals:\n"
        "  - id: ours\n"
        "    name: Ours\n"
        "    focus:\n"
        "      after_by_start: {role-x: 1}\n"
        "      phase: {id: a, title: A, modules: [module-y], leaves: a, gate: {check: a}}\n"
        "topics:\n"
        "  - {id: ours, source: judgement, as_of: x, covered_by: ['modules:module-z', 'ships:x', 'skills:rag']}\n",
        encoding="utf-8",
    )
    found = {(p.id, p.line, p.message.split('"')[1]) for p in load_catalogue([overlay])[1]}
    assert found == {
        ("unknown-id", 5, "cloud-x"), ("unknown-id", 5, "x-x"), ("unknown-id", 5, "skill-x"),
        ("unknown-id", 6, "move-x"), ("unknown-id", 8, "source-x"), ("unknown-id", 8, "module-x"),
        ("unknown-id", 13, "role-x"), ("unknown-id", 14, "module-y"),
        ("unknown-id", 16, "module-z"), ("unknown-id", 16, "ships:x"),
    }  # fmt: skip


def test_a_key_that_holds_ids_says_whose(catalogue: Catalogue) -> None:
    """A text that is somebody's id stands under a key that is checked, but for names and lists of several kinds."""
    ids = {i for kind in kinds() for i in getattr(catalogue, kind) if "-" in i}
    usual = {"id", "aliases", "listed", "does", "best_for"}
    for kind in kinds():
        free = {*usual, "words"} if kind == "cues" else usual
        for id_, entry in getattr(catalogue, kind).items():
            checked = {m.path for m in mentions(entry)}
            loose = [p for p, text in texts(entry) if text in ids and p not in checked and not free & {*p}]
            assert loose == [], (kind, id_)


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in an entry, keys among them, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from texts(one, (*path, i))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key), key
            yield from texts(one, (*path, key))
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), (*path, one.name))


def test_what_an_overlay_retires_is_no_part_of_a_module_any_more(tmp_path: Path, catalogue: Catalogue) -> None:
    used = catalogue.modules["first-rag"]
    gone = next(t.resource for t in used.tasks if t.resource in used.parts)
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(f"retire:\n  resources: [{gone}]\n", encoding="utf-8")
    found, problems = load_catalogue([overlay])
    assert found is not None, problems
    left = found.modules[used.id]
    assert gone not in left.resources
    assert gone not in left.parts
    assert [t.text for t in left.tasks] == [t.text for t in used.tasks]
    assert gone not in {t.resource for t in left.tasks}


def test_every_class_of_a_compiled_catalogue_may_be_read_back() -> None:
    """A class in a module that the compiled form does not know would make every start a slow one."""
    known = {m.__name__ for m in compiled.NOUNS}
    done: set[type] = {Catalogue, *kinds().values()}
    for kind in [*done]:
        done |= set(inner(kind, done))
    assert {kind.__module__ for kind in done} <= known


def test_the_compiled_catalogue_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_CACHE", str(tmp_path))
    first, problems = compiled.catalogue()
    assert problems == []
    again = compiled._read(next(tmp_path.glob("*.catalogue")))
    assert again is not None
    assert first is not None
    for kind in kinds():
        assert repr(plain(getattr(again, kind))) == repr(plain(getattr(first, kind))), "0 and 0.0 are printed apart"


def test_every_problem_of_a_file_in_one_run() -> None:
    text = "role: swee\nhours_per_week: 80\ncloud: azur\nskills:\n  ragg: 3\n  sql: 9\nstrat: 2026-01-01\n"
    found, _ = load_catalogue()
    assert found is not None
    profile, problems = load_profile(text, "me.yaml", found, TODAY)
    assert profile is None
    assert {(p.id, p.line) for p in problems} == {
        ("unknown-role", 1),
        ("out-of-range", 2),
        ("unknown-cloud", 3),
        ("unknown-skill", 5),
        ("bad-level", 6),
        ("unknown-key", 7),
    }
    assert {p.hint for p in problems} >= {'did you mean "swe"?', 'did you mean "azure"?', 'did you mean "rag"?'}


def test_a_problem_of_a_flag_names_the_flag(catalogue: Catalogue) -> None:
    _, problems = load_profile("role: swe", "me.yaml", catalogue, TODAY, {"hours_per_week": "90"})
    assert [(p.file, p.line) for p in problems] == [("--hours-per-week", 0)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("12:30", "12:30"), ("010", "010"), ("2026-12-01", "2026-12-01"),
        ("1.10", 1.1), ("7", 7), ("true", True), ("null", None), ("'7'", "7"), ("1e3", "1e3"), (".inf", ".inf"),
    ],
)  # fmt: skip
def test_scalars_hold_no_surprise(text: str, value: object) -> None:
    assert parse(f"key: {text}", "x").data == {"key": value}


def test_a_hostile_file_is_refused_not_expanded() -> None:
    bomb = "a: &a [x]\n" + "\n".join(f"{c}: &{c} [*{p}, *{p}]" for p, c in zip("abcdefghij", "bcdefghijk", strict=True))
    document = parse(bomb, "bomb.yaml")
    assert {p.id for p in document.problems} == {"alias"}
    deep = parse("[" * 20_000, "deep.yaml")
    assert deep.problems


def test_an_overlay_replaces_adds_and_retires() -> None:
    found, problems = load_catalogue([CASES / "valid" / "overlay.yaml"])
    assert found is not None, problems
    assert "in-house-rag" in found.modules
    assert "first-rag" not in found.modules


def test_a_target_without_a_path_is_told(catalogue: Catalogue) -> None:
    alone = replace(catalogue, paths={})
    _, problems = load_profile("role: new\ntarget: ai-engineer\n", "me.yaml", alone, TODAY)
    assert [(p.id, p.line) for p in problems] == [("no-path", 2)]


PAGE = (
    "resources:\n  - {id: old-page, title: A page that went, url: 'https://example.org/old', provider: Us, kind: docs,"
    " level: beginner, cost: free, hours: 1, hours_origin: judgement, skills: [python], checked: 2026-11-22,"
    " confidence: low, state: superseded%s}\n"
)
COURSE = (
    "modules:\n  - {id: ours, title: A course of ours, kind: %s, stage: domain, summary: What it says.,"
    " hours: {low: 2, likely: 3, high: 5, origin: judgement, basis: guess, source: judgement}, done_when: [done],"
    " evidence: [a note], sources: [judgement], as_of: 2026-11-22, confidence: low, teaches: {rag: 2},"
    " needs: {llm-apis: 2}, resources: [mcp-docs, hamel-evals]%s}\n"
)


@pytest.mark.parametrize(
    ("text", "id_", "said"),
    [
        (
            "topics:\n  - {id: ours, source: judgement, as_of: x}\n",
            "unexplained-omission", "ours: neither covered nor explained",
        ),
        (PAGE % "", "moved-shown-live", "old-page: superseded by nothing that is live"),
        (PAGE % ", superseded_by: old-page", "moved-shown-live", "old-page: superseded by nothing that is live"),
        (
            "facts:\n  - {id: SF-001, text: t, places: ['roles:swe'], source: judgement, as_of: x, confidence: low}\n",
            "fact-out-of-place", "what-an-ai-engineer-does: SF-001 does not name this place",
        ),
        (
            COURSE % ("learn", ", parts: {mcp-docs: {part: all of it, hours: 30}}"),
            "part-without-resource", "ours: 30 hours of mcp-docs in a module of 2 at least",
        ),
        (
            COURSE % ("certify", ", certification: ms-ai-102"),
            "retired-shown-live", "ours: prepares for AI-102, which has ended",
        ),
        ("retire: [first-rag]\n", "wrong-type", "retire must map kinds to lists of ids"),
        ("retire: {modules: [[first-rag]]}\n", "wrong-type", "what is retired is named by its id, not a list"),
        ("retire: {modules: [{first-rag: 1}]}\n", "wrong-type", "what is retired is named by its id, not a mapping"),
        ("modulos: []\n", "unknown-key", 'unknown key "modulos"'),
        ("modules: first-rag\n", "wrong-type", "modules must be a list of entries"),
    ],
)  # fmt: skip
def test_an_overlay_that_cannot_be_is_told(text: str, id_: str, said: str, tmp_path: Path) -> None:
    """What the files named after a problem do not show: its other half, and shapes of the whole file."""
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(text, encoding="utf-8")
    found = [p for p in load_catalogue([overlay])[1] if p.id == id_ and said in p.message]
    assert len(found) == 1 and found[0].severity == "error"
    assert found[0].file == str(overlay) or "SF-001" in text


def test_a_page_that_made_way_for_a_live_one_is_right(tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(PAGE % ", superseded_by: pro-git", encoding="utf-8")
    assert not [p for p in load_catalogue([overlay])[1] if p.id == "moved-shown-live"]


@pytest.mark.parametrize("what", ["kind: dance", "teaches: {rag: 9}", "hours: 3", "done_when: []"])
def test_faults_of_a_crowded_overlay_are_counted_from_the_hundredth_on(what: str, tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text("modules:\n" + "".join(f"  - {{id: m{i}, {what}}}\n" for i in range(400)), encoding="utf-8")
    problems = load_catalogue([overlay])[1]
    assert len(problems) == MOST_FAULTS + 1 and problems[-1].id == MORE
    one = tmp_path / "one.yaml"
    one.write_text(f"modules:\n  - {{id: m, {what}}}\n", encoding="utf-8")
    each = len(load_catalogue([one])[1])
    assert problems[-1].message.startswith(f"{400 * each - MOST_FAULTS:,} more")
