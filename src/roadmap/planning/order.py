"""An order in which every need is met before it is used, and which follows the phases of the path as far as it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from roadmap.model.catalogue import Catalogue, Module, Path
from roadmap.planning.rules import Adjustments, remember

Rank = tuple[int, int, int, str]
Need = tuple[str, int]
Supply = Mapping[str, Mapping[Need, tuple[str, ...]]]
LAST = 1000


@dataclass(frozen=True)
class Placed:
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


def suppliers(modules: Mapping[str, Module], have: Mapping[str, int]) -> Supply:
    """For each module and each need that is not held: the chosen modules that can meet it."""
    teachers: dict[str, list[tuple[int, str]]] = {}
    for id_, module in modules.items():
        for skill, level in module.teaches.items():
            teachers.setdefault(skill, []).append((level, id_))
    out: dict[str, dict[Need, tuple[str, ...]]] = {}
    for id_, module in modules.items():
        unmet = out[id_] = {}
        for need in module.needs.items():
            skill, level = need
            if have.get(skill, 0) < level:
                unmet[need] = tuple([t for reached, t in teachers.get(skill, ()) if reached >= level and t != id_])
    return out


def _places(catalogue: Catalogue, path: Path, rules: Adjustments) -> dict[str, Rank]:
    """Where each module of the catalogue stands on a path by itself, as the rules that fired move it."""
    key = ("places", path.id, rules.fired)
    found: dict[str, Rank] | None = catalogue.memo.get(key)
    if found is None:
        stages = {id_: i for i, id_ in enumerate(catalogue.stages)}
        found = {}
        for id_, module in catalogue.modules.items():
            phase, place = (0, 0) if id_ in rules.early else phase_of(module, path)
            late = LAST if id_ in rules.late and id_ not in rules.early else 0
            found[id_] = (phase, place + late, stages[module.stage], id_)
        remember(catalogue, key, found)
    return found


def ranks(
    catalogue: Catalogue, modules: Mapping[str, Module], path: Path, rules: Adjustments, supply: Supply
) -> dict[str, Rank]:
    """How early each module wants to come: its own place, or that of the earliest module waiting for it."""
    places = _places(catalogue, path, rules)
    pulled = {id_: places[id_] for id_ in modules}
    for id_ in sorted(pulled, key=pulled.__getitem__):
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
    have: Mapping[str, int],
) -> list[Placed]:
    """The modules in a sequence that respects needs; modules in a circle of needs are left out of the answer."""
    supply = suppliers(modules, have)
    own = _places(catalogue, path, rules)
    rank = ranks(catalogue, modules, path, rules, supply)
    waiting = {id_: set(needs) for id_, needs in supply.items()}
    users: dict[Need, list[str]] = {}
    for id_, needs in supply.items():
        for need in needs:
            users.setdefault(need, []).append(id_)
    ready = [(rank[id_], own[id_], id_) for id_, needs in waiting.items() if not needs]
    heapify(ready)
    out: list[Placed] = []
    met: dict[Need, str] = {}
    while ready:
        place, _, id_ = heappop(ready)
        module = modules[id_]
        after = dict.fromkeys(met[need] for need in supply[id_])
        out.append(Placed(module, path.phases[place[0]].id, tuple(after)))
        for skill, level in module.teaches.items():
            for reached in range(1, level + 1):
                need = (skill, reached)
                if need in met or need not in users:
                    continue
                met[need] = id_
                for user in users[need]:
                    waiting[user].discard(need)
                    if not waiting[user]:
                        heappush(ready, (rank[user], own[user], user))
    return out
