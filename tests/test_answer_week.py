"""The first week and a normal one in minutes, on a catalogue of a few lines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.advice import Rhythm, Session
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.terms import Line, Part, Task
from roadmap.planning.answer.week import between, split
from tests.telling import telling
from tests.test_answer import LINES, line, project, small, tasked
from tests.tiny import Extra, planned


def week(known: Catalogue, **answers: Any) -> list[tuple[int, str]]:
    return [(t.minutes, t.task) for t in planned(known, **answers).answer.first_week]


# --- minutes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "shares", "minutes"),
    [
        (600, [30, 70], [180, 420]), (60, [30, 70], [20, 40]), (180, [30, 70], [55, 125]), (181, [50, 50], [91, 90]),
        (185, [3, 1], [140, 45]),
        (195, [1, 1, 1], [75, 60, 60]), (100, [1, 2, 1], [25, 50, 25]), (240, [1, 1], [120, 120]), (65, [1], [65]),
        (185, [1, 3], [45, 140]), (10, [1, 1, 1, 97], [0, 0, 0, 10]),
    ],
)  # fmt: skip
def test_minutes_are_shared_out_in_steps_that_people_use(total: int, shares: list[int], minutes: list[int]) -> None:
    assert split(total, shares) == minutes and sum(minutes) == total


@given(st.lists(st.tuples(st.integers(5, 200), st.integers(0, 200)), min_size=1, max_size=7), st.integers(60, 3600))
def test_times_lie_between_the_least_and_the_most_where_the_week_has_room_for_it(
    times: list[tuple[int, int]], total: int
) -> None:
    least, most = [a for a, _ in times], [a + more for a, more in times]
    found = between(least, most, total)
    assert sum(found) == pytest.approx(total)
    if sum(least) <= total <= sum(most):
        assert all(a - 1e-6 <= x <= b + 1e-6 for a, x, b in zip(least, found, most, strict=True))
    elif total < sum(least) or least == most:
        assert found == pytest.approx([m * total / sum(least) for m in least])
    else:
        assert all(x == b for a, x, b in zip(least, found, most, strict=True) if a == b), "a fixed time stays"


def test_what_is_left_goes_to_those_that_can_take_it() -> None:
    assert between([10, 20], [10, 60], 50) == pytest.approx([10, 40])
    assert between([10, 20, 20], [10, 40, 40], 150) == pytest.approx([10, 70, 70])
    assert between([100, 300], [100, 300], 200) == pytest.approx([50, 150])


# --- a normal week ---------------------------------------------------------------------------------------------------


def normal(known: Catalogue, **answers: Any) -> list[tuple[str, int, str]]:
    return [(s.day, s.minutes, s.what) for s in planned(known, **answers).answer.rhythm]


def test_a_normal_week_has_the_days_for_so_many_hours() -> None:
    known = small()
    evenings = Rhythm(id="few", up_to=5, sessions=(Session(day="wed", share=100, what="all"),))
    known.rhythms = {"few": evenings, **known.rhythms}
    assert normal(known, hours_per_week=5) == [("wed", 300, "all")]
    assert normal(known, hours_per_week=5.25) == [("tue", 90, "read"), ("sat", 225, "build")]
    assert normal(known, hours_per_week=10) == [("tue", 180, "read"), ("sat", 420, "build")]
    known.rhythms = {"few": evenings}
    assert normal(known, hours_per_week=10) == [("sat", 600, "<rhythm-build>")]


def test_days_of_ones_own_are_a_week_and_building_goes_to_each_longest_one() -> None:
    assert normal(small(), availability="mon=1,fri=3,sun=3", hours_per_week=7) == [
        ("mon", 60, "<rhythm-study>"), ("fri", 180, "<rhythm-build>"), ("sun", 180, "<rhythm-build>"),
    ]  # fmt: skip


# --- the first week --------------------------------------------------------------------------------------------------


def test_the_first_week_is_as_long_as_what_is_left_of_it() -> None:
    """A Wednesday leaves five days of seven, a free day takes its share; from a Thursday on it is seven days."""
    known = tasked((60, 45), calls=(30, 75, 90, 120))

    def minutes(start: str, **answers: Any) -> int:
        plan = planned(known, hours_per_week=7, start=start, **answers)
        week = next(w for w in plan.weeks if w.start <= plan.start < w.start + timedelta(days=7))
        spent = sum(t.minutes for t in plan.answer.first_week)
        assert spent in (round(week.capacity * 60), 420)
        return spent

    sessions = tuple(Session(day=on, share=1, what="build") for on in ("mon", "tue"))
    known.rhythms = {"seven": Rhythm(id="seven", up_to=7, sessions=sessions)}
    assert minutes("2026-11-30") == 420 and minutes("2026-12-01") == 360 and minutes("2026-12-02") == 300
    assert minutes("2026-12-03") == 420, "3 to 9 December"
    assert minutes("2026-11-30", breaks="2026-12-03..2026-12-04") == 300
    assert minutes("2026-11-30", breaks="2026-12-01..2026-12-06") == 60, "an hour is worth a week"
    assert minutes("2026-12-02", availability="tue=3.5,sat=3.5") == 420, "from Saturday 5"
    assert minutes("2026-11-30", availability="buffer=20") == 420, "what is kept free of each week shortens no week"
    known.rhythms = {"seven": Rhythm(id="seven", up_to=7, sessions=sessions[1:])}
    assert minutes("2026-12-01") == 420, "no session lies before it"
    assert minutes("2026-12-02") == 300 and minutes("2026-12-01", breaks="2026-12-03..2026-12-04") == 240


def test_tasks_are_those_of_the_persons_cloud_and_open_what_they_name() -> None:
    known = small()
    known.modules["calls"].tasks = (
        Task(minutes=60, text="for all", resource="book"),
        Task(minutes=60, text="on one", cloud="one"),
        Task(minutes=60, text="on any", cloud="any", resource="gone"),
    )
    rows = planned(known, cloud="one", hours_per_week=4).answer.first_week
    assert [t.task for t in rows] == ["for all", "on one"]
    rows = planned(known, hours_per_week=4).answer.first_week
    assert [(t.task, t.url, t.step) for t in rows] == [
        ("for all", "https://example.org/book", "calls"), ("on any", "", "calls"),
    ]  # fmt: skip


def test_a_task_that_wants_a_card_is_not_for_people_without_money() -> None:
    known, paid = small(), Condition(none_of=(Condition(budget_below=1),))
    known.modules["calls"].tasks = (
        Task(minutes=60, text="open an account", when=paid),
        Task(minutes=60, text="write a call"),
    )

    def told(**answers: Any) -> list[str]:
        return [t.task for t in planned(known, hours_per_week=4, **answers).answer.first_week]

    assert told() == ["open an account", "write a call"] and told(budget_usd=0) == ["write a call"]


def test_the_first_task_of_a_project_opens_its_data() -> None:
    rows = planned(tasked((60, 45), calls=(30, 75)), hours_per_week=6).answer.first_week
    urls = {t.task: t.url for t in rows}
    assert urls["p 60"] == "https://example.org/data" and urls["p 45"] == "" and urls["calls 30"] == ""


def test_a_project_leaves_most_of_the_week_to_the_first_step() -> None:
    """Of six hours 2.7 are the project's at most; of very few its first sitting and little more."""
    rows = [t for _, t in week(tasked((60, 90, 30), calls=(30, 75)), hours_per_week=6)]
    assert "p 60" in rows and "p 90" in rows and "p 30" not in rows
    rows = [t for _, t in week(tasked((60, 110), calls=(30, 75)), hours_per_week=6)]
    assert "p 60" in rows and "p 110" not in rows
    rows = [t for _, t in week(tasked((200, 10), calls=(30, 75)), hours_per_week=6)]
    assert "p 200" in rows and "p 10" not in rows, "a first sitting is told however long it is"
    rows = [t for _, t in week(tasked((60, 80), calls=(30, 75)), hours_per_week=2)]
    assert {"p 60", "p 80"} <= {*rows}


