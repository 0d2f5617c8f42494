"""The answer as a page: what a friend who knows the trade would tell this person, in the order it is needed."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from roadmap.model.answer import MOVE, GateRow, MovePage, Opens, PhaseRow, ProjectPage, Said, Slot, Work
from roadmap.model.catalogue import Catalogue, ExamDomain
from roadmap.model.plan import Exam, Plan
from roadmap.render.echo import without_echo
from roadmap.render.evidence import evidence
from roadmap.render.layout import (
    Block,
    Chart,
    Heading,
    Item,
    Items,
    Line,
    Span,
    bullets,
    facts,
    line,
    paragraph,
    quiet,
    strong,
    table,
)
from roadmap.render.numbers import (
    about,
    capital,
    day,
    first_sentence,
    joined,
    listing,
    minutes,
    money,
    sentence,
    span,
    stretch,
    weekday,
    whole,
)
from roadmap.render.wording import Words

WEEKDAY_NAMES = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}

COSTS = {"freemium": "free to begin", "paid": "paid"}
WHOLE = "all of it"
MOST_BOUGHT = 5
MOST_OPENED = 2
TOLD_IN_VERDICT = 2
HOUR = 60
_ENDED = re.compile(r"[.?!] (?=[A-Z])")
A_MERE_YES = 3
WORTH_TELLING = timedelta(days=21)
# Who starts after a Wednesday has a first week that runs into the next.
LATE = 2


def answer_page(plan: Plan, catalogue: Catalogue) -> tuple[Block, ...]:
    """The first page of a plan: the verdict first, this week last, the evidence in small after it."""
    words = Words(catalogue)
    parts: Sequence[Callable[[Plan, Words], Sequence[Block]]] = (
        _verdict,
        _not_doing,
        _week,
        _phases,
        _projects,
        _phase_by_phase,
        _rules,
        _move,
        _exams,
        _money,
        _risks,
        _hours_buy,
        _until_then,
        _first_week,
    )
    blocks: list[Block] = []
    for part in parts:
        blocks += part(plan, words)
    return tuple(without_echo((*blocks, *evidence(plan, words))))


def _verdict(plan: Plan, _words: Words) -> list[Block]:
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


def _not_doing(plan: Plan, _words: Words) -> list[Block]:
    said = plan.answer.not_doing
    return [Heading("Do not"), bullets(_said(one) for one in said)] if said else []


def _said(one: Said) -> str:
    """A statement and what backs it, as one or two sentences."""
    return joined(one.text, one.more)


def _week(plan: Plan, _words: Words) -> list[Block]:
    """Days that are alike stand in one row."""
    rows: dict[tuple[int, str], list[Slot]] = {}
    for slot in plan.answer.rhythm:
        rows.setdefault((slot.minutes, slot.what), []).append(slot)
    if not rows:
        return []
    made = []
    for (length, what), slots in rows.items():
        names = listing([WEEKDAY_NAMES.get(slot.day, slot.day) for slot in slots])
        made.append((names, f"{minutes(length)}{' each' if slots[1:] else ''}", what))
    fewer = [paragraph(quiet(plan.answer.fewer))] if plan.answer.fewer else []
    return [Heading("A normal week"), table(("Day", "Time", "For"), made, fixed=(0, 1)), *fewer]


def _phases(plan: Plan, words: Words) -> list[Block]:
    answer = plan.answer
    if not answer.phases:
        return []
    rows = [
        (f"{number} {phase.title}".strip(), _dates(plan, phase), about(phase.hours), phase.leaves)
        for number, phase in zip(_numbers(answer.phases), answer.phases, strict=True)
    ]
    return [
        Heading("Phases"),
        table(("Phase", "Dates", "Hours", "What exists at the end"), rows, right=(2,), fixed=(1, 2)),
        Chart(plan, words.catalogue, picture=True),
    ]


def _dates(plan: Plan, phase: PhaseRow) -> str:
    """A search goes on until there is an offer."""
    move = plan.answer.move
    searching = phase.id == MOVE and move is not None and bool(move.later)
    return f"from {day(phase.start)}" if searching else stretch(phase.start, phase.finish)


def _numbers(phases: Sequence[PhaseRow]) -> list[str]:
    """Phases are counted but for the move, which runs beside them."""
    counted = [phase.id for phase in phases if phase.id != MOVE]
    return [str(counted.index(phase.id) + 1) if phase.id != MOVE else "" for phase in phases]


def _phase_by_phase(plan: Plan, _words: Words) -> list[Block]:
    """What is done in each phase, what to open for it, and the checkpoint at its end; late phases in brief."""
    answer = plan.answer
    gates = {gate.on: gate for gate in answer.gates}
    exams = {exam.step for exam in plan.exams}
    blocks: list[Block] = []
    later: list[tuple[str, Line]] = []
    for number, phase in zip(_numbers(answer.phases), answer.phases, strict=True):
        if phase.id == MOVE or phase.id in exams:
            continue
        gate, name = gates.get(phase.finish), f"{number} {phase.title}"
        if phase.later:
            later.append((name, _brief(phase, gate, answer.projects[:1])))
        else:
            blocks += [Heading(name, level=3), *_phase(phase, gate, answer.projects[:1])]
    if later and answer.move is not None:
        blocks += [Heading(f"Then, beside {_inside(answer.move.name)}", level=3), facts(later)]
    tools = [("Mind", _said(tool)) for tool in answer.tools]
    return [Heading("Phase by phase"), *blocks, *([facts(tools)] if tools else [])] if blocks else []


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]


def _phase(phase: PhaseRow, gate: GateRow | None, main: Sequence[ProjectPage]) -> list[Block]:
    """Its steps, each with what to open for it, but for the one that the checkpoint is about; the checkpoint."""
    work = [one for one in phase.work if gate is None or not gate.project or one.step != gate.step]
    blocks: list[Block] = [bullets(_work_line(one) if one.adds else _named(one) for one in work)]
    if gate is not None:
        own = [one for one in phase.work if one not in work]
        opens = _open(own, " Open ")
        missed = f"{'.' if opens else ''} If not: {sentence(gate.if_missed.text)}"
        value = line(strong(_check(gate, own, main)), *opens, missed)
        blocks.append(facts([(f"By {span(gate.on, gate.on)}", value)]))
    return blocks


def _brief(phase: PhaseRow, gate: GateRow | None, main: Sequence[ProjectPage]) -> Line:
    """A phase after the move has begun: its checkpoint, and what else is in it."""
    own = [one for one in phase.work if one.adds]
    said = f"By {span(gate.on, gate.on)}: {_check(gate, own, main)}" if gate else "".join(sentence(x.adds) for x in own)
    also = _also([one for one in phase.work if not one.adds], " Also: " if said else "")
    return (*line(said), *also)


def _check(gate: GateRow, own: Sequence[Work], main: Sequence[ProjectPage]) -> str:
    """The check of a gate, without the name of the main project, with the hours of the step it is about."""
    check = gate.check.rstrip(".")
    for project in main:
        check = capital(check.removeprefix(f"{project.title}: "))
    return f"{check} ({about(sum(one.hours for one in own))})." if own else f"{check}."


def _named(one: Work) -> Line:
    """Typed output and tool calls (9 h): Pydantic documentation."""
    if not one.opens:
        return line(one.title, quiet(f" ({about(one.hours)})"))
    return line(one.title, quiet(f" ({about(one.hours)}): "), Span(one.opens[0].title, one.opens[0].url))


def _also(work: Sequence[Work], lead: str) -> Line:
    """Steps by their titles, each with its hours and what to open, in one line."""
    parts: list[str | Span] = [lead] if work else []
    for i, one in enumerate(work):
        parts += ["" if not i else ", " if work[i + 1 :] else " and ", f"{one.title} ({about(one.hours)}"]
        parts += [", ", Span(one.opens[0].title, one.opens[0].url), ")"] if one.opens else [")"]
    return line(*parts)


def _work_line(one: Work) -> Line:
    """Send ten prompts to both models and log what each call costs (11 h). Ollama: installation, 1 h."""
    said = f"{one.project}: {_inside(one.adds)}" if one.project else one.adds
    return line(said, quiet(f" ({about(one.hours)})"), *_open([one], ". Open "))


def _open(work: Sequence[Work], lead: str) -> list[str | Span]:
    """What to open for steps, behind them."""
    parts: list[str | Span] = []
    for one in (o for w in work for o in w.opens):
        first, *rest = open_line(one)
        parts += [" and " if parts else lead, first, *rest]
    return parts


def open_line(one: Opens) -> Line:
    """LLM Zoomcamp (modules 1 and 2, 12 h)."""
    part = "" if one.part == WHOLE else one.part
    said = ", ".join(text for text in (part, about(one.hours) if one.hours else "", COSTS.get(one.cost, "")) if text)
    return line(Span(one.title, one.url), f" ({said})" if said else "")


def _projects(plan: Plan, _words: Words) -> list[Block]:
    """The main project whole, a second one in a paragraph."""
    main, *others = plan.answer.projects or (None,)
    if main is None:
        return []
    blocks: list[Block] = [Heading(f"The project: {main.title}"), paragraph(sentence(main.brief)), _project(main)]
    for other in others:
        name = strong(f"{other.title}.")
        data = other.data[0] if other.data else None
        said = f" {first_sentence(sentence(other.brief))} "
        source = (Span(f"Data: {data.title}", data.url), f" ({data.licence}).") if data else ()
        blocks += [Heading("Beside it, smaller"), paragraph(name, said, *source)]
    return blocks


def _project(project: ProjectPage) -> Block:
    data = Items(tuple(Item(line(Span(d.title, d.url), f" ({d.licence})" if d.licence else "")) for d in project.data))
    return facts(
        [
            ("Data", data),
            ("Never", " ".join(sentence(text) for text in project.never)),
            ("Done when", bullets(project.targets)),
        ]
    )


def _rules(plan: Plan, words: Words) -> list[Block]:
    rules = plan.answer.rules
    if not rules:
        return []
    field = words.catalogue.specialisations.get(plan.profile.domain)
    head = f"Rules you meet: {field.name.lower()}" if field else "Rules you meet"
    return [Heading(head), bullets(sentence(rule.text) for rule in rules)]


def _move(plan: Plan, _words: Words) -> list[Block]:
    move = plan.answer.move
    if move is None:
        return []
    share = _share(plan, move)
    rows: list[tuple[str, str | Line | Items]] = [
        ("Look for", listing(move.titles, "or")),
        ("In order", _steps_of(plan, move)),
        ("Each week", _all([*move.week, *_until_an_offer(plan, move)])),
        ("Say", _all(move.say)),
        ("Side doors", _all(move.doors)),
        ("Open", bullets(open_line(one) for one in _for_the_move(plan))),
    ]
    return [Heading(move.name), paragraph(f"From {day(move.start)}{share}."), facts(rows)]


def _steps_of(plan: Plan, move: MovePage) -> Items | str:
    """What the move is made of: a search by its titles, what others take part in with its days."""
    work = [one for phase in plan.answer.phases if phase.id == MOVE for one in phase.work]
    if move.later:
        return sentence(", ".join(f"{one.title} ({about(one.hours)})" for one in work)) if work[1:] else ""
    missed = {gate.step: f". If not: {sentence(gate.if_missed.text)}" for gate in plan.answer.gates}
    return bullets(
        line(
            strong(f"{stretch(one.start, one.finish)}: "),
            one.adds or one.title,
            quiet(f" ({about(one.hours)})"),
            missed.get(one.step, ""),
        )
        for one in work
    )


def _for_the_move(plan: Plan) -> list[Opens]:
    """What takes longest to read for the move, each resource once."""
    opens = {one.id: one for one in _opened(plan, MOVE)}
    return sorted(opens.values(), key=lambda one: -one.hours)[:MOST_OPENED]


def _opened(plan: Plan, phase: str) -> list[Opens]:
    """What a phase opens."""
    return [one for row in plan.answer.phases if row.id == phase for one in row.opens]


def _until_an_offer(plan: Plan, move: MovePage) -> list[str]:
    """What a week of the search holds once the learning is done."""
    if not move.later or move.learnt is None:
        return []
    since = max(move.start, move.learnt)
    return [f"From {day(since)}, with all {about(plan.profile.hours_per_week)}, until an offer: {move.later}."]


def _share(plan: Plan, move: MovePage) -> str:
    """How many hours the move has: of a search a week beside the learning, and of any in all."""
    rows = [phase for phase in plan.answer.phases if phase.id == MOVE]
    hours = sum(phase.hours for phase in rows)
    if not move.later:
        return f", about {about(hours)} in all" if hours else ""
    whole_week = f"all {about(plan.profile.hours_per_week)} a week"
    if move.learnt is None or move.start >= move.learnt:
        return f", {whole_week}" if plan.finish - move.start > WORTH_TELLING else ""
    until = f"; {whole_week} from {day(move.learnt)}" if plan.finish - move.learnt > WORTH_TELLING else ""
    last = max((phase.finish for phase in rows), default=move.start)
    upto = f" until {day(last)}" if move.learnt - last > WORTH_TELLING else ""
    return f", about {_light(move.hours_per_week)} a week beside the learning{upto}, {about(hours)} in all{until}"


def _light(hours: float) -> str:
    """A light share of a week: 1.5 h, 15 min."""
    return about(hours) if hours >= 1 else minutes(round(hours * HOUR))


def _all(texts: Sequence[str]) -> Items | str:
    """One text as it is, several as a list."""
    return bullets(texts) if texts[1:] else "".join(texts)


def _exams(plan: Plan, _words: Words) -> list[Block]:
    blocks: list[Block] = []
    for exam in plan.exams:
        blocks += [Heading(f"Exam: {exam.certification.label}, {weekday(exam.exam_on)}"), _exam(exam, plan)]
    return blocks


def _exam(exam: Exam, plan: Plan) -> Block:
    cert = exam.certification
    pages = [
        Span(text, url)
        for text, url in (("its page", cert.url), ("study guide", cert.guide_url), ("practice test", cert.practice_url))
        if url
    ]
    linked: list[str | Span] = []
    for i, page in enumerate(pages):
        linked += [", " if i else "", page]
    retake = first_sentence(cert.retake.text) if cert.retake else ""
    again = f"First day for a second try: {day(exam.retake_on)}." if exam.retake_on else ""
    until = f"It holds until {day(exam.expires_on)}." if exam.expires_on else ""
    hours = next((s.hours for s in plan.steps if s.id == exam.step), 0.0)
    weights = listing(_weights(cert.domains, hours))
    return facts(
        [
            ("What", joined(f"{cert.name}, {money(exam.fee_usd)}", exam.fee_note)),
            ("Read", line(*linked)),
            (
                "Study",
                bullets(open_line(one) for one in _opened(plan, exam.step)),
            ),
            ("Worth", first_sentence(cert.worth.text) if cert.worth else ""),
            ("To pass", sentence(cert.passing_score or "")),
            ("Your hours", sentence(f"{about(hours)} by weight: {weights}")),
            ("Book it", sentence(f"only after {exam.gate}")),
            ("If it fails", " ".join(sentence(text) for text in (retake, again) if text)),
            ("Later", " ".join(sentence(text) for text in (until, first_sentence(cert.renewal)) if text)),
            ("Look again", f"Read its page once more on {day(exam.recheck_on)}." if exam.recheck_on else ""),
        ]
    )


def _weights(domains: Sequence[ExamDomain], hours: float) -> list[str]:
    """The parts of an exam with their weights, and whole hours for each that add up."""
    shares = [d.weight or (sum(d.range) / 2 if d.range else 0.0) for d in domains]
    if not all(shares):
        return [d.name for d in domains]
    out, given, so_far = [], 0, 0.0
    for domain, share in zip(domains, shares, strict=True):
        so_far += share
        upto = int(hours * so_far / sum(shares) + 0.5)
        said = _between(*domain.range) if domain.range else f"{whole(share)} %"
        out.append(f"{domain.name} {upto - given} h ({said})")
        given = upto
    return out


def _between(low: float, high: float) -> str:
    """A weight as the exam's guide gives it: 40 to 45 %."""
    return f"{whole(low)} to {whole(high)} %"


