"""The commands: parse, call, print. What is expensive to import is imported where it is used."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadmap import __version__
from roadmap.cli.boundary import (
    ProblemsError,
    on_terminal,
    put,
    read_catalogue,
    say,
    show,
    today_or,
    use_colour,
    width_of,
    write_png,
)
from roadmap.errors import ExitCode, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.model.problem import Problem
from roadmap.model.profile import FIELDS, Profile
from roadmap.render import Format, render

if TYPE_CHECKING:
    from roadmap.model.resume import Imported

HELP = {f.name: f.help for f in FIELDS}
META = {f.name: f.metavar for f in FIELDS}


def field_option(name: str) -> Any:
    """The flag of a key of the profile."""
    return typer.Option("--" + name.replace("_", "-"), help=HELP[name], metavar=META[name], show_default=False)


Role = Annotated[str | None, field_option("role")]
Target = Annotated[str | None, field_option("target")]
Level = Annotated[str | None, field_option("level")]
Name = Annotated[str | None, field_option("name")]
Goals = Annotated[str | None, field_option("goals")]
HoursPerWeek = Annotated[str | None, field_option("hours_per_week")]
Start = Annotated[str | None, field_option("start")]
Deadline = Annotated[str | None, field_option("deadline")]
BudgetUsd = Annotated[str | None, field_option("budget_usd")]
Cloud = Annotated[str | None, field_option("cloud")]
Domain = Annotated[str | None, field_option("domain")]
Certifications = Annotated[str | None, field_option("certifications")]
Holds = Annotated[str | None, field_option("holds")]
Skills = Annotated[str | None, field_option("skills")]
Breaks = Annotated[str | None, field_option("breaks")]
Language = Annotated[str | None, field_option("language")]
Keep = Annotated[str | None, field_option("keep")]
Skip = Annotated[str | None, field_option("skip")]
Availability = Annotated[str | None, field_option("availability")]
Confidence = Annotated[str | None, field_option("confidence")]
Review = Annotated[str | None, field_option("review")]
Postings = Annotated[str | None, field_option("postings")]
Aims = Annotated[str | None, field_option("aims")]
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
Pager = Annotated[bool, typer.Option("--pager", help="On a terminal, show it a screen at a time.")]
Brief = Annotated[bool, typer.Option("--brief", help="Markdown on one page, the steps as a list to tick.")]
FrontMatter = Annotated[bool, typer.Option("--front-matter", help="Markdown with a YAML head.")]
Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing; take defaults for what is not given.")]


Save = Annotated[
    Path | None,
    typer.Option(
        "--save", help="Keep it to live with: NAME.roadmap.yaml. See roadmap next.", metavar="FILE", show_default=False
    ),
]
Resume = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        help="Answer from a resume what is not given (see roadmap import); or show a saved plan as it stands today.",
        metavar="FILE",
        show_default=False,
    ),
]
Job = Annotated[
    Path | None,
    typer.Option(
        "--job",
        help="Aim at the skills that a job posting names: a text, PDF or Word file.",
        metavar="POSTING",
        show_default=False,
    ),
]


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
    aims: Aims = None,
    form: OutFormat = Format.TERMINAL,
    output: Output = None,
    brief: Brief = False,
    front_matter: FrontMatter = False,
    pager: Pager = False,
    save: Save = None,
    resume: Resume = None,
    job: Job = None,
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
    flags: Mapping[str, object] = {k: v for k, v in locals().items() if k in HELP}
    day = today_or(today)
    saved = resume is not None and is_saved(resume)
    if resume is not None and saved:
        known, made = _resumed(resume, catalogue, day, [*flags.values(), profile, save, job])
    else:
        known = read_catalogue(catalogue or [])
        flags, read = _read(known, flags, profile, resume, job, day)
        person, answers = person_for(
            known, profile, flags, day, ask=not defaults, colour=use_colour(no_color), resume=read
        )
        made = make(known, person, day)
    text = render(
        made,
        known,
        form,
        width=width_of(sys.stdout, width),
        colour=use_colour(no_color) and output is None,
        ascii_only=ascii_only,
        brief=brief,
        front_matter=front_matter,
    )
    write(text, form, output, pager=pager)
    if save is not None and not saved:
        from roadmap.cli.living import save_new

        save_new(save, answers, made, known, catalogue or [])
    if made.status == "infeasible":
        raise typer.Exit(int(ExitCode.PROBLEMS))


def write(text: str, form: Format, output: Path | None, *, pager: bool = False) -> None:
    """Print a rendered plan, or write it to a file; a drawing becomes a PNG when the file's name says so."""
    if form is Format.SVG and output is not None and output.suffix.casefold() == ".png":
        write_png(text, output)
    else:
        show(text, output, pager=pager)
    if output is not None:
        say(f"Plan written to {output}.")


def make(known: Catalogue, person: Profile, day: date) -> Plan:
    """The plan of one person."""
    from roadmap.planning.make import make_plan

    return make_plan(known, person, day)


def _resumed(file: Path, given: list[Path] | None, day: date, others: Sequence[object]) -> tuple[Catalogue, Plan]:
    """The plan of a saved file as it stands on a day, and its catalogue."""
    from roadmap.cli.saved_plan import stand

    if any(x is not None for x in others):
        raise UsageError("--resume shows a saved plan as it is", "roadmap replan changes its answers")
    known, now = stand(file, given, day)
    return known, now.plan


