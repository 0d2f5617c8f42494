"""A saved plan opened on a day, and the one way it is changed: lock, read, change, write."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import nearest, overlays_for, read_plan, require_valid
from roadmap.errors import UsageError

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Cause, Event, Progress, SavedPlan

Edit = Callable[[str, "SavedPlan"], "tuple[str, SavedPlan]"]
"""From the text of a saved plan and what it says to both as they are to be; the same ones where nothing changes."""


@dataclass(frozen=True)
class Book:
    """A saved plan that was opened on a day."""

    path: Path
    catalogue: "Catalogue"
    saved: "SavedPlan"
    day: date
    now: "Progress"
    read: "tuple[str, Loaded]"

    def title(self, id_: str) -> str:
        """What a step is called; its id where the catalogue no longer has it."""
        module = self.catalogue.modules.get(id_)
        return module.title if module else id_

    def causes(self) -> "list[Cause]":
        """What has moved the finish away from the promised day, in days that add up."""
        from roadmap.planning.causes import causes

        return causes(self.saved, self.catalogue, self.now)


class Changed(NamedTuple):
    """A saved plan before and after a change; where its file was in an older format, a sentence that says so."""

    before: "SavedPlan"
    after: "SavedPlan"
    lifted: str = ""


class Recorded(NamedTuple):
    """An event that was written into a journal, where the plan stood before and after, and whether it was lifted."""

    event: "Event"
    before: "Progress"
    after: "Progress"
    lifted: str = ""


def open_book(plan: Path | None, day: date, overlays: Sequence[Path] | None, *, ways: bool = False) -> Book:
    """Find, read and check a saved plan (without one, the nearest), and derive where it stands on a day; with `ways`
    also the ways out and the gates.
    """
    from roadmap.planning.progress import progress

    path = nearest(plan)
    known = read_catalogue(overlays_for(path, overlays))
    text, loaded = read_plan(path, known)
    saved = require_valid(loaded, path)
    return Book(path, known, saved, day, progress(saved, known, day, ways=ways), (text, loaded))


def event(book: Book, on: date | None, kind: Any, **values: Any) -> "Event":
    """An event with an id of its own, so that lines that two people add can be merged; without `on` of the day of the
    book. Raises UsageError for a day that has not come, and for a value that no journal holds.
    """
    from roadmap.model.journal import Event
    from roadmap.model.recorded import wrong_event

    day = on or book.day
    if day > book.day:
        raise UsageError(f"{day} has not come yet", "--on takes a day up to today")
    texts: Mapping[str, Any] = {k: _harmless(v) if isinstance(v, str) else v for k, v in values.items()}
    made = Event(id=os.urandom(4).hex(), on=day, kind=kind, **texts)
    if why := wrong_event(made):
        raise UsageError(why, "nothing was saved")
    return made


def _harmless(text: str) -> str:
    """What can be written as UTF-8: bytes of another encoding become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def record(book: Book, events: "Sequence[Event]") -> Recorded:
    """Add lines to the journal; the last of them is what is told."""
    from roadmap.loading.saving import with_events

    def change(text: str, saved: "SavedPlan") -> tuple[str, "SavedPlan"]:
        return with_events(text, events), replace(saved, journal=(*saved.journal, *events))

    return recorded(book, events[-1], change_file(book.path, book.catalogue, change, book.read))


def recorded(book: Book, one: "Event", done: Changed) -> Recorded:
    """What a change that was written has moved.

    What people compare with is the date they last saw, not one that nobody was ever told.
    """
    from roadmap.planning.progress import progress

    old, new = done.before, done.after
    told_on = min(max([old.baseline.made_on, *(e.on for e in old.journal)]), book.day)
    before, after = progress(old, book.catalogue, told_on), progress(new, book.catalogue, book.day)
    return Recorded(one, before, after, done.lifted)


def change_file(path: Path, known: "Catalogue", change: Edit, read: "tuple[str, Loaded] | None" = None) -> Changed:
    """Read, change and write the file while nobody else does; a change that leaves it as it is writes nothing.

    `read` is the file as it was read before, which spares reading it again while it is still the same.
    """
    from roadmap.loading.saved import FORMAT
    from roadmap.loading.saving import keep_format, locked, save_plan, saved_text

    with locked(path):
        text, loaded = read_plan(path, known, read)
        saved = require_valid(loaded, path)
        old = loaded.format < FORMAT
        new, after = change(saved_text(saved) if old or loaded.mended else text, saved)
        if after == saved:
            return Changed(saved, after)
        lifted = ""
        if old:
            copy = keep_format(path, loaded.format)
            lifted = f"The file was in format {loaded.format}; it is now in format {FORMAT}. The old one is {copy}."
        save_plan(path, new, text, after, known)
    return Changed(saved, after, lifted)
