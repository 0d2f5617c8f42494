"""The work on the page: phases, the way through them, the project and the checkpoints."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage
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
MOST_WHYS = 3
MOST_OPEN = 10
MOST_NAMED = 6
MOST_BREAKS = 3
WORTH_A_ROW = timedelta(weeks=3)


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what is done and left; the slack; those beside the move in one."""
    searching = plan.answer.move is not None and bool(plan.answer.move.later)
    rows: list[tuple[date, tuple[str | Line, ...]]] = [
        (
            phase.start + (slack_before(plan) if phase.id == MOVE or phase.later else timedelta()),
            (
                line(strong(f"{number} {phase.title}".strip())),
                _days(plan, phase),
                about(phase.hours),
                _work(phase, searching=searching),
            ),
        )
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    free = [one for one in plan.profile.breaks if plan.start <= one.first <= plan.finish][:MOST_BREAKS]
    rows += [(one.first, (line(strong("Time off")), stretch(one.first, one.last), "", "")) for one in free]
    slack = plan.answer.slack
    if slack and slack[1] - slack[0] >= WORTH_A_ROW:
        rows.append((slack[0], (line(strong("Slack")), stretch(*slack), "", "For what takes longer than planned")))
    heads = ("Phase", "Dates", "Hours", "What you do, and what it leaves")
    return [
        Heading("Phases"),
        table(heads, [row for _, row in sorted(rows, key=lambda row: row[0])], right=(2,), fixed=(1, 2)),
        Chart(plan, words.catalogue, picture=True),
    ]


def _days(plan: Plan, phase: PhaseRow) -> str:
    """The days of a phase; those of the move, and what is learnt beside it, come after the slack or sooner."""
    spare = slack_before(plan)
    if not spare or not (phase.id == MOVE or phase.later):
        return stretch(phase.start, phase.finish)
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
        leaves=end.leaves,
        work=tuple(one for _, phase in later for one in phase.work),
    )
    found = [row for row in numbered if row not in later] + [(f"{first} to {last}", one)]
    return sorted(found, key=lambda row: (row[1].start, row[1].finish))


def _work(phase: PhaseRow, *, searching: bool) -> Line:
    """The longest steps by name, and what exists at the end; what stands beside the move may stay undone."""
    longest = sorted(phase.work, key=lambda one: -one.hours)[:MOST_NAMED]
    told = [one for one in phase.work if one in longest] if phase.work[1:] and phase.id != MOVE else []
    names = [f"{one.title} ({about(one.hours)})" for one in told]
    left = f"{phase.leaves}; drop it when you sign" if phase.later and searching else phase.leaves
    return line(f"{capital('; '.join(names))}. ", strong("Leaves: "), inside(left)) if names else line(left)


def _numbers(rows: Sequence[PhaseRow]) -> list[str]:
    """Phases are counted but for the move, which runs beside them."""
    counted = [phase.id for phase in rows if phase.id != MOVE]
    return [str(counted.index(phase.id) + 1) if phase.id != MOVE else "" for phase in rows]


def way(plan: Plan, _words: Words, refs: References) -> list[Block]:
    """Why the phases come in this order, what is left out, and what to open by part and hours."""
    whys = [sentence(phase.why) for _, phase in _together(plan) if phase.why][:MOST_WHYS]
    left = omitted(plan)
    why = [paragraph(strong("Why in this order. "), " ".join(whys))] if whys else []
    return [*why, *([paragraph(left)] if left else []), *_to_open(plan, refs)]


def _to_open(plan: Plan, refs: References) -> list[Block]:
    """What to open, in the order of the phases, with part, hours and address; of many the longest."""
    beside = capital(plan.answer.move.kind) if plan.answer.move else ""
    found = [(n or beside, one) for n, phase in _together(plan) for work in phase.work for one in work.opens]
    kept = sorted(range(len(found)), key=lambda at: -found[at][1].hours)[:MOST_OPEN]
    rows = [(number, refs.opened(one)) for number, one in (found[at] for at in sorted(kept))]
    return (
        [Heading("What to open"), bullets(line(strong(f"{n}: " if n else ""), *one) for n, one in rows)] if rows else []
    )


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
    """What will do if a checkpoint is missed; of a project's smaller form the piece of work, whose figures follow."""
    text = sentence(gate.if_missed.text)
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
