"""What is said when the last step is done, or the wish is reached before: what it was, and what comes now.

The same in every command.
"""

from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.render.clean import clean
from roadmap.render.numbers import day, hours, listing, plural

MOST_NAMED = 3


def ending(now: Progress) -> list[tuple[str, str]]:
    """What was done and what comes after it, for somebody whose last step is done: labels with texts."""
    apart = f", {_apart(now)} the day that was promised" if _ends(now) else ""
    return [("Behind you", f"{_behind(now)}{apart}."), *_onwards(now)]


def reached_sentence(now: Progress) -> str:
    """Reached on 3 May 2027: the job is signed (“Acme, from June”). Empty before."""
    if now.reached is None:
        return ""
    more = f" (“{clean(now.reached.text)}”)" if now.reached.text else ""
    left = "" if now.plan.steps else " No step is left."
    return f"Reached on {day(now.reached.on)}: {now.reached_text}{more}.{left}"


def reached_facts(now: Progress, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What has become needless with the wish, what is left and may stop, and what comes now: labels with texts."""
    modules, plan = catalogue.modules, now.plan
    titles = [f"“{modules[id_].title if id_ in modules else id_}”" for id_ in now.dropped]
    rest = len(titles) - MOST_NAMED
    named = [*titles[:MOST_NAMED], plural(rest, "other step")] if rest > 1 else titles
    left = f"{plural(len(plan.steps), 'step')}, {hours(plan.hours)}, until {day(plan.finish)} at even odds"
    return [
        ("Behind you", f"{_behind(now)}."),
        ("Dropped", f"{listing(named)}." if named else ""),
        ("Left", f"{left}; it may stop here."),
        *_onwards(now),
    ]


def _onwards(now: Progress) -> list[tuple[str, str]]:
    free = " --deadline none" if now.plan.profile.deadline else ""
    return [
        ("Now", now.then),
        ("Show", "roadmap evidence prints your work with its links, for a page or a CV."),
        ("Further", f"roadmap replan --goals GOAL{free} plans what comes next."),
    ]


def _behind(now: Progress) -> str:
    """21 steps and 203 h, from 2 December 2026 to 6 October 2027."""
    standing, ends = now.standing, _ends(now)
    days = [*ends, *(w.on for w in standing.work)]
    said = plural(len(standing.done) + len(standing.passed), "step")
    if now.hours_done:
        said += f" and {hours(now.hours_done)}"
    if not ends:
        return said
    return f"{said}, {f'from {day(min(days))} to' if min(days) < max(ends) else 'on'} {day(max(ends))}"


def _apart(now: Progress) -> str:
    days = (max(_ends(now)) - now.baseline.finish).days
    return f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'}" if days else "on"


def _ends(now: Progress) -> list[date]:
    return [*(e.on for e in now.standing.done.values()), *now.standing.passed.values()]
