"""Months and periods as resumes write them: "Jan 2021 - Present", "06/15 to now", "Since 2018", "März - Mai 2022"."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from roadmap.model.resume import Month, Period
from roadmap.reading.cues import Cues

SHORTEST_MONTH = 3
MONTHS = 12
LATEST_SHORT_YEAR = 40
"""Two digits up to this are a year of this century."""
_YEAR = r"(?:(?:19|20)\d\d(?!\d))"
_SHORT = r"'?\d\d(?![\d/.-])"
_DASH = r"-{1,3}|–|—|―|⁓|~|→|⟶|->|=>|>|›|»"
_GAP = r" ?(?:\.{2,3}|…) ?| [/|] "
"""What parts two dates only where both of them stand there: "Jan 2018 / Dec 2022"."""
_NUMBERS = (
    rf"\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?{_YEAR}|{_YEAR} ?[./-] ?\d{{1,2}}(?: ?[./-] ?\d{{1,2}})?(?!\d)"
    rf"|\d{{1,2}} ?[./-] ?{_YEAR}|{_YEAR}"
)
_SEASON_MONTHS = (1, 4, 7, 10)
JOINTS = "and|und|et|y|e|en|i|и"
_LABEL = re.compile(r"(?:^|\s)([^\W\d_]+) ?:\s*$")
NUMERIC_PERIOD = re.compile(rf"\(?(?:{_NUMBERS}) ?(?:{_DASH}) ?(?:{_NUMBERS})\)?")
"""A period that could be taken for a telephone number."""


def month_of(day: date) -> Month:
    """The month of a day."""
    return 12 * day.year + day.month - 1


def years_of(one: Period | None) -> str:
    """A period in years: "2021 to 2024", "since 2021"; empty for none."""
    if one is None:
        return ""
    first = one.first // 12
    if one.last is None:
        return f"since {first}"
    return f"{first}" if one.last // 12 == first else f"{first} to {one.last // 12}"


def plain(text: str) -> str:
    """The text in small letters without accents, each letter still where it was."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", c.lower())[:1] or c if len(c.lower()) == 1 else c for c in text)


