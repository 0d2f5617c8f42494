"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from roadmap.model.answer import Answer, Work

MOST_WORDS = 1400
"""Words of the answer as data, names and addresses included; drawn as a page it is then about 1,200."""

MOST_STEPS = 5

Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all."""
    for cut in CUTS:
        if words(answer) <= MOST_WORDS:
            break
        answer = cut(answer)
    return answer


def words(answer: Answer) -> int:
    """How many words an answer has, without the table of what hours buy and the titles of its steps."""
    told = replace(answer, hours_buy=(), phases=tuple(p._replace(work=()) for p in answer.phases))
    return sum(len(t.split()) for f in fields(told) for t in _texts(getattr(told, f.name)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def _one_resource_a_phase(answer: Answer) -> Answer:
    return replace(answer, phases=tuple(p._replace(opens=p.opens[:1]) for p in answer.phases))


def _two_resources_a_phase(answer: Answer) -> Answer:
    return replace(answer, phases=tuple(p._replace(opens=p.opens[:2]) for p in answer.phases))


def _main_project(answer: Answer) -> Answer:
    """Without a second project, unless a gate speaks of it."""
    told = " ".join(g.check for g in answer.gates)
    return replace(answer, projects=tuple(p for i, p in enumerate(answer.projects) if not i or p.title in told))


def _fewer_words_on_the_move(answer: Answer) -> Answer:
    move = answer.move
    return replace(answer, move=move and move._replace(week=move.week[:2], doors=move.doors[:1]))


def _largest_steps(answer: Answer) -> Answer:
    """Each phase with its largest steps by name, the others by their number."""
    return replace(answer, phases=tuple(p._replace(work=_largest(p.work)) for p in answer.phases))


def _largest(work: tuple[Work, ...]) -> tuple[Work, ...]:
    if len(work) <= MOST_STEPS + 1:
        return work
    named = sorted(work, key=lambda w: -w.hours)[:MOST_STEPS]
    rest = [w for w in work if w not in named]
    return (*(w for w in work if w in named), Work("", f"{len(rest)} shorter steps", sum(w.hours for w in rest)))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


CUTS: tuple[Cut, ...] = (
    _two_resources_a_phase,
    lambda answer: replace(answer, facts=()),
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    _one_resource_a_phase,
    _main_project,
    lambda answer: replace(answer, rules=answer.rules[:2]),
    lambda answer: replace(answer, gates=answer.gates[:4]),
    lambda answer: replace(answer, projects=tuple(p._replace(data=p.data[:1]) for p in answer.projects)),
    lambda answer: replace(answer, tools=()),
    _fewer_words_on_the_move,
    _smaller_second_project,
    _largest_steps,
    lambda answer: replace(answer, rules=answer.rules[:1]),
)
