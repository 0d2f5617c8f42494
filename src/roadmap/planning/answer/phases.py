"""Phases as the page shows them: days, hours, what exists at the end, and which parts of which resources to open."""

from collections.abc import Sequence
from datetime import timedelta

from roadmap.model.advice import RoutePhase
from roadmap.model.answer import MOVE, SPARE, Opens, PhaseRow, Work
from roadmap.model.plan import Step
from roadmap.planning.answer.facts import Facts, capital, listed, lower, named

LEAST_ROWS = 4
SMALL_PLAN_HOURS = 60
MOST_ROWS = 8
MOST_HOURS_A_ROW = 130
MOST_SMALL_ROWS = 5
LONG_STEPS = (12, 40)
MOST_OPENS = 3
MOST_SPARE = 4
LIGHT_SHARE = 15
LONG_PHASE = 90
AT_ONCE = timedelta(days=28)
WEEK = timedelta(days=7)


def phase_rows(facts: Facts) -> list[PhaseRow]:
    """Four to seven phases in order, with rows of their own for the exams and for the move beside the learning."""
    layout = {p.id: p for p in facts.whole.layout.phases}
    beside = len(facts.exams) + bool(facts.moving)
    groups = _groups(facts, MOST_ROWS - beside if facts.reached else MOST_SMALL_ROWS)
    whole = {g[0].phase: len(g) for g in groups if g[0].tier != "breadth"}
    groups = _divided(groups, MOST_ROWS - beside) if facts.hours >= SMALL_PLAN_HOURS else groups
    opened: set[tuple[str, str]] = set()
    told: set[str] = set()
    rows: list[PhaseRow] = []
    for group in groups:
        if all(s.tier == "breadth" for s in group):
            titles = listed([named(s) for s in group][:MOST_SPARE])
            rows.append(_row(facts, SPARE, facts.say("phase-spare"), group, titles, opened))
            continue
        phases = [layout[id_] for id_ in dict.fromkeys(s.phase for s in group)]
        uncut = len(phases) > 1 or (whole.get(phases[0].id) == len(group) and _mostly(facts, phases[0], group))
        title = phases[0].title if uncut else _title(group)
        # Of several phases the first and the last say what exists.
        leaves = "; ".join([phases[0].leaves, *(lower(p.leaves) for p in phases[1:][-1:])]) if uncut else _leaves(group)
        hours = {p.id: sum(s.hours for s in group if s.phase == p.id) for p in phases}
        id_ = max(hours, key=lambda i: hours[i]) if uncut else group[0].id
        rows.append(_row(facts, id_, title, group, leaves, opened)._replace(why=_why(phases, told)))
    rows += [_exam_row(facts, step) for step in facts.learning if step.id in facts.whole.draft.exams]
    if facts.moving:
        rows.append(_move_row(facts))
    return [r._replace(later=_later(facts, r)) for r in sorted(rows, key=lambda r: (r.start, r.finish))]


def _why(phases: Sequence[RoutePhase], told: set[str]) -> str:
    """Why the first of these phases that says it comes where it does, once in a plan."""
    phase = next((p for p in phases if p.why and p.id not in told), None)
    if phase is None:
        return ""
    told.add(phase.id)
    return phase.why


def _later(facts: Facts, row: PhaseRow) -> bool:
    """Whether a phase of learning begins when the move has begun, which it does on a Monday.

    Beside a search that takes little of a week the learning stays the main thing, and its phases are told whole.
    """
    light = facts.searching and facts.whole.beside.share < LIGHT_SHARE
    ahead = facts.moving and not light and facts.act_from > facts.profile.start + AT_ONCE
    learning = row.id != MOVE and row.id not in facts.exam_steps
    return bool(ahead) and learning and row.start >= facts.act_from - WEEK and row.finish > facts.act_from


def _row(
    facts: Facts, id_: str, title: str, group: Sequence[Step], leaves: str, opened: set[tuple[str, str]]
) -> PhaseRow:
    start, finish = min(s.start for s in group), max(s.finish for s in group)
    work = tuple(_work(facts, s, opened) for s in group)
    return PhaseRow(id_, title, start, finish, sum(s.hours for s in group), capital(leaves), work)


def _work(facts: Facts, step: Step, opened: set[tuple[str, str]]) -> Work:
    """A step with what to do: in the words of a project, else in those of its module for any project."""
    own = facts.grown.get(step.id)
    adds = (own.grows[step.id] if own else step.module.on_project).rstrip(".")
    beside = own.project.title if own and own is not facts.projects[0] else ""
    return Work(step.id, named(step), step.hours, step.start, step.finish, adds, beside, _opens(facts, step, opened))


