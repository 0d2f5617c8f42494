"""Every id that one entry mentions of another, and the check that each of them exists."""

from collections.abc import Iterable, Iterator
from typing import Any

from roadmap.loading.finding import Finding
from roadmap.model.catalogue import Catalogue, Condition
from roadmap.model.problem import Path, nearest


def _references(catalogue: Catalogue) -> Iterator[tuple[str, str, Path, object, str, bool]]:
    """Every id that an entry mentions: kind, id, path, the id mentioned, the kind it must belong to, is it a key."""
    for kind in (
        "skills",
        "roles",
        "modules",
        "resources",
        "certifications",
        "specialisations",
        "paths",
        "rules",
        "guides",
        "facts",
        "topics",
        "cues",
        "grades",
    ):
        for id_, entry in getattr(catalogue, kind).items():
            for path, value, wanted, key in mentions(kind, entry):
                yield kind, id_, path, value, wanted, key


def _each(name: str, values: Iterable[Any], kind: str) -> Iterator[tuple[Path, Any, str, bool]]:
    for i, value in enumerate(values):
        yield (name, i), value, kind, False


def _keys(name: str, values: Iterable[Any], kind: str, *before: str | int) -> Iterator[tuple[Path, Any, str, bool]]:
    for value in values:
        yield (*before, name, value), value, kind, True


def _one(name: str, value: Any, kind: str) -> Iterator[tuple[Path, Any, str, bool]]:
    if value is not None:
        yield (name,), value, kind, False


def mentions(kind: str, e: Any) -> Iterator[tuple[Path, Any, str, bool]]:
    """Where an entry of a kind names others: path within it, the name, the kind named, whether the name is a key."""
    yield from _each("sources", getattr(e, "sources", ()), "sources")
    yield from _one("source", getattr(e, "source", None), "sources")
    match kind:
        case "skills":
            yield from _one("stage", e.stage, "stages")
            yield from _said(e, "codes")
            if e.demand:
                yield ("demand", "source"), e.demand.source, "sources", False
        case "roles":
            yield from _said(e, "progression", "salaries", "codes", "pay_drivers", "notes")
            yield from _each("facts", e.facts, "facts")
            yield from _keys("baseline", e.baseline, "skills")
            for level, asked in e.targets.items():
                yield from _keys(level, asked, "skills", "targets")
        case "modules":
            yield from _one("stage", e.stage, "stages")
            yield from _keys("needs", e.needs, "skills")
            yield from _keys("teaches", e.teaches, "skills")
            yield from _each("resources", e.resources, "resources")
            yield from _one("cloud", e.cloud, "clouds")
            yield from _one("domain", e.domain, "specialisations")
            yield from _one("certification", e.certification, "certifications")
            yield ("hours", "source"), e.hours.source, "sources", False
        case "resources":
            yield from _each("skills", e.skills, "skills")
            yield from _one("superseded_by", e.superseded_by, "resources")
        case "certifications":
            yield from _each("replaces", e.replaces, "certifications")
            yield from _each("replaced_by", e.replaced_by, "certifications")
            if e.gates:
                for i, value in enumerate(e.gates.any_of):
                    yield ("gates", "any_of", i), value, "certifications", False
            if e.worth:
                yield ("worth", "source"), e.worth.source, "sources", False
        case "specialisations":
            yield from _each("modules", e.modules, "modules")
            yield from _said(e, "regulations")
            if e.demand:
                yield ("demand", "source"), e.demand.source, "sources", False
        case "paths":
            yield from _one("start", e.start, "roles")
            yield from _one("target", e.target, "roles")
            yield from _keys("essentials", e.essentials, "skills")
            yield from _each("usual_exams", e.usual_exams, "certifications")
            yield from _each("facts", e.facts, "facts")
            for i, phase in enumerate(e.phases):
                yield ("phases", i, "source"), phase.source, "sources", False
                for name, inner in (("modules", "modules"), ("stages", "stages")):
                    for j, value in enumerate(getattr(phase, name)):
                        yield ("phases", i, name, j), value, inner, False
        case "rules":
            yield from _rule_mentions(e)
        case "guides":
            yield from _each("facts", e.facts, "facts")
        case "facts":
            yield from _places("places", e.places)
            if e.check:
                yield ("check", "source"), e.check.source, "sources", False
        case "topics":
            yield from _places("covered_by", e.covered_by)


def _said(entry: Any, *names: str) -> Iterator[tuple[Path, Any, str, bool]]:
    """The sources of the rows of a list."""
    for name in names:
        for i, row in enumerate(getattr(entry, name)):
            yield (name, i, "source"), row.source, "sources", False


def _places(name: str, values: Iterable[str]) -> Iterator[tuple[Path, Any, str, bool]]:
    """Entries named as kind:id."""
    for i, value in enumerate(values):
        kind, _, id_ = value.partition(":")
        known = kind in (
            "skills",
            "roles",
            "modules",
            "resources",
            "certifications",
            "specialisations",
            "paths",
            "guides",
        )
        yield (name, i), id_ if known else value, kind if known else "skills", False


def _rule_mentions(rule: Any) -> Iterator[tuple[Path, Any, str, bool]]:
    yield from _condition_mentions(rule.when, ("when",))
    then = rule.then
    for name in ("add", "leave_out"):
        for i, value in enumerate(getattr(then, name)):
            yield ("then", name, i), value, "modules", False
    for name in ("modules", "over", "early", "late"):
        for i, value in enumerate(getattr(then.prefer, name, ())):
            yield ("then", "prefer", name, i), value, "modules", False
    if then.swap:
        yield ("then", "swap", "module"), then.swap.module, "modules", False
        yield ("then", "swap", "by"), then.swap.by, "modules", False
    for i, value in enumerate(then.resize.modules if then.resize else ()):
        yield ("then", "resize", "modules", i), value, "modules", False


def _condition_mentions(c: Condition, path: Path) -> Iterator[tuple[Path, Any, str, bool]]:
    for name, kind in (
        ("role", "roles"),
        ("target", "roles"),
        ("goal", "goals"),
        ("holds", "certifications"),
    ):
        for i, value in enumerate(getattr(c, name)):
            yield (*path, name, i), value, kind, False
    for name, kind, extra in (("cloud", "clouds", "any"), ("domain", "specialisations", "none")):
        for i, value in enumerate(getattr(c, name)):
            if value != extra:
                yield (*path, name, i), value, kind, False
    for name in ("skill_below", "skill_from"):
        for skill in getattr(c, name):
            yield (*path, name, skill), skill, "skills", True
    for name in ("any_of", "none_of"):
        for i, inner in enumerate(getattr(c, name)):
            yield from _condition_mentions(inner, (*path, name, i))


def unknown_id(catalogue: Catalogue) -> Iterator[Finding]:
    """An entry mentions a skill, module, resource, certification, source or other id that is nowhere defined."""
    for kind, id_, path, value, wanted, key in _references(catalogue):
        known = getattr(catalogue, wanted)
        if value not in known:
            message = f'{id_}: there is no {wanted} entry "{value}"'
            yield Finding(kind, id_, path, message, nearest(value, known), at_key=key, about=str(value), wanted=wanted)
