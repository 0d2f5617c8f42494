"""Tables as people keep them: job titles, skills by their names, hours, sums and days as they are typed.

Whatever is taken for something else than it says is noted once, with the line where it was met first.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from roadmap.batch.headings import Headings, words_of
from roadmap.model.catalogue import Catalogue
from roadmap.model.checking import titled
from roadmap.model.months import planned_day
from roadmap.model.problem import Fault
from roadmap.model.profile import as_date, as_number
from roadmap.model.typed import AT_ONCE, NOTHING, dollars_of, hours_of, periods_of
from roadmap.reading.titles import titles_of

MOST_NOTES = 1_000
MOST_KEPT = 10_000  # texts whose meaning is remembered
UNSAID_LEVEL = 2
"""Of a skill that is only named: a level to work with."""
_PARTS = re.compile(r"[,;\n|]|\s/\s|\s&\s")
_LEVELS = {"x": 2, "yes": 2, "y": 2, "ja": 2, "si": 2, "ok": 2, "no": 0, "n": 0, "zero": 0, "nein": 0, "-": 0}
_LEVELS |= dict.fromkeys(("true", "✓", "✔", "☑", "oui", "sí", "sim", "sì", "tak", "wahr"), 2)
_LEVELS |= dict.fromkeys(("false", "✗", "✘", "☐", "non", "não", "nee", "nie", "falsch"), 0)
_DATED = ("start", "deadline")
_STATED = re.compile(r"(.+?)\s*(?:[=:]\s*|\(|\s[-–]\s)\s*([^()=:]+?)\)?")
_ENDS_IN_LEVEL = re.compile(r"(.*\D)\s+([0-4])")
_VERSIONS = {"python 2", "python 3", "css 3"}
_SENIORITY = {"junior": "entry", "graduate": "entry", "middle": "mid", "mid level": "mid", "medior": "mid"}
_EXAMS = {"no": "none", "0": "none", "yes": "one", "1": "one", "every": "all", "nein": "none", "ja": "one"}
_OPTIONAL = frozenset({"deadline", "budget_usd", "holds", "breaks", "goals", "skills", "start", "name", "keep", "skip"})


class Read(NamedTuple):
    """What a text was read as (None: nothing was said), more answers that follow from it, and faults."""

    value: object
    shown: str = ""
    more: Mapping[str, object] = {}
    fault: Fault | None = None


class Guess:
    """Reads the words of a table. `tell` hears of everything that was taken for something, once."""

    def __init__(self, catalogue: Catalogue, today: date, tell: Callable[[str], None] = lambda _: None) -> None:
        self.notes: dict[str, int | None] = {}
        self._catalogue, self._today, self._tell = catalogue, today, tell
        self._headings = Headings(catalogue)
        self._names = _Names(catalogue)
        self._kept: dict[tuple[str, str], Read] = {}

    def key(self, column: str) -> str | None:
        """The key that a column with a name of its own stands for."""
        return self._headings.key(column)

    def own(self, column: str) -> bool:
        """Whether people keep such a column for themselves: notes, an address."""
        return self._headings.own(column)

    def family(self, column: str) -> bool:
        """Whether a column holds the second part of a name."""
        return self._headings.family(column)

    def note(self, what: str, line: int | None = None) -> None:
        """Tell what was taken for what, where it is met first."""
        if what not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes[what] = line
            self._tell(f"line {line}: {what}" if line else what)

    def answers(self, answers: dict[str, object], columns: Mapping[str, str], line: int | None) -> list[Fault]:
        """Put the words of a row into the form of a profile, in place; what could mean two things is a fault."""
        faults = []
        for key, value in list(answers.items()):
            if isinstance(value, Mapping) and key == "skills":
                answers[key] = self._levels(value, columns, line)
            if key in _DATED and isinstance(value, int):
                # A day that the sheet shows as the number it keeps for it.
                value = str(value)
            if not isinstance(value, str):
                continue
            found = self._read(key, value)
            if found.fault:
                faults.append(replace(found.fault, path=(key,)))
                del answers[key]
                continue
            if found.shown:
                self.note(f'{columns.get(key, key)} "{_short(value)}" read as {found.shown}', line)
            answers[key] = found.value
            for other, more in found.more.items():
                if answers.get(other) is None:
                    answers[other] = more
        return faults

    def _read(self, key: str, text: str) -> Read:
        found = self._kept.get((key, text))
        if found is None:
            found = self._fresh(key, text)
            if len(self._kept) < MOST_KEPT:
                self._kept[key, text] = found
        return found

    def _fresh(self, key: str, text: str) -> Read:
        if key in _OPTIONAL and text.casefold() in NOTHING:
            return Read(None, "nothing")
        match key:
            case "hours_per_week":
                return _number(text, hours_of(text))
            case "budget_usd":
                return _number(text, dollars_of(text))
            case "deadline" if text.casefold() in AT_ONCE:
                # As soon as possible is no day by which it has to be.
                return Read(None, "nothing")
            case "start" | "deadline":
                return _date(text, planned_day(key, text, self._today))
            case "breaks":
                return _breaks(text, self._today)
            case "role":
                return self._role(text)
            case "skills":
                return self._skills(text)
            case _:
                return self._names.read(key, text)

    def _role(self, text: str) -> Read:
        """A role by its name or a job title; another trade is one who is new to tech."""
        known = self._names.role(text)
        if known is not None:
            return Read(known, "" if known == text else known)
        said = titles_of(self._catalogue).judge(text)
        if said is None:
            short = titled(text, (r.id for r in self._catalogue.roles.values() if r.start), self._catalogue)
            return Read(short, short) if short else Read(text)
        role = said.role or titles_of(self._catalogue).least
        if not said.background:
            return Read(role, role)
        return Read(role, f"{role}, background {said.background}", {"background": [said.background]})

    def _skills(self, text: str) -> Read:
        levels: dict[str, object] = {}
        shown = []
        for part in (p.strip() for p in _PARTS.split(text) if p.strip()):
            name, stated = _stated(part, self._names)
            skill = self._names.skill(name)
            level = UNSAID_LEVEL if stated is None and skill else self._names.level(stated)
            levels[skill or name] = stated if level is None else level
            if skill != name or str(level) != stated:
                shown.append(f"{skill or name} {levels[skill or name]}" if skill else "")
        return Read(levels, ", ".join(s for s in shown if s))

    def _levels(self, skills: Mapping[str, object], columns: Mapping[str, str], line: int | None) -> dict[str, object]:
        out: dict[str, object] = {}
        for name, given in skills.items():
            if not name:
                out |= self._listed(str(given), columns, line)
                continue
            skill, level = self._names.skill(name) or name, given
            if isinstance(given, bool):
                # A box that is ticked says no more than that it can be worked with.
                given = "yes" if given else "no"
            if isinstance(given, str) and as_number(given) is None and (read := self._names.level(given)) is not None:
                column = columns.get(f"skills.{name}", name)
                self.note(f'{column} "{_short(given)}" read as level {read}', line)
                level = read
            elif skill != name:
                self.note(f'skill "{name}" read as {skill}', line)
            out[skill] = level
        return out

    def _listed(self, text: str, columns: Mapping[str, str], line: int | None) -> dict[str, object]:
        """A list of skills beside columns of their own."""
        found = self._read("skills", text)
        if found.shown:
            self.note(f'{columns.get("skills", "skills")} "{_short(text)}" read as {found.shown}', line)
        return dict(found.value) if isinstance(found.value, Mapping) else {}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:37] + "..."


def _number(text: str, found: float | Fault | None) -> Read:
    if isinstance(found, Fault):
        return Read(None, fault=found)
    if found is None or as_number(text) == found:
        return Read(text)
    return Read(found, f"{found:g}")


def _date(text: str, found: date | Fault | None) -> Read:
    if isinstance(found, Fault):
        return Read(None, fault=found)
    if found is None or as_date(text) == found:
        return Read(text)
    return Read(found, found.isoformat())


def _breaks(text: str, today: date) -> Read:
    """Periods as people type them; a text that is no period stays, and is a problem of its row."""
    if text.lstrip().startswith(("[", "{")):
        return Read(text)
    found = periods_of(text, today)
    if not all(isinstance(one, Mapping) for one in found):
        return Read(text)
    return Read(found, ", ".join(f"{one['from']} to {one['to']}" for one in found if isinstance(one, Mapping)))


def _stated(part: str, names: "_Names") -> tuple[str, str | None]:
    """A skill and the level stated beside it: rag=2, Python (expert), SQL 3."""
    if names.is_skill(part):
        return part, None
    found = _STATED.fullmatch(part)
    if found is None and part.casefold() not in _VERSIONS:
        found = _ENDS_IN_LEVEL.fullmatch(part)
    return (found[1].strip(), found[2].strip()) if found else (part, None)


class _Names:
    """What entries of the catalogue are called, in any case."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        starts = [r for r in catalogue.roles.values() if r.start]
        self._roles = {words_of(t): r.id for r in starts for t in (r.name, r.id)}
        self._skills: dict[str, str] = {}
        for skill in catalogue.skills.values():
            for name in (skill.id, skill.name, skill.short, *skill.aliases):
                self._skills.setdefault(words_of(name), skill.id)
                self._skills.setdefault(name.casefold(), skill.id)
        self._levels = {**_LEVELS, **{str(n): n for n in range(5)}}
        for cue in catalogue.cues.values():
            if cue.does == "level" and cue.level is not None:
                self._levels |= {w.casefold(): cue.level for w in cue.words}
        self._choices = self._all_choices()

    def _all_choices(self) -> dict[str, dict[str, str]]:
        """For each key with names of the catalogue: words to id."""
        c = self._catalogue
        named = {
            "cloud": c.clouds,
            "domain": c.specialisations,
            "goals": c.goals,
            "target": {r.id: r for r in c.roles.values() if r.target},
            "keep": c.modules,
            "skip": c.modules,
            "holds": c.certifications,
            "aims": c.skills,
        }
        found = {key: _by_name(entries) for key, entries in named.items()}
        found["cloud"] |= {"amazon web services": "aws", "amazon": "aws", "microsoft azure": "azure"}
        found["cloud"] |= {"google cloud": "gcp", "google": "gcp", "no preference": "any", "none": "any", "any": "any"}
        found["domain"] |= {"no": "none", "none": "none", "health": "healthcare", "government": "public-sector"}
        found["level"] = {**_SENIORITY, "entry": "entry", "mid": "mid", "senior": "senior"}
        found["certifications"] = {**_EXAMS, "none": "none", "one": "one", "all": "all"}
        found["aims"] = self._skills
        return found

    def role(self, text: str) -> str | None:
        """The start of this id or name."""
        return text if text in self._catalogue.roles else self._roles.get(words_of(text))

    def is_skill(self, text: str) -> bool:
        """Whether a text is the name of a skill as it stands."""
        return text in self._catalogue.skills or text.casefold() in self._skills

    def skill(self, text: str) -> str | None:
        """The skill of a name, without a version behind it."""
        if text in self._catalogue.skills:
            return text
        bare = re.sub(r"\s*v?\d+(?:\.\d+|\.x)*$", "", text)
        for one in (text, bare):
            found = self._skills.get(one.casefold()) or self._skills.get(words_of(one))
            if found and words_of(one):
                return found
        return None

    def level(self, text: str | None) -> int | None:
        """The level that a word or a number states."""
        return None if text is None else self._levels.get(text.casefold().strip(" ."))

    def read(self, key: str, text: str) -> Read:
        """One name of the catalogue, or several in a list."""
        names = self._choices.get(key)
        if names is None:
            return Read(text)
        if key in ("cloud", "domain", "target", "level", "certifications"):
            found = names.get(words_of(text)) or names.get(words_of(text).replace(" ", ""))
            return Read(text) if found in (None, text) else Read(found, str(found))
        parts = [p.strip() for p in re.split(r"[,;\n|]", text) if p.strip()]
        read = [names.get(words_of(p)) or _inside(p, names, key) for p in parts]
        if read == parts or text == ",".join(read):
            return Read(read if ";" in text or "\n" in text or "|" in text else text)
        return Read(read, ", ".join(read))


def _inside(text: str, names: Mapping[str, str], key: str) -> str:
    """A goal by the one word that tells it ("a new job", "get promoted" does not), anything else as it is."""
    if key != "goals":
        return text
    found = {names[w] for w in words_of(text).split() if w in names}
    return found.pop() if len(found) == 1 else text


def _by_name(entries: Mapping[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id_, entry in entries.items():
        for attribute in ("id", "code", "name", "title"):
            name = getattr(entry, attribute, None)
            if isinstance(name, str) and name:
                found.setdefault(words_of(name), id_)
    return found
