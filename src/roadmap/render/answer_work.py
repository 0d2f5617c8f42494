"""The work on the page: phases, the project, what is done in each phase and the checkpoint at its end."""

from collections.abc import Sequence

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage
from roadmap.model.plan import Plan
from roadmap.render.layout import (
    Block,
    Chart,
    Heading,
    Line,
    Span,
    bullets,
    facts,
    line,
    paragraph,
    quiet,
    strong,
    table,
)
from roadmap.render.numbers import about, capital, first_sentence, sentence, span, stretch
from roadmap.render.references import References
from roadmap.render.wording import Words

LEAST_GATES = 4
SHORT = 32
PLANNED = "planned days, without the slack"


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what is done in it, what exists at the end; those beside the move in one."""
    searching = plan.answer.move is not None and bool(plan.answer.move.later)
    rows: list[tuple[str | Line, ...]] = [
        (
            _named(f"{number} {phase.title}".strip(), stretch(phase.start, phase.finish)),
            about(phase.hours),
            _steps(plan, phase),
            _left(phase, searching=searching),
        )
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    heads = ("Phase", "Hours", "What you do", "What exists at the end")
    return [
        Heading("Phases", note=PLANNED),
        table(heads, rows, right=(1,), fixed=(1,)),
        Chart(plan, words.catalogue, picture=True),
    ]


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
    return f"{phase.leaves}; may stay undone when you sign" if phase.later and searching else phase.leaves


def _steps(plan: Plan, phase: PhaseRow) -> Line:
    """The steps of a phase by name; what to open for them stands at the end of the page."""
    if phase.id in {exam.step for exam in plan.exams}:
        return line("study by the weights of its guide, see below")
    long = [one for one in phase.work if one.adds] if phase.later else list(phase.work)
    few = len(phase.work) - len(long)
    work = long if long and few > 1 else list(phase.work)
    parts: list[str | Span] = []
    for i, one in enumerate(work):
        lead = "" if not i else ", " if work[i + 1 :] or len(work) < len(phase.work) else " and "
        parts += [lead, one.title]
    return line(*parts, f" and {few} shorter steps" if len(work) < len(phase.work) else "")


def _named(title: str, dates: str) -> Line:
    """A phase with its days behind it."""
    return line(strong(title), quiet(f", {dates}"))


def _numbers(rows: Sequence[PhaseRow]) -> list[str]:
    """Phases are counted but for the move, which runs beside them."""
    counted = [phase.id for phase in rows if phase.id != MOVE]
    return [str(counted.index(phase.id) + 1) if phase.id != MOVE else "" for phase in rows]


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
    return [
        line(f"{d.title}{f' ({d.licence})' if d.licence else ''}", *refs.behind(d.title, d.url)) for d in project.data
    ]


def checkpoints(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """Dated checks with a number, and what keeps the date when one is missed."""
    answer = plan.answer
    later = [phase.finish for phase in answer.phases if phase.later]
    gates = [gate for gate in answer.gates if gate.on not in later]
    gates += [gate for gate in answer.gates if gate.on in later][: max(0, LEAST_GATES - len(gates))]
    main = answer.projects[:1]
    rows = [(span(g.on, g.on), sentence(_check(g, main)), _missed(g)) for g in gates]
    return [Heading("Checkpoints"), table(("By", "Check", "If missed"), rows, fixed=(0,))] if rows else []


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
