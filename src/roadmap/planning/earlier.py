"""The plans that somebody may have taken elsewhere before: as they stood whenever something changed.

Nothing is kept of what was exported. But a plan only changes with its journal and its replans, and between two of
these days only moves on, so that the plans right before each change hold all that was ever planned.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.model.plan import Plan
from roadmap.planning.known import know, pace_of, rest_of

MOST = 40
"""Plans that are worked out again at most; of longer lives, these evenly."""
MOST_EVENTS = 40_000
"""Lines of a journal that are gone through for all of them together."""


def earlier_plans(versions: Sequence[SavedPlan], catalogue: Catalogue) -> list[Plan]:
    """The plans as they stood before each change, the oldest first. `versions` are those of one saved plan, the oldest
    first, each with the journal up to its end; one whose answers no longer fit the catalogue is passed over.
    """
    states = list(_states(versions))
    most = max(2, min(MOST, MOST_EVENTS // max(1, len(versions[-1].journal))))
    picked = states if len(states) <= most else [states[i * (len(states) - 1) // (most - 1)] for i in range(most)]
    found = []
    for version, count, day in picked:
        with suppress(ValueError):
            found.append(_stood(replace(version, journal=version.journal[:count]), catalogue, day))
    return found


def _states(versions: Sequence[SavedPlan]) -> Iterator[tuple[SavedPlan, int, date]]:
    """A version, how many lines of its journal were written, and the day: when it was made, and before each change."""
    written = 0
    for version, following in zip(versions, (*versions[1:], None), strict=True):
        begun, lines = version.baseline.made_on, version.journal
        yield version, written, begun
        for count in range(written, len(lines)):
            yield version, count, max(begun, lines[count].on)
        if following is not None:
            yield version, len(lines), max(begun, following.baseline.made_on)
        written = len(lines)


def _stood(saved: SavedPlan, catalogue: Catalogue, day: date) -> Plan:
    known = know(saved, catalogue, day)
    pace, _ = pace_of(known)
    return rest_of(known, pace, only=saved.baseline.steps.keys() - known.finished.keys(), options=False)
