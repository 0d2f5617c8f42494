"""The work on the page: phases, the project, what is done in each phase and the checkpoint at its end."""

from collections.abc import Iterator, Sequence

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage, Work
from roadmap.model.plan import Plan
from roadmap.render.layout import (
    Block,
    Chart,
    Heading,
    Items,
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


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what exists at the end."""
    answer = plan.answer
    if not answer.phases:
        return []
    rows = [
        (f"{number} {phase.title}".strip(), _dates(plan, phase), about(phase.hours), phase.leaves)
        for number, phase in zip(_numbers(answer.phases), answer.phases, strict=True)
    ]
    rows += _alone(plan)
    return [
        Heading("Phases"),
        table(("Phase", "Dates", "Hours", "What exists at the end"), rows, right=(2,), fixed=(1, 2)),
        Chart(plan, words.catalogue, picture=True),
    ]


def _alone(plan: Plan) -> list[tuple[str, str, str, str]]:
    """A search goes on with all hours once the learning is done."""
    move = plan.answer.move
    if move is None or not move.later or move.learnt is None or move.learnt <= move.start:
        return []
    week = f"{about(plan.profile.hours_per_week)} a week"
    return [(f"{move.name} alone", f"from {day(move.learnt)}", week, "Applications and interviews until an offer")]


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


def phase_by_phase(plan: Plan, _words: Words, refs: References) -> list[Block]:
    """What is done in each phase and the checkpoint at its end; phases after the move has begun in brief."""
    answer = plan.answer
    gates = {gate.on: gate for gate in answer.gates}
    exams = {exam.step for exam in plan.exams}
    rows: list[tuple[str, Items]] = []
    for number, phase in zip(_numbers(answer.phases), answer.phases, strict=True):
        if phase.id != MOVE and phase.id not in exams:
            rows.append((number, bullets(_phase(phase, gates.get(phase.finish), answer.projects[:1], refs))))
    return [Heading("What to do in each phase"), facts(rows)] if rows else []


def _phase(phase: PhaseRow, gate: GateRow | None, main: Sequence[ProjectPage], refs: References) -> Iterator[Line]:
    """Its steps, those by title first; the one that the checkpoint is about stands with it at the end."""
    own = [one for one in phase.work if gate is not None and gate.project and one.step == gate.step]
    rest = [one for one in phase.work if one not in own]
    if bare := [one for one in rest if not one.adds]:
        yield _titles(bare, refs)
    yield from (_told(one, refs) for one in rest if one.adds)
    if gate is not None:
        missed = f" If not: {sentence(gate.if_missed.text)}" if not phase.later else ""
        check = _check(gate, own, main)
        yield line(strong(f"By {span(gate.on, gate.on)}: "), check, *_marks(own, refs), ".", missed)


def _told(one: Work, refs: References) -> Line:
    """Send ten prompts to both models and log what each call costs (11 h) [3]."""
    said = f"{one.project}: {inside(one.adds)}" if one.project else one.adds
    return line(said, quiet(f" ({about(one.hours)})"), *_marks([one], refs))


def _titles(work: Sequence[Work], refs: References) -> Line:
    """First model calls (11 h) [2], Typed output (9 h) [3] and Prompts as tested files (8 h)."""
    parts: list[str | Span] = ["Learn and set up: "]
    for i, one in enumerate(work):
        lead = "" if not i else ", " if work[i + 1 :] else " and "
        parts += [lead, one.title, quiet(f" ({about(one.hours)})"), *_marks([one], refs)]
    return line(*parts)


def _marks(work: Sequence[Work], refs: References) -> list[Span]:
    return refs.opens(opens for one in work for opens in one.opens)


def _check(gate: GateRow, own: Sequence[Work], main: Sequence[ProjectPage]) -> str:
    """The check of a gate, without the name of the main project, with the hours of the step it is about."""
    check = gate.check.rstrip(".")
    for project in main:
        check = capital(check.removeprefix(f"{project.title}: "))
    return f"{check} ({about(sum(one.hours for one in own))})" if own else check


def inside(text: str) -> str:
    """A sentence inside another."""
    return text[:1].lower() + text[1:]
