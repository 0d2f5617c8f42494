"""Checks of advice: what a route promises can be reached, what is named is placed, what is to be measured has figures.

As in `checks`: a function's name with dashes is the id people see, its docstring is the page about it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from roadmap.loading.finding import Check, Finding
from roadmap.loading.lint import reachable
from roadmap.model.advice import Focus, RoutePhase
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Path

LEAST_FIGURES = 3
OPENING = 2  # modules of a route that somebody can begin with
EXAM_KEYS = ("guide_url", "passing_score", "retake", "renewal")
_FIGURE = re.compile(r"\d")


def route_out_of_reach(catalogue: Catalogue) -> Iterator[Finding]:
    """A route's core holds a module that somebody from its start can never begin, because no module opens it."""
    known: dict[str, Mapping[str, int]] = {}
    for route in catalogue.routes.values():
        start = catalogue.roles.get(route.start)
        if start is None:
            continue
        if route.start not in known:
            known[route.start] = reachable(catalogue, start.baseline)
        for i, id_ in enumerate(route.core):
            module = catalogue.modules.get(id_)
            for skill, level in module.needs.items() if module else ():
                if known[route.start].get(skill, 0) < level:
                    message = f"{route.id}: {id_} needs {skill} {level}, which nobody reaches from {route.start}"
                    hint = "let a module teach it, or leave this one out of the core"
                    yield Finding("routes", route.id, ("core", i), message, hint, about=id_)


def module_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """A route, an outcome, a move or a focus names a module twice, so nobody can say where it belongs."""
    for kind, id_, phases in _phased(catalogue):
        seen: set[str] = set()
        for path, names in phases:
            for i, name in enumerate(names):
                if name in seen:
                    message = f"{id_}: {name} is named twice"
                    yield Finding(kind, id_, (*path, i), message, "keep one of them", about=name)
                seen.add(name)


def _phased(catalogue: Catalogue) -> Iterator[tuple[str, str, list[tuple[Path, tuple[str, ...]]]]]:
    for route in catalogue.routes.values():
        yield "routes", route.id, _in_phases(route.phases)
        yield "routes", route.id, [(("core",), route.core), (("focus",), route.focus)]
    for outcome in catalogue.outcomes.values():
        yield "outcomes", outcome.id, _in_phases(outcome.phases)
        yield "outcomes", outcome.id, [(("modules",), outcome.modules)]
    for move in catalogue.moves.values():
        yield "moves", move.id, [(("modules",), move.modules)]
    for kind, id_, focus in focused(catalogue):
        yield kind, id_, [(("focus", "phase", "modules"), focus.phase.modules)]


def _in_phases(phases: Iterable[RoutePhase]) -> list[tuple[Path, tuple[str, ...]]]:
    return [(("phases", i, "modules"), phase.modules) for i, phase in enumerate(phases)]


def focused(catalogue: Catalogue) -> Iterator[tuple[str, str, Focus]]:
    """What goals and fields add to every route, each with the kind and id of its entry."""
    for goal in catalogue.goals.values():
        if goal.focus:
            yield "goals", goal.id, goal.focus
    for one in catalogue.specialisations.values():
        if one.focus:
            yield "specialisations", one.id, one.focus


def counted_without_place(catalogue: Catalogue) -> Iterator[Finding]:
    """A route, an outcome or a focus counts on a module that none of its own phases holds."""
    for kind, id_, path, names, held in _counted(catalogue):
        for i, name in enumerate(names):
            if name not in held:
                message = f"{id_}: {name} is in none of its phases"
                yield Finding(kind, id_, (*path, i), message, f"add {name} to one of them", about=name)


def _counted(catalogue: Catalogue) -> Iterator[tuple[str, str, Path, tuple[str, ...], set[str]]]:
    for route in catalogue.routes.values():
        held = {name for phase in route.phases for name in phase.modules}
        for key in ("core", "focus", "act_after"):
            yield "routes", route.id, (key,), getattr(route, key), held
    for outcome in catalogue.outcomes.values():
        yield "outcomes", outcome.id, ("least",), outcome.least, set(outcome.modules)
    for kind, id_, focus in focused(catalogue):
        yield kind, id_, ("focus", "core"), focus.core, set(focus.phase.modules)


def part_without_resource(catalogue: Catalogue) -> Iterator[Finding]:
    """A module says which part it uses of a resource that is none of its own, or the part takes longer than it does."""
    for module in catalogue.modules.values():
        for id_, part in module.parts.items():
            path = ("parts", id_)
            if id_ not in module.resources:
                message = f"{module.id}: {id_} is none of its resources"
                yield Finding("modules", module.id, path, message, "add it to resources", at_key=True, about=id_)
            if part.hours > module.hours.low:
                message = f"{module.id}: {part.hours:g} hours of {id_} in a module of {module.hours.low:g} at least"
                yield Finding("modules", module.id, (*path, "hours"), message, "name a smaller part", about=id_)


