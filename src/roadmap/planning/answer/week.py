"""A normal week, and the first one: minutes that add up to the person's hours."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from roadmap.model.answer import Slot, TaskRow
from roadmap.model.plan import Step
from roadmap.model.terms import Task
from roadmap.planning.answer.facts import Facts, lower, sentence
from roadmap.planning.answer.lines import lines

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = 15
FEW_MINUTES = 180
LEAST_TASKS = 4
MOST_TASKS = 7
LEAST_PIECE = 60
MESSAGE_MINUTES = 15
MESSAGE_SHARE = 0.15
OWN_SHARE = 0.45
SMALL_OWN_SHARE = 1.3
MOST_OWN = 3
AT_ONCE_SHARE = 0.5
SHORT_WEEK = 300
SLICE_SHARE = 0.6
LONGEST = 150
EVEN_SHARE = 1.4
COURSE = 240
LONG_COURSE = 600
COURSE_LIMIT = 0.65


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


def levelled(minutes: Sequence[int], total: int) -> list[float]:
    """Times in proportion that add up to the total, none much over an even share."""
    out = [m * total / sum(minutes) for m in minutes]
    if sum(minutes) >= total:
        return out
    most = max(LONGEST, EVEN_SHARE * total / len(minutes))
    for _ in minutes:
        over, under = sum(max(0.0, m - most) for m in out), sum(m for m in out if m < most)
        if over < 1 or not under:
            break
        out = [most if m >= most else m + over * m / under for m in out]
    return out


def first_week(facts: Facts) -> list[TaskRow]:
    """Four to seven tasks that add up to the first seven days; one is a message, up to three are for the project.

    What is left of the week goes to the first steps themselves: what they open and what they build.
    """
    total = round(facts.profile.hours_per_week * 60)
    steps = [s for s in facts.learning if s.module.kind != "search"] or list(facts.learning or facts.steps)
    if not steps:
        return []
    people = _people(facts, total)
    room = total - sum(t.minutes for t in people)
    most = MOST_OWN - (len(people) > 1 and total >= LONG_COURSE)
    rows = [*_tasks(facts, steps[0])[:1], *_project_tasks(facts, steps[0], room, most)]
    left = room - sum(t.minutes for t in rows)
    pieces = _filled(facts, steps, left, MOST_TASKS - len(people) - len(rows))
    at = _place(pieces, rows)
    first = 1 if at < len(rows) else len(pieces)
    rows = [*rows[:at], *pieces[:first], *rows[at:], *pieces[first:]]
    small = (t for i, step in enumerate(steps) for t in _tasks(facts, step)[0 if i else 1 :])
    while len(people) + len(rows) < LEAST_TASKS and (task := next(small, None)) and room >= LEAST_PIECE:
        rows.append(task)
    if not rows:
        rows = [TaskRow(room, sentence(steps[0].module.done_when[0]), steps[0].id, "")]
    minutes = split(room, levelled([t.minutes for t in rows], room))
    rows = [t._replace(minutes=m) for t, m in zip(rows, minutes, strict=True) if m > 0]
    ahead = 0 if _at_once(facts) else 2
    return [*rows[:ahead], *people, *rows[ahead:]]


def _place(pieces: Sequence[TaskRow], rows: Sequence[TaskRow]) -> int:
    """Where pieces stand: a course after its first half hour, pages to read before the task they are for, else last."""
    if not pieces or not pieces[0].url:
        return len(rows)
    if pieces[0].minutes >= COURSE:
        return 1
    return 0 if rows and rows[0].url == pieces[0].url else len(rows)


def _filled(facts: Facts, steps: Sequence[Step], room: int, most: int) -> list[TaskRow]:
    """Pieces of the first steps, as many as there is room for; the last one is only begun."""
    out: list[TaskRow] = []
    longest = round(room * COURSE_LIMIT / QUARTER) * QUARTER
    for row, begun in _pieces(facts, steps):
        if room < LEAST_PIECE or len(out) >= most:
            break
        if row.url and row.minutes > longest >= COURSE and len(out) < most - 1:
            row = row._replace(minutes=longest, task=begun)
        if row.url and len(out) == most - 1 and row.minutes < LONG_COURSE:
            continue  # reading alone is no way to end a week
        fits = row.minutes <= room and len(out) < most - 1
        out.append(row if fits else row._replace(minutes=room, task=begun))
        room -= out[-1].minutes
    if out and room:
        out[-1] = out[-1]._replace(minutes=out[-1].minutes + room)
    return out


def _pieces(facts: Facts, steps: Sequence[Step]) -> Iterator[tuple[TaskRow, str]]:
    """What each step opens and what it builds, with the words for a piece that the week has no end for."""
    main = facts.projects[0] if facts.projects else None
    for step in steps:
        id_, found = next(iter(facts.parts_of(step)), ("", None))
        reading = round(found.hours * 60) if found else 0
        if found and reading >= LEAST_PIECE:
            resource, part = facts.catalogue.resources[id_], found.part
            said, begun = (facts.say(w, title=resource.title, part=part) for w in ("week-course", "week-course-begun"))
            yield TaskRow(reading, said, step.id, resource.url), begun
        if main and step.id in main.grows and step.id in main.project.grows:
            adds = main.grows[step.id].rstrip(".")
            built = max(LEAST_PIECE, round(step.hours * 60 * SLICE_SHARE / QUARTER) * QUARTER - reading)
            yield TaskRow(built, sentence(adds), step.id, ""), facts.say("week-begin", adds=lower(adds))


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


def _tasks(facts: Facts, step: Step) -> list[TaskRow]:
    """The small tasks of a step, those of the plan's cloud where they differ."""
    return [_row(facts, step, t) for t in step.module.tasks if t.cloud is None or t.cloud == facts.profile.cloud]


def _row(facts: Facts, step: Step, task: Task) -> TaskRow:
    resources = facts.catalogue.resources
    url = resources[task.resource].url if task.resource and task.resource in resources else ""
    return TaskRow(task.minutes, task.text, step.id, url)


def _project_tasks(facts: Facts, step: Step, room: int, most: int) -> list[TaskRow]:
    """What the main project asks for in the first week, as far as it leaves most of the room to the first step."""
    project = facts.projects[0].project if facts.projects else None
    found: list[TaskRow] = []
    spent = 0
    for task in project.first[:most] if project else ():
        if found and spent + task.minutes > room * (OWN_SHARE if room >= FEW_MINUTES else SMALL_OWN_SHARE):
            break  # a later sitting works with what an earlier one made
        row = _row(facts, step, task)
        found.append(row if found or row.url or project is None else row._replace(url=project.data[0].url))
        spent += task.minutes
    return found
