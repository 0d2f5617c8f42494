"""`roadmap plan`: the answer to one person, and the plan behind it."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.app.keeping import check_folder
from roadmap.app.people import Answers, Asking, Person, is_saved, make, person_for
from roadmap.app.saved import overlays_for, stand
from roadmap.cli import keeping
from roadmap.cli.boundary import is_terminal, put, say, today_or, use_colour, width_of
from roadmap.cli.drawing import Drawing, DrawnOptions
from roadmap.cli.groups import grouped
from roadmap.cli.options import OutFormat, Overlays, ProfileFile, Today, value
from roadmap.cli.profiles import asking, found, opened
from roadmap.errors import ExitCode, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render import Format

Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing; take defaults for what is not given.")]
WIDEST_LINE = 100
Save = Annotated[Path | None, value("--save", "FILE", "Keep it to live with: NAME.roadmap.yaml. See roadmap next.")]
NoSave = Annotated[bool, typer.Option("--no-save", help="Do not keep the plan that is shown on a terminal.")]
Resume = Annotated[
    Path | None,
    value(
        "--resume",
        "FILE",
        "Answer from a resume what is not given (see roadmap import); or show a saved plan as it stands today.",
    ),
]
Job = Annotated[
    Path | None, value("--job", "POSTING", "Aim at the skills that a job posting names: a text, PDF or Word file.")
]


@grouped
def plan(
    profile: ProfileFile = None,
    form: OutFormat = Format.TERMINAL,
    *,
    drawn: DrawnOptions,
    save: Save = None,
    no_save: NoSave = False,
    resume: Resume = None,
    job: Job = None,
    catalogue: Overlays = None,
    today: Today = None,
    defaults: Defaults = False,
    **flags: str | None,
) -> None:
    """Ask what is not given, then print a dated plan.

    On a terminal it asks up to twelve questions; flags and the profile file answer them beforehand. The plan is then
    kept, and roadmap next works at once. Without a terminal it asks and keeps nothing: only --role is needed, all
    else has defaults.

    Example: roadmap plan --role swe --hours-per-week 8 --deadline 2027-09-30
    """
    drawing = drawn.drawing(form)
    day, profile, resume = today_or(today), found(profile), found(resume)
    if resume is not None and is_saved(opened(resume)):
        if any(x is not None for x in (*flags.values(), profile, save, job)):
            raise UsageError("--resume shows a saved plan as it is", "roadmap replan changes its answers")
        made = _show_saved(resume, catalogue, day, drawing)
    else:
        own = is_saved(opened(profile))
        given = _Given(
            profile, resume, job, catalogue or [], flags, not defaults and not own, use_colour(drawn.no_color)
        )
        made = _plan(given, keeping.keeping(save, no_save, own), day, drawing)
    if made.status == "infeasible":
        raise typer.Exit(int(ExitCode.PROBLEMS))


class _Given(NamedTuple):
    """Where the answers come from."""

    profile: Path | None
    resume: Path | None
    job: Path | None
    overlays: Sequence[Path]
    flags: Mapping[str, object]
    ask: bool
    colour: bool


def _plan(given: _Given, where: keeping.Keeping, day: date, drawing: Drawing) -> Plan:
    """Ask, plan, print and keep. Files that cannot be written are found before the first question."""
    if drawing.output is not None and str(drawing.output) != "-":
        check_folder(drawing.output, "cannot be written")
    overlays = given.overlays
    if not overlays and given.profile is not None and is_saved(opened(given.profile)):
        overlays = overlays_for(given.profile, None)
    known = read_catalogue(overlays)
    ask = asking(known, given.profile, day, colour=given.colour) if given.ask else None
    if ask is not None and not any(v is not None for v in (given.profile, given.resume, *given.flags.values())):
        keeping.tell_of_another()
    person = _person(given, known, day, ask)
    made = make(known, person.profile, day)
    kept = _put_and_keep(made, known, drawing, where, person.answers, overlays, day)
    long = _is_shown(drawing) and not drawing.asked.pager
    if long:
        to_keep = where.unasked or where.file is not None
        _put_in_short(made, min(WIDEST_LINE, width_of(sys.stdout, drawing.asked.width)), kept=to_keep)
    _warn(made, known)
    kept.tell()
    if long and kept.file:
        # The same command would ask everything again.
        say(f"This page again, by screens: {kept.command('roadmap export --format terminal --pager')}")
    if ask is not None and (kept.file or not where.unasked):
        from roadmap.cli.interviewing import forget

        forget()
    return made


def _put_and_keep(
    made: Plan,
    known: Catalogue,
    drawing: Drawing,
    where: keeping.Keeping,
    answers: Mapping[str, object],
    overlays: Sequence[Path],
    day: date,
) -> keeping.Kept:
    """Draw the plan and keep it; first keep it where the page is to be the page of that plan."""
    own_page = drawing.form is Format.MARKDOWN and where.file is not None
    if drawing.form is not Format.TERMINAL and not own_page:
        drawing.put(made, known)
        return keeping.keep(where, answers, made, known, overlays)
    kept = keeping.keep(where, answers, made, known, overlays)
    if own_page and kept.error is None:
        _put_page_of(where.file, overlays, day, drawing)
    else:
        # A screen names the command that lists the steps; a page that failed to be kept is shown all the same.
        drawing.put(made, known, steps_by=kept.command("roadmap steps"))
    return kept


def _put_page_of(file: Path | None, overlays: Sequence[Path], day: date, drawing: Drawing) -> None:
    """The page of a saved plan, with what tells which plan it is and which lines are the program's."""
    from roadmap.app.book import open_book

    book = open_book(file, day, overlays or None)
    drawing.put(book.now.plan, book.catalogue, book.now, book.saved.journal, book.saved.id)


