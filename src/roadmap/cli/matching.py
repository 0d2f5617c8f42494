"""The command that sets job postings beside a person."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import nearest, overlays_for
from roadmap.cli.boundary import today_or
from roadmap.cli.cards import Cards
from roadmap.cli.options import (
    Ascii,
    NoColour,
    Output,
    Overlays,
    PlanFile,
    ProfileFile,
    TextForm,
    TextFormat,
    Today,
    Width,
)
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue

Postings = Annotated[
    list[Path],
    typer.Argument(
        help="Job postings: text, Markdown, HTML, PDF or Word; - for stdin.", metavar="POSTING...", show_default=False
    ),
]
ResumeFile = Annotated[
    Path | None,
    typer.Option("--resume", help="Beside a resume instead of a saved plan.", metavar="FILE", show_default=False),
]


def match(
    postings: Postings,
    plan: PlanFile = None,
    resume: ResumeFile = None,
    profile: ProfileFile = None,
    form: TextForm = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
) -> None:
    """Say how much of job postings you have: must and nice to have, met and missing, with the words of each.

    The other side is the holder of the saved plan with all that was done since, a resume or a profile. Nothing leaves
    this machine.
    """
    from roadmap.cli.importing import read_job
    from roadmap.model.resume import match as matched
    from roadmap.render.matched import matched_json, matched_page

    if sum(x is not None for x in (plan, resume, profile)) > 1:
        raise UsageError("--plan, --resume and --profile are several people", "name one of the three")
    if [str(x) for x in (*postings, resume, profile) if x is not None].count("-") > 1:
        raise UsageError("only one thing can come from stdin", "name files for the others")
    day = today_or(today)
    known, have, who = _side(plan, resume, profile, catalogue, day)
    found = [matched(read_job(p, known), have) for p in postings]
    cards = Cards(form, output, no_color, ascii_only, width)
    cards.put_page(lambda: matched_page(found, who, known), lambda: matched_json(found, who, known))


def _side(
    plan: Path | None, resume: Path | None, profile: Path | None, overlays: Sequence[Path] | None, day: date
) -> tuple[Catalogue, Mapping[str, int], str]:
    """The catalogue, what the person has, and where that is known from."""
    if resume is not None:
        from roadmap.cli.importing import read_imported
        from roadmap.render.imported import usual

        known = read_catalogue(overlays or [])
        found = read_imported(resume, known, day)
        levels = usual(found, known)
        return (
            known,
            {**levels, **found.levels(levels)},
            f"beside the resume {resume.name}: {known.roles[found.role].name}",
        )
    if profile is not None:
        from roadmap.app.people import person_for
        from roadmap.cli.profiles import opened

        known = read_catalogue(overlays or [])
        return known, person_for(known, opened(profile), {}, day).profile.have, f"beside the profile {profile.name}"
    return _holder(nearest(plan), overlays, day)


def _holder(path: Path, overlays: Sequence[Path] | None, day: date) -> tuple[Catalogue, Mapping[str, int], str]:
    """What the holder of a saved plan has: as answered, and what the finished steps have taught since."""
    from roadmap.app.saved import open_plan
    from roadmap.planning.known import profile_of
    from roadmap.planning.progress import progress

    known, saved = open_plan(path, overlays_for(path, overlays))
    have = dict(profile_of(saved, known).have)
    for id_, event in progress(saved, known, day).standing.done.items():
        module = known.modules.get(id_)
        for skill, level in (event.teaches or (module.teaches if module else {})).items():
            have[skill] = max(level, have.get(skill, 0))
    return known, have, f"beside the holder of {path.name}"
