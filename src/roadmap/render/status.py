"""Where somebody stands in a saved plan: what does not fit first, then dates, work, pace, and what has changed."""

from collections.abc import Iterator, Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Cause, Milestone, Progress
from roadmap.model.plan import Notice, Reason
from roadmap.render.data import pick, plain
from roadmap.render.ending import ending, reached_facts, reached_sentence
from roadmap.render.layout import Block, Page, bullets, facts, line, paragraph, strong
from roadmap.render.living import title_of, welcome
from roadmap.render.look import Look
from roadmap.render.numbers import dated, day, hours, number, percent, plural
from roadmap.render.ways import over_budget, over_deadline, ways_blocks, ways_data
from roadmap.render.wording import Words

EXPIRES_SOON_DAYS = 183
FEW_STEPS = 5
STATE_WORDS = {"not-started": "not started", "on-track": "on track"}


def status_text(now: Progress, causes: Sequence[Cause], catalogue: Catalogue, look: Look, given: str = "") -> str:
    """Where a person stands, on one screen, and what moved the finish away from the promised day.

    `given` are options that the commands of the ways out repeat.
    """
    words = Words(catalogue)
    first = " ".join(x for x in (over_budget(now.plan), over_deadline(now.plan), state_sentence(now)) if x)
    if now.state == "reached":
        return look.draw(_reached(now, first, words, given))
    told = facts(
        [
            ("Gate", bullets(missed_sentences(now))),
            ("Ready by", _forecast(now)),
            ("Promised", _promise(now)),
            ("Moved by", "; ".join(cause_words(c) for c in causes) + "." if causes else ""),
            ("Work", _work(now)),
            ("Pace", _pace(now)),
            ("Postings", _reach(now)),
            ("Next", _milestone(now.milestone) if now.milestone else ""),
            *(("Exam", words.exam(exam)) for exam in now.plan.exams),
            *_earned(now, words),
            ("Left out", bullets(_missing(now, words))),
            ("Changed", bullets(stale_sentence(n, words) for n in now.stale)),
        ]
    )
    page = Page(first, (*map(paragraph, welcome(now)), told), tuple(_next(now, catalogue, given)))
    text = look.draw(page)
    # What was said first may have left the screen.
    return text if look.fits(text) else look.draw(page._replace(last=line(strong(f"In short: {first}"))))


def _reached(now: Progress, first: str, words: Words, given: str) -> Page:
    """Where somebody stands who has what they wished for: no promise is to be kept any more, but for a new deadline."""
    told = facts(
        [
            ("Postings", _reach(now)),
            *_earned(now, words),
            *(("Exam", words.exam(exam)) for exam in now.plan.exams),
            (
                "At hand",
                f"{now.now.module.title} ({hours(now.now.hours)} left). roadmap next shows it." if now.now else "",
            ),
        ]
    )
    ways = ways_blocks(now.ways, words.catalogue, given) if now.ways else ()
    return Page(first, (facts(reached_facts(now, words.catalogue)),), (told, *ways))


def _next(now: Progress, catalogue: Catalogue, given: str) -> Iterator[Block]:
    """What is at hand, and where it has to change what can be done about it."""
    if now.now:
        yield facts([("Now", f"{now.now.module.title} ({hours(now.now.hours)} left). roadmap next shows it.")])
    if now.state == "finished":
        yield facts(ending(now))
    elif now.state == "behind" or now.late or any(n.code == "new-catalogue" for n in now.stale):
        yield paragraph("roadmap replan shows old and new side by side and asks before it changes anything.")
    if (now.state == "behind" or now.late or now.over_budget) and now.ways:
        yield from ways_blocks(now.ways, catalogue, given)


def missed_sentences(now: Progress) -> list[str]:
    """Gates whose day has passed with the work still open, each with its answer."""
    return [f"Missed on {day(g.on)}: {g.check.rstrip('.')}. Instead: {g.if_missed.text}" for g in now.missed[:1]]


def _promise(now: Progress) -> str:
    text = f"{day(now.baseline.finish)}, as planned on {day(now.baseline.made_on)}"
    if now.agreed:
        text += f"; {plural(now.agreed, 'day')} later with the days off since, which are no delay"
    return text


def cause_words(cause: Cause) -> str:
    """12 days later by the hours worked so far."""
    by = {
        "work": "hours worked so far",
        "skipped": "skipped steps",
        "reached": "what is no longer needed",
        "paused": "days off",
        "failed": "an exam to sit again",
        "pace": "your pace",
    }[cause.code]
    return f"{plural(abs(cause.days), 'day')} {'later' if cause.days > 0 else 'earlier'} by {by}"


