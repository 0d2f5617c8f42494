"""What every task format says about a step, in plain text, so that all of them say the same."""

from dataclasses import dataclass
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean, web_address
from roadmap.render.wording import Words, hours


@dataclass(frozen=True)
class Finished:
    """A step that is done, or an exam that was passed, and the day."""

    id: str
    title: str
    on: date


def finished(now: Progress | None, catalogue: Catalogue) -> list[Finished]:
    """What is done of a saved plan, oldest first; nothing for a plan that nobody has begun."""
    if now is None:
        return []
    exams = {m.certification: m.id for m in catalogue.modules.values() if m.certification}
    when = {id_: event.on for id_, event in now.standing.done.items()}
    when |= {exams[cert]: on for cert, on in now.standing.passed.items() if cert in exams}
    titles = {id_: catalogue.modules[id_].title if id_ in catalogue.modules else id_ for id_ in when}
    return [Finished(id_, clean(titles[id_]), on) for id_, on in sorted(when.items(), key=lambda x: (x[1], x[0]))]


def title(step: Step) -> str:
    """The name of the task, with the hours it takes: Your first retrieval system, 20 h."""
    return f"{clean(step.module.title)}, {hours(step.hours)}"


def notes(step: Step, words: Words) -> list[str]:
    """Single lines in order of use: what, when it is done, where to start, why."""
    lines = [clean(step.module.summary), f"Work: {clean(words.effort(step))}"]
    lines += [f"Done when: {clean(text)}" for text in step.module.done_when]
    lines += [_resource(id_, words) for id_ in step.resources]
    lines += [f"Why: {clean(words.reason(r))}" for r in step.reasons]
    return lines


def _resource(id_: str, words: Words) -> str:
    address = web_address(words.catalogue.resources[id_].url)
    return f"Open: {clean(words.resource(id_))}" + (f" {address}" if address else "")


def phase_title(plan: Plan, step: Step) -> str:
    """The title of the phase a step belongs to, its id where the plan does not name it."""
    return clean(next((p.title for p in plan.phases if p.id == step.phase), step.phase))


def exam_line(plan: Plan, step: Step, words: Words) -> str:
    """The exam at the end of a step, or an empty text."""
    return next((f"Exam: {clean(words.exam(e))}" for e in plan.exams if e.step == step.id), "")
