"""The interview as it is seen: keys that move in a list, and what stands on the screen after going back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from io import StringIO

import pyte
import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.output.vt100 import Vt100_Output

from roadmap.errors import Interrupted
from roadmap.model.catalogue import Catalogue, Choice
from tests.test_interview import CLEAR, CTRL_C, DOWN, ENTER, UP, all_but, converse, only, with_backgrounds


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("\x1b[F", "o"), ("\x1b[F\x1b[H", "a"), ("\x1b[6~", "k"), ("\x1b[F\x1b[5~", "e"), ("\x1b[6~\x1b[5~", "a"),
        ("g", "g"), ("gg", "m"), ("ggg", "g"), ("go", "m"), ("g" + DOWN + "o", "o"), ("q", "a"), ("G", "g"),
    ],
)  # fmt: skip
def test_ends_pages_and_letters_move_in_a_list(catalogue: Catalogue, keys: str, chosen: str) -> None:
    labels = {x: f"{x}!" for x in "abcdefghijklmno"} | {"g": "Hope-garden", "m": "The good thing", "o": "oh"}
    choices = tuple(Choice(label=labels[x], value=f"T{x}") for x in labels)
    question = replace(
        catalogue.questions["goals"],
        id="free",
        sets="name",
        kind="choice",
        choices=choices,
        default="Ta",
        choices_from=None,
    )
    found = converse(only(catalogue, question), keys + ENTER * 2, {"role": "swe"})
    assert found["name"] == f"T{chosen}"


def test_no_letter_ticks_anything(catalogue: Catalogue) -> None:
    for keys in ("a", "i", "job", "portfolio"):
        assert converse(catalogue, keys + ENTER * 2, all_but("goals"))["goals"] == ["job"]
    assert converse(catalogue, "portf " + ENTER * 2, all_but("goals"))["goals"] == ["job", "portfolio"]


def on_screen(catalogue: Catalogue, keys: str, given: Mapping[str, object], columns: int = 80) -> str:
    """What a person sees in the end, line by line, also when it ends with Ctrl-C."""
    rows, stream = 40, StringIO()
    seen = pyte.Screen(columns, rows)
    seen.set_mode(pyte.modes.LNM)
    with suppress(Interrupted):
        size = Size(rows=rows, columns=columns)
        converse(catalogue, keys, given, output=Vt100_Output(stream, lambda: size, "xterm"))
    pyte.Stream(seen).feed(stream.getvalue())
    return "\n".join(line.rstrip() for line in seen.display).rstrip()


@pytest.mark.parametrize("columns", [80, 44])
def test_no_old_answer_stays_on_the_screen(catalogue: Catalogue, columns: int) -> None:
    open_keys = ("background", "hours_per_week", "start")
    names = with_backgrounds(catalogue)

    def lines(keys: str) -> list[str]:
        found = on_screen(names, keys, all_but(*open_keys), columns=columns).split("questions, about", 1)[1]
        return found.split("answers.\n", 1)[1].split("\n")

    straight = lines("teacher of nothing much" + ENTER + "7" + ENTER + "1 dec 2026" + ENTER * 2)
    assert "7" in straight[-2] and straight[-1].endswith("1 December 2026")
    forth = "nurse" + ENTER + "5" + ENTER
    back = ("<" + ENTER) * 2 + CLEAR + "teacher of nothing much" + ENTER + CLEAR + "7" + ENTER
    assert lines(forth + back + "1 dec 2026" + ENTER * 2) == straight
    end = forth + "1 dec 2026" + ENTER + DOWN + ENTER + ENTER + CLEAR + "teacher of nothing much" + ENTER
    end += DOWN + ENTER + DOWN + ENTER + CLEAR + "7" + ENTER
    assert lines(end + ENTER) == straight
    afresh = forth + "1 dec 2026" + ENTER + UP + ENTER
    again = "teacher of nothing much" + ENTER + "7" + ENTER + "1 dec 2026" + ENTER
    assert lines(afresh + again + ENTER) == straight


def test_going_back_takes_the_answer_away_before_another_is_given(catalogue: Catalogue) -> None:
    given = all_but("hours_per_week", "start")
    assert "honestly?  5" in on_screen(catalogue, "5" + ENTER + CTRL_C, given)
    assert "honestly?" not in on_screen(catalogue, "5" + ENTER + "<" + ENTER + CTRL_C, given)
