"""Tasks for `task import`: one JSON object a line. A second import updates, since the uuid is made from the step."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean
from roadmap.render.identity import item_uuid, slug
from roadmap.render.tasks import FinishedTask, exam_line, finished, notes, title, whys
from roadmap.render.wording import Words

# Times are UTC: noon is the same day nearly everywhere on earth.
NOON = time(12)


def render_taskwarrior(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """A plan as lines of JSON in Taskwarrior's task format; the first week's steps have priority H.

    With `now` finished steps are completed tasks, so that an import ticks them off.
    """
    words = Words(catalogue)
    week = next((w for w in plan.weeks if w.items), None)
    urgent = {item.step for item in week.items} if week else set()
    tasks = [_completed(plan, one) for one in finished(now, catalogue)]
    why = whys(plan, words)
    tasks += [_task(plan, step, words, why[step.id], urgent=step.id in urgent) for step in plan.steps]
    return "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in tasks)


def _completed(plan: Plan, one: FinishedTask) -> dict[str, object]:
    uuid, end = str(item_uuid(plan, "step", one.id)), _stamp(_noon(one.on))
    return {"status": "completed", "uuid": uuid, "entry": end, "end": end, "description": one.title}


def _task(plan: Plan, step: Step, words: Words, why: Sequence[str], *, urgent: bool) -> dict[str, object]:
    created = datetime.combine(plan.generated_on, NOON)
    remarks = [line for line in (*notes(step, words, why), exam_line(plan, step, words)) if line]
    task: dict[str, object] = {
        "status": "pending",
        "uuid": str(item_uuid(plan, "step", step.id)),
        "entry": _stamp(created),
        "description": title(step),
        "project": f"roadmap.{slug(step.phase)}",
        "tags": [slug(step.module.stage).replace("-", "_")],
        "priority": "H" if urgent else "M",
        "scheduled": _stamp(_noon(step.start)),
        "due": _stamp(_noon(step.finish)),
        # Remarks are told apart by their second.
        "annotations": [
            {"entry": _stamp(created + timedelta(seconds=i)), "description": clean(line)}
            for i, line in enumerate(remarks)
        ],
    }
    if step.after:
        task["depends"] = ",".join(str(item_uuid(plan, "step", a)) for a in step.after)
    return task


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON)


def _stamp(when: datetime) -> str:
    return when.strftime("%Y%m%dT%H%M%SZ")
