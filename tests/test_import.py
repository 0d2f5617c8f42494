"""Resumes in every format to proposals with their proofs; broken, hostile and private content included."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from roadmap.errors import RoadmapError
from roadmap.loading.load import load_profile
from roadmap.loading.positions import parse
from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import STATED, Imported, Period, Resume
from roadmap.planning.make import make_plan
from roadmap.reading import files
from roadmap.reading.cues import cues_of
from roadmap.reading.dates import Dates
from roadmap.reading.files import read_resume
from roadmap.reading.lines import lines_of
from roadmap.reading.names import Finder, counted
from roadmap.reading.proposals import proposals
from roadmap.reading.scrub import GONE, scrub
from roadmap.render.imported import findings_json, imported_json, imported_yaml
from roadmap.render.jsonresume import render_jsonresume
from tests.builders import plan_for
from tests.import_sentences import HELD_OUT, SENTENCES
from tests.in_process import roadmap

TODAY = date(2026, 11, 22)
# Everything here that is contact data; none of it may come out again.
PRIVATE = ("ada@example.org", "+49 30 1234567", "0049-30-7654321", "example.org/ada", "12 Mill Lane", "@ada_dev")
TEXT = """Ada Example
Senior Backend Engineer
ada@example.org · +49 30 1234567 · https://example.org/ada · 12 Mill Lane · @ada_dev

SUMMARY
Backend engineer with a taste for data. Eager to learn LangChain and Kubernetes.

EXPERIENCE
Acme GmbH
Senior Backend Engineer                                  Jan 2021 - Present
- Built a RAG service over 2M documents with FastAPI and pgvector; questions to 0049-30-7654321
- Moved the billing service to Docker
- All new services in Python
- No experience with Terraform, but strong SQL

Widget Ltd
Software Developer
03/2018 - 12/2020
- Python and Django services; unit tests with pytest, questions to ada@example.org

Skills
Languages: Python, SQL, JavaScript, GraphQL (advanced)
Kubernetes: none

Certifications
AI-102 Azure AI Engineer Associate
Preparing for AI-103

Education
LLM, University of Somewhere, 2010 - 2012
Coursework: machine learning, statistics
"""
WORK = "Acme GmbH, Senior Backend Engineer, since 2021"


def pdf_of(*pages: str) -> bytes:
    """A small PDF, a line of text per line; a page without text has none."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        lines = [x.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for x in text.splitlines()]
        stream = "BT /F1 10 Tf 40 800 Td 12 TL " + " ".join(f"({x}) Tj T*" for x in lines) + " ET" if lines else ""
        font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        kids.append(f"{len(objects) + 1} 0 R")
        box = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        objects.append(f"<< {box} /Resources {font} /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n"
    return out.encode("latin-1")


def word_of(text: str) -> bytes:
    """The text as a Word file: headings, bullets as a list, the skills in a table."""
    made = Document()
    for line in text.splitlines():
        if line.startswith("- "):
            made.add_paragraph(line[2:], style="List Bullet")
        elif line.startswith("Languages:"):
            made.add_table(1, 2).rows[0].cells[1].text = line
        else:
            made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TABLES = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\r\n"
    'Ada,Example,,"12 Mill Lane",,Senior Backend Engineer,"Python, and more"\r\n',
    "Skills.csv": "\ufeffName\r\nGraphQL\r\nAgents\r\n",
    "Positions.csv": 'Notes:\r\n"What this file holds"\r\n\r\n'
    "Company Name,Title,Description,Location,Started On,Finished On\r\n"
    'Acme,Senior Backend Engineer,"Built a RAG service.\nRan it in Docker, with Python.",Berlin,Jan 2021,\r\n'
    "Widget,Software Developer,Python scripts,Berlin,Mar 2018,Dec 2020\r\n",
    "Certifications.csv": "Name,Authority,Started On,Finished On,License Number\r\n"
    "Microsoft Certified: Azure AI Engineer Associate,Microsoft,Jun 2024,,X1\r\n"
    "AWS Certified AI Practitioner,AWS,Jun 2020,Jun 2023,X2\r\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\r\nChatbot,Terraform for a chatbot,,2023,2024\r\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\r\n"
    "Somewhere,2010,2012,statistics,LLM,\r\n",
    "messages.csv": "FROM,CONTENT\r\nBob,I know Kubernetes\r\n",
    "Email Addresses.csv": "Email Address\r\nada@example.org\r\n",
}


