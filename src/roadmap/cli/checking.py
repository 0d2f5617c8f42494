"""`roadmap check` and `roadmap schema`: for those who write catalogues and profiles."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from roadmap.app.own import KEPT
from roadmap.cli.boundary import is_terminal, put, say, today_or
from roadmap.cli.options import Today, argument
from roadmap.errors import ExitCode, UsageError
from roadmap.model.problem import Problem
from roadmap.render.data import json_text

NEVER_TABLES = (".yaml", ".yml", ".json")
"""Endings of profiles, plans and catalogues, for which nothing that reads tables need be imported."""

IN_FOLDERS = (*NEVER_TABLES, ".csv", ".xlsx")
"""Endings of what is checked in a folder."""


class CheckFormat(StrEnum):
    """How problems come out."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[
        list[Path] | None, argument("FILE...", "Catalogues, overlays, profiles or tables; or a folder of them.")
    ] = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="Text for people and editors, JSON for scripts.")
    ] = CheckFormat.TEXT,
    links: Annotated[
        bool, typer.Option("--links", help="Also ask every address whether it is still there (online).")
    ] = False,
    today: Today = None,
) -> None:
    """List every problem of catalogues, overlays and profiles, with file, line, column and a hint.

    Example: roadmap check me.yaml my-bootcamp.yaml
    """
    from roadmap.render.problems import problems_json, problems_text

    day = today_or(today)
    if not files and not links:
        raise UsageError("nothing to check", "name a file, or pass --links for the addresses of the catalogue")
    files = [file for one in files or [] for file in _files_of(one)]
    found: list[Problem] = []
    for file in files:
        found += _check(file, day)
    if links:
        found += _ask_addresses(files)
    put(problems_json(found) if form is CheckFormat.JSON else problems_text(found), None)
    if any(p.severity == "error" for p in found):
        raise typer.Exit(int(ExitCode.PROBLEMS))
    if form is CheckFormat.TEXT:
        what = "addresses" if links and not files else "file" if len(files) == 1 else "files"
        say(f"{len(files) or 'All'} {what} checked, no errors.")


def _files_of(one: Path) -> list[Path]:
    """A file itself; of a folder the profiles, plans, catalogues and tables in it, of a group those of its people.

    Raises UsageError for none.
    """
    if not one.is_dir():
        return [one]
    # What was read of a group's sheet is the program's own record of it.
    record = one / KEPT
    places = [one, one / "people"] if record.is_file() else [one]
    inside = (f for place in places if place.is_dir() for f in place.iterdir() if f != record)
    named = (f for f in inside if f.suffix.lower() in IN_FOLDERS and not f.name.startswith("."))
    # Whoever opens a pipe waits for its other end.
    found = sorted(f for f in named if f.is_file() or not f.exists())
    if not found:
        raise UsageError(f"{one}: nothing in this folder can be checked", "endings: " + ", ".join(IN_FOLDERS))
    return found


def _check(file: Path, day: date) -> list[Problem]:
    if file.suffix.lower() not in NEVER_TABLES:
        from roadmap.batch.check import check_table, is_table

        if is_table(file):
            return check_table(file, day)
    from roadmap.loading.check_file import check_file

    return check_file(file, day)


def _ask_addresses(files: list[Path]) -> list[Problem]:
    try:
        from roadmap.loading.links import check_links
    except ModuleNotFoundError as error:
        raise UsageError("--links needs a package that is not there", "pip install 'career-roadmap[links]'") from error

    def progress(done: int, total: int) -> None:
        if is_terminal(sys.stderr):
            sys.stderr.write(f"\r{done} of {total} addresses" + ("\n" if done == total else ""))

    return check_links(files, progress=progress)


class SchemaKind(StrEnum):
    """What a schema can be printed of."""

    CATALOGUE = "catalogue"
    PROFILE = "profile"
    PLAN = "plan"
    SAVED_PLAN = "saved-plan"
    STATUS = "status"
    NEXT = "next"
    COHORT = "cohort"
    RECORD = "record"
    RECORD_SUMMARY = "record-summary"
    RECORD_FULL = "record-full"
    ROSTER = "roster"
    FINDINGS = "findings"


def schema(kind: Annotated[SchemaKind, typer.Argument(help="What it describes.", show_default=False)]) -> None:
    """Print a JSON Schema of a catalogue, profile, plan or saved plan, or of what scripts are given.

    Example: roadmap schema profile > profile.schema.json
    """
    from roadmap.batch.schemas import KINDS, output_schema
    from roadmap.loading.schemas import schema_of

    found = output_schema(kind.value) if kind.value in KINDS else schema_of(kind.value)
    put(json_text(found), None)
