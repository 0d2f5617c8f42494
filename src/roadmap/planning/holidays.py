"""Days on which few people sit an exam: public holidays of the United States, and the days around the New Year."""

from datetime import date, timedelta

MONDAY, THURSDAY = 0, 3
FIXED = ((6, 19), (7, 4), (11, 11))
"""Month and day: Juneteenth, Independence Day, Veterans Day."""
NTH = ((1, MONDAY, 3), (2, MONDAY, 3), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))
"""Month, weekday and which of the month: King, Presidents, Labor and Columbus Day, Thanksgiving."""
MEMORIAL = (5, 31)
CHRISTMAS_EVE, NEW_YEAR = (12, 24), (1, 1)


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday in the US, or lies between Christmas Eve and New Year's Day."""
    month_day = (day.month, day.day)
    if month_day >= CHRISTMAS_EVE or month_day == NEW_YEAR or month_day in FIXED:
        return True
    if any(day == _nth(day.year, *one) for one in NTH):
        return True
    last = date(day.year, *MEMORIAL)
    return day == last - timedelta(days=last.weekday())


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... of a weekday in a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