class Dates:
    """The grammar of dates, with the words of the cues."""

    def __init__(self, cues: Cues) -> None:
        self._labels = {plain(w) for w in cues.words("label")}
        self._from = re.compile(rf"(?:^|\s|[,(|–-])(?:{_any(cues.words('from'))})\s*$", re.IGNORECASE)
        self._today = sorted((plain(w) for w in cues.words("today")), key=len, reverse=True)
        self._months = _named(cues.lists("month"), range(12))
        self._seasons = {
            plain(w): m for words in cues.lists("season") for w, m in zip(words, _SEASON_MONTHS, strict=False)
        }
        word = _any((*self._months, *self._seasons))
        until = rf" ?(?:{_DASH}| (?:{_any(plain(w) for w in cues.words('until'))}) ) ?"
        today = _any(self._today)
        # In a PDF whose gaps were lost the year may touch its month: "Dec2022".
        whole = rf"\b(?:{word})(?![^\W\d_])"
        named = rf"(?:\d{{1,2}}\.? )?{whole}\.?[,/-]? ?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:(?:de|of|del) )?"
        long, short, begun = _forms(named)
        turned = rf"{_YEAR},? \(?(?:{_any(self._months)})\b\.?\)?"
        end = rf"(?P<last>{long}|{short}|\d\d(?![\d/.-])|(?:{today})(?!\w)|(?=\s*[)\],|;]|\s*$))"
        self._single = re.compile(rf"{long}|{short}|{turned}")
        self._ends = re.compile(rf"(?:{long}|{short})$")
        opening = _any(plain(w) for w in cues.words("between"))
        self._periods = tuple(
            re.compile(pattern)
            for pattern in (
                rf"\(?(?P<first>{turned}){until}(?P<last>{turned}|(?:{today})(?!\w))\)?",
                rf"\(?(?P<first>{long}|{begun}){until}[(\[]?{end}[)\]]?",
                rf"\(?(?P<first>{long}|{short})(?:{_GAP})(?P<last>{long}|{short}|(?:{today})(?!\w))\)?",
                rf"\(?(?P<first>(?<![\d/]){_YEAR})/(?P<last>{_YEAR})(?!/)\)?",
                rf"\b(?:{opening}) (?P<first>{long}|{short}) (?:{JOINTS}) (?:il )?(?P<last>{long}|{short})",
            )
        )
        self._shared = re.compile(
            rf"\(?(?P<first>\b(?:{word})\b\.?|\d{{1,2}}){until}(?P<last>{named}'?{_YEAR}|\d{{1,2}} ?[./] ?{_YEAR})\)?"
        )
        since, asof = (_any(plain(w) for w in cues.words(does)) for does in ("since", "since-alone"))
        self._since = re.compile(
            rf"\(?\b(?:{since})\.?:? (?P<first>{long}|{short})\)?|\(?(?P<onwards>{long})(?: (?:{today})(?!\w)|\+)\)?"
            rf"|\(?\b(?:{asof}) (?P<alone>{long}|{short})(?=\s*(?:[)\]|,;]|$))\)?"
        )

    def month(self, text: str, *, short: bool = False) -> Month | None:
        """The month that a text names; a year alone is its January. None for anything else."""
        text = plain(text).strip()
        if not self._single.fullmatch(text):
            return None
        year = re.search(_YEAR, text)
        if year is None:
            return self._short(text) if short else None
        rest = text.replace(year[0], " ", 1)
        return self._of(12 * int(year[0]), rest, first=year.start() == 0)

    def _short(self, text: str) -> Month | None:
        """A month whose year has two digits."""
        found = re.search(r"\d\d$", text)
        if found is None:
            return None
        year = int(found[0]) + (2000 if int(found[0]) <= LATEST_SHORT_YEAR else 1900)
        return self._of(12 * year, text[: found.start()], first=False)

    def _of(self, year: Month, rest: str, *, first: bool) -> Month | None:
        words = re.findall(r"[^\W\d_]{2,}", rest)
        for word in words:
            if word in self._months:
                return year + self._months[word]
            if word in self._seasons:
                return year + self._seasons[word] - 1
        if quarter := re.search(r"q([1-4])|([1-4])q", rest):
            return year + 3 * (int(quarter[1] or quarter[2]) - 1)
        if half := re.search(r"h([12])|([12])h", rest):
            return year + 6 * (int(half[1] or half[2]) - 1)
        numbers = [int(n) for n in re.findall(r"\d+", rest)]
        if not numbers:
            return year
        # A day stands on the far side of the month: 2021-04-30, but 30.04.2021, and in America 04/30/2021.
        american = len(numbers) > 1 and numbers[1] > MONTHS
        number = numbers[0] if first or american or len(numbers) == 1 else numbers[1]
        return year + number - 1 if 1 <= number <= MONTHS else None

    def is_today(self, text: str) -> bool:
        """Whether a text says that something still goes on."""
        said = plain(text).strip()
        return any(said == w or said.startswith(w + " ") for w in self._today)

    def period(self, first: str, last: str, *, empty_is_open: bool = True) -> Period | None:
        """A period from two texts; an empty end, or a word for today, means that it goes on. None without a start."""
        start = self.month(first, short=True)
        if start is None:
            return None
        said = last.strip()
        if self.is_today(said) or (not said and empty_is_open):
            return Period(start, None)
        end = self.month(said, short=True)
        if end is None and re.fullmatch(r"\d\d", said):
            # "2018 - 22"
            end = start // 1200 * 1200 + 12 * int(said)
            return Period(start, end) if end >= start else None
        if end is None:
            return None if said else Period(start, start)
        # A year alone as the end means some of that year; its January keeps the length from being inflated.
        return Period(start, max(start, end))

    def period_in(self, line: str) -> tuple[Period, str] | None:
        """The first period in a line, and the line without it; None when there is none."""
        if not any(c.isdigit() for c in line):
            return None
        text = plain(line)
        found = self._shared_in(text) or self._plain_in(text) or self._since_in(text)
        if found is None:
            return None
        whole, start, end = found
        label = _LABEL.search(line[:start])
        before = line[: label.start()] if label and plain(label[1]) in self._labels else line[:start]
        before = self._from.sub("", before)
        rest = " ".join(f"{before} {line[end:]}".split())
        return whole, _without_signs(rest)

    def begins(self, line: str) -> bool:
        """Whether a line ends with a date, which may be the first half of a period."""
        return any(c.isdigit() for c in line[-4:]) and bool(self._ends.search(plain(line)))

    def is_end(self, line: str) -> bool:
        """Whether a line is nothing but a date or a word for today."""
        return self.month(line) is not None or plain(line).strip(" .)") in self._today

    def dangles(self, line: str) -> bool:
        """Whether a line ends in the middle of a period."""
        return any(c.isdigit() for c in line[-20:]) and bool(re.search(rf"(?:{_DASH})\s*$", line))

    def _plain_in(self, text: str) -> tuple[Period, int, int] | None:
        for pattern in self._periods:
            for found in pattern.finditer(text):
                one = self.period(found["first"], found["last"])
                if one:
                    return one, found.start(), found.end()
        return None

    def _shared_in(self, text: str) -> tuple[Period, int, int] | None:
        """A period whose year stands only at the end: "March - November 2022"."""
        for found in self._shared.finditer(text):
            last = self.month(found["last"])
            year = re.search(_YEAR, found["last"])
            if last is None or year is None or (found.start() and text[found.start() - 1] in "./-"):
                continue
            first = self._of(12 * int(year[0]), found["first"], first=True)
            if first is not None and first <= last and found["first"].isdigit() == found["last"][0].isdigit():
                return Period(first, last), found.start(), found.end()
        return None

    def _since_in(self, text: str) -> tuple[Period, int, int] | None:
        found = self._since.search(text)
        said = found and (found["first"] or found["onwards"] or found["alone"])
        first = self.month(said, short=True) if said else None
        return (Period(first, None), found.start(), found.end()) if found and first is not None else None


