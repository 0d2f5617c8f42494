"""Resumes in other people's formats: Word in all its corners, PDF by its page, JSON and YAML kin, HTML, LinkedIn."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import pytest
from pypdf import PdfReader, PdfWriter

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Imported
from roadmap.reading.proposals import proposals
from tests.test_import import TODAY, pdf_of, piped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:s="urn:shapes" xmlns:v="urn:schemas-microsoft-com:vml"'
)
ITEM, HEADING = "<w:pPr><w:numPr/></w:pPr>", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'


def word(body: str, separator: str = "/", **parts: str) -> bytes:
    """A Word file with this body and further parts, as Word itself packs it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = f'<w:document xmlns:w="{WORD}" {OTHERS}><w:body>{body}</w:body></w:document>'
        archive.writestr(f"word{separator}document.xml", whole)
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:hdr xmlns:w="{WORD}">{inner}</w:hdr>')
    return out.getvalue()


def para(text: str, about: str = "") -> str:
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def read(catalogue: Catalogue, content: bytes | str) -> Imported:
    return proposals(piped(catalogue, content.encode() if isinstance(content, str) else content), catalogue, TODAY)


def data(catalogue: Catalogue, resume: Mapping[str, object]) -> Imported:
    return read(catalogue, json.dumps({"basics": {"name": "Jane Roe"}, **resume}))


# --- Word


