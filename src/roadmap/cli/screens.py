"""What commands about a saved plan share: days and hours as they are typed, screens, and what is said of a change."""

import os
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from roadmap.app.book import Book, open_book
from roadmap.app.journal import check_hours
from roadmap.cli.boundary import put, rows_of, say, today_or, use_colour, use_links, width_of
from roadmap.cli.options import Overlays, PlainForm, PlainFormat, PlanFile, Today, argument
from roadmap.errors import UsageError
from roadmap.render.data import json_text

if TYPE_CHECKING:
    from roadmap.app.book import Recorded
    from roadmap.render.look import Look


Whose = Annotated[Path | None, argument("[PLAN]", "As --plan; also somebody of a group, by name.")]


@dataclass(frozen=True)
class SavedOptions:
    """The options of a command about a saved plan: which one, in what form, under which catalogue, on which day."""

    plan: PlanFile = None
    form: PlainForm = PlainFormat.TERMINAL
    catalogue: Overlays = None
    today: Today = None

    @property
    def as_data(self) -> bool:
        """Whether a program reads what is printed."""
        return self.form is PlainFormat.JSON

    def of(self, who: Path | None) -> "SavedOptions":
        """The same about the plan that stands by itself. Raises UsageError where --plan names one as well."""
        if who is not None and self.plan is not None:
            raise UsageError(f"{who} and --plan {self.plan} are two plans", "leave one of them out")
        return self if who is None else replace(self, plan=who)

    def book(self, *, ways: bool = False) -> Book:
        """The saved plan, opened; with `ways` also the ways out and the gates."""
        return open_book(self.plan, today_or(self.today), self.catalogue, ways=ways)

    @property
    def given(self) -> str:
        """The options that say which plan and which day, as a command that a script is offered has to repeat them."""
        return self._repeated(self.plan, self.today)

    @property
    def named(self) -> str:
        """The options that say which plan, as a command that is offered to people has to repeat them."""
        from roadmap.app.saved import nearest
        from roadmap.cli.keeping import found_alone

        plan = self.plan
        if plan is None or found_alone(nearest(plan)):
            return self._repeated(None, None)
        # A long way is no joy to copy.
        return self._repeated(min(plan, Path(os.path.relpath(plan)), key=lambda way: len(str(way))), None)

    def _repeated(self, plan: Path | None, day: str | None) -> str:
        import shlex

        said = [("--plan", str(plan)) if plan else None, ("--today", day) if day else None]
        words = [w for pair in said if pair for w in pair]
        words += [w for o in self.catalogue or () for w in ("--catalogue", str(o))]
        return " " + shlex.join(words) if words else ""

    def tell(self, book: Book, done: "Recorded", what: str) -> None:
        """Say what was recorded and what it moved."""
        from roadmap.render.replanned import change_data, change_text

        if done.lifted:
            say(done.lifted)
        if self.as_data:
            put(json_text(change_data(done.event, done.before, done.after, book.catalogue)), None)
        else:
            put(change_text(what, done.before, done.after, book.catalogue, look(None, False)), None)


def look(width: int | None, no_color: bool) -> "Look":
    """How the screens of a saved plan are drawn."""
    from roadmap.render.look import Look

    return Look(width_of(sys.stdout, width), use_colour(no_color), rows_of(sys.stdout), use_links(no_color))


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
    from roadmap.render.clean import shorten

    found = typed(text)
    if found is None:
        said = f'{what}: "{shorten(text, 60)}" is no number of hours'
        raise UsageError(said, "for example 2.5, 2,5, 1:30, 90min or 3h")
    check_hours(found, what, most)
    return found
