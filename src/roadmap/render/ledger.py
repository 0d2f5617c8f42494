"""The evidence ledger: the work somebody has done, with what shows it, for a recruiter, a manager or a CV."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from roadmap.model.catalogue import Catalogue, Module
from roadmap.model.journal import Event, Progress
from roadmap.model.times import MONTHS
from roadmap.render.clean import clean, web_address
from roadmap.render.data import json_text
from roadmap.render.markdown import inline, link
from roadmap.render.numbers import LEVEL_NAMES, capital, day, listing
from roadmap.render.wording import Words

# Study and applications are means; what they leave is shown where others can open it.
WORK = frozenset({"build", "publish"})
HIDDEN = frozenset({"search"})
_YOURS = re.compile(r"\s+of your own\b|\b(?:your own|your|yours)\s+")


@dataclass(frozen=True)
class _Proof:
    """A piece of work: what it is, what one can look at, what it shows, and when it was done."""

    title: str
    about: str
    event: Event
    skills: tuple[str, ...]
    started: date | None
    public: bool


def _proofs(now: Progress, catalogue: Catalogue) -> list[_Proof]:
    """Work with something to show, what strangers can try first, then the newest.

    Study counts where an address shows what came of it. Notes, hours, failures and the search are nobody else's
    business.
    """
    words = Words(catalogue)
    out = []
    for id_, event in now.standing.done.items():
        module = catalogue.modules.get(id_)
        if not event.evidence or not _is_work(module, event):
            continue
        taught = event.teaches or (module.teaches if module else {})
        skills = tuple(f"{words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in taught.items() if s in catalogue.skills)
        title = capital(for_others(module.leaves or module.title)) if module else id_
        about = f"{for_others('; '.join(module.evidence))}." if module else ""
        public = bool(module and (module.public or module.kind == "publish"))
        out.append(_Proof(title, about, event, skills, now.standing.started.get(id_), public))
    return sorted(out, key=lambda p: (p.public, p.event.on), reverse=True)


def _is_work(module: Module | None, event: Event) -> bool:
    if module is None or module.kind in WORK:
        return True
    return module.kind not in HIDDEN and bool(web_address(event.evidence))


def for_others(text: str) -> str:
    """Words to a learner, as others read them: "answers from your documents" are answers from documents."""
    return _YOURS.sub("", text)


def unshown(now: Progress, catalogue: Catalogue) -> int:
    """How many finished steps the ledger leaves out: no evidence, study without an address, the search."""
    return len(now.standing.done) - len(_proofs(now, catalogue))


def evidence_markdown(now: Progress, catalogue: Catalogue) -> str:
    """The evidence ledger as a page for a recruiter or a manager: a portfolio, what strangers can try first."""
    name = clean(now.plan.profile.name)
    lines = [f"# Portfolio{': ' + inline(name) if name else ''}", ""]
    lines += [f"As of {day(now.today)}. {Words(catalogue).title(now.plan)}.", ""]
    proofs = _proofs(now, catalogue)
    if not proofs and not now.earned:
        lines += ["Nothing to show yet: `roadmap done STEP --evidence ADDRESS` adds the first line.", ""]
    for head, group in (("Public work", True), ("More work", False)):
        some = [p for p in proofs if p.public is group]
        lines += [f"## {head if proofs[0].public else 'Work'}", ""] if some else []
        for proof in some:
            lines += _shown(proof)
    if now.earned:
        lines += ["## Certifications", ""]
        for one in now.earned:
            until = f", valid until {day(one.expires_on)}" if one.expires_on else ""
            cert = one.certification
            lines.append(f"- {inline(cert.name)} ({inline(cert.issuer)}), {day(one.on)}{until}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _shown(proof: _Proof) -> list[str]:
    """One piece of work: what it is, where to look, what it shows."""
    what = link(proof.event.evidence.removeprefix("https://"), proof.event.evidence)
    lines = [f"### {inline(proof.title)}", ""]
    lines += [inline(proof.about), ""] if proof.about else []
    lines += [f"- Look: {what}"]
    lines += [f"- Shows: {inline(listing(proof.skills))}"] if proof.skills else []
    return [*lines, f"- Done: {MONTHS[proof.event.on.month - 1]} {proof.event.on.year}", ""]


def evidence_resume(now: Progress, catalogue: Catalogue) -> str:
    """The evidence ledger as a JSON Resume: projects, certificates and the skills they show."""
    return json_text(evidence_data(now, catalogue))


def evidence_data(now: Progress, catalogue: Catalogue) -> dict[str, Any]:
    """The same as values."""
    projects = []
    for proof in _proofs(now, catalogue):
        one: dict[str, object] = {"name": proof.title, "description": proof.about}
        if proof.started and proof.started < proof.event.on:
            one["startDate"] = proof.started
        one["endDate"] = proof.event.on
        one["keywords"] = list(proof.skills)
        if address := web_address(proof.event.evidence):
            one["url"] = address
        else:
            one["highlights"] = [clean(proof.event.evidence)]
        projects.append(one)
    certificates = [
        {
            "name": e.certification.name,
            "date": e.on,
            "issuer": e.certification.issuer,
            "url": e.certification.url,
        }
        for e in now.earned
    ]
    return {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {"name": clean(now.plan.profile.name)},
        "projects": projects,
        "certificates": certificates,
        "meta": {"lastModified": now.today},
    }
