"""Whose plan is made: the answers from a file, a saved plan, flags, a resume and the questionnaire."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.catalogues import ProblemsError, refuse
from roadmap.cli.boundary import on_terminal
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import ID, Profile

if TYPE_CHECKING:
    from roadmap.model.resume import Imported


class Person(NamedTuple):
    """A profile, the answers it was made from as they were given, and whether the questionnaire was held for it."""

    profile: Profile
    answers: dict[str, object]
    asked: bool = False


def person_for(
    known: Catalogue,
    file: Path | None,
    flags: Mapping[str, object],
    day: date,
    *,
    ask: bool,
    colour: bool = False,
    resume: "Imported | None" = None,
) -> Person:
    """The person whom flags, a profile file, a resume and, with `ask`, the questionnaire on a terminal describe."""
    from roadmap.loading.load import load_profile

    text, name, answers = answers_in(file, known)
    given = {**answers, **{k: v for k, v in flags.items() if v is not None}}
    found: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None
    if resume is not None:
        from roadmap.cli.importing import adding_to

        found = adding_to(resume, known, given)
    ask = ask and on_terminal() and str(file) != "-"
    if ask:
        from roadmap.cli.interviewing import hold_interview

        early = flags if given.get("role") is not None else {**flags, "role": _starts(known)[0]}
        refuse(load_profile(text, name, known, day, early)[1])
        flags = {**flags, **hold_interview(known, given, day, found=found, colour=colour)}
    elif found is not None:
        flags = {**flags, **found(given)}
    elif given.get("role") is None:
        raise no_role(known)
    profile, problems = load_profile(text, name, known, day, flags)
    if profile is None:
        refuse(problems)
        raise AssertionError("a profile that is None has problems")
    return Person(profile, {**answers, **{k: v for k, v in flags.items() if v is not None}}, ask)


def no_role(known: Catalogue, because: str = "") -> UsageError:
    """What to say to somebody who does not say where they start."""
    hint = f"pass --role: one of {', '.join(_starts(known))}"
    return UsageError(f"the role you start from is missing{because}", hint)


def _starts(known: Catalogue) -> list[str]:
    return [r.id for r in known.roles.values() if r.start]


def answers_in(file: Path | None, known: Catalogue) -> tuple[str, str, dict[str, object]]:
    """The answers of a profile file or of a saved plan: as text, what to call it in problems, and as they are."""
    from roadmap.loading.load import read_answers

    text, name = profile_text(file)
    if is_saved(file):
        from roadmap.loading.saved import load_saved

        loaded = load_saved(text, name, known)
        if loaded.saved is None:
            raise ProblemsError(loaded.problems)
        answers = dict(loaded.saved.answers)
        return json.dumps(answers, default=str), name, answers
    answers, problems, _ = read_answers(text, name)
    if problems:
        raise ProblemsError(problems)
    answers.pop(ID, None)
    return text, name, answers


def profile_text(file: Path | None) -> tuple[str, str]:
    """The text of a profile file, of stdin for -, or an empty profile; and what to call it in problems."""
    from roadmap.loading.source import read_text, stdin_text

    if file is None:
        return "{}", "the command line"
    if str(file) == "-":
        return stdin_text() or "{}", "stdin"
    return read_text(file) or "{}", str(file)


def is_saved(file: Path | None) -> bool:
    """Whether a file is a saved plan, judged by its name and by what is in it; one that cannot be read is not."""
    from roadmap.loading.source import read_text

    if file is None or str(file) == "-":
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
