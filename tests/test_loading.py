"""Every wrong file says what is wrong and where; every right one loads. The cases are files named after the problem."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from roadmap.loading import checks
from roadmap.loading.check_file import check_file
from roadmap.loading.load import load_catalogue, load_profile
from roadmap.loading.positions import parse
from roadmap.model.catalogue import Catalogue
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
