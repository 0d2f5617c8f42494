"""From what a resume says to levels of skills, by the catalogue's grades."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue, Grade
from roadmap.model.resume import STATED, Entry, Found, Month, Proof
from roadmap.model.skills import Skill
from roadmap.reading.cues import WORD, fold
from roadmap.reading.dates import years_of
from roadmap.reading.names import Finder, Mention, counted, phrases
from roadmap.reading.scrub import scrub
from roadmap.reading.titles import titles_of

MOST_PROOFS = 3
LEAST = 1
"""The level that work of some days shows."""
LONGEST_PLACE = 60
MOST_STATED_FOR_GROUP = 2
"""What a level that somebody states for a whole group of skills ("Web: expert") says of each skill in it, at most."""


@dataclass(frozen=True)
class _Claim:
    """A skill named in a line of an entry (0: its title), with the words, and the level stated if any.

    `whole`: whether the name stands for all of the skill, as Java does and Kotlin does not. `slight`: whether the line
    or the title above it says that it was the work of some days.
    """

    skill: str
    entry: Entry
    line: int
    proof: Proof
    stated: int | None
    whole: bool
    slight: bool


def levels_in(entries: Sequence[Entry], catalogue: Catalogue, now: Month, *, software: bool) -> dict[str, Found]:
    """The levels that entries prove. `software`: whether the person works with it, so that doubtful names count."""
    finder = Finder(catalogue)
    said = [(entry, *one) for entry in entries for one in _mentions(entry, finder)]
    others = {id(e) for e in entries if _is_other_trade(e, catalogue)}
    groups: dict[int, list[Mention]] = {}
    for entry, _, mention, _ in said:
        # What is said of another trade has to be clear by itself.
        groups.setdefault(id(entry) if id(entry) in others else 0, []).append(mention)
    kept = {id(m) for key, group in groups.items() for m in counted(group, software=software and not key)}
    claims: dict[str, list[_Claim]] = {}
    slight = phrases(finder.cues.words("slight"))
    for entry, line, mention, stated in said:
        if id(mention) in kept:
            proof = Proof(mention.quote, place_of(entry, titled=line > 0))
            whole = _is_whole(mention.name, catalogue.skills[mention.skill])
            told = fold(" ".join((entry.title, entry.lines[line - 1] if line else "")))
            small = slight is not None and slight.search(told) is not None
            claims.setdefault(mention.skill, []).append(_Claim(mention.skill, entry, line, proof, stated, whole, small))
    return {s: _found(claims[s], catalogue.grades.values(), now) for s in catalogue.skills if s in claims}


def _is_whole(name: str, skill: Skill) -> bool:
    """Whether a name has a word of what the skill itself is called."""
    own = set(WORD.findall(fold(f"{skill.id} {skill.name} {skill.short}")))
    return bool(own & set(WORD.findall(fold(name))))


def _is_other_trade(entry: Entry, catalogue: Catalogue) -> bool:
    """Whether a position is one of another trade, in which doubtful names mean something else."""
    verdict = titles_of(catalogue).judge(scrub(entry.title)) if entry.section == "work" and entry.title else None
    return verdict is not None and not verdict.role


def _mentions(entry: Entry, finder: Finder) -> Iterator[tuple[int, Mention, int | None]]:
    """What an entry mentions, with the number of the line (0: its title) and the level that is stated, if any."""
    levels = finder.cues.levels
    group = levels.get(fold(entry.stated))
    named = {m.skill for m in finder.mentions(scrub(entry.title))} if group is not None else set()
    lines = [scrub(x) for x in (entry.title, *entry.lines)]
    degrees = finder.cues.words("degree") if entry.section == "education" else ()
    for i, line in enumerate(lines):
        prefix = levels.get(fold(line.partition(":")[0].strip(" -"))) if entry.section == "skills" else None
        for mention in finder.mentions(line):
            if fold(mention.name) in degrees:
                continue
            stated = levels.get(mention.stated) if mention.stated else prefix
            if stated is None and group is not None:
                # The title is what the level was stated for; the words under it are only what belongs to it.
                stated = group if i == 0 or mention.skill in named else min(group, MOST_STATED_FOR_GROUP)
            yield i, mention, stated
        if i + 1 < len(lines) and i and not lines[i + 1].startswith("- "):
            yield from ((i, m, None) for m in finder.across(line, lines[i + 1]))


def shorten(text: str) -> str:
    """A title short enough to say where something stands."""
    return text if len(text) <= LONGEST_PLACE else text[: LONGEST_PLACE - 1].rstrip(" ,;") + "…"


def place_of(entry: Entry, *, titled: bool = True) -> str:
    """Where something stands: "Backend engineer, Acme, 2021 to 2024"; without its title for what is the title."""
    if entry.section in ("skills", "summary", "other"):
        return entry.section
    said = [scrub(entry.title) if titled else "", scrub(entry.place), years_of(entry.period)]
    return ", ".join(shorten(p) for p in said if p) or entry.section


def _found(claims: Sequence[_Claim], grades: Iterable[Grade], now: Month) -> Found:
    said = [c for c in claims if c.stated is not None]
    own = Found(0, "", ())
    if said:
        level = max(c.stated or 0 for c in said)
        own = Found(level, STATED, _proofs(c for c in said if c.stated == level))
        if any(c.whole for c in said):
            return own
    best = Found(0, "", ())
    for grade in grades:
        counted = [c for c in claims if (grade.level == LEAST if c.slight else c.entry.section in grade.sections)]
        lines = len({(c.proof.place, c.line) for c in counted})
        if grade.level > best.level and lines >= grade.times and _years(counted, now) >= (grade.years or 0):
            best = Found(grade.level, grade.id, _proofs(counted))
    # What is said of a part ("Kotlin: basic") can only raise the whole (Java).
    return own if own.level > best.level else best


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
