"""The work on the page: phases, the project, what is done in each phase and the checkpoint at its end."""

from collections.abc import Iterator, Sequence

from roadmap.model.answer import MOVE, GateRow, PhaseRow, ProjectPage, Work
from roadmap.model.plan import Plan
from roadmap.render.answer_move import alone_from
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

COURSE = 10
COURSE_SHARE = 0.35


def phases(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """The table of phases: dates, hours, what exists at the end; those after the move has begun in one row."""
    rows = [
        (f"{number} {phase.title}".strip(), _dates(plan, phase), about(phase.hours), phase.leaves)
        for number, phase in _together(plan)
    ]
    if not rows:
        return []
    return [
        Heading("Phases"),
        table(("Phase", "Dates", "Hours", "What exists at the end"), [*rows, *_alone(plan)], right=(2,), fixed=(1, 2)),
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
        title=", ".join([phase.title if not i else inside(phase.title) for i, (_, phase) in enumerate(later)]),
        finish=end.finish,
        hours=sum(phase.hours for _, phase in later),
        leaves=sentence(f"{end.leaves}; what is left when you sign may stay undone").rstrip("."),
    )
    found = [row for row in numbered if row not in later] + [(f"{first} to {last}", one)]
    return sorted(found, key=lambda row: (row[1].start, row[1].finish))


def _alone(plan: Plan) -> list[tuple[str, str, str, str]]:
    """A search goes on with all hours once the learning is done."""
    move, on = plan.answer.move, alone_from(plan)
    if move is None or on is None or on <= move.start:
        return []
    week = f"{about(plan.profile.hours_per_week)} a week"
    return [(f"{move.name} alone", f"from {day(on)}", week, "Applications and interviews until an offer")]


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
    """What is done in each phase and the checkpoint at its end; of those after the move has begun the checkpoints."""
    answer = plan.answer
    gates = {gate.on: gate for gate in answer.gates}
    exams = {exam.step for exam in plan.exams}
    rows: list[tuple[str, Items]] = []
    later: list[tuple[str, PhaseRow]] = []
    told: list[Line] = []
    for number, phase in zip(_numbers(answer.phases), answer.phases, strict=True):
        if phase.id == MOVE or phase.id in exams:
            continue
        gate = gates.get(phase.finish)
        if phase.later:
            later.append((number, phase))
            told += _told_later(phase, gate, answer.projects[:1], refs)
        else:
            rows.append((number, bullets(_phase(phase, gate, answer.projects[:1], refs))))
    if later:
        numbers = [number for number, _ in later]
        small = [one for _, phase in later for one in phase.work if not one.adds]
        told += [_titles("Smaller pieces: ", small, refs)] if small else []
        rows.append((f"{numbers[0]} to {numbers[-1]}" if numbers[1:] else numbers[0], bullets(told)))
    return [Heading("What to do in each phase"), facts(rows)] if rows else []


def _told_later(phase: PhaseRow, gate: GateRow | None, main: Sequence[ProjectPage], refs: References) -> Iterator[Line]:
    """Its long steps and its checkpoint."""
    work = [one for one in phase.work if one.adds]
    return _phase(phase._replace(work=tuple(work)), gate, main, refs)


def _phase(phase: PhaseRow, gate: GateRow | None, main: Sequence[ProjectPage], refs: References) -> Iterator[Line]:
    """Its steps, those by title first; the one that the checkpoint is about stands with it at the end."""
    own = [one for one in phase.work if gate is not None and gate.project and one.step == gate.step]
    rest = [one for one in phase.work if one not in own]
    if bare := [one for one in rest if not one.adds]:
        yield _titles("Learn and set up: ", bare, refs)
    yield from (_told(one, refs) for one in rest if one.adds)
    if gate is not None:
        missed = f" If not: {sentence(gate.if_missed.text)}" if not phase.later else ""
        check = _check(gate, own, main)
        yield line(strong(f"By {span(gate.on, gate.on)}: "), check, *_marks(own, refs), ".", missed)


def _told(one: Work, refs: References) -> Line:
    """Send ten prompts to both models and log what each call costs (11 h) [3]."""
    said = f"{one.project}: {inside(one.adds)}" if one.project else one.adds
    return line(said, quiet(f" ({about(one.hours)}{_course(one)})"), *_marks([one], refs))


def _course(one: Work) -> str:
    """The course that fills much of a step: it is most of what one does."""
    long = next((opens for opens in one.opens if opens.hours >= max(COURSE, one.hours * COURSE_SHARE)), None)
    return f", with {long.title}, {long.part}" if long else ""


def _titles(lead: str, work: Sequence[Work], refs: References) -> Line:
    """First model calls (11 h) [2], Typed output (9 h) [3] and Prompts as tested files (8 h)."""
    parts: list[str | Span] = [lead]
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
    return f"{check} ({about(sum(one.hours for one in own))}{''.join(map(_course, own))})" if own else check


def inside(text: str) -> str:
    """A sentence inside another."""
    return text[:1].lower() + text[1:]
