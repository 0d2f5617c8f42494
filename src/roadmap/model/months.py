"""A month or a quarter where a plan asks for a day: it begins on the first of one, and is done by the last.

A season or a year alone is no day: seasons differ from place to place, and "by 2027" means its first day to some and
its last to others. Both are refused with what to write instead.
"""

import re
from datetime import date, timedelta
from unicodedata import combining, normalize

from roadmap.model.problem import Fault
from roadmap.model.typed import day_of

LAST_DAY_OF = ("deadline",)
"""Keys of a profile that mean the end of a month that is given for a day; the others mean its beginning."""
# Whole names, without accents, in the languages that resumes are read in: a word alone that only begins like a month
# ("maybe") is none.
_NAMES = tuple(
    words.split()
    for words in (
        "january januar janvier enero janeiro gennaio januari styczen",
        "february februar fevrier febrero fevereiro febbraio februari luty",
        "march marz maerz mrz mars marzo marco maart marzec",
        "april avril abril aprile kwiecien",
        "may mai mayo maio maggio mei maj",
        "june juni juin junio junho giugno czerwiec",
        "july juli juillet julio julho luglio lipiec",
        "august aout agosto augustus sierpien",
        "september septembre septiembre setembro settembre wrzesien",
        "october oktober octobre octubre outubro ottobre pazdziernik",
        "november novembre noviembre novembro listopad",
        "december dezember decembre diciembre dezembro dicembre grudzien",
    )
)
_SHORTEST = 3
_IN = re.compile(r"^(?:in|by|until|from|im|ab|bis|en|em|w)\s+(?=\S)", re.IGNORECASE)
_NUMBERS = (
    re.compile(r"(?P<year>20\d\d)[-/.](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>20\d\d)"),
)
_NAMED = re.compile(
    r"(?P<month>[^\W\d_]{3,}\.?)(?:(?:,?\s+|-|/)(?:of\s+|de\s+|del\s+)?(?:(?P<year>20\d\d)|['’](?P<short>\d\d)))?"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR = r"(?:20\d\d|['’]\d\d)"
_QUARTERS = (
    re.compile(rf"q(?P<number>[1-4])(?:[\s/-]*(?:of\s+)?(?P<year>{_YEAR}))?", re.IGNORECASE),
    re.compile(rf"(?P<year>{_YEAR})[\s/-]*q(?P<number>[1-4])", re.IGNORECASE),
    re.compile(
        rf"(?:the\s+)?(?P<word>{'|'.join(_ORDINALS)})\s+quarter(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?", re.IGNORECASE
    ),
)
# Seasons as whole words, without accents, in the languages that resumes are read in; each with the months that an
# example names.
_SEASONS = {
    word: months
    for months, words in (
        (("March", "May"), "spring fruhling fruhjahr printemps primavera lente wiosna"),
        (("June", "August"), "summer sommer ete verano verao estate zomer lato"),
        (("September", "November"), "autumn fall herbst automne otono outono autunno herfst jesien"),
        (("December", "February"), "winter hiver invierno inverno zima"),
    )
    for word in words.split()
}
_MONTHS_OF_A_QUARTER = 3


def planned_day(key: str, text: str, today: date) -> date | Fault | None:
    """A day as `day_of` reads it, else the edge that the key means: September 2027, 2027-09, 9/2027, Q3 2027.

    A month or quarter without a year is the next one that is not over; the one we are in begins today. A season or a
    year alone is a Fault that says what to write.
    """
    found = day_of(text, today)
    last = key in LAST_DAY_OF
    found = found or _edge_of(text, today, last=last) or _quarter_of(text, today, last=last)
    return found or _no_day(text, today, last=last)


def is_month(text: str, today: date) -> bool:
    """Whether a text names a month or a quarter, and no day."""
    longer = _edge_of(text, today, last=True) or _quarter_of(text, today, last=True)
    return day_of(text, today) is None and longer is not None


def _edge_of(text: str, today: date, *, last: bool) -> date | None:
    bare = _IN.sub("", text.strip())
    found = next((f for one in (*_NUMBERS, _NAMED) if (f := one.fullmatch(bare))), None)
    month = _number(found["month"]) if found else None
    if found is None or month is None:
        return None
    parts = found.groupdict()
    said = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    year = int(said) if said else today.year + (month < today.month)
    return _last_of(year, month) if last else _first_of(year, month, 1, today)


def _quarter_of(text: str, today: date, *, last: bool) -> date | None:
    """The edge of a quarter of the calendar year."""
    bare = _IN.sub("", text.strip())
    found = next((f for one in _QUARTERS if (f := one.fullmatch(bare))), None)
    if found is None:
        return None
    parts = found.groupdict()
    number = int(parts.get("number") or _ORDINALS[(parts.get("word") or "").casefold()])
    end = number * _MONTHS_OF_A_QUARTER
    year = 2000 + int(parts["year"][-2:]) if parts["year"] else today.year + (end < today.month)
    return _last_of(year, end) if last else _first_of(year, end - _MONTHS_OF_A_QUARTER + 1, _MONTHS_OF_A_QUARTER, today)


def _first_of(year: int, month: int, months: int, today: date) -> date:
    """The first day of so many months; today where we are in them."""
    first = date(year, month, 1)
    return today if first <= today <= _last_of(year, month + months - 1) else first


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _no_day(text: str, today: date, *, last: bool) -> Fault | None:
    """What is said of a season or a year alone; None for any other text."""
    bare = _IN.sub("", text.strip())
    words = _plain(bare).replace(",", " ").split()
    years = [w for w in words if re.fullmatch(r"20\d\d", w)]
    months = next((_SEASONS[w] for w in words if w in _SEASONS), None)
    if months and all(w in years or not any(c.isdigit() for c in w) for w in words):
        example = f"{months[last]} {years[0] if years else today.year + 1}"
        why = f'"{text.strip()}" is a season, not a day'
        return Fault("not-a-day", (), why, f'a month will do: "{example}"')
    if years == [bare]:
        hint = f'write "{"end" if last else "beginning"} of {bare}", or a month of it'
        return Fault("not-a-day", (), f'"{text.strip()}" is a year, not a day', hint)
    return None


def _plain(text: str) -> str:
    """In small letters without accents."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


def _number(named: str) -> int | None:
    """A month by its number, its name or the beginning of one."""
    if named.isdecimal():
        return int(named) if 1 <= int(named) <= len(_NAMES) else None
    bare = _plain(named.strip("."))
    if len(bare) < _SHORTEST:
        return None
    return next((n for n, names in enumerate(_NAMES, 1) if any(name.startswith(bare) for name in names)), None)
