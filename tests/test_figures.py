"""The figures of a plan of a few lines, each worked out by hand: worth, spread, what is left out, order, projects."""

from dataclasses import replace
from datetime import date
from math import log, sqrt
from typing import Any

import pytest

from roadmap.model.advice import Datum, Project, SmallForm
from roadmap.model.catalogue import Catalogue, Pace
from roadmap.model.condition import Condition, holds
from roadmap.model.explanation import Change
from roadmap.model.modules import Hours
from roadmap.model.plan import Plan, Step
from roadmap.model.rules import Effect, Prefer, Rule
from roadmap.planning.explain_order import explain_order
from roadmap.planning.forecast import Z, most, quantile, spread
from roadmap.planning.make import add_months
from roadmap.planning.projects import projects_for
from roadmap.planning.what_if import changed, one_after_the_other, what_if
from tests.tiny import KNOWN, MONDAY, Extra, certification, levels, planned, someone, tiny, whole

LINES = """
calls    8h  teaches calls
scores   8h  needs calls teaches scores
agents   8h  needs calls teaches agents
theory   8h  teaches theory
letters  4h  search
"""
ROUTE: dict[str, Any] = {
    "core": "scores",
    "focus": "agents theory",
    "move": "letters",
    "act_after": "scores",
    "asks": "calls scores agents theory",
    "demand": "calls=8 scores=6 agents=4 theory=2",
}


def small(lines: str = LINES, **more: Any) -> Catalogue:
    return tiny(lines, **{**ROUTE, **more})


# --- coverage, hours, resources --------------------------------------------------------------------------------------


def test_coverage_grows_by_the_share_of_what_postings_name() -> None:
    """Ten postings: two name four skills, two three, two two, two one and two none."""
    plan = planned(small())
    reached = {s.id: round(s.coverage_after, 4) for s in plan.steps}
    weight = small().market.weights
    held = 0.0
    for step in plan.steps:
        held += sum(weight[s] for s in step.module.teaches)
        assert reached[step.id] == pytest.approx(min(1.0, held), abs=1e-3), step.id
    assert plan.coverage_before == 0 and plan.coverage_after == pytest.approx(1.0, abs=1e-3)
    assert planned(small(), skills={"calls": 2}).coverage_before == pytest.approx(weight["calls"], abs=1e-3)


def shown(catalogue: Catalogue, **answers: Any) -> tuple[str, ...]:
    step = planned(catalogue, **answers).step("calls")
    assert step is not None
    return step.resources


def test_with_no_money_free_resources_are_shown_and_paid_ones_where_there_is_nothing_else() -> None:
    known = small()
    book = known.resources["book"]
    paid = replace(book, id="paid", cost="paid")
    calls = replace(known.modules["calls"], resources=("paid", "book"))
    both = replace(known, resources={"book": book, "paid": paid}, modules={**known.modules, "calls": calls})
    assert shown(both) == ("paid", "book")
    assert shown(both, budget_usd=0) == ("book",)
    only = replace(both, modules={**both.modules, "calls": replace(calls, resources=("paid",))})
    assert shown(only, budget_usd=0) == ("paid",)


def test_resources_of_another_cloud_are_not_shown_and_those_of_the_own_come_first() -> None:
    known = small()
    clouds = {i: replace(c, skill=f"{i}-cloud") for i, c in known.clouds.items()}
    book = known.resources["book"]
    mine, other = (replace(book, id=i, skills=(f"{i}-cloud",)) for i in ("one", "two"))
    calls = replace(known.modules["calls"], resources=("book", "two", "one"))
    resources = {"book": book, "one": mine, "two": other}
    cloudy = replace(known, clouds=clouds, resources=resources, modules={**known.modules, "calls": calls})
    assert shown(cloudy, cloud="one") == ("one", "book")
    assert shown(cloudy, cloud="two") == ("two", "book")
    closed = replace(cloudy, resources={**resources, "book": replace(book, state="closed")})
    assert shown(closed, cloud="one") == ("one",)


