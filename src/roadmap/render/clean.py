"""Text from people and catalogues, made harmless for the place it goes to."""

import unicodedata

_KEEP = {"\u200d", "\ufe0f"}


def clean(text: str) -> str:
    """One line without control codes: escape sequences, newlines and direction marks become visible or spaces.

    Joiners and variation selectors stay, since emoji are made with them.
    """
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


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between words where possible, with an ellipsis for what is missing."""
    if len(text) <= most:
        return text
    room = max(1, most - 1)
    cut = text[:room]
    if " " in cut and len(text) > room and text[room] != " ":
        cut = cut[: cut.rindex(" ")] or cut
    return cut.rstrip(" ,;:.-") + "…"
