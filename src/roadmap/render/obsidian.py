"""A note for Obsidian's Tasks plugin, in its emoji format. The plugin reads fields from the end of the line."""

import re
from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import WORD_JOINER
from roadmap.render.identity import short_id
from roadmap.render.markdown import inline, link
from roadmap.render.numbers import hours
from roadmap.render.opening import Opened
from roadmap.render.parts import parts
from roadmap.render.tasks import finished, whys
from roadmap.render.wording import Words

START, DUE, CREATED, ID, AFTER, DONE = "🛫", "📅", "➕", "🆔", "⛔", "✅"
_SIGNS = re.compile("[➕⏳🛫📅✅❌🔺⏫🔼🔽⏬🔁🆔⛔🏁⌛📆🗓]|::")


def render_obsidian(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """A plan as a Markdown note whose steps are tasks with start, due date, id and what they depend on.

    With `now` finished steps come first, ticked and dated.
    """
    words = Words(catalogue)
    blocks = [f"# {literal(words.title(plan))}"]
    done = [f"- [x] {literal(x.title)} {ID} {short_id(plan, x.id)} {DONE} {x.on}" for x in finished(now, catalogue)]
    why = whys(plan, words)
    blocks += ["## Done", "\n".join(done)] if done else []
    for phase in parts(plan):
        lines = [line for step in phase.steps for line in _task(plan, step, words, why[step.id])]
        blocks += [f"## {literal(phase.title)}", literal(phase.leaves), "\n".join(lines)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def literal(text: str) -> str:
    """Text as it is, with no field of the plugin and no inline field of Dataview in it."""
    return _fieldless(inline(text))


def _fieldless(markdown: str) -> str:
    return _SIGNS.sub(lambda m: WORD_JOINER.join(m[0]) + WORD_JOINER, markdown)


def _opened(one: Opened, words: Words) -> str:
    return f"{_fieldless(link(one.resource.title, one.resource.url))}: {literal(words.of_resource(one))}"


def _task(plan: Plan, step: Step, words: Words, why: Sequence[str]) -> list[str]:
    fields = [ID, short_id(plan, step.id)]
    if step.after:
        fields += [AFTER, ",".join(short_id(plan, a) for a in step.after)]
    fields += [
        CREATED,
        plan.generated_on.isoformat(),
        START,
        step.start.isoformat(),
        DUE,
        step.finish.isoformat(),
    ]
    return [
        f"- [ ] {literal(step.module.title)} · {hours(step.hours)} {' '.join(fields)}",
        f"    - {literal(step.module.summary)}",
        *([f"    - Here: {literal(step.project_adds)}"] if step.project_adds else []),
        *(f"    - Done when: {literal(text)}" for text in step.module.done_when),
        *(f"    - Open: {_opened(one, words)}" for one in words.opened(step)),
        *(f"    - Why: {literal(text)}" for text in why),
    ]
