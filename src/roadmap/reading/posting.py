"""A job posting to the skills that it names: what it asks for, would like, has to do, and says of itself."""

import re
from collections.abc import Iterator

from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Asked, Part, ReadPosting
from roadmap.reading.cues import Cues, cues_of, fold
from roadmap.reading.lines import ReadLine, marked_lines
from roadmap.reading.names import Finder, Mention, counted, phrases
from roadmap.reading.scrub import scrub

SAYING: tuple[Part, ...] = ("about", "nice", "must", "duty")
"""Which of its words tell the part of a sentence, where several are there."""
ORDER: tuple[Part, ...] = ("must", "duty", "nice", "about")
"""In which part a skill counts that several name: the one that asks most of it."""
LONGEST_HEADING, MOST_WORDS = 70, 9
MOST_BESIDE, FEW_BESIDE = 5, 2
"""Words that a heading may have beside those it is known by: one that is marked as such, and one that is not."""
MOST_TITLE = 120
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_ABOUT = re.compile(r"^(?:why|life at|working at|welcome to) \w+$|^about (?!the (?:role|job|position|work)|this|you\b)")


def read_posting(text: str, catalogue: Catalogue, name: str = "") -> ReadPosting:
    """What a posting names, each skill once, in the order of the catalogue."""
    parts = _Parts(cues_of(catalogue))
    finder = Finder(catalogue, wishes=False)
    lines = marked_lines(text)
    found = [(part, m) for part, m in _mentions(lines, parts, finder)]
    kept = set(map(id, counted((m for _, m in found))))
    asked: dict[str, Asked] = {}
    for part, mention in found:
        before = asked.get(mention.skill)
        if id(mention) in kept and (before is None or ORDER.index(part) < ORDER.index(before.part)):
            asked[mention.skill] = Asked(mention.skill, part, mention.quote)
    first = next((x for x in lines if x.text), None)
    title = "" if first is None or parts.headed(first) else scrub(first.text)[:MOST_TITLE]
    return ReadPosting(name, title, {s: asked[s] for s in catalogue.skills if s in asked})


def _mentions(lines: list[ReadLine], parts: "_Parts", finder: Finder) -> Iterator[tuple[Part, Mention]]:
    part: Part | None = None
    before = ""
    for line in lines:
        headed = parts.headed(line)
        # What labels an item of a list says it of this item alone.
        here, part = headed or part, part if line.item else headed or part
        # "Requirements: Python, SQL" is a heading and its text in one.
        labelled = headed is not None and not parts.is_heading(line)
        text = scrub(line.text.partition(":")[2] if labelled else line.text)
        for sentence in _SENTENCE_END.split(text):
            inside = parts.said(sentence, here)
            yield from ((inside, m) for m in finder.mentions(sentence))
        if before and not line.item:
            yield from ((here or "must", m) for m in finder.across(before, text))
        before = text


def _bare(text: str) -> str:
    """A heading without signs around it."""
    return " ".join(_EDGES.sub("", fold(text)).split())


class _Parts:
    """Knows which part of a posting a heading opens, and which sentences belong to another one."""

    def __init__(self, cues: Cues) -> None:
        self._heads: list[tuple[str, Part]] = [(w, p) for p in ORDER for w in cues.words(p)]
        self._heads.sort(key=lambda h: -len(h[0]))
        self._says = {p: phrases(cues.words(f"says-{p}")) for p in ("nice", "about", "must", "duty")}

    def is_heading(self, line: ReadLine) -> bool:
        """Whether a whole line is a heading."""
        text = line.text.rstrip()
        if line.item or not text or len(text) > LONGEST_HEADING or len(text.split()) > MOST_WORDS:
            return False
        return line.heading or text.endswith((":", "?", "!")) or text[-1] not in ".,;"

    def headed(self, line: ReadLine) -> Part | None:
        """The part that a line opens; None for a line that goes on with the one before."""
        label, colon, rest = line.text.partition(":")
        if colon and rest.strip():
            return self._exactly(_bare(label))
        if not self.is_heading(line):
            return None
        bare = _bare(line.text)
        room = MOST_BESIDE if line.heading or line.text.endswith((":", "?", "!")) else FEW_BESIDE
        return self._exactly(bare) or ("about" if _ABOUT.match(bare) else self._nearly(bare, room))

    def _exactly(self, bare: str) -> Part | None:
        return next((part for words, part in self._heads if bare == words), None)

    def _nearly(self, bare: str, room: int) -> Part | None:
        """The part whose words a heading begins or ends with, beside a few others."""
        for words, part in self._heads:
            edge = bare.startswith(words + " ") or bare.endswith(" " + words)
            if edge and len(bare.split()) - len(words.split()) <= room:
                return part
        return None

    def said(self, sentence: str, part: Part | None) -> Part:
        """The part that a sentence itself belongs to: "Go is a plus", "our customers include Snowflake".

        `part` is that of its heading, if it stands under one; without one it may say what is to be done as well.
        """
        folded = fold(sentence)
        for own in SAYING:
            pattern = self._says[own]
            weaker = (own == "must" and part == "duty") or (own == "duty" and part is not None)
            if pattern and pattern.search(folded) and not weaker:
                return own
        return part or "must"
