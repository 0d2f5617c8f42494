"""What a resume or a job posting says, and what the person has that is set beside it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from roadmap.app.catalogues import read_catalogue
from roadmap.app.people import Adding, Answers, Input, Piped, person_for
from roadmap.app.saved import nearest, open_plan, overlays_for
from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import check_answer
from roadmap.model.resume import Imported, ReadPosting

TABLES = (".csv", ".tsv", ".xlsx", ".ods", ".jsonl", ".ndjson", ".parquet")
"""Endings of files with a row for each person, which no resume has."""


def read_imported(file: Input, known: Catalogue, day: date) -> Imported:
    """The proposals from a resume. Raises RoadmapError when it cannot be read, or is a table."""
    if isinstance(file, Path) and file.suffix.casefold() in TABLES and file.is_file():
        hint = f"roadmap cohort init {file} --into FOLDER makes a plan for each row; a LinkedIn export is its .zip"
        raise RoadmapError(f"{file}: is a table, which may hold several people; a resume holds one", hint)
    from roadmap.loading.positions import parse
    from roadmap.reading.files import read_resume
    from roadmap.reading.proposals import proposals

    path, piped = _opened(file)
    resume = read_resume(path, known, piped, lambda text, name: parse(text, name).data)
    return proposals(resume, known, day)


def read_job(file: Input, known: Catalogue) -> ReadPosting:
    """A job posting. Raises RoadmapError when it cannot be read."""
    from roadmap.reading.files import read_words
    from roadmap.reading.posting import read_posting

    path, piped = _opened(file)
    return read_posting(read_words(path, known, piped), known, "stdin" if isinstance(file, Piped) else str(file))


def _opened(file: Input) -> tuple[Path, Callable[[], bytes]]:
    """As the readers take it: a path, - for what comes through the pipe."""
    return (Path("-"), file.data) if isinstance(file, Piped) else (file, bytes)


def adding_to(found: Imported, known: Catalogue, given: Answers) -> Adding:
    """A function from answers to what the resume adds to them.

    It adds what they leave open, and the levels of skills that the `given` ones do not name: what somebody says
    outweighs what a resume proves. Answers that are wrong stay as they are, to be reported where they stand.
    """
    from roadmap.render.imported import profile_answers

    own = given.get("skills")
    levels, faults = check_answer("skills", own, known) if own is not None else ({}, [])

    def adding(answers: Answers) -> dict[str, object]:
        role = answers.get("role")
        proposed = profile_answers(found, known, str(role) if role is not None else None)
        out = {k: v for k, v in proposed.items() if answers.get(k) is None}
        proven = proposed.get("skills")
        if own is not None and not faults and isinstance(proven, Mapping) and isinstance(levels, Mapping):
            out["skills"] = {**proven, **levels}
        return out

    return adding


class Aims(NamedTuple):
    """The skills that a posting asks for, and those it names without asking for them at once or at all."""

    named: list[str]
    later: list[str]
    about: list[str]


def aims_of(file: Input, known: Catalogue) -> Aims:
    """What a posting asks for, by skill ids. Raises RoadmapError when it cannot be read, or names no skill."""
    posting = read_job(file, known)
    named = list(posting.named("must", "duty") or posting.named("nice"))
    if not named:
        raise RoadmapError(
            f"{'-' if isinstance(file, Piped) else file}: names no skill of the catalogue",
            "is it a job posting? roadmap show skills lists the skills",
        )
    return Aims(named, [s for s in posting.named("nice") if s not in named], list(posting.named("about")))


def aiming(flags: Answers, named: Sequence[str]) -> Answers:
    """The flags with these skills among the aims, before those that were given."""
    own = flags.get("aims")
    aims = [*named, *([str(own)] if own else [])]
    return {**flags, "aims": ",".join(aims)} if aims else flags


class Holder(NamedTuple):
    """What a person has, by skill, and in words where that is known from; under which catalogue."""

    catalogue: Catalogue
    have: Mapping[str, int]
    who: str


def holder(
    plan: Path | None, resume: Input | None, profile: Input | None, overlays: Sequence[Path] | None, day: date
) -> Holder:
    """What somebody has: by a resume, by a profile, else by a saved plan with all that was done since."""
    if resume is not None:
        from roadmap.render.imported import usual

        known = read_catalogue(overlays or [])
        found = read_imported(resume, known, day)
        levels = usual(found, known)
        who = f"beside the resume {_name(resume)}: {known.roles[found.role].name}"
        return Holder(known, {**levels, **found.levels(levels)}, who)
    if profile is not None:
        known = read_catalogue(overlays or [])
        return Holder(known, person_for(known, profile, {}, day).profile.have, f"beside the profile {_name(profile)}")
    return _of_saved(nearest(plan), overlays, day)


def _name(file: Input) -> str:
    return "-" if isinstance(file, Piped) else file.name


def _of_saved(path: Path, overlays: Sequence[Path] | None, day: date) -> Holder:
    """As answered, and what the finished steps have taught since."""
    from roadmap.planning.known import profile_of
    from roadmap.planning.progress import progress

    known, saved = open_plan(path, overlays_for(path, overlays))
    have = dict(profile_of(saved, known).have)
    for id_, event in progress(saved, known, day).standing.done.items():
        module = known.modules.get(id_)
        for skill, level in (event.teaches or (module.teaches if module else {})).items():
            have[skill] = max(level, have.get(skill, 0))
    return Holder(known, have, f"beside the holder of {path.name}")
