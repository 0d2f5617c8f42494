"""Gates: a dated check at the end of each phase, and what keeps the date if it is missed, worked out.

A missed gate is read as a phase that took a quarter longer. First something of the phase itself is done in its smaller
form. What that does not save is made up for by the least worth of later steps that nothing waits for and that are not
firm: an exact cover by dynamic programming over whole hours.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, GateRow, Missed, PhaseRow
from roadmap.model.plan import Step
from roadmap.planning.answer.facts import Facts, day, listed, lower, named, sentence
from roadmap.planning.answer.lines import lines
from roadmap.planning.answer.phases import AT_ONCE, steps_of
from roadmap.planning.answer.projects import FIGURE, promised
from roadmap.planning.exams import first_day

SLIP = 0.25
LEAST_SLIP = 2
MOST_GATES = 5
DAYS_A_TARGET = 20
LEAST_GATES = 4
GATE_WEEKS = {6: "Six", 4: "Four", 2: "Two"}
PRACTICE, LATER = timedelta(days=14), timedelta(days=21)
USUAL_SAVING = 0.4
NEEDED = ("core", "move")
BUILT = "build"
# A first step of so few hours is told by the first week already.
AN_EVENING = 15
# What other people try out for weeks has a checkpoint of its own.
A_TRIAL = 15
NUMBER = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b")


def gates(facts: Facts, rows: Sequence[PhaseRow]) -> list[GateRow]:
    """A gate at the end of each phase, or of the step whose increment it checks; of many those with the least gaps.

    What one gate leaves out, a later one does not offer again. Before the move begins nothing is left out: the work
    until then is what it needs, so it begins later.
    """
    named = {p.id: p for p in facts.whole.layout.phases}
    out: list[GateRow] = [*_of_the_move(facts), *_of_the_search(facts), *_of_exams(facts)]
    gone: set[str] = set()
    ends = [r for r in rows if r.id != MOVE and r.id not in facts.whole.draft.exams]
    before = [r for r in ends if not r.later]
    ends = before if len(before) + len(out) >= LEAST_GATES else ends
    for row in _spread(facts, ends, [g.on for g in out], MOST_GATES - len(out)):
        inside = steps_of(facts, row)
        last = max(inside, key=lambda s: s.finish, default=facts.learning[-1])
        gate = named[row.id].gate if row.id in named else None
        project = ""
        measured = _of_project(facts, inside, {g.check for g in out})
        if measured is not None:
            last, check, project = measured
        else:
            check = gate.check if gate and gate.check else last.module.done_when[0]
        advice = gate.missed if gate and measured is None else ""
        later = [s for s in facts.learning if s.start >= row.finish and s not in inside and s.id not in gone]
        able = later if facts.reached and (row.finish >= facts.act_from or facts.act_from >= facts.learnt) else []
        near = min((r.start for r in ends if r.start >= row.finish), default=facts.p80)
        exams = [s for s in later if s.id in facts.exam_steps and s.start <= near]
        missed = _missed(
            facts,
            rows,
            row,
            [last, *inside],
            able,
            exams,
            advice,
            len(out) + 1,
            project,
            more=bool(later),
        )
        gone.update(missed.drop)
        out.append(GateRow(last.finish if project else row.finish, last.id, check, missed, project))
    return sorted(out, key=lambda g: g.on)


def _spread(facts: Facts, ends: Sequence[PhaseRow], others: Sequence[date], most: int) -> list[PhaseRow]:
    """No more phases than that: first those go that nobody has to end, then those that are missed least.

    A checkpoint is missed for the days between its neighbours, the `others` counted, and for the targets it reaches.
    The last one stays.
    """
    reached = [_reaches(facts, row) if len(ends) > most else 0 for row in ends]
    kept = sorted(zip([_on(facts, row) for row in ends], ends, reached, strict=True), key=lambda x: (x[0], x[1].start))

    def worth(at: int) -> tuple[bool, int]:
        on, row, targets = kept[at]
        days = [facts.profile.start, *others, *(other for i, (other, *_) in enumerate(kept) if i != at)]
        before, after = max([d for d in days if d <= on], default=on), min([d for d in days if d >= on], default=on)
        return not row.later, (after - before).days + DAYS_A_TARGET * targets

    while len(kept) > most:
        del kept[min(range(len(kept) - 1), key=worth)]
    return [row for _, row, _ in kept]


def _on(facts: Facts, row: PhaseRow) -> date:
    """The day of a phase's checkpoint: that of the step whose increment it checks, else the end of the phase."""
    measured = _of_project(facts, steps_of(facts, row), ())
    return measured[0].finish if measured else row.finish


