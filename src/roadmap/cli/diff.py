"""The command that compares two plans: printed ones, saved ones, or those of two profiles or two catalogues."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import ProblemsError, put, read_catalogue, today_or, use_colour, width_of
from roadmap.cli.commands import (
    Ascii,
    NoColour,
    Output,
    Overlays,
    ProfileFile,
    Today,
    Width,
    make,
    person_for,
    profile_text,
    refuse,
)
from roadmap.cli.explain import Form, TextFormat
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.printed import PrintedPlan

SIDE = "A printed plan (JSON), a saved plan, or a profile; - for stdin."


@with_answers
def diff(
    old: Annotated[Path | None, typer.Argument(help=SIDE, metavar="[OLD]", show_default=False)] = None,
    new: Annotated[Path | None, typer.Argument(help="The other one.", metavar="[NEW]", show_default=False)] = None,
    catalogue_old: Annotated[
        Path | None,
        typer.Option("--catalogue-old", help="The catalogue or overlay of before.", metavar="FILE", show_default=False),
    ] = None,
    catalogue_new: Annotated[
        Path | None,
        typer.Option("--catalogue-new", help="The catalogue or overlay of after.", metavar="FILE", show_default=False),
    ] = None,
    form: Form = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Tell what changed from one plan to another, most important first: answers, figures, steps, exams, reasons.

    Either two files, or one profile (--profile and its flags) under two catalogues. The exit code is 0 whether
    something changed or not; --format json says which in "same".
    """
    from roadmap.planning.diff import difference
    from roadmap.render.diff import changes, changes_json

    day = today_or(today)
    if catalogue_old or catalogue_new:
        if new is not None:
            raise UsageError("two files and two catalogues are too much", "compare one profile under two catalogues")
        sides = _under_two(profile or old, flags, day, (catalogue_old, catalogue_new))
        names = (str(catalogue_old or "built-in"), str(catalogue_new or "built-in"))
    else:
        if old is None or new is None:
            raise UsageError("two plans are needed", "for example: roadmap diff old.json new.json")
        if profile is not None or any(v is not None for v in flags.values()):
            raise UsageError("answers belong to --catalogue-old and --catalogue-new", "put them into the two profiles")
        known = read_catalogue(catalogue or [])
        sides = (_side(known, old, day), _side(known, new, day))
        names = (str(old), str(new))
    found = difference(*sides)
    if form is TextFormat.JSON:
        put(changes_json(found, names), output)
        return
    card = changes(found, names)
    if form is TextFormat.MARKDOWN:
        from roadmap.render.show import page_as_markdown

        put(page_as_markdown(card), output)
        return
    from roadmap.render.screen import Screen

    colour = use_colour(no_color) and output is None
    put(Screen(width_of(sys.stdout, width), colour=colour, ascii_only=ascii_only).page(card), output)


def _under_two(
    profile: Path | None, flags: Mapping[str, str | None], day: date, files: tuple[Path | None, Path | None]
) -> tuple[PrintedPlan, PrintedPlan]:
    """The plans of one person under two catalogues."""
    if str(profile) == "-":
        raise UsageError("a profile under two catalogues cannot come from stdin", "save it to a file first")
    plans = []
    for file in files:
        known = _catalogue(file)
        plans.append(_printed(known, make(known, person_for(known, profile, flags, day, ask=False)[0], day)))
    return plans[0], plans[1]


def _catalogue(file: Path | None) -> Catalogue:
    """A whole catalogue where the file is one (it says its pace), else the built-in one with the file laid over it."""
    from roadmap.loading.compiled import catalogue
    from roadmap.loading.positions import parse
    from roadmap.loading.source import read_text

    if file is None:
        return read_catalogue([])
    data = parse(read_text(file), str(file)).data
    if not (isinstance(data, Mapping) and {"pace", "include"} & data.keys()):
        return read_catalogue([file])
    found, problems = catalogue((), file)
    if found is None:
        raise ProblemsError(problems)
    return found


def _side(known: Catalogue, file: Path, day: date) -> PrintedPlan:
    """The plan of a file: as it was printed, or made now from a profile or a saved plan."""
    from roadmap.loading.load import load_profile
    from roadmap.loading.positions import parse
    from roadmap.loading.printed import looks_printed, read_printed
    from roadmap.loading.saved import looks_saved

    text, name = profile_text(file)
    document = parse(text, name)
    if document.problems:
        raise ProblemsError(document.problems)
    if looks_printed(document.data):
        plan, problems = read_printed(document)
        if plan is None:
            raise ProblemsError(problems)
        return plan
    if looks_saved(document.data, name):
        from roadmap.cli.living import open_saved

        return _printed(known, open_saved(file, day, known).plan)
    person, problems = load_profile(text, name, known, day)
    refuse(problems)
    if person is None:
        raise AssertionError("a profile that is None has problems")
    return _printed(known, make(known, person, day))


def _printed(known: Catalogue, plan: Plan) -> PrintedPlan:
    """A plan as it would be read back from its JSON, so that both sides come through the same door."""
    from roadmap.loading.positions import Document
    from roadmap.loading.printed import read_printed
    from roadmap.render.json import plan_data

    data, problems = read_printed(Document("the plan", "", plan_data(plan, known)))
    if data is None:
        raise ProblemsError(problems)
    return data