def _opens(facts: Facts, step: Step, opened: set[tuple[str, str]]) -> tuple[Opens, ...]:
    """The parts of resources for a step, none twice in a plan: one, of a long step more, of an exam all."""
    most = MOST_OPENS if step.id in facts.exam_steps else 1 + sum([step.hours >= x for x in LONG_STEPS])
    able = [(r, part) for r, part in facts.parts_of(step) if (r, part.part) not in opened][:most]
    opened.update([(r, part.part) for r, part in able])
    known = [(facts.catalogue.resources[r], part) for r, part in able]
    return tuple([Opens(r.id, r.title, r.url, part.part, part.hours, r.cost) for r, part in known])


def with_few_opens(phase: PhaseRow, most: int) -> PhaseRow:
    """A phase with what its longest steps open: of so many resources each the first part that a step needs."""
    if len(phase.opens) <= most:
        return phase
    able = [(nth, -work.hours, i) for i, work in enumerate(phase.work) for nth in range(len(work.opens))]
    kept = [i for _, _, i in sorted(able)[:most]]
    few = [w.opens[: kept.count(i)] for i, w in enumerate(phase.work)]
    work = [w._replace(opens=x) if len(x) < len(w.opens) else w for w, x in zip(phase.work, few, strict=True)]
    return phase._replace(work=tuple(work))


def most_opens(phase: PhaseRow) -> int:
    """How many resources a page names for a phase: two, of a very long one three."""
    return 2 + (phase.hours >= LONG_PHASE)


def _exam_row(facts: Facts, step: Step) -> PhaseRow:
    cert = facts.whole.draft.exams[step.id]
    leaves = step.module.leaves or facts.say("phase-exam-leaves", exam=cert.label)
    return _row(facts, step.id, facts.say("phase-exam", exam=cert.label), [step], leaves, set())


def _move_row(facts: Facts) -> PhaseRow:
    move = facts.whole.ending.move
    if move is None:
        raise AssertionError("a move that has no name")
    beside = "phase-move" if facts.act_from < facts.learnt else "phase-move-after"
    return _row(facts, MOVE, facts.say(beside, move=move.name), facts.moving, move.leaves, set())


def steps_of(facts: Facts, row: PhaseRow) -> list[Step]:
    """The learning steps of a phase."""
    inside = {work.step for work in row.work}
    return [s for s in facts.learning if s.id in inside]


def _groups(facts: Facts, most: int) -> list[list[Step]]:
    """Learning steps by phase, in the order in which they begin, exams apart."""
    order = {p.id: i for i, p in enumerate(facts.whole.layout.phases)}
    groups: dict[str, list[Step]] = {}
    for step in sorted(facts.learning, key=lambda s: (s.start, s.finish)):
        if step.id not in facts.whole.draft.exams:
            groups.setdefault(SPARE if step.tier == "breadth" else step.phase, []).append(step)
    return _merged(
        sorted(
            groups.values(),
            key=lambda g: (g[0].start, order.get(g[0].phase, 0) if g[0].tier != "breadth" else len(order)),
        ),
        most,
    )


def _merged(groups: list[list[Step]], most: int) -> list[list[Step]]:
    """No more groups than that: the two neighbours that are shortest together become one."""
    while len(groups) > most:
        at = min(range(1, len(groups)), key=lambda i: sum(s.hours for s in groups[i - 1] + groups[i]))
        groups[at - 1 : at + 1] = [groups[at - 1] + groups[at]]
    return groups


def _divided(groups: list[list[Step]], most: int) -> list[list[Step]]:
    """At least four groups, and none of very many hours, as far as there are steps: the longest is divided."""
    while True:
        able = [i for i, g in enumerate(groups) if len(g) > 1 and g[0].tier != "breadth"]
        at = max(able, key=lambda i: sum(s.hours for s in groups[i]), default=None)
        if at is None or len(groups) >= max(LEAST_ROWS, most):
            return groups
        if len(groups) >= LEAST_ROWS and sum(s.hours for s in groups[at]) <= MOST_HOURS_A_ROW:
            return groups
        groups[at : at + 1] = _halves(groups[at])


def _halves(group: list[Step]) -> list[list[Step]]:
    half = sum(s.hours for s in group) / 2
    cut = min(range(1, len(group)), key=lambda i: abs(sum(s.hours for s in group[:i]) - half))
    return [group[:cut], group[cut:]]


def _title(group: Sequence[Step]) -> str:
    return max(group, key=lambda s: s.hours).module.title


def _leaves(group: Sequence[Step]) -> str:
    largest = max(group, key=lambda s: s.hours).module
    return largest.leaves or largest.evidence[0]


def _mostly(facts: Facts, phase: RoutePhase, group: Sequence[Step]) -> bool:
    """Whether most of what a phase is made of is there, so that it leaves what it says."""
    ids = {s.id for s in group}
    able = [m for m in phase.modules if m in facts.whole.draft.modules and m not in facts.beside]
    return 2 * len(ids.intersection(able)) >= len(able)
