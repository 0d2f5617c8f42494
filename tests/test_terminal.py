"""The plan on a terminal: the answer is whole, nothing runs over, and no text is taken for anything but text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render.answer_work import FEW_PHASES, MOST_TASKS
from roadmap.render.cells import cells_of, to_ascii
from roadmap.render.clean import clean
from roadmap.render.layout import Page, paragraph
from roadmap.render.numbers import day, span, stretch
from roadmap.render.people import render_terminal
from roadmap.render.reasons import step_reasons
from roadmap.render.terminal import STAGE_COLOURS, draw_terminal
from roadmap.render.timeline import ASCII, UNICODE, timeline
from roadmap.render.wording import Words
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
ORDER = (
    "Verdict", "Not now", "A normal week", "Phases", "What to open", "The project", "Beside it", "What you do",
    "Checkpoints", "Rules you meet", "The search", "Exam:", "Money", "What can go wrong", "Good to know",
    "What your hours buy", "What the whole way", "Until", "Your first week", "This week", "Sources",
)  # fmt: skip
# Words of the workshop, which nobody outside it knows.
INSIDE = ("coverage", "breadth", "--keep", "within reach", "the role asks for", "you are at")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


@pytest.fixture(scope="module")
def plans(catalogue: Catalogue) -> dict[str, Plan]:
    return {name: plan_for(catalogue, **answers) for name, answers in PEOPLE.items()}


def empty(plan: Plan) -> Plan:
    """The same person with nothing to do."""
    start = plan.profile.start
    answer = replace(
        plan.answer, phases=(), projects=(), gates=(), move=None, first_week=(), hours_buy=(), until_then=(),
        rhythm=(), ready=start, ready_even=start, money=(), rules=(), facts=(), tools=(),
    )  # fmt: skip
    return replace(
        plan, steps=(), phases=(), weeks=(), exams=(), hours=0.0, cost_usd=0.0, answer=answer, later=(),
        finish=start, finish_p80=start, finish_p95=start,
    )  # fmt: skip


def flat(text: str) -> str:
    """Words without the places where lines were broken."""
    return " ".join(text.split())


def uncoloured(text: str) -> str:
    return ESCAPE.sub("", text)


def headings(text: str) -> list[str]:
    """Lines at the left edge with air above them and something below."""
    lines = text.splitlines()
    rows = zip(lines, lines[1:], lines[2:], strict=False)
    return [line for before, line, after in rows if not before and line[:1].strip() and after]


@pytest.mark.parametrize("full", [False, True], ids=["answer", "full"])
@pytest.mark.parametrize("name", PEOPLE)
def test_no_line_is_wider_than_the_page_or_ends_in_a_space(
    plans: dict[str, Plan], catalogue: Catalogue, name: str, full: bool
) -> None:
    for width, ascii_only in [*((w, False) for w in WIDTHS), (40, True), (140, True)]:
        text = render_terminal(plans[name], catalogue, width=width, ascii_only=ascii_only, full=full)
        assert text.endswith("\n") and "\n\n\n" not in text
        assert "\x1b" not in text
        assert text.isascii() or not ascii_only
        for line in text.splitlines():
            assert cell_len(line) <= width or re.fullmatch(r" *(\[\d+\] +)?https?://\S+", line)
            assert line == line.rstrip()


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_is_cut(plans: dict[str, Plan], catalogue: Catalogue, name: str) -> None:
    for width in WIDTHS:
        text = render_terminal(plans[name], catalogue, width=width, full=True)
        assert "…" not in text.split("\n\n", 1)[1]


def test_colour_only_adds_to_the_words(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for name in ("plain", "deadline"):
        plain = flat(render_terminal(plans[name], catalogue, full=True, width=140))
        coloured = render_terminal(plans[name], catalogue, full=True, width=140, colour=True, links=True)
        legend = {word for stage in catalogue.stages.values() for word in f"■ {stage.short}".split()}
        assert {word for word in uncoloured(coloured).split() if word not in plain} <= legend
        assert STAGE_COLOURS[2] in coloured and "\x1b]8;;https://" in coloured


def test_the_answer_comes_first_in_its_order_and_a_command_at_most_last(
    plans: dict[str, Plan], catalogue: Catalogue
) -> None:
    for name, plan in plans.items():
        text = render_terminal(plan, catalogue)
        first, *_ = text.splitlines()
        assert Words(catalogue).headline(plan).split(",")[0].split()[0] in flat(text) and first
        found = [i for h in headings(text) for i, known in enumerate(ORDER) if h.startswith(known)]
        assert found == sorted(found), (name, headings(text))
        assert {ORDER.index("Verdict"), ORDER.index("Money"), ORDER.index("What to open")} <= set(found)
        assert "roadmap " not in text, "nobody kept it, so there is nothing to list"
        kept = render_terminal(plan, catalogue, steps_by="roadmap steps")
        assert kept == f"{text}\nAll steps of this plan: roadmap steps\n"


def test_the_page_says_what_the_answer_says(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for plan in plans.values():
        answer, text = plan.answer, flat(render_terminal(plan, catalogue, width=200))
        later = [phase for phase in answer.phases if phase.later]
        said = [phase.leaves for phase in answer.phases if phase not in later[:-1]]
        said += [task.task for task in answer.first_week]
        said += [target for project in answer.projects[:1] for target in project.targets]
        longest = [max(phase.opens, key=lambda one: one.hours) for phase in answer.phases if phase.opens]
        said += [f"{one.title} {one.part}" for one in longest]
        checked = {gate.step for gate in answer.gates}
        begun = " ".join(task.task for task in answer.first_week)
        for phase in (phase for phase in answer.phases if not phase.later and phase.id != "move"):
            able = sorted((one for one in phase.work if one.step not in checked), key=lambda one: -one.hours)
            able = [one for one in able if one.adds and one.adds not in begun]
            many = len(answer.phases) - len(later[:-1]) > FEW_PHASES + 1
            said += [work.adds for work in able[: 1 if many else MOST_TASKS]]
        shown = {word.strip(".,;:()").casefold() for word in text.split()}
        for words in said:
            assert {word.strip(".,;:()").casefold() for word in clean(words).split()[1:]} <= shown
        low, high = answer.money_total
        assert f"Together {low:.0f}" in text or f"Together {high:.0f}" in text


def test_no_sentence_comes_twice_and_no_word_is_from_the_workshop(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for name, plan in plans.items():
        text = render_terminal(plan, catalogue, width=200)
        sentences = re.findall(r"[A-Z][^.?!:|]{45,}\.", text)
        assert len(sentences) == len(set(sentences)), (name, [s for s in sentences if sentences.count(s) > 1])
        for word in INSIDE:
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), (name, word)


def test_every_step_has_its_hours_dates_reasons_checks_and_resources(
    plans: dict[str, Plan], catalogue: Catalogue
) -> None:
    words = Words(catalogue)
    for name in ("plain", "new", "hostile"):
        why = step_reasons(plans[name], words)
        for width in (80, 140):
            text = flat(render_terminal(plans[name], catalogue, width=width, full=True))
            for step in plans[name].steps:
                assert step.id in text
                assert words.effort(step) in text
                assert span(step.start, step.finish) in text
                for one in (*step.module.done_when, *step.module.evidence, *(t for _, t in why[step.id])):
                    assert flat(clean(one)) in text.replace("[ ] ", "")
                for opened in words.opened(step):
                    assert flat(opened.resource.title) in text and opened.resource.url in text


def test_an_address_is_whole(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    known = {r.url for r in catalogue.resources.values()} | {s.url for s in catalogue.sources.values()}
    known |= {d.url for p in catalogue.projects.values() for d in p.data}
    for width in WIDTHS:
        found = re.findall(r"https?://\S+", render_terminal(plans["plain"], catalogue, width=width, full=True))
        assert set(found) <= known


def test_exams_have_their_day_pages_and_marks(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    plan = plans["hostile"]
    assert plan.exams
    text = render_terminal(plan, catalogue, width=140)
    for exam in plan.exams:
        cert = exam.certification
        named, on = re.escape(cert.label), r"\w{3} \d+ \w{3} \d{4}"
        assert re.search(rf"^Exam: {named}, {on}$|^  {named} .*{on}", text, re.MULTILINE)
        for words in (cert.url, cert.guide_url, cert.practice_url, cert.passing_score or ""):
            assert words in text
        if exam.recheck_on:
            assert day(exam.recheck_on) in flat(text)


def test_what_does_not_fit_comes_with_what_would(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    late = plans["too late"]
    assert late.status == "infeasible" and late.answer.hours_buy
    text = flat(render_terminal(late, catalogue))
    assert "What your hours buy" in text
    told, more = late.options[:2], late.options[2:]
    for option in told:
        assert option.value in text or day(date.fromisoformat(option.value)) in text, "the verdict says it"
    for option in more:
        assert Words(catalogue).option(option) in text


def test_people_and_catalogues_are_shown_as_they_write(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    name = "[red]Ada[/red] \x1b[31m:boom: 日本"
    text = render_terminal(plan_for(catalogue, name=name), catalogue, colour=True)
    assert "[red]Ada[/red] \ufffd[31m:boom: 日本: " in uncoloured(text)
    plan = plans["plain"]
    step = plan.steps[0]
    module = replace(step.module, title="[link=http://x]A[/link]\x1b]8;;http://x\x07 \\[b]", done_when=("[/] \x9b31m",))
    wicked = replace(plan, steps=(step._replace(module=module), *plan.steps[1:]))
    for width in WIDTHS:
        text = uncoloured(render_terminal(wicked, catalogue, width=width, colour=True, full=True))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        assert "[link=http://x]A[/link]" in text and "[/] \ufffd31m" in text


def test_a_person_who_needs_nothing_gets_a_plan_that_says_so(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    text = render_terminal(empty(plans["plain"]), catalogue, full=True)
    assert "Nothing to do" in text and "even odds" not in text


def test_the_same_plan_gives_the_same_text(plans: dict[str, Plan], catalogue: Catalogue) -> None:
    for colour in (False, True):
        assert len({render_terminal(plans["new"], catalogue, colour=colour, full=True) for _ in range(2)}) == 1


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
            assert any(c.stage for c in row.cells) or row.kind in ("off", "move", "gate", "deadline")


def test_bars_follow_the_calendar(plans: dict[str, Plan]) -> None:
    plan = plans["new"]
    move = plan.answer.move
    assert move
    rows = (r for r in timeline(plan, 100).rows if r.kind == "phase")
    first, *others = (r for r in rows if r.label.casefold() != move.name.casefold())
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
    far = replace(plans["new"], finish=date(2050, 1, 1))
    assert len(timeline(far, 50).header) == 1
    assert len(timeline(plans["fast"], 100).header) == 2


@given(name=st.text(max_size=120), width=st.integers(40, 200), ascii_only=st.booleans())
def test_no_name_breaks_the_page(
    plans: dict[str, Plan], catalogue: Catalogue, name: str, width: int, ascii_only: bool
) -> None:
    plan = empty(plans["plain"])
    named = replace(plan, profile=replace(plan.profile, name=name), left_out=(), notices=())
    text = render_terminal(named, catalogue, width=width, ascii_only=ascii_only)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert text.isascii() or not ascii_only


def test_a_number_keeps_its_percent_sign_on_its_line() -> None:
    page = Page("t", (paragraph("asked for by so many adverts that it is (46 %), which says much"),))
    for width in range(30, 80):
        text = draw_terminal(page, width=width)
        assert "46 %" in text and max(map(len, text.splitlines())) <= width


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=12))
def test_a_text_takes_as_many_columns_as_the_tables_say(text: str) -> None:
    """Most text is measured without them; what no terminal shows as it stands is made harmless before."""
    shown = clean(text)
    assert cells_of(shown) == max(cell_len(shown), sum(map(cell_len, shown)))


def test_a_first_week_that_has_fewer_hours_says_why(catalogue: Catalogue) -> None:
    late, whole = (plan_for(catalogue, start=date(2026, 11, day_)) for day_ in (24, 30))
    assert "8 h 30 of 10 h, as it begins on a Tuesday" in flat(render_terminal(late, catalogue, width=200))
    page = flat(render_terminal(whole, catalogue, width=200))
    assert "30 Nov to 6 Dec 2026: 10 h 1." in page and "as it begins" not in page


def test_time_off_stands_among_the_phases_and_a_move_has_the_day_to_count_on(catalogue: Catalogue) -> None:
    free = plan_for(catalogue, breaks="2027-02-01..2027-02-14")
    page, slack = flat(render_terminal(free, catalogue, width=200)), free.answer.slack
    assert "Time off 1 to 14 Feb 2027" in page
    assert slack is not None and slack[0] == free.answer.act_from < slack[1]
    assert f"Slack {stretch(*slack)}" in page
    assert f"by {day(slack[1])}, or by {day(slack[0]).removesuffix(f' {slack[1].year}')} if nothing slips" in page
    assert f"from {span(slack[1], slack[1])} or sooner" in page and f"From {day(slack[1])} or sooner" in page
    tight: dict[str, Any] = {"role": "data-scientist", "cloud": "gcp", "certifications": "one", "start": "2027-01-11"}
    dated = plan_for(catalogue, **tight, hours_per_week=9, deadline="2027-10-31")
    assert dated.answer.slack is None, "the date leaves none"
    assert "or sooner" not in flat(render_terminal(dated, catalogue, width=200))
