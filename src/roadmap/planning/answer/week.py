"""A normal week, and the first one: minutes that add up to the person's hours."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from roadmap.model.answer import Slot, TaskRow
from roadmap.model.plan import Step
from roadmap.model.terms import Task
from roadmap.planning.answer.facts import Facts, sentence
from roadmap.planning.answer.lines import lines

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = 15
FEW_MINUTES = 180
LEAST_TASKS = 4
MOST_TASKS = 7
LONG_WEEK = 1200
MESSAGE_MINUTES = 15
MESSAGE_SHARE = 0.15
OWN_SHARE = 0.45
MOST_OWN = 3
AT_ONCE_SHARE = 0.5
SHORT_WEEK = 300
SLICE_MINUTES = 90
SLICE_SHARE = 0.6
SLICE_MOST = 0.5
LONGEST = 150
EVEN_SHARE = 1.4
MOST_STRETCH = 2.5
PART_IN_TASKS = 0.8
NEAR = 1
COURSE_SHARE = 0.3
COURSE_MOST = 0.4
ENOUGH = 0.8


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


def levelled(minutes: Sequence[int], total: int, courses: Sequence[bool]) -> list[float]:
    """Times in proportion that add up to the total; a course keeps its hours, of the rest none is too long."""
    fixed = [float(m) if course else 0.0 for m, course in zip(minutes, courses, strict=True)]
    rest = sum(m for m, f in zip(minutes, fixed, strict=True) if not f)
    if not rest or sum(fixed) >= total:
        return [m * total / sum(minutes) for m in minutes]
    room = total - sum(fixed)
    out = [f or m * room / rest for m, f in zip(minutes, fixed, strict=True)]
    most = max(LONGEST, EVEN_SHARE * room / sum(not f for f in fixed))
    for _ in minutes:
        over = sum(max(0.0, m - most) for m, f in zip(out, fixed, strict=True) if not f)
        under = sum(m for m, f in zip(out, fixed, strict=True) if not f and m < most)
        if over < 1 or not under:
            break
        out = [f or (most if m >= most else m + over * m / under) for m, f in zip(out, fixed, strict=True)]
    return out


def first_week(facts: Facts) -> list[TaskRow]:
    """Four to seven tasks that add up to the first seven days; one is a message, up to three are for the project."""
    total = round(facts.profile.hours_per_week * 60)
    steps = [s for s in facts.learning if s.module.kind != "search"] or list(facts.learning or facts.steps)
    if not steps:
        return []
    people = _people(facts, total)
    room = total - sum(t.minutes for t in people)
    begin, own = _tasks(facts, steps[0])[:1], _project_tasks(facts, steps[0], room)
    rows = [*begin, *own]
    spent = sum(t.minutes for t in rows)
    read, more = _course(facts, steps[0], room), list[TaskRow]()
    least = LEAST_TASKS if total >= FEW_MINUTES else 1
    for task in (*read, *_following(facts, steps, room - spent)):
        if more and read and task.url == read[0].url:
            continue  # the piece of the course stands for it
        count = len(people) + len(rows) + len(more)
        if count >= MOST_TASKS + (total >= LONG_WEEK) or (spent >= room * ENOUGH and count >= least):
            break
        more.append(task)
        spent += task.minutes
    rows = [*rows[:1], *more[: len(read)], *rows[1:], *more[len(read) :]]
    if not rows:
        rows = [TaskRow(room, sentence(steps[0].module.done_when[0]), steps[0].id, "")]
    minutes = split(room, levelled([t.minutes for t in rows], room, [t in read for t in rows]))
    rows = [t._replace(minutes=m) for t, m in zip(rows, minutes, strict=True) if m > 0]
    ahead = 0 if _at_once(facts) else 2
    return [*rows[:ahead], *people, *rows[ahead:]]


def _at_once(facts: Facts) -> bool:
    """Whether the move begins before anything is built: then people come first."""
    return bool(facts.moving) and facts.act_from <= facts.steps[0].finish and not facts.searching


def _people(facts: Facts, total: int) -> list[TaskRow]:
    """What is asked of other people: the first things of a move that starts at once, else a message."""
    if _at_once(facts):
        few = 2 if total > SHORT_WEEK else 3
        tasks = [_row(facts, facts.moving[0], t) for t in facts.moving[0].module.tasks[:few]]
        spent = accumulate(t.minutes for t in tasks)
        return [t for t, so_far in zip(tasks, spent, strict=True) if so_far <= total * AT_ONCE_SHARE] or tasks[:1]
    most = max(5, round(total * MESSAGE_SHARE / 5) * 5)
    step = (facts.moving or facts.steps)[0].id
    said = lines(facts, "message")[:1]
    return [TaskRow(min(one.minutes or MESSAGE_MINUTES, most), one.text, step, "") for one in said]


def _following(facts: Facts, steps: Sequence[Step], room: int) -> Iterator[TaskRow]:
    """What the first step builds, then the small tasks of the steps in their order, without what stands for them."""
    built = _slice(facts, steps[0], round(room * SLICE_MOST)) if room >= SLICE_MINUTES else None
    if built is not None:
        yield built
    done = built is not None and built.minutes >= steps[0].hours * 60 * SLICE_SHARE * ENOUGH
    for i, step in enumerate(steps[1:] if done else steps):
        yield from _tasks(facts, step)[0 if i or done else 1 :]


def _course(facts: Facts, step: Step, room: int) -> list[TaskRow]:
    """The part of a course that takes much of the week, for somebody whose first step is one; of a long one a piece."""
    id_ = next((r for r in step.resources if r in step.module.parts), None)
    if id_ is None:
        return []
    hours, part = step.module.parts[id_].hours, step.module.parts[id_].part
    resource, most = facts.catalogue.resources[id_], round(room * COURSE_MOST / QUARTER) * QUARTER
    if not (room * COURSE_SHARE <= hours * 60 <= most or hours * 60 > room) or room < FEW_MINUTES:
        return []
    whole = hours * 60 <= most
    said = facts.say("week-course" if whole else "week-course-begun", title=resource.title, part=part)
    return [TaskRow(round(hours * 60) if whole else most, said, step.id, resource.url)]


def _slice(facts: Facts, step: Step, room: int) -> TaskRow | None:
    """What a step adds to the person's own project; with a figure in it only where the week has room for all of it.

    A step of many weeks has its small tasks alone.
    """
    main = facts.projects[0] if facts.projects else None
    if main is None or step.id not in main.project.grows or step.id not in main.grows:
        return None
    if step.hours > NEAR * facts.profile.hours_per_week:
        return None
    adds, wanted = main.grows[step.id], round(step.hours * 60 * SLICE_SHARE)
    if wanted > room and any(c.isdigit() for c in adds):
        return None
    return TaskRow(min(wanted, room), sentence(adds), step.id, "")


def _tasks(facts: Facts, step: Step) -> list[TaskRow]:
    """The small tasks of a step, those of the plan's cloud where they differ, with their part of its planned hours."""
    found = [_row(facts, step, t) for t in step.module.tasks if t.cloud is None or t.cloud == facts.profile.cloud]
    told = sum(t.minutes for t in found) or 1
    scale = min(MOST_STRETCH, max(1.0, step.hours * 60 * PART_IN_TASKS / told))
    return [t._replace(minutes=round(t.minutes * scale)) for t in found]


def _row(facts: Facts, step: Step, task: Task) -> TaskRow:
    resources = facts.catalogue.resources
    url = resources[task.resource].url if task.resource and task.resource in resources else ""
    return TaskRow(task.minutes, task.text, step.id, url)


def _project_tasks(facts: Facts, step: Step, room: int) -> list[TaskRow]:
    """What the main project asks for in the first week, as far as it leaves most of the room to the first step."""
    project = facts.projects[0].project if facts.projects else None
    found: list[TaskRow] = []
    spent = 0
    for task in project.first[:MOST_OWN] if project else ():
        if found and spent + task.minutes > room * OWN_SHARE:
            break  # a later sitting works with what an earlier one made
        row = _row(facts, step, task)
        found.append(row if found or row.url or project is None else row._replace(url=project.data[0].url))
        spent += task.minutes
    return found
