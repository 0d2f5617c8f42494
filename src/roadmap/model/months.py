"""A month where a plan asks for a day: it begins on the first of one, and is done by the last."""

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


def planned_day(key: str, text: str, today: date) -> date | Fault | None:
    """A day as `day_of` reads it, else the edge that the key means of a month: September 2027, 2027-09, 9/2027.

    A month without a year is the next one that is not over; the one we are in begins today.
    """
    found = day_of(text, today)
    return found if found is not None else _edge_of(text, today, last=key in LAST_DAY_OF)


def is_month(text: str, today: date) -> bool:
    """Whether a text names a month and no day."""
    return day_of(text, today) is None and _edge_of(text, today, last=True) is not None


def _edge_of(text: str, today: date, *, last: bool) -> date | None:
    bare = _IN.sub("", text.strip())
    found = next((f for one in (*_NUMBERS, _NAMED) if (f := one.fullmatch(bare))), None)
    month = _number(found["month"]) if found else None
    if found is None or month is None:
        return None
    parts = found.groupdict()
    said = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    year = int(said) if said else today.year + (month < today.month)
    if last:
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    first = date(year, month, 1)
    return today if (year, month) == (today.year, today.month) else first


def _number(named: str) -> int | None:
    """A month by its number, its name or the beginning of one."""
    if named.isdecimal():
        return int(named) if 1 <= int(named) <= len(_NAMES) else None
    bare = "".join(c for c in normalize("NFKD", named.casefold().strip(".")) if not combining(c))
    if len(bare) < _SHORTEST:
        return None
    return next((n for n, names in enumerate(_NAMES, 1) if any(name.startswith(bare) for name in names)), None)
