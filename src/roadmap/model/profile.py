"""The answers of one person, and the one check every door uses: files, flags, the interview and batch rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Fault, Path, nearest

LEVELS = ("entry", "mid", "senior")
CERTIFICATIONS = ("none", "one", "all")
LANGUAGES = ("en",)
NO_DOMAIN = "none"
ANY_CLOUD = "any"
LONGEST_TEXT = 200
MOST_NAMED = 20


@dataclass(frozen=True)
class Break:
    """No study and no exam from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Range:
    """Other hours a week from `first` to `last`, both included."""

    first: date
    last: date
    hours_per_week: float


@dataclass(frozen=True)
class Availability:
    """When a person can study, beside the usual hours a week.

    `days` are the shares of Monday to Sunday (empty: every day alike); `ranges` have other hours; every
    `rest_every`-th week is free; `buffer_percent` of all hours stay unplanned.
    """

    days: tuple[int, ...] = ()
    ranges: tuple[Range, ...] = ()
    rest_every: int | None = None
    buffer_percent: int = 0


def in_break(day: date, breaks: Iterable[Break]) -> Break | None:
    """The break a day falls into, or None."""
    return next((b for b in breaks if b.first <= day <= b.last), None)


@dataclass(frozen=True)
class Profile:
    """A person's answers with every default filled in. `skills` holds only what the person said of themselves;
    `have` is the baseline of the starting role with those answers laid over it (levels 0 to 4). `keep` and `skip`
    name modules the person wants in or out, whatever the rules say. `confidence` is the percent with which the
    deadline has to hold, `review` asks for recall slots, `postings` narrows the job postings that are counted, `aims`
    are skills to reach at working level whatever the role asks for.
    """

    role: str
    target: str
    level: str
    name: str
    goals: tuple[str, ...]
    hours_per_week: float
    start: date
    deadline: date | None
    budget_usd: float | None
    cloud: str
    domain: str
    certifications: str
    holds: tuple[str, ...]
    skills: Mapping[str, int]
    have: Mapping[str, int]
    breaks: tuple[Break, ...]
    language: str
    keep: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    availability: Availability = Availability()
    confidence: int = 50
    review: bool = False
    postings: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()


Check = Callable[[object, Path, Catalogue, list[Fault]], object]


@dataclass(frozen=True)
class Field:
    """A key of a profile: how it is checked, what it defaults to, and its words for help and questions."""

    name: str
    check: Check
    help: str
    metavar: str
    schema: Mapping[str, object]


