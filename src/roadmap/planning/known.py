"""A saved plan read together with a catalogue on a day: who the person is by then, and the plan of what is left.

Everything that is said of a saved plan is made from here: where it stands, what a replan would change, what moved it.
The pace and its numbers are explained in docs/planning.md under "Pace".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log

from roadmap.model.catalogue import Catalogue, Certification, Pace
from roadmap.model.journal import Event, OwnPace, SavedPlan, Standing, effective, standing
from roadmap.model.plan import LeftOut, Option, Plan, Reason
from roadmap.model.profile import Break, Profile, in_break, make_profile, merged
from roadmap.planning.draft import cost_of
from roadmap.planning.forecast import Z
from roadmap.planning.make import make_plan
from roadmap.planning.options import JOINED
from roadmap.planning.route import ways_of
from roadmap.planning.rules import apply_rules

STEP_SCATTER = 0.7
RETAKE_DAYS = 14
RETAKE_SHARE = 0.5


@dataclass(frozen=True)
class Known:
    """A saved plan read together with a catalogue on a day."""

    saved: SavedPlan
    profile: Profile
    catalogue: Catalogue
    today: date
    standing: Standing
    finished: Mapping[str, Mapping[str, int]]
    factors: Mapping[str, float]
    reached: Event | None = None
    """What says that the person has what they wish for; None before."""
    dropped: frozenset[str] = frozenset()
    """Modules that were for ends which are reached, as far as they are open."""


def profile_of(saved: SavedPlan, catalogue: Catalogue) -> Profile:
    """The person of a saved plan as on the day it was first made. Raises ValueError when an answer is wrong."""
    profile, faults = make_profile(saved.answers, catalogue, saved.baseline.made_on)
    if profile is None:
        raise ValueError("; ".join(f.message for f in faults))
    return profile


def know(saved: SavedPlan, catalogue: Catalogue, today: date) -> Known:
    """A saved plan on a day. Raises ValueError when its answers do not fit the catalogue."""
    now = standing(saved.journal)
    profile = profile_of(saved, catalogue)
    finished: dict[str, Mapping[str, int]] = {}
    for id_, event in now.done.items():
        module = catalogue.modules.get(id_)
        # What was learnt stays learnt; and who has finished a module is not sent to one that it replaces since.
        taught = module.teaches if module else {}
        finished[id_] = {s: max(event.teaches.get(s, 0), taught.get(s, 0)) for s in {**taught, **event.teaches}}
    for module in catalogue.modules.values():
        if module.kind == "certify" and module.certification in now.passed:
            finished[module.id] = module.teaches
    factors = apply_rules(catalogue, profile).factors
    known = Known(saved, profile, catalogue, today, now, finished, factors)
    return _with_reached(known) if now.reached else known


def wish_of(catalogue: Catalogue, profile: Profile) -> str:
    """The end that a person's move leads to: a job, a promotion ..., as the goals of the catalogue name them."""
    ways = ways_of(catalogue, profile)
    return ways.wished.move.kind if ways.wished.move else ways.route.goal


def _with_reached(known: Known) -> Known:
    """What is reached counts while it is what the person wishes for; its search is over either way.

    A line that somebody wrote by hand may leave the end out, and means the wish.
    """
    wish = wish_of(known.catalogue, known.profile)
    told = {goal or wish: event for goal, event in known.standing.reached.items()}
    over = {m for move in known.catalogue.moves.values() if move.kind in told for m in move.modules}
    return replace(known, reached=told.get(wish), dropped=frozenset(over - known.finished.keys()))


def rest_of(known: Known, pace: Pace, only: Collection[str] | None, *, told: bool = True, options: bool = True) -> Plan:
    """The plan of what is left from today on, held to some steps (`only`) or chosen anew (None).

    Where nobody is `told` of it, it has its days and figures alone, which takes a third of the time. Without `options`
    nothing is said of what would make it whole.
    """
    catalogue, now = known.catalogue, known.standing
    fees = _paid(known)
    profile = _person_today(known)
    plan = make_plan(
        _with_retakes(known),
        profile,
        known.today,
        pace=pace,
        spent=_spent(known, pace),
        paid=fees,
        frozen=known.finished,
        only=only,
        options=told and options,
        words=told,
    )
    # A budget speaks of the whole way; what has been paid is no longer in the plan that proposes a bigger one.
    ways = tuple(_with_fees(o, fees) for o in plan.options) if fees else plan.options
    retired = set(now.skipped) - set(catalogue.modules)
    left_out = tuple(_why_gone(x, known) for x in plan.left_out if x.id not in retired)
    return replace(plan, options=ways, left_out=left_out)


def _why_gone(one: LeftOut, known: Known) -> LeftOut:
    if one.id not in known.dropped or one.id in known.standing.skipped:
        return one
    return one._replace(reason=Reason("reached", one.reason.source, one.reason.args))


