"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from roadmap.model.answer import Answer, PhaseRow, Work

MOST_WORDS = 1600
"""Words of the answer as data, names included and addresses not; drawn as a page it has about as many."""

SMALL_STEP = 9

Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all."""
    counts = {f.name: _counted(f.name, getattr(answer, f.name)) for f in fields(answer)}
    for cut in CUTS:
        if sum(counts.values()) <= MOST_WORDS:
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


def _one_resource_a_phase(answer: Answer) -> Answer:
    return replace(answer, phases=tuple(p._replace(opens=p.opens[:1]) for p in answer.phases))


def _two_resources_a_phase(answer: Answer) -> Answer:
    return replace(answer, phases=tuple(p._replace(opens=p.opens[:2]) for p in answer.phases))


def _nothing_to_open_late(answer: Answer) -> Answer:
    """What later phases open is found with their steps when they begin."""
    return _late(answer, lambda phase: phase._replace(opens=()))


def _main_project(answer: Answer) -> Answer:
    """Without a second project, unless a gate speaks of it."""
    told = " ".join(g.check for g in answer.gates)
    return replace(answer, projects=tuple(p for i, p in enumerate(answer.projects) if not i or p.title in told))


def _fewer_words_on_the_move(answer: Answer) -> Answer:
    move = answer.move
    return replace(answer, move=move and move._replace(week=move.week[:2], doors=move.doors[:1]))


def _small_steps_by_title(answer: Answer) -> Answer:
    """Steps of few hours by their title alone."""
    return replace(answer, phases=tuple(_titled(p, lambda w: w.hours < SMALL_STEP) for p in answer.phases))


def _late_steps_by_title(answer: Answer) -> Answer:
    """In the phases after the move has begun only the largest step with what it adds."""
    return _late(answer, _largest)


def _largest(phase: PhaseRow) -> PhaseRow:
    most = max((w.hours for w in phase.work), default=0.0)
    return _titled(phase, lambda w: w.hours < most)


def _late(answer: Answer, change: Callable[[PhaseRow], PhaseRow]) -> Answer:
    """The answer with another form of its later phases: those of the second half, once the move has begun."""
    half = len(answer.phases) / 2
    return replace(
        answer,
        phases=tuple(change(p) if i >= half and p.start >= answer.act_from else p for i, p in enumerate(answer.phases)),
    )


def _titled(phase: PhaseRow, bare: Callable[[Work], bool]) -> PhaseRow:
    return phase._replace(work=tuple(w._replace(adds="") if bare(w) else w for w in phase.work))


def _fewer_to_open_late(answer: Answer) -> Answer:
    """One resource in the phases after the move has begun."""
    return _late(answer, lambda phase: phase._replace(opens=phase.opens[:1]))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


CUTS: tuple[Cut, ...] = (
    _fewer_to_open_late,
    lambda answer: replace(answer, facts=()),
    _small_steps_by_title,
    _two_resources_a_phase,
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    _late_steps_by_title,
    _main_project,
    lambda answer: replace(answer, rules=answer.rules[:2]),
    _smaller_second_project,
    lambda answer: replace(answer, projects=tuple(p._replace(data=p.data[:1]) for p in answer.projects)),
    _fewer_words_on_the_move,
    lambda answer: replace(answer, rules=answer.rules[:1]),
    _one_resource_a_phase,
    lambda answer: replace(answer, tools=()),
    _nothing_to_open_late,
)
