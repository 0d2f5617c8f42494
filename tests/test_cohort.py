"""A mentor's round: a sheet to saved plans, edited pages back into them, and who needs a word."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from roadmap.cli.app import app
from roadmap.errors import RoadmapError, UsageError
from roadmap.loading.saved import load_saved
from roadmap.loading.saving import event_line
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from tests.in_process import roadmap as in_process
from tests.test_living import told

GUIDE = Path(__file__).parent.parent / "docs" / "guide-mentors.md"
SHEET = """Name,Current job,Hours a week,Deadline,Budget,Email
Li Wei,Software Engineer,10-12,2028-03-31,$300,li@example.org
Zoë Müller,Data Scientist,"7,5",,,zoe@example.org
Fatou,Nurse,5h,,0,fatou@example.org
Bad,Software Engineer,banana,,,
"""
Say = Callable[..., str]


@pytest.fixture
def roadmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Commands beside a sheet of four people, of whom one row is wrong."""
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text(SHEET, encoding="utf-8")

    def call(*args: str, code: int = 0, today: str = "2026-12-01") -> str:
        done = CliRunner().invoke(app, [*args, "--today", today])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    return call


@pytest.fixture
def group(roadmap: Say) -> Path:
    said = roadmap("cohort", "init", "sheet.csv", "--into", "group", code=4)
    assert "banana" in said and '"Software Engineer" read as swe' in said
    return Path("group")


def saved_of(file: Path, catalogue: Catalogue) -> SavedPlan:
    saved = load_saved(file.read_text(encoding="utf-8"), str(file), catalogue).saved
    assert saved is not None
    return saved


def strict(kind: str) -> dict[str, object]:
    """A schema that allows no key beside those it names."""
    schema = json.loads(in_process("schema", kind).stdout)
    for one in (schema, *schema["$defs"].values()):
        one["additionalProperties"] = one.get("properties") is None
    return dict(schema)


def test_what_scripts_get_of_a_group_and_of_a_week_keeps_to_its_schema(roadmap: Say, group: Path) -> None:
    """A readable plan, one that is no plan, columns of the sheet, and a plan without a week left."""
    plans = group / "people"
    roadmap("log", "2", "--plan", str(plans / "li-wei.roadmap.yaml"), today="2026-12-05")
    (plans / "broken.roadmap.yaml").write_text("role: swe\n", encoding="utf-8")
    table = json.loads(roadmap("cohort", str(group), "--format", "json", code=4, today="2027-03-01"))
    jsonschema.validate(table, strict("cohort"))
    rows = {Path(row["file"]).name: row for row in table}
    assert rows["broken.roadmap.yaml"]["progress"] is None and rows["broken.roadmap.yaml"]["problem"]
    assert rows["li-wei.roadmap.yaml"]["own"] == {"Email": "li@example.org"} and rows["li-wei.roadmap.yaml"]["needs"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**table[0], "more": 1}], strict("cohort"))
    week = json.loads(roadmap("next", "--plan", str(plans / "li-wei.roadmap.yaml"), "--format", "json"))
    jsonschema.validate(week, strict("next"))
    assert week["items"][0]["resources"] and week["week"] == "2026-11-30"
    done = {**week, "week": None, "items": [], "hours": 0}
    jsonschema.validate(done, strict("next"))


def refused(*args: str) -> str:
    done = in_process(*args)
    assert done.returncode in (1, 2) and not done.stdout, done
    return done.stderr


