"""Why one step is in a plan, or was left out of it."""

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean
from roadmap.render.wording import LEVEL_NAMES, Words, day, listing


def render_explanation(plan: Plan, catalogue: Catalogue, id_: str) -> str:
    """A few lines of text about a step or an omission. Raises StopIteration when the id is neither."""
    words = Words(catalogue)
    step = plan.step(id_)
    if step is not None:
        return "\n".join(_step(plan, step, words)) + "\n"
    left = next(x for x in plan.left_out if x.id == id_)
    lines = [
        clean(left.title),
        f"  Not in this plan. {words.reason(left)}",
        f"  Says: {_says(words, left.reason.source)}",
    ]
    return "\n".join(lines) + "\n"


def _step(plan: Plan, step: Step, words: Words) -> list[str]:
    opens = [s for s in plan.steps if step.id in s.after]
    lines = [
        clean(step.module.title),
        f"  {clean(step.module.summary)}",
        f"  {day(step.start)} to {day(step.finish)}, {words.effort(step)}",
        "",
        "Why it is here",
    ]
    for reason in step.reasons:
        lines += [f"  - {words.reason(reason)}", f"    says: {_says(words, reason.source)}"]
    lines += ["", "What it waits for"]
    lines += [f"  - {words.module(a)}" for a in step.after] or ["  - nothing: it can start at once"]
    lines += ["", "What it opens"]
    lines += [f"  - {clean(s.module.title)}" for s in opens] or ["  - no later step waits for it"]
    if step.teaches:
        gained = [f"{words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in step.teaches.items()]
        lines += ["", f"Afterwards you have {listing(gained)}."]
    origin = words.origin(step.module.hours, plan.pace)
    lines += ["", f"Hours: {origin}"]
    return lines


def _says(words: Words, source: str) -> str:
    one = words.catalogue.sources[source]
    return clean(f"{one.title} ({one.as_of}, confidence {one.confidence})")
