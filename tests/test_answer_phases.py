"""The rows of the way: how many, what they are called, what they open and which are told in brief, at their limits."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.model.answer import PhaseRow
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.terms import Part
from tests.telling import telling
from tests.test_answer import LINES, project, small
from tests.test_answer_parts import ONE, PLAIN, rows
from tests.tiny import MONDAY, Extra, phase, planned


def learning(known: Catalogue, **answers: Any) -> list[PhaseRow]:
    """The rows of a plan without that of the move."""
    return [r for r in planned(known, **answers).answer.phases if r.id != "move"]


def later(known: Catalogue, **answers: Any) -> list[str]:
    return [r.id for r in learning(known, **answers) if r.later]


# --- how many --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "count"), [(11.75, 1), (12, 3)])
def test_a_plan_of_sixty_hours_is_told_in_parts(hours: float, count: int) -> None:
    lines = PLAIN.replace("agents   20h", f"agents   {hours}h")
    assert len(learning(telling(small(lines=lines, focus="", phases=ONE)))) == count


def test_a_smaller_end_has_five_rows() -> None:
    parts = [f"p{i}" for i in range(7)]
    lines = "".join(f"{p} 5h teaches {p}\n" for p in parts) + "big 400h teaches big\nletters 4h search\n"
    core, piece = " ".join([*parts, "big"]), f"piece: {' '.join(parts)} | p0"
    known = telling(small(lines=lines, core=core, focus="", demand="", act_after="", phases=(), smaller=(piece,)))
    known.outcomes["piece"].phases = tuple(phase(f"{p}x: {p}") for p in parts)
    found = learning(known, deadline=MONDAY + timedelta(days=60))
    assert len(found) == 5 and sum(r.hours for r in found) == 35


# --- what they are called --------------------------------------------------------------------------------------------

MORE = PLAIN + "more 8h teaches more\nlast 8h teaches last\nend 8h teaches end\n"


def called(*, whole: str, days: int) -> str:
    """The title of the row of theory, in a phase of which a deadline leaves only that."""
    phases = ("first: calls scores", "second: agents", f"third: {whole}", "fourth: papers")
    known = telling(small(lines=MORE, focus=f"{whole} papers", phases=phases, demand="theory=9 law=1 more=1 papers=3"))
    found = next(r for r in learning(known, deadline=MONDAY + timedelta(days=days)) if r.work[0].step == "theory")
    assert [w.step for w in found.work] == ["theory"]
    return found.title


def test_a_phase_of_which_less_than_half_is_left_is_called_by_what_is_left() -> None:
    assert called(whole="theory law", days=55) == "Third"
    assert called(whole="theory law more", days=55) == "Theory"


def test_what_nobody_asks_for_does_not_count_to_a_phase() -> None:
    phases = ("first: calls scores", "second: agents", "third: theory law last more end", "fourth: papers")
    found = {r.id: r.title for r in learning(telling(small(lines=MORE, phases=phases)))}
    assert found["third"] == "Third"


def test_a_part_of_a_phase_that_leaves_nothing_of_its_own_leaves_what_proves_it() -> None:
    known = telling(small(lines=PLAIN, phases=ONE))
    for module in known.modules.values():
        module.leaves, module.evidence = "", (f"a page of {module.id}", "more")
    assert learning(known)[0].leaves == "A page of calls"


def test_what_a_first_small_thing_names_is_told_in_its_words() -> None:
    lines = LINES.replace("20h", "80h")
    main, tool = project("main", "calls scores agents"), project("tool", "calls scores agents", size="first")
    known = telling(small(lines=lines, extra=Extra(projects=[main, tool])))
    work = {w.step: (w.adds, w.project) for r in learning(known, level="entry") for w in r.work}
    assert work["calls"] == ("calls for tool", "Tool") and work["agents"] == ("agents for main", "")


# --- what they open --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "opened"), [(11.75, 1), (12, 2), (39.75, 2), (40, 3)])
def test_a_step_opens_more_from_twelve_and_from_forty_hours_on(hours: float, opened: int) -> None:
    phases = ("first: calls scores", "second: agents", "third: theory law", "fourth: papers")
    lines = PLAIN.replace("calls    20h", f"calls    {hours}h").replace("scores   20h", "scores   90h")
    known = small(lines=lines, phases=phases)
    names = [f"b{i}" for i in range(4)]
    known.resources = {**known.resources, **{b: replace(known.resources["book"], id=b) for b in names}}
    known.modules["calls"].resources = tuple(names)
    known.modules["calls"].parts = {b: Part(part=b, hours=1) for b in names}
    (work,) = [w for w in learning(known)[0].work if w.step == "calls"]
    assert len(work.opens) == opened


# --- which are told in brief -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "search", "brief"), [(14, True, False), (15, True, True), (14, False, True)])
def test_beside_a_search_of_less_than_fifteen_percent_the_learning_is_told_whole(
    share: int, search: bool, brief: bool
) -> None:
    known = telling(small(lines=PLAIN, share=share))
    if search:
        known.moves["move-job"].id = "search"
    assert later(known, hours_per_week=5) == (["second", "third", "fourth"] if brief else [])


@pytest.mark.parametrize(("start", "brief"), [(MONDAY, False), (MONDAY - timedelta(days=1), True)])
def test_where_the_move_begins_within_four_weeks_all_is_told_whole(start: date, brief: bool) -> None:
    """It begins on 1 February."""
    known = telling(small(lines=PLAIN.replace("calls    20h", "calls    40h"), act_after="calls"))
    found = planned(known, start=start)
    assert found.answer.act_from == date(2027, 2, 1) and bool(later(known, start=start)) is brief


@pytest.mark.parametrize(("hours", "brief"), [(40, True), (39.5, False)])
def test_a_phase_that_begins_in_the_week_before_the_move_is_told_in_brief(hours: float, brief: bool) -> None:
    lines = PLAIN.replace("calls    20h", f"calls    {hours}h").replace("scores   20h", f"scores   {50 - hours}h")
    phases = ("first: calls", "second: scores agents", "third: theory law", "fourth: papers")
    plan = planned(telling(small(lines=lines, phases=phases)))
    row = rows(plan)["second"]
    assert (plan.answer.act_from - row.start).days == (7 if brief else 8) and row.later is brief


# --- which project ---------------------------------------------------------------------------------------------------


def test_a_smaller_end_has_a_project_that_speaks_of_half_of_its_steps_before_one_that_fits_the_person_better() -> None:
    plain = project("plain", "calls scores agents")
    mine = project("mine", "calls agents", when=Condition(background=("chef",)))
    known = small(smaller=("piece: calls scores theory law | calls",), extra=Extra(projects=[plain, mine]))
    late = planned(known, background=["chef"], deadline=MONDAY + timedelta(days=45)).answer
    assert (late.outcome.id, [p.id for p in late.projects]) == ("piece", ["plain"])
    assert [p.id for p in planned(known, background=["chef"]).answer.projects] == ["mine"]


def test_a_project_for_few_backgrounds_goes_before_one_for_many() -> None:
    many = project("a", "calls scores", when=Condition(background=("chef", "nurse", "cook", "clerk")))
    few = project("b", "calls scores", when=Condition(background=("chef",)))
    known = small(extra=Extra(projects=[many, few]))
    assert [p.id for p in planned(known, background=["chef"]).answer.projects] == ["b"]


@pytest.mark.parametrize(("hours", "count"), [(60, 2), (59.75, 1)])
def test_a_step_of_sixty_hours_that_the_main_project_does_not_name_has_a_project_of_its_own(
    hours: float, count: int
) -> None:
    lines = LINES.replace("20h", "60h") + f"another {hours}h teaches another"
    pair = [project("main", "calls scores agents"), project("second", "another", size="second")]
    known = small(lines=lines, core="calls scores agents another", extra=Extra(projects=pair))
    assert len(planned(known).answer.projects) == count


def test_the_second_project_of_a_long_plan_is_one_for_a_skill_that_was_named() -> None:
    main = project("main", "calls scores agents", when=Condition(background=("chef",)))
    beyond = project("beyond", "calls scores agents theory", size="second")
    own = project("own", "calls scores papers", when=Condition(skill_from={"law": 2}))
    known = small(lines=LINES.replace("20h", "80h"), extra=Extra(projects=[main, beyond, own]))
    told = planned(known, background=["chef"], skills={"law": 2}).answer.projects
    assert [p.id for p in told] == ["main", "own"]
    assert [p.id for p in planned(known, background=["chef"]).answer.projects] == ["main", "beyond"]


def test_of_many_phases_in_one_row_the_first_and_the_last_say_what_exists() -> None:
    parts = [f"p{i}" for i in range(9)]
    lines = "".join(f"{p} {1 if i < 3 else 30}h teaches {p}\n" for i, p in enumerate(parts)) + "letters 4h search\n"
    known = telling(small(lines=lines, core=" ".join(parts), focus="", demand="", act_after="", phases=()))
    known.routes["start-job"].phases = tuple(phase(f"{p}x: {p}") for p in parts)
    for told in known.routes["start-job"].phases:
        told.leaves = f"Result {told.id}"
    assert learning(known)[0].leaves == "Result p0x; result p2x"
