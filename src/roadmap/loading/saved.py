"""Saved plans read: text to values with every problem placed.

Reading needs no lock, since a file is only ever replaced whole (`roadmap.loading.saving`).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX
from roadmap.loading.positions import LARGE, Document, parse, unswept
from roadmap.model.catalogue import Catalogue
from roadmap.model.checking import is_unicode
from roadmap.model.journal import EVENT_KEYS, KINDS, RESULTS, Baseline, Event, Promise, SavedPlan
from roadmap.model.problem import Fault, Faults, Problem, nearest
from roadmap.model.problem import Path as Place
from roadmap.model.profile import FIRST_DAY, as_date, as_number, make_profile
from roadmap.model.recorded import (
    FASTEST,
    LONGEST,
    LONGEST_NOTE,
    MOST_BACK,
    SLOWEST,
    short,
    wrong_day,
    wrong_hours,
    wrong_number,
    wrong_text,
)

FORMAT = 1
# Far more than any catalogue has modules.
MOST_STEPS = 5000
MOST_OVERLAYS = 100
LONGEST_PATH = 1000

# Each entry lifts the plain data of that format to the next one.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}

NAMES = {"from": "first", "to": "last", "event": "kind", "date": "on"}
_EVENT = re.compile(r"\s*- \{.*\}\s*\Z")
_ONCE = ("format:", "id:", "overlays:")
_REPLANNED = "event: replanned"
_TOP = ("format", "catalogue", "profile", "baseline", "journal")


@dataclass(eq=False, repr=False)
class Loaded:
    """A saved plan as it was read, the format it was written in, and what is wrong with the file.

    `mended` says that two sides of a merge were put together, so that the file is to be written anew.
    """

    saved: SavedPlan | None
    problems: list[Problem]
    format: int = FORMAT
    mended: bool = False


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
        if not _is_file(one):
            hint = "put it back, or name the files to use with --catalogue"
            shown = one if len(str(one)) <= LONGEST_PATH else short(str(one))
            raise RoadmapError(f"{path}: was made with the catalogue file {shown}, which is not there", hint)
    return found


def _is_file(path: Path) -> bool:
    """Whether a file is there; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def looks_saved(data: object, name: str) -> bool:
    """Whether plain data is meant to be a saved plan."""
    return name.endswith(SUFFIX) or (isinstance(data, Mapping) and bool({"journal", "baseline"} & data.keys()))


def load_saved(text: str, name: str, catalogue: Catalogue, document: Document | None = None) -> Loaded:
    """A saved plan from text, or None and every problem with its place. Older formats are lifted to this one.

    `document` is the text parsed already, if it was.
    """
    if marker := _conflict(text, name):
        return Loaded(None, [marker])
    document = document or parse(text, name)
    mended = _mended(text, name) if document.problems and _REPLANNED in text else None
    document = mended or document
    reader = _Reader(document, catalogue)
    with unswept(large=len(text) > LARGE):
        saved, written = reader.read()
    problems = document.problems + [document.problem(f) for f in reader.faults.closed()]
    broken = any(p.severity == "error" for p in problems)
    return Loaded(None if broken else saved, problems, written, mended is not None)


def _mended(text: str, name: str) -> Document | None:
    """A plan whose lines stand there twice since both sides of a merge replanned: the later replan counts.

    Git keeps the lines of both sides. Each replan keeps in its line of the journal what it made, so that nothing has
    to be guessed. None where that is not what is wrong.
    """
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if _EVENT.match(line))
    head = dict.fromkeys(line for line in text.splitlines() if line.startswith(_ONCE))
    document = parse("\n".join([*head, "journal:", *(f"  {line}" for line in lines)]), name)
    data = document.data
    if document.problems or not isinstance(data, Mapping) or not isinstance(data.get("journal"), list):
        return None
    events = [e for e in data["journal"] if isinstance(e, Mapping)]
    undone = {e.get("of") for e in events}
    made = [e for e in events if isinstance(e.get("made"), Mapping) and e.get("id") not in undone]
    if not made:
        return None
    last = max(made, key=lambda e: (str(e.get("date")), str(e.get("id"))))
    return Document(name, text, {**data, **last["made"]})


