"""Months and periods as resumes write them: "Jan 2021 - Present", "03/2019 to 2020", "2021-04-01"."""

import re
from collections.abc import Collection
from datetime import date

from roadmap.model.resume import Month, Period

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?:19|20)\d\d"
_WORD = rf"(?:{'|'.join(_NAMES)})[a-z]{{0,6}}"
_MONTH = rf"(?:{_WORD}\.?,? ?'?{_YEAR}|\d{{1,2}}[./-]{_YEAR}|{_YEAR}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?|{_YEAR})"
_SINGLE = re.compile(_MONTH, re.IGNORECASE)
_UNTIL = r" ?(?:-{1,2}|–|—|to|until|till) ?"
PERIOD = re.compile(rf"\(?(?P<first>{_MONTH}){_UNTIL}(?P<last>{_MONTH}|[A-Za-z]+(?: [A-Za-z]+)?)\)?", re.IGNORECASE)


def month(text: str) -> Month | None:
    """The month that a text names; a year alone is its January. None for anything else."""
    text = text.strip()
    years = re.findall(_YEAR, text)
    if len(years) != 1 or not _SINGLE.fullmatch(text):
        return None
    year, rest = int(years[0]), text.replace(years[0], "", 1)
    word = re.search(r"[A-Za-z]{3}", rest)
    if word:
        return 12 * year + _NAMES.index(word[0].lower())
    numbers = [int(n) for n in re.findall(r"\d+", rest)][:1]
    if numbers and not 1 <= numbers[0] <= 12:
        return None
    return 12 * year + (numbers[0] - 1 if numbers else 0)


def month_of(day: date) -> Month:
    """The month of a day."""
    return 12 * day.year + day.month - 1


def period(first: str, last: str, today: Collection[str], *, empty_is_open: bool = True) -> Period | None:
    """A period from two texts; an empty end, or a word for today, means that it goes on. None without a beginning."""
    start = month(first)
    if start is None:
        return None
    said = last.strip().casefold()
    if said in today or (not said and empty_is_open):
        return Period(start, None)
    end = month(last)
    if end is None:
        return None if said else Period(start, start)
    # A year alone as the end says that some of that year is meant; its January keeps the length from being inflated.
    return Period(start, max(start, end))


def period_in(line: str, today: Collection[str]) -> tuple[Period, str] | None:
    """The first period in a line, and the line without it; None when there is none."""
    for found in PERIOD.finditer(line):
        last = found["last"].casefold()
        word = next((w for w in sorted(today, key=len, reverse=True) if (last + " ").startswith(w + " ")), None)
        end = found.start("last") + len(word) if word else found.end()
        whole = period(found["first"], word or found["last"], today)
        if whole:
            rest = line[: found.start()] + line[end:]
            return whole, " ".join(rest.strip(" ,|·•()-–—\t").split())
    return None


def years_of(one: Period | None) -> str:
    """A period in years: "2021 to 2024", "since 2021"; empty for none."""
    if one is None:
        return ""
    first = one.first // 12
    if one.last is None:
        return f"since {first}"
    return f"{first}" if one.last // 12 == first else f"{first} to {one.last // 12}"
