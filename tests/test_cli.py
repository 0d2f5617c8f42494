"""Every command as a person or a script meets it: exit codes, streams, files that appear whole."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from roadmap.errors import RoadmapError
from tests.in_process import roadmap as in_process
from tests.terminal import Terminal

RUN = [sys.executable, "-m", "roadmap"]


def roadmap(*args: str, stdin: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a terminal."""
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")}
    return subprocess.run(
        [*RUN, *args], input=stdin, capture_output=True, text=True, encoding="utf-8", env={**clean, **(env or {})}
    )


def test_a_plan_from_flags_goes_to_stdout_and_nothing_to_stderr() -> None:
    done = roadmap("plan", "--role", "swe", "--format", "json", "--today", "2026-11-22")
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert plan["status"] == "feasible"
    assert plan["generated_on"] == "2026-11-22"


def test_every_profile_key_has_a_flag() -> None:
    flags = {
        "--role": "swe", "--target": "ai-engineer", "--level": "senior", "--name": "Ada", "--goals": "job,agents",
        "--hours-per-week": "7.5", "--start": "2027-01-04", "--deadline": "2031-01-01", "--budget-usd": "900",
        "--cloud": "gcp", "--domain": "legal", "--certifications": "all", "--holds": "AI-102,ms-ai-901",
        "--skills": "rag=3,sql=1", "--breaks": "2027-02-01..2027-02-07", "--language": "en",
        "--keep": "kubernetes-working", "--skip": "mcp-server", "--confidence": "80", "--review": "yes",
        "--availability": "mon=2,sat=6,2027-03-01..2027-03-31=20,rest=8,buffer=10", "--postings": "senior,US",
        "--aims": "kubernetes,graphql", "--background": "beekeeper", "--country": "US",
        "--path": "swe-job",
    }  # fmt: skip
    from roadmap.model.profile import KEYS

    assert {"--" + k.replace("_", "-") for k in KEYS} == set(flags)
    done = roadmap("plan", *[x for pair in flags.items() for x in pair], "--format", "json", "--today", "2026-11-22")
    assert done.returncode == 0, done.stderr
    profile = json.loads(done.stdout)["profile"]
    assert profile["holds"] == ["ms-ai-102", "ms-ai-901"]
    assert profile["skills"]["rag"] == 3
    assert profile["skills"]["sql"] == 1
    assert profile["breaks"] == [{"from": "2027-02-01", "to": "2027-02-07"}]
    assert profile["hours_per_week"] == 7.5


@pytest.mark.parametrize("command", ["plan", "replan", "what-if", "explain", "diff"])
def test_every_command_that_takes_answers_takes_all_with_one_help_text_each(command: str) -> None:
    from typer.testing import CliRunner

    from roadmap.cli.app import app
    from roadmap.model.profile import FIELDS

    done = CliRunner().invoke(app, [command, "--help"], prog_name="roadmap", env={"COLUMNS": "400"})
    for field in FIELDS:
        assert f"{field.flag} {field.metavar}" in " ".join(done.output.split())
        assert " ".join(field.help.split()) in " ".join(done.output.split())


def test_without_a_terminal_a_missing_role_is_usage_and_names_the_flag() -> None:
    done = roadmap("plan")
    assert done.returncode == 2
    assert "--role" in done.stderr
    assert done.stdout == ""


def test_where_a_plan_is_kept_cannot_be_asked_for_in_two_ways(tmp_path: Path) -> None:
    there = tmp_path / "me.roadmap.yaml"
    both = in_process("plan", "--role", "swe", "--save", str(there), "--no-save")
    assert (both.returncode, "contradict each other" in both.stderr, there.exists()) == (2, True, False)
    assert in_process("plan", "--role", "swe", "--save", str(there), *DAY).returncode == 0
    before = there.read_bytes()
    again = in_process("plan", "--role", "new", "--save", str(there), *DAY)
    assert (again.returncode, "exists already" in again.stderr, there.read_bytes()) == (1, True, before)
    shown = in_process("plan", "--resume", str(there), *DAY)
    assert shown.returncode == 0 and in_process("plan", "--resume", str(there), "--role", "new").returncode == 2


def test_a_bad_flag_is_usage_and_all_bad_flags_are_named() -> None:
    done = roadmap("plan", "--role", "swee", "--hours-per-week", "0", "--start", "soon")
    assert done.returncode == 2
    for flag in ("--role", "--hours-per-week", "--start"):
        assert flag in done.stderr
    assert 'did you mean "swe"?' in done.stderr


