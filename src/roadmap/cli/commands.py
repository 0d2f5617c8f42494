"""The commands: parse, call, print. What is expensive to import is imported where it is used."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from roadmap import __version__
from roadmap.cli.boundary import (
    ProblemsError,
    on_terminal,
    put,
    read_catalogue,
    say,
    today_or,
    use_colour,
    width_of,
)
from roadmap.errors import ExitCode, RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.problem import Problem, nearest
from roadmap.model.profile import FIELDS, Profile
from roadmap.render import Format, render

HELP = {f.name: f.help for f in FIELDS}
META = {f.name: f.metavar for f in FIELDS}


def _field(name: str) -> Any:
    return typer.Option("--" + name.replace("_", "-"), help=HELP[name], metavar=META[name], show_default=False)


Role = Annotated[str | None, _field("role")]
Target = Annotated[str | None, _field("target")]
Level = Annotated[str | None, _field("level")]
Name = Annotated[str | None, _field("name")]
Goals = Annotated[str | None, _field("goals")]
HoursPerWeek = Annotated[str | None, _field("hours_per_week")]
Start = Annotated[str | None, _field("start")]
Deadline = Annotated[str | None, _field("deadline")]
BudgetUsd = Annotated[str | None, _field("budget_usd")]
Cloud = Annotated[str | None, _field("cloud")]
Domain = Annotated[str | None, _field("domain")]
Certifications = Annotated[str | None, _field("certifications")]
Holds = Annotated[str | None, _field("holds")]
Skills = Annotated[str | None, _field("skills")]
Breaks = Annotated[str | None, _field("breaks")]
Language = Annotated[str | None, _field("language")]
Keep = Annotated[str | None, _field("keep")]
Skip = Annotated[str | None, _field("skip")]
Availability = Annotated[str | None, _field("availability")]
Confidence = Annotated[str | None, _field("confidence")]
Review = Annotated[str | None, _field("review")]
Postings = Annotated[str | None, _field("postings")]
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile", help="Answers from a YAML or JSON file; - for stdin.", metavar="FILE", show_default=False
    ),
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="Lay your own catalogue file over the built-in one; repeatable.",
        metavar="FILE",
        show_default=False,
    ),
]
Today = Annotated[
    str | None, typer.Option("--today", help="Plan as if today were this day.", metavar="DATE", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to a file instead of the screen.", metavar="FILE", show_default=False),
]
OutFormat = Annotated[Format, typer.Option("--format", "-f", help="How the plan comes out.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colour, whatever the terminal can do.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Plain ASCII drawing for poor terminals.")]
Width = Annotated[
    int | None, typer.Option("--width", help="Columns to draw for, 40 to 200.", metavar="N", show_default=False)
]
Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing; take defaults for what is not given.")]


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        sys.stdout.write(f"roadmap {__version__}\n")
        raise typer.Exit


def plan(
    profile: ProfileFile = None,
    role: Role = None,
    target: Target = None,
    level: Level = None,
    name: Name = None,
    goals: Goals = None,
    hours_per_week: HoursPerWeek = None,
    start: Start = None,
    deadline: Deadline = None,
    budget_usd: BudgetUsd = None,
    cloud: Cloud = None,
    domain: Domain = None,
    certifications: Certifications = None,
    holds: Holds = None,
    skills: Skills = None,
    breaks: Breaks = None,
    language: Language = None,
    keep: Keep = None,
    skip: Skip = None,
    availability: Availability = None,
    confidence: Confidence = None,
    review: Review = None,
    postings: Postings = None,
    form: OutFormat = Format.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    defaults: Defaults = False,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
) -> None:
    """Ask what is not given, then print a dated plan.

    On a terminal it asks up to eleven questions; flags and the profile file answer them beforehand. Without a
    terminal it asks nothing: only --role is needed, all else has defaults.
    """
    flags = {k: v for k, v in locals().items() if k in HELP}
    day = today_or(today)
    known = read_catalogue(catalogue or [])
    made = make(known, _profile(known, profile, flags, day, ask=not defaults, colour=use_colour(no_color)), day)
    text = render(
        made,
        known,
        form,
        width=width_of(sys.stdout, width),
        colour=use_colour(no_color) and output is None,
        ascii_only=ascii_only,
    )
    put(text, output)
    if output is not None:
        say(f"Plan written to {output}.")
    if made.status == "infeasible":
        raise typer.Exit(int(ExitCode.PROBLEMS))


def make(known: Catalogue, person: Profile, day: date) -> Plan:
    """The plan of one person."""
    from roadmap.planning.make import make_plan

    return make_plan(known, person, day)


def _profile(
    known: Catalogue, file: Path | None, flags: Mapping[str, object], day: date, *, ask: bool, colour: bool = False
) -> Profile:
    from roadmap.loading.load import load_profile, read_answers

    text, name = _read_profile(file)
    answers, problems, _ = read_answers(text, name) if text else ({}, [], None)
    if problems:
        raise ProblemsError(problems)
    given = {**answers, **{k: v for k, v in flags.items() if v is not None}}
    if ask and on_terminal() and str(file) != "-":
        from roadmap.cli.interviewing import hold_interview

        known_role = given.get("role") is not None
        early = flags if known_role else {**flags, "role": next(r.id for r in known.roles.values() if r.start)}
        _refuse(load_profile(text or "{}", name, known, day, early)[1])
        flags = {**flags, **hold_interview(known, given, day, colour=colour)}
    elif given.get("role") is None:
        starts = ", ".join(r.id for r in known.roles.values() if r.start)
        raise UsageError("the role you start from is missing", f"pass --role: one of {starts}")
    person, problems = load_profile(text or "{}", name, known, day, flags)
    if person is None:
        _refuse(problems)
        raise AssertionError("a profile that is None has problems")
    return person


def _refuse(problems: Sequence[Problem]) -> None:
    """End the run if there are problems; those of flags alone count as wrong usage."""
    if problems:
        usage = all(p.file.startswith("--") for p in problems)
        raise ProblemsError(problems, ExitCode.USAGE if usage else ExitCode.PROBLEMS)


def _read_profile(file: Path | None) -> tuple[str, str]:
    from roadmap.loading.source import read_text

    if file is None:
        return "", "the command line"
    if str(file) == "-":
        return sys.stdin.read(), "stdin"
    return read_text(file), str(file)


def explain(
    step: Annotated[str, typer.Argument(help="A step of the plan, by its id.", metavar="STEP", show_default=False)],
    profile: ProfileFile = None,
    role: Role = None,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Say why a step is in a plan, what it waits for and what it opens, and who says so."""
    day = today_or(today)
    known = read_catalogue(catalogue or [])
    made = make(known, _profile(known, profile, {"role": role}, day, ask=False), day)
    from roadmap.render.explain import render_explanation

    ids = [s.id for s in made.steps] + [x.id for x in made.left_out]
    if step not in ids:
        known_ids = ids if step not in known.modules else []
        hint = nearest(step, known_ids) or "steps: " + ", ".join(ids[: len(made.steps)])
        raise RoadmapError(f'"{step}" is neither in this plan nor left out of it', hint)
    put(render_explanation(made, known, step), None)


