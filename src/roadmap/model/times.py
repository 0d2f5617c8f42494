"""When somebody studies: days off, weeks with other hours, and the shape of a week."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
FEWEST_HOURS, MOST_HOURS = 1, 60


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


def in_break(day: date, breaks: Iterable[Break]) -> Break | None:
    """The break a day falls into, or None."""
    return next((b for b in breaks if b.first <= day <= b.last), None)


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


_HOURS = re.compile(
    r"(?:(?P<h>\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)?)(?:\s*(?P<m>\d{1,2})\s*(?:m|min|minutes?)?)?\Z", re.IGNORECASE
)
_CLOCK = re.compile(r"(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?:\s*h)?\Z")
_MINUTES = re.compile(r"(?P<m>\d{1,4})\s*(?:m|min|mins|minutes?)\Z", re.IGNORECASE)


def hours_in(text: str) -> float | None:
    """Hours as people write them: 2.5, 2,5, 3h, 2h30, 1:30, 90min, 3 + 2.5; None for anything else."""
    total = 0.0
    for part in (p.strip() for p in text.split("+")):
        if found := _MINUTES.match(part):
            total += int(found["m"]) / 60
        elif found := _CLOCK.match(part):
            total += int(found["h"]) + int(found["m"]) / 60
        elif (found := _HOURS.match(part)) and (not found["m"] or re.search("h", part, re.IGNORECASE)):
            total += float(found["h"].replace(",", ".")) + int(found["m"] or 0) / 60
        else:
            return None
    return round(total, 2)
