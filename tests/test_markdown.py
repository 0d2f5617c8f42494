import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render.clean import clean
from roadmap.render.markdown import LONGEST_CHART, gantt, inline, link, marker, table
from roadmap.render.numbers import UNLISTED, day, span
from roadmap.render.parts import parts
from roadmap.render.people import render_markdown
from roadmap.render.wording import NOTHING_TO_DO, Words
from tests.builders import plan_for
from tests.test_hostile import attacked
from tests.test_terminal import empty


@pytest.fixture(scope="module", autouse=True)
def _any_length() -> Iterator[None]:
    """How many words a text has must not change what is on the page here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadmap.planning.answer.length.MOST_WORDS", 10**6)
        yield


PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
COMMENT = re.compile(r"<!-- step:[\w.~%-]+ -->")
CHART_LINE = re.compile(
    r"    (?:dateFormat YYYY-MM-DD|axisFormat (?:%d %b|%b %Y)|inclusiveEndDates|section (?:Phases|Exams)"
    r"|(?:\d+|-)(?: [^\s:;#%<>{}\[\]|\\`\"$&@*]+)* : \d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d"
    r"|Exam(?: [^\s:;#%<>{}\[\]|\\`\"$&@*]+)* : milestone, \d{4}-\d\d-\d\d, 0d)"
)
HOSTILE = (
    "<script>alert(1)</script> <b>x</b> <https://evil.example> <!-- step:x -->",
    "![x](javascript:alert(1)) [a](https://evil.example) [^1] [[wiki]] [ref]: https://evil.example",
    "a | b || c \\| d \\",
    "--> <!-- */ ``` ~~~ `code` $x$ {{y}} {%z%}",
    "# @octocat #123 C#7 owner/repo#4 ada@evil.example https://evil.example www.evil.example ##",
    "1. one\r\n\r\n- [x] two\n> three\u2028===\n\n    four\x1b[31m\u202e\x00",
    "**bold** __bold__ *i* _i_ ~~gone~~ ~gone~ ==seen== %%hidden%% &lt;b&gt; &#64; &copy;",
    "gantt section click: 2026-01-01 %%{init: {}}%% ; title # \ud800 \U0001f469\u200d\U0001f4bb",
    "- ",
    "```",
    " \t ",
)
NASTY = st.text(
    st.sampled_from(list("\\`*_{}[]<>()#+-.!|~$@&;:=%/'\" \n\t\r19aWw\u00a0\u202eé—\U0001f600")), max_size=24
)


@lru_cache(maxsize=4)
def parse(text: str) -> list[Token]:
    return PARSER.parse(text)


def tokens(text: str) -> Iterator[Token]:
    for block in parse(text):
        yield block
        yield from block.children or ()


def shown(text: str) -> str:
    """What a reader sees of inline Markdown, without the joiners that keep forges from linking."""
    kinds = ("text", "text_special", "code_inline")
    return "".join(t.content for t in tokens(text) if t.type in kinds).replace("\u2060", "")


def hrefs(text: str) -> list[str]:
    return [str(t.attrs["href"]) for t in tokens(text) if t.type == "link_open"]


def shape(text: str) -> list[str]:
    return [t.type for t in parse(text)]


def cells(text: str) -> list[list[int]]:
    """The number of cells of each row, for each table."""
    found: list[list[int]] = []
    for token in parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append(0)
        elif token.type in ("td_open", "th_open"):
            found[-1][-1] += 1
    return found


@pytest.fixture(scope="module")
def plan(catalogue: Catalogue) -> Plan:
    return plan_for(catalogue, name="Ada", cloud="azure", domain="healthcare")


@pytest.fixture(scope="module")
def page(plan: Plan, catalogue: Catalogue) -> str:
    return render_markdown(plan, catalogue)


@given(NASTY)
@example("_a_ a_b __ a__b")
@example("A #")
@example("C#")
@example("AT&T &lt;b&gt; &#64; &copy;")
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[6])
def test_text_shows_as_it_is_in_every_place(text: str) -> None:
    safe, meant = inline(text), clean(text) or UNLISTED
    places = {
        safe: ["paragraph_open", "inline", "paragraph_close"],
        f"## {safe}": ["heading_open", "inline", "heading_close"],
        f"- {safe}": shape("- a"),
        f"**{safe}**": ["paragraph_open", "inline", "paragraph_close"],
        f"before {safe} after": ["paragraph_open", "inline", "paragraph_close"],
        f"[{safe}](https://ok.example)": ["paragraph_open", "inline", "paragraph_close"],
        table(("a",), [(safe,)]): shape("| a |\n| --- |\n| b |"),
    }
    for source, blocks in places.items():
        assert shape(source) == blocks, source
        assert meant in shown(source)
        allowed = {"text", "text_special", "strong_open", "strong_close", "link_open", "link_close"}
        assert {t.type for t in tokens(source) if not t.block} <= allowed | {"inline"}
        assert hrefs(source) == (["https://ok.example"] if source.startswith("[") else [])
    assert shown(f"## {safe}") == meant


@given(NASTY)
@example(HOSTILE[4])
@example("HTTPS://a.example ftp://a.example WWW.a.example")
def test_nothing_is_left_for_a_forge_to_link(text: str) -> None:
    safe = inline(text)
    assert not re.search(r"@\w|#\d|(?<!\\)://|www\.", safe, re.IGNORECASE)


@pytest.mark.parametrize(
    "prose",
    [
        "Python 3.11 to 3.14: a well-known range (2 weeks x 12 h), R&D, Q&A and 10 % more!",
        "snake_case stays, and so do C#, C++, .NET, a/b, 5 < 6 > 4, 2 + 2 = 4 and “quotes” - here.",
        "Ends with a full stop. So does this; it's fine…",
        "3.5 months",
    ],
)
def test_ordinary_prose_is_not_made_ugly(prose: str) -> None:
    assert inline(prose) == prose


def test_references_do_not_work() -> None:
    assert "@octocat" not in inline("thanks @octocat")
    assert "#123" not in inline("fixes #123")
    assert shown(inline("thanks @octocat, fixes #123")) == "thanks @octocat, fixes #123"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.example/x_(y) z", "https://a.example/x_%28y%29%20z"),
        ("HTTP://a.example/?q=1&b=2#top", "HTTP://a.example/?q=1&b=2#top"),
        ("https://a.example/\n<b>\"'|\\", "https://a.example/%0A%3Cb%3E%22'%7C%5C"),
        ("https://a.example/?a&copy;b", "https://a.example/?a&copy%3Bb"),
        ("https://a.example/%20kept", "https://a.example/%20kept"),
        ("javascript:alert(1)", None),
        (" data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("mailto:a@a.example", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(address: str | None, target: str | None) -> None:
    source = link("A [title]", address)
    assert source == (f"[A \\[title\\]]({target})" if target else "A \\[title\\]")
    assert len(hrefs(source)) == bool(target)
    assert shown(source) == "A [title]"


@given(NASTY, st.text(max_size=20) | NASTY)
def test_a_link_holds_together(title: str, rest: str) -> None:
    source = table(("a", "b"), [(link(title, f"https://ok.example/{rest}"), "x")])
    assert cells(source) == [[2, 2]]
    assert len(hrefs(source)) == 1
    assert hrefs(source)[0].startswith("https://ok.example/")


@given(st.text(max_size=20) | NASTY)
@example("a-->b")
@example("---")
def test_an_id_cannot_end_its_comment(id_: str) -> None:
    mark = marker(id_)
    inner = mark.removeprefix("<!-- step:").removesuffix(" -->")
    assert "--" not in inner
    assert ">" not in inner
    assert unquote(inner) == id_.encode("utf-8", "replace").decode()
    assert [t.content for t in tokens(f"x {mark}") if t.type == "html_inline"] == [mark]


def test_a_plain_id_is_kept_as_it_is() -> None:
    assert marker("first-rag") == "<!-- step:first-rag -->"


def test_every_step_is_a_task_with_its_id(plan: Plan, catalogue: Catalogue, page: str) -> None:
    items = [line for line in page.splitlines() if line.startswith("- [ ] **")]
    by_phase = [s for p in parts(plan) for s in p.steps]
    assert [COMMENT.findall(line) for line in items] == [[marker(s.id)] for s in by_phase]
    assert page.count("\n    - [ ] ") == sum(len(s.module.done_when) for s in plan.steps)
    first = by_phase[0]
    about = f"{Words(catalogue).effort(first)}, {span(first.start, first.finish)}"
    assert items[0].startswith(f"- [ ] **{inline(first.module.title)}**, {about} <!-- ")


def test_the_answer_comes_first_and_the_steps_after_it(plan: Plan, catalogue: Catalogue, page: str) -> None:
    titles = [page.splitlines()[t.map[0]] for t in parse(page) if t.type == "heading_open" and t.map]
    steps = titles.index("## The steps")
    assert titles[0] == f"# Ada: {inline(Words(catalogue).headline(plan))}"
    assert titles[1] == "## Verdict"
    assert all(t.startswith("## ") for t in titles[1:steps])
    phases = [f"### {inline(p.heading)}" for p in parts(plan)]
    assert [t for t in titles[steps:] if t in phases] == phases
    assert titles[-1] == "### Sources"
    found = hrefs(page)
    for step in plan.steps:
        assert all(catalogue.resources[r].url in found for r in step.resources)
    for project in plan.answer.projects:
        assert all(datum.url in found for datum in project.data)


def test_tables_have_rows_of_equal_length(page: str) -> None:
    assert len(cells(page)) >= 4
    assert all(len(set(rows)) == 1 for rows in cells(page))


def test_sources_that_are_cited_are_listed(plan: Plan, page: str) -> None:
    cited = {int(n) for n in re.findall(r"\(source (\d+)", page)}
    listed = re.findall(r"^(\d+)\. ", page.split("### Sources")[1], re.MULTILINE)
    assert cited <= {int(n) for n in listed}
    assert listed == [str(i) for i in range(1, len(listed) + 1)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_changes_nothing_but_the_words(
    catalogue: Catalogue, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What was said before is left out, and whose adverts a share is counted in is told: that depends on the words.
    monkeypatch.setattr("roadmap.render.answer_page.without_echo", list)
    monkeypatch.setattr("roadmap.render.evidence.PERCENT", re.compile(r"(?!)"))
    monkeypatch.setattr("roadmap.planning.answer.length.MOST_WORDS", 10**9)
    monkeypatch.setattr(sys.modules["roadmap.planning.answer.gates"], "NUMBER", re.compile(""))
    page = render_markdown(*attacked(catalogue, "plain"))
    bad = render_markdown(*attacked(catalogue, text))
    assert shape(bad) == shape(page)
    assert cells(bad) == cells(page)
    html = [t.content for t in tokens(bad) if t.type in ("html_inline", "html_block")]
    assert len(html) == len(COMMENT.findall(page)) and all(COMMENT.fullmatch(h) for h in html)
    assert not [t for t in tokens(bad) if t.type in ("image", "s_open", "em_open", "code_inline")]
    assert {h.split("/")[2] for h in hrefs(bad)} == {"ok.example"}
    chart = [t.content for t in parse(bad) if t.type == "fence"]
    assert len(chart) == 1
    assert all(CHART_LINE.fullmatch(line) for line in chart[0].splitlines()[1:]), chart


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"role": "new", "hours_per_week": 2, "certifications": "all"},
        {"hours_per_week": 2, "domain": "healthcare", "certifications": "all"},
        {"hours_per_week": 60},
    ],
)
def test_the_chart_is_short_and_regular(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    chart = gantt(plan)
    head, *lines, last = chart.splitlines()
    assert (head, lines[0], last) == ("```mermaid", "gantt", "```")
    assert len(chart) < LONGEST_CHART
    assert "excludes" not in chart
    for line in lines[1:]:
        assert CHART_LINE.fullmatch(line), line
    assert len(lines) == 5 + len(parts(plan)) + bool(plan.exams) + len(plan.exams)
    for phase in parts(plan):
        assert f" : {phase.start}, {phase.finish}" in chart
    for exam in plan.exams:
        assert f" : milestone, {exam.exam_on}, 0d" in chart


def test_a_chart_of_many_phases_gives_way(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    few = parts(plan)
    for times in (1, 3, 5, 40):
        many = [part._replace(title="Long " * 30) for part in few] * times
        monkeypatch.setattr("roadmap.render.markdown.parts", lambda _plan, many=many: many)
        assert len(gantt(plan)) < LONGEST_CHART
        assert bool(gantt(plan)) == (times < 40)
    monkeypatch.setattr("roadmap.render.markdown.parts", lambda _plan: few)
    exams = replace(plan, exams=plan.exams * 60)
    assert "section Phases" in gantt(exams)
    assert "section Exams" not in gantt(exams)


def test_same_input_same_bytes(catalogue: Catalogue, page: str) -> None:
    again = plan_for(catalogue, name="Ada", cloud="azure", domain="healthcare")
    assert render_markdown(again, catalogue) == page
    assert "\n\n\n" not in page
    assert not [line for line in page.splitlines() if line != line.rstrip()]


def test_a_long_name_is_cut(catalogue: Catalogue) -> None:
    title = render_markdown(plan_for(catalogue, name="Ada Lovelace " * 15), catalogue).splitlines()[0]
    assert title.startswith("# Ada Lovelace")
    assert len(title) < 140
    assert "…" in title


def test_nothing_to_do(plan: Plan, catalogue: Catalogue) -> None:
    text = render_markdown(replace(empty(plan), left_out=(), notices=()), catalogue)
    assert NOTHING_TO_DO in text
    assert "mermaid" not in text


def test_what_does_not_fit_comes_with_options(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, deadline=date(2027, 1, 31))
    text = render_markdown(plan, catalogue)
    assert plan.status == "infeasible" and plan.options
    assert "## What your hours buy" in text
    for option in plan.options[:2]:
        assert option.value in text or day(date.fromisoformat(option.value)) in text, "the verdict says it"
    for option in plan.options[2:]:
        assert inline(Words(catalogue).option(option)) in text


def test_the_first_week_is_named_when_it_is_not_this_one(catalogue: Catalogue) -> None:
    text = render_markdown(plan_for(catalogue, start=date(2027, 3, 1)), catalogue)
    assert "## Your first week, 1 to 7 Mar 2027: 10 h" in text
    assert "## Until 1 March 2027" in text


def test_brief_is_the_answer_alone(plan: Plan, catalogue: Catalogue, page: str) -> None:
    text = render_markdown(plan, catalogue, brief=True)
    assert "## The steps" not in text and not COMMENT.search(text)
    assert page.startswith(text)