def linkedin_of(tables: dict[str, str], folder: str = "Basic_LinkedInDataExport_11-22-2026/") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(folder + name, text)
    return out.getvalue()


def from_yaml(text: str, name: str) -> object:
    return parse(text, name).data


def imported(catalogue: Catalogue, path: Path, content: bytes | str = b"") -> Imported:
    if content:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return proposals(read_resume(path, catalogue, lambda: b"", from_yaml), catalogue, TODAY)


def piped(catalogue: Catalogue, content: bytes) -> Resume:
    """The resume that comes from stdin."""
    return read_resume(Path("-"), catalogue, lambda: content, from_yaml)


def everything(found: Imported, catalogue: Catalogue) -> str:
    """All that can come out of an import, in every format."""
    out = imported_yaml(found, catalogue, "x", TODAY) + imported_json(found, catalogue)
    return out + findings_json(found, catalogue)


def complaint(catalogue: Catalogue, path: Path, content: bytes = b"") -> RoadmapError:
    with pytest.raises(RoadmapError) as said:
        imported(catalogue, path, content)
    assert said.value.hint and "\n" not in said.value.message
    return said.value


# --- the formats


@pytest.mark.parametrize("form", ["txt", "md", "pdf", "docx", "latin-1", "utf-16"])
def test_the_same_resume_in_every_format_proves_the_same(catalogue: Catalogue, tmp_path: Path, form: str) -> None:
    text = TEXT.replace("SUMMARY", "## Summary").replace("EXPERIENCE", "## **Experience**") if form == "md" else TEXT
    content = {
        "pdf": lambda: pdf_of(text),
        "docx": lambda: word_of(text),
        "latin-1": lambda: text.replace("\n- ", "\n\xb7 ").encode("latin-1"),
        "utf-16": lambda: text.encode("utf-16"),
    }.get(form, text.encode)()
    found = imported(catalogue, tmp_path / f"cv.{form}", content)
    assert found.name == "Ada Example"
    assert found.role == "swe" and found.role_proof
    assert list(found.holds) == ["ms-ai-102"]
    levels = {s: f.level for s, f in found.skills.items()}
    assert {s: levels[s] for s in ("rag", "vector-db", "docker", "python", "graphql", "typescript")} == {
        "rag": 2, "vector-db": 2, "docker": 2, "python": 3, "graphql": 3, "typescript": 1,
    }  # fmt: skip
    assert {"statistics", "ml-basics"} <= levels.keys()
    assert not {"iac", "kubernetes", "agents", "llm-apis"} & levels.keys(), "denied, wished for, or a degree"
    assert found.skills["docker"].proofs[0].words == "Moved the billing service to Docker"
    if form != "pdf":
        assert found.skills["docker"].proofs[0].place == WORK
    assert not [p for p in PRIVATE if p in everything(found, catalogue)]


def test_a_linkedin_export_is_read_by_its_named_tables_alone(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    plain = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, name: Any, *args: Any, **kwargs: Any) -> Any:
        opened.append(str(getattr(name, "filename", name)).rpartition("/")[2])
        return plain(self, name, *args, **kwargs)

    path = tmp_path / "export.zip"
    path.write_bytes(linkedin_of(TABLES))
    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    found = imported(catalogue, path)
    assert sorted(opened) == sorted(set(TABLES) - {"messages.csv", "Email Addresses.csv"})
    assert found.name == "Ada Example" and found.role == "swe"
    levels = {s: f.level for s, f in found.skills.items()}
    assert levels["python"] == 3, "two positions of more than three years"
    assert levels["rag"] == 2 and levels["iac"] == 2 and levels["graphql"] == 1 and levels["agents"] == 1
    assert not {"kubernetes", "llm-apis"} & levels.keys()
    assert list(found.holds) == ["ms-ai-102"] and "has run out" in found.notes[0]
    assert found.skills["docker"].proofs[0].place == "Senior Backend Engineer, Acme, since 2021"
    assert not [p for p in PRIVATE if p in everything(found, catalogue)]


