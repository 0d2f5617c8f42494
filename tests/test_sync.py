"""Markdown goes out, people edit it, sync reads it back; nothing they typed is lost."""

import re
import textwrap
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, SavedPlan, effective, standing, taken_back, undoable
from roadmap.planning.known import finished_event
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised
from roadmap.render import Format, render
from roadmap.render.blocks import kept_blocks, spliced
from roadmap.render.clean import clean
from roadmap.render.keyed import plain
from roadmap.render.markdown import inline, marker
from roadmap.render.personal import PageLine, Personal, essence, lines_of
from roadmap.render.sync import read_markdown
from roadmap.render.synced import Synced
from roadmap.render.unwrap import unwrapped
from tests.builders import TODAY, plan_for, real_catalogue

LATER = TODAY + timedelta(days=20)


@pytest.fixture(scope="module")
def saved(catalogue: Catalogue) -> SavedPlan:
    plan = plan_for(catalogue, name="Ada")
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat()}
    return SavedPlan(1, catalogue.version, answers, promised(plan, TODAY), ())


def exported(saved: SavedPlan, catalogue: Catalogue, day: date = LATER) -> str:
    now = progress(saved, catalogue, day)
    return render(now.plan, catalogue, Format.MARKDOWN, now=now, journal=saved.journal)


def synced(text: str, saved: SavedPlan, catalogue: Catalogue, day: date = LATER) -> tuple[SavedPlan, Synced]:
    now = progress(saved, catalogue, day)
    fresh = exported(saved, catalogue, day)
    found = read_markdown(text, now, catalogue, saved.journal, saved.baseline.steps.keys(), fresh)
    events = [finished_event(e, catalogue) if e.kind == "done" else e for e in found.events]
    # A plan that could not be read back is never saved: what a page brings has to go through its file.
    kept = replace(saved, journal=(*saved.journal, *(replace(e, batch="b") for e in events)))
    assert load_saved(saved_text(kept), "", catalogue).saved == kept
    return replace(saved, journal=(*saved.journal, *events)), found


def below(text: str, step: str, *lines: str, tick: bool = False) -> str:
    """The file with lines typed below a step."""
    out = []
    for line in text.splitlines():
        here = marker(step) in line
        out.append(line.replace("[ ]", "[x]", 1) if here and tick else line)
        out += [f"  {extra}" for extra in lines] if here else []
    return "\n".join(out) + "\n"


