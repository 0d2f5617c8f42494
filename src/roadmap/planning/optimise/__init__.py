"""Which modules to keep under a limit on hours or money: the optimum, proved, without a solver library.

The problem is a knapsack with prerequisites (each an "any one of") and with coverage: a skill counts once,
whoever teaches it. The method is branch and bound (Land and Doig 1960), in four steps, a module each:

- ``presolve`` decides what the rules alone decide and leaves a smaller problem, the core;
- ``simplex`` solves the core's linear relaxation; it works in floating point and only proposes multipliers;
- ``pricing`` turns multipliers into bounds and forced decisions; it proves, and so works in integers;
- ``search`` branches, and keeps the best set met.
"""

from collections.abc import Sequence

from roadmap.planning.optimise.item import Holds, Item
from roadmap.planning.optimise.model import Model
from roadmap.planning.optimise.presolve import reduced
from roadmap.planning.optimise.search import Search

__all__ = ["Holds", "Item", "best"]


def best(
    items: Sequence[Item],
    weights: Sequence[int],
    capacity: int | None,
    budget: int | None,
    holds: Holds | None = None,
) -> frozenset[int] | None:
    """The kept set of greatest worth; None if not even the must-items fit.

    ``capacity`` is in quarter hours, ``budget`` in US cents (None: no limit), ``weights`` in millionths of
    coverage for each skill. Of sets of equal worth it is the one of fewest hours, then of lowest cost, then the
    one whose sorted indexes come first.

    ``holds`` is a further condition on the kept set (its indexes), under which the limits are only a relaxation.
    It has to be hereditary: if it is true of a set, it is true of every part of it. It is asked rarely, of sets that
    would be the best so far. The closer the limits are to it, the faster is the answer.
    """
    model = Model(items, capacity, budget)
    core = reduced(model, items, weights, equals=holds is None)
    return None if core is None else Search(core, holds).run()
