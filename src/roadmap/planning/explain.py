"""Why a step is in a plan or not, as facts: reasons, needs, and what single changed answer would turn it round.

Nothing here is guessed: every change that is named has been planned with, and what it does is what that plan does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue, Module, Rule
from roadmap.model.condition import Condition, holds
from roadmap.model.contradictions import contradictions
from roadmap.model.explanation import Absent, Because, Change, Need, Present, Tried
from roadmap.model.plan import LeftOut, Plan, Reason, Step
from roadmap.model.problem import Fault
from roadmap.model.profile import ANY_CLOUD, CERTIFICATIONS, LEVELS, NO_DOMAIN
from roadmap.planning.make import make_plan
from roadmap.planning.route import ending_of
from roadmap.planning.rules import apply_rules
from roadmap.planning.select import PROVIDING, Chooser, target_levels
from roadmap.planning.what_if import changed, compared

FEWER = {"all": ("one", "none"), "one": ("none",), "none": ()}


def explain(
    catalogue: Catalogue, plan: Plan, id_: str, remake: Callable[[Change], Plan] | None = None
) -> Present | Absent | None:
    """The facts about a step, an omission or any other module; None when the id is none of these.

    `remake` makes the plan after a changed answer, where it is more than its profile says.
    """
    tries = _Tries(catalogue, plan, remake)
    step = plan.step(id_)
    if step:
        return _present(tries, step)
    left = next((x for x in plan.left_out if x.id == id_), None)
    if left is None and id_ in catalogue.modules:
        left = _never_considered(catalogue, plan, catalogue.modules[id_])
    return _absent(tries, left) if left else None


class _Tries:
    """Plans under single changed answers, each made once."""

    def __init__(self, catalogue: Catalogue, plan: Plan, remake: Callable[[Change], Plan] | None) -> None:
        self.catalogue = catalogue
        self.remake = remake or self._usual
        self.plan = plan
        self.today: date = plan.generated_on
        self.profile = plan.profile
        self._known: dict[str, Tried] = {}

    def outcome(self, change: Change) -> Tried:
        key = f"{change.key}={change.value}"
        if key not in self._known:
            self._known[key] = compared(self.plan, change, self.remake(change))
        return self._known[key]

    def _usual(self, change: Change) -> Plan:
        return make_plan(self.catalogue, changed(self.catalogue, self.profile, change), self.today)

    def valid(self, change: Change) -> bool:
        """Whether a change is one at all, and one that the door would let in."""
        return changed(self.catalogue, self.profile, change) != self.profile and not self.faults(change)

    def faults(self, change: Change) -> list[Fault]:
        """What would be wrong with the answers after a change."""
        return contradictions(changed(self.catalogue, self.profile, change), self.catalogue)

    def all_of(self, changes: Iterable[Change]) -> list[Tried]:
        seen: dict[str, Tried] = {}
        for change in changes:
            if self.valid(change):
                seen.setdefault(f"{change.key}={change.value}", self.outcome(change))
        return list(seen.values())


# --- a step that is there --------------------------------------------------------------------------------------------


def _present(tries: _Tries, step: Step) -> Present:
    plan, catalogue = tries.plan, tries.catalogue
    gained = _gains(plan, step)
    return Present(
        step=step,
        reasons=tuple(_because(tries, step, r) for r in step.reasons),
        waits_for=tuple(n for a in step.after for n in needs_between(plan, a, step.id)),
        needed_by=tuple(n for s in plan.steps if step.id in s.after for n in needs_between(plan, step.id, s.id)),
        opens=tuple(s.id for s in plan.steps if step.id in _before(plan, s.id)),
        coverage=gained[0],
        readiness=gained[1],
        by_choice=_judged(
            step, Reason("skipped", step.module.sources[0]), "", tries.all_of(_without(catalogue, plan, step))
        ),
        skipped_in_vain=next((n for n in plan.notices if n.code == "skip-needed" and n.args[0] == step.id), None),
    )


def _gains(plan: Plan, step: Step) -> tuple[float, float]:
    """What a step adds to coverage and readiness; steps are counted in the order they finish."""
    done = sorted(plan.steps, key=lambda s: (s.finish, s.coverage_after, s.readiness_after))
    at = done.index(step)
    before = (done[at - 1].coverage_after, done[at - 1].readiness_after) if at else _start(plan)
    return step.coverage_after - before[0], step.readiness_after - before[1]


def _start(plan: Plan) -> tuple[float, float]:
    return plan.coverage_before, plan.readiness_before


def needs_between(plan: Plan, first: str, then: str) -> list[Need]:
    """The skill levels for which one step of a plan waits for another."""
    a, b = plan.step(first), plan.step(then)
    if a is None or b is None:
        return []
    have = plan.profile.have
    return [
        Need(first, then, s, n)
        for s, n in b.module.needs.items()
        if have.get(s, 0) < n and a.module.teaches.get(s, 0) >= n
    ]


def _before(plan: Plan, id_: str) -> set[str]:
    """Every step that a step waits for, directly or through others."""
    found: set[str] = set()
    queue = [id_]
    while queue:
        step = plan.step(queue.pop())
        for earlier in step.after if step else ():
            if earlier not in found:
                found.add(earlier)
                queue.append(earlier)
    return found


def _because(tries: _Tries, step: Step, reason: Reason) -> Because:
    effect = _effect(tries.catalogue.rules.get(str(reason.args[0])), step.id) if reason.code == "rule" else ""
    return _judged(step, reason, effect, tries.all_of(_against(tries, step, reason, effect)))


def _judged(step: Step, reason: Reason, effect: str, outcomes: Sequence[Tried]) -> Because:
    stays = [(o, found.reasons) for o in outcomes if (found := o.plan.step(step.id))]
    return Because(reason, effect, tuple(o for o in outcomes if step.id in o.gone), tuple(stays))


def _effect(rule: Rule | None, id_: str) -> str:
    if rule is None:
        return ""
    then = rule.then
    if id_ in then.add:
        return "adds"
    if then.swap and then.swap.by == id_:
        return "swaps"
    if then.resize and id_ in then.resize.modules:
        return "resizes"
    return "moves" if then.prefer and id_ in (*then.prefer.early, *then.prefer.late) else "prefers"


def _against(tries: _Tries, step: Step, reason: Reason, effect: str) -> Iterator[Change]:
    """Single changed answers that could take a reason away."""
    catalogue, profile = tries.catalogue, tries.profile
    match reason.code:
        case "gap" | "needed-by":
            yield from _knowing(tries, step)
            yield from (Change("level", level) for level in LEVELS[: LEVELS.index(profile.level)])
        case "rule" if effect == "adds":
            yield from _breaking(catalogue, tries.plan, catalogue.rules[str(reason.args[0])].when)
        case "domain":
            yield Change("domain", NO_DOMAIN)
        case "kept":
            yield Change("keep", tuple(m for m in profile.keep if m != step.id))
    if step.module.certification:
        yield from (Change("certifications", fewer) for fewer in FEWER[profile.certifications])
        held = {*profile.holds, step.module.certification}
        yield Change("holds", tuple(c for c in catalogue.certifications if c in held))


def _knowing(tries: _Tries, step: Step) -> Iterator[Change]:
    """The fewest skills, at the lowest levels, that make a step needless; nothing when no skills do."""
    have, teaches = tries.profile.have, step.module.teaches
    levels = {s: n for s, n in teaches.items() if have.get(s, 0) < n}
    if not levels or not _gone(tries, step, levels):
        if levels:
            yield Change("skills", levels)
        return
    for skill in list(levels):
        fewer = {s: n for s, n in levels.items() if s != skill}
        if fewer and _gone(tries, step, fewer):
            levels = fewer
    for skill, top in list(levels.items()):
        for lower in range(have.get(skill, 0) + 1, top):
            if _gone(tries, step, {**levels, skill: lower}):
                levels[skill] = lower
                break
    yield Change("skills", levels)


def _gone(tries: _Tries, step: Step, levels: Mapping[str, int]) -> bool:
    return step.id in tries.outcome(Change("skills", dict(levels))).gone


def _breaking(catalogue: Catalogue, plan: Plan, when: Condition) -> Iterator[Change]:
    """Answers after which a condition no longer holds."""
    profile = plan.profile
    if when.goal:
        rest = tuple(g for g in profile.goals if g not in when.goal)
        others = [rest] if rest else [(g,) for g in catalogue.goals if g not in when.goal]
        yield from (Change("goals", goals) for goals in others)
    for key, allowed, values in (
        ("cloud", when.cloud, (*catalogue.clouds, ANY_CLOUD)),
        ("domain", when.domain, (NO_DOMAIN,)),
        ("level", when.level, LEVELS),
        ("certifications", when.certifications, CERTIFICATIONS),
        ("target", when.target, [r.id for r in catalogue.roles.values() if r.target]),
    ):
        if allowed:
            yield from (Change(key, v) for v in values if v not in allowed)
    if when.hours_below is not None:
        yield Change("hours_per_week", when.hours_below)
    if when.hours_from is not None and when.hours_from > 1:
        yield Change("hours_per_week", when.hours_from - 1)
    if when.budget_below is not None:
        yield Change("budget_usd", when.budget_below)
    if when.review is not None:
        yield Change("review", not when.review)
    yield from (Change("skills", {s: n}) for s, n in when.skill_below.items())
    for other in when.none_of:
        yield from _meeting(catalogue, plan, other)


def _meeting(catalogue: Catalogue, plan: Plan, when: Condition) -> Iterator[Change]:
    """Single answers after which a condition holds."""
    profile = plan.profile
    wishes = [
        *(Change("goals", tuple(x for x in catalogue.goals if x in (*profile.goals, g))) for g in when.goal),
        *(Change("cloud", c) for c in when.cloud),
        *(Change("domain", d) for d in when.domain),
        *(Change("level", n) for n in when.level),
        *(Change("certifications", n) for n in when.certifications),
    ]
    yield from (c for c in wishes if holds(when, changed(catalogue, profile, c)))


def _without(catalogue: Catalogue, plan: Plan, step: Step) -> Iterator[Change]:
    """Leaving a step out by the person's word: alone, and with everything that waits for it."""
    skip = plan.profile.skip
    waiting = {s.id for s in plan.steps if step.id in _before(plan, s.id)}
    keeping = waiting & set(plan.profile.keep)
    if step.id in plan.profile.keep:
        return
    yield Change("skip", tuple(m for m in catalogue.modules if m in skip or m == step.id))
    if waiting and not keeping:
        yield Change("skip", tuple(m for m in catalogue.modules if m in skip or m in waiting or m == step.id))