class CheckFormat(StrEnum):
    """How problems come out."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[
        list[Path], typer.Argument(help="Catalogues, overlays or profiles.", metavar="FILE...", show_default=False)
    ],
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="Text for people and editors, JSON for scripts.")
    ] = CheckFormat.TEXT,
    today: Today = None,
) -> None:
    """List every problem of catalogues, overlays and profiles, with file, line, column and a hint."""
    from roadmap.loading.check_file import check_file
    from roadmap.render.problems import problems_json, problems_text

    day = today_or(today)
    found: list[Problem] = []
    for file in files:
        found += check_file(file, day)
    put(problems_json(found) if form is CheckFormat.JSON else problems_text(found), None)
    if any(p.severity == "error" for p in found):
        raise typer.Exit(int(ExitCode.PROBLEMS))
    if form is CheckFormat.TEXT:
        say(f"{len(files)} {'file' if len(files) == 1 else 'files'} checked, no errors.")


class SchemaKind(StrEnum):
    """What a schema can be printed of."""

    CATALOGUE = "catalogue"
    PROFILE = "profile"
    PLAN = "plan"


def schema(kind: Annotated[SchemaKind, typer.Argument(help="catalogue, profile or plan", show_default=False)]) -> None:
    """Print the JSON Schema of a catalogue file, a profile or a plan."""
    from roadmap.loading.schemas import schema_of

    put(json.dumps(schema_of(kind.value), indent=2, ensure_ascii=False) + "\n", None)
