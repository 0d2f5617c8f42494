"""The commands of somebody who lives with a saved plan. Each opens the file, derives, prints; few write one line."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadmap.cli.boundary import on_terminal, put, read_catalogue, say, today_or, use_colour, width_of
from roadmap.cli.commands import NoColour, Output, Overlays, Today, Width
from roadmap.cli.saved_plan import nearest, open_plan, overlays_for, read_plan, whole
from roadmap.errors import ExitCode, RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Event, Progress, SavedPlan
    from roadmap.model.plan import Plan
    from roadmap.render.living import Look


class PlainFormat(StrEnum):
    """For people or for scripts."""

    TERMINAL = "terminal"
    JSON = "json"


class LedgerFormat(StrEnum):
    """For a page or for a CV."""

    MARKDOWN = "markdown"
    JSONRESUME = "jsonresume"


class CohortFormat(StrEnum):
    """For people, pages, spreadsheets or scripts."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


class Outcome(StrEnum):
    """How an exam went."""

    PASSED = "passed"
    FAILED = "failed"


def _steps(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Open steps of the plan at hand, for the shell; an unreadable plan completes nothing."""
    from roadmap.render.clean import clean

    try:
        given = context.params.get("plan")
        now = _open(Path(given) if given else None, None, None).now
    except Exception:
        return []
    return [(s.id, clean(s.module.title)) for s in now.plan.steps if s.id.startswith(incomplete)]


def _exams(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Exams of the plan at hand, for the shell."""
    from roadmap.render.clean import clean

    try:
        given = context.params.get("plan")
        now = _open(Path(given) if given else None, None, None).now
    except Exception:
        return []
    found = [e.certification for e in now.plan.exams]
    return [(c.label, clean(c.name)) for c in found if c.label.casefold().startswith(incomplete.casefold())]


PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        help="The saved plan; else the nearest *.roadmap.yaml upwards from here, else the one in your data folder.",
        metavar="FILE",
        show_default=False,
    ),
]
On = Annotated[
    str | None, typer.Option("--on", help="The day it happened; default today.", metavar="DATE", show_default=False)
]
Form = Annotated[PlainFormat, typer.Option("--format", "-f", help="For people or for scripts.")]
StepName = Annotated[
    str,
    typer.Argument(help="A step, by its id or a beginning of it.", metavar="STEP", autocompletion=_steps),
]


@dataclass(frozen=True)
class _Book:
    """A saved plan that was opened on a day."""

    path: Path
    catalogue: "Catalogue"
    saved: "SavedPlan"
    day: date
    now: "Progress"


def _open(plan: Path | None, today: str | None, overlays: list[Path] | None) -> _Book:
    """Find, read and check the saved plan, and derive where it stands."""
    from roadmap.planning.progress import progress

    day, path = today_or(today), nearest(plan)
    known, saved = open_plan(path, overlays)
    return _Book(path, known, saved, day, progress(saved, known, day))


def _look(width: int | None, no_color: bool) -> "Look":
    from roadmap.render.living import Look

    return Look(width_of(sys.stdout, width), use_colour(no_color))


def _json(data: object) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def save_new(
    path: Path, answers: Mapping[str, object], made: "Plan", known: "Catalogue", overlays: Sequence[Path]
) -> None:
    """Write a new saved plan. Raises RoadmapError when the file is there already or cannot be written.

    `overlays` are the catalogue files it was made with; every later command finds them by their way from the plan.
    """
    from roadmap.loading.places import SUFFIX
    from roadmap.loading.saved import FORMAT, locked, saved_text, write_saved
    from roadmap.model.journal import SavedPlan
    from roadmap.planning.progress import promised

    pinned = {**_typed(answers), "start": made.profile.start.isoformat()}
    folder = path.resolve().parent
    ways = tuple(_way(folder, overlay.resolve()) for overlay in overlays)
    text = saved_text(SavedPlan(FORMAT, known.version, pinned, promised(made, made.generated_on), (), ways))
    with locked(path):
        write_saved(path, text, None)
    say(f"Saved to {path}. roadmap next shows this week's work.")
    if not path.name.endswith(SUFFIX):
        say(f"Its name does not end in {SUFFIX}, so the other commands need --plan {path}.")


