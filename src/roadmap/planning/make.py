"""make_plan: catalogue, profile and today in, a dated plan out. The only name of the core that others call."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue, Pace, Path
from roadmap.model.plan import Exam, Notice, Option, Plan, Step, Week
from roadmap.model.profile import Profile
from roadmap.planning.draft import Draft
from roadmap.planning.exams import first_day
from roadmap.planning.forecast import quantile
from roadmap.planning.reduce import Reduction, hold_to, reduce_to_fit
from roadmap.planning.schedule import QUARTERS, Calendar, Span, schedule
from roadmap.planning.steps import Line, phases
from roadmap.planning.whole import Since, Whole, draw_up, grown


def make_plan(
    catalogue: Catalogue,
    profile: Profile,
    today: date,
    *,
    pace: Pace | None = None,
    spent: Mapping[str, float] | None = None,
    frozen: Mapping[str, Mapping[str, int]] | None = None,
    only: Collection[str] | None = None,
) -> Plan:
    """The plan of one person. Pure: the same arguments give the same plan.

    A plan that is lived with passes four things more: `pace`, the person's own instead of the catalogue's; `spent`,
    hours that already went into steps; `frozen`, finished modules with what they taught, which is held and never
    planned again; `only`, the modules to hold to (with whatever they need) instead of choosing what fits the limits.
    The rules and the choice of exams go by the profile as it was, so that progress alone never changes them.
    Raises ValueError when the catalogue has no path for the profile's roles; `make_profile` checks that before.
    """
    path = catalogue.path(profile.role, profile.target)
    if path is None:
        raise ValueError(f"no path from {profile.role} to {profile.target}")
    catalogue = catalogue.counting(profile.postings)
    since = Since(pace or catalogue.pace, spent or {}, frozen or {})
    near: dict[object, Whole] = {}
    whole = draw_up(catalogue, profile, path, since, near)
    person = grown(catalogue, profile, since.frozen)
    reduction = reduce_to_fit(person, whole) if only is None else hold_to(person, whole.draft, only)
    options: list[Option] = []
    if reduction.status != "feasible":
        options = _options(catalogue, profile, path, since, only, near)
    return _assemble(person, today, whole, reduction, options)


def _options(
    catalogue: Catalogue,
    profile: Profile,
    path: Path,
    since: Since,
    only: Collection[str] | None,
    near: dict[object, Whole],
) -> list[Option]:
    from roadmap.planning.options import ways_out

    def redraft(changed: Profile) -> Draft:
        draft = draw_up(catalogue, changed, path, since, near).draft
        return draft if only is None else draft.narrowed(hold_to(changed, draft, only).kept)

    return ways_out(profile, redraft(profile), redraft)


def lay_out(profile: Profile, calendar: Calendar, line: Line) -> tuple[dict[str, Span], list[Week]]:
    """A line of modules laid into weeks; an exam that opens later is sat on its first possible day."""
    spans, weeks = schedule(calendar, profile, line.sequence)
    for id_, cert in line.draft.exams.items():
        spans[id_].finish = first_day(cert, spans[id_].finish, profile.breaks)
    return spans, weeks


def _assemble(profile: Profile, today: date, whole: Whole, reduction: Reduction, options: Sequence[Option]) -> Plan:
    line, path = whole.line, whole.path
    if len(reduction.kept) < len(whole.draft.modules):
        line = whole.line_of(whole.draft.narrowed(reduction.kept))
    draft = line.draft
    calendar = Calendar(profile)
    spans, weeks = lay_out(profile, calendar, line)
    steps, journey = line.steps(spans)
    finish = max([s.finish for s in steps], default=profile.start)
    p80, p95 = (_later(calendar, finish, draft, confidence) for confidence in (80, 95))
    return Plan(
        generated_on=today,
        profile=profile,
        path=path,
        status=reduction.status,
        finish=finish,
        finish_p80=p80,
        finish_p95=p95,
        hours=draft.planned / QUARTERS,
        cost_usd=draft.price,
        coverage_before=journey.before[0],
        coverage_after=journey.after[0],
        readiness_before=journey.before[1],
        readiness_after=journey.after[1],
        worth=reduction.worth,
        pace=draft.pace.median,
        steps=tuple(steps),
        phases=phases(path, steps),
        weeks=tuple(weeks),
        exams=tuple(_exams(draft, steps)),
        left_out=(*reduction.left_out, *whole.left_out),
        options=tuple(options),
        notices=(*whole.notices, *_durations(whole, profile, finish)),
        postings=draft.catalogue.market.count,
    )


def _later(calendar: Calendar, finish: date, draft: Draft, confidence: int) -> date:
    if not draft.planned:
        return finish
    return max(finish, calendar.day_reached(quantile(draft.planned, draft.deviation, confidence)))


def _exams(draft: Draft, steps: Sequence[Step]) -> list[Exam]:
    out = []
    for step in steps if draft.exams else ():
        cert = draft.exams.get(step.id)
        if cert:
            expires = add_months(step.finish, cert.validity_months) if cert.validity_months else None
            out.append(Exam(cert, step.id, step.finish, expires, step.reasons))
    return out


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_after - timedelta(days=1))


def _durations(whole: Whole, profile: Profile, finish: date) -> list[Notice]:
    """What is published about this path, where the plan differs from it."""
    path, months = whole.path, (finish - profile.start).days / 30.44
    if path.months is None:
        return [Notice("no-published-duration", path.sources[0], (path.id,))]
    if not whole.selection.modules or path.months[0] <= months <= path.months[1]:
        return []
    code = "faster-than-published" if months < path.months[0] else "slower-than-published"
    return [Notice(code, path.sources[0], (path.id, round(months, 1)))]
