"""The plan on a terminal: everything is there, nothing runs over, and no text is taken for anything but text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render.clean import clean
from roadmap.render.terminal import STAGE_COLOURS, render_terminal, to_ascii
from roadmap.render.timeline import ASCII, UNICODE, timeline
from roadmap.render.wording import Words, day, span
from tests.builders import plan_for

WIDTHS = (40, 80, 140, 200)
HOSTILE = "\x1b[31mAda\x1b[0m [bold]Lovelace[/] 👩‍💻 日本語の名前\r\n\u202eevil " + "Ω" * 150
HEALTH: Mapping[str, Any] = {"domain": "healthcare", "cloud": "azure", "certifications": "all"}
PAUSES = [{"from": "2026-12-20", "to": "2027-01-03"}, {"from": "2027-04-01", "to": "2027-05-10"}]
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "new": {"role": "new", "breaks": PAUSES},
    "hostile": {"role": "data-scientist", "name": HOSTILE, **HEALTH},
    "slow": {"hours_per_week": 1},
    "fast": {"hours_per_week": 60, "role": "data-scientist"},
    "deadline": {"deadline": "2027-03-01"},
    "too late": {"deadline": "2026-12-24"},
    "no money": {"budget_usd": 0},
}


@pytest.fixture(scope="module")
def plans(catalogue: Catalogue) -> dict[str, Plan]:
    return {name: plan_for(catalogue, **answers) for name, answers in PEOPLE.items()}


def empty(plan: Plan) -> Plan:
    """The same person with nothing to do."""
    start = plan.profile.start
    return replace(
        plan, steps=(), phases=(), weeks=(), exams=(), hours=0.0, cost_usd=0.0,
        finish=start, finish_p80=start, finish_p95=start,
    )  # fmt: skip


def flat(text: str) -> str:
    """Words without the places where lines were broken."""
    return " ".join(text.split())


def uncoloured(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_line_is_wider_than_the_page_or_ends_in_a_space(
    plans: dict[str, Plan], catalogue: Catalogue, name: str
) -> None:
    for width, ascii_only in [*((w, False) for w in WIDTHS), (40, True), (140, True)]:
        text = render_terminal(plans[name], catalogue, width=width, ascii_only=ascii_only)
        assert text.endswith("\n") and "\n\n\n" not in text
        assert "\x1b" not in text
        assert text.isascii() or not ascii_only
        for line in text.splitlines():
            assert cell_len(line) <= width
            assert line == line.rstrip()


def test_colour_only_adds_to_the_words(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for name in ("plain", "deadline"):
        plain = render_terminal(plans[name], catalogue)
        coloured = render_terminal(plans[name], catalogue, colour=True)
        seen = uncoloured(coloured).splitlines()
        added = [line for line in seen if line.strip() and line not in plain.splitlines()]
        assert len(added) == 1 and added[0].lstrip().startswith("■")
        assert "\x1b]" not in coloured
        assert STAGE_COLOURS[0][6:-1] in coloured


def test_the_answer_comes_first_and_the_next_thing_last(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    plan = plans["plain"]
    lines = render_terminal(plan, catalogue).splitlines()
    assert lines[0] == "AI engineer, from software engineer"
    top = flat("\n".join(lines[:16]))
    for words in (
        f"Ready by {day(plan.finish)}, even odds",
        f"4 in 5 by {day(plan.finish_p80)}, 19 in 20 by {day(plan.finish_p95)}",
        "at 10 h a week",
        "6 to 12 months",
        "USD for 1 exam",
        "within reach today",
        "of the skills that a posting names",
    ):
        assert words in top
    assert lines[-3].startswith("This week") and lines[-2].startswith("Next")


def test_a_path_without_a_published_duration_says_so(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    assert "Nobody has published a duration for this path." in render_terminal(plans["new"], catalogue)


def test_every_step_has_its_hours_dates_reasons_check_and_resource(
    plans: dict[str, Plan], catalogue: Catalogue
) -> None:
    words = Words(catalogue)
    for name in ("plain", "new", "hostile"):
        for width in (40, 80):
            text = flat(render_terminal(plans[name], catalogue, width=width))
            for step in plans[name].steps:
                assert step.id in text
                assert flat(words.effort(step)) in text
                assert span(step.start, step.finish) in text
                assert flat(clean(step.module.done_when[0])) in text
                assert words.resource(step.resources[0]) in text
                for reason in step.reasons[:2]:
                    assert flat(words.reason(reason)) in text


def test_an_address_is_whole_or_not_there(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    known = {r.url for r in catalogue.resources.values()}
    for width in WIDTHS:
        found = re.findall(r"https?://\S+", render_terminal(plans["plain"], catalogue, width=width))
        assert set(found) <= known


def test_exams_are_marked_dated_and_judged(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    plan = plans["hostile"]
    text = render_terminal(plan, catalogue, width=140)
    for exam in plan.exams:
        assert f"◆ {Words(catalogue).exam(exam)}" in text
        assert flat(exam.certification.note) in flat(text)
        assert f"◆ {span(exam.exam_on, exam.exam_on)}" in text or f"{span(exam.exam_on, exam.exam_on)} ─" in text


def test_what_does_not_fit_is_said_with_its_way_out(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    reduced = render_terminal(plans["deadline"], catalogue)
    assert "Not everything fits" in reduced and "Does not fit before your deadline:" in reduced
    late = render_terminal(plans["too late"], catalogue)
    assert "no smaller plan would still be this role" in late
    for option in plans["too late"].options:
        assert Words(catalogue).option(option) in flat(late)
    assert late.index("This does not fit") < late.index("Build with language models  ")
    free = render_terminal(plans["no money"], catalogue)
    assert "nothing has to be paid for" in free


def test_what_is_held_takes_one_line_and_the_rest_has_hours_and_worth(
    plans: dict[str, Plan], catalogue: Catalogue
) -> None:
    plan = plans["plain"]
    text = render_terminal(plan, catalogue)
    held = sum(x.reason.code == "held" for x in plan.left_out)
    assert len(re.findall(rf"^  Already yours \({held}\): ", text, re.MULTILINE)) == 1
    for one in plan.left_out:
        if one.reason.code == "rule":
            assert re.search(rf"[\d.]+ %  [\d.]+ h  {re.escape(one.title)} +{re.escape(one.id)}$", text, re.MULTILINE)
        elif one.reason.code == "retired":
            assert Words(catalogue).reason(one) in flat(text)


def test_people_and_catalogues_are_shown_as_they_write(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    name = "[red]Ada[/red] \x1b[31m:boom: 日本"
    text = render_terminal(plan_for(catalogue, name=name), catalogue, colour=True)
    assert "For [red]Ada[/red] \ufffd[31m:boom: 日本\n" in uncoloured(text)
    plan = plans["plain"]
    step = plan.steps[0]
    module = replace(step.module, title="[link=http://x]A[/link]\x1b]8;;http://x\x07 \\[b]", done_when=("[/] \x9b31m",))
    wicked = replace(plan, steps=(step._replace(module=module), *plan.steps[1:]))
    for width in WIDTHS:
        text = uncoloured(render_terminal(wicked, catalogue, width=width, colour=True))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        assert "[link=http://x]A[/link]" in text and "[/] \ufffd31m" in text


def test_a_person_who_needs_nothing_gets_a_plan_that_says_so(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    text = render_terminal(empty(plans["plain"]), catalogue)
    assert "none: nothing is missing" in text and "even odds" not in text
    assert text.splitlines()[-1].startswith("Next") and "Nothing is left to learn" in text


def test_the_same_plan_gives_the_same_text(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for colour in (False, True):
        assert len({render_terminal(plans["new"], catalogue, colour=colour) for _ in range(2)}) == 1


def test_the_environment_changes_nothing(
    plans: dict[str, Plan], catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [render_terminal(plans["plain"], catalogue, colour=c) for c in (False, True)]
    for key, value in {"FORCE_COLOR": "1", "COLUMNS": "33", "TERM": "dumb", "NO_COLOR": ""}.items():
        monkeypatch.setenv(key, value)
    assert [render_terminal(plans["plain"], catalogue, colour=c) for c in (False, True)] == before


def test_accents_and_signs_have_plain_letters() -> None:
    assert to_ascii("“Zoë” – Straße, Łódź… 日 👩‍💻") == '"Zoe" - Strasse, Lodz... ? ??'


@pytest.mark.parametrize("width", [10, 21, 50, 110])
@pytest.mark.parametrize("name", PEOPLE)
def test_bars_have_the_width_asked_for_and_every_phase_shows(plans: dict[str, Plan], name: str, width: int) -> None:
    for glyphs in (UNICODE, ASCII):
        picture = timeline(plans[name], width, glyphs)
        assert all(len(line) <= width for line in picture.header)
        assert all(len(row.cells) == width for row in picture.rows)
        for row in picture.rows:
            assert any(c.stage for c in row.cells) or row.kind == "off"


def test_bars_follow_the_calendar(plans: dict[str, Plan]) -> None:
    plan = plans["new"]
    first, *others = (r for r in timeline(plan, 100).rows if r.kind == "phase")
    begins = [next(i for i, c in enumerate(row.cells) if c.stage) for row in (first, *others)]
    assert begins == sorted(begins)
    drawn = "".join(c.glyph for c in first.cells)
    assert re.fullmatch(r" *[▐█]█*░+▐?█+[▏▎▍▌▋▊▉]? *", drawn)


def test_labels_never_touch_and_crowded_months_give_way(plans: dict[str, Plan]) -> None:
    for name, plan in plans.items():
        for width in (20, 50, 100):
            for line in timeline(plan, width).header:
                assert re.fullmatch(
                    r" *(\d{4}|[A-Z][a-z]{2}|\d+ [A-Z][a-z]{2})( +(\d{4}|[A-Z][a-z]{2}|\d+ [A-Z][a-z]{2}))*", line
                ), (name, line)
    assert len(timeline(plans["slow"], 50).header) == 1
    assert len(timeline(plans["fast"], 100).header) == 2
    assert re.search(r"\d+ Nov", timeline(plans["fast"], 100).header[1])


@given(name=st.text(max_size=120), width=st.integers(40, 200), ascii_only=st.booleans())
def test_no_name_breaks_the_page(catalogue: Catalogue, name: str, width: int, ascii_only: bool) -> None:
    plan = empty(plan_for(catalogue, skills=dict.fromkeys(catalogue.skills, 4)))
    named = replace(plan, profile=replace(plan.profile, name=name), left_out=(), notices=())
    text = render_terminal(named, catalogue, width=width, ascii_only=ascii_only)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert text.isascii() or not ascii_only