def test_a_bad_file_is_one_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text("role: swe\nskills:\n  ragg: 3\n", encoding="utf-8")
    done = roadmap("plan", "--profile", str(file))
    assert done.returncode == 1
    assert f"{file}:3:3: error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_flags_win_over_the_file_and_stdin_is_a_file() -> None:
    done = roadmap(
        "plan", "--profile", "-", "--hours-per-week", "20", "--format", "json", stdin="role: new\nhours_per_week: 5\n"
    )
    assert json.loads(done.stdout)["profile"]["hours_per_week"] == 20


@pytest.mark.parametrize("make", ["missing", "folder", "binary"])
def test_unreadable_files_are_told_in_a_line(make: str, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    if make == "folder":
        file.mkdir()
    elif make == "binary":
        file.write_bytes(b"\xff\xfe\x00\x01")
    for command in (["plan", "--profile", str(file)], ["check", str(file)]):
        done = roadmap(*command)
        # An empty folder has nothing to check; for a profile a folder is the wrong thing.
        assert done.returncode == (2 if (make, command[0]) == ("folder", "check") else 1)
        assert "me.yaml" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    done = roadmap("plan", "--role", "swe", "--format", "markdown", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("#")
    assert stat.S_IMODE(target.stat().st_mode) & 0o400
    assert list(tmp_path.glob(".*.md*")) == []
    failed = roadmap("plan", "--role", "swe", "--output", str(target / "plan.md"))
    assert failed.returncode == 1
    assert "cannot be written" in failed.stderr and f"{target} is no folder" in failed.stderr


def test_folders_of_an_output_that_are_missing_are_made(tmp_path: Path) -> None:
    saved, page = tmp_path / "plans" / "new" / "me.roadmap.yaml", tmp_path / "pages" / "new" / "me.html"
    made = roadmap("plan", "--role", "swe", "--save", str(saved), "--output", str(page), *DAY)
    assert made.returncode == 0 and saved.exists() and page.exists()
    assert f"Saved to {saved}." in made.stderr and f"Plan written to {page}." in made.stderr
    again = tmp_path / "other" / "me.csv"
    assert roadmap("export", "--plan", str(saved), "--output", str(again), *DAY).returncode == 0 and again.exists()


def test_the_page_of_a_plan_ends_in_the_command_that_shows_its_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def last(*args: str) -> str:
        done = in_process(*args, *DAY)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1].partition(": ")[2]

    made = ("plan", "--role", "swe")
    assert "roadmap" not in last(*made), "nothing is kept, so there is nothing to list"
    for file, option in (("me.roadmap.yaml", ""), ("two words/me.roadmap.yaml", " --plan 'two words/me.roadmap.yaml'")):
        named = last(*made, "--save", file)
        assert named == f"roadmap steps{option}"
        assert last("export", "--format", "terminal", "--plan", file) == named
        assert last("plan", "--resume", file) == named
        listed = in_process(*shlex.split(named)[1:], *DAY)
        assert listed.returncode == 0 and "roadmap steps N shows one of them whole" in " ".join(listed.stdout.split())


def test_a_plan_that_cannot_be_kept_is_shown_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise RoadmapError("me.roadmap.yaml: could not be saved (No space left on device)")

    monkeypatch.setattr("roadmap.cli.keeping.write_new", full)
    done = in_process("plan", "--role", "swe", "--save", str(tmp_path / "me.roadmap.yaml"), *DAY)
    assert done.returncode == 1 and "No space left" in done.stderr
    assert "This week" in done.stdout, "whoever answered sees the page"


def test_an_infeasible_plan_is_printed_all_the_same_and_exits_one() -> None:
    done = roadmap(
        "plan", "--role", "swe", "--start", "2027-01-01", "--deadline", "2027-01-05", "--format", "json",
        "--today", "2026-11-22",
    )  # fmt: skip
    plan = json.loads(done.stdout)
    assert (done.returncode, plan["status"]) == (1, "infeasible")
    assert plan["steps"] and plan["options"]


def test_check_lists_all_problems_as_text_and_json(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text("role: swe\ncloud: azur\nlevel: middle\n", encoding="utf-8")
    text = roadmap("check", str(file))
    assert text.returncode == 1
    assert f"{file}:2:8: error: unknown cloud" in text.stdout
    assert "2 errors" in text.stdout
    rows = json.loads(roadmap("check", "--format", "json", str(file)).stdout)
    assert [(r["id"], r["line"]) for r in rows] == [("unknown-cloud", 2), ("unknown-level", 3)]
    good = tmp_path / "good.yaml"
    good.write_text("role: new\n", encoding="utf-8")
    assert roadmap("check", str(good)).returncode == 0


def test_check_takes_tables_and_wants_something_to_check(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("role,hours_per_week\nswe,10\nswee,10\n", encoding="utf-8")
    done = in_process("check", str(table))
    assert (done.returncode, "swee" in done.stdout) == (1, True)
    table.write_text("role,hours_per_week\nswe,10\n", encoding="utf-8")
    assert (in_process("check", str(table)).stderr, in_process("check").returncode) == (
        "1 file checked, no errors.\n",
        2,
    )
    quiet = in_process("check", "--format", "json", str(table))
    assert (json.loads(quiet.stdout), quiet.stderr) == ([], "")
    for kind in ("record", "roster", "saved-plan"):
        assert "$schema" in json.loads(in_process("schema", kind).stdout)


def test_schemas_describe_what_is_read_and_printed(catalogue: object) -> None:
    for kind in ("catalogue", "profile", "plan"):
        done = roadmap("schema", kind)
        schema = json.loads(done.stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        if kind == "plan":
            plan = json.loads(roadmap("plan", "--role", "new", "--format", "json").stdout)
            jsonschema.validate(plan, schema)
        if kind == "profile":
            jsonschema.validate({"role": "swe", "skills": {"rag": 2}}, schema)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({"role": "swe", "skils": {}}, schema)


def test_explain_says_why_and_who_says_so() -> None:
    done = roadmap("explain", "first-rag", "--role", "swe", "--today", "2026-11-22")
    assert done.returncode == 0, done.stderr
    for words in ("Why it is here", "What it waits for", "What it opens", "says:"):
        assert words in done.stdout
    left = roadmap("explain", "sql-working", "--role", "swe")
    assert "Not in this plan" in left.stdout
    miss = roadmap("explain", "first-ragg", "--role", "swe")
    assert miss.returncode == 1
    assert 'did you mean "first-rag"?' in miss.stderr


def test_help_of_every_command_has_an_example_and_the_sentence_that_the_list_shows() -> None:
    from typer.testing import CliRunner

    from roadmap.cli.app import COMMANDS, app

    assert {"plan", "explain", "check", "schema"} <= set(COMMANDS)
    for name, sentence in COMMANDS.items():
        done = CliRunner().invoke(app, [name, "--help"], prog_name="roadmap", env={"COLUMNS": "400"})
        assert done.exit_code == 0, done.output
        words = "".join(done.output.split())
        assert "".join(sentence.split()) in words
        assert re.search(rf"Example:roadmap{name}\S*$", words), "its example stands at its end, once"
        assert words.count("Example:roadmap") == 1
    assert roadmap("--version").stdout.startswith("roadmap ")
    assert "Did you mean 'plan'" in roadmap("plna").stderr


def test_a_hostile_name_reaches_the_terminal_as_plain_text() -> None:
    name = "\x1b[31mEve\x1b[0m [bold]x[/bold] \u202eabc"
    done = roadmap("plan", "--role", "swe", "--name", name)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
    assert "[bold]x[/bold]" in done.stdout


def test_a_closed_pipe_is_no_error() -> None:
    command = " ".join([*RUN, "plan", "--role", "swe", "--format", "json"]) + " | head -1; echo ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_the_schema_of_a_saved_plan_takes_what_is_saved_and_nothing_else(tmp_path: Path) -> None:
    schema = json.loads(roadmap("schema", "saved-plan").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    file = tmp_path / "me.roadmap.yaml"
    days = ("--today", "2026-11-22")
    roadmap("plan", "--role", "swe", *days, "--save", str(file))
    roadmap("log", "1", "4", "--plan", str(file), *days)
    # Without the days of YAML, as JSON has them.
    saved = yaml.load(file.read_text(), yaml.BaseLoader)
    numbers = yaml.safe_load(file.read_text())
    saved["format"], saved["baseline"]["spent"] = numbers["format"], numbers["baseline"]["spent"]
    saved["baseline"]["pace"] = numbers["baseline"]["pace"]
    for id_, step in saved["baseline"]["steps"].items():
        step["hours"] = numbers["baseline"]["steps"][id_]["hours"]
    for event, number in zip(saved["journal"], numbers["journal"], strict=True):
        event |= {"hours": number["hours"]} if "hours" in number else {}
    assert saved["journal"]
    jsonschema.validate(saved, schema)
    for broken in ({"format": 9}, {"journal": [{"date": "2026-11-22", "event": "logged", "step": "x"}]}, {"more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(saved | broken, schema)


@pytest.mark.parametrize("words", ["plan --role swe", "show skills", "next"])
def test_a_stream_that_was_closed_before_the_start_is_one_sentence(words: str, tmp_path: Path) -> None:
    command = " ".join([*RUN, words])
    done = subprocess.run(["bash", "-c", f"{command} >&-"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and done.stderr.startswith("roadmap: ")


def test_what_is_said_never_goes_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text("role: swe\n")
    command = " ".join([*RUN, "check", "me.yaml"])
    done = subprocess.run(["bash", "-c", f"{command} 2>&-"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


# --- on a terminal

ENTER = "\r"
DAY = ("--today", "2026-11-22")
# All that is asked but for the hours.
ANSWERS = {
    "--background": "none", "--role": "swe", "--skills": "sql=3", "--goals": "job", "--start": "2026-11-22",
    "--deadline": "2029-01-01", "--country": "US", "--cloud": "any", "--domain": "none", "--certifications": "none",
    "--budget-usd": "100",
}  # fmt: skip


def seen(folder: Path) -> set[str]:
    """The names of a folder's files, without those that begin with a dot."""
    return {p.name for p in folder.iterdir() if not p.name.startswith(".")}


def interviewed(talk: Terminal, answers: int) -> None:
    """Press Enter for as many questions, each when it is there."""
    for number in range(1, answers + 1):
        talk.until(rf"\b{number}/\d+\s")
        talk.type(ENTER)


def test_the_questionnaire_on_a_terminal_ends_in_a_plan_that_next_finds(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    talk = Terminal(here, "plan", "--name", "Ada Lovelace", *DAY)
    talk.until(r"1/12 ")
    talk.type("beekeeper" + ENTER)
    talk.until("is not in the catalogue")
    for number in range(2, 13):
        talk.until(rf"\b{number}/12 ")
        talk.type(ENTER)
    talk.until("Is this right")
    talk.type(ENTER)
    assert talk.close() == 0, talk.errors
    assert "Ada Lovelace" in talk.screen
    assert "Saved to ada-lovelace.roadmap.yaml. roadmap next shows this week's work." in talk.errors
    assert "In short: Yes. " in talk.screen, "the answer once more, since its beginning has gone by"
    assert "All steps of this plan: " in talk.screen and "plan --full" not in talk.screen, "that would ask all anew"
    assert seen(here) == {"ada-lovelace.roadmap.yaml"}
    assert "background: beekeeper" in (here / "ada-lovelace.roadmap.yaml").read_text(encoding="utf-8")
    assert not list((tmp_path / "state").glob("*")), "the draft is gone once the plan is safe"
    done = subprocess.run([*RUN, "next", *DAY], cwd=here, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout


def test_ctrl_c_keeps_the_answers_for_the_next_start(tmp_path: Path) -> None:
    talk = Terminal(tmp_path, "plan", *DAY)
    interviewed(talk, 3)
    talk.until(r"\b4/12 ")
    talk.type("\x03")
    assert talk.close() == 130
    again = Terminal(tmp_path, "plan", *DAY)
    again.until("Go on with those answers")
    again.type("\x03")
    assert again.close() == 130
    assert (tmp_path / "state" / "interview.json").exists()
    assert list(tmp_path.glob("*.yaml")) == []


def test_answers_live_until_a_plan_of_them_is_saved(tmp_path: Path) -> None:
    folder, draft = tmp_path / "folder", tmp_path / "state" / "interview.json"
    folder.mkdir()
    given = [x for key, value in ANSWERS.items() for x in (key, value)]
    talk = Terminal(tmp_path, "plan", *given, "--save", "folder/me.roadmap.yaml", *DAY)
    talk.until("1/1 ")
    talk.type("7" + ENTER)
    talk.until("Is this right")
    folder.rmdir()
    folder.touch()
    talk.type(ENTER)
    assert talk.close() == 1 and "could not be saved" in talk.errors
    assert json.loads(draft.read_text(encoding="utf-8")) == {"hours_per_week": 7}
    folder.unlink()
    folder.mkdir()
    again = Terminal(tmp_path, "plan", *given, "--save", "folder/me.roadmap.yaml", *DAY)
    for _ in range(2):
        again.until("Go on with those answers|Is this right")
        again.type(ENTER)
    assert again.close() == 0, again.errors
    assert "hours_per_week: 7" in (folder / "me.roadmap.yaml").read_text(encoding="utf-8")
    assert not draft.exists()


def test_hours_at_the_prompt_of_done_are_read_as_everywhere(tmp_path: Path) -> None:
    assert roadmap("plan", "--role", "swe", "--save", str(tmp_path / "me.roadmap.yaml"), *DAY).returncode == 0
    talk = Terminal(tmp_path, "done", "1", "--evidence", "notes", *DAY)
    talk.type(ENTER + "a lot" + ENTER + "1:30" + ENTER)
    assert talk.close() == 0, talk.errors
    assert '"a lot" is no number of hours: for example 2.5' in talk.errors
    assert "hours: 1.5, evidence: notes" in (tmp_path / "me.roadmap.yaml").read_text(encoding="utf-8")


def test_what_a_posting_only_says_about_itself_can_be_unticked(tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Your profile:\n- Docker and Kubernetes\n- GraphQL\n", encoding="utf-8")
    given = [x for key, value in ANSWERS.items() for x in (key, value)]
    talk = Terminal(tmp_path, "plan", *given, "--hours-per-week", "9", "--job", "job.txt", *DAY)
    talk.until("really ask for these")
    talk.type(" " + ENTER)
    assert talk.close() == 0, talk.errors
    assert "The posting asks for 3 skills" in talk.errors
    text = (tmp_path / "me.roadmap.yaml").read_text(encoding="utf-8")
    assert 'aims: "docker,kubernetes"' in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--save", "there.roadmap.yaml"), "exists already"),
        (("--save", "there.roadmap.yaml/me.roadmap.yaml"), "could not be saved"),
        (("--output", "there.roadmap.yaml/plan.md"), "cannot be written"),
        (("--save", "me.roadmap.yaml", "--no-save"), "contradict"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_first_question(
    tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.roadmap.yaml").write_text("x", encoding="utf-8")
    talk = Terminal(tmp_path, "plan", *args, *DAY)
    assert talk.close() in (1, 2)
    assert said in talk.errors and "1/12" not in talk.screen


def test_a_plan_on_a_terminal_is_kept_and_never_in_the_place_of_another(tmp_path: Path) -> None:
    def kept(*args: str, env: dict[str, str] | None = None) -> tuple[str, set[str]]:
        talk = Terminal(here, "plan", "--role", "swe", "--defaults", *args, *DAY, env=env)
        assert talk.close() == 0, talk.errors
        return talk.errors, seen(here)

    here = tmp_path / "here"
    here.mkdir()
    assert kept("--no-save") == ("", set())
    assert kept(env={"CI": "1"}) == ("", set())
    assert kept()[1] == {"me.roadmap.yaml"}
    assert kept()[1] == {"me.roadmap.yaml"}, "the same plan is not kept twice"
    said, names = kept("--hours-per-week", "5")
    assert names == {"me.roadmap.yaml", "me-2.roadmap.yaml"}
    assert "roadmap next --plan me-2.roadmap.yaml" in said
    assert kept("--name", "../../etc/É x")[1] - names == {"etc-é-x.roadmap.yaml"}
    done = subprocess.run([*RUN, "plan", "--role", "swe"], cwd=here, capture_output=True, text=True)
    assert (done.returncode, done.stderr, len(seen(here))) == (0, "", 3)


def test_where_this_folder_cannot_be_written_the_data_folder_keeps_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from roadmap.app import keeping

    monkeypatch.setenv("ROADMAP_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.chdir(tmp_path)
    assert [p.parent.name for p in [next(keeping.names(keeping.home(), ""))]] == ["data"]


# --- steps by number, id, title, or the one at hand


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a saved plan, which is the current one."""
    monkeypatch.chdir(tmp_path)
    done = in_process("plan", "--role", "swe", "--save", "me.roadmap.yaml", *DAY)
    assert done.returncode == 0, done.stderr
    return tmp_path / "me.roadmap.yaml"


def listed() -> Any:
    return json.loads(in_process("steps", "--format", "json", *DAY).stdout)


def test_steps_lists_numbers_that_work_does_not_change(saved: Path) -> None:
    rows = listed()
    assert [r["number"] for r in rows] == list(range(1, len(rows) + 1))
    assert [r["state"] for r in rows[:2]] == ["at hand", "open"]
    text = in_process("steps", *DAY).stdout
    assert f"{len(rows)} steps, 0 done" in text and rows[0]["title"][:20] in text
    assert in_process("log", "2.5", *DAY).returncode == 0
    assert (listed()[0]["spent"], listed()[0]["state"]) == (2.5, "at hand")
    assert "at hand, 2.5 h so far" in " ".join(in_process("steps", "1", *DAY).stdout.split())
    assert in_process("done", "--anyway", *DAY).returncode == 0
    after = listed()
    assert [(r["number"], r["id"]) for r in after] == [(r["number"], r["id"]) for r in rows]
    assert [r["state"] for r in after[:2]] == ["done", "at hand"]


def test_a_step_is_named_by_number_id_beginning_or_title(saved: Path) -> None:
    rows = listed()
    third = rows[2]
    beginning = third["id"] if sum(r["id"].startswith(third["id"][:-1]) for r in rows) > 1 else third["id"][:-1]
    for name in ("3", "#3", third["id"], beginning, third["title"], third["title"].upper()):
        found = json.loads(in_process("steps", name, "--format", "json", *DAY).stdout)
        assert (found["id"], found["number"]) == (third["id"], 3)
        assert found["done_when"] and found["resources"]
    assert third["title"].split()[0] in in_process("steps", "3", *DAY).stdout
    for name in ("0", "99", "no-such-step"):
        wrong = in_process("steps", name, *DAY)
        assert wrong.returncode == 2 and "is not a step of this plan" in wrong.stderr
    assert in_process("log", *third["title"].split(), "1", *DAY).returncode == 0
    assert listed()[2]["spent"] == 1
    assert "no number of hours" in in_process("log", "3", "much", *DAY).stderr
    explained = json.loads(in_process("explain", "3", "--format", "json", *DAY).stdout)
    assert third["id"] in json.dumps(explained)
    first = json.loads(in_process("explain", "--format", "json", *DAY).stdout)
    assert rows[0]["id"] in json.dumps(first)


# --- other answers


def test_replan_takes_every_key_and_takes_answers_back(saved: Path) -> None:
    def answers() -> Any:
        return json.loads(in_process("export", "--format", "json", *DAY).stdout)["profile"]

    change = ("--deadline", "2029-01-01", "--cloud", "azure", "--background", "beekeeper", "--goals", "promotion")
    done = in_process("replan", *change, "--yes", *DAY)
    assert done.returncode == 0, done.stderr
    now = answers()
    assert (now["deadline"], now["cloud"], now["goals"]) == ("2029-01-01", "azure", ["promotion"])
    assert in_process("replan", "--deadline", "none", "--yes", *DAY).returncode == 0
    assert answers()["deadline"] is None
    wrong = in_process("replan", "--cloud", "azur", "--hours-per-week", "0", *DAY)
    assert wrong.returncode == 2 and "--cloud" in wrong.stderr and "--hours-per-week" in wrong.stderr


def test_whoever_has_a_plan_is_told_before_another_one_is_asked_for(saved: Path, tmp_path: Path) -> None:
    def told(folder: Path, *args: str) -> str:
        talk = Terminal(folder, "plan", *args, *DAY)
        talk.until("1/1[12] ")
        talk.type("\x03")
        talk.close()
        return talk.errors

    assert told(saved.parent).startswith(f"You have a plan: {saved.name}. What follows makes another one.")
    assert "You have a plan" not in told(saved.parent, "--hours-per-week", "5"), "somebody who knows what to do"
    (tmp_path / "empty").mkdir()
    kept = Terminal(tmp_path / "empty", "plan", "--role", "swe", "--defaults", *DAY)
    assert kept.close() == 0 and "This page again, by screens: roadmap export" in kept.errors
    assert "--pager" not in kept.screen
    lost = Terminal(tmp_path / "empty", "plan", "--role", "swe", "--defaults", "--no-save", *DAY)
    assert lost.close() == 0 and lost.errors == "" and "scroll up, or add --pager" in lost.screen


def test_a_saved_plan_is_a_profile(saved: Path) -> None:
    in_process("log", "1", *DAY)
    done = in_process("plan", "--profile", str(saved), "--hours-per-week", "5", "--format", "json", *DAY)
    assert done.returncode == 0, done.stderr
    profile = json.loads(done.stdout)["profile"]
    assert (profile["role"], profile["hours_per_week"], profile["start"]) == ("swe", 5, "2026-11-22")
    talk = Terminal(saved.parent, "plan", "--profile", saved.name, *DAY)
    assert talk.close() == 0 and talk.errors == "", "nothing is asked, and nothing kept twice"
    text = saved.read_text(encoding="utf-8")
    saved.write_text(text.replace("role: swe", "role: swee"), encoding="utf-8")
    wrong = in_process("plan", "--profile", str(saved), *DAY)
    assert wrong.returncode == 1 and "me.roadmap.yaml:" in wrong.stderr and "swee" in wrong.stderr


def test_brief_is_the_answer_in_markdown_and_full_adds_the_steps() -> None:
    brief = in_process("plan", "--role", "swe", "--brief", *DAY).stdout
    assert brief.startswith("# ") and len(brief) < len(in_process("plan", "--role", "swe", "--full", *DAY).stdout)
    assert len(brief) < len(in_process("plan", "--role", "swe", "--format", "markdown", *DAY).stdout)
    for wrong in (("--brief", "--full"), ("--brief", "--format", "html"), ("--front-matter", "--format", "csv")):
        assert in_process("plan", "--role", "swe", *wrong).returncode == 2


def test_one_value_is_not_given_twice() -> None:
    """The last one would win without a word."""
    for flags in (
        ["--format", "markdown", "-f", "json"],
        ["--role", "swe", "--role=new"],
        ["-o", "a", "--output", "b"],
    ):
        done = in_process("plan", "--defaults", *flags)
        name = max((f.partition("=")[0] for f in flags if f.startswith("-")), key=len)
        assert done.returncode == 2 and f"{name} is given twice, as" in done.stderr and not done.stdout
    day = ["--today", "2026-11-22"]
    assert in_process("plan", "--role", "swe", "--format", "json", *day, *day).returncode == 0, "the same is no other"


def test_a_list_may_be_given_by_commas_or_one_by_one() -> None:
    def goals_and_skills(*flags: str) -> tuple[list[str], dict[str, int]]:
        done = in_process("plan", "--role", "data-scientist", *flags, "--format", "json", *DAY)
        profile = json.loads(done.stdout)["profile"]
        return profile["goals"], {skill: profile["skills"][skill] for skill in ("rag", "docker")}

    one_by_one = ("--goals", "mlops", "--goals", "promotion", "--skills", "rag=3", "--skills", "docker=2")
    commas = ("--goals", "mlops,promotion", "--skills", "rag=3,docker=2")
    both = (["promotion", "mlops"], {"rag": 3, "docker": 2})
    assert goals_and_skills(*one_by_one) == goals_and_skills(*commas) == both


def test_a_command_writes_over_nothing_that_it_reads(tmp_path: Path) -> None:
    profile, posting, page = tmp_path / "me.json", tmp_path / "job.txt", tmp_path / "page.md"
    profile.write_text('{"role": "swe"}', encoding="utf-8")
    posting.write_text("You know Python, RAG and evaluation.", encoding="utf-8")
    page.symlink_to(posting)
    asked = ("plan", "--profile", str(profile), "--job", str(posting), "--format")
    for form, output in (("json", profile), ("todotxt", posting), ("markdown", page)):
        before = output.read_bytes()
        done = in_process(*asked, form, "--output", str(output))
        assert done.returncode == 2 and f"{output}: this command reads it" in done.stderr
        assert output.read_bytes() == before
    done = in_process("import", str(posting), "--output", str(posting))
    assert done.returncode == 2 and "RAG" in posting.read_text(encoding="utf-8")
    assert in_process(*asked, "json", "--output", str(tmp_path / "plan.json")).returncode == 0


@pytest.mark.parametrize(("typed", "meant"), [("AWS", "cloud-aws"), ("aws", "cloud-aws"), ("Python", "python")])
def test_a_skill_by_another_name_is_told_its_id(typed: str, meant: str) -> None:
    done = in_process("plan", "--role", "swe", "--skills", f"{typed}=2")
    assert done.returncode == 2 and f'unknown skill "{typed}"' in done.stderr and f'"{meant}"' in done.stderr
