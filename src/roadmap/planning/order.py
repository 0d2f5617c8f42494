"""An order in which every need is met before it is used, and which follows the phases of the path as far as it can."""

from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from roadmap.model.catalogue import Catalogue, Module, Path
from roadmap.planning.rules import Adjustments

Rank = tuple[int, int, int, str]
Need = tuple[str, int]
Supply = Mapping[str, Mapping[Need, tuple[str, ...]]]
LAST = 1000


class Placed(NamedTuple):
    """A module in its place: the phase it serves and the modules it has to wait for."""

    module: Module
    phase: str
    after: tuple[str, ...]


def phase_of(module: Module, path: Path) -> tuple[int, int]:
    """Index of the phase that takes a module, and its place there; those nobody names come last."""
    for i, phase in enumerate(path.phases):
        if module.id in phase.modules:
            return i, phase.modules.index(module.id)
    for i, phase in enumerate(path.phases):
        if module.stage in phase.stages:
            return i, len(phase.modules)
    return len(path.phases) - 1, len(path.phases[-1].modules)


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


def _places(catalogue: Catalogue, path: Path, rules: Adjustments) -> dict[str, Rank]:
    """Where each module of the catalogue stands on a path by itself, as the rules that fired move it."""
    return catalogue.once("places", (path.id, rules.fired), lambda: _placed(catalogue, path, rules))


def _placed(catalogue: Catalogue, path: Path, rules: Adjustments) -> dict[str, Rank]:
    stages = {id_: i for i, id_ in enumerate(catalogue.stages)}
    found = {}
    for id_, module in catalogue.modules.items():
        phase, place = (0, 0) if id_ in rules.early else phase_of(module, path)
        late = LAST if id_ in rules.late and id_ not in rules.early else 0
        found[id_] = (phase, place + late, stages[module.stage], id_)
    return found


def ranks(
    catalogue: Catalogue, modules: Mapping[str, Module], path: Path, rules: Adjustments, supply: Supply
) -> dict[str, Rank]:
    """How early each module wants to come: its own place, or that of the earliest module waiting for it."""
    places = _places(catalogue, path, rules)
    pulled = {id_: places[id_] for id_ in modules}
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
    path: Path,
    rules: Adjustments,
    supply: Supply,
) -> list[Placed]:
    """The modules in a sequence that respects needs; modules in a circle of needs are left out of the answer.

    `supply` is what `suppliers` says of the modules and the levels held.
    """
    own = _places(catalogue, path, rules)
    rank = ranks(catalogue, modules, path, rules, supply)
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
        out.append(Placed(module, path.phases[place[0]].id, after))
        for skill in module.teaches.keys() & users.keys():
            level = module.teaches[skill]
            for need in [n for n in users[skill] if n[1] <= level]:
                met[need] = id_
                for user in users[skill].pop(need):
                    waiting[user] -= 1
                    if not waiting[user]:
                        heappush(ready, (rank[user], own[user], user))
    return out
