"""What is said when the last step is done: what it was, and what comes now. The same in every command."""

from roadmap.model.journal import Progress
from roadmap.render.numbers import day, hours, plural


def ending(now: Progress) -> list[tuple[str, str]]:
    """What was done and what comes after it, for somebody whose last step is done: labels with texts."""
    free = " --deadline none" if now.plan.profile.deadline else ""
    return [
        ("Behind you", _behind(now)),
        ("Now", now.then),
        ("Show", "roadmap evidence prints your work with its links, for a page or a CV."),
        ("Further", f"roadmap replan --goals GOAL{free} plans what comes next."),
    ]


def _behind(now: Progress) -> str:
    """21 steps and 203 h, from 2 December 2026 to 6 October 2027, 16 days before the day that was promised."""
    standing = now.standing
    ends = [*(e.on for e in standing.done.values()), *standing.passed.values()]
    days = [*ends, *(w.on for w in standing.work)]
    said = plural(len(standing.done) + len(standing.passed), "step")
    if now.hours_done:
        said += f" and {hours(now.hours_done)}"
    if not ends:
        return f"{said}."
    apart = (max(ends) - now.baseline.finish).days
    when = f"{plural(abs(apart), 'day')} {'after' if apart > 0 else 'before'}" if apart else "on"
    return f"{said}, from {day(min(days))} to {day(max(ends))}, {when} the day that was promised."
