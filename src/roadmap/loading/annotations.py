"""What the classes of the catalogue say about their keys: type, limits, whose ids they hold, and what they mean."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from roadmap.model.bounds import Ref
from roadmap.model.catalogue import Catalogue


@cache
def keys(kind: type) -> Mapping[str, Any]:
    """The annotation of every key of a class, in order."""
    return {k: h for k, h in get_type_hints(kind, include_extras=True).items() if not k.startswith("_")}


def kinds() -> Mapping[str, type]:
    """The kinds of entries and their classes, as the catalogue has them."""
    return {name: get_args(hint)[1] for name, hint in keys(Catalogue).items() if get_origin(hint) is Mapping}


def meaning(hint: Any) -> str:
    """What a key means: the last sentence of its annotation, which is nearest to the key. Empty if there is none."""
    said = [x for x in _extras(hint) if isinstance(x, str)]
    return said[-1] if said else next((m for arm in options(hint) if arm is not hint and (m := meaning(arm))), "")


def reference(hint: Any) -> Ref | None:
    """Whose ids a text is, if it is an id."""
    return next((x for x in reversed(_extras(hint)) if isinstance(x, Ref)), None)


def bare(hint: Any) -> Any:
    """The type without what is said beside it."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def options(hint: Any) -> tuple[Any, ...]:
    """What a value may be, without null; a type that is no choice is the only one."""
    plain = bare(hint)
    if get_origin(plain) in (Union, types.UnionType):
        return tuple(arm for arm in get_args(plain) if arm is not type(None))
    return (hint,)


def classes(hint: Any) -> Iterator[type]:
    """The classes of entries that a type is made of."""
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for arg in get_args(hint):
        yield from classes(arg)


def inner(kind: type, done: set[type]) -> Iterator[type]:
    """The classes nested in a class, depth first, each that is not `done` once."""
    for hint in keys(kind).values():
        for found in classes(hint):
            if found not in done and found is not kind:
                done.add(found)
                yield found
                yield from inner(found, done)


def _extras(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()
