"""Every id that one entry mentions of another, and the check that each of them exists.

Which keys hold ids, and whose, stands beside each key in the classes of the model.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache, partial
from typing import Any, NamedTuple, get_args, get_origin

from roadmap.loading.annotations import bare, keys, kinds, options, reference
from roadmap.loading.finding import Finding
from roadmap.model.bounds import Ref
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import MOST_FAULTS, Path, nearest


class Reference(NamedTuple):
    """Where in an entry another one is named: its id, its kind, and whether the id is a key there."""

    path: Path
    id: str
    kind: str
    is_key: bool = False


Walk = Callable[[Any, Path], Iterator[Reference]]


def mentions(entry: Any) -> Iterator[Reference]:
    """Every id of others in an entry, in the order of its keys."""
    yield from _in_entry(entry, ())


def unknown_id(catalogue: Catalogue) -> Iterator[Finding]:
    """An entry mentions a skill, module, resource, certification, source or other id that is nowhere defined."""
    told = 0
    for kind in kinds():
        for id_, entry in getattr(catalogue, kind).items():
            for path, value, wanted, is_key in mentions(entry):
                known = getattr(catalogue, wanted)
                if value not in known:
                    message = f'{id_}: there is no {wanted} entry "{value}"'
                    # Beyond those that are shown nobody reads a hint, and searching for one takes its time.
                    hint = nearest(value, known) if told < MOST_FAULTS else ""
                    told += 1
                    yield Finding(kind, id_, path, message, hint, at_key=is_key, about=value, wanted=wanted)


def _in_entry(entry: Any, path: Path) -> Iterator[Reference]:
    kind: type = type(entry)
    for name, walk in _walks(kind):
        value = getattr(entry, name)
        if value:
            yield from walk(value, (*path, name))


@cache
def _walks(kind: type) -> list[tuple[str, Walk]]:
    """The keys of a class under which ids can stand, each with how to find them."""
    return [(name, walk) for name, hint in keys(kind).items() if (walk := _walk(hint))]


def _walk(hint: Any) -> Walk | None:
    """How to find the ids in a value of a type; None where there can be none."""
    ref = reference(hint)
    if ref:
        return partial(_one, ref)
    choice = [walk for arm in options(hint) if arm is not hint and (walk := _walk(arm))]
    if choice:
        return choice[0]
    plain = bare(hint)
    if is_dataclass(plain):
        return _in_entry
    args = get_args(plain)
    if get_origin(plain) is tuple:
        each = _walk(args[0])
        return partial(_list, each) if each else None
    if get_origin(plain) in (dict, Mapping):
        key, value = reference(args[0]), _walk(args[1])
        return partial(_mapping, key, value) if key or value else None
    return None


def _one(ref: Ref, value: str, path: Path) -> Iterator[Reference]:
    named = ref.named(value)
    if named:
        yield Reference(path, named[1], named[0])


def _list(each: Walk, values: tuple[Any, ...], path: Path) -> Iterator[Reference]:
    for i, value in enumerate(values):
        yield from each(value, (*path, i))


def _mapping(ref: Ref | None, inside: Walk | None, values: Mapping[str, Any], path: Path) -> Iterator[Reference]:
    for key, value in values.items():
        named = ref.named(key) if ref else None
        if named:
            yield Reference((*path, key), named[1], named[0], is_key=True)
        if inside:
            yield from inside(value, (*path, key))