def test_an_unedited_file_says_nothing_new(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    after, found = synced(text, saved, catalogue)
    assert (found.events, found.findings) == ([], [])
    assert exported(after, catalogue) == text


def test_ticks_hours_links_and_notes_come_back(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    text = below(
        text, "first-llm-calls", "- Hours: 6.5 h", "- link: https://example.org/a", "- Note: went *well*", tick=True
    )
    text = below(text, "first-rag", "- hours: 2")
    after, found = synced(text, saved, catalogue)
    now = progress(after, catalogue, LATER)
    done = now.standing.done["first-llm-calls"]
    assert (done.evidence, done.anyway, done.on) == ("https://example.org/a", False, LATER)
    assert now.standing.hours == {"first-llm-calls": 6.5, "first-rag": 2}
    assert Personal(now, after.journal).notes("first-llm-calls") == ["went *well*"]
    assert {f.kind for f in found.findings} == {"taken"}
    again = exported(after, catalogue)
    assert "- Note: went \\*well\\*" in again
    assert f"- [x] **{catalogue.modules['first-llm-calls'].title}" in again
    assert synced(again, after, catalogue)[1].findings == []
    assert synced(text, after, catalogue)[1].events == [], "the same file once more adds nothing"


def test_a_tick_may_be_dated_and_bare(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = below(exported(saved, catalogue), "first-rag", "- Done: 2026-12-01", tick=True)
    _, found = synced(text, saved, catalogue)
    assert [(e.kind, e.on, e.anyway) for e in found.events] == [("done", date(2026, 12, 1), True)]
    assert "without anything that shows it" in found.findings[0].text


def test_an_exam_is_ticked_as_passed(catalogue: Catalogue) -> None:
    wish: dict[str, Any] = {"cloud": "azure", "certifications": "one"}
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat(), **wish}
    saved = SavedPlan(1, catalogue.version, answers, promised(plan_for(catalogue, name="Ada", **wish), TODAY), ())
    text = below(exported(saved, catalogue), "cert-ai-103", tick=True)
    after, found = synced(text, saved, catalogue)
    assert [(e.kind, e.exam, e.result) for e in found.events] == [("exam", "ms-ai-103", "passed")]
    again = exported(after, catalogue)
    assert f"done 12 December 2026 {marker('cert-ai-103')}" in again
    assert synced(again, after, catalogue)[1].findings == []


def test_checks_and_commitments_stay_where_they_were_written(saved: SavedPlan, catalogue: Catalogue) -> None:
    check = catalogue.modules["first-rag"].done_when[0]
    text = exported(saved, catalogue)
    text = text.replace(f"    - [ ] {inline(check)}", f"    - [x] {inline(check)}")
    text = text.replace("- I study on:", "- I study on: Tuesday & Thursday, 19:00")
    after, found = synced(text, saved, catalogue)
    assert [f.kind for f in found.findings] == ["taken", "taken"]
    again = exported(after, catalogue)
    assert f"    - [x] {inline(check)}" in again
    assert "- I study on: Tuesday & Thursday, 19:00" in again
    assert "### Notes" not in again


def test_what_is_not_understood_is_kept_and_named(saved: SavedPlan, catalogue: Catalogue) -> None:
    typed = ["Great work so far!", "- [ ] an extra task", "👍", "<!-- for your eyes -->", "> see me | about $this$"]
    text = below(exported(saved, catalogue), "first-rag", *typed, "- Hours: plenty", "- Done: soon")
    text = text.replace("### Phase 1", "A word on the whole.\n\n### Phase 1").replace(
        f"**{catalogue.modules['first-rag'].title}", "**Quickly answer"
    )
    after, found = synced(text, saved, catalogue)
    lines = text.splitlines()
    assert [f.kind for f in found.findings].count("left") == 2, "what cannot be taken is said with its reason"
    for finding in found.findings:
        assert plain(lines[finding.line - 1].split("<!-- step")[0].strip(" -[]>*")).strip(" *")[:6] in finding.text
    again = exported(after, catalogue)
    for words in [*typed, "Hours: plenty", "Done: soon", "A word on the whole.", "Quickly answer"]:
        assert words in again or any(essence(words) in essence(line) for line in again.splitlines()), words
    assert synced(again, after, catalogue)[1].findings == []


def test_an_old_file_takes_nothing_back(saved: SavedPlan, catalogue: Catalogue) -> None:
    old = exported(saved, catalogue, TODAY)
    event = Event(id="a", on=TODAY, kind="done", step="first-llm-calls", hours=9, evidence="https://example.org")
    newer = replace(saved, journal=(finished_event(event, catalogue),))
    edited = below(old, "first-llm-calls", "- Hours: 4")
    after, found = synced(edited, newer, catalogue)
    assert after == newer
    assert [f.kind for f in found.findings] == ["left"]
    shown = exported(newer, catalogue).replace("- [x]", "- [ ]", 1)
    assert "roadmap undo" in synced(shown, newer, catalogue)[1].findings[0].text, "a tick that was taken off is told"


def test_private_notes_stay_private(saved: SavedPlan, catalogue: Catalogue) -> None:
    event = Event(id="0123abcd", on=TODAY, kind="note", step="first-rag", text="my boss must not read this")
    assert "my boss" not in exported(replace(saved, journal=(event,)), catalogue)


def test_another_editor_may_rearrange_the_file(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    tidy = text.replace("\n- ", "\n* ").replace("    - ", "      * ").replace(" | ", "   |   ").replace("---", "-----")
    assert synced(tidy.replace("\n", "\r\n"), saved, catalogue)[1].findings == []


def test_a_plan_that_was_printed_on_another_day_may_be_ticked(saved: SavedPlan, catalogue: Catalogue) -> None:
    """`roadmap plan --format markdown` has no comment that tells its lines; its dates are not taken for notes."""
    text = render(plan_for(catalogue, name="Ada"), catalogue, Format.MARKDOWN)
    _, found = synced(below(text, "first-rag", "- Hours: 3", "- odd", tick=True), saved, catalogue)
    assert [(e.kind, e.step) for e in found.events] == [
        ("note", "first-rag"),
        ("logged", "first-rag"),
        ("done", "first-rag"),
    ]


def test_steps_of_another_plan_are_named(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue) + "\n- [x] Something else <!-- step:no-such -->\n  - Hours: 3\n"
    after, found = synced(text, saved, catalogue)
    assert "no-such" in found.findings[0].text
    assert {e.kind for e in after.journal} == {"note"}
    assert synced(exported(after, catalogue), after, catalogue)[1].findings == []


_CATALOGUE = real_catalogue()
_TYPED = st.text(st.sampled_from(list("\\`*_[]<>()#+-.!|~$@&;:= \t19aWé\U0001f600\u202e")), max_size=30)


@settings(max_examples=15)
@given(st.lists(_TYPED | st.text(max_size=20), max_size=4), st.booleans())
@example(["Hours: 3", "Link: [a](https://a.example/x y)"], True)
@example(["- Note: - Note: x", "[x] y"], False)
def test_whatever_is_typed_settles(typed: list[str], tick: bool) -> None:
    """After one round trip the file is a fixed point, and every word is still in it."""
    plan = plan_for(_CATALOGUE, name="Ada", deadline="2027-01-20")
    saved = SavedPlan(1, "", {"role": "swe", "name": "Ada", "start": TODAY.isoformat()}, promised(plan, TODAY), ())
    step = plan.steps[0].id
    lines = [" ".join(line.split()) for line in typed]
    text = below(exported(saved, _CATALOGUE), step, *(line for line in lines if line), tick=tick)
    after, _ = synced(text, saved, _CATALOGUE)
    again = exported(after, _CATALOGUE)
    more, found = synced(again, after, _CATALOGUE)
    assert (more, found.findings) == (after, [])
    assert exported(more, _CATALOGUE) == again


BLOCKS = (
    "Talked on Monday.",
    "## Notes of mine\n\nwell\n",
    "\n### Again\n",
    "| who | what |\n| --- | --- |\n| Mia | reads |",
    "- [ ] ask HR",
    "- [x] intro\n  - Hours: 3\n  - Done: 2026-12-01",
    "- [ ] **Talk at the meetup**, 6 h\n    - [ ] slides",
    "\n```\n# no heading\n- [ ] no box\n```\n",
    "\n```sh\nls\n```",
    "---",
    "> said: *slow*\n> and more",
    "~~old~~ [a link](https://example.org/x_y)",
    "1. one\n2. two\n   - deeper",
    "Hours: plenty",
    "\n\n",
)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(BLOCKS)), min_size=1, max_size=6))
@example([(0, BLOCKS[1]), (0, BLOCKS[0])])
def test_blocks_stand_as_they_were_and_where_they_were(typed: list[tuple[float, str]]) -> None:
    """Blank lines aside the page that comes back is the page that was typed, wherever the blocks stood."""
    plan = plan_for(_CATALOGUE, name="Ada", deadline="2027-01-20")
    saved = SavedPlan(1, "", {"role": "swe", "name": "Ada", "start": TODAY.isoformat()}, promised(plan, TODAY), ())
    page = exported(saved, _CATALOGUE)
    lines = body_of(page).splitlines()
    # Nobody types between the head of a table and the line below it.
    free = [i for i in range(len(lines)) if not re.fullmatch(r"[|:\s-]+", lines[i]) or "|" not in lines[i]]
    for where, block in sorted(typed, reverse=True):
        at = free[int(where * len(free))]
        lines[at:at] = block.split("\n")
    after, found = synced("\n".join(lines) + "\n" + page.removeprefix(body_of(page)), saved, _CATALOGUE)
    assert {e.kind for e in found.events} <= {"note"}
    again = exported(after, _CATALOGUE)
    assert [x for x in body_of(again).splitlines() if x.strip()] == [x for x in lines if x.strip()]
    more, found = synced(again, after, _CATALOGUE)
    assert (more, found.findings) == (after, [])


