"""Answers as people say them: on the line that stays, in the summary, and what was understood of free text."""

from collections.abc import Mapping, Sequence
from datetime import date

from roadmap.interview.options import PromptOption, usual
from roadmap.interview.typed import day_words
from roadmap.model.catalogue import Catalogue, Question
from roadmap.model.profile import Break, Profile, Range, check_answer


def plain(text: str) -> str:
    """Text from a catalogue or a person as one line that a terminal shows literally."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def name_of(question: Question) -> str:
    """What an answer is called in a list or a complaint."""
    return plain(question.short or question.sets.replace("_", " "))


def answer_words(
    question: Question, value: object, catalogue: Catalogue, person: Profile, options: Sequence[PromptOption]
) -> str:
    """An answer as people say it, on one line."""
    kept, faults = check_answer(question.sets, value, catalogue) if value is not None else (None, [])
    if faults:
        return plain(str(value))
    labels = {**_names(question.sets, catalogue), **{o.value: o.label for o in options}}
    match kept:
        case None | () | "":
            text = question.empty
        case Mapping():
            text = _skill_words(kept, catalogue, person)
        case tuple():
            text = ", ".join(_period_words(x) if isinstance(x, (Break, Range)) else labels.get(x, str(x)) for x in kept)
        case date():
            text = day_words(kept)
        case int() | float():
            text = labels.get(kept, f"{kept:.10g}")
        case _:
            text = labels.get(kept, str(kept))
    return plain(text)


def _names(key: str, catalogue: Catalogue) -> dict[object, str]:
    """What ids of the catalogue are called that people type instead of choosing them."""
    if key == "background":
        return {b.id: b.name for b in catalogue.backgrounds.values()}
    return {c.id: c.name for c in catalogue.countries.values()} if key == "country" else {}


def _skill_words(levels: Mapping[object, object], catalogue: Catalogue, person: Profile) -> str:
    known = usual(catalogue, person)
    names: dict[bool, list[str]] = {True: [], False: []}
    for skill, level in levels.items():
        if isinstance(level, int) and level != known.get(str(skill), 0):
            names[level > known.get(str(skill), 0)].append(catalogue.skills[str(skill)].short)
    parts = [
        f"{word} {', '.join(found[:3])}" + (f" and {len(found) - 3} more" if len(found) > 3 else "")
        for word, found in (("also", names[True]), ("not yet", names[False]))
        if found
    ]
    return "; ".join(parts) or "as usual for the role"


def _period_words(period: Break | Range) -> str:
    lighter = f" at {period.hours_per_week:g} h a week" if isinstance(period, Range) else ""
    if period.first == period.last:
        return day_words(period.first) + lighter
    return f"{day_words(period.first)} to {day_words(period.last)}{lighter}"


def understood(question: Question, value: object, catalogue: Catalogue) -> list[str]:
    """What was made of free text and what it changes, in sentences; nothing for answers that were chosen."""
    if question.sets != "background" or value is None:
        return []
    kept, faults = check_answer("background", value, catalogue)
    if faults or not isinstance(kept, tuple):
        return []
    return [plain(_one_understood(str(one), catalogue)) for one in kept]


def _one_understood(one: str, catalogue: Catalogue) -> str:
    found = catalogue.backgrounds.get(one)
    if found is None:
        return f"“{one}” is not in the catalogue. It stands on your plan as you wrote it."
    if found.kind == "engineer":
        return f"{found.name}: it sets what you are assumed to know. You can correct that in a moment."
    field = catalogue.specialisations.get(found.domain or "")
    where = f" ({field.name})" if field else ""
    return f"{found.name}: projects and the people to talk to first come from there{where}."


def summary(
    answers: Mapping[str, object],
    questions: Sequence[Question],
    words: Mapping[str, str],
    person: Profile,
    usual_person: Profile | None,
    catalogue: Catalogue,
) -> str:
    """The answers in two sentences, to be confirmed: who, how much, from when, what for; then what is special."""
    hours = f"{person.hours_per_week:.10g} hours a week from {day_words(person.start)}"
    goals = ", ".join(catalogue.goals[g].name for g in person.goals)
    role, target = catalogue.roles[person.role].name, catalogue.roles[person.target].name
    said = ("role", "target", "level", "hours_per_week", "start", "goals")

    def as_usual(key: str) -> bool:
        return usual_person is not None and check_answer(key, answers[key], catalogue)[0] == getattr(usual_person, key)

    special = [
        f"{name_of(q)}: {words[q.sets]}"
        for q in questions
        if q.sets in answers and q.sets not in said and not as_usual(q.sets)
    ]
    rest = "; ".join(special)
    first = plain(f"{role} to {target} ({person.level}), {hours}. Goal: {goals}.")
    return first + (f" {rest[:1].upper()}{rest[1:]}." if rest else " Everything else as usual.")
