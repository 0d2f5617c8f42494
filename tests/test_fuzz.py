"""Some seconds of each fuzz target, and proof that the targets would notice. `make fuzz` goes on from there."""

import re
from collections import Counter

import pytest
from hypothesis import strategies as st

from roadmap.loading import saved
from roadmap.loading.saving import saved_text
from tests import fuzz, fuzz_plans
from tests.fuzz_common import Target

EXAMPLES = {
    "profile": 40,
    "overlay": 15,
    "saved": 20,
    "sync": 12,
    "resume": 50,
    "posting": 40,
    "rows": 60,
    "typed": 80,
    "printed": 40,
}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_a_reader_takes_whatever_comes(name: str) -> None:
    told: Counter[str] = Counter()
    fuzz.run(name, EXAMPLES[name], 1, told)
    assert told.total() >= EXAMPLES[name] * 0.9
    assert len(told) > 1 or name == "posting", "inputs that all end in the same way try nothing"


def test_a_reader_that_lets_a_value_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pace of nothing was once taken, and divided by."""
    text = re.sub(r"pace: \S+", "pace: 0", saved_text(fuzz_plans.life()))
    monkeypatch.setitem(fuzz.TARGETS, "saved", Target(lambda: st.just(text), fuzz_plans.check_saved))
    fuzz.run("saved", 1, 1, told := Counter[str]())
    assert told == {"refused": 1}
    monkeypatch.setattr(saved, "wrong_number", lambda *_: "")
    with pytest.raises((ValueError, ArithmeticError)):
        fuzz.run("saved", 1, 1, Counter())


def test_the_command_tells_what_it_tried(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_text: str) -> str:
        raise AssertionError("no")

    assert fuzz.main(["posting", "--seconds", "0.01"]) == 0
    assert "posting: 100 inputs" in capsys.readouterr().out
    monkeypatch.setitem(fuzz.TARGETS, "posting", Target(lambda: st.just(""), refuses))
    assert fuzz.main(["posting", "--seconds", "0.01"]) == 1


def test_a_comment_of_a_step_that_is_none_parts_nothing() -> None:
    """Found by the target: what stood below it was nobody's, and a line of the program elsewhere a note with it."""
    page = fuzz_plans.page(fuzz_plans.short_life)
    head = page.index("<!-- step:portfolio-page -->") + len("<!-- step:portfolio-page -->\n")
    for strange in ("<!-- step:%ff -->", "<!-- step:nosuch -->"):
        text = f"{page[:head]}{strange}\n{page[head:]}"
        assert fuzz_plans.check_sync((fuzz_plans.short_life, text)) == "nothing new"


def test_a_line_above_the_steps_is_no_note_because_it_stands_below_them_as_well() -> None:
    """Found by the target: without the closing comment a second import kept the upper line, for it knew the lower."""
    page = fuzz_plans.page().partition("<!-- roadmap:written")[0]
    text = page.replace("\n## The steps", "\nMy line here\n\n## The steps", 1) + "\nMy line here\n"
    assert text.count("My line here") == 2
    assert fuzz_plans.check_sync((fuzz_plans.life, text)) == "taken"
