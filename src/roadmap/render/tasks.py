"""What every task format says about a step, in plain text, so that all of them say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean, web_address
from roadmap.render.numbers import hours
from roadmap.render.opening import Opened
from roadmap.render.reasons import step_reasons
from roadmap.render.wording import Words


@dataclass(frozen=True)
class FinishedTask:
    """A step that is done, or an exam that was passed, and the day."""

    id: str
    title: str
    on: date


def finished(now: Progress | None, catalogue: Catalogue) -> list[FinishedTask]:
    """What is done of a saved plan, oldest first; nothing for a plan that nobody has begun."""
    if now is None:
        return []
    exams = {m.certification: m.id for m in catalogue.modules.values() if m.certification}
    when = {id_: event.on for id_, event in now.standing.done.items()}
    when |= {exams[cert]: on for cert, on in now.standing.passed.items() if cert in exams}
    titles = {id_: catalogue.modules[id_].title if id_ in catalogue.modules else id_ for id_ in when}
    return [FinishedTask(id_, clean(titles[id_]), on) for id_, on in sorted(when.items(), key=lambda x: (x[1], x[0]))]


def title(step: Step) -> str:
    """The name of the task, with the hours it takes: Your first retrieval system, 20 h."""
    return f"{clean(step.module.title)}, {hours(step.hours)}"


def whys(plan: Plan, words: Words) -> dict[str, list[str]]:
    """Why each step is there, in sentences of which none comes twice."""
    return {id_: [clean(text) for _, text in told] for id_, told in step_reasons(plan, words).items()}


def notes(step: Step, words: Words, why: Sequence[str]) -> list[str]:
    """Single lines in order of use: what, what it adds to the project, when it is done, where to start, why."""
    lines = [clean(step.module.summary)]
    lines += [f"Here: {clean(step.project_adds)}"] if step.project_adds else []
    lines += [f"Work: {clean(words.effort(step))}"]
    lines += [f"Done when: {clean(text)}" for text in step.module.done_when]
    lines += [_resource(one, words) for one in words.opened(step)]
    lines += [f"Why: {text}" for text in why]
    return lines


def _resource(one: Opened, words: Words) -> str:
    address = web_address(one.resource.url)
    return f"Open: {clean(words.resource(one))}" + (f" {address}" if address else "")


def exam_line(plan: Plan, step: Step, words: Words) -> str:
    """The exam at the end of a step, or an empty text."""
    return next((f"Exam: {clean(words.exam(e))}" for e in plan.exams if e.step == step.id), "")
