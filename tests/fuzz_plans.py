"""Fuzz targets of files of roadmap: profiles, overlays, saved plans, edited pages, printed plans."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from roadmap.loading.load import completed, files_of, load_profile, read_file
from roadmap.loading.positions import Document, parse
from roadmap.loading.printed import read_printed
from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text, settled, with_events
from roadmap.loading.source import ENTRY, folder
from roadmap.loading.sourced import SourcedCatalogue
from roadmap.model.journal import Event, SavedPlan
from roadmap.model.profile import make_profile
from roadmap.model.recorded import wrong_event
from roadmap.planning.causes import causes
from roadmap.planning.diff import difference
from roadmap.planning.known import finished_event
from roadmap.planning.make import make_plan
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised, replanned
from roadmap.render import Format, render
from roadmap.render.diff import changes_json
from roadmap.render.look import Look
from roadmap.render.status import status_text
from roadmap.render.sync import read_markdown
from tests.fuzz_common import TODAY, example, known, placed
from tests.spoiling import spoiled_json, spoiled_text

LATER = TODAY + timedelta(days=60)

# --- profiles --------------------------------------------------------------------------------------------------------


def _answers() -> dict[str, Any]:
    made = parse(example("ada.yaml"), "ada").data
    assert isinstance(made, dict)
    return {
        **made,
        "start": "2026-12-01",
        "deadline": "2027-12-01",
        "budget_usd": 300,
        "holds": ["AI-102"],
        "skills": {"rag": 2, "python": 3},
        "breaks": [{"from": "2026-12-20", "to": "2027-01-03"}],
        "availability": {"days": {"tue": 2, "sat": 4}},
        "background": ["nurse", "juggler"],
        "keep": ["mcp-server"],
        "skip": ["streaming-ui"],
        "postings": ["senior"],
    }


def profiles() -> st.SearchStrategy[str]:
    """Profiles, spoiled."""
    return spoiled_json(_answers()) | spoiled_text(example("ada.yaml"))


def check_profile(text: str) -> str:
    """A profile is refused with its problems, or makes a plan that every format can show."""
    profile, problems = load_profile(text, "me.yaml", known(), TODAY)
    told = placed(problems, refused=profile is None)
    if profile is not None:
        plan = make_plan(known(), profile, TODAY)
        for form in (Format.JSON, Format.ICS, Format.MARKDOWN):
            assert render(plan, known(), form)
    return told


# --- overlays --------------------------------------------------------------------------------------------------------


@cache
def base() -> SourcedCatalogue:
    """The built-in catalogue as it is read, before it is put together."""
    draft = SourcedCatalogue()
    for path in files_of(folder("data") / ENTRY):
        read_file(draft, path, overlay=False)
    return draft


def _overlay() -> dict[str, Any]:
    made = parse(example("overlay-bootcamp.yaml"), "overlay").data
    assert isinstance(made, dict)
    return {**made, "retire": {"modules": ["streaming-ui"], "resources": ["rag-techniques"]}}


def overlays() -> st.SearchStrategy[str]:
    """Overlays, spoiled."""
    return spoiled_json(_overlay()) | spoiled_text(example("overlay-bootcamp.yaml"))


def check_overlay(text: str) -> str:
    """An overlay is refused with its problems, or makes a catalogue that people can be planned with."""
    start = base()
    draft = SourcedCatalogue({k: dict(v) for k, v in start.entries.items()}, start.header, start.postings)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "overlay.yaml"
        path.write_text(text, encoding="utf-8", errors="replace")
        read_file(draft, path, overlay=True)
    catalogue, problems = completed(draft)
    told = placed(problems, refused=catalogue is None)
    for role in ("swe", "new") if catalogue is not None else ():
        assert catalogue is not None
        profile, faults = make_profile({"role": role, "certifications": "one"}, catalogue, TODAY)
        assert profile is not None or faults
        if profile is not None:
            plan = make_plan(catalogue, profile, TODAY)
            assert all(render(plan, catalogue, form) for form in (Format.JSON, Format.TERMINAL, Format.GITHUB))
    return told


# --- saved plans -----------------------------------------------------------------------------------------------------


@cache
def life() -> SavedPlan:
    """A plan with a line of every kind in its journal."""
    return _life("0123456789ab", certifications="one", cloud="azure")


@cache
def short_life() -> SavedPlan:
    """The same of a few steps, whose pages are read in a fraction of the time."""
    return _life("ba9876543210", goals=["portfolio"], hours_per_week=4, deadline="2027-02-20")


def _life(id_: str, **wishes: object) -> SavedPlan:
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat(), **wishes}
    profile, faults = make_profile(answers, known(), TODAY)
    assert profile is not None, faults
    plan = make_plan(known(), profile, TODAY)
    first, second, *_, last = (s.id for s in plan.steps if s.module.kind in ("learn", "build"))
    day = TODAY + timedelta(days=9)
    exam = plan.exams[0].certification.id if plan.exams else "ai-103"
    keys: list[dict[str, Any]] = [
        {"kind": "started", "step": first},
        {"kind": "logged", "step": first, "hours": 3.5},
        {"kind": "done", "step": first, "hours": 9.0, "evidence": "https://example.org"},
        {"kind": "skipped", "step": last, "reason": "no use"},
        {"kind": "paused", "first": day, "last": day + timedelta(days=9), "reason": "moving"},
        {"kind": "exam", "exam": exam, "result": "failed"},
        {"kind": "note", "step": second, "text": "went well"},
        {"kind": "logged", "step": second, "hours": 30.0},
        {"kind": "reached", "goal": "job", "text": "signed", "deadline": day},
        {"kind": "undone", "of": "e7"},
    ]
    events = [Event(id=f"e{i}", on=day + timedelta(days=i), **k) for i, k in enumerate(keys)]
    journal = tuple(finished_event(e, known()) if e.kind == "done" else e for e in events)
    return SavedPlan(1, known().version, answers, promised(plan, TODAY), journal, id=id_)


@st.composite
def saved(draw: st.DrawFn) -> str:
    """Saved plans, spoiled."""
    text = saved_text(life())
    if draw(st.integers(0, 2)):
        return draw(spoiled_json(parse(text, "me").data))
    return draw(spoiled_text(text))


def check_saved(text: str) -> str:
    """A saved plan is refused with its problems, or everything can be said of it and it is written and read again."""
    loaded = load_saved(text, "me", known())
    told = placed(loaded.problems, refused=loaded.saved is None)
    if loaded.saved is not None:
        _live(loaded.saved)
    return told


def _live(saved: SavedPlan) -> None:
    again = saved_text(saved)
    assert settled(again, saved, known(), Path("me")) == again
    for day in (TODAY, LATER):
        now = progress(saved, known(), day)
        moved = causes(saved, known(), now)
        assert status_text(now, moved, known(), Look())
        for form in (Format.MARKDOWN, Format.ICS, Format.TASKWARRIOR):
            render(now.plan, known(), form, now=now, journal=saved.journal)
    new, _ = replanned(saved, known(), LATER, {})
    assert settled(saved_text(new), new, known(), Path("me"))


# --- edited pages ----------------------------------------------------------------------------------------------------


@cache
def page(life: Callable[[], SavedPlan] = life) -> str:
    """A plan as it is exported."""
    saved = life()
    now = progress(saved, known(), LATER)
    return render(now.plan, known(), Format.MARKDOWN, full=True, now=now, journal=saved.journal, saved_id=saved.id)


@st.composite
def pages(draw: st.DrawFn) -> tuple[Callable[[], SavedPlan], str]:
    """Plans and pages of them, as people or other programs edit them; most of them short."""
    lived = draw(st.sampled_from((*[short_life] * 7, life)))
    return lived, draw(spoiled_text(page(lived)))


def check_sync(given: tuple[Callable[[], SavedPlan], str]) -> str:
    """Whatever a page holds becomes lines that the journal can keep; the same page once more changes nothing."""
    lived, text = given
    saved = lived()
    found = synced(text, saved, page(lived))
    if not found:
        return "nothing new"
    assert not [why for e in found if (why := wrong_event(e))], found
    meant = replace(saved, journal=(*saved.journal, *found))
    assert load_saved(with_events(saved_text(saved), found), "me", known()).saved == meant
    assert not synced(text, meant, page(lived)), "the same file once more changed something"
    return "taken"


def synced(text: str, saved: SavedPlan, fresh: str = "") -> list[Event]:
    """What an edited page has sync write down; `fresh` is the page as it would be exported today."""
    now = progress(saved, known(), LATER)
    return read_markdown(text, now, known(), saved.journal, {*saved.baseline.steps}, fresh or page()).events


# --- printed plans ---------------------------------------------------------------------------------------------------


@cache
def _printed() -> Any:
    profile, _ = make_profile({"role": "swe", "certifications": "one"}, known(), TODAY)
    assert profile is not None
    return json.loads(render(make_plan(known(), profile, TODAY), known(), Format.JSON))


def printed() -> st.SearchStrategy[str]:
    """Plans as they are printed, spoiled."""
    return spoiled_json(_printed())


def check_printed(text: str) -> str:
    """A printed plan is refused with its problems, or can be compared with another."""
    document = parse(text, "plan.json")
    if document.problems:
        return placed(document.problems, refused=True)
    plan, problems = read_printed(document)
    told = placed(problems, refused=plan is None)
    if plan is not None:
        other, _ = read_printed(Document("other", "", _printed()))
        assert other is not None
        for pair in ((plan, other), (other, plan)):
            json.loads(changes_json(difference(*pair), ("a", "b")))
    return told
