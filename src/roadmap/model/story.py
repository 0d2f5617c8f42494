"""What happened to one plan between two of its states: work, decisions, and what moved its finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.model.journal import Cause, Event, Progress, SavedPlan
from roadmap.model.printed import Pair


@dataclass(frozen=True)
class Chapter:
    """From a promise to the replan that replaced it, or to today.

    `causes` add up to the days from `promised` to `stood`, the finish on the last day. `replan` is what ended it, with
    the `answers` it changed and the finish it `made`; None in the last chapter.
    """

    until: date
    promised: date
    stood: date
    causes: tuple[Cause, ...]
    replan: Event | None = None
    answers: tuple[Pair, ...] = ()
    made: date | None = None


@dataclass(frozen=True)
class Story:
    """Two states of one plan, the events between them, oldest first, and its chapters.

    `come` are steps that decisions brought in, `gone` those they took out; what was done or skipped is told by events.
    """

    old: SavedPlan
    new: SavedPlan
    now: Progress
    events: Sequence[Event]
    chapters: Sequence[Chapter]
    come: Sequence[str]
    gone: Sequence[str]

    @property
    def days(self) -> int:
        """By how many days the finish is later than the old state promised; earlier below 0."""
        return (self.chapters[-1].stood - self.chapters[0].promised).days
