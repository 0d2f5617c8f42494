"""Every problem of a table of people, and every guess, without a plan."""

from datetime import date
from pathlib import Path

from roadmap.app.catalogues import ProblemsError, read_catalogue
from roadmap.batch.guess import Guess
from roadmap.batch.row import Reading
from roadmap.batch.rows import Kind, kind_of, open_rows
from roadmap.batch.work import Job, checked
from roadmap.errors import RoadmapError
from roadmap.model.problem import Problem

_TABLES = (Kind.CSV, Kind.SHEET, Kind.JSONL, Kind.PARQUET)


def is_table(file: Path) -> bool:
    """Whether a file holds a row for each person."""
    return kind_of(str(file)) in _TABLES and file.suffix.lower() != ".txt"


def check_table(file: Path, today: date) -> list[Problem]:
    """What is wrong with each row as errors, what was taken for something else as warnings; in the order of lines.

    The places are lines of the file, or numbers of rows where it has none.
    """
    try:
        catalogue = read_catalogue([])
    except ProblemsError as error:
        return list(error.problems)
    job, guess = Job(catalogue, today), Guess(catalogue, today)
    found: list[Problem] = []
    try:
        for row in open_rows(str(file), Reading(guess=guess)).rows:
            for p in checked(row, job).problems:
                what = f"{p['column']}: {p['message']}" if p["column"] else p["message"]
                found.append(Problem(p["id"], "error", str(file), row.line or row.number, 0, what, p["hint"]))
    except RoadmapError as error:
        message = error.message.removeprefix(f"{file}: ")
        found.append(Problem("unreadable", "error", str(file), 0, 0, message, error.hint))
    found += [Problem("guess", "warning", str(file), line or 0, 0, what) for what, line in guess.notes.items()]
    return sorted(found, key=lambda p: p.line)