# --- a module that is not --------------------------------------------------------------------------------------------


def _never_considered(catalogue: Catalogue, plan: Plan, module: Module) -> LeftOut:
    """Why a module is neither in a plan nor named among its omissions."""
    profile = plan.profile
    chooser = Chooser(catalogue, profile, apply_rules(catalogue, profile), ending_of(catalogue, plan))
    others = _providers(catalogue, plan, chooser, module)
    source = module.sources[0]
    held = [s for s, n in module.teaches.items() if profile.have.get(s, 0) >= n]
    if module.cloud not in (None, chooser.cloud):
        reason = Reason("other-cloud", source, (module.id, str(module.cloud), chooser.cloud))
    elif module.domain not in (None, profile.domain):
        reason = Reason("other-domain", source, (module.id, str(module.domain)))
    elif module.teaches and len(held) == len(module.teaches):
        skill = max(held, key=lambda s: (catalogue.market.weights.get(s, 0.0), s))
        reason = Reason("held", catalogue.skills[skill].sources[0], (skill, profile.have[skill]))
    elif others and module.kind in PROVIDING:
        reason = Reason("taught-by-others", source, tuple(others))
    else:
        reason = Reason("not-asked-for", source, (module.id, profile.target, profile.level))
    return LeftOut(module.id, module.title, module.hours.likely, 0.0, reason)


