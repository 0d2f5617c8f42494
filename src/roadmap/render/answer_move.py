"""The move and the exams on the page."""

from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, MovePage
from roadmap.model.catalogue import ExamDomain
from roadmap.model.plan import Exam, Plan
from roadmap.render.layout import (
    Block,
    Heading,
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
    day,
    first_sentence,
    joined,
    listing,
    minutes,
    money,
    sentence,
    stretch,
    weekday,
    whole,
)
from roadmap.render.references import References
from roadmap.render.wording import Words

HOUR = 60
WORTH_TELLING = timedelta(days=42)
A_GAP = timedelta(days=14)
A_WEEK = timedelta(days=7)
SEEN = "portfolio"


def move(plan: Plan, _words: Words, _refs: References) -> list[Block]:
    """From when, hours a week, titles, what it is made of, a week of it, what to say."""
    page = plan.answer.move
    if page is None:
        return []
    rows: list[tuple[str, str | Line | Items]] = [
        ("Look for", listing(page.titles, "or")),
        ("In order", () if page.later else _steps_of(plan)),
        ("Then" if page.kind == SEEN else "Each week", _all([*page.week, *_until_an_offer(plan, page)])),
        ("Say", _all(page.say)),
        ("Side doors", _all(page.doors)),
    ]
    return [
        Heading(page.name),
        paragraph(joined(f"From {_begins(plan, page)}{_share(plan, page)}", page.before)),
        facts(rows),
    ]


def _steps_of(plan: Plan) -> Items:
    """What a move that others take part in is made of, with its days; of a search the table of phases tells enough."""
    work = [one for phase in plan.answer.phases if phase.id == MOVE for one in phase.work]
    spare = slack_before(plan)
    return bullets(
        line(
            strong(f"{stretch(one.start + spare, one.finish + spare)}: "),
            one.adds or one.title,
            quiet(f" ({about(one.hours)})"),
        )
        for one in work
    )


def _until_an_offer(plan: Plan, page: MovePage) -> list[str]:
    """What a week of the search holds once its planned hours or the learning are done."""
    on, spent = alone_from(plan), spent_on(plan)
    last = plan.profile.deadline
    if on is None or (last is not None and last - on < A_GAP):
        return []
    week = f"all {about(plan.profile.hours_per_week)}"
    if spent is not None:
        if last is None:
            return [f"No offer by {day(spent)}: go on with these hours; the learning then takes longer."]
        return [f"No offer by {day(spent)}: let the learning rest and give it {week}: {page.later}."]
    return [f"From {day(on)}, with {week}, until an offer: {page.later}."]


def spent_on(plan: Plan) -> date | None:
    """The day on which the planned hours of a search are spent, where the learning goes on for weeks after it."""
    page, on = plan.answer.move, alone_from(plan)
    ends = [phase.finish for phase in plan.answer.phases if phase.id == MOVE]
    if page is None or on is None or not ends:
        return None
    spent = max(ends) + slack_before(plan)
    return spent if on - spent > A_GAP else None


def alone_from(plan: Plan) -> date | None:
    """Since when a search takes every hour: when the learning is done."""
    page = plan.answer.move
    if page is None or not page.later or page.learnt is None:
        return None
    return max(page.start, page.learnt) + slack_before(plan)


def _begins(plan: Plan, page: MovePage) -> str:
    """The day to count on; who needs no slack begins sooner."""
    spare = slack_before(plan)
    return f"{day(page.start + spare)} or sooner" if spare else day(page.start)


def slack_before(plan: Plan) -> timedelta:
    """The slack between the planned begin of a move and the one to count on."""
    page, slack = plan.answer.move, plan.answer.slack
    return slack[1] - slack[0] if page is not None and slack and slack[0] == page.start else timedelta()


def _share(plan: Plan, page: MovePage) -> str:
    """How many hours the move has: of a search a week beside the learning, and of any in all."""
    rows = [phase for phase in plan.answer.phases if phase.id == MOVE]
    hours = sum(phase.hours for phase in rows)
    if not page.later:
        return f", about {about(hours)} in all" if hours else ""
    whole_week = f"all {about(plan.profile.hours_per_week)} a week"
    if page.learnt is None or page.start >= page.learnt:
        return f", {whole_week}" if plan.finish - page.start > WORTH_TELLING else ""
    learnt = page.learnt + slack_before(plan)
    until = f"; {whole_week} from {day(learnt)}" if plan.finish - page.learnt > WORTH_TELLING else ""
    return f", about {_light(page.hours_per_week)} a week beside the learning, {about(hours)} in all{until}"


def _light(hours: float) -> str:
    """A light share of a week: 1.5 h, 15 min."""
    return about(hours) if hours >= 1 else minutes(round(hours * HOUR))


def _all(texts: Sequence[str]) -> Items | str:
    """One text as it is, several as a list."""
    return bullets(texts) if texts[1:] else "".join(texts)


def exams(plan: Plan, _words: Words, refs: References) -> list[Block]:
    """What the exams are, how to prepare, when to sit them, what happens if one fails and later: several in a table."""
    if plan.exams[1:]:
        return _several(plan, refs)
    blocks: list[Block] = []
    for exam in plan.exams:
        blocks += [Heading(f"Exam: {exam.certification.label}, {weekday(exam.exam_on)}"), _exam(exam, plan, refs)]
    return blocks


