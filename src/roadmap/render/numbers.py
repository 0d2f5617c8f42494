"""Numbers, days, hours and money in the words that people use."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from roadmap.model.times import MONTHS, shared_out

if TYPE_CHECKING:
    from roadmap.model.modules import Hours

LEVEL_NAMES = ("none", "aware", "working", "proficient", "expert")
ORIGINS = {"published": "from published hours", "measured": "measured", "judgement": "our judgement"}
KIND_NAMES = {"learn": "Learn", "build": "Build", "certify": "Exam", "publish": "Publish", "search": "Move"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_NAMES = tuple(name[:3] for name in WEEKDAYS)
UNLISTED = "—"
HOUR = 60
NEARLY_A_YEAR = 320
ASTONISHING = 3
"""So many times the most that a step usually takes is more likely a slip of the hand."""


def day(when: date, *, year: bool = True) -> str:
    """A day in words: 18 June 2027."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def weekday(when: date) -> str:
    """A day to be somewhere: Sat 8 May 2027."""
    return f"{DAY_NAMES[when.weekday()]} {short_day(when)} {when.year}"


def short_day(when: date) -> str:
    """A day in few characters: 18 Jun."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def span(first: date, last: date) -> str:
    """From a day to a day, the year said once where it is the same: 26 Nov to 6 Dec 2026."""
    if first == last:
        return f"{short_day(first)} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {short_day(last)} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{short_day(first)}{year} to {short_day(last)} {last.year}"


def stretch(first: date, last: date) -> str:
    """The same within less than a year, where the first day needs no year: 28 Dec to 7 Feb 2027."""
    if first.year == last.year or (last - first).days > NEARLY_A_YEAR:
        return span(first, last)
    return f"{short_day(first)} to {short_day(last)} {last.year}"


def period(first: date, last: date) -> str:
    """From one day to another, saying month and year once where both share them: 1 to 12 December 2026."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def dated(text: str) -> str:
    """A date of the catalogue in words, as exact as it is given: 22 April 2026, March 2026 or 2026."""
    try:
        if len(text) == len("2026-03"):
            return day(date.fromisoformat(text + "-01")).removeprefix("1 ")
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def number(value: float) -> str:
    """A number without needless decimals: 10, 2.5, 11.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """Rounded to the nearest whole, halves up, so that 0.5 h never reads as 0."""
    return str(int(value + 0.5)) if value >= 1 else number(value)


def hours(value: float) -> str:
    """Hours with their unit, to the half hour: 12.5 h."""
    return f"{number(round(value * 2) / 2 if value >= 1 else value)} h"


def beyond_usual(spent: float, usual: "Hours") -> str:
    """What a step usually takes, where so many hours are rather a slip of the hand; else an empty text."""
    return f"{number(usual.low)} to {hours(usual.high)}" if spent > ASTONISHING * usual.high else ""


def about(value: float) -> str:
    """Hours as an estimate: 11 h; below three with their half."""
    return f"{whole(value)} h" if value >= 3 else hours(value)


def minutes(value: int) -> str:
    """The time of a sitting: 45 min, 1 h, 2 h 30."""
    full, rest = divmod(value, HOUR)
    if not full:
        return f"{rest} min"
    return f"{full} h {rest:02}" if rest else f"{full} h"


def money(value: float | None) -> str:
    """US dollars: 165 USD, free, or not known."""
    if value is None:
        return "price not known"
    return "free" if value == 0 else f"{number(value)} USD"


def percent(share: float) -> str:
    """A share from 0 to 1 as percent: whole numbers, one decimal below 3 percent."""
    value = share * 100
    return f"{value:.1f} %".replace(".0 %", " %") if 0 < value < 3 else f"{value:.0f} %"


def plural(count: int, word: str) -> str:
    """A count with its noun: 1 week, 2 weeks, 3 countries."""
    many = f"{word[:-1]}ies" if word.endswith("ry") else f"{word}s"
    return f"{count} {word if count == 1 else many}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" {last} " + words[-1] if words else ""


def week_days(days: Sequence[int], per_week: float) -> str:
    """Tue 2.5 h and Sat 4 h: what each day of a week of so many hours holds; empty where no days are named."""
    held = zip(DAY_NAMES, shared_out(days, per_week), strict=False)
    return listing([f"{name} {number(quarters / 4)} h" for name, quarters in held if quarters])


def ordinal(count: int) -> str:
    """2nd, 3rd, 4th, 21st."""
    teens = 10 <= count % 100 <= 20
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def sentence(text: str) -> str:
    """A text that begins large and ends with a stop; nothing stays nothing."""
    text = text.strip()
    if not text:
        return ""
    begun = capital(text) if text.split(" ", 1)[0].strip(",.:;").isalpha() else text
    return begun if begun[-1] in ".?!:…" or begun[-2:] in ('."', ".”", "?”", ".)") else begun + "."


def joined(text: str, more: str) -> str:
    """A statement and what backs it, as two sentences or one: Sit an exam. Few ads name one."""
    if not more.strip():
        return sentence(text)
    if more.strip()[:1].isupper():
        return f"{sentence(text)} {sentence(more)}"
    return f"{sentence(text).rstrip('.')}: {more.strip().rstrip('.')}."


def capital(text: str) -> str:
    """A text's first letter made large, the others left alone."""
    return text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    head, dot, rest = text.partition(". ")
    return f"{head}." if dot and rest[:1].isupper() else text
