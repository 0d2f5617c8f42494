"""The answer as a page: what a friend who knows the trade would tell this person, in the order it is needed."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from roadmap.model.answer import Said, Slot
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render.answer_move import exams, move
from roadmap.render.answer_work import checkpoints, inside, phases, projects, way, work_by_phase
from roadmap.render.echo import without_echo
from roadmap.render.evidence import evidence
from roadmap.render.layout import Block, Heading, Item, Items, Span, bullets, line, paragraph, quiet, strong, table
from roadmap.render.numbers import WEEKDAYS, about, day, joined, listing, minutes, sentence, stretch, whole
from roadmap.render.references import References
from roadmap.render.wording import Words

WEEKDAY_NAMES = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
MOST_BOUGHT = 5
TOLD_IN_VERDICT = 2
_ENDED = re.compile(r"[.?!] (?=[A-Z])")
A_MERE_YES = 3
# Who starts after a Wednesday has a first week that runs into the next.
LATE = 2
HOUR, QUARTER = 60, 15


def answer_page(plan: Plan, catalogue: Catalogue) -> tuple[Block, ...]:
    """The first page of a plan: the verdict first, this week last; after it the evidence in small and what to open."""
    words, refs = Words(catalogue), References()
    parts: Sequence[Callable[[Plan, Words, References], Sequence[Block]]] = (
        _verdict,
        _not_doing,
        _week,
        phases,
        way,
        projects,
        work_by_phase,
        checkpoints,
        _rules,
        move,
        exams,
        _money,
        _risks,
        _known,
        _hours_buy,
        _until_then,
        _first_week,
    )
    blocks: list[Block] = []
    for part in parts:
        blocks += part(plan, words, refs)
    return tuple(without_echo((*blocks, *evidence(plan, words, refs))))


def _verdict(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """The first sentences are the answer, so they stand out."""
    first, *rest = [sentence(text) for text in plan.answer.verdict] or [""]
    if not first:
        return []
    lead, more = _opening(first)
    return [Heading("Verdict"), paragraph(strong(lead), more), *[paragraph(text) for text in rest]]


def _opening(text: str) -> tuple[str, str]:
    """The first sentence, and with a mere yes the one after it; and what follows."""
    ends = [found.end() for found in _ENDED.finditer(text)]
    cut = next((end for end in ends if len(text[:end].split()) > A_MERE_YES), 0)
    return (text[:cut].rstrip(), f" {text[cut:]}") if cut else (text, "")


def _not_doing(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    said = plan.answer.not_doing
    return [Heading("Not now"), bullets(f"Do not {inside(_said(one))}" for one in said)] if said else []


def _said(one: Said) -> str:
    """A statement and what backs it, as one or two sentences."""
    return joined(one.text, one.more)


def _week(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """The days of a week, those that are alike together, and what becomes of the dates with fewer hours."""
    rows: dict[tuple[int, str], list[Slot]] = {}
    for slot in plan.answer.rhythm:
        rows.setdefault((slot.minutes, slot.what), []).append(slot)
    if not rows:
        return []
    parts: list[str | Span] = []
    for (length, what), slots in rows.items():
        names = listing([WEEKDAY_NAMES.get(slot.day, slot.day) for slot in slots])
        lead = "; " if parts else ""
        parts += [lead, strong(f"{names} {minutes(length)}{' each' if slots[1:] else ''}"), f": {what}"]
    fewer = f" {plan.answer.fewer}" if plan.answer.fewer else ""
    return [Heading("A normal week"), paragraph(*parts, f".{fewer}")]


def _rules(plan: Plan, words: Words, _refs: References) -> list[Block]:
    rules = plan.answer.rules
    if not rules:
        return []
    field = words.catalogue.specialisations.get(plan.profile.domain)
    head = f"Rules you meet: {field.name.lower()}" if field else "Rules you meet"
    return [Heading(head), bullets(sentence(rule.text) for rule in rules)]


def _source(said: Said, words: Words, refs: References) -> Sequence[Span]:
    """The number of the address that backs a statement."""
    source = words.catalogue.sources.get(said.source)
    return refs.behind(source.url) if source is not None and source.url else ()


def _money(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    answer = plan.answer
    if not answer.money:
        return []
    rows = [(row.item, _sum(row.low_usd, row.high_usd), row.note) for row in answer.money]
    low, high = answer.money_total
    rows.append(("Together", _sum(low, high), _budget(plan, low, high)))
    return [Heading("Money"), table(("For", "USD", ""), rows, right=(1,), fixed=(1,))]


def _sum(low: float, high: float) -> str:
    return whole(high) if whole(low) == whole(high) else f"{whole(low)} to {whole(high)}"


def _budget(plan: Plan, low: float, high: float) -> str:
    budget = plan.profile.budget_usd
    if budget is None:
        return f"set aside {whole(high)}" if high else ""
    if high <= budget:
        return "nothing to pay, as you asked" if budget == 0 else f"within your budget of {whole(budget)}"
    if low > budget:
        return f"at least {whole(low - budget)} over your budget of {whole(budget)}"
    return f"your budget of {whole(budget)} covers the lower sum; the higher one is {whole(high - budget)} over it"


def _risks(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    rows = [line(strong(sentence(risk.text)), f" {risk.more}") for risk in plan.answer.risks]
    return [Heading("What can go wrong"), bullets(rows)] if rows else []


def _known(plan: Plan, words: Words, refs: References) -> list[Block]:
    """What somebody of the trade would add today: a figure about this case, and which tool is gone."""
    said = (*plan.answer.facts, *plan.answer.tools)
    rows = [line(joined(one.text, one.more), *_source(one, words, refs)) for one in said]
    return [Heading("Good to know"), bullets(rows)] if said else []


def _hours_buy(plan: Plan, words: Words, _refs: References) -> list[Block]:
    """When the wish is out of reach: what these and other hours do buy, and what would make the wish hold."""
    answer = plan.answer
    blocks: list[Block] = []
    if answer.hours_buy:
        rows = [(about(row.hours), row.text) for row in answer.hours_buy[:MOST_BOUGHT]]
        blocks += [Heading("What your hours buy"), table(("Hours", "What you have then"), rows, right=(0,), fixed=(0,))]
    more = plan.options[TOLD_IN_VERDICT:] if answer.outcome.id != answer.wished.id else ()
    if more:
        blocks += [Heading("What else the whole way would take"), bullets(words.option(option) for option in more)]
    return blocks


def _until_then(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    said = plan.answer.until_then
    return [Heading(f"Until {day(plan.start)}"), bullets(sentence(text) for text in said)] if said else []


def _first_week(plan: Plan, _words: Words, refs: References) -> list[Block]:
    tasks = plan.answer.first_week
    if not tasks:
        return []
    sunday = plan.start + timedelta(days=6 - plan.start.weekday())
    when = stretch(plan.start, sunday) if plan.start.weekday() <= LATE else f"from {day(plan.start)}"
    head = "This week" if plan.start <= plan.generated_on else "Your first week"
    total = sum(task.minutes for task in tasks)
    items = [
        Item(line(quiet(f"{minutes(task.minutes)}: "), sentence(task.task), *refs.behind(task.url))) for task in tasks
    ]
    return [Heading(f"{head}, {when}: {minutes(total)}{_of_a_week(plan, total)}"), Items(tuple(items), ordered=True)]


def _of_a_week(plan: Plan, total: int) -> str:
    """Why a first week has fewer hours than any other: it begins late, or days of it are free."""
    whole = round(plan.profile.hours_per_week * HOUR)
    late = plan.start.weekday() > 0 and total < whole - QUARTER
    return (
        f" of {about(plan.profile.hours_per_week)}, as it begins on a {WEEKDAYS[plan.start.weekday()]}" if late else ""
    )