def _several(plan: Plan, refs: References) -> list[Block]:
    """Exams side by side, and what holds for all of them once."""
    certs = [exam.certification for exam in plan.exams]
    rows = [
        (
            line(strong(e.certification.label)),
            weekday(e.exam_on),
            money(e.fee_usd),
            str(e.certification.passing_score or "not published"),
            f"{day(e.retake_on)}" if e.retake_on else "",
            f"{day(e.expires_on)}" if e.expires_on else "no end",
        )
        for e in plan.exams
    ]
    pages = [line(strong(f"{e.certification.label}: "), *_pages(e, refs)) for e in plan.exams]
    study = [line(strong(f"{cert.label}: "), sentence(listing(_shares(cert.domains)))) for cert in certs]
    retakes = [(cert.issuer, sentence(first_sentence(cert.retake.text))) for cert in certs if cert.retake]
    # One rule of an issuer says what holds for all of its exams; the shortest names no fee of its own.
    again = {issuer: min((t for i, t in retakes if i == issuer), key=len) for issuer, _ in retakes}
    later = dict.fromkeys(f"{cert.label}: {first_sentence(cert.renewal)}" for cert in certs if cert.renewal)
    gates = dict.fromkeys(exam.gate for exam in plan.exams)
    looks = [f"{e.certification.label} on {day(e.recheck_on)}" for e in plan.exams if e.recheck_on]
    return [
        Heading("Exams"),
        table(("Exam", "Day", "Fee", "Pass mark", "Second try", "Holds until"), rows, fixed=(2,)),
        facts(
            [
                ("Pages", bullets(pages)),
                ("What counts", bullets(study)),
                ("Book", sentence(f"each only after {listing(tuple(gates), 'or')}")),
                ("If one fails", " ".join(again.values())),
                ("Later", " ".join(map(sentence, later))),
                ("Look again", sentence(f"Read the pages once more: {listing(looks)}")),
            ]
        ),
    ]


def _pages(exam: Exam, refs: References) -> list[Span]:
    """The numbers of an exam's page, guide and practice test."""
    cert = exam.certification
    named = (("page", cert.url), ("guide", cert.guide_url), ("practice test", cert.practice_url))
    parts = [line(Span(text, url, noted=True), *refs.behind(url)) for text, url in named if url]
    return [span for i, part in enumerate(parts) for span in line(", " if i else "", *part)]


def _exam(exam: Exam, plan: Plan, refs: References) -> Block:
    cert = exam.certification
    worth = first_sentence(cert.worth.text) if cert.worth else ""
    named = joined(f"{cert.name.split(': ')[-1]}, {money(exam.fee_usd)}", exam.fee_note).rstrip(".")
    gate = sentence(f"Only after {exam.gate}")
    passing = f"Its pass mark: {cert.passing_score}." if cert.passing_score else ""
    retake = sentence(first_sentence(cert.retake.text)) if cert.retake else ""
    waits = exam.retake_on is not None and exam.retake_on - exam.exam_on > A_WEEK
    again = f"Earliest second try: {day(exam.retake_on)}." if exam.retake_on and waits else ""
    until = f"Valid until {day(exam.expires_on)}." if exam.expires_on else ""
    look = f"Read its page again on {day(exam.recheck_on)}." if exam.recheck_on else ""
    return facts(
        [
            ("What", line(f"{named}: ", *_pages(exam, refs), f". {worth}")),
            ("Study", _study(exam, plan)),
            ("Book", f"{gate} {passing}".strip()),
            ("If it fails", f"{retake} {again}".strip()),
            ("Later", " ".join(text for text in (until, sentence(first_sentence(cert.renewal)), look) if text)),
        ]
    )


def _study(exam: Exam, plan: Plan) -> Line:
    """The hours by the weights of its guide."""
    hours = next((s.hours for s in plan.steps if s.id == exam.step), 0.0)
    weights = listing(_weights(exam.certification.domains, hours))
    return line(f"{about(hours)} by weight: {weights}." if weights else f"{about(hours)}.")


def _shares(domains: Sequence[ExamDomain]) -> list[str]:
    """The parts of an exam with their weights, as far as they are published."""
    return [f"{d.short or d.name} {_weight(d)}".strip() for d in domains]


def _weight(domain: ExamDomain) -> str:
    if domain.range:
        return _between(*domain.range)
    return f"{whole(domain.weight)} %" if domain.weight else ""


def _weights(domains: Sequence[ExamDomain], hours: float) -> list[str]:
    """The parts of an exam with their weights, and whole hours for each that add up."""
    shares = [d.weight or (sum(d.range) / 2 if d.range else 0.0) for d in domains]
    if not all(shares):
        return [d.short or d.name for d in domains]
    out, given, so_far = [], 0, 0.0
    for domain, share in zip(domains, shares, strict=True):
        so_far += share
        upto = int(hours * so_far / sum(shares) + 0.5)
        out.append(f"{domain.short or domain.name} {upto - given} h ({_weight(domain)})")
        given = upto
    return out


def _between(low: float, high: float) -> str:
    """A weight as the exam's guide gives it: 40 to 45 %."""
    return f"{whole(low)} to {whole(high)} %"
