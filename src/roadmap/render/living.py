"""What somebody who lives with a plan sees: this week, and where they stand.

Plain text without the drawing library, since `roadmap next` has to start at once. Words state facts and the next
thing to do; they never judge.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Cause, Milestone, Progress
from roadmap.model.plan import Notice, Reason, Step
from roadmap.render.clean import clean, shorten
from roadmap.render.numbers import dated, day, hours, number, percent, plural
from roadmap.render.reasons import step_reasons
from roadmap.render.wording import Words

LABEL = 11
CHECKS = 4
EXPIRES_SOON_DAYS = 183
STATE_WORDS = {"not-started": "not started", "on-track": "on track"}


@dataclass(frozen=True)
class Look:
    """How text is drawn: columns, and whether bold and dim are used."""

    width: int = 80
    colour: bool = False

    def strong(self, text: str) -> str:
        """Text that is seen first."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def quiet(self, text: str) -> str:
        """Text that may be overlooked."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def rule(self) -> str:
        """A line across."""
        return self.quiet("─" * self.width)

    def wrap(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """Lines of harmless words; an address is never broken."""
        lead = indent if first is None else first
        return textwrap.wrap(
            clean(text),
            self.width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead.rstrip()]

    def fact(self, label: str, text: str) -> list[str]:
        """A label and a paragraph beside it."""
        first, *rest = self.wrap(text, " " * LABEL, label.ljust(LABEL))
        return [self.quiet(first[:LABEL]) + first[LABEL:], *rest]

    def bullets(self, label: str, items: Iterable[str]) -> list[str]:
        """A label and a list beside it."""
        out: list[str] = []
        for item in items:
            head = (label if not out else "").ljust(LABEL)
            first, *rest = self.wrap(item, " " * (LABEL + 2), f"{head}- ")
            out += [self.quiet(first[:LABEL]) + first[LABEL:], *rest]
        return out

    def edges(self, left: str, right: str) -> str:
        """Two texts at both ends of a line."""
        room = max(1, self.width - len(right) - 2)
        cut = shorten(clean(left), room)
        return self.strong(cut) + " " * max(2, self.width - len(cut) - len(right)) + self.quiet(right)


def page(lines: Sequence[str]) -> str:
    """Lines as a text with a final newline."""
    return "\n".join(lines) + "\n"


# --- next ------------------------------------------------------------------------------------------------------------


def next_text(now: Progress, catalogue: Catalogue, look: Look) -> str:
    """One screen for the week: what, why, how long, what to open, done when."""
    step = now.now
    if step is None:
        return page([*look.wrap(f"Nothing is left to do. {_reach(now)}"), "roadmap evidence prints what you can show."])
    words = Words(catalogue)
    module = step.module
    week = next(w for w in now.plan.weeks if w.items)
    mine, others = week.items[0], week.items[1:]
    lines = [look.edges(_week_title(now, week.start), f"{hours(sum(i.hours for i in week.items))}"), look.rule()]
    lines.append(look.edges(module.title, step.id))
    lines += look.wrap(module.summary)
    if step.project_adds:
        lines += look.fact("Here", step.project_adds)
    for _, text in step_reasons(now.plan, words)[step.id][:1]:
        lines += look.fact("Why", text)
    lines += look.fact("How long", _how_long(now, step, mine.hours))
    for one in words.opened(step)[:1]:
        lines += look.fact("Open", words.resource(one))
        lines += look.fact("", one.resource.url)
    lines += look.bullets("Done when", module.done_when[:CHECKS])
    if others:
        then = [f"{words.module(i.step)}, {hours(i.hours)}" for i in others]
        lines += look.fact("Then", "; ".join(then))
    lines += [look.rule(), *_record(step, catalogue, look)]
    return page(lines)


def _week_title(now: Progress, monday: date) -> str:
    this = now.today - timedelta(days=now.today.weekday())
    if now.state == "not-started":
        return f"The plan starts on {day(now.plan.start)}. First week"
    if monday > this:
        return f"No study planned until {day(now.plan.start)}. The week after"
    return f"This week, until {day(monday + timedelta(days=6))}"


def _how_long(now: Progress, step: Step, this_week: float) -> str:
    spent = now.standing.hours.get(step.id, 0.0)
    text = f"{hours(this_week)} this week, {hours(step.hours)} left, until {day(step.finish)}"
    return f"{text}; {hours(spent)} done so far" if spent else text


def _record(step: Step, catalogue: Catalogue, look: Look) -> list[str]:
    """The two commands for what comes after the work."""
    module = step.module
    finish = f"roadmap done {step.id} --evidence ADDRESS"
    cert = catalogue.certifications.get(module.certification or "")
    if module.kind == "certify" and cert:
        finish = f"roadmap exam {cert.code or cert.id} passed"
    return [*look.fact("Worked?", f"roadmap log {step.id} HOURS"), *look.fact("Finished?", finish)]


def step_data(step: Step, catalogue: Catalogue) -> dict[str, object]:
    """A step for scripts."""
    words = Words(catalogue)
    first = [catalogue.resources[r] for r in step.resources]
    return {
        "id": step.id,
        "title": step.module.title,
        "kind": step.module.kind,
        "start": step.start.isoformat(),
        "finish": step.finish.isoformat(),
        "hours_left": step.hours,
        "why": words.reason(step.reasons[0]),
        "resources": [{"id": r.id, "title": r.title, "url": r.url} for r in first],
        "done_when": list(step.module.done_when),
        "evidence": list(step.module.evidence),
    }


def next_data(now: Progress, catalogue: Catalogue) -> dict[str, object]:
    """`roadmap next` for scripts: the week, its items, and the steps they belong to."""
    week = next((w for w in now.plan.weeks if w.items), None)
    items = week.items if week else ()
    steps = [now.plan.step(i.step) for i in items]
    return {
        "schema_version": 1,
        "today": now.today.isoformat(),
        "week": week.start.isoformat() if week else None,
        "hours": sum(i.hours for i in items),
        "items": [
            {"hours_this_week": i.hours, **step_data(s, catalogue)} for i, s in zip(items, steps, strict=True) if s
        ],
    }


# --- status ----------------------------------------------------------------------------------------------------------


def status_text(now: Progress, causes: Sequence[Cause], catalogue: Catalogue, look: Look) -> str:
    """Where a person stands, on one screen, and what moved the finish away from the promised day."""
    words = Words(catalogue)
    lines = [look.strong(x) for x in look.wrap(_state_sentence(now))]
    lines.append(look.rule())
    lines += look.fact("Ready by", _forecast(now))
    lines += look.fact("Promised", f"{day(now.baseline.finish)}, as planned on {day(now.baseline.made_on)}")
    if causes:
        lines += look.fact("Moved by", "; ".join(cause_words(c) for c in causes) + ".")
    lines += look.fact("Work", _work(now))
    lines += look.fact("Pace", _pace(now))
    if now.at_weekly:
        per_week = number(now.plan.profile.hours_per_week)
        rate = f"{hours(now.weekly or 0)} a week in the last four weeks, the plan counts on {per_week}"
        lines += look.fact("", f"{rate}; at that rate it would be {day(now.at_weekly)}.")
    lines += look.fact("Postings", _reach(now))
    if now.milestone:
        lines += look.fact("Next", _milestone(now.milestone))
    for exam in now.plan.exams:
        lines += look.fact("Exam", words.exam(exam))
    lines += _earned(now, look)
    lines += _missing(now, words, look)
    lines += look.bullets("Changed", [stale_sentence(n, words) for n in now.stale])
    step = now.now
    if step:
        lines.append(look.rule())
        lines += look.fact("Now", f"{step.module.title} ({hours(step.hours)} left). roadmap next shows it.")
    if _wants_replan(now):
        lines += look.wrap("roadmap replan shows the ways out side by side and asks before it changes anything.")
    return page(lines)


def cause_words(cause: Cause) -> str:
    """12 days later by the hours worked so far."""
    by = {
        "work": "hours worked so far",
        "skipped": "skipped steps",
        "paused": "days off",
        "failed": "an exam to sit again",
        "pace": "your pace",
    }[cause.code]
    return f"{plural(abs(cause.days), 'day')} {'later' if cause.days > 0 else 'earlier'} by {by}"


def _wants_replan(now: Progress) -> bool:
    return bool(now.state == "behind" or now.late or any(n.code == "new-catalogue" for n in now.stale))


def _state_sentence(now: Progress) -> str:
    days = plural(abs(now.drift), "day")
    match now.state:
        case "finished":
            return "Finished: every step of the plan is done."
        case "not-started":
            return f"Not started yet: the plan begins on {day(now.plan.start)}."
        case "on-track":
            return "On track" + (
                f": {days} {'later' if now.drift > 0 else 'earlier'} than planned." if now.drift else "."
            )
        case "ahead":
            return f"Ahead: {days} earlier than planned."
    return f"Behind: {days} later than planned."


def _forecast(now: Progress) -> str:
    plan = now.plan
    if not plan.steps:
        ends = [*(e.on for e in now.standing.done.values()), *now.standing.passed.values()]
        return day(max(ends, default=now.today))
    text = f"{day(plan.finish)} at even odds; 4 in 5 by {day(plan.finish_p80)}, 19 in 20 by {day(plan.finish_p95)}"
    if plan.profile.deadline:
        last = day(plan.profile.deadline)
        return (
            f"{text}. That is {plural(now.late, 'day')} after your deadline, {last}."
            if now.late
            else f"{text}. Deadline {last}."
        )
    return text


def _work(now: Progress) -> str:
    done = f"{hours(now.hours_done)} done, {hours(now.hours_planned)} planned by today"
    steps = plural(len(now.standing.done) + len(now.standing.passed), "step")
    return f"{done}, {hours(now.hours_left)} to go; {steps} finished, {len(now.plan.steps)} to go"


def _pace(now: Progress) -> str:
    pace = now.pace
    if pace.ratio is None:
        return f"{number(pace.prior)} times the estimates, which is usual; your own shows once you log hours."
    own = f"yours is {number(pace.ratio)} times the estimates over {plural(pace.count, 'step')}"
    return f"{own}; forecasts use {number(pace.median)}, between yours and the usual {number(pace.prior)}."


def _reach(now: Progress) -> str:
    before, today, after = now.readiness_before, now.plan.readiness_before, now.plan.readiness_after
    start = f"{percent(today)} of postings within reach now, {percent(before)} at the start"
    return f"{start}, {percent(after)} at the end." if now.plan.steps else f"{start}."


def _milestone(milestone: Milestone) -> str:
    what = {"exam": "the exam", "public": "public work:", "phase": "the end of", "finish": ""}[milestone.kind]
    name = milestone.title if milestone.kind == "exam" else f"“{milestone.title}”"
    return f"{what} {name}, {day(milestone.on)}"


def _earned(now: Progress, look: Look) -> list[str]:
    lines: list[str] = []
    for one in now.earned:
        text = f"{one.certification.label} passed on {day(one.on)}"
        if one.expires_on:
            left = (one.expires_on - now.today).days
            soon = f"; {plural(max(0, left), 'day')} left to renew it" if left <= EXPIRES_SOON_DAYS else ""
            text += f", valid until {day(one.expires_on)}{soon}"
        lines += look.fact("Holds", text)
    for id_, (on, count) in now.standing.failed.items():
        if id_ not in now.standing.passed:
            again = next((e for e in now.plan.exams if e.certification.id == id_), None)
            label = again.certification.label if again else id_
            when = f"; planned again for {day(again.exam_on)}" if again else ""
            lines += look.fact("Open", f"{label} was not passed on {day(on)} (try {count}){when}")
    return lines


def _missing(now: Progress, words: Words, look: Look) -> list[str]:
    """Promised steps that are not planned any more, each with why."""
    lines = [f"{title_of(words, e.step)}: skipped on {day(e.on)} (“{e.reason}”)." for e in now.skipped]
    lines += [f"{x.title}: {words.reason(x)}" for x in now.waived]
    lines += [f"{title_of(words, id_)}: the catalogue no longer asks for it." for id_ in now.lost]
    return look.bullets("Left out", lines)


def title_of(words: Words, id_: str) -> str:
    """The title of a step, its id where the catalogue has it no longer."""
    return words.module(id_) if id_ in words.catalogue.modules else id_


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


def progress_data(now: Progress, catalogue: Catalogue, causes: Sequence[Cause] = ()) -> dict[str, object]:
    """`roadmap status` for scripts."""
    words, plan = Words(catalogue), now.plan
    return {
        "schema_version": 1,
        "today": now.today.isoformat(),
        "state": now.state,
        "drift_days": now.drift,
        "moved_by": {c.code: c.days for c in causes},
        "late_days": now.late,
        "finish": plan.finish.isoformat(),
        "finish_p80": plan.finish_p80.isoformat(),
        "finish_p95": plan.finish_p95.isoformat(),
        "baseline_finish": now.baseline.finish.isoformat(),
        "deadline": plan.profile.deadline.isoformat() if plan.profile.deadline else None,
        "hours_planned": round(now.hours_planned, 2),
        "hours_done": round(now.hours_done, 2),
        "hours_left": now.hours_left,
        "hours_a_week": None if now.weekly is None else round(now.weekly, 2),
        "finish_at_that_rate": now.at_weekly.isoformat() if now.at_weekly else None,
        "pace": {
            "own": None if now.pace.ratio is None else round(now.pace.ratio, 4),
            "steps": now.pace.count,
            "used": round(now.pace.median, 4),
            "usual": now.pace.prior,
        },
        "readiness": {
            "before": round(now.readiness_before, 6),
            "now": round(plan.readiness_before, 6),
            "after": round(plan.readiness_after, 6),
        },
        "coverage": {
            "before": round(now.coverage_before, 6),
            "now": round(plan.coverage_before, 6),
            "after": round(plan.coverage_after, 6),
        },
        "done": sorted(now.standing.done),
        "open": [s.id for s in plan.steps],
        "skipped": [e.step for e in now.skipped],
        "waived": [x.id for x in now.waived],
        "lost": list(now.lost),
        "milestone": {"kind": now.milestone.kind, "title": now.milestone.title, "on": now.milestone.on.isoformat()}
        if now.milestone
        else None,
        "exams": [{"id": e.certification.id, "on": e.exam_on.isoformat()} for e in plan.exams],
        "certificates": [
            {
                "id": e.certification.id,
                "on": e.on.isoformat(),
                "expires_on": e.expires_on.isoformat() if e.expires_on else None,
            }
            for e in now.earned
        ],
        "stale": [{"code": n.code, "text": stale_sentence(n, words)} for n in now.stale],
        "days_idle": now.idle,
    }