def test_an_unpacked_export_and_one_without_folder_are_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    packed = imported(catalogue, tmp_path / "a.zip", linkedin_of(TABLES, ""))
    folder = tmp_path / "unpacked" / "inner"
    folder.mkdir(parents=True)
    for name, text in TABLES.items():
        (folder / name.lower()).write_text(text, encoding="utf-8", newline="")
    assert imported(catalogue, tmp_path / "unpacked") == packed
    short = imported(catalogue, tmp_path / "b.zip", linkedin_of({"Skills.csv": TABLES["Skills.csv"]}))
    assert "no Positions.csv" in short.notes[0]


def test_a_json_resume_and_the_words_for_its_levels(catalogue: Catalogue, tmp_path: Path) -> None:
    resume = {
        "basics": {
            "name": "Ada Example", "email": PRIVATE[0], "phone": PRIVATE[1], "location": {"address": PRIVATE[4]},
            "profiles": [{"url": PRIVATE[3]}], "label": "Data Scientist", "summary": "SQL every day",
        },
        "work": [
            {"name": "Acme", "position": "Barista", "startDate": "2020-01", "highlights": ["pandas for the stock"]},
            {"name": "Old", "position": "Software Engineer", "startDate": "2010", "endDate": "2012-06-30"},
        ],
        "skills": [
            {"name": "Python", "level": "Master", "keywords": ["FastAPI"]},
            {"name": "Web", "level": "expert", "keywords": ["GraphQL"]},
            {"name": "Docker", "level": "a lot"},
        ],
        "certificates": [{"name": "Certified Kubernetes Administrator", "issuer": "CNCF"}],
        "projects": [{"name": "Bot", "keywords": ["RAG"], "startDate": "2024-01-01", "endDate": "2024-03-01"}],
    }  # fmt: skip
    found = imported(catalogue, tmp_path / "resume.json", json.dumps(resume))
    levels = {s: f.level for s, f in found.skills.items()}
    assert levels["python"] == 4, "the person's own word"
    assert levels["api-design"] == 2 and levels["graphql"] == 2, "a word for a group is no more than working for each"
    assert levels["docker"] == 1, "no word for a level"
    assert levels["pandas"] == 2 and levels["rag"] == 2 and levels["sql"] == 1
    assert found.role == "data-scientist", "the newest position is another trade, so the headline, and nothing old"
    assert list(found.holds) == ["cncf-cka"]
    assert not [p for p in PRIVATE if p in everything(found, catalogue)]


def test_what_was_exported_comes_back(catalogue: Catalogue, tmp_path: Path) -> None:
    plan = plan_for(catalogue, name="Ada", skills={"rag": 3, "sql": 4, "evaluation": 2}, holds=["AI-102"])
    found = imported(catalogue, tmp_path / "me.json", render_jsonresume(plan, catalogue))
    exported = {s: n for s, n in plan.profile.skills.items() if n >= 2}
    assert {s: f.level for s, f in found.skills.items() if f.grade == STATED} == exported
    assert {s: f.level for s, f in found.skills.items() if f.grade != STATED} == {"cloud-azure": 1}, "the certificate"
    assert tuple(found.holds) == plan.profile.holds and found.name == "Ada"
    back, problems = load_profile(imported_json(found, catalogue), "back", catalogue, TODAY)
    assert back is not None, problems
    assert {s: n for s, n in back.skills.items() if n >= 2} == exported


def test_finished_steps_come_back(catalogue: Catalogue, tmp_path: Path) -> None:
    saved, resume = str(tmp_path / "me.roadmap.yaml"), tmp_path / "me.json"
    day = ("--today", "2026-12-01")
    assert roadmap("plan", "--role", "swe", "--save", saved, *day).returncode == 0
    done = roadmap("done", "first-rag", "--hours", "9", "--evidence", "https://x.org/rag", "--plan", saved, *day)
    assert done.returncode == 0, done.stderr
    shown = roadmap("export", "--plan", saved, "--format", "jsonresume", "--output", str(resume), *day)
    assert shown.returncode == 0, shown.stderr
    taught = {s: n for s, n in catalogue.modules["first-rag"].teaches.items() if n >= 2}
    answers = json.loads(roadmap("import", str(resume), "--format", "json").stdout)
    assert taught and taught.items() <= answers["skills"].items()


