"""The hours of each week shared out over the days that the person studies on."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from roadmap.model.plan import Plan, Week
from roadmap.model.profile import in_break

DAY = timedelta(days=1)
QUARTERS = 4


def sessions(plan: Plan) -> Iterator[tuple[date, list[tuple[str, float]]]]:
    """Each day of study with its steps and their hours; none where nobody was asked for days."""
    shares = plan.profile.availability.days
    for week in plan.weeks if any(shares) else ():
        days = {week.start + i * DAY: share for i, share in enumerate(shares) if share}
        yield from _dealt(week, {d: n for d, n in days.items() if _studies(plan, d)}).items()


def _studies(plan: Plan, day: date) -> bool:
    return plan.start <= day <= plan.finish and not in_break(day, plan.profile.breaks)


def _dealt(week: Week, days: Mapping[date, int]) -> dict[date, list[tuple[str, float]]]:
    """The items of a week, one after the other, over its days by their shares, in quarter hours that add up."""
    total = round(sum(item.hours for item in week.items) * QUARTERS)
    whole, run, given = sum(days.values()), 0, 0
    left = [(item.step, round(item.hours * QUARTERS)) for item in week.items]
    out: dict[date, list[tuple[str, float]]] = {}
    for day, share in days.items() if total else ():
        run += share
        room = run * total // whole - given
        given += room
        while room and left:
            id_, rest = left.pop(0)
            taken = min(room, rest)
            out.setdefault(day, []).append((id_, taken / QUARTERS))
            room -= taken
            if taken < rest:
                left.insert(0, (id_, rest - taken))
    return out
