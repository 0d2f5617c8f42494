"""Phases as the page shows them: days, hours, what exists at the end, and which parts of which resources to open."""

from collections.abc import Sequence

from roadmap.model.advice import RoutePhase
from roadmap.model.answer import Opens, PhaseRow, Work
from roadmap.model.plan import Step
from roadmap.model.terms import Part
from roadmap.planning.answer.facts import Facts, capital, listed, short

LEAST_ROWS = 4
SMALL_PLAN_HOURS = 60
MOST_ROWS = 8
MOST_HOURS_A_ROW = 130
MOST_SMALL_ROWS = 5
OPENS_A_PHASE = 3
HOURS_A_RESOURCE = 25
MOST_OPENS = 14
MOST_SPARE = 4
SPARE = "spare"
MOVE = "move"


def phase_rows(facts: Facts) -> list[PhaseRow]:
    """Four to seven phases in order, with rows of their own for the exams and for the move beside the learning."""
    named = {p.id: p for p in facts.whole.layout.phases}
    beside = len(facts.exams) + bool(facts.moving)
    groups = _groups(facts, MOST_ROWS - beside if facts.reached else MOST_SMALL_ROWS)
    whole = {g[0].phase: len(g) for g in groups}
    groups = _divided(groups, MOST_ROWS - beside) if facts.hours >= SMALL_PLAN_HOURS else groups
    opened: set[str] = set()
    rows: list[PhaseRow] = []
    for group in groups:
        if all(s.tier == "breadth" for s in group):
            titles = listed([short(s.module.title) for s in group][:MOST_SPARE])
            rows.append(_row(facts, SPARE, facts.say("phase-spare"), group, titles, _opens(facts, group, opened, 1)))
            continue
        phases = [named[id_] for id_ in dict.fromkeys(s.phase for s in group)]
        uncut = len(phases) > 1 or (whole.get(phases[0].id) == len(group) and _mostly(facts, phases[0], group))
        title = phases[0].title if uncut else _title(group)
        leaves = "; ".join(p.leaves for p in phases) if uncut else _leaves(group)
        hours = {p.id: sum(s.hours for s in group if s.phase == p.id) for p in phases}
        id_ = max(hours, key=lambda i: hours[i]) if uncut else group[0].id
        rows.append(
            _row(
                facts,
                id_,
                title,
                group,
                leaves,
                _opens(facts, group, opened, min(_most(group), max(1, MOST_OPENS - len(opened)))),
            )
        )
    rows += [_exam_row(facts, step) for step in facts.learning if step.id in facts.whole.draft.exams]
    if facts.moving:
        rows.append(_move_row(facts))
    return sorted(rows, key=lambda r: (r.start, r.finish))


def _row(
    facts: Facts, id_: str, title: str, group: Sequence[Step], leaves: str, opens: Sequence[Opens] = ()
) -> PhaseRow:
    start, finish = min(s.start for s in group), max(s.finish for s in group)
    work = tuple(_work(facts, s) for s in group)
    return PhaseRow(id_, title, start, finish, sum(s.hours for s in group), capital(leaves), tuple(opens), work)


def _work(facts: Facts, step: Step) -> Work:
    """A step with what it adds; only in the words of a project, for what it would add to any says little."""
    own = next((p for p in facts.projects if step.id in p.grows and step.id in p.project.grows), None)
    adds = own.grows[step.id].rstrip(".") if own else ""
    beside = own.project.title if own and own is not facts.projects[0] else ""
    return Work(step.id, capital(short(step.module.title)), step.hours, step.start, step.finish, adds, beside)


def _most(group: Sequence[Step]) -> int:
    """How many resources a phase names: one for every 25 hours or so, three at most."""
    return min(OPENS_A_PHASE, 1 + int(sum(s.hours for s in group) // HOURS_A_RESOURCE))


def _exam_row(facts: Facts, step: Step) -> PhaseRow:
    cert = facts.whole.draft.exams[step.id]
    opens = _opens(facts, [step], set(), 1)
    leaves = facts.say("phase-exam-leaves", exam=cert.label)
    return _row(facts, step.id, facts.say("phase-exam", exam=cert.label), [step], leaves, opens)


def _move_row(facts: Facts) -> PhaseRow:
    move = facts.whole.ending.move
    if move is None:
        raise AssertionError("a move that has no name")
    beside = "phase-move" if facts.act_from < facts.learnt else "phase-move-after"
    return _row(facts, MOVE, facts.say(beside, move=move.name), facts.moving, move.leaves)


def steps_of(facts: Facts, row: PhaseRow) -> list[Step]:
    """The learning steps that run within a phase."""
    return [s for s in facts.learning if row.start <= s.start and s.finish <= row.finish]


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
    total = sum(s.hours for s in group)
    run, best, cut = 0.0, total, 1
    for i, step in enumerate(group[:-1]):
        run += step.hours
        if abs(run - total / 2) < best:
            best, cut = abs(run - total / 2), i + 1
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


def _opens(facts: Facts, group: Sequence[Step], opened: set[str], most: int) -> list[Opens]:
    """The parts of resources that take most of a phase, one a step, each resource once, in the order of the steps."""
    found: list[tuple[Step, str, Part]] = []
    taken: set[str] = set()
    for step in group:
        able = [(r, step.module.parts[r]) for r in step.resources if r in step.module.parts and r not in opened | taken]
        if able:
            id_, part = max(able[:2], key=lambda x: x[1].hours)
            found.append((step, id_, part))
            taken.add(id_)
    kept = sorted(found, key=lambda x: (x[0].phase != "" and x[0].tier == "breadth", -x[0].hours))[:most]
    opened.update(id_ for _, id_, _ in kept)
    resources = facts.catalogue.resources
    return [
        Opens(id_, resources[id_].title, resources[id_].url, part.part, part.hours, resources[id_].cost)
        for step, id_, part in found
        if (step, id_, part) in kept
    ]
