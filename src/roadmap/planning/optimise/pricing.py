"""Bounds, forced decisions and enumeration in integers, from any multipliers of the rules and limits.

Multipliers (Geoffrion 1974) give every variable a reduced worth and the whole a bound. The worth of a set is the
bound less the price of every decision against its variable's sign, of every rule met more than once and of every
part of a limit left unused (complementary slackness), so each decision lowers the bound at once. Multipliers may
come from floating point: whatever they are, the bounds hold.
"""

from collections.abc import Iterable
from typing import NamedTuple

from roadmap.planning.optimise.incumbent import Incumbent
from roadmap.planning.optimise.model import Core, indexes

# Kept items, dropped items, the bound; then for each of two limits the room left and what would be left of it if
# every open item were kept.
State = tuple[int, int, int, int, int, int, int]


def start(core: Core) -> State:
    """The state before any decision; its bound is still to be priced."""
    (use0, left0), (use1, left1) = _two_limits(core)
    dropped = core.every & ~core.kept & ~core.opened
    return core.kept | 1 << core.always, dropped, 0, left0, left0 - sum(use0), left1, left1 - sum(use1)


def _two_limits(core: Core) -> list[tuple[list[int], int]]:
    return [*core.limits, ([0] * core.count, 0), ([0] * core.count, 0)][:2]


class Pricing:
    """A core under given multipliers: pairs of a rule and its price, and the rate of each limit."""

    def __init__(self, core: Core, best: Incumbent, prices: Iterable[tuple[int, int]], rates: list[int]) -> None:
        self.core, self.best, count = core, best, core.count
        self.reduced = reduced = core.base.copy()
        self.bound = core.worth
        for rate, (use, left) in zip(rates, core.limits, strict=True):
            if rate:
                self.bound += rate * left
                reduced[:count] = [r - rate * u for r, u in zip(reduced, use, strict=False)]
        # Each rule's head pays the rule's price to every provider.
        self.paid: list[tuple[int, int, int]] = []
        earns: list[tuple[tuple[int, int, int], ...]] = [()] * count
        pays: list[tuple[tuple[int, int], ...]] = [()] * count
        for c, price in prices:
            head, providers, members, bit = core.rules[c]
            if head < count:
                pays[head] += ((providers, price),)
            elif head < core.always and price > reduced[head]:
                # A skill never pays more than its weight: that would only blur the bound.
                price = reduced[head]
            reduced[head] -= price
            entry = ((providers, price, bit),)
            self.paid += entry
            for k in members:
                reduced[k] += price
                earns[k] += entry
        self.bound += sum(reduced[count:])
        (use0, _), (use1, _) = _two_limits(core)
        tables = (reduced, earns, pays, core.teaches, core.asked, core.serves, use0, use1)
        self.decide = _Decisions(best, *tables, *[*rates, 0, 0][:2]).decide

    def priced(self, state: State) -> State:
        """A state reached under other multipliers, with the bound that these give."""
        kept, dropped, _, room0, spare0, room1, spare1 = state
        bound, reduced = self.bound, self.reduced
        for k, r in enumerate(reduced[: self.core.count]):
            if r > 0:
                if not dropped >> k & 1:
                    bound += r
            elif kept >> k & 1:
                bound += r
        for providers, price, bit in self.paid:
            met = providers & kept
            if met:
                bound -= price * (met.bit_count() - (0 if bit & dropped else 1))
        for g, providers in self.core.skills:
            if not providers & ~dropped:
                bound -= reduced[g]
        return kept, dropped, bound, room0, spare0, room1, spare1

    def fixed(self, state: State) -> tuple[State, list[int]] | None:
        """The state once every item is decided whose other choice would cost too much, and the loose items."""
        reduced, loose = self.reduced, indexes(self.core.opened & ~state[0] & ~state[1])
        while True:
            gap = state[2] - self.best.least
            todo = [k if reduced[k] > 0 else ~k for k in loose if not -gap <= reduced[k] <= gap]
            if not todo:
                return state, loose
            after = self.decide(state, todo)
            if not after:
                return None
            state = after
            decided = state[0] | state[1]
            loose = [k for k in loose if not decided >> k & 1]

    def probed(self, state: State, loose: list[int]) -> tuple[State, dict[int, int]] | None:
        """Try both choices of each loose item: the state once the impossible ones are excluded.

        The items that may still go either way come with a score: the product of what either choice costs.
        """
        decide = self.decide
        scores = {}
        for k in loose:
            if (state[0] | state[1]) >> k & 1:
                continue
            kept, dropped = decide(state, [k]), decide(state, [~k])
            if kept and dropped:
                scores[k] = (state[2] - kept[2] + 1) * (state[2] - dropped[2] + 1)
                continue
            after = kept or dropped
            if not after:
                return None
            state = after
        decided = state[0] | state[1]
        return state, {k: score for k, score in scores.items() if not decided >> k & 1}

    def enumerate(self, state: State, loose: list[int], most: int) -> bool:
        """Offer every set from here that is good enough; False if there are too many states to visit."""
        decide, best, reduced = self.decide, self.best, self.reduced
        order = sorted(loose, key=lambda k: -abs(reduced[k]))
        stack = [(0, state)]
        while stack:
            n, state = stack.pop()
            gap = state[2] - best.least
            if gap < 0:
                continue
            most -= 1
            if most < 0:
                return False
            here: State | None = state
            while here:
                decided = here[0] | here[1]
                while n < len(order) and decided >> order[n] & 1:
                    n += 1
                if n == len(order):
                    best.offer(here[0] & self.core.every)
                    break
                k = order[n]
                n += 1
                likely, other = (k, ~k) if reduced[k] > 0 else (~k, k)
                gap = here[2] - best.least
                if -gap <= reduced[k] <= gap:
                    after = decide(here, [other])
                    if after:
                        stack.append((n, after))
                here = decide(here, [likely])
        return True


