"""Which lines head a section, by vocabulary and by shape, and which sections they open."""

import re

from roadmap.model.catalogue import Section
from roadmap.reading.cues import Cues, fold
from roadmap.reading.dates import JOINTS
from roadmap.reading.lines import ReadLine
from roadmap.reading.names import phrases

LONGEST_HEADING = 60
MOST_WORDS = 5
_JOINTS = re.compile(rf"\s+(?:{JOINTS})\s+|\s*[&/,+|]\s*")
_EDGES = re.compile(r"^[^\w(]+|[^\w)]+$")
_BESIDE = re.compile(
    r"\s*(?:\([^()]{1,30}\)|\[[^\[\]]{1,30}\]|:?\s*(?:19|20)\d\d(?:\s*[-–—]\s*(?:\w+))?|[-–—:,]\s*\d{1,2}\+? \w+)$"
)
"""What stands behind a heading and does not change it: "Experience (7 years)", "Work 2015 - 2026", "Work - 9 years"."""
_NUMBER = re.compile(r"^(?:\d{1,2}|[ivx]{1,4})[.)]\s+")
FIRST: tuple[Section, ...] = ("certificates", "work", "skills", "projects", "education", "summary", "other", "contact")
"""Which section a joined heading opens: what would lose most by being read as anything else comes first."""

JOINED: tuple[Section, ...] = ("work", "skills", "projects", "education", "certificates")
"""Sections that a heading opens by its first half alone: "Experience & Leadership"."""


class HeadingWords:
    """Knows the headings of the cues, and longer ones by their last or first word."""

    def __init__(self, cues: Cues) -> None:
        self._sections = cues.sections
        self._last = set(cues.words("heading-last"))
        self._first = set(cues.words("heading-first"))
        self._beside = tuple(sorted(cues.words("heading-beside"), key=len, reverse=True))
        self._never = phrases(cues.words("no-heading"))

    def known(self, text: str) -> Section | None:
        """The section of a heading that is in the list, alone or joined to others."""
        folded = _bare(text)
        if not folded or len(folded) > LONGEST_HEADING:
            return None
        for form in (folded, folded.replace("-", " "), _BESIDE.sub("", folded)):
            if form in self._sections:
                return self._sections[form]
        if (bare := self._alone(folded)) in self._sections:
            return self._sections[bare]
        parts = [p for p in _JOINTS.split(folded) if p]
        if len(parts) > 1 and all(p in self._sections for p in parts):
            return min((self._sections[p] for p in parts), key=FIRST.index)
        return None

    def _alone(self, folded: str) -> str:
        """A heading without words that do not change it: "My recent experience", "Skills overview"."""
        while True:
            for word in self._beside:
                if folded.startswith(word + " "):
                    folded = folded[len(word) + 1 :]
                    break
                if folded.endswith(" " + word):
                    folded = folded[: -len(word) - 1]
                    break
            else:
                return folded

    def of(self, line: ReadLine) -> Section | None:
        """The section that a line opens, or None for a line that is no heading."""
        if line.item and not line.numbered:
            return None
        found = self.known(line.text)
        return found or self._by_word(line)

    def _by_word(self, line: ReadLine) -> Section | None:
        """A longer heading by its last word ("Selected Experience") or its first ("Compétences techniques")."""
        if not is_shaped(line):
            return None
        folded = _bare(line.text)
        words = folded.split()
        if not words or len(words) > MOST_WORDS or (self._never and self._never.search(folded)):
            return None
        if words[-1] in self._last:
            return self._sections.get(words[-1])
        if words[0] in self._first:
            return self._sections.get(words[0])
        first, *others = _JOINTS.split(folded)
        return self._sections.get(first) if others and self._sections.get(first) in JOINED else None


def is_shaped(line: ReadLine) -> bool:
    """Whether a line looks like a heading: marked as one, or short, without an end of a sentence, not small."""
    text = line.text.rstrip(": ")
    if line.item or not text or len(text) > LONGEST_HEADING or any(c.isdigit() for c in text):
        return False
    if line.heading:
        return True
    bare = _EDGES.sub("", text)
    return bool(bare) and bare[0].isupper() and text[-1] not in ".;,!?" and not set(",:@") & set(text)


def _bare(text: str) -> str:
    """A heading without icons, numbers and signs around it."""
    return " ".join(_EDGES.sub("", _NUMBER.sub("", _EDGES.sub("", fold(text)))).split())
