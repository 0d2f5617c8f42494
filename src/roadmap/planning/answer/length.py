"""The answer kept to a page: what a reader misses least goes first, until it is short enough."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from roadmap.model.answer import Answer, PhaseRow
from roadmap.planning.answer.facts import first_sentence

MOST_WORDS = 1450
"""Words of the answer as data: names and what to open included, addresses and the words of single steps not."""

LONG_STEP = 40
FEW_OPENS, FEWEST_OPENS = 4, 2
MOST_SENTENCES = 3
FEW_GATES = 4
_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
NAMES = tuple(f.name for f in fields(Answer) if f.name != "hours_buy")

Cut = Callable[[Answer], Answer]


def shortened(answer: Answer) -> Answer:
    """The answer with no more than so many words, as far as it can be cut at all."""
    counts = {name: _words_of(answer, name) for name in NAMES}
    for cut in CUTS:
        if sum(counts.values()) <= MOST_WORDS:
            break
        whole, answer = answer, cut(answer)
        changed = [name for name in NAMES if getattr(answer, name) is not getattr(whole, name)]
        counts |= {name: _words_of(answer, name) for name in changed}
    return answer


def _words_of(answer: Answer, name: str) -> int:
    """The words of a part: of the phases without their steps, but with what these open."""
    if name != "phases":
        return _words(getattr(answer, name))
    return sum(_words(p._replace(work=())) + sum(_words((o.title, o.part)) for o in p.opens) for p in answer.phases)


def words(answer: Answer) -> int:
    """How many words an answer has, without the table of what hours buy."""
    return sum(_words_of(answer, name) for name in NAMES)


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


def _opens_of_long_steps(answer: Answer, most: int) -> Answer:
    """What the longest steps of a phase open."""
    return replace(answer, phases=tuple(_few_opens(p, most) for p in answer.phases))


def _few_opens(phase: PhaseRow, most: int) -> PhaseRow:
    kept = sorted((w for w in phase.work if w.opens), key=lambda w: -w.hours)[:most]
    return phase._replace(work=tuple(w if w in kept else w._replace(opens=()) for w in phase.work))


def _one_way_out(answer: Answer) -> Answer:
    """Of what to do about a missed checkpoint the first sentence."""
    gates = (g._replace(if_missed=g.if_missed._replace(text=first_sentence(g.if_missed.text))) for g in answer.gates)
    return replace(answer, gates=tuple(gates))


def _smaller_second_project(answer: Answer) -> Answer:
    short = (p._replace(targets=p.targets[:3]) if i else p for i, p in enumerate(answer.projects))
    return replace(answer, projects=tuple(short))


def _brief(verdict: tuple[str, ...]) -> tuple[str, ...]:
    """The verdict with three sentences at most in its paragraph on what else was said."""
    longest = max(verdict[1:], key=len, default="")
    return tuple(" ".join(_ENDS.split(text)[:MOST_SENTENCES]) if text == longest else text for text in verdict)


CUTS: tuple[Cut, ...] = (
    lambda answer: replace(answer, facts=()),
    _nothing_to_open_later,
    lambda answer: replace(answer, projects=tuple(p._replace(data=p.data[:1]) for p in answer.projects)),
    _one_part_a_step,
    _one_way_out,
    lambda answer: _opens_of_long_steps(answer, FEW_OPENS),
    _smaller_second_project,
    _fewer_words_on_the_move,
    lambda answer: replace(answer, not_doing=answer.not_doing[:2]),
    _main_project,
    lambda answer: replace(answer, rules=answer.rules[:2]),
    lambda answer: _opens_of_long_steps(answer, FEWEST_OPENS),
    lambda answer: replace(answer, tools=()),
    lambda answer: replace(answer, until_then=answer.until_then[:1]),
    lambda answer: replace(answer, verdict=_brief(answer.verdict)),
    lambda answer: replace(answer, gates=(*answer.gates[:FEW_GATES], *answer.gates[FEW_GATES:][-1:])),
)
