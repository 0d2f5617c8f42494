"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

from collections.abc import Callable
from dataclasses import fields, replace
from itertools import accumulate
from typing import Any

from roadmap.model.answer import Answer, Work
from roadmap.planning.answer.facts import first_sentence

MOST_WORDS = 1200
"""Words of the answer as data: names and what to open included, addresses and the words of single steps not."""

FEW_GATES = 4
NAMES = tuple(f.name for f in fields(Answer) if f.name != "hours_buy")

Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all.

    Most answers take every cut, so that whether one fewer would do is asked from the end.
    """
    cut = [*accumulate(CUTS, lambda longer, cut: cut(longer), initial=answer)]
    while len(cut) > 1 and words(cut[-2]) <= MOST_WORDS:
        cut.pop()
    return cut[-1]


def _words_of(answer: Answer, name: str) -> int:
    """The words of a part: of the phases with the names of their steps and what these open first."""
    if name != "phases":
        return _words(getattr(answer, name))
    return sum(_words((p.id, p.title, p.leaves, p.why)) + sum(map(_words_of_step, p.work)) for p in answer.phases)


def _words_of_step(work: Work) -> int:
    opened = work.opens[0] if work.opens else None
    return _words((work.title, opened.title, opened.part) if opened else work.title)


def words(answer: Answer) -> int:
    """How many words an answer has, without the table of what hours buy."""
    return sum(_words_of(answer, name) for name in NAMES)


def _words(value: Any) -> int:
    """The words of a text, or of all texts in a tuple."""
    if isinstance(value, str):
        return value.count(" ") + 1 if value else 0
    return sum(map(_words, value)) if isinstance(value, tuple) else 0


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


def _one_way_out(answer: Answer) -> Answer:
    """Of what to do about a missed checkpoint the first sentence, unless a step goes to keep the date."""
    short = (g._replace(if_missed=g.if_missed._replace(text=first_sentence(g.if_missed.text))) for g in answer.gates)
    gates = (g if g.if_missed.drop else cut for g, cut in zip(answer.gates, short, strict=True))
    return replace(answer, gates=tuple(gates))


def _few_gates(answer: Answer) -> Answer:
    """The first checkpoints and the last one, those of phases that nobody has to end left out as far as four remain."""
    later = {phase.finish for phase in answer.phases if phase.later}
    firm = tuple(g for g in answer.gates if g.on not in later)
    kept = firm if len(firm) >= FEW_GATES else answer.gates
    return replace(answer, gates=(*kept[:FEW_GATES], *kept[FEW_GATES:][-1:]))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


CUTS: tuple[Cut, ...] = (
    _nothing_to_open_later,
    _one_way_out,
    _few_gates,
    _smaller_second_project,
    _fewer_words_on_the_move,
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    lambda answer: replace(answer, rules=answer.rules[:3]),
    _main_project,
    lambda answer: replace(answer, until_then=answer.until_then[:1]),
)