def state_sentence(now: Progress) -> str:
    """Where a person stands, in a sentence: days against the days promised, hours beside hours."""
    delay = now.delay
    days = plural(abs(delay), "day")
    match now.state:
        case "reached" | "finished" if now.reached:
            return reached_sentence(now)
        case "finished":
            return "Finished: every step of the plan is done."
        case "not-started":
            return f"Not started yet: the plan begins on {day(now.plan.start)}."
        case "on-track":
            if not delay:
                return "On track."
            way = "later" if delay > 0 else "earlier"
            early = delay < 0 and now.pace.count < FEW_STEPS
            return f"On track: {days} {way} than planned{', though it is early to tell' if early else ''}."
        case "ahead":
            return f"Ahead: {days} earlier than planned."
    return f"Behind: {days} later than planned.{_why_behind(now)}"


def _why_behind(now: Progress) -> str:
    """Hours beside hours: whether it is the time that lacks or the steps that take longer."""
    lack = now.hours_planned - now.hours_done
    if lack >= 1:
        return f" {hours(lack)} of work fewer than planned by today."
    return " The hours are as planned; the steps take longer than the estimates."


def _forecast(now: Progress) -> str:
    plan = now.plan
    if not plan.steps:
        ends = [*(e.on for e in now.standing.done.values()), *now.standing.passed.values()]
        return day(max(ends, default=now.today))
    text = f"{day(plan.finish)} at even odds; 4 in 5 by {day(plan.finish_p80)}, 19 in 20 by {day(plan.finish_p95)}"
    if plan.profile.deadline:
        odds = {80: "4 times in 5", 95: "19 times in 20"}.get(plan.profile.confidence)
        holds = f" holds, but not {odds}" if now.unsure else ""
        return f"{text}. Deadline {day(plan.profile.deadline)}{holds}."
    return text


def _work(now: Progress) -> str:
    done = f"{hours(now.hours_done)} done, {hours(now.hours_planned)} planned by today"
    steps = plural(len(now.standing.done) + len(now.standing.passed), "step")
    return f"{done}, {hours(now.hours_left)} to go; {steps} finished, {len(now.plan.steps)} to go"


def _pace(now: Progress) -> str:
    pace = now.pace
    if pace.ratio is None:
        text = f"{number(pace.prior)} times the estimates, which is usual; your own shows once you log hours."
    else:
        own = f"yours is {number(pace.ratio)} times the estimates over {plural(pace.count, 'step')}"
        text = f"{own}; forecasts use {number(pace.median)}, between yours and the usual {number(pace.prior)}."
    if now.at_weekly is None:
        return text
    per_week = number(now.plan.profile.hours_per_week)
    rate = f"{hours(now.weekly or 0)} a week in the last four weeks, the plan counts on {per_week}"
    return f"{text} {rate}; at that rate it would be {day(now.at_weekly)}."


def _reach(now: Progress) -> str:
    before, today, after = now.readiness_before, now.plan.readiness_before, now.plan.readiness_after
    start = f"{percent(today)} of postings within reach now, {percent(before)} at the start"
    return f"{start}, {percent(after)} at the end." if now.plan.steps else f"{start}."


def _milestone(milestone: Milestone) -> str:
    what = {"exam": "the exam", "public": "public work:", "phase": "the end of", "finish": ""}[milestone.kind]
    name = milestone.title if milestone.kind == "exam" else f"“{milestone.title}”"
    return f"{what} {name}, {day(milestone.on)}"


def _earned(now: Progress, words: Words) -> Iterator[tuple[str, str]]:
    for one in now.earned:
        text = f"{one.certification.label} passed on {day(one.on)}"
        if one.expires_on:
            left = (one.expires_on - now.today).days
            soon = f"; {plural(max(0, left), 'day')} left to renew it" if left <= EXPIRES_SOON_DAYS else ""
            text += f", valid until {day(one.expires_on)}{soon}"
        yield "Holds", text
    for id_, (on, count) in now.standing.failed.items():
        if id_ not in now.standing.passed:
            again = next((e for e in now.plan.exams if e.certification.id == id_), None)
            known = words.catalogue.certifications.get(id_)
            when = f"; planned again for {day(again.exam_on)}" if again else "; it is not in this plan"
            label = known.label if known else id_
            yield "Open", f"{label} was not passed on {day(on)} (try {count}){when}"


