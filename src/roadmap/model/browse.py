"""Looking things up in a catalogue: the kinds that can be shown, and the filters that narrow a list of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from roadmap.model.catalogue import (
    Catalogue,
    Certification,
    Module,
    Role,
    Salary,
    Skill,
)

REGIONS = {"us": "US", "india": "India", "uk": "UK", "de_nl": "Germany and the Netherlands"}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see. Ids are ids of the catalogue; `today` decides which exams can be booked."""

    today: str
    role: str | None = None
    level: str | None = None
    region: str | None = None
    cloud: str | None = None
    free: bool = False
    active: bool = False


@dataclass(frozen=True)
class RolePay:
    """What one role earns, for a list of salaries."""

    id: str
    name: str
    salaries: tuple[Salary, ...]


def entries(catalogue: Catalogue, kind: str) -> Mapping[str, Any]:
    """All entries of a kind by id, in the order of the catalogue."""
    if kind == "salaries":
        return {r.id: RolePay(r.id, r.name, r.salaries) for r in catalogue.roles.values() if r.salaries}
    found: Mapping[str, Any] = getattr(catalogue, kind)
    return found


def narrowed(catalogue: Catalogue, kind: str, wish: Wish) -> list[Any]:
    """The entries of a kind that fit every filter of the wish; a filter the kind does not have must not be set."""
    found = list(entries(catalogue, kind).values())
    for name in (n for n in FILTERS.get(kind, ()) if getattr(wish, n)):
        found = [e for e in found if _fits(catalogue, kind, name, e, wish)]
    if kind == "salaries":
        found = [RolePay(e.id, e.name, tuple(s for s in e.salaries if _row(s, wish))) for e in found]
        found = [e for e in found if e.salaries]
    if kind == "skills" and wish.region:
        found.sort(key=lambda s: -(asked_in(s, wish.region or "") or 0))
    return found


def asked_in(skill: Skill, region: str) -> float | None:
    """Percent of AI-first postings of a region that name a skill; None where nobody has counted."""
    key = next((k for k, name in REGIONS.items() if region.casefold() in (k, name.casefold())), None)
    share: float | None = getattr(skill.demand, key, None) if key else None
    return share


def levels_of(role: Role, level: str | None) -> dict[str, int]:
    """The skill levels a role brings, or asks for at a level; at any level when none is given."""
    wanted = dict(role.baseline)
    for name, asked in role.targets.items():
        if level in (None, name):
            for skill, height in asked.items():
                wanted[skill] = max(wanted.get(skill, 0), height)
    return wanted


def taught_by(catalogue: Catalogue, role: Role, level: str | None) -> set[str]:
    """Ids of the modules that lead towards a role, or that the paths from it name."""
    wanted = levels_of(role, level) if role.target else {}
    towards = {m.id for m in catalogue.modules.values() for s in m.teaches if m.needs.get(s, 0) < wanted.get(s, 0)}
    paths = [p for p in catalogue.paths.values() if role.id in (p.start, p.target) and level is None]
    return towards | {m for p in paths for phase in p.phases for m in phase.modules if m in catalogue.modules}


def bookable(cert: Certification, today: str) -> bool:
    """Whether anybody may book this exam on a day: it exists, is open to all and has not ended."""
    alive = cert.status != "retired" and (not cert.retires_on or cert.retires_on >= today)
    return alive and cert.bookable


