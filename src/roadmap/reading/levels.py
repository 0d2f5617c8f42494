"""From what a resume says to proposals: levels by the catalogue's grades, the starting role, certifications held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.model.catalogue import Catalogue, Grade
from roadmap.model.resume import STATED, Entry, Found, Imported, Month, Proof, Resume
from roadmap.reading.cues import Index, certification_names, fold, title_names
from roadmap.reading.dates import month_of, years_of
from roadmap.reading.names import Finder, quote
from roadmap.reading.scrub import scrub

MOST_PROOFS = 3
LONGEST_PLACE = 60
MOST_STATED_FOR_GROUP = 2
"""What a level that somebody states for a whole group of skills ("Web: expert") says of each skill in it, at most."""
SHORTEST_IN_EDUCATION = 4
"""Letters of a name that counts among studies: shorter ones are degrees there (LLM is a Master of Laws)."""


@dataclass(frozen=True)
class _Claim:
    """A skill named in a line of an entry (0: its title), with the words, and the level stated if any."""

    skill: str
    entry: Entry
    line: int
    proof: Proof
    stated: int | None


def proposals(resume: Resume, catalogue: Catalogue, today: date) -> Imported:
    """What a resume proves, as proposals. Pure: the same resume, catalogue and day give the same."""
    finder = Finder(catalogue)
    now = month_of(today)
    claims: dict[str, list[_Claim]] = {}
    for entry in resume.entries:
        for claim in _claims(entry, finder):
            claims.setdefault(claim.skill, []).append(claim)
    skills = {s: _found(claims[s], catalogue.grades.values(), now) for s in catalogue.skills if s in claims}
    role, title = _role(resume.entries, catalogue)
    holds, run_out = _certifications(resume.entries, catalogue, now)
    return Imported(
        kind=resume.kind,
        name=scrub(resume.name),
        role=role,
        role_proof=title,
        skills=skills,
        holds=holds,
        notes=(*resume.notes, *run_out),
    )


def _claims(entry: Entry, finder: Finder) -> Iterator[_Claim]:
    levels = finder.cues.levels
    group = levels.get(fold(entry.stated))
    for i, line in enumerate((entry.title, *entry.lines)):
        place = place_of(entry, titled=i > 0)
        prefix = levels.get(fold(line.partition(":")[0].strip())) if entry.section == "skills" else None
        for mention in finder.mentions(scrub(line), alone=entry.section == "skills"):
            if entry.section == "education" and _is_short(mention.name):
                continue
            stated = levels.get(mention.stated) if mention.stated else prefix
            if stated is None and group is not None:
                # The title is what the level was stated for; the words under it are only what belongs to it.
                named = i == 0 or mention.skill in {m.skill for m in finder.mentions(entry.title, alone=True)}
                stated = group if named else min(group, MOST_STATED_FOR_GROUP)
            yield _Claim(mention.skill, entry, i, Proof(mention.quote, place), stated)


def shorten(text: str) -> str:
    """A title short enough to say where something stands."""
    return text if len(text) <= LONGEST_PLACE else text[: LONGEST_PLACE - 1].rstrip(" ,;") + "…"


def _is_short(name: str) -> bool:
    return " " not in name and len(name) < SHORTEST_IN_EDUCATION


def place_of(entry: Entry, *, titled: bool = True) -> str:
    """Where something stands: "Backend engineer, Acme, 2021 to 2024"; without its title for what is the title."""
    if entry.section in ("skills", "summary", "other"):
        return entry.section
    said = [scrub(entry.title) if titled else "", scrub(entry.place), years_of(entry.period)]
    return ", ".join(shorten(p) for p in said if p) or entry.section


def _found(claims: Sequence[_Claim], grades: Iterable[Grade], now: Month) -> Found:
    said = [c for c in claims if c.stated is not None]
    if said:
        level = max(c.stated or 0 for c in said)
        return Found(level, STATED, _proofs(c for c in said if c.stated == level))
    best = Found(0, "", ())
    for grade in grades:
        counted = [c for c in claims if c.entry.section in grade.sections]
        lines = len({(c.proof.place, c.line) for c in counted})
        if grade.level > best.level and lines >= grade.times and _years(counted, now) >= (grade.years or 0):
            best = Found(grade.level, grade.id, _proofs(counted))
    return best


def _years(claims: Iterable[_Claim], now: Month) -> float:
    """Years of the positions that name a skill; months in which two of them overlap count once."""
    months: set[Month] = set()
    for entry in {id(c.entry): c.entry for c in claims}.values():
        if entry.period:
            months.update(entry.period.until(now))
    return len(months) / 12


def _proofs(claims: Iterable[_Claim]) -> tuple[Proof, ...]:
    """The first proofs, one for each place."""
    by_place: dict[str, Proof] = {}
    for claim in claims:
        by_place.setdefault(claim.proof.place, claim.proof)
    return tuple(by_place.values())[:MOST_PROOFS]


def _role(entries: Iterable[Entry], catalogue: Catalogue) -> tuple[str, Proof | None]:
    """The start that the latest job title says, else the headline's, else the one that presumes least."""
    index = Index(title_names(catalogue))
    jobs = [e for e in entries if e.section == "work" and e.title]
    jobs.sort(key=_end, reverse=True)
    for entry in jobs:
        for place, name in index.all(scrub(entry.title)):
            title = scrub(entry.title)
            return name.id, Proof(quote(title, place, place + len(name.text)), place_of(entry, titled=False))
    for entry in (e for e in entries if e.section == "summary"):
        for line in entry.lines[:1]:
            for place, name in index.all(scrub(line)):
                return name.id, Proof(quote(scrub(line), place, place + len(name.text)), entry.section)
    starts = [r for r in catalogue.roles.values() if r.start]
    return min(starts, key=lambda r: sum(r.baseline.values())).id, None


def _end(entry: Entry) -> tuple[float, int]:
    """Orders positions by their end, what still goes on last, and those without a period first."""
    if entry.period is None:
        return -1.0, 0
    return (float("inf") if entry.period.last is None else entry.period.last), entry.period.first


def _certifications(
    entries: Iterable[Entry], catalogue: Catalogue, now: Month
) -> tuple[dict[str, Proof], tuple[str, ...]]:
    """Certifications that the section of certificates names, and a note for each that has run out."""
    index = Index(certification_names(catalogue))
    finder = Finder(catalogue)
    found: dict[str, Proof] = {}
    notes: list[str] = []
    for entry in (e for e in entries if e.section == "certificates"):
        for line in (entry.title, *entry.lines):
            text = scrub(line)
            for place, name in index.all(text):
                proof = Proof(quote(text, place, place + len(name.text)), place_of(entry, titled=False))
                if finder.denies(text, place, place + len(name.text)):
                    continue
                if entry.period and entry.period.last is not None and entry.period.last < now:
                    notes.append(f"{catalogue.certifications[name.id].label} has run out, so it does not count as held")
                else:
                    found.setdefault(name.id, proof)
    held = {id_: found[id_] for id_ in catalogue.certifications if id_ in found}
    return held, tuple(dict.fromkeys(notes))