def test_what_went_into_a_step_is_taken_off_but_for_a_tenth() -> None:
    from roadmap.planning.draft import draft_of
    from roadmap.planning.rules import apply_rules

    known = small()
    profile, modules = someone(known), {i: known.modules[i] for i in ("calls", "theory")}

    def left(spent: float) -> int:
        made = draft_of(known, profile, apply_rules(known, profile), modules, known.pace, {"calls": spent}, {}, {})
        assert made.quarters["theory"] == 32
        return made.quarters["calls"]

    assert [left(x) for x in (0, 2, 7, 7.5, 8, 20)] == [32, 24, 4, 3, 3, 3]
    known = small(LINES.replace("calls    8h", "calls    2h"))
    modules = {i: known.modules[i] for i in ("calls", "theory")}
    assert [left(x) for x in (1, 3)] == [4, 1]


def test_a_part_of_a_draft_has_its_own_hours_cost_worth_and_spread() -> None:
    lines = LINES.replace("agents   8h ", "agents   8h cost_usd=20 range=4..16 ")
    draft = whole(small(lines)).draft
    part = draft.narrowed({"agents", "calls"})
    assert (part.planned, part.price, draft.planned, draft.price) == (64, 20, 144, 20)
    assert set(part.bonus) == set(part.cost) == set(part.estimates) == {"agents", "calls"}
    assert part.worth == pytest.approx(draft.worth_of(["agents", "calls"]))
    assert draft.gain_of(["agents"], {"agents": 2}) == pytest.approx(draft.bonus["agents"])
    held = whole(small(lines), skills={"agents": 1}).draft
    full = draft.gain_of(["agents"], {}) - draft.bonus["agents"]
    rest = held.gain_of(["agents"], {}) - held.bonus["agents"]
    assert full - rest == pytest.approx(small().worth.depth * small().market.weights["agents"])


# --- the forecast -----------------------------------------------------------------------------------------------------


def hours(low: float, likely: float, high: float) -> Hours:
    return Hours(low=low, likely=likely, high=high, origin="judgement", basis="b", source="us")


def test_the_spread_is_that_of_the_pace_and_a_sixth_of_each_range() -> None:
    pace = Pace(median=1.2, p80=1.8, because="b", source="us")
    common = log(1.5) / Z[80]
    assert spread([], pace) == pytest.approx(common)
    assert spread([(hours(8, 8, 8), 1.0)], pace) == pytest.approx(common)
    own = ((20 - 5) * 2 / 6) ** 2 + ((16 - 4) / 6) ** 2
    told = spread([(hours(5, 10, 20), 2.0), (hours(4, 8, 16), 1.0)], pace)
    assert told == pytest.approx(sqrt(common**2 + log(1 + own / (10 * 2 + 8) ** 2)))