# --- levels and roles


def test_years_are_counted_once_where_positions_overlap(catalogue: Catalogue, tmp_path: Path) -> None:
    def level(*periods: str) -> int:
        jobs = "".join(f"\nEngineer\n{p}\n- Python here\n- Python there\n" for p in periods)
        return imported(catalogue, tmp_path / "cv.txt", "Experience\n" + jobs).skills["python"].level

    assert level("Jan 2020 - Dec 2021") == 2
    assert level("Jan 2020 - Dec 2021", "Jan 2020 - Dec 2021") == 2
    assert level("Jan 2020 - Dec 2021", "Jan 2022 - Dec 2022") == 3
    assert level("Dec 2023 - Present") == 3 and level("Jan 2024 - Present") == 2, "until today, and no further"
    assert level("Jan 2030 - Dec 2040") == 2, "what lies ahead proves nothing"


def test_nobody_is_put_at_four_but_by_their_own_word(catalogue: Catalogue, tmp_path: Path) -> None:
    lines = "".join(f"- Python {i}\n" for i in range(50))
    found = imported(catalogue, tmp_path / "cv.txt", f"Experience\nPython expert\n1990 - Present\n{lines}")
    assert found.skills["python"].level == 3
    assert max(g.level for g in catalogue.grades.values()) == 3
    assert imported(catalogue, tmp_path / "cv.txt", "Skills\nPython (expert)\n").skills["python"].level == 4


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Full-stack developer", "swe"),
        ("Senior Data Scientist II", "data-scientist"),
        ("Software Engineer Intern", "new"),
        ("Head chef", "new"),
        ("Person of interest", "new"),
    ],
)
def test_the_role_is_a_guess_from_titles(catalogue: Catalogue, tmp_path: Path, title: str, role: str) -> None:
    found = imported(catalogue, tmp_path / "cv.txt", f"Experience\n{title}, Acme\n2020 - 2022\n- Work\n")
    assert found.role == role
    assert (found.role_proof is None) == (title == "Person of interest")


def test_a_name_found_in_passing_never_counts_for_less_than_the_role(catalogue: Catalogue, tmp_path: Path) -> None:
    found = imported(catalogue, tmp_path / "cv.txt", "Skills\nPython, RAG\n")
    usual = catalogue.roles["swe"].baseline
    assert usual["python"] > 1
    assert found.levels(usual) == {"rag": 1}
    said = imported(catalogue, tmp_path / "cv.txt", "Skills\nPython (basic), RAG\n")
    assert said.levels(usual) == {"python": 1, "rag": 1}


# --- finding names


def measured(catalogue: Catalogue, sentences: tuple[tuple[str, str], ...]) -> tuple[float, float]:
    """Precision and recall over sentences with the skills that they name."""
    finder = Finder(catalogue)
    right = extra = missing = 0
    for sentence, expected in sentences:
        wanted = set(expected.split())
        assert wanted <= catalogue.skills.keys()
        found = {m.skill for line in lines_of(sentence) for m in counted(finder.mentions(scrub(line)))}
        right, extra, missing = right + len(wanted & found), extra + len(found - wanted), missing + len(wanted - found)
    return right / (right + extra), right / (right + missing)


def test_precision_and_recall_on_our_own_sentences(catalogue: Catalogue) -> None:
    assert len(SENTENCES) >= 100 and sum(not expected for _, expected in SENTENCES) >= 40
    precision, recall = measured(catalogue, SENTENCES)
    assert precision >= 0.95 and recall >= 0.95
    # Nothing was tuned to these, and half of them are there to mislead.
    precision, recall = measured(catalogue, HELD_OUT)
    assert precision >= 0.8 and recall >= 0.9


def test_the_longest_name_wins_and_no_part_of_a_word_counts(catalogue: Catalogue) -> None:
    finder = Finder(catalogue)

    def names(line: str) -> list[str]:
        return [m.name for m in finder.mentions(line)]

    assert names("GitHub Actions and agentic RAG") == ["GitHub Actions", "agentic RAG"]
    assert names("Pythonista, preRAG, RAGtime, sqlx, MySQLdb, node.jsx") == []
    assert names("the rest of the jest, a helm, a rag and an azure sky") == [], "only as it is spelt"
    assert names("C++, C#, .NET and Node.js.") == ["C++", "C#", ".NET", "Node.js"]


