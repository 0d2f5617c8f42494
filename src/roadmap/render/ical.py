"""A calendar: steps as all-day events, exams with alarms, renewals of certificates, the deadline, and study sessions.

A UID is made from the plan and the step, and the stamp is the day of the plan, so that importing a newer plan
moves the events that are there.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vDuration, vText

from roadmap.model.answer import GateRow
from roadmap.model.catalogue import Catalogue, Certification
from roadmap.model.journal import Event as JournalEvent
from roadmap.model.journal import Progress
from roadmap.model.plan import Exam, Plan, Step
from roadmap.render.clean import clean, web_address
from roadmap.render.identity import item_uuid
from roadmap.render.numbers import hours, money
from roadmap.render.sessions import DAY, sessions
from roadmap.render.tasks import notes, whys
from roadmap.render.wording import Words

# Before midnight of an all-day event: nine in the morning of the day before, and of two weeks before.
EXAM_ALARMS = (timedelta(hours=-15), timedelta(days=-14, hours=9))
RENEWAL_ALARM = timedelta(days=-60, hours=9)
# What the calendar of a group holds of each person.
GROUP = ("gate", "move", "exam", "renewal", "deadline", "over")
FIRST_SEQUENCE = date(2020, 1, 1)
# Of one day; a sequence is a number of 31 bits.
REVISIONS = 10_000


def render_ical(
    plan: Plan,
    catalogue: Catalogue,
    *,
    now: Progress | None = None,
    journal: Sequence[JournalEvent] = (),
    earlier: Sequence[Plan] = (),
) -> str:
    """A plan as iCalendar text; with study sessions when the person named the days they study on.

    With `now` exams that were passed and their renewals stand on their real days, and promised steps that are no
    longer needed are cancelled. So is what `earlier` plans had from today on and this one has not. Each line of the
    `journal` makes a newer revision of the same day.
    """
    words = Words(catalogue)
    calendar = _calendar(": ".join(part for part in (clean(plan.profile.name), clean(words.title(plan))) if part))
    why = whys(plan, words)
    events = [_step(plan, step, words, why[step.id]) for step in plan.steps]
    events += [*_dates(plan, words), *_sessions(plan, words), *_since(plan, words, now)]
    events = events or [_over(plan, words)]
    events += _withdrawn(plan, words, earlier, {str(e["uid"]) for e in events}, now, journal=journal)
    for event in events:
        calendar.add_component(_revised(event, plan, len(journal)))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def render_group(
    plans: Sequence[Plan],
    catalogue: Catalogue,
    name: str,
    lines: Sequence[int] = (),
    earlier: Sequence[Sequence[Plan]] = (),
) -> str:
    """One calendar for whoever looks after several people: exams, checkpoints and deadlines, each with its name.

    `lines` are how many lines the journal of each plan has, for the revision of its events; `earlier` the plans that
    each had before, whose days are cancelled where they are gone.
    """
    words, calendar = Words(catalogue), _calendar(clean(name))
    for i, plan in enumerate(plans):
        count = lines[i] if lines else 0
        events = [*_dates(plan, words)] if plan.steps else [_over(plan, words)]
        before = earlier[i] if earlier else ()
        events += _withdrawn(plan, words, before, {str(e["uid"]) for e in events}, None, GROUP)
        for event in events:
            event["summary"] = vText(f"{clean(plan.profile.name) or 'Somebody'}: {event['summary']}")
            calendar.add_component(_revised(event, plan, count))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//career-roadmap//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def _dates(plan: Plan, words: Words) -> Iterable[Event]:
    """Days that matter: checkpoints, the start of the move, exams, the deadline."""
    yield from (*_gates(plan), *_move(plan))
    for exam in plan.exams:
        yield from _exam(plan, exam, words)
    if plan.profile.deadline:
        event = _event(plan, "deadline", "", "Deadline", [f"Ready by {plan.finish} at even odds."])
        _all_day(event, plan.profile.deadline, plan.profile.deadline, busy=False)
        yield event


def _over(plan: Plan, words: Words) -> Event:
    """The day on which nothing is left: a calendar without a component is none by RFC 5545."""
    over = _event(plan, "over", "", "The plan is finished", [words.title(plan)])
    _all_day(over, plan.generated_on, plan.generated_on, busy=False)
    return over


def _revised(event: Event, plan: Plan, lines: int) -> Event:
    """The event with a number that grows with the day and, on one day, with the lines of the journal."""
    event.add("sequence", max(0, (plan.generated_on - FIRST_SEQUENCE).days) * REVISIONS + min(lines, REVISIONS - 1))
    return event


def uid_of(plan: Plan, kind: str, id_: str) -> str:
    """What names an event for good, whatever its days and words become."""
    return f"{item_uuid(plan, kind, id_)}@career-roadmap"


def _event(plan: Plan, kind: str, id_: str, summary: str, about: Iterable[str]) -> Event:
    stamp = datetime.combine(plan.generated_on, time(), UTC)
    event = Event()
    event.add("uid", uid_of(plan, kind, id_))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
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
    for name, gate in _named(plan):
        about = [gate.check, f"If it is not so: {gate.if_missed.text}"]
        event = _event(plan, "gate", name, f"Checkpoint: {gate.check}", about)
        _all_day(event, gate.on, gate.on, busy=False)
        yield event


def _named(plan: Plan) -> Iterator[tuple[str, GateRow]]:
    """Checkpoints with names that stay when others have passed: the step, and which one of that step it is."""
    count: Counter[str] = Counter()
    for gate in plan.answer.gates:
        count[gate.step] += 1
        yield f"{gate.step} {count[gate.step]}", gate


def _move(plan: Plan) -> Iterable[Event]:
    """The first day of what turns skill into the outcome."""
    move = plan.answer.move
    if move is not None:
        event = _event(plan, "move", move.kind, f"{move.name} begins", [*move.titles, *move.week, *move.say])
        _all_day(event, move.start, move.start, busy=False)
        yield event


def _withdrawn(
    plan: Plan,
    words: Words,
    earlier: Sequence[Plan],
    kept: Collection[str],
    now: Progress | None,
    kinds: Collection[str] = (),
    journal: Sequence[JournalEvent] = (),
) -> list[Event]:
    """What earlier plans had from today on and this calendar has not: cancelled, so that a second import takes it out.

    Only some `kinds`, where a calendar holds no others. What lies before today was so, and stays, unless it is an exam
    of the `journal` that was not passed after all.
    """
    found: dict[str, Event] = {}
    done = now.standing.done if now else {}
    for old in (replace(p, generated_on=plan.generated_on) for p in reversed(earlier)):
        for kind, id_, title, first, last in (*held(old, words), *_passed(old, words, journal)):
            uid = uid_of(old, kind, id_)
            if uid in kept or uid in found or last < plan.generated_on or (kind == "step" and id_ in done):
                continue
            if kinds and kind not in kinds:
                continue
            found[uid] = event = _event(old, kind, id_, title, [])
            event.add("status", "CANCELLED")
            _all_day(event, first, last, busy=False)
    return list(found.values())


def held(plan: Plan, words: Words) -> Iterator[tuple[str, str, str, date, date]]:
    """What the calendar of a plan holds: kind and id, which make its UID, a title, its first day and its last one."""
    for step in plan.steps:
        yield "step", step.id, step.module.title, step.start, step.finish
    for name, gate in _named(plan):
        yield "gate", name, f"Checkpoint: {gate.check}", gate.on, gate.on
    if move := plan.answer.move:
        yield "move", move.kind, f"{move.name} begins", move.start, move.start
    for exam in plan.exams:
        label = exam.certification.label
        yield "exam", exam.step, f"Exam: {label}", exam.exam_on, exam.exam_on
        if exam.expires_on:
            yield "renewal", exam.step, f"{label} ends: renew it before", exam.expires_on, exam.expires_on
    if until := plan.profile.deadline:
        yield "deadline", "", "Deadline", until, until
    for day, items in sessions(plan):
        yield "study", day.isoformat(), words.module(items[0][0]), day, day
    if not plan.steps:
        yield "over", "", "The plan is finished", plan.generated_on, plan.generated_on


def _passed(plan: Plan, words: Words, journal: Sequence[JournalEvent]) -> Iterator[tuple[str, str, str, date, date]]:
    """What the calendar of a plan has held, as `held` has it, of exams that were passed by a journal, then or still."""
    preparing, day = _preparing(words), plan.generated_on
    for one in journal:
        cert = words.catalogue.certification(one.exam) if one.result == "passed" else None
        if cert is not None:
            id_ = preparing.get(cert.id, cert.id)
            yield "exam", id_, f"Passed: {cert.label}", day, day
            if cert.validity_months:
                yield "renewal", id_, f"{cert.label} ends: renew it before", day, day


def _preparing(words: Words) -> dict[str | None, str]:
    """The module that prepares for each certification."""
    return {m.certification: m.id for m in words.catalogue.modules.values() if m.certification}


def _since(plan: Plan, words: Words, now: Progress | None) -> Iterable[Event]:
    """What came of earlier plans: exams that were passed, and promised steps that are done or no longer needed."""
    if now is None:
        return
    preparing = _preparing(words)
    planned = {s.id for s in plan.steps}
    for one in now.earned:
        cert, id_ = one.certification, preparing.get(one.certification.id, one.certification.id)
        if id_ in planned:
            continue
        passed = _event(plan, "exam", id_, f"Passed: {cert.label}", [cert.name])
        _all_day(passed, one.on, one.on, busy=False)
        yield passed
        if one.expires_on:
            yield _renewal(plan, cert, id_, one.expires_on)
    for id_ in now.baseline.steps:
        if id_ not in planned:
            yield from _gone(plan, id_, words, now)


def _gone(plan: Plan, id_: str, words: Words, now: Progress) -> Iterable[Event]:
    """A promised step that the plan no longer holds: on the day it was done, else cancelled with its exam."""
    module, promise, done = words.catalogue.modules.get(id_), now.baseline.steps[id_], now.standing.done.get(id_)
    title, exam = (module.title, module.certification) if module else (id_, None)
    on = done.on if done else now.standing.passed.get(exam or "")
    for kind in ("step",) if on or not exam else ("step", "exam", "renewal"):
        event = _event(plan, kind, id_, title if on is None else f"Done: {title}", [])
        if on is None:
            event.add("status", "CANCELLED")
        _all_day(event, on or promise.start, on or promise.finish, busy=False)
        yield event


def _renewal(plan: Plan, cert: Certification, id_: str, on: date) -> Event:
    """The day by which a certificate is renewed."""
    renewal = _event(plan, "renewal", id_, f"{cert.label} ends: renew it before", [cert.name, cert.renewal])
    _all_day(renewal, on, on, busy=False)
    renewal.add_component(_alarm(RENEWAL_ALARM, f"{cert.label} ends in two months"))
    return renewal


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
        yield _renewal(plan, cert, exam.step, exam.expires_on)


def _sessions(plan: Plan, words: Words) -> Iterable[Event]:
    """The hours of each week on the person's days as they share them, each with what to work on.

    They take the day and no time of it, since nobody was asked for one.
    """
    for day, items in sessions(plan):
        total = sum(length for _, length in items)
        about = [f"{words.module(id_)}, {hours(length)}" for id_, length in items]
        most = max(items, key=lambda item: item[1])[0]
        title = words.module(most) + (" and more" if items[1:] else "")
        event = _event(plan, "study", day.isoformat(), f"{title}, {hours(total)}", about)
        _all_day(event, day, day, busy=False)
        yield event
