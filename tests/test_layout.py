"""One page, three drawers: what is said is the same, and each drawer sets it its own way."""

import re
from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len

from roadmap.model.catalogue import Catalogue
from roadmap.render.echo import without_echo
from roadmap.render.html import draw_html
from roadmap.render.layout import (
    Fold,
    Heading,
    Item,
    Items,
    Page,
    Span,
    bullets,
    facts,
    line,
    paragraph,
    quiet,
    strong,
    table,
)
from roadmap.render.markdown import draw_markdown
from roadmap.render.numbers import about, joined, minutes, sentence, stretch
from roadmap.render.opening import AS_NEEDED, opened
from roadmap.render.parts import parts
from roadmap.render.reasons import step_reasons
from roadmap.render.terminal import draw_terminal
from roadmap.render.wording import Words
from tests.builders import plan_for

ADDRESS = "https://example.org/a-page"
LONG = "A small app that a stranger can try without asking anybody " * 2
STEP = Item(line(strong("Call a model"), quiet(", 11 h")), (facts([("Why", "It is new.")]),), False, "calls")
PAGE = Page(
    "A title",
    (
        Heading("Verdict"),
        paragraph(strong("Yes."), " By June, ", Span("says a page", ADDRESS), "."),
        Heading("Phases"),
        table(
            ("Phase", "Hours", "What exists"),
            [
                ("1 Calls", "21 h", LONG),
                ("2 More", "7 h", ""),
            ],
            right=(1,),
            fixed=(1,),
        ),
        Heading("The search"),
        facts([("Look for", "AI engineer"), ("Each week", bullets(["four letters", "two talks"])), ("Say", "")]),
    ),
    (
        Heading("The steps"),
        Fold(
            "Phase 1",
            (
                Items(
                    (
                        Item(
                            line(strong("Call a model"), quiet(", 11 h")),
                            (facts([("Why", "It is new.")]),),
                            False,
                            "calls",
                        ),
                    )
                ),
            ),
            note="21 h",
        ),
    ),
    line("More: ", strong("roadmap plan")),
)


def test_a_terminal_sets_tables_in_columns_and_lists_beside_their_labels() -> None:
    lines = draw_terminal(PAGE, width=70).splitlines()
    assert lines[0] == "A title" and lines[2] == "Verdict" and lines[-1] == "More: roadmap plan"
    assert f"  Yes. By June, says a page.  {ADDRESS}" in lines
    top = lines.index("  Phase    Hours  What exists")
    assert lines[top + 1].startswith("  1 Calls   21 h  A small app that")
    assert lines[top + 2].startswith(" " * 18 + lines[top + 2].strip())
    assert "  Each week  - four letters" in lines and "             - two talks" in lines
    assert not any(text.lstrip().startswith("Say") for text in lines)
    assert "  [ ] Call a model, 11 h (calls)" in lines and "      Why  It is new." in lines


def test_a_narrow_terminal_stacks_what_has_no_room() -> None:
    for width in (30, 40):
        text = draw_terminal(PAGE, width=width)
        assert all(cell_len(one) <= width for one in text.splitlines())
        assert "  Each week\n" in text
    assert "Hours: 21 h" in draw_terminal(PAGE, width=30)


def test_colour_makes_links_of_words_and_writes_no_long_address() -> None:
    text = draw_terminal(PAGE, width=40, colour=True, links=True)
    assert f"\x1b]8;;{ADDRESS}\x1b\\" in text
    assert ADDRESS not in re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\", "", text)
    assert "\x1b" not in draw_terminal(PAGE, width=40, links=True)


def test_colour_without_links_writes_every_address_out() -> None:
    text = draw_terminal(PAGE, width=40, colour=True)
    assert "\x1b]8" not in text and f"\x1b[2m{ADDRESS}\x1b[0m" in text


def test_a_command_to_copy_stands_in_one_line() -> None:
    """Two lines would be two commands, and a path with a gap in it is none."""
    asked = "roadmap replan --hours-per-week 12 --plan ../" + "long-name/" * 12 + "me.roadmap.yaml"
    typed = asked.replace("replan", "log 3")
    page = Page("Ways", (), (facts([(asked, "More hours."), ("Worked?", (Span(typed, whole=True),))]),))
    lines = [one.strip() for one in draw_terminal(page, width=40).splitlines()]
    assert asked in lines and typed in lines
    page = Page("Ways", (), (facts([("Worked?", (Span(typed),))]),))
    assert all(cell_len(one) <= 40 for one in draw_terminal(page, width=40).splitlines()), "other words are broken"


