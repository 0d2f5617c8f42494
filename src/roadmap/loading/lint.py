"""Checks of sense and honesty: what is promised is taught, what is gone is not shown, nothing is said twice.

As in `checks`: a function's name with dashes is the id people see, its docstring is the page about it.
"""

import re
from collections.abc import Iterator, Mapping

from roadmap.loading.finding import Check, Finding
from roadmap.model.catalogue import Catalogue

PROVIDING = ("learn", "build", "publish")
SHORTEST_REPEAT = 60
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# Running text only: checks and levels may agree where the work does.
TEXTS = {
    "skills": ("plain",),
    "roles": ("summary",),
    "modules": ("title", "summary", "leaves", "on_project"),
    "resources": ("note",),
    "certifications": ("note",),
    "specialisations": ("summary",),
    "guides": ("summary", "body"),
    "paths": ("months_note",),
    "routes": ("outcome", "way"),
    "outcomes": ("text", "advice"),
    "moves": ("after",),
    "projects": ("brief", "reader"),
    "backgrounds": ("edge", "ask"),
    "costs": ("note",),
    "advice": ("text", "more"),
    "words": ("text",),
}


def untaught_skill(catalogue: Catalogue) -> Iterator[Finding]:
    """A skill counts as taught although no module teaches it, or says that it is not although one does."""
    for skill in catalogue.skills.values():
        able = [m for m in catalogue.teachers.get(skill.id, ()) if m.kind in PROVIDING]
        if skill.taught and not able:
            hint = "add a module, or set taught: false and say why_not"
            yield Finding("skills", skill.id, ("taught",), f"{skill.id}: no module teaches it", hint, about=skill.id)
        if not skill.taught and able:
            message = f"{skill.id}: {able[0].id} teaches it although taught is false"
            yield Finding("skills", skill.id, ("taught",), message, "set taught: true", about=skill.id)


def unneeded_skill(catalogue: Catalogue) -> Iterator[Finding]:
    """A skill that no role asks for, no module needs and no posting names."""
    wanted = {s for r in catalogue.roles.values() for asked in (r.baseline, *r.targets.values()) for s in asked}
    wanted |= {s for m in catalogue.modules.values() for s in m.needs} | set(catalogue.market.weights)
    for skill in catalogue.skills.values():
        if skill.id not in wanted:
            hint = "remove it, or let a role or a module ask for it"
            yield Finding("skills", skill.id, ("id",), f"{skill.id}: nobody needs this skill", hint, about=skill.id)


def unreachable_level(catalogue: Catalogue) -> Iterator[Finding]:
    """A role asks for a level that nobody who starts from nothing can reach, because a module on the way stays shut."""
    reached = reachable(catalogue, {})
    able = [m for m in catalogue.modules.values() if m.kind in PROVIDING]
    for role in catalogue.roles.values():
        said: set[str] = set()
        for name, asked in role.targets.items():
            for skill, level in asked.items():
                if reached.get(skill, 0) < level and skill not in said:
                    said.add(skill)
                    shut = [m.id for m in able if m.teaches.get(skill, 0) >= level]
                    hint = f"cannot be started: {', '.join(shut)}" if shut else "no module teaches that level"
                    message = f"{role.id} {name}: {skill} {level} cannot be reached from nothing"
                    yield Finding("roles", role.id, ("targets", name, skill), message, hint, at_key=True, about=skill)


def reachable(catalogue: Catalogue, held: Mapping[str, int]) -> dict[str, int]:
    """The level of each skill that can be reached by modules alone from the levels somebody holds."""
    reached = dict(held)
    shut = [m for m in catalogue.modules.values() if m.kind in PROVIDING]
    opened = True
    while opened:
        ready = [m for m in shut if all(reached.get(s, 0) >= n for s, n in m.needs.items())]
        begun = {m.id for m in ready}
        shut = [m for m in shut if m.id not in begun]
        for module in ready:
            for skill, level in module.teaches.items():
                reached[skill] = max(reached.get(skill, 0), level)
        opened = bool(ready)
    return reached


def unexplained_omission(catalogue: Catalogue) -> Iterator[Finding]:
    """A skill is not taught, or a topic not covered, without a reason."""
    for skill in catalogue.skills.values():
        if not skill.taught and not skill.why_not:
            yield Finding("skills", skill.id, ("taught",), f"{skill.id}: not taught, and no reason", "add why_not")
    for topic in catalogue.topics.values():
        if not topic.covered_by and not topic.why_not:
            yield Finding("topics", topic.id, ("id",), f"{topic.id}: neither covered nor explained", "add why_not")


