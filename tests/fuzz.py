"""A fuzz target per reader: what it may be given, and what has to hold whatever comes.

    python -m tests.fuzz --seconds 60            all of them, a minute each
    python -m tests.fuzz saved sync --seed 7     some of them, from a seed on

A target fails by any exception other than those the program puts into words, by a plan that cannot be read back, and
by input of a few kilobytes that takes seconds.
"""

import argparse
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from roadmap.batch.row import Reading
from roadmap.batch.rows import open_rows
from roadmap.batch.work import Job, work
from roadmap.errors import RoadmapError
from roadmap.loading.load import SourcedCatalogue, completed, files_of, load_catalogue, load_profile, read_file
from roadmap.loading.positions import Document, parse
from roadmap.loading.printed import read_printed
from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text, settled, with_events
from roadmap.loading.source import ENTRY, folder
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, SavedPlan
from roadmap.model.problem import Problem
from roadmap.model.profile import make_profile
from roadmap.model.recorded import wrong_event
from roadmap.planning.causes import causes
from roadmap.planning.diff import difference
from roadmap.planning.known import finished_event
from roadmap.planning.make import make_plan
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised, replanned
from roadmap.reading.files import read_resume
from roadmap.reading.posting import read_posting
from roadmap.reading.proposals import proposals
from roadmap.render import Format, render
from roadmap.render.diff import changes_json
from roadmap.render.imported import imported_yaml
from roadmap.render.living import Look
from roadmap.render.status import status_text
from roadmap.render.sync import read_markdown
from tests.spoiling import spoiled_bytes, spoiled_json, spoiled_text

TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=60)
EXAMPLES = Path(__file__).parent.parent / "examples"
SLOWEST = 5.0  # seconds of work for any input of a target

Check = Callable[[Any], str]


class Target(NamedTuple):
    """A reader: what it is given, and a check that says what became of one input."""

    inputs: Callable[[], st.SearchStrategy[Any]]
    check: Check


@cache
def known() -> Catalogue:
    """The built-in catalogue."""
    found, problems = load_catalogue()
    assert found is not None, problems
    return found


def placed(problems: Sequence[Problem], *, refused: bool) -> str:
    """What became of an input that was judged: whatever is refused has an error, and every problem is a sentence."""
    errors = [p for p in problems if p.severity == "error"]
    assert bool(errors) == refused, problems
    for one in problems:
        assert one.id and one.message and "\n" not in one.message and "Traceback" not in one.message, one
        assert len(one.message) < 1000, one
    return "refused" if refused else "read"


def _example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


# --- profiles --------------------------------------------------------------------------------------------------------


def _answers() -> dict[str, Any]:
    made = parse(_example("ada.yaml"), "ada").data
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
def _base() -> SourcedCatalogue:
    draft = SourcedCatalogue()
    for path in files_of(folder("data") / ENTRY):
        read_file(draft, path, overlay=False)
    return draft


def _overlay() -> dict[str, Any]:
    made = parse(_example("overlay-bootcamp.yaml"), "overlay").data
    assert isinstance(made, dict)
    return {**made, "retire": {"modules": ["streaming-ui"], "resources": ["rag-techniques"]}}


def check_overlay(text: str) -> str:
    """An overlay is refused with its problems, or makes a catalogue that people can be planned with."""
    base = _base()
    draft = SourcedCatalogue({k: dict(v) for k, v in base.entries.items()}, base.header, base.postings)
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
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat(), "certifications": "one", "cloud": "azure"}
    profile, faults = make_profile(answers, known(), TODAY)
    assert profile is not None, faults
    plan = make_plan(known(), profile, TODAY)
    first, second, *_, last = (s.id for s in plan.steps if s.module.kind in ("learn", "build"))
    day = TODAY + timedelta(days=9)
    exam = plan.exams[0].certification.id
    keys: list[dict[str, Any]] = [
        {"kind": "started", "step": first},
        {"kind": "logged", "step": first, "hours": 3.5},
        {"kind": "done", "step": first, "hours": 9.0, "evidence": "https://example.org"},
        {"kind": "skipped", "step": last, "reason": "no use"},
        {"kind": "paused", "first": day, "last": day + timedelta(days=9), "reason": "moving"},
        {"kind": "exam", "exam": exam, "result": "failed"},
        {"kind": "note", "step": second, "text": "went well"},
        {"kind": "logged", "step": second, "hours": 30.0},
        {"kind": "undone", "of": "e7"},
    ]
    events = [Event(id=f"e{i}", on=day + timedelta(days=i), **k) for i, k in enumerate(keys)]
    journal = tuple(finished_event(e, known()) if e.kind == "done" else e for e in events)
    return SavedPlan(1, known().version, answers, promised(plan, TODAY), journal, id="0123456789ab")


