"""Write everything that is made from the program: the examples' plans, the command reference, the schemas.

`generated()` is also what tests/test_docs.py compares with the files, so none of them can go stale unnoticed.
"""

import ast
import inspect
import json
import re
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from roadmap.cli.app import COMMANDS, app
from roadmap.loading import checks
from roadmap.loading.load import load_catalogue, load_profile
from roadmap.loading.reference import catalogue_page
from roadmap.loading.schemas import schema_of
from roadmap.planning.make import make_plan
from roadmap.render import Format, render
from scripts.picture import pictures

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
SNAPSHOTS = {Format.MARKDOWN: ".md", Format.JSON: ".json", Format.TERMINAL: ".txt"}


def generated() -> dict[Path, str]:
    """Every generated file with the text it should hold."""
    pages = {
        ROOT / "docs/cli.md": command_reference(),
        ROOT / "docs/problems.md": problems(),
        ROOT / "docs/catalogue.md": catalogue_page(),
        ROOT / "docs/architecture.md": architecture(),
    }
    return {**examples(), **schemas(), **pictures(), **pages}


def people() -> list[Path]:
    """The profiles of the example people."""
    files = sorted((ROOT / "examples").glob("*.yaml"))
    return [f for f in files if "\nrole:" in f.read_text(encoding="utf-8")]


def examples() -> dict[Path, str]:
    """The plans of the example people as Markdown, JSON and terminal text."""
    catalogue, _ = load_catalogue()
    assert catalogue is not None
    out = {}
    for file in people():
        profile, problems = load_profile(file.read_text(encoding="utf-8"), file.name, catalogue, TODAY)
        assert profile is not None, problems
        plan = make_plan(catalogue, profile, TODAY)
        for form, ending in SNAPSHOTS.items():
            out[file.with_suffix(ending)] = render(plan, catalogue, form)
    return out


def schemas() -> dict[Path, str]:
    """JSON Schemas, for editors and scripts."""
    kinds = ("catalogue", "profile", "plan")
    return {
        ROOT / f"docs/schema/{k}.json": json.dumps(schema_of(k), indent=2, ensure_ascii=False) + "\n" for k in kinds
    }


def command_reference() -> str:
    """docs/cli.md: the --help of every command, as the program prints it."""
    parts = ["# Commands\n\nMade from the program's own `--help`; do not edit by hand (`make docs`).\n"]
    for name in ["", *COMMANDS]:
        call = [name, "--help"] if name else ["--help"]
        shown = CliRunner().invoke(
            app, call, prog_name="roadmap", env={"COLUMNS": "88", "NO_COLOR": "1", "TERM": "dumb"}
        )
        text = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"## {('roadmap ' + name).strip()}\n\n```text\n{text}\n```\n")
    parts.append(EXIT_CODES)
    return "\n".join(parts)


FLOORS = ("cli", "batch", "app", "interview", "loading", "planning", "reading", "render", "model")


def architecture() -> str:
    """docs/architecture.md with its list of files made anew: each with the first sentence of its docstring."""
    before, _, rest = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("<!-- files -->\n")
    after = rest.partition("<!-- /files -->\n")[2]
    parts = ["## The files\n\nOne reason to change each; the line is the file's own."]
    for floor in FLOORS:
        folder = ROOT / "src/roadmap" / floor
        rows = [f"**{floor}**: {_first_sentence(folder / '__init__.py')}\n", "| file | |", "| --- | --- |"]
        for file in sorted(folder.rglob("*.py")):
            if file != folder / "__init__.py":
                name = file.relative_to(folder).as_posix()
                rows.append(f"| [{name}](../{file.relative_to(ROOT).as_posix()}) | {_first_sentence(file)} |")
        parts.append("\n".join(rows))
    last = (
        "Beside them: `errors.py` (the few expected failures and the exit codes), `__main__.py` (`python -m roadmap`)."
    )
    return before + "<!-- files -->\n" + "\n\n".join([*parts, last]) + "\n<!-- /files -->\n" + after


def _first_sentence(file: Path) -> str:
    text = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
    sentence = re.split(r"\.(?=\s|$)", " ".join(text.split()), maxsplit=1)[0]
    return sentence.replace("|", "\\|").replace("*", "\\*")


