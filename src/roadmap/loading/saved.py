"""Saved plans: text to values with every problem placed, values to text that diffs well, and saving that loses nothing.

Reading needs no lock, since a file is only ever replaced whole. Writing goes: lock, read, change, write beside, flush
to the disk, keep the old one as a backup, move into place. Killed at any instant the file is the old or the new one.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX
from roadmap.loading.positions import Document, parse
from roadmap.loading.source import read_text
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import KINDS, RESULTS, Baseline, Event, Promise, SavedPlan
from roadmap.model.problem import Fault, Problem, nearest
from roadmap.model.problem import Path as Place
from roadmap.model.profile import FIRST_DAY, LAST_DAY, as_date, as_number, make_profile

FORMAT = 1
BACKUPS = 3
LONGEST = 2000
MOST_HOURS = 1000
LOCK_SECONDS = 20

# Each entry lifts the plain data of that format to the next one.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}

# Keys of each kind of event beside id, date and event: those it must have, those it may have.
EVENT_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "started": (("step",), ()),
    "logged": (("step", "hours"), ()),
    "done": (("step",), ("hours", "evidence", "anyway", "teaches")),
    "skipped": (("step",), ("reason",)),
    "paused": (("from", "to"), ("reason",)),
    "exam": (("exam", "result"), ()),
    "note": (("text",), ("step",)),
    "replanned": (("text",), ()),
    "undone": (("of",), ()),
}
_NAMES = {"from": "first", "to": "last", "event": "kind", "date": "on"}
_TOP = ("format", "catalogue", "profile", "baseline", "journal")


@dataclass(eq=False, repr=False)
class Loaded:
    """A saved plan as it was read, the format it was written in, and what is wrong with the file."""

    saved: SavedPlan | None
    problems: list[Problem]
    format: int = FORMAT


# --- text to values --------------------------------------------------------------------------------------------------


def overlays_of(text: str, path: Path) -> list[Path]:
    """The catalogue files that a saved plan was made with beside the built-in ones. Raises RoadmapError if one is gone.

    They have to be known before the plan can be checked, so only this key is looked at; all else is `load_saved`'s.
    """
    if "\noverlays:" not in text:
        return []
    data = parse(text, str(path)).data
    named = data.get("overlays") if isinstance(data, Mapping) else None
    found = [path.parent / one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    for one in found:
        if not one.is_file():
            hint = "put it back, or name the files to use with --catalogue"
            raise RoadmapError(f"{path}: was made with the catalogue file {one}, which is not there", hint)
    return found


def looks_saved(data: object, name: str) -> bool:
    """Whether plain data is meant to be a saved plan."""
    return name.endswith(SUFFIX) or (isinstance(data, Mapping) and bool({"journal", "baseline"} & data.keys()))


def load_saved(text: str, name: str, catalogue: Catalogue) -> Loaded:
    """A saved plan from text, or None and every problem with its place. Older formats are lifted to this one."""
    if marker := _conflict(text, name):
        return Loaded(None, [marker])
    document = parse(text, name)
    reader = _Reader(document, catalogue)
    saved, written = reader.read()
    problems = document.problems + [document.problem(f) for f in reader.faults]
    broken = any(p.severity == "error" for p in problems)
    return Loaded(None if broken else saved, problems, written)


def _conflict(text: str, name: str) -> Problem | None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            hint = "keep the journal lines of both sides and remove the lines with <<<, === and >>>"
            message = "a merge was left unfinished here"
            return Problem("merge-conflict", "error", name, number, 1, message, hint, line, len(line))
    return None


class _Reader:
    """Checks plain data key by key; whatever is wrong is noted with its place and the rest is read on."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self.document = document
        self.catalogue = catalogue
        self.faults: list[Fault] = []

    def read(self) -> tuple[SavedPlan | None, int]:
        data = self.document.data
        if not isinstance(data, Mapping):
            if not self.document.problems:
                self._fault("wrong-type", (), "a saved plan must hold format, profile, baseline and journal")
            return None, FORMAT
        lifted, written = self._lift(dict(data))
        if lifted is None:
            return None, written
        self._keys(lifted, (), _TOP, ("overlays",))
        answers = self._answers(lifted.get("profile"))
        baseline = self._baseline(lifted.get("baseline"))
        journal = self._journal(lifted.get("journal"), baseline)
        catalogue = lifted.get("catalogue")
        if answers is None or baseline is None:
            return None, written
        return SavedPlan(FORMAT, str(catalogue), answers, baseline, journal, self._overlays(lifted)), written

    def _overlays(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        found = data.get("overlays", [])
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        self._fault("wrong-type", ("overlays",), "overlays must be a list of files", "such as [bootcamp.yaml]")
        return ()

    def _lift(self, data: dict[str, Any]) -> tuple[dict[str, Any] | None, int]:
        written = data.get("format", FORMAT)
        if not isinstance(written, int) or isinstance(written, bool) or written < min([FORMAT, *MIGRATIONS]):
            self._fault(
                "bad-format", ("format",), f"format must be a number up to {FORMAT}", f"this is format {FORMAT}"
            )
            return None, FORMAT
        if written > FORMAT:
            self._fault(
                "newer-format",
                ("format",),
                f"this plan was saved in format {written}, this roadmap knows formats up to {FORMAT}",
                "update roadmap; the file was left as it is",
            )
            return None, written
        for step in range(written, FORMAT):
            data = MIGRATIONS[step](data)
        return {**data, "format": FORMAT}, written

    def _fault(self, id_: str, path: Place, message: str, hint: str = "", *, at_key: bool = False) -> None:
        self.faults.append(Fault(id_, path, message, hint, at_key=at_key))

    def _keys(self, data: Mapping[str, Any], path: Place, must: tuple[str, ...], may: tuple[str, ...]) -> bool:
        for key in data:
            if key not in may and key not in must:
                hint = nearest(key, (*must, *may)) or "keys: " + ", ".join((*must, *may))
                self._fault("unknown-key", (*path, key), f'unknown key "{key}"', hint, at_key=True)
        missing = [k for k in must if k not in data]
        for key in missing:
            self._fault("missing-key", path, f'the key "{key}" is missing', f"add {key}:")
        return not missing

    def _answers(self, data: object) -> dict[str, object] | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", ("profile",), "profile must hold answers such as role: swe")
            return None
        _, faults = make_profile(data, self.catalogue, FIRST_DAY)
        for one in faults:
            path: Place = ("profile", *one.path)
            self.faults.append(Fault(one.id, path, one.message, one.hint, one.severity, at_key=one.at_key))
        if "start" not in data:
            self._fault("missing-key", ("profile",), 'the key "start" is missing', "add start: with the first day")
        return dict(data)

    def _baseline(self, data: object) -> Baseline | None:
        at: Place = ("baseline",)
        if not isinstance(data, Mapping):
            self._fault("wrong-type", at, "baseline must hold made_on, finish, spent, pace and steps")
            return None
        names = tuple(f.name for f in fields(Baseline))
        if not self._keys(data, at, names, ()):
            return None
        steps = data["steps"] if data["steps"] is not None else {}
        if not isinstance(steps, Mapping):
            self._fault("wrong-type", (*at, "steps"), "steps must map each step to its dates and hours")
            return None
        promises = {str(k): self._promise(v, (*at, "steps", k)) for k, v in steps.items()}
        made_on, finish = (self._day(data[k], (*at, k)) for k in ("made_on", "finish"))
        spent, pace = (self._hours(data[k], (*at, k), least=0) for k in ("spent", "pace"))
        return Baseline(made_on, finish, spent, pace, {k: p for k, p in promises.items() if p})

    def _promise(self, data: object, path: Place) -> Promise | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", path, f"{path[-1]} must hold start, finish and hours")
            return None
        if not self._keys(data, path, ("start", "finish", "hours"), ()):
            return None
        start, finish = (self._day(data[k], (*path, k)) for k in ("start", "finish"))
        if finish < start:
            self._fault("bad-dates", path, f"{path[-1]} finishes before it starts", "swap the two days")
        return Promise(start, finish, self._hours(data["hours"], (*path, "hours"), least=0))

    def _journal(self, data: object, baseline: Baseline | None) -> tuple[Event, ...]:
        if data is None:
            return ()
        if not isinstance(data, list):
            self._fault("wrong-type", ("journal",), "journal must be a list of events")
            return ()
        steps = {*self.catalogue.modules, *(baseline.steps if baseline else ())}
        found: dict[str, Event] = {}
        for i, one in enumerate(data):
            event = self._event(one, ("journal", i), steps)
            if event is None:
                continue
            if found.get(event.id, event) != event:
                hint = "give one of them another id"
                self._fault("duplicate-event", ("journal", i), f'two different events have the id "{event.id}"', hint)
            found[event.id] = event
        for i, one in enumerate(data):
            if isinstance(one, Mapping) and one.get("event") == "undone" and str(one.get("of")) not in found:
                self._fault("unknown-event", ("journal", i, "of"), f'no event has the id "{one.get("of")}"')
        return tuple(found.values())

    def _event(self, data: object, path: Place, steps: set[str]) -> Event | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", path, "an event must look like {date: 2026-12-01, event: note, text: ...}")
            return None
        kind = data.get("event")
        if kind not in KINDS:
            self._fault("unknown-event-kind", (*path, "event"), f'unknown event "{kind}"', _which(kind, KINDS))
            return None
        must, may = EVENT_KEYS[str(kind)]
        before = len(self.faults)
        if not self._keys(data, path, ("date", "event", *must), ("id", *may)):
            return None
        given = {_NAMES.get(str(k), str(k)): self._value(str(k), v, (*path, k), steps) for k, v in data.items()}
        if len(self.faults) > before:
            return None
        if kind == "paused" and given["last"] < given["first"]:
            self._fault("bad-dates", path, "this pause ends before it starts", "swap the two days")
        if "id" not in given:
            given["id"] = _fallback_id(data)
        return Event(**given)

    def _value(self, key: str, value: object, path: Place, steps: set[str]) -> Any:
        match key:
            case "date" | "from" | "to":
                return self._day(value, path)
            case "hours":
                return self._hours(value, path, least=0)
            case "anyway":
                return value is True
            case "result":
                if value not in RESULTS:
                    self._fault("bad-value", path, f'result cannot be "{value}"', "passed or failed")
                return value
            case "teaches":
                levels = value if isinstance(value, Mapping) else {}
                return {str(s): int(n) for s, n in levels.items() if as_number(n) in (0, 1, 2, 3, 4)}
            case "step":
                if value not in steps:
                    self._fault("unknown-step", path, f'unknown step "{value}"', nearest(value, steps))
            case "exam":
                if self.catalogue.certification(str(value)) is None:
                    hint = nearest(value, self.catalogue.certifications)
                    self._fault("unknown-certification", path, f'unknown certification "{value}"', hint)
        if len(str(value)) > LONGEST:
            self._fault("too-long", path, f"{key} has {len(str(value))} characters, at most {LONGEST} are kept")
        return str(value)

    def _day(self, value: object, path: Place) -> date:
        day = as_date(value)
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            self._fault("bad-date", path, f'{path[-1]} must be a day such as 2026-12-01, not "{value}"')
            return FIRST_DAY
        return day

    def _hours(self, value: object, path: Place, least: float) -> float:
        number = as_number(value)
        if number is None or not least <= number <= 100 * MOST_HOURS:
            self._fault("out-of-range", path, f'{path[-1]} must be a number of hours, not "{value}"')
            return 0.0
        return number


def _which(word: object, known: tuple[str, ...]) -> str:
    return nearest(word, known) or "one of: " + ", ".join(known)


def _fallback_id(data: Mapping[str, object]) -> str:
    """An id for an event that somebody wrote by hand: made of its content, so that it is the same for everybody."""
    from hashlib import blake2b

    content = json.dumps({k: str(v) for k, v in data.items()}, sort_keys=True)
    return blake2b(content.encode("utf-8", "replace"), digest_size=4).hexdigest()


# --- values to text --------------------------------------------------------------------------------------------------

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
        value = getattr(event, _NAMES.get(key, key))
        if key in must or value not in (None, "", False, {}):
            values[key] = value
    return f"  - {flow(values)}\n"


def saved_text(saved: SavedPlan) -> str:
    """The whole file."""
    return _head(saved, _HEAD) + "journal:\n" + "".join(event_line(e) for e in saved.journal)


def _head(saved: SavedPlan, comments: str) -> str:
    base = saved.baseline
    lines = [f"format: {FORMAT}", f"catalogue: {flow(saved.catalogue)}"]
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


def with_event(text: str, saved: SavedPlan, event: Event, catalogue: Catalogue) -> str:
    """The text with one more line at its end, all else untouched; written anew only where that cannot be done."""
    wanted = replace(saved, format=FORMAT, journal=(*saved.journal, event))
    last = re.findall(r"^( *)- ", text, re.MULTILINE)
    line = (last[-1] if last else "  ") + event_line(event).lstrip()
    return _checked(text.rstrip() + "\n" + line, wanted, catalogue)


def with_plan(text: str, saved: SavedPlan, catalogue: Catalogue) -> str:
    """The text with profile, baseline and catalogue version of `saved`; the lines of its journal stay as they are."""
    head, mark, journal = text.partition("\njournal:")
    comments = "".join(line + "\n" for line in head.splitlines() if line.lstrip().startswith("#"))
    before = replace(saved, format=FORMAT, journal=saved.journal[:-1])
    kept = _checked(_head(saved, comments) + mark.lstrip("\n") + journal, before, catalogue)
    return with_event(kept, before, saved.journal[-1], catalogue)


def _checked(text: str, wanted: SavedPlan, catalogue: Catalogue) -> str:
    """The text when it reads as what it is meant to say, else the whole file written anew."""
    return text if load_saved(text, "", catalogue).saved == wanted else saved_text(wanted)


# --- saving ----------------------------------------------------------------------------------------------------------


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else saves this plan meanwhile. Raises RoadmapError when the lock cannot be had or made."""
    from filelock import FileLock, Timeout

    real = path.resolve()
    lock = FileLock(real.with_name(f".{real.name}.lock"), timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise RoadmapError(f"{path}: another roadmap is saving this plan", "try again when it is done") from error
    except (OSError, NotImplementedError) as error:
        raise _unsaved(path, error) from error
    try:
        yield
    finally:
        lock.release()


def write_saved(path: Path, text: str, before: str | None) -> None:
    """Put `text` in the place of `before` (None: a new file), under the lock of `locked`.

    Raises RoadmapError, the file untouched, when it cannot be written or is no longer what it was when it was read.
    """
    real = path.resolve()
    beside = real.with_name(f".{real.name}.new")
    try:
        if before is None and real.exists():
            raise RoadmapError(f"{path}: exists already", "choose another name, or change it with roadmap replan")
        _write(beside, text, real.stat().st_mode & 0o777 if before is not None else None)
        if before is not None:
            if read_text(real) != before:
                raise RoadmapError(f"{path}: was changed meanwhile; nothing was saved", "run the command again")
            _keep_backup(real)
        beside.replace(real)
        _flush_folder(real.parent)
    except OSError as error:
        raise _unsaved(path, error) from error
    finally:
        if beside.exists():
            beside.unlink()


def keep_format(path: Path, written: int) -> Path:
    """A copy of a file in an older format, kept for good beside it, before it is written in this one."""
    import shutil

    real = path.resolve()
    copy = real.with_name(f"{real.name}.format{written}.bak")
    try:
        shutil.copy2(real, copy)
    except OSError as error:
        raise _unsaved(path, error) from error
    return copy


def backup_of(path: Path) -> Path:
    """Where the state before the last change is kept."""
    real = path.resolve()
    return real.with_name(real.name + ".bak")


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

    names = [path.with_name(f"{path.name}.bak{n if n > 1 else ''}") for n in range(1, BACKUPS + 1)]
    for older, newer in zip(reversed(names), list(reversed(names))[1:], strict=False):
        if newer.exists():
            newer.replace(older)
    beside = path.with_name(f".{path.name}.bak.new")
    shutil.copy2(path, beside)
    beside.replace(names[0])


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


def _unsaved(path: Path, error: Exception) -> RoadmapError:
    why = getattr(error, "strerror", None) or str(error)
    hint = "the plan is as it was; check free space and permissions of its folder"
    return RoadmapError(f"{path}: could not be saved ({why})", hint)