def _way(folder: Path, file: Path) -> str:
    """How to get from a folder to a file; an address of its own where there is no way, as between two drives."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return file.as_posix()


def _typed(answers: Mapping[str, object]) -> dict[str, object]:
    """Answers without the empty ones, numbers that came as flags as numbers."""
    from roadmap.model.profile import FIELDS, as_number

    numeric = {f.name for f in FIELDS if f.schema.get("type") == "number"}
    return {k: as_number(v) if k in numeric else v for k, v in answers.items() if v is not None}


# --- looking ---------------------------------------------------------------------------------------------------------


def next_(
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show this week's work on one screen: what, why, how long, what to open, and when it is done."""

    def draw(book: _Book) -> str:
        from roadmap.render.living import next_data, next_text

        if form is PlainFormat.JSON:
            return _json(next_data(book.now, book.catalogue))
        return next_text(book.now, book.catalogue, _look(width, no_color))

    _show("next", draw, plan, form, catalogue, today, no_color, width)


def status(
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show where you stand: ahead or behind, hours, pace, forecast, readiness, exams, and what changed since."""

    def draw(book: _Book) -> str:
        from roadmap.planning.progress import causes, ways_back
        from roadmap.render.living import progress_data, status_text, ways_text

        moved = causes(book.saved, book.catalogue, book.now)
        if form is PlainFormat.JSON:
            return _json(progress_data(book.now, book.catalogue, moved))
        look = _look(width, no_color)
        text = status_text(book.now, moved, book.catalogue, look)
        late = book.now.state == "behind" or book.now.late
        ways = ways_back(book.saved, book.catalogue, book.now) if late else []
        return text + (ways_text(ways, book.catalogue, look) if ways else "")

    _show("status", draw, plan, form, catalogue, today, no_color, width)


def _show(
    command: str,
    draw: "Callable[[_Book], str]",
    plan: Path | None,
    form: PlainFormat,
    catalogue: list[Path] | None,
    today: str | None,
    no_color: bool,
    width: int | None,
) -> None:
    """Print what a command draws of the plan, from the cache when nothing it depends on has changed."""
    from roadmap.loading.screens import screen

    path, day = nearest(plan), today_or(today)
    drawn = (command, form.value, day, width_of(sys.stdout, width), use_colour(no_color))
    overlays = overlays_for(path, catalogue)
    put(screen(path, overlays, drawn, lambda: draw(_open(path, today, overlays))), None)


def evidence(
    plan: PlanFile = None,
    form: Annotated[
        LedgerFormat, typer.Option("--format", "-f", help="A page to show, or a CV in JSON Resume.")
    ] = LedgerFormat.MARKDOWN,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Print what you can show a recruiter or a manager: finished steps with their evidence, and certificates."""
    from roadmap.render.ledger import evidence_markdown, evidence_resume

    book = _open(plan, today, catalogue)
    make = evidence_resume if form is LedgerFormat.JSONRESUME else evidence_markdown
    put(make(book.now, book.catalogue), output)


def cohort(
    folder: Annotated[Path, typer.Argument(help="A folder with saved plans.", metavar="FOLDER", show_default=False)],
    form: Annotated[CohortFormat, typer.Option("--format", "-f", help="How the table comes out.")] = (
        CohortFormat.TERMINAL
    ),
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Show a mentor who needs a word this week, and why, over all saved plans in a folder."""
    from roadmap.loading.places import SUFFIX
    from roadmap.render import cohort as draw

    if not folder.is_dir():
        raise RoadmapError(f"{folder}: no such folder", "name a folder with files that end in " + SUFFIX)
    files = sorted(folder.rglob("*" + SUFFIX))
    if not files:
        raise RoadmapError(f"{folder}: no saved plans in it", "their names end in " + SUFFIX)
    day, known = today_or(today), read_catalogue(catalogue or [])
    members = [_member(file, str(file.relative_to(folder)), known, catalogue, day) for file in files]
    rows = draw.cohort_rows(members, known)
    match form:
        case CohortFormat.JSON:
            put(_json(draw.cohort_data(members, known)), output)
        case CohortFormat.CSV:
            put(draw.cohort_csv(rows), output)
        case CohortFormat.MARKDOWN:
            put(draw.cohort_markdown(rows), output)
        case CohortFormat.HTML:
            put(draw.cohort_html(rows, day), output)
        case CohortFormat.TERMINAL:
            put(draw.cohort_text(rows, _look(width, no_color)), output)
    if any(m.now is None for m in members):
        raise typer.Exit(int(ExitCode.BATCH_PARTIAL))


def _member(file: Path, name: str, known: "Catalogue", given: list[Path] | None, day: date) -> Any:
    from roadmap.planning.progress import needs, progress
    from roadmap.render.cohort import Member

    try:
        overlays = overlays_for(file, given)
        known = read_catalogue(overlays) if overlays else known
        _, loaded = read_plan(file, known)
    except RoadmapError as error:
        return Member(name, None, problem=error.message)
    if loaded.saved is None:
        first = loaded.problems[0]
        return Member(name, None, problem=f"line {first.line}: {first.message}")
    now = progress(loaded.saved, known, day)
    return Member(name, now, tuple(needs(now)))


# --- recording -------------------------------------------------------------------------------------------------------


def log(
    step: StepName,
    worked: Annotated[float, typer.Argument(help="Hours of focused work; 0 only notes the start.", metavar="HOURS")],
    on: On = None,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Log hours that went into a step."""
    if not 0 <= worked <= MOST_LOGGED:
        raise UsageError(f"hours must be from 0 to {MOST_LOGGED}, not {worked:g}", "roadmap undo takes back an entry")
    book = _open(plan, today, catalogue)
    id_ = _step(book, step)
    hours = round(worked, 2)
    kind = "logged" if hours else "started"
    event = _event(book, on, kind, step=id_, hours=hours or None)
    title = _title(book, id_)
    _record(book, event, f"Logged {hours:g} h on “{title}”." if hours else f"Started “{title}”.", form)


MOST_LOGGED = 168


def done(
    step: StepName,
    hours: Annotated[
        float | None, typer.Option("--hours", help="Hours the whole step took.", metavar="HOURS", show_default=False)
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option(
            "--evidence", help="What shows it: an address, a file, a sentence.", metavar="TEXT", show_default=False
        ),
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Call it done without evidence, knowingly.")] = False,
    on: On = None,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Finish a step with what shows it. Its "done when" is the checklist."""
    from roadmap.planning.progress import finished_event

    book = _open(plan, today, catalogue)
    id_ = _step(book, step)
    module = book.catalogue.modules.get(id_)
    if module and module.kind == "certify" and module.certification:
        label = book.catalogue.certifications[module.certification].label
        raise UsageError("an exam is done when it is passed", f"roadmap exam {label} passed")
    if hours is not None and not 0 < hours <= 1000:
        raise UsageError(f"--hours must be above 0 and at most 1000, not {hours:g}")
    if module and form is PlainFormat.TERMINAL:
        say("Done when")
        look = _look(None, no_color=True)
        say("\n".join(line for check in module.done_when for line in look.wrap(check, "      ", "  [ ] ")))
    evidence, hours, anyway = _ask_done(book, id_, evidence, hours, anyway)
    if not evidence and not anyway:
        leaves = "; ".join(module.evidence) if module else ""
        hint = f"pass --evidence with an address, a file or a sentence{f' ({leaves})' if leaves else ''}, or --anyway"
        raise UsageError("a step is done when something shows it", hint)
    event = _event(book, on, "done", step=id_, hours=None if hours is None else round(hours, 2))
    event = finished_event(replace(event, evidence=evidence or "", anyway=not evidence), book.catalogue)
    shown = "" if evidence else " Without evidence, so the ledger leaves it out."
    _record(book, event, f"Done: “{_title(book, id_)}”.{shown}", form)


def _ask_done(
    book: _Book, id_: str, evidence: str | None, hours: float | None, anyway: bool
) -> tuple[str | None, float | None, bool]:
    """Ask on a terminal for what was not given. Nothing is asked when it is overridden."""
    if anyway or not on_terminal():
        return evidence, hours, anyway
    if not typer.confirm("Is all of this true?", default=True, err=True):
        raise RoadmapError("it stays open", "log what you did with roadmap log; --anyway calls it done all the same")
    if not evidence:
        answer = typer.prompt(
            "What shows it (address, file, sentence; Enter for nothing)", default="", show_default=False, err=True
        )
        evidence = str(answer).strip() or None
        anyway = not evidence and typer.confirm("Call it done without evidence?", default=False, err=True)
    if hours is None:
        spent = book.now.standing.hours.get(id_, 0.0)
        ask = f"Hours it took in all (Enter for the {spent:g} logged)" if spent else "Hours it took (Enter if unknown)"
        hours = float(typer.prompt(ask, default=spent, show_default=False, type=float, err=True)) or None
    return evidence, hours, anyway


def skip(
    step: StepName,
    reason: Annotated[str | None, typer.Option("--reason", help="Why.", metavar="TEXT", show_default=False)] = None,
    on: On = None,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Leave a step out, with the reason. A step that another one needs stays."""
    from roadmap.planning.progress import progress

    book = _open(plan, today, catalogue)
    id_ = _step(book, step)
    if id_ in book.now.standing.done:
        raise RoadmapError(f'"{id_}" is done already', "roadmap undo takes back the last entry")
    if not reason and on_terminal():
        reason = str(typer.prompt("Why", err=True)).strip()
    if not reason:
        raise UsageError("a step is skipped for a reason", "pass --reason")
    event = _event(book, on, "skipped", step=id_, reason=reason)
    after = progress(replace(book.saved, journal=(*book.saved.journal, event)), book.catalogue, book.day)
    if after.plan.step(id_):
        waiting = ", ".join(s.id for s in after.plan.steps if id_ in s.after) or "the plan"
        hint = f"skip those first; or, if you can do it already: roadmap done {id_} --evidence TEXT"
        raise RoadmapError(f'"{id_}" cannot be skipped, it is needed for {waiting}', hint)
    _record(book, event, f"Skipped: “{_title(book, id_)}”.", form)


def pause(
    until: Annotated[str, typer.Argument(help="The last day without study.", metavar="UNTIL", show_default=False)],
    first: Annotated[
        str | None,
        typer.Option("--from", help="The first day without study; default today.", metavar="DATE", show_default=False),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.", metavar="TEXT", show_default=False)] = "",
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Take days off: no study, no exam, both ends included."""
    from roadmap.render.wording import period

    book = _open(plan, today, catalogue)
    start, last = _day(first, "--from") or book.day, _day(until, "UNTIL") or book.day
    if last < start:
        raise UsageError(f"the pause ends before it starts: {start} to {last}", "swap the two days")
    event = replace(_event(book, None, "paused", reason=reason), first=start, last=last)
    _record(book, event, f"Off from {period(start, last)}.", form)


def exam(
    code: Annotated[str, typer.Argument(help="The exam, by code or id.", metavar="CODE", autocompletion=_exams)],
    result: Annotated[Outcome, typer.Argument(help="How it went.", show_default=False)],
    on: On = None,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Record an exam. A failed one is planned again, with time to prepare and the fee once more."""
    from roadmap.model.problem import nearest
    from roadmap.render.wording import day as day_words

    book = _open(plan, today, catalogue)
    certs = book.catalogue.certifications
    cert = book.catalogue.certification(code)
    if cert is None:
        labels = [c.code for c in certs.values() if c.code] + list(certs)
        hint = nearest(code, labels) or "roadmap show certifications lists them"
        raise RoadmapError(f'there is no exam "{code}"', hint)
    event = _event(book, on, "exam", exam=cert.id)
    event = replace(event, result=result.value)
    if result is Outcome.PASSED:
        what = f"Passed: {cert.label} on {day_words(event.on)}."
    else:
        what = (
            f"Not passed this time: {cert.label} on {day_words(event.on)}. It is planned again; the fee is due again."
        )
    _record(book, event, what, form)


def note(
    text: Annotated[str, typer.Argument(help="What you want to remember.", metavar="TEXT", show_default=False)],
    step: Annotated[
        str | None,
        typer.Option(
            "--step", help="The step it belongs to.", metavar="STEP", show_default=False, autocompletion=_steps
        ),
    ] = None,
    on: On = None,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Write something down in the journal. Notes never leave the file."""
    book = _open(plan, today, catalogue)
    event = _event(book, on, "note", text=text, step=_step(book, step) if step else "")
    _record(book, event, "Noted.", form)


def undo(
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Take back the last entry of the journal. Its line stays; one more line says that it does not count."""
    from roadmap.model.journal import undoable

    book = _open(plan, today, catalogue)
    last = undoable(book.saved.journal)
    if last is None:
        raise RoadmapError("there is nothing to take back", "the journal holds no entry that counts")
    event = _event(book, None, "undone", of=last.id)
    about = last.step or last.exam or last.text
    _record(book, event, f"Taken back: {last.kind} {about} of {last.on}.".replace("  ", " "), form)


def _event(book: _Book, on: str | None, kind: Any, **values: Any) -> "Event":
    """An event with an id of its own, so that lines that two people add can be merged."""
    import os

    from roadmap.model.journal import Event

    day = _day(on, "--on") or book.day
    if day > book.day:
        raise UsageError(f"{day} has not come yet", "--on takes a day up to today")
    texts: dict[str, Any] = {k: _harmless(v) if isinstance(v, str) else v for k, v in values.items()}
    return Event(id=os.urandom(4).hex(), on=day, kind=kind, **texts)


def _harmless(text: str) -> str:
    """What can be written as UTF-8, within the length that is kept."""
    from roadmap.loading.saved import LONGEST

    if len(text) > LONGEST:
        raise UsageError(f"that text has {len(text)} characters, at most {LONGEST} are kept")
    return text.encode("utf-8", "replace").decode("utf-8")


def _day(text: str | None, flag: str) -> date | None:
    from roadmap.model.profile import as_date

    if text is None:
        return None
    day = as_date(text)
    if day is None:
        raise UsageError(f'{flag} must be a day such as 2026-12-01, not "{text}"')
    return day


def _step(book: _Book, word: str) -> str:
    """The one step a word means: its id, or the only one that begins with it; open steps come first."""
    from roadmap.model.problem import nearest

    opened = [s.id for s in book.now.plan.steps]
    standing = book.now.standing
    every = list(dict.fromkeys([*opened, *book.saved.baseline.steps, *standing.done, *standing.skipped]))
    if word in every:
        return word
    for names in (opened, every):
        found = [n for n in names if n.startswith(word.casefold())]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'"{word}" could be {", ".join(found)}', "type a little more")
    hint = nearest(word, every) or "roadmap next names the step at hand"
    raise UsageError(f'"{word}" is not a step of this plan', hint)


def _title(book: _Book, id_: str) -> str:
    module = book.catalogue.modules.get(id_)
    return module.title if module else id_


def _record(book: _Book, event: "Event", what: str, form: PlainFormat) -> None:
    """Add one line to the journal, and say what that moved."""
    from roadmap.loading.saved import with_event
    from roadmap.planning.progress import progress
    from roadmap.render.living import change_data, change_text

    def change(text: str, saved: "SavedPlan") -> tuple[str, "SavedPlan"]:
        return with_event(text, saved, event, book.catalogue), replace(saved, journal=(*saved.journal, event))

    old, new = _change(book, change)
    before, after = (progress(s, book.catalogue, book.day) for s in (old, new))
    if form is PlainFormat.JSON:
        put(_json(change_data(event, before, after, book.catalogue)), None)
    else:
        put(change_text(what, before, after, _look(None, False)), None)


def _change(book: _Book, change: "Callable[[str, SavedPlan], tuple[str, SavedPlan]]") -> "tuple[SavedPlan, SavedPlan]":
    """Read, change and write the file while nobody else does. Gives the plan before and after."""
    from roadmap.loading.saved import FORMAT, keep_format, locked, saved_text, write_saved

    with locked(book.path):
        text, loaded = read_plan(book.path, book.catalogue)
        saved = whole(loaded)
        if loaded.format < FORMAT:
            copy = keep_format(book.path, loaded.format)
            say(f"The file was in format {loaded.format}; it is now in format {FORMAT}. The old one is {copy}.")
            changed, after = change(saved_text(saved), saved)
        else:
            changed, after = change(text, saved)
        write_saved(book.path, changed, text)
    return saved, after


# --- replanning ------------------------------------------------------------------------------------------------------


def replan(
    hours_per_week: Annotated[
        str | None, typer.Option(help="Other hours a week.", metavar="HOURS", show_default=False)
    ] = None,
    deadline: Annotated[
        str | None, typer.Option(help="Another deadline; none takes it away.", metavar="DATE", show_default=False)
    ] = None,
    budget_usd: Annotated[
        str | None, typer.Option(help="Another budget; none takes it away.", metavar="USD", show_default=False)
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Leave out what does not fit before the deadline.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the plan without asking.")] = False,
    plan: PlanFile = None,
    form: Form = PlainFormat.TERMINAL,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    width: Width = None,
) -> None:
    """Plan anew from today: shows before and after side by side and asks before it changes anything.

    Finished work stays finished. Without --drop every promised step stays, and later dates say so.
    """
    from roadmap.planning.progress import replanned, ways_back
    from roadmap.render.living import replan_data, replan_text, ways_text

    book = _open(plan, today, catalogue)
    given = {"hours_per_week": hours_per_week, "deadline": deadline, "budget_usd": budget_usd}
    changes: dict[str, object] = {k: None if v == "none" else v for k, v in given.items() if v is not None}
    _check_answers(book, changes)
    changes = {**dict.fromkeys(changes), **_typed(changes)}
    new, made = replanned(book.saved, book.catalogue, book.day, changes, drop=drop)
    if drop and made.profile.deadline is None and made.profile.budget_usd is None:
        raise UsageError("nothing is dropped without a limit", "pass --deadline or --budget-usd as well")
    ways = ways_back(book.saved, book.catalogue, book.now) if not changes and not drop else []
    look = _look(width, no_color)
    if form is PlainFormat.TERMINAL:
        put(replan_text(book.now, made, book.catalogue, look), None)
        if ways:
            put(ways_text(ways, book.catalogue, look), None)
    agreed = yes or (
        form is PlainFormat.TERMINAL and on_terminal() and typer.confirm("Plan like this?", default=False, err=True)
    )
    if agreed:
        _write_replan(book, new, made, changes)
    if form is PlainFormat.JSON:
        put(_json(replan_data(book.now, made, ways, written=agreed)), None)
    else:
        say("Replanned." if agreed else "Nothing was changed." + ("" if on_terminal() else " --yes changes it."))
    if made.status == "infeasible":
        raise typer.Exit(int(ExitCode.PROBLEMS))


def _check_answers(book: _Book, changes: Mapping[str, object]) -> None:
    from roadmap.model.profile import make_profile

    answers = {k: v for k, v in {**book.saved.answers, **changes}.items() if v is not None}
    profile, faults = make_profile(answers, book.catalogue, book.day)
    if profile is None:
        one = faults[0]
        raise UsageError(one.message, one.hint)


def _write_replan(book: _Book, new: "SavedPlan", made: "Plan", changes: Mapping[str, object]) -> None:
    """Write the new dates, unless somebody else added to the journal while the question was open."""
    from roadmap.loading.saved import with_plan

    said = "".join(f", {k} {'none' if v is None else v}" for k, v in changes.items())
    text = f"Replanned: {book.now.plan.finish} becomes {made.finish}{said}."
    event = _event(book, None, "replanned", text=text)

    def change(old: str, saved: "SavedPlan") -> tuple[str, "SavedPlan"]:
        if saved != book.saved:
            raise RoadmapError("the plan was changed meanwhile; nothing was saved", "run roadmap replan again")
        after = replace(new, journal=(*saved.journal, event))
        return with_plan(old, after, book.catalogue), after

    _change(book, change)
