"""An order in which every need is met before it is used, and which follows the phases of the path as far as it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from roadmap.model.catalogue import Catalogue, Module, Path
from roadmap.planning.rules import Adjustments

Rank = tuple[int, int, int, str]


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


def suppliers(
    modules: Mapping[str, Module], have: Mapping[str, int]
) -> dict[str, dict[tuple[str, int], tuple[str, ...]]]:
    """For each module and each need that is not held: the chosen modules that can meet it."""
    teachers: dict[str, list[Module]] = {}
    for module in modules.values():
        for skill in module.teaches:
            teachers.setdefault(skill, []).append(module)
    out: dict[str, dict[tuple[str, int], tuple[str, ...]]] = {}
    for module in modules.values():
        out[module.id] = {
            (skill, level): tuple(
                t.id for t in teachers.get(skill, ()) if t.teaches[skill] >= level and t is not module
            )
            for skill, level in module.needs.items()
            if have.get(skill, 0) < level
        }
    return out


def ranks(
    catalogue: Catalogue,
    modules: Mapping[str, Module],
    path: Path,
    rules: Adjustments,
    supply: Mapping[str, Mapping[tuple[str, int], tuple[str, ...]]],
) -> dict[str, Rank]:
    """How early each module wants to come: its own place in the path, or that of the earliest module waiting for it."""
    stages = list(catalogue.stages)
    own: dict[str, Rank] = {}
    for module in modules.values():
        phase, place = phase_of(module, path)
        if module.id in rules.early:
            phase, place = 0, 0
        elif module.id in rules.late:
            place += 1000
        own[module.id] = (phase, place, stages.index(module.stage), module.id)
    pulled = dict(own)
    for id_ in sorted(own, key=lambda i: own[i]):
        _pull(id_, pulled[id_], pulled, supply)
    return pulled


def _pull(
    id_: str,
    rank: Rank,
    pulled: dict[str, Rank],
    supply: Mapping[str, Mapping[tuple[str, int], tuple[str, ...]]],
) -> None:
    """Move what a module waits for at least as early as the module itself; one supplier of each need will do."""
    for able in supply[id_].values():
        if not able:
            continue
        best = min(able, key=lambda i: pulled[i])
        wanted = (*rank[:3], rank[3])
        if wanted < pulled[best]:
            pulled[best] = wanted
            _pull(best, wanted, pulled, supply)


def order(
    catalogue: Catalogue,
    modules: Mapping[str, Module],
    path: Path,
    rules: Adjustments,
    have: Mapping[str, int],
) -> list[Placed]:
    """The modules in a sequence that respects needs; modules in a circle of needs are left out of the answer."""
    supply = suppliers(modules, have)
    rank = ranks(catalogue, modules, path, rules, supply)
    own = {id_: phase_of(m, path) for id_, m in modules.items()}
    waiting: dict[str, set[tuple[str, int]]] = {id_: set(needs) for id_, needs in supply.items()}
    users: dict[tuple[str, int], list[str]] = {}
    for id_, needs in supply.items():
        for need in needs:
            users.setdefault(need, []).append(id_)
    ready = [(rank[id_], own[id_], id_) for id_, needs in waiting.items() if not needs]
    heapify(ready)
    out: list[Placed] = []
    met: dict[tuple[str, int], str] = {}
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
