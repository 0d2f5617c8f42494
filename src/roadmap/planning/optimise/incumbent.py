"""The best set met so far, and the worth below which no other is of interest."""

from roadmap.planning.optimise.item import Holds
from roadmap.planning.optimise.model import Core, indexes


class Incumbent:
    """The best set met so far (None yet), its folded worth, and the least worth still asked for."""

    def __init__(self, core: Core, holds: Holds | None) -> None:
        self.core, self.holds = core, holds
        self.kept: int | None = None
        self.worth = self.least = core.worth - sum(map(abs, core.base)) - 1

    def offer(self, kept: int) -> None:
        """Take a set that meets rules and limits if it is better, or as good and first in the order of indexes.

        A set that is refused says nothing about any other one: ``least`` rises only with a set that is taken.
        """
        core = self.core
        worth = core.worth_of(kept)
        if worth < self.worth:
            return
        if worth == self.worth and self.kept is not None:
            apart = self.kept ^ kept
            if not apart & -apart & kept:
                return
        if core.circular and len(core.model.supported(kept)) < kept.bit_count():
            return
        if self.allows(kept):
            self.kept, self.worth = kept, worth
            self.least = max(self.least, worth)

    def allows(self, kept: int) -> bool:
        """Whether the further condition holds for a set, as it must for every part of a solution."""
        return self.holds is None or self.holds(frozenset(indexes(kept)))
