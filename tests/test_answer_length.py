"""The words of an answer: how it says hours, days and titles, and what goes first where a page gets too long."""

from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from roadmap.model.answer import (
    Answer,
    End,
    GateRow,
    Growth,
    Missed,
    MovePage,
    Opens,
    PhaseRow,
    ProjectPage,
    Said,
    Source,
    Work,
)
from roadmap.planning.answer.facts import (
    about,
    capital,
    day,
    first_sentence,
    listed,
    lower,
    month,
    named,
    number,
    sentence,
    short,
    weekly,
)
from roadmap.planning.answer.length import MOST_WORDS, shortened, words
from tests.test_answer import small
from tests.tiny import planned

ON = date(2027, 5, 8)


# --- how things are said ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (0.25, "0.2"), (0.75, "0.8"), (1.0, "1"), (3.96, "4"), (4, "4"), (4.4, "4"), (4.5, "5"), (24.4, "24"),
        (25, "25"), (27.4, "25"), (27.6, "30"), (196, "195"), (199.9, "200"), (200, "200"), (206, "210"),
        (1234, "1230"),
    ],
)  # fmt: skip
def test_hours_are_said_no_finer_than_they_are_known(hours: float, text: str) -> None:
    assert about(hours) == text


def test_days_numbers_and_hours_a_week_are_said_as_people_write_them() -> None:
    assert (day(ON), month(ON), day(date(2028, 12, 31))) == ("8 May 2027", "May 2027", "31 December 2028")
    assert [number(x) for x in (7, 7.0, 7.5, 7.25, 0.1, 2.999)] == ["7", "7", "7.5", "7.25", "0.1", "3"]
    assert [weekly(x) for x in (1, 0.5, 1.5, 2)] == ["1 hour", "0.5 hours", "1.5 hours", "2 hours"]
    assert listed(["a", "b", "c", "d"]) == "a, b, c and d"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Answer questions", "answer questions"), ("Python from zero", "Python from zero"), ("Docker", "Docker"),
        ("RAG that works", "RAG that works"), ("DSpy in a day", "DSpy in a day"), ("pgVector", "pgVector"),
        ("Java", "Java"), ("Go, Rust or C++", "Go, Rust or C++"), ("Git, branches", "Git, branches"),
        ("Google Cloud", "Google Cloud"), ("Model Context Protocol", "Model Context Protocol"),
        ("Open source", "open source"),
        ("Responsible AI", "responsible AI"), ("Language-model APIs", "language-model APIs"),
        ("A day of tests", "A day of tests"), ("An agent with MCP", "an agent with MCP"), ("", ""),
    ],
)  # fmt: skip
def test_a_title_inside_a_sentence_keeps_the_capital_of_a_name(title: str, inside: str) -> None:
    assert lower(title) == inside


def test_sentences_are_begun_and_ended_and_the_first_one_found() -> None:
    assert [sentence(x) for x in ("go on", " Go on. ", "why?", "stop!", "x")] == [
        "Go on.",
        "Go on.",
        "Why?",
        "Stop!",
        "X.",
    ]
    assert capital("the move") == "The move" and capital("") == ""
    assert [first_sentence(x) for x in ("One. Two. Three.", "About 3. 5 of them", "One", "One.", "One. ")] == [
        "One.", "About 3. 5 of them", "One", "One.", "One. ",
    ]  # fmt: skip
    assert short("Agents: what they do: more") == "agents" and short("MCP: a server") == "MCP"


def test_a_step_is_named_in_a_few_words() -> None:
    """By its short name, else by its title until the colon; where that is one word, by all of it."""
    catalogue = small()
    (step,) = [s for s in planned(catalogue).steps if s.id == "calls"]
    for title, brief, name in (
        ("Call a model: ten requests", "", "call a model"),
        ("Agents: ten tools", "", "agents, ten tools"),
        ("Agents: ten tools", "tool use", "tool use"),
        ("RAG: ten pages", "", "RAG, ten pages"),
    ):
        assert named(step._replace(module=replace(step.module, title=title, brief=brief))) == name


