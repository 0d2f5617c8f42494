"""The smallest single changes that would make a plan whole, each computed with its own finish, none guessed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from roadmap.model.plan import Option
from roadmap.model.profile import NO_DOMAIN, Profile
from roadmap.planning.reduce import Draft, limits
from roadmap.planning.schedule import day_reached

MOST_HOURS = 60
Redraft = Callable[[Profile], Draft]


def finish_of(profile: Profile, draft: Draft) -> date:
    """When a draft would be done without limits: all its work, and every exam that opens later."""
    return max([day_reached(profile, sum(draft.quarters.values())), *draft.opens.values()])


def deadline_for(profile: Profile, draft: Draft) -> date:
    """The first deadline that a draft keeps with the confidence asked for."""
    return max([day_reached(profile, draft.quarters_needed(profile.confidence)), *draft.opens.values()])


def ways_out(profile: Profile, draft: Draft, redraft: Redraft) -> list[Option]:
    """Single changes to the answers after which everything fits; a change of two only where no single one does."""
    found = [
        Option(key, value, finish_of(changed, drafted))
        for key, value, changed in _candidates(profile, draft)
        if not limits(changed, drafted := redraft(changed)).any
    ]
    if found:
        return found
    last, cost = deadline_for(profile, draft), _money(draft)
    return [Option("deadline and budget_usd", f"{last.isoformat()} and {cost}", finish_of(profile, draft))]


def _candidates(profile: Profile, draft: Draft) -> Iterator[tuple[str, str, Profile]]:
    over = limits(profile, draft)
    if over.time and profile.deadline:
        for hours in range(int(profile.hours_per_week) + 1, MOST_HOURS + 1):
            faster = replace(profile, hours_per_week=hours)
            if not limits(faster, draft).time:
                yield "hours_per_week", str(hours), faster
                break
    if over.time or over.exam:
        last = deadline_for(profile, draft)
        yield "deadline", last.isoformat(), replace(profile, deadline=last)
    if over.money:
        yield "budget_usd", _money(draft), replace(profile, budget_usd=sum(draft.cost.values()))
    for fewer in {"all": ("one", "none"), "one": ("none",)}.get(profile.certifications, ()):
        yield "certifications", fewer, replace(profile, certifications=fewer)
    if profile.domain != NO_DOMAIN:
        yield "domain", NO_DOMAIN, replace(profile, domain=NO_DOMAIN)


def _money(draft: Draft) -> str:
    return f"{sum(draft.cost.values()):g}"