def _missing(now: Progress, words: Words) -> list[str]:
    """Promised steps that are not planned any more, each with why."""
    lines = [f"{title_of(words, e.step)}: skipped on {day(e.on)} (“{e.reason}”)." for e in now.skipped]
    lines += [f"{x.title}: {words.reason(x)}" for x in now.waived]
    return lines + [f"{title_of(words, id_)}: the catalogue no longer asks for it." for id_ in now.lost]


def stale_sentence(notice: Notice, words: Words) -> str:
    """A fact of the plan that changed or grew old."""
    args = [str(a) for a in notice.args]
    certs = words.catalogue.certifications
    match notice.code:
        case "new-catalogue":
            return f"The catalogue is now {args[1]}; the plan was made with {args[0]}. roadmap replan takes it up."
        case "exam-ends":
            return words.reason(_as_reason(notice, words))
        case "exam-unchecked":
            return f"{certs[args[0]].label} was last checked on {dated(args[1])}; look at its page before booking."
        case "resources-unchecked":
            return f"{plural(int(args[0]), 'page')} of the remaining steps were last checked over a year ago."
        case "law-applies":
            return f"{args[0]} applies since {dated(args[1])}."
    return notice.code


def _as_reason(notice: Notice, words: Words) -> Reason:
    id_ = str(notice.args[0])
    return Reason("retired", notice.source, (id_, *(c.id for c in words.catalogue.successors(id_))))


def progress_data(
    now: Progress, catalogue: Catalogue, causes: Sequence[Cause] = (), given: str = ""
) -> dict[str, object]:
    """`roadmap status` for scripts. `given` are options that the commands of the ways out repeat."""
    words, plan, last = Words(catalogue), now.plan, now.plan.profile.deadline
    return {
        "schema_version": 1,
        **pick(now, "today", "state"),
        "drift_days": now.drift,
        "moved_by": {c.code: c.days for c in causes},
        "agreed_days": now.agreed,
        "delay_days": now.delay,
        "late_days": now.late,
        "over_budget_usd": round(now.over_budget, 2),
        "ways_out": ways_data(now.ways, catalogue, given),
        "reached": _reached_data(now),
        "what_now": now.then or None,
        "missed_gates": [{**pick(g, "on", "step", "check"), "answer": g.if_missed.text} for g in now.missed],
        **pick(plan, "finish", "finish_p80", "finish_p95"),
        "baseline_finish": plain(now.baseline.finish),
        "deadline": plain(last),
        "deadline_holds": not now.late if last else None,
        "deadline_sure": not (now.late or now.unsure) if last else None,
        "confidence": plan.profile.confidence,
        **_work_data(now),
        "done": sorted(now.standing.done),
        "open": [s.id for s in plan.steps],
        "skipped": [e.step for e in now.skipped],
        "waived": [x.id for x in now.waived],
        "lost": list(now.lost),
        "milestone": plain(now.milestone),
        "exams": [{"id": e.certification.id, "on": plain(e.exam_on)} for e in plan.exams],
        "certificates": [{"id": e.certification.id, **pick(e, "on", "expires_on")} for e in now.earned],
        "stale": [{"code": n.code, "text": stale_sentence(n, words)} for n in now.stale],
        "days_idle": now.idle,
    }


def _reached_data(now: Progress) -> dict[str, object] | None:
    """What was wished for and is there before the last step; None before."""
    one = now.reached
    if one is None:
        return None
    return {"on": plain(one.on), "what": now.reached_text, "text": one.text, "dropped": list(now.dropped)}


def _work_data(now: Progress) -> dict[str, object]:
    """Hours, the pace of the work, and what it has led to: shares of postings."""
    plan, pace = now.plan, now.pace
    readiness = (now.readiness_before, plan.readiness_before, plan.readiness_after)
    coverage = (now.coverage_before, plan.coverage_before, plan.coverage_after)
    return {
        "hours_planned": round(now.hours_planned, 2),
        "hours_done": round(now.hours_done, 2),
        "hours_left": now.hours_left,
        "hours_a_week": None if now.weekly is None else round(now.weekly, 2),
        "finish_at_that_rate": plain(now.at_weekly),
        "pace": {
            "own": None if pace.ratio is None else round(pace.ratio, 4),
            "steps": pace.count,
            "used": round(pace.median, 4),
            "usual": pace.prior,
        },
        "readiness": dict(zip(("before", "now", "after"), (round(x, 6) for x in readiness), strict=True)),
        "coverage": dict(zip(("before", "now", "after"), (round(x, 6) for x in coverage), strict=True)),
    }
