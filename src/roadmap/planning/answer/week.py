"""A normal week, and the first one: minutes that add up to the person's hours."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice

from roadmap.model.answer import WHOLE, Slot, TaskRow
from roadmap.model.condition import holds
from roadmap.model.plan import Step
from roadmap.model.terms import Task
from roadmap.planning.answer.facts import Facts, sentence
from roadmap.planning.answer.lines import lines
from roadmap.planning.schedule import QUARTERS, WEEK

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = 15
FEW_MINUTES = 180
LEAST_TASKS = 4
MOST_TASKS = 7
MESSAGE_MINUTES = 15
MESSAGE_SHARE = 0.15
OWN_SHARE = 0.45
SMALL_OWN_SHARE = 1.3
MOST_OWN = 3
AT_ONCE_SHARE = 0.5
SHORT_WEEK = 300
LONGEST = 120
LEAST = 60
SMALL_STEP = 14
SET_UP = 50
A_BIG_SHARE = 1.2
WEEK_SHARE = 0.15
LONG_ROOM = 840
AN_EVENING = 4
MOST_TIMES = 2.0
A_LITTLE, MORE = 1.1, 1.25
FIRST_STEPS = 3
PIECE = 60
PARTICULAR = 44
WORTH_A_LOOK = 360
LONG_WEEK = 1500
LATE = 2
"""The last weekday (Monday is 0) on which a start still has the rest of its week told; later ones have seven days."""
WORTH_A_WEEK = 60


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
    """Four to seven tasks that add up to the first week; one is a message to a person.

    What the case needs comes first, then what the project asks for, then the first steps: what they open, and what they
    add to the project, or, where they add nothing to it, their small tasks.
    """
    steps = [s for s in facts.learning if s.module.kind != "search"] or list(facts.learning or facts.steps)
    if not steps:
        return []
    total = _room(facts)
    people = _people(facts, total)
    room = total - sum(t.minutes for t in people)
    fixed = _of_this_case(facts, steps[0]) if WORTH_A_LOOK <= total <= LONG_WEEK and not people[1:] else []
    small = _tasks(facts, steps[0])
    if not _piece(facts, steps[0]) or (small and small[0].minutes <= SET_UP):
        fixed = [*fixed, *small[:1]]
    own = _project_tasks(facts, steps[0], room, MOST_OWN)
    rows = _filled(fixed, own, list(_work(facts, steps)), room, MOST_TASKS - len(people))
    if not rows:
        rows = [TaskRow(room, sentence(steps[0].module.done_when[0]), steps[0].id, "")]
    ahead = 0 if _at_once(facts) else 2
    return [*rows[:ahead], *people, *rows[ahead:]]


def _room(facts: Facts) -> int:
    """Minutes of the week in which the work begins: what is left of it where it begins late, or days of it are free.

    A start on a Tuesday loses nothing where no session of a normal week lies before it.
    """
    usual = round(facts.profile.hours_per_week * 60)
    begins = min(s.start for s in facts.steps)
    week = next((w for w in facts.weeks if w.start <= begins < w.start + WEEK), None)
    if week is None or begins.weekday() > LATE or _whole(facts, begins):
        return usual
    left = round(week.capacity * 60)
    cut = week.capacity * QUARTERS < facts.calendar.usual.capacity
    return left if cut and left >= WORTH_A_WEEK else usual


def _whole(facts: Facts, begins: date) -> bool:
    """Whether every session of a normal week that nobody's own days decide lies in what is left of the first one."""
    sunday = begins + timedelta(days=6 - begins.weekday())
    free = [one for one in facts.profile.breaks if one.first <= sunday and one.last >= begins]
    known = facts.profile.availability.days or facts.profile.availability.ranges
    return not (free or known) and all(DAYS.index(s.day) >= begins.weekday() for s in rhythm(facts))


def _of_this_case(facts: Facts, step: Step) -> list[TaskRow]:
    """One thing that this person's case needs before the rest, such as the day on which a badge runs out."""
    found = [one for one in islice(lines(facts, "first"), 1) if one.rank >= PARTICULAR]
    return [TaskRow(one.minutes or MESSAGE_MINUTES, one.text, step.id, "") for one in found]


def _work(facts: Facts, steps: Sequence[Step]) -> Iterator[tuple[TaskRow, int]]:
    """What the first steps ask for in their order, each with the most minutes that it may take."""
    for step in steps[:FIRST_STEPS]:
        piece = _piece(facts, step)
        if piece:
            reading = _reading(facts, step)
            yield from ((row, row.minutes) for row in reading)
            yield piece[0], _most(facts, step, reading)
        else:
            small = _tasks(facts, step)
            yield from ((row, round(row.minutes * MOST_TIMES)) for row in small[step is steps[0] :])


def _most(facts: Facts, step: Step, reading: Sequence[TaskRow]) -> int:
    """The most minutes for what a step adds: what it takes beside its reading, and no more than a share of a week."""
    share = round(facts.profile.hours_per_week * 60 * WEEK_SHARE)
    return max(LEAST, min(max(LONGEST, share), round(step.hours * 60) - _spent(reading)))


