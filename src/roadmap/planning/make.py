"""make_plan: catalogue, profile and today in, a dated plan out. The only name of the core that others call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from roadmap.model.catalogue import Catalogue, Module, Pace, Path
from roadmap.model.plan import Exam, LeftOut, Notice, Option, Plan, Reason, Step, Week
from roadmap.model.profile import Profile
from roadmap.planning.answer import Facts, answer_of, outline_of
from roadmap.planning.draft import Draft
from roadmap.planning.exams import booked, first_day, with_voucher
from roadmap.planning.forecast import quantile
from roadmap.planning.projects import Chosen, increments, projects_for
from roadmap.planning.reduce import Reduction, hold_to, reduce_to_fit
from roadmap.planning.route import Ending, Ways, ways_of
from roadmap.planning.rules import Adjustments, apply_rules
from roadmap.planning.schedule import QUARTERS, Calendar, DaySpan, schedule
from roadmap.planning.steps import Journey, StepLine, phases
from roadmap.planning.whole import Since, Whole, draw_up, grown


def make_plan(
    catalogue: Catalogue,
    profile: Profile,
    today: date,
    *,
    pace: Pace | None = None,
    spent: Mapping[str, float] | None = None,
    paid: float = 0.0,
    frozen: Mapping[str, Mapping[str, int]] | None = None,
    only: Collection[str] | None = None,
    options: bool = True,
    words: bool = True,
) -> Plan:
    """The plan of one person. Pure: the same arguments give the same plan.

    A plan that is lived with passes five things more: `pace`, the person's own instead of the catalogue's; `spent`,
    hours that already went into steps; `paid`, US dollars of the budget that are gone; `frozen`, finished modules with
    what they taught, which is held and never planned again; `only`, the modules to hold to (with whatever they need)
    instead of choosing what fits the limits.
    The rules and the choice of exams go by the profile as it was, so that progress alone never changes them.
    Without `options` the ways out of a limit, which are plans of their own, are not worked out; without `words`
    neither are reasons, projects and sentences: the answer has its ends, its days and its bill alone, and of what is
    left out only that for which there was no room.
    Raises ValueError when the catalogue has no path for the profile's roles; `make_profile` checks that before.
    """
    path = catalogue.path(profile.role, profile.target, profile.path)
    if path is None:
        raise ValueError(f"no path from {profile.role} to {profile.target}")
    catalogue = catalogue.counting(profile.postings)
    since = Since(pace or catalogue.pace, spent or {}, frozen or {}, paid)
    maker = _Maker(catalogue, profile, today, path, since, only, words)
    return maker.plan(options=options)


SMALLEST = 2


@dataclass(frozen=True)
class _Maker:
    """One person on one day, and what is worked out on the way to their plan."""

    catalogue: Catalogue
    profile: Profile
    today: date
    path: Path
    since: Since
    only: Collection[str] | None
    words: bool = True

    @cached_property
    def person(self) -> Profile:
        """The profile with what finished modules taught counted as held, and with what is left of the budget."""
        return self._left(grown(self.catalogue, self.profile, self.since.frozen))

    def _left(self, profile: Profile) -> Profile:
        """A used-up budget is no wish for free material: rules go by the whole of it, limits by what is left."""
        budget, paid = profile.budget_usd, self.since.paid
        return profile if budget is None or not paid else replace(profile, budget_usd=max(0.0, budget - paid))

    @cached_property
    def ways(self) -> Ways:
        """The route and its ends."""
        return ways_of(self.catalogue, self.profile)

    def whole(self, ending: Ending) -> Whole:
        """Everything an end takes."""
        return draw_up(
            self.catalogue, self.profile, self.path, ending, self.rules, self.since, self._near, told=self.words
        )

    @cached_property
    def rules(self) -> Adjustments:
        """What the rules of the catalogue ask for this person."""
        return apply_rules(self.catalogue, self.profile)

    @cached_property
    def _near(self) -> dict[object, Whole]:
        return {}

    def plan(self, *, options: bool) -> Plan:
        """The plan for the best end in reach."""
        whole, reduction = self._chosen()
        ways: list[Option] = []
        if options and reduction.status != "feasible":
            ways = self._ways_out(reduction)
        return _assemble(self, whole, reduction, ways)

    def finish(self) -> date:
        """The day on which the plan ends, without anything that is said of it."""
        whole, reduction = self._chosen()
        spans, _ = lay_out(self.person, Calendar(self.person), whole.line_of(reduction.kept), whole)
        return max([span.finish for span in spans.values()], default=self.person.start)

    def _chosen(self) -> tuple[Whole, Reduction]:
        if self.only is not None:
            return self._held(self.only)
        endings = self.ways.endings
        named = endings[:-1] if len(endings) > SMALLEST else endings
        for ending in named:
            whole = self.whole(ending)
            reduction = reduce_to_fit(self.person, whole)
            if reduction is not None:
                return whole, reduction
        if named is not endings:
            return self._taste()
        raise AssertionError("the last end asks for nothing")

    def _taste(self) -> tuple[Whole, Reduction]:
        """Where not even the smallest end fits: its first module, in the hours that there are."""
        whole = self.whole(self.ways.endings[-2])
        first = next((m for m in whole.ending.core if m in whole.draft.modules), None)
        if first is None:
            raise AssertionError("a smaller end without a module")
        draft = whole.draft.narrowed({first})
        last = self.person.deadline or self.person.start
        hours = max(1, Calendar(self.person).capacity_until(last))
        draft = replace(draft, quarters={first: min(hours, draft.quarters[first])})
        left = [self._given_up(m) for id_ in self.person.keep if id_ != first and (m := self.catalogue.modules[id_])]
        return replace(whole, draft=draft), Reduction(frozenset({first}), "infeasible", draft.worth, left)

    def _given_up(self, module: Module) -> LeftOut:
        """A module that the person wants and that does not fit."""
        hours = module.hours.likely
        return LeftOut(module.id, module.title, hours, 0.0, Reason("deadline", module.sources[0], (hours, 0.0)))

    def _held(self, only: Collection[str]) -> tuple[Whole, Reduction]:
        """The plan held to its steps: the highest end whose own modules are all promised or done."""
        known = {*only, *self.since.frozen}
        whole = self.whole(self.ways.wished)
        for ending in self.ways.endings:
            whole = self.whole(ending)
            if whole.must <= known:
                break
        return whole, hold_to(self.person, whole, only)

    def _ways_out(self, reduction: Reduction) -> list[Option]:
        from roadmap.planning.options import ways_out

        tiers = ("core", "move") if reduction.status == "infeasible" else ("core", "move", "focus")

        def maker(changed: Profile) -> _Maker:
            left = changed.budget_usd
            return replace(self, profile=replace(changed, budget_usd=None if left is None else left + self.since.paid))

        def redraft(changed: Profile) -> Draft:
            other = maker(changed)
            whole = other.whole(other.ways.wished)
            if self.only is not None:
                return whole.part(hold_to(other.person, whole, self.only).kept)
            return whole.part(whole.ids(*tiers))

        def finish(changed: Profile) -> date:
            return maker(changed).finish()

        now = self._left(self.profile)
        return ways_out(now, redraft(now), redraft, finish)


def lay_out(
    profile: Profile, calendar: Calendar, line: StepLine, whole: Whole
) -> tuple[dict[str, DaySpan], list[Week]]:
    """A line of modules laid into weeks; an exam that opens later is sat on its first possible day.

    Preparation that ends just before a deadline is sat on its last day, holiday or not: the deadline was promised.
    """
    spans, weeks = schedule(calendar, profile, line.sequence, whole.beside)
    for id_, cert in line.draft.exams.items():
        ready, day = spans[id_].finish, first_day(cert, spans[id_].finish, profile.breaks)
        held = profile.deadline is not None and ready <= profile.deadline < day and cert.available_from is None
        spans[id_].finish = ready if held else day
    return spans, weeks


def _projects(maker: _Maker, whole: Whole, steps: Sequence[Step]) -> tuple[Chosen, ...]:
    return projects_for(maker.catalogue, maker.person, steps, smaller=not whole.ending.wished)


def _assemble(maker: _Maker, whole: Whole, reduction: Reduction, options: Sequence[Option]) -> Plan:
    line = whole.line_of(reduction.kept)
    calendar = Calendar(maker.person)
    spans, weeks = lay_out(maker.person, calendar, line, whole)
    steps, journey = line.steps(spans)
    chosen = _projects(maker, whole, steps) if maker.words else ()
    steps = increments(steps, chosen)
    finish = max([s.finish for s in steps], default=maker.person.start)
    p80, p95 = (_later(calendar, finish, line.draft, confidence) for confidence in (80, 95))
    facts = Facts(
        catalogue=maker.catalogue,
        profile=maker.person,
        today=maker.today,
        ways=maker.ways,
        whole=whole,
        steps=tuple(steps),
        weeks=tuple(weeks),
        exams=tuple(_exams(line.draft, steps, maker.person, maker.today)),
        calendar=calendar,
        finish=finish,
        p80=p80,
        options=tuple(options),
        reduction=reduction,
        projects=chosen,
        wish=whole if whole.ending.wished else maker.whole(maker.ways.wished),
    )
    return _plan(maker, facts, p95, line.draft, journey)


def _plan(maker: _Maker, facts: Facts, p95: date, draft: Draft, journey: Journey) -> Plan:
    """The facts as a plan, with the sentences of the answer and all that was left out."""
    whole, reduction, finish = facts.whole, facts.reduction, facts.finish
    return Plan(
        generated_on=maker.today,
        profile=facts.profile,
        path=maker.path,
        status=reduction.status,
        finish=finish,
        finish_p80=facts.p80,
        finish_p95=p95,
        hours=draft.planned / QUARTERS,
        cost_usd=_cost(draft, facts.exams),
        coverage_before=journey.before[0],
        coverage_after=journey.after[0],
        readiness_before=journey.before[1],
        readiness_after=journey.after[1],
        worth=reduction.worth,
        pace=draft.pace.median,
        steps=facts.steps,
        phases=phases(whole.layout.phases, facts.steps, whole.ending.source),
        weeks=facts.weeks,
        exams=facts.exams,
        left_out=(*reduction.left_out, *(whole.left_out if maker.words else ())),
        options=facts.options,
        notices=(*whole.notices, *_durations(whole, facts.profile, finish), *_shared_out(whole, facts.profile)),
        postings=draft.catalogue.market.count,
        route=maker.ways.route,
        answer=answer_of(facts) if maker.words else outline_of(facts),
        later=tuple([x for x in whole.later if x.module.id not in reduction.kept]) if maker.words else (),
    )


def _cost(draft: Draft, exams: Sequence[Exam]) -> float:
    """US dollars for certain: what steps cost, and each exam's fee on its day."""
    listed = sum(e.certification.fee_usd or 0.0 for e in exams)
    return sum(draft.cost.values()) - listed + sum(e.fee_usd for e in exams)