def test_where_a_denial_ends(catalogue: Catalogue) -> None:
    finder = Finder(catalogue)

    def skills(line: str) -> set[str]:
        return {m.skill for m in finder.mentions(line)}

    assert skills("No experience with Docker, Kubernetes or Terraform.") == set()
    assert skills("No experience with Docker. Python since 2019.") == {"python"}
    assert skills("No experience with Docker but Python since 2019.") == {"python"}
    assert skills("No degree, Python since 2019") == {"python"}
    wishes = Finder(catalogue, wishes=False)
    assert {m.skill for m in wishes.mentions("Interested in Python and Docker? Apply!")} == {"python", "docker"}


# --- dates


def test_months_and_periods(catalogue: Catalogue) -> None:
    dates = Dates(cues_of(catalogue))
    month, period, period_in = dates.month, dates.period, dates.period_in
    assert month("Jan 2021") == month("January 2021") == month("01/2021") == month("2021-01-31") == month("2021")
    assert [month(x) for x in ("", "soon", "13/2021", "2021 2022", "Foo 2021", "2021-00")] == [None] * 6
    assert period_in("Engineer, Acme (Jan 2021 – Present)") == (Period(12 * 2021, None), "Engineer, Acme")
    assert period_in("2019 to date, Widget") == (Period(12 * 2019, None), "Widget")
    assert period_in("from 2019 - elsewhere") is None
    assert period("2022", "2020") == Period(12 * 2022, 12 * 2022), "an end before its beginning is no time"


# --- what must not happen


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b" \n", "empty"),
        ("x.bin", b"\x00\x01\x02" * 99, "neither text"),
        ("bad16.txt", b"\xff\xfe\x00\xd8\x00", "not the text"),
        ("old.doc", b"\xd0\xcf\x11\xe0rest", "old Word"),
        ("x.rtf", b"{\\rtf1 hello}", "RTF"),
        ("broken.json", b'{"work": [', "not valid JSON, line 1"),
        ("other.json", b'{"a": 1}', "no JSON Resume"),
        ("deep.json", b'{"work":' + b"[" * 100_000, "not valid JSON"),
        ("huge-number.json", b'{"work":' + b"9" * 10_000 + b"}", "not valid JSON"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "broken"),
        ("scan.pdf", pdf_of("", ""), "no text"),
        ("broken.zip", b"PK\x03\x04broken", "archive is broken"),
        ("other.zip", linkedin_of({"a.txt": "x"}), "neither a LinkedIn export"),
        ("broken.docx", linkedin_of({"word/document.xml": "<a"}, ""), "Word file is broken"),
        ("large.txt", b"a" * (files.LARGEST_FILE + 1), "too large"),
    ],
)
def test_broken_files_are_told_in_a_sentence(
    catalogue: Catalogue, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    assert message in complaint(catalogue, tmp_path / name, content).message


def test_an_encrypted_pdf_and_a_partly_scanned_one(catalogue: Catalogue, tmp_path: Path) -> None:
    for password, empty in (("secret", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(TEXT))))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        if empty:
            assert "rag" in imported(catalogue, tmp_path / "open.pdf", out.getvalue()).skills
        else:
            assert "encrypted" in complaint(catalogue, tmp_path / "locked.pdf", out.getvalue()).message
    partly = imported(catalogue, tmp_path / "partly.pdf", pdf_of(TEXT, ""))
    assert "page 2 has no text" in partly.notes[0] and "rag" in partly.skills


def test_bombs_are_refused_before_they_go_off(catalogue: Catalogue, tmp_path: Path) -> None:
    zeros = "0" * (files.LARGEST_PART + 1)
    table = linkedin_of({**TABLES, "Positions.csv": zeros})
    assert len(table) < files.LARGEST_FILE
    assert "Positions.csv: too large" in complaint(catalogue, tmp_path / "bomb.zip", table).message
    word = linkedin_of({"word/document.xml": zeros}, "")
    assert "too large" in complaint(catalogue, tmp_path / "bomb.docx", word).message
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l11;</d>'
    content = io.BytesIO(word_of("Python"))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, bomb if part == "word/document.xml" else old.read(part))
    assert "broken" in complaint(catalogue, tmp_path / "laughs.docx", out.getvalue()).message


