"""A saved plan opened on a day, and the one way a command changes it: lock, read, change, write."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import nearest, overlays_for, read_plan, require_valid
from roadmap.cli.boundary import put, say, today_or, use_colour, width_of
from roadmap.cli.options import PlainFormat
from roadmap.errors import UsageError

if TYPE_CHECKING:
    from roadmap.loading.saved import Loaded
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Event, Progress, SavedPlan
    from roadmap.render.living import Look


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


def open_book(plan: Path | None, today: str | None, overlays: list[Path] | None, *, ways: bool = False) -> Book:
    """Find, read and check the saved plan, and derive where it stands; with `ways` also the ways out and gates."""
    from roadmap.planning.progress import progress

    day, path = today_or(today), nearest(plan)
    known = read_catalogue(overlays_for(path, overlays))
    text, loaded = read_plan(path, known)
    saved = require_valid(loaded, path)
    return Book(path, known, saved, day, progress(saved, known, day, ways=ways), (text, loaded))


def given(plan: Path | None, today: str | None, overlays: list[Path] | None) -> str:
    """The options that say which plan and which day, as a command that is offered has to repeat them."""
    import shlex

    said = [("--plan", str(plan)) if plan else None, ("--today", today) if today else None]
    words = [w for pair in said if pair for w in pair] + [w for o in overlays or () for w in ("--catalogue", str(o))]
    return " " + shlex.join(words) if words else ""


def look(width: int | None, no_color: bool) -> "Look":
    """How the screens of a saved plan are drawn."""
    from roadmap.render.living import Look

    return Look(width_of(sys.stdout, width), use_colour(no_color))


def as_json(data: object) -> str:
    """Data as it is printed for scripts."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def day_of(text: str | None, flag: str, today: date, *, past: bool = False) -> date | None:
    """A day as it was typed, or None. `past`: it cannot lie ahead. Raises UsageError for what is no day that a plan can
    hold, or two.
    """
    from roadmap.model.profile import as_date
    from roadmap.model.recorded import wrong_day
    from roadmap.model.typed import day_of as typed

    if text is None:
        return None
    found = as_date(text) or typed(text, today, past=past)
    if found is not None and not isinstance(found, date):
        raise UsageError(f"{flag}: {found.message}", found.hint)
    if why := wrong_day(found or text):
        raise UsageError(f"{flag} {why}")
    return found


def hours_of(text: str, what: str, most: float) -> float:
    """Hours as they were typed: 2.5, "2,5", "1:30", "90min". Raises UsageError for anything else."""
    from roadmap.model.typed import hours_of as typed

    found = typed(text)
    if found is None:
        raise UsageError(f'{what}: "{text}" is no number of hours', "for example 2.5, 2,5, 1:30, 90min or 3h")
    if not 0 <= found <= most:
        raise UsageError(f"{what} must be from 0 to {most:g}, not {found:g}", "roadmap undo takes back an entry")
    return found


def event(book: Book, on: str | None, kind: Any, **values: Any) -> "Event":
    """An event with an id of its own, so that lines that two people add can be merged. Raises UsageError for a value
    that no journal holds.
    """
    from roadmap.model.journal import Event
    from roadmap.model.recorded import wrong_event

    day = day_of(on, "--on", book.day, past=True) or book.day
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


def record(book: Book, events: "Sequence[Event]", what: str, form: PlainFormat) -> None:
    """Add lines to the journal, and say what that moved."""
    from roadmap.loading.saving import with_events

    def change(text: str, saved: "SavedPlan") -> tuple[str, "SavedPlan"]:
        return with_events(text, events), replace(saved, journal=(*saved.journal, *events))

    tell(book, events[-1], what, *changed(book, change), form)


def tell(book: Book, one: "Event", what: str, old: "SavedPlan", new: "SavedPlan", form: PlainFormat) -> None:
    """Say what was recorded and what it moved."""
    from roadmap.planning.progress import progress
    from roadmap.render.replanned import change_data, change_text

    # What people compare with is the date they last saw, not one that nobody was ever told.
    told_on = min(max([old.baseline.made_on, *(e.on for e in old.journal)]), book.day)
    before, after = progress(old, book.catalogue, told_on), progress(new, book.catalogue, book.day)
    if form is PlainFormat.JSON:
        put(as_json(change_data(one, before, after, book.catalogue)), None)
    else:
        put(change_text(what, before, after, look(None, False)), None)


def changed(book: Book, change: "Callable[[str, SavedPlan], tuple[str, SavedPlan]]") -> "tuple[SavedPlan, SavedPlan]":
    """Read, change and write the file while nobody else does. Gives the plan before and after."""
    from roadmap.loading.saved import FORMAT
    from roadmap.loading.saving import keep_format, locked, save_plan, saved_text

    with locked(book.path):
        text, loaded = read_plan(book.path, book.catalogue, book.read)
        saved = require_valid(loaded, book.path)
        if loaded.format < FORMAT:
            copy = keep_format(book.path, loaded.format)
            say(f"The file was in format {loaded.format}; it is now in format {FORMAT}. The old one is {copy}.")
            new, after = change(saved_text(saved), saved)
        elif loaded.mended:
            new, after = change(saved_text(saved), saved)
        else:
            new, after = change(text, saved)
        save_plan(book.path, new, text, after, book.catalogue)
    return saved, after
