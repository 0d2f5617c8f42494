"""make_plan: catalogue, profile and today in, a dated plan out. The only name of the core that others call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue, Module, Pace, Path
from roadmap.model.market import UNIT, WORKING_LEVEL
from roadmap.model.plan import Exam, LeftOut, Notice, Option, PhaseSpan, Plan, Step, Week
from roadmap.model.profile import Profile
from roadmap.planning.exams import choose_exams, first_day
from roadmap.planning.forecast import quantile, quarters, spread
from roadmap.planning.order import Placed, order
from roadmap.planning.reduce import Draft, Reduction, gains_of, hold_to, narrowed, opening_days, reduce_to_fit
from roadmap.planning.rules import Adjustments, apply_rules, remember
from roadmap.planning.schedule import QUARTERS, Span, day_reached, schedule
from roadmap.planning.select import Chooser, Selection, select, target_levels

RESOURCES_SHOWN = 4


@dataclass(frozen=True)
class _Timed:
    """A draft laid into the calendar."""

    placed: list[Placed]
    spans: dict[str, Span]
    weeks: list[Week]
    finish: date


@dataclass(frozen=True)
class _Drafted:
    """Everything decided about a person before limits are looked at."""

    rules: Adjustments
    chooser: Chooser
    selection: Selection
    draft: Draft


@dataclass(frozen=True)
class _Since:
    """What has happened since a plan was made: the pace to expect, hours spent on open steps, finished modules."""

    pace: Pace
    spent: Mapping[str, float] = field(default_factory=dict)
    frozen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


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
    since = _Since(pace or catalogue.pace, spent or {}, frozen or {})
    whole = _draft(catalogue, profile, path, since)
    person, draft = whole.chooser.profile, whole.draft
    if only is None:
        reduction = reduce_to_fit(person, path, draft, whole.chooser)
    else:
        reduction = hold_to(person, draft, only)
        draft = narrowed(draft, reduction.kept)
    options: list[Option] = []
    if reduction.status != "feasible":
        from roadmap.planning.options import ways_out

        options = ways_out(profile, draft, lambda changed: _redraft(catalogue, changed, path, since, only))
    return _assemble(catalogue, person, today, path, whole, reduction, options, since.pace)


def _redraft(catalogue: Catalogue, profile: Profile, path: Path, since: _Since, only: Collection[str] | None) -> Draft:
    whole = _draft(catalogue, profile, path, since)
    if only is None:
        return whole.draft
    return narrowed(whole.draft, hold_to(whole.chooser.profile, whole.draft, only).kept)


def _grown(catalogue: Catalogue, profile: Profile, frozen: Mapping[str, Mapping[str, int]]) -> Profile:
    """The profile with what finished modules taught counted as held."""
    if not frozen:
        return profile
    levels = {s: max(profile.have.get(s, 0), *(t.get(s, 0) for t in frozen.values())) for s in catalogue.skills}
    return replace(profile, have={s: level for s, level in levels.items() if level})


def _draft(catalogue: Catalogue, profile: Profile, path: Path, since: _Since) -> _Drafted:
    rules = apply_rules(catalogue, profile)
    exams, passed = choose_exams(catalogue, profile, rules)
    profile = _grown(catalogue, profile, since.frozen)
    chooser = Chooser(catalogue, profile, rules)
    selection = select(chooser, path, [m for m in exams if m.id not in since.frozen])
    for id_ in since.frozen:
        selection.modules.pop(id_, None)
    gone = {x.id for x in selection.left_out}
    selection.left_out += [x for x in passed if x.id not in gone]
    selection.left_out = [x for x in selection.left_out if x.id not in since.frozen]
    modules, factors, wanted = selection.modules, rules.factors, target_levels(catalogue, profile)
    draft = Draft(
        modules=modules,
        quarters={i: _open_quarters(m, factors.get(i, 1.0), since) for i, m in modules.items()},
        cost={i: cost_of(m, catalogue) for i, m in modules.items()},
        gains={i: gains_of(catalogue, m, profile.have, wanted) for i, m in modules.items()},
        bonus={i: _bonus(catalogue, rules, m) for i, m in modules.items()},
        opens=opening_days(catalogue, profile, modules),
        estimates={i: (m.hours, factors.get(i, 1.0)) for i, m in modules.items()},
        pace=since.pace,
    )
    return _Drafted(rules, chooser, selection, draft)


def _open_quarters(module: Module, factor: float, since: _Since) -> int:
    """Quarter hours still to plan. A step that took all its hours and is not done counts a tenth of them more."""
    planned = quarters(module.hours.likely, factor, since.pace)
    return max(1, planned // 10, planned - round(since.spent.get(module.id, 0.0) * QUARTERS))


def _bonus(catalogue: Catalogue, rules: Adjustments, module: Module) -> float:
    domain = catalogue.worth.domain if module.domain else 0.0
    return catalogue.worth.least + domain + sum(r.weight for r in rules.added.get(module.id, ()))


def cost_of(module: Module, catalogue: Catalogue) -> float:
    """US dollars a step costs for certain: its own cost and the fee of its exam."""
    cert = catalogue.certifications.get(module.certification or "")
    return module.cost_usd + (cert.fee_usd or 0.0 if cert else 0.0)


def lay_out(
    catalogue: Catalogue,
    profile: Profile,
    path: Path,
    rules: Adjustments,
    modules: Mapping[str, Module],
    quarters: Mapping[str, int],
) -> _Timed:
    """Order a set of modules and lay it into weeks; an exam that opens later is sat on its first possible day."""
    placed = order(catalogue, modules, path, rules, profile.have)
    spans, weeks = schedule(profile, [(p, quarters[p.module.id]) for p in placed])
    for one in placed:
        cert = catalogue.certifications.get(one.module.certification or "")
        if cert:
            span = spans[one.module.id]
            span.finish = first_day(cert, span.finish, profile.breaks)
    return _Timed(placed, spans, weeks, max((s.finish for s in spans.values()), default=profile.start))


def _assemble(
    catalogue: Catalogue,
    profile: Profile,
    today: date,
    path: Path,
    whole: _Drafted,
    reduction: Reduction,
    options: Sequence[Option],
    pace: Pace,
) -> Plan:
    rules, selection, draft = whole.rules, whole.selection, whole.draft
    kept = {id_: m for id_, m in draft.modules.items() if id_ in reduction.kept}
    timed = lay_out(catalogue, profile, path, rules, kept, draft.quarters)
    steps, measures = _steps(catalogue, profile, selection, draft, timed)
    planned = sum(draft.quarters[id_] for id_ in kept)
    deviation = spread(((m.hours, rules.factors.get(id_, 1.0)) for id_, m in kept.items()), pace)
    p80, p95 = (_later(profile, timed.finish, planned, quantile(planned, deviation, c)) for c in (80, 95))
    return Plan(
        generated_on=today,
        profile=profile,
        path=path,
        status=reduction.status,
        finish=timed.finish,
        finish_p80=p80,
        finish_p95=p95,
        hours=planned / QUARTERS,
        cost_usd=sum(draft.cost[id_] for id_ in kept),
        coverage_before=measures[0][0],
        coverage_after=measures[-1][0],
        readiness_before=measures[0][1],
        readiness_after=measures[-1][1],
        worth=reduction.worth,
        pace=pace.median,
        steps=tuple(steps),
        phases=_phases(path, steps),
        weeks=tuple(timed.weeks),
        exams=tuple(_exams(catalogue, steps)),
        left_out=tuple(reduction.left_out + _sorted(selection.left_out)),
        options=tuple(options),
        notices=tuple(_notices(selection, rules, profile, timed.finish, path)),
        postings=catalogue.market.count,
    )


def _later(profile: Profile, finish: date, planned: int, total: int) -> date:
    return max(finish, day_reached(profile, total)) if planned else finish


def _sorted(left_out: Sequence[LeftOut]) -> list[LeftOut]:
    return sorted(left_out, key=lambda x: (-x.worth, x.id))


def _steps(
    catalogue: Catalogue,
    profile: Profile,
    selection: Selection,
    draft: Draft,
    timed: _Timed,
) -> tuple[list[Step], list[tuple[float, float]]]:
    """Steps in the order they begin, and coverage and readiness before the first and after each."""
    held = dict(profile.have)
    counter = catalogue.market.counter()
    working = {s for s, level in held.items() if level >= WORKING_LEVEL}
    units = catalogue.market.units
    covered = 0
    for skill in working:
        counter.add(skill)
        covered += units.get(skill, 0)
    measures = [(min(1.0, covered / UNIT), counter.readiness())]
    steps = []
    for placed in sorted(timed.placed, key=lambda p: timed.spans[p.module.id].finish):
        module, id_ = placed.module, placed.module.id
        span = timed.spans[id_]
        gained = {s: level for s, level in module.teaches.items() if level > held.get(s, 0)}
        held.update(gained)
        for skill, level in gained.items():
            if level >= WORKING_LEVEL and skill not in working:
                working.add(skill)
                counter.add(skill)
                covered += units.get(skill, 0)
        measures.append((min(1.0, covered / UNIT), counter.readiness()))
        scale = draft.quarters[id_] / (module.hours.likely * QUARTERS)
        steps.append(
            Step(
                module=module,
                phase=placed.phase,
                start=span.start,
                finish=span.finish,
                hours=draft.quarters[id_] / QUARTERS,
                hours_low=min(draft.quarters[id_] / QUARTERS, round(module.hours.low * scale * 2) / 2 or 0.25),
                hours_high=max(draft.quarters[id_] / QUARTERS, round(module.hours.high * scale * 2) / 2),
                cost_usd=draft.cost[id_],
                teaches=gained,
                after=placed.after,
                resources=shown_resources(module, catalogue, free_only=profile.budget_usd == 0),
                reasons=tuple(selection.wanted[id_]),
                coverage_after=measures[-1][0],
                readiness_after=measures[-1][1],
            )
        )
    place = {p.module.id: i for i, p in enumerate(timed.placed)}
    steps.sort(key=lambda s: (s.start, place[s.id]))
    return steps, measures


def shown_resources(module: Module, catalogue: Catalogue, *, free_only: bool = False) -> tuple[str, ...]:
    """The live resources of a module in the catalogue's order of fit; for a budget of 0 only the free ones."""
    key = ("resources", module.id, free_only)
    alive: tuple[str, ...] | None = catalogue.memo.get(key)
    if alive is None:
        dead = ("closed", "superseded")
        live = [r for r in module.resources if catalogue.resources[r].state not in dead]
        free = [r for r in live if catalogue.resources[r].cost == "free"]
        alive = tuple((free or live if free_only else live)[:RESOURCES_SHOWN])
        remember(catalogue, key, alive)
    return alive


