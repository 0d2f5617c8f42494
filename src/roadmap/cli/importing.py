"""The command that reads a resume, and what `plan` takes from resumes and job postings."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.app.people import Adding, Answers
from roadmap.app.resumes import adding_to, aiming, aims_of, read_imported
from roadmap.cli.boundary import on_terminal, put, say, say_line, today_or
from roadmap.cli.options import Output, Overlays, Today, argument
from roadmap.cli.profiles import opened
from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Imported
from roadmap.render.numbers import listing, plural


class ImportFormat(StrEnum):
    """How proposals come out."""

    YAML = "yaml"
    JSON = "json"
    FINDINGS = "findings"


def import_(
    file: Annotated[
        Path,
        argument(
            "FILE", "JSON Resume, LinkedIn export (.zip or folder), PDF, Word, text, Markdown, HTML; - for stdin."
        ),
    ],
    form: Annotated[
        ImportFormat,
        typer.Option(
            "--format", "-f", help="A profile with the proofs as comments, the same as JSON, or all findings as JSON."
        ),
    ] = ImportFormat.YAML,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Read a resume into a profile: skills, certifications and the words that prove them, as proposals.

    Nothing leaves this machine, and no mail address, telephone number or street is copied.

    Example: roadmap import resume.pdf --output me.yaml
    """
    from roadmap.render import imported

    day = today_or(today)
    known = read_catalogue(catalogue or [])
    found = read_imported(opened(file), known, day)
    match form:
        case ImportFormat.YAML:
            text = imported.imported_yaml(found, known, file.name if str(file) != "-" else "stdin", day)
        case ImportFormat.JSON:
            text = imported.imported_json(found, known)
        case ImportFormat.FINDINGS:
            text = imported.findings_json(found, known)
    put(text, output)
    tell(found, known)
    if output is not None:
        say_line(f"Profile written to {output}. Correct it, then: roadmap plan --profile {output}")


def tell(found: Imported, known: Catalogue, *, guess: bool = True) -> None:
    """What was found and what could not be read, to stderr; with `guess` also the role it speaks for."""
    from roadmap.render.clean import clean
    from roadmap.render.imported import imported_summary

    say(imported_summary(found, known, guess=guess))
    for note in found.notes:
        say(f"Note: {clean(note)}.")
    if not found.skills:
        say("No skill of the catalogue is named in it; roadmap show skills lists them.")


def adding(found: Imported, known: Catalogue, given: Answers) -> Adding:
    """Say what a resume holds, and give what it adds to answers."""
    tell(found, known, guess=given.get("role") is None)
    return adding_to(found, known, given)


def aimed_at(file: Path, flags: Answers, known: Catalogue, *, ask: bool = False, colour: bool = True) -> Answers:
    """The flags with the skills that a job posting names among the aims; says on stderr which these are.

    With `ask` the person can take some out on the terminal. Raises RoadmapError when the posting cannot be read, or
    names none.
    """
    named, later, about = aims_of(opened(file), known)
    say(f"The posting asks for {plural(len(named), 'skill')}: {listing([known.skills[s].short for s in named])}.")
    if later:
        say(f"Nice to have, so it comes after the rest: {listing([known.skills[s].short for s in later])}.")
    if about:
        say(f"Named only in what it says of itself, so left out: {listing([known.skills[s].short for s in about])}.")
    if ask and on_terminal():
        from roadmap.interview.ask import confirm_named

        named = confirm_named(named, known, colour=colour)
    return aiming(flags, named)