def test_somebody_of_a_group_is_named(roadmap: Say, group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of their plan or its beginning, with or without accents, from beside the group or inside it."""
    whole = roadmap("status", "--plan", str(group / "people" / "zoë-müller.roadmap.yaml"))
    assert whole.startswith("On track")
    for who in ("zoë-müller", "Zoe Muller", "zoe", "Zoë"):
        assert roadmap("status", who) == whole == roadmap("status", "--plan", who)
    assert "Li Wei" in roadmap("evidence", "li-wei") and "# Li Wei" in roadmap("export", "li-wei")
    assert "Li Wei" in roadmap("plan", "--resume", "group/people/li-wei")
    assert "Li Wei" in roadmap("plan", "--profile", "li-wei", "--hours-per-week", "12")
    assert "Logged 2 h" in roadmap("log", "2", "--plan", "fatou", today="2026-12-03")
    for nobody in ("nobody", "zo", "li-w"):
        assert f"{nobody}: no such file" in refused("next", nobody)
    assert "html: is a format" in refused("export", "html")
    assert "are two plans" in refused("next", "fatou", "--plan", "li-wei")
    assert "is a folder with 3 saved plans" in refused("status", "group")
    (group / "people" / "li-na.roadmap.yaml").write_bytes((group / "people" / "li-wei.roadmap.yaml").read_bytes())
    assert "can be li-na or li-wei" in refused("status", "li")
    monkeypatch.chdir(group)
    assert "Li Wei" in roadmap("export", "li-wei")


def test_a_page_that_lost_its_comments_is_read_by_its_titles(roadmap: Say, group: Path) -> None:
    """As it comes back from a word processor: steps by title, and nobody's who is named otherwise."""
    page = group / "people" / "li-wei.md"
    bare = re.sub(r" ?<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    page.write_text(bare.replace("- [ ] **First model calls", "- [x] **First model calls"), encoding="utf-8")
    assert bare.count("- [ ] **First model calls") == 1
    assert "first-llm-calls: done" in roadmap("sync", str(page), today="2026-12-12")
    other = group / "people" / "zoë-müller.md"
    other.write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    assert "is the page of another plan of Li Wei" in refused("sync", str(other))
    other.write_text("- [x] Milk\n", encoding="utf-8")
    assert "holds no step of this plan" in refused("sync", str(other))


def test_a_table_never_goes_over_the_sheet(roadmap: Say, group: Path) -> None:
    before = Path("sheet.csv").read_bytes()
    assert "made from a sheet of that name" in refused("cohort", str(group), "--output", "sheet.csv")
    assert "which cohort init does not show" in refused(
        "cohort", "init", "sheet.csv", "--into", "other", "--output", "sheet.csv"
    )
    assert Path("sheet.csv").read_bytes() == before and not Path("other").exists()
    roadmap("cohort", str(group), "--output", "week.csv")
    roadmap("cohort", str(group), "--output", "week.csv")


def test_a_table_is_no_resume_and_a_groups_own_record_no_profile(roadmap: Say, group: Path) -> None:
    for asked in (["import", "sheet.csv"], ["plan", "--resume", "sheet.csv", "--role", "swe"]):
        assert "is a table, which may hold several people" in refused(*asked)
    assert "3 files checked, no errors" in roadmap("check", str(group))


def test_a_sheet_becomes_saved_plans_pages_and_one_calendar(roadmap: Say, group: Path) -> None:
    people = sorted(f.name for f in (group / "people").iterdir() if not f.name.startswith("."))
    for name in ("fatou", "li-wei", "zoë-müller"):
        assert {f"{name}{end}" for end in (".roadmap.yaml", ".md", ".html", ".ics")} <= set(people)
    kept = (group / "cohort.yaml").read_text(encoding="utf-8")
    assert "Hours a week" in kept and "10-12" in kept, "the mapping is kept"
    assert "merge=union" in (group / ".gitattributes").read_text(encoding="utf-8")
    dates = (group / "everyone.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    assert "SUMMARY:Li Wei: Deadline" in dates and "SUMMARY:Fatou: Checkpoint" in dates
    own = (group / "people" / "li-wei.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    assert "X-WR-CALNAME:Li Wei: " in own
    index = (group / "index.html").read_text(encoding="utf-8")
    assert 'href="people/li-wei.html"' in index
    # Once more: nobody's plan is touched.
    before = (group / "people" / "li-wei.roadmap.yaml").read_bytes()
    assert "3 were there already" in roadmap("cohort", "init", "sheet.csv", "--into", "group", code=4)
    assert (group / "people" / "li-wei.roadmap.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("init",), "the sheet is missing"),
        (("init", "sheet.csv"), "the folder to make is missing"),
        (("week", "group", "more"), '"more" is one word too many'),
        (("group", "--into", "x"), "belong to cohort init"),
        (("group", "--map", "name=Who"), "belong to cohort init"),
    ],
)
def test_a_group_that_is_asked_for_in_half_is_told(roadmap: Say, words: tuple[str, ...], said: str) -> None:
    before = sorted(Path().iterdir())
    with pytest.raises(UsageError, match=said):
        roadmap("cohort", *words)
    assert sorted(Path().iterdir()) == before


def test_days_that_a_sheet_holds_are_read_back_as_they_were_kept(roadmap: Say, catalogue: Catalogue) -> None:
    """As soon as possible is no deadline, and a day of a table is kept as text, as reading the plan gives it."""
    sheet = "Name,Current job,Deadline\nAda,Software Engineer,01.12.2027\nBen,Data Scientist,asap\n"
    Path("dates.csv").write_text(sheet, encoding="utf-8")
    roadmap("cohort", "init", "dates.csv", "--into", "spring")
    ada, ben = (saved_of(Path(f"spring/people/{name}.roadmap.yaml"), catalogue) for name in ("ada", "ben"))
    assert ada.answers["deadline"] == "2027-12-01" and "deadline" not in ben.answers


def test_batch_save_makes_the_same_folder(roadmap: Say, group: Path) -> None:
    roadmap("batch", "sheet.csv", "--output", "other", "--save", code=4)
    one, two = (f / "people" / "li-wei.roadmap.yaml" for f in (group, Path("other")))
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(UsageError, match="folder"):
        roadmap("batch", "sheet.csv", "--output", "x.jsonl", "--save")


def test_a_week_reads_the_pages_and_says_who_needs_a_word(roadmap: Say, group: Path, catalogue: Catalogue) -> None:
    page = group / "people" / "li-wei.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("- [ ]", "- [x]", 1).replace("I study on:", "I study on: Sunday"), encoding="utf-8")
    assert "left as it is" in roadmap("cohort", "export", "group", today="2026-12-10")
    assert "Sunday" in page.read_text(encoding="utf-8"), "words that were not synced are never written over"
    said = roadmap("cohort", "week", "group", "--format", "csv", "--output", "week.csv", today="2027-01-12")
    assert "taken" in said
    assert saved_of(group / "people" / "li-wei.roadmap.yaml", catalogue).journal
    assert "Sunday" in page.read_text(encoding="utf-8"), "and come back on the next page"
    rows = {r["who"]: r for r in csv.DictReader(io.StringIO(Path("week.csv").read_text(encoding="utf-8-sig")))}
    assert rows["Li Wei"]["steps"].startswith("1 of ") and rows["Li Wei"]["deadline"] == "2028-03-31"
    assert "no entry yet, 42 days after the start" in rows["Fatou"]["needs_you"]
    assert rows["Fatou"]["now"] == "Python from zero: first useful scripts", "titles, not ids"


def test_the_name_of_the_output_says_how_the_table_comes_out(roadmap: Say, group: Path) -> None:
    for name, begins in (("w.csv", "\ufeffwho,"), ("w.html", "<!doctype"), ("w.md", "| who"), ("w.json", "[")):
        roadmap("cohort", "group", "--output", name)
        assert Path(name).read_text(encoding="utf-8").startswith(begins), name
    for wrong in (("w.xlsx",), ("w.csv", "--format", "html")):
        with pytest.raises(UsageError, match=r"w\.") as caught:
            roadmap("cohort", "group", "--output", *wrong)
        assert ".csv" in caught.value.hint


def test_a_command_that_is_offered_names_the_plan_it_speaks_of(roadmap: Say, group: Path) -> None:
    table = json.loads(roadmap("cohort", "group", "--format", "json", today="2027-01-12"))
    fatou = next(row for row in table if row["name"] == "Fatou")
    way = fatou["progress"]["ways_out"][0]
    said = roadmap(*shlex.split(way["command"])[1:-2], today="2027-01-12")
    assert way["text"].rpartition("done by ")[2].rstrip(".") in said


@pytest.mark.parametrize(
    ("said", "blocked"),
    [
        ("blocked: no laptop", True),
        ("I am stuck with the index", True),
        ("Blocked by my boss", True),
        ("unblocked, it runs again", False),
        ("no longer blocked", False),
        ("not stuck any more", False),
    ],
)
def test_a_note_says_that_somebody_is_blocked_or_is_not(roadmap: Say, group: Path, said: str, blocked: bool) -> None:
    roadmap("note", said, "--plan", "group/people/fatou")
    table = json.loads(roadmap("cohort", "group", "--format", "json"))
    needs = [n["code"] for row in table for n in row["needs"]]
    assert ("blocked" in needs) is blocked


def test_checkpoints_that_were_missed_are_told_in_one_piece(roadmap: Say, group: Path) -> None:
    said = " ".join(roadmap("cohort", "group", today="2027-11-01").split())
    assert "checkpoints missed, the last, “" in said and said.count("checkpoint of “") <= 1
    table = json.loads(roadmap("cohort", "group", "--format", "json", today="2027-11-01"))
    assert max([n["code"] for n in row["needs"]].count("gate") for row in table) > 1, "a script has each"


def test_a_pause_is_no_silence_and_a_block_or_a_sprint_is_seen(roadmap: Say, group: Path) -> None:
    people = group / "people"
    roadmap("pause", "2027-01-20", "--plan", str(people / "fatou.roadmap.yaml"), "--reason", "family")
    zoe = str(people / "zoë-müller.roadmap.yaml")
    roadmap("note", "blocked: laptop broken", "--plan", zoe, today="2026-12-20")
    li = str(people / "li-wei.roadmap.yaml")
    for _ in range(3):
        roadmap("done", "--hours", "1", "--anyway", "--plan", li, today="2026-12-14")
    table = json.loads(roadmap("cohort", "group", "--format", "json", today="2027-01-12"))
    needs = {row["name"]: {n["code"]: n["text"] for n in row["needs"]} for row in table}
    assert "idle" not in needs["Fatou"] and "nothing-yet" not in needs["Fatou"] and "behind" not in needs["Fatou"]
    assert needs["Fatou"]["away"] == "off until 20 January 2027"
    assert needs["Zoë Müller"]["blocked"] == "says: blocked: laptop broken" and "nothing-yet" in needs["Zoë Müller"]
    assert "3 steps ticked without anything that shows it" in needs["Li Wei"]["too-fast"]


def test_a_page_goes_only_into_its_own_plan(roadmap: Say, group: Path, catalogue: Catalogue) -> None:
    people = group / "people"
    page, zoe = people / "li-wei.md", people / "zoë-müller.roadmap.yaml"
    before = zoe.read_bytes()
    with pytest.raises(RoadmapError, match="page of another plan of Li Wei"):
        roadmap("sync", str(page), "--plan", str(zoe))
    Path("list.md").write_text("- [ ] milk\n- [x] bread\n", encoding="utf-8")
    with pytest.raises(RoadmapError, match="no step of this plan"):
        roadmap("sync", "list.md", "--plan", str(zoe))
    roadmap("plan", "--role", "swe", "--name", "Sam", "--format", "markdown", "--output", "sam.md")
    with pytest.raises(RoadmapError, match="another plan of Sam"):
        roadmap("sync", "sam.md", "--plan", str(people / "li-wei.roadmap.yaml"))
    assert zoe.read_bytes() == before


def test_the_mentors_weeks_are_told_in_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/guide-mentors.md shows what the program says today; `ROADMAP_REFRESH=1` writes it again."""
    page = GUIDE.read_text(encoding="utf-8")
    sheet = page.partition("`spring.csv`:\n\n```csv\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    Path("spring.csv").write_text(sheet, encoding="utf-8")
    shown = told(page, CliRunner())
    if os.environ.get("ROADMAP_REFRESH"):
        GUIDE.write_text(shown, encoding="utf-8")
    assert shown == GUIDE.read_text(encoding="utf-8")
    week = shown.partition("$ roadmap cohort week")[2].partition("```")[0]
    for words in ("off until 10 January 2027", "says: blocked", "very fast"):
        assert words in " ".join(week.split()), words


def test_a_page_finds_the_plan_of_its_own_name(roadmap: Say, group: Path, catalogue: Catalogue) -> None:
    """Several pages, or a folder of them, each go into the plan beside them; a plan is named without its ending too."""
    people = group / "people"
    for name in ("li-wei", "fatou"):
        page = people / f"{name}.md"
        page.write_text(page.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 1), encoding="utf-8")
    assert roadmap("sync", str(people / "li-wei.md"), str(people / "fatou.md")).count("taken") >= 2
    for name in ("li-wei", "fatou"):
        assert saved_of(people / f"{name}.roadmap.yaml", catalogue).journal
    assert "Nothing new in 3 pages." in roadmap("sync", str(group))
    with pytest.raises(UsageError, match="one page"):
        roadmap("sync", str(group), "--plan", str(people / "li-wei"))
    assert "not started" in roadmap("status", "--plan", str(people / "zoë-müller"), today="2026-11-30").casefold()
    with pytest.raises(RoadmapError, match="no page in it"):
        roadmap("sync", str(group.parent))
    with pytest.raises(RoadmapError) as wrong:
        roadmap("status", "--plan", str(people / "nobody.yaml"))
    assert "lock" not in wrong.value.hint and "li-wei" in wrong.value.hint


def test_a_page_finds_the_plan_that_it_was_written_from(roadmap: Say, group: Path, catalogue: Catalogue) -> None:
    """Under any name, among several plans, and through a pipe: a page says which plan it is of."""
    fatou = group / "people" / "fatou.roadmap.yaml"
    roadmap("export", "--plan", str(fatou), "--output", "copy.md")
    page = Path("copy.md").read_text(encoding="utf-8").replace("I study on:", "I study on: Sunday")
    (group / "copy.md").write_text(page, encoding="utf-8")
    assert "copy.md:" in roadmap("sync", str(group / "copy.md"))
    assert [e.text for e in saved_of(fatou, catalogue).journal] == ["I study on: Sunday"]
    piped = page.replace("Sunday", "Monday")
    os.chdir(group / "people")
    done = CliRunner().invoke(app, ["sync", "-", "--today", "2026-12-01"], input=piped)
    assert done.exit_code == 0 and "stdin:" in done.output, done.output
    assert saved_of(fatou.relative_to(group / "people"), catalogue).journal[-1].text == "I study on: Monday"
    with pytest.raises(RoadmapError, match=r"nowhere.md: no such file"):
        roadmap("sync", "nowhere.md")


def _spoil(people: Path, how: str) -> str:
    """Make the page or the plan of Fatou unreadable in one way; what has to be said of it."""
    page, plan = people / "fatou.md", people / "fatou.roadmap.yaml"
    match how:
        case "bytes":
            page.write_bytes(b"# Fatou\n\nna\xefve\n" + page.read_bytes())
            return f"{page}:3: not UTF-8 text"
        case "foreign":
            page.write_bytes((people / "zoë-müller.md").read_bytes())
            return f"{page}: is the page of another plan of Zoë Müller"
        case "strange":
            page.write_text(page.read_text("utf-8") + "".join(f"- word {i}\n" for i in range(120)), "utf-8")
            return "120 lines from here on are not understood"
        case "long":
            page.write_text(page.read_text("utf-8") + "\n" * 20_001, "utf-8")
            return f"{page}: has 2"
        case _:
            plan.write_text(plan.read_text("utf-8").replace("role: new", "role: nurse"), "utf-8")
            return f"{plan}:8:9: error: "


@pytest.mark.parametrize("how", ["bytes", "foreign", "strange", "long", "plan"])
def test_one_bad_page_stops_no_other(group: Path, catalogue: Catalogue, how: str) -> None:
    people = group / "people"
    for name in ("fatou", "li-wei", "zoë-müller"):
        page = people / f"{name}.md"
        page.write_text(page.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 1), encoding="utf-8")
    wanted, bad = _spoil(people, how), (people / "fatou.md").read_bytes()
    day = ("--today", "2026-12-08")
    synced = in_process("sync", str(group), *day)
    assert synced.returncode == 1 and wanted in synced.stderr, synced.stderr
    assert "1 of 3 pages could not be taken in" in synced.stderr and "Traceback" not in synced.stderr
    for name in ("li-wei", "zoë-müller"):
        assert len(saved_of(people / f"{name}.roadmap.yaml", catalogue).journal) == 1, name
    week = in_process("cohort", "week", str(group), *day)
    assert week.returncode == 4 and wanted in week.stderr, week.stderr
    assert "2 pages written" in week.stderr and "Li Wei" in week.stdout and "1 of " in week.stdout
    assert (people / "fatou.md").read_bytes() == bad, "what could not be read is not written over"


def test_a_page_without_its_plan_is_named_among_others(group: Path, catalogue: Catalogue) -> None:
    people, lost = group / "people", group.parent / "lost" / "li-wei.md"
    lost.parent.mkdir()
    lost.write_text("# nothing\n", encoding="utf-8")
    page = people / "li-wei.md"
    page.write_text(page.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 1), encoding="utf-8")
    done = in_process("sync", str(lost), str(page), "--today", "2026-12-08")
    assert done.returncode == 1 and f"{lost}: no saved plan of its own is beside it" in done.stderr
    assert len(saved_of(people / "li-wei.roadmap.yaml", catalogue).journal) == 1


def test_export_never_writes_over_words_that_were_not_synced(roadmap: Say, group: Path) -> None:
    li = ("--plan", str(group / "people" / "li-wei.roadmap.yaml"))
    roadmap("export", *li, "--output", "li.md")
    roadmap("export", *li, "--output", "li.md", today="2026-12-05")
    page = Path("li.md")
    page.write_text(page.read_text(encoding="utf-8").replace("I study on:", "I study on: Sunday"), encoding="utf-8")
    with pytest.raises(RoadmapError, match="holds 1 line that the plan does not have") as caught:
        roadmap("export", *li, "--output", "li.md")
    assert "roadmap sync li.md" in caught.value.hint and "Sunday" in page.read_text(encoding="utf-8")
    Path("mine.md").write_text("# My own notes\n", encoding="utf-8")
    with pytest.raises(RoadmapError, match="not written from a saved plan"):
        roadmap("export", *li, "--output", "mine.md")
    roadmap("export", *li, "--output", "mine.md", "--force")
    roadmap("sync", "li.md", *li)
    roadmap("export", *li, "--output", "li.md")
    assert "Sunday" in page.read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("git"), reason="merging is Git's")
def test_git_merges_journals_and_plans_that_both_replanned(roadmap: Say, group: Path, catalogue: Catalogue) -> None:
    file = group / "people" / "li-wei.roadmap.yaml"

    def git(*args: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *who, "-C", str(group), *args], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "other")
    roadmap("log", "1", "3", "--plan", str(file), today="2026-12-08")
    roadmap("replan", "--hours-per-week", "14", "--yes", "--plan", str(file), today="2026-12-08")
    git("commit", "-qam", "other")
    git("checkout", "-q", "main")
    roadmap("log", "1", "2", "--plan", str(file), today="2026-12-09")
    roadmap("replan", "--hours-per-week", "8", "--yes", "--plan", str(file), today="2026-12-09")
    git("commit", "-qam", "main")
    git("merge", "-q", "other", "-m", "both")
    merged = saved_of(file, catalogue)
    assert [e.kind for e in merged.journal].count("replanned") == 2
    assert sum(e.hours or 0 for e in merged.journal) == 5, "both journals"
    assert merged.answers["hours_per_week"] == 8, "the later replan counts"
    assert "roadmap" in roadmap("next", "--plan", str(file), today="2026-12-10")
    roadmap("log", "1", "1", "--plan", str(file), today="2026-12-10")
    assert sum(e.hours or 0 for e in saved_of(file, catalogue).journal) == 6
    assert event_line(merged.journal[-1]).startswith("  - {id:")


def test_what_a_mentor_notes_is_kept_beside_the_plans_and_comes_back(roadmap: Say) -> None:
    """Notes on people belong to who wrote them: in the folder of the group, never in a plan or page of theirs."""
    head, *people = SHEET.splitlines()
    sheet = "\n".join([f"{head},T-shirt,Notes", *(f"{p},M,shy: needs time" for p in people)])
    Path("sheet.csv").write_text(sheet + "\n", encoding="utf-8")
    said = roadmap("cohort", "init", "sheet.csv", "--into", "group", code=4)
    assert 'column "T-shirt" is no answer, so it is kept as it is' in said
    table = roadmap("cohort", "group", "--format", "csv")
    rows = {r["who"]: r for r in csv.DictReader(io.StringIO(table))}
    assert (rows["Li Wei"]["Email"], rows["Fatou"]["Notes"]) == ("li@example.org", "shy: needs time")
    data = {r["name"]: r["own"] for r in json.loads(roadmap("cohort", "group", "--format", "json"))}
    assert data["Zoë Müller"] == {"Email": "zoe@example.org", "T-shirt": "M", "Notes": "shy: needs time"}
    for file in Path("group").rglob("*"):
        if file.is_file() and file.name != "cohort.yaml":
            assert b"needs time" not in file.read_bytes(), file
    # Somebody writes into the kept file, a cell is emptied, and the sheet is read again: nothing is gone.
    kept = Path("group/cohort.yaml")
    kept.write_text(kept.read_text(encoding="utf-8").replace("li@example.org", "new@example.org"), encoding="utf-8")
    Path("sheet.csv").write_text(SHEET.replace("li@example.org", ""), encoding="utf-8")
    roadmap("cohort", "init", "sheet.csv", "--into", "group", code=4)
    rows = {r["who"]: r for r in csv.DictReader(io.StringIO(roadmap("cohort", "group", "--format", "csv")))}
    assert (rows["Li Wei"]["Email"], rows["Li Wei"]["Notes"]) == ("new@example.org", "shy: needs time")
    kept.write_text("people: [", encoding="utf-8")
    with pytest.raises(RoadmapError, match="cannot be read"):
        roadmap("cohort", "init", "sheet.csv", "--into", "group")
    assert kept.read_text(encoding="utf-8") == "people: [", "nothing is written over what could not be read"


def test_a_folder_of_answers_is_checked_file_by_file(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "ada.yaml").write_text("role: swe\n", encoding="utf-8")
    (folder / "bad.yaml").write_text("role: swee\n", encoding="utf-8")
    (folder / "sheet.csv").write_text("name,role\nBen,swee\n", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing to check\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(folder)])
    assert done.exit_code == 1 and "bad.yaml:1" in done.output and "sheet.csv:2" in done.output, done.output
    assert "ada.yaml" not in done.output and "notes.txt" not in done.output
    for name in ("bad.yaml", "sheet.csv"):
        (folder / name).unlink()
    assert "1 file checked" in CliRunner().invoke(app, ["check", str(folder)]).output
    (folder / "ada.yaml").unlink()
    with pytest.raises(UsageError, match="nothing in this folder"):
        app(["check", str(folder)], standalone_mode=False)
