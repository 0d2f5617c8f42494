"""Where somebody stands in a saved plan of a few lines: dates, hours, causes, concerns and the story between two days.

The plan takes eight hours a week: calls, scores, two weeks of agents, the exam, then half a week of letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from math import exp, log
from typing import Any

import pytest

from roadmap.model.advice import Focus
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress, SavedPlan
from roadmap.model.rules import Regulation
from roadmap.planning.causes import causes, missed_gates, needs
from roadmap.planning.earlier import earlier_plans
from roadmap.planning.forecast import Z
from roadmap.planning.known import STEP_SCATTER, know, rest_of
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised, replanned
from roadmap.planning.story import one_plan, replans, story
from tests.tiny import MONDAY, Extra, certification, phase, planned, tiny

LINES = """
calls    8h  teaches calls
scores   8h  needs calls teaches scores
agents   16h needs calls teaches agents public=yes
proof    8h  certify certification=ex needs scores
letters  4h  search
"""
ANSWERS: dict[str, Any] = {"start": MONDAY.isoformat(), "hours_per_week": 8, "certifications": "one"}
DAY = timedelta(days=1)
NUMBERS = count(1)


def world(
    pace: tuple[float, float] = (1.0, 1.0001), extra_fields: Mapping[str, Focus] | None = None, **exam: Any
) -> Catalogue:
    told: dict[str, Any] = {"validity_months": 12, **exam}
    return tiny(
        LINES,
        core="calls scores agents proof",
        move="letters",
        act_after="scores",
        asks="calls scores agents",
        demand="calls=9 scores=6 agents=4",
        pace=pace,
        extra=Extra(exams=[certification("ex", **told)], fields=extra_fields or {}),
    )


def kept(catalogue: Catalogue, *journal: Event, **answers: Any) -> SavedPlan:
    made = {**ANSWERS, **answers}
    base = promised(planned(catalogue, **made), MONDAY)
    return SavedPlan(1, catalogue.version, {"role": "start", **made}, base, journal, id="a")


def event(kind: Any, on: int, step: str = "", **more: Any) -> Event:
    return Event(id=f"e{next(NUMBERS)}", on=MONDAY + on * DAY, kind=kind, step=step, **more)


def off(told_on: int, first: int, last: int) -> Event:
    return event("paused", told_on, first=MONDAY + first * DAY, last=MONDAY + last * DAY)


def after(days: int, *journal: Event, catalogue: Catalogue | None = None, **answers: Any) -> Progress:
    known = catalogue or world()
    return progress(kept(known, *journal, **answers), known, MONDAY + days * DAY)


def moved(days: int, *journal: Event, catalogue: Catalogue | None = None) -> dict[str, int]:
    known = catalogue or world()
    saved = kept(known, *journal)
    now = progress(saved, known, MONDAY + days * DAY)
    found = {c.code: c.days for c in causes(saved, known, now)}
    assert sum(found.values()) == now.drift
    return found


def concerns(now: Progress) -> dict[str, tuple[str | int, ...]]:
    return {c.code: c.args for c in needs(now)}


# --- dates and states ------------------------------------------------------------------------------------------------


def test_the_plan_of_these_tests() -> None:
    steps = {s.id: ((s.start - MONDAY).days, (s.finish - MONDAY).days) for s in planned(world(), **ANSWERS).steps}
    assert steps == {"calls": (0, 6), "scores": (7, 13), "agents": (14, 27), "proof": (28, 34), "letters": (35, 38)}


@pytest.mark.parametrize(("days", "state"), [(0, "on-track"), (7, "on-track"), (8, "behind"), (30, "behind")])
def test_a_week_late_is_still_on_track(days: int, state: str) -> None:
    now = after(days)
    assert (now.state, now.drift, now.agreed, now.delay) == (state, days, 0, days)
    assert now.hours_planned == pytest.approx(8 * days / 7 if days <= 28 else 32 + 8 * 2 / 7) and now.hours_done == 0


def test_before_its_first_day_a_plan_has_not_started_unless_somebody_works() -> None:
    start: dict[str, Any] = {"start": (MONDAY + 7 * DAY).isoformat()}
    assert after(0, **start).state == after(6, **start).state == "not-started"
    assert after(7, **start).state == "on-track"
    assert after(1, event("logged", 1, "calls", hours=2.0), **start).state == "on-track"


def early(steps: int) -> list[Event]:
    ids = ("calls", "scores", "agents", "letters")[:steps]
    return [event("done", 1, i, hours=h, evidence="x") for i, h in zip(ids, (8.0, 8.0, 16.0, 4.0), strict=False)]


def test_ahead_needs_the_hours_as_long_as_the_own_pace_is_not_known() -> None:
    assert after(2, *early(3)).state == "ahead"
    silent = [replace(e, hours=0.5) for e in early(2)]
    slow = after(21, *silent, event("skipped", 2, "agents", reason="known"))
    assert slow.delay < 0 and slow.hours_done < slow.hours_planned and slow.state == "on-track"


def test_a_plan_without_steps_is_finished_and_has_no_drift() -> None:
    passed = event("exam", 3, exam="ex", result="passed")
    now = after(50, *early(4), passed)
    assert (now.state, now.drift, now.agreed, now.plan.steps) == ("finished", 0, 0, ())
    assert concerns(now) == {"finished": ()}


def test_days_off_after_the_promise_are_no_delay() -> None:
    now = after(14, off(3, 7, 13))
    assert (now.drift, now.agreed, now.delay, now.state) == (14, 7, 7, "on-track")
    assert now.hours_planned == pytest.approx(8)
    assert after(14, off(3, 200, 210)).agreed == 0
    assert after(14).agreed == 0


def test_days_off_that_the_profile_holds_already_are_not_agreed_again() -> None:
    breaks = [{"from": (MONDAY + 7 * DAY).isoformat(), "to": (MONDAY + 13 * DAY).isoformat()}]
    now = after(14, off(3, 7, 13), breaks=breaks)
    assert now.agreed == 0 and now.hours_planned == pytest.approx(after(14, breaks=breaks).hours_planned)


def test_days_off_before_a_replan_belong_to_its_promise() -> None:
    known = world()
    saved, _ = replanned(kept(known, off(3, 7, 13)), known, MONDAY + 4 * DAY, {})
    saved = replace(saved, journal=(*saved.journal, event("replanned", 4, text="t")))
    assert progress(saved, known, MONDAY + 5 * DAY).agreed == 0
    later = replace(saved, journal=(*saved.journal, off(5, 14, 20)))
    assert progress(later, known, MONDAY + 5 * DAY).agreed == 7


# --- hours ------------------------------------------------------------------------------------------------------------


def test_hours_a_week_count_four_weeks_and_not_the_days_off() -> None:
    logs = [event("logged", d, "agents", hours=4.0) for d in (1, 8, 15, 22)]
    assert after(28, *logs).weekly == pytest.approx(4.0)
    assert after(28, *logs, off(23, 23, 27)).weekly == pytest.approx(16 * 7 / 23)
    assert after(56, *logs).weekly == pytest.approx(0)
    assert after(28).weekly is None


def test_below_two_weeks_nothing_is_said_of_the_hours_a_week() -> None:
    log_ = event("logged", 1, "calls", hours=6.0)
    assert after(13, log_).weekly is None
    assert after(14, log_).weekly == pytest.approx(3.0)
    assert after(20, log_, off(2, 5, 11)).weekly is None
    assert after(21, log_, off(2, 5, 11)).weekly == pytest.approx(3.0)


def test_what_was_told_at_once_was_done_since_the_entry_before_it() -> None:
    """Thirty hours told on the 35th day were done over 35 days, of which four weeks count."""
    assert after(36, event("logged", 34, "calls", hours=35.0)).weekly == pytest.approx(35 * 27 / 35 * 7 / 28)


def test_the_finish_at_these_hours_is_told_where_it_differs() -> None:
    half = after(28, *[event("logged", d, "calls", hours=4.0) for d in (1, 8, 15, 22)])
    assert half.at_weekly is not None and (half.at_weekly - half.today).days == pytest.approx(36 / 4 * 7, abs=1)
    assert after(28, *[event("logged", d, "calls", hours=7.0) for d in (1, 8, 15, 22)]).at_weekly is None
    assert after(28, event("logged", 1, "calls", hours=0.1)).at_weekly is None


def test_hours_of_steps_done_in_silence_are_those_promised() -> None:
    assert after(8, event("done", 6, "calls", evidence="x")).hours_done == 8
    assert after(8, event("done", 6, "calls", evidence="x", hours=5.0)).hours_done == 5
    assert after(8, event("logged", 6, "calls", hours=3.0), event("done", 7, "scores", evidence="x")).hours_done == 11


def test_the_own_pace_is_the_mean_of_the_steps_between_the_prior_and_what_was_seen() -> None:
    known = world(pace=(1.0, 1.5))
    one = after(8, event("done", 6, "calls", hours=16.0, evidence="x"), catalogue=known).pace
    assert one.ratio == pytest.approx(2) and (one.count, one.prior) == (1, 1)
    prior, seen = 1 / (log(1.5) / Z[80]) ** 2, 1 / STEP_SCATTER**2
    assert one.median == pytest.approx(exp(log(2) * seen / (prior + seen)))
    assert after(8, event("logged", 6, "calls", hours=16.0), catalogue=known).pace.count == 1
    assert after(8, event("logged", 6, "calls", hours=8.0), catalogue=known).pace.count == 0


# --- what is shown beside the dates -----------------------------------------------------------------------------------


def test_the_next_milestone_is_the_earliest_thing_to_show() -> None:
    first = after(0).milestone
    assert first and (first.kind, first.title, first.on) == ("public", "Agents", MONDAY + 27 * DAY)
    second = after(0, event("skipped", 0, "agents", reason="x")).milestone
    assert second and (second.kind, second.title) == ("exam", "EX")


def test_what_was_passed_is_valid_for_its_months() -> None:
    passed = event("exam", 30, exam="ex", result="passed")
    (earned,) = after(40, passed).earned
    assert (earned.on, earned.expires_on) == (MONDAY + 30 * DAY, date(2028, 2, 3))
    (endless,) = after(40, passed, catalogue=world(validity_months=None)).earned
    assert endless.expires_on is None
    assert after(40, event("exam", 30, exam="gone", result="passed")).earned == ()


def stale(days: int, catalogue: Catalogue, saved: SavedPlan | None = None) -> dict[str, tuple[Any, ...]]:
    now = progress(saved or kept(catalogue), catalogue, MONDAY + days * DAY)
    return {n.code: n.args for n in now.stale}


def test_facts_grow_old_after_half_a_year_and_a_year() -> None:
    known = world(checked="2027-01-04")
    assert stale(180, known) == {}
    assert stale(181, known) == {"exam-unchecked": ("ex", "2027-01-04")}
    assert "resources-unchecked" not in stale(362, known)
    assert stale(363, known)["resources-unchecked"] == (1,)
    for checked in ("2027", "2027-01"):
        days = 178
        assert "exam-unchecked" in stale(days, world(checked=checked))
        assert "exam-unchecked" not in stale(days - 1, world(checked=checked))
    assert "exam-unchecked" not in stale(181, known, kept(known, event("skipped", 1, "proof", reason="x")))


def test_an_exam_that_ends_and_another_catalogue_are_told() -> None:
    known = world()
    ends = world(retires_on="2027-12-31", checked="2020-01-01")
    assert stale(0, ends) == {"exam-ends": ("ex",)}
    assert stale(0, replace(known, version="2"), kept(known)) == {"new-catalogue": ("1", "2")}
    assert stale(0, known) == {}


def test_steps_that_the_catalogue_lost_and_those_skipped_are_named() -> None:
    known = world()
    saved = kept(known)
    less = replace(known, modules={i: m for i, m in known.modules.items() if i != "letters"})
    assert progress(saved, less, MONDAY).lost == ("letters",)
    now = after(0, event("skipped", 0, "agents", reason="x"))
    assert ([e.step for e in now.skipped], now.lost, now.waived) == (["agents"], (), ())
    kept_on = after(0, event("skipped", 0, "calls", reason="x"))
    assert kept_on.skipped == () and kept_on.plan.step("calls")


# --- causes and concerns ----------------------------------------------------------------------------------------------


def test_the_finish_moves_by_work_skipped_steps_days_off_and_failed_exams() -> None:
    assert moved(0) == {}
    assert moved(14) == {"work": 14}
    assert moved(14, off(3, 7, 13)) == {"work": 7, "paused": 7}
    assert moved(7, event("skipped", 3, "agents", reason="known")) == {"work": 7, "skipped": -14}
    assert moved(14, off(3, 21, 27)) == {"work": 14, "paused": 7}
    done = [event("done", 1, i, evidence="x") for i in ("calls", "scores", "agents", "letters")]
    failed = event("exam", 30, exam="ex", result="failed")
    both = moved(36, *done, event("logged", 29, "proof", hours=8.0), failed)
    assert both["failed"] > 0 and both.keys() <= {"work", "failed"}


def test_the_own_pace_moves_the_finish() -> None:
    slow = moved(7, event("done", 6, "calls", hours=16.0, evidence="x"), catalogue=world(pace=(1.0, 1.5)))
    assert slow["pace"] > 0 and slow.keys() <= {"work", "pace"}


def test_who_is_silent_for_two_weeks_is_looked_at_unless_away() -> None:
    assert concerns(after(13)) == {"behind": (13,)}
    assert concerns(after(14)) == {"behind": (14,), "nothing-yet": (14,)}
    worked = event("logged", 2, "calls", hours=8.0)
    assert "idle" not in concerns(after(15, worked))
    assert concerns(after(16, worked))["idle"] == (14,)
    assert concerns(after(16, worked, event("note", 15, text="hi")))["idle"] == (14,)
    away = concerns(after(30, worked, off(3, 28, 33)))
    assert "idle" not in away and away["away"] == ((MONDAY + 33 * DAY).isoformat(),)
    assert "idle" not in concerns(after(20, worked, off(3, 5, 11)))
    assert "nothing-yet" not in concerns(after(20, start=(MONDAY + 25 * DAY).isoformat()))


def test_exams_near_failed_and_over_the_budget_are_told() -> None:
    done = [event("done", 1, i, evidence="x") for i in ("calls", "scores")]
    assert "exam" not in concerns(after(0))
    near = after(13, *done)
    assert concerns(near)["exam"] == ("ex", (near.plan.exams[0].exam_on - near.today).days)
    failed = after(40, event("exam", 30, exam="ex", result="failed"), budget_usd=100)
    assert concerns(failed)["failed"] == ("ex", 10)
    assert failed.over_budget == 100 and concerns(failed)["over-budget"] == (100,)
    again = after(40, event("exam", 30, exam="ex", result="failed"), event("exam", 39, exam="ex", result="passed"))
    assert "failed" not in concerns(again)


def test_who_is_blocked_too_fast_or_late_is_looked_at() -> None:
    assert concerns(after(3, event("note", 2, text="Blocked by keys")))["blocked"] == ("Blocked by keys",)
    assert "blocked" not in concerns(after(4, event("note", 2, text="blocked"), event("logged", 3, "calls", hours=1.0)))
    quick = [event("done", 6, "calls", hours=3.0), event("done", 6, "scores", hours=3.0)]
    assert concerns(after(7, *quick))["too-fast"] == (2, 38)
    assert "too-fast" not in concerns(after(7, quick[0]))
    assert "too-fast" not in concerns(after(7, *[replace(e, evidence="x") for e in quick]))
    assert "too-fast" not in concerns(after(7, *[replace(e, hours=4.0) for e in quick]))
    late = after(20, deadline=(MONDAY + 50 * DAY).isoformat())
    assert concerns(late)["late"] == ((late.plan.finish - MONDAY).days - 50,)
    assert "late" not in concerns(after(2, deadline=(MONDAY + 50 * DAY).isoformat()))


def test_old_facts_are_a_concern_by_their_number() -> None:
    assert concerns(after(400, catalogue=world(checked="2027-01-04")))["stale"] == (2,)


def test_gates_whose_day_has_passed_are_missed_days_off_aside() -> None:
    known = world()
    saved = kept(known)
    gates = planned(known, **ANSWERS).answer.gates
    assert gates, "the plan has gates"
    last = max(g.on for g in gates)

    def missed(day: date, *journal: Event) -> set[str]:
        state = replace(saved, journal=journal)
        return {g.step for g in missed_gates(state, known, progress(state, known, day))}

    assert missed(MONDAY) == set()
    assert missed(last) == {g.step for g in gates if g.on < last}
    assert missed(last + DAY) == {g.step for g in gates}
    assert missed(last + DAY, off(1, 7, 7)) == missed(last)
    step = min(gates, key=lambda g: g.on).step
    assert step not in missed(last + DAY, event("done", 2, step, evidence="x"))


def test_a_missed_gate_is_a_concern_with_the_days_since() -> None:
    known = world()
    saved = kept(known)
    gate = min(planned(known, **ANSWERS).answer.gates, key=lambda g: g.on)
    now = progress(saved, known, gate.on + 3 * DAY, ways=True)
    assert next((c.code, c.args) for c in needs(now)) == ("gate", (gate.step, 3))


@pytest.mark.parametrize(
    ("only", "more", "status"),
    [
        ("calls scores agents proof letters", {}, "feasible"),
        ("calls scores proof letters", {}, "reduced"),
        ("calls scores agents proof", {}, "infeasible"),
        ("calls scores agents proof letters", {"budget_usd": 50}, "infeasible"),
    ],
)
def test_a_plan_held_to_some_steps_says_whether_that_is_all(only: str, more: dict[str, Any], status: str) -> None:
    every = world()
    (way,) = every.routes.values()
    known = replace(every, routes={way.id: replace(way, core=("calls", "scores", "proof"), focus=("agents",))})
    held = rest_of(know(kept(known, **more), known, MONDAY), known.pace, only=only.split())
    assert (held.status, {s.id for s in held.steps}) == (status, {*only.split()})
    if status == "reduced" and not more:
        (left,) = [x for x in held.left_out if x.id in ("agents", "letters")]
        assert (left.reason.code, left.reason.args) == ("not-promised", (left.id,))


# --- between two states -----------------------------------------------------------------------------------------------


def lived() -> tuple[Catalogue, SavedPlan, SavedPlan, Event]:
    """A plan, the same later on, and the replan between them."""
    known = world()
    old = kept(known, event("logged", 2, "calls", hours=4.0))
    skip = event("skipped", 5, "agents", reason="x")
    made, _ = replanned(replace(old, journal=(*old.journal, skip)), known, MONDAY + 10 * DAY, {"hours_per_week": 4})
    replan = event("replanned", 10, text="t", was={"a": 1})
    new = replace(made, journal=(*made.journal, replan, event("done", 12, "calls", evidence="x")))
    return known, old, new, replan


def test_a_plan_is_the_same_only_with_its_id_and_all_of_its_journal() -> None:
    _, old, new, _ = lived()
    assert one_plan(old, new) and one_plan(new, new) and not one_plan(new, old)
    assert not one_plan(replace(old, id=""), replace(new, id=""))
    assert not one_plan(old, replace(new, id="b"))


def test_replans_between_two_states_are_those_that_count() -> None:
    _, old, new, replan = lived()
    assert replans(old, new) == [(2, replan)]
    assert replans(new, new) == []
    assert replans(old, replace(new, journal=(*new.journal, event("undone", 13, of=replan.id)))) == []


def test_a_story_has_a_chapter_for_each_promise() -> None:
    known, old, new, replan = lived()
    before = replace(old, journal=new.journal[:2])
    now = progress(new, known, MONDAY + 14 * DAY)
    told = story(old, [(before, replan)], now, new, known)
    assert [e.kind for e in told.events] == ["skipped", "replanned", "done"]
    first, last = told.chapters
    assert (told.old, told.new, told.now, first.replan) == (old, new, now, replan)
    assert (first.until, first.promised, first.made) == (replan.on, old.baseline.finish, new.baseline.finish)
    assert [(p.name, p.old, p.new) for p in first.answers] == [("hours_per_week", 8, 4)]
    assert sum(c.days for c in first.causes) == (first.stood - first.promised).days
    assert (last.until, last.promised, last.stood) == (now.today, new.baseline.finish, now.plan.finish)
    assert (last.replan, last.answers, last.made) == (None, (), None)
    assert told.days == (now.plan.finish - old.baseline.finish).days
    assert (told.come, told.gone) == ([], [])


def test_a_story_names_what_decisions_brought_and_took() -> None:
    known, old, _, _ = lived()
    less = replace(old.baseline, steps={i: p for i, p in old.baseline.steps.items() if i != "letters"})
    now = progress(old, known, MONDAY + 3 * DAY)
    assert story(replace(old, baseline=less), [], now, old, known).come == ["letters"]
    more = replace(old.baseline, steps={**old.baseline.steps, "gone": old.baseline.steps["calls"]})
    assert story(replace(old, baseline=more), [], now, old, known).gone == ["gone"]


def test_the_story_of_a_finished_plan_ends_on_the_day_of_its_last_step() -> None:
    known = world()
    journal = [*early(4), event("exam", 20, exam="ex", result="passed")]
    saved = kept(known, *journal)
    now = progress(saved, known, MONDAY + 60 * DAY)
    (chapter,) = story(kept(known), [], now, saved, known).chapters
    assert chapter.stood == MONDAY + 20 * DAY
    assert [(c.code, c.days) for c in chapter.causes] == [("work", (chapter.stood - saved.baseline.finish).days)]
    assert story(kept(known), [], now, saved, known).gone == []


def test_earlier_plans_stand_as_they_did_before_each_change() -> None:
    known, old, new, _ = lived()
    first = replace(old, journal=new.journal[:3])
    found = earlier_plans([first, new], known)
    assert [p.profile.start for p in found] == [MONDAY + d * DAY for d in (0, 2, 5, 10, 10, 10, 12)]
    assert [p.profile.hours_per_week for p in found] == [8] * 5 + [4] * 2
    assert [p.step("agents") is None for p in found] == [False, False, False, True, True, True, True]
    assert [sum(s.id == "calls" and s.hours for s in p.steps) for p in found][:3] == [8, 8, 4]


def test_of_a_long_life_forty_plans_are_made_again_the_first_and_the_last_among_them() -> None:
    known = world()
    notes = [event("note", d, text="x") for d in range(60)]
    days = [(p.profile.start - MONDAY).days for p in earlier_plans([kept(known, *notes)], known)]
    assert len(days) == 40 and (days[0], days[-1]) == (0, 59) and days == sorted(days)
    few = [(p.profile.start - MONDAY).days for p in earlier_plans([kept(known, *notes[:5])], known)]
    assert few == [0, 0, 1, 2, 3, 4]


def test_a_version_that_no_longer_fits_is_passed_over() -> None:
    known = world()
    broken = replace(kept(known), answers={"role": "nobody"})
    assert len(earlier_plans([broken, kept(known)], known)) == 1
    assert earlier_plans([broken], known) == []


@pytest.mark.parametrize(
    ("availability", "hours"),
    [({"rest_every": 4}, 8), ({"days": {"tue": 2, "sat": 3}}, 5), ({"buffer_percent": 20}, 8)],
)
def test_new_days_say_how_many_hours_a_week_has_and_other_habits_leave_them(
    availability: dict[str, Any], hours: float
) -> None:
    known = world()
    plan = replanned(kept(known), known, MONDAY + DAY, {"availability": availability})[1]
    assert plan.profile.hours_per_week == hours


# --- the rest of a plan -----------------------------------------------------------------------------------------------


def rest(days: int, journal: Sequence[Event] = (), catalogue: Catalogue | None = None, **answers: Any) -> Any:
    known = catalogue or world()
    return rest_of(know(kept(known, *journal, **answers), known, MONDAY + days * DAY), known.pace, only=None)


def test_what_has_been_paid_is_no_longer_in_the_budget() -> None:
    failed = [event("exam", 10, exam="ex", result="failed")]
    assert rest(11, failed, budget_usd=200).exams and not rest(11, failed, budget_usd=150).exams
    raised = [o for o in rest(11, failed, budget_usd=150).options if o.change == "budget_usd"]
    assert [o.value for o in raised] == ["200"]
    dear = world()
    dear.modules["calls"].cost_usd = 30
    done = [event("done", 5, "calls", evidence="x")]
    assert rest(6, done, dear, budget_usd=130).exams and not rest(6, done, dear, budget_usd=129).exams


def test_a_failed_exam_is_sat_again_after_two_weeks_with_half_of_its_preparation() -> None:
    done = [event("done", 1, i, evidence="x") for i in ("calls", "scores", "agents", "letters")]
    prepared = [event("logged", 2, "proof", hours=8.0)]
    failed = [event("exam", 10, exam="ex", result="failed")]
    plan = rest(11, [*done, *prepared, *failed])
    assert plan.exams[0].exam_on == MONDAY + 24 * DAY and plan.step("proof").hours == 4
    little = rest(11, [*done, event("logged", 2, "proof", hours=3.0), *failed])
    assert little.step("proof").hours == 5


def test_an_exam_passed_counts_as_its_step() -> None:
    plan = rest(11, [event("exam", 10, exam="ex", result="passed")])
    assert plan.step("proof") is None and not plan.exams


def test_a_law_that_came_into_force_since_is_told_to_those_whom_it_binds() -> None:
    law = Regulation(
        name="Act", what="w", source="us", as_of="2027-01-01", confidence="high", effective="2027-02-01", countries=()
    )
    field = Focus(phase=phase("rules: agents"))
    known = world(extra_fields={"care": field})

    def told(days: int, one: Regulation, **answers: Any) -> bool:
        care = replace(known.specialisations["care"], regulations=(one,))
        bound = replace(known, specialisations={"care": care})
        found = [n for n in after(days, catalogue=bound, domain="care", **answers).stale if n.code == "law-applies"]
        assert all((n.source, n.args) == ("us", ("Act", one.effective)) for n in found)
        return bool(found)

    assert told(28, law) and not told(27, law)
    assert not told(28, replace(law, effective=MONDAY.isoformat())) and not told(28, replace(law, effective=None))
    assert told(28, replace(law, effective=(MONDAY + DAY).isoformat()))
