"""Answers that cannot be true together are problems with a hint, through whichever door; never empty plans."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.profile import make_profile
from roadmap.model.times import shared_out
from roadmap.planning.make import make_plan
from roadmap.render import Format, render
from tests.builders import TODAY, answers, plan_for, real_catalogue
from tests.in_process import roadmap

CATALOGUE = real_catalogue()
AT = ("--today", TODAY.isoformat())

WRONG: list[tuple[dict[str, Any], str, str, str]] = [
    ({"deadline": "2026-01-01"}, "deadline-before-start", "is before the start", "move one"),
    ({"budget_usd": -5}, "out-of-range", "must be 0 or more, not -5", ""),
    ({"hours_per_week": 0}, "out-of-range", "must be from 1 to 60, not 0", ""),
    ({"breaks": "2026-01-01..2100-12-31"}, "no-hours-left", "leave no week to study in", "end a period"),
    ({"availability": "2026-01-01..2100-12-31=0"}, "no-hours-left", "leaves no week to study in", "end a period"),
    (
        {"breaks": "2026-11-22..2027-12-31", "deadline": "2027-06-01"},
        "no-hours-left",
        "no day to study from 2026-11-22 to the deadline 2027-06-01",
        "later deadline",
    ),
    ({"availability": "mon=2", "deadline": "2026-11-22"}, "no-hours-left", "no day to study", "later deadline"),
    (
        {"availability": "2026-11-01..2026-12-27=0,rest=7", "deadline": "2027-01-03"},
        "no-hours-left",
        "no day to study",
        "later deadline",
    ),
    ({"availability": "mon=0"}, "no-hours-left", "no weekday has any hours", "give one of them hours"),
    ({"availability": "mon=0.5"}, "out-of-range", "add up to 0.5 hours a week", "hours of a weekday"),
    ({"availability": "mon=24,tue=24,wed=24"}, "out-of-range", "add up to 72 hours a week", "hours of a weekday"),
    ({"hours_per_week": 1, "availability": "buffer=50", "review": True}, "", "", ""),
    ({"keep": "first-rag", "skip": "first-rag"}, "keep-and-skip", "both kept and skipped", "remove it"),
    (
        {"keep": "rag-that-survives", "skip": "embeddings-and-search"},
        "keep-needs-skip",
        'is kept and needs "embeddings-and-search", which is skipped',
        'take "embeddings-and-search" out of skip',
    ),
    (
        {"keep": "evaluation-in-depth", "skip": "first-llm-calls"},
        "keep-needs-skip",
        'needs "first-llm-calls", which is skipped',
        "out of skip",
    ),
    ({"keep": "healthcare-system"}, "keep-out-of-reach", "which nothing here teaches", "set domain to healthcare"),
    ({"keep": "cert-ai-103", "certifications": "none"}, "keep-and-no-exam", "prepares for an exam", "one or all"),
    ({"keep": "cert-ai-103,cert-aip-c01"}, "keep-and-no-exam", "2 exams are kept", "set certifications to all"),
    ({"keep": "no-such-module-at-all"}, "unknown-module", "unknown module", "roadmap show modules lists them"),
    ({"postings": "mid,DE"}, "no-posting", "no posting is of all these groups", "leave one of them out"),
]


@pytest.mark.parametrize(("wrong", "id_", "said", "hint"), WRONG, ids=lambda x: "" if isinstance(x, dict) else None)
def test_contradictions_are_problems_with_a_hint(wrong: dict[str, Any], id_: str, said: str, hint: str) -> None:
    profile, faults = make_profile({"role": "swe", **wrong}, CATALOGUE, TODAY)
    if not id_:
        assert profile is not None
        return
    assert profile is None
    assert [f.id for f in faults] == [id_]
    assert said in faults[0].message and hint in faults[0].hint
    assert faults[0].path[0] in wrong


@pytest.mark.parametrize(("said", "hint"), [("nurse", "background: nurse"), ("wse", "swe"), ("data scientist", "")])
def test_a_trade_that_is_named_as_the_role_is_told_where_it_belongs(said: str, hint: str) -> None:
    _, faults = make_profile({"role": said}, CATALOGUE, TODAY)
    assert [f.id for f in faults] == ["unknown-role"]
    assert hint in faults[0].hint


def test_flags_and_files_say_the_same_with_their_own_places(tmp_path: Path) -> None:
    flags = roadmap("plan", "--role", "swe", "--keep", "rag-that-survives", "--skip", "first-rag", *AT)
    assert (flags.returncode, flags.stdout) == (2, "")
    assert "--keep: error:" in flags.stderr and "hint: take" in flags.stderr
    file = tmp_path / "me.yaml"
    file.write_text("role: swe\nkeep: [rag-that-survives]\nskip: [first-rag]\n", encoding="utf-8")
    done = roadmap("plan", "--profile", str(file), *AT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "me.yaml:2:8: error:" in done.stderr and "[keep-needs-skip]" in done.stderr


def test_a_range_inside_an_idle_one_counts() -> None:
    ranges = "2026-11-01..2027-12-31=0,2027-03-01..2027-03-31=5"
    profile, _ = make_profile({"role": "swe", "availability": ranges, "deadline": "2027-06-01"}, CATALOGUE, TODAY)
    assert profile is not None


def test_weekdays_say_how_many_hours_a_week_has_unless_that_is_said() -> None:
    assert plan_for(CATALOGUE, availability="mon=2,sat=6").profile.hours_per_week == 8
    assert plan_for(CATALOGUE, availability="mon=2,sat=6", hours_per_week=12).profile.hours_per_week == 12
    assert plan_for(CATALOGUE, availability="rest=4").profile.hours_per_week == 10


def test_weekdays_that_do_not_add_up_are_told() -> None:
    done = roadmap("plan", "--role", "swe", "--hours-per-week", "12", "--availability", "tue=2,sat=2", *AT)
    assert "make 4 h, your week has 12 h; shared out, that is Tue 6 h and Sat 6 h" in done.stderr
    fine = roadmap("plan", "--role", "swe", "--hours-per-week", "4", "--availability", "tue=2,sat=2", *AT)
    assert "shared out" not in fine.stderr


@given(st.lists(st.integers(0, 96), min_size=7, max_size=7).filter(any), st.integers(4, 240))
def test_shared_out_hours_add_up_and_keep_their_order(days: list[int], quarters: int) -> None:
    held = shared_out(days, quarters / 4)
    assert sum(held) == min(quarters, 96 * sum(map(bool, days))) and max(held) <= 96
    assert all((b >= a) for (x, a), (y, b) in itertools.product(zip(days, held, strict=True), repeat=2) if y > x)
    assert all(not h for d, h in zip(days, held, strict=True) if not d)


def test_somebody_who_skips_all_is_told_so_and_not_that_nothing_is_missing() -> None:
    plan = plan_for(CATALOGUE, skip=list(CATALOGUE.modules))
    text = render(plan, CATALOGUE, Format.TERMINAL, full=True)
    assert not plan.steps
    assert "Nothing is planned" in text and "left out yourself" in " ".join(text.split())
    assert "You are there" not in text


@given(answers(CATALOGUE), st.data())
def test_wishes_are_met_or_refused(someone: dict[str, Any], data: st.DataObject) -> None:
    modules = st.lists(st.sampled_from(list(CATALOGUE.modules)), max_size=3, unique=True)
    wished = {**someone, "keep": data.draw(modules), "skip": data.draw(modules)}
    profile, faults = make_profile(wished, CATALOGUE, TODAY)
    if profile is None:
        assert all(f.hint for f in faults)
        return
    plan = make_plan(CATALOGUE, profile, TODAY)
    there, left = {s.id for s in plan.steps}, {x.id for x in plan.left_out}
    for id_ in profile.keep:
        # What is kept is there, but for an exam that nobody can sit any more, or that is held, and where not even
        # the smallest end fits.
        out = CATALOGUE.modules[id_].kind == "certify" or plan.answer.outcome.id != plan.answer.wished.id
        assert id_ in there or (id_ in left and out)
    in_vain = {n.args[0] for n in plan.notices if n.code == "skip-needed"}
    for id_ in profile.skip:
        assert id_ not in there or id_ in in_vain


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("Backend", "write role: swe"), ("software engineer", "write role: swe"), ("SRE", "write role: swe"),
        ("Data Scientist", "write role: data-scientist"), ("backend engineer intern", "write role: new"),
        ("data", "one of: swe, data-scientist, new"), ("", "one of: swe, data-scientist, new"),
    ],
)  # fmt: skip
def test_a_job_title_is_told_which_role_it_is(said: str, hint: str) -> None:
    (fault,) = make_profile({"role": said}, CATALOGUE, TODAY)[1]
    assert (fault.id, fault.hint) == ("unknown-role", hint)
