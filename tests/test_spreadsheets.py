"""Tables as a spreadsheet opens them on a double click: their letters, cells and days are right, and nothing is run."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from tests.in_process import roadmap

DAY = ("--today", "2026-12-01")
WICKED = '=HYPERLINK("http://x";"Zoë")'
DOUBLED = WICKED.replace('"', '""')
SHEET = f'name,role,hours_per_week,deadline,Notes\n"{DOUBLED}",swe,10,2028-01-31,+1\nLi,new,8,,\n'
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind of table that the program writes into a file."""
    folder = tmp_path_factory.mktemp("tables")
    sheet, group = folder / "in" / "sheet.csv", folder / "group"
    sheet.parent.mkdir()
    sheet.write_text(SHEET, encoding="utf-8")
    for words in (
        ("plan", "--role", "swe", "--name", WICKED, "--save", f"{folder}/a.roadmap.yaml", "-o", f"{folder}/plan.csv"),
        ("export", "--plan", f"{folder}/a.roadmap.yaml", "-o", f"{folder}/export.csv"),
        ("cohort", "init", str(sheet), "--into", str(group)),
        ("cohort", str(group), "-o", f"{folder}/cohort.csv"),
        ("batch", str(sheet), "-o", f"{folder}/flat.csv"),
        ("batch", str(sheet), "-o", f"{folder}/pages", "-f", "csv"),
    ):
        done = roadmap(*words, *DAY)
        assert done.returncode == 0, done.stderr
    found = [*folder.glob("*.csv"), *(folder / "pages").glob("*.csv")]
    assert len(found) == 7, found
    return found


def cells(file: Path, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=separator))


def test_letters_and_columns_are_read_as_they_were_meant(tables: list[Path]) -> None:
    for file in tables:
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), f"{file.name}: Excel shows ZoÃ« without a mark"
        text = content.decode("utf-8-sig")
        assert "\ufeff" not in text and csv.Sniffer().sniff(text.partition("\n")[0]).delimiter == ","
        rows = cells(file, ",")
        assert len(rows) > 2 and len({len(row) for row in rows}) == 1, file.name


def test_days_are_days_and_numbers_are_numbers(tables: list[Path]) -> None:
    days = 0
    for file in tables:
        head, *rows = cells(file, ",")
        for name, *column in zip(head, *rows, strict=True):
            if name in ("start", "finish", "deadline", "ready", "ready_by", "act_from"):
                days += sum(bool(date.fromisoformat(cell)) for cell in column if cell)
            if name in ("hours", "cost_usd", "hours_per_week"):
                assert all(NUMBER.fullmatch(cell) for cell in column if cell), (file.name, name, column)
    assert days > 100


def test_nothing_in_them_is_run_wherever_a_spreadsheet_splits(tables: list[Path]) -> None:
    wicked = 0
    for file in tables:
        for separator in ",;\t|":
            for cell in (cell for row in cells(file, separator) for cell in row):
                wicked += "HYPERLINK" in cell
                live = cell.lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r"))
                assert not live or NUMBER.fullmatch(cell), (file.name, separator, cell)
    assert wicked > 5
