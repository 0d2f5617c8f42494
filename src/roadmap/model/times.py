"""When somebody studies: days off, weeks with other hours, and the shape of a week."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
FEWEST_HOURS, MOST_HOURS = 1, 60
MOST_A_DAY = 96
_FIRST = attrgetter("first")


@dataclass(frozen=True)
class Break:
    """No study and no exam from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Range:
    """Other hours a week from `first` to `last`, both included."""

    first: date
    last: date
    hours_per_week: float


@dataclass(frozen=True)
class Availability:
    """When a person can study, beside the usual hours a week.

    `days` are the shares of Monday to Sunday in quarter hours (empty: every day alike); `ranges` have other hours;
    every `rest_every`-th week is free; `buffer_percent` of all hours stay unplanned.
    """

    days: tuple[int, ...] = ()
    ranges: tuple[Range, ...] = ()
    rest_every: int | None = None
    buffer_percent: int = 0


def shared_out(days: Sequence[int], hours: float) -> tuple[int, ...]:
    """Quarter hours of Monday to Sunday in these shares that make so many hours a week: what each day then holds.

    No day holds more than its 24 hours, and what it cannot hold goes to the others.
    """
    if not sum(days) or sum(days) / 4 == hours:
        return tuple(days)
    full: set[int] = set()
    while True:
        open_ = {i: share for i, share in enumerate(days) if share and i not in full}
        whole, total = sum(open_.values()), max(0, int(hours * 4) - MOST_A_DAY * len(full))
        out = {i: share * total // whole for i, share in open_.items()}
        rest = sorted(open_, key=lambda i: (-(days[i] * total % whole), i))
        out |= {i: out[i] + 1 for i in rest[: total - sum(out.values())]}
        if not (over := {i for i, held in out.items() if held > MOST_A_DAY}):
            return tuple(MOST_A_DAY if i in full else out.get(i, 0) for i in range(len(days)))
        full |= over


def in_break(day: date, breaks: Sequence[Break]) -> Break | None:
    """The break a day falls into, or None. The breaks are in order and apart, as `merged` leaves them."""
    place = bisect_right(breaks, day, key=_FIRST) if breaks else 0
    return breaks[place - 1] if place and day <= breaks[place - 1].last else None


def merged(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Breaks in order, with those that touch or overlap joined, so that their order in the input does not matter."""
    out: list[Break] = []
    for one in sorted(breaks, key=lambda b: (b.first, b.last)):
        if out and one.first <= out[-1].last + timedelta(days=1):
            out[-1] = Break(out[-1].first, max(out[-1].last, one.last))
        else:
            out.append(one)
    return tuple(out)


def in_order(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges by their days, so that their order in the input does not matter."""
    return tuple(sorted(ranges, key=lambda r: (r.first, r.last, r.hours_per_week)))
