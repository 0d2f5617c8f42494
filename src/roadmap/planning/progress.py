"""What a saved plan has become by today: the plan of what is left, and where the person stands in it.

Pure: saved plan, catalogue and today in, values out. Nothing is stored that can be derived. Between two replans the
plan holds to the steps it promised, so that falling behind moves dates and never drops a step silently; only
`replanned` chooses anew. The pace and its numbers are explained in docs/planning.md under "Pace".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log

from roadmap.model.catalogue import Catalogue, Certification, Module, Pace
from roadmap.model.journal import (
    Baseline,
    Cause,
    Earned,
    Event,
    Milestone,
    Need,
    OwnPace,
    Progress,
    Promise,
    SavedPlan,
    Standing,
    State,
    Way,
    effective,
    promised_hours,
    standing,
)
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.plan import Notice, Option, Plan
from roadmap.model.profile import Break, Profile, in_break, make_profile, merged
from roadmap.planning.draft import cost_of
from roadmap.planning.forecast import Z
from roadmap.planning.make import add_months, make_plan
from roadmap.planning.options import JOINED, MOST_HOURS
from roadmap.planning.rules import apply_rules
from roadmap.planning.schedule import QUARTERS, Calendar

STEP_SCATTER = 0.7
ON_TRACK_DAYS = 7
RECENT_DAYS = 28
LEAST_DAYS = 14
RETAKE_DAYS = 14
RETAKE_SHARE = 0.5
EXAM_FACT_DAYS = 180
RESOURCE_FACT_DAYS = 365
IDLE_DAYS = 14
EXAM_NEAR_DAYS = 28
CAUSES = frozenset({"skipped", "paused", "failed"})


@dataclass(frozen=True)
class _Known:
    """A saved plan read together with a catalogue on a day."""

    saved: SavedPlan
    profile: Profile
    catalogue: Catalogue
    today: date
    standing: Standing
    finished: Mapping[str, Mapping[str, int]]
    factors: Mapping[str, float]


def progress(saved: SavedPlan, catalogue: Catalogue, today: date) -> Progress:
    """Where a person stands today. Raises ValueError when the answers do not fit the catalogue (check them before)."""
    known = _know(saved, catalogue, today)
    pace, own = _pace(known)
    plan = _plan(known, pace, only=saved.baseline.steps.keys() - known.finished.keys())
    planned = {s.id for s in plan.steps}
    missing = saved.baseline.steps.keys() - planned - known.finished.keys() - known.standing.skipped.keys()
    waived = tuple(x for x in plan.left_out if x.id in missing)
    drift = (plan.finish - saved.baseline.finish).days if plan.steps else 0
    weekly = _weekly(known)
    coverage, readiness = _reach(catalogue, known.profile.have)
    return Progress(
        today=today,
        plan=plan,
        baseline=saved.baseline,
        standing=known.standing,
        state=_state(known, plan, drift),
        drift=drift,
        hours_planned=promised_hours(saved.baseline, today),
        hours_done=_hours_done(known),
        pace=own,
        weekly=weekly,
        at_weekly=_at_weekly(plan, weekly),
        milestone=_milestone(plan),
        earned=tuple(_earned(known)),
        skipped=tuple(e for id_, e in known.standing.skipped.items() if id_ not in planned),
        waived=waived,
        lost=tuple(sorted(missing - {x.id for x in waived})),
        stale=tuple(_stale(known, plan)),
        coverage_before=coverage,
        readiness_before=readiness,
    )


def promised(plan: Plan, made_on: date, spent: float = 0.0) -> Baseline:
    """The dates of a plan, kept to compare with later."""
    steps = {s.id: Promise(s.start, s.finish, s.hours) for s in plan.steps}
    return Baseline(made_on, plan.finish, round(spent, 2), round(plan.pace, 4), steps)


def replanned(
    saved: SavedPlan,
    catalogue: Catalogue,
    today: date,
    changes: Mapping[str, object],
    *,
    drop: bool = False,
) -> tuple[SavedPlan, Plan]:
    """The saved plan made anew from today, and its plan; nothing is written here.

    `changes` are answers to replace (None takes one back). Steps promised before stay, whatever the limits say;
    steps that the new answers or catalogue ask for join them. With `drop` the limits decide instead: what does not
    fit is left out, and says so. Finished steps stay finished either way. Raises ValueError when the changed answers
    do not fit the catalogue.
    """
    merged_answers = {**saved.answers, **changes}
    answers = {k: v for k, v in merged_answers.items() if v is not None}
    known = _know(replace(saved, answers=answers), catalogue, today)
    pace, _ = _pace(known)
    plan = _plan(known, pace, only=None)
    if not drop:
        wanted = {s.id for s in plan.steps} | saved.baseline.steps.keys()
        plan = _plan(known, pace, only=wanted - known.finished.keys())
    old = {id_: p for id_, p in saved.baseline.steps.items() if id_ in known.finished}
    new = promised(plan, today, _hours_done(known))
    # What is finished lies before the new promise, so that its hours are not promised again.
    last = today - timedelta(days=1)
    kept = {id_: replace(p, start=min(p.start, last), finish=min(p.finish, last)) for id_, p in old.items()}
    baseline = replace(new, steps={**kept, **new.steps})
    return replace(known.saved, catalogue=catalogue.version, baseline=baseline), plan


def ways_back(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> list[Way]:
    """How to deal with a finish later than promised; nothing when the promise is kept."""
    plan, deadline = now.plan, now.plan.profile.deadline
    target = deadline or saved.baseline.finish
    if plan.finish <= target:
        return []
    ways = [Way("shift", plan.finish.isoformat(), plan.finish)]
    total = round(plan.hours * QUARTERS)
    for hours in range(int(plan.profile.hours_per_week) + 1, MOST_HOURS + 1):
        faster = replace(plan.profile, hours_per_week=hours)
        if Calendar(faster).capacity_until(target) >= total:
            _, quicker = replanned(saved, catalogue, now.today, {"hours_per_week": hours})
            if quicker.finish <= target and quicker.status != "infeasible":
                ways.append(Way("hours_per_week", str(hours), quicker.finish))
                break
    _, less = replanned(saved, catalogue, now.today, {"deadline": target.isoformat()}, drop=True)
    gone = {s.id for s in plan.steps} - {s.id for s in less.steps}
    if less.status != "infeasible" and gone:
        dropped = tuple(s.id for s in plan.steps if s.id in gone)
        ways.append(Way("drop", target.isoformat(), less.finish, dropped))
    if deadline:
        ways.append(Way("deadline", plan.finish_p80.isoformat(), plan.finish))
    return ways


def causes(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> list[Cause]:
    """What moved the finish away from the promised day; the days add up to the drift.

    Each cause is what changes when it is let in after those before it: the hours worked so far (at the pace promised),
    skipped steps, days off, failed exams, the person's own pace. Days off that have passed are counted as such and
    not as hours that were not worked.
    """
    if not now.plan.steps:
        return []
    full = _know(saved, catalogue, now.today)
    then = replace(catalogue.pace, median=saved.baseline.pace)
    promised_by = max((i for i, e in enumerate(saved.journal) if e.kind == "replanned"), default=-1)
    found: dict[str, int] = {}
    before, allowed = saved.baseline.finish, set[str]()
    for code in ("work", "skipped", "paused", "failed", "pace"):
        allowed.add(code)
        journal = tuple(
            e for i, e in enumerate(saved.journal) if i <= promised_by or _code(e) not in CAUSES or _code(e) in allowed
        )
        known = _know(replace(saved, journal=journal), catalogue, now.today)
        pace = _pace(full)[0] if code == "pace" else then
        finish = _plan(known, pace, only=saved.baseline.steps.keys() - known.finished.keys()).finish
        found[code] = (finish - before).days
        before = finish
    passed = _days_off(full, saved.journal[promised_by + 1 :])
    found["paused"] += passed
    found["work"] -= passed
    return [Cause(code, days) for code, days in found.items() if days]


def _days_off(known: _Known, recent: Sequence[Event]) -> int:
    """Days since the promise that were taken off after it was made."""
    kept = {e.id for e in effective(known.saved.journal)}
    pauses = merged(Break(e.first, e.last) for e in recent if e.id in kept and e.first and e.last)
    day, count = known.saved.baseline.made_on, 0
    while day < known.today:
        count += bool(in_break(day, pauses)) and not in_break(day, known.profile.breaks)
        day += timedelta(days=1)
    return count


def _code(event: Event) -> str:
    return "failed" if event.result == "failed" else event.kind


def needs(now: Progress) -> list[Need]:
    """Why somebody should be looked at this week, the most pressing first; nothing when all is well."""
    out: list[Need] = []
    if now.state == "finished":
        return [Need("finished")]
    opened = [c for c in now.standing.failed if c not in now.standing.passed]
    out += [Need("failed", (c, (now.today - now.standing.failed[c][0]).days)) for c in opened]
    if now.late:
        out.append(Need("late", (now.late,)))
    if now.state == "behind":
        out.append(Need("behind", (now.drift,)))
    if now.idle is not None and now.idle >= IDLE_DAYS and not in_break(now.today, now.plan.profile.breaks):
        out.append(Need("idle", (now.idle,)))
    if now.idle is None and (now.today - now.baseline.made_on).days >= IDLE_DAYS and now.state != "not-started":
        out.append(Need("nothing-yet", ((now.today - now.baseline.made_on).days,)))
    near = [e for e in now.plan.exams if (e.exam_on - now.today).days <= EXAM_NEAR_DAYS]
    out += [Need("exam", (e.certification.id, (e.exam_on - now.today).days)) for e in near]
    if now.stale:
        out.append(Need("stale", (len(now.stale),)))
    return out


def profile_of(saved: SavedPlan, catalogue: Catalogue) -> Profile:
    """The person of a saved plan as on the day it was first made. Raises ValueError when an answer is wrong."""
    profile, faults = make_profile(saved.answers, catalogue, saved.baseline.made_on)
    if profile is None:
        raise ValueError("; ".join(f.message for f in faults))
    return profile


def _know(saved: SavedPlan, catalogue: Catalogue, today: date) -> _Known:
    now = standing(saved.journal)
    profile = profile_of(saved, catalogue)
    finished: dict[str, Mapping[str, int]] = {}
    for id_, event in now.done.items():
        module = catalogue.modules.get(id_)
        finished[id_] = event.teaches or (module.teaches if module else {})
    for module in catalogue.modules.values():
        if module.kind == "certify" and module.certification in now.passed:
            finished[module.id] = module.teaches
    return _Known(saved, profile, catalogue, today, now, finished, apply_rules(catalogue, profile).factors)


def _plan(known: _Known, pace: Pace, only: Collection[str] | None) -> Plan:
    """The plan of what is left from today on."""
    catalogue, now = known.catalogue, known.standing
    fees = _paid(known)
    profile = _person_today(known, fees)
    plan = make_plan(
        _with_retakes(known),
        profile,
        known.today,
        pace=pace,
        spent=_spent(known, pace),
        frozen=known.finished,
        only=only,
    )
    # A budget speaks of the whole way; what has been paid is no longer in the plan that proposes a bigger one.
    options = tuple(_with_fees(o, fees) for o in plan.options) if fees else plan.options
    retired = set(now.skipped) - set(catalogue.modules)
    left_out = tuple(x for x in plan.left_out if x.id not in retired)
    return replace(plan, options=options, left_out=left_out)


def _with_fees(option: Option, fees: float) -> Option:
    pairs = zip(option.change.split(JOINED), option.value.split(JOINED), strict=True)
    return option._replace(value=JOINED.join(f"{float(v) + fees:g}" if k == "budget_usd" else v for k, v in pairs))


def _person_today(known: _Known, fees: float) -> Profile:
    """The profile from today on: pauses are breaks, skipped steps are skipped, money that is spent is gone."""
    profile, now = known.profile, known.standing
    skipped = [m for m in known.catalogue.modules if m in now.skipped or m in profile.skip]
    elsewhere = _passed_elsewhere(known)
    return replace(
        profile,
        start=max(profile.start, known.today),
        breaks=merged([*profile.breaks, *now.pauses]),
        skip=tuple(skipped),
        keep=tuple(m for m in profile.keep if m not in now.skipped),
        holds=tuple(c for c in known.catalogue.certifications if c in profile.holds or c in elsewhere),
        budget_usd=None if profile.budget_usd is None else max(0.0, profile.budget_usd - fees),
    )


def _passed_elsewhere(known: _Known) -> set[str]:
    """Exams passed that no module of the catalogue prepares for."""
    prepared = {m.certification for m in known.catalogue.modules.values()}
    return {c for c in known.standing.passed if c not in prepared}


def _paid(known: _Known) -> float:
    """US dollars that finished steps and failed exams have cost."""
    catalogue = known.catalogue
    done = sum(cost_of(catalogue.modules[m], catalogue) for m in known.finished if m in catalogue.modules)
    certs = catalogue.certifications
    return done + sum((certs[c].fee_usd or 0.0) * n for c, (_, n) in known.standing.failed.items() if c in certs)


def _open_failures(known: _Known) -> Iterator[tuple[Certification, date]]:
    for id_, (on, _) in known.standing.failed.items():
        if id_ in known.catalogue.certifications and id_ not in known.standing.passed:
            yield known.catalogue.certifications[id_], on


def _with_retakes(known: _Known) -> Catalogue:
    """The catalogue with each failed exam closed until it may be sat again."""
    catalogue = known.catalogue
    changed = {}
    for cert, on in _open_failures(known):
        again = on + timedelta(days=RETAKE_DAYS)
        opens = max(again, date.fromisoformat(cert.available_from)) if cert.available_from else again
        if again > known.today:
            changed[cert.id] = replace(cert, available_from=opens.isoformat())
    return replace(catalogue, certifications={**catalogue.certifications, **changed}) if changed else catalogue


def _spent(known: _Known, pace: Pace) -> dict[str, float]:
    """Hours that count towards open steps; after a failed exam at least half of its preparation is ahead again."""
    spent = {id_: h for id_, h in known.standing.hours.items() if id_ not in known.finished}
    failed = {cert.id for cert, _ in _open_failures(known)}
    for module in known.catalogue.modules.values():
        if module.certification in failed:
            planned = module.hours.likely * known.factors.get(module.id, 1.0) * pace.median
            most = planned * (1 - RETAKE_SHARE)
            spent[module.id] = min(most, spent.get(module.id, 0.0))
    return spent


def _pace(known: _Known) -> tuple[Pace, OwnPace]:
    """The pace to expect: normal-normal on the logarithm of actual to likely hours, one observation a step."""
    prior = known.catalogue.pace
    mean, deviation = log(prior.median), log(prior.p80 / prior.median) / Z[80]
    seen = _observed(known, prior)
    if not seen:
        return prior, OwnPace(None, 0, prior.median, prior.median)
    weight = 1 / deviation**2 + len(seen) / STEP_SCATTER**2
    middle = (mean / deviation**2 + sum(seen) / STEP_SCATTER**2) / weight
    pace = replace(prior, median=exp(middle), p80=exp(middle + Z[80] * weight**-0.5))
    return pace, OwnPace(exp(sum(seen) / len(seen)), len(seen), pace.median, prior.median)


def _observed(known: _Known, prior: Pace) -> list[float]:
    """Logarithms of actual to likely hours: of finished steps, and of open ones that took more than expected."""
    seen = []
    for id_, hours in sorted(known.standing.hours.items()):
        module = known.catalogue.modules.get(id_)
        if module is None or hours <= 0:
            continue
        ratio = hours / (module.hours.likely * known.factors.get(id_, 1.0))
        if id_ in known.finished or ratio > prior.median:
            seen.append(log(ratio))
    return seen


def _hours_done(known: _Known) -> float:
    """Hours that went into the plan; a step called done without any counts the hours it was promised to take."""
    hours, promises = known.standing.hours, known.saved.baseline.steps
    silent = sum(promises[id_].hours for id_ in known.finished if not hours.get(id_) and id_ in promises)
    return sum(hours.values()) + silent


def _weekly(known: _Known) -> float | None:
    """Hours a week over the last four weeks or since the start, days off not counted; None below two weeks."""
    first = max(known.profile.start, known.today - timedelta(days=RECENT_DAYS))
    breaks = merged([*known.profile.breaks, *known.standing.pauses])
    span = (known.today - first).days
    days = sum(in_break(first + timedelta(days=i), breaks) is None for i in range(max(0, span)))
    if days < LEAST_DAYS or not known.standing.work:
        return None
    return sum(w.hours for w in known.standing.work if first <= w.on <= known.today) * 7 / days


def _at_weekly(plan: Plan, weekly: float | None) -> date | None:
    """The finish if the hours of the last weeks went on; None when there were next to none, or they are as planned."""
    if weekly is None or weekly < 1 or not plan.steps or abs(weekly / plan.profile.hours_per_week - 1) < 0.2:
        return None
    slower = replace(plan.profile, hours_per_week=min(60.0, weekly))
    return Calendar(slower).day_reached(round(plan.hours * QUARTERS))


def _reach(catalogue: Catalogue, have: Mapping[str, int]) -> tuple[float, float]:
    """Coverage and readiness of somebody who holds `have`."""
    working = sorted(s for s, level in have.items() if level >= WORKING_LEVEL)
    counter = catalogue.market.counter()
    for skill in working:
        counter.add(skill)
    return catalogue.market.coverage(working), counter.readiness()


def _state(known: _Known, plan: Plan, drift: int) -> State:
    if not plan.steps:
        return "finished"
    if known.today < known.profile.start and not known.standing.work:
        return "not-started"
    if abs(drift) <= ON_TRACK_DAYS:
        return "on-track"
    return "behind" if drift > 0 else "ahead"


def _milestone(plan: Plan) -> Milestone | None:
    """The earliest of the next exam, the next public work and the end of the phase at hand."""
    found = [Milestone("exam", e.certification.label, e.exam_on) for e in plan.exams]
    found += [Milestone("public", s.module.title, s.finish) for s in plan.steps if s.module.public]
    found += [Milestone("phase", p.title, p.finish) for p in plan.phases]
    return min(found, key=lambda m: m.on, default=None)


def _earned(known: _Known) -> Iterator[Earned]:
    for id_, on in sorted(known.standing.passed.items(), key=lambda x: x[1]):
        cert = known.catalogue.certifications.get(id_)
        if cert:
            months = cert.validity_months
            yield Earned(cert, on, add_months(on, months) if months else None)


def _stale(known: _Known, plan: Plan) -> Iterator[Notice]:
    """Facts of the plan that changed since it was made, or that were last checked long ago."""
    catalogue, today, baseline = known.catalogue, known.today, known.saved.baseline
    source = plan.path.sources[0]
    if catalogue.version != known.saved.catalogue:
        yield Notice("new-catalogue", source, (known.saved.catalogue, catalogue.version))
    for module in _open_modules(known):
        cert = catalogue.certifications.get(module.certification or "")
        if cert and (cert.status == "retired" or cert.retires_on):
            yield Notice("exam-ends", cert.source, (cert.id,))
        elif cert and _days_since(cert.checked, today) > EXAM_FACT_DAYS:
            yield Notice("exam-unchecked", cert.source, (cert.id, cert.checked))
    shown = dict.fromkeys(r for s in plan.steps for r in s.resources)
    old = [r for r in shown if _days_since(catalogue.resources[r].checked, today) > RESOURCE_FACT_DAYS]
    if old:
        yield Notice("resources-unchecked", source, (len(old),))
    domain = catalogue.specialisations.get(known.profile.domain)
    for law in domain.regulations if domain else ():
        if law.effective and baseline.made_on.isoformat() < law.effective <= today.isoformat():
            yield Notice("law-applies", law.source, (law.name, law.effective))


def _days_since(checked: str, today: date) -> int:
    """Days since a date of the catalogue; a month counts from its first day, a year from its first month."""
    whole = f"{checked}-01-01"[:10] if len(checked) == len("2026") else f"{checked}-01"[:10]
    try:
        return (today - date.fromisoformat(whole)).days
    except ValueError:
        return 0


def _open_modules(known: _Known) -> Iterator[Module]:
    for id_ in known.saved.baseline.steps:
        if id_ in known.catalogue.modules and id_ not in known.finished and id_ not in known.standing.skipped:
            yield known.catalogue.modules[id_]


def finished_event(event: Event, catalogue: Catalogue) -> Event:
    """A done event with what its module teaches, kept in case the catalogue changes."""
    module = catalogue.modules.get(event.step)
    return replace(event, teaches=dict(module.teaches)) if module else event
