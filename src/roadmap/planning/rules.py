"""The catalogue's declarative rules, applied to one person: conditions in, adjustments to the draft out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmap.model.catalogue import Catalogue, Rule
from roadmap.model.condition import for_role, holds
from roadmap.model.profile import Profile


@dataclass
class Adjustments:
    """What the rules that fired ask of the planner. Values name the rule, so that every change has a reason."""

    fired: tuple[str, ...] = ()
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
    share: int | None = None
    act_after: tuple[str, ...] = ()
    search_first: bool = False


def apply_rules(catalogue: Catalogue, profile: Profile) -> Adjustments:
    """The adjustments of every rule that applies, in the order of the catalogue. Not to be changed by the caller."""
    role = profile.role
    able = catalogue.once("rules of a role", role, lambda: for_role(catalogue.rules.values(), role))
    fired = tuple([rule.id for rule in able if holds(rule.when, profile)])
    return catalogue.once("rules", fired, lambda: _adjust(catalogue, fired))


def _adjust(catalogue: Catalogue, fired: tuple[str, ...]) -> Adjustments:
    out = Adjustments(fired=fired)
    for id_ in fired:
        _collect(catalogue.rules[id_], out)
    for retired in out.added.keys() - catalogue.modules.keys():
        del out.added[retired]
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
    if then.share is not None:
        out.share = then.share
    out.act_after = then.act_after or out.act_after
    out.search_first |= then.search_first
    if then.note:
        out.notes.append(rule)


def _first(into: dict[str, Rule], modules: Iterable[str], rule: Rule) -> None:
    for module in modules:
        into.setdefault(module, rule)
