"""The bill of a plan: exams and their retakes for certain or in reserve, model calls, hosting and tools as ranges."""

from collections.abc import Iterator

from roadmap.model.advice import Cost
from roadmap.model.answer import MoneyRow
from roadmap.model.condition import holds
from roadmap.planning.answer.facts import Facts, first_sentence

MOST_ITEMS = 4
LONGEST_NOTE = 15


def money(facts: Facts) -> list[MoneyRow]:
    """The items of the bill in US dollars. What is sure to be spent stays within a budget: then the free way counts."""
    fixed = list(_fixed(facts))
    room = facts.profile.budget_usd
    rows = [*fixed]
    left = None if room is None else room - sum(r.low_usd for r in fixed)
    for cost in _costs(facts):
        row = _row(cost, facts)
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


def _fixed(facts: Facts) -> Iterator[MoneyRow]:
    """What the steps cost by themselves: exams with a reserve for a second try, paid modules."""
    for i, exam in enumerate(facts.exams):
        cert = exam.certification
        note = exam.fee_note or ("" if i else facts.say("money-tax"))
        yield MoneyRow(facts.say("money-exam", exam=cert.label), exam.fee_usd, exam.fee_usd, note)
        again = cert.retake.fee_usd if cert.retake and cert.retake.fee_usd is not None else exam.fee_usd
        budget = facts.profile.budget_usd
        if again and (budget is None or exam.fee_usd + again <= budget):
            spare = "" if i else facts.say("money-retake-note")
            yield MoneyRow(facts.say("money-retake", exam=cert.label), 0.0, again, spare)
    paid = sum(s.module.cost_usd for s in facts.steps)
    if paid:
        yield MoneyRow(facts.say("money-steps"), paid, paid, facts.say("money-steps-note"))
