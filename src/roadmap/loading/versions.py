"""A saved plan as it was before each of its replans, as far as its journal kept that."""

from contextlib import suppress
from dataclasses import replace

from roadmap.errors import RoadmapError
from roadmap.loading.saved import before_replan
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan


def versions(saved: SavedPlan, catalogue: Catalogue) -> list[SavedPlan]:
    """The plan under the answers and promises it once had, the oldest first, the one of today last.

    Each has the journal as it was when it ended. One that can no longer be read is passed over.
    """
    found: list[SavedPlan] = []
    replans = {e.id: e for e in saved.journal if e.kind == "replanned"}
    for number, event in enumerate(saved.journal):
        ended = event
        if event.kind == "undone" and event.of in replans:
            # What the replan had made ends here as well.
            ended = replace(replans[event.of], was=replans[event.of].made)
        if ended.kind == "replanned" and ended.was:
            with suppress(RoadmapError):
                found.append(replace(before_replan(saved, ended, catalogue), journal=saved.journal[:number]))
    return [*found, saved]
