"""What is read of a resume or a job posting, and what follows from it: proposals, each with the words behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from roadmap.model.ids import Section
from roadmap.model.market import WORKING_LEVEL

Month = int
"""Months since the year 0: 12 * year + month - 1, so that periods can be compared and added up."""


@dataclass(frozen=True)
class Period:
    """From a month to a month, both included; `last` is None for what still goes on."""

    first: Month
    last: Month | None

    def until(self, now: Month) -> range:
        """Its months, as far as they have passed."""
        return range(self.first, min(now if self.last is None else self.last, now) + 1)


@dataclass(frozen=True)
class Entry:
    """A part of a resume: a position, a project, a list of skills, a paragraph.

    `title` is what it is called (a job title, the name of a project or certificate), `place` where it was. `stated` is
    the person's own word for the level of what `title` names.
    """

    section: Section
    title: str = ""
    place: str = ""
    period: Period | None = None
    lines: tuple[str, ...] = ()
    stated: str = ""


@dataclass(frozen=True)
class Resume:
    """A resume, whatever it was written in. `kind` names the format; `notes` say what could not be read."""

    kind: str
    name: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """The words that prove something, without contact data, and where they stand: "Acme, 2024 to 2026"."""

    words: str
    place: str


@dataclass(frozen=True)
class Found:
    """What a resume is taken to prove: a level, the id of the grade (or "stated") it follows from, and the proofs."""

    level: int
    grade: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Imported:
    """All proposals from one resume. `skills` and `holds` are by id, in the order of the catalogue.

    `role` is a guess, with the title it was made from; None where no title says anything, so that somebody should ask.
    `background` holds the occupations and kinds of engineer that positions name, the newest first.
    """

    kind: str
    name: str
    role: str
    role_proof: Proof | None
    skills: Mapping[str, Found]
    holds: Mapping[str, Proof] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    background: Mapping[str, Proof] = field(default_factory=dict)

    def levels(self, usual: Mapping[str, int]) -> dict[str, int]:
        """The levels worth writing into a profile: those above what the role brings by itself, and the person's own.

        A resume proves that somebody can do something, seldom that they cannot, so that a name found only in passing
        never counts for less than the same name left out.
        """
        return {s: f.level for s, f in self.skills.items() if f.grade == STATED or f.level > usual.get(s, 0)}


STATED = "stated"


Part = Literal["must", "nice", "duty", "about"]
"""Where a posting names something: what it asks for, would like, has to be done, or says of itself."""


@dataclass(frozen=True)
class Asked:
    """A skill that a posting names: in which part of it, and with which words."""

    skill: str
    part: Part
    words: str


@dataclass(frozen=True)
class ReadPosting:
    """A job posting: what to call it, its first line, and the skills it names, by id in the order of the catalogue."""

    name: str
    title: str
    skills: Mapping[str, Asked]

    def named(self, *parts: Part) -> tuple[str, ...]:
        """The skills that these parts name, each in the part that asks most of it."""
        return tuple(s for s, a in self.skills.items() if a.part in parts)


ASKED: tuple[Part, ...] = ("must", "duty", "nice")


@dataclass(frozen=True)
class ResumeRow:
    """A skill that a posting asks for, and the level at which the person has it."""

    asked: Asked
    level: int

    @property
    def met(self) -> bool:
        """Whether the person can work with it."""
        return self.level >= WORKING_LEVEL


@dataclass(frozen=True)
class Match:
    """A posting beside a person. `about` are skills that the posting names only when it speaks of itself."""

    posting: ReadPosting
    rows: tuple[ResumeRow, ...]
    about: tuple[str, ...]

    def of(self, *parts: Part) -> tuple[ResumeRow, ...]:
        """The rows of these parts."""
        return tuple(r for r in self.rows if r.asked.part in parts)


def match(posting: ReadPosting, have: Mapping[str, int]) -> Match:
    """A posting beside the levels that somebody has: what it must come first, in each part what is missing first."""
    rows = [ResumeRow(a, have.get(s, 0)) for s, a in posting.skills.items() if a.part in ASKED]
    rows.sort(key=lambda r: (ASKED.index(r.asked.part), r.met))
    return Match(posting, tuple(rows), posting.named("about"))
