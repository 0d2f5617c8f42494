"""Looking things up: every kind and every entry in every format, filters, nearest names, roles side by side."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from roadmap.cli.app import app
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.browse import FILTERS, KINDS, Wish, choices, entries, narrowed
from roadmap.model.catalogue import Catalogue
from roadmap.render.compare import comparison
from roadmap.render.conditions import condition_words
from roadmap.render.listings import listing_of
from roadmap.render.markdown import draw_markdown
from roadmap.render.pages import page_of
from roadmap.render.show import as_json
from roadmap.render.terminal import draw_terminal

WISH = Wish("2026-11-22")
SHOWN = [*KINDS]
NASTY = "Ada \x1b[31mred\x1b[0m [bold]x[/bold] <b>&amp;</b> | `code` \u202e end"


def show(*args: str) -> str:
    """What `roadmap show` prints for a script; expected errors are raised."""
    done = CliRunner().invoke(app, ["show", *args])
    if isinstance(done.exception, RoadmapError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def rows(*args: str) -> Any:
    return json.loads(show(*args, "--format", "json"))


@pytest.mark.parametrize("kind", SHOWN)
def test_every_entry_of_a_kind_has_a_page_in_every_format(catalogue: Catalogue, kind: str) -> None:
    found = entries(catalogue, kind)
    for id_ in [*found][:: 1 + len(found) // 40]:
        entry = found[id_]
        card = page_of(catalogue, kind, id_, entry)
        narrow, wide = draw_terminal(card), draw_terminal(card, width=140, colour=True)
        plain = draw_terminal(card, width=44, ascii_only=True)
        assert card.title.split()[0] in narrow
        assert "\x1b[" not in narrow
        assert "\x1b[" in wide
        assert plain.isascii()
        assert draw_markdown(card).startswith("# ")
        too_long = [x for x in narrow.splitlines() if cell_len(x) > 80 and "http" not in x and "data.europa" not in x]
        assert too_long == []


@pytest.mark.parametrize("kind", SHOWN)
@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_list_fits_its_width_and_names_every_id(catalogue: Catalogue, kind: str, width: int) -> None:
    found = narrowed(catalogue, kind, WISH)
    text = draw_terminal(listing_of(catalogue, kind, found, WISH), width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    flat = re.sub(r"\s+", "", text)
    assert all(e.id in flat for e in found)
    page = draw_markdown(listing_of(catalogue, kind, found, WISH), level=2)
    assert all(e.id in page for e in found)


@pytest.mark.parametrize("kind", SHOWN)
def test_json_is_a_list_with_the_catalogue_s_own_keys_and_one_object_with_an_id(
    catalogue: Catalogue, kind: str
) -> None:
    found = rows(kind)
    assert [r["id"] for r in found] == list(entries(catalogue, kind))
    one = rows(kind, found[0]["id"])
    assert one == found[0]


def test_modules_show_what_they_need_and_teach(catalogue: Catalogue) -> None:
    one = rows("modules", "first-rag")
    assert one["needs"] == dict(catalogue.modules["first-rag"].needs)
    assert one["teaches"]["rag"] == 2


def test_an_exam_is_found_by_code_in_any_case_and_shows_what_follows_it() -> None:
    assert rows("certifications", "ai-102") == rows("certifications", "ms-ai-102")
    chain = rows("certifications", "AI-102")["successors"]
    assert [c["code"] for c in chain] == ["AI-103"]
    assert "AI-103" in show("certifications", "AI-102")


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("certifications", "AI-1O3"), "ms-ai-103"),
        (("modules", "first-rga"), "first-rag"),
        (("skills", "retrieval augmented generatio"), "rag"),
        (("guides", "stres"), "stress"),
        (("roles", "nonsense-without-neighbour"), "lists all"),
        (("skils",), "skills"),
        (("modules", "--role", "ai-enginer"), "ai-engineer"),
        (("guides", "--free"), "filters of guides: none"),
        (("skills", "--level", "mid"), "--role"),
        (("salaries", "--region", "uss"), "US"),
    ],
)
def test_a_miss_names_what_is_near(args: tuple[str, ...], hint: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        show(*args)
    assert hint in caught.value.hint


def test_a_wrong_filter_is_usage() -> None:
    with pytest.raises(UsageError):
        show("guides", "--cloud", "azure")


def test_filters_keep_what_fits_and_nothing_else(catalogue: Catalogue) -> None:
    assert all(r["cost"] == "free" for r in rows("resources", "--free"))
    assert all(r["state"] not in ("closed", "superseded") for r in rows("resources", "--active"))
    live = rows("certifications", "--active", "--today", "2026-11-22")
    assert live
    assert all(c["status"] != "retired" and c["access"] in ("public", "beta-open", "registration-open") for c in live)
    assert {r["region"] for e in rows("salaries", "--region", "eu") for r in e["salaries"]} == {"EU"}
    assert {r["level"] for e in rows("salaries", "--level", "senior") for r in e["salaries"]} == {"senior"}
    assert [e["id"] for e in rows("salaries", "--role", "ml-engineer")] == ["ml-engineer"]
    assert {"deploy-ai-azure", "cert-ai-103"} <= {m["id"] for m in rows("modules", "--cloud", "azure")}
    assert "deploy-ai-aws" not in {m["id"] for m in rows("modules", "--cloud", "azure")}
    junior = {s["id"] for s in rows("skills", "--role", "ai-engineer", "--level", "entry")}
    assert junior == {s for s, n in catalogue.roles["ai-engineer"].targets["entry"].items() if n}
    asked = [s["demand"]["india"] for s in rows("skills", "--region", "india")]
    assert asked == sorted(asked, reverse=True)


@pytest.mark.parametrize("kind", SHOWN)
def test_every_filter_of_a_kind_runs_with_every_value(catalogue: Catalogue, kind: str) -> None:
    for name in FILTERS.get(kind, ()):
        values = [True] if name in ("free", "active") else choices(catalogue, kind, name)
        for value in values:
            role = "ai-engineer" if name == "level" and "role" in FILTERS[kind] and kind != "salaries" else None
            asked: dict[str, Any] = {"role": role, name: value}
            wish = replace(WISH, **asked)
            found = narrowed(catalogue, kind, wish)
            assert len(found) <= len(entries(catalogue, kind))


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("ids", [("swe", "ai-engineer"), ("data-scientist", "ai-engineer", "ml-engineer")])
def test_roles_side_by_side_fit_and_keep_all_seven_dimensions(
    catalogue: Catalogue, ids: tuple[str, ...], width: int
) -> None:
    pages = comparison(catalogue, [catalogue.roles[i] for i in ids])
    text = "\n".join(draw_terminal(page, width=width) for page in pages)
    assert max(map(cell_len, text.splitlines())) <= width
    for label in ("Output", "Daily tasks", "Asks for", "Leads to", "Hired when", "Regulated work", "Pay, US"):
        assert re.search(rf"^{label}\b", text, re.MULTILINE)


def test_compare_as_a_command_in_three_formats() -> None:
    done = CliRunner().invoke(app, ["compare", "swe", "ai-engineer", "-f", "json"])
    assert [r["id"] for r in json.loads(done.stdout)] == ["swe", "ai-engineer"]
    done = CliRunner().invoke(app, ["compare", "swe", "AI engineer", "-f", "markdown"])
    assert done.stdout.count("\n| --- |") == 3
    done = CliRunner().invoke(app, ["compare", "swe", "swe"])
    assert isinstance(done.exception, UsageError)


def test_text_of_a_catalogue_stays_text(catalogue: Catalogue) -> None:
    guide = replace(
        catalogue.guides["stress"], title=NASTY, summary=NASTY, body=f"- **{NASTY}** [x](https://e.org/a)\n\n{NASTY}"
    )
    card = page_of(catalogue, "guides", guide.id, guide)
    for text in (draw_terminal(card), draw_terminal(card, colour=True), draw_markdown(card)):
        assert "\x1b[31m" not in text
        assert "\u202e" not in text
    assert "[bold]x[/bold]" in re.sub(r"\s+", " ", draw_terminal(card))
    assert "<b>" not in draw_markdown(card).replace("\\<b>", "")
    listing = listing_of(catalogue, "guides", [guide], WISH)
    assert "\x1b[31m" not in draw_terminal(listing)
    assert "| `code`" not in draw_markdown(listing, level=2)


def test_a_statement_that_did_not_hold_stands_beside_the_better_figure(catalogue: Catalogue) -> None:
    wrong = [f for f in catalogue.facts.values() if f.check and f.check.status in ("outdated", "contradicted")]
    assert wrong
    for fact in wrong:
        assert fact.check is not None
        for place in fact.places:
            kind, _, id_ = place.partition(":")
            page = draw_markdown(page_of(catalogue, kind, id_, entries(catalogue, kind)[id_]))
            assert re.sub(r"\\", "", fact.text) in page.replace("\\", "")
            assert fact.check.text in page.replace("\\", "")


def test_a_list_written_to_a_file_has_no_colour(tmp_path: Path) -> None:
    target = tmp_path / "roles.txt"
    assert show("roles", "--output", str(target)) == ""
    assert "\x1b" not in target.read_text(encoding="utf-8")


def test_nothing_found_says_so() -> None:
    assert "Nothing fits" in show("resources", "--cloud", "gcp", "--level", "advanced", "--free", "--role", "new")


def test_json_of_one_entry_that_a_filter_would_hide_is_still_that_entry(catalogue: Catalogue) -> None:
    assert rows("certifications", "AI-102", "--active")["id"] == "ms-ai-102"
    assert json.loads(as_json(catalogue, [], one=False)) == []


def test_a_page_is_no_more_exact_than_what_is_known() -> None:
    exam = " ".join(show("certifications", "AI-103").split())
    assert "Since April 2026" in exam and "Since 1 April" not in exam
    assert "Length by https://huggingface.co/posts/" in " ".join(show("resources", "google-mlcc").split())


def test_a_kind_without_a_page_of_its_own_says_all_it_knows(catalogue: Catalogue) -> None:
    text = " ".join(show("costs", "model-calls-agents").split())
    one = catalogue.costs["model-calls-agents"]
    assert one.note in text and f"Low usd {one.low_usd:g}" in text and f"When {condition_words(one.when)}" in text
    for name in catalogue.countries["DE"].names:
        assert name in show("countries", "DE")
    assert "A new job" in show("goals")
    session = catalogue.rhythms["ten-hours"].sessions[0]
    assert f"share {session.share}" in show("rhythms", "ten-hours")


def test_a_table_of_pay_is_never_cropped(catalogue: Catalogue) -> None:
    text = draw_terminal(listing_of(catalogue, "salaries", narrowed(catalogue, "salaries", WISH), WISH))
    origins = [s.origin for r in catalogue.roles.values() for s in r.salaries]
    assert [line.split()[-1] for line in text.splitlines()[3:-2]] == origins


def test_a_large_build_and_the_page_an_address_was_seen_in_are_told(catalogue: Catalogue) -> None:
    large = next(m.id for m in catalogue.modules.values() if m.heavy)
    small = next(m.id for m in catalogue.modules.values() if not m.heavy)
    assert "Size" in show("modules", large) and "Size" not in show("modules", small)
    seen = next(r for r in catalogue.resources.values() if r.seen_via)
    assert f"Seen in {seen.seen_via}" in " ".join(show("resources", seen.id).split())
