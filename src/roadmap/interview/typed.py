"""What people type at a prompt, read into what a profile file would hold.

Text that cannot be read comes back as it is, so that the profile's own check can say what is wrong with it.
"""

from datetime import date

from roadmap.model.months import planned_day
from roadmap.model.times import MONTHS
from roadmap.model.typed import dollars_of, hours_of
from roadmap.model.typed import periods_of as read_periods

__all__ = ["NOTHING", "day_words", "read_date", "read_number", "read_periods"]

NOTHING = ("", "-", "no", "none", "never", "no limit")


def day_words(day: date) -> str:
    """A day as people write it: 1 December 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_number(text: str) -> object:
    """A number, also with its unit: 10, 7.5 h, 90 min, $300, 1,000; else the text itself."""
    bare = text.strip()
    number: float | None = None
    for read in (dollars_of, hours_of):
        if number is None and isinstance(found := read(bare), (int, float)):
            number = found
    return bare if number is None else number


def read_date(text: str, today: date, key: str = "") -> str:
    """A day as YYYY-MM-DD, of a month the edge that the key means, else the text itself."""
    day = planned_day(key, text, today)
    return day.isoformat() if isinstance(day, date) else text.strip()
