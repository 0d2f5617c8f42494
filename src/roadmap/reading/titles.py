"""What a job title says: the starting role it speaks for, and the occupation or kind of engineer it names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue
from roadmap.model.recognise import background_of
from roadmap.reading.cues import Hit, Index, Name, cues_of, fold, heads, title_names
from roadmap.reading.names import phrases

SHORTEST_COMPOUND = 7
"""Letters of a head word that counts at the end of a longer one, as in "Webentwickler"."""
_PARTS = re.compile(r"\s*(?:[,|@•·()/]|\s[-–—]\s|\bat\b|\bbei\b|\bchez\b)\s*")
_WORDS = re.compile(r"[^\W\d_]+(?:\.net)?|\.net", re.IGNORECASE)
_GENDERS = re.compile(
    r"(?<=[^\W\d_])(?:(?:[:*_·]|/-?|\(-?)(?:innen|in|euse|trice|rice|ère|ne|se|ra|a|e|r)\)?|(?<=[a-zäöü])In(?:nen)?)(?![^\W_])"
)
"""Both genders in one word: "Entwickler:in", "Développeur·se", "Programador/a"."""


@dataclass(frozen=True)
class Verdict:
    """What a title says. `role` is empty for another trade; `learner`: somebody who still learns the trade."""

    role: str
    start: int
    end: int
    learner: bool = False
    background: str = ""


class Titles:
    """Judges job titles by the lists of the catalogue, then by their head words."""

    def __init__(self, catalogue: Catalogue) -> None:
        cues = cues_of(catalogue)
        self._catalogue = catalogue
        self._index = Index(title_names(catalogue))
        self._heads = heads(catalogue)
        self._generic = {fold(w): c.role or "" for c in catalogue.cues.values() if c.does == "generic" for w in c.words}
        self._fields = Index(
            Name(w, c.role or "") for c in catalogue.cues.values() if c.does == "field" for w in c.words
        )
        self._trades = phrases(cues.words("trade"))
        self._learners = phrases(cues.words("learner"))
        starts = [r for r in catalogue.roles.values() if r.start]
        self.least = min(starts, key=lambda r: sum(r.baseline.values())).id

    def judge(self, title: str) -> Verdict | None:
        """What a title says, or None for one that says nothing."""
        title = _GENDERS.sub(lambda m: " " * len(m[0]), title)
        verdicts = [v for start, part in self._with_fields(_parts(title)) if (v := self._part(part, start))]
        software = [v for v in verdicts if v.role not in ("", self.least) and not v.learner]
        learners = [v for v in verdicts if v.learner]
        return next(iter((*learners, *software, *verdicts)), None)

    def _with_fields(self, parts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The parts, one that only says where joined to the one before: "Director, Data Science"."""
        before: tuple[int, str] | None = None
        for start, part in parts:
            if before and self._only_says_where(part.strip()):
                before = before[0], f"{before[1]} {part}"
                continue
            if before:
                yield before
            before = start, part
        if before:
            yield before

    def named_in(self, sentence: str) -> list[Hit]:
        """The titles of several words that a sentence holds."""
        return [h for h in self._index.all(sentence) if len(re.findall(r"\w+", h.name.text)) > 1]

    def _only_says_where(self, part: str) -> bool:
        """Whether a part is nothing but a field or a trade: "Programmer (Lighting)"."""
        whole = any(h.start == 0 and h.end == len(part) for h in self._fields.all(part))
        return whole or bool(self._trades and self._trades.fullmatch(fold(part)))

    def _part(self, part: str, start: int) -> Verdict | None:
        hits = list(self._index.all(part))
        trade = self._trades.search(fold(part)) if self._trades else None
        # "Business development manager": the trade reaches into what sounds like a title.
        known = [
            h
            for h in hits
            if len(_WORDS.findall(h.name.text)) > 1 and not (trade and trade.start() < h.start < trade.end())
        ]
        learner = self._learns(part, known)
        if learner:
            return Verdict(self.least, start + learner.start(), start + learner.end(), learner=True)
        background = background_of(part, self._catalogue) or ""
        if known:
            # The head of an English title is its last word.
            last = known[-1]
            role = last.name.id
            return Verdict(role, start + last.start, start + last.end, role == self.least, self._engineer(background))
        whole = start, start + len(part)
        other = trade is not None
        begins = self._catalogue.backgrounds[background].starts if background else ()
        field = "" if other else self._beside_a_field(part)
        if background and self._is_engineer(background) and not other and (not field or field in begins):
            return Verdict(begins[0] if begins else self.least, *whole, background=background)
        role = self._head(part, hits) or field
        if role and not other:
            return Verdict(role, *whole, learner=role == self.least)
        if background or role:
            # A kind of engineer that newcomers may come from says something beside a trade too: a product manager.
            kept = not self._engineer(background) or self.least in begins
            return Verdict("", *whole, background=background if kept else "")
        return None

    def _learns(self, part: str, known: list[Hit]) -> re.Match[str] | None:
        """Whoever learns, unless the word is only part of a product: "Student Platform Software Engineer"."""
        found = next(reversed([*self._learners.finditer(fold(part))]), None) if self._learners else None
        if (
            found
            and known
            and known[-1].start > found.end() + 1
            and part[found.end() :].strip() != part[known[-1].start :]
        ):
            return None
        return found

    def _head(self, part: str, hits: list[Hit]) -> str:
        """The role that the last head word of a title speaks for."""
        words = _WORDS.findall(fold(part))
        for word in reversed(words):
            if word in self._heads:
                return self._heads[word]
            for head, role in self._heads.items():
                if len(head) >= SHORTEST_COMPOUND and word.endswith(head):
                    return role
        return hits[-1].name.id if hits else ""

    def _beside_a_field(self, part: str) -> str:
        """The role of a head word that says one beside a field only: "Leiterin Datenanalyse", "Architecte cloud"."""
        fields, found = [h.name.id for h in self._fields.all(part)], []
        for word in _WORDS.findall(fold(part)):
            head = word if word in self._generic else self._generic_end(word)
            if head:
                found.append(self._generic[head])
                # "Systemarchitektin" holds its field itself.
                fields += [h.name.id for h in self._fields.all(word[: -len(head)])]
        if not fields or not found:
            return ""
        return next((role for role in found if role), fields[0])

    def _generic_end(self, word: str) -> str:
        return next((g for g in self._generic if len(g) >= SHORTEST_COMPOUND and word.endswith(g)), "")

    def _is_engineer(self, background: str) -> bool:
        return self._catalogue.backgrounds[background].kind == "engineer"

    def _engineer(self, background: str) -> str:
        return background if background and self._is_engineer(background) else ""


def _parts(title: str) -> Iterator[tuple[int, str]]:
    """The parts of a title between commas and dashes, with where they begin."""
    start = 0
    for gap in _PARTS.finditer(title):
        if title[start : gap.start()].strip():
            yield start, title[start : gap.start()]
        start = gap.end()
    if title[start:].strip():
        yield start, title[start:]


def titles_of(catalogue: Catalogue) -> Titles:
    """The judge of a catalogue's titles, made once."""
    return catalogue.once("titles", None, lambda: Titles(catalogue))
