"""The certifications that a resume says are held: by any spelling, neither planned nor run out."""

import re
from collections.abc import Iterable

from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Entry, Month, Proof
from roadmap.reading.cues import Hit, Index, certification_names, cues_of, fold
from roadmap.reading.levels import place_of
from roadmap.reading.names import Finder, phrases, quote
from roadmap.reading.scrub import scrub

FILLERS = ("certified", "certification", "certificate", "exam", "the", "new")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def certifications(
    entries: Iterable[Entry], catalogue: Catalogue, now: Month
) -> tuple[dict[str, Proof], tuple[str, ...]]:
    """Certifications that the section of certificates names, and a note for each that does not count."""
    names = catalogue.once(
        "certificates", None, lambda: Index(certification_names(catalogue), loose=True, fillers=FILLERS)
    )
    finder = Finder(catalogue)
    pending, lapsed = (phrases(cues_of(catalogue).words(does)) for does in ("not-held", "ran-out"))
    found: dict[str, Proof] = {}
    notes: list[str] = []
    for entry in (e for e in entries if e.section == "certificates"):
        whole = fold(" ".join((entry.title, *entry.lines)))
        for line in (entry.title, *entry.lines):
            text = scrub(line)
            hits = _by_code(list(names.all(text)), text, catalogue)
            for i, hit in enumerate(hits):
                behind = fold(text[hit.end : hits[i + 1].start if i + 1 < len(hits) else len(text)])
                said = behind if entry.lines and line != entry.title else whole if len(hits) == 1 else behind
                if finder.denies(text, hit.start, hit.end) or _wished(finder, text, hit.start):
                    continue
                label = catalogue.certifications[hit.name.id].label
                if (lapsed and lapsed.search(said)) or _has_run_out(entry, behind, now):
                    notes.append(f"{label} has run out, so it does not count as held")
                elif pending and pending.search(said):
                    notes.append(f"{label} is not passed yet, so it does not count as held")
                else:
                    proof = Proof(quote(text, hit.start, hit.end), place_of(entry, titled=False))
                    found.setdefault(hit.name.id, proof)
    held = {id_: found[id_] for id_ in catalogue.certifications if id_ in found}
    return held, tuple(dict.fromkeys(notes))


def _by_code(hits: list[Hit], text: str, catalogue: Catalogue) -> list[Hit]:
    """The names on a line without those of what comes before or after a certification that stands there by its code:
    "AWS Certified Developer DVA-C02" is no DVA-C03.
    """
    codes = {fold(c.code): c.id for c in catalogue.certifications.values() if c.code}
    coded = {id_ for h in hits if (id_ := codes.get(fold(text[h.start : h.end]))) == h.name.id and id_}
    kin = {c.id for id_ in coded for c in catalogue.successors(id_)}
    kin |= {h.name.id for h in hits if coded & {c.id for c in catalogue.successors(h.name.id)}}
    return [h for h in hits if h.name.id in coded or h.name.id not in kin]


def _wished(finder: Finder, text: str, start: int) -> bool:
    """Whether the words before a name say that it is still to come: "Working towards CKA", "Planned: AI-103"."""
    pending = phrases(finder.cues.words("not-held"))
    return bool(pending and pending.search(fold(text[:start])))


def _has_run_out(entry: Entry, behind: str, now: Month) -> bool:
    """Whether an entry ended, or the words behind a name say so: "expired 2024", "valid until 2023"."""
    if entry.period and entry.period.last is not None and entry.period.last < now:
        return True
    until = re.search(r"\b(?:valid (?:until|to|through|till)|expire[sd]?(?: on| in)?:?|expiry:?)\s*(.*)", behind)
    years = [int(y) for y in _YEAR.findall(until[1])] if until else []
    return bool(years) and 12 * (years[-1] + 1) <= now
