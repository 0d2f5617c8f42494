"""What people type at a prompt, read into what a profile file would hold.

Text that cannot be read comes back as it is, so that the profile's own check can say what is wrong with it.
"""

import re
from datetime import date, timedelta

from roadmap.model.profile import as_date, as_number
from roadmap.model.times import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOTHING = ("", "-", "no", "none", "never", "no limit")
_AMOUNT = re.compile(r"\$?\s*(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?|usd|\$|dollars?)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?", re.IGNORECASE)
_UNTIL = re.compile(r"\s+(?:to|until|till|-|–)\s+|\s*\.\.\s*", re.IGNORECASE)
_HOURS = re.compile(r"(.+?)\s*(?:=|\bat\b|\bwith\b)\s*(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)?(?: a week)?", re.IGNORECASE)
_COMMA = re.compile(r"[,;]")


def day_words(day: date) -> str:
    """A day as people write it: 1 December 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_number(text: str) -> object:
    """A number, also with its unit: 10, 7.5 h, $300; else the text itself."""
    found = _AMOUNT.fullmatch(text.strip())
    number = as_number(found[1]) if found else None
    return text.strip() if number is None else number


def read_day(text: str, today: date) -> date | None:
    """2026-12-01, 1 Dec 2026, Dec 1, today, tomorrow, (next) monday; None for anything else.

    A day without a year is the next such day from `today` on, a weekday the next one after it.
    """
    words = text.strip().casefold()
    if words in ("today", "now"):
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    weekday = words.removeprefix("next ").strip()
    if weekday in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(weekday) - today.weekday() - 1) % 7 + 1)
    return as_date(words) or _named_day(words, today)


def _named_day(words: str, today: date) -> date | None:
    if found := _DAY_FIRST.fullmatch(words):
        number, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(words):
        name, number, year = found.groups()
    else:
        return None
    month = next((i for i, m in enumerate(MONTHS, 1) if m.casefold().startswith(name)), None)
    if month is None:
        return None
    for candidate in [int(year)] if year else range(today.year, today.year + 9):
        try:
            day = date(candidate, month, int(number))
        except ValueError:
            continue
        if year or day >= today:
            return day
    return None


def read_date(text: str, today: date) -> str:
    """A day as YYYY-MM-DD, else the text itself."""
    day = read_day(text, today)
    return day.isoformat() if day else text.strip()


def read_periods(text: str, today: date) -> list[object]:
    """Periods separated by commas, each `first to last` or a single day, as a profile file holds them.

    `first to last at 4 h` is not free but lighter.
    """
    return [_period(part.strip(), today) for part in _COMMA.split(text) if part.strip()]


def _period(text: str, today: date) -> object:
    lighter = _HOURS.fullmatch(text)
    first_text, *rest = _UNTIL.split(lighter[1] if lighter else text, maxsplit=1)
    first = read_day(first_text, today)
    last = read_day(rest[0], first or today) if rest else first
    if first is None or last is None:
        return text
    period: dict[str, object] = {"from": first.isoformat(), "to": last.isoformat()}
    return {**period, "hours_per_week": as_number(lighter[2])} if lighter else period
