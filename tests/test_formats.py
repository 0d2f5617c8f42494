"""Every format on its own terms: what its specification says, read by its own reader. Hostile text has its own test."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import jsonschema
import pytest
import vobject

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, SavedPlan
from roadmap.model.plan import Plan
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised
from roadmap.render import RENDERERS, Format, render, suffix
from roadmap.render.identity import item_uuid
from roadmap.render.parts import parts
from roadmap.render.svg import STAGES_DARK, STAGES_LIGHT, drawing
from tests.builders import TODAY, plan_for
from tests.test_terminal import empty

SCHEMA = Path(__file__).parent.parent / "build" / "browser" / "resume" / "package" / "schema.json"
BREAK = {"from": "2026-12-20", "to": "2027-01-03"}


@pytest.fixture(scope="module")
def plan(catalogue: Catalogue) -> Plan:
    return plan_for(catalogue, name="Ada", cloud="azure", domain="healthcare", certifications="all", breaks=[BREAK])


@pytest.fixture(scope="module")
def texts(plan: Plan, catalogue: Catalogue) -> dict[Format, str]:
    return {form: render(plan, catalogue, form, full=True) for form in Format}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# --- all of them -----------------------------------------------------------------------------------------------------


def test_the_table_names_every_format() -> None:
    assert set(RENDERERS) == set(Format)
    assert len({suffix(form) for form in Format}) == len(Format)
    names = "terminal markdown html svg ics json csv todoist obsidian taskwarrior todotxt github notion jsonresume"
    assert [f.value for f in Format] == names.split()


@pytest.mark.parametrize("form", Format)
def test_a_format_is_repeatable_text(form: Format, texts: dict[Format, str], catalogue: Catalogue) -> None:
    again = plan_for(catalogue, name="Ada", cloud="azure", domain="healthcare", certifications="all", breaks=[BREAK])
    assert render(again, catalogue, form, full=True) == texts[form]
    assert texts[form].endswith("\n")
    assert not texts[form].endswith("\n\n")


@pytest.mark.parametrize("form", Format)
def test_nothing_to_do_is_no_error(form: Format, catalogue: Catalogue) -> None:
    nothing = empty(plan_for(catalogue))
    text = render(nothing, catalogue, form)
    assert text.endswith("\n") or not text


@pytest.mark.parametrize("answers", [{"role": "new", "hours_per_week": 1}, {"deadline": "2027-02-01", "budget_usd": 0}])
def test_long_and_short_plans_can_be_drawn(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    for form in Format:
        assert render(plan, catalogue, form)


def test_formats_say_the_same_words(texts: dict[Format, str], plan: Plan) -> None:
    silent = {Format.JSONRESUME}
    for form in set(Format) - silent:
        bare = texts[form].replace("\r\n ", "").replace("\\,", ",")
        for step in plan.steps[:3]:
            assert step.module.title in bare, form


# --- tables ----------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_per_step(texts: dict[Format, str], plan: Plan) -> None:
    found = rows(texts[Format.CSV])
    assert [(r["id"], r["start"], float(r["hours"])) for r in found] == [
        (s.id, s.start.isoformat(), s.hours) for s in plan.steps
    ]


def test_notion_has_titles_first_and_stable_ids(texts: dict[Format, str], plan: Plan) -> None:
    found = rows(texts[Format.NOTION])
    assert next(iter(found[0])) == "Name"
    assert [r["Name"] for r in found] == [s.module.title for s in plan.steps]
    assert len({r["id"] for r in found}) == len(plan.steps)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d → \d{4}-\d\d-\d\d", r["Dates"]) for r in found)


def test_todoist_follows_its_template(texts: dict[Format, str], plan: Plan) -> None:
    text = texts[Format.TODOIST]
    head = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE"
    assert text.splitlines()[0] == head
    found = rows(text)
    assert {r["TYPE"] for r in found} == {"section", "task"}
    assert {r["PRIORITY"] for r in found} == {"4"}, "an empty one would be taken for the highest"
    assert {r["INDENT"] for r in found} == {"1", "2"}
    steps = [r for r in found if r["TYPE"] == "task" and r["INDENT"] == "1"]
    assert sorted(r["DATE"] for r in steps) == sorted(s.finish.isoformat() for s in plan.steps)


# --- task lists ------------------------------------------------------------------------------------------------------


def test_obsidian_tasks_depend_on_tasks_that_are_there(texts: dict[Format, str], plan: Plan) -> None:
    lines = [line for line in texts[Format.OBSIDIAN].splitlines() if line.startswith("- [ ] ")]
    ids = [re.search(r"🆔 ([\w-]+)", line) for line in lines]
    known = {m[1] for m in ids if m}
    assert len(known) == len(lines) == len(plan.steps)
    after = [m[1].split(",") for line in lines if (m := re.search(r"⛔ ([\w,-]+)", line))]
    assert {one for many in after for one in many} <= known
    assert all(re.search(r"➕ [\d-]{10} 🛫 [\d-]{10} 📅 [\d-]{10}$", line) for line in lines)


def test_taskwarrior_tasks_are_whole(texts: dict[Format, str], plan: Plan) -> None:
    tasks = [json.loads(line) for line in texts[Format.TASKWARRIOR].splitlines()]
    ids = {t["uuid"] for t in tasks}
    assert len(ids) == len(plan.steps)
    for task in tasks:
        assert {"status", "uuid", "entry", "description"} <= task.keys()
        assert task["priority"] in ("H", "M", "L")
        assert all(re.fullmatch(r"\d{8}T\d{6}Z", task[k]) for k in ("entry", "due", "scheduled"))
        assert set(task.get("depends", "").split(",")) - {""} <= ids
        seconds = [a["entry"] for a in task["annotations"]]
        assert len(set(seconds)) == len(seconds)


@pytest.mark.skipif(not shutil.which("task"), reason="no Taskwarrior: apt-get install -y taskwarrior")
def test_taskwarrior_takes_them_and_updates(texts: dict[Format, str], plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "rc").write_text(f"data.location={tmp_path}\nconfirmation=off\nverbose=nothing\n")
    env = {"PATH": "/usr/bin:/bin", "TASKRC": str(tmp_path / "rc"), "HOME": str(tmp_path), "TZ": "UTC"}

    def task(*args: str) -> str:
        done = subprocess.run(
            ["task", *args], input=texts[Format.TASKWARRIOR], capture_output=True, text=True, env=env, check=True
        )
        return done.stdout

    task("import", "-")
    first = json.loads(task("export"))
    task("import", "-")
    assert len(json.loads(task("export"))) == len(first) == len(plan.steps)
    assert sum(len(t.get("depends", ())) for t in first) == sum(len(s.after) for s in plan.steps)


def test_todotxt_lines_follow_the_rules(texts: dict[Format, str], plan: Plan) -> None:
    lines = texts[Format.TODOTXT].splitlines()
    assert len(lines) == len(plan.steps)
    for line in lines:
        assert re.fullmatch(
            r"\([AB]\) \d{4}-\d\d-\d\d .+ \+\S+ @\S+ due:[\d-]{10} t:[\d-]{10} id:[\w-]+( after:[\w,-]+)?", line
        )
    assert lines[0].startswith("(A)")


def test_github_script_makes_and_updates_issues(texts: dict[Format, str], plan: Plan, tmp_path: Path) -> None:
    script, log = tmp_path / "issues.sh", tmp_path / "log"
    script.write_text(texts[Format.GITHUB], encoding="utf-8")
    first = re.search(r"^step ([0-9a-f-]{36})", texts[Format.GITHUB], re.MULTILINE)
    assert first
    listed = f'if [ "$1 $2" = "issue list" ]; then echo "{first[1]} 7"; fi'
    fake = f'gh() {{ printf "%s\\0" CALL "$@" >> {log}; {listed}; }}; . {script}'
    subprocess.run(["bash", "-c", fake], check=True, capture_output=True)
    calls = [c.split("\0")[:3] for c in log.read_text(encoding="utf-8").split("CALL\0") if c]
    assert [c[:2] for c in calls].count(["issue", "create"]) == len(plan.steps) - 1
    # Title and milestone move; the text belongs to those who work there.
    assert [c for c in calls if c[:2] == ["issue", "edit"]] == [["issue", "edit", "7"]] * 2
    edits = [c.split("\0") for c in log.read_text(encoding="utf-8").split("CALL\0") if c.startswith("issue\0edit")]
    assert not any("--body" in words for words in edits)
    assert [c[:1] for c in calls].count(["api"]) == len(parts(plan))


@pytest.mark.parametrize("sign", ["x", "é", "\U0001f600"])
def test_no_issue_is_longer_than_the_site_and_the_shell_take(plan: Plan, catalogue: Catalogue, sign: str) -> None:
    """Linux takes 128 KiB for one argument: a body in emoji ended the script at its first issue."""
    step = plan.steps[0]
    for module in (
        replace(step.module, done_when=tuple(sign * 900 + f" {i}" for i in range(200))),
        replace(step.module, summary=sign * 300_000),
    ):
        long = replace(plan, steps=(step._replace(module=module), *plan.steps[1:]))
        script = render(long, catalogue, Format.GITHUB)
        read = f'gh() {{ [ "$2" = create ] && printf "%s\\0" "$8"; return 0; }}; {script}'
        made = subprocess.run(["bash"], input=read, capture_output=True, text=True, check=True).stdout.split("\0")
        bodies = [body for body in made if "roadmap:" in body]
        assert len(bodies) == len(plan.steps)
        assert f"roadmap:{item_uuid(plan, 'step', step.id)} " in bodies[0]
        assert len(bodies[0]) <= 65_536 and len(bodies[0].encode()) < 128 * 1024
        assert all("### Why" in body for body in bodies[1:]), "only what is too long is cut"


def test_what_is_done_is_ticked_off_everywhere(catalogue: Catalogue) -> None:
    start = plan_for(catalogue, name="Ada")
    done = [
        Event(
            id="a", on=TODAY, kind="done", step="first-llm-calls", evidence="https://example.org/x", teaches={"rag": 3}
        ),
        Event(id="b", on=TODAY, kind="exam", exam="ms-ai-103", result="passed"),
    ]
    answers = {"role": "swe", "name": "Ada", "start": TODAY.isoformat()}
    now = progress(SavedPlan(1, "", answers, promised(start, TODAY), tuple(done)), catalogue, TODAY)
    text = {form: render(now.plan, catalogue, form, now=now) for form in Format}
    uuid, title = item_uuid(start, "step", "first-llm-calls"), catalogue.modules["first-llm-calls"].title
    tasks = {t["uuid"]: t for t in map(json.loads, text[Format.TASKWARRIOR].splitlines())}
    assert (tasks[str(uuid)]["status"], tasks[str(uuid)]["end"]) == ("completed", "20261122T120000Z")
    assert re.search(rf"^x 2026-11-22 {title} id:first-llm-calls-\w{{6}}$", text[Format.TODOTXT], re.MULTILINE)
    assert re.search(
        rf"^- \[x\] {title} 🆔 first-llm-calls-\w{{6}} ✅ 2026-11-22$", text[Format.OBSIDIAN], re.MULTILINE
    )
    assert f"\nfinished {uuid}\n" in text[Format.GITHUB]
    assert subprocess.run(["bash", "-n"], input=text[Format.GITHUB], text=True, check=False).returncode == 0
    assert f"<strong>{title}</strong>, done 22 November 2026" in text[Format.HTML]
    assert f"- [x] **{title}**, done 22 November 2026 <!-- step:first-llm-calls -->" in text[Format.MARKDOWN]
    resume = json.loads(text[Format.JSONRESUME])
    assert [p["url"] for p in resume["projects"]] == ["https://example.org/x"]
    assert [c["date"] for c in resume["certificates"]] == ["2026-11-22"]
    assert {"name": catalogue.skills["rag"].name, "level": "proficient"}.items() <= next(
        s for s in resume["skills"] if s["name"] == catalogue.skills["rag"].name
    ).items()
    if SCHEMA.exists():
        jsonschema.validate(resume, json.loads(SCHEMA.read_text(encoding="utf-8")))


# --- calendar --------------------------------------------------------------------------------------------------------


def events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_calendar_is_by_the_book(texts: dict[Format, str], plan: Plan) -> None:
    text = texts[Format.ICS]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    found = events(text)
    assert len({str(e["UID"]) for e in found}) == len(found)
    assert {e["DTSTAMP"].dt for e in found} == {datetime(2026, 11, 22, tzinfo=UTC)}
    days = {str(e["SUMMARY"]): (e["DTSTART"].dt, e["DTEND"].dt) for e in found}
    for step in plan.steps:
        name = next(n for n in days if n.startswith(step.module.title))
        assert days[name] == (step.start, step.finish + timedelta(days=1)), "the end is exclusive"
    gates = [e["DTSTART"].dt for e in found if str(e["SUMMARY"]).startswith("Checkpoint: ")]
    assert gates == [gate.on for gate in plan.answer.gates]
    move = plan.answer.move
    assert move and days[f"{move.name} begins"][0] == move.start
    exams = [e for e in found if str(e["SUMMARY"]).startswith("Exam: ")]
    assert [e["DTSTART"].dt for e in exams] == [x.exam_on for x in plan.exams]
    assert all(len(e.walk("VALARM")) == 2 for e in exams)
    renewals = [e["DTSTART"].dt for e in found if "renew it" in str(e["SUMMARY"])]
    assert renewals == [x.expires_on for x in plan.exams if x.expires_on]


def test_another_parser_reads_the_calendar_alike(texts: dict[Format, str]) -> None:
    text = texts[Format.ICS]
    twice = list(vobject.readOne(text).vevent_list)
    assert [(str(e["UID"]), str(e["SUMMARY"]), str(e["DESCRIPTION"])) for e in events(text)] == [
        (e.uid.value, e.summary.value, e.description.value) for e in twice
    ]
    assert [e["DTSTART"].dt for e in events(text)] == [e.dtstart.value for e in twice]


def test_a_later_plan_moves_the_same_events(plan: Plan, catalogue: Catalogue, texts: dict[Format, str]) -> None:
    later = plan_for(
        catalogue,
        TODAY + timedelta(days=30),
        name="Ada",
        cloud="azure",
        domain="healthcare",
        certifications="all",
        hours_per_week=9,
    )
    old = {str(e["UID"]): e for e in events(texts[Format.ICS])}
    new = {str(e["UID"]): e for e in events(render(later, catalogue, Format.ICS))}
    assert len(old.keys() & new.keys()) > len(plan.steps)
    assert all(new[u]["SEQUENCE"] > old[u]["SEQUENCE"] for u in old.keys() & new.keys())
    other = plan_for(catalogue, name="Ben")
    assert not old.keys() & {str(e["UID"]) for e in events(render(other, catalogue, Format.ICS))}


def test_study_slots_only_for_those_who_name_days(catalogue: Catalogue, texts: dict[Format, str]) -> None:
    assert "study" not in [str(e["UID"]) for e in events(texts[Format.ICS])]
    plan = plan_for(catalogue, availability={"days": {"tue": 2, "sat": 4}}, breaks=[BREAK])
    whole, without = (events(render(p, catalogue, Format.ICS)) for p in (plan, replace(plan, weeks=())))
    other = {str(e["UID"]) for e in without}
    sessions = [e for e in whole if str(e["UID"]) not in other]
    assert {e["DTSTART"].dt.weekday() for e in sessions} == {1, 5}
    assert all(type(e["DTSTART"].dt) is date for e in sessions), "nobody was asked for a time of day"
    off = (date(2026, 12, 20), date(2027, 1, 3))
    assert not [e for e in sessions if off[0] <= e["DTSTART"].dt <= off[1]]
    length = 0.0
    for one in sessions:
        title, _, said = str(one["SUMMARY"]).rpartition(", ")
        assert title.removesuffix(" and more") in {s.module.title for s in plan.steps}
        length += float(said.removesuffix(" h"))
    assert 0.9 * plan.hours <= length <= plan.hours + 1


# --- resume ----------------------------------------------------------------------------------------------------------


def test_resume_claims_only_what_is_held(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, name="Ada", holds=["AI-102"], skills={"rag": 3, "python": 1})
    resume = json.loads(render(plan, catalogue, Format.JSONRESUME))
    assert [c["name"] for c in resume["certificates"]] == [catalogue.certifications["ms-ai-102"].name]
    levels = {s["name"]: s["level"] for s in resume["skills"]}
    assert levels[catalogue.skills["rag"].name] == "proficient"
    assert catalogue.skills["python"].name not in levels
    assert resume["projects"] == []
    if SCHEMA.exists():
        jsonschema.validate(resume, json.loads(SCHEMA.read_text(encoding="utf-8")))


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 960])
def test_the_timeline_shows_it_all_within_its_frame(plan: Plan, catalogue: Catalogue, width: int) -> None:
    root = ElementTree.fromstring(drawing(plan, catalogue, width))
    shown = "".join(root.itertext())
    exams = [e.certification.code or "" for e in plan.exams]
    for words in ("today", "Exam", "Time off", "even odds", "Checkpoints", *exams):
        assert words in shown
    for element in root.iter():
        x = float(element.get("x", 0) if element.get("width") != "100%" else 0)
        assert -1 <= x <= width
        if element.tag.endswith("rect") and element.get("fill", "").startswith("url") is False:
            assert x + float(element.get("width", "0").strip("%")) <= width + 1


def test_pictures_have_names(plan: Plan, catalogue: Catalogue) -> None:
    root = ElementTree.fromstring(drawing(plan, catalogue, 960))
    assert root.get("role") == "img"
    assert root.get("aria-label")


def test_the_deadline_is_a_line(catalogue: Catalogue) -> None:
    picture = drawing(plan_for(catalogue, deadline="2027-12-31"), catalogue, 960)
    assert "deadline 31 Dec" in "".join(ElementTree.fromstring(picture).itertext())


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("papers", "colours"),
    [
        (("#fdfcf9", "#f0ece4"), (*STAGES_LIGHT, "#5f5b55", "#22211f")),
        (("#1b1a18", "#2a2825"), (*STAGES_DARK, "#aaa49a", "#ece8e1")),
    ],
)
def test_colours_of_pictures_stand_out(papers: tuple[str, ...], colours: tuple[str, ...]) -> None:
    assert min(contrast(c, p) for c in colours for p in papers) >= 4.5


def test_a_picture_in_dots(texts: dict[Format, str], tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    from roadmap.cli.picture import write_png

    whole, bare = tmp_path / "plan.png", tmp_path / "bare.png"
    write_png(texts[Format.SVG], whole)
    write_png(re.sub(r"<text\b.*?</text>", "", texts[Format.SVG], flags=re.S), bare)
    assert whole.read_bytes().startswith(b"\x89PNG")
    assert whole.stat().st_size > 2 * bare.stat().st_size, "its words are drawn"


# --- Markdown's forms ------------------------------------------------------------------------------------------------


def test_front_matter_is_yaml(catalogue: Catalogue) -> None:
    from roadmap.loading.positions import parse

    name = 'A: "b" # \\ \u2028 {x}'
    text = render(plan_for(catalogue, name=name), catalogue, Format.MARKDOWN, front_matter=True)
    _, head, body = text.split("---\n", 2)
    document = parse(head, "head")
    assert document.problems == []
    assert isinstance(document.data, dict)
    assert document.data["name"] == name.replace("\u2028", " ")
    assert body.startswith("\n# ")


def test_each_phase_ends_with_three_questions(plan: Plan, texts: dict[Format, str]) -> None:
    asked = texts[Format.MARKDOWN].split("#### Before you go on, answer aloud")[1:]
    assert len(asked) == len(parts(plan))
    assert all(re.match(r"\n\n1\. .+\?\n2\. .+\?\n3\. .+\?\n", part) for part in asked)


def test_a_step_says_what_it_adds_to_the_project(plan: Plan, texts: dict[Format, str]) -> None:
    adding = [s for s in plan.steps if s.project_adds]
    assert adding
    for form in (Format.MARKDOWN, Format.OBSIDIAN, Format.GITHUB, Format.TODOIST, Format.TASKWARRIOR, Format.NOTION):
        assert adding[0].project_adds[1:30] in texts[form], form


@pytest.mark.parametrize("form", [Format.TERMINAL, Format.MARKDOWN, Format.HTML, Format.SVG])
def test_who_skips_all_that_is_missing_is_not_told_that_nothing_is(catalogue: Catalogue, form: Format) -> None:
    everything: dict[str, Any] = {"role": "swe", "certifications": "none", "skills": dict.fromkeys(catalogue.skills, 4)}
    plan = plan_for(catalogue, **everything, skip=[s.id for s in plan_for(catalogue, **everything).steps])
    assert not plan.steps
    text = render(plan, catalogue, form, full=True)
    assert "you skip what is missing" in text
    assert "you can do all" not in text