def _reaches(facts: Facts, row: PhaseRow) -> int:
    """How much of what the main project promises a phase ends with: increments with all the figures of a target."""
    for main in facts.projects[:1]:
        said = [main.grows[w.step] for w in row.work if w.step in main.grows]
        return sum(len({*FIGURE.findall(t)}) > 1 and promised(t, said) for t in main.project.targets)
    return 0


def _of_the_move(facts: Facts) -> Iterator[GateRow]:
    """A gate at the first step of a move with other people that starts at once, without whom the rest has no ground,
    and one at the end of what they try out: the longest step of which the main project says what is smaller.
    """
    first = next(iter(facts.moving), None)
    if first is None or facts.searching or first.start > facts.profile.start + AT_ONCE:
        return
    if first.module.smaller is not None:
        text = facts.say("gate-own", small=first.module.smaller.text.rstrip("."))
        yield GateRow(first.finish, first.id, first.module.done_when[0], Missed((), round(_spared(first), 2), text))
    for main in facts.projects[:1]:
        able = [s for s in facts.moving if s.id in main.grows and s.id in main.project.missed and s is not first]
        tried = max(able, key=lambda s: s.hours, default=None)
        if tried is None or tried.hours < A_TRIAL:
            return
        check = facts.say("gate-project", project=main.project.title, adds=lower(main.grows[tried.id].rstrip(".")))
        text = facts.say("gate-own", small=main.project.missed[tried.id].rstrip("."))
        yield GateRow(tried.finish, tried.id, check, Missed((), round(_spared(tried), 2), text), main.project.title)


def _of_the_search(facts: Facts) -> Iterator[GateRow]:
    """A gate some weeks into a search: how many applications are out by then, and what changes if no call has come."""
    line = next((x for x in lines(facts, "week") if x.more and x.then_a_week), None)
    if not facts.searching or not facts.moving or line is None:
        return
    a_week = line.then_a_week if facts.act_from >= facts.learnt else line.a_week
    begun = facts.begins
    left = ((facts.profile.deadline or facts.p80) - begun).days // 7
    weeks = next((n for n in GATE_WEEKS if n < left), 0)
    if a_week and weeks:
        check = facts.say("gate-search", weeks=GATE_WEEKS[weeks], count=weeks * a_week)
        step = max(facts.moving, key=lambda s: s.hours)
        on = begun + timedelta(weeks=weeks)
        yield GateRow(on, step.id, check, Missed((), 0.0, facts.say("gate-search-missed")))


def _of_exams(facts: Facts) -> Iterator[GateRow]:
    """Two weeks before the one exam its practice tests decide whether it is sat on that day; several have their rule.

    Missed, it moves once by three weeks, and goes where that is after the deadline.
    """
    for exam in facts.exams if len(facts.exams) == 1 else ():
        label, on = exam.certification.label, exam.exam_on - PRACTICE
        begun = next((s.start for s in facts.steps if s.id == exam.step), on)
        if on <= begun:  # a short preparation: three quarters of it are behind one then
            on = begun + (exam.exam_on - begun) * 3 // 4
        later = first_day(exam.certification, exam.exam_on + LATER, facts.profile.breaks)
        last = facts.profile.deadline
        code = "gate-practice-drop" if last is not None and later > last else "gate-practice-move"
        text = facts.say(code, exam=label, later=day(later))
        if on > facts.profile.start:
            yield GateRow(on, exam.step, facts.say("gate-practice", exam=label), Missed((), 0.0, text))


def _of_project(facts: Facts, inside: Sequence[Step], told: Collection[str]) -> tuple[Step, str, str] | None:
    """What a project must have by then, with its title: the largest increment with a number, of what is built first.

    A second project is asked for in the steps that are its own.
    """
    projects = facts.projects
    begun, missed = facts.learning[0], {id_ for p in projects for id_ in p.project.missed}

    def rank(step: Step) -> tuple[bool, bool, bool, bool, float, int]:
        built = step.module.kind == BUILT
        unanswered = step.id not in missed
        return (
            step is begun and step.hours <= AN_EVENING,
            step.tier not in NEEDED,
            not built,
            unanswered,
            -step.hours,
            -step.finish.toordinal(),
        )

    for step in sorted([s for s in inside if s.id in facts.grown], key=rank):
        one = facts.grown[step.id]
        said = one.grows[step.id].rstrip(".")
        if NUMBER.search(said):
            check = facts.say("gate-project", project=one.project.title, adds=lower(said))
            if check not in told:
                return step, check, one.project.title
    return None


