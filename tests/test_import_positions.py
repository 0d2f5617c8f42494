"""Positions in the layouts that people and their programs give them: lists, tables, labels, columns of lines."""

import csv
from pathlib import Path

import pytest
import yaml

from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Imported
from roadmap.reading.names import Finder, counted
from tests.test_import_kinds import read, worked

DATA = Path(__file__).parent / "data"
NAMES = DATA / "skill_names.csv"
RESUMES = yaml.safe_load((DATA / "resumes.yaml").read_text(encoding="utf-8"))
DID = "- Python services\n- Python tests\n"
LATER = "Waiter, Globex\n2010 - 2015\n- Served\n"

LAYOUTS = {
    "items of a list": "* Software Engineer, Acme, Jan 2018 - Dec 2022\n  * Python services\n  * Python tests\n"
    "* Waiter, Globex, 2010 - 2015\n  * Served\n",
    "bold items": "- **Software Engineer**, Acme (Jan 2018 - Dec 2022)\n    - Python services\n    - Python tests\n"
    "- **Waiter**, Globex (2010 - 2015)\n    - Served\n",
    "round bullets": "• Software Engineer, Acme (2018 – 2022)\n◦ Python services\n◦ Python tests\n"
    "• Waiter, Globex (2010 – 2015)\n◦ Served\n",
    "labels": "Position: Software Engineer\nCompany: Acme\nDuration: Jan 2018 - Dec 2022\n"
    f"Responsibilities:\n{DID}\nPosition: Waiter\nCompany: Globex\nDuration: 2010 - 2015\n- Served\n",
    "labels of a form": "Dates: 01/01/2018 - 31/12/2022\nOccupation or position held: Software Engineer\n"
    "Main activities: Python services\nPython tests\nEmployer: Acme\n",
    "title, firm, town, dates": "Software Engineer\nAcme GmbH\nBerlin, Germany\nJan 2018 - Dec 2022\nPython services\n"
    "Python tests\n",
    "dates, town, firm, title": f"Jan 2018 - Dec 2022\nBerlin, Germany\nAcme GmbH\nSoftware Engineer\n{DID}",
    "dates first": f"Jan 2018 - Dec 2022\tSoftware Engineer, Acme\n{DID}{LATER}",
    "firm and dates, then the title": f"Acme GmbH, Berlin — Jan 2018 - Dec 2022\nSoftware Engineer\n{DID}",
    "end below, with its dash": f"Software Engineer, Acme\nJanuary 2018\n– December 2022\n{DID}",
    "end below": f"Software Engineer, Acme\n2018 –\n2022\n{DID}",
    "headings of each": f"### Acme GmbH\n#### Software Engineer\n*January 2018 – December 2022*\n\n{DID}",
    "a period as an item": f"Software Engineer\nAcme\n* Jan 2018 - Dec 2022\n{DID}",
    "paragraphs": "Acme GmbH, Software Engineer, 01/2018 to 12/2022\n\nBuilt Python services.\n\nLater more Python.\n\n"
    "Globex, Waiter, 2010 to 2015\n\nServed guests.\n",
    "a label before the dates": f"Software Engineer, Acme  Period: Jan 2018 – Dec 2022\n{DID}",
}


def someone(catalogue: Catalogue, experience: str) -> Imported:
    return read(catalogue, f"Jane Roe\n\nExperience\n\n{experience}")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_position_in_any_layout(catalogue: Catalogue, layout: str) -> None:
    found = someone(catalogue, LAYOUTS[layout])
    assert (found.name, found.role) == ("Jane Roe", "swe")
    assert found.skills["python"].level == 3
    assert any("Software Engineer" in p.place for p in found.skills["python"].proofs)


def test_a_bullet_with_years_in_its_middle_opens_no_position(catalogue: Catalogue) -> None:
    text = (
        "* Software Engineer, Acme, 2018 - 2022\n  * From 2019 - 2020 moved all to Docker for the bank\n  * Kafka\n"
        f"* Waiter, Globex, 2010 - 2015\n{DID}"
    )
    assert someone(catalogue, text).skills["async"].proofs[0].place == "Software Engineer, Acme, 2018 to 2022"


@pytest.mark.parametrize(
    "when",
    [
        "2018/2022", "Between 2018 and 2022", "zwischen 2018 und 2022", "entre janvier 2018 et mai 2022",
        "tra il 2018 e il 2022", "Jan.18-Dec.22", "2018+", "as of January 2018", "from 2018", "à partir de 2018",
        "2018-'22", "'18 – '22", "'18 - now", "2018 Jan - 2022 Dec", "2018, January - 2022, December",
        "2018 (Jan) – 2022 (Dec)", "01’18 – 12’22", "2018 --- 2022", "2018 ― 2022", "FY2018 – FY2022",
        "H1 2018 – H2 2022", "1H18 – 2H22", "Juni 2018 bis einschließlich Dezember 2022", "Jan2018 - Dec2022",
        "van nov 2018 tot mrt 2022", "2018 - (present)", "2018 – [present]", "Zeitraum: 2018 – 2022",
        "Période : 2018 - 2022",
    ],
)  # fmt: skip
def test_more_periods(catalogue: Catalogue, when: str) -> None:
    assert worked(catalogue, "Python services", "Python tests", when=when).skills["python"].level == 3