def _forms(named: str) -> tuple[str, str, str]:
    """Patterns of a date with its year, of one whose year has two digits, and of the latter before a dash."""
    part = r"(?:q[1-4]|[1-4]q|h[12]|[12]h)"
    long = rf"(?:{named}'?{_YEAR}(?:/\d\d(?!\d))?|{part}[ /]?{_YEAR}|{_YEAR}[ /]?{part}|\bfy ?{_YEAR}|{_NUMBERS})"
    short = (
        rf"(?:{named}{_SHORT}|\d{{1,2}} ?/ ?{_SHORT}|{part}[ /]?{_SHORT}|\b(?:0\d|1[0-2])\.{_SHORT}"
        rf"|\b\d{{1,2}}'\d\d(?!\w)|(?<!\w)'\d\d(?!\w)|\bfy ?'?\d\d(?!\w))"
    )
    return long, short, rf"(?:{short}|\d{{1,2}} ?/ ?'?\d\d(?=-)|{named}'?\d\d(?=-\D))"


def _without_signs(rest: str) -> str:
    """What is left of a line without its period and the signs that parted them."""
    rest = re.sub(r"\(\s*\)|\[\s*\]", "", rest).strip(" ,|·•-–—~\t:;")
    return rest if rest.count("(") == rest.count(")") else rest.strip("() ")


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these words; of none, one that never holds."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or r"(?!)"


def _named(lists: Iterable[tuple[str, ...]], numbers: Iterable[int]) -> dict[str, int]:
    """The names of months with their numbers, and those beginnings of them that can mean no other."""
    whole = {plain(w): n for words in lists for w, n in zip(words, numbers, strict=False)}
    parts: dict[str, set[int]] = {}
    for word, number in whole.items():
        for length in range(SHORTEST_MONTH, len(word)):
            parts.setdefault(word[:length], set()).add(number)
    return {**{w: min(n) for w, n in parts.items() if len(n) == 1}, **whole}