def _missed(
    facts: Facts,
    rows: Sequence[PhaseRow],
    row: PhaseRow,
    inside: Sequence[Step],
    later: Sequence[Step],
    exams: Sequence[Step],
    advice: str,
    nth: int,
    project: str,
    *,
    more: bool,
) -> Missed:
    """What goes to keep the date when a phase takes a quarter longer: less in the phase itself, then later steps."""
    slip = max(LEAST_SLIP, round(row.hours * SLIP))
    saved, small = _smaller(facts, inside, slip, project)
    dropped = _cheapest(facts, later, max(1, round(slip - saved))) if saved < slip else []
    said = [sentence(advice)] if advice else []
    if small and not advice:
        said.append(facts.say("gate-own", small=small))
    elif not said and not dropped and more:
        days = max(1, round(slip / facts.profile.hours_per_week * 7))
        said.append(facts.say(f"gate-move-{nth}", days=days))
    if saved < slip and not dropped and exams and facts.profile.deadline is not None:
        return Missed((exams[0].id,), round(saved + exams[0].hours, 2), _with_exam(facts, exams[0], said))
    if dropped:
        hours = sum(s.hours for s in dropped)
        saved += hours
        titles = listed([_named(facts, rows, s) for s in dropped])
        said.append(facts.say(f"gate-drop-{nth}", titles=titles, hours=int(hours + 0.5)))
    elif not said:
        said.append(facts.say(f"gate-last-{nth}"))
    late = exams and facts.profile.deadline is not None
    text = _with_exam(facts, exams[0], said) if late else " ".join(said)
    return Missed(tuple(s.id for s in dropped), round(saved, 2), text)


def _smaller(facts: Facts, inside: Sequence[Step], slip: float, project: str) -> tuple[float, str]:
    """The smaller form of the step that the checkpoint measures, in the words of its project, and the hours it saves.

    Without such words it is the smaller form of that step's module, else of the step that makes up best for the slip.
    """
    own = next((p.project.missed.get(inside[0].id, "") for p in facts.projects if p.project.title == project), "")
    if own:
        return _spared(inside[0]) or inside[0].hours * USUAL_SAVING, own.rstrip(".")
    able = [s for s in inside if s.id not in facts.beside and s.module.smaller is not None]
    step = able[0] if able and able[0] is inside[0] else _shrunk(able, slip)
    return (_spared(step), step.module.smaller.text.rstrip(".")) if step and step.module.smaller else (0.0, "")


def _with_exam(facts: Facts, step: Step, said: Sequence[str]) -> str:
    """What is said of a missed checkpoint, and from when on the exam goes before the finished work does."""
    exam = next(e.certification.label for e in facts.exams if e.step == step.id)
    code = "gate-exam-late" if said else "gate-exam"
    text = facts.say(code, exam=exam, hours=int(step.hours + 0.5))
    return "; ".join([*([" ".join(said).rstrip(".")] if said else []), text])


def _cheapest(facts: Facts, later: Sequence[Step], slip: int) -> list[Step]:
    """The steps of least worth that together save so many hours, or all of those that may go if they do not."""
    able = [
        s
        for s in later
        if s.tier in ("focus", "breadth")
        and s.id not in facts.waited_for
        and s.module.kind != "certify"
        and s.module.domain is None
        and not s.module.firm
        and s.id not in facts.profile.keep
    ]
    best: dict[int, tuple[float, float, float, tuple[int, ...]]] = {0: (0.0, 0.0, 0.0, ())}
    for i, step in enumerate(able):
        worth = facts.whole.draft.gain_of([step.id], {})
        focus, breadth = (worth, 0.0) if step.tier == "focus" else (0.0, worth)
        for reached, (first, second, hours, chosen) in list(best.items()):
            at = min(slip, reached + int(step.hours))
            found = (first + focus, second + breadth, hours + step.hours, (*chosen, i))
            if at not in best or found < best[at]:
                best[at] = found
    reached = slip if slip in best else max(best)
    return [able[i] for i in best[reached][3]]


def _named(facts: Facts, rows: Sequence[PhaseRow], step: Step) -> str:
    """A step by its title and the phase of the page that holds it."""
    learning = [r for r in rows if r.id != MOVE]
    inside = (i for i, r in enumerate(learning, 1) if not r.later and any(w.step == step.id for w in r.work))
    number = next(inside, 0)
    title = named(step)
    return facts.say("gate-step", title=title, phase=number) if number else title


def _shrunk(later: Sequence[Step], missing: float) -> Step | None:
    """The later step whose smaller form makes up best for what is still missing."""
    able = [s for s in later if s.module.smaller is not None]
    return min(able, key=lambda s: abs(_spared(s) - missing), default=None)


def _spared(step: Step) -> float:
    return step.hours * (1 - step.module.smaller.share) if step.module.smaller else 0.0