@given(st.text(max_size=60) | _TYPED)
def test_escapes_are_taken_off_again(text: str) -> None:
    assert plain(inline(text)) in (clean(text), clean(text).replace("\u2060", ""), "—")


def test_lines_know_their_step() -> None:
    text = "# a\n- [ ] b <!-- step:x -->\n  - c\n\n  - d\ne\n## f\n"
    assert [(x.number, x.step) for x in lines_of(text)] == [(1, ""), (2, "x"), (3, "x"), (5, "x"), (6, "x"), (7, "")]


def test_commands_round_trip(tmp_path: Path) -> None:
    from tests.test_cli import roadmap

    plan, page, again = tmp_path / "me.roadmap.yaml", tmp_path / "a.md", tmp_path / "b.md"
    today = ("--today", "2026-11-22")
    roadmap("plan", "--role", "swe", *today, "--save", str(plan))
    options = ("--plan", str(plan), *today)
    assert roadmap("export", *options, "--output", str(page)).returncode == 0
    before = plan.read_bytes()
    assert roadmap("sync", str(page), *options).returncode == 0
    assert plan.read_bytes() == before
    page.write_text(
        below(page.read_text(encoding="utf-8"), "first-rag", "- Hours: 3", "- odd", tick=False), encoding="utf-8"
    )
    tried = roadmap("sync", str(page), *options, "--dry-run")
    assert plan.read_bytes() == before
    told = roadmap("sync", str(page), *options)
    assert tried.stdout == told.stdout
    assert ": taken: first-rag: 3 h more" in told.stdout
    assert ": kept: - odd" in told.stdout
    after = plan.read_bytes()
    assert after.startswith(before[:-1])
    roadmap("export", *options, "--output", str(page))
    roadmap("sync", str(page), *options)
    roadmap("export", *options, "--output", str(again))
    assert page.read_bytes() == again.read_bytes()
    assert plan.read_bytes() == after


