"""Postings as firms of many countries write them: what is a must, nice to have, a duty, or said of the firm itself."""

from pathlib import Path

import pytest
import yaml

from roadmap.model.catalogue import Catalogue
from roadmap.reading.posting import read_posting
from tests.test_import_kinds import worked

DATA = Path(__file__).parent / "data"
POSTINGS = yaml.safe_load((DATA / "postings.yaml").read_text(encoding="utf-8"))
PLAIN = (DATA / "plain_sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("posting", POSTINGS, ids=[p["kind"] for p in POSTINGS])
def test_the_parts_of_postings(catalogue: Catalogue, posting: dict[str, str]) -> None:
    found = {s: a.part for s, a in read_posting(posting["text"], catalogue).skills.items() if a.part != "about"}
    assert found == {s: part for part in ("must", "nice", "duty") for s in posting[part].split()}


@pytest.mark.parametrize("sentence", PLAIN)
def test_plain_sentences_name_no_skill(catalogue: Catalogue, sentence: str) -> None:
    """Words that are names of tools elsewhere: solid, less, boost, relay."""
    asked = read_posting(f"Software Engineer\n\nRequirements\n- Python and Docker\n- {sentence}\n", catalogue)
    assert {*asked.skills} == {*worked(catalogue, "Python and Docker", sentence).skills} == {"python", "docker"}


def test_a_label_of_one_item_says_nothing_of_the_next(catalogue: Catalogue) -> None:
    text = "Engineer\n\nRequirements\n- Python\n- Bonus: Kafka\n- Docker\n"
    found = {s: a.part for s, a in read_posting(text, catalogue).skills.items()}
    assert found == {"python": "must", "async": "nice", "docker": "must"}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Write evaluations, both offline and online", True),
        ("Offline evaluations before each release", True),
        ("Experience evaluating LLM outputs", True),
        ("Yearly performance evaluations of your team", False),
        ("Evaluation of vendors and contracts", False),
    ],
)
def test_evaluation_is_seen_where_systems_are_meant(catalogue: Catalogue, said: str, named: bool) -> None:
    found = read_posting(f"AI Engineer\n\nRequirements\n- Python\n- {said}\n", catalogue).skills
    assert ("evaluation" in found) is named
