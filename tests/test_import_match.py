"""Postings: their parts told apart, and set beside a person by `roadmap match`."""

import json
from pathlib import Path
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.reading.posting import read_posting
from tests.in_process import roadmap
from tests.test_import import TEXT, pdf_of
from tests.test_import_formats import para, word

POSTING = """# AI Engineer

**About Acme**
We run Kubernetes for shops.

**What you'll do:**
- Build agents with LangChain

**Minimum qualifications:**
- 3+ years of Python and SQL
- FastAPI; Go or Rust is a plus

**Preferred qualifications:**
- Terraform

**Our benefits**
- A budget for training in GDPR and threat modelling
"""
HTML = "<html><h2>Requirements</h2><ul><li>Python and SQL</li></ul><h2>Nice to have</h2><p>Terraform</p></html>"


def parts(catalogue: Catalogue, text: str) -> dict[str, str]:
    return {s: a.part for s, a in read_posting(text, catalogue).skills.items()}


def test_the_parts_of_a_posting(catalogue: Catalogue) -> None:
    assert parts(catalogue, POSTING) == {
        "python": "must", "sql": "must", "api-design": "must", "go-rust-cpp": "nice", "iac": "nice", "agents": "duty",
        "kubernetes": "about", "security": "about", "compliance": "about",
    }  # fmt: skip
    assert read_posting(POSTING, catalogue).skills["sql"].words == "3+ years of Python and SQL"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HTML, {"python": "must", "sql": "must", "iac": "nice"}),
        ("Requirements: Python. Nice to have: Kafka.", {"python": "must", "async": "nice"}),
        ("We want Python. Our customers include Snowflake and OpenAI.",
         {"python": "must", "big-data": "about", "llm-apis": "about"}),
        ("What you bring\nPython\nNo prior knowledge of machine learning is required.", {"python": "must"}),
        ("You bring Python and retrieval-\naugmented generation, Large Language\nModels, and Machine\nLearning.",
         {"python": "must", "rag": "must", "llm-apis": "must", "ml-basics": "must"}),
        ("Deine Aufgaben\n- RAG-Systeme\n\nDein Profil\n- Python\n- Docker von Vorteil\n\nWir bieten\n- Kubernetes",
         {"rag": "duty", "python": "must", "docker": "nice", "kubernetes": "about"}),
        ("Missions\n- Agents IA avec LangChain\n\nProfil recherché\n- Python\n- Terraform serait un plus",
         {"agents": "duty", "python": "must", "iac": "nice"}),
        ("Funciones\n- RAG\n- LangChain\n\nRequisitos\n- Python\n\nSe valora\n- Terraform\n\nOfrecemos\n- SQL",
         {"rag": "duty", "agents": "duty", "python": "must", "iac": "nice", "sql": "about"}),
        ("Python\n\nEqual opportunity\nWe keep to GDPR.", {"python": "must", "compliance": "about"}),
        ("Python. Backed by Spark Capital and Snowflake Ventures.", {"python": "must"}),
    ],
)  # fmt: skip
def test_parts_in_other_forms_and_languages(catalogue: Catalogue, text: str, expected: dict[str, str]) -> None:
    assert parts(catalogue, text) == expected


ITSELF = (
    "Our customers include OpenAI and Snowflake.", "About Acme\nAcme leads its market in AI and cloud.",
    "Our platform is built for compliance with HIPAA.", "Our design team uses React and Figma.",
    "You do not need to know Kubernetes.", "Perks\n- A Claude and Cursor subscription",
    "Why Acme?\nWe ship LLM products.",
    "Join the company behind Apache Kafka.", "Acme (YC W22) is a platform for machine learning.",
    "Interview process\n- A system design interview",
)  # fmt: skip
ASKED = (
    ("You will work with our customers on LangChain", "agents"), ("Tech stack\nPython, Kafka", "async"),
    ("Build products for our customers with LangChain", "agents"),
    ("Our platform runs on Kubernetes; you will own it", "kubernetes"),
)  # fmt: skip


