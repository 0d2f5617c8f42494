"""The command that compares two plans: printed ones, saved ones, or those of two profiles or two catalogues."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from roadmap.app.catalogues import ProblemsError, read_catalogue, refuse, whole_or_laid_over
from roadmap.app.people import make, person_for, profile_text
from roadmap.app.saved import stand
from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import today_or
from roadmap.cli.cards import Cards
from roadmap.cli.options import Ascii, NoColour, Output, Overlays, ProfileFile, TextForm, TextFormat, Today, Width
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Outcome
from roadmap.model.plan import Plan
from roadmap.model.printed import PrintedPlan
from roadmap.model.profile import KEYS, Profile, make_profile

# Answers that change words alone.
WORDS_ONLY = ("name", "language")
SIDE = "A printed plan (JSON), a saved plan, or a profile; - for stdin."


def _catalogue_option(which: str, when: str) -> Any:
    help_ = f"The catalogue or overlay of {when}."
    return typer.Option(f"--catalogue-{which}", help=help_, metavar="FILE", show_default=False)


@with_answers
def diff(
    old: Annotated[Path | None, typer.Argument(help=SIDE, metavar="[OLD]", show_default=False)] = None,
    new: Annotated[Path | None, typer.Argument(help="The other one.", metavar="[NEW]", show_default=False)] = None,
    catalogue_old: Annotated[Path | None, _catalogue_option("old", "before")] = None,
    catalogue_new: Annotated[Path | None, _catalogue_option("new", "after")] = None,
    form: TextForm = TextFormat.TERMINAL,
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
    from roadmap.render.changes import bought
    from roadmap.render.diff import changes, changes_json
    from roadmap.render.explain_json import outcome_data

    day = today_or(today)
    turns: list[Outcome] = []
    known = read_catalogue(catalogue or [])
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
        sides = (_side(known, old, catalogue, day), _side(known, new, catalogue, day))
        names = (str(old), str(new))
        turns = _turns(known, *sides, day)
    found, why = difference(*sides), [bought(known, o) for o in turns]
    Cards(form, output, no_color, ascii_only, width).put_page(
        lambda: changes(found, names, why),
        lambda: changes_json(found, names, [outcome_data(known, o) for o in turns]),
    )


def _turns(known: Catalogue, old: PrintedPlan, new: PrintedPlan, day: date) -> list[Outcome]:
    """What each changed answer does after those before it; nothing unless both plans come out the same again."""
    from roadmap.planning.what_if import one_after_the_other

    answers, last = _answers(known, old), _answers(known, new)
    base, _ = make_profile(answers, known, day)
    others: list[tuple[Change, Profile]] = []
    for key in (k for k in KEYS if k not in WORDS_ONLY and answers.get(k) != last.get(k)):
        before = answers.get(key)
        answers[key] = last.get(key)
        person, faults = make_profile(answers, known, day)
        if person is None or faults:
            return []
        others.append((Change(key, _told(key, before, person)), person))
    if base is None or not others[1:] or not _same(old, make(known, base, day)):
        return []
    turns = one_after_the_other(known, base, others, day)
    return turns if _same(new, turns[-1].plan) else []


def _answers(known: Catalogue, plan: PrintedPlan) -> dict[str, object]:
    """The answers of a printed plan; a usual skill that it does not name is one the person does not have."""
    answers = {k: v for k, v in plan["profile"].items() if k in KEYS}
    role = known.roles.get(str(answers.get("role")))
    skills = answers.get("skills")
    if role and isinstance(skills, Mapping):
        answers["skills"] = {**dict.fromkeys(role.baseline, 0), **skills}
    return answers


def _told(key: str, before: object, person: Profile) -> object:
    """The new value, of skills only those that changed."""
    if key != "skills":
        return getattr(person, key)
    old = before if isinstance(before, Mapping) else {}
    named = [s for s in dict.fromkeys([*old, *person.skills]) if old.get(s, 0) != person.have.get(s, 0)]
    return {s: person.have.get(s, 0) for s in named}


def _same(printed: PrintedPlan, plan: Plan) -> bool:
    summary = printed["summary"]
    return (summary["finish"], summary["hours"], [s["id"] for s in printed["steps"]]) == (
        plan.finish,
        plan.hours,
        [s.id for s in plan.steps],
    )


def _under_two(
    profile: Path | None, flags: Mapping[str, str | None], day: date, files: tuple[Path | None, Path | None]
) -> tuple[PrintedPlan, PrintedPlan]:
    """The plans of one person under two catalogues."""
    if str(profile) == "-":
        raise UsageError("a profile under two catalogues cannot come from stdin", "save it to a file first")
    plans = []
    for file in files:
        known = whole_or_laid_over(file)
        plans.append(_printed(known, make(known, person_for(known, profile, flags, day).profile, day)))
    return plans[0], plans[1]


def _side(known: Catalogue, file: Path, given: list[Path] | None, day: date) -> PrintedPlan:
    """The plan of a file: as it was printed, or made now from a profile or a saved plan."""
    from roadmap.loading.load import load_profile
    from roadmap.loading.positions import parse
    from roadmap.loading.printed import looks_printed, read_printed
    from roadmap.loading.saved import looks_saved

    text, name = profile_text(opened(file))
    document = parse(text, name)
    if document.problems:
        raise ProblemsError(document.problems)
    if looks_printed(document.data):
        plan, problems = read_printed(document)
        if plan is None:
            raise ProblemsError(problems)
        return plan
    if looks_saved(document.data, name):
        own, now = stand(file, given, day)
        return _printed(own, now.plan)
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