@st.composite
def _saved(draw: st.DrawFn) -> str:
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
def page() -> str:
    now = progress(life(), known(), LATER)
    return render(
        now.plan, known(), Format.MARKDOWN, full=True, now=now, journal=life().journal, saved_id="0123456789ab"
    )


def check_sync(text: str) -> str:
    """Whatever a page holds becomes lines that the journal can keep; the same page once more changes nothing."""
    saved = life()
    found = _synced(text, saved)
    if not found:
        return "nothing new"
    assert not [why for e in found if (why := wrong_event(e))], found
    meant = replace(saved, journal=(*saved.journal, *found))
    assert load_saved(with_events(saved_text(saved), found), "me", known()).saved == meant
    assert not _synced(text, meant), "the same file once more changed something"
    return "taken"


def _synced(text: str, saved: SavedPlan) -> list[Event]:
    now = progress(saved, known(), LATER)
    return read_markdown(text, now, known(), saved.journal, {*saved.baseline.steps}, page()).events


# --- resumes and postings --------------------------------------------------------------------------------------------

CV = """Ada Byron
Senior Software Engineer

Experience
Analytical Engines, Software Engineer, Jan 2019 - Present
- Built retrieval augmented generation with Python, LangChain and pgvector for 40 people
- CI/CD with GitHub Actions, Docker, Kubernetes on Azure

Babbage Ltd, Developer, 2015-2018
- REST services in Java and Python, PostgreSQL

Certifications
AZ-900, AWS Certified Cloud Practitioner (2021)

Skills: Python, SQL, Git, Terraform, prompt engineering
"""
JOB = """AI Engineer (m/f/d)
What you will do
- Build agents with Python, LangGraph and MCP
Requirements
- 3+ years of Python, SQL and Docker
- You know RAG and evaluation of language models
Nice to have: Kubernetes, Terraform
About us: we like Rust.
"""
JSON_CV = {
    "basics": {"name": "Ada", "label": "Engineer", "summary": "Python"},
    "work": [{"name": "A", "position": "Developer", "startDate": "2019-01", "endDate": "", "highlights": ["RAG"]}],
    "skills": [{"name": "Python", "level": "Expert", "keywords": ["Docker", "SQL"]}],
    "certificates": [{"name": "AZ-900", "date": "2021-02-29", "issuer": "Microsoft"}],
    "projects": [{"name": "x", "description": "agents", "keywords": ["MCP"]}],
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>"
WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def _zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_csv", ".csv"), text)
    return out.getvalue()


@cache
def _files() -> tuple[bytes, ...]:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in CV.splitlines())
    word = _zipped(word__document_xml=WORD.format(paragraphs))
    tables = _zipped(
        Skills_csv="Name\nPython\nDocker\n",
        Positions_csv="Company Name,Title,Description,Location,Started On,Finished On\nA,Dev,RAG,X,Jan 2019,\n",
        Profile_csv="First Name,Last Name,Headline\nAda,Byron,Engineer\n",
    )
    return (
        word,
        tables,
        CV.encode("utf-16"),
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    )


def _resumes() -> st.SearchStrategy[bytes]:
    texts = spoiled_text(CV) | spoiled_json(JSON_CV) | spoiled_text("basics:\n  name: Ada\nwork:\n  - position: Dev\n")
    return texts.map(lambda t: t.encode("utf-8", "replace")) | st.sampled_from(_files()).flatmap(spoiled_bytes)


