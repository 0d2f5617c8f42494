"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

from collections.abc import Callable, Collection
from dataclasses import fields, replace
from typing import Any

from roadmap.model.answer import Answer, PhaseRow, Work

MOST_WORDS = 2150
"""Words of the answer as data, names included and addresses not; drawn as a page it has about as many."""

LONG_STEP = 40
MOVE = "move"
MOST_DATA = 1450
"""Words of the answer as other programs get it: without the steps, which stand there in full elsewhere."""


Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all."""
    counts = {f.name: _counted(f.name, getattr(answer, f.name)) for f in fields(answer)}
    for cut in CUTS:
        total = sum(counts.values())
        if total <= MOST_WORDS and total - _words(tuple(p.work for p in answer.phases)) <= MOST_DATA:
            break
        shorter = cut(answer)
        for name in counts:
            value = getattr(shorter, name)
            if value is not getattr(answer, name):  # what a cut leaves alone is not counted again
                counts[name] = _counted(name, value)
        answer = shorter
    return answer


def words(answer: Answer) -> int:
    """How many words an answer has, without the table of what hours buy."""
    return sum(_counted(f.name, getattr(answer, f.name)) for f in fields(answer))


def _counted(name: str, value: Any) -> int:
    return 0 if name == "hours_buy" else _words(value)


def _words(value: Any) -> int:
    if isinstance(value, str):
        return len(value.split())
    return sum([_words(one) for one in value]) if isinstance(value, tuple) else 0


def _one_part_a_step(answer: Answer) -> Answer:
    """Only the first part of a resource for each step; an exam and a step of many weeks keep all of theirs."""
    return replace(
        answer,
        phases=tuple(
            p._replace(work=tuple(w if w.hours >= LONG_STEP else w._replace(opens=w.opens[:1]) for w in p.work))
            if p.work[1:]
            else p
            for p in answer.phases
        ),
    )


def _main_project(answer: Answer) -> Answer:
    """Without a second project, unless a gate speaks of it."""
    told = " ".join(g.check for g in answer.gates)
    return replace(answer, projects=tuple(p for i, p in enumerate(answer.projects) if not i or p.title in told))


def _fewer_words_on_the_move(answer: Answer) -> Answer:
    move = answer.move
    return replace(answer, move=move and move._replace(week=move.week[:2], doors=move.doors[:1]))


def _steps(answer: Answer, most: int) -> Answer:
    """Beside the step of its checkpoint no more steps a phase with a sentence than that, the longest."""
    told = {g.step for g in answer.gates if g.project}
    short = (p if p.id == MOVE else _longest_steps(p, most, told) for p in answer.phases)
    return replace(answer, phases=tuple(short))


def _longest_steps(phase: PhaseRow, most: int, told: Collection[str]) -> PhaseRow:
    kept = sorted((w for w in phase.work if w.adds and w.step not in told), key=lambda w: -w.hours)[:most]
    return _titled(phase, lambda w: w not in kept and w.step not in told)


def _titled(phase: PhaseRow, bare: Callable[[Work], bool]) -> PhaseRow:
    return phase._replace(work=tuple(w._replace(adds="") if bare(w) else w for w in phase.work))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


CUTS: tuple[Cut, ...] = (
    lambda answer: replace(answer, facts=()),
    lambda answer: replace(answer, rules=answer.rules[:3]),
    lambda answer: replace(answer, projects=tuple(p._replace(data=p.data[:1]) for p in answer.projects)),
    _smaller_second_project,
    _one_part_a_step,
    lambda answer: _steps(answer, 4),
    _fewer_words_on_the_move,
    lambda answer: _steps(answer, 3),
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    lambda answer: replace(answer, rules=answer.rules[:2]),
    lambda answer: _steps(answer, 2),
    _main_project,
    lambda answer: replace(answer, rules=answer.rules[:1]),
    lambda answer: _steps(answer, 1),
    lambda answer: replace(answer, tools=()),
)
