"""The work on the page: phases, the project, what is done in each phase and the checkpoint at its end."""

from collections.abc import Sequence

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage, Work
from roadmap.model.plan import Plan
from roadmap.render.answer_move import alone_from, rests_from
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
from roadmap.render.numbers import about, capital, day, first_sentence, sentence, span, stretch
from roadmap.render.references import References
from roadmap.render.wording import Words

LEAST_GATES = 4


def phases(plan: Plan, words: Words, refs: References) -> list[Block]:
    """The table of phases: dates, hours, what is done in it, what exists at the end; those beside the move in one."""
    searching = plan.answer.move is not None and bool(plan.answer.move.later)
    rows: list[tuple[str | Line, ...]] = [
        (
            _named(f"{number} {phase.title}".strip(), _dates(plan, phase)),
            about(phase.hours),
            _steps(plan, phase, refs),
            _left(phase, searching=searching),
        )
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    heads = ("Phase", "Hours", "What you do", "What exists at the end")
    return [
        Heading("Phases"),
        table(heads, [*rows, *_alone(plan)], right=(1,), fixed=(1,)),
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


def _steps(plan: Plan, phase: PhaseRow, refs: References) -> Line:
    """The steps of a phase by name, each with what to open for it; their hours stand with the steps."""
    if phase.id in {exam.step for exam in plan.exams}:
        return line("study by the weights of its guide, see below")
    parts: list[str | Span] = []
    for i, one in enumerate(phase.work):
        lead = "" if not i else ", " if phase.work[i + 1 :] else " and "
        parts += [lead, one.title, *refs.opens(one.opens)]
    return line(*parts)


def _alone(plan: Plan) -> list[tuple[str | Line, ...]]:
    """A search goes on with all hours once the learning is done."""
    move, on = plan.answer.move, alone_from(plan)
    if move is None or on is None or on <= move.start or rests_from(plan) is not None:
        return []
    week = f"{about(plan.profile.hours_per_week)} a week"
    return [(_named(f"{move.name} alone", f"from {day(on)}"), week, "applications and interviews", "An offer")]


def _named(title: str, dates: str) -> Line:
    """A phase with its days behind it."""
    return line(strong(title), quiet(f", {dates}"))


def _dates(plan: Plan, phase: PhaseRow) -> str:
    """A search goes on until there is an offer."""
    move = plan.answer.move
    searching = phase.id == MOVE and move is not None and bool(move.later)
    return f"from {day(phase.start)}" if searching else stretch(phase.start, phase.finish)


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
        ]
    )


def _data(project: ProjectPage, refs: References) -> list[Line]:
    return [
        line(f"{d.title}{f' ({d.licence})' if d.licence else ''}", *refs.behind(d.title, d.url)) for d in project.data
    ]


def first_steps(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """What the steps of the first phase add to the project; the later ones are told with their checkpoints."""
    answer = plan.answer
    learning = [phase for phase in answer.phases if phase.id != MOVE and phase.id not in {e.step for e in plan.exams}]
    told = {gate.step for gate in answer.gates}
    first = next(iter(learning), None)
    work = [one for one in first.work if one.adds and one.step not in told] if first else []
    if first is None or not work:
        return []
    return [Heading("In the first phase", 3), bullets(_told(one) for one in work)]


def checkpoints(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """Dated checks with a number, and what keeps the date when one is missed."""
    answer = plan.answer
    later = [phase.finish for phase in answer.phases if phase.later]
    gates = [gate for gate in answer.gates if gate.on not in later]
    gates += [gate for gate in answer.gates if gate.on in later][: max(0, LEAST_GATES - len(gates))]
    rows = [(span(g.on, g.on), sentence(_check(g, answer.projects[:1])), sentence(g.if_missed.text)) for g in gates]
    return [Heading("Checkpoints"), table(("By", "Check", "If missed"), rows, fixed=(0,))] if rows else []


def _told(one: Work) -> Line:
    """Send ten prompts to both models and log what each call costs (11 h)."""
    said = f"{one.project}: {inside(one.adds)}" if one.project else one.adds
    return line(said, quiet(f" ({about(one.hours)})"))


def _check(gate: GateRow, main: Sequence[ProjectPage]) -> str:
    """The check of a gate, without the name of the main project."""
    check = gate.check.rstrip(".")
    for project in main:
        check = capital(check.removeprefix(f"{project.title}: "))
    return check


def inside(text: str) -> str:
    """A sentence inside another."""
    return text[:1].lower() + text[1:]
