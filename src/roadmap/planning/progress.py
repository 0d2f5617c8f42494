"""Where a person stands in a saved plan by today: the plan of what is left, hours, dates, and what has grown old.

Pure: saved plan, catalogue and today in, values out. Nothing is stored that can be derived. Between two replans the
plan holds to the steps it promised, so that falling behind moves dates and never drops a step silently; only a replan
(`replan.py`) chooses anew. Every command that speaks of a saved plan takes it from here.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue, Module
from roadmap.model.journal import Earned, Milestone, OwnPace, Progress, SavedPlan, State, promised_hours
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.plan import LeftOut, Notice, Plan, Reason
from roadmap.model.profile import Break, in_break, merged
from roadmap.planning.known import Known, agreed_breaks, days_off, hours_done, know, pace_of, rest_of, wish_of
from roadmap.planning.make import add_months
from roadmap.planning.schedule import QUARTERS, Calendar

ON_TRACK_DAYS = 7
EARLY_STEPS = 5
RECENT_DAYS = 28
LEAST_DAYS = 14
EXAM_FACT_DAYS = 180
RESOURCE_FACT_DAYS = 365


def progress(saved: SavedPlan, catalogue: Catalogue, today: date, *, ways: bool = False) -> Progress:
    """Where a person stands today. Raises ValueError when the answers do not fit the catalogue (check them before).

    With `ways` also how to get back to what was promised, and the gates that were missed; both take plans of their own.
    """
    known = know(saved, catalogue, today)
    pace, own = pace_of(known)
    plan = rest_of(known, pace, only=saved.baseline.steps.keys() - known.finished.keys())
    planned = {s.id for s in plan.steps}
    missing = saved.baseline.steps.keys() - planned - known.finished.keys() - known.standing.skipped.keys()
    dropped = missing & known.dropped
    missing -= dropped
    waived = tuple(x for x in plan.left_out if x.id in missing)
    waived += tuple(_idle(known, missing - {x.id for x in waived}))
    drift = (plan.finish - saved.baseline.finish).days if plan.steps else 0
    agreed = _agreed(known) if plan.steps else 0
    weekly = _weekly(known)
    due = promised_hours(saved.baseline, today - timedelta(days=days_off(known, today)))
    coverage, readiness = _reach(catalogue, known.profile.have)
    now = Progress(
        today=today,
        plan=plan,
        baseline=saved.baseline,
        standing=known.standing,
        state=_state(known, plan, drift - agreed, due, own),
        drift=drift,
        agreed=agreed,
        hours_planned=due,
        hours_done=hours_done(known),
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
        then="" if plan.steps and not known.reached else _then(known),
        reached=known.reached,
        reached_text=_words_of("reached", wish_of(catalogue, known.profile), catalogue) if known.reached else "",
        dropped=tuple(id_ for id_ in saved.baseline.steps if id_ in dropped),
    )
    return _with_ways(saved, catalogue, now) if ways else now


def _idle(known: Known, missing: Set[str]) -> Iterator[LeftOut]:
    """What only a step that was skipped asked for: it goes with it."""
    profile = known.profile
    for id_ in sorted(missing & known.catalogue.modules.keys() if known.standing.skipped else ()):
        module = known.catalogue.modules[id_]
        reason = Reason("not-asked-for", module.sources[0], (id_, profile.target, profile.level))
        yield LeftOut(id_, module.title, module.hours.likely, 0.0, reason)


def _with_ways(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> Progress:
    from roadmap.planning.causes import missed_gates
    from roadmap.planning.replan import ways_back

    return replace(now, ways=ways_back(saved, catalogue, now), missed=missed_gates(saved, catalogue, now))


def _then(known: Known) -> str:
    """What comes after the last step, by what the plan was to turn skill into, or once that is reached."""
    catalogue, steps = known.catalogue, known.saved.baseline.steps.keys()
    if known.reached:
        return _words_of("reached-now", wish_of(catalogue, known.profile), catalogue)
    move = next((m for m in catalogue.moves.values() if steps & set(m.modules)), None)
    return _words_of("ended", move.kind if move else "", catalogue)


def _words_of(what: str, end: str, catalogue: Catalogue) -> str:
    """What the catalogue says of an end; where it has no words of its own for it, what it says of any."""
    own = f"{what}-{end}"
    return catalogue.words[own if own in catalogue.words else what].text


def _agreed(known: Known) -> int:
    """Days by which days off, taken after the promise was made, move the promised finish."""
    pauses, base = agreed_breaks(known), known.saved.baseline
    if not pauses:
        return 0
    earlier = [p for p in known.standing.pauses if not in_break(p.first, pauses)]
    usual = merged([*known.profile.breaks, *earlier])
    then = replace(known.profile, start=max(known.profile.start, base.made_on), breaks=usual)
    quarters = Calendar(then).capacity_until(base.finish)
    off = replace(then, breaks=merged([*usual, *pauses]))
    return max(0, (Calendar(off).day_reached(quarters) - Calendar(then).day_reached(quarters)).days)


def _weekly(known: Known) -> float | None:
    """Hours a week over the last four weeks or since the start, days off not counted; None below two weeks.

    What was told at once was done since the entry before it, not on one day.
    """
    start = known.profile.start
    first = max(start, known.today - timedelta(days=RECENT_DAYS))
    breaks = merged([*known.profile.breaks, *known.standing.pauses])
    days = _working_days(first, known.today, breaks)
    told: dict[date, float] = {}
    for one in known.standing.work:
        if one.on <= known.today:
            told[one.on] = told.get(one.on, 0.0) + one.hours
    if days < LEAST_DAYS or not told:
        return None
    total, before = 0.0, start - timedelta(days=1)
    for on in sorted(told):
        begin, end = min(on, before + timedelta(days=1)), on + timedelta(days=1)
        whole = _working_days(begin, end, breaks)
        inside = _working_days(max(begin, first), end, breaks) if whole else int(on >= first)
        total += told[on] * inside / (whole or 1)
        before = on
    return total * 7 / days


def _working_days(first: date, end: date, breaks: Sequence[Break]) -> int:
    """Days from `first` up to the one before `end` that are not off."""
    return sum(in_break(first + timedelta(days=i), breaks) is None for i in range(max(0, (end - first).days)))


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


def _state(known: Known, plan: Plan, delay: int, due: float, own: OwnPace) -> State:
    """Days against days; but nobody is ahead with fewer hours than planned before their own pace is known."""
    if not plan.steps:
        return "finished"
    if known.reached:
        return "reached"
    if known.today < known.profile.start and not known.standing.work:
        return "not-started"
    if abs(delay) <= ON_TRACK_DAYS or (delay < 0 and own.count < EARLY_STEPS and hours_done(known) < due):
        return "on-track"
    return "behind" if delay > 0 else "ahead"


def _milestone(plan: Plan) -> Milestone | None:
    """The earliest of the next exam, the next public work and the end of the phase at hand."""
    found = [Milestone("exam", e.certification.label, e.exam_on) for e in plan.exams]
    found += [Milestone("public", s.module.title, s.finish) for s in plan.steps if s.module.public]
    found += [Milestone("phase", p.title, p.finish) for p in plan.phases]
    return min(found, key=lambda m: m.on, default=None)


def _earned(known: Known) -> Iterator[Earned]:
    for id_, on in sorted(known.standing.passed.items(), key=lambda x: x[1]):
        cert = known.catalogue.certifications.get(id_)
        if cert:
            months = cert.validity_months
            yield Earned(cert, on, add_months(on, months) if months else None)


def _stale(known: Known, plan: Plan) -> Iterator[Notice]:
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
    domain, country = catalogue.specialisations.get(known.profile.domain), known.profile.country
    for law in domain.regulations if domain else ():
        if country and law.countries and country not in law.countries:
            continue
        if law.effective and baseline.made_on.isoformat() < law.effective <= today.isoformat():
            yield Notice("law-applies", law.source, (law.name, law.effective))


def _days_since(checked: str, today: date) -> int:
    """Days since a date of the catalogue; a month counts from its first day, a year from its first month."""
    whole = f"{checked}-01-01"[:10] if len(checked) == len("2026") else f"{checked}-01"[:10]
    try:
        return (today - date.fromisoformat(whole)).days
    except ValueError:
        return 0


def _open_modules(known: Known) -> Iterator[Module]:
    for id_ in known.saved.baseline.steps:
        if id_ in known.catalogue.modules and id_ not in known.finished and id_ not in known.standing.skipped:
            yield known.catalogue.modules[id_]