@pytest.mark.parametrize(
    "body",
    [
        f"<w:sdt><w:sdtContent>{para('Python')}</w:sdtContent></w:sdt>",
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{para('Python')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{para('Python')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        "<w:p><w:ins><w:r><w:t>Python</w:t></w:r></w:ins></w:p>",
        "<w:p><w:hyperlink><w:r><w:t>Py</w:t></w:r><w:r><w:t>thon</w:t></w:r></w:hyperlink></w:p>",
    ],
    ids=["control", "nested", "box", "inserted", "runs"],
)
def test_every_paragraph_of_a_word_file_is_read(catalogue: Catalogue, body: str) -> None:
    deleted = "<w:p><w:del><w:r><w:delText>Docker</w:delText></w:r></w:del></w:p>"
    found = read(catalogue, word(para("Skills") + body + deleted))
    assert found.kind == "Word file" and list(found.skills) == ["python"]


def test_of_two_forms_of_a_box_one_is_read(catalogue: Catalogue) -> None:
    box = f"<w:txbxContent>{para('Python')}</w:txbxContent>"
    forms = f"<mc:Choice><s:txbx>{box}</s:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
    body = f"{para('Projects', HEADING)}<w:p><w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r></w:p>"
    resume = piped(catalogue, word(body))
    assert [x for e in resume.entries for x in (e.title, *e.lines) if x] == ["Python"]


def test_a_position_with_tabs_bullets_and_a_page_header(catalogue: Catalogue) -> None:
    when = "<w:p><w:r><w:t>2018</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>- 2023</w:t></w:r></w:p>"
    body = para("Experience", HEADING) + para("Software Engineer, Acme") + when
    content = word(body + para("Python one", ITEM) + para("Python two", ITEM), header1=para("Jane Roe"))
    found = read(catalogue, content)
    assert (found.name, found.role, found.skills["python"].level) == ("Jane Roe", "swe", 3)


def test_a_word_file_with_backslashes_and_one_full_of_entities(catalogue: Catalogue) -> None:
    assert "python" in read(catalogue, word(para("Skills") + para("Python"), "\\")).skills
    with pytest.raises(RoadmapError, match="broken"):
        read(catalogue, word("<!ENTITY a 'b'>"))


# --- PDF


def drawn(*pieces: tuple[int, int, str]) -> bytes:
    """A page with texts at these places, in this order."""
    stream = "BT /F1 10 Tf " + " ".join(f"1 0 0 1 {x} {y} Tm ({t}) Tj" for x, y, t in pieces) + " ET"
    page = pdf_of("x").decode("latin-1")
    old = page[page.index("BT") : page.index("\nendstream")]
    return page.replace(old, stream).replace(f"/Length {len(old)}", f"/Length {len(stream)}").encode("latin-1")


def test_periods_at_the_margin_go_to_their_positions(catalogue: Catalogue) -> None:
    found = read(
        catalogue,
        drawn(
            (50, 780, "Jane Roe"), (50, 760, "Experience"), (50, 740, "Acme, Software Engineer"),
            (50, 725, "- Services in Python"), (50, 710, "- Python tools"), (450, 740, "Jun 2019 - May 2023"),
            (50, 690, "Globex, Teacher"), (50, 675, "- Taught"), (450, 690, "Jan 2010 - May 2019"),
        ),
    )  # fmt: skip
    assert found.role == "swe" and found.skills["python"].proofs[0].place == "Acme, Software Engineer, 2019 to 2023"
    assert list(found.background) == ["teacher"]


def test_a_sidebar_that_begins_with_contact(catalogue: Catalogue) -> None:
    found = read(
        catalogue,
        drawn(
            (50, 780, "Contact"), (50, 765, "jane@example.org"), (50, 740, "Toolbelt"), (50, 725, "Kubernetes"),
            (250, 780, "Jane Roe"), (250, 765, "Backend Developer"), (250, 740, "Where I worked"),
            (250, 725, "Backend Developer, Acme"), (250, 710, "2019 - Present"), (250, 695, "Python operators"),
        ),
    )  # fmt: skip
    assert (found.name, found.role) == ("Jane Roe", "swe")
    assert found.skills["kubernetes"].level == 1 and found.skills["python"].level == 2


@pytest.mark.parametrize("algorithm", ["RC4-128"])
def test_a_pdf_locked_against_copying_alone_is_read(catalogue: Catalogue, algorithm: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("Skills\nPython"))))
    writer.encrypt("", "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert list(read(catalogue, out.getvalue()).skills) == ["python"]


def test_ten_pages_take_less_than_a_second(catalogue: Catalogue, tmp_path: Path) -> None:
    job = "Software Engineer, Acme\nJan 2018 - Dec 2022\n" + "- Built Python services with Docker for the team\n" * 8
    content = pdf_of(*["Experience\n" + job * 5] * 10)
    read(catalogue, pdf_of("Python"))
    started = perf_counter()
    assert read(catalogue, content).skills["python"].level == 3
    # A second on a quiet machine; other tests may run beside this one.
    assert perf_counter() - started < 3


# --- JSON, YAML, HTML


def test_skills_and_certificates_in_other_forms(catalogue: Catalogue) -> None:
    assert list(data(catalogue, {"skills": ["Docker", "Python"]}).skills) == ["python", "docker"]
    assert list(data(catalogue, {"skills": {"Tools": ["Docker"], "Languages": ["Python"]}}).skills) == [
        "python",
        "docker",
    ]
    for certificates in ({"certifications": [{"title": "CKA"}]}, {"certificates": ["CKA"]}):
        assert list(data(catalogue, certificates).holds) == ["cncf-cka"]


def test_positions_with_keys_of_their_own_and_years_as_numbers(catalogue: Catalogue) -> None:
    job = {
        "company": "Acme",
        "title": "Software Engineer",
        "start": 2016,
        "end": "present",
        "technologies": ["Kubernetes"],
    }
    found = data(
        catalogue, {"experience": [{**job, "env": {"languages": ["SQL"]}, "bullets": ["Python a", "Python b"]}]}
    )
    levels = {s: f.level for s, f in found.skills.items()}
    assert found.role == "swe" and levels["python"] == 3 and levels["kubernetes"] == levels["sql"] == 2
    assert list(data(catalogue, {"work": [{"position": "Teacher", "startDate": 2018}]}).background) == ["teacher"]


@pytest.mark.parametrize(
    "text",
    [
        "basics:\n  name: Jane Roe\nwork:\n  - position: Software Engineer\n    name: Acme\n    startDate: 2016-01-01\n"
        "    highlights: [Python a, Python b]\nskills:\n  - {name: Languages, keywords: [Go, SQL]}\n",
        "cv:\n  name: Jane Roe\n  sections:\n    experience:\n      - company: Acme\n"
        "        position: Software Engineer\n"
        "        start_date: 2016-01\n        end_date: present\n        highlights: [Python a, Python b]\n"
        "    skills:\n      - {label: Languages, details: 'Go, SQL'}\n",
    ],
)
def test_resumes_in_yaml(catalogue: Catalogue, text: str) -> None:
    found = read(catalogue, text)
    assert found.kind == "JSON Resume in YAML" and (found.name, found.role) == ("Jane Roe", "swe")
    assert {s: f.level for s, f in found.skills.items()} == {"python": 3, "go-rust-cpp": 1, "sql": 1}


def test_html_and_markdown_say_the_same(catalogue: Catalogue) -> None:
    html = (
        "<!doctype html><html><head><title>CV</title><style>.docker{}</style><script>kubernetes=1</script></head><body>"
        "<h1>Jane Roe</h1><h2>Skills</h2><ul><li>Go</li><li>SQL</li></ul><!-- needs Kafka --><h2>Experience</h2>"
        "<h3>Software Engineer, Acme</h3><p>2018 &ndash; 2023</p><ul><li>Python a</li><li>Python b"
    )
    markdown = (
        "---\ntitle: CSS and HTML resume\n---\n# Jane Roe <img src='x.jpg'>\n\n## 🛠 Skills {#s}\n\n- Go\n- SQL\n\n"
        "<!-- Kafka\n-->\n## <a name='e'></a>Experience\n\n### **Software Engineer**, Acme\n\n*2018 -- 2023*\n\n"
        "- `Python` a\n- Python b\n"
    )
    for text in (html, markdown):
        found = read(catalogue, text)
        assert (found.name, found.role) == ("Jane Roe", "swe")
        assert {s: f.level for s, f in found.skills.items()} == {"python": 3, "sql": 1, "go-rust-cpp": 1}


# --- LinkedIn


@pytest.mark.parametrize("folder", ["", "a/b/c/", "LinkedIn\\"])
@pytest.mark.parametrize("sign", [",", ";"])
def test_tables_wherever_they_lie_and_whatever_parts_them(catalogue: Catalogue, folder: str, sign: str) -> None:
    heads = sign.join(("Company Name", "Title", "Description", "Location", "Started On", "Finished On"))
    row = sign.join(("Acme", "Software Engineer", '"• Python a\n• Python b"', "Berlin", "févr. 2016", "déc. 2021"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{folder}Positions.csv", f"{heads}\n{row}\n")
        archive.writestr(f"{folder}Skills.csv", "Name\nGo (Programming Language)\nSQL\n")
    found = read(catalogue, out.getvalue())
    assert found.role == "swe" and found.skills["python"].level == 3 and "go-rust-cpp" in found.skills


# --- files that nobody wrote for a reader


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 80_000, "<p>- \n" * 15_000, "- \n\n" * 25_000, "Skills\n" * 15_000, "## \n* Skills\n\n" * 8_000,
        "Experience\n" + "Engineer\n2018 - 2022\n" * 5_000, "Experience\n" + "* Engineer 2018 - 2022\n" * 5_000,
        "Jan 2018 - " * 35_000, "Position: " * 40_000, "between 2018 and " * 20_000, "? not " * 60_000,
    ],
    ids=lambda t: t[:12],
)  # fmt: skip
def test_texts_made_to_take_long_end_in_seconds(catalogue: Catalogue, text: str) -> None:
    read(catalogue, "Python")
    started = perf_counter()
    read(catalogue, text)
    # At most one second on a quiet machine; other tests may run beside this one.
    assert perf_counter() - started < 10


def test_a_large_json_resume_is_read_and_no_cut_piece_of_one(catalogue: Catalogue) -> None:
    jobs = [{"position": "Engineer", "name": "Acme", "startDate": "2018", "highlights": ["Python", "Docker"]}] * 9_000
    assert list(data(catalogue, {"work": jobs}).skills) == ["python", "docker"]


def test_only_so_many_positions_are_read(catalogue: Catalogue) -> None:
    found = read(catalogue, "Experience\n" + "Software Engineer, Acme\n2018 - 2022\n- Python\n" * 1_001)
    assert "only the first 1,000 entries are read" in found.notes and found.role == "swe"


# --- data with other keys


WORK = {"position": "Software Engineer", "name": "Acme", "highlights": ["Python services", "Python tests"]}
DATED = {"startDate": "2018-01", "endDate": "2022-12"}
JANE = {"name": "Jane Roe"}
KIN: dict[str, object] = {
    "keys with underscores": {
        "personal_info": {"full_name": "Jane Roe"},
        "work_experience": [
            {"job_title": "Software Engineer", "company_name": "Acme", "start_date": "01/2018", "end_date": "12/2022",
             "responsibilities": ["Python services", "Python tests"]}
        ],
    },
    "two names": {"basics": {"firstName": "Jane", "lastName": "Roe"}, "work": [WORK | DATED]},
    "dates in one text": {"basics": JANE, "work": [{**WORK, "dates": "Jan 2018 - Dec 2022"}]},
    "dates as an object": {"basics": JANE, "work": [{**WORK, "period": {"start": "2018", "end": "2022"}}]},
    "a duration": {"basics": JANE, "experience": [{**WORK, "duration": "2018 - 2022"}]},
    "positions inside a firm": {"basics": JANE, "work": [{"name": "Acme", "positions": [WORK | DATED]}]},
    "below a key": {"resume": {"basics": JANE, "work": [WORK | DATED]}},
    "a list of one": [{"basics": JANE, "work": [WORK | DATED]}],
    "items of sections": {"basics": JANE, "sections": {"experience": {"items": [{**WORK, "date": "2018 - 2022"}]}}},
    "keys in German": {
        "basics": JANE,
        "berufserfahrung": [
            {"position": "Softwareentwicklerin", "firma": "Acme", "von": "2018", "bis": "2022",
             "beschreibung": "Python-Dienste\nPython-Tests"}
        ],
    },
    "no person of its own": {"name": "Jane Roe", "title": "Software Engineer", "work": [WORK | DATED]},
}  # fmt: skip


@pytest.mark.parametrize("kin", KIN)
def test_kin_of_a_json_resume(catalogue: Catalogue, kin: str) -> None:
    found = read(catalogue, json.dumps(KIN[kin]))
    assert (found.name, found.role, found.skills["python"].level) == ("Jane Roe", "swe", 3)


@pytest.mark.parametrize(
    "skills",
    ["Python, SQL", ["Python", "SQL"], {"Languages": ["Python"], "Data": ["SQL"]}, {"items": [{"name": "Python, SQL"}]},
     [{"skill": "Python", "years": 5}, {"skill": "SQL"}]],
)  # fmt: skip
def test_skills_of_any_form(catalogue: Catalogue, skills: object) -> None:
    assert {s: f.level for s, f in data(catalogue, {"skills": skills}).skills.items()} == {"python": 1, "sql": 1}
