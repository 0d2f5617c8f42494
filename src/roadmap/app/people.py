"""Whose plan is made: the answers from a file, a saved plan, flags, a resume and whoever can be asked."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from roadmap.app.catalogues import ProblemsError, refuse
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.profile import ID, Profile

Answers = Mapping[str, object]
Adding = Callable[[Answers], Answers]
"""From answers to what a resume adds to them."""
Asking = Callable[[Answers, Adding | None], Answers]
"""Asks what the given answers leave open, with what a resume adds; gives what was answered."""


class Piped(NamedTuple):
    """What comes through a pipe instead of a file: nothing here knows where standard input is."""

    text: Callable[[], str]
    data: Callable[[], bytes]


Input = Path | Piped


class Person(NamedTuple):
    """A profile, and the answers it was made from as they were given."""

    profile: Profile
    answers: dict[str, object]


def person_for(
    known: Catalogue,
    file: Input | None,
    flags: Answers,
    day: date,
    *,
    ask: Asking | None = None,
    resume: Callable[[Answers], Adding] | None = None,
) -> Person:
    """The person whom flags, a profile file, a resume and, with `ask`, the answers to a questionnaire describe.

    Raises ProblemsError with all problems of the answers, UsageError where nothing says which role the person has.
    """
    from roadmap.loading.load import load_profile

    text, name, answers = answers_in(file, known)
    given = {**answers, **{k: v for k, v in flags.items() if v is not None}}
    found = resume(given) if resume is not None else None
    if ask is not None:
        early = flags if given.get("role") is not None else {**flags, "role": _starts(known)[0]}
        refuse(load_profile(text, name, known, day, early)[1])
        flags = {**flags, **ask(given, found)}
    elif found is not None:
        flags = {**flags, **found(given)}
    elif given.get("role") is None:
        # A misspelt key is what is wrong, not that the role is missing.
        refuse(load_profile(text, name, known, day, {**flags, "role": _starts(known)[0]})[1])
        raise no_role(known)
    profile = profile_in(text, name, known, day, flags)
    return Person(profile, {**answers, **{k: v for k, v in flags.items() if v is not None}})


def profile_in(text: str, name: str, known: Catalogue, day: date, flags: Answers) -> Profile:
    """The profile of a text with flags laid over it. Raises ProblemsError with all its problems."""
    from roadmap.loading.load import load_profile

    profile, problems = load_profile(text, name, known, day, flags)
    if profile is None:
        refuse(problems)
        raise AssertionError("a profile that is None has problems")
    return profile


def make(known: Catalogue, person: Profile, day: date, *, options: bool = True, words: bool = True) -> Plan:
    """The plan of one person; without `options` no ways out are tried, without `words` no answer is written."""
    from roadmap.planning.make import make_plan

    return make_plan(known, person, day, options=options, words=words)


def no_role(known: Catalogue, because: str = "") -> UsageError:
    """What to say to somebody who does not say where they start."""
    hint = f"pass --role: one of {', '.join(_starts(known))}"
    return UsageError(f"the role you start from is missing{because}", hint)


def _starts(known: Catalogue) -> list[str]:
    return [r.id for r in known.roles.values() if r.start]


def answers_in(file: Input | None, known: Catalogue) -> tuple[str, str, dict[str, object]]:
    """The answers of a profile file or of a saved plan: as text, what to call it in problems, and as they are."""
    from roadmap.loading.load import read_answers

    text, name = profile_text(file)
    if is_saved(file):
        from roadmap.loading.saved import load_saved

        loaded = load_saved(text, name, known)
        if loaded.saved is None:
            from roadmap.app.saved import rescue

            raise ProblemsError(loaded.problems, hint=rescue(file) if isinstance(file, Path) else "")
        answers = dict(loaded.saved.answers)
        return json.dumps(answers, default=str), name, answers
    answers, problems, _ = read_answers(text, name)
    if problems:
        raise ProblemsError(problems)
    answers.pop(ID, None)
    return text, name, answers


def profile_text(file: Input | None) -> tuple[str, str]:
    """The text of a profile file or pipe, or an empty profile; and what to call it in problems."""
    from roadmap.loading.source import read_text

    if file is None:
        return "{}", "the command line"
    if isinstance(file, Piped):
        return file.text() or "{}", "stdin"
    return read_text(file) or "{}", str(file)


def is_saved(file: Input | None) -> bool:
    """Whether a file is a saved plan, judged by its name and by what is in it; one that cannot be read is not."""
    from roadmap.loading.source import read_text

    if file is None or isinstance(file, Piped):
        return False
    try:
        text = read_text(file)
        # Most profiles are none, and are spared what it takes to make sure.
        if not (file.name.endswith(".roadmap.yaml") or "journal:" in text or "baseline:" in text):
            return False
        from roadmap.loading.positions import parse
        from roadmap.loading.saved import looks_saved

        return looks_saved(parse(text, str(file)).data, str(file))
    except RoadmapError:
        return False
