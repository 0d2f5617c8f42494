"""Every command as a person or a script meets it: exit codes, streams, files that appear whole."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

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
        "--aims": "kubernetes,graphql",
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


def test_without_a_terminal_a_missing_role_is_usage_and_names_the_flag() -> None:
    done = roadmap("plan")
    assert done.returncode == 2
    assert "--role" in done.stderr
    assert done.stdout == ""


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
        assert done.returncode == 1
        assert "me.yaml" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    done = roadmap("plan", "--role", "swe", "--format", "markdown", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("#")
    assert stat.S_IMODE(target.stat().st_mode) & 0o400
    assert list(tmp_path.glob(".*.md*")) == []
    failed = roadmap("plan", "--role", "swe", "--output", str(tmp_path / "nowhere" / "plan.md"))
    assert failed.returncode == 1
    assert "cannot be written" in failed.stderr


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

    assert {"plan", "explain", "check", "schema"} <= {c.name for c in COMMANDS}
    for command in COMMANDS:
        done = CliRunner().invoke(app, [command.name, "--help"], prog_name="roadmap", env={"COLUMNS": "400"})
        assert done.exit_code == 0, done.output
        words = "".join(done.output.split())
        assert "".join(command.help.split()) in words
        assert "".join(f"Example: {command.example}".split()) in words
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
