"""Two plans to compare: as they were printed, or made now from profiles and saved plans, or under two catalogues."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from roadmap.app.catalogues import ProblemsError, whole_or_laid_over
from roadmap.app.people import Input, Piped, is_saved, make, person_for, profile_in, profile_text
from roadmap.app.saved import open_plan, stand
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Tried
from roadmap.model.plan import Plan
from roadmap.model.printed import Difference, PrintedPlan
from roadmap.model.profile import KEYS, Profile, make_profile
from roadmap.model.story import Story

# Answers that change words alone.
WORDS_ONLY = ("name", "language")


class Compared(NamedTuple):
    """What differs between two plans; `turns` is what each changed answer does by itself, `lived` what happened between
    two states of one saved plan, with its catalogue.
    """

    found: Difference
    turns: Sequence[Tried] = ()
    lived: tuple[Story, Catalogue] | None = None


def two_plans(known: Catalogue, old: Input, new: Input, given: Sequence[Path] | None, day: date) -> Compared:
    """Two plans from their files: as they were printed, or made on a day from profiles and saved plans.

    Raises ProblemsError for what cannot be read.
    """
    from roadmap.planning.diff import difference

    sides = side(known, old, given, day), side(known, new, given, day)
    return Compared(difference(*sides), turns(known, *sides, day), story_of(old, new, given, day))


def turns(known: Catalogue, old: PrintedPlan, new: PrintedPlan, day: date) -> list[Tried]:
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
    outcomes = one_after_the_other(known, base, others, day)
    return outcomes if _same(new, outcomes[-1].plan) else []


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


def two_catalogues(
    profile: Input | None, flags: Mapping[str, str | None], day: date, files: tuple[Path | None, Path | None]
) -> Compared:
    """The plans of one person under two catalogues; None is the built-in one."""
    from roadmap.planning.diff import difference

    if isinstance(profile, Piped):
        raise UsageError("a profile under two catalogues cannot come from stdin", "save it to a file first")
    plans = []
    for file in files:
        known = whole_or_laid_over(file)
        plans.append(_printed(known, make(known, person_for(known, profile, flags, day).profile, day)))
    return Compared(difference(*plans))


def story_of(old: Input, new: Input, given: Sequence[Path] | None, day: date) -> tuple[Story, Catalogue] | None:
    """What happened between two states of one saved plan; None where they are not that, or where it cannot be told."""
    from roadmap.loading.saved import before_replan
    from roadmap.planning.progress import progress
    from roadmap.planning.story import one_plan, replans, story

    if not (isinstance(old, Path) and isinstance(new, Path) and is_saved(old) and is_saved(new)):
        return None
    known, last = open_plan(new, given)
    _, first = open_plan(old, given)
    if not one_plan(first, last):
        return None
    before = []
    for i, event in replans(first, last):
        if not event.was:
            return None
        before.append((replace(before_replan(last, event, known), journal=last.journal[:i]), event))
    told = story(first, before, progress(last, known, day), last, known)
    return (told, known) if told.events else None


def side(known: Catalogue, file: Input, given: Sequence[Path] | None, day: date) -> PrintedPlan:
    """The plan of a file: as it was printed, or made now from a profile or a saved plan."""
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
        if isinstance(file, Piped):
            raise UsageError("a saved plan cannot come from stdin", "name its file")
        own, now = stand(file, given, day)
        return _printed(own, now.plan)
    return _printed(known, make(known, profile_in(text, name, known, day, {}), day))


def _printed(known: Catalogue, plan: Plan) -> PrintedPlan:
    """A plan as it would be read back from its JSON, so that both sides come through the same door."""
    from roadmap.loading.positions import Document
    from roadmap.loading.printed import read_printed
    from roadmap.render.json import plan_data

    data, problems = read_printed(Document("the plan", "", plan_data(plan, known)))
    if data is None:
        raise ProblemsError(problems)
    return data