def _with_fees(option: Option, fees: float) -> Option:
    pairs = zip(option.change.split(JOINED), option.value.split(JOINED), strict=True)
    return option._replace(value=JOINED.join(f"{float(v) + fees:g}" if k == "budget_usd" else v for k, v in pairs))


def _person_today(known: Known) -> Profile:
    """The profile from today on: pauses are breaks, skipped steps are skipped, and so is what has become needless.

    The last day for a wish that is reached holds no longer, whatever is wished for now; one that was set since does.
    """
    profile, now = known.profile, known.standing
    gone = now.skipped.keys() | known.dropped
    skipped = [m for m in known.catalogue.modules if m in gone or m in profile.skip]
    elsewhere = _passed_elsewhere(known)
    if profile.deadline in {e.deadline for e in now.reached.values()}:
        profile = replace(profile, deadline=None)
    return replace(
        profile,
        start=max(profile.start, known.today),
        breaks=merged([*profile.breaks, *now.pauses]),
        skip=tuple(skipped),
        keep=tuple(m for m in profile.keep if m not in gone),
        holds=tuple(c for c in known.catalogue.certifications if c in profile.holds or c in elsewhere),
    )


def _passed_elsewhere(known: Known) -> set[str]:
    """Exams passed that no module of the catalogue prepares for."""
    prepared = {m.certification for m in known.catalogue.modules.values()}
    return {c for c in known.standing.passed if c not in prepared}


def _paid(known: Known) -> float:
    """US dollars that finished steps and failed exams have cost."""
    catalogue = known.catalogue
    done = sum(cost_of(catalogue.modules[m], catalogue) for m in known.finished if m in catalogue.modules)
    certs = catalogue.certifications
    return done + sum((certs[c].fee_usd or 0.0) * n for c, (_, n) in known.standing.failed.items() if c in certs)


def _open_failures(known: Known) -> Iterator[tuple[Certification, date]]:
    for id_, (on, _) in known.standing.failed.items():
        if id_ in known.catalogue.certifications and id_ not in known.standing.passed:
            yield known.catalogue.certifications[id_], on


def _with_retakes(known: Known) -> Catalogue:
    """The catalogue with each failed exam closed until it may be sat again."""
    catalogue = known.catalogue
    changed = {}
    for cert, on in _open_failures(known):
        again = on + timedelta(days=RETAKE_DAYS)
        opens = max(again, date.fromisoformat(cert.available_from)) if cert.available_from else again
        if again > known.today:
            changed[cert.id] = replace(cert, available_from=opens.isoformat())
    return replace(catalogue, certifications={**catalogue.certifications, **changed}) if changed else catalogue


def _spent(known: Known, pace: Pace) -> dict[str, float]:
    """Hours that count towards open steps; after a failed exam at least half of its preparation is ahead again."""
    spent = {id_: h for id_, h in known.standing.hours.items() if id_ not in known.finished}
    failed = {cert.id for cert, _ in _open_failures(known)}
    for module in known.catalogue.modules.values():
        if module.certification in failed:
            planned = module.hours.likely * known.factors.get(module.id, 1.0) * pace.median
            most = planned * (1 - RETAKE_SHARE)
            spent[module.id] = min(most, spent.get(module.id, 0.0))
    return spent


def pace_of(known: Known) -> tuple[Pace, OwnPace]:
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


def _observed(known: Known, prior: Pace) -> list[float]:
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


def last_replan(saved: SavedPlan) -> int:
    """Where in the journal the promise was last made; -1 when it is still the first one."""
    counting = {e.id for e in effective(saved.journal)}
    return max((i for i, e in enumerate(saved.journal) if e.kind == "replanned" and e.id in counting), default=-1)


def agreed_breaks(known: Known) -> tuple[Break, ...]:
    """Days off that were taken after the promise was made."""
    counting = {e.id for e in effective(known.saved.journal)}
    recent = known.saved.journal[last_replan(known.saved) + 1 :]
    return merged(Break(e.first, e.last) for e in recent if e.id in counting and e.first and e.last)


def days_off(known: Known, until: date) -> int:
    """Days from the promise up to the day before `until` that were taken off after it was made."""
    pauses, day, count = agreed_breaks(known), known.saved.baseline.made_on, 0
    while day < until:
        count += bool(in_break(day, pauses)) and not in_break(day, known.profile.breaks)
        day += timedelta(days=1)
    return count


def hours_done(known: Known) -> float:
    """Hours that went into the plan; a step called done without any counts the hours it was promised to take."""
    hours, promises = known.standing.hours, known.saved.baseline.steps
    silent = sum(promises[id_].hours for id_ in known.finished if not hours.get(id_) and id_ in promises)
    return sum(hours.values()) + silent


def finished_event(event: Event, catalogue: Catalogue) -> Event:
    """A done event with what its module teaches, kept in case the catalogue changes."""
    module = catalogue.modules.get(event.step)
    return replace(event, teaches=dict(module.teaches)) if module else event
