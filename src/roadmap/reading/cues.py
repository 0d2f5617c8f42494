"""The catalogue's cues and names, made ready for finding them in text, however they are spaced or hyphenated."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from roadmap.model.catalogue import Catalogue, Section

WORD = re.compile(r"(?:(?<![^\W_])\.(?=[^\W\d_]))?[^\W_]+(?:\+\+|#)?")
LONGEST_NAME = 60
SHORTEST_BARE = 3
"""Letters that are left of a name whose number is taken away: HTML5 is HTML, but S3 is not S."""
ABBREVIATED = (
    ("AWS", "Amazon Web Services", "Amazon"),
    ("AI", "Artificial Intelligence"),
    ("ML", "Machine Learning"),
    ("Machine Learning", "ML"),
    ("Google Cloud", "Google Cloud Platform", "GCP"),
    ("Administrator", "Admin"),
    ("Azure", "Microsoft Azure"),
)
"""Words in the names of certifications, and how else they are written."""
_TOGETHER = {"", " ", "-", " -", "- ", "--"}
_KEPT = "/&.'"
_NOT_OPENING = {"no", "not", "non"}
_DENIED_BY_FORM = re.compile(r"\s?-\s?(?:free|less)\b")


def fold(text: str) -> str:
    """The text in small letters, each still where it was."""
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True)
class Name:
    """A name of an entry as somebody may write it; without an id a phrase that only sounds like one.

    `cased`: only in this spelling, but as an item of a list; `listed`: only as an item of a list or after a verb;
    `doubtful`: in other trades it means something else; `everyday`: no sign that somebody works with software.
    """

    text: str
    id: str
    cased: bool = False
    listed: bool = False
    doubtful: bool = False
    everyday: bool = False
    stems: bool = False


@dataclass(frozen=True)
class Hit:
    """A name in a line, from `start` to `end`. `spelt`: in the spelling that the name demands."""

    start: int
    end: int
    name: Name
    spelt: bool = True


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int


class Index:
    """Names by a normal form without spaces and hyphens. `loose`: other signs and brackets between words go too."""

    def __init__(self, names: Iterable[Name], *, loose: bool = False, fillers: Iterable[str] = ()) -> None:
        self._loose = loose
        self._fillers = frozenset(fillers)
        self._by_form: dict[str, Name] = {}
        self._other: dict[str, Name] = {}
        for name in names:
            form = self._form(name.text)
            self._by_form.setdefault(form, name)
            if name.stems:
                self._other.setdefault(form[:-1] if form.endswith("s") else form + "s", name)
        self._longest = max(map(len, self._by_form), default=0) + 1
        self._starts = {f[:2] for f in (*self._by_form, *self._other)}

    def all(self, line: str) -> Iterator[Hit]:
        """Every name in a line from left to right; none inside another, of several the longest."""
        folded = fold(line)
        tokens = [_Token(m[0], m.start(), m.end()) for m in WORD.finditer(folded)]
        place = 0
        while place < len(tokens):
            found = self._at(line, folded, tokens, place)
            if found is None:
                place += 1
                continue
            last, hit = found
            yield hit
            place = last + 1

    def _at(self, line: str, folded: str, tokens: list[_Token], place: int) -> tuple[int, Hit] | None:
        """The longest name that begins with a token, and the token it ends with."""
        first = tokens[place]
        if not _begins(folded, first.start) or (len(first.text) > 1 and first.text[:2] not in self._starts):
            return None
        best: tuple[int, Hit] | None = None
        for last, form in self._runs(folded, tokens, place):
            end = tokens[last].end
            if not _ends(folded, end):
                continue
            name = self._named(form, single=last == place)
            if name is not None and not _splits_no(name, first.text, last > place):
                best = last, Hit(first.start, end, name, not name.cased or _spelt(name.text, line[first.start : end]))
        return best

    def _runs(self, folded: str, tokens: list[_Token], place: int) -> Iterator[tuple[int, str]]:
        """The forms of the words from one on, each with the number of its last word."""
        form = ""
        for last in range(place, len(tokens)):
            if last > place:
                sign = self._sign(folded[tokens[last - 1].end : tokens[last].start])
                if sign is None:
                    return
                form += sign
            if not (last > place and tokens[last].text in self._fillers):
                form += tokens[last].text
            if len(form) > self._longest:
                return
            yield last, form

    def _named(self, form: str, *, single: bool) -> Name | None:
        found = self._by_form.get(form) or self._other.get(form)
        if found is None and single and form[-1].isdigit():
            bare = form.rstrip("0123456789")
            found = self._by_form.get(bare) if len(bare) >= SHORTEST_BARE else None
            # With the number of a version it can hardly be anything else.
            found = replace(found, listed=False, doubtful=False) if found else None
        return found

    def _sign(self, gap: str) -> str | None:
        """What stays of the signs between two words, or None where no name goes on."""
        if gap in _TOGETHER:
            return ""
        if self._loose:
            return "" if len(gap) <= 4 and ";" not in gap else None
        bare = gap.strip()
        return bare if len(bare) == 1 and bare in _KEPT and (bare != "." or bare == gap) else None

    def _form(self, text: str) -> str:
        folded, out = fold(text), ""
        tokens = list(WORD.finditer(folded))
        for i, found in enumerate(tokens):
            sign = self._sign(folded[tokens[i - 1].end() : found.start()]) if i else ""
            out += (folded[tokens[i - 1].end() : found.start()].strip() if sign is None else sign) if i else ""
            out += "" if i and found[0] in self._fillers else found[0]
        return out


def _begins(folded: str, place: int) -> bool:
    """Whether a word may begin here."""
    return not place or folded[place - 1] not in "_@#"


def _ends(folded: str, place: int) -> bool:
    """Whether a name may end here: not in the middle of a word or version, nor before what takes it back (X-free)."""
    after = folded[place : place + 2].ljust(2)
    if folded[place - 1].isalnum() and (after[0] in "_#" or after == "++" or (after[0] == "." and after[1].isalnum())):
        return False
    return not _DENIED_BY_FORM.match(folded, place)


def _splits_no(name: Name, first: str, several: bool) -> bool:
    """Whether "no SQL" would be read as NoSQL."""
    return several and first in _NOT_OPENING and " " not in name.text


def _spelt(name: str, written: str) -> bool:
    """Whether a name is written as it is spelt, but for spaces, hyphens and a plural's or version's end."""
    bare, said = re.sub(r"[\s-]", "", name), re.sub(r"[\s-]", "", written)
    return said.startswith(bare) or said + "s" == bare


class Cues:
    """The words of the cues by what they do, folded."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.sections: dict[str, Section] = {}
        self.levels: dict[str, int] = {}
        self._words: dict[str, list[str]] = {}
        self._lists: dict[str, list[tuple[str, ...]]] = {}
        for cue in catalogue.cues.values():
            words = [fold(w) for w in cue.words]
            self._words.setdefault(cue.does, []).extend(words)
            self._lists.setdefault(cue.does, []).append(tuple(words))
            if cue.section:
                self.sections.update(dict.fromkeys(words, cue.section))
            if cue.level is not None:
                self.levels.update(dict.fromkeys(words, cue.level))

    def words(self, does: str) -> tuple[str, ...]:
        """The words of all cues that do this."""
        return tuple(self._words.get(does, ()))

    def lists(self, does: str) -> tuple[tuple[str, ...], ...]:
        """The words of each cue that does this, in their order."""
        return tuple(self._lists.get(does, ()))