EXIT_CODES = """## Exit codes

| code | meaning |
| ---: | --- |
| 0 | fine; a reduced plan too |
| 1 | the input has problems, or the plan is infeasible (it is printed all the same) |
| 2 | wrong usage: an unknown flag, a bad value of a flag, a missing answer without a terminal |
| 3 | a bug in roadmap |
| 4 | a batch ended with some rows failed |
| 130 | interrupted |

Data goes to stdout; progress, warnings and errors go to stderr. `NO_COLOR`, `--no-color`, `COLUMNS` and pipes are
respected; nothing is asked where there is no terminal or where `CI` is set. Long addresses lie behind their words only
on terminals that are known to open them; `FORCE_HYPERLINK=1` says that yours does, `0` that it does not. An option that
takes one value is not given two, and no `--output` is written over a file that the same command reads.
"""


def problems() -> str:
    """docs/problems.md: every check of the catalogue with what it means, from the checks themselves."""
    lines = [
        "# Problems that `roadmap check` reports",
        "",
        "Made from the checks themselves; do not edit by hand (`make docs`). Each has a file in `tests/cases/invalid`",
        "that is named after it and shows it.",
        "",
        "## Catalogues and overlays: references and sense",
        "",
        "| id | what it means |",
        "| --- | --- |",
    ]
    for check in checks.CHECKS:
        text = " ".join((inspect.getdoc(check) or "").split())
        lines.append(f"| `{check.__name__.replace('_', '-')}` | {text} |")
    lines += ["", "## Shape of any file", "", "| id | what it means |", "| --- | --- |"]
    lines += [f"| `{id_}` | {text} |" for id_, text in SHAPES]
    return "\n".join(lines) + "\n"


SHAPES = (
    ("bad-syntax", "The file is not valid YAML or JSON."),
    ("duplicate-key", "A key is given twice; YAML would silently keep the last."),
    ("alias", "YAML aliases (`*name`) are refused."),
    ("too-deep", "The file is nested too deeply."),
    ("too-large", "The file is larger than anything a person writes."),
    ("unreadable", "The file is missing, a folder, not text, or not allowed to be read."),
    ("unknown-key", "A key that does not exist; the nearest one is named."),
    ("missing-overlay", "A catalogue file that a saved plan was made with is gone."),
    ("missing-key", "A key that an entry needs."),
    ("wrong-type", "Text where a number belongs, a value where a list belongs."),
    ("bad-value", "A value of the right type that cannot be."),
    ("duplicate-id", "Two entries of one kind with the same id in one file."),
    ("unknown-role", "A start that the catalogue does not have."),
    ("unknown-target", "A target that the catalogue does not have."),
    ("no-path", "No path leads from this start to this target."),
    ("unknown-level", "A level other than entry, mid and senior."),
    ("unknown-goal", "A goal that the catalogue does not have."),
    ("unknown-cloud", "A cloud that the catalogue does not have."),
    ("unknown-domain", "A specialisation that the catalogue does not have."),
    ("unknown-certifications", "Something other than none, one and all."),
    ("unknown-certification", "A certification that is neither a code nor an id of the catalogue."),
    ("unknown-skill", "A skill that the catalogue does not have."),
    ("unknown-module", "A module that the catalogue does not have."),
    ("unknown-weekday", "A weekday other than mon, tue, wed, thu, fri, sat and sun."),
    ("unknown-posting-group", "A seniority or country that the job postings do not have."),
    ("unknown-language", "A language that plans do not come in."),
    ("bad-level", "A skill level other than 0 to 4."),
    ("bad-date", "Not a day such as 2026-12-01, or a day that does not exist."),
    ("bad-break", "A break without both days, or one that ends before it starts."),
    ("out-of-range", "A number or day outside what is possible."),
    ("too-long", "Text longer than is kept."),
    ("missing-role", "A profile has to say where the person stands."),
    ("keep-and-skip", "A module is both kept and skipped."),
    ("keep-needs-skip", "A kept module needs one that is skipped."),
    ("keep-out-of-reach", "Nothing that the answers allow leads to a kept module."),
    ("keep-and-no-exam", "An exam is kept although none, or fewer, are wanted."),
    ("no-posting", "The seniorities and countries chosen have no posting in common."),
    ("deadline-before-start", "The deadline lies before the start."),
    ("no-hours-left", "Breaks, weekdays, rest weeks or the buffer leave no time to study before the deadline."),
)


def main() -> None:
    """Write what has changed and say so."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
