"""Branch and bound (Land and Doig 1960) over the linear relaxation, with fixing, probing and small enumerations."""

from roadmap.planning.optimise.incumbent import Incumbent
from roadmap.planning.optimise.item import Holds
from roadmap.planning.optimise.model import Core, indexes
from roadmap.planning.optimise.pricing import Pricing, State, start
from roadmap.planning.optimise.simplex import Relaxation

# Found by experiment on generated catalogues of 80 modules; they change the time taken, never the answer.
_CORE = 32
_STATES = 60
_LEAST_STEP = 1000

_Node = tuple[Relaxation, State, int]


class Search:
    """The search tree of a core."""

    def __init__(self, core: Core, holds: Holds | None) -> None:
        self.core = core
        self.best = Incumbent(core, holds)
        self.root = Relaxation(core)

    def run(self) -> frozenset[int] | None:
        """Ask for a set near the bound first, then further and further below it.

        A failed round is cheap and shows that the optimum is lower; the round that succeeds has proved its answer.
        The first step down is half of what an average item's use of the limits is worth: about the gap to expect,
        since a limit is rarely filled to the last hour.
        """
        core, best = self.core, self.best
        prices, rates = self.root.multipliers(self.root.solve())
        pricing = Pricing(core, best, prices, rates)
        state = pricing.priced(start(core))
        room = sum([rate * sum(use) for rate, (use, _) in zip(rates, core.limits, strict=True)])
        step = 1 + max(abs(state[2]) // _LEAST_STEP, room // (2 * core.count + 1))
        while True:
            aim = best.least = max(best.worth, state[2] - step)
            self._round(pricing, state)
            if best.worth >= aim:
                return None if best.kept is None else frozenset(indexes(best.kept))
            step *= 2

    def _round(self, pricing: Pricing, state: State) -> None:
        """Offer the best set that is worth the least asked for, if there is any."""
        core, best = self.core, self.best
        stack = self._settle(self.root, pricing, state)
        while stack:
            relaxation, state, decision = stack.pop()
            kept, dropped = (1 << decision, 0) if decision >= 0 else (0, 1 << ~decision)
            relaxation.fix(kept, dropped)
            ray = relaxation.solve(best.least / core.model.unit - 1)
            pricing = Pricing(core, best, *relaxation.multipliers(ray))
            after = pricing.decide(pricing.priced(state), [decision])
            if after:
                stack += self._settle(relaxation, pricing, after)

    def _settle(self, relaxation: Relaxation, pricing: Pricing, state: State) -> list[_Node]:
        """Settle a node by its bound, by reduced costs, probing and enumeration; else the nodes to branch to."""
        core, best = self.core, self.best
        rounded = relaxation.integral()
        if rounded:
            whole = pricing.decide(state, rounded)
            if whole:
                best.offer(whole[0] & core.every)
        fixed = pricing.fixed(state) if state[2] >= best.least else None
        probed = pricing.probed(*fixed) if fixed else None
        if not probed:
            return []
        state, scores = probed
        if len(scores) <= _CORE and pricing.enumerate(state, list(scores), _STATES):
            return []
        if not best.allows(state[0] & core.every):
            return []
        if relaxation is self.root:
            relaxation = relaxation.copy()
        relaxation.fix(state[0] & core.every, state[1])
        x = relaxation.x
        k = max(scores, key=lambda k: min(x[k], 1 - x[k]) * scores[k])
        likely, other = (k, ~k) if x[k] >= 0.5 else (~k, k)
        return [(relaxation, state, other), (relaxation.copy(), state, likely)]
