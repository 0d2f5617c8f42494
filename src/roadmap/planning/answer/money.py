"""The bill of a plan: exams and their retakes for certain or in reserve, model calls, hosting and tools as ranges."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from roadmap.model.advice import Cost
from roadmap.model.answer import MoneyRow
from roadmap.model.condition import holds
from roadmap.model.plan import Exam
from roadmap.model.profile import ANY_CLOUD
from roadmap.planning.answer.facts import Facts, day, first_sentence, number

MOST_ITEMS = 5
LONGEST_NOTE = 24


def money(facts: Facts) -> list[MoneyRow]:
    """The items of the bill in US dollars. What is sure to be spent stays within a budget: then the free way counts."""
    running = [(cost, _row(cost, facts)) for cost in _costs(facts)]
    fixed = list(_fixed(facts, [row for _, row in running]))
    room = facts.profile.budget_usd
    rows = [*fixed]
    left = None if room is None else room - sum(r.low_usd for r in fixed)
    spare = None if room is None or not any(_kept(r) for r in fixed) else room - sum(r.high_usd for r in fixed)
    for i, (cost, row) in enumerate(running):
        if left is not None and row.low_usd > min(left, left if spare is None else spare):
            free = _note(cost.free_way, cost, facts, 0.0)
            row = MoneyRow(cost.item, 0.0, 0.0, free) if cost.free_way else row._replace(low_usd=0.0)
        if spare is not None:
            after = min(spare, sum(other.low_usd for _, other in running[i + 1 :]))
            row = row._replace(high_usd=min(row.high_usd, max(spare - after, row.low_usd)))
            spare -= row.high_usd
        if left is not None:
            left -= row.low_usd
        rows.append(row)
    return rows


def _kept(row: MoneyRow) -> bool:
    """Whether money is kept back for a second try at an exam: the rest of the bill goes by what is left then."""
    return not row.low_usd and row.high_usd > 0


def _costs(facts: Facts) -> list[Cost]:
    inside = {s.id for s in facts.steps}
    move = facts.whole.ending.move
    found = (
        c
        for c in facts.catalogue.costs.values()
        if (not c.modules or not inside.isdisjoint(c.modules))
        and (not c.moves or (move is not None and move.id in c.moves))
        and holds(c.when, facts.person)
    )
    return list(islice(found, MOST_ITEMS))


def _row(cost: Cost, facts: Facts) -> MoneyRow:
    scale = max(0.2, facts.hours / 100) if cost.per_100_hours else 1.0
    low, high = (_rounded(v * scale) for v in (cost.low_usd, cost.high_usd))
    high = max(low, high)
    free = facts.profile.budget_usd == 0 and cost.free_way
    return MoneyRow(cost.item, low, high, _note(cost.free_way if free else cost.note, cost, facts, high))


def _note(text: str, cost: Cost, facts: Facts, most: float) -> str:
    """The first sentence of a note, if it is short enough for a table: with the days of a trial and what to prepay."""
    opens = _trial_opens(cost, facts)
    until = opens + timedelta(days=cost.trial_days or 0)
    slots = {"{opens}": day(opens).removesuffix(f" {until.year}"), "{until}": day(until)}
    slots["{most}"] = number(most)
    for slot, said in slots.items():  # not format(): the texts of an overlay may hold any braces
        text = text.replace(slot, said)
    said = first_sentence(text)
    return said if len(said.split()) <= LONGEST_NOTE else ""


def _trial_opens(cost: Cost, facts: Facts) -> date:
    """The day on which something first needs what is paid for. A trial opens earlier, with the first step on the cloud
    that was named, where it then still covers what is paid for to its end.
    """
    named = {facts.profile.cloud} - {ANY_CLOUD}
    early = [s for s in facts.steps if s.id in cost.trial_from and any(t.cloud in named for t in s.module.tasks)]
    paid = [s for s in facts.steps if s.id in cost.modules]
    opens = min((s.start for s in paid), default=facts.profile.start)
    sooner = min((s.start for s in early), default=opens)
    covers = sooner + timedelta(days=cost.trial_days or 0) >= max((s.finish for s in paid), default=opens)
    return min(opens, sooner) if covers else opens


def _rounded(value: float) -> float:
    """Dollars as an estimate: whole ones, tens above fifty."""
    return float(round(value / 10) * 10 if value >= 50 else round(value))


def _fixed(facts: Facts, running: Sequence[MoneyRow]) -> Iterator[MoneyRow]:
    """What the steps cost by themselves: exams, with a reserve for second tries as far as the budget has one beside
    the `running` costs, and paid modules.
    """
    again = [_again(exam) for exam in facts.exams]
    kept = _reserves(facts, again, running)
    told: set[str] = set()
    for i, exam in enumerate(facts.exams):
        label = exam.certification.label
        note = exam.fee_note or ("" if i else facts.say("money-tax"))
        yield MoneyRow(facts.say("money-exam", exam=label), exam.fee_usd, exam.fee_usd, "" if note in told else note)
        told.add(note)
        if i in kept:
            only = facts.say("money-retake-note") if i == kept[0] else ""
            yield MoneyRow(facts.say("money-retake", exam=label), 0.0, again[i], only)
    if any(again) and not kept:
        note = facts.say("money-no-retake-note" if again[1:] else "money-no-retake-one-note")
        yield MoneyRow(facts.say("money-no-retake"), 0.0, 0.0, note)
    paid = sum(s.module.cost_usd for s in facts.steps)
    if paid:
        yield MoneyRow(facts.say("money-steps"), paid, paid, facts.say("money-steps-note"))


def _reserves(facts: Facts, again: Sequence[float], running: Sequence[MoneyRow]) -> list[int]:
    """For which exams money for a second try is kept: all, else the dearest one that the budget has room for when the
    rest is done at its lowest, free where there is a free way.
    """
    able = [i for i, usd in enumerate(again) if usd]
    budget = facts.profile.budget_usd
    fees = sum(e.fee_usd for e in facts.exams) + sum(s.module.cost_usd for s in facts.steps)
    if budget is None or fees + sum(again) + sum(r.high_usd for r in running) <= budget:
        return able
    ways = zip(_costs(facts), running, strict=True)
    least = sum(0.0 if cost.free_way else row.low_usd for cost, row in ways)
    one = [i for i in able if fees + again[i] + least <= budget]
    return [max(one, key=lambda i: again[i])] if one else []


def _again(exam: Exam) -> float:
    """What a second try at an exam costs, in US dollars."""
    retake = exam.certification.retake
    return retake.fee_usd if retake and retake.fee_usd is not None else exam.fee_usd