def test_a_message_is_short_and_stands_after_the_first_two_tasks() -> None:
    told = (line("message", minutes=90),)
    found = week(tasked((60,), told, calls=(30, 75, 90)), hours_per_week=6)
    assert found[2] == (55, "a is said"), "at most 15 percent of six hours"
    assert (10, "a is said") in week(tasked((), told, calls=(30,)), hours_per_week=1)
    told = (Line(id="b", place="message", text="Ask."),)
    assert (15, "Ask.") in week(tasked((60,), told, calls=(30, 75, 90)), hours_per_week=6)


def at_once(*minutes: int, **more: Any) -> Catalogue:
    known = telling(small(act_after="", **more))
    known.modules["letters"].tasks = tuple(Task(minutes=m, text=f"letters {m}") for m in minutes)
    known.modules["calls"].tasks = (Task(minutes=40, text="calls 40"), Task(minutes=50, text="calls 50"))
    return known


def test_where_the_move_starts_at_once_people_come_first() -> None:
    found = [t for _, t in week(at_once(60, 70, 80), hours_per_week=8)]
    assert found[:2] == ["letters 60", "letters 70"] and "letters 80" not in found and "calls 40" in found
    for hours, count in ((4, 3), (5, 3), (5.25, 2)):
        few = [t for _, t in week(at_once(10, 20, 30, 40), hours_per_week=hours) if "letters" in t]
        assert few == ["letters 10", "letters 20", "letters 30"][:count], "in a short week one more"
    half = [t for _, t in week(at_once(110, 130), hours_per_week=8) if "letters" in t]
    assert half == ["letters 110", "letters 130"], "half of the week"
    long = [t for _, t in week(at_once(300, 20), hours_per_week=8)]
    assert long[0] == "letters 300" and "letters 20" not in long, "half of the week at most, but for the first"
    known = at_once(60, 70)
    known.moves["move-job"].id = "search"
    assert not [t for _, t in week(known, hours_per_week=8) if "letters" in t], "a search is no meeting"


