"""A sheet of people to saved plans and their pages, with what was read of each column kept beside them."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path

from roadmap.app.cohort import write_pages
from roadmap.app.keeping import write_new
from roadmap.app.own import KEPT, own_columns
from roadmap.app.people import make
from roadmap.app.saved import read_plan
from roadmap.batch.guess import Guess
from roadmap.batch.names import safe_name
from roadmap.batch.row import Reading, Row
from roadmap.batch.rows import open_rows
from roadmap.batch.work import Job, checked
from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX
from roadmap.loading.saving import flow
from roadmap.loading.writing import write_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import make_profile
from roadmap.render.numbers import plural

PEOPLE = "people"
ATTRIBUTES = """# Lines of both sides are kept: right for journals; a plan replanned on both sides is mended when read.
*.roadmap.yaml merge=union text eol=lf
*.md text eol=lf
"""
IGNORED = """*.roadmap.yaml.bak*
.*.roadmap.yaml.*
# Notes on people and their addresses; take this line away where all who see the repository may see them.
cohort.yaml
"""


def from_sheet(
    sheet: Path,
    into: Path,
    known: Catalogue,
    day: date,
    tell: Callable[[str], None],
    *,
    renames: Mapping[str, str],
    ignored: Collection[str],
) -> int:
    """Make a saved plan for each row of a sheet, and their pages; how many rows could not be read.

    A plan that is there stays. `renames` are columns with the keys they stand for; `tell` is called with a sentence
    for each problem and each guess, and at the end with what was made. Raises RoadmapError when no row can be planned.
    """
    guess = Guess(known, day)
    # A sheet that people keep has columns of their own, which are no problem here.
    reading = Reading(renames, {}, frozenset(ignored), guess, keeps=True)
    rows = list(open_rows(str(sheet), reading).rows)
    job, made, kept, failed = Job(known, day), 0, 0, 0
    own = own_columns(into)
    for row in rows:
        problems = checked(row, job).problems
        for p in problems:
            what = f"{p['column']}: {p['message']}" if p["column"] else p["message"]
            tell(f"{sheet}:{row.line or row.number}: {what}" + (f" ({p['hint']})" if p["hint"] else ""))
        failed += bool(problems)
        if not problems and row.answers is not None:
            name, new = _kept(into / PEOPLE, row, row.answers, known, day)
            made, kept = made + new, kept + (not new)
            # What a cell no longer says stays as it was, since nobody asked for it to go.
            if name and row.own:
                own[name] = own.get(name, {}) | {k: v for k, v in row.own.items() if v}
    if not made and not kept:
        raise RoadmapError(f"{sheet}: no row could be planned", "mend the rows named above, or name columns with --map")
    for what, line in guess.notes.items():
        tell(f"{sheet}:{line}: {what}" if line else what)
    _beside(into, sheet, renames, guess.notes, day, own)
    pages = write_pages(into, known, None, day, tell).pages
    there = f", {kept} {'was' if kept == 1 else 'were'} there already" if kept else ""
    wrong = f", {plural(failed, 'row')} could not be read" if failed else ""
    news = f"{plural(made, 'plan')} made in {into / PEOPLE}{there}{wrong}; {plural(pages, 'page')}."
    tell(f"{news} Each week: roadmap cohort week {into}")
    return failed


def _kept(folder: Path, row: Row, answers: Mapping[str, object], known: Catalogue, day: date) -> tuple[str, bool]:
    """Keep the plan of a row under a name of its own: that name, and False when the very person is there already."""
    given = {k: v for k, v in answers.items() if v is not None}
    profile, faults = make_profile(given, known, day)
    if profile is None:
        raise AssertionError(faults)
    stem = safe_name(row.id or profile.name, row.number)
    for name in (stem, f"{stem}-{row.number}"):
        file = folder / (name + SUFFIX)
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_new(file, given, make(known, profile, day), known, [])
            return name, True
        if _same(file, given, known):
            return name, False
    return "", False


def _same(file: Path, answers: Mapping[str, object], known: Catalogue) -> bool:
    """Whether a saved plan was made for this person: the same name, role and goals, whatever they changed since."""
    saved = read_plan(file, known)[1].saved
    return saved is None or all(saved.answers.get(k) == answers.get(k) for k in ("name", "role"))


def _beside(
    into: Path,
    sheet: Path,
    renames: Mapping[str, str],
    notes: Mapping[str, int | None],
    day: date,
    own: Mapping[str, Mapping[str, str]],
) -> None:
    """What was read of the sheet, what it says beside answers, and how Git is to treat the folder."""
    lines = [
        "# How the sheet was read; roadmap cohort init takes --map KEY=COLUMN for what was read wrongly.",
        f"sheet: {flow(sheet.name)}",
        f"read_on: {day}",
        f"map: {flow({key: column for column, key in renames.items()})}",
        "read_as:" if notes else "read_as: []",
        *(f"  - {flow(what)}" for what in notes),
        "# What the sheet says of people beside answers: here, not in their plans, which they may get to see.",
        "people:" if own else "people: {}",
        *(f"  {flow(name)}: {flow(said)}" for name, said in own.items()),
    ]
    write_text(into / KEPT, "\n".join(lines) + "\n")
    for name, text in ((".gitattributes", ATTRIBUTES), (".gitignore", IGNORED)):
        if not (into / name).exists():
            write_text(into / name, text)
