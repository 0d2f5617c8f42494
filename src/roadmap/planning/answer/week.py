"""A normal week, and the first one: minutes that add up to the person's hours."""

from collections.abc import Sequence
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
MESSAGE_MINUTES = 15
MESSAGE_SHARE = 0.15
OWN_SHARE = 0.45
SMALL_OWN_SHARE = 1.3
MOST_OWN = 3
AT_ONCE_SHARE = 0.5
SHORT_WEEK = 300
LONGEST = 150
EVEN_SHARE = 1.4
LONG_TASK = 75
MOST_TIMES = 2.0
FIRST_STEPS = 3
SMALL_STEP = 14
PIECE = 90
PARTICULAR = 44
WORTH_A_LOOK = 360
LONG_WEEK = 1500
FITS = 0.5
NEARLY = 0.7
MOST_IN_A_ROW = 2


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


def levelled(minutes: Sequence[float], total: int) -> list[float]:
    """Times in proportion that add up to the total, none much over an even share or over what it takes."""
    out = [m * total / sum(minutes) for m in minutes]
    if sum(minutes) >= total:
        return out
    fair = max(LONGEST, EVEN_SHARE * total / len(minutes))
    most = [max(m, fair) for m in minutes]
    for _ in minutes:
        over = sum(max(0.0, m - x) for m, x in zip(out, most, strict=True))
        under = sum(m for m, x in zip(out, most, strict=True) if m < x)
        if over < 1 or not under:
            break
        out = [x if m >= x else m + over * m / under for m, x in zip(out, most, strict=True)]
    return out


def first_week(facts: Facts) -> list[TaskRow]:
    """Four to seven tasks that add up to the first seven days; one is a message, up to three are for the project.

    The others are the small tasks of the first steps in their order.
    """
    total = round(facts.profile.hours_per_week * 60)
    steps = [s for s in facts.learning if s.module.kind != "search"] or list(facts.learning or facts.steps)
    if not steps:
        return []
    people = _people(facts, total)
    room = total - sum(t.minutes for t in people)
    small = [row for step in steps[:FIRST_STEPS] for row in _tasks(facts, step)]
    small[1:1] = _first_piece(facts, steps[0])
    case = _of_this_case(facts, steps[0]) if WORTH_A_LOOK <= total <= LONG_WEEK and not people[1:] else []
    own = _project_tasks(facts, steps[0], room, MOST_OWN)
    rows = _filled([*case, *small[:1]], own, small[1:], room, MOST_TASKS - len(people))
    if not rows:
        rows = [TaskRow(room, sentence(steps[0].module.done_when[0]), steps[0].id, "")]
    minutes = split(room, levelled(_stretched(rows, [*case, *own], room), room))
    rows = [t._replace(minutes=m) for t, m in zip(rows, minutes, strict=True) if m > 0]
    ahead = 0 if _at_once(facts) else 2
    return [*rows[:ahead], *people, *rows[ahead:]]


def _first_piece(facts: Facts, step: Step) -> list[TaskRow]:
    """What the first step adds to the main project, begun in one sitting; a long step has no such piece."""
    main = facts.projects[0] if facts.projects else None
    if main is None or step.hours > SMALL_STEP or step.id not in main.grows or not _tasks(facts, step):
        return []
    return [TaskRow(PIECE, sentence(main.grows[step.id]), step.id, "")]


def _of_this_case(facts: Facts, step: Step) -> list[TaskRow]:
    """One thing that this person's case needs before the rest, such as the day on which a badge runs out."""
    found = [one for one in lines(facts, "first") if one.rank >= PARTICULAR]
    return [TaskRow(one.minutes or MESSAGE_MINUTES, one.text, step.id, "") for one in found[:1]]


def _filled(
    ahead: Sequence[TaskRow], own: Sequence[TaskRow], small: Sequence[TaskRow], room: int, most: int
) -> list[TaskRow]:
    """What comes first, what the project asks, and further small tasks while there is room.

    In a long week the project's tasks are told in fewer rows, so that the others have place, and some of those follow
    one another in a row.
    """
    rows: list[TaskRow] = []
    for count in range(len(own), 0, -1) if own else (0,):
        rows = [*ahead, *_joined(own, count)]
        able = _able(small, room - _spent(rows), LEAST_TASKS - 1 - len(rows))
        places = most - len(rows)
        if _spent([*rows, *able[:places]]) >= room * NEARLY or len(able) <= places:
            break
    return [*rows, *_shared_out(able[: MOST_IN_A_ROW * places], places)]


def _able(small: Sequence[TaskRow], room: int, least: int) -> list[TaskRow]:
    """The small tasks for which there is room, the last of them in good part."""
    out: list[TaskRow] = []
    for task in small:
        if _spent(out) + task.minutes * FITS > room and len(out) >= least:
            break
        out.append(task)
    return out


def _shared_out(tasks: Sequence[TaskRow], places: int) -> list[TaskRow]:
    """Tasks in no more rows than that: where there are more, later rows hold several that follow one another."""
    if len(tasks) <= places or places < 1:
        return list(tasks[: max(0, places)])
    ends = [len(tasks) * (i + 1) // places for i in range(places)]
    groups = [tasks[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    return [g[0]._replace(minutes=_spent(g), task=" ".join(t.task for t in g)) for g in groups]


def _spent(rows: Sequence[TaskRow]) -> int:
    return sum(t.minutes for t in rows)


def _joined(own: Sequence[TaskRow], count: int) -> list[TaskRow]:
    """The last of these tasks as one row, so that there are no more than that many."""
    last = own[max(0, count - 1) :]
    if not last[1:]:
        return list(own)
    text = " ".join(t.task for t in last)
    return [*own[: count - 1], last[0]._replace(minutes=sum(t.minutes for t in last), task=text)]


def _stretched(rows: Sequence[TaskRow], own: Sequence[TaskRow], room: int) -> list[float]:
    """What is left of a week goes to the small tasks of the steps: their minutes are the least they take."""
    fixed = {t.task for t in own} | {t.task for t in _joined(own, 1)} | {t.task for t in _joined(own, 2)}
    first = next((t.task for t in rows if t.task not in fixed), "")
    able = [t.task not in fixed and (t.task != first or t.minutes > LONG_TASK) for t in rows]
    spent, open_ = sum(t.minutes for t in rows), sum(t.minutes for t, a in zip(rows, able, strict=True) if a)
    times = min(MOST_TIMES, max(1.0, 1 + (room - spent) / open_)) if open_ else 1.0
    return [t.minutes * (times if a else 1.0) for t, a in zip(rows, able, strict=True)]


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
