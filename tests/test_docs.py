"""What is made from the program is fresh; every command, problem and exit code is in the documents."""

import re
from pathlib import Path

import pytest
from scripts.refresh import ROOT, SHAPES, generated

from roadmap.cli.app import COMMANDS
from roadmap.errors import ExitCode

DOCS = ROOT / "docs"
GENERATED = generated()


@pytest.mark.parametrize("path", sorted(GENERATED), ids=lambda p: str(p.relative_to(ROOT)))
def test_generated_files_are_fresh(path: Path) -> None:
    assert path.exists(), "run make docs"
    assert path.read_text(encoding="utf-8") == GENERATED[path], "stale: run make docs"


def test_every_command_and_exit_code_is_documented() -> None:
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"## roadmap {command}\n" in reference
    for code in ExitCode:
        assert f"| {code.value} |" in reference


def test_every_invalid_case_is_documented() -> None:
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    for case in (ROOT / "tests/cases/invalid").glob("*.yaml"):
        assert f"`{case.stem}`" in text
    assert {i for i, _ in SHAPES}


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_document_names_a_machine_or_a_registry() -> None:
    words = ["/" + "work/", "/" + "tmp/", "py" + "pi.", "npm" + "js"]
    for page in [ROOT / "README.md", *DOCS.glob("*.md")]:
        text = page.read_text(encoding="utf-8")
        assert not [w for w in words if w in text], page.name