def _fits(c: Catalogue, kind: str, name: str, e: Any, w: Wish) -> bool:
    """Whether an entry passes one filter. Levels of skills, modules and pay are judged together with the role."""
    match kind, name:
        case "skills", "role":
            return e.id in levels_of(c.roles[w.role or ""], w.level)
        case "skills", "region":
            return asked_in(e, w.region or "") is not None
        case "modules", "role":
            return e.id in taught_by(c, c.roles[w.role or ""], w.level)
        case "resources", "role":
            return any(e.id in c.modules[m].resources for m in taught_by(c, c.roles[w.role or ""], None))
        case "certifications", "role":
            return w.role in e.best_for or _advised(c, e, w.role or "")
        case "salaries", "role":
            return bool(e.id == w.role)
        case "paths", "role":
            return w.role in (e.start, e.target)
        case "routes", "role":
            return w.role in (e.start, e.target)
        case "routes", "level":
            return not e.levels or w.level in e.levels
        case "projects", "role":
            return not e.when.role or w.role in e.when.role
        case "backgrounds", "role":
            return not e.starts or w.role in e.starts
        case "rules", "role":
            return not e.when.role or w.role in e.when.role or w.role in e.when.target
        case "rules", "level" | "cloud":
            asked = getattr(e.when, name)
            return not asked or getattr(w, name) in asked
        case "resources" | "certifications", "level":
            return bool(e.level == w.level)
        case "modules", "cloud" | "free" | "active":
            return _module_fits(c, name, e, w)
        case "resources", "cloud":
            return f"cloud-{w.cloud}" in e.skills
        case "certifications", "cloud":
            return f"cloud-{w.cloud}" in e.best_for
        case "resources", "free":
            return bool(e.cost == "free")
        case "certifications", "free":
            return bool(e.fee_usd == 0)
        case "resources", "active":
            return not e.gone
        case "certifications", "active":
            return bookable(e, w.today)
        case "roles", "region":
            return any(s.region.casefold() == (w.region or "").casefold() for s in e.salaries)
    return True


def _module_fits(c: Catalogue, name: str, m: Module, w: Wish) -> bool:
    exam = c.certifications.get(m.certification or "")
    if name == "cloud":
        return m.cloud == w.cloud or (exam is not None and f"cloud-{w.cloud}" in exam.best_for)
    if name == "active":
        return exam is None or bookable(exam, w.today)
    known = [c.resources[r] for r in m.resources if r in c.resources]
    return not m.cost_usd and (exam is None or exam.fee_usd == 0) and any(r.cost == "free" for r in known)


def _advised(c: Catalogue, cert: Certification, role: str) -> bool:
    """Whether a rule for people who aim at a role puts the preparation for an exam into their plan."""
    modules = {m for r in c.rules.values() if role in r.when.target for m in r.then.add}
    return any(c.modules[m].certification == cert.id for m in modules if m in c.modules)


def _row(row: Salary, w: Wish) -> bool:
    return (not w.level or row.level == w.level) and (not w.region or row.region.casefold() == w.region.casefold())


FILTERS: Mapping[str, tuple[str, ...]] = {
    "roles": ("region",),
    "skills": ("role", "level", "region"),
    "modules": ("role", "level", "cloud", "free", "active"),
    "resources": ("role", "level", "cloud", "free", "active"),
    "certifications": ("role", "level", "cloud", "free", "active"),
    "specialisations": (),
    "salaries": ("role", "level", "region"),
    "paths": ("role",),
    "guides": (),
    "rules": ("role", "level", "cloud"),
    "sources": (),
    "facts": (),
    "topics": (),
    "routes": ("role", "level"),
    "outcomes": (),
    "moves": (),
    "projects": ("role",),
    "backgrounds": ("role",),
}
KINDS = tuple(dict.fromkeys((*FILTERS, *(f.name for f in fields(Catalogue) if str(f.type).startswith("Mapping")))))
"""Every kind of entry; those that have no filter of their own stand in the order of the catalogue."""


def choices(catalogue: Catalogue, kind: str, name: str) -> list[str]:
    """What a filter of a kind may be set to."""
    if name == "role":
        return list(catalogue.roles)
    if name == "cloud":
        return list(catalogue.clouds)
    if name == "level" and kind in ("skills", "modules", "rules", "routes"):
        return ["entry", "mid", "senior"]
    if name == "region" and kind == "skills":
        return list(REGIONS)
    rows = [s for r in catalogue.roles.values() for s in r.salaries]
    if name == "region":
        return list(dict.fromkeys(s.region for s in rows))
    found = rows if kind == "salaries" else entries(catalogue, kind).values()
    return list(dict.fromkeys(e.level for e in found))