def _phases(path: Path, steps: Sequence[Step]) -> tuple[PhaseSpan, ...]:
    out = []
    for phase in path.phases:
        inside = [s for s in steps if s.phase == phase.id]
        if inside:
            out.append(
                PhaseSpan(
                    phase.id,
                    phase.title,
                    phase.because,
                    phase.source,
                    min(s.start for s in inside),
                    max(s.finish for s in inside),
                    sum(s.hours for s in inside),
                )
            )
    return tuple(out)


def _exams(catalogue: Catalogue, steps: Sequence[Step]) -> list[Exam]:
    out = []
    for step in steps:
        cert = catalogue.certifications.get(step.module.certification or "")
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


def _notices(selection: Selection, rules: Adjustments, profile: Profile, finish: date, path: Path) -> list[Notice]:
    out = [*selection.notices, *(Notice("rule-note", rule.source, (rule.id,)) for rule in rules.notes)]
    months = (finish - profile.start).days / 30.44
    if path.months is None:
        out.append(Notice("no-published-duration", path.sources[0], (path.id,)))
    elif selection.modules and not path.months[0] <= months <= path.months[1]:
        code = "faster-than-published" if months < path.months[0] else "slower-than-published"
        out.append(Notice(code, path.sources[0], (path.id, round(months, 1))))
    return out