MENTOR = """## Mentor notes

| date | topic |
| --- | --- |
| 12 Dec | ~~chunking~~ [evaluation](https://example.org/e) |

- [x] intro to Li Wei
- [ ] ask HR

```python
print("kept")
```"""


def again_of(text: str, saved: SavedPlan, catalogue: Catalogue) -> tuple[SavedPlan, str]:
    """The plan after a sync of a file, and the file written anew, which then says nothing new."""
    after, _ = synced(text, saved, catalogue)
    page = exported(after, catalogue)
    more, found = synced(page, after, catalogue)
    assert more == after and found.findings == []
    return after, page


def test_a_mentors_own_blocks_come_back_as_they_were_and_where_they_were(
    saved: SavedPlan, catalogue: Catalogue
) -> None:
    text = exported(saved, catalogue)
    place = text.index("### Phase 1")
    typed = text[:place] + MENTOR + "\n\n" + text[place:]
    typed = below(typed, "first-rag", "", "A paragraph of mine, *indented*.", "", "- [ ] show it to Mia")
    after, page = again_of(typed, saved, catalogue)
    assert MENTOR in page and page.index(MENTOR) < page.index("### Phase 1")
    body = page.split("<!-- roadmap:")[0]
    assert body == typed.split("<!-- roadmap:")[0], "byte for byte"
    assert exported(after, catalogue) == page


def body_of(page: str) -> str:
    return page.split("<!-- roadmap:", maxsplit=1)[0]


CODE = "```\ncode # hash\n# no heading\n```"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("# Ada", "Above everything.\n\n"),
        ("# Ada", f"## {'Mine'}\n\n- [x] intro\n\n---\n"),
        ("```mermaid", "Before the chart.\n\n"),
        ("### Commitments", "Behind the chart.\n\n"),
        ("### Commitments", f"{CODE}\n\n"),
        ("## Not now", "---\n\n"),
        ("## Not now", "- [ ] ask HR\n\n"),
        ("## Phases", "- [ ] ask HR\n\n"),
        ("## Phases", f"{'word ' * 1500}end\n\n"),
        ("### Sources", "Before the sources.\n\n"),
    ],
)
def test_a_block_comes_back_wherever_it_stands(saved: SavedPlan, catalogue: Catalogue, place: str, words: str) -> None:
    text = exported(saved, catalogue)
    assert text.count("\n" + place) == 1 or text.startswith(place)
    at = 0 if text.startswith(place) else text.index("\n" + place) + 1
    typed = text[:at] + words + text[at:]
    after, page = again_of(typed, saved, catalogue)
    assert body_of(page) == body_of(typed), "byte for byte"
    assert exported(after, catalogue, LATER + timedelta(days=9)).count(words.strip()) == page.count(words.strip())


def test_a_heading_between_the_lines_of_a_step_parts_nothing(saved: SavedPlan, catalogue: Catalogue) -> None:
    """What follows it still belongs to the step: a tick, hours, and the program's own lines, which nobody typed."""
    text = below(exported(saved, catalogue), "first-llm-calls", "## My remarks", "well")
    text = text.replace("  ## My remarks\n  well", "## My remarks\n\nwell")
    check = clean(catalogue.modules["first-llm-calls"].done_when[-1])
    typed = text.replace(f"- [ ] {inline(check)}", f"- [x] {inline(check)}\n  - Hours: 4")
    after, found = synced(typed, saved, catalogue)
    assert [(f.kind, f.text.split(":")[0]) for f in found.findings] == [
        ("unknown", "## My remarks well"),
        ("taken", "ticked a check"),
        ("taken", "first-llm-calls"),
    ]
    assert standing(after.journal).hours == {"first-llm-calls": 4}
    page = exported(after, catalogue)
    assert "\n## My remarks\n\nwell\n" in page
    assert synced(page, after, catalogue)[1].findings == []


