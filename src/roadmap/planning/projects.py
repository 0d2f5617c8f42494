"""Which projects a person builds: from the catalogue's library, by field, background, goal and start.

A project fits the better the more that is particular to the person it asks for. It grows through the steps of the
plan; a step that the project says nothing about adds what its module adds to any project.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmap.model.advice import Project
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition, for_role, holds
from roadmap.model.plan import Step
from roadmap.model.profile import Profile

SMALL_HOURS = 140
TWO_PROJECTS_HOURS = 240
OWN_HOURS = 60
FIT = {
    "domain": 130,
    "background": 100,
    "goal": 40,
    "role": 10,
    "hours_below": 10,
    "skill_from": 5,
    "level": 5,
    "cloud": 5,
    "country": 5,
}
LEAST_GROWTH = 3
STATED = 60
BEGINNER = "entry"
EARLIER = 0.4
GROWS_BY = frozenset({"learn", "build", "publish"})


@dataclass(frozen=True)
class Chosen:
    """A project of a plan: in its small form or not, and the steps through which it grows with what each adds."""

    project: Project
    small: bool
    grows: Mapping[str, str]


def projects_for(
    catalogue: Catalogue, profile: Profile, steps: Sequence[Step], *, smaller: bool = False
) -> tuple[Chosen, ...]:
    """The one or two projects of a plan, the one that fits best first; none only where the catalogue has none.

    Few hours, or an end `smaller` than the one wished for, have them in their small form; such an end has a project
    that speaks of half of its steps, if there is one.
    """
    hours = sum(s.hours for s in steps)
    small = smaller or hours < SMALL_HOURS
    role = profile.role
    known = catalogue.once("projects of a role", role, lambda: for_role(catalogue.projects.values(), role))
    able = [p for p in known if holds(p.when, profile)]
    inside = {s.id for s in steps}
    ranked = sorted(able, key=lambda p: (-_score(p, inside, profile, small=small), p.id))
    ranked = [p for p in ranked if p.grows.keys() & inside] or ranked
    if smaller:
        ranked = [p for p in ranked if 2 * len(p.grows.keys() & inside) >= len(inside)] or ranked
    if not ranked:
        return ()
    pair = [ranked[0]]
    if hours >= TWO_PROJECTS_HOURS:
        pair += _another(ranked[0], ranked[1:], steps) or _companion(profile, ranked[1:], inside)
    grown = [_grown(p, pair, steps, small=small) for p in pair]
    if not all(one.grows for one in grown):
        grown = [_grown(pair[0], pair[:1], steps, small=small)]
    return tuple(grown)


def _another(main: Project, rest: Sequence[Project], steps: Sequence[Step]) -> list[Project]:
    """A project of its own for a long step that the main one does not name."""
    own = {s.id for s in steps if s.hours >= OWN_HOURS} - main.grows.keys()
    able = [p for p in rest if p.size == "second" and own & p.grows.keys()]
    return sorted(able, key=lambda p: (-_particular(p.when), p.id))[:1]


def _companion(profile: Profile, rest: Sequence[Project], inside: set[str]) -> list[Project]:
    """The second project of a long plan: beginners make a first small thing, others one that goes beyond the main."""
    wanted = "first" if profile.level == BEGINNER else "second"
    stated = profile.skills.keys()
    able = [
        p
        for p in rest
        if (p.size == wanted or p.when.skill_from.keys() & stated) and len(p.grows.keys() & inside) >= LEAST_GROWTH
    ]

    def rank(project: Project) -> tuple[bool, int, int, str]:
        own = bool(project.when.skill_from.keys() & stated)
        return not own, -_particular(project.when), -len(project.grows.keys() & inside), project.id

    return sorted(able, key=rank)[:1]


def _score(project: Project, inside: set[str], profile: Profile, *, small: bool) -> float:
    fits = _particular(project.when) + STATED * bool(project.when.skill_from.keys() & profile.skills.keys())
    size = {"first": 40 if small else -60, "main": 0 if small else 20, "second": -20}[project.size]
    share = len(project.grows.keys() & inside) / max(1, len(inside))
    return fits + size + 40 * share


def _particular(when: Condition) -> int:
    """How much that is particular to a person a condition asks for; one that many backgrounds share asks for less."""
    return sum([FIT.get(key, 0) for key in when.given]) - min(8, len(when.background) // 2)


def _grown(project: Project, pair: Sequence[Project], steps: Sequence[Step], *, small: bool) -> Chosen:
    """What each step adds to a project. Of two, each has the steps that it names; the main one has the rest.

    A first small thing has the steps it names in the earlier part of the plan, another second one those it names at
    all that the main one does not.
    """
    if len(pair) == 1:
        return Chosen(project, small, _adds(project, steps, rest=True))
    main, other = pair
    earlier = {s.id for s in _earlier(steps)}
    first = other.size == "first"
    theirs = {id_ for id_ in other.grows if (id_ in earlier if first else id_ not in main.grows)}
    own = [s for s in steps if (s.id in theirs) == (project is other)]
    return Chosen(project, small, _adds(project, own, rest=project is main))


def _earlier(steps: Sequence[Step]) -> list[Step]:
    """The steps with which the first part of the hours is spent."""
    whole, run, out = sum(s.hours for s in steps), 0.0, list[Step]()
    for step in steps:
        run += step.hours
        if run > EARLIER * whole:
            break
        out.append(step)
    return out


def _adds(project: Project, steps: Sequence[Step], *, rest: bool) -> dict[str, str]:
    """By step what it adds: in the project's words, else, for the `rest`, what the module adds to any project."""
    out = {}
    for step in steps:
        said = project.grows.get(step.id, "")
        if not said and rest and step.module.kind in GROWS_BY:
            said = step.module.on_project
        if said:
            out[step.id] = said
    return out


def increments(steps: Sequence[Step], chosen: Sequence[Chosen]) -> list[Step]:
    """The steps with what each adds to the projects."""
    adds: dict[str, str] = {}
    for one in reversed(chosen):
        adds |= one.grows
    return [s._replace(project_adds=adds[s.id]) if s.id in adds else s for s in steps]
