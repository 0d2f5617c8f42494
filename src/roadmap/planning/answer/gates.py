"""Gates: a dated check at the end of each phase, and what keeps the date if it is missed, worked out.

A missed gate is read as a phase that took a quarter longer. First something of the phase itself is done in its smaller
form. What that does not save is made up for by the least worth of later steps that nothing waits for and that are not
firm: an exact cover by dynamic programming over whole hours.
"""

import re
from collections.abc import Collection, Sequence

from roadmap.model.answer import GateRow, Missed, PhaseRow
from roadmap.model.plan import Step
from roadmap.planning.answer.facts import Facts, about, capital, listed, sentence, short
from roadmap.planning.answer.phases import MOVE, steps_of

SLIP = 0.25
LEAST_SLIP = 2
MOST_GATES = 5
WORDINGS = 5
LEAST_COUNTED = 6
NO_THINGS = "minutes|weeks|days|hours|seconds|points|months|years|is|was|has|does|this|its|less|as|us"
COUNTED = re.compile(rf"(?<![\d,.])(\d{{1,3}}) ((?:[a-z-]+ ){{0,2}}?(?!(?:{NO_THINGS})\b)[a-z-]+s)\b")
"""A number of things in a check, "24 version pairs": half of them is a smaller form of that very check."""


def gates(facts: Facts, rows: Sequence[PhaseRow]) -> list[GateRow]:
    """A gate at the end of each phase; of many the first and the last ones.

    What one gate leaves out, a later one does not offer again. Before the move begins nothing is left out: the work
    until then is what it needs, so it begins later.
    """
    named = {p.id: p for p in facts.whole.layout.phases}
    out: list[GateRow] = []
    gone: set[str] = set()
    ends = [r for r in rows if r.id != MOVE and r.id not in facts.whole.draft.exams]
    for row in ends if len(ends) <= MOST_GATES else [*ends[: MOST_GATES - 2], *ends[-2:]]:
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
        able = later if row.finish >= facts.act_from or facts.act_from >= facts.learnt else []
        missed = _missed(
            facts,
            rows,
            row,
            [last, *inside],
            able,
            advice,
            len(out),
            check,
            more=bool(later),
            measured=measured is not None,
        )
        gone.update(missed.drop)
        out.append(GateRow(row.finish, last.id, check, missed, project))
    return out


def _of_project(facts: Facts, inside: Sequence[Step], told: Collection[str]) -> tuple[Step, str, str] | None:
    """What a project must have by then, with its title: the largest increment of this phase that has a number."""
    projects = [p for i, p in enumerate(facts.projects) if not i or p.project.size == "first"]
    for step in sorted(inside, key=lambda s: -s.hours):
        for one in projects:
            said = one.grows.get(step.id, "") if step.id in one.project.grows else ""
            if any(c.isdigit() for c in said):
                check = facts.say("gate-project", project=one.project.title, adds=said.rstrip("."))
                if check not in told:
                    return step, check, one.project.title
    return None


def _missed(
    facts: Facts,
    rows: Sequence[PhaseRow],
    row: PhaseRow,
    inside: Sequence[Step],
    later: Sequence[Step],
    advice: str,
    index: int,
    check: str,
    *,
    more: bool,
    measured: bool,
) -> Missed:
    """What goes to keep the date when a phase takes a quarter longer: less in the phase itself, then later steps."""
    slip = max(LEAST_SLIP, round(row.hours * SLIP))
    variant = index % WORDINGS + 1
    said = [sentence(advice)] if advice else []
    saved = 0.0
    able = [s for s in inside if s.id not in facts.beside and s.module.smaller is not None]
    own = able[0] if able and able[0] is inside[0] else _shrunk(able, slip)
    if own is not None and own.module.smaller is not None:
        saved = _spared(own)
        if not advice and (halved := _halved(check) if measured else {}):
            said.append(facts.say(f"gate-half-{variant}", **halved))
        elif not advice:
            said.append(facts.say(f"gate-own-{variant}", small=own.module.smaller.text.rstrip("."), hours=about(saved)))
    dropped = _cheapest(facts, later, max(1, round(slip - saved))) if saved < slip else []
    if dropped:
        hours = sum(s.hours for s in dropped)
        saved += hours
        titles = listed([_named(facts, rows, s) for s in dropped])
        said.append(facts.say(f"gate-drop-{variant}", titles=titles, hours=about(hours)))
    elif (saved < slip and more) or not said:
        days = max(1, round((slip - min(saved, slip - 1)) / facts.profile.hours_per_week * 7))
        said.append(
            facts.say(f"{'gate-move' if more else 'gate-last'}-{variant}", days=f"{days} day{'s' if days > 1 else ''}")
        )
    return Missed(tuple(s.id for s in dropped), round(saved, 2), " ".join(said))


def _halved(check: str) -> dict[str, object]:
    """Half of the first larger number of things that a check asks for, with what is left; nothing without one."""
    for found in COUNTED.finditer(check):
        every = int(found[1])
        if every >= LEAST_COUNTED:
            return {"half": every // 2, "rest": every - every // 2, "all": every, "things": found[2]}
    return {}


def _cheapest(facts: Facts, later: Sequence[Step], slip: int) -> list[Step]:
    """The steps of least worth that together save so many hours, or all of those that may go if they do not."""
    waited_for = {a for s in facts.steps for a in s.after}
    able = [
        s
        for s in later
        if s.tier in ("focus", "breadth")
        and s.id not in waited_for
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
    inside = (i for i, r in enumerate(rows, 1) if r.id != MOVE and r.start <= step.start and step.finish <= r.finish)
    number = next(inside, 0)
    title = short(step.module.title)
    return facts.say("gate-step", title=capital(title), phase=number) if number else title


def _shrunk(later: Sequence[Step], missing: float) -> Step | None:
    """The later step whose smaller form makes up best for what is still missing."""
    able = [s for s in later if s.module.smaller is not None]
    return min(able, key=lambda s: abs(_spared(s) - missing), default=None)


def _spared(step: Step) -> float:
    return step.hours * (1 - step.module.smaller.share) if step.module.smaller else 0.0