def _providers(catalogue: Catalogue, plan: Plan, chooser: Chooser, module: Module) -> list[str]:
    """Steps of the plan that bring what the module would bring, as far as the role asks for it."""
    wanted = target_levels(catalogue, plan.profile)
    found: dict[str, None] = {}
    for skill, level in module.teaches.items():
        asked = min(level, wanted.get(skill, 0))
        other = chooser.provider(skill, asked) if asked > plan.profile.have.get(skill, 0) else None
        if other and other.id != module.id and plan.step(other.id):
            found[other.id] = None
    return list(found)


def _absent(tries: _Tries, left: LeftOut) -> Absent:
    catalogue, profile = tries.catalogue, tries.profile
    module = catalogue.modules.get(left.id)
    kept, faults = None, list[Fault]()
    if module and left.id not in profile.keep:
        keeping = Change("keep", tuple(m for m in catalogue.modules if m in {*profile.keep, left.id}))
        faults = tries.faults(keeping)
        kept = None if faults else tries.outcome(keeping)
    ways = [o for o in tries.all_of(_towards(tries, left, module)) if left.id in o.joined]
    return Absent(
        id=left.id,
        title=left.title,
        reason=left.reason,
        hours=left.hours,
        worth=left.worth,
        kept=kept,
        works=kept is not None and left.id in kept.joined,
        back=tuple(ways),
        refused=faults[0] if faults else None,
    )


def _towards(tries: _Tries, left: LeftOut, module: Module | None) -> Iterator[Change]:
    """Single changed answers that could bring a module in."""
    catalogue, plan, profile = tries.catalogue, tries.plan, tries.profile
    if module is None:
        return
    if left.id in profile.skip:
        yield Change("skip", tuple(m for m in profile.skip if m != left.id))
    if module.cloud and module.cloud != profile.cloud:
        yield Change("cloud", module.cloud)
    if module.domain:
        yield Change("domain", module.domain)
    if left.reason.code == "rule":
        yield from _breaking(catalogue, plan, catalogue.rules[str(left.reason.args[0])].when)
    if left.reason.code in ("deadline", "budget", "not-promised"):
        yield Change("deadline", None)
        yield Change("budget_usd", None)
    if module.certification:
        yield from (Change("certifications", n) for n in CERTIFICATIONS)
    for rule in catalogue.rules.values():
        if module.id in rule.then.add and not holds(rule.when, profile):
            yield from _meeting(catalogue, plan, rule.when)
    yield from (Change("level", level) for level in LEVELS)
