"""The evidence ledger: what somebody has finished, with what shows it, for a recruiter, a manager or a CV."""

import json
from dataclasses import dataclass
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress
from roadmap.render.clean import clean, web_address
from roadmap.render.living import page
from roadmap.render.markdown import inline, link
from roadmap.render.numbers import LEVEL_NAMES, day, listing
from roadmap.render.wording import Words


@dataclass(frozen=True)
class _Proof:
    title: str
    event: Event
    skills: tuple[str, ...]
    started: date | None


def _proofs(now: Progress, catalogue: Catalogue) -> list[_Proof]:
    """Finished steps with something to show, newest first. Notes, hours and failures are nobody else's business."""
    words = Words(catalogue)
    out = []
    for id_, event in now.standing.done.items():
        if not event.evidence:
            continue
        module = catalogue.modules.get(id_)
        taught = event.teaches or (module.teaches if module else {})
        skills = tuple(f"{words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in taught.items() if s in catalogue.skills)
        out.append(_Proof(module.title if module else id_, event, skills, now.standing.started.get(id_)))
    return sorted(out, key=lambda p: p.event.on, reverse=True)


def evidence_markdown(now: Progress, catalogue: Catalogue) -> str:
    """The evidence ledger as a page for a recruiter or a manager."""
    name = clean(now.plan.profile.name)
    lines = [f"# Work and evidence{': ' + inline(name) if name else ''}", ""]
    lines += [f"As of {day(now.today)}. {Words(catalogue).title(now.plan)}.", ""]
    proofs = _proofs(now, catalogue)
    if not proofs and not now.earned:
        lines += ["Nothing to show yet: `roadmap done STEP --evidence ADDRESS` adds the first line.", ""]
    for proof in proofs:
        what = link(proof.event.evidence.removeprefix("https://"), proof.event.evidence)
        lines += [f"## {inline(proof.title)}", "", f"- Finished: {day(proof.event.on)}", f"- Evidence: {what}"]
        lines += [f"- Shows: {inline(listing(proof.skills))}"] if proof.skills else []
        lines.append("")
    if now.earned:
        lines += ["## Certifications", ""]
        for one in now.earned:
            until = f", valid until {day(one.expires_on)}" if one.expires_on else ""
            cert = one.certification
            lines.append(f"- {inline(cert.name)} ({inline(cert.issuer)}), {day(one.on)}{until}")
        lines.append("")
    return page(lines[:-1] if lines[-1] == "" else lines)


def evidence_resume(now: Progress, catalogue: Catalogue) -> str:
    """The evidence ledger as a JSON Resume: projects, certificates and the skills they show."""
    projects = []
    for proof in _proofs(now, catalogue):
        module = catalogue.modules.get(proof.event.step)
        one: dict[str, object] = {"name": proof.title, "description": module.summary if module else ""}
        if proof.started and proof.started < proof.event.on:
            one["startDate"] = proof.started.isoformat()
        one["endDate"] = proof.event.on.isoformat()
        one["keywords"] = list(proof.skills)
        if address := web_address(proof.event.evidence):
            one["url"] = address
        else:
            one["highlights"] = [clean(proof.event.evidence)]
        projects.append(one)
    certificates = [
        {
            "name": e.certification.name,
            "date": e.on.isoformat(),
            "issuer": e.certification.issuer,
            "url": e.certification.url,
        }
        for e in now.earned
    ]
    resume = {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {"name": clean(now.plan.profile.name)},
        "projects": projects,
        "certificates": certificates,
        "meta": {"lastModified": now.today.isoformat()},
    }
    return json.dumps(resume, ensure_ascii=False, indent=2) + "\n"