def check_resume(content: bytes) -> str:
    """A resume is refused in a sentence, or becomes a profile that can be read."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "cv"
        path.write_bytes(content)
        try:
            resume = read_resume(path, known(), bytes, lambda text, name: parse(text, name).data)
        except RoadmapError as error:
            assert error.message
            return "refused"
    text = imported_yaml(proposals(resume, known(), TODAY), known(), "cv", TODAY)
    _, problems = load_profile(text, "me.yaml", known(), TODAY)
    assert not [p for p in problems if p.severity == "error" and "role" not in p.message], problems
    return "read"


def check_posting(text: str) -> str:
    """A posting names skills of the catalogue, or none; it is never the end of the program."""
    found = read_posting(text, known())
    assert found.skills.keys() <= known().skills.keys() and len(found.title) <= 120
    return "read" if found.skills else "nothing found"


# --- tables of people ------------------------------------------------------------------------------------------------

TABLE = (
    "id,name,role,hours_per_week,start,deadline,goals,skills.rag,breaks\n"
    'a,Ada,swe,8,2026-12-01,2027-12-01,job,2,\nb,"By;ron",new,5,2026-12-01,,"job,agents",,2026-12-20..2027-01-03\n'
)
RECORDS = [{"id": "a", "role": "swe", "hours_per_week": 8}, {"id": "b", "role": "new", "skills": {"rag": 1}}]


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, bytes]:
    kind = draw(st.sampled_from(("csv", "jsonl", "json", "yaml")))
    if kind == "csv":
        text = draw(spoiled_text(TABLE)).encode("utf-8", "replace")
    elif kind == "jsonl":
        text = b"\n".join(draw(spoiled_json(one)).encode() for one in RECORDS)
    else:
        text = draw(spoiled_json(RECORDS)).encode()
    return kind, draw(spoiled_bytes(text)) if draw(st.integers(0, 3)) == 0 else text


def check_rows(given: tuple[str, bytes]) -> str:
    """Each row has an outcome that is its own; a bug of the program is none."""
    kind, content = given
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"people.{kind}"
        path.write_bytes(content)
        job = Job(known(), TODAY)
        try:
            done = [work(row, job) for row in open_rows(str(path), Reading()).rows]
        except RoadmapError as error:
            assert error.message
            return "refused"
    for one in done:
        assert "internal-error" not in {p["id"] for p in one.problems} and "bug" not in str(one.problems), one
        json.loads(bytes(one.data))
    return "read"


# --- printed plans ---------------------------------------------------------------------------------------------------


@cache
def _printed() -> Any:
    profile, _ = make_profile({"role": "swe", "certifications": "one"}, known(), TODAY)
    assert profile is not None
    return json.loads(render(make_plan(known(), profile, TODAY), known(), Format.JSON))


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


TARGETS = {
    "profile": Target(
        lambda: spoiled_json(_answers()) | spoiled_text((EXAMPLES / "ada.yaml").read_text()), check_profile
    ),
    "overlay": Target(
        lambda: spoiled_json(_overlay()) | spoiled_text(_example("overlay-bootcamp.yaml")), check_overlay
    ),
    "saved": Target(_saved, check_saved),
    "sync": Target(lambda: spoiled_text(page()), check_sync),
    "resume": Target(_resumes, check_resume),
    "posting": Target(lambda: spoiled_text(JOB), check_posting),
    "rows": Target(_tables, check_rows),
    "printed": Target(lambda: spoiled_json(_printed()), check_printed),
}


def run(name: str, examples: int, number: int, told: Counter[str]) -> None:
    """Give a reader so many inputs; the seed says which. Raises what a target raises, with the smallest input."""
    target = TARGETS[name]

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs())
    def one(given: Any) -> None:
        begun = time.process_time()
        told[target.check(given)] += 1
        assert time.process_time() - begun < SLOWEST, "it took too long"

    one()


def main(words: Sequence[str]) -> int:
    """Run the targets that were asked for, and tell how many inputs each was given and what became of them."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("reader", nargs="*", choices=[[], *TARGETS])
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args(words)
    failed = False
    for name in args.reader or TARGETS:
        told: Counter[str] = Counter()
        end, number = time.monotonic() + args.seconds, args.seed
        while time.monotonic() < end:
            try:
                run(name, 100, number, told)
            except Exception as error:
                import traceback

                failed = True
                traceback.print_exception(error)
                sys.stdout.write(f"{name}: failed with --seed {number}\n")
                break
            number += 1
        sys.stdout.write(f"{name}: {told.total()} inputs, {dict(told)}\n")
    return int(failed)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