def _is_shown(drawing: Drawing) -> bool:
    """Whether a person sees the page as it is drawn."""
    return drawing.form is Format.TERMINAL and drawing.output is None and is_terminal(sys.stdout)


def _put_in_short(made: Plan, width: int, *, kept: bool) -> None:
    """The answer once more below a page that is longer than the screen: its beginning has gone by.

    How to see all of it is said with the place of a plan that is `kept`.
    """
    from textwrap import fill

    from roadmap.render.numbers import first_sentence

    text = made.answer.verdict[0]
    first = first_sentence(text)
    second = first_sentence(text.removeprefix(first).strip())
    again = "" if kept else "The whole page: scroll up, or add --pager.\n"
    put("\n" + fill(f"In short: {first} {second}".strip(), width) + f"\n{again}", None)


def _warn(made: Plan, known: Catalogue) -> None:
    """Say what was done with answers that do not agree, and which ways there are that only a name takes."""
    from roadmap.render.wording import Words

    for notice in made.notices:
        if notice.code == "days-shared-out":
            say(f"warning: {Words(known).notice(notice)}")
    others = [id_ for id_ in known.other_ways(made.profile.role, made.profile.target) if id_ != made.profile.path]
    if others:
        say(f"The catalogue has another way for this start: --path {' or --path '.join(others)}.")


def _person(given: _Given, known: Catalogue, day: date, ask: Asking | None) -> Person:
    """The flags with what a posting asks for, what a resume says, and what the questionnaire adds."""
    flags: Answers = given.flags
    resume = None
    if given.resume is not None or given.job is not None:
        from roadmap.app.resumes import read_imported
        from roadmap.cli.importing import adding, aimed_at

        if [str(f) for f in (given.profile, given.resume, given.job)].count("-") > 1:
            raise UsageError("only one of --profile, --resume and --job can come from stdin", "name files for others")
        if given.resume is not None:
            found = read_imported(opened(given.resume), known, day)
            resume = partial(adding, found, known)
        if given.job is not None:
            flags = aimed_at(given.job, flags, known, ask=given.ask, colour=given.colour)
    return person_for(known, opened(given.profile), flags, day, ask=ask, resume=resume)


def _show_saved(file: Path, overlays: Sequence[Path] | None, day: date, drawing: Drawing) -> Plan:
    """A saved plan as it stands on a day."""
    known, now = stand(file, overlays, day)
    drawing.put(now.plan, known, steps_by=keeping.of_plan("roadmap steps", file))
    return now.plan
