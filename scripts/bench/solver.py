"""Our solver against CP-SAT, problem by problem, the building of the model included on both sides."""

from collections.abc import Iterable, Sequence
from functools import partial
from graphlib import CycleError, TopologicalSorter
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

from tests.test_optimise import catalogue, feasible, limits, oracle, worth

from roadmap import load_catalogue
from roadmap.planning import optimise
from roadmap.planning.make import make_plan
from roadmap.planning.optimise import Holds, Item
from scripts.bench.figures import MILLI, Figure, busy, ratio, told
from scripts.bench.people import TODAY, limited

LIMIT = 0.1
WORST = 250.0
THIRD = (33, None)


class Problem(NamedTuple):
    """What the solver is asked."""

    items: Sequence[Item]
    weights: Sequence[int]
    capacity: int | None
    budget: int | None


class Outcome(NamedTuple):
    """Processor seconds of both, of CP-SAT also without an order; whether they agree, and CP-SAT came to an end."""

    ours: float
    theirs: float
    simple: float
    agreed: bool
    proved: bool


def real() -> list[Problem]:
    """What plans of the real catalogue ask, for people with a deadline, a budget or both."""
    asked: list[Problem] = []
    ours = optimise.best

    def watched(
        items: Sequence[Item],
        weights: Sequence[int],
        capacity: int | None,
        budget: int | None,
        holds: Holds | None = None,
    ) -> frozenset[int] | None:
        asked.append(Problem(items, weights, capacity, budget))
        return ours(items, weights, capacity, budget, holds)

    known = load_catalogue()
    with patch.object(optimise, "best", watched):
        for someone in limited(known):
            make_plan(known, someone, TODAY)
    return asked


def generated(count: int) -> Iterable[Problem]:
    """Catalogues of 80 modules over 55 skills, a third of the hours free."""
    for seed in range(count):
        items, weights = catalogue(seed)
        yield Problem(items, weights, *limits(items, *THIRD))


def against_cp_sat(turns: int, count: int) -> list[Figure]:
    """Both kinds of problem."""
    return [
        *_told("real catalogue", [_compared(p, turns) for p in real()], WORST),
        *_told("generated, 80 modules", [_compared(p, 1) for p in generated(count)], None),
    ]


def _compared(problem: Problem, turns: int) -> Outcome:
    """One worker on each side. CP-SAT is told to find an order only where needs go in circles: it costs it time."""
    kept = optimise.best(*problem)
    ordered = _circular(problem.items)
    bounds: list[tuple[int, int]] = []
    ours, theirs, simple = [], [], []
    for _ in range(turns):
        ours.append(busy(partial(optimise.best, *problem)))
        theirs.append(busy(lambda: bounds.append(oracle(*problem, ordered=ordered))))
        simple.append(busy(partial(oracle, *problem)) if ordered else theirs[-1])
    low, high = bounds[-1]
    return Outcome(
        median(ours),
        median(theirs),
        median(simple),
        agreed(problem, kept, low, high),
        low == high,
    )


def agreed(problem: Problem, kept: frozenset[int] | None, low: int, high: int) -> bool:
    """Whether ours is a set that fits and the best one; where nothing fits, CP-SAT finds no worth at all."""
    items, weights, capacity, budget = problem
    if kept is None:
        return low == high == 0 < sum(i.value for i in items if i.must)
    return feasible(items, kept, capacity, budget) and low <= worth(items, weights, kept) <= high


def _circular(items: Sequence[Item]) -> bool:
    try:
        TopologicalSorter({i: {j for need in item.needs for j in need} for i, item in enumerate(items)}).prepare()
    except CycleError:
        return True
    return False


def _told(name: str, outcomes: Sequence[Outcome], worst: float | None) -> list[Figure]:
    ours, theirs, simple = ([o[i] for o in outcomes] for i in range(3))
    measured = f"ours {told(ours, MILLI, 'ms')}, CP-SAT {told(theirs, MILLI, 'ms')}"
    ended, same = sum(o.proved for o in outcomes), sum(o.agreed for o in outcomes)
    agreeing = f"{same} of {len(outcomes)}; CP-SAT proved {ended} in its time"
    figures = [
        Figure(f"{name}: median against median", measured, median(ours) / median(theirs), most=LIMIT),
        Figure(f"{name}: median of the ratios", "", ratio(ours, theirs), most=LIMIT),
        Figure(f"{name}: our worst", "", max(ours) * MILLI, "ms", most=worst),
        Figure(f"{name}: optima that agree", agreeing, same / len(outcomes), least=1),
    ]
    if simple != theirs:
        loose = f"CP-SAT {told(simple, MILLI, 'ms')}"
        figures.insert(2, Figure(f"{name}: the same without an order, wrong about circles", loose, ratio(ours, simple)))
    return figures
