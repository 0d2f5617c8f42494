"""Fuzz targets of what people have: resumes, postings, tables, values as they are typed."""

import io
import json
import tempfile
from functools import cache
from pathlib import Path
from zipfile import ZipFile

from hypothesis import strategies as st

from roadmap.batch.row import Reading
from roadmap.batch.rows import open_rows
from roadmap.batch.work import Job, work
from roadmap.errors import RoadmapError
from roadmap.loading.load import load_profile
from roadmap.loading.positions import parse
from roadmap.model import typed
from roadmap.model.profile import make_profile
from roadmap.reading.files import read_resume
from roadmap.reading.posting import read_posting
from roadmap.reading.proposals import proposals
from roadmap.render.imported import imported_yaml
from tests.fuzz_common import TODAY, known
from tests.spoiling import spoiled_bytes, spoiled_json, spoiled_text

# --- resumes and postings --------------------------------------------------------------------------------------------

CV = """Ada Byron
Senior Software Engineer

Experience
Analytical Engines, Software Engineer, Jan 2019 - Present
- Built retrieval augmented generation with Python, LangChain and pgvector for 40 people
- CI/CD with GitHub Actions, Docker, Kubernetes on Azure

Babbage Ltd, Developer, 2015-2018
- REST services in Java and Python, PostgreSQL

Certifications
AZ-900, AWS Certified Cloud Practitioner (2021)

Skills: Python, SQL, Git, Terraform, prompt engineering
"""
JOB = """AI Engineer (m/f/d)
What you will do
- Build agents with Python, LangGraph and MCP
Requirements
- 3+ years of Python, SQL and Docker
- You know RAG and evaluation of language models
Nice to have: Kubernetes, Terraform
About us: we like Rust.
"""
JSON_CV = {
    "basics": {"name": "Ada", "label": "Engineer", "summary": "Python"},
    "work": [{"name": "A", "position": "Developer", "startDate": "2019-01", "endDate": "", "highlights": ["RAG"]}],
    "skills": [{"name": "Python", "level": "Expert", "keywords": ["Docker", "SQL"]}],
    "certificates": [{"name": "AZ-900", "date": "2021-02-29", "issuer": "Microsoft"}],
    "projects": [{"name": "x", "description": "agents", "keywords": ["MCP"]}],
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>"
WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def _zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_csv", ".csv"), text)
    return out.getvalue()


@cache
def _files() -> tuple[bytes, ...]:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in CV.splitlines())
    word = _zipped(word__document_xml=WORD.format(paragraphs))
    tables = _zipped(
        Skills_csv="Name\nPython\nDocker\n",
        Positions_csv="Company Name,Title,Description,Location,Started On,Finished On\nA,Dev,RAG,X,Jan 2019,\n",
        Profile_csv="First Name,Last Name,Headline\nAda,Byron,Engineer\n",
    )
    return (
        word,
        tables,
        CV.encode("utf-16"),
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    )


def resumes() -> st.SearchStrategy[bytes]:
    """Resumes of every kind, spoiled."""
    texts = spoiled_text(CV) | spoiled_json(JSON_CV) | spoiled_text("basics:\n  name: Ada\nwork:\n  - position: Dev\n")
    return texts.map(lambda t: t.encode("utf-8", "replace")) | st.sampled_from(_files()).flatmap(spoiled_bytes)


