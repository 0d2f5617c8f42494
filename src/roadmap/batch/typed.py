"""Numbers, money and days as people type them into tables. What can be read in two ways is not read at all."""

import re
from datetime import date, timedelta

from roadmap.model.problem import Fault

NOTHING = frozenset(
    {"-", "–", "—", "none", "no", "n/a", "na", "nothing", "null", "nil", "/", "?", "tbd", "keine", "any"}
)
_NOW = frozenset({"asap", "now", "today", "immediately", "sofort", "right away", "heute"})
_HOURS = re.compile(
    r"(?:~|ca\.?|about|approx\.?|up to|max\.?)?\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*"
    r"(?:(?:-|–|—|to|bis)\s*(\d{1,3})(?:[.,]\d{1,2})?)?\s*\+?\s*"
    r"(?:h|hr|hrs|hours?|std\.?|stunden|horas|heures)?\.?\s*(?:(?:/|per|a|each|pro|por|par)?\s*"
    r"(?:week|wk|w|woche|semana|semaine))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?:\s*h)?")
_DOLLARS = re.compile(r"us\s?\$|\$|\busd\b|\bus dollars?\b|\bdollars?\b", re.IGNORECASE)
_OTHER_MONEY = re.compile(r"[€£¥₹]|\b(?:eur|euros?|gbp|pounds?|chf|inr|rupees?|jpy|cad|aud)\b", re.IGNORECASE)
_IN_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_IN_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?")
_IN_DOTS_WITH_CENTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}")
_IN_GAPS = re.compile(r"[1-9]\d{0,2}(?:[ '’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
_PLAIN_MONEY = re.compile(r"(\d+)(?:[.,](\d{1,2}))?(k)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_SERIAL = re.compile(r"[34567]\d{4}")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


def hours_of(text: str) -> float | None:
    """Hours: 5h, 7,5, 1:30, 10-12 (the fewer), about 8 hours a week; None for anything else."""
    text = text.strip()
    if clock := _CLOCK.fullmatch(text):
        return _whole(int(clock[1]) + int(clock[2]) / 60)
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    return _whole(float(f"{found[1]}.{found[2] or 0}"))


def dollars_of(text: str) -> float | Fault | None:
    """US dollars: $250, 1,000 USD, 1 000, 2k; a Fault for what could be two sums or another currency."""
    if _OTHER_MONEY.search(text):
        return Fault("not-dollars", (), f'"{text}" is not in US dollars', "write the sum in US dollars")
    bare = _DOLLARS.sub("", text).strip()
    if _IN_DOTS.fullmatch(bare):
        whole, part = bare.replace(".", ""), bare.rpartition(".")[0].replace(".", "")
        hint = f"write {whole}, or {part} without what follows the dot"
        return Fault("ambiguous-number", (), f'"{text}" can be {whole} or {part}', hint)
    if _IN_COMMAS.fullmatch(bare):
        return _whole(float(bare.replace(",", "")))
    if _IN_DOTS_WITH_CENTS.fullmatch(bare):
        return _whole(float(bare.replace(".", "").replace(",", ".")))
    if _IN_GAPS.fullmatch(bare):
        return _whole(float(re.sub(r"[ '’\u00a0\u202f]", "", bare).replace(",", ".")))
    found = _PLAIN_MONEY.fullmatch(bare.removesuffix(".-").removesuffix(",-").strip())
    if not found:
        return None
    return _whole(float(f"{found[1]}.{found[2] or 0}") * (1000 if found[3] else 1))


def day_of(text: str, today: date) -> date | Fault | None:
    """A day: 01.12.2026, 2026/12/1, 1 Dec 2026, a spreadsheet's number; a Fault for what could be two days."""
    from roadmap.interview.typed import read_day

    text = text.strip()
    if text.casefold() in _NOW:
        return today
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        # With dots the day comes first wherever dots are written; with strokes it depends on the country.
        one, other = _day(year, second, first), _day(year, first, second)
        if sign == "." or other is None or one == other:
            return one
        if one is None:
            return other
        return Fault("ambiguous-date", (), f'"{text}" can be {one} or {other}', "write it as YYYY-MM-DD")
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    return read_day(text, today)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