class _Decisions(NamedTuple):
    """What a decision looks up, by item: its worth, what rules and limits charge, and whom it asks and serves."""

    best: Incumbent
    reduced: list[int]
    earns: list[tuple[tuple[int, int, int], ...]]
    pays: list[tuple[tuple[int, int], ...]]
    teaches: list[tuple[tuple[int, int], ...]]
    asked: list[tuple[int, ...]]
    serves: list[tuple[tuple[int, int, int], ...]]
    use0: list[int]
    use1: list[int]
    rate0: int
    rate1: int

    def decide(self, state: State, todo: list[int]) -> State | None:
        """The state after decisions (an item's index to keep it, the index's complement to drop it) and all that
        follows from them; None if that cannot be or cannot reach the least worth asked for.

        Most of the time goes here: hence no call for each decision but where it has consequences.
        """
        best, reduced, earns, pays, teaches, asked, serves, use0, use1, rate0, rate1 = self
        kept, dropped, bound, room0, spare0, room1, spare1 = state
        least = best.least
        for k in todo:
            if k >= 0:
                bit = 1 << k
                if kept & bit:
                    continue
                room0 -= use0[k]
                room1 -= use1[k]
                if dropped & bit or room0 < 0 or room1 < 0:
                    return None
                if reduced[k] < 0:
                    bound += reduced[k]
                for providers, price, head in earns[k]:
                    if providers & kept or head & dropped:
                        bound -= price
                if bound < least:
                    return None
                kept |= bit
                if asked[k] and not _can_be_met(asked[k], kept, dropped, todo):
                    return None
            else:
                k = ~k
                bit = 1 << k
                if dropped & bit:
                    continue
                if kept & bit:
                    return None
                dropped |= bit
                spare0 += use0[k]
                spare1 += use1[k]
                if reduced[k] > 0:
                    bound -= reduced[k]
                for g, providers in teaches[k]:
                    if not providers & ~dropped:
                        bound -= reduced[g]
                for providers, price in pays[k]:
                    if providers & kept:
                        bound -= price
                if bound < least or (serves[k] and not _can_be_missed(serves[k], kept, dropped, todo)):
                    return None
        worth = bound - (rate0 * spare0 if spare0 > 0 else 0) - (rate1 * spare1 if spare1 > 0 else 0)
        return None if worth < least else (kept, dropped, bound, room0, spare0, room1, spare1)


def _can_be_met(needs: tuple[int, ...], kept: int, dropped: int, todo: list[int]) -> bool:
    """Whether each need of a kept item has a provider; the only one left has to be kept as well."""
    for providers in needs:
        if not providers & kept:
            options = providers & ~dropped
            if not options & (options - 1):
                if not options:
                    return False
                todo.append(options.bit_length() - 1)
    return True


def _can_be_missed(served: tuple[tuple[int, int, int], ...], kept: int, dropped: int, todo: list[int]) -> bool:
    """Whether those a dropped item served do without it: a kept one takes the last other provider or cannot be,
    an open one without any is dropped as well.
    """
    for providers, head, n in served:
        if not providers & kept:
            options = providers & ~dropped
            if not options & (options - 1):
                if head & kept:
                    if not options:
                        return False
                    todo.append(options.bit_length() - 1)
                elif not options:
                    todo.append(~n)
    return True