def is_saved(file: Path) -> bool:
    """Whether a file given to --resume is a saved plan: they are YAML, and nobody's resume is."""
    return file.suffix.casefold() in (".yaml", ".yml")


def _read(
    known: Catalogue,
    flags: Mapping[str, object],
    profile: Path | None,
    resume: Path | None,
    job: Path | None,
    day: date,
) -> tuple[Mapping[str, object], "Imported | None"]:
    """The flags with what a posting asks for, and what a resume says."""
    if resume is None and job is None:
        return flags, None
    from roadmap.cli.importing import aimed_at, read_imported

    if [str(f) for f in (profile, resume, job)].count("-") > 1:
        raise UsageError("only one of --profile, --resume and --job can come from stdin", "name files for the others")
    found = None if resume is None else read_imported(resume, known, day)
    return (flags if job is None else aimed_at(job, flags, known)), found


def person_for(
    known: Catalogue,
    file: Path | None,
    flags: Mapping[str, object],
    day: date,
    *,
    ask: bool,
    colour: bool = False,
    resume: "Imported | None" = None,
) -> tuple[Profile, dict[str, object]]:
    """A profile, and the answers it was made from as they were given."""
    from roadmap.loading.load import load_profile, read_answers

    text, name = profile_text(file)
    answers, problems, _ = read_answers(text, name) if text else ({}, [], None)
    if problems:
        raise ProblemsError(problems)
    given = {**answers, **{k: v for k, v in flags.items() if v is not None}}
    found: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None
    if resume is not None:
        from roadmap.cli.importing import adding_to

        found = adding_to(resume, known, given)
    if ask and on_terminal() and str(file) != "-":
        from roadmap.cli.interviewing import hold_interview

        known_role = given.get("role") is not None
        early = flags if known_role else {**flags, "role": next(r.id for r in known.roles.values() if r.start)}
        refuse(load_profile(text or "{}", name, known, day, early)[1])
        flags = {**flags, **hold_interview(known, given, day, found=found, colour=colour)}
    elif found is not None:
        flags = {**flags, **found(given)}
    elif given.get("role") is None:
        starts = ", ".join(r.id for r in known.roles.values() if r.start)
        raise UsageError("the role you start from is missing", f"pass --role: one of {starts}")
    person, problems = load_profile(text or "{}", name, known, day, flags)
    if person is None:
        refuse(problems)
        raise AssertionError("a profile that is None has problems")
    return person, {**answers, **{k: v for k, v in flags.items() if v is not None}}


def refuse(problems: Sequence[Problem]) -> None:
    """End the run if there are problems; those of flags alone count as wrong usage."""
    if problems:
        usage = all(p.file.startswith("--") for p in problems)
        raise ProblemsError(problems, ExitCode.USAGE if usage else ExitCode.PROBLEMS)


def profile_text(file: Path | None) -> tuple[str, str]:
    """The text of a profile file, of stdin for -, or nothing; and what to call it in problems."""
    from roadmap.loading.source import read_text

    if file is None:
        return "", "the command line"
    if str(file) == "-":
        return sys.stdin.read(), "stdin"
    return read_text(file), str(file)


class CheckFormat(StrEnum):
    """How problems come out."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Catalogues, overlays or profiles.", metavar="FILE...", show_default=False),
    ] = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="Text for people and editors, JSON for scripts.")
    ] = CheckFormat.TEXT,
    links: Annotated[
        bool,
        typer.Option("--links", help="Also ask every address whether it is still there (online)."),
    ] = False,
    today: Today = None,
) -> None:
    """List every problem of catalogues, overlays and profiles, with file, line, column and a hint."""
    from roadmap.loading.check_file import check_file
    from roadmap.render.problems import problems_json, problems_text

    day = today_or(today)
    if not files and not links:
        raise UsageError("nothing to check", "name a file, or pass --links for the addresses of the catalogue")
    files = files or []
    found: list[Problem] = []
    for file in files:
        found += check_file(file, day)
    if links:
        found += _ask_addresses(files)
    put(problems_json(found) if form is CheckFormat.JSON else problems_text(found), None)
    if any(p.severity == "error" for p in found):
        raise typer.Exit(int(ExitCode.PROBLEMS))
    if form is CheckFormat.TEXT:
        what = "addresses" if links and not files else "file" if len(files) == 1 else "files"
        say(f"{len(files) or 'All'} {what} checked, no errors.")


def _ask_addresses(files: list[Path]) -> list[Problem]:
    try:
        from roadmap.loading.links import check_links
    except ModuleNotFoundError as error:
        raise UsageError("--links needs a package that is not there", "pip install 'career-roadmap[links]'") from error

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} of {total} addresses" + ("\n" if done == total else ""))

    return check_links(files, progress=progress)


class SchemaKind(StrEnum):
    """What a schema can be printed of."""

    CATALOGUE = "catalogue"
    PROFILE = "profile"
    PLAN = "plan"


def schema(kind: Annotated[SchemaKind, typer.Argument(help="catalogue, profile or plan", show_default=False)]) -> None:
    """Print the JSON Schema of a catalogue file, a profile or a plan."""
    from roadmap.loading.schemas import schema_of

    put(json.dumps(schema_of(kind.value), indent=2, ensure_ascii=False) + "\n", None)
