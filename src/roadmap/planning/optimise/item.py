"""What may be kept, as the solver sees it."""

from collections.abc import Callable
from dataclasses import dataclass

Holds = Callable[[frozenset[int]], bool]


@dataclass(frozen=True)
class Item:
    """A module that may be kept.

    ``hours`` are quarter hours (above 0), ``cost`` US cents, ``value`` the module's own worth in millionths of
    coverage. ``gains`` are the indexes of the skills it brings to working level. Each of ``needs`` is met if any
    one of its items is kept, so an empty need can never be met. ``must`` says that it has to be kept.
    """

    hours: int
    cost: int
    value: int
    gains: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    must: bool = False