def vague_project(catalogue: Catalogue) -> Iterator[Finding]:
    """A project has fewer than three targets with a figure, in full or in its small form."""
    for project in catalogue.projects.values():
        for path, targets in ((("targets",), project.targets), (("small", "targets"), project.small.targets)):
            if sum(bool(_FIGURE.search(t)) for t in targets) < LEAST_FIGURES:
                message = f"{project.id}: fewer than {LEAST_FIGURES} targets with a figure"
                yield Finding("projects", project.id, path, message, "say how many, how fast, at what cost")


def uneven_rhythm(catalogue: Catalogue) -> Iterator[Finding]:
    """The shares of a week do not add up to 100 percent."""
    for rhythm in catalogue.rhythms.values():
        whole = sum(s.share for s in rhythm.sessions)
        if whole != 100:
            message = f"{rhythm.id}: its shares add up to {whole}"
            yield Finding("rhythms", rhythm.id, ("sessions",), message, "let them add up to 100")


def duplicate_line(catalogue: Catalogue) -> Iterator[Finding]:
    """A line of a field has an id that another field's line, or one of the general advice, has already."""
    seen = dict.fromkeys(catalogue.advice, "the general advice")
    for one in catalogue.specialisations.values():
        for i, said in enumerate(one.now):
            if said.id in seen:
                message = f'{one.id}: "{said.id}" belongs to {seen[said.id]} already'
                yield Finding("specialisations", one.id, ("now", i, "id"), message, "choose another id", about=said.id)
            seen[said.id] = one.id


def no_first_task(catalogue: Catalogue) -> Iterator[Finding]:
    """A module with which a route or a smaller outcome begins does not say what to do in the first sitting."""
    begins = {m for r in catalogue.routes.values() for m in r.phases[0].modules[:OPENING]}
    begins |= {o.modules[0] for o in catalogue.outcomes.values()}
    for module in catalogue.modules.values():
        if module.id in begins and not module.tasks:
            message = f"{module.id}: somebody begins with it, and it has no tasks"
            yield Finding("modules", module.id, ("id",), message, "add tasks")


def exam_half_described(catalogue: Catalogue) -> Iterator[Finding]:
    """An exam that a rule puts into plans lacks its guide, what passes, when it may be sat again, or its renewal."""
    modules = [catalogue.modules.get(id_) for rule in catalogue.rules.values() for id_ in rule.then.add]
    for name in Counter(m.certification for m in modules if m and m.certification):
        exam = catalogue.certifications.get(name)
        missing = [key for key in EXAM_KEYS if exam and not getattr(exam, key)]
        if missing:
            message = f"{name}: a rule offers it without {', '.join(missing)}"
            yield Finding("certifications", name, ("id",), message, f"add {missing[0]}")


def broken_slot(catalogue: Catalogue) -> Iterator[Finding]:
    """The braces of a sentence cannot be read, so nothing can be put into it."""
    for words in catalogue.words.values():
        if not all(slot.isidentifier() for slot in _slots(words.text)):
            hint = "write a name between two braces, and double braces that are meant as such"
            yield Finding("words", words.id, ("text",), f"{words.id}: its braces cannot be read", hint)


def unknown_cost_slot(catalogue: Catalogue) -> Iterator[Finding]:
    """A text of a cost asks for what the bill does not know, such as the days of a trial that has none."""
    for cost in catalogue.costs.values():
        known = {"most", "opens", "until"} if cost.trial_days else {"most"}
        for key in ("note", "free_way"):
            if unknown := [slot for slot in _slots(getattr(cost, key)) if slot not in known]:
                message = f'{cost.id}: its {key} asks for "{unknown[0]}"'
                hint = f"one of: {', '.join(sorted(known))}" + ("" if cost.trial_days else "; a trial needs trial_days")
                yield Finding("costs", cost.id, (key,), message, hint)


def _slots(text: str) -> list[str]:
    """The names in the braces of a text; an empty one where they cannot be read."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return [""]


CHECKS: tuple[Check, ...] = (
    route_out_of_reach, module_twice, counted_without_place, part_without_resource, vague_project, uneven_rhythm,
    duplicate_line, no_first_task, exam_half_described, broken_slot, unknown_cost_slot,
)  # fmt: skip
