"""Contact data taken out of what people wrote, before anything is looked for in it or quoted from it."""

import re

from roadmap.reading.dates import NUMERIC_PERIOD

GONE = "…"
_MAIL = re.compile(r"[\w.+'-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|ftp://|mailto:|tel:|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/[^\s,;)]*", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.])\(?\+?\(?\d(?:[\s().\-/–]{0,3}\d){7,15}(?!\w)")
_HANDLE = re.compile(r"(?<!\w)@[A-Za-z]\w+")
# House numbers stand before or behind a street, and a town behind its postal code.
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w'-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way"
    r"|Court|Ct|Square|Place)\b\.?|\b\w+(?:straße|strasse|str\.|gasse|weg|platz|laan|straat) \d{1,4}[a-z]?\b"
)


def scrub(line: str) -> str:
    """The line with mail addresses, links, telephone numbers, handles and streets replaced by an ellipsis."""
    for pattern in (_MAIL, _LINK, _STREET):
        line = pattern.sub(GONE, line)
    line = _PHONE.sub(lambda m: m[0] if NUMERIC_PERIOD.fullmatch(m[0].strip()) else GONE, line)
    return _HANDLE.sub(GONE, line)


def has_contact(line: str) -> bool:
    """Whether a line holds contact data."""
    return scrub(line) != line