def before_replan(saved: SavedPlan, event: Event, catalogue: Catalogue) -> SavedPlan:
    """The plan with the answers and the promise that a replan replaced. Raises RoadmapError when they are broken."""
    reader = _Reader(Document("the journal", "", {}), catalogue)
    answers, baseline = reader.before(event.was)
    if answers is None or baseline is None or any(f.severity == "error" for f in reader.faults):
        raise RoadmapError("what was before the replan can no longer be read", "roadmap replan makes a new plan")
    return replace(saved, answers=answers, baseline=baseline, catalogue=str(event.was["catalogue"]))


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
        self.faults = Faults()
        # Many words of a journal come again and again.
        self._texts: dict[str, str] = {}

    def read(self) -> tuple[SavedPlan | None, int]:
        data = self.document.data
        if not isinstance(data, Mapping):
            if not self.document.problems:
                self._fault("wrong-type", (), "a saved plan must hold format, profile, baseline and journal")
            return None, FORMAT
        lifted, written = self._lift(dict(data))
        if lifted is None:
            return None, written
        self._keys(lifted, (), _TOP, ("overlays", "id"))
        answers = self._answers(lifted.get("profile"))
        baseline = self._baseline(lifted.get("baseline"))
        journal = self._journal(lifted.get("journal"), baseline)
        catalogue = lifted.get("catalogue")
        if catalogue is not None and (why := wrong_text(catalogue)):
            self._fault("bad-value", ("catalogue",), f"catalogue {why}")
        if answers is None or baseline is None:
            return None, written
        begins = as_date(answers.get("start"))
        if begins and baseline.finish < begins:
            message = f"finish {baseline.finish} lies before the first day of the plan, {begins}"
            self._fault("bad-dates", ("baseline", "finish"), message, "write a later day, or take the edit back")
        own = lifted.get("id") or ""
        if why := wrong_text(own):
            self._fault("bad-value", ("id",), f"id {why}")
        return SavedPlan(FORMAT, str(catalogue), answers, baseline, journal, self._overlays(lifted), str(own)), written

    def _overlays(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        found = data.get("overlays", [])
        if isinstance(found, list) and len(found) <= MOST_OVERLAYS:
            wrong = [i for i, one in enumerate(found) if not isinstance(one, str) or not 0 < len(one) <= LONGEST_PATH]
            for i in wrong:
                self._fault("bad-value", ("overlays", i), f"{short(found[i])} is no name of a file")
            return () if wrong else tuple(found)
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
            message = f"this plan was saved in format {written}, this roadmap knows formats up to {FORMAT}"
            self._fault("newer-format", ("format",), message, "update roadmap; the file was left as it is")
            return None, written
        for step in range(written, FORMAT):
            data = MIGRATIONS[step](data)
        return {**data, "format": FORMAT}, written

    def _fault(self, id_: str, path: Place, message: str, hint: str = "", *, at_key: bool = False) -> None:
        self.faults.append(Fault(id_, path, message, hint, at_key=at_key))

    def _keys(self, data: Mapping[str, Any], path: Place, must: tuple[str, ...], may: tuple[str, ...]) -> bool:
        for key in data:
            if key not in may and key not in must and not self.faults.passed_over():
                hint = nearest(key, (*must, *may)) or "keys: " + ", ".join((*must, *may))
                self._fault("unknown-key", (*path, key), f"unknown key {short(key)}", hint, at_key=True)
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
        if data.get("start") is None:
            self._fault("missing-key", ("profile",), 'the key "start" is missing', "add start: with the first day")
        return dict(data)

    def _was(self, value: object, path: Place) -> Mapping[str, object]:
        """What a replan replaced. Its answers may be of another catalogue, so that only their form is checked here."""
        if not isinstance(value, Mapping) or not self._keys(value, path, ("catalogue", "profile", "baseline"), ()):
            self._fault("wrong-type", path, "was must hold catalogue, profile and baseline", "remove it")
            return {}
        profile = value["profile"]
        if not isinstance(profile, Mapping) or not is_unicode(json.dumps(profile, ensure_ascii=False)):
            self._fault("wrong-type", (*path, "profile"), "profile must hold answers such as role: swe")
        if why := wrong_text(value["catalogue"]):
            self._fault("bad-value", (*path, "catalogue"), f"catalogue {why}")
        self._baseline(value["baseline"], (*path, "baseline"))
        return dict(value)

    def before(self, was: Mapping[str, object]) -> tuple[dict[str, object] | None, Baseline | None]:
        """Answers and promise as they were before a replan."""
        return self._answers(was.get("profile")), self._baseline(was.get("baseline"))

    def _baseline(self, data: object, at: Place = ("baseline",)) -> Baseline | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", at, "baseline must hold made_on, finish, spent, pace and steps")
            return None
        names = tuple(f.name for f in fields(Baseline))
        if not self._keys(data, at, names, ()):
            return None
        steps = data["steps"] if data["steps"] is not None else {}
        if not isinstance(steps, Mapping) or len(steps) > MOST_STEPS:
            most = f"at most {MOST_STEPS} are read" if isinstance(steps, Mapping) else ""
            self._fault("wrong-type", (*at, "steps"), "steps must map each step to its dates and hours", most)
            return None
        promises = {str(k): self._promise(v, (*at, "steps", k)) for k, v in steps.items()}
        made_on, finish = (self._day(data[k], (*at, k)) for k in ("made_on", "finish"))
        spent = self._hours(data["spent"], (*at, "spent"))
        pace = self._checked(data["pace"], (*at, "pace"), wrong_number(data["pace"], FASTEST, SLOWEST, ""))
        return Baseline(made_on, finish, spent, pace, {k: p for k, p in promises.items() if p})

    def _promise(self, data: object, path: Place) -> Promise | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", path, f"{short(path[-1])} must hold start, finish and hours")
            return None
        if not self._keys(data, path, ("start", "finish", "hours"), ()):
            return None
        start, finish = (self._day(data[k], (*path, k)) for k in ("start", "finish"))
        if finish < start:
            self._fault("bad-dates", path, f"{short(path[-1])} finishes before it starts", "swap the two days")
        return Promise(start, finish, self._hours(data["hours"], (*path, "hours")))

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
                self._fault("unknown-event", ("journal", i, "of"), f"no event has the id {short(one.get('of'))}")
        return tuple(found.values())

    def _event(self, data: object, path: Place, steps: set[str]) -> Event | None:
        if not isinstance(data, Mapping):
            self._fault("wrong-type", path, "an event must look like {date: 2026-12-01, event: note, text: ...}")
            return None
        kind = data.get("event")
        if kind not in KINDS:
            if not self.faults.passed_over():
                hint = nearest(kind, KINDS) or "one of: " + ", ".join(KINDS)
                self._fault("unknown-event-kind", (*path, "event"), f"unknown event {short(kind)}", hint)
            return None
        must, may = EVENT_KEYS[str(kind)]
        before = self.faults.found
        if not self._keys(data, path, ("date", "event", *must), ("id", *may)):
            return None
        given = {NAMES.get(str(k), str(k)): self._value(str(k), v, (*path, k), steps) for k, v in data.items()}
        if self.faults.found > before:
            return None
        if kind == "paused" and given["last"] < given["first"]:
            self._fault("bad-dates", path, "this pause ends before it starts", "swap the two days")
        if "id" not in given:
            given["id"] = _fallback_id(data)
        return Event(**given)

    def _value(self, key: str, value: object, path: Place, steps: set[str]) -> Any:
        match key:
            case "date" | "from" | "to" | "deadline":
                return self._day(value, path)
            case "hours":
                return self._hours(value, path, least=-MOST_BACK)
            case "anyway":
                return value is True
            case "was" | "made":
                return self._was(value, path)
            case "result":
                if value not in RESULTS:
                    self._fault("bad-value", path, f"result cannot be {short(value)}", "passed or failed")
                return value
            case "teaches":
                return self._levels(value, path)
        if why := wrong_text(value, LONGEST_NOTE if key == "text" else LONGEST):
            self._fault("too-long" if "characters, at" in why else "bad-value", path, f"{key} {why}")
            return ""
        text = str(value)
        if key == "step" and text not in steps and not self.faults.passed_over():
            self._fault("unknown-step", path, f"unknown step {short(text)}", nearest(text, steps))
        if key == "goal" and text not in self.catalogue.goals and not self.faults.passed_over():
            self._fault("unknown-goal", path, f"unknown goal {short(text)}", nearest(text, self.catalogue.goals))
        if key == "exam" and self.catalogue.certification(text) is None and not self.faults.passed_over():
            hint = nearest(text, self.catalogue.certifications)
            self._fault("unknown-certification", path, f"unknown certification {short(text)}", hint)
        return self._texts.setdefault(text, text)

    def _levels(self, value: object, path: Place) -> dict[str, int]:
        """What a finished module taught. A skill that the catalogue no longer has is kept, and counts for nothing."""
        if not isinstance(value, Mapping):
            self._fault("wrong-type", path, f"teaches must map skills to levels, not {short(value)}")
            return {}
        for skill, level in value.items():
            if as_number(level) not in (0, 1, 2, 3, 4):
                message = f"the level of {short(skill)} must be 0 to 4, not {short(level)}"
                self._fault("bad-level", (*path, skill), message)
        return {str(s): int(as_number(n) or 0) for s, n in value.items()}

    def _day(self, value: object, path: Place) -> date:
        if why := wrong_day(value):
            self._fault("bad-date", path, f"{short(path[-1]).strip(chr(34))} {why}")
            return FIRST_DAY
        return as_date(value) or FIRST_DAY

    def _hours(self, value: object, path: Place, least: float = 0) -> float:
        return self._checked(value, path, wrong_hours(value, least))

    def _checked(self, value: object, path: Place, why: str) -> float:
        if why:
            self._fault("out-of-range", path, f"{path[-1]} {why}")
            return 0.0
        return as_number(value) or 0.0


def _fallback_id(data: Mapping[str, object]) -> str:
    """An id for an event that somebody wrote by hand: made of its content, so that it is the same for everybody."""
    from hashlib import blake2b

    content = json.dumps({k: str(v) for k, v in data.items()}, sort_keys=True)
    return blake2b(content.encode("utf-8", "replace"), digest_size=4).hexdigest()
