"""todo.txt: one line a task. `due`, `t` (not before) and `id` are the keys that most of its apps share."""

import re

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import WORD_JOINER
from roadmap.render.identity import short_id, slug
from roadmap.render.tasks import finished, title

# The words of a title that would become a project, a context or a key.
_MEANING = re.compile(r"(?<!\S)(?=[+@]\S|\S+:\S)")


def render_todotxt(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """A plan as todo.txt: priority A for what the first week holds, B for the rest; with `now` what is done as well."""
    week = next((w for w in plan.weeks if w.items), None)
    urgent = {item.step for item in week.items} if week else set()
    lines = [f"x {one.on} {literal(one.title)} id:{short_id(plan, one.id)}" for one in finished(now, catalogue)]
    lines += [_line(plan, step, "A" if step.id in urgent else "B") for step in plan.steps]
    return "".join(line + "\n" for line in lines)


def literal(text: str) -> str:
    """Words that no todo.txt program takes for a project, a context or a key."""
    return _MEANING.sub(WORD_JOINER, text)


def _line(plan: Plan, step: Step, priority: str) -> str:
    words = [
        f"({priority})",
        plan.generated_on.isoformat(),
        literal(title(step)),
        f"+{slug(step.phase)}",
        f"@{slug(step.module.stage)}",
        f"due:{step.finish}",
        f"t:{step.start}",
        f"id:{short_id(plan, step.id)}",
    ]
    if step.after:
        words.append("after:" + ",".join(short_id(plan, a) for a in step.after))
    return " ".join(words)
