"""Hours, money, days and periods as people type them, read by the same functions wherever they are typed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from roadmap.model.months import is_month, planned_day
from roadmap.model.problem import Fault
from roadmap.model.typed import day_of, days_of, dollars_of, hours_of, periods_of
from tests.in_process import roadmap

TODAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("3h", 3), ("3 h", 3), ("2,5", 2.5), ("2.5", 2.5), ("1:30", 1.5), ("90min", 1.5), ("90 minutes", 1.5),
        ("1h30", 1.5),
        ("1h 30m", 1.5), ("1 1/2", 1.5), ("½", 0.5), ("1½ h", 1.5), ("two hours", 2), ("1,5 Std.", 1.5),
        ("7,5 heures", 7.5),
        ("10-12", 10), ("10h-12h", 10), ("about 8 hours a week", 8), ("45 Minuten", 0.75), ("ten", 10),
        ("tense", None), ("h", None),
        ("a lot", None), ("1:75", None), ("5 apples", None), ("half an hour", 0.5), ("an hour and a half", 1.5),
        ("three and a half hours", 3.5), ("1 h, 15 min", 1.25), ("fünf Stunden", 5), ("5 horas a la semana", 5),
        ("5 ore a settimana", 5), ("5 godzin tygodniowo", 5), ("5 uren per week", 5), ("circa 5 Std", 5),
        ("at least 5", 5), ("> 5", 5), ("max. 5 hours", 5), ("5 hours weekly", 5), ("5 pw", 5), ("2h/day", None),
        ("a", None), ("1h daily", None),
    ],
)  # fmt: skip
def test_hours(text: str, hours: float | None) -> None:
    assert hours_of(text) == hours


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.12.2026", "2026-12-01"), ("December 7th", "2027-12-07"), ("7 Dec", "2027-12-07"), ("Dec 9", "2026-12-09"),
        ("9.12.", "2026-12-09"), ("in two weeks", "2026-12-22"), ("in 3 months", "2027-03-08"),
        ("next week", "2026-12-15"),
        ("2 days ago", "2026-12-06"), ("yesterday", "2026-12-07"), ("tomorrow", "2026-12-09"), ("Monday", "2026-12-14"),
        ("last monday", "2026-12-07"), ("1st of March 2027", "2027-03-01"), ("24. Dezember", "2026-12-24"),
        ("24 décembre 2026", "2026-12-24"), ("24 de diciembre de 2026", "2026-12-24"), ("31/12/2026", "2026-12-31"),
        ("1 stycznia 2027", "2027-01-01"), ("32.12.2026", None), ("some day", None), ("Dec 2026", None),
        ("in weeks", None), ("7-Dec-2026", "2026-12-07"), ("7-Dec-26", "2026-12-07"), ("7 Dec 26", "2026-12-07"),
        ("Mon 14 Dec 2026", "2026-12-14"), ("Monday, December 14", "2026-12-14"), ("Mo, 14.12.2026", "2026-12-14"),
        ("1. 12. 2026", "2026-12-01"), ("20261201", "2026-12-01"), ("46357", "2026-12-01"), ("46357.0", "2026-12-01"),
        ("in zwei Wochen", "2026-12-22"), ("dans deux semaines", "2026-12-22"), ("en dos semanas", "2026-12-22"),
        ("za dwa tygodnie", "2026-12-22"), ("vor zwei Wochen", "2026-11-24"), ("il y a 3 jours", "2026-12-05"),
        ("morgen", "2026-12-09"), ("mañana", "2026-12-09"), ("hier", "2026-12-07"), ("lundi", "2026-12-14"),
        ("end of the year", "2026-12-31"), ("end of 2027", "2027-12-31"), ("Ende März", "2027-03-31"),
        ("end of February 2028", "2028-02-29"), ("beginning of March", "2027-03-01"), ("end", None), ("so", None),
        ("end of nothing", None), ("the end", None), ("may", None), ("20261301", None),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    assert day_of(text, TODAY) == (day and date.fromisoformat(day))


def test_a_day_that_cannot_lie_ahead_is_the_last_one() -> None:
    typed = [day_of(t, TODAY, past=True) for t in ("December 7th", "9.12.", "monday", "tuesday")]
    assert typed == [date(2026, 12, 7), date(2025, 12, 9), date(2026, 12, 7), TODAY]


def test_the_last_day_of_a_month_stays_one() -> None:
    assert day_of("in one month", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "December 24, 2026 to December 27, 2026", "Dec 24,2026 - Dec 27,2026",
        "24-27 Dec", "24 - 27 Dec", "Dec 24-27", "Dec 24th-27th", "24.-27. Dezember", "24.12.2026-27.12.2026",
        "24 Dec to 27 Dec", "2026-12-24..2026-12-27", "December 24 to 27", "24.-27.12.2026", "24.12. - 27.12.",
        "2026-12-24/2026-12-27", "from 24 to 27 December", "vom 24.12. bis 27.12.", "between 24 and 27 Dec",
        "du 24 au 27 décembre", "del 24 al 27 de diciembre", "December 24th through 27th", "Dec 24-Dec 27",
    ],
)  # fmt: skip
def test_periods(text: str) -> None:
    assert periods_of(text, TODAY) == [{"from": "2026-12-24", "to": "2026-12-27"}]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2w", 14), ("2 wks", 14), ("10 days", 10), ("three weeks", 21), ("zwei Wochen", 14), ("deux semaines", 14),
        ("10 días", 10), ("dwa tygodnie", 14), ("1 d", 1), ("0 days", None), ("400 days", None), ("2 months", None),
        ("2 apples", None), ("w", None),
    ],
)  # fmt: skip
def test_lengths(text: str, days: int | None) -> None:
    assert days_of(text) == days


def test_several_periods_over_the_turn_of_a_year() -> None:
    assert periods_of("24 Dec - 2 Jan, 5 March, some days", TODAY) == [
        {"from": "2026-12-24", "to": "2027-01-02"}, {"from": "2027-03-05", "to": "2027-03-05"}, "some days"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "dollars"),
    [
        ("free", 0), ("nothing", 0), ("about $250", 250), ("~250", 250), ("250 bucks", 250), ("up to 300", 300),
        ("under $500", 500), ("300 max", 300), ("200-300", 200), ("$200 - $300", 200), ("1.5k", 1500), ("a lot", None),
        ("$1,000/month", None), ("-5", None),
    ],
)  # fmt: skip
def test_sums(text: str, dollars: float | None) -> None:
    assert dollars_of(text) == dollars


@pytest.mark.parametrize(
    ("read", "text"),
    [(day_of, "01/02/2027"), (dollars_of, "1.000"), (dollars_of, "250 €"), (dollars_of, "1.000 - 2.000")],
)
def test_what_could_mean_two_things_is_asked(read: Callable[..., object], text: str) -> None:
    assert isinstance(read(text, TODAY) if read is day_of else read(text), Fault)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("September 2027", "2027-09-01", "2027-09-30"), ("2027-09", "2027-09-01", "2027-09-30"),
        ("9/2027", "2027-09-01", "2027-09-30"), ("by Sept. 2027", "2027-09-01", "2027-09-30"),
        ("Sept '27", "2027-09-01", "2027-09-30"), ("in März", "2027-03-01", "2027-03-31"),
        ("Dezember 2027", "2027-12-01", "2027-12-31"), ("febrero de 2028", "2028-02-01", "2028-02-29"),
        ("December", "2026-12-08", "2026-12-31"), ("november", "2027-11-01", "2027-11-30"),
        ("may", "2027-05-01", "2027-05-31"), ("7 Dec 2027", "2027-12-07", "2027-12-07"),
        ("maybe", None, None), ("marketing", None, None), ("13/2027", None, None), ("2027-00", None, None),
        ("ma", None, None), ("٩/2027", "2027-09-01", "2027-09-30"),
    ],
)  # fmt: skip
def test_a_month_begins_on_its_first_day_and_is_over_on_its_last(
    text: str, first: str | None, last: str | None
) -> None:
    assert planned_day("start", text, TODAY) == (first and date.fromisoformat(first))
    assert planned_day("deadline", text, TODAY) == (last and date.fromisoformat(last))


# --- the same wherever they are typed


def test_a_month_as_a_flag_says_which_day_was_taken() -> None:
    made = roadmap(
        "plan", "--role", "swe", "--defaults", "--start", "January 2027", "--deadline", "2027-12", "--format", "json",
        "--today", "2026-12-08",
    )  # fmt: skip
    asked = json.loads(made.stdout)["profile"]
    assert (asked["start"], asked["deadline"]) == ("2027-01-01", "2027-12-31")
    assert "--start: January 2027 is taken as 1 January 2027." in made.stderr
    assert "--deadline: 2027-12 is taken as 31 December 2027." in made.stderr
    plain = roadmap("plan", "--role", "swe", "--defaults", "--start", "2027-01-01", "--today", "2026-12-08")
    assert "taken as" not in plain.stderr


def test_flags_log_done_and_pause_read_them(tmp_path: Path) -> None:
    plan = str(tmp_path / "a.roadmap.yaml")
    made = roadmap(
        "plan", "--role", "swe", "--defaults", "--hours-per-week", "7,5", "--start", "1.12.2026",
        "--breaks", "24-27 Dec",
        "--deadline", "in 12 months", "--budget-usd", "1,000", "--today", "2026-11-30", "--save", plan,
        "--format", "json"
    )  # fmt: skip
    asked = json.loads(made.stdout)["profile"]
    assert (asked["hours_per_week"], asked["start"], asked["budget_usd"]) == (7.5, "2026-12-01", 1000)
    assert (asked["deadline"], asked["breaks"]) == ("2027-11-30", [{"from": "2026-12-24", "to": "2026-12-27"}])
    day = ("--plan", plan, "--today", "2026-12-08")
    for words, said in (
        (("log", "1", "1h30"), "Logged 1.5 h"), (("log", "1", "90", "min", "--on", "December 7th"), "Logged 1.5 h"),
        (("done", "1", "--hours", "7,5", "--evidence", "notes"), "Done:"),
        (("pause", "20.12.", "--from", "tomorrow"), "Off from 9 to 20"),
    ):  # fmt: skip
        assert said in roadmap(*words, *day).stdout
    assert "date: 2026-12-07, event: logged" in Path(plan).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flag", "text", "said"),
    [
        ("--budget-usd", "1.000", "can be 1000 or 1"), ("--deadline", "01/02/2027", "can be 2027-02-01"),
        ("--budget-usd", "250 €", "not in US dollars"), ("--start", "some day", "must be a day"),
    ],
)  # fmt: skip
def test_a_flag_that_could_mean_two_things_is_wrong_usage(flag: str, text: str, said: str) -> None:
    found = roadmap("plan", "--role", "swe", "--defaults", flag, text)
    assert found.returncode == 2 and said in found.stderr


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q3 2027", "2027-07-01", "2027-09-30"),
        ("2028 q1", "2028-01-01", "2028-03-31"),
        ("q1 '28", "2028-01-01", "2028-03-31"),
        ("by the third quarter of 2027", "2027-07-01", "2027-09-30"),
        ("last quarter", "2026-11-22", "2026-12-31"),
        ("Q1", "2027-01-01", "2027-03-31"),
    ],
)
def test_a_quarter_is_its_first_or_last_day(text: str, first: str, last: str) -> None:
    today = date(2026, 11, 22)
    assert planned_day("start", text, today) == date.fromisoformat(first)
    assert planned_day("deadline", text, today) == date.fromisoformat(last)
    assert is_month(text, today)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("autumn 2027", '"November 2027"'),
        ("Herbst 2028", '"November 2028"'),
        ("by spring", '"May 2027"'),
        ("\u00e9t\u00e9 2027", '"August 2027"'),
        ("2027", '"end of 2027"'),
        ("by 2027", '"end of 2027"'),
    ],
)
def test_a_season_and_a_whole_year_are_no_day_and_are_told_what_to_write(text: str, hint: str) -> None:
    found = planned_day("deadline", text, date(2026, 11, 22))
    assert isinstance(found, Fault) and found.id == "not-a-day" and hint in found.hint


@pytest.mark.parametrize("text", ["mid 2027", "Q5 2027", "Q3 2027,autumn 2027", "12027"])
def test_other_words_stay_what_no_day_is_read_from(text: str) -> None:
    assert planned_day("deadline", text, date(2026, 11, 22)) is None