def moved_shown_live(catalogue: Catalogue) -> Iterator[Finding]:
    """A resource is marked live although it names a successor or shares its address with one that is gone."""
    gone = {r.url.rstrip("/"): r.id for r in catalogue.resources.values() if r.gone}
    for resource in catalogue.resources.values():
        after = catalogue.resources.get(resource.superseded_by or "")
        if resource.state == "live" and (resource.superseded_by or resource.url.rstrip("/") in gone):
            other = resource.superseded_by or gone[resource.url.rstrip("/")]
            message = f"{resource.id}: marked live, but see {other}"
            yield Finding("resources", resource.id, ("state",), message, "set state: moved or superseded")
        if resource.state == "superseded" and (after is None or after.gone):
            message = f"{resource.id}: superseded by nothing that is live"
            yield Finding("resources", resource.id, ("state",), message, "name the live one in superseded_by")


def circular_successors(catalogue: Catalogue) -> Iterator[Finding]:
    """A certification is, in the end, replaced by itself, so its chain of successors has no end."""
    after = {c.id: c.replaced_by for c in catalogue.certifications.values()}
    for id_, followers in after.items():
        trail, queue = [id_], list(followers)
        while queue:
            one = queue.pop()
            if one == id_:
                message = f"{id_}: its successors lead back to it: {' then '.join([*trail, id_])}"
                yield Finding("certifications", id_, ("replaced_by",), message, "remove one of these links", about=id_)
                break
            if one not in trail:
                trail.append(one)
                queue.extend(after.get(one, ()))


def fact_out_of_place(catalogue: Catalogue) -> Iterator[Finding]:
    """A statement says that it lives in a role, path or guide whose list of facts does not name it, or the reverse."""
    for fact in catalogue.facts.values():
        for i, place in enumerate(fact.places):
            kind, _, id_ = place.partition(":")
            entry = getattr(catalogue, kind, {}).get(id_) if kind in ("roles", "paths", "guides") else None
            if entry and fact.id not in entry.facts:
                message = f"{fact.id}: {place} does not list it"
                yield Finding("facts", fact.id, ("places", i), message, f"add {fact.id} to its facts", about=id_)
    for kind in ("roles", "paths", "guides"):
        for id_, entry in getattr(catalogue, kind).items():
            for i, name in enumerate(entry.facts):
                found = catalogue.facts.get(name)
                if found and f"{kind}:{id_}" not in found.places:
                    message = f"{id_}: {name} does not name this place"
                    yield Finding(kind, id_, ("facts", i), message, f"add {kind}:{id_} to its places", about=name)


def repeated_text(catalogue: Catalogue) -> Iterator[Finding]:
    """The same long sentence stands in two entries; say it once, or say what differs."""
    seen: dict[str, tuple[str, str]] = {}
    for kind, id_, path, text in _texts(catalogue):
        for sentence in _SENTENCE.split(text):
            words = " ".join(sentence.casefold().split())
            if len(words) < SHORTEST_REPEAT:
                continue
            first = seen.setdefault(words, (kind, id_))
            if first != (kind, id_):
                message = f'{id_}: says the same as {first[1]}: "{sentence.strip()[:50]}..."'
                yield Finding(kind, id_, path, message, "say what differs", severity="warning", about=first[1])


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    for kind, names in TEXTS.items():
        for id_, entry in getattr(catalogue, kind).items():
            yield from ((kind, id_, (name,), getattr(entry, name)) for name in names)


def duplicate_title(catalogue: Catalogue) -> Iterator[Finding]:
    """Two roles claim the same job title, so a resume that has it could mean either."""
    seen: dict[str, str] = {}
    for role in catalogue.roles.values():
        for i, title in enumerate(role.titles):
            other = seen.setdefault(title.casefold(), role.id)
            if other != role.id:
                message = f'{role.id}: the title "{title}" belongs to {other} already'
                yield Finding("roles", role.id, ("titles", i), message, "remove one")


def incomplete_cue(catalogue: Catalogue) -> Iterator[Finding]:
    """A cue that heads a section names none, one that states a level names none, or another cue names either."""
    for cue in catalogue.cues.values():
        for key in ("section", "level"):
            if (getattr(cue, key) is None) == (cue.does == key):
                message = f"{cue.id}: {'no ' if cue.does == key else ''}{key} beside does: {cue.does}"
                hint = f"{'add' if cue.does == key else 'remove'} {key}:"
                yield Finding("cues", cue.id, ("does",), message, hint)


CHECKS: tuple[Check, ...] = (
    untaught_skill, unneeded_skill, unreachable_level, unexplained_omission, moved_shown_live, circular_successors,
    fact_out_of_place, repeated_text, duplicate_title, incomplete_cue,
)  # fmt: skip
