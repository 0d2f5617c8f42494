"""Which skills a line of text names, and which of the names are denied, wished for or ordinary words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue
from roadmap.reading.cues import Cues, Hit, Index, cues_of, fold, skill_names

LONGEST_QUOTE = 100
MOST_WORDS_BACK = 4
"""Words that may stand between a name and what denies it afterwards: "Kubernetes, which I have not touched"."""
WORDS_ACROSS = 5
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[|•·]\s*")
_ITEM_LEFT, _ITEM_RIGHT = ",;/|•·:(&+[-–—*\"'", ",;/|•·)&+(].\"'"
_SIGN = re.compile(r"[:(?–—-]\s*|(?:experience|knowledge|skills) ")
_ZERO = re.compile(r"[\s:(–—-]{0,3}(?:0 ?(?:/ ?\d|%|(?:years?|yrs?|jahre|ans|años|anos|anni|jaar|lat)\b)|[○☆◌▱]{3})")
"""What somebody gives for a name on a scale: "Docker 0/5", "Docker ○○○○○"."""
_STATED = re.compile(r"\s*[(:–—-]\s*([^(),;:|/]{3,24})\)?")
_JOINT = re.compile(r"\s*(?:[,/&+]|,? (?:and|or|und|oder|et|y|e|en|i))\s*")
_CAPITALISED = re.compile(r"\s+[A-Z][\w&'-]*")


@dataclass(frozen=True)
class Mention:
    """A skill named in a line: by which name, the person's own word for the level beside it if any, and the words.

    `sure` is False where the name only counts if something else shows that software is spoken of; `clear`: it shows so.
    """

    skill: str
    name: str
    stated: str
    quote: str
    sure: bool = True
    clear: bool = True


def counted(mentions: Iterable[Mention], *, software: bool = False) -> list[Mention]:
    """The mentions that count together: the doubtful ones only beside one that is clear, or where it is `software`."""
    found = list(mentions)
    software = software or any(m.clear for m in found)
    return [m for m in found if m.sure or software]


class Finder:
    """Finds skills in lines that are clean and without contact data.

    `wishes`: whether what somebody wants to learn is told from what they can do. In a posting it is no difference.
    """

    def __init__(self, catalogue: Catalogue, *, wishes: bool = True) -> None:
        self.cues: Cues = cues_of(catalogue)
        self._index: Index = catalogue.once("names of skills", None, lambda: Index(skill_names(catalogue)))
        self._denying = phrases((*self.cues.words("denies"), *(self.cues.words("wishes") if wishes else ())))
        self._ending = phrases(self.cues.words("ends"))
        self._behind = phrases(self.cues.words("denies-before"))
        self._company = phrases(self.cues.words("company"))
        self._next = self.cues.words("denies-next")
        self._denied = self.cues.words("denied")

    def mentions(self, line: str) -> list[Mention]:
        """The skills that a line claims."""
        out: list[Mention] = []
        clauses = [(c, self._claimed(c)) for c in _clauses(line)]
        for i, (clause, hits) in enumerate(clauses):
            following = clauses[i + 1][0] if i + 1 < len(clauses) else ""
            if clause.endswith("?") and self._answers_no(fold(following).strip(" .!")):
                continue
            judged = self._judged(clause, hits)
            # Two names of products or two abbreviations beside each other are no coincidence.
            proper = {
                h.name.text for h, sure in judged if sure is False and h.spelt and h.name.text != fold(h.name.text)
            }
            out += [self._mention(clause, h, sure or len(proper) > 1) for h, sure in judged if sure is not None]
        return out

    def _answers_no(self, answer: str) -> bool:
        """Whether what follows a question takes back what it asks for: "Never", "I haven't tried it"."""
        short = len(answer.split()) <= MOST_WORDS_BACK + 2
        return answer in self._denied or bool(short and self._behind and self._behind.search(answer))

    def _judged(self, clause: str, hits: Sequence[Hit]) -> list[tuple[Hit, bool | None]]:
        """Whether each name of a clause counts; what joins one that does by "and" or a comma goes with it."""
        out: list[tuple[Hit, bool | None]] = []
        for hit in hits:
            sure = self._counts(clause, hit, hits)
            if sure is None and hit.spelt and out and out[-1][1] is not None:
                joined = _JOINT.fullmatch(clause, out[-1][0].end, hit.start)
                sure = False if joined and not _CAPITALISED.match(clause, hit.end) else None
            out.append((hit, sure))
        return out

    def across(self, before: str, after: str) -> list[Mention]:
        """The skills whose name begins in one line and ends in the next."""
        left, right = " ".join(before.split()[-WORDS_ACROSS:]), " ".join(after.split()[:WORDS_ACROSS])
        if not left or not right or left[-1] in ".;:!?,":
            return []
        joined, edge = f"{left} {right}", len(left)
        hits = [h for h in self._claimed(joined) if h.start < edge < h.end and h.spelt and not h.name.listed]
        return [self._mention(joined, h, sure=not h.name.doubtful) for h in hits]

    def names(self, line: str) -> list[Hit]:
        """Every name of a skill in a line, whatever is said of it."""
        return [h for h in self._index.all(line) if h.name.id]

    def _mention(self, clause: str, hit: Hit, sure: bool) -> Mention:
        clear = sure and not (hit.name.doubtful or hit.name.listed or hit.name.everyday) and hit.spelt
        said = quote(clause, hit.start, hit.end)
        return Mention(hit.name.id, hit.name.text, self._stated(clause, hit), said, sure, clear)

    def _counts(self, clause: str, hit: Hit, hits: Sequence[Hit]) -> bool | None:
        """Whether a name counts: True for certain, False only where software is spoken of, None not at all."""
        name = hit.name
        if not name.listed and hit.spelt:
            return not name.doubtful
        placed = self._is_item(clause, hit, hits)
        if placed is None:
            return None
        return placed and not name.doubtful

    def _claimed(self, clause: str) -> list[Hit]:
        hits = [h for h in self._index.all(clause) if h.name.id]
        return [h for h in hits if not self.denies(clause, h.start, h.end, hits) and not self._is_firm(clause, h)]

    def _is_firm(self, clause: str, hit: Hit) -> bool:
        """Whether a name is part of a firm's: "Spark Capital", "Nimbus Cloud Furniture Ltd."."""
        if not self._company or not clause[hit.start : hit.start + 1].isupper():
            return False
        end = hit.end
        for _ in range(3):
            found = _CAPITALISED.match(clause, end)
            if not found:
                return False
            if self._company.fullmatch(fold(found[0]).strip()):
                return True
            end = found.end()
        return False

    def denies(self, clause: str, start: int, end: int, hits: Sequence[Hit] = ()) -> bool:
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
        found = _first_words(tail, [w for w in self._denied if " " in w]) or _only_word(tail, self._denied)
        return bool(found or _ZERO.match(after)) or self._denied_behind(folded, end, hits)

    def _denied_behind(self, folded: str, end: int, hits: Sequence[Hit]) -> bool:
        """Whether what stands behind a name, and behind the rest of its list, takes it back."""
        found = self._behind.search(folded, end) if self._behind else None
        if found is None or any(h.start >= found.end() for h in hits):
            return False
        if self._ending and self._ending.search(folded, end, found.start()):
            return False
        between = folded[end : found.start()]
        for hit in hits:
            if end <= hit.start and hit.end <= found.start():
                between = between.replace(folded[hit.start : hit.end], "", 1)
        return len([w for w in re.findall(r"[^\W_]+", between) if w not in ("and", "or")]) <= MOST_WORDS_BACK

    def _is_item(self, clause: str, hit: Hit, hits: Sequence[Hit]) -> bool | None:
        """Whether a name stands as an item of a list does: True beyond doubt, False if only its place says so."""
        folded = fold(clause)
        before, after = folded[: hit.start].rstrip(), folded[hit.end :].strip()
        left, right = self._item_left(folded, hit, hits), self._item_right(folded, hit, hits)
        if hit.spelt and _last_words(before, self.cues.words("surely-before")):
            return True if right else None
        if left and hit.spelt and _first_words(after, self.cues.words("surely-after")):
            return True
        if left and right:
            return False
        verb = hit.spelt and _last_words(before, self.cues.words("verb"))
        return False if verb and (right or not _CAPITALISED.match(clause, hit.end)) else None

    def _item_left(self, folded: str, hit: Hit, hits: Iterable[Hit]) -> bool:
        before = folded[: hit.start].rstrip()
        if not before or before[-1] in _ITEM_LEFT or _last_words(before, self.cues.words("before")):
            return True
        return any(h.end == len(before) for h in hits)

    def _item_right(self, folded: str, hit: Hit, hits: Iterable[Hit]) -> bool:
        after = folded[hit.end :]
        text = after.strip()
        if not text or text[0] in _ITEM_RIGHT or _first_words(text, self.cues.words("after")):
            return True
        if _first_words(text, self.cues.words("surely-after")):
            return True
        return any(h.start == hit.end + len(after) - len(after.lstrip()) and h is not hit for h in hits)

    def _stated(self, clause: str, hit: Hit) -> str:
        found = _STATED.match(clause, hit.end)
        word = fold(found[1]).strip(" .") if found else ""
        return word if word in self.cues.levels else ""


def phrases(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern of any of these words, as words."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)") if ordered else None


def _last_words(before: str, words: Iterable[str]) -> bool:
    before = before.rstrip()
    return any(before.endswith(w) and not before[: -len(w)][-1:].isalnum() for w in words)


def _first_words(after: str, words: Iterable[str]) -> bool:
    return any(after.startswith(w) and not after[len(w) : len(w) + 1].isalnum() for w in words)


def _only_word(after: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands there alone: "Docker: none", but not "Docker: non-root images"."""
    found = re.match(r"[^,;.!?)\]|]*", after)
    return found is not None and found[0].strip(" -") in words


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
