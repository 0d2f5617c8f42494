"""The phases of the answer with the steps that belong to each: every step once, numbered as on the page."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from roadmap.model.answer import MOVE, PhaseRow
from roadmap.model.plan import Plan, Step


class Part(NamedTuple):
    """A phase: its number on the page (the move has none), planned hours, what exists at its end, and its steps."""

    number: int
    id: str
    title: str
    start: date
    finish: date
    hours: float
    leaves: str
    steps: tuple[Step, ...]

    @property
    def heading(self) -> str:
        """Phase 2: Documents and tools."""
        return f"Phase {self.number}: {self.title}" if self.number else self.title

    @property
    def label(self) -> str:
        """2 Documents and tools."""
        return f"{self.number} {self.title}" if self.number else self.title


def parts(plan: Plan) -> list[Part]:
    """The phases that have steps."""
    rows = plan.answer.phases or [PhaseRow(p.id, p.title, p.start, p.finish, p.hours, p.because) for p in plan.phases]
    held: dict[int, list[Step]] = {}
    for step in plan.steps if rows else ():
        held.setdefault(_place(step, rows), []).append(step)
    counted = [row.id for row in rows if row.id != MOVE]
    return [
        Part(
            counted.index(row.id) + 1 if row.id != MOVE else 0,
            row.id,
            row.title,
            row.start,
            row.finish,
            row.hours,
            row.leaves,
            tuple(held[i]),
        )
        for i, row in enumerate(rows, 1)
        if i in held
    ]


def titles(plan: Plan) -> dict[str, str]:
    """The title of the phase of each step."""
    return {step.id: part.title for part in parts(plan) for step in part.steps}


def move_has_steps(plan: Plan) -> bool:
    """Whether what turns skill into the outcome is a phase with steps of its own."""
    return any(part.id == MOVE for part in parts(plan))


def _place(step: Step, rows: Sequence[PhaseRow]) -> int:
    """The number of the row a step belongs to: its own, that of the move, or the one it runs within."""
    numbered = list(enumerate(rows, 1))
    own = [i for i, row in numbered if row.id == step.id or (row.id == MOVE and step.tier == MOVE)]
    if own:
        return own[0]
    alone = {MOVE, *(s for s in (row.id for row in rows) if s.startswith("cert-"))}
    learning = [(i, row) for i, row in numbered if row.id not in alone] or numbered
    within = [i for i, row in learning if row.start <= step.start and step.finish <= row.finish]
    begun = [i for i, row in learning if row.start <= step.start]
    return (within or begun[-1:] or [learning[0][0]])[0]
