"""A normal week, and the first one: minutes that add up to the person's hours."""

from collections.abc import Sequence

from roadmap.model.answer import Slot, TaskRow
from roadmap.model.plan import Step
from roadmap.model.terms import Task
from roadmap.planning.answer.facts import Facts, first_sentence, listed, lower, short
from roadmap.planning.answer.lines import lines

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = 15
MOST_TASKS = 7
LONG_WEEK = 900
FEW_MINUTES = 180
MESSAGE_SHARE = 0.15
EXTRA_FROM = 180
PROJECT_SHARE = 0.5
MOST_STRETCH = 1.5
LEAST_REST = 60
MOSTLY = 0.35
ENOUGH = 1.25
MOST_NEXT = 2
MOVE_TASKS = 1
SLICE_MINUTES = 90
THEN = " Then "
SLICE_WEEKS = 2


def rhythm(facts: Facts) -> list[Slot]:
    """Days and minutes of a normal week: the person's own days, else a sensible split."""
    total = round(facts.profile.hours_per_week * 60)
    own = facts.profile.availability.days
    found = next((r for r in facts.catalogue.rhythms.values() if facts.profile.hours_per_week <= r.up_to), None)
    if any(own):
        shares = [(DAYS[i], share, "") for i, share in enumerate(own) if share]
        longest = max(share for _, share, _ in shares)
        words = ("rhythm-build", "rhythm-study")
        shares = [(d, s, facts.say(words[s != longest])) for d, s, _ in shares]
    elif found is not None:
        shares = [(s.day, s.share, s.what) for s in found.sessions]
    else:
        shares = [("sat", 1, facts.say("rhythm-build"))]
    minutes = split(total, [s for _, s, _ in shares])
    return [Slot(d, m, what) for (d, _, what), m in zip(shares, minutes, strict=True) if m]


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Minutes in the proportion of weights, in steps that people use, adding up exactly."""
    step = QUARTER if total > FEW_MINUTES else 5
    whole = sum(weights)
    out = [round(total * w / whole / step) * step for w in weights]
    out[max(range(len(out)), key=lambda i: out[i])] += total - sum(out)
    return out


def first_week(facts: Facts) -> list[TaskRow]:
    """Four to seven tasks that add up to the first seven days, one of them a message, one or two for the project."""
    total = round(facts.profile.hours_per_week * 60)
    learning = facts.learning or facts.steps
    if not learning:
        return []
    message = next(iter(lines(facts, "message")), None)
    extra = lines(facts, "first")[:1] if EXTRA_FROM <= total < LONG_WEEK else []
    asked = [(max(5, min(x.minutes or 15, round(total * MESSAGE_SHARE / 5) * 5)), x) for x in (*extra, message) if x]
    room = total - sum(minutes for minutes, _ in asked)
    limit = MOST_TASKS - len(asked)
    rows = _by_course(facts, learning, room, limit) if total >= LONG_WEEK else None
    rows = rows or _by_task(facts, learning, room, limit)
    step = facts.moving[0].id if facts.moving else rows[0].step
    own = [TaskRow(minutes, line.text, step, "") for minutes, line in asked]
    return [*own[:-1], *rows[:2], *own[-1:], *rows[2:]] if own else rows


def _by_task(facts: Facts, steps: Sequence[Step], room: int, limit: int) -> list[TaskRow]:
    """The first tasks, a little stretched; where they are many, neighbours become one row."""
    own = _project_tasks(facts, steps[0], room)
    own = _joined(own, 1 if room >= LONG_WEEK * (1 - MESSAGE_SHARE) else max(1, limit - 2))
    most = max(1, limit - len(own))
    tasks = _tasks(facts, steps, room - sum(t.minutes for t in own))[: 2 * most]
    rest = max(0, room - round(sum(t.minutes for t in (*own, *tasks)) * MOST_STRETCH)) // QUARTER * QUARTER
    tasks = _joined(tasks, max(1, most - (rest >= LEAST_REST)))
    rows = [*tasks[:1], *own, *tasks[1:]]
    if rest < LEAST_REST:
        rest = 0
    spent = split(room - rest, [t.minutes for t in rows])
    rows = [t._replace(minutes=m) for t, m in zip(rows, spent, strict=True) if m > 0]
    return [*rows, _next_steps(facts, steps, rows, rest)] if rest else rows


def _joined(tasks: list[TaskRow], most: int) -> list[TaskRow]:
    """No more rows than that: the two neighbours of one step that take least together become one, in short."""
    rows = list(tasks)
    while len(rows) > most:
        same = [i for i in range(1, len(rows)) if rows[i].step == rows[i - 1].step]
        if not same:
            return rows[:most]
        at = min(same, key=lambda i: rows[i].minutes + rows[i - 1].minutes)
        one, other = rows[at - 1], rows[at]
        text = f"{one.task if THEN in one.task else first_sentence(one.task)}{THEN}{lower(first_sentence(other.task))}"
        rows[at - 1 : at + 1] = [TaskRow(one.minutes + other.minutes, text, one.step, one.url or other.url)]
    return rows


def _by_course(facts: Facts, steps: Sequence[Step], room: int, limit: int) -> list[TaskRow] | None:
    """A long week of somebody whose first step is a course: the first sitting, then the course; None without one."""
    step = steps[0]
    parts = [(p.hours, id_, p) for id_ in step.resources if (p := step.module.parts.get(id_))]
    hours, id_, part = max(parts, key=lambda x: x[0], default=(0.0, "", None))
    if part is None or hours * 60 < room * MOSTLY or step.hours * 60 < room:
        return None
    own = _joined(_project_tasks(facts, step, room), max(1, limit - 3))
    first = [_row(facts, step, t) for t in step.module.tasks[:1]]
    left = room - sum(t.minutes for t in (*first, *own))
    resource = facts.catalogue.resources[id_]
    course = min(left, round(hours * 4 * ENOUGH) * QUARTER)
    said = facts.say("week-course", title=resource.title, part=part.part)
    rows = [*first, TaskRow(course, said, step.id, resource.url), *own]
    if left > course:
        rows.append(TaskRow(left - course, facts.say("week-go-on", check=step.module.done_when[0]), step.id, ""))
    return rows


def _next_steps(facts: Facts, steps: Sequence[Step], rows: Sequence[TaskRow], minutes: int) -> TaskRow:
    """The rest of a long week: the course that is not done yet, else the steps that come next, by their titles."""
    step = steps[0]
    course = next((facts.catalogue.resources[id_] for id_ in step.resources if id_ in step.module.parts), None)
    if course is not None and step.hours > facts.profile.hours_per_week:
        return TaskRow(minutes, facts.say("week-keep-on", title=course.title), step.id, course.url)
    told = {r.step for r in rows}
    ahead = [s for s in steps if s.id not in told and s.module.kind != "search"]
    following = ahead[:MOST_NEXT] or list(steps[:1])
    titles = listed([short(s.module.title) for s in following])
    return TaskRow(minutes, facts.say("week-next", titles=titles), following[0].id, "")


def _tasks(facts: Facts, steps: Sequence[Step], room: int) -> list[TaskRow]:
    """The first tasks of the first steps until their minutes fill the room."""
    at_once = [s for s in facts.moving[:1] if s.start <= facts.steps[0].finish]
    wanted = [(s, t) for s in at_once for t in s.module.tasks[:MOVE_TASKS]]
    working = [s for s in steps if s.module.kind != "search"] or list(steps)
    wanted += [(s, t) for s in working for t in _tasks_of(facts, s)]
    found: list[TaskRow] = []
    left = room
    for step, task in wanted:
        if left <= 0:
            break
        found.append(_row(facts, step, task))
        left -= task.minutes
    return found or [
        TaskRow(max(5, room), facts.say("week-go-on", check=steps[0].module.done_when[-1]), steps[0].id, "")
    ]


def _tasks_of(facts: Facts, step: Step) -> list[Task]:
    """The tasks of a step: after its first one comes what the step adds to the person's own project."""
    able = [t for t in step.module.tasks if _for_cloud(t, facts)]
    main = facts.projects[0] if facts.projects else None
    if main is None or step.id not in main.project.grows or step.id not in main.grows:
        return able
    if step.hours > SLICE_WEEKS * facts.profile.hours_per_week:
        return able
    adds = main.grows[step.id].rstrip(".")
    # A figure is what a checkpoint asks for at the end of the step, not of its first sitting.
    if step is not facts.learning[0] or any(c.isdigit() for c in adds):
        return able
    text = facts.say("week-slice", project=main.project.title, adds=adds)
    return [*able[:1], Task(minutes=SLICE_MINUTES, text=text), *able[1:]]


def _for_cloud(task: Task, facts: Facts) -> bool:
    return task.cloud is None or task.cloud == facts.profile.cloud


def _row(facts: Facts, step: Step, task: Task) -> TaskRow:
    resources = facts.catalogue.resources
    url = resources[task.resource].url if task.resource and task.resource in resources else ""
    return TaskRow(task.minutes, task.text, step.id, url)


def _project_tasks(facts: Facts, step: Step, room: int) -> list[TaskRow]:
    """What the main project asks for in the first week, as far as it leaves most of the room to the first step."""
    project = facts.projects[0].project if facts.projects else None
    found: list[TaskRow] = []
    spent = 0
    for task in project.first if project else ():
        if spent + task.minutes <= room * PROJECT_SHARE:
            url = project.data[0].url if project and not found else ""
            found.append(_row(facts, step, task)._replace(url=url))
            spent += task.minutes
    return found
