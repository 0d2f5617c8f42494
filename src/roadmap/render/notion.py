"""A CSV for Notion: one row a page. Merging appends there, so the stable id tells old rows from new ones."""

from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean, web_address
from roadmap.render.identity import short_id
from roadmap.render.numbers import KIND_NAMES
from roadmap.render.parts import titles
from roadmap.render.tables import Cell, csv_text
from roadmap.render.tasks import exam_line, whys
from roadmap.render.wording import Words

HEAD = (
    "Name", "id", "Status", "Phase", "Stage", "Kind", "Dates", "Hours", "Cost (USD)", "What", "Here", "Done when",
    "Start with", "Why", "After",
)  # fmt: skip


def render_notion(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as a CSV file whose first column becomes the pages' titles; dates are ranges as Notion writes them."""
    words = Words(catalogue)
    why = whys(plan, words)
    phase = titles(plan)
    return csv_text(HEAD, (_row(plan, step, words, why[step.id], phase[step.id]) for step in plan.steps))


def _row(plan: Plan, step: Step, words: Words, why: Sequence[str], phase: str) -> tuple[Cell, ...]:
    module, catalogue = step.module, words.catalogue
    exam = exam_line(plan, step, words)
    return (
        module.title,
        short_id(plan, step.id),
        "Not started",
        clean(phase),
        catalogue.stages[module.stage].name,
        KIND_NAMES[module.kind],
        f"{step.start} → {step.finish}",
        step.hours,
        step.cost_usd,
        f"{clean(module.summary)} {exam}".strip(),
        clean(step.project_adds),
        "\n".join(clean(text) for text in module.done_when),
        next((url for r in step.resources if (url := web_address(catalogue.resources[r].url))), ""),
        "\n".join(why),
        ", ".join(short_id(plan, a) for a in step.after),
    )
