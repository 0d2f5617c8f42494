"""What people call their work and their country, matched with the catalogue; unknown words are never interpreted."""

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from roadmap.model.catalogue import Catalogue

NOTHING = frozenset({"", "none", "nothing", "n/a", "-"})


def background_of(text: str, catalogue: Catalogue) -> str | None:
    """The id of the background whose name stands in a text, the longest name first; None when there is none."""
    if text in catalogue.backgrounds:
        return text
    names = catalogue.once("names of backgrounds", None, lambda: _background_names(catalogue))
    return _longest(_words(text), names)


def country_of(text: str, catalogue: Catalogue) -> str | None:
    """The code of a country by its code or a name, in any case; None when it is not in the catalogue."""
    if text.strip().upper() in catalogue.countries:
        return text.strip().upper()
    wanted = "".join(_words(text))
    for country in catalogue.countries.values():
        if wanted and wanted in ("".join(_words(name)) for name in (country.name, *country.names)):
            return country.id
    return None


def _background_names(catalogue: Catalogue) -> Mapping[str, str]:
    """Each name, written together, with the id it stands for; where two share a name the first keeps it."""
    found: dict[str, str] = {}
    for one in catalogue.backgrounds.values():
        for name in (one.id, one.name, *one.names):
            found.setdefault("".join(_words(name)), one.id)
    found.pop("", None)
    return found


def _words(text: str) -> list[str]:
    """The words of a text in small letters, singular, without punctuation: "Ex-Nurses" gives ex, nurse."""
    return [_singular(word) for word in re.findall(r"[^\W_]+[+#]*", normalize("NFKC", text).casefold())]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _longest(words: list[str], names: Mapping[str, str]) -> str | None:
    """What the longest name stands for that is a run of these words, however it is spaced or hyphenated.

    So "ex-ICU nurse", "a former nurse" and "senior front-end engineer" need no list of what may stand around a name.
    """
    if not words:
        return None
    longest = max(map(len, names), default=0)
    best = ""
    for name in _runs(words, longest):
        if len(name) > len(best) and name in names:
            best = name
    return names.get(best)


def _runs(words: list[str], longest: int) -> Iterable[str]:
    for first in range(len(words)):
        run = ""
        for word in words[first:]:
            run += word
            if len(run) > longest:
                break
            yield run