def test_missing_files_and_folders(catalogue: Catalogue, tmp_path: Path) -> None:
    assert "no such file" in complaint(catalogue, tmp_path / "none.txt").message
    assert "without a LinkedIn export" in complaint(catalogue, tmp_path).message


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes_give_proposals_or_a_sentence(catalogue: Catalogue, content: bytes) -> None:
    for head in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{", b"Experience\nPython\n2020 - ", b"\xff\xfe"):
        try:
            resume = piped(catalogue, head + content)
        except RoadmapError as error:
            assert error.hint
            continue
        found = proposals(resume, catalogue, TODAY)
        profile, problems = load_profile(imported_yaml(found, catalogue, "x", TODAY), "x", catalogue, TODAY)
        assert profile is not None, problems


@given(st.text(max_size=80), st.integers(0, 4))
def test_hostile_words_stay_inside_their_comment(catalogue: Catalogue, text: str, level: int) -> None:
    hostile = f"{text} Python {text}\x1b[31m\u2028rag: 4\u202e\x00 # {{[&*!|>'\"%@`"
    resume = {
        "basics": {"name": f"{text}\nrag: 4\u2028x"},
        "work": [{"position": f"Engineer {text}\nrag: 4", "name": hostile, "highlights": [hostile] * level}],
        "skills": [{"name": "Python", "level": "expert", "keywords": [hostile]}],
    }
    found = proposals(piped(catalogue, json.dumps(resume).encode()), catalogue, TODAY)
    out = imported_yaml(found, catalogue, hostile, TODAY)
    assert all(c.isprintable() for line in out.split("\n") for c in line)
    answers = yaml.safe_load(out)
    assert answers.keys() <= {"role", "name", "skills"}
    assert answers["skills"]["python"] == 4 and "rag" not in answers["skills"]
    assert load_profile(out, "x", catalogue, TODAY)[0] is not None


def test_contact_data_is_scrubbed_and_other_numbers_stay() -> None:
    for text in (*PRIVATE, "ada(at)example.org", "030/123 45 67 8", "(030) 1234-5678", "www.example.org", "x.org/a"):
        assert GONE in scrub(f"Python {text} and SQL"), text
    for text in ("2M documents", "from 2019 - 2021", "01/2019 - 12/2021", "99.95 %", "1,200 users", "ISO/IEC 42001"):
        assert scrub(text) == text


def test_reading_is_fast_for_any_line(catalogue: Catalogue) -> None:
    from time import perf_counter

    started = perf_counter()
    for line in ("a" * 200_000, "a.a" * 60_000, "1 " * 100_000, "no experience with " * 10_000, "Go, " * 50_000):
        proposals(piped(catalogue, line.encode()), catalogue, TODAY)
    assert perf_counter() - started < 60


def test_the_same_file_gives_the_same_bytes(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(TEXT, encoding="utf-8")
    one, two = (roadmap("import", str(tmp_path / "cv.txt"), "--today", "2026-11-22") for _ in range(2))
    assert one == two and one.returncode == 0


# --- the command


def test_the_profile_goes_to_stdout_and_can_be_planned(catalogue: Catalogue, tmp_path: Path) -> None:
    cv, profile = tmp_path / "cv.txt", tmp_path / "me.yaml"
    cv.write_text(TEXT, encoding="utf-8")
    done = roadmap("import", str(cv), "--today", "2026-11-22")
    assert done.returncode == 0 and "role swe as a guess" in done.stderr
    assert f'rag: 2  # "Built a RAG service over 2M documents with FastAPI and pgvector", {WORK}' in done.stdout
    assert 'graphql: 3  # your own word: "' in done.stdout
    written = roadmap("import", str(cv), "--today", "2026-11-22", "--output", str(profile))
    assert written.stdout == "" and profile.read_text(encoding="utf-8") == done.stdout
    planned = roadmap("plan", "--profile", str(profile), "--format", "json", "--today", "2026-11-22")
    skills = json.loads(planned.stdout)["profile"]["skills"]
    assert planned.returncode == 0 and skills["rag"] == 2 and skills["graphql"] == 3
    as_json = json.loads(roadmap("import", str(cv), "--format", "json").stdout)
    assert as_json == yaml.safe_load(done.stdout)
    all_found = json.loads(roadmap("import", str(cv), "--format", "findings").stdout)
    assert all_found["profile"] == as_json
    assert all_found["skills"]["sql"] == {
        "level": 2, "grade": "used", "in_profile": False,
        "proofs": all_found["skills"]["sql"]["proofs"],
    }  # fmt: skip


def test_a_resume_that_names_no_skill_says_so(tmp_path: Path) -> None:
    cv = tmp_path / "cv.txt"
    cv.write_text("Ann Lee\n\nExperience\nGardener, Green Ltd, 2019 - 2024\n- Planted roses\n", encoding="utf-8")
    done = roadmap("import", str(cv), "--today", "2026-11-22")
    assert done.returncode == 0 and "No skill of the catalogue is named in it" in done.stderr


def test_a_failed_import_says_so_and_prints_no_data(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf_of(""))
    done = roadmap("import", str(tmp_path / "scan.pdf"))
    assert (done.returncode, done.stdout) == (1, "") and "OCR" in done.stderr


@pytest.mark.parametrize(("module", "name"), [("pypdfium2", "cv.pdf")])
def test_a_missing_extra_is_named(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    (tmp_path / name).write_bytes(pdf_of(TEXT) if name.endswith("pdf") else word_of(TEXT))
    done = roadmap("import", str(tmp_path / name))
    assert done.returncode == 2 and "career-roadmap[import]" in done.stderr


def test_an_overlay_teaches_another_language(catalogue: Catalogue, tmp_path: Path) -> None:
    overlay, cv = tmp_path / "sv.yaml", tmp_path / "cv.txt"
    cues = [
        {"id": "kopf-arbeit", "does": "section", "section": "work", "words": ["Arbetslivserfarenhet"]},
        {"id": "heute", "does": "today", "words": ["idag"]},
        {"id": "nicht", "does": "denies", "words": ["ingen erfarenhet"]},
    ]
    whole = [{**c, "source": "judgement", "as_of": "2026-11-22"} for c in cues]
    overlay.write_text(yaml.safe_dump({"cues": whole}), encoding="utf-8")
    cv.write_text(
        "Arbetslivserfarenhet\nUtvecklare\n2020 - idag\n- Docker\n- Ingen erfarenhet av AWS\n", encoding="utf-8"
    )
    plain = json.loads(roadmap("import", str(cv), "--format", "findings").stdout)["skills"]
    taught = roadmap("import", str(cv), "--format", "findings", "--catalogue", str(overlay), "--today", "2026-11-22")
    found = json.loads(taught.stdout)["skills"]
    assert (plain["docker"]["level"], "cloud-aws" in plain) == (1, True)
    assert (found["docker"]["level"], "cloud-aws" in found) == (2, False)


def test_plans_from_proposals_hold_for_everybody(catalogue: Catalogue, tmp_path: Path) -> None:
    found = imported(catalogue, tmp_path / "cv.txt", TEXT)
    profile, problems = load_profile(imported_yaml(found, catalogue, "cv", TODAY), "cv", catalogue, TODAY)
    assert profile is not None, problems
    plain = plan_for(catalogue, role="swe")
    assert make_plan(catalogue, profile, TODAY).hours <= plain.hours, "knowing more never makes it longer"


@pytest.mark.parametrize(
    "position", ["Senior Software Engineer, Example Ltd, 2019 - 2026", "Software Engineer\n2019 - 2026"]
)
def test_work_without_a_heading_begins_at_a_dated_job_title(
    catalogue: Catalogue, tmp_path: Path, position: str
) -> None:
    for lines, level in ((position, 2), (position.replace("2019 - 2026", "of things"), 1)):
        file = tmp_path / f"{level}.txt"
        file.write_text(f"Jo Bloggs\n{lines}\n- Built a RAG service with pgvector\n", encoding="utf-8")
        done = roadmap("import", str(file), "--format", "json")
        found = json.loads(done.stdout)
        assert found["role"] == "swe", "a position, or the line under the name"
        assert found["skills"]["rag"] == level
