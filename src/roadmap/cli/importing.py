"""The command that reads a resume, and what `plan` takes from resumes and job postings."""

import sys
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.app.people import Adding
from roadmap.cli.boundary import on_terminal, put, say, today_or
from roadmap.cli.options import Output, Overlays, Today
from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import check_answer
from roadmap.model.resume import Imported, Posting
from roadmap.render.numbers import listing, plural


class ImportFormat(StrEnum):
    """How proposals come out."""

    YAML = "yaml"
    JSON = "json"
    FINDINGS = "findings"


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON Resume, LinkedIn export (.zip or folder), PDF, Word, text, Markdown, HTML; - for stdin.",
            metavar="FILE",
            show_default=False,
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
    """
    from roadmap.render import imported

    day = today_or(today)
    known = read_catalogue(catalogue or [])
    found = read_imported(file, known, day)
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
        say(f"Profile written to {output}. Correct it, then: roadmap plan --profile {output}")


def tell(found: Imported, known: Catalogue, *, guess: bool = True) -> None:
    """What was found and what could not be read, to stderr; with `guess` also the role it speaks for."""
    from roadmap.render.clean import clean
    from roadmap.render.imported import imported_summary

    say(imported_summary(found, known, guess=guess))
    for note in found.notes:
        say(f"Note: {clean(note)}.")
    if not found.skills:
        say("No skill of the catalogue is named in it; roadmap show skills lists them.")


def read_imported(file: Path, known: Catalogue, day: date) -> Imported:
    """The proposals from a resume. Raises RoadmapError when it cannot be read."""
    from roadmap.loading.positions import parse
    from roadmap.reading.files import read_resume
    from roadmap.reading.proposals import proposals

    resume = read_resume(file, known, sys.stdin.buffer.read, lambda text, name: parse(text, name).data)
    return proposals(resume, known, day)


def read_job(file: Path, known: Catalogue) -> Posting:
    """A job posting. Raises RoadmapError when it cannot be read."""
    from roadmap.reading.files import read_words
    from roadmap.reading.posting import read_posting

    return read_posting(
        read_words(file, known, sys.stdin.buffer.read), known, str(file) if str(file) != "-" else "stdin"
    )


def adding_to(found: Imported, known: Catalogue, given: Mapping[str, object]) -> Adding:
    """Says what was found, and gives a function from answers to what the resume adds to them.

    It adds what they leave open, and the levels of skills that the `given` ones do not name: what somebody says
    outweighs what a resume proves. Answers that are wrong stay as they are, to be reported where they stand.
    """
    from roadmap.render.imported import profile_answers

    tell(found, known, guess=given.get("role") is None)
    own = given.get("skills")
    levels, faults = check_answer("skills", own, known) if own is not None else ({}, [])

    def adding(answers: Mapping[str, object]) -> dict[str, object]:
        role = answers.get("role")
        proposed = profile_answers(found, known, str(role) if role is not None else None)
        out = {k: v for k, v in proposed.items() if answers.get(k) is None}
        proven = proposed.get("skills")
        if own is not None and not faults and isinstance(proven, Mapping) and isinstance(levels, Mapping):
            out["skills"] = {**proven, **levels}
        return out

    return adding


def aimed_at(
    file: Path, flags: Mapping[str, object], known: Catalogue, *, ask: bool = False, colour: bool = True
) -> Mapping[str, object]:
    """The flags with the skills that a job posting names among the aims; says on stderr which these are.

    With `ask` the person can take some out on the terminal. Raises RoadmapError when the posting cannot be read, or
    names none.
    """
    posting = read_job(file, known)
    named = list(posting.named("must", "duty") or posting.named("nice"))
    if not named:
        raise RoadmapError(
            f"{file}: names no skill of the catalogue", "is it a job posting? roadmap show skills lists the skills"
        )
    say(f"The posting asks for {plural(len(named), 'skill')}: {listing([known.skills[s].short for s in named])}.")
    if others := [s for s in posting.named("nice") if s not in named]:
        say(f"Nice to have, so it comes after the rest: {listing([known.skills[s].short for s in others])}.")
    if about := posting.named("about"):
        say(f"Named only in what it says of itself, so left out: {listing([known.skills[s].short for s in about])}.")
    if ask and on_terminal():
        from roadmap.interview.ask import confirm_named

        named = confirm_named(named, known, colour=colour)
    own = flags.get("aims")
    aims = [*named, *([str(own)] if own else [])]
    return {**flags, "aims": ",".join(aims)} if aims else flags