@pytest.mark.parametrize("text", ITSELF)
def test_what_a_posting_says_of_itself_is_not_asked_for(catalogue: Catalogue, text: str) -> None:
    found = read_posting(f"What you will do\n- Ship features in Python\n\n{text}\n", catalogue)
    assert found.named("must", "duty", "nice") == ("python",)


@pytest.mark.parametrize(("text", "skill"), ASKED)
def test_what_it_asks_for_beside_that(catalogue: Catalogue, text: str, skill: str) -> None:
    found = read_posting(f"What you will do\n- Ship features in Python\n\n{text}\n", catalogue)
    assert skill in found.named("must", "duty")


# --- the command


@pytest.fixture
def job(tmp_path: Path) -> Path:
    path = tmp_path / "job.md"
    path.write_text(POSTING, encoding="utf-8")
    return path


def matched(*args: str) -> Any:
    done = roadmap("match", *args, "--format", "json", "--today", "2026-11-22")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_posting_beside_a_resume(job: Path, tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(TEXT, encoding="utf-8")
    found = matched(str(job), "--resume", str(tmp_path / "cv.txt"))
    one = found["postings"][0]
    assert found["who"].startswith("beside the resume cv.txt")
    assert one["must"] == {"met": 3, "of": 3} and one["duty"] == {"met": 0, "of": 1} and one["nice"]["of"] == 2
    assert one["about_itself"] == ["security", "kubernetes", "compliance"] and "agents" in one["missing"]
    agents = next(r for r in one["skills"] if r["skill"] == "agents")
    assert agents == {
        "skill": "agents", "name": agents["name"], "part": "duty", "level": 0, "met": False,
        "words": "Build agents with LangChain",
    }  # fmt: skip


def test_the_holder_of_a_saved_plan_has_what_was_done_since(job: Path, tmp_path: Path) -> None:
    saved, day = str(tmp_path / "me.roadmap.yaml"), ("--today", "2026-11-22")
    planned = roadmap("plan", "--role", "swe", "--job", str(job), "--save", saved, *day)
    assert planned.returncode == 0, planned.stderr
    assert "asks for 4 skills" in planned.stderr and "Nice to have" in planned.stderr and "of itself" in planned.stderr
    before = matched(str(job), "--plan", saved)["postings"][0]
    assert "agents" in before["missing"]
    done = roadmap(
        "done",
        "first-agent",
        "--hours",
        "9",
        "--anyway",
        "--plan",
        saved,
        "--today",
        "2026-11-22",
        "--on",
        "2026-11-22",
    )
    assert done.returncode == 0, done.stderr
    after = matched(str(job), "--plan", saved)["postings"][0]
    assert "agents" not in after["missing"] and after["duty"] == {"met": 1, "of": 1}


def test_several_postings_in_any_format(job: Path, tmp_path: Path) -> None:
    profile = tmp_path / "me.yaml"
    profile.write_text("role: swe\n", encoding="utf-8")
    files = {"a.html": HTML.encode(), "b.pdf": pdf_of("Requirements\nPython"), "c.docx": word(para("Python needed"))}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    names = [str(job), *(str(tmp_path / n) for n in files)]
    assert [p["must"]["of"] for p in matched(*names, "--profile", str(profile))["postings"]] == [3, 2, 1, 1]
    shown = roadmap("match", *names, "--profile", str(profile), "--format", "markdown").stdout
    assert shown.startswith("# What you have of 4 postings") and "| Agents with tools | the work |" in shown
    screen = roadmap("match", str(job), "--profile", str(profile), "--width", "100").stdout
    assert "3 of 4 asked for, 0 of 2 nice to have" in screen and "Its words" in screen


def test_one_person_and_one_stdin(job: Path, tmp_path: Path) -> None:
    several = roadmap("match", str(job), "--profile", "a.yaml", "--resume", "b.txt")
    assert several.returncode == 2 and "several people" in several.stderr
    piped = roadmap("match", "-", "--resume", "-")
    assert piped.returncode == 2 and "stdin" in piped.stderr


def test_a_posting_that_begins_with_a_heading_has_no_title(catalogue: Catalogue) -> None:
    assert read_posting("Must have\n- Python\n", catalogue).title == ""
    assert read_posting("AI Engineer\nMust have\n- Python\n", catalogue).title == "AI Engineer"
