"""The work on the page: phases, the way through them, the project and the checkpoints."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, SPARE, GateRow, PhaseRow, ProjectPage
from roadmap.model.plan import Plan
from roadmap.render.answer_move import slack_before
from roadmap.render.evidence import omitted
from roadmap.render.layout import (
    Block,
    Chart,
    Heading,
    Line,
    bullets,
    facts,
    line,
    paragraph,
    strong,
    table,
)
from roadmap.render.numbers import about, capital, day, first_sentence, sentence, span, stretch
from roadmap.render.references import References
from roadmap.render.wording import Words

LEAST_GATES = 4
SHORT = 26
MOST_WHYS = 4
MOST_OPEN = 9
FEW_PHASES, MOST_TASKS = 4, 2
MOST_BREAKS = 3
WORTH_A_ROW = timedelta(weeks=3)


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what exists at the end; the slack; those beside the move in one."""
    searching = plan.answer.move is not None and bool(plan.answer.move.later)
    rows: list[tuple[date, tuple[str | Line, ...]]] = [
        (
            phase.start + (slack_before(plan) if phase.id == MOVE or phase.later else timedelta()),
            (
                line(strong(f"{number} {phase.title}".strip())),
                _days(plan, phase),
                about(phase.hours),
                _left(plan, phase, searching=searching),
            ),
        )
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    free = [one for one in plan.profile.breaks if plan.start <= one.first <= plan.finish][:MOST_BREAKS]
    rows += [(one.first, (line(strong("Time off")), stretch(one.first, one.last), "", "")) for one in free]
    if slack := _slack(plan):
        rows.append((slack[0], (line(strong("Slack")), stretch(*slack), "", "For what takes longer than planned")))
    heads = ("Phase", "Dates", "Hours", "What exists at the end")
    return [
        Heading("Phases"),
        table(heads, [row for _, row in sorted(rows, key=lambda row: row[0])], right=(2,), fixed=(1, 2)),
        Chart(plan, words.catalogue, picture=True),
    ]


def _slack(plan: Plan) -> tuple[date, date] | None:
    """The slack where it is worth a row: a few weeks in which nothing but what may wait is planned."""
    slack = plan.answer.slack
    if slack is None or slack[1] - slack[0] < WORTH_A_ROW:
        return None
    firm = [phase.finish for phase in plan.answer.phases if not phase.later and phase.id != MOVE]
    return slack if max(firm, default=slack[0]) <= slack[0] else None


def _slack_inside(plan: Plan, phase: PhaseRow) -> bool:
    """Whether the slack is told as part of the move, because it has no row of its own."""
    slack = plan.answer.slack
    return slack is not None and phase.id == MOVE and slack[0] == phase.finish and not _slack(plan)


def _days(plan: Plan, phase: PhaseRow) -> str:
    """The days of a phase; those of the move, and what is learnt beside it, come after the slack or sooner."""
    spare, slack = slack_before(plan), plan.answer.slack
    if not spare or not (phase.id == MOVE or phase.later):
        return stretch(phase.start, slack[1] if slack and _slack_inside(plan, phase) else phase.finish)
    if plan.answer.move is not None and not plan.answer.move.later:
        return stretch(phase.start + spare, phase.finish + spare)
    on = span(plan.answer.act_from + spare, plan.answer.act_from + spare)
    return f"from {on} or sooner"


def _together(plan: Plan) -> list[tuple[str, PhaseRow]]:
    """The rows with their numbers; the later phases are one, since nobody has to end them before the move does."""
    numbered = list(zip(_numbers(plan.answer.phases), plan.answer.phases, strict=True))
    later = [(number, phase) for number, phase in numbered if phase.later]
    if not later[1:]:
        return numbered
    (first, start), (last, end) = later[0], later[-1]
    one = start._replace(
        title=f"Beside {inside(plan.answer.move.name)}" if plan.answer.move else start.title,
        finish=end.finish,
        hours=sum(phase.hours for _, phase in later),
        leaves=next((phase.leaves for _, phase in reversed(later) if phase.id != SPARE), end.leaves),
        work=tuple(one for _, phase in later for one in phase.work),
    )
    found = [row for row in numbered if row not in later] + [(f"{first} to {last}", one)]
    return sorted(found, key=lambda row: (row[1].start, row[1].finish))


def _left(plan: Plan, phase: PhaseRow, *, searching: bool) -> str:
    """What exists at the end; what stands beside the move may stay undone, and some of the days may be slack."""
    if plan.answer.slack and _slack_inside(plan, phase):
        first, last = plan.answer.slack
        return f"{phase.leaves}; {(last - first).days // 7} weeks are slack"
    return f"{phase.leaves}; drop it when you sign" if phase.later and searching else phase.leaves


def _numbers(rows: Sequence[PhaseRow]) -> list[str]:
    """Phases are counted but for the move, which runs beside them."""
    counted = [phase.id for phase in rows if phase.id != MOVE]
    return [str(counted.index(phase.id) + 1) if phase.id != MOVE else "" for phase in rows]


def way(plan: Plan, _words: Words, refs: References) -> list[Block]:
    """Why the phases come in this order, what is left out, and what to open."""
    whys = [sentence(phase.why) for _, phase in _together(plan) if phase.why][:MOST_WHYS]
    why = [paragraph(strong("Why in this order. "), " ".join(whys))] if whys else []
    left = omitted(plan)
    return [*why, *([paragraph(left)] if left else []), *_to_open(plan, refs)]


def work_by_phase(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """What is done in each phase, once the reader has met the project: of many phases one piece of work each."""
    rows = _together(plan)
    most = MOST_TASKS if len(rows) <= FEW_PHASES + 1 else 1  # the move is one of the rows
    told = [line(strong(f"{number}: "), todo) for number, phase in rows if (todo := _todo(plan, phase, most))]
    return [Heading("What you do, by phase"), bullets(told)] if told else []


def _todo(plan: Plan, phase: PhaseRow, most: int) -> str:
    """The longest steps of a phase as what to do; what a checkpoint or the first week asks for stands there."""
    if phase.id == MOVE:
        return ""
    checked = {gate.step for gate in plan.answer.gates}
    begun = " ".join(task.task for task in plan.answer.first_week)
    able = [one for one in phase.work if one.adds and one.step not in checked and one.adds not in begun]
    longest = sorted(able, key=lambda one: -one.hours)[: 1 if phase.later else most]
    return " ".join(f"{f'{one.project}: ' if one.project else ''}{one.adds}." for one in phase.work if one in longest)


def _to_open(plan: Plan, refs: References) -> list[Block]:
    """What to open, in the order of the phases, with part, hours and address: the longest of each phase at least."""
    beside = capital(plan.answer.move.kind) if plan.answer.move else ""
    found = [
        (nth, -one.hours, at, number or beside, one)
        for number, phase in _together(plan)
        for nth, (at, one) in enumerate(sorted(enumerate(phase.opens), key=lambda row: -row[1].hours))
    ]
    place = {number or beside: i for i, (number, _) in enumerate(_together(plan))}
    kept = sorted(sorted(found, key=lambda row: row[:2])[:MOST_OPEN], key=lambda row: (place[row[3]], row[2]))
    lines = [line(strong(f"{number}: "), *refs.opened(one)) for _, _, _, number, one in kept]
    return [Heading("What to open, by phase"), bullets(lines)] if lines else []


def projects(plan: Plan, _words: Words, refs: References) -> list[Block]:
    """The main project whole, a second one in a paragraph."""
    main, *others = plan.answer.projects or (None,)
    if main is None:
        return []
    blocks: list[Block] = [Heading(f"The project: {main.title}"), paragraph(sentence(main.brief)), _project(main, refs)]
    for other in others:
        name, brief = strong(f"{other.title}."), f" {first_sentence(sentence(other.brief))}"
        data = _data(other, refs)[:1]
        source = line(" Data: ", *data[0], ".") if data else ()
        blocks += [Heading("Beside it, smaller"), paragraph(name, brief, *source)]
    return blocks


def _project(project: ProjectPage, refs: References) -> Block:
    return facts(
        [
            ("Data", bullets(_data(project, refs))),
            ("Never", " ".join(sentence(text) for text in project.never)),
            ("Done when", bullets(project.targets)),
            ("Checked by", first_sentence(sentence(project.reader)) if project.reader else ""),
        ]
    )


def _data(project: ProjectPage, refs: References) -> list[Line]:
    return [line(f"{d.title}{f' ({d.licence})' if d.licence else ''}", *refs.behind(d.url)) for d in project.data]


def checkpoints(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """Dated checks with a number, and what keeps the date when one is missed."""
    answer = plan.answer
    later = [phase.finish for phase in answer.phases if phase.later]
    gates = [gate for gate in answer.gates if gate.on not in later]
    gates += [gate for gate in answer.gates if gate.on in later][: max(0, LEAST_GATES - len(gates))]
    main = answer.projects[:1]
    rows = [
        line(strong(f"{day(gate.on)}: "), sentence(_check(gate, main)), strong(" Missed: "), inside(_missed(gate)))
        for gate in gates
    ]
    return [Heading("Checkpoints"), bullets(rows)] if rows else []


def _missed(gate: GateRow) -> str:
    """What will do if a checkpoint is missed, whole where a step goes to keep the date; of a project's smaller form the
    piece of work, whose figures follow.
    """
    text = sentence(gate.if_missed.text)
    if gate.if_missed.drop:
        return text
    if gate.project:
        return sentence(re.split(r"[:;] ", first_sentence(text))[0].rstrip("."))
    return text if len(text.split()) <= SHORT else first_sentence(text)


def _check(gate: GateRow, main: Sequence[ProjectPage]) -> str:
    """The check of a gate, without the name of the main project."""
    check = gate.check.rstrip(".")
    for project in main:
        check = capital(check.removeprefix(f"{project.title}: "))
    return check


def inside(text: str) -> str:
    """A sentence inside another; an abbreviation at its head keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