def check_resume(content: bytes) -> str:
    """A resume is refused in a sentence, or becomes a profile that can be read."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "cv"
        path.write_bytes(content)
        try:
            resume = read_resume(path, known(), bytes, lambda text, name: parse(text, name).data)
        except RoadmapError as error:
            assert error.message
            return "refused"
    text = imported_yaml(proposals(resume, known(), TODAY), known(), "cv", TODAY)
    _, problems = load_profile(text, "me.yaml", known(), TODAY)
    assert not [p for p in problems if p.severity == "error" and "role" not in p.message], problems
    return "read"


def postings() -> st.SearchStrategy[str]:
    """Postings, spoiled."""
    return spoiled_text(JOB)


def check_posting(text: str) -> str:
    """A posting names skills of the catalogue, or none; it is never the end of the program."""
    found = read_posting(text, known())
    assert found.skills.keys() <= known().skills.keys() and len(found.title) <= 120
    return "read" if found.skills else "nothing found"


# --- tables of people ------------------------------------------------------------------------------------------------

TABLE = (
    "id,name,role,hours_per_week,start,deadline,goals,skills.rag,breaks\n"
    'a,Ada,swe,8,2026-12-01,2027-12-01,job,2,\nb,"By;ron",new,5,2026-12-01,,"job,agents",,2026-12-20..2027-01-03\n'
)
RECORDS = [{"id": "a", "role": "swe", "hours_per_week": 8}, {"id": "b", "role": "new", "skills": {"rag": 1}}]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """Tables and lists of people with their kind, spoiled."""
    kind = draw(st.sampled_from(("csv", "jsonl", "json", "yaml")))
    if kind == "csv":
        text = draw(spoiled_text(TABLE)).encode("utf-8", "replace")
    elif kind == "jsonl":
        text = b"\n".join(draw(spoiled_json(one)).encode() for one in RECORDS)
    else:
        text = draw(spoiled_json(RECORDS)).encode()
    return kind, draw(spoiled_bytes(text)) if draw(st.integers(0, 3)) == 0 else text


def check_rows(given: tuple[str, bytes]) -> str:
    """Each row has an outcome that is its own; a bug of the program is none."""
    kind, content = given
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"people.{kind}"
        path.write_bytes(content)
        job = Job(known(), TODAY)
        try:
            done = [work(row, job) for row in open_rows(str(path), Reading()).rows]
        except RoadmapError as error:
            assert error.message
            return "refused"
    for one in done:
        assert "internal-error" not in {p["id"] for p in one.problems} and "bug" not in str(one.problems), one
        json.loads(bytes(one.data))
    return "read"


# --- values as people type them --------------------------------------------------------------------------------------

TYPED = (
    *("3 Dec 2026", "24-27 Dec", "in two weeks", "7th of may", "next friday", "1.2.2027", "2026/12/31", "46000"),
    *("31 Jan", "2026-12-20 to 2027-01-03", "1:30", "90min", "2,5 h", "1½", "about 8 hours a week", "10-12", "3+2.5"),
    *("$1,000", "1.000", "2k", "1'000.50 USD", "10 days", "2w", "mon=2,sat=4"),
)
SIGNS = "0123456789²፩٣½./-,:;=+$€ hdwkm–" + "\u00a0\u2007"


def values() -> st.SearchStrategy[str]:
    """Days, hours, sums and periods as people write them, and nearly so."""
    word = st.sampled_from(TYPED)
    long = st.tuples(word, st.sampled_from(SIGNS), st.integers(1, 6000)).map(lambda x: x[0] + x[1] * x[2])
    return st.one_of(st.text(SIGNS, max_size=8), word.flatmap(spoiled_text), st.tuples(word, word).map(" ".join), long)


def check_typed(text: str) -> str:
    """What was typed is a value within its kind, a problem, or nothing that is known."""
    hours, money, day = typed.hours_of(text), typed.dollars_of(text), typed.day_of(text, TODAY, past=True)
    assert hours is None or 0 <= hours < 1e9
    assert not isinstance(money, float) or money >= 0
    days = typed.days_of(text)
    assert days is None or 1 <= days <= typed.MOST_DAYS
    for period in typed.periods_of(text, TODAY):
        make_profile({"role": "swe", "breaks": [period]}, known(), TODAY)
    for key in ("hours_per_week", "budget_usd", "start", "availability", "skills"):
        make_profile({"role": "swe", key: text}, known(), TODAY)
    return "read" if any(x is not None for x in (hours, money, day, days)) else "unknown"
