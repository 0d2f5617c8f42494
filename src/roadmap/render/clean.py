"""Text from people and catalogues, made harmless for the place it goes to."""

import re
import unicodedata
from urllib.parse import quote

_KEEP = {"\u200d", "\ufe0f"}
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# Without brackets, quotes, backslashes and what ends an entity; the rest keeps its meaning in an address.
_IN_ADDRESS = "!#$%&'*+,/:=?@~"
# Invisible and without width: parts two characters so that a program no longer reads them as a command.
WORD_JOINER = "\u2060"


def clean(text: str) -> str:
    """One line without control codes: escape sequences, newlines and direction marks become visible or spaces.

    Joiners and variation selectors stay, since emoji are made with them.
    """
    if text.isprintable():
        return text.strip()
    out = []
    for char in text:
        category = unicodedata.category(char)
        if char in "\n\r\t\u2028\u2029":
            out.append(" ")
        elif category in ("Cc", "Cs", "Co", "Cn") or (category == "Cf" and char not in _KEEP):
            out.append("\ufffd")
        else:
            out.append(char)
    return " ".join("".join(out).split(" ")).strip()


def web_address(url: str | None) -> str:
    """An http or https address, percent-encoded so that nothing in it ends a link early; else an empty text."""
    target = (url or "").strip()
    return quote(target, safe=_IN_ADDRESS, errors="replace") if _WEB.match(target) else ""


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between words where possible, with an ellipsis for what is missing."""
    if len(text) <= most:
        return text
    room = max(1, most - 1)
    cut = text[:room]
    if " " in cut and len(text) > room and text[room] != " ":
        cut = cut[: cut.rindex(" ")] or cut
    return cut.rstrip(" ,;:.-") + "…"
