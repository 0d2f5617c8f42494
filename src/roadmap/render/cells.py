"""Text in the columns of a terminal: how wide it is, how it is broken into lines, and how ASCII spells it."""

import re
import unicodedata
from collections.abc import Iterator

from roadmap.render.clean import clean

_SPELT = {
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—─", "-"),
    **dict.fromkeys("●•", "*"),
    **dict.fromkeys("\u200d\ufe0f", ""),
    **{"…": "...", "·": "|", "×": "x", "→": "->", "≥": ">=", "≤": "<=", "■": "#", "€": "EUR", "£": "GBP"},
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"},
}
_TO_ASCII = str.maketrans(_SPELT)
# Most text, of which every character takes one column, so that a start need not import the tables of all others.
_SINGLE = re.compile("[ -~\xa0-\u02ff\u0370-\u0482‘’“”„–—…─·●•→█░]*")


def to_ascii(text: str) -> str:
    """Letters without their accents, common signs spelt out, and ? for all the rest."""
    flat = unicodedata.normalize("NFKD", text.translate(_TO_ASCII))
    return "".join(c if ord(c) < 128 else "?" for c in flat if not unicodedata.combining(c))


def cells_of(text: str) -> int:
    """Columns a text takes at most: terminals differ about joined emoji, so the widest reading counts."""
    if _SINGLE.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return max(cell_len(text), sum(map(cell_len, text)))


def harmless(text: str, *, ascii_only: bool) -> str:
    """Words without control codes on one line, in ASCII where that is asked for."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return to_ascii(clean(text)) if ascii_only else clean(text)


def pieces(word: str, room: int) -> Iterator[str]:
    """A word in parts of at most so many columns."""
    part, width = "", 0
    for char in word:
        wide = cells_of(char)
        if part and width + wide > room:
            yield part
            part, width = "", 0
        part += char
        width += wide
    yield part
