"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

from collections.abc import Callable, Collection
from dataclasses import fields, replace
from typing import Any

from roadmap.model.answer import MOVE, Answer, PhaseRow, Work

MOST_WORDS = 2000
"""Words of the answer as data, names included and addresses not; drawn as a page it has about as many."""

LONG_STEP = 40
MOST_DATA = 1490
"""Words of the answer as other programs get it: without the steps, which stand there in full elsewhere."""


NAMES = tuple(f.name for f in fields(Answer) if f.name != "hours_buy")

Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all."""
    counts = {name: _words(getattr(answer, name)) for name in NAMES if name != "phases"}
    heads = sum(_words(p._replace(work=())) for p in answer.phases)  # which no cut changes
    steps = sum(_words(p.work) for p in answer.phases)
    for cut in CUTS:
        total = sum(counts.values()) + heads
        if total + steps <= MOST_WORDS and total <= MOST_DATA:
            break
        whole, answer = answer, cut(answer)
        changed = [name for name in counts if getattr(answer, name) is not getattr(whole, name)]
        counts |= {name: _words(getattr(answer, name)) for name in changed}
        if answer.phases is not whole.phases:
            steps = sum(_words(p.work) for p in answer.phases)
    return answer


def words(answer: Answer) -> int:
    """How many words an answer has, without the table of what hours buy."""
    return sum(_words(getattr(answer, name)) for name in NAMES)


def _words(value: Any) -> int:
    """The words of a text, or of all texts in a tuple."""
    count = 0
    for part in value if isinstance(value, tuple) else (value,):
        if isinstance(part, str):
            count += part.count(" ") + 1 if part else 0
        elif isinstance(part, tuple):
            count += _words(part)
    return count


def _one_part_a_step(answer: Answer) -> Answer:
    """Only the first part of a resource for each step; an exam and a step of many weeks keep all of theirs."""
    return replace(
        answer,
        phases=tuple(
            p._replace(
                work=tuple(
                    w if w.hours >= LONG_STEP or not w.opens[1:] else w._replace(opens=w.opens[:1]) for w in p.work
                )
            )
            if p.work[1:]
            else p
            for p in answer.phases
        ),
    )


def _nothing_to_open_later(answer: Answer) -> Answer:
    """What the phases after the move has begun open is found with their steps when they begin."""
    phases = (
        p._replace(work=tuple(w._replace(opens=()) if w.opens else w for w in p.work)) if p.later else p
        for p in answer.phases
    )
    return replace(answer, phases=tuple(phases))


def _main_project(answer: Answer) -> Answer:
    """Without a second project, unless a gate or a step speaks of it."""
    told = " ".join([*(g.check for g in answer.gates), *(w.project for p in answer.phases for w in p.work)])
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
    return phase._replace(work=tuple(w._replace(adds="") if w.adds and bare(w) else w for w in phase.work))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


CUTS: tuple[Cut, ...] = (
    lambda answer: replace(answer, facts=()),
    _nothing_to_open_later,
    lambda answer: replace(answer, projects=tuple(p._replace(data=p.data[:1]) for p in answer.projects)),
    _smaller_second_project,
    _one_part_a_step,
    lambda answer: _steps(answer, 4),
    _fewer_words_on_the_move,
    lambda answer: _steps(answer, 3),
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    _main_project,
    lambda answer: replace(answer, rules=answer.rules[:2]),
    lambda answer: replace(answer, tools=()),
)