def _later(calendar: Calendar, finish: date, draft: Draft, confidence: int) -> date:
    if not draft.planned:
        return finish
    return max(finish, calendar.day_reached(quantile(draft.planned, draft.deviation, confidence)))


def _exams(draft: Draft, steps: Sequence[Step], profile: Profile, today: date) -> list[Exam]:
    out: list[Exam] = []
    for step in steps if draft.exams else ():
        cert = draft.exams.get(step.id)
        if cert:
            expires = add_months(step.finish, cert.validity_months) if cert.validity_months else None
            exam = booked(Exam(cert, step.id, step.finish, expires, step.reasons), profile, today)
            out.append(with_voucher(exam, [e.certification for e in out]))
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
    if not whole.ending.wished:
        return []
    if path.months is None:
        return [Notice("no-published-duration", path.sources[0], (path.id,))]
    if not whole.selection.modules or path.months[0] <= months <= path.months[1]:
        return []
    code = "faster-than-published" if months < path.months[0] else "slower-than-published"
    return [Notice(code, path.sources[0], (path.id, round(months, 1)))]


def _shared_out(whole: Whole, profile: Profile) -> list[Notice]:
    """Weekdays that do not add up to the hours a week: what they are read as."""
    days = profile.availability.days
    given, wanted = sum(days) / QUARTERS, profile.hours_per_week
    if not days or given == wanted:
        return []
    return [Notice("days-shared-out", whole.path.sources[0], (given, wanted, *days))]