def test_a_long_first_step_adds_no_piece() -> None:
    able = project("main", "calls scores agents")

    def told(lines: str) -> list[str]:
        known = small(lines=lines, extra=Extra(projects=[able]))
        known.modules["calls"].tasks = (Task(minutes=30, text="set up"),)
        return [t for _, t in week(known, hours_per_week=8)]

    short, long = LINES.replace("calls    20h", "calls    14h"), LINES.replace("calls    20h", "calls    15h")
    assert "Calls for main." in told(short) and "Calls for main." not in told(long)


def test_the_small_tasks_of_the_first_three_steps_fill_a_week() -> None:
    known = tasked((), calls=(60,), scores=(60,), agents=(60,), theory=(60,))
    assert [t for _, t in week(known, hours_per_week=10)] == ["calls 60", "scores 60", "agents 60"]


def test_a_week_of_the_move_alone_has_its_tasks() -> None:
    known = small()
    known.modules["letters"].tasks = (Task(minutes=60, text="write"),)
    done = {"calls": 2, "scores": 2, "agents": 2, "theory": 2, "law": 2, "papers": 2}
    assert {t for _, t in week(known, skills=done)} == {"write"}
    assert week(known, skip=[*done, "letters"]) == []


def test_times_of_a_set_up_and_of_a_project_stay_and_the_rest_shares_the_week() -> None:
    rows = week(tasked((60,), calls=(30, 60, 60)), hours_per_week=5)
    assert rows == [(30, "calls 30"), (60, "p 60"), (105, "calls 60"), (105, "calls 60")]
    rows = week(tasked((60,), calls=(30, 100, 100)), hours_per_week=6)
    assert rows == [(30, "calls 30"), (60, "p 60"), (135, "calls 100"), (135, "calls 100")]


def test_what_a_case_needs_is_said_in_weeks_of_six_to_twenty_five_hours_and_with_its_time() -> None:
    told = (replace(line("first", "badge", rank=44), minutes=None), line("first", "other", rank=43))
    known = tasked((60,), told, calls=(30, 90))

    def has(hours: float) -> bool:
        return "badge is said" in [t for _, t in week(known, hours_per_week=hours)]

    assert [has(h) for h in (5.75, 6, 25, 25.25)] == [False, True, True, False]
    assert (15, "badge is said") in week(tasked((60,), told, calls=(30, 255)), hours_per_week=6), "it fills the week"
    assert "other is said" not in [t for _, t in week(known, hours_per_week=6)]
    low = tasked((60,), (line("first", "low", rank=43),), calls=(30, 90))
    assert "low is said" not in [t for _, t in week(low, hours_per_week=6)]


@pytest.mark.parametrize(("hours", "sittings"), [(2.75, 2), (3, 1)])
def test_from_three_hours_a_week_on_a_project_leaves_most_of_them(hours: float, sittings: int) -> None:
    rows = [t for _, t in week(tasked((60, 60), calls=(30, 60)), hours_per_week=hours)]
    assert rows.count("p 60") == sittings


def test_a_project_has_exactly_its_share_and_three_sittings() -> None:
    """Forty-five percent of six hours are 162 minutes."""
    for minutes, told in ((102, True), (103, False)):
        rows = [t for _, t in week(tasked((60, minutes), calls=(30, 75)), hours_per_week=6)]
        assert (f"p {minutes}" in rows) is told
    rows = [t for _, t in week(tasked((20, 21, 22, 23), calls=(30, 60, 60)), hours_per_week=10)]
    assert "p 22" in rows and "p 23" not in rows


