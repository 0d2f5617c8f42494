"""Why a saved plan is where it is: what moved its finish, which gates were missed, and why to look at somebody."""

from dataclasses import replace
from datetime import date, timedelta

from roadmap.model.answer import GateRow
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Cause, Concern, Event, Progress, SavedPlan
from roadmap.model.profile import in_break, merged
from roadmap.planning.known import days_off, know, last_replan, pace_of, rest_of

IDLE_DAYS = 14
EXAM_NEAR_DAYS = 28
FAST_RATIO = 0.5
FAST_STEPS = 2
CAUSES = frozenset({"skipped", "reached", "paused", "failed"})


def causes(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> list[Cause]:
    """What moved the finish away from the promised day; the days add up to the drift.

    Each cause is what changes when it is let in after those before it: the hours worked so far (at the pace promised),
    skipped steps, what became needless once the wish was reached, days off, failed exams, the person's own pace. Days
    off that have passed are counted as such and not as hours that were not worked.
    """
    if not now.plan.steps:
        return []
    full = know(saved, catalogue, now.today)
    then = replace(catalogue.pace, median=saved.baseline.pace)
    promised_by = last_replan(saved)
    found: dict[str, int] = {}
    before, allowed = saved.baseline.finish, set[str]()
    for code in ("work", "skipped", "reached", "paused", "failed", "pace"):
        allowed.add(code)
        journal = tuple(
            e for i, e in enumerate(saved.journal) if i <= promised_by or _code(e) not in CAUSES or _code(e) in allowed
        )
        known = know(replace(saved, journal=journal), catalogue, now.today)
        pace = pace_of(full)[0] if code == "pace" else then
        finish = rest_of(known, pace, saved.baseline.steps.keys() - known.finished.keys(), told=False).finish
        found[code] = (finish - before).days
        before = finish
    passed = days_off(full, now.today)
    found["paused"] += passed
    found["work"] -= passed
    return [Cause(code, days) for code, days in found.items() if days]


def _code(event: Event) -> str:
    return "failed" if event.result == "failed" else event.kind


def missed_gates(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> tuple[GateRow, ...]:
    """Gates of the promise whose day has passed, the agreed days off aside, and whose step is still open; what was to
    be ready for an exam that has been sat is past.

    They are those of the plan as it was made on the day of the promise, since the gates of today's plan lie ahead.
    """
    made_on = saved.baseline.made_on
    if not now.plan.steps or now.reached or now.today <= made_on:
        return ()
    before = replace(saved, journal=saved.journal[: last_replan(saved) + 1])
    then = know(before, catalogue, made_on)
    pace = replace(pace_of(then)[0], median=saved.baseline.pace)
    promised = rest_of(then, pace, only=saved.baseline.steps.keys() - then.finished.keys())
    sat = {e.step for e in promised.exams if e.certification.id in now.standing.failed}
    day = now.today - timedelta(days=days_off(know(saved, catalogue, now.today), now.today))
    still = {s.id for s in now.plan.steps}
    return tuple(g for g in promised.answer.gates if g.on < day and g.step in still - sat)


def needs(now: Progress) -> list[Concern]:
    """Why somebody should be looked at this week, the most pressing first; nothing when all is well."""
    if now.state == "finished":
        return [Concern("finished")]
    if now.reached:
        return [Concern("reached", (now.reached_text, now.reached.on.isoformat())), *_of_exams(now)]
    out = [*_of_exams(now), *_of_dates(now), *_of_work(now)]
    if away := in_break(now.today, now.plan.profile.breaks):
        out.append(Concern("away", (away.last.isoformat(),)))
    near = [e for e in now.plan.exams if (e.exam_on - now.today).days <= EXAM_NEAR_DAYS]
    out += [Concern("exam", (e.certification.id, (e.exam_on - now.today).days)) for e in near]
    if now.stale:
        out.append(Concern("stale", (len(now.stale),)))
    return out


def _of_exams(now: Progress) -> list[Concern]:
    opened = [c for c in now.standing.failed if c not in now.standing.passed]
    found = [Concern("failed", (c, (now.today - now.standing.failed[c][0]).days)) for c in opened]
    return [*found, *([Concern("over-budget", (round(now.over_budget),))] if now.over_budget else [])]


def _of_dates(now: Progress) -> list[Concern]:
    out = [Concern("gate", (g.step, (now.today - g.on).days)) for g in now.missed]
    if now.late:
        out.append(Concern("late", (now.late,)))
    if now.state == "behind":
        out.append(Concern("behind", (now.delay,)))
    return out


def _of_work(now: Progress) -> list[Concern]:
    """Somebody who is blocked, silent, or so fast that the ticks want a look."""
    out: list[Concern] = []
    if now.blocked:
        out.append(Concern("blocked", (now.blocked.text,)))
    silent = _working_days(now, now.standing.last_activity or _begun(now))
    away = in_break(now.today, now.plan.profile.breaks)
    if silent >= IDLE_DAYS and not away and now.state != "not-started":
        out.append(Concern("idle" if now.standing.last_activity else "nothing-yet", (silent,)))
    bare = [id_ for id_, e in now.standing.done.items() if not e.evidence]
    fast = now.pace.ratio is not None and now.pace.ratio < FAST_RATIO and now.pace.count >= FAST_STEPS
    if fast and bare:
        out.append(Concern("too-fast", (len(bare), round((now.pace.ratio or 0) * 100))))
    return out


def _begun(now: Progress) -> date:
    """The day on which the first step was meant to start; never before the plan was made."""
    return min([p.start for p in now.baseline.steps.values()], default=now.baseline.made_on)


def _working_days(now: Progress, since: date) -> int:
    """Days from one to today on which the person was not off."""
    days = (since + timedelta(days=i) for i in range((now.today - since).days))
    pauses = merged(now.standing.pauses)
    return sum(in_break(day, pauses) is None for day in days)