# --- what goes first -------------------------------------------------------------------------------------------------


def some(count: int) -> str:
    """So many words."""
    return " ".join(["word"] * count)


def opens(id_: str, count: int = 5) -> Opens:
    return Opens(id_, some(count), "https://example.org", some(count), 2, "free")


def work(id_: str, hours: float, *, opened: int = 0, project: str = "") -> Work:
    return Work(id_, id_, hours, ON, ON, "adds", project, tuple(opens(f"{id_}{i}") for i in range(opened)))


def phase(id_: str, *inside: Work, later: bool = False) -> PhaseRow:
    return PhaseRow(id_, id_, ON, ON, 10, "leaves", inside, later)


def page(id_: str, **more: Any) -> ProjectPage:
    made = ProjectPage(
        id=id_,
        title=id_.capitalize(),
        brief="brief",
        data=(Source("one", "https://example.org", "CC0"),),
        never=("never",),
        reader="reader",
        targets=("1", "2", "3", "4"),
        grows=(Growth("calls", "calls"),),
    )
    return made._replace(**more)


def gate(number_: int, check: str = "check") -> GateRow:
    return GateRow(ON, f"s{number_}", f"{check} {number_}", Missed((), 0, "First this. Then that."))


FULL = Answer(
    outcome=End("job", "you reach it"),
    wished=End("job", "To it"),
    verdict=("Yes.", "You go on.", "One thing. Two things. Three things. Four things. Five."),
    act_from=ON,
    ready=ON,
    ready_even=ON,
    not_doing=(Said("a"), Said("b"), Said("c")),
    rhythm=(),
    phases=(
        phase(
            "one", work("a", 50, opened=2), work("b", 10, opened=2), work("c", 40, opened=2), work("d", 39, opened=1)
        ),
        phase("two", work("e", 5, opened=2)),
        phase("pair", work("h", 5, opened=2), work("i", 5, opened=1)),
        phase("three", work("f", 5, opened=1), work("g", 5, opened=1, project="Third"), later=True),
    ),
    projects=(page("main"), page("second"), page("third"), page("fourth")),
    gates=(*(gate(i) for i in range(6)), gate(6, "Fourth says 8")),
    move=MovePage("search", "move", ON, 2, (), ("w1", "w2", "w3"), (), ("d1", "d2")),
    money=(),
    risks=(),
    first_week=(),
    until_then=("u1", "u2"),
    hours_buy=(),
    rules=(Said("r1"), Said("r2"), Said("r3"), Said("r4")),
    facts=(Said("f1"),),
    tools=(Said("t1"),),
)
"""An answer with something of everything that can go."""


def grown(by: int) -> Answer:
    """The same with a name so long that the page has this many words more than it may."""
    return replace(FULL, wished=End("job", some(MOST_WORDS - words(FULL) + 2 + by)))


def test_a_page_within_its_words_is_left_as_it_is() -> None:
    fits = grown(0)
    assert words(fits) == MOST_WORDS and shortened(fits) is fits


def test_words_are_those_of_all_parts_but_addresses_steps_and_the_table_of_hours() -> None:
    base = words(FULL)
    assert words(replace(FULL, verdict=(*FULL.verdict, some(7)))) == base + 7
    assert words(replace(FULL, risks=(Said(some(3), some(4), "x"),))) == base + 8
    more = FULL.phases[0]._replace(work=(*FULL.phases[0].work, work(some(50), 5)))
    assert words(replace(FULL, phases=(more, *FULL.phases[1:]))) == base + 50, "the name of a step, not what it adds"
    more = FULL.phases[0]._replace(work=(*FULL.phases[0].work, work("x", 5, opened=1)))
    assert words(replace(FULL, phases=(more, *FULL.phases[1:]))) == base + 11, "with the title of a book and its part"
    more = FULL.phases[0]._replace(work=(*FULL.phases[0].work, work("x", 5, opened=3)))
    assert words(replace(FULL, phases=(more, *FULL.phases[1:]))) == base + 11, "of what a step opens the first"
    assert words(replace(FULL, phases=(FULL.phases[0]._replace(leaves=some(6)), *FULL.phases[1:]))) == base + 5


