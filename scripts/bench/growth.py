"""Catalogues several times as large as the real one, made of copies of its own entries.

A copy goes through the same validation as a file, and the loader's own list of references says which of its words
are ids of something that is copied too.
"""

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

import orjson

from roadmap.errors import RoadmapError
from roadmap.loading.load import read_postings
from roadmap.loading.references import mentions
from roadmap.loading.shapes import KINDS, shape
from roadmap.loading.source import folder
from roadmap.model.catalogue import Catalogue
from roadmap.model.market import Posting, market
from roadmap.model.problem import Faults

Data = dict[str, Any]
LEARNT = ("skills", "modules", "resources", "certifications", "rules")
WHOLE = (*LEARNT, "roles", "specialisations", "paths", "routes", "moves", "outcomes")
# What of a role, field, path, route, move or outcome asks for the copies too, where it is not copied itself.
ASKING = {
    "roles": ("baseline", "targets"),
    "specialisations": ("modules",),
    "paths": ("essentials", "usual_exams", "phases"),
    "routes": ("core", "focus", "phases"),
    "moves": ("modules",),
    "outcomes": ("modules", "phases"),
}


def longer(catalogue: Catalogue, times: int) -> Catalogue:
    """So many times all there is to learn, all of it asked for: a plan has so many times the steps."""
    copies = range(2, times + 1)
    grown: Data = {kind: dict(getattr(catalogue, kind)) for kind in WHOLE}
    for kind in LEARNT:
        for entry in getattr(catalogue, kind).values():
            for n in copies:
                _add(grown, kind, _copy(kind, entry, n, LEARNT))
    for kind, names in ASKING.items():
        for entry in getattr(catalogue, kind).values():
            data = _plain(entry)
            for n in copies:
                other = _copy(kind, entry, n, LEARNT)
                data |= {name: _joined(data[name], other[name]) for name in names}
            _add(grown, kind, data)
    return replace(catalogue, **grown, market=market([p for n in range(1, times + 1) for p in _postings(n)]))


def wider(catalogue: Catalogue, times: int) -> Catalogue:
    """The catalogue beside copies of itself, each for roles of its own: a plan stays as it is.

    The postings are not copied, for then every skill would count for less, and with limits another plan be best.
    """
    grown: Data = {kind: dict(getattr(catalogue, kind)) for kind in WHOLE}
    for n in range(2, times + 1):
        targets = [f"{r.id}-{n}" for r in catalogue.roles.values() if r.target]
        for kind in WHOLE:
            for entry in getattr(catalogue, kind).values():
                data = _copy(kind, entry, n, WHOLE)
                if kind == "rules":
                    data["when"]["target"] = data["when"]["target"] or targets
                if kind in ("roles", "paths"):
                    data["facts"] = []
                _add(grown, kind, data)
    return replace(catalogue, **grown)


def _plain(entry: Any) -> Data:
    data: Data = orjson.loads(orjson.dumps(asdict(entry), option=orjson.OPT_NON_STR_KEYS))
    return data


def _copy(kind: str, entry: object, n: int, copied: Collection[str]) -> Data:
    """An entry as data that mentions the n-th copies of whatever is copied."""
    data = _plain(entry)
    # What is inside goes first, while the keys that lead to it have their names.
    for (*way, last), value, wanted, is_key in sorted(mentions(entry), key=lambda found: -len(found[0])):
        if wanted not in copied:
            continue
        holder: Any = data
        for step in way:
            holder = holder[step if isinstance(holder, list) else str(step)]
        if is_key:
            holder[f"{value}-{n}"] = holder.pop(value)
        else:
            holder[last] = f"{value}-{n}"
    if kind in copied:
        data["id"] += f"-{n}"
    for phase in data.get("phases", ()):
        phase["id"] += f"-{n}"
    for line in data.get("now", ()):
        line["id"] += f"-{n}"
    if kind == "skills":
        data |= {"name": f"{data['name']} (copy {n})", "aliases": [], "exact": [], "listed": []}
    if kind == "roles":
        data["titles"] = []
    if kind == "modules":
        # Copies that differ in nothing would make ties as no real catalogue has them.
        data["hours"] |= {key: data["hours"][key] * (1 + n / 50) for key in ("low", "likely", "high")}
    return data


def _add(grown: Data, kind: str, data: Data) -> None:
    faults = Faults()
    entry = shape(KINDS[kind], data, (kind, data["id"]), faults)
    if entry is None:
        raise RoadmapError(f"a generated entry is wrong: {faults}")
    grown[kind][data["id"]] = entry


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, list):
        return one + other
    return one | {key: _joined(one[key], value) if key in one else value for key, value in other.items()}


def _postings(n: int) -> list[Posting]:
    own = read_postings(folder("data") / "postings.csv")
    return own if n == 1 else [replace(p, skills=tuple(f"{s}-{n}" for s in p.skills)) for p in own]