def cues_of(catalogue: Catalogue) -> Cues:
    """The cues of a catalogue, made once."""
    return catalogue.once("cues", None, lambda: Cues(catalogue))


def skill_names(catalogue: Catalogue) -> list[Name]:
    """What skills are called, and the phrases that only sound like it; the stricter rule of an entry wins."""
    cues = cues_of(catalogue)
    doubtful, everyday = set(cues.words("ambiguous")), set(cues.words("everyday"))
    whole = {*cues.words("whole"), *doubtful}
    more: dict[str, list[str]] = {}
    strict: dict[str, set[str]] = {"exact": set(), "listed": set()}
    for cue in catalogue.cues.values():
        if cue.does in strict:
            strict[cue.does].update(cue.words)
        if cue.skill:
            more.setdefault(cue.skill, []).extend(cue.words)
    found: dict[str, Name] = {}
    for skill in catalogue.skills.values():
        listed = {*skill.listed, *strict["listed"]}
        exact = {*skill.exact, *strict["exact"], *listed}
        for text in dict.fromkeys((*skill.listed, *skill.exact, *skill.aliases, skill.name, *more.get(skill.id, ()))):
            # In a name of small letters nothing can be told from the spelling.
            cased, small = text in exact and text != fold(text), fold(text)
            stems = small not in whole and text not in listed and _may_be_plural(text)
            name = Name(text, skill.id, cased, text in listed, small in doubtful, small in everyday, stems)
            found.setdefault(small, name)
    phrases = [Name(p, "", stems=True) for p in cues.words("phrase")]
    return [*phrases, *found.values()]


def _may_be_plural(text: str) -> bool:
    """Whether a name has both numbers: common nouns and abbreviations, but no proper names."""
    last = re.split(r"[\s-]", text)[-1]
    return (last == fold(last) and len(last) > SHORTEST_BARE and not last.endswith("ss")) or (
        last.isupper() and last.isalpha() and len(last) >= SHORTEST_BARE
    )


def title_names(catalogue: Catalogue) -> list[Name]:
    """Job titles of those who start from a role."""
    names = [Name(t, r.id) for r in catalogue.roles.values() if r.start for t in r.titles]
    names += [Name(w, c.role) for c in catalogue.cues.values() if c.role and c.does == "title" for w in c.words]
    return [replace(n, stems=True) for n in names]


def heads(catalogue: Catalogue) -> Mapping[str, str]:
    """The head words of titles with the role that they speak for."""
    return {fold(w): c.role for c in catalogue.cues.values() if c.role and c.does == "head" for w in c.words}


def _long_forms(name: str) -> Iterator[str]:
    """The name of a certification, and the same with its abbreviations written out."""
    yield name
    for short, *forms in ABBREVIATED:
        if re.search(rf"\b{short}\b", name):
            yield from (re.sub(rf"\b{short}\b", form, name) for form in forms)


def certification_names(catalogue: Catalogue) -> list[Name]:
    """What certifications are called; bare numbers are no name."""
    found: dict[str, Name] = {}
    for cert in catalogue.certifications.values():
        for text in (cert.id, cert.code or "", cert.name, *cert.aliases):
            if any(c.isalpha() for c in text):
                for form in _long_forms(text):
                    found.setdefault(fold(form), Name(form, cert.id))
    return list(found.values())