def test_the_same_remark_below_the_dates_of_two_phases_stays_with_each(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    typed = re.sub(r"(### Phase [23][^\n]*\n\n[^\n]*\n)", r"\1\nAsk Mia first.\n", text)
    assert typed.count("Ask Mia first.") == 2
    assert body_of(again_of(typed, saved, catalogue)[1]) == body_of(typed)


def test_a_block_that_is_moved_stays_where_it_was_moved_to(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue).replace("## Not now", "Mine.\n\n## Not now")
    after, page = again_of(text, saved, catalogue)
    moved = page.replace("Mine.\n\n## Not now", "## Not now").replace("## Phases", "Mine.\n\n## Phases")
    then, found = synced(moved, after, catalogue)
    assert [f.text for f in found.findings] == ["moved: Mine."]
    assert body_of(again_of(moved, after, catalogue)[1]) == body_of(moved)
    undone = [Event(id=f"u{e.id}", on=LATER, kind="undone", of=e.id) for e in then.journal[len(after.journal) :]]
    assert [e.text for e in effective([*then.journal, *undone])] == [e.text for e in effective(after.journal)]


def test_a_block_keeps_its_place_when_the_line_above_it_has_other_words(saved: SavedPlan, catalogue: Catalogue) -> None:
    """By its heading, or by its step, and as many lines below; where the section has fewer lines, at its end."""
    text = exported(saved, catalogue)
    points = [line for line in text[text.index("## Checkpoints") :].splitlines() if line.startswith("- ")][:2]
    check = inline(catalogue.modules["first-rag"].done_when[0])
    typed = text.replace(points[0], f"{points[0]}\n\nMia: moved by a week.").replace(
        f"    - [ ] {check}", f"    - [ ] {check}\n    Ask Ben.", 1
    )
    assert typed.count("Mia:") == typed.count("Ask Ben.") == 1
    after, page = again_of(typed, saved, catalogue)
    other = page.replace(points[0], "- Quite another checkpoint.").replace(check, "Quite another check.")
    bare = "".join(x for x in other.splitlines(keepends=True) if "Mia:" not in x and "Ask Ben." not in x)
    again = spliced(body_of(bare).rstrip() + "\n", kept_blocks(after.journal))
    lines = again.splitlines()
    assert lines[lines.index("Mia: moved by a week.") - 2] == "- Quite another checkpoint."
    assert lines[lines.index("    Ask Ben.") - 1].endswith("[ ] Quite another check.")
    short = body_of(bare).replace("- Quite another checkpoint.\n", "").replace(points[1] + "\n", "")
    assert short.count("## Checkpoints") == 1
    section = spliced(short, kept_blocks(after.journal)).partition("## Checkpoints")[2].partition("\n## ")[0]
    assert "Mia: moved" in section


def test_a_block_whose_line_is_gone_parts_no_table_and_no_chart(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    phases = text.partition("## Phases\n")[2].partition("\n## ")[0]
    last = [line for line in phases.splitlines() if line.startswith("|")][-1]
    after, page = again_of(text.replace(last, f"{last}\n\nMine."), saved, catalogue)
    more = body_of(page).replace("\n\nMine.", "").replace(last, "| 8 | Another | row | and | more |\n" * 3 + "| end |")
    lines = spliced(more, kept_blocks(after.journal)).splitlines()
    at = lines.index("Mine.")
    assert lines[at - 2] == "| end |" and not lines[at + 1].startswith("|")


def test_a_step_that_somebody_adds_takes_nothing_from_the_one_above_it(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    second = [line for line in text.splitlines() if "<!-- step:" in line][1]
    mine = "- [ ] **Talk at the meetup**, 6 h\n  - Hours: 3\n  - Done: 2026-12-08\n- [x] **Blog post**\n"
    typed = text.replace(second, mine + second)
    after, found = synced(typed, saved, catalogue)
    assert [e.kind for e in found.events] == ["note"] and not standing(after.journal).hours
    assert "stands below a box of yours" in " ".join(f.text for f in found.findings)
    after, page = again_of(typed, saved, catalogue)
    assert body_of(page) == body_of(typed)
    first = text.split("<!-- step:")[1].split(" ")[0]
    both = page.replace("- [x] **Blog post**", "- [x] **Blog post**\n  - Hours: 9")
    both = below(both, first, "- Hours: 3")
    then, _ = synced(both, after, catalogue)
    assert standing(then.journal).hours == {first: 3}, "the step's own hours count, those of the box do not"


def test_keys_are_read_however_they_are_marked(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    for typed in ("**Hours:** 3", "Hours 3", "hours - 3", "_Hours_: 3 h", "Hour: 3"):
        assert standing(synced(below(text, "first-rag", f"- {typed}"), saved, catalogue)[0].journal).hours, typed
    for typed in ("Done: yes", "Finished: 2026-12-08", "**Done:** 8 Dec"):
        assert "first-rag" in standing(synced(below(text, "first-rag", f"- {typed}"), saved, catalogue)[0].journal).done
    for typed, why in (
        ("Hours: plenty", "no number of hours"),
        ("Hours: 2000", "between 0 and 1000"),
        ("Done: 2027-12-08", "has not come yet"),
        ("Done: soon", "no day"),
        ("done", "tick"),
    ):
        after, found = synced(below(text, "first-rag", f"- {typed}"), saved, catalogue)
        assert why in found.findings[-1].text, typed
        assert f"\n  - {typed}\n" in exported(after, catalogue), "it stays as it was and where it was"


def test_hours_beyond_all_others_are_taken_and_asked_about(saved: SavedPlan, catalogue: Catalogue) -> None:
    found = synced(below(exported(saved, catalogue), "first-rag", "- Hours: 600"), saved, catalogue)[1]
    assert [f.kind for f in found.findings] == ["taken", "left"] and "slip" in found.findings[1].text


def test_words_behind_the_programs_own_are_taken_alone(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    check = inline(clean(catalogue.modules["first-rag"].done_when[0]))
    typed = text.replace(f"[ ] {check}", f"[x] {check} (took two days)")
    typed = typed.replace(f" {marker('first-rag')}", f" — start small {marker('first-rag')}")
    after, found = synced(typed, saved, catalogue)
    assert [f.text for f in found.findings if f.kind == "unknown"] == ["start small", "(took two days)"]
    assert f"[x] {check}\n" in exported(after, catalogue)
    again_of(typed, saved, catalogue)


NOTE = ("- Note: by headings,", "  not by length,", "  for now", "- odd")


def test_a_note_that_an_editor_wrapped_is_one(saved: SavedPlan, catalogue: Catalogue) -> None:
    typed = below(exported(saved, catalogue), "first-rag", *NOTE)
    found = synced(typed, saved, catalogue)[1]
    assert [e.text.strip() for e in found.events] == ["by headings, not by length, for now", "- odd"]


def test_a_yaml_head_is_the_programs_and_keeps_what_is_added(saved: SavedPlan, catalogue: Catalogue) -> None:
    def headed(one: SavedPlan) -> str:
        now = progress(one, catalogue, LATER)
        return render(now.plan, catalogue, Format.MARKDOWN, now=now, journal=one.journal, front_matter=True)

    assert synced(headed(saved), saved, catalogue)[1].findings == []
    typed = headed(saved).replace('tags: ["roadmap"]\n', 'tags: ["roadmap"]\nmentor: Mia\n')
    typed = typed.replace("\n# Ada", "\nBelow the head.\n\n# Ada")
    after, found = synced(typed, saved, catalogue)
    assert [f.text for f in found.findings] == ["mentor: Mia", "Below the head."]
    assert body_of(headed(after)) == body_of(typed)


def test_a_line_below_the_last_comment_is_kept_without_it(saved: SavedPlan, catalogue: Catalogue) -> None:
    after, found = synced(exported(saved, catalogue) + "mine, at the end\n", saved, catalogue)
    assert [e.text.strip() for e in found.events] == ["mine, at the end"]
    again = exported(after, catalogue)
    assert again.count("roadmap:written") == 1 and "\nmine, at the end\n" in again
    assert not synced(again, after, catalogue)[1].events


def test_a_page_without_a_last_line_break_is_read(saved: SavedPlan, catalogue: Catalogue) -> None:
    page = exported(saved, catalogue).rstrip("\n")
    assert synced(page, saved, catalogue)[1].findings == []
    assert synced(f"{page}\nmine", saved, catalogue)[1].findings[0].text == "mine"


def test_lines_are_joined_only_where_a_line_is_missing() -> None:
    """Else what somebody typed is taken for a wrapped line that is there already, and lost."""
    own = {PageLine(0, "one two", "").digest}
    assert unwrapped("one\ntwo\n", own).split() == ["one", "two"] == unwrapped("one two\n", own).split()
    assert unwrapped("one\ntwo\n", own).splitlines()[0] == "one two"
    assert unwrapped("one two\n\none\ntwo\n", own) == "one two\n\none\ntwo\n"
    share = {PageLine(0, "in 42 %.", "").digest}
    assert unwrapped("in 42\n  %.\n\n  % of\n", share) == "in 42\n\n\n  % of\n", "a sign that was wrapped alone"
    assert unwrapped("in two\n  %.\n", share) == "in two\n  %.\n", "and no line of somebody else"


def test_an_edited_block_replaces_and_a_removed_one_goes(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue).replace("### Phase 1", "First thought.\nSecond line.\n\n### Phase 1")
    after, page = again_of(text, saved, catalogue)
    after, page = again_of(page.replace("First thought.", "Better thought."), after, catalogue)
    assert "Better thought.\nSecond line." in page and "First thought" not in page
    after, page = again_of(page.replace("Better thought.\nSecond line.\n\n", ""), after, catalogue)
    assert "thought" not in page
    noted = below(page, "first-rag", "- Note: chnk by headings")
    after, page = again_of(noted, after, catalogue)
    after, page = again_of(page.replace("chnk by", "chunk by"), after, catalogue)
    assert page.count("by headings") == 1 and "chunk by headings" in page


def test_hours_can_be_corrected_and_are_read_as_people_write_them(saved: SavedPlan, catalogue: Catalogue) -> None:
    for typed, hours in (("2,5", 2.5), ("2h30", 2.5), ("1:30", 1.5), ("90 min", 1.5), ("3 + 2.5", 5.5), ("60", 60)):
        after, page = again_of(below(exported(saved, catalogue), "first-rag", f"- Hours: {typed}"), saved, catalogue)
        assert standing(after.journal).hours == {"first-rag": hours}, typed
    after, _ = again_of(page.replace("- Hours: 60", "- Hours: 6"), after, catalogue)
    assert standing(after.journal).hours == {"first-rag": 6}


def test_what_people_do_to_steps_is_read_or_named(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    first = next(line for line in text.splitlines() if "<!-- step:" in line)
    id_ = first.split("<!-- step:")[1].split(" ")[0]

    def read(page: str) -> tuple[list[Event], str]:
        found = synced(page, saved, catalogue)[1]
        return found.events, " ".join(f.text for f in found.findings)

    for tick in ("x", "X", "✓", "✔", "xx", "x ", " x ", "v", "done", "☑"):
        assert "done" in {e.kind for e in read(text.replace(first, first.replace("[ ]", f"[{tick}]")))[0]}
    for box in ("[x]**", "☑ **", "✅ **"):
        assert "done" in {e.kind for e in read(text.replace(first, first.replace("[ ] **", box)))[0]}
    assert read(text.replace(first, first.replace("[ ]", "[]"))) == ([], "")
    for tick in ("-", "/"):
        assert f"[{tick}] is no tick" in read(text.replace(first, first.replace("[ ]", f"[{tick}]")))[1]
    ((event,), _) = read(below(text, id_, "- Done: 2026-12-08"))
    assert (event.kind, event.on) == ("done", date(2026, 12, 8)), "a day says that it is done"
    struck = text.replace(first, first.replace("**", "~~**", 1).replace("**,", "**~~,", 1))
    assert "struck through" in read(struck)[1]
    link = "- Evidence: [my PR, second comment](https://example.org/pr)"
    events, _ = read(below(text, id_, link, tick=True))
    assert [e.evidence for e in events if e.kind == "done"] == ["https://example.org/pr"]
    assert "my PR, second comment" in [e.text for e in events]
    lines = text.splitlines(keepends=True)
    heads = [i for i, line in enumerate(lines) if "<!-- step:" in line]
    swapped = lines[: heads[0]] + lines[heads[1] : heads[2]] + lines[heads[0] : heads[1]] + lines[heads[2] :]
    assert "another order" in read("".join(swapped))[1]
    assert "not in the file any more" in read("".join(lines[: heads[0]] + lines[heads[1] :]))[1]


def test_a_step_that_stands_twice_or_lost_its_box_is_named(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    head = next(line for line in text.splitlines() if marker("first-llm-calls") in line and "[ ]" in line)
    _, twice = synced(text + "\n" + head.replace("[ ]", "[x]") + "\n", saved, catalogue)
    assert [twice.findings[0].kind, re.findall("second time", twice.findings[0].text)[0]] == ["left", "second time"]
    assert not [e for e in twice.events if e.kind == "done"], "the first one counts for the tick"
    _, boxless = synced(text.replace(head, head.replace("[ ] ", "")), saved, catalogue)
    assert any("has lost its box" in f.text for f in boxless.findings)
    assert not [e for e in boxless.events if e.kind == "done"]


def test_steps_that_stand_otherwise_today_were_moved_by_nobody(saved: SavedPlan, catalogue: Catalogue) -> None:
    """The order is that of the day on which the page was written."""
    page, differ = exported(saved, catalogue), 0
    for early in ("evaluation-in-depth", "first-agent"):
        done = Event(id="a", on=LATER, kind="done", step=early, hours=9, evidence="https://example.org")
        later = replace(saved, journal=(finished_event(done, catalogue),))
        assert synced(page, later, catalogue)[1].findings == []
        then, now = ([x.step for x in lines_of(p) if x.head] for p in (page, exported(later, catalogue)))
        differ += [s for s in then if s != early] != [s for s in now if s != early]
    assert differ, "or nothing is tried here"


def test_a_tick_on_a_step_that_a_replan_dropped_is_kept(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = below(exported(saved, catalogue), "first-rag", "- Hours: 9", tick=True)
    steps = {k: v for k, v in saved.baseline.steps.items() if k != "first-rag"}
    fewer = replace(saved, baseline=replace(saved.baseline, steps=steps))
    after, found = synced(text, fewer, catalogue)
    assert {e.kind for e in after.journal} == {"done", "logged"}
    assert "not in this plan any more" in " ".join(f.text for f in found.findings)


def test_undo_brings_back_what_a_sync_took_out(saved: SavedPlan, catalogue: Catalogue) -> None:
    """A block that was edited in the page: one sync takes the old one out and the new one in, undo turns both round."""
    text = exported(saved, catalogue).replace("### Phase 1", "First thought.\n\n### Phase 1")
    once, page = again_of(text, saved, catalogue)
    edited = synced(page.replace("First thought.", "Better thought."), once, catalogue)[1].events
    assert sorted(e.kind for e in edited) == ["note", "undone"]
    after = replace(once, journal=(*once.journal, *(replace(e, batch="b") for e in edited)))
    back = [Event(id=f"u{i}", on=LATER, kind="undone", of=e.id) for i, e in enumerate(undoable(after.journal))]
    assert len(back) == 2
    after = replace(after, journal=(*after.journal, *back))
    assert [e.text.strip() for e in effective(after.journal)] == ["First thought."]
    assert undoable(after.journal) == [once.journal[0]]
    _, page = again_of(page.replace("First thought.\n\n", ""), after, catalogue)
    assert "thought" not in page, "what came back can be taken out again"


def test_taking_back_a_taking_back_counts_through_any_chain() -> None:
    def undone(n: int) -> Event:
        return Event(id=f"u{n}", on=TODAY, kind="undone", of=f"u{n - 1}" if n else "note")

    note = Event(id="note", on=TODAY, kind="note", text="here")
    for length, gone in ((0, False), (1, True), (2, False), (3, True), (5000, False), (5001, True)):
        journal = [note, *map(undone, range(length))]
        assert ("note" in taken_back(journal)) is gone, length
        assert ("note" in taken_back(journal[::-1])) is gone, "whatever the order of the lines"
    twice = [note, undone(0), replace(undone(0), id="v"), undone(1)]
    assert taken_back(twice) == {"note", "u0"}, "one of two that took it back still counts"


def test_what_was_taken_back_is_read_again(saved: SavedPlan, catalogue: Catalogue) -> None:
    """The same words after an undo are words that somebody wrote again."""
    step = next(iter(saved.baseline.steps))
    once, _ = synced(below(exported(saved, catalogue), step, "talked to Ben"), saved, catalogue)
    note = once.journal[-1]
    undone = replace(once, journal=(*once.journal, Event(id="u", on=LATER, kind="undone", of=note.id)))
    again, _ = synced(below(exported(undone, catalogue), step, "talked to Ben"), undone, catalogue)
    assert [e.text for e in again.journal[2:]] == [note.text] and again.journal[-1].id != note.id
    settled, _ = synced(exported(again, catalogue), again, catalogue)
    assert settled.journal == again.journal


def test_wrapped_lines_and_lost_comments_are_read(saved: SavedPlan, catalogue: Catalogue) -> None:
    text = exported(saved, catalogue)
    body, mark, digests = text.partition("<!-- roadmap:")
    wide = [
        textwrap.fill(
            x,
            90,
            subsequent_indent=" " * (len(x) - len(x.lstrip()) + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
        if x.lstrip().startswith(("- ", "A", "E")) and "|" not in x
        else x
        for x in body.split("\n")
    ]
    assert synced("\n".join(wide) + mark + digests, saved, catalogue)[1].findings == []
    bare = re.sub(r" ?<!--.*?-->", "", text, flags=re.DOTALL)
    title = catalogue.modules["first-llm-calls"].title
    ticked = "\n".join(x.replace("[ ]", "[x]") if title in x and x.startswith("- [ ]") else x for x in bare.split("\n"))
    assert ("done", "first-llm-calls") in [(e.kind, e.step) for e in synced(ticked, saved, catalogue)[1].events]