def _piece(facts: Facts, step: Step) -> list[TaskRow]:
    """What a step adds to the main project, begun in one sitting; a long step has no such piece."""
    main = facts.projects[0] if facts.projects else None
    weekly = facts.profile.hours_per_week
    if (
        main is None
        or step.hours > max(SMALL_STEP, A_BIG_SHARE * weekly)
        or step.id not in main.project.grows
        or step.id not in main.grows
    ):
        return []
    return [TaskRow(PIECE, sentence(main.grows[step.id]), step.id, "")]


def _reading(facts: Facts, step: Step) -> list[TaskRow]:
    """The part of a resource that a step opens first, where it takes an evening at most."""
    for id_, part in facts.parts_of(step)[:1]:
        resource = facts.catalogue.resources[id_]
        if part.hours <= AN_EVENING and resource.cost != "paid":
            whole = part.part == WHOLE
            text = facts.say("week-open-whole" if whole else "week-open", title=resource.title, part=part.part)
            return [TaskRow(max(QUARTER, round(part.hours * 60)), text, step.id, resource.url)]
    return []


def _filled(
    fixed: Sequence[TaskRow],
    own: Sequence[TaskRow],
    work: Sequence[tuple[TaskRow, int]],
    room: int,
    places: int,
) -> list[TaskRow]:
    """What comes first, what the project asks for, and of the first steps' work as much as there is room for.

    The work shares out what is left of the week. Where rows are short, the project's tasks stand in fewer of them, and
    work that follows one another in one.
    """
    able = _able(work, room - _spent([*fixed, *own]), LEAST_TASKS - 1 - len(fixed) - len(own))
    rows = [*fixed, *_joined(own, max(1, places - len(fixed) - min(len(able), 3 if room >= LONG_ROOM else 2)))][:places]
    told = _shared_out(able, places - len(rows))
    least = [r.minutes for r in [*rows, *(r for r, _ in told)]]
    most = [*(r.minutes for r in rows), *(max(r.minutes, longest) for r, longest in told)]
    minutes = split(room, between(least, most, room)) if least else []
    return [r._replace(minutes=m) for r, m in zip([*rows, *(r for r, _ in told)], minutes, strict=True) if m > 0]


def _able(work: Sequence[tuple[TaskRow, int]], room: int, least: int) -> list[tuple[TaskRow, int]]:
    """The work for which there is room, or nearly: until what it may take fills it."""
    out: list[tuple[TaskRow, int]] = []
    for row, longest in work:
        spent, most = _spent([r for r, _ in out]), sum(m for _, m in out)
        if len(out) >= least and (most >= A_LITTLE * room or spent + row.minutes > MORE * room):
            break
        out.append((row, longest))
    return out


def _shared_out(work: Sequence[tuple[TaskRow, int]], places: int) -> list[tuple[TaskRow, int]]:
    """The work in no more rows than that: what is read joins what it is read for, then neighbours join."""
    rows = list(work[: 2 * places])
    while len(rows) > places:
        read = next((i for i, (row, longest) in enumerate(rows[:-1]) if row.url and row.minutes == longest), None)
        at = min(range(len(rows) - 1), key=lambda i: rows[i][1] + rows[i + 1][1]) if read is None else read
        (one, first), (other, second) = rows[at], rows[at + 1]
        rows[at : at + 2] = [(_one([one, other]), first + second)]
    return rows


def _joined(own: Sequence[TaskRow], count: int) -> list[TaskRow]:
    """These tasks in no more rows than that: the last ones are one."""
    return list(own) if len(own) <= count else [*own[: count - 1], _one(own[count - 1 :])]


def _one(rows: Sequence[TaskRow]) -> TaskRow:
    """Tasks that follow one another as one."""
    return rows[0]._replace(minutes=_spent(rows), task=" ".join(r.task for r in rows))


def _spent(rows: Sequence[TaskRow]) -> int:
    return sum(r.minutes for r in rows)


def between(least: Sequence[int], most: Sequence[int], room: int) -> list[float]:
    """Times that add up to the room: the least they take, and of what is left each its share of what it may take."""
    left, able = room - sum(least), [b - a for a, b in zip(least, most, strict=True)]
    if left <= 0 or not sum(able):
        return [m * room / sum(least) for m in least]
    if left <= sum(able):
        return [a + left * more / sum(able) for a, more in zip(least, able, strict=True)]
    over, open_ = left - sum(able), sum(b for a, b in zip(least, most, strict=True) if b > a)
    return [b + over * b / open_ if b > a else float(b) for a, b in zip(least, most, strict=True)]


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
    most = round(total * MESSAGE_SHARE / 5) * 5
    step = (facts.moving or facts.steps)[0].id
    said = islice(lines(facts, "message"), 1)
    return [TaskRow(min(one.minutes or MESSAGE_MINUTES, most), one.text, step, "") for one in said]


def _tasks(facts: Facts, step: Step) -> list[TaskRow]:
    """The small tasks of a step for this person, those of the plan's cloud where they differ."""
    able = [t for t in step.module.tasks if t.cloud is None or t.cloud == facts.profile.cloud]
    return [_row(facts, step, t) for t in able if holds(t.when, facts.person)]


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
