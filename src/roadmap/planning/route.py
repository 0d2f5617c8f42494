"""Which way a person goes: the route to what they wish for, and the smaller ends beside it, as data of the catalogue.

A goal is an end (a job, a promotion ...) or a subject (agents ...). The end and the start pick the route; subjects and
the person's field add a phase of their own to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roadmap.model.advice import Focus, Gate, Move, Outcome, Route, RoutePhase
from roadmap.model.catalogue import Catalogue, Path
from roadmap.model.plan import Plan
from roadmap.model.profile import NO_DOMAIN, Profile

PART = "part"
PILOT_FIRST = 3


@dataclass(frozen=True)
class Ending:
    """One end of a route as the planner sees it: modules by tier, in the order they are wanted.

    `core` is what the end cannot do without, `focus` what is kept after core and move, `spare` what a deadline may
    leave room for. `phases` say where modules belong.
    """

    id: str
    title: str
    text: str
    wished: bool
    core: tuple[str, ...]
    focus: tuple[str, ...]
    spare: tuple[str, ...]
    move: Move | None
    act_after: tuple[str, ...]
    phases: tuple[RoutePhase, ...]
    late: tuple[str, ...] = ()
    way: str = ""
    advice: str = ""
    source: str = "judgement"


@dataclass(frozen=True)
class Ways:
    """The route of a person and its ends, the wished one first, in falling order."""

    route: Route
    endings: tuple[Ending, ...]

    @property
    def wished(self) -> Ending:
        """The end the person wishes for."""
        return self.endings[0]


def ways_of(catalogue: Catalogue, profile: Profile) -> Ways:
    """The route and the ends of a person. Raises ValueError where the catalogue has no path for the two roles."""
    key = (profile.role, profile.target, profile.level, profile.goals, profile.domain, profile.path)
    return catalogue.once("ways", key, lambda: _ways(catalogue, profile), 500)


def ending_of(catalogue: Catalogue, plan: Plan) -> Ending:
    """The end that a plan leads to."""
    endings = ways_of(catalogue, plan.profile).endings
    return next(e for e in endings if e.id == plan.answer.outcome.id)


def end_goals(catalogue: Catalogue, profile: Profile) -> list[str]:
    """The ends that a person names, in the order of the catalogue."""
    return [g.id for g in catalogue.goals.values() if g.id in profile.goals and g.kind == "end"]


def subjects(catalogue: Catalogue, profile: Profile) -> list[str]:
    """The subjects that a person wants to go deep on, in the order of the catalogue."""
    return [g.id for g in catalogue.goals.values() if g.id in profile.goals and g.kind == "subject"]


def _ways(catalogue: Catalogue, profile: Profile) -> Ways:
    route = _route(catalogue, profile)
    wished = _wished(catalogue, profile, route)
    field = [m for f in _fields(catalogue, profile) for m in f.core]
    last = route.smaller[-1:]
    smaller = [_smaller(catalogue, catalogue.outcomes[o], wished, () if o in last else field) for o in route.smaller]
    part = Ending(
        id=PART,
        title=catalogue.words["part-title"].text,
        text=catalogue.words["part-text"].text,
        wished=False,
        core=(),
        focus=wished.core,
        spare=wished.focus,
        move=None,
        act_after=(),
        phases=wished.phases,
    )
    return Ways(route, (wished, *smaller, part))


def _route(catalogue: Catalogue, profile: Profile) -> Route:
    """The route that is named, else the one that start and goals pick, else one made of the path."""
    if route := catalogue.routes.get(profile.path or ""):
        return route
    between = [r for r in catalogue.routes.values() if (r.start, r.target) == (profile.role, profile.target)]
    able = [r for r in between if not r.levels or profile.level in r.levels]
    named = subjects(catalogue, profile)
    able = [r for r in able if not r.subject or r.subject in named]
    own = catalogue.path(profile.role, profile.target, profile.path)
    if own and own is not catalogue.path(profile.role, profile.target):
        return _from_path(catalogue, own)
    for goal in [*end_goals(catalogue, profile), *named, *catalogue.goals]:
        found = sorted((r for r in able if r.goal == goal), key=lambda r: not r.subject)
        if found:
            return found[0]
    if own is None:
        raise ValueError(f"no path from {profile.role} to {profile.target}")
    return _from_path(catalogue, own)


def _from_path(catalogue: Catalogue, path: Path) -> Route:
    """A route for two roles that nobody has written one for: the whole gap, in the phases of the path."""
    target = catalogue.roles[path.target].name
    like = next((r for r in catalogue.routes.values() if r.start == path.start), None)
    staged = {s for p in path.phases for s in p.stages}
    named = {m for p in path.phases for m in p.modules}
    phases = tuple(
        RoutePhase(
            id=p.id,
            title=p.title,
            modules=(
                *p.modules,
                *(m.id for m in catalogue.modules.values() if m.stage in staged & {*p.stages} and m.id not in named),
            ),
            leaves=p.title,
            gate=Gate(check=""),
        )
        for p in path.phases
    )
    return Route(
        id=path.id,
        start=path.start,
        target=path.target,
        goal=next(iter(catalogue.goals), ""),
        title=target,
        outcome=catalogue.words["role-outcome"].text.format(role=target),
        way=path.phases[0].because,
        core=(),
        act_after=phases[len(phases) // 2].modules,
        phases=phases,
        move=like.move if like else next(iter(catalogue.moves), ""),
        smaller=like.smaller if like else (),
        sources=path.sources,
        as_of=path.as_of,
        confidence=path.confidence,
    )


def _wished(catalogue: Catalogue, profile: Profile, route: Route) -> Ending:
    added = list(_added(catalogue, profile, route))
    alone = not end_goals(catalogue, profile) and any(f.move for f in added)
    move = catalogue.moves.get(next(f.move for f in added if f.move) if alone else route.move)
    phases = list(route.phases)
    ends = end_goals(catalogue, profile)
    subject = next((f for f in added if f.way), None) if not ends else None
    after = {
        id(f): f.after_by_route.get(route.id, f.after_by_start.get(route.start, 0 if f is subject else f.after))
        for f in added
    }
    if not route.act_after:
        after |= {id(f): max(after[id(f)], PILOT_FIRST) for f in _subjects(catalogue, profile, route)}
    for focus in sorted(added, key=lambda f: -after[id(f)]):
        phases.insert(min(after[id(focus)], len(phases)), focus.phase)
    others = [r for g in ends if (r := _other(catalogue, route, g))]
    beside = [m for r in others for m in catalogue.moves[r.move].modules if r.move in catalogue.moves]
    early = [m for f in added for m in f.core]
    extra = [m for f in added for m in f.phase.modules if m not in f.core]
    first = [m for f in _fields(catalogue, profile) if after[id(f)] > 1 for m in f.core]
    phases[0] = replace(phases[0], modules=_unique([*phases[0].modules, *first]))
    return Ending(
        id=route.goal or route.id,
        title=subject.title if subject else route.title,
        text=subject.outcome if subject else route.outcome,
        wished=True,
        core=_unique([*early, *route.core]),
        focus=_unique([*extra, *(() if subject else route.focus), *beside]),
        spare=(),
        move=move,
        act_after=route.act_after,
        phases=(*phases, *_move_phase(move)),
        way=subject.way if subject else route.way,
        late=tuple(m for m in (*route.focus, *beside) if m not in early and m not in extra) if route.act_after else (),
        source=route.sources[0],
    )


def _other(catalogue: Catalogue, route: Route, goal: str) -> Route | None:
    """The route of another end that the person names as well."""
    same = (r for r in catalogue.routes.values() if (r.start, r.target) == (route.start, route.target))
    return next((r for r in same if r.goal == goal and r.id != route.id), None)


def _added(catalogue: Catalogue, profile: Profile, route: Route) -> Iterator[Focus]:
    """What subjects and the field add, in the order of the catalogue."""
    yield from _subjects(catalogue, profile, route)
    yield from _fields(catalogue, profile)


def _subjects(catalogue: Catalogue, profile: Profile, route: Route) -> Iterator[Focus]:
    """What the subjects add that the route itself is not about."""
    for goal in subjects(catalogue, profile):
        focus = catalogue.goals[goal].focus
        if focus and goal not in (route.goal, route.subject):
            yield focus


def _fields(catalogue: Catalogue, profile: Profile) -> Iterator[Focus]:
    field = catalogue.specialisations.get(profile.domain) if profile.domain != NO_DOMAIN else None
    if field and field.focus:
        yield field.focus


def _smaller(catalogue: Catalogue, outcome: Outcome, wished: Ending, field: Sequence[str]) -> Ending:
    rest = tuple(m for m in outcome.modules if m not in outcome.least)
    return Ending(
        id=outcome.id,
        title=outcome.title,
        text=outcome.text,
        wished=False,
        core=outcome.least,
        focus=_unique([*field, *rest]),
        spare=(),
        move=catalogue.moves.get(outcome.move or ""),
        act_after=(),
        phases=(
            *_own_phases(outcome, field),
            *(p for p in wished.phases if wished.move is None or p.id != wished.move.id),
            *_move_phase(catalogue.moves.get(outcome.move or "")),
        ),
        advice=outcome.advice,
        source=outcome.source,
    )


def _own_phases(outcome: Outcome, field: Sequence[str]) -> tuple[RoutePhase, ...]:
    """The phases of a smaller end, the field's rules at the end of the first one."""
    gate = Gate(check=outcome.text)
    whole = RoutePhase(id=outcome.id, title=outcome.title, modules=outcome.modules, leaves=outcome.text, gate=gate)
    first, *rest = outcome.phases or (whole,)
    return (replace(first, modules=_unique([*first.modules, *field])), *rest)


def _move_phase(move: Move | None) -> tuple[RoutePhase, ...]:
    """The move as a phase of its own, in its own order."""
    if move is None:
        return ()
    gate = Gate(check=move.leaves)
    return (RoutePhase(id=move.id, title=move.name, modules=move.modules, leaves=move.leaves, gate=gate),)


def _unique(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
