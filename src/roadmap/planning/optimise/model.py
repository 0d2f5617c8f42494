"""The problem over bit sets, and what is still open of it after presolve."""

from collections.abc import Iterable, Sequence
from math import gcd
from typing import NamedTuple

from roadmap.planning.optimise.item import Item

Limit = tuple[list[int], int]


def indexes(mask: int) -> list[int]:
    """The members of a set, in order."""
    out = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out


def union(indexes: Iterable[int]) -> int:
    """The set of the given members."""
    out = 0
    for i in indexes:
        out |= 1 << i
    return out


class Model:
    """The whole problem, all the preferences folded into one integer worth per item.

    A set's folded worth orders sets by coverage, then by few hours, then by low cost. Limits that cannot be broken
    are left out; the others are divided by the greatest common divisor of what they limit.
    """

    def __init__(self, items: Sequence[Item], capacity: int | None, budget: int | None) -> None:
        hours, cost = [item.hours for item in items], [item.cost for item in items]
        all_hours, all_cost = sum(hours), sum(cost)
        self.unit = unit = (all_hours + 1) * (all_cost + 1)
        self.own = [item.value * unit - h * (all_cost + 1) - c for item, h, c in zip(items, hours, cost, strict=True)]
        self.needs = [tuple([union(need) for need in item.needs]) for item in items]
        self.asked = 0
        for needs in self.needs:
            for need in needs:
                self.asked |= need
        self.limits: list[Limit] = []
        for use, limit, total in ((hours, capacity, all_hours), (cost, budget, all_cost)):
            if limit is not None and limit < total:
                step = gcd(*use)
                self.limits.append(([u // step for u in use], limit // step))

    def supported(self, kept: int) -> list[int]:
        """The part of a set that is supported from the ground up, no circle counted, in an order of support."""
        order, out, waiting = list[int](), 0, indexes(kept)
        while True:
            left = []
            for i in waiting:
                for need in self.needs[i]:
                    if not need & out:
                        left.append(i)
                        break
                else:
                    out |= 1 << i
                    order.append(i)
            if len(left) == len(waiting):
                return order
            waiting = left


class AnyOf(NamedTuple):
    """One "any of": the head, a variable, asks for a kept provider. ``bit`` is the head as a set."""

    head: int
    providers: int
    members: list[int]
    bit: int


class Core:
    """What presolve leaves open.

    Variables are the items, under their own indexes, then the ``skills`` that several items gain, as pairs of a
    variable and its providers, and last ``always``, which stands for all that is kept in any case, as the head of
    rules. ``base`` is what a variable is worth by itself, 0 for a decided item; ``worth`` is that of what is kept.
    The tables list for each item what it ``teaches`` (skill, providers), the providers it asks for (``asked``) and
    the rules it ``serves`` (providers, the head as a set, the head).
    """

    def __init__(
        self, model: Model, kept: int, opened: int, worth: int, base: list[int], skills: dict[int, int]
    ) -> None:
        self.model, self.kept, self.opened, self.worth = model, kept, opened, worth
        self.count = len(base)
        self.every = (1 << self.count) - 1
        self.base = [w if opened >> i & 1 else 0 for i, w in enumerate(base)] + [*skills.values(), 0]
        self.skills = list(enumerate(skills, self.count))
        self.always = len(self.base) - 1
        self.circular = False
        self.rules = [AnyOf(g, mask, indexes(mask), 1 << g) for g, mask in self.skills]
        self.limits: list[Limit] = []
        for use, limit in model.limits:
            left = limit - sum([use[i] for i in indexes(kept)])
            uses = [u if opened >> i & 1 else 0 for i, u in enumerate(use)]
            if sum(uses) > left:
                self.limits.append((uses, left))
        self.teaches: list[tuple[tuple[int, int], ...]] = [()] * self.count
        self.asked: list[tuple[int, ...]] = [()] * self.count
        self.serves: list[tuple[tuple[int, int, int], ...]] = [()] * self.count
        for g, mask, members, _ in self.rules:
            for k in members:
                self.teaches[k] += ((g, mask),)

    def ask(self, head: int, providers: int) -> None:
        """Add a rule on items."""
        rule = AnyOf(head, providers, indexes(providers), 1 << head)
        self.rules.append(rule)
        if head < self.count:
            self.asked[head] += (providers,)
        for k in rule.members:
            self.serves[k] += ((providers, rule.bit, head),)

    def worth_of(self, kept: int) -> int:
        """The folded worth of a set that contains what is kept already."""
        base = self.base
        own = sum([base[k] for k in indexes(kept & self.opened)])
        return self.worth + own + sum([base[g] for g, providers in self.skills if providers & kept])
