"""The second pass: references, lives and sense of a catalogue whose entries all have the right shape.

One function per check. Its name with dashes is the id that people see, its docstring is the page about it.
Every check runs, none hides another, each yields where the trouble is and what to do.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from roadmap.loading import lint, sense
from roadmap.loading.finding import Check, Finding
from roadmap.loading.lint import PROVIDING
from roadmap.loading.references import unknown_id
from roadmap.loading.sourced import SourcedCatalogue, SourcedEntry
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import MORE, MOST_FAULTS, Fault, Path, Problem, Severity, nearest, rest_of
from roadmap.model.profile import ID, KEYS

# What may be retired although something still names it: whoever reads such a name looks whether it is there.
BOOKKEEPING = "fact-out-of-place"
PASSED_OVER = (
    "modules", "resources", "certifications", "specialisations", "paths", "guides", "goals", "facts", "topics",
    "backgrounds", "countries",
)  # fmt: skip
# Kinds that state facts which grow old. Advice may rest on older research: there the date is that of the source.
DATED = (
    "skills", "roles", "modules", "resources", "certifications", "specialisations", "paths", "guides", "routes",
    "outcomes", "moves", "projects", "backgrounds", "costs",
)  # fmt: skip


def check_catalogue(catalogue: Catalogue, draft: SourcedCatalogue) -> list[Problem]:
    """Every finding of every check, placed where it was caused; one for each id that an overlay took away."""
    problems: dict[Problem, None] = {}
    more = 0
    said: set[tuple[str, str]] = set()
    for check in CHECKS:
        name = check.__name__.replace("_", "-")
        for finding in check(catalogue):
            if finding.wanted in PASSED_OVER and (finding.wanted, finding.about) in draft.retired:
                continue
            if name == BOOKKEEPING and _replaced(draft, finding.about):
                continue
            if len(problems) >= MOST_FAULTS and finding.severity != "warning":
                more += 1
                continue
            entry = draft.entries[finding.kind][finding.id]
            cause = None if entry.overlay else _cause(draft, finding)
            if cause and finding.wanted:
                if (finding.wanted, finding.about) in said:
                    continue
                said.add((finding.wanted, finding.about))
            path = cause.path if cause else (*entry.path, *finding.path)
            severity: Severity = "warning" if finding.severity == "warning" else "error"
            fault = Fault(name, path, finding.message, finding.hint, severity, at_key=finding.at_key and not cause)
            problems.setdefault((cause or entry).document.problem(fault))
    if more:
        file = next(iter(problems)).file
        problems.setdefault(Problem(MORE, "error", file, 0, 0, rest_of(more), "mend these first"))
    return list(problems)


def _replaced(draft: SourcedCatalogue, id_: str) -> bool:
    """Whether an overlay has an entry of its own under an id: then our list of facts says nothing of it."""
    places = (draft.entries.get(kind, {}).get(id_) for kind in ("roles", "paths", "guides"))
    return any(place is not None and place.overlay for place in places)


def _cause(draft: SourcedCatalogue, finding: Finding) -> SourcedEntry | None:
    """The line of an overlay that brought a fault into an entry which was fine without it.

    It retired or replaced something that the finding turns on, or added something that does.
    """
    words = {finding.about, finding.id, *map(str, finding.path)} - {""}
    for entry in (*draft.gone, *(e for found in draft.entries.values() for e in found.values() if e.overlay)):
        if entry.value.id in words or words & set(getattr(entry.value, "teaches", ())):
            return entry
    return draft.gone[0] if draft.gone else None


def hours_out_of_order(catalogue: Catalogue) -> Iterator[Finding]:
    """Hours must satisfy low <= likely <= high."""
    for module in catalogue.modules.values():
        h = module.hours
        if not h.low <= h.likely <= h.high:
            message = f"{module.id}: hours are not low <= likely <= high: {h.low:g}, {h.likely:g}, {h.high:g}"
            yield Finding("modules", module.id, ("hours",), message, "order the three numbers")


def teaches_below_need(catalogue: Catalogue) -> Iterator[Finding]:
    """A module teaches a skill at or below the level it needs of it, so it teaches nothing of that skill."""
    for module in catalogue.modules.values():
        for skill, level in module.teaches.items():
            if module.needs.get(skill, 0) >= level:
                message = f"{module.id}: needs {skill} {module.needs[skill]} and teaches it to {level}"
                hint = "raise what it teaches or lower what it needs"
                yield Finding("modules", module.id, ("teaches", skill), message, hint, at_key=True)


def nobody_teaches(catalogue: Catalogue) -> Iterator[Finding]:
    """A module needs, or a role asks for, a skill level that no module reaches."""
    best = {
        s: max((m.teaches[s] for m in found if m.kind in PROVIDING), default=0)
        for s, found in catalogue.teachers.items()
    }
    for module in catalogue.modules.values():
        for skill, level in module.needs.items():
            if best.get(skill, 0) < level and skill in catalogue.skills:
                message = f"{module.id}: no module teaches {skill} to level {level}"
                hint = f"the highest is {best.get(skill, 0)}"
                yield Finding("modules", module.id, ("needs", skill), message, hint, at_key=True)
    for role in catalogue.roles.values():
        for name, asked in role.targets.items():
            for skill, level in asked.items():
                if best.get(skill, 0) < level and skill in catalogue.skills:
                    message = f"{role.id} {name}: no module teaches {skill} to level {level}"
                    hint = f"the highest is {best.get(skill, 0)}"
                    yield Finding("roles", role.id, ("targets", name, skill), message, hint, at_key=True)


def nobody_needs(catalogue: Catalogue) -> Iterator[Finding]:
    """A module teaches only what no role asks for and no module needs, and no route, move, field or rule takes it."""
    asked: dict[str, int] = {}
    levels = [a for r in catalogue.roles.values() for a in r.targets.values()] + [
        m.needs for m in catalogue.modules.values()
    ]
    for one in levels:
        for skill, level in one.items():
            asked[skill] = max(asked.get(skill, 0), level)
    wanted = _taken(catalogue)
    for module in catalogue.modules.values():
        if module.id in wanted or module.kind not in PROVIDING:
            continue
        if not any(
            level <= asked.get(s, 0) or asked.get(s, 0) > module.needs.get(s, 0) for s, level in module.teaches.items()
        ):
            message = f"{module.id}: teaches only what nobody asks for"
            hint = "remove it, or let a role, route, rule or specialisation ask for it"
            yield Finding("modules", module.id, ("teaches",), message, hint)


def _taken(catalogue: Catalogue) -> set[str]:
    """Modules that plans take for their own sake, whatever they teach."""
    wanted = {i for route in catalogue.routes.values() for i in (*route.core, *route.focus)}
    wanted |= {i for r in catalogue.rules.values() for i in r.then.add}
    wanted |= {i for s in catalogue.specialisations.values() for i in s.modules}
    wanted |= {i for o in catalogue.outcomes.values() for i in o.modules}
    wanted |= {i for m in catalogue.moves.values() for i in m.modules}
    return wanted | {i for _, _, focus in sense.focused(catalogue) for i in focus.phase.modules}


def circular_needs(catalogue: Catalogue) -> Iterator[Finding]:
    """Modules that need each other in a circle can never be started. The circle is printed as a path."""
    graph = _needing(catalogue)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = [str(x) for x in error.args[1][::-1] if isinstance(x, str)]
        circle += circle[:1] if circle[0] != circle[-1] else []
        for i, id_ in enumerate(circle[:-1]):
            path = " needs ".join([*circle[i:-1], *circle[: i + 1]])
            hint = "lower one of these needs, or teach it elsewhere"
            yield Finding("modules", id_, ("needs",), f"circle of needs: {path}", hint)


def _needing(catalogue: Catalogue) -> dict[object, set[object]]:
    """Modules to what they need, and each need to the modules that meet it: a large catalogue takes no longer.

    A module that could meet its own need looks to the others: to one that has the same need if there is one, since two
    of them make a circle.
    """
    graph: dict[object, set[object]] = {id_: set() for id_ in catalogue.modules}
    met: dict[tuple[str, int], list[str]] = {}
    selfish: dict[tuple[str, int], dict[str, None]] = {}
    for module in catalogue.modules.values():
        for need in module.needs.items():
            if need not in met:
                met[need] = _lowest(catalogue, *need)
                having = [m for m in met[need] if catalogue.modules[m].needs.get(need[0]) == need[1]]
                selfish[need], graph[need] = dict.fromkeys(having), set(met[need])
            if module.id not in selfish[need]:
                graph[module.id].add(need)
                continue
            other = next((m for m in selfish[need] if m != module.id), None)
            rest = [other] if other else [m for m in met[need] if m != module.id]
            graph[module.id].update(rest or _lowest(catalogue, *need, but=module.id))
    return graph


def _lowest(catalogue: Catalogue, skill: str, level: int, but: str = "") -> list[str]:
    """Modules that teach a skill to a level or, where none does, to the next higher one."""
    able = [
        t
        for t in catalogue.teachers.get(skill, ())
        if t.teaches[skill] >= level and t.kind in PROVIDING and t.id != but
    ]
    lowest = min((t.teaches[skill] for t in able), default=0)
    return [t.id for t in able if t.teaches[skill] == lowest]


def skipped_level(catalogue: Catalogue) -> Iterator[Finding]:
    """A module teaches a skill above level 2 although a lower level has its own module which this one does not need."""
    levels: dict[str, set[int]] = {}
    for module in catalogue.modules.values():
        for skill, level in module.teaches.items() if module.kind in PROVIDING else ():
            levels.setdefault(skill, set()).add(level)
    for module in catalogue.modules.values():
        if module.kind not in PROVIDING:
            continue
        for skill, level in module.teaches.items():
            lower = max((n for n in levels.get(skill, ()) if 1 < n < level), default=0)
            if module.needs.get(skill, 0) < lower:
                yield Finding(
                    "modules",
                    module.id,
                    ("teaches", skill),
                    f"{module.id}: teaches {skill} to {level} without needing {lower}, which another module teaches",
                    f"add {skill}: {lower} to needs",
                    at_key=True,
                )


def no_free_resource(catalogue: Catalogue) -> Iterator[Finding]:
    """Every learn and build module has at least two live resources, one of them free."""
    for module in catalogue.modules.values():
        live = [r for r in (catalogue.resources.get(x) for x in module.resources) if r and not r.gone]
        if module.kind in ("learn", "build") and len(live) < 2:
            yield Finding(
                "modules", module.id, ("resources",), f"{module.id}: fewer than two live resources", "add one"
            )
        if live and not any(r.cost == "free" for r in live):
            yield Finding("modules", module.id, ("resources",), f"{module.id}: no free resource", "add a free one")


def dead_resource(catalogue: Catalogue) -> Iterator[Finding]:
    """A module recommends a resource that is closed or superseded, or opens one in a task."""
    for module in catalogue.modules.values():
        opened: list[tuple[Path, str | None]] = [(("resources", i), id_) for i, id_ in enumerate(module.resources)]
        opened += [(("tasks", i, "resource"), task.resource) for i, task in enumerate(module.tasks)]
        for path, id_ in opened:
            resource = catalogue.resources.get(id_ or "")
            if resource and resource.gone:
                message = f"{module.id}: {id_} is {resource.state}"
                hint = f"use {resource.superseded_by}" if resource.superseded_by else "choose a live one"
                yield Finding("modules", module.id, path, message, hint)


def retired_shown_live(catalogue: Catalogue) -> Iterator[Finding]:
    """A certification whose last day has passed is still marked as open, or a module prepares for a retired one."""
    for cert in catalogue.certifications.values():
        if cert.retires_on and cert.retires_on < catalogue.as_of and cert.status != "retired":
            message = f"{cert.id}: ended {cert.retires_on} but is marked {cert.status}"
            yield Finding("certifications", cert.id, ("status",), message, "set status: retired")
    for module in catalogue.modules.values():
        prepared = catalogue.certifications.get(module.certification or "")
        if prepared and prepared.status == "retired":
            message = f"{module.id}: prepares for {prepared.label}, which has ended"
            yield Finding("modules", module.id, ("certification",), message)


def duplicate_alias(catalogue: Catalogue) -> Iterator[Finding]:
    """Two skills claim the same alias or name, so a posting that uses it could mean either."""
    seen: dict[str, str] = {}
    for skill in catalogue.skills.values():
        called: list[tuple[Path, str]] = [(("name",), skill.name)]
        for key in ("aliases", "exact", "listed"):
            called += [((key, i), word) for i, word in enumerate(getattr(skill, key))]
        for path, word in called:
            other = seen.setdefault(word.casefold(), skill.id)
            if other != skill.id:
                message = f'{skill.id}: "{word}" belongs to {other} already'
                yield Finding("skills", skill.id, path, message, "remove one")


def unknown_profile_key(catalogue: Catalogue) -> Iterator[Finding]:
    """A question sets, or a cue of columns names, something that is not a key of the profile."""
    named = [("questions", q.id, "sets", q.sets) for q in catalogue.questions.values()]
    named += [("cues", c.id, "key", c.key or "") for c in catalogue.cues.values() if c.does == "column" and c.key != ID]
    for kind, id_, where, key in named:
        if key not in KEYS:
            yield Finding(kind, id_, (where,), f'{id_}: "{key}" is not a profile key', nearest(key, KEYS))


def old_fact(catalogue: Catalogue) -> Iterator[Finding]:
    """An entry that states facts was last checked more than a year before the catalogue's date."""
    limit = str(int(catalogue.as_of[:4]) - 1) + catalogue.as_of[4:]
    for kind in DATED:
        for id_, entry in getattr(catalogue, kind).items():
            key = "checked" if hasattr(entry, "checked") else "as_of"
            checked = getattr(entry, key)
            if checked and checked < limit:
                yield Finding(kind, id_, (key,), f"{id_}: last checked {checked}", "check it again", severity="warning")


CHECKS: tuple[Check, ...] = (
    unknown_id,
    hours_out_of_order,
    teaches_below_need,
    nobody_teaches,
    nobody_needs,
    circular_needs,
    skipped_level,
    no_free_resource,
    dead_resource,
    retired_shown_live,
    duplicate_alias,
    unknown_profile_key,
    old_fact,
    *lint.CHECKS,
    *sense.CHECKS,
)
