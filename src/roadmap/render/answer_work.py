"""The work on the page: phases, the way through them, the project and the checkpoints."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage, Work
from roadmap.model.plan import Plan
from roadmap.render.evidence import omitted
from roadmap.render.layout import (
    Block,
    Chart,
    Heading,
    Item,
    Items,
    Line,
    bullets,
    facts,
    line,
    paragraph,
    strong,
    table,
)
from roadmap.render.numbers import about, capital, day, first_sentence, listing, sentence, span, stretch
from roadmap.render.references import References, opened
from roadmap.render.wording import Words

LEAST_GATES = 4
SHORT = 26
MANY = 3
MOST_TOLD = 2
MOST_BREAKS = 3


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what exists at the end; those beside the move in one."""
    searching = plan.answer.move is not None and bool(plan.answer.move.later)
    rows: list[tuple[date, tuple[str | Line, ...]]] = [
        (
            phase.start,
            (
                line(strong(f"{number} {phase.title}".strip())),
                _days(plan, phase),
                about(phase.hours),
                _left(phase, searching=searching),
            ),
        )
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    free = [one for one in plan.profile.breaks if plan.start <= one.first <= plan.finish][:MOST_BREAKS]
    rows += [(one.first, (line(strong("Time off")), stretch(one.first, one.last), "", "")) for one in free]
    heads = ("Phase", "Dates", "Hours", "What exists at the end")
    return [
        Heading("Phases"),
        table(heads, [row for _, row in sorted(rows, key=lambda row: row[0])], right=(2,), fixed=(1, 2)),
        Chart(plan, words.catalogue, picture=True),
    ]


def _days(plan: Plan, phase: PhaseRow) -> str:
    """The days of a phase; a move that others wait for begins between the planned day and the one to count on."""
    move = plan.answer.move
    if phase.id != MOVE or move is None or not move.safe or move.safe <= phase.start:
        return stretch(phase.start, phase.finish)
    return f"from {span(phase.start, phase.start)}, at the latest {span(move.safe, move.safe)}"


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


def _left(phase: PhaseRow, *, searching: bool) -> str:
    """What exists at the end; what stands beside the move may stay undone."""
    return f"{phase.leaves}; drop it when you sign" if phase.later and searching else phase.leaves


def _numbers(rows: Sequence[PhaseRow]) -> list[str]:
    """Phases are counted but for the move, which runs beside them."""
    counted = [phase.id for phase in rows if phase.id != MOVE]
    return [str(counted.index(phase.id) + 1) if phase.id != MOVE else "" for phase in rows]


def way(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """What is done in each phase, why it comes there, and what is opened for it."""
    apart = {MOVE, *(exam.step for exam in plan.exams)}
    checked = {gate.step for gate in plan.answer.gates}
    items = []
    for number, phase in _together(plan):
        if phase.id in apart:
            continue
        head = f"{'Phases' if ' ' in number else 'Phase'} {number}"
        why = sentence(phase.why) if phase.why else ""
        items.append(Item(line(strong(f"{head}: " if why else head), why), (bullets(_through(phase, checked)),)))
    left = omitted(plan)
    return [Heading("The way"), Items(tuple(items)), *([paragraph(left)] if left else [])] if items else []


def _through(phase: PhaseRow, checked: Collection[str]) -> Iterator[Line]:
    """The steps of a phase with their hours: the longest as what to do, others by name, each with what it opens.

    What a checkpoint asks for stands there and is only named here; of many that open nothing the hours are one sum.
    """
    able = sorted((one for one in phase.work if one.adds and one.step not in checked), key=lambda one: -one.hours)
    told = {one.step for one in able[: 1 if phase.later else MOST_TOLD]}
    rest: list[Work] = []
    for one in phase.work:
        if one.step not in told and not one.opens:
            rest.append(one)
            continue
        task = f"{one.adds if one.step in told else capital(one.title)} ({about(one.hours)})."
        yield line(f"{task} " if one.opens else task, *(opened(one.opens[0]) if one.opens else ()))
        yield from map(opened, one.opens[1:])
    if len(rest) > MANY:
        yield line(f"{_all_of([one.title for one in rest])} ({about(sum(one.hours for one in rest))} together).")
    elif rest:
        yield line(f"{_all_of([f'{one.title} ({about(one.hours)})' for one in rest])}.")


def _all_of(names: Sequence[str]) -> str:
    return capital(listing(names))


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
    """What will do if a checkpoint is missed: all of it where it is short, else the first sentence."""
    text = sentence(gate.if_missed.text)
    return text if len(text.split()) <= SHORT else first_sentence(text)


def _check(gate: GateRow, main: Sequence[ProjectPage]) -> str:
    """The check of a gate, without the name of the main project."""
    check = gate.check.rstrip(".")
    for project in main:
        check = capital(check.removeprefix(f"{project.title}: "))
    return check


def inside(text: str) -> str:
    """A sentence inside another."""
    return text[:1].lower() + text[1:]
