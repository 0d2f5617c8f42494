"""What the rules and limits decide by themselves, and the smaller problem that is left."""

from collections.abc import Sequence

from roadmap.planning.optimise.item import Item
from roadmap.planning.optimise.model import Core, Model, indexes, union

_Rules = set[tuple[int, int]]


def reduced(model: Model, items: Sequence[Item], weights: Sequence[int], *, equals: bool) -> Core | None:
    """The core of a problem; None if not even the must-items can be kept.

    ``equals`` says that items that are alike in every field may stand in for each other. The other steps rest on
    needs and limits alone, or leave out an item that nothing needs; so they hold under a hereditary condition too.
    """
    presolve = _Presolve(model, items)
    if not presolve.feasible():
        return None
    rules = presolve.rules()
    if equals:
        rules |= presolve.order_among_equals()
    return presolve.core(rules, weights)


class _Presolve:
    """The set of live items, those kept in any case, and for each live item the items it entails."""

    def __init__(self, model: Model, items: Sequence[Item]) -> None:
        self.model, self.items = model, items
        self.must = union([i for i, item in enumerate(items) if item.must])
        self.live = union([i for i in range(len(items)) if all(use[i] <= limit for use, limit in model.limits)])
        self.kept = 0
        self.circular = False
        self.entails: list[int] = []

    def feasible(self) -> bool:
        """Drop what can never be kept, until nothing changes; False if a must-item is among it."""
        while True:
            order = self.model.supported(self.live)
            self.live = union(order)
            if self.must & ~self.live:
                return False
            self._entail(order)
            self.kept = 0
            for i in indexes(self.must):
                self.kept |= self.entails[i]
            rooms = [(use, limit - sum([use[i] for i in indexes(self.kept)])) for use, limit in self.model.limits]
            if any(room < 0 for _, room in rooms):
                return False
            hopeless = 0
            for i in indexes(self.live & ~self.kept):
                extra = self.entails[i] & ~self.kept
                more = indexes(extra) if extra & (extra - 1) else [i]
                for use, room in rooms:
                    if sum([use[j] for j in more]) > room:
                        hopeless |= 1 << i
            if not hopeless:
                return True
            self.live &= ~hopeless

    def _entail(self, order: list[int]) -> None:
        """For each live item the items in every set that supports it (dominators of the support graph).

        Providers first, one pass does; what is in a circle or behind one takes passes until nothing changes.
        """
        order, circle = self._providers_first(order)
        self.circular = bool(circle)
        self.entails = out = [-1] * len(self.items)
        todo = order + circle
        while todo:
            changed = False
            for i in todo:
                mine = 1 << i
                for need in self.items[i].needs:
                    common = -1
                    for j in need:
                        common &= out[j]
                    mine |= common
                if mine != out[i]:
                    out[i], changed = mine, True
            todo = circle if changed else []

    def _providers_first(self, waiting: list[int]) -> tuple[list[int], list[int]]:
        """The items after all their providers, and those for which there is no such order."""
        needs, order, placed = self.model.needs, list[int](), ~self.live
        while True:
            left = []
            for i in waiting:
                for need in needs[i]:
                    if need & ~placed:
                        left.append(i)
                        break
                else:
                    placed |= 1 << i
                    order.append(i)
            if len(left) == len(waiting):
                return order, left
            waiting = left

    def rules(self) -> _Rules:
        """What the open items and those kept (as head -1) still ask for."""
        kept, live, needs, entails = self.kept, self.live, self.model.needs, self.entails
        out = {(-1, self._least(need & live, 1 << i)) for i in indexes(kept) for need in needs[i] if not need & kept}
        for i in indexes(live & ~kept):
            mine = 1 << i
            others = entails[i] & ~mine
            if others & ~kept:
                near = indexes(others & ~kept)
                far = 0
                for j in near:
                    far |= entails[j] & ~(1 << j)
                out.update([(i, 1 << j) for j in near if not far >> j & 1])
            met = kept | others
            out.update([(i, self._least(need & live, mine)) for need in needs[i] if not need & met])
        return out

    def _least(self, providers: int, head: int) -> int:
        """Providers without those that entail another one, which then provides already, or the head itself."""
        for j in indexes(providers):
            if self.entails[j] & (providers | head) & ~(1 << j):
                providers &= ~(1 << j)
        return providers & ~head

    def order_among_equals(self) -> _Rules:
        """Of items alike in all they are and serve, the first are kept: no set loses by it, and so ties go."""
        out = set()
        last: dict[int, int] = {}
        for i in indexes(self.live & ~self.kept):
            before = last.get(self.model.own[i])
            last[self.model.own[i]] = i
            if before is not None and self._alike(before, i):
                out.add((i, 1 << before))
        return out

    def _alike(self, i: int, j: int) -> bool:
        """Whether the first of two items of equal worth and use can stand in for the second wherever it is needed."""
        one, other = self.items[i], self.items[j]
        if one.gains != other.gains or one.needs != other.needs:
            return False
        return all(need >> i & 1 for needs in self.model.needs for need in needs if need >> j & 1)

    def core(self, rules: _Rules, weights: Sequence[int]) -> Core:
        """What is left open, without idle items: those that nothing needs and that lower the worth."""
        model, kept = self.model, self.kept
        gained = {g for i in indexes(kept) for g in self.items[i].gains}
        worth = sum([model.own[i] for i in indexes(kept)]) + sum([weights[g] for g in gained]) * model.unit
        base, skills = self._gains(gained, weights)
        opened = self.live & ~kept
        # A circle may need an item for its support though its rules are met.
        asked = model.asked if self.circular else 0
        for providers in skills:
            asked |= providers
        while True:
            wanted = asked
            for _, providers in rules:
                wanted |= providers
            idle = union([i for i in indexes(opened & ~wanted) if base[i] < 0])
            if not idle:
                break
            opened &= ~idle
            rules = {(head, providers) for head, providers in rules if head < 0 or not idle >> head & 1}
        core = Core(model, kept, opened, worth, base, skills)
        core.circular = self.circular
        for head, providers in rules:
            core.ask(head if head >= 0 else core.always, providers)
        return core

    def _gains(self, gained: set[int], weights: Sequence[int]) -> tuple[list[int], dict[int, int]]:
        """Each item's worth with the skills that only it gains, and the worth of the others by their providers."""
        providers: dict[int, int] = {}
        for i in indexes(self.live & ~self.kept):
            for g in self.items[i].gains:
                if g not in gained:
                    providers[g] = providers.get(g, 0) | 1 << i
        base, skills = self.model.own.copy(), dict[int, int]()
        for g, able in providers.items():
            if able & (able - 1):
                able = self._least(able, 0)
            weight = weights[g] * self.model.unit
            if not able & (able - 1):
                base[able.bit_length() - 1] += weight
            elif weight:
                skills[able] = skills.get(able, 0) + weight
        return base, skills
