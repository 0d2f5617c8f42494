"""What reading an edited page back comes to: events for the journal, and what became of each line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from roadmap.model.journal import Event, EventKind, taken_back
from roadmap.render.personal import sync_id

Kind = Literal["taken", "left", "unknown"]


@dataclass(frozen=True)
class LineFinding:
    """What became of a line: taken, left as the plan has it, or not understood and kept as a note."""

    line: int
    kind: Kind
    text: str


@dataclass
class Synced:
    """What a file brings: events that are new, in its order, and what to tell about its lines."""

    events: list[Event] = field(default_factory=list)
    findings: list[LineFinding] = field(default_factory=list)


class Taking:
    """Takes down what a page brings, as events that the journal does not have."""

    def __init__(self, journal: Sequence[Event], today: date) -> None:
        self.found = Synced()
        self.known = {e.id for e in journal}
        self._gone, self._today = taken_back(journal), today

    def say(self, line: int, kind: Kind, text: str) -> None:
        """Tell what became of a line; 0 is none in particular."""
        self.found.findings.append(LineFinding(line, kind, text))

    def id_of(self, step: str, text: str) -> str:
        """The id of a note; what was taken back and is written again is another one."""
        id_, again = sync_id(step, text), 0
        while id_ in self._gone:
            again += 1
            id_ = sync_id(step, f"{text}\0{again}")
        return id_

    def add(
        self,
        step: str,
        kind: EventKind,
        id_: str,
        *,
        on: date | None = None,
        text: str = "",
        hours: float | None = None,
        evidence: str = "",
        anyway: bool = False,
        exam: str = "",
        after: str = "",
        of: str = "",
    ) -> bool:
        """Add an event, on the day of the sync unless it says another; False when the journal has it already."""
        if id_ in self.known:
            return False
        self.known.add(id_)
        event = Event(id=id_, on=on or self._today, kind=kind, step=step, hours=hours, evidence=evidence, anyway=anyway)
        event = replace(event, text=text, exam=exam, result="passed" if exam else None, after=after, of=of)
        self.found.events.append(event)
        return True
