"""The bill of a plan: exams and their retakes for certain or in reserve, model calls, hosting and tools as ranges."""

from collections.abc import Iterator

from roadmap.model.advice import Cost
from roadmap.model.answer import MoneyRow
from roadmap.model.condition import holds
from roadmap.model.plan import Exam
from roadmap.planning.answer.facts import Facts, first_sentence

MOST_ITEMS = 5
LONGEST_NOTE = 24


def money(facts: Facts) -> list[MoneyRow]:
    """The items of the bill in US dollars. What is sure to be spent stays within a budget: then the free way counts."""
    running = [(cost, _row(cost, facts)) for cost in _costs(facts)]
    fixed = list(_fixed(facts, sum(row.high_usd for _, row in running)))
    room = facts.profile.budget_usd
    rows = [*fixed]
    left = None if room is None else room - sum(r.low_usd for r in fixed)
    for cost, row in running:
        if left is not None and row.low_usd > left:
            row = MoneyRow(cost.item, 0.0, 0.0, _note(cost.free_way)) if cost.free_way else row._replace(low_usd=0.0)
        if left is not None:
            left -= row.low_usd
        rows.append(row)
    return rows


def _costs(facts: Facts) -> list[Cost]:
    inside = {s.id for s in facts.steps}
    move = facts.whole.ending.move
    found = [
        c
        for c in facts.catalogue.costs.values()
        if (not c.modules or inside.intersection(c.modules))
        and (not c.moves or (move is not None and move.id in c.moves))
        and holds(c.when, facts.person)
    ]
    return found[:MOST_ITEMS]


def _row(cost: Cost, facts: Facts) -> MoneyRow:
    scale = max(0.2, facts.hours / 100) if cost.per_100_hours else 1.0
    low, high = (_rounded(v * scale) for v in (cost.low_usd, cost.high_usd))
    free = facts.profile.budget_usd == 0 and cost.free_way
    return MoneyRow(cost.item, low, max(low, high), _note(cost.free_way if free else cost.note))


def _note(text: str) -> str:
    """The first sentence of a note, if it is short enough for a table."""
    said = first_sentence(text)
    return said if len(said.split()) <= LONGEST_NOTE else ""


def _rounded(value: float) -> float:
    """Dollars as an estimate: whole ones, tens above fifty."""
    return float(round(value / 10) * 10 if value >= 50 else round(value))


def _fixed(facts: Facts, running: float) -> Iterator[MoneyRow]:
    """What the steps cost by themselves: exams, with a reserve for a second try where the budget has one beside the
    `running` costs at their highest, and paid modules.
    """
    budget = facts.profile.budget_usd
    again = [_again(exam) for exam in facts.exams]
    spare = budget is None or sum(e.fee_usd for e in facts.exams) + sum(again) + running <= budget
    for i, exam in enumerate(facts.exams):
        label = exam.certification.label
        note = exam.fee_note or ("" if i else facts.say("money-tax"))
        yield MoneyRow(facts.say("money-exam", exam=label), exam.fee_usd, exam.fee_usd, note)
        if again[i] and spare:
            only = "" if i else facts.say("money-retake-note")
            yield MoneyRow(facts.say("money-retake", exam=label), 0.0, again[i], only)
    if any(again) and not spare:
        note = facts.say("money-no-retake-note" if again[1:] else "money-no-retake-one-note")
        yield MoneyRow(facts.say("money-no-retake"), 0.0, 0.0, note)
    paid = sum(s.module.cost_usd for s in facts.steps)
    if paid:
        yield MoneyRow(facts.say("money-steps"), paid, paid, facts.say("money-steps-note"))


def _again(exam: Exam) -> float:
    """What a second try at an exam costs, in US dollars."""
    retake = exam.certification.retake
    return retake.fee_usd if retake and retake.fee_usd is not None else exam.fee_usd
