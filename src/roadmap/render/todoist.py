"""Todoist's CSV template: a section per phase, a task per step, its checks as sub-tasks.

Todoist takes an empty priority for the highest, so every row names one.
"""

import re
from collections.abc import Iterable, Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import WORD_JOINER, clean
from roadmap.render.identity import short_id
from roadmap.render.parts import parts
from roadmap.render.tables import Cell, csv_text
from roadmap.render.tasks import exam_line, notes, title, whys
from roadmap.render.wording import Words

HEAD = (
    "TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE", "DATE_LANG", "TIMEZONE",
)  # fmt: skip
LOWEST = 4
# What a project of Todoist holds in open tasks. Checks beyond it stand in the description alone, the last ones first.
MOST_TASKS = 300
# Labels, projects, sections, Markdown: what Todoist would read out of a name.
_MEANING = re.compile(r"(?<!\w)[@#/!+%](?=\w)|[*`~\[]|(?<![^\W_])_|(?<=:)(?=//)")


def render_todoist(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as a CSV file that Todoist imports into a project."""
    words = Words(catalogue)
    why = whys(plan, words)
    rows: list[tuple[Cell, ...]] = []
    room = MOST_TASKS - len(plan.steps)
    for phase in parts(plan):
        rows.append(("section", literal(phase.title), "", LOWEST, 1, "", "", "", "", ""))
        for step in phase.steps:
            checks = step.module.done_when if len(step.module.done_when) <= room else ()
            room = room - len(checks) if checks else 0
            rows += _step(plan, step, words, why[step.id], checks)
    return csv_text(HEAD, rows)


def literal(text: str) -> str:
    """Text in which Todoist finds no label, project or Markdown."""
    return _MEANING.sub(WORD_JOINER + r"\g<0>" + WORD_JOINER, clean(text))


def _step(
    plan: Plan, step: Step, words: Words, why: Sequence[str], checks: Sequence[str]
) -> Iterable[tuple[Cell, ...]]:
    lines = [*notes(step, words, why), exam_line(plan, step, words), f"id: {short_id(plan, step.id)}"]
    about = "\n".join(line if line.startswith("Open: ") else literal(line) for line in lines if line)
    yield "task", literal(title(step)), about, LOWEST, 1, "", "", step.finish.isoformat(), "en", ""
    for check in checks:
        yield "task", literal(check), "", LOWEST, 2, "", "", "", "", ""