@pytest.mark.parametrize("line", ["Grew from 2018 to larger teams", "Moved in 2018/2022 builds", "Boeing 737-800"])
def test_what_only_looks_like_a_period(catalogue: Catalogue, line: str) -> None:
    found = someone(catalogue, f"Software Engineer, Acme\n2018 - 2022\n- Docker\n- {line}\n- Kafka\n")
    assert found.skills["async"].proofs[0].place == "Software Engineer, Acme, 2018 to 2022"


@pytest.mark.parametrize(
    "text",
    [
        "Nurse looking to become a software engineer.", "To obtain a position as a Software Engineer.",
        "Krankenpfleger, auf dem Weg zum Softwareentwickler.", "Infirmière en formation pour devenir développeuse web.",
        "Vorrei diventare sviluppatrice software.", "Chcę zostać programistką.",
    ],
)  # fmt: skip
def test_what_somebody_wants_to_become_is_not_what_they_are(catalogue: Catalogue, text: str) -> None:
    assert (
        read(catalogue, f"Jane Roe\n\nObjective\n{text}\n\nExperience\nBarista, Cafe\n2019 - present\n").role == "new"
    )


@pytest.mark.parametrize(
    "line", ["Name: Jane Roe", "Full name: Jane Roe", "Nom : Jane Roe", "Vor- und Nachname: Jane Roe"]
)
def test_a_name_behind_its_label(catalogue: Catalogue, line: str) -> None:
    assert read(catalogue, f"{line}\nEmail: jane@example.org\n\nSkills\nPython\n").name == "Jane Roe"


def test_a_heading_behind_a_sign_that_is_a_bullet_elsewhere(catalogue: Catalogue) -> None:
    found = read(catalogue, f"Jane Roe\n\n★ Experience\nSoftware Engineer, Acme\n2018 - 2022\n{DID}\n★ Skills\nKafka\n")
    assert {s: f.level for s, f in found.skills.items()} == {"python": 3, "async": 1}
    found = read(catalogue, f"Jane Roe\n\nExperience\nSoftware Engineer, Acme\n2018 - 2022\n\n- Training\n{DID}")
    assert found.skills["python"].level == 3, "an item of a list is no heading"


def test_names_of_everyday_tools(catalogue: Catalogue) -> None:
    """Over a thousand names as lists of skills write them, written before any was looked up (import.md)."""
    rows = list(csv.DictReader(NAMES.read_text(encoding="utf-8").splitlines()))
    finder = Finder(catalogue)
    missed = [
        r["name"]
        for r in rows
        if r["skill"] not in {m.skill for m in counted(finder.mentions(f"Python, {r['name']}, SQL"))}
    ]
    assert len(rows) > 1000 and len(missed) <= 0.01 * len(rows), missed


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Amazon Web Services Certified Solutions Architect – Associate", "aws-saa-c03"),
        ("AWS Certified Artificial Intelligence Practitioner", "aws-aif-c01"),
        ("Certified Kubernetes Admin", "cncf-cka"), ("GCP Professional Machine Learning Engineer", "gcp-pmle"),
        ("Microsoft Azure AI Engineer Associate", "ms-ai-102"), ("AI-102 (expires 06/2027)", "ms-ai-102"),
        ("AI-102, no expiration", "ms-ai-102"), ("AI-102 (active)", "ms-ai-102"),
    ],
)  # fmt: skip
def test_certificates_with_words_written_out(catalogue: Catalogue, text: str, id_: str) -> None:
    assert list(read(catalogue, f"Jane Roe\n\nCertifications\n{text}\n").holds) == [id_]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("AI-102, expired", "run out"), ("AI-102 (lapsed)", "run out"), ("AI-102 (abgelaufen)", "run out"),
        ("AI-102 (caducado)", "run out"), ("Working on AI-102", ""), ("AI-102 (WIP)", "not passed"),
        ("AI-102 — coming soon", "not passed"), ("AI-102 (target: Q1 2027)", "not passed"),
        ("Voucher for AI-102", ""), ("AI-102 practice exam, 85 %", "not passed"),
        ("AI-102 course, no exam", "not passed"),
    ],
)  # fmt: skip
def test_what_is_held_no_more_or_not_yet(catalogue: Catalogue, text: str, why: str) -> None:
    found = read(catalogue, f"Jane Roe\n\nCertifications\n{text}\n")
    assert not found.holds and (not why or why in found.notes[0])


@pytest.mark.parametrize("someone", RESUMES, ids=[r["name"] for r in RESUMES])
def test_whole_resumes(catalogue: Catalogue, someone: dict[str, str]) -> None:
    found = read(catalogue, someone["text"])
    assert (found.name, found.role) == (someone["name"], someone["role"])
    levels = {s: f.level for s, f in found.skills.items()}
    assert levels.items() >= {s: int(n) for s, n in (x.split("=") for x in someone["levels"].split())}.items()
    assert not {*someone["lacks"].split()} & {*levels}
    assert not someone["background"] or someone["background"] in found.background
