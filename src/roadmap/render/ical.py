"""A calendar: steps as all-day events, exams with alarms, renewals of certificates, and study slots.

A UID is made from the plan and the step, and the stamp is the day of the plan, so that importing a newer plan
moves the events that are there.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Exam, Plan, Step, Week
from roadmap.model.profile import in_break
from roadmap.render.clean import clean, web_address
from roadmap.render.identity import item_uuid
from roadmap.render.numbers import hours, money
from roadmap.render.tasks import notes, whys
from roadmap.render.wording import Words

DAY = timedelta(days=1)
# Before midnight of an all-day event: nine in the morning of the day before, and of two weeks before.
EXAM_ALARMS = (timedelta(hours=-15), timedelta(days=-14, hours=9))
RENEWAL_ALARM = timedelta(days=-60, hours=9)
EVENING = time(18)
FIRST_SEQUENCE = date(2020, 1, 1)


def render_ical(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as iCalendar text; with study slots when the person named the days they study on."""
    words = Words(catalogue)
    calendar = Calendar()
    calendar.add("prodid", "-//career-roadmap//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(words.title(plan)))
    why = whys(plan, words)
    for step in plan.steps:
        calendar.add_component(_step(plan, step, words, why[step.id]))
    for event in (*_gates(plan), *_move(plan)):
        calendar.add_component(event)
    for exam in plan.exams:
        for event in _exam(plan, exam, words):
            calendar.add_component(event)
    for week in plan.weeks:
        for event in _slots(plan, week, words):
            calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(plan: Plan, kind: str, id_: str, summary: str, about: Iterable[str]) -> Event:
    stamp = datetime.combine(plan.generated_on, time(), UTC)
    event = Event()
    event.add("uid", f"{item_uuid(plan, kind, id_)}@career-roadmap")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", max(0, (plan.generated_on - FIRST_SEQUENCE).days))
    event.add("summary", clean(summary))
    event.add("description", "\n".join(line for line in map(clean, about) if line))
    return event


def _all_day(event: Event, first: date, last: date, *, busy: bool) -> None:
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(text))
    alarm.add("trigger", vDuration(before))
    return alarm


def _step(plan: Plan, step: Step, words: Words, why: Sequence[str]) -> Event:
    event = _event(plan, "step", step.id, f"{step.module.title} ({hours(step.hours)})", notes(step, words, why))
    _all_day(event, step.start, step.finish, busy=False)
    event.add("categories", [clean(words.catalogue.stages[step.module.stage].name)])
    url = next((u for r in step.resources if (u := web_address(words.catalogue.resources[r].url))), "")
    if url:
        event.add("url", url)
    return event


def _gates(plan: Plan) -> Iterable[Event]:
    """Checkpoints on their days, with what to do when one is missed."""
    for number, gate in enumerate(plan.answer.gates, 1):
        about = [gate.check, f"If it is not so: {gate.if_missed.text}"]
        event = _event(plan, "gate", f"{number} {gate.step}", f"Checkpoint: {gate.check}", about)
        _all_day(event, gate.on, gate.on, busy=False)
        yield event


def _move(plan: Plan) -> Iterable[Event]:
    """The first day of what turns skill into the outcome."""
    move = plan.answer.move
    if move is not None:
        event = _event(plan, "move", move.kind, f"{move.name} begins", [*move.titles, *move.week, *move.say])
        _all_day(event, move.start, move.start, busy=False)
        yield event


def _exam(plan: Plan, exam: Exam, words: Words) -> Iterable[Event]:
    """The sitting, whose hour is for the person to book, and the day by which the certificate is renewed."""
    cert = exam.certification
    about = [cert.name, f"Fee: {money(exam.fee_usd)}", exam.gate, cert.renewal, cert.note]
    sitting = _event(plan, "exam", exam.step, f"Exam: {cert.label}", [words.exam(exam), *about])
    _all_day(sitting, exam.exam_on, exam.exam_on, busy=True)
    if web_address(cert.url):
        sitting.add("url", web_address(cert.url))
    for before in EXAM_ALARMS:
        sitting.add_component(_alarm(before, f"Exam: {cert.label}"))
    yield sitting
    if exam.expires_on:
        renewal = _event(plan, "renewal", exam.step, f"{cert.label} ends: renew it before", [cert.name, cert.renewal])
        _all_day(renewal, exam.expires_on, exam.expires_on, busy=False)
        renewal.add_component(_alarm(RENEWAL_ALARM, f"{cert.label} ends in two months"))
        yield renewal


def _slots(plan: Plan, week: Week, words: Words) -> Iterable[Event]:
    """The hours of a week shared out over the person's days as they share them, from six, wherever one is."""
    shares = {week.start + i * DAY: share for i, share in enumerate(plan.profile.availability.days) if share}
    free = {d: n for d, n in shares.items() if plan.start <= d <= plan.finish and not in_break(d, plan.profile.breaks)}
    total = sum(item.hours for item in week.items)
    about = [f"{words.module(i.step)}, {hours(i.hours)}" for i in week.items]
    for day, share in free.items() if total else ():
        length = total * share / sum(free.values())
        slot = _event(plan, "study", day.isoformat(), f"Study, {hours(length)}", about)
        begin = datetime.combine(day, EVENING)
        slot.add("dtstart", begin)
        slot.add("dtend", begin + timedelta(minutes=round(length * 60)))
        yield slot
