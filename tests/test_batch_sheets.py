"""Tables as people keep them: what is typed is read for what it means, told, and refused where it has two meanings."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from roadmap.batch.check import check_table, is_table
from roadmap.batch.guess import Guess
from roadmap.batch.row import Reading, Row
from roadmap.batch.rows import Kind, open_rows
from roadmap.errors import RoadmapError
from roadmap.loading.load import load_catalogue
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Fault
from roadmap.model.profile import make_profile
from roadmap.model.typed import day_of, dollars_of, hours_of
from tests.batches import batch, records
from tests.batches import rows as strictly

TODAY = date(2026, 11, 22)
SHEET = """sep=;
Spring cohort 2027;;;;;;

Name;Current Job;Hours / week;Budget ($);Start;Skills;Python (0-4)
Zoë;Senior Backend Developer;7,5;$250;01.12.2026;RAG, SQL: 3, Docker (basic);expert

Ada;ICU nurse;10-12;1 000;1 Dec 2026;;2
Total;;17,5;1 250;;;
"""


def read(text: str | bytes, catalogue: Catalogue, **reading: object) -> tuple[list[Row], Guess]:
    guess = Guess(catalogue, TODAY)
    content = text.encode() if isinstance(text, str) else text
    how = Reading(guess=guess, **reading)  # type: ignore[arg-type]
    return list(open_rows("-", how, kind=Kind.CSV, stdin=io.BytesIO(content)).rows), guess


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_sheet_is_read_and_every_guess_is_told(catalogue: Catalogue, encoding: str) -> None:
    found, guess = read(SHEET.encode(encoding), catalogue)
    assert [(r.number, r.line, r.faults) for r in found] == [(1, 5, ()), (2, 7, ())]
    assert found[0].answers == {
        "name": "Zoë",
        "role": "swe",
        "background": ["backend-developer"],
        "hours_per_week": 7.5,
        "budget_usd": 250,
        "start": date(2026, 12, 1),
        "skills": {"rag": 2, "sql": 3, "docker": 1, "python": 4},
    }
    second = found[1].answers or {}
    assert (second["role"], second["background"], second["hours_per_week"], second["budget_usd"]) == (
        *("new", ["nurse"]),
        *(10, 1000),
    )
    assert all(make_profile(r.answers or {}, catalogue, TODAY)[0] for r in found)
    told = " / ".join(guess.notes)
    for said in (
        "heading",
        'column "Current Job" read as role',
        "read as swe, background",
        "total",
        '"10-12" read as 10',
    ):
        assert said in told
    assert guess.notes['Hours / week "10-12" read as 10'] == 7 and ("1252" in told) == (encoding == "cp1252")


def test_a_table_of_a_program_is_no_guess(catalogue: Catalogue) -> None:
    text = 'id,Role,hours_per_week,skills.rag,skills,goals\n7,swe,8,3,"sql=2","job, agents"\n'
    found, guess = read(text, catalogue)
    assert not guess.notes and found[0].answers == {
        "role": "swe",
        "hours_per_week": "8",
        "skills": {"rag": "3", "sql": 2},
        "goals": "job, agents",
    }
    assert found[0].column(("role",)) == "Role"


def test_strict_guesses_nothing() -> None:
    for text in ("Role\nswe\n", "Title\n\nrole\nswe\n"):
        with pytest.raises(RoadmapError, match="unknown column"):
            strictly(text, Kind.CSV)
    assert [f.id for f in strictly("role,name\nswe\n", Kind.CSV)[0].faults] == ["wrong-columns"]
    assert strictly("role\nTotal\n", Kind.CSV)[0].answers == {"role": "Total"}


def test_short_records_are_filled_up_and_long_ones_refused(catalogue: Catalogue) -> None:
    found, _ = read("role,name,goals\nswe\nswe,Ada,,,\nswe,a,job,x\n", catalogue)
    assert [r.answers for r in found] == [{"role": "swe"}, {"role": "swe", "name": "Ada"}, None]
    assert [f.id for f in found[2].faults] == ["wrong-columns"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_most_lines(catalogue: Catalogue, delimiter: str) -> None:
    title = "Cohort: spring, 2027\n"
    lines = [["name", "role", "hours"], ["Ada", "swe", "8"], ["Ben", "new", "9"]]
    found, _ = read(title + "\n".join(delimiter.join(line) for line in lines), catalogue)
    assert [(r.answers or {}).get("name") for r in found] == ["Ada", "Ben"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("5h", 5), ("5 h", 5), ("7,5", 7.5), ("7.25 hours", 7.25), ("10-12", 10), ("10 – 12 h", 10), ("1:30", 1.5)),
        *(("~8", 8), ("about 8 hours a week", 8), ("8 h/week", 8), ("6+", 6), ("12 Stunden pro Woche", 12)),
        *(("many", None), ("5 days", None), ("-5", None), ("1.000", None)),
    ],
)
def test_hours(text: str, hours: float | None) -> None:
    assert hours_of(text) == hours


@pytest.mark.parametrize(
    ("text", "dollars"),
    [
        *(("$250", 250), ("250 $", 250), ("USD 250", 250), ("250 US dollars", 250), ("1,000", 1000), ("1 000", 1000)),
        *(("$1,250.50", 1250.5), ("1.250,50", 1250.5), ("1'000", 1000), ("2k", 2000), ("7,50", 7.5), ("0", 0)),
        *(("1.000", "ambiguous-number"), ("$12.500", "ambiguous-number"), ("1.000.000", "ambiguous-number")),
        *(("250 €", "not-dollars"), ("EUR 250", "not-dollars"), ("£20", "not-dollars"), ("a lot", None)),
    ],
)
def test_money(text: str, dollars: float | str | None) -> None:
    found = dollars_of(text)
    assert (found.id if isinstance(found, Fault) else found) == dollars


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("01.12.2026", date(2026, 12, 1)), ("1.12.26", date(2026, 12, 1)), ("2026/12/1", date(2026, 12, 1))),
        *(("2026-12-01 00:00:00", date(2026, 12, 1)), ("25/12/2026", date(2026, 12, 25)), ("46357", date(2026, 12, 1))),
        *(("12/25/2026", date(2026, 12, 25)), ("1 Dec 2026", date(2026, 12, 1)), ("asap", TODAY)),
        *(("03/04/2027", "ambiguous-date"), ("04/04/2027", date(2027, 4, 4)), ("31.02.2027", None), ("soon", None)),
    ],
)
def test_days(text: str, day: date | str | None) -> None:
    found = day_of(text, TODAY)
    assert (found.id if isinstance(found, Fault) else found) == day


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        *(("role", "Software Engineer", "swe"), ("role", "Frontend engineer (React)", "swe"), ("role", "SWE", "swe")),
        *(("role", "Data Scientist", "data-scientist"), ("role", "Student", "new"), ("role", "DevOps / SRE", "swe")),
        *(("role", "frontend", "swe"), ("role", "backend", "swe")),
        *(("role", "swee", "swee"), ("cloud", "AWS", "aws"), ("cloud", "Google Cloud", "gcp"), ("cloud", "any", "any")),
        *(("level", "Junior", "entry"), ("domain", "Public Sector", "public-sector"), ("certifications", "no", "none")),
        *(("goals", "Job; agents", ["job", "agents"]), ("deadline", "none", None), ("holds", "-", None)),
        *(("deadline", "September 2027", date(2027, 9, 30)), ("start", "9/2027", date(2027, 9, 1))),
        *(
            ("skills", "Python 3, sql 3", {"python": 2, "sql": 3}),
            ("skills", "Basket weaving", {"Basket weaving": None}),
        ),
    ],
)
def test_words(catalogue: Catalogue, column: str, text: str, value: object) -> None:
    found, _ = read(f'name,{column}\nx,"{text}"\n', catalogue)
    assert (found[0].answers or {}).get(column) == value


def test_what_can_mean_two_things_is_a_problem_of_its_row(catalogue: Catalogue) -> None:
    found, _ = read("role,budget,deadline\nswe,1.000,03/04/2027\n", catalogue)
    assert [(f.id, f.path) for f in found[0].faults] == [
        ("ambiguous-number", ("budget_usd",)),
        ("ambiguous-date", ("deadline",)),
    ]
    assert "1000" in found[0].faults[0].hint and found[0].column(("budget_usd",)) == "budget"


def workbook(file: Path, rows: Sequence[Sequence[object]], *, empty_first: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    if empty_first:
        sheet = book.create_sheet("People")
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file


def test_xlsx(catalogue: Catalogue, tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["Cohort"],
        ["Id", "Job title", "Hours", "Deadline", "Budget"],
        [7, "Backend developer", 7.5, datetime(2027, 12, 31, tzinfo=UTC).replace(tzinfo=None), "1.000"],
        [None, None, None, None, None],
        [8, "Teacher", 10, date(2027, 12, 31), 250],
    ]
    file, guess = workbook(tmp_path / "c.xlsx", lines, empty_first=True), Guess(catalogue, TODAY)
    found = list(open_rows(str(file), Reading(guess=guess)).rows)
    assert [(r.id, r.line, [f.id for f in r.faults]) for r in found] == [("7", 3, ["ambiguous-number"]), ("8", 5, [])]
    assert (found[0].answers or {})["deadline"] == date(2027, 12, 31) and (found[0].answers or {})["role"] == "swe"
    assert (found[1].answers or {})["hours_per_week"] == 10 and (found[1].answers or {})["background"] == ["teacher"]
    assert any("People" in note for note in guess.notes)
    done = batch(file, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 4 and [r["id"] for r in records(tmp_path / "out.jsonl")] == ["7", "8"]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_ods(catalogue: Catalogue, tmp_path: Path) -> None:
    texts = [["Name", "Role", "Hours"], ["Zoë", "Software engineer", "5h"]]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ["<table:table-row>" + "".join(map(cell.format, row)) + "</table:table-row>" for row in texts]
    with zipfile.ZipFile(tmp_path / "c.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows="".join(lines)))
    (found,) = open_rows(str(tmp_path / "c.ods"), Reading(guess=Guess(catalogue, TODAY))).rows
    assert found.answers == {"name": "Zoë", "role": "swe", "hours_per_week": 5}


def test_workbooks_that_cannot_be_read_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "y.ods").write_bytes(b"nothing")
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as archive:
        archive.writestr("a.xml", "<a/>")
    for name in ("x.xlsx", "y.ods", "z.xlsx"):
        with pytest.raises(RoadmapError, match="not a workbook"):
            open_rows(str(tmp_path / name), Reading())
    monkeypatch.setattr("roadmap.batch.workbook.MOST_BYTES", 3)
    with pytest.raises(RoadmapError, match="at most 3"):
        open_rows(str(workbook(tmp_path / "w.xlsx", [["role"]])), Reading())


def test_a_table_is_checked_without_a_plan(tmp_path: Path) -> None:
    file = tmp_path / "cohort.csv"
    file.write_text("Name,Job,Hours,Budget\nAda,Nurse,5h,1.000\nBen,swee,8,\n", encoding="utf-8")
    assert is_table(file) and not is_table(tmp_path / "me.yaml")
    found = check_table(file, TODAY)
    assert [(p.line, p.id) for p in found if p.severity == "error"] == [(2, "ambiguous-number"), (3, "unknown-role")]
    assert {p.message for p in found if p.severity == "warning"} >= {
        'Hours "5h" read as 5',
        'column "Job" read as role',
    }
    file.write_text("Name,Shoe size\nAda,39\n", encoding="utf-8")
    (problem,) = check_table(file, TODAY)
    assert 'unknown column "Shoe size"' in problem.message and "--ignore" in problem.hint
    file.write_text("Name,Job,Email,Anmerkung\nAda,Nurse,x@example.org,shy\n", encoding="utf-8")
    found = check_table(file, TODAY)
    assert not [p for p in found if p.severity == "error"]
    assert 'column "Email" is no answer, so it is kept as it is' in {p.message for p in found}


@pytest.mark.parametrize(
    "heading",
    [
        "Teilnehmer;Aktueller Beruf;Std./Woche;Kenntnisse;Startdatum;Frist",
        "Prénom;Poste actuel;Heures/semaine;Compétences;Début;Échéance",
        "Nombre;Puesto;Horas semanales;Conocimientos;Fecha de inicio;Plazo",
        "Nome;Cargo atual;Horas por semana;Habilidades;Início;Prazo",
        "Nome;Ruolo attuale;Ore settimanali;Competenze;Inizio;Scadenza",
        "Naam;Huidige functie;Uren per week;Vaardigheden;Startdatum;Einddatum",
        "Imię;Obecne stanowisko;Godziny tygodniowo;Umiejętności;Data rozpoczęcia;Termin",
    ],
)  # fmt: skip
def test_headings_in_other_languages(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "cohort.csv"
    file.write_text(f"{heading}\nAda;Backend developer;7,5;Python, SQL;01.12.2026;31.12.2027\n", encoding="utf-8")
    found = check_table(file, TODAY)
    assert not [p for p in found if p.severity == "error"], found


FORM = """Timestamp,What is your name?,What do you do for a living?,How many hours per week can you study?,\
When do you want to start?,Experience with Python (0-4),How well do you know SQL?,Any holidays?,Your budget,\
What is your main goal?,Email Address,Anything else?
2026/11/01 10:00:00,Ann Lee,Teacher,5-8 hours,7-Dec-2026,3,basic,24-27 Dec,about $250,a new job,\
ann@example.org,"Evenings, please"
"""


def test_a_form_asks_in_questions(catalogue: Catalogue) -> None:
    (row,), guess = read(FORM, catalogue)
    assert row.answers == {
        "name": "Ann Lee", "role": "new", "background": ["teacher"], "hours_per_week": 5, "start": date(2026, 12, 7),
        "skills": {"python": "3", "sql": 1}, "breaks": [{"from": "2026-12-24", "to": "2026-12-27"}], "budget_usd": 250,
        "goals": ["job"],
    }  # fmt: skip
    assert row.own == {
        "Timestamp": "2026/11/01 10:00:00", "Email Address": "ann@example.org", "Anything else?": "Evenings, please"
    }  # fmt: skip
    assert make_profile(row.answers or {}, catalogue, TODAY)[0]
    assert 'column "How many hours per week can you study?" read as hours_per_week' in guess.notes


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("First name,Last name", "Ann,Lee"), ("Last name,First name", "Lee,Ann"), ("Nachname,Vorname", "Lee,Ann"),
        ("Name,Surname", "Ann,Lee"), ("Cognome,Nome", "Lee,Ann"),
    ],
)  # fmt: skip
def test_two_columns_with_a_name(catalogue: Catalogue, heading: str, cells: str) -> None:
    (row,), guess = read(f"{heading},Role\n{cells},swe\n", catalogue)
    assert (row.answers or {})["name"] == "Ann Lee" and any("read as name" in n for n in guess.notes)


@pytest.mark.parametrize(
    "total",
    [
        "Total,3,22.5",
        "TOTAL:,,22.5 h",
        "Grand total,,22",
        "Summe,,22",
        "Average,,7.5",
        "Ø,,",
        "Média,,7.5",
        "Moyenne :,,7",
    ],
)
def test_totals_are_no_people(catalogue: Catalogue, total: str) -> None:
    found, _ = read(f"Name,Current job,Hours\nAnn,Nurse,5\n{total}\n", catalogue)
    assert len(found) == (2 if total.startswith("Ø") else 1)
    assert len(read("Name,Current job,Hours\nTotal Smith,Nurse,5\n", catalogue)[0]) == 1


@pytest.mark.parametrize(
    ("heading", "cells", "key", "value", "told"),
    [
        ("Skills,Python (0-4)", '"RAG, SQL: 3",4', "skills", {"rag": 2, "sql": 3, "python": "4"}, "rag 2, sql 3"),
        ("Python (0-4),Skills", '4,"RAG, SQL: 3"', "skills", {"rag": 2, "sql": 3, "python": "4"}, "rag 2, sql 3"),
        ("skills.Python,skills.RAG", "3,yes", "skills", {"python": "3", "rag": 2}, 'skill "Python" read as python'),
        ("Goals", "a new job", "goals", ["job"], 'Goals "a new job" read as job'),
        ("Goals", "job | agents", "goals", ["job", "agents"], None),
        ("Goals", "fame", "goals", "fame", None),
        ("Breaks", "whenever", "breaks", "whenever", None),
        ("Breaks", '"[{""from"": ""2027-01-01"", ""to"": ""2027-01-08""}]"', "breaks",
         [{"from": "2027-01-01", "to": "2027-01-08"}], None),
    ],
)  # fmt: skip
def test_cells_that_hold_several_things(
    catalogue: Catalogue, heading: str, cells: str, key: str, value: object, told: str | None
) -> None:
    (row,), guess = read(f"Name,Role,{heading}\nAnn,swe,{cells}\n", catalogue)
    assert (row.answers or {})[key] == value
    assert told is None or any(told in note for note in guess.notes)


KEPT = "Name,Role,Hours per week,E-Mail,Notes\nAnn,swe,8,ann@example.org,=likes tea\nBob,swee,8,bob@example.org,\n"


def test_notes_and_addresses_come_out_of_a_batch_again(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(KEPT, encoding="utf-8")
    run = batch(str(sheet), "--output", str(tmp_path / "out.jsonl"), "--detail", "summary")
    assert run.returncode == 4
    assert [r["own"] for r in records(tmp_path / "out.jsonl")] == [
        {"E-Mail": "ann@example.org", "Notes": "=likes tea"}, {"E-Mail": "bob@example.org", "Notes": ""}
    ]  # fmt: skip
    for name in ("out.csv", "out.parquet"):
        assert batch(str(sheet), "--output", f"{tmp_path}/{name}", "--detail", "summary").returncode == 4
    batch(str(sheet), "--output", f"{tmp_path}/roster", "--format", "markdown")
    for table in ("out.csv", "roster/roster.csv"):
        rows = list(csv.DictReader((tmp_path / table).read_text(encoding="utf-8-sig").splitlines()))
        assert [r["E-Mail"] for r in rows] == ["ann@example.org", "bob@example.org"]
        assert rows[0]["Notes"] == "'=likes tea", "no formula comes out"
    assert "ann@example.org" not in (tmp_path / "roster" / "roster.html").read_text(encoding="utf-8")
    import pyarrow.parquet as pq

    assert pq.read_table(tmp_path / "out.parquet").column("Notes").to_pylist() == ["=likes tea", ""]
    batch(str(sheet), "--output", f"{tmp_path}/anonymous.jsonl", "--no-names", "--detail", "summary")
    assert not any("own" in r for r in records(tmp_path / "anonymous.jsonl"))
    batch(str(sheet), "--output", f"{tmp_path}/less.jsonl", "--ignore", "Notes", "--detail", "summary")
    assert records(tmp_path / "less.jsonl")[0]["own"] == {"E-Mail": "ann@example.org"}


def test_cells_as_spreadsheets_keep_them(catalogue: Catalogue, tmp_path: Path) -> None:
    """Lengths as times of day, days as numbers, boxes that are ticked; a sheet of notes and a hidden one before it."""
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes["A1"] = "What this workbook is for"
    old = book.create_sheet("Old")
    old.append(["Name", "Job"])
    old.append(["Nobody", "Nurse"])
    old.sheet_state = "hidden"
    people = book.create_sheet("People")
    for row in (
        ["Name", "Job", "Hours per week", "Start", "Python", "SQL", "Phone"],
        ["Ann", "Nurse", time(7, 30), 46363, True, "✓", 4915123456789],
        [
            "Bob",
            "swe",
            timedelta(hours=8),
            datetime(2026, 12, 7, 10, tzinfo=UTC).replace(tzinfo=None),
            False,
            "TRUE",
            None,
        ],
    ):
        people.append(row)
    book.save(tmp_path / "people.xlsx")
    guess = Guess(catalogue, TODAY)
    ann, bob = open_rows(str(tmp_path / "people.xlsx"), Reading(guess=guess)).rows
    assert ann.answers == {
        "name": "Ann", "role": "new", "background": ["nurse"], "hours_per_week": 7.5, "start": date(2026, 12, 7),
        "skills": {"python": 2, "sql": 2},
    }  # fmt: skip
    assert (bob.answers or {})["skills"] == {"python": 0, "sql": 2} and (bob.answers or {})["hours_per_week"] == 8
    assert ann.own == {"Phone": "4915123456789"}
    assert 'the sheet "People" was read, the first with a table of people in it' in guess.notes


def test_an_overlay_teaches_columns_of_another_language(tmp_path: Path) -> None:
    overlay, said = tmp_path / "fi.yaml", "words: [%s], source: judgement, as_of: 2026-11-22}\n"
    cue = "  - {id: column-%s, does: column, key: %s, " + said
    overlay.write_text(
        "cues:\n" + cue % ("fi-role", "role", "ammatti") + cue % ("fi-hours", "hours_per_week", "Tunnit")
    )
    taught, problems = load_catalogue([overlay])
    assert taught and not [p for p in problems if p.severity == "error"]
    (row,), _ = read("Ammatti,tunnit\nswe,7\n", taught)
    assert row.answers == {"role": "swe", "hours_per_week": "7"}
    overlay.write_text(
        "cues:\n" + cue % ("fi-role", "rooli", "ammatti") + "  - {id: column-x, does: column, " + said % "x"
    )
    found = [(p.id, p.line) for p in load_catalogue([overlay])[1]]
    assert found == [("unknown-profile-key", 2), ("unknown-profile-key", 3)]
