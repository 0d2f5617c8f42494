"""Which skills a line of text names, and which of the names are denied, wished for or ordinary words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue
from roadmap.reading.cues import Cues, Index, Name, fold, skill_names

LONGEST_QUOTE = 100
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[|•·]\s*")
_ITEM_LEFT, _ITEM_RIGHT = ",;/|•·:(&+[-–—*", ",;/|•·)&+(]."
_SIGN = re.compile(r"[:(-]\s*|(?:experience|knowledge|skills) ")
_STATED = re.compile(r"\s*[(:–—-]\s*([^(),;:|/]{3,24})\)?")


@dataclass(frozen=True)
class Mention:
    """A skill named in a line: by which name, the person's own word for the level beside it if any, and the words."""

    skill: str
    name: str
    stated: str
    quote: str


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    name: Name


class Finder:
    """Finds skills in lines that are clean and without contact data.

    `wishes`: whether what somebody wants to learn is told from what they can do. In a posting it is no difference.
    """

    def __init__(self, catalogue: Catalogue, *, wishes: bool = True) -> None:
        self.cues = Cues(catalogue)
        self._index = Index(skill_names(catalogue))
        self._denying = _phrases((*self.cues.words("denies"), *(self.cues.words("wishes") if wishes else ())))
        self._ending = _phrases(self.cues.words("ends"))
        self._next = self.cues.words("denies-next")
        self._denied = self.cues.words("denied")

    def mentions(self, line: str, *, alone: bool = False) -> list[Mention]:
        """The skills that a line claims. `alone`: the line is an item of a list of skills by itself."""
        out = []
        clauses = [(c, self._claimed(c)) for c in _clauses(line)]
        named = {h.name.text for _, hits in clauses for h in hits}
        for clause, hits in clauses:
            kept = [
                h
                for h in hits
                if not h.name.listed or self._is_item(clause, h, hits, company=alone or named != {h.name.text})
            ]
            out += [
                Mention(h.name.id, h.name.text, self._stated(clause, h), quote(clause, h.start, h.end)) for h in kept
            ]
        return out

    def _claimed(self, clause: str) -> list[_Hit]:
        hits = [_Hit(p, p + len(n.text), n) for p, n in self._index.all(clause)]
        return [h for h in hits if not self.denies(clause, h.start, h.end)]

    def denies(self, clause: str, start: int, end: int) -> bool:
        """Whether a clause denies what stands between two places of it, or only wishes for it."""
        folded = fold(clause)
        before, after = folded[:start], folded[end:].lstrip(" )")
        last = max((m.end() for m in self._denying.finditer(before)), default=-1) if self._denying else -1
        if last >= 0 and not (self._ending and self._ending.search(before, last)):
            return True
        if _last_words(before.rstrip(" -"), self._next):
            return True
        # "Kubernetes: none" needs its sign, "Kubernetes experience not required" says enough by itself.
        sign = _SIGN.match(after)
        tail = after[sign.end() :] if sign else after
        words = self._denied if sign else [w for w in self._denied if " " in w]
        return _first_words(tail, words)

    def _is_item(self, clause: str, hit: _Hit, hits: Sequence[_Hit], *, company: bool) -> bool:
        folded = fold(clause)
        before, after = folded[: hit.start].rstrip(), folded[hit.end :].strip()
        if _last_words(before, self.cues.words("surely-before")):
            return self._item_right(folded, hit, hits)
        if self._item_left(folded, hit, hits) and _first_words(after, self.cues.words("surely-after")):
            return True
        return company and self._item_left(folded, hit, hits) and self._item_right(folded, hit, hits)

    def _item_left(self, folded: str, hit: _Hit, hits: Iterable[_Hit]) -> bool:
        before = folded[: hit.start].rstrip()
        if not before or before[-1] in _ITEM_LEFT or _last_words(before, self.cues.words("before")):
            return True
        return any(h.end == len(before) for h in hits)

    def _item_right(self, folded: str, hit: _Hit, hits: Iterable[_Hit]) -> bool:
        after = folded[hit.end :]
        text = after.strip()
        if not text or text[0] in _ITEM_RIGHT or _first_words(text, self.cues.words("after")):
            return True
        if _first_words(text, self.cues.words("surely-after")):
            return True
        return any(h.start == hit.end + len(after) - len(after.lstrip()) and h is not hit for h in hits)

    def _stated(self, clause: str, hit: _Hit) -> str:
        found = _STATED.match(clause, hit.end)
        word = fold(found[1]).strip(" .") if found else ""
        return word if word in self.cues.levels else ""


def _phrases(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern of any of these words, as words."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b") if ordered else None


def _last_words(before: str, words: Iterable[str]) -> bool:
    before = before.rstrip()
    return any(before.endswith(w) and not before[: -len(w)][-1:].isalnum() for w in words)


def _first_words(after: str, words: Iterable[str]) -> bool:
    return any(after.startswith(w) and not after[len(w) : len(w) + 1].isalnum() for w in words)


def _clauses(line: str) -> Iterator[str]:
    """The sentences and columns of a line."""
    start = 0
    for gap in _SENTENCE_END.finditer(line):
        yield line[start : gap.start()]
        start = gap.end()
    yield line[start:]


def quote(clause: str, start: int, end: int) -> str:
    """The words around a name, at most LONGEST_QUOTE characters, cut between words."""
    clause_end = len(clause)
    if clause_end <= LONGEST_QUOTE:
        return clause.strip(" -•*·,;|")
    room = max(0, LONGEST_QUOTE - (end - start))
    first = max(0, min(start - room // 2, clause_end - LONGEST_QUOTE))
    last = min(clause_end, first + LONGEST_QUOTE)
    if first:
        gap = clause.find(" ", first, start)
        first = gap + 1 if gap >= 0 else first
    if last < clause_end:
        gap = clause.rfind(" ", end, last)
        last = gap if gap >= 0 else last
    text = clause[first:last].strip(" -•*·,;|")
    return ("…" if first else "") + text + ("…" if last < clause_end else "")