def test_what_is_missed_least_goes_first_and_no_more_than_has_to() -> None:
    """What the last phase opens has twenty words."""
    for more in (1, 20):
        cut = shortened(grown(more))
        assert replace(cut, phases=FULL.phases) == grown(more), "nothing else goes"
        assert cut.phases[:3] == FULL.phases[:3] and all(not w.opens for w in cut.phases[3].work)
        assert [w.adds for w in cut.phases[3].work] == ["adds", "adds"]
    cut = shortened(grown(21))
    assert {g.if_missed.text for g in cut.gates} == {"First this."}
    assert replace(cut, phases=FULL.phases, gates=FULL.gates) == grown(21)


def test_a_page_that_is_far_too_long_loses_all_that_may_go_and_nothing_else() -> None:
    cut = shortened(grown(10_000))
    assert cut.phases[:3] == FULL.phases[:3] and not any(w.opens for w in cut.phases[3].work)
    assert [p.id for p in cut.projects] == ["main", "third", "fourth"], "those that a step or a checkpoint names"
    assert [len(p.targets) for p in cut.projects] == [4, 3, 3]
    assert [g.step for g in cut.gates] == ["s0", "s1", "s2", "s3", "s6"]
    assert {g.if_missed.text for g in cut.gates} == {"First this."}
    assert cut.move is not None and cut.move.week == ("w1", "w2") and cut.move.doors == ("d1",)
    assert [x.text for x in cut.not_doing] == ["a", "b"] and [x.text for x in cut.rules] == ["r1", "r2", "r3"]
    assert cut.until_then == ("u1",)
    gone = {"phases", "projects", "gates", "move", "not_doing", "rules", "until_then"}
    kept = {f.name for f in fields(Answer)} - gone
    assert all(getattr(cut, name) == getattr(grown(10_000), name) for name in kept)


def test_what_goes_to_keep_the_date_is_never_cut() -> None:
    long = grown(10_000)
    gates = tuple(g._replace(if_missed=g.if_missed._replace(drop=("law",))) for g in long.gates)
    cut = shortened(replace(long, gates=gates))
    assert {g.if_missed.text for g in cut.gates} == {g.if_missed.text for g in long.gates} != {"First this."}


def test_checkpoints_of_phases_that_nobody_has_to_end_go_first_as_far_as_four_remain() -> None:
    def kept(*later: bool) -> list[str]:
        on = [ON.replace(day=i + 1) for i in range(len(later))]
        dated = tuple(gate(i)._replace(on=on[i]) for i in range(len(later)))
        ends = tuple(phase("a")._replace(finish=day_) for day_, one in zip(on, later, strict=True) if one)
        ends = tuple(one._replace(later=True) for one in ends)
        return [g.step for g in shortened(replace(grown(10_000), gates=dated, phases=ends)).gates]

    assert kept(False, False, True, False, True, False) == ["s0", "s1", "s3", "s5"]
    assert kept(False, False, True, False, True) == ["s0", "s1", "s2", "s3", "s4"], "three are too few"
    assert kept(*[False] * 7) == ["s0", "s1", "s2", "s3", "s6"]


def test_the_longer_a_page_was_the_more_of_it_is_gone() -> None:
    parts = [shortened(grown(n)) for n in range(1, 120)]
    assert [words(p) <= MOST_WORDS for p in parts] == [n <= 65 for n in range(1, 120)], "65 words may go"
    names = ("phases", "projects", "gates", "move", "not_doing", "rules", "until_then")
    gone = [{name for name in names if getattr(p, name) != getattr(FULL, name)} for p in parts]
    assert all(a <= b for a, b in pairwise(gone)) and gone[0] == {"phases"} and gone[-1] == {*names}


def test_an_answer_without_a_move_is_shortened_too() -> None:
    cut = shortened(replace(grown(10_000), move=None, verdict=(), gates=(), phases=()))
    assert cut.move is None and cut.until_then == ("u1",)