def _fault(faults: list[Fault], id_: str, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> None:
    faults.append(Fault(id_, path, message, hint, at_key=at_key))


def _say(value: object) -> str:
    text = str(value)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def _one_of(value: object, path: Path, known: Iterable[str], what: str, faults: list[Fault]) -> str | None:
    known = tuple(known)
    if isinstance(value, str) and value in known:
        return value
    listed = "one of: " + ", ".join(known) if len(known) <= MOST_NAMED else f"roadmap show {what}s lists them"
    hint = nearest(value, known) or listed
    _fault(faults, f"unknown-{what}", path, f"unknown {what.replace('-', ' ')} {_say(value)}", hint)
    return None


def _items(value: object, path: Path, faults: list[Fault]) -> list[object]:
    """A list as it is; a text split at commas, so that `--goals job,agents` and `goals: job, agents` mean the same."""
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    _fault(faults, "wrong-type", path, f"{path[-1]} must be a list, not {_say(value)}")
    return []


def _known_list(what: str, known: Callable[[Catalogue], Iterable[str]]) -> Check:
    def check(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
        given = _items(value, path, faults)
        names = tuple(known(catalogue))
        found = [_one_of(v, (*path, i), names, what, faults) for i, v in enumerate(given)]
        return tuple(sorted({f for f in found if f is not None}, key=names.index))

    return check


def _choice(what: str, known: Callable[[Catalogue], Iterable[str]]) -> Check:
    def check(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
        return _one_of(value, path, known(catalogue), what, faults)

    return check


def _text(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    if not isinstance(value, str):
        _fault(faults, "wrong-type", path, f"{path[-1]} must be text, not {_say(value)}", "put it in quotes")
        return None
    if len(value) > LONGEST_TEXT:
        _fault(
            faults,
            "too-long",
            path,
            f"{path[-1]} has {len(value)} characters, at most {LONGEST_TEXT} are kept",
        )
        return None
    return value


def as_number(value: object) -> float | None:
    """A number given as such or as text; None for anything else, truth values and infinities included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, (int, float)) or not abs(value) < 1e12:
        return None
    return int(value) if value == int(value) else float(value)


def _number(low: float, high: float | None, unit: str) -> Check:
    def check(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
        number = as_number(value)
        if number is None:
            _fault(faults, "wrong-type", path, f"{path[-1]} must be a number of {unit}, not {_say(value)}")
        elif number < low or (high is not None and number > high):
            allowed = f"from {low:g} to {high:g}" if high is not None else f"{low:g} or more"
            _fault(faults, "out-of-range", path, f"{path[-1]} must be {allowed}, not {number:g}")
        else:
            return number
        return None

    return check


def as_date(value: object) -> date | None:
    """A calendar day given as such or as YYYY-MM-DD; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value.strip()) == 10:
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def _date(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    day = as_date(value)
    if day is None:
        _fault(faults, "bad-date", path, f"{path[-1]} must be a day such as 2026-12-01, not {_say(value)}")
        return None
    if not FIRST_DAY <= day <= LAST_DAY:
        _fault(faults, "out-of-range", path, f"{path[-1]} must lie between {FIRST_DAY} and {LAST_DAY}, not {day}")
        return None
    return day


def _levels(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    if isinstance(value, str):
        pairs = [part.partition("=") for part in _items(value, path, faults) if isinstance(part, str)]
        value = {k.strip(): v.strip() for k, _, v in pairs}
    if not isinstance(value, Mapping):
        _fault(
            faults,
            "wrong-type",
            path,
            f'skills must map skills to levels, such as "rag: 2", not {_say(value)}',
        )
        return None
    out: dict[str, int] = {}
    for name, given in value.items():
        here = (*path, name)
        if name not in catalogue.skills:
            hint = nearest(name, catalogue.skills) or "roadmap show skills lists them"
            _fault(faults, "unknown-skill", here, f"unknown skill {_say(name)}", hint, at_key=True)
            continue
        level = as_number(given)
        if level is None or level not in (0, 1, 2, 3, 4):
            hint = "0 none, 1 aware, 2 working, 3 proficient, 4 expert"
            _fault(faults, "bad-level", here, f"the level of {name} must be 0 to 4, not {_say(given)}", hint)
            continue
        out[name] = int(level)
    return {s: out[s] for s in catalogue.skills if s in out}


def _period(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> Break | None:
    if isinstance(value, str) and (" to " in value or ".." in value):
        first, _, last = value.partition(" to ") if " to " in value else value.partition("..")
        value = {"from": first.strip(), "to": last.strip()}
    if not isinstance(value, Mapping) or not {"from", "to"} <= set(value):
        _fault(
            faults,
            "bad-break",
            path,
            f"a break needs a first and a last day, not {_say(value)}",
            "for example {from: 2026-12-20, to: 2027-01-03}",
        )
        return None
    for extra in sorted(str(k) for k in set(value) - {"from", "to"}):
        _fault(
            faults,
            "unknown-key",
            (*path, extra),
            f'unknown key "{extra}" in a break',
            "keys: from, to",
            at_key=True,
        )
    first_day = _date(value["from"], (*path, "from"), catalogue, faults)
    last_day = _date(value["to"], (*path, "to"), catalogue, faults)
    if not isinstance(first_day, date) or not isinstance(last_day, date):
        return None
    if last_day < first_day:
        _fault(
            faults,
            "bad-break",
            path,
            f"a break ends before it starts: {first_day} to {last_day}",
            "swap the two days",
        )
        return None
    return Break(first_day, last_day)


def _breaks(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """Breaks, and after them the periods that are not free but lighter, which say their hours a week."""
    off: list[Break] = []
    lighter: list[Range] = []
    for i, given in enumerate(_items(value, path, faults)):
        period = _with_hours(given)
        if isinstance(period, Mapping) and as_number(period.get("hours_per_week", 0)) != 0:
            other = _range(period, (*path, i), catalogue, faults)
            lighter += [other] if other else []
        else:
            free = {k: v for k, v in period.items() if k != "hours_per_week"} if isinstance(period, Mapping) else period
            one = _period(free, (*path, i), catalogue, faults)
            off += [one] if one else []
    return (*merged(off), *sorted(lighter, key=lambda r: (r.first, r.last, r.hours_per_week)))


def _with_hours(value: object) -> object:
    """FROM..TO=HOURS, as a flag writes a lighter period, in the form a file has."""
    if not isinstance(value, str) or "=" not in value:
        return value
    days, _, hours = value.partition("=")
    first, _, last = days.partition(" to ") if " to " in days else days.partition("..")
    return {"from": first.strip(), "to": last.strip(), "hours_per_week": hours.strip()}


def merged(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Breaks in order, with those that touch or overlap joined, so that their order in the input does not matter."""
    out: list[Break] = []
    for one in sorted(breaks, key=lambda b: (b.first, b.last)):
        if out and one.first <= out[-1].last + timedelta(days=1):
            out[-1] = Break(out[-1].first, max(out[-1].last, one.last))
        else:
            out.append(one)
    return tuple(out)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CONFIDENCES = (50, 80, 95)
_AVAILABILITY_KEYS = ("days", "ranges", "rest_every", "buffer_percent")


def _availability_from_text(text: str) -> dict[str, object]:
    """mon=2,sat=6,2027-01-04..2027-01-31=20,rest=8,buffer=10 as the mapping a file would hold."""
    days: dict[str, object] = {}
    ranges: list[dict[str, str]] = []
    out: dict[str, object] = {}
    for part in (p.strip() for p in text.split(",") if p.strip()):
        key, _, value = (x.strip() for x in part.partition("="))
        if ".." in key:
            first, _, last = key.partition("..")
            ranges.append({"from": first.strip(), "to": last.strip(), "hours_per_week": value})
        elif key in ("rest", "buffer"):
            out["rest_every" if key == "rest" else "buffer_percent"] = value
        else:
            days[key] = value
    return {**out, **({"days": days} if days else {}), **({"ranges": ranges} if ranges else {})}


def _availability(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    if isinstance(value, str):
        value = _availability_from_text(value)
    if not isinstance(value, Mapping):
        hint = "for example {days: {mon: 2, sat: 6}, rest_every: 8}"
        _fault(faults, "wrong-type", path, f"availability must hold keys, not {_say(value)}", hint)
        return None
    for key in (k for k in value if k not in _AVAILABILITY_KEYS):
        hint = nearest(key, _AVAILABILITY_KEYS) or "keys: " + ", ".join(_AVAILABILITY_KEYS)
        _fault(faults, "unknown-key", (*path, key), f"unknown key {_say(key)} in availability", hint, at_key=True)
    days = _weekdays(value.get("days") or {}, (*path, "days"), catalogue, faults)
    ranges = [
        _range(one, (*path, "ranges", i), catalogue, faults)
        for i, one in enumerate(_items(value.get("ranges") or [], (*path, "ranges"), faults))
    ]
    rest = value.get("rest_every")
    every = None if rest is None else _number(2, 52, "weeks")(rest, (*path, "rest_every"), catalogue, faults)
    kept = value.get("buffer_percent") or 0
    buffer = _number(0, 50, "percent")(kept, (*path, "buffer_percent"), catalogue, faults)
    return Availability(
        days=days,
        ranges=tuple(sorted((r for r in ranges if r), key=lambda r: (r.first, r.last, r.hours_per_week))),
        rest_every=int(every) if isinstance(every, (int, float)) else None,
        buffer_percent=int(buffer) if isinstance(buffer, (int, float)) else 0,
    )


def _weekdays(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> tuple[int, ...]:
    if not isinstance(value, Mapping):
        _fault(
            faults,
            "wrong-type",
            path,
            f"days must map weekdays to hours, not {_say(value)}",
            "such as {mon: 2, sat: 6}",
        )
        return ()
    hours = dict.fromkeys(WEEKDAYS, 0)
    before = len(faults)
    for day, given in value.items():
        here = (*path, day)
        if day not in WEEKDAYS:
            hint = nearest(day, WEEKDAYS) or "days: " + ", ".join(WEEKDAYS)
            _fault(faults, "unknown-weekday", here, f"unknown weekday {_say(day)}", hint, at_key=True)
            continue
        number = _number(0, 24, "hours")(given, here, catalogue, faults)
        hours[day] = int(number * 4) if isinstance(number, (int, float)) else 0
    if value and not any(hours.values()) and len(faults) == before:
        _fault(faults, "no-hours-left", path, "no weekday has any hours", "give one of them hours")
    return tuple(hours.values()) if any(hours.values()) else ()


def _range(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> Range | None:
    if not isinstance(value, Mapping) or "hours_per_week" not in value:
        hint = "for example {from: 2027-01-04, to: 2027-01-31, hours_per_week: 20}"
        _fault(faults, "bad-break", path, f"a range needs two days and its hours_per_week, not {_say(value)}", hint)
        return None
    period = _period({k: v for k, v in value.items() if k != "hours_per_week"}, path, catalogue, faults)
    hours = _number(0, 60, "hours")(value["hours_per_week"], (*path, "hours_per_week"), catalogue, faults)
    if period is None or not isinstance(hours, (int, float)):
        return None
    return Range(period.first, period.last, hours)


def _choice_of_numbers(allowed: tuple[int, ...]) -> Check:
    def check(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
        number = as_number(value)
        if number in allowed:
            return int(number or 0)
        known = ", ".join(str(n) for n in allowed)
        _fault(faults, "out-of-range", path, f"{path[-1]} must be one of {known}, not {_say(value)}")
        return None

    return check


def _truth(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    said = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(str(value).casefold())
    if said is None:
        _fault(faults, "wrong-type", path, f"{path[-1]} must be yes or no, not {_say(value)}")
    return said


def _holds(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    held: set[str] = set()
    for i, name in enumerate(_items(value, path, faults)):
        cert = catalogue.certification(str(name))
        if cert is None:
            labels = [c.code for c in catalogue.certifications.values() if c.code] + list(catalogue.certifications)
            hint = nearest(name, labels) or "roadmap show certifications lists them"
            _fault(faults, "unknown-certification", (*path, i), f"unknown certification {_say(name)}", hint)
        else:
            held.add(cert.id)
    return tuple(c for c in catalogue.certifications if c in held)


_DAY: Mapping[str, object] = {"type": "string", "format": "date"}
_WORD: Mapping[str, object] = {"type": "string"}
_WORDS: Mapping[str, object] = {"type": "array", "items": _WORD}

FIELDS: tuple[Field, ...] = (
    Field(
        "role",
        _choice("role", lambda c: [r.id for r in c.roles.values() if r.start]),
        "Where you stand today.",
        "ROLE",
        _WORD,
    ),
    Field(
        "target",
        _choice("target", lambda c: [r.id for r in c.roles.values() if r.target]),
        "The role you aim at.",
        "ROLE",
        _WORD,
    ),
    Field("level", _choice("level", lambda _: LEVELS), "The level you aim at.", "LEVEL", {"enum": LEVELS}),
    Field("name", _text, "Shown on the plan, never interpreted.", "TEXT", _WORD),
    Field("goals", _known_list("goal", lambda c: c.goals), "What should be true at the end.", "GOAL,...", _WORDS),
    Field(
        "hours_per_week",
        _number(1, 60, "hours"),
        "Hours you can study in a normal week.",
        "HOURS",
        {"type": "number", "minimum": 1, "maximum": 60},
    ),
    Field("start", _date, "First day of study; default today.", "DATE", _DAY),
    Field("deadline", _date, "The day by which it must be done.", "DATE", _DAY),
    Field(
        "budget_usd",
        _number(0, None, "US dollars"),
        "Money for exams and courses in US dollars; 0 means free only.",
        "USD",
        {"type": "number", "minimum": 0},
    ),
    Field("cloud", _choice("cloud", lambda c: [*c.clouds, ANY_CLOUD]), "The cloud to learn on.", "CLOUD", _WORD),
    Field(
        "domain",
        _choice("domain", lambda c: [*c.specialisations, NO_DOMAIN]),
        "A regulated field to specialise in.",
        "DOMAIN",
        _WORD,
    ),
    Field(
        "certifications",
        _choice("certifications", lambda _: CERTIFICATIONS),
        "How many exams you want.",
        "HOW-MANY",
        {"enum": CERTIFICATIONS},
    ),
    Field("holds", _holds, "Certifications you already hold, by code or id.", "CODE,...", _WORDS),
    Field(
        "skills",
        _levels,
        "Your own levels where they differ from your role's usual ones.",
        "SKILL=LEVEL,...",
        {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 4}},
    ),
    Field(
        "breaks",
        _breaks,
        "Periods without study or exams; with =HOURS lighter ones of so many hours a week.",
        "FROM..TO,...",
        {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["from", "to"],
                "properties": {
                    "from": _DAY,
                    "to": _DAY,
                    "hours_per_week": {"type": "number", "minimum": 0, "maximum": 60},
                },
            },
        },
    ),
    Field(
        "language",
        _choice("language", lambda _: LANGUAGES),
        "Language of the plan.",
        "CODE",
        {"enum": LANGUAGES},
    ),
    Field(
        "keep",
        _known_list("module", lambda c: c.modules),
        "Modules to keep in the plan, whatever the rules say.",
        "MODULE,...",
        _WORDS,
    ),
    Field(
        "skip",
        _known_list("module", lambda c: c.modules),
        "Modules to leave out, unless a kept one needs them.",
        "MODULE,...",
        _WORDS,
    ),
    Field(
        "availability",
        _availability,
        "When you study: mon=2,sat=6 (weekdays), 2027-01-04..2027-01-31=20 (other hours), rest=8, buffer=10.",
        "KEY=VALUE,...",
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "days": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 24}},
                "ranges": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["from", "to", "hours_per_week"],
                        "properties": {
                            "from": _DAY,
                            "to": _DAY,
                            "hours_per_week": {"type": "number", "minimum": 0, "maximum": 60},
                        },
                    },
                },
                "rest_every": {"type": "integer", "minimum": 2, "maximum": 52},
                "buffer_percent": {"type": "integer", "minimum": 0, "maximum": 50},
            },
        },
    ),
    Field(
        "confidence",
        _choice_of_numbers(CONFIDENCES),
        "Percent with which the deadline has to hold: 50, 80 or 95.",
        "PERCENT",
        {"enum": CONFIDENCES},
    ),
    Field(
        "review", _truth, "Keep short slots in later weeks to recall what was learnt.", "yes|no", {"type": "boolean"}
    ),
    Field(
        "postings",
        _known_list("posting-group", lambda c: c.market.groups),
        "Count only these job postings: seniorities (entry, mid, senior, expert) and countries (US, IN, GB, ...).",
        "GROUP,...",
        _WORDS,
    ),
    Field(
        "aims",
        _known_list("skill", lambda c: c.skills),
        "Skills to reach at working level beside what the role asks for; --job reads them from a posting.",
        "SKILL,...",
        _WORDS,
    ),
)
KEYS = tuple(f.name for f in FIELDS)


def check_answer(key: str, value: object, catalogue: Catalogue) -> tuple[object, list[Fault]]:
    """One answer, checked as in a file: its value in the form the profile keeps, and what is wrong with it."""
    faults: list[Fault] = []
    checker = next(f.check for f in FIELDS if f.name == key)
    return checker(value, (key,), catalogue, faults), faults


def make_profile(
    answers: Mapping[str, object], catalogue: Catalogue, today: date
) -> tuple[Profile | None, list[Fault]]:
    """A profile with defaults filled in, or None with every problem of the answers.

    A key whose value is None counts as not answered.
    """
    faults: list[Fault] = []
    given: dict[str, object] = {}
    for key in answers:
        if key not in KEYS:
            _fault(
                faults,
                "unknown-key",
                (key,),
                f"unknown key {_say(key)}",
                nearest(key, KEYS) or "keys: " + ", ".join(KEYS),
                at_key=True,
            )
    for one in FIELDS:
        if answers.get(one.name) is not None:
            given[one.name] = one.check(answers[one.name], (one.name,), catalogue, faults)
    if answers.get("role") is None:
        starts = ", ".join(r.id for r in catalogue.roles.values() if r.start)
        _fault(faults, "missing-role", (), "role is missing", f"add role: one of {starts}")
    if faults:
        return None, faults
    from roadmap.model.contradictions import contradictions

    profile = _resolved(given, catalogue, today)
    faults += contradictions(profile, catalogue)
    return (None if faults else profile), faults


def _resolved(given: Mapping[str, object], catalogue: Catalogue, today: date) -> Profile:
    role = catalogue.roles[str(given["role"])]
    own = given.get("skills")
    skills: Mapping[str, int] = own if isinstance(own, Mapping) else {}
    have = {s: skills.get(s, role.baseline.get(s, 0)) for s in catalogue.skills}
    defaults: dict[str, Any] = {
        "target": next(r.id for r in catalogue.roles.values() if r.target),
        "level": role.default_level,
        "name": "",
        "goals": tuple(catalogue.goals)[:1],
        "hours_per_week": 10,
        "start": today,
        "deadline": None,
        "budget_usd": None,
        "cloud": ANY_CLOUD,
        "domain": NO_DOMAIN,
        "certifications": "one",
        "holds": (),
        "breaks": (),
        "language": LANGUAGES[0],
    }
    off = given.get("breaks")
    lighter = [b for b in off if isinstance(b, Range)] if isinstance(off, tuple) else []
    if isinstance(off, tuple) and lighter:
        asked = given.get("availability")
        usual = asked if isinstance(asked, Availability) else Availability()
        ranges = sorted({*usual.ranges, *lighter}, key=lambda r: (r.first, r.last, r.hours_per_week))
        given = {
            **given,
            "breaks": tuple([b for b in off if isinstance(b, Break)]),
            "availability": replace(usual, ranges=tuple(ranges)),
        }
    when = given.get("availability")
    if isinstance(when, Availability) and any(when.days) and "hours_per_week" not in given:
        # Weekdays with hours say how many a week has; beside a number of hours a week they are its shares.
        defaults["hours_per_week"] = sum(when.days) / 4
    values = {**defaults, **given, "skills": skills, "have": {s: v for s, v in have.items() if v}}
    if not values["goals"]:
        values["goals"] = defaults["goals"]
    return Profile(**values)
