"""The steps as a plain table: one row each, for spreadsheets and scripts."""

from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import web_address
from roadmap.render.tables import Cell, csv_text
from roadmap.render.tasks import whys
from roadmap.render.wording import Words

HEAD = (
    "id", "title", "kind", "stage", "phase", "start", "finish", "hours", "hours_low", "hours_high", "cost_usd",
    "teaches", "after", "tier", "project_adds", "done_when", "evidence", "resources", "why",
)  # fmt: skip


def render_csv(plan: Plan, catalogue: Catalogue) -> str:
    """The steps of a plan as CSV, in the order of the plan; lists within a cell are separated by semicolons."""
    words = Words(catalogue)
    why = whys(plan, words)
    return csv_text(HEAD, (_row(step, words, why[step.id]) for step in plan.steps))


def _row(step: Step, words: Words, why: Sequence[str]) -> tuple[Cell, ...]:
    module = step.module
    urls = (web_address(words.catalogue.resources[r].url) for r in step.resources)
    return (
        step.id,
        module.title,
        module.kind,
        module.stage,
        step.phase,
        step.start.isoformat(),
        step.finish.isoformat(),
        step.hours,
        step.hours_low,
        step.hours_high,
        step.cost_usd,
        "; ".join(f"{skill}: {level}" for skill, level in step.teaches.items()),
        "; ".join(step.after),
        step.tier,
        step.project_adds,
        "; ".join(module.done_when),
        "; ".join(module.evidence),
        "; ".join(url for url in urls if url),
        "; ".join(why),
    )
