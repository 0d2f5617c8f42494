"""Hours, money, days and periods as people type them, wherever they do: flags, questions, tables, the log.

What can be read in two ways is a fault that says so; what cannot be read is None.
"""

import re
from datetime import date, timedelta
from unicodedata import normalize

from roadmap.model.checking import as_date, as_number
from roadmap.model.problem import Fault
from roadmap.model.times import MONTHS

NOTHING = frozenset(
    {"-", "–", "—", "none", "no", "n/a", "na", "nothing", "null", "nil", "/", "?", "tbd", "keine", "any"}
)
AT_ONCE = frozenset(
    {
        *("asap", "as soon as possible", "now", "immediately", "right away", "sofort", "jetzt", "maintenant", "ahora"),
        *("agora", "adesso", "nu"),
    }
)
_NOW = AT_ONCE | {"today", "heute", "aujourd'hui", "hoy", "hoje", "oggi", "vandaag", "dzisiaj", "dziś"}
_NEXT_DAY = {
    **dict.fromkeys(("tomorrow", "morgen", "demain", "manana", "amanha", "domani", "jutro", "завтра"), 1),
    **dict.fromkeys(("yesterday", "gestern", "hier", "ayer", "ontem", "ieri", "gisteren", "wczoraj", "вчера"), -1),
}
# The days of the week from Monday on, without accents.
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon montag mo lundi lunes segunda segunda-feira lunedi maandag poniedzialek понедельник",
            "tuesday tue tues dienstag di mardi martes terca terca-feira martedi dinsdag wtorek вторник",
            "wednesday wed mittwoch mi mercredi miercoles quarta quarta-feira mercoledi woensdag sroda среда",
            "thursday thu thur thurs donnerstag do jeudi jueves quinta quinta-feira giovedi donderdag czwartek четверг",
            "friday fri freitag fr vendredi viernes sexta sexta-feira venerdi vrijdag piatek пятница",
            "saturday sat samstag sonnabend sa samedi sabado sabato zaterdag sobota суббота",
            "sunday sun sonntag so dimanche domingo domenica zondag niedziela воскресенье",
        )
    )
    for word in words.split()
}
_SHORT_DAY = 2
"""Letters of a weekday that is too short to stand alone: "so" is a word."""
# The beginnings of months that differ from English, by their number.
_MONTHS = {
    "jan": 1, "ener": 1, "genn": 1, "sty": 1, "feb": 2, "fev": 2, "lut": 2, "mar": 3, "maart": 3, "mrz": 3, "apr": 4,
    "avr": 4, "abr": 4, "kwi": 4, "mai": 5, "mei": 5, "mag": 5, "maj": 5, "may": 5, "jun": 6, "juin": 6, "giu": 6,
    "cze": 6, "jul": 7, "juil": 7, "lug": 7, "lip": 7, "aou": 8, "ago": 8, "aug": 8, "sie": 8, "sep": 9, "set": 9,
    "wrz": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10, "paz": 10, "nov": 11, "lis": 11, "dec": 12, "dez": 12,
    "dic": 12, "gru": 12,
}  # fmt: skip
# Small numbers in the languages that resumes are read in, without accents; each line has the words of one more.
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one ein eine einem einer un une uno una um uma een jeden jedna один одну",
            "two zwei deux dos dois duas due twee dwa dwie два две",
            "three drei trois tres tre drie trzy три",
            "four vier quatre cuatro quatro quattro cztery",
            "five funf cinq cinco cinque vijf piec",
            "six sechs seis sei zes szesc",
            "seven sieben sept siete sete sette zeven siedem",
            "eight acht huit ocho oito otto osiem",
            "nine neun neuf nueve nove negen dziewiec",
            "ten zehn dix diez dez dieci tien dziesiec",
            "eleven elf onze once undici",
            "twelve zwolf douze doce doze dodici twaalf dwanascie",
            "thirteen",
            "fourteen",
            "fifteen funfzehn quinze quince quindici",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty zwanzig vingt veinte vinte venti",
        ),
        1,
    )
    for word in words.split()
}
_COUNT = "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,3}"
MOST_DAYS = 366
_DAYS = {"day": 1, "week": 7}
_LENGTHS = {**_DAYS, "d": 1, "w": 7, "wk": 7, "wks": 7}
_UNITS = {
    word: unit
    for unit, words in (
        ("day", "day days tag tage tagen jour jours dia dias giorno giorni dag dagen dzien dni день дня дней"),
        (
            "week",
            "week weeks woche wochen semaine semaines semana semanas settimana settimane weken tydzien tygodnie "
            "tygodni неделя неделю недели недель",
        ),
        (
            "month",
            "month months monat monate monaten mois mes meses mese mesi maand maanden miesiac miesiace miesiecy "
            "месяц месяца месяцев",
        ),
        ("year", "year years jahr jahre jahren an ans ano anos anno anni jaar rok lata lat год года лет"),
    )
    for word in words.split()
}
_IN_TIME = re.compile(
    rf"(?P<before>vor |y a |hace |ha )?(?:(?:in|dans|en|em|tra|fra|over|za|через|within) )?(?P<count>{_COUNT}) "
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    r"(?P<ago> ago| fa| geleden| temu| назад)?(?: from now)?(?: time)?"
)
_END_OF = re.compile(
    r"(?P<which>end|ende|fin|final|fine|eind|koniec|konca|finales|beginning|begin|start|anfang|debut|inicio|inizio|poczatek)"
    r"(?: (?:this|des|der|the))?(?: (?P<month>[^\W\d_]+))?(?: (?P<year>20\d\d))?"
)
_LAST = frozenset({"end", "ende", "fin", "final", "fine", "eind", "koniec", "konca", "finales"})
_WHOLE_YEAR = frozenset({"year", "jahres", "annee", "ano", "anno", "jaar", "roku"})
_HALVES = frozenset(
    {"half an hour", "half hour", "1/2", "1/2 h", "eine halbe stunde", "une demi-heure", "media hora", "mezz'ora"}
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", " 1/2": ".5", " 1/4": ".25", " 3/4": ".75"}
_UNIT = r"(?:hours?|hrs?|h|std|stunden?|stdn|heures?|horas?|ore|ora|uur|uren|godziny?|godzin|godz|ч|часов|часа)"
_ROUGHLY = re.compile(
    r"(?:~|≈|>=?|<=?|(?:ca|circa|about|around|approx|approximately|roughly|up to|at most|at least|max|maximum|min"
    r"|minimum|under|less than|ungefähr|etwa|bis zu|mindestens|höchstens|maximal|environ|unos|unas|cerca de"
    r"|ongeveer|około)\b\.?)\s*(?=\S)|\s*(?:max|maximum|or less|or more|or so)\.?$",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(\d{1,4})(?:[.,](\d{1,2}))?\s*"
    rf"(?:{_UNIT}?\s*(?:-|–|—|to|bis|à|a)\s*(\d{{1,3}})(?:[.,]\d{{1,2}})?)?\s*\+?\s*"
    rf"{_UNIT}?\.?\s*(?:(?:/|per|a|each|every|pro|por|par|in der|je|a la|à la|na|op een)?\s*"
    r"(?:week|wk|w|woche|semana|semaine|settimana|tydzień)|weekly|wöchentlich|tygodniowo|p/?w|hpw)?",
    re.IGNORECASE,
)
_HALF_MORE = re.compile(rf"(\d{{1,3}})(?:\s*{_UNIT})? and a half(?:\s*{_UNIT})?", re.IGNORECASE)
_MINUTES = re.compile(
    rf"(?:(\d{{1,3}})\s*{_UNIT}\.?,?\s*(?:(?:and|und|et|y|e|en)\s*)?)?(\d{{1,4}})\s*(?:m|min|mins|minutes?|minuten|minutos?|minuti)?\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?:\s*h)?")
_DOLLARS = re.compile(r"us\s?\$|\$|\busd\b|\bus dollars?\b|\bdollars?\b|\bbucks\b", re.IGNORECASE)
_FREE = frozenset(
    {"free", "free only", "nothing", "zero", "gratis", "kostenlos", "gratuit", "gratuito", "nichts", "null"}
)
_OTHER_MONEY = re.compile(r"[€£¥₹]|\b(?:eur|euros?|gbp|pounds?|chf|inr|rupees?|jpy|cad|aud)\b", re.IGNORECASE)
# No sum of money has more digits than these take.
_IN_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){1,5}")
_IN_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,5}(?:\.\d{1,2})?")
_IN_DOTS_WITH_CENTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){1,5},\d{1,2}")
_IN_GAPS = re.compile(r"[1-9]\d{0,2}(?:[ '’\u00a0\u202f]\d{3}){1,5}(?:[.,]\d{1,2})?")
_PLAIN_MONEY = re.compile(r"(\d{1,15})(?:[.,](\d{1,2}))?(k)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_SERIAL = re.compile(r"([34567]\d{4})(?:\.0+)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


def hours_of(text: str) -> float | None:
    """Hours: 5h, 7,5, 1:30, 90 min, 1h30, 1½, 3 + 2.5, 10-12 (the fewer), about 8 hours a week; else None."""
    parts = [_hours_of(part.strip()) for part in re.split(r"\+\s*(?=\d)", text)]
    known = [part for part in parts if part is not None]
    return _whole(sum(known)) if len(known) == len(parts) else None


def _hours_of(text: str) -> float | None:
    for sign, part in _FRACTIONS.items():
        text = re.sub(r"(?<!\d)(?=\.\d)", "0", text.replace(f" {sign.strip()}", sign).replace(sign, part), count=1)
    text = _ROUGHLY.sub("", text).strip()
    if text.casefold() in _HALVES:
        return 0.5
    words = text.split()
    number = _NUMBERS.get(_bare(words[0])) if words else None
    if number and (len(words) > 1 or number > 1):
        text = " ".join((str(number), *words[1:]))
    if more := _HALF_MORE.fullmatch(text):
        return int(more[1]) + 0.5
    if clock := _CLOCK.fullmatch(text):
        return _whole(int(clock[1]) + int(clock[2]) / 60)
    if (parts := _MINUTES.fullmatch(text)) and (parts[1] or not text[-1].isdigit()):
        return _whole(round(int(parts[1] or 0) + int(parts[2]) / 60, 4))
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    return _whole(float(f"{found[1]}.{found[2] or 0}"))


def dollars_of(text: str) -> float | Fault | None:
    """US dollars: $250, 1,000 USD, 1 000, 2k, 200-300 (the smaller); a Fault for two readings or other money."""
    if _OTHER_MONEY.search(text):
        return Fault("not-dollars", (), f'"{text}" is not in US dollars', "write the sum in US dollars")
    bare = _ROUGHLY.sub("", _DOLLARS.sub("", text).strip()).strip()
    if text.strip().casefold() in _FREE:
        return 0
    if (parts := re.split(r"\s*(?:-|–|—|\bto\b|\bbis\b)\s*", bare)) and len(parts) == 2 and all(parts):
        # Of two sums the smaller one is kept whatever happens.
        first, second = dollars_of(parts[0]), dollars_of(parts[1])
        return first if isinstance(second, (int, float)) or isinstance(first, Fault) else second
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


def day_of(text: str, today: date, *, past: bool = False) -> date | Fault | None:
    """A day: 01.12.2026, 1 Dec 2026, December 7th, in two weeks; a Fault for what could be two days.

    A day without a year is the next such day from `today` on, with `past` the last one up to it; so is a weekday.
    """
    text = re.sub(r"(?<=\d\.) (?=\d{1,4}\b)", "", text.strip())
    if text.casefold() in _NOW:
        return today
    lead, _, rest = text.partition(" ")
    if _bare(lead.strip(".,")) in _WEEKDAYS and any(c.isdigit() for c in rest):
        text = rest.strip()
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
        return _EPOCH + timedelta(days=int(float(text)))
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return as_date(text) or _named(_plain(text), today, past=past)


def _bare(text: str) -> str:
    """In small letters without accents."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not "\u0300" <= c <= "\u036f")


def _plain(text: str) -> str:
    """Bare, and so are "7th", "1st of", "7." and "7-Dec"."""
    bare = re.sub(r"(\d)(?:st|nd|rd|th|º|ª|er|\.(?=\s|$))", r"\1", _bare(text).replace(",", " "))
    bare = re.sub(r"(?<=\d)[-/](?=[^\W\d_])|(?<=[^\W\d_])\.?[-/](?=\d)", " ", bare)
    words = r"\b(?:the|of|on|de|del|am|le|el|il|den|about|around|roughly|etwa|circa|ungefahr)\b"
    return " ".join(re.sub(words, " ", bare).split())


def _named(words: str, today: date, *, past: bool) -> date | None:
    """A day by words that are plain."""
    if words in _NEXT_DAY:
        return today + timedelta(days=_NEXT_DAY[words])
    weekday = re.sub(r"^(?:next|last|this|nachster|nachsten|diesen|am|prochain|proximo) ", "", words)
    if weekday in _WEEKDAYS and len(weekday) > _SHORT_DAY:
        ahead = (_WEEKDAYS[weekday] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead - 7 if past or words.startswith("last ") else ahead)
    if found := _IN_TIME.fullmatch(
        words.replace("next ", "in 1 ") if words in ("next week", "next month", "next year") else words
    ):
        count = _NUMBERS.get(found["count"]) or int(found["count"])
        return _later(today, -count if found["before"] or found["ago"] else count, _UNITS[found["unit"]])
    if found := _END_OF.fullmatch(words):
        return _edge(found, today, past=past)
    parts = words.replace(".", " ").split()
    # A decimal of any script; other signs that stand for a digit are none, nor is what no day or year is as long as.
    numbers = [int(p) for p in parts if p.isdecimal() and len(p) <= len("2026")]
    months = [m for p in parts if not p.isdecimal() and (m := month_of(p))]
    if len(parts) == len(numbers) + len(months) and len(months) == 1 and 1 <= len(numbers) <= 2:
        year = numbers[1] + (2000 if numbers[1] < 100 else 0) if len(numbers) > 1 else None
        return _nearest(numbers[0], months[0], year, today, past=past)
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})", words):
        return _nearest(int(found[1]), int(found[2]), None, today, past=past)
    return None


def _edge(found: re.Match[str], today: date, *, past: bool) -> date | None:
    """The first or last day of a month or year: "end of 2026", "beginning of March", "end of the year"."""
    last, named, year = found["which"] in _LAST, found["month"], int(found["year"]) if found["year"] else None
    if named is None or named in _WHOLE_YEAR:
        if named is None and year is None:
            return None
        year = year or (today.year if last else today.year + 1)
        return _day(year, 12, 31) if last else _day(year, 1, 1)
    month = month_of(named)
    days = range(31, 27, -1) if last else (1,)
    return next((d for n in days if month and (d := _nearest(n, month, year, today, past=past, strict=True))), None)


def month_of(word: str) -> int | None:
    """The number of a month by its name or the beginning of it, in the languages that resumes are read in."""
    word = _plain(word).strip(".")
    if len(word) < 3:
        return None
    found = next((i for i, m in enumerate(MONTHS, 1) if m.casefold().startswith(word)), None)
    return found or next((n for start, n in _MONTHS.items() if word.startswith(start)), None)


def _nearest(
    number: int, month: int, year: int | None, today: date, *, past: bool, strict: bool = False
) -> date | None:
    """The nearest such day; `strict`: within a year, so that 29 February does not wait for its next one."""
    most = 2 if strict else 9
    years = [year] if year else range(today.year, today.year - most if past else today.year + most, -1 if past else 1)
    for candidate in years:
        day = _day(candidate, month, number)
        if day and (year or (day <= today if past else day >= today)):
            return day
    return None


def _later(today: date, count: int, unit: str) -> date | None:
    if unit in _DAYS:
        return today + timedelta(days=_DAYS[unit] * count)
    month = 12 * today.year + today.month - 1 + count * (12 if unit == "year" else 1)
    # The last of a month stays one: 31 January and a month is 28 February.
    return next((d for n in range(today.day, 27, -1) if (d := _day(month // 12, month % 12 + 1, n))), None) or _day(
        month // 12, month % 12 + 1, today.day
    )


def days_of(text: str) -> int | None:
    """A length in days: 2w, 10 days, zwei Wochen; None for anything else, nothing or more than a year among them."""
    found = re.fullmatch(rf"({_COUNT})\s*([^\W\d_]+)", _plain(text))
    unit = _LENGTHS.get(_UNITS.get(found[2], found[2])) if found else None
    if not found or not unit:
        return None
    days = (_NUMBERS.get(found[1]) or int(found[1])) * unit
    return days if 1 <= days <= MOST_DAYS else None


_UNTIL = re.compile(
    r"\s+(?:to|until|till|through|thru|bis|bis zum|au|al|tot|do|and|und|et|-|–)\s+|\s*(?:\.\.|–|—)\s*"
    r"|(?:(?<=\d{4})|(?<=\.))-(?=\d{1,2}\.)|(?<=\d{4}-\d\d-\d\d)/(?=\d{4}-)|(?<=\d)-(?=[^\W\d_]{3})",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?:from|between|vom|von|zwischen|du|de|del|dal|van|od|entre|tra)\s+(?=\S)", re.IGNORECASE)
_SAME_MONTH = re.compile(
    r"(?P<month>[^\W\d_]+\.?\s+)?(?P<first>\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:-|–|to|until|through|bis|al|au|and|und|et)\s*(?P<last>\d{1,2}(?:st|nd|rd|th)?(?!\w))(?P<rest>\D.*)?",
    re.IGNORECASE,
)
_LIGHTER = re.compile(
    r"(.+?)\s*(?:=|\bat\b|\bwith\b)\s*(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)?(?: a week)?", re.IGNORECASE
)


# A comma before a year belongs to a day as it is written in America: December 24, 2026.
_BETWEEN = re.compile(r";|,(?!\s*(?:19|20)\d\d(?![\d.-]))")


def periods_of(text: str, today: date) -> list[object]:
    """Periods separated by commas, each `24-27 Dec`, `first to last` or a single day, as a profile file holds them.

    `first to last at 4 h` is not free but lighter. What cannot be read stays the text that it is.
    """
    return [_period(part.strip(), today) for part in _BETWEEN.split(text) if part.strip()]


def _period(text: str, today: date) -> object:
    lighter = _LIGHTER.fullmatch(text)
    bare = _FROM.sub("", (lighter[1] if lighter else text).strip())
    first_text, *rest = _UNTIL.split(bare, maxsplit=1)
    first = day_of(first_text, today)
    last = day_of(rest[0], first if isinstance(first, date) else today) if rest else first
    if not (isinstance(first, date) and isinstance(last, date)) and (same := _SAME_MONTH.fullmatch(bare)):
        month = f"{same['month'] or ''} {same['rest'] or ''}"
        gap = "" if month.lstrip().startswith(".") else " "
        first = day_of(f"{same['first']}{gap}{month.lstrip()}", today)
        last = day_of(f"{same['last']}{gap}{month.lstrip()}", first if isinstance(first, date) else today)
    if not (isinstance(first, date) and isinstance(last, date)):
        return text
    period: dict[str, object] = {"from": first.isoformat(), "to": last.isoformat()}
    return {**period, "hours_per_week": as_number(lighter[2])} if lighter else period


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
