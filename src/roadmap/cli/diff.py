"""The command that compares two plans: printed ones, saved ones, or those of two profiles or two catalogues."""

from pathlib import Path
from typing import Annotated

from roadmap.app.catalogues import read_catalogue
from roadmap.app.diff import Compared, two_catalogues, two_plans
from roadmap.cli.cards import Cards
from roadmap.cli.groups import grouped
from roadmap.cli.options import ProfileFile, argument, value
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue

SIDE = "A printed plan (JSON), a saved plan, or a profile; - for stdin."


@grouped
def diff(
    old: Annotated[Path | None, argument("[OLD]", SIDE)] = None,
    new: Annotated[Path | None, argument("[NEW]", "The other one.")] = None,
    catalogue_old: Annotated[
        Path | None, value("--catalogue-old", "FILE", "The catalogue or overlay of before.")
    ] = None,
    catalogue_new: Annotated[
        Path | None, value("--catalogue-new", "FILE", "The catalogue or overlay of after.")
    ] = None,
    *,
    cards: Cards,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Tell what changed from one plan to another, most important first: answers, figures, steps, exams, reasons.

    Of two states of one saved plan it tells what happened: what was done, what was decided, why the date moved. Else
    either two files, or one profile (--profile and its flags) under two catalogues. The exit code is 0 whether
    something changed or not; --format json says which in "same".

    Example: roadmap diff before.json after.json
    """
    known = read_catalogue(cards.catalogue or [])
    if catalogue_old or catalogue_new:
        if new is not None:
            raise UsageError("two files and two catalogues are too much", "compare one profile under two catalogues")
        found = two_catalogues(opened(profile or old), flags, cards.day, (catalogue_old, catalogue_new))
        names = (str(catalogue_old or "built-in"), str(catalogue_new or "built-in"))
    else:
        if old is None or new is None:
            raise UsageError("two plans are needed", "for example: roadmap diff old.json new.json")
        if profile is not None or any(v is not None for v in flags.values()):
            raise UsageError("answers belong to --catalogue-old and --catalogue-new", "put them into the two profiles")
        found = two_plans(known, opened(old), opened(new), cards.catalogue, cards.day)
        names = (str(old), str(new))
    _put(cards, known, found, names)


def _put(cards: Cards, known: Catalogue, compared: Compared, names: tuple[str, str]) -> None:
    """Print what differs; of two states of one plan, what happened."""
    from roadmap.render.changes import bought
    from roadmap.render.diff import changes, changes_json
    from roadmap.render.explain_json import outcome_data
    from roadmap.render.story import story_data, story_page

    found, moved = compared.found, compared.turns
    why = [bought(known, one) for one in moved]
    told, own = compared.lived or (None, known)
    cards.put(
        lambda: story_page(told, own, names) if told else changes(found, names, why),
        lambda: changes_json(found, names, [outcome_data(known, o) for o in moved], story_data(told) if told else None),
    )
