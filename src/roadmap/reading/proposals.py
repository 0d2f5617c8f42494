"""From what a resume says to proposals: levels, the starting role, the background, certifications held."""

from collections.abc import Iterator, Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.recognise import background_of
from roadmap.model.resume import Entry, Imported, Month, Proof, Resume
from roadmap.reading.certificates import certifications
from roadmap.reading.dates import month_of
from roadmap.reading.levels import levels_in, place_of
from roadmap.reading.names import Finder, quote
from roadmap.reading.scrub import scrub
from roadmap.reading.titles import Titles, Verdict, titles_of

FRESH_MONTHS = 36
"""An older position speaks for a role only if it ended less than three years ago."""
KEPT_MONTHS = 120
"""An occupation that ended longer ago than ten years is no longer what somebody brings."""
MOST_OCCUPATIONS = 2
HEADLINES = 4
LONGEST_HEADLINE = 90


def proposals(resume: Resume, catalogue: Catalogue, today: date) -> Imported:
    """What a resume proves, as proposals. Pure: the same resume, catalogue and day give the same."""
    now = month_of(today)
    role, why = _Roles(resume.entries, catalogue, now).role()
    software = bool(role and why and role != titles_of(catalogue).least)
    skills = levels_in(resume.entries, catalogue, now, software=software)
    holds, lost = certifications(resume.entries, catalogue, now)
    return Imported(
        kind=resume.kind,
        name=scrub(resume.name),
        role=role,
        role_proof=why,
        skills=skills,
        holds=holds,
        notes=(*resume.notes, *lost),
        background=_background(resume.entries, catalogue, now, role),
    )


class _Roles:
    """Finds the starting role: by the newest position, the headline, a position that ended not long ago."""

    def __init__(self, entries: Sequence[Entry], catalogue: Catalogue, now: Month) -> None:
        self._titles: Titles = titles_of(catalogue)
        self._catalogue = catalogue
        self._jobs = newest(entries)
        self._summaries = [e for e in entries if e.section == "summary"]
        self._finder = Finder(catalogue)
        self._now = now

    def role(self) -> tuple[str, Proof | None]:
        """The role with the title that says it; the one that presumes least, without a proof, where none does."""
        judged = [(e, self._titles.judge(scrub(e.title))) for e in self._jobs]
        first = judged[0] if judged else None
        if first and first[1] and first[1].role:
            return first[1].role, _proof(*first)
        found = self._headline()
        if found:
            return found
        for entry, verdict in judged[1:]:
            if verdict and verdict.role and not verdict.learner and self._is_fresh(entry):
                return verdict.role, _proof(entry, verdict)
        for entry, verdict in judged:
            if verdict and verdict.learner and self._is_fresh(entry):
                return verdict.role, _proof(entry, verdict)
        if first and first[1] and first[1].background:
            starts = self._catalogue.backgrounds[first[1].background].starts
            return (starts[0] if starts else self._titles.least), _proof(*first)
        return self._titles.least, None

    def _headline(self) -> tuple[str, Proof] | None:
        """The role that the lines under the name speak of, or a sentence of the summary."""
        lines = [(scrub(x), x.startswith("- ")) for e in self._summaries for x in e.lines[: 2 * HEADLINES]]
        for line, item in lines[:HEADLINES]:
            verdict = self._titles.judge(line) if len(line) <= LONGEST_HEADLINE and not item else None
            if verdict and verdict.role and not self._finder.denies(line, verdict.end, verdict.end):
                return verdict.role, Proof(quote(line, verdict.start, verdict.end), "summary")
        for line, _ in lines:
            for hit in self._titles.named_in(line):
                if not self._finder.denies(line, hit.start, hit.end):
                    return hit.name.id, Proof(quote(line, hit.start, hit.end), "summary")
        return None

    def _is_fresh(self, entry: Entry) -> bool:
        last = None if entry.period is None else entry.period.last
        return last is None or self._now - last <= FRESH_MONTHS


def newest(entries: Sequence[Entry]) -> list[Entry]:
    """The positions, what still goes on or ended last first; those without a period behind all others."""
    return sorted((e for e in entries if e.section == "work" and e.title), key=_end, reverse=True)


def _end(entry: Entry) -> tuple[float, int]:
    if entry.period is None:
        return -1.0, 0
    return (float("inf") if entry.period.last is None else entry.period.last), entry.period.first


def _proof(entry: Entry, verdict: Verdict | None) -> Proof:
    title = scrub(entry.title)
    start, end = (verdict.start, verdict.end) if verdict else (0, len(title))
    return Proof(quote(title, start, end), place_of(entry, titled=False))


def _background(entries: Sequence[Entry], catalogue: Catalogue, now: Month, role: str) -> dict[str, Proof]:
    """The kind of engineer of the newest position that names one for the role, and up to two other occupations."""
    found: dict[str, Proof] = {}
    for id_, proof in _backgrounds(entries, catalogue, now):
        known = catalogue.backgrounds[id_]
        same = [x for x in found if catalogue.backgrounds[x].kind == known.kind]
        engineer = known.kind == "engineer"
        if id_ in found or len(same) >= (1 if engineer else MOST_OCCUPATIONS):
            continue
        if not engineer or not known.starts or role in known.starts:
            found[id_] = proof
    return found


def _backgrounds(entries: Sequence[Entry], catalogue: Catalogue, now: Month) -> Iterator[tuple[str, Proof]]:
    titles = titles_of(catalogue)
    for entry in newest(entries):
        title = scrub(entry.title)
        verdict = titles.judge(title)
        if verdict is None or (verdict.learner and not verdict.background):
            continue
        last = None if entry.period is None else entry.period.last
        if verdict.background and (last is None or now - last <= KEPT_MONTHS):
            yield verdict.background, _proof(entry, verdict)
    for entry in (e for e in entries if e.section == "summary"):
        for line in (scrub(x) for x in entry.lines[:HEADLINES]):
            verdict = titles.judge(line) if len(line) <= LONGEST_HEADLINE else None
            if verdict and verdict.background and background_of(line, catalogue):
                yield verdict.background, Proof(quote(line, verdict.start, verdict.end), "summary")
