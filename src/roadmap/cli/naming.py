"""Names that the shell completes, of steps and of exams; and the argument that takes a step."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap.cli.options import argument
from roadmap.cli.screens import SavedOptions

if TYPE_CHECKING:
    from roadmap.model.journal import Progress


def complete_steps(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Open steps of the plan at hand, for the shell; an unreadable plan completes nothing."""
    from roadmap.render.clean import clean

    now = _at_hand(context)
    steps = now.plan.steps if now else ()
    return [(s.id, clean(s.module.title)) for s in steps if s.id.startswith(incomplete)]


def complete_exams(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Exams of the plan at hand, for the shell; where none of them fits, those of the catalogue."""
    from roadmap.app.catalogues import read_catalogue
    from roadmap.render.clean import clean

    now = _at_hand(context)
    planned = [e.certification for e in now.plan.exams] if now else []
    for found in (planned, read_catalogue([]).certifications.values()):
        fitting = [c for c in found if c.label.casefold().startswith(incomplete.casefold())]
        if fitting:
            return [(c.label, clean(c.name)) for c in fitting]
    return []


def _at_hand(context: typer.Context) -> "Progress | None":
    try:
        given = context.params.get("plan")
        return SavedOptions(plan=Path(given) if given else None).book().now
    except Exception:
        return None


StepName = Annotated[
    str | None,
    argument("[STEP]", "A step, by number, id or title; left out, the one at hand.", complete=complete_steps),
]
