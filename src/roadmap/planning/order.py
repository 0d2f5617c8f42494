"""An order in which every need is met before it is used, and which follows the phases of the route as far as it can."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from roadmap.model.advice import RoutePhase
from roadmap.model.catalogue import Catalogue, Module
from roadmap.planning.rules import Adjustments

Rank = tuple[int, int, int, str]
Need = tuple[str, int]
Supply = Mapping[str, Mapping[Need, tuple[str, ...]]]
LAST = 1000
EXAMS_FROM = 900
SPARE = 2000


class Placed(NamedTuple):
    """A module in its place: the phase it serves and the modules it has to wait for."""

    module: Module
    phase: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The phases of an end in order, and the phase at whose end exams stand, and the last phase of learning.

    `late` modules wait for the phase after the exams: what is only focus never holds up the move. `spare` ones fill
    the time that is left, so they come after everything else.
    """

    phases: tuple[RoutePhase, ...]
    exams_after: int
    last: int
    exams: tuple[str, ...] = ()
    late: frozenset[str] = frozenset()
    spare: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Phase and place in it of every module that a phase names: the move goes first, then the first phase."""
        found: dict[str, tuple[int, int]] = {}
        order = [*range(self.last + 1, len(self.phases)), *range(self.last + 1)]
        for i in order:
            for j, id_ in enumerate(self.phases[i].modules):
                found.setdefault(id_, (i, j))
        return found

    def place(self, module: Module) -> tuple[int, int]:
        """Index of the phase that takes a module, and its place there; what nobody names comes last."""
        found = self.places.get(module.id)
        if found is not None and module.id in self.late and found[0] <= self.exams_after < self.last:
            return self.exams_after + 1, found[1] - EXAMS_FROM
        if found is not None:
            return found
        if module.kind == "certify":
            at = self.exams.index(module.id) if module.id in self.exams else len(self.exams)
            return self.exams_after, EXAMS_FROM + at
        return self.last, EXAMS_FROM - 1


def suppliers(catalogue: Catalogue, modules: Collection[str], have: Mapping[str, int]) -> Supply:
    """For each module and each need that is not held: the chosen modules that can meet it."""
    teachers = catalogue.once("teachers", None, lambda: _teachers(catalogue))
    return {
        id_: {
            need: tuple([t for t in able if t in modules])
            for need, able in teachers[id_]
            if have.get(need[0], 0) < need[1]
        }
        for id_ in modules
    }


def _teachers(catalogue: Catalogue) -> dict[str, list[tuple[Need, list[str]]]]:
    """For each module and each of its needs the other modules of the catalogue that can meet it."""
    return {
        id_: [
            (
                (skill, level),
                [m.id for m in catalogue.teachers.get(skill, ()) if m.teaches[skill] >= level and m.id != id_],
            )
            for skill, level in module.needs.items()
        ]
        for id_, module in catalogue.modules.items()
    }


def _places(catalogue: Catalogue, layout: Layout, rules: Adjustments) -> dict[str, Rank]:
    """Where each module of the catalogue stands by itself, as the rules that fired move it."""
    key = (
        tuple([(p.id, p.modules) for p in layout.phases]),
        layout.exams_after,
        layout.exams,
        layout.late,
        rules.fired,
    )
    return catalogue.once("places", key, lambda: _placed(catalogue, layout, rules))


def _placed(catalogue: Catalogue, layout: Layout, rules: Adjustments) -> dict[str, Rank]:
    stages = {id_: i for i, id_ in enumerate(catalogue.stages)}
    found = {}
    for id_, module in catalogue.modules.items():
        phase, place = (0, -1) if id_ in rules.early else layout.place(module)
        late = LAST if id_ in rules.late and id_ not in rules.early else 0
        found[id_] = (phase, place + late, stages[module.stage], id_)
    return found


def _own(catalogue: Catalogue, modules: Collection[str], layout: Layout, rules: Adjustments) -> dict[str, Rank]:
    """Where each of these modules stands by itself."""
    places = _places(catalogue, layout, rules)
    found = {id_: places[id_] for id_ in modules}
    for id_ in layout.spare & found.keys():
        _, place, stage, _ = found[id_]
        found[id_] = (layout.last, place + SPARE, stage, id_)
    return found


def ranks(
    catalogue: Catalogue, modules: Mapping[str, Module], layout: Layout, rules: Adjustments, supply: Supply
) -> dict[str, Rank]:
    """How early each module wants to come: its own place, or that of the earliest module waiting for it."""
    pulled = _own(catalogue, modules, layout, rules)
    for id_ in sorted(filter(supply.__getitem__, pulled), key=pulled.__getitem__):
        _pull(id_, pulled[id_], pulled, supply)
    return pulled


def _pull(id_: str, rank: Rank, pulled: dict[str, Rank], supply: Supply) -> None:
    """Move what a module waits for at least as early as the module itself; one supplier of each need will do."""
    for able in supply[id_].values():
        if able:
            best = able[0] if len(able) == 1 else min(able, key=pulled.__getitem__)
            if rank < pulled[best]:
                pulled[best] = rank
                _pull(best, rank, pulled, supply)


def order(
    catalogue: Catalogue,
    modules: Mapping[str, Module],
    layout: Layout,
    rules: Adjustments,
    supply: Supply,
) -> list[Placed]:
    """The modules in a sequence that respects needs; modules in a circle of needs are left out of the answer.

    `supply` is what `suppliers` says of the modules and the levels held.
    """
    own = _own(catalogue, modules, layout, rules)
    rank = ranks(catalogue, modules, layout, rules, supply)
    waiting = {id_: len(needs) for id_, needs in supply.items()}
    users: dict[str, dict[Need, list[str]]] = {}
    for id_, needs in supply.items():
        for need in needs:
            users.setdefault(need[0], {}).setdefault(need, []).append(id_)
    ready = [(rank[id_], own[id_], id_) for id_, number in waiting.items() if not number]
    heapify(ready)
    out: list[Placed] = []
    met: dict[Need, str] = {}
    while ready:
        place, _, id_ = heappop(ready)
        module = modules[id_]
        after = tuple(dict.fromkeys([met[need] for need in supply[id_]]))
        out.append(Placed(module, layout.phases[place[0]].id, after))
        for skill in module.teaches.keys() & users.keys():
            level = module.teaches[skill]
            for need in [n for n in users[skill] if n[1] <= level]:
                met[need] = id_
                for user in users[skill].pop(need):
                    waiting[user] -= 1
                    if not waiting[user]:
                        heappush(ready, (rank[user], own[user], user))
    return out
