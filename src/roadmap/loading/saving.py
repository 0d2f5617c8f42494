"""Saved plans written: values to text that diffs well, and saving that loses nothing.

Writing goes: lock, read, change, read the new text back, write beside, flush to the disk, keep the old one as a
backup, move into place. Killed at any instant the file is the old or the new one, and what is written can be read.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from roadmap.errors import RoadmapError
from roadmap.loading.saved import FORMAT, NAMES, load_saved
from roadmap.loading.source import read_text
from roadmap.loading.source import real as where
from roadmap.loading.writing import beside, held, rights_of
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import EVENT_KEYS, Event, SavedPlan
from roadmap.model.profile import as_date

BACKUPS = 3
LOCK_SECONDS = 20
_BARE = r"[A-Za-z][A-Za-z0-9_.+-]*\Z"
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_UNSAFE = "[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
_HEAD = (
    "# A roadmap plan. roadmap next shows this week's work, roadmap status where you stand.\n"
    "# Each line of the journal is one event; lines are only ever added.\n"
)


def flow(value: object) -> str:
    """A value on one line, as YAML that any reader understands."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return repr(int(value) if value == int(value) else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    text = str(value)
    if (re.match(_BARE, text) and text.casefold() not in _NOT_TEXT) or as_date(text):
        return text
    return re.sub(_UNSAFE, lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def event_line(event: Event) -> str:
    """One event as one line of the journal."""
    must, may = EVENT_KEYS[event.kind]
    values: dict[str, object] = {"id": event.id, "date": event.on, "event": event.kind}
    for key in (*must, *may):
        value = getattr(event, NAMES.get(key, key))
        if key in must or value not in (None, "", False, {}):
            values[key] = value
    return f"  - {flow(values)}\n"


def saved_text(saved: SavedPlan) -> str:
    """The whole file."""
    return _head(saved, _HEAD) + "journal:\n" + "".join(event_line(e) for e in saved.journal)


def as_it_was(saved: SavedPlan) -> dict[str, object]:
    """Answers and promise as plain data, for the replan that replaces them: days as the text that reading gives."""
    base = saved.baseline
    steps = {
        i: {"start": p.start.isoformat(), "finish": p.finish.isoformat(), "hours": p.hours}
        for i, p in base.steps.items()
    }
    days = {"made_on": base.made_on.isoformat(), "finish": base.finish.isoformat()}
    promise = {**days, "spent": base.spent, "pace": base.pace, "steps": steps}
    return {"catalogue": saved.catalogue, "profile": dict(saved.answers), "baseline": promise}


def _head(saved: SavedPlan, comments: str) -> str:
    base = saved.baseline
    lines = [f"format: {FORMAT}", f"catalogue: {flow(saved.catalogue)}"]
    lines += [f"id: {json.dumps(saved.id)}"] if saved.id else []
    lines += [f"overlays: {flow(saved.overlays)}"] if saved.overlays else []
    lines.append("profile:")
    lines += [f"  {key}: {flow(value)}" for key, value in saved.answers.items()]
    lines += ["baseline:", f"  made_on: {base.made_on}", f"  finish: {base.finish}", f"  spent: {flow(base.spent)}"]
    lines.append(f"  pace: {flow(base.pace)}")
    lines.append("  steps:" if base.steps else "  steps: {}")
    lines += [
        f"    {id_}: {flow({'start': p.start, 'finish': p.finish, 'hours': p.hours})}" for id_, p in base.steps.items()
    ]
    return comments + "\n".join(lines) + "\n"


def with_events(text: str, events: Sequence[Event]) -> str:
    """The text with more lines at its end, all else untouched."""
    last = re.findall(r"^( *)- ", text, re.MULTILINE)
    indent = last[-1] if last else "  "
    return text.rstrip() + "\n" + "".join(indent + event_line(event).lstrip() for event in events)


def with_plan(text: str, saved: SavedPlan) -> str:
    """The text with all of `saved` but its journal, whose last event joins the lines that are there."""
    head, mark, journal = text.partition("\njournal:")
    comments = "".join(line + "\n" for line in head.splitlines() if line.lstrip().startswith("#"))
    return with_events(_head(saved, comments) + mark.lstrip("\n") + journal, saved.journal[-1:])


def settled(text: str, meant: SavedPlan, catalogue: Catalogue, path: Path) -> str:
    """The text when it reads as what is meant, else the whole file written anew.

    Raises RoadmapError when that could not be read back either, with what stands in the way.
    """
    meant = replace(meant, format=FORMAT)
    if load_saved(text, str(path), catalogue).saved == meant:
        return text
    anew = saved_text(meant)
    loaded = load_saved(anew, str(path), catalogue)
    if loaded.saved == meant:
        return anew
    why = loaded.problems[0].message if loaded.problems else "it would not say the same"
    raise _unread(path, why)


def save_plan(path: Path, text: str, before: str | None, meant: SavedPlan, catalogue: Catalogue) -> None:
    """Read the text back, compare it with what is meant, and put it in the place of `before`; see `write_saved`."""
    write_saved(path, settled(text, meant, catalogue, path), before)


def locked(path: Path) -> AbstractContextManager[None]:
    """Nobody else saves this plan meanwhile. Raises RoadmapError when the lock cannot be had or made."""
    busy = RoadmapError(f"{path}: another roadmap is saving this plan", "try again when it is done")
    return held(beside(where(path), ".lock"), LOCK_SECONDS, busy, partial(_unsaved, path))


def write_saved(path: Path, text: str, before: str | None) -> None:
    """Put `text` in the place of `before` (None: a new file), under the lock of `locked`.

    Raises RoadmapError, the file untouched, when it cannot be written, when the disk gives back something else, or when
    the file is no longer what it was when it was read.
    """
    real = where(path)
    fresh = beside(real, ".new")
    try:
        if before is None and real.exists():
            raise RoadmapError(f"{path}: exists already", "choose another name, or change it with roadmap replan")
        _write(fresh, text, rights_of(real))
        if fresh.read_bytes() != text.encode("utf-8"):
            raise _unread(path, "the disk gives back something else")
        if before is not None:
            if read_text(real) != before:
                raise RoadmapError(f"{path}: was changed meanwhile; nothing was saved", "run the command again")
            _keep_backup(real)
        fresh.replace(real)
        _flush_folder(real.parent)
    except OSError as error:
        raise _unsaved(path, error) from error
    finally:
        with suppress(OSError):
            fresh.unlink()


def keep_format(path: Path, written: int) -> Path:
    """A copy of a file in an older format, kept for good beside it, before it is written in this one."""
    import shutil

    real = where(path)
    copy = beside(real, f".format{written}.bak", hidden=False)
    try:
        shutil.copy2(real, copy)
    except OSError as error:
        raise _unsaved(path, error) from error
    return copy


def backups_of(path: Path) -> list[Path]:
    """Where the states before the last changes are kept, the newest first."""
    real = where(path)
    return [beside(real, f".bak{n if n > 1 else ''}", hidden=False) for n in range(1, BACKUPS + 1)]


def _write(path: Path, text: str, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as stream:
        stream.write(text.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        path.chmod(mode)


def _keep_backup(path: Path) -> None:
    """The last states, newest first: .bak, .bak2, .bak3. Copied and moved, so that the file itself never goes away."""
    import shutil

    names = backups_of(path)
    for older, newer in zip(reversed(names), list(reversed(names))[1:], strict=False):
        if newer.exists():
            newer.replace(older)
    fresh = beside(path, ".bak.new")
    shutil.copy2(path, fresh)
    fresh.replace(names[0])


def _flush_folder(folder: Path) -> None:
    """Make the move itself durable, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _unread(path: Path, why: str) -> RoadmapError:
    """What is said of a text that does not come back as it was meant: what is safe, and where the state before is."""
    backup = backups_of(path)[0]
    hint = "the plan is as it was" if path.exists() else "mend that first"
    if path.exists() and backup.exists():
        hint += f"; the state before its last change is in {backup}"
    return RoadmapError(f"{path}: nothing was saved, since it could not be read back: {why}", hint)


def _unsaved(path: Path, error: Exception) -> RoadmapError:
    why = getattr(error, "strerror", None) or str(error)
    hint = "the plan is as it was; check free space and permissions of its folder"
    return RoadmapError(f"{path}: could not be saved ({why})", hint)
