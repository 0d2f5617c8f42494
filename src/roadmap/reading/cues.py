"""The catalogue's cues and names, made ready for finding them in text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue, Section

_JOINED = (" and ", " & ", "/", ", ", " + ")


def fold(text: str) -> str:
    """The text in small letters, each still where it was."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True)
class Name:
    """A name of an entry as somebody may write it. `cased`: only in this spelling; `listed`: only as a list's item."""

    text: str
    id: str
    cased: bool = False
    listed: bool = False


class Index:
    """Names by their first word, the longest first, so that a line is gone through once."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_start: dict[str, list[Name]] = {}
        for name in sorted(names, key=lambda n: (-len(n.text), n.text)):
            self._by_start.setdefault(_start(fold(name.text)), []).append(name)

    def at(self, line: str, folded: str, place: int) -> Name | None:
        """The longest name that stands at this place of a line as a word of its own, or None."""
        for name in self._by_start.get(_start(folded[place : place + 40]), ()):
            end = place + len(name.text)
            written = line[place:end] if name.cased else folded[place:end]
            if written == (name.text if name.cased else fold(name.text)) and _ends(folded, end):
                return name
        return None

    def all(self, line: str) -> Iterator[tuple[int, Name]]:
        """Every name in a line from left to right; none inside another."""
        folded, place = fold(line), 0
        while place < len(line):
            name = self.at(line, folded, place) if _begins(folded, place) else None
            if name:
                yield place, name
            place += len(name.text) if name else 1


def _start(folded: str) -> str:
    """The first letters and digits; for a name that opens with a sign, the sign."""
    length = 0
    while length < len(folded) and folded[length].isalnum():
        length += 1
    return folded[:length] or folded[:1]


def _begins(folded: str, place: int) -> bool:
    """Whether a word may begin here."""
    before = folded[place - 1] if place else " "
    return not (before.isalnum() or before in "_@#") and not folded[place].isspace()


def _ends(folded: str, place: int) -> bool:
    """Whether a word may end here: neither in the middle of one, nor of a version, nor before C's ++ or #."""
    if not folded[place - 1].isalnum():
        return True
    after = folded[place : place + 2].ljust(2)
    if after[0].isalnum() or after[0] in "_#" or after == "++":
        return False
    return not (after[0] == "." and after[1].isalnum())


class Cues:
    """The words of the cues by what they do, folded."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.sections: dict[str, Section] = {}
        self.levels: dict[str, int] = {}
        self.titles = Index(title_names(catalogue))
        self._words: dict[str, list[str]] = {}
        for cue in catalogue.cues.values():
            words = [fold(w) for w in cue.words]
            self._words.setdefault(cue.does, []).extend(words)
            if cue.section:
                self.sections.update(dict.fromkeys(words, cue.section))
            if cue.level is not None:
                self.levels.update(dict.fromkeys(words, cue.level))

    def words(self, does: str) -> tuple[str, ...]:
        """The words of all cues that do this."""
        return tuple(self._words.get(does, ()))

    def section(self, line: str) -> Section | None:
        """The section that a line heads, or None for a line that is no heading."""
        text = fold(line).strip("#*_=:-–—•. \t")
        if not text or len(text) > 60:
            return None
        if text in self.sections:
            return self.sections[text]
        for sign in _JOINED:
            parts = [p.strip() for p in text.split(sign)]
            if len(parts) > 1 and all(p in self.sections for p in parts):
                return self.sections[parts[0]]
        return None


def skill_names(catalogue: Catalogue) -> list[Name]:
    """What skills are called, each name once; the stricter rule of an entry wins."""
    found: dict[str, Name] = {}
    for skill in catalogue.skills.values():
        listed, exact = set(skill.listed), {*skill.exact, *skill.listed}
        for text in dict.fromkeys((*skill.listed, *skill.exact, *skill.aliases, skill.name)):
            # In a name of small letters nothing can be told from the spelling.
            cased = text in exact and text != fold(text)
            found.setdefault(fold(text), Name(text, skill.id, cased, text in listed))
    return list(found.values())


def title_names(catalogue: Catalogue) -> list[Name]:
    """Job titles of those who start from a role."""
    return [Name(t, r.id) for r in catalogue.roles.values() if r.start for t in r.titles]


def certification_names(catalogue: Catalogue) -> list[Name]:
    """What certifications are called; bare numbers are no name."""
    found: dict[str, Name] = {}
    for cert in catalogue.certifications.values():
        for text in (cert.id, cert.code or "", cert.name, *cert.aliases):
            if any(c.isalpha() for c in text):
                found.setdefault(fold(text), Name(text, cert.id))
    return list(found.values())
