"""The catalogue's declarative rules, applied to one person: conditions in, adjustments to the draft out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmap.model.catalogue import Catalogue, Condition, Rule
from roadmap.model.profile import Profile


@dataclass
class Adjustments:
    """What the rules that fired ask of the planner. Values name the rule, so that every change has a reason."""

    added: dict[str, list[Rule]] = field(default_factory=dict)
    left_out: dict[str, Rule] = field(default_factory=dict)
    preferred: dict[str, Rule] = field(default_factory=dict)
    outranked: set[str] = field(default_factory=set)
    swapped: dict[str, tuple[str, Rule]] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    resized: dict[str, list[Rule]] = field(default_factory=dict)
    early: dict[str, Rule] = field(default_factory=dict)
    late: dict[str, Rule] = field(default_factory=dict)
    notes: list[Rule] = field(default_factory=list)


def holds(condition: Condition, profile: Profile) -> bool:
    """Whether a condition is true of a person; an empty condition always is."""
    c, have = condition, profile.have
    return (
        (not c.role or profile.role in c.role)
        and (not c.target or profile.target in c.target)
        and (not c.level or profile.level in c.level)
        and (not c.goal or any(g in c.goal for g in profile.goals))
        and (not c.cloud or profile.cloud in c.cloud)
        and (not c.domain or profile.domain in c.domain)
        and (not c.certifications or profile.certifications in c.certifications)
        and (not c.holds or any(h in c.holds for h in profile.holds))
        and (c.hours_below is None or profile.hours_per_week < c.hours_below)
        and (c.hours_from is None or profile.hours_per_week >= c.hours_from)
        and (c.budget_below is None or (profile.budget_usd is not None and profile.budget_usd < c.budget_below))
        and all(have.get(s, 0) < level for s, level in c.skill_below.items())
        and all(have.get(s, 0) >= level for s, level in c.skill_from.items())
        and (not c.any_of or any(holds(one, profile) for one in c.any_of))
        and not any(holds(one, profile) for one in c.none_of)
    )


def apply_rules(catalogue: Catalogue, profile: Profile) -> Adjustments:
    """The adjustments of every rule that applies, in the order of the catalogue."""
    out = Adjustments()
    for rule in catalogue.rules.values():
        if holds(rule.when, profile):
            _collect(rule, out)
    return out


def _collect(rule: Rule, out: Adjustments) -> None:
    then = rule.then
    for module in then.add:
        out.added.setdefault(module, []).append(rule)
    _first(out.left_out, then.leave_out, rule)
    if then.prefer:
        _first(out.preferred, then.prefer.modules, rule)
        out.outranked.update(then.prefer.over)
        _first(out.early, then.prefer.early, rule)
        _first(out.late, then.prefer.late, rule)
    if then.swap:
        out.swapped.setdefault(then.swap.module, (then.swap.by, rule))
    if then.resize:
        for module in then.resize.modules:
            out.factors[module] = out.factors.get(module, 1.0) * then.resize.factor
            out.resized.setdefault(module, []).append(rule)
    if then.note:
        out.notes.append(rule)


def _first(into: dict[str, Rule], modules: Iterable[str], rule: Rule) -> None:
    for module in modules:
        into.setdefault(module, rule)