def _money(plan: Plan, _words: Words) -> list[Block]:
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
        return ""
    if high <= budget:
        return "nothing to pay, as you asked" if budget == 0 else f"within your budget of {whole(budget)}"
    if low > budget:
        return f"at least {whole(low - budget)} over your budget of {whole(budget)}"
    return f"your budget of {whole(budget)} covers the lower sum; the higher one is {whole(high - budget)} over it"


def _risks(plan: Plan, _words: Words) -> list[Block]:
    rows = [line(strong(sentence(risk.text)), f" {risk.more}") for risk in plan.answer.risks]
    return [Heading("What can go wrong"), bullets(rows)] if rows else []


def _hours_buy(plan: Plan, words: Words) -> list[Block]:
    """When the wish is out of reach: what these and other hours do buy, and what would make the wish hold."""
    answer = plan.answer
    blocks: list[Block] = []
    if answer.hours_buy:
        rows = [(about(row.hours), row.text) for row in answer.hours_buy[:MOST_BOUGHT]]
        blocks += [Heading("What your hours buy"), table(("Hours", "What you have then"), rows, right=(0,), fixed=(0,))]
    if more := plan.options[TOLD_IN_VERDICT:]:
        head = "What else would do" if answer.outcome.id == answer.wished.id else "What else the whole way would take"
        blocks += [Heading(head), bullets(words.option(option) for option in more)]
    return blocks


def _until_then(plan: Plan, _words: Words) -> list[Block]:
    said = plan.answer.until_then
    return [Heading(f"Until {day(plan.start)}"), bullets(sentence(text) for text in said)] if said else []


def _first_week(plan: Plan, _words: Words) -> list[Block]:
    tasks = plan.answer.first_week
    if not tasks:
        return []
    sunday = plan.start + timedelta(days=6 - plan.start.weekday())
    when = stretch(plan.start, sunday) if plan.start.weekday() <= LATE else f"from {day(plan.start)}"
    head = "This week" if plan.start <= plan.generated_on else "Your first week"
    total = sum(task.minutes for task in tasks)
    items = [Item(line(quiet(f"{minutes(task.minutes)}: "), Span(sentence(task.task), task.url))) for task in tasks]
    return [Heading(f"{head}, {when}: {minutes(total)}"), Items(tuple(items), ordered=True)]