def test_markdown_has_tables_tasks_and_links() -> None:
    text = draw_markdown(PAGE)
    assert text.startswith("# A title\n\n## Verdict\n\n**Yes.** By June, [says a page](https://example.org/a-page).\n")
    assert "| Phase | Hours | What exists |\n| --- | ---: | --- |\n" in text
    assert "- **Look for**: AI engineer\n- **Each week**\n  - four letters\n  - two talks\n" in text
    assert "- [ ] **Call a model**, 11 h <!-- step:calls -->\n  - Why: It is new.\n" in text
    assert text.endswith("More: **roadmap plan**\n")


def test_html_folds_and_names_its_sections() -> None:
    text = draw_html(PAGE)
    assert f'<strong>Yes.</strong> By June, <a href="{ADDRESS}" rel="noreferrer">says a page</a>.' in text
    assert '<summary><h3 class="title">Phase 1</h3><span class="when">21 h</span></summary>' in text
    assert '<li id="step-calls">' in text
    for name in re.findall(r'aria-labelledby="([^"]+)"', text):
        assert text.count(f'id="{name}"') == 1


def test_a_friend_says_a_thing_once() -> None:
    twice = "Firms take about two months from advert to offer."
    blocks = without_echo([paragraph(f"Yes. {twice}"), bullets([f"Wait. {twice} Then ask.", twice, "No."])])
    assert blocks[1:] == [bullets(["Wait. Then ask.", "No."])]
    assert without_echo([Items((Item(line(twice)), Item(line(twice))), ordered=True)])[0].items[1].line  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (sentence("nothing from work"), "Nothing from work."),
        (sentence("pgvector.org does it"), "pgvector.org does it."),
        (sentence("Is it?"), "Is it?"),
        (sentence(""), ""),
        (joined("Sit no exam", "Few ads name one."), "Sit no exam. Few ads name one."),
        (joined("Sit no exam.", "few ads name one"), "Sit no exam: few ads name one."),
        (joined("Sit no exam", ""), "Sit no exam."),
        (minutes(45), "45 min"),
        (minutes(150), "2 h 30"),
        (minutes(120), "2 h"),
        (about(11.25), "11 h"),
        (about(1.4), "1.5 h"),
        (stretch(date(2026, 12, 28), date(2027, 2, 7)), "28 Dec to 7 Feb 2027"),
        (stretch(date(2026, 12, 1), date(2026, 12, 20)), "1 to 20 Dec 2026"),
        (stretch(date(2026, 12, 1), date(2028, 2, 1)), "1 Dec 2026 to 1 Feb 2028"),
    ],
)
def test_small_words(said: str, meant: str) -> None:
    assert said == meant


def test_reasons_are_told_once_and_at_the_level_of_the_step(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, role="new")
    told = step_reasons(plan, Words(catalogue))
    texts = [text for step in plan.steps for _, text in told[step.id]]
    assert len(texts) == len(set(texts))
    assert all(told[step.id] for step in plan.steps if step.reasons)
    have = dict(plan.profile.have)
    for step in plan.steps:
        for reason, text in told[step.id]:
            if reason.code == "gap":
                assert ("new to you" in text) == (have.get(str(reason.args[0]), 0) == 0)
        for skill, level in step.teaches.items():
            have[skill] = max(have.get(skill, 0), level)


def test_no_part_of_a_resource_is_longer_than_its_step(catalogue: Catalogue) -> None:
    for role in ("swe", "data-scientist", "new"):
        for step in plan_for(catalogue, role=role).steps:
            for one in opened(catalogue, step):
                assert one.hours <= step.hours_high
                assert one.part != AS_NEEDED or one.resource.hours > step.hours_high


def test_every_step_belongs_to_one_phase_of_the_page(catalogue: Catalogue) -> None:
    people: list[dict[str, Any]] = [
        {},
        {"role": "new", "deadline": "2027-06-01"},
        {"cloud": "azure", "certifications": "all"},
    ]
    for answers in people:
        plan = plan_for(catalogue, **answers)
        found = [step.id for part in parts(plan) for step in part.steps]
        assert sorted(found) == sorted(step.id for step in plan.steps)
        counted = [row.title for row in plan.answer.phases if row.id != "move"]
        assert all(counted[part.number - 1] == part.title for part in parts(plan) if part.id != "move")
        assert all(part.number == 0 for part in parts(plan) if part.id == "move")