def test_a_short_week_has_a_set_up_and_two_tasks_and_no_week_more_than_seven() -> None:
    rows = week(tasked((), calls=(30, 60, 61, 62, 63)), hours_per_week=2)
    assert [t for _, t in rows] == ["calls 30", "calls 60", "calls 61"]
    many = tasked((60, 45, 50), (line("message"),), calls=(30, 70, 80, 90, 100), scores=(60, 70), agents=(60, 70))
    assert [len(week(many, hours_per_week=hours)) for hours in (14, 20, 60)] == [7, 7, 7]


@pytest.mark.parametrize(("hours", "together"), [(14, False), (14.25, True)])
def test_from_fourteen_hours_on_the_work_has_three_rows_beside_a_message(hours: float, together: bool) -> None:
    known = tasked((60, 45, 50), (line("message", minutes=15),), calls=(30, 100, 110, 120, 130, 140))
    assert ("p 45 p 50" in [t for _, t in week(known, hours_per_week=hours)]) is together


def test_no_task_has_no_time_and_one_person_is_written_to() -> None:
    assert [m for m, _ in week(tasked((), calls=(5, 300, 300)), hours_per_week=10)] == [300, 300]
    two = (line("message", "low", rank=1), line("message", "high", rank=2))
    said = [t for _, t in week(tasked((60,), two, calls=(30, 75)), hours_per_week=6) if "is said" in t]
    assert said == ["high is said"]


def test_a_move_of_a_single_day_at_the_start_is_made_at_once() -> None:
    known = at_once(10, 20, lines=LINES.replace("letters  8h", "letters  1h"))
    assert [t for _, t in week(known, hours_per_week=40)][:2] == ["letters 10", "letters 20"]


def test_beside_people_and_a_project_the_first_step_keeps_a_row() -> None:
    """Three letters, a set-up and three sittings would fill the seven rows."""
    known = at_once(10, 12, 14, extra=Extra(projects=[tasked((20, 21, 22)).projects["p"]]))
    rows = [t for _, t in week(known, hours_per_week=5)]
    assert len(rows) == 7 and rows[-3:] == ["p 20", "p 21 p 22", "calls 50"]


# --- what a step adds to the project ---------------------------------------------------------------------------------


def pieced(tasks: tuple[int, ...] = (), *, hours: int = 10, parts: Mapping[str, Part] | None = None) -> Catalogue:
    """The first step takes so many hours, adds to the project, and opens these parts in order."""
    lines = LINES.replace("calls    20h", f"calls    {hours}h").replace("scores   20h", "scores   10h")
    known = telling(small(lines=lines, extra=Extra(projects=[project("main", "calls scores agents")])))
    book = known.resources["book"]
    known.resources = {
        "book": book, "more": replace(book, id="more", title="More"), "dear": replace(book, id="dear", cost="paid"),
    }  # fmt: skip
    calls = known.modules["calls"]
    calls.tasks = tuple(Task(minutes=m, text=f"calls {m}") for m in tasks)
    calls.parts = dict(parts or {})
    calls.resources = tuple(calls.parts)
    return known


@pytest.mark.parametrize(("minutes", "told"), [(50, True), (51, False)])
def test_a_set_up_of_fifty_minutes_comes_before_the_piece_and_a_longer_one_is_no_set_up(
    minutes: int, told: bool
) -> None:
    assert (f"calls {minutes}" in [t for _, t in week(pieced((minutes,)), hours_per_week=8)]) is told


def test_what_a_step_opens_first_is_read_where_it_is_free_and_takes_an_evening_at_most() -> None:
    def read(**parts: Part) -> str:
        return week(pieced(parts=parts), hours_per_week=8)[0][1]

    piece = "Calls for main."
    assert read(book=Part(part="one", hours=4)) == "<week-open: title=The book; part=one>"
    assert read(book=Part(part="all of it", hours=1)).startswith("<week-open-whole: ")
    assert read(book=Part(part="one", hours=5)) == read(dear=Part(part="one", hours=1)) == piece
    assert read(book=Part(part="one", hours=5), more=Part(part="two", hours=1)) == piece, "not the second instead"


def test_a_short_step_takes_no_more_of_the_week_than_its_hours() -> None:
    """Of its two hours one goes into reading; the next step takes the rest."""
    assert week(pieced(hours=2, parts={"book": Part(part="one", hours=1)}), hours_per_week=4) == [
        (60, "<week-open: title=The book; part=one>"), (60, "Calls for main."), (120, "Scores for main."),
    ]  # fmt: skip
