"""The authoring guide and the schema are those of the code, and every catalogue file follows the schema it names."""

import json
from pathlib import Path

import jsonschema
import pytest

from roadmap.loading.checks import CHECKS
from roadmap.loading.positions import parse
from roadmap.loading.reference import catalogue_page
from roadmap.loading.shapes import KINDS, json_schema

ROOT = Path(__file__).parent.parent
FILES = [*sorted((ROOT / "data").rglob("*.yaml")), ROOT / "examples" / "overlay-bootcamp.yaml"]


def test_the_generated_pages_are_fresh() -> None:
    assert (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8") == catalogue_page()
    assert json.loads((ROOT / "docs" / "schema" / "catalogue.json").read_text(encoding="utf-8")) == json_schema()


def test_every_kind_and_check_has_its_place_in_the_guide() -> None:
    page = catalogue_page()
    assert all(f"### {kind}\n" in page for kind in KINDS)
    assert all(f"- `{check.__name__.replace('_', '-')}`: " in page for check in CHECKS)


def test_every_key_in_the_schema_is_explained() -> None:
    schema = json_schema()
    for definition in schema["$defs"].values():
        assert all(value.get("description") for value in definition.get("properties", {}).values())


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_a_catalogue_file_names_its_schema_and_follows_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = (file.parent / first.partition("=")[2]).resolve()
    assert schema == ROOT / "docs" / "schema" / "catalogue.json"
    jsonschema.validate(parse(text, file.name).data, json.loads(schema.read_text(encoding="utf-8")))
