"""Names that people give to the columns of their tables, with the keys they stand for."""

import re
from unicodedata import normalize

from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import ID, KEYS
from roadmap.reading.cues import cues_of

# What a longer heading or a question asks for, by the words that tell; the first that fits counts.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        (
            "",
            r"\b(?:e ?mail|phone|mobile number|notes?|comments?|remarks?|anything else|any questions?|timestamp"
            r"|linkedin|github|consent|address|mentor|coach|bemerkung\w*|anmerkung\w*|notizen|remarques?|observaciones|uwagi)\b",
        ),
        (
            "hours_per_week",
            r"\b(?:hours?|hrs?|stunden|wochenstunden|std|horas|heures|ore|uren|godzin\w*)\b"
            r"(?!.*\b(?:logged|spent|so far)\b)|\btime\b.*\bweek\b|\bweekly\b.*\btime\b",
        ),
        (
            "deadline",
            r"\b(?:deadline|finish(?:ed)?|done by|ready by|by when|bis wann|fertig)\b|\bwhen\b.*\b(?:end|job|ready)\b",
        ),
        ("start", r"\b(?:start|begin|beginnen|anfangen|empezar|commencer|iniziare|beginnen)\b"),
        ("budget_usd", r"\b(?:budget|spend|money|afford)\b"),
        ("breaks", r"\b(?:holidays?|vacations?|time off|breaks?|urlaub|away)\b"),
        (
            "background",
            r"\b(?:previous|former|earlier|past)\b.*\b(?:jobs?|roles?|careers?|professions?|occupations?)\b|\bbackground\b",
        ),
        ("target", r"\b(?:target|dream|desired|wanted)\b.*\b(?:job|role|position)\b"),
        (
            "role",
            r"\b(?:current|present|your|actual)\b.*\b(?:job|role|title|position|occupation|profession)\b|\bjob title\b"
            r"|\bfor a living\b|\bwork as\b|\bwhat do you do\b|\boccupation\b|\bberuf\b",
        ),
        ("goals", r"\b(?:goals?|objectives?|achieve|ziele?)\b"),
        ("country", r"\b(?:country|do you live|are you based)\b"),
        ("domain", r"\b(?:industry|sector|branche)\b"),
        (
            "holds",
            r"\bcert\w*\b.*\b(?:have|held|hold|already|earned|got)\b|\b(?:earned|current|existing)\b.*\bcert\w*\b",
        ),
        ("certifications", r"\b(?:cert\w*|exams?)\b.*\b(?:want|interested|plan|would|take)\b"),
        ("skills", r"\b(?:skills?|technologies|tools|programming languages|tech stack)\b"),
        ("name", r"\bname\b"),
    )
)
_RATED = re.compile(
    r"^(?:(?:how (?:good|well|experienced)|rate|please rate|your|are|do|you|know|at|with|in|the|level|experience"
    r"|skills?|knowledge|proficiency|of) )+|(?: (?:level|skills?|experience|knowledge|rating|0 4|1 5|0 to 4))+$"
)
_WORDS = re.compile(r"[^\W_]+|#")
_UNIT = re.compile(r"\((?:usd|us\$|\$|h|hrs|hours|0\s*(?:-|–|to)\s*4|yyyy-mm-dd)\)|\$", re.IGNORECASE)


def words_of(text: str) -> str:
    """The words of a text in small letters without accents: "Días/Semana" and "dias semana" are the same."""
    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not "\u0300" <= c <= "\u036f")
    return " ".join(_WORDS.findall(plain))


class Headings:
    """Knows which key a column with a name of its own stands for."""

    def __init__(self, catalogue: Catalogue) -> None:
        cues = cues_of(catalogue)
        self._own = {words_of(name) for name in cues.words("own-column")}
        self._family = {words_of(name) for name in cues.words("family-name")}
        self._given = {words_of(name) for name in cues.words("given-name")}
        columns = [
            (name, cue.key) for cue in catalogue.cues.values() if cue.does == "column" and cue.key for name in cue.words
        ]
        self._known = {words_of(name): key for name, key in [*zip(KEYS, KEYS, strict=True), (ID, ID), *columns]}
        for skill in catalogue.skills.values():
            for name in (skill.id, skill.name, skill.short, *skill.aliases):
                self._known.setdefault(words_of(name), f"skills.{skill.id}")

    def own(self, column: str) -> bool:
        """Whether people keep such a column for themselves: notes, an address."""
        words = words_of(column)
        return words in self._own or _said(words) == ""

    def family(self, column: str) -> bool:
        """Whether a column holds the second part of a name."""
        return words_of(column) in self._family

    def key(self, column: str) -> str | None:
        """The key, when the name is one of those that are known."""
        if column.startswith("skills."):
            column = column.removeprefix("skills.")
        for text in (column, _UNIT.sub(" ", column)):
            found = self._known.get(words_of(text))
            if found:
                return found
        words = words_of(_UNIT.sub(" ", column))
        if words in self._own:
            return None
        if words in self._family or words in self._given:
            return "name"
        rated = self._known.get(_RATED.sub("", words), "")
        return rated if rated.startswith("skills.") else _said(words) or None


def _said(words: str) -> str | None:
    """The key that a longer heading asks for; empty for what people keep for themselves, None where nothing tells."""
    return next((key for key, pattern in _SAID if pattern.search(words)), None)
