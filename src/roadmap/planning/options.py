"""The smallest single changes that would make a plan whole, each computed with its own finish, none guessed."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.contradictions import contradictions
from roadmap.model.plan import Option
from roadmap.model.profile import CONFIDENCES, LAST_DAY, NO_DOMAIN, Profile
from roadmap.model.times import MOST_HOURS
from roadmap.planning.draft import Draft
from roadmap.planning.reduce import Limits, limits, opening_days
from roadmap.planning.schedule import Calendar

FEWER = {"all": ("one", "none"), "one": ("none",)}
JOINED = " and "
Redraft = Callable[[Profile], Draft]
Finish = Callable[[Profile], date]
Answers = Mapping[str, Any]


def deadline_for(profile: Profile, draft: Draft) -> date:
    """The first deadline that a draft keeps with the confidence asked for."""
    return max(
        [
            Calendar(profile).day_reached(draft.quarters_needed(profile.confidence)),
            *opening_days(profile, draft).values(),
        ]
    )


def ways_out(profile: Profile, draft: Draft, redraft: Redraft, finish: Finish) -> list[Option]:
    """Single changes to the answers after which everything fits; changes of several only where no single one does.

    `draft` is what is wished for, `redraft` makes that of a changed profile, `finish` says when its plan ends. Of each
    kind of change the smallest is taken. An option of several changes joins its keys and its values with " and ".
    """
    over = limits(profile, draft)
    for kinds in (_single, _double, _more):
        found = [_first_that_fits(profile, tries, redraft, finish) for tries in kinds(profile, draft, over, redraft)]
        if options := [option for option in found if option]:
            return options
    return []


def _first_that_fits(profile: Profile, tries: Iterable[Answers], redraft: Redraft, finish: Finish) -> Option | None:
    for answers in tries:
        changed = replace(profile, **answers)
        draft = redraft(changed)
        if not limits(changed, draft).any and not _contradicts(profile, changed, draft.catalogue):
            return Option(JOINED.join(answers), JOINED.join(map(_said, answers.values())), finish(changed))
    return None


def _contradicts(profile: Profile, changed: Profile, catalogue: Catalogue) -> bool:
    """Whether a change sets the answers at odds, which takes a module that is kept: an exam, a part of a field."""
    if not profile.keep:
        return False
    return not set(contradictions(changed, catalogue)) <= set(contradictions(profile, catalogue))


def _said(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _single(profile: Profile, draft: Draft, over: Limits, redraft: Redraft) -> Iterator[Iterable[Answers]]:
    """The kinds of change to one answer, each as what to try, the smallest first."""
    yield from _time(profile, draft, over, redraft)
    if over.time:
        yield [{"confidence": c} for c in reversed(CONFIDENCES) if c < profile.confidence]
    if over.money:
        yield [_budget(draft)]
    yield _fewer_exams(profile)
    if profile.domain != NO_DOMAIN:
        yield [{"domain": NO_DOMAIN}]


def _double(profile: Profile, draft: Draft, over: Limits, redraft: Redraft) -> Iterator[Iterable[Answers]]:
    """More time together with more money, or with as many exams fewer as the money asks for."""
    if not over.money:
        return
    for others in ([_budget(draft)], _fewer_exams(profile)):
        for other in others:
            changed = replace(profile, **other)
            rest = redraft(changed)
            left = limits(changed, rest)
            if not left.money:
                yield from ([{**a, **other} for a in tries] for tries in _time(changed, rest, left, redraft))
                break


def _more(profile: Profile, draft: Draft, over: Limits, _redraft: Redraft) -> Iterator[Iterable[Answers]]:
    """At very few hours a week not even the last day of the calendar is enough: more hours and the first day then."""
    budget = _budget(draft) if over.money else {}
    tries = (replace(profile, hours_per_week=h) for h in _wholes(profile))
    days = ((faster.hours_per_week, deadline_for(faster, draft)) for faster in tries)
    yield ({"hours_per_week": h, "deadline": last, **budget} for h, last in days if last <= LAST_DAY)


def _time(profile: Profile, draft: Draft, over: Limits, redraft: Redraft) -> Iterator[Iterable[Answers]]:
    """More hours a week, or a later day."""
    if over.time and not over.exam:
        yield [{"hours_per_week": h} for h in _hours(profile, draft, redraft)]
    last = deadline_for(profile, draft)
    if (over.time or over.exam) and last <= LAST_DAY:
        yield [{"deadline": last}]


def _wholes(profile: Profile) -> range:
    return range(int(profile.hours_per_week) + 1, MOST_HOURS + 1)


def _hours(profile: Profile, draft: Draft, redraft: Redraft) -> Iterable[int]:
    """The fewest whole hours a week with which this draft fits; all that are more where hours change the draft."""
    wholes = _wholes(profile)

    def enough(hours: int) -> bool:
        return not limits(replace(profile, hours_per_week=hours), draft).time

    at = bisect_left(wholes, x=True, key=enough)
    fewest = wholes[at : at + 1] or wholes[-1:]
    if fewest and redraft(replace(profile, hours_per_week=fewest[0])).quarters != draft.quarters:
        return wholes
    return fewest


def _budget(draft: Draft) -> Answers:
    return {"budget_usd": draft.price}


def _fewer_exams(profile: Profile) -> list[Answers]:
    return [{"certifications": fewer} for fewer in FEWER.get(profile.certifications, ())]