def test_quantiles_and_their_bound_are_each_others_inverse() -> None:
    pace = Pace(median=1.0, p80=1.5, because="b", source="us")
    for confidence in (50, 80, 95):
        bound = most(1000, pace, confidence)
        assert quantile(bound, spread([], pace), confidence) <= 1000 < quantile(bound + 1, spread([], pace), confidence)
    assert most(1000, pace, 80, 2.0) < most(1000, pace, 80) < most(1000, pace, 50) == 1000


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-31", 13, "2028-02-29"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2027-12-15", 12, "2028-12-15"),
        ("2027-12-31", 0, "2027-12-31"),
        ("2027-03-31", 24, "2029-03-31"),
        ("2027-10-31", 2, "2027-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, after: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(after)


# --- what is left out -------------------------------------------------------------------------------------------------


def left_out(plan: Plan) -> dict[str, tuple[str, tuple[Any, ...]]]:
    return {x.id: (x.reason.code, x.reason.args) for x in plan.left_out}


def test_what_a_deadline_keeps_out_says_the_hours_that_would_bring_it_back() -> None:
    """Two weeks and a half of eight hours hold the core and the move; agents and theory take a week each."""
    plan = planned(small(), hours_per_week=8, deadline="2027-01-21")
    assert left_out(plan) == {"agents": ("deadline", (8.0, 0)), "theory": ("deadline", (8.0, 0))}
    worth = {x.id: x.worth for x in plan.left_out}
    assert worth["agents"] > worth["theory"] > 0


def test_what_costs_too_much_is_left_out_for_its_cost_also_where_time_is_short() -> None:
    lines = LINES.replace("agents   8h ", "agents   8h cost_usd=20 ")
    assert left_out(planned(small(lines), budget_usd=10)) == {"agents": ("budget", (8.0, 20.0))}
    both = planned(small(lines), hours_per_week=8, deadline="2027-01-21", budget_usd=10)
    assert left_out(both) == {"agents": ("budget", (8.0, 20.0)), "theory": ("deadline", (8.0, 0))}


def test_what_needs_more_that_is_out_counts_all_of_it() -> None:
    lines = LINES + "deep 4h needs theory teaches theory=3\n"
    plan = planned(small(lines, focus="agents theory deep"), hours_per_week=8, deadline="2027-01-21")
    assert left_out(plan)["deep"] == ("deadline", (12.0, 0))


# --- one answer changed -----------------------------------------------------------------------------------------------


def test_a_change_is_compared_with_the_plan_before() -> None:
    known = small()
    base = someone(known)
    faster, free = Change("hours_per_week", 20.0), Change("skip", ("agents", "theory"))
    plan, (one, two) = what_if(known, base, [(c, changed(known, base, c)) for c in (faster, free)], MONDAY)
    assert (one.joined, one.gone, one.hours, one.coverage, one.readiness) == ((), (), 0, 0, 0)
    assert one.days == (one.plan.finish - plan.finish).days < 0
    assert two.gone == ("agents", "theory") and two.hours == -16
    assert two.coverage == pytest.approx(-sum(known.market.weights[s] for s in ("agents", "theory")), abs=1e-3)
    assert two.readiness == two.plan.readiness_after - plan.readiness_after < 0


def test_changes_one_after_the_other_add_up() -> None:
    known = small()
    base = someone(known)
    first = changed(known, base, Change("skip", ("agents",)))
    second = changed(known, first, Change("hours_per_week", 5.0))
    told = one_after_the_other(
        known, base, [(Change("skip", ("agents",)), first), (Change("hours_per_week", 5.0), second)], MONDAY
    )
    assert [(t.gone, t.hours) for t in told] == [(("agents",), -8), ((), 0)]
    assert (
        sum(t.days for t in told)
        == (planned(known, hours_per_week=5, skip=["agents"]).finish - planned(known).finish).days
    )


def test_what_is_kept_is_no_longer_skipped_and_skills_are_laid_over() -> None:
    known = small()
    base = someone(known, skip=["agents", "theory"], skills={"calls": 1})
    assert changed(known, base, Change("keep", ("agents",))).skip == ("theory",)
    taught = changed(known, base, Change("skills", {"scores": 2}))
    assert taught.skills == {"calls": 1, "scores": 2} and taught.have == {"calls": 1, "scores": 2}


# --- why one step comes before another --------------------------------------------------------------------------------


def cause(catalogue: Catalogue, one: str, other: str, **answers: Any) -> tuple[str, str, str]:
    found = explain_order(catalogue, planned(catalogue, **answers), one, other)
    return found.first.id, found.then.id, found.cause


FOUR = "cc 10h teaches c\naa 10h teaches a\ndd 10h needs b teaches d\nbb 10h teaches b\n"


def test_needs_phases_and_places_explain_the_order() -> None:
    known = tiny(FOUR, core="aa bb cc dd", phases=("one: cc aa", "two: bb dd"))
    assert cause(known, "dd", "bb") == ("bb", "dd", "needed")
    assert cause(known, "aa", "cc") == ("cc", "aa", "place")
    assert cause(known, "bb", "aa") == ("aa", "bb", "phase")
    found = explain_order(known, planned(known), "aa", "bb")
    assert [p.id for p in found.phases] == ["one", "two"] and found.pulled_by == ""
    assert [p.id for p in explain_order(known, planned(known), "cc", "aa").phases] == ["one"]


def test_a_step_may_be_pulled_forward_by_another_and_one_that_waits_says_for_whom() -> None:
    known = tiny(FOUR, core="aa bb cc dd", phases=("one: dd cc", "two: aa bb"))
    assert cause(known, "bb", "cc") == ("bb", "cc", "place")
    found = explain_order(known, planned(known), "bb", "cc")
    assert found.pulled_by == "dd"


def test_two_steps_pulled_forward_by_the_same_one_go_by_their_own_places() -> None:
    known = tiny(FOUR.replace("needs b ", "needs a b "), core="aa bb cc dd", phases=("one: dd", "two: bb aa cc"))
    assert cause(known, "aa", "bb") == ("bb", "aa", "place")


def test_what_is_published_of_a_path_is_said_where_the_plan_differs() -> None:
    def said(months: tuple[float, float] | None, **answers: Any) -> list[tuple[str, tuple[Any, ...]]]:
        known = small()
        (path,) = known.paths.values()
        plan = planned(replace(known, paths={path.id: replace(path, months=months)}), **answers)
        return [(n.code, n.args) for n in plan.notices if "published" in n.code]

    assert said(None) == [("no-published-duration", ("start-engineer",))]
    assert said((0, 12)) == []
    assert said((6, 12)) == [("faster-than-published", ("start-engineer", 0.8))]
    assert said((0, 0.5)) == [("slower-than-published", ("start-engineer", 0.8))]


def test_steps_that_no_phase_orders_go_by_stage_and_id() -> None:
    known = tiny(FOUR, core="aa bb", phases=("one: dd",))
    assert cause(known, "aa", "bb")[2] in ("phase", "id", "place")
    free = tiny("xx 10h teaches x\nyy 10h teaches y\n", core="xx yy", phases=("one: zz",))
    assert cause(free, "yy", "xx") == ("xx", "yy", "id")
    stages = {**free.stages, "later": replace(free.stages["only"], id="later")}
    moved = replace(free, stages=stages, modules={**free.modules, "xx": replace(free.modules["xx"], stage="later")})
    assert cause(moved, "yy", "xx") == ("yy", "xx", "stage")


def test_rules_that_move_a_step_are_the_cause() -> None:
    def ruled(**what: tuple[str, ...]) -> Catalogue:
        one = Rule(id="r", when=Condition(), then=Effect(prefer=Prefer(**what)), because="So.", source="us")
        return tiny(FOUR, core="aa bb cc dd", phases=("one: aa bb cc dd",), extra=Extra(rules=[one]))

    early, late = ruled(early=("cc",)), ruled(late=("aa",))
    assert cause(early, "aa", "cc") == ("cc", "aa", "early")
    assert cause(late, "aa", "cc") == ("cc", "aa", "late")
    rule = explain_order(late, planned(late), "aa", "cc").rule
    assert rule is not None and rule.id == "r"


def test_the_move_runs_beside_the_learning() -> None:
    known = small()
    first, then, why = cause(known, "letters", "theory")
    assert {first, then} == {"letters", "theory"} and why == "beside"


def test_an_exam_stands_in_the_phase_after_which_the_move_begins() -> None:
    lines = LINES + "proof 4h certify certification=ex\n"
    phases = ("one: calls scores", "two: agents theory")
    known = small(lines, core="scores proof", phases=phases, extra=Extra(exams=[certification("ex")]))
    plan = planned(known, certifications="one")
    order = [s.id for s in plan.steps]
    assert order.index("scores") < order.index("proof") < order.index("agents")
    step = plan.step("proof")
    assert step is not None and step.phase == "one"


# --- projects ---------------------------------------------------------------------------------------------------------


def project(id_: str, size: Any = "main", when: Condition | None = None, grows: str = "calls scores agents") -> Project:
    return Project(
        id=id_,
        title=id_,
        brief="b",
        data=(Datum(title="d", url="https://example.org/d", licence="l"),),
        never=("n",),
        reader="r",
        targets=("a", "b", "c", "d", "e"),
        grows={g: f"{g} in {id_}" for g in grows.split()},
        small=SmallForm(brief="s", targets=("t", "u", "v")),
        size=size,
        when=when or Condition(),
        **KNOWN,
    )


def chosen(projects: list[Project], lines: str, **answers: Any) -> dict[str, set[str]]:
    known = small(lines, extra=Extra(projects=projects))
    steps: tuple[Step, ...] = planned(known, **answers).steps
    return {c.project.id: set(c.grows) for c in projects_for(known, someone(known, **answers), steps)}


LONG = LINES.replace("8h", "59h").replace("4h", "20h")


def test_a_plan_of_few_hours_has_one_small_project_and_one_of_many_two() -> None:
    three = [project("first", "first"), project("main", grows="agents theory"), project("other", "second")]
    assert list(chosen(three, LINES)) == ["first"]
    assert list(chosen(three, LONG)) == ["main", "other"]
    assert list(chosen(three, LONG, level="entry")) == ["main", "first"]


def test_of_two_projects_a_first_one_grows_early_and_the_main_one_has_the_rest() -> None:
    grown = chosen([project("main", grows="agents"), project("first", "first")], LONG, level="entry")
    assert grown["first"] == {"calls"} and grown["main"] >= {"scores", "agents", "theory"}
    second = chosen([project("main", grows="agents"), project("other", "second")], LONG)
    assert second["other"] == {"calls", "scores"} and "agents" in second["main"]


def test_a_second_project_that_grows_through_too_little_is_none() -> None:
    assert list(chosen([project("main"), project("other", "second", grows="calls")], LONG)) == ["main"]


def test_who_says_what_they_can_do_gets_the_project_for_it() -> None:
    stated = Condition(skill_from=levels("git"))
    lines = LONG + "git 1h teaches git\n"
    main = project("main", grows="agents theory")
    projects = [main, project("a-usual", "second"), project("stated", "second", stated)]
    assert list(chosen(projects, lines))[1] == "a-usual"
    assert next(iter(chosen(projects, lines, skills={"git": 2}))) == "stated"


def test_the_more_particular_project_is_chosen_and_of_equals_the_first_by_id() -> None:
    goal = Condition(goal=("job",))
    assert next(iter(chosen([project("a"), project("b", when=goal)], LINES, goals=["job"]))) == "b"
    assert next(iter(chosen([project("b"), project("a")], LINES))) == "a"


# --- conditions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "true", "false"),
    [
        (Condition(level=("mid",)), {"level": "mid"}, {"level": "senior"}),
        (Condition(cloud=("one",)), {"cloud": "one"}, {"cloud": "two"}),
        (Condition(goal=("pay", "other")), {"goals": ["pay"]}, {"goals": ["job"]}),
        (Condition(hours_below=10), {"hours_per_week": 9}, {"hours_per_week": 10}),
        (Condition(hours_from=10), {"hours_per_week": 10}, {"hours_per_week": 9}),
        (Condition(budget_below=10), {"budget_usd": 9}, {"budget_usd": 10}),
        (Condition(budget_below=10), {"budget_usd": 0}, {}),
        (Condition(deadline=True), {"deadline": "2027-12-01"}, {}),
        (Condition(deadline=False), {}, {"deadline": "2027-12-01"}),
        (Condition(skill_below={"calls": 2}), {"skills": {"calls": 1}}, {"skills": {"calls": 2}}),
        (Condition(skill_from={"calls": 2}), {"skills": {"calls": 2}}, {"skills": {"calls": 1}}),
        (Condition(certifications=("none",)), {}, {"certifications": "all"}),
        (Condition(none_of=(Condition(level=("mid",)),)), {"level": "senior"}, {"level": "mid"}),
        (
            Condition(any_of=(Condition(level=("mid",)), Condition(cloud=("one",)))),
            {"cloud": "one", "level": "senior"},
            {"level": "senior", "cloud": "two"},
        ),
    ],
)
def test_a_condition_holds_for_whom_it_says(condition: Condition, true: dict[str, Any], false: dict[str, Any]) -> None:
    known = small()
    assert holds(condition, someone(known, **true)) and not holds(condition, someone(known, **false))
