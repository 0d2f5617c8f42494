"""An edited Markdown plan taken back into the saved plan that it was printed from."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.app.book import change_file
from roadmap.app.catalogues import read_catalogue
from roadmap.app.saved import overlays_for
from roadmap.errors import RoadmapError

if TYPE_CHECKING:
    from roadmap.model.catalogue import Catalogue
    from roadmap.model.journal import Progress, SavedPlan
    from roadmap.render.synced import Synced

# More unknown lines than a person types: another program was at the file.
MOST_UNKNOWN = 100
# What takes steps out of a page, or closes them.
ENDS = ("done", "exam", "skipped", "reached")
# A page of the longest plan has some two thousand.
MOST_LINES = 20_000


class Taken(NamedTuple):
    """What was found in a page, and a sentence where the file of the plan was in an older format."""

    found: "Synced"
    lifted: str


def take_in(
    file: Path,
    path: Path,
    overlays: Sequence[Path] | None,
    day: date,
    *,
    text: str | None = None,
    write: bool = True,
    strange: Callable[[int], bool] = lambda _: False,
) -> Taken:
    """Take what is new in a page into its saved plan; without `write` it is only found.

    `text` is what the page says where it is no file. `strange` is asked whether so many lines that are not understood
    are to be kept as notes. Raises RoadmapError for the page of another plan, or where they are not.
    """
    from roadmap.loading.saving import with_events
    from roadmap.loading.source import read_text
    from roadmap.planning.known import finished_event
    from roadmap.planning.progress import progress

    known = read_catalogue(overlays_for(path, overlays))
    edited, read = text if text is not None else read_text(file), list["Synced"]()

    def change(text: str, saved: "SavedPlan") -> "tuple[str, SavedPlan]":
        now = progress(saved, known, day)
        if why := foreign(edited, saved, now, known):
            raise RoadmapError(f"{file}: {why}; nothing was taken", "name its own plan with --plan")
        found = _found(file, edited, saved, known, now)
        read.append(found)
        if write:
            _refuse_strange(file, found, strange)
        if not found.events or not write:
            return text, saved
        batch = os.urandom(4).hex()
        new = [replace(finished_event(one, known) if one.kind == "done" else one, batch=batch) for one in found.events]
        return with_events(text, new), replace(saved, journal=(*saved.journal, *new))

    lifted = change_file(path, known, change).lifted
    return Taken(read[0], lifted)


def _refuse_strange(file: Path, found: "Synced", strange: Callable[[int], bool]) -> None:
    """Raise RoadmapError for a page with more lines that are not understood than a person types, unless wanted."""
    kept = [e.text for e in found.events if e.kind == "note" and e.after]
    unknown = sum(bool(line.strip()) for text in kept for line in text.splitlines())
    unknown = max(unknown, sum(f.kind == "unknown" for f in found.findings))
    if unknown > MOST_UNKNOWN and not strange(unknown):
        first = min((f.line for f in found.findings if f.kind == "unknown" and f.line), default=0)
        place = f"{file}:{first}" if first else str(file)
        hint = "look with --dry-run; --yes keeps them as notes. Export anew if another program changed the file"
        raise RoadmapError(f"{place}: {unknown} lines from here on are not understood; nothing was taken", hint)


def unsynced(page: Path, saved: "SavedPlan", known: "Catalogue", day: date) -> str:
    """Why a page must not be written over: it is another plan's, or holds words that are not in the plan yet."""
    from roadmap.loading.source import read_text
    from roadmap.planning.progress import progress
    from roadmap.render.personal import known_lines

    if not page.is_file():
        return ""
    text = read_text(page)
    if not known_lines(text):
        return "was not written from a saved plan"
    now = progress(saved, known, day)
    if why := foreign(text, saved, now, known):
        return why
    new = len(_found(page, text, saved, known, now).events)
    return f"holds {'1 line' if new == 1 else f'{new} lines'} that the plan does not have" if new else ""


def foreign(text: str, saved: "SavedPlan", now: "Progress", known: "Catalogue") -> str:
    """Why a page cannot be of this plan, which stands so now; empty when it can.

    A page that went through a program which takes comments out names its steps by their titles alone.
    """
    from roadmap.render import unwrap
    from roadmap.render.personal import lines_of, plan_of, whose

    named, own = plan_of(text), saved.id
    if named and own and named != own:
        return f"is the page of another plan{whose(text)}"
    ours = {*saved.baseline.steps, *(s.id for s in now.plan.steps)}
    titles = {id_: known.modules[id_].title for id_ in ours if id_ in known.modules}
    steps = {line.step for line in lines_of(unwrap.named(text, titles)) if line.head}
    if not steps & ours:
        return "holds no step of this plan"
    name, other = str(saved.answers.get("name") or ""), whose(text)
    if not named and name and other and other.removeprefix(" of ") != name:
        return f"is the page of another plan{other}"
    return ""


def _found(page: Path, edited: str, saved: "SavedPlan", known: "Catalogue", now: "Progress") -> "Synced":
    """What an edited page brings. Raises RoadmapError for one that is longer than any page of a plan."""
    from roadmap.render import Format, render
    from roadmap.render.personal import known_lines
    from roadmap.render.sync import read_markdown

    if (lines := edited.count("\n")) > MOST_LINES:
        what = f"{page}: has {lines:,} lines, at most {MOST_LINES:,} are read; nothing was taken"
        raise RoadmapError(what, "export the plan anew")
    steps = {*saved.baseline.steps, *(s.id for s in now.plan.steps), *now.standing.done, *now.standing.hours}
    fresh = render(now.plan, known, Format.MARKDOWN, full=True, now=now, journal=saved.journal, saved_id=saved.id)
    whole = "" if known_lines(edited) else _whole(saved, known, now.today)
    return read_markdown(edited, now, known, saved.journal, steps, fresh, whole)


def _whole(saved: "SavedPlan", known: "Catalogue", day: date) -> str:
    """The page as it would be had nothing ended yet: what stood below a step that is done by now is the program's too.

    Stands in for the closing comment that tells the program's lines, in a file that lost it.
    """
    from roadmap.planning.progress import progress
    from roadmap.render import Format, render

    begun = replace(saved, journal=tuple(e for e in saved.journal if e.kind not in ENDS))
    now = progress(begun, known, day)
    return render(now.plan, known, Format.MARKDOWN, full=True, now=now, journal=begun.journal)
