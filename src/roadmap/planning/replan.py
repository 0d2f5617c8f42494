"""A saved plan made anew from today, and the ways out of being late or over a budget: each is a replan that was run."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Baseline, Progress, Promise, SavedPlan, Way
from roadmap.model.plan import Plan
from roadmap.model.profile import FIELD, Availability, as_number, check_answer
from roadmap.model.times import MOST_A_DAY, MOST_HOURS, shared_out
from roadmap.planning.known import Known, hours_done, know, pace_of, rest_of
from roadmap.planning.options import FEWER
from roadmap.planning.schedule import QUARTERS, Calendar

LIMITS = ("deadline", "budget_usd")
ROOM = frozenset({*LIMITS, "hours_per_week", "start", "breaks", "availability", "confidence", "review"})
"""Answers that say how much fits, not what is asked for."""
WORDS = frozenset({"name", "language"})


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
    add: bool = False,
) -> tuple[SavedPlan, Plan]:
    """The saved plan made anew from today, and its plan; nothing is written here.

    `changes` are answers to replace (None takes one back). The plan holds to the steps promised before, whatever the
    limits say; what the new answers or a newer catalogue ask for joins them, and what a limit kept out once that limit
    is taken back. With `add` what was left out comes back where it fits. With `drop` the limits decide instead: what
    does not fit is left out, and says so. Finished steps stay finished. Raises ValueError when the changed answers do
    not fit the catalogue.
    """
    known = know(replace(saved, answers=_answers(saved, changes, catalogue)), catalogue, today)
    pace, _ = pace_of(known)
    if drop:
        plan = rest_of(known, pace, only=None)
    else:
        wanted = {*saved.baseline.steps, *_joining(saved, known, changes, add=add)}
        plan = rest_of(known, pace, only=wanted - known.finished.keys())
    old = {id_: p for id_, p in saved.baseline.steps.items() if id_ in known.finished}
    new = promised(plan, today, hours_done(known))
    # What is finished lies before the new promise, so that its hours are not promised again.
    last = today - timedelta(days=1)
    kept = {id_: replace(p, start=min(p.start, last), finish=min(p.finish, last)) for id_, p in old.items()}
    baseline = replace(new, steps={**kept, **new.steps})
    return replace(known.saved, catalogue=catalogue.version, baseline=baseline), plan


def _answers(saved: SavedPlan, changes: Mapping[str, object], catalogue: Catalogue) -> dict[str, object]:
    """The answers with changes laid over: new hours are shared out over the days that were named, and new days say how
    many hours a week has.
    """
    answers = {k: v for k, v in {**saved.answers, **changes}.items() if v is not None}
    when, _ = check_answer("availability", answers.get("availability") or {}, catalogue)
    if not isinstance(when, Availability) or not any(when.days):
        return answers
    if "availability" in changes and "hours_per_week" not in changes:
        answers.pop("hours_per_week", None)
    elif (hours := as_number(changes.get("hours_per_week"))) and hours * QUARTERS <= MOST_A_DAY * sum(
        map(bool, when.days)
    ):
        shared: Any = FIELD["availability"].printed(replace(when, days=shared_out(when.days, hours)))
        answers["availability"] = {k: v for k, v in shared.items() if v}
    return answers


def _joining(saved: SavedPlan, known: Known, changes: Mapping[str, object], *, add: bool) -> set[str]:
    """Steps beside those promised: what these changes ask for and the old answers did not."""

    def chosen(one: Known) -> set[str]:
        return {s.id for s in rest_of(one, pace_of(one)[0], only=None).steps}

    opened = [key for key in LIMITS if key in changes and changes[key] is None and saved.answers.get(key) is not None]
    if add or opened or saved.catalogue != known.catalogue.version:
        return chosen(known)
    if not changes.keys() - ROOM - WORDS:
        return set()
    room = {k: v for k, v in changes.items() if k in ROOM}
    before = know(replace(saved, answers=_answers(saved, room, known.catalogue)), known.catalogue, known.today)
    return chosen(known) - chosen(before)


def ways_back(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> tuple[Way, ...]:
    """How to deal with a budget that no longer does and with a finish later than promised; nothing when all is kept.

    Each way is run before it is offered, so that its command gives this very day.
    """
    plan, deadline = now.plan, now.plan.profile.deadline
    if not plan.steps:
        return ()
    ways = list(_money(saved, catalogue, now)) if now.over_budget else []
    if now.reached and not now.late:
        return tuple(ways)  # what is left may take its time
    target = deadline if deadline and now.late else now.baseline.finish + timedelta(days=now.agreed)
    if plan.finish <= target:
        return tuple(ways)
    # A deadline that still holds at even odds, and not as surely as it should, is what a drop is for.
    last = deadline if deadline and now.unsure else target
    ways.append(Way("shift", "", replanned(saved, catalogue, now.today, {})[1].finish))
    ways += _faster(saved, catalogue, now, target)
    if deadline is None or now.late or now.unsure:
        ways += _shorter(saved, catalogue, now, last)
    if deadline and now.late:
        later = plan.finish_p80.isoformat()
        ways.append(Way("deadline", later, replanned(saved, catalogue, now.today, {"deadline": later})[1].finish))
    return tuple(ways)


def _money(saved: SavedPlan, catalogue: Catalogue, now: Progress) -> Iterator[Way]:
    """A bigger budget or fewer exams, one answer at a time: the sum is what the whole way costs, paid fees too."""
    more = f"{(as_number(saved.answers.get('budget_usd')) or 0) + now.over_budget:.2f}".rstrip("0").rstrip(".")
    fewer = FEWER.get(now.plan.profile.certifications, ())
    for tries in ([("budget_usd", more)], [("certifications", f) for f in fewer]):
        for key, value in tries:
            plan = replanned(saved, catalogue, now.today, {key: value})[1]
            if not _over(plan):
                yield Way(key, value, plan.finish, _gone(now.plan, plan))
                break


def _gone(before: Plan, after: Plan) -> tuple[str, ...]:
    """Steps that are no longer planned."""
    kept = {s.id for s in after.steps}
    return tuple(s.id for s in before.steps if s.id not in kept)


def _over(plan: Plan) -> bool:
    budget = plan.profile.budget_usd
    return budget is not None and plan.cost_usd > budget


def _faster(saved: SavedPlan, catalogue: Catalogue, now: Progress, target: date) -> Iterator[Way]:
    """The fewest whole hours a week with which nothing has to go."""
    total = round(now.plan.hours * QUARTERS)
    most = MOST_A_DAY * sum(map(bool, now.plan.profile.availability.days)) // QUARTERS or MOST_HOURS
    for hours in range(int(now.plan.profile.hours_per_week) + 1, min(most, MOST_HOURS) + 1):
        faster = replace(now.plan.profile, hours_per_week=hours)
        if Calendar(faster).capacity_until(target) < total:
            continue
        plan = replanned(saved, catalogue, now.today, {"hours_per_week": hours})[1]
        if plan.finish <= target:
            yield Way("hours_per_week", str(hours), plan.finish, days=plan.profile.availability.days)
            return


def _shorter(saved: SavedPlan, catalogue: Catalogue, now: Progress, target: date) -> Iterator[Way]:
    """What goes when the limits decide. A day that has passed is reached by nothing."""
    if target < now.plan.profile.start:
        return
    last = target.isoformat()
    plan = replanned(saved, catalogue, now.today, {"deadline": last}, drop=True)[1]
    gone = _gone(now.plan, plan)
    if gone and plan.status != "infeasible" and plan.finish <= target:
        yield Way("drop", last, plan.finish, gone)
