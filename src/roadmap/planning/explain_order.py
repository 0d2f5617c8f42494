"""Why one step of a plan comes before another: the same needs, phases and rules that put them in order, as facts."""

from roadmap.model.advice import RoutePhase
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Cause, Need, Ordered
from roadmap.model.plan import Plan, Step
from roadmap.planning.explain import needs_between
from roadmap.planning.order import Layout, ranks, suppliers
from roadmap.planning.route import ending_of
from roadmap.planning.rules import apply_rules
from roadmap.planning.whole import layout_of


def explain_order(catalogue: Catalogue, plan: Plan, one: str, other: str) -> Ordered:
    """Why one of two different steps of a plan comes first; the arguments may be given in any order.

    Raises ValueError unless both are steps of the plan.
    """
    first, then = (s for s in plan.steps if s.id in (one, other))
    chain = _chain(plan, first.id, then.id)
    if chain:
        return Ordered(first, then, "needed", chain)
    layout = layout_of(ending_of(catalogue, plan), apply_rules(catalogue, plan.profile))
    if (first.tier == "move") != (then.tier == "move"):
        return Ordered(first, then, "beside", phases=_phases(layout, first, then))
    return _by_rank(catalogue, plan, layout, first, then)


def _chain(plan: Plan, first: str, then: str) -> tuple[Need, ...]:
    """The shortest way along which a step waits for an earlier one; empty when it does not."""
    before: dict[str, str] = {}
    queue = [then]
    while queue and first not in before:
        step = plan.step(queue.pop(0))
        for earlier in step.after if step else ():
            if step and earlier not in before:
                before[earlier] = step.id
                queue.append(earlier)
    if first not in before:
        return ()
    links: list[Need] = []
    at = first
    while at != then:
        links += needs_between(plan, at, before[at])[:1]
        at = before[at]
    return tuple(links)


def _phases(layout: Layout, *steps: Step) -> tuple[RoutePhase, ...]:
    known = {p.id: p for p in layout.phases}
    return tuple(known[s.phase] for s in steps if s.phase in known)


def _by_rank(catalogue: Catalogue, plan: Plan, layout: Layout, first: Step, then: Step) -> Ordered:
    rules = apply_rules(catalogue, plan.profile)
    modules = {s.id: s.module for s in plan.steps}
    rank = ranks(catalogue, modules, layout, rules, suppliers(catalogue, modules, plan.profile.have))
    a, b = rank[first.id], rank[then.id]
    if a == b:
        # Both come early for the sake of the same step; then their own places decide.
        a, b = ((*layout.place(s.module), 0, s.id) for s in (first, then))
    if a > b:
        blocker = next(s for s in reversed(plan.steps) if s.id in then.after) if then.after else first
        return Ordered(first, then, "waits", _chain(plan, blocker.id, then.id))
    if first.id in rules.early:
        return Ordered(first, then, "early", rule=rules.early[first.id])
    if then.id in rules.late and a[0] == b[0]:
        return Ordered(first, then, "late", rule=rules.late[then.id])
    phases = layout.phases
    pulled = _pulled_by(plan, layout, first, a[0])
    if a[0] != b[0]:
        return Ordered(first, then, "phase", phases=(phases[a[0]], phases[b[0]]), pulled_by=pulled)
    cause: Cause = "place" if a[1] != b[1] else "stage" if a[2] != b[2] else "id"
    return Ordered(first, then, cause, phases=(phases[a[0]],), pulled_by=pulled)


def _pulled_by(plan: Plan, layout: Layout, step: Step, phase: int) -> str:
    """The first step of a phase that waits for a step which belongs to a later one."""
    if layout.place(step.module)[0] == phase:
        return ""
    waiting = (s for s in plan.steps if layout.place(s.module)[0] == phase)
    return next((s.id for s in waiting if _chain(plan, step.id, s.id)), "")
