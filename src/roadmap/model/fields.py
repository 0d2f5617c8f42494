"""Every key of a profile, one entry each: to add a key, add it here and to `Profile`, and a question where it is asked.

Files, flags, the questionnaire, batch rows, JSON Schema and printed plans go through this list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from roadmap.model import checking, checking_times
from roadmap.model.catalogue import Catalogue, Role
from roadmap.model.checking import LONGEST_TEXT, Check
from roadmap.model.times import MOST_HOURS, WEEKDAYS, Availability

LEVELS = ("entry", "mid", "senior")
CERTIFICATIONS = ("none", "one", "all")
CONFIDENCES = (50, 80, 95)
LANGUAGES = ("en",)
NO_DOMAIN = "none"
ANY_CLOUD = "any"
USUAL_HOURS = 10


class Given(NamedTuple):
    """What a default may depend on: the answers that were given, checked, and the day."""

    answers: Mapping[str, Any]
    role: Role
    catalogue: Catalogue
    today: date


_WORD: Mapping[str, object] = {"type": "string"}
_TEXT: Mapping[str, object] = {"type": "string", "maxLength": LONGEST_TEXT}
_DATE: Mapping[str, object] = {"type": "string", "format": "date"}
_WORDS: Mapping[str, object] = {"type": "array", "items": _WORD}
_HOURS: Mapping[str, object] = {"type": "number", "minimum": 0, "maximum": MOST_HOURS}


def _always(value: object) -> Callable[[Given], object]:
    return lambda _given: value


@dataclass(kw_only=True, eq=False, repr=False)
class Field:
    """A key of a profile.

    `check` is the one check of every door; `help` and `metavar` are its words in --help, in the schema and the docs;
    `default` is taken when it is not answered; `printed` is its form in a printed plan; `asked` says that a question
    of the catalogue sets it; `shapes` that another answer chooses other work by itself. Hours, dates and money do so
    only through rules and limits, skills through what the person has. Left out, it counts as true: slow, never wrong.
    """

    name: str
    check: Check
    help: str
    metavar: str
    schema: Mapping[str, object] = field(default_factory=lambda: _WORD)
    default: Callable[[Given], object] = lambda _given: None
    printed: Callable[[Any], object] = lambda value: value
    asked: bool = False
    shapes: bool = True

    @property
    def flag(self) -> str:
        """The flag of the command line: --hours-per-week."""
        return "--" + self.name.replace("_", "-")

    @property
    def many(self) -> bool:
        """Whether the answer is a list or a mapping, which commas divide when it is typed."""
        return self.schema.get("type") in ("array", "object")


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _availability(when: Availability) -> dict[str, object]:
    """The shape of a week with the keys a profile file has."""
    days = {name: share / 4 for name, share in zip(WEEKDAYS, when.days, strict=False) if share}
    return {
        "days": days,
        "ranges": [
            {"from": r.first.isoformat(), "to": r.last.isoformat(), "hours_per_week": r.hours_per_week}
            for r in when.ranges
        ],
        "rest_every": when.rest_every,
        "buffer_percent": when.buffer_percent,
    }


def _usual_hours(given: Given) -> object:
    """Weekdays with hours say how many a week has; beside a number of hours a week they are its shares."""
    when = given.answers.get("availability")
    return sum(when.days) / 4 if isinstance(when, Availability) and any(when.days) else USUAL_HOURS


def _usual_exams(given: Given) -> object:
    """No exam, unless somebody keeps a module that prepares for one."""
    kept = given.answers.get("keep", ())
    return "one" if any(given.catalogue.modules[m].kind == "certify" for m in kept) else "none"


def _periods(required: list[str]) -> Mapping[str, object]:
    keys = {"from": _DATE, "to": _DATE, "hours_per_week": _HOURS}
    period = {"type": "object", "additionalProperties": False, "required": required, "properties": keys}
    return {"type": "array", "items": period}


_list = partial(Field, schema=_WORDS, default=_always(()), printed=list)
_date = partial(Field, check=checking.day, schema=_DATE, printed=_day, asked=True, shapes=False)

FIELDS: tuple[Field, ...] = (
    Field(
        name="role",
        check=checking.start(lambda c: [r.id for r in c.roles.values() if r.start]),
        help="Where you stand today.",
        metavar="ROLE",
        default=lambda given: given.role.id,
        asked=True,
    ),
    Field(
        name="target",
        check=checking.choice("target", lambda c: [r.id for r in c.roles.values() if r.target]),
        help="The role you aim at.",
        metavar="ROLE",
        default=lambda given: next(r.id for r in given.catalogue.roles.values() if r.target),
    ),
    Field(
        name="level",
        check=checking.choice("level", lambda _: LEVELS),
        help="The level you aim at.",
        metavar="LEVEL",
        schema={"enum": LEVELS},
        default=lambda given: given.role.default_level,
        asked=True,
    ),
    Field(
        name="name",
        check=checking.text,
        help="Shown on the plan, never interpreted.",
        metavar="TEXT",
        schema=_TEXT,
        default=_always(""),
        shapes=False,
    ),
    _list(
        name="background",
        check=checking.backgrounds,
        help="What you do or did: nurse, teacher, front-end developer; several with commas.",
        metavar="TEXT,...",
        schema={"type": "array", "items": _TEXT},
        asked=True,
    ),
    Field(
        name="country",
        check=checking.country,
        help="Where you look for work, as a code or a name: US, Germany.",
        metavar="COUNTRY",
        asked=True,
    ),
    _list(
        name="goals",
        check=checking.known_list("goal", lambda c: c.goals),
        help="What should be true at the end.",
        metavar="GOAL,...",
        default=lambda given: tuple(given.catalogue.goals)[:1],
        asked=True,
    ),
    Field(
        name="hours_per_week",
        check=checking.number(1, MOST_HOURS, "hours"),
        help="Hours you can study in a normal week.",
        metavar="HOURS",
        schema={"type": "number", "minimum": 1, "maximum": MOST_HOURS},
        default=_usual_hours,
        asked=True,
        shapes=False,
    ),
    _date(
        name="start",
        help="First day of study; default today.",
        metavar="DATE",
        default=lambda given: given.today,
    ),
    _date(
        name="deadline",
        help="The day by which it must be done.",
        metavar="DATE",
    ),
    Field(
        name="budget_usd",
        check=checking.number(0, None, "US dollars"),
        help="Money for exams and courses in US dollars; 0 means free only.",
        metavar="USD",
        schema={"type": "number", "minimum": 0},
        printed=lambda value: None if value is None else round(value, 2),
        asked=True,
        shapes=False,
    ),
    Field(
        name="cloud",
        check=checking.choice("cloud", lambda c: [*c.clouds, ANY_CLOUD]),
        help="The cloud to learn on.",
        metavar="CLOUD",
        default=_always(ANY_CLOUD),
        asked=True,
    ),
    Field(
        name="domain",
        check=checking.choice("domain", lambda c: [*c.specialisations, NO_DOMAIN]),
        help="A regulated field to specialise in.",
        metavar="DOMAIN",
        default=_always(NO_DOMAIN),
        asked=True,
    ),
    Field(
        name="certifications",
        check=checking.choice("certifications", lambda _: CERTIFICATIONS),
        help="How many exams you want; default none.",
        metavar="HOW-MANY",
        schema={"enum": CERTIFICATIONS},
        default=_usual_exams,
        asked=True,
    ),
    _list(
        name="holds",
        check=checking.certificates,
        help="Certifications you already hold, by code or id.",
        metavar="CODE,...",
    ),
    Field(
        name="skills",
        check=checking.levels,
        help="Your own levels where they differ from your role's usual ones.",
        metavar="SKILL=LEVEL,...",
        schema={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 4}},
        default=lambda _given: {},
        printed=dict,
        asked=True,
        shapes=False,
    ),
    Field(
        name="breaks",
        check=checking_times.breaks,
        help="Periods without study or exams; with =HOURS lighter ones of so many hours a week.",
        metavar="FROM..TO,...",
        schema=_periods(["from", "to"]),
        default=_always(()),
        printed=lambda off: [{"from": b.first.isoformat(), "to": b.last.isoformat()} for b in off],
        shapes=False,
    ),
    Field(
        name="language",
        check=checking.choice("language", lambda _: LANGUAGES),
        help="Language of the plan.",
        metavar="CODE",
        schema={"enum": LANGUAGES},
        default=_always(LANGUAGES[0]),
        shapes=False,
    ),
    _list(
        name="keep",
        check=checking.known_list("module", lambda c: c.modules),
        help="Modules to keep in the plan, whatever the rules say.",
        metavar="MODULE,...",
    ),
    _list(
        name="skip",
        check=checking.known_list("module", lambda c: c.modules),
        help="Modules to leave out, unless a kept one needs them.",
        metavar="MODULE,...",
    ),
    Field(
        name="availability",
        check=checking_times.availability,
        help="When you study: mon=2,sat=6 (weekdays), 2027-01-04..2027-01-31=20 (other hours), rest=8, buffer=10.",
        metavar="KEY=VALUE,...",
        schema={
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "days": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 24}},
                "ranges": _periods(["from", "to", "hours_per_week"]),
                "rest_every": {"type": ["integer", "null"], "minimum": 2, "maximum": 52},
                "buffer_percent": {"type": "integer", "minimum": 0, "maximum": 50},
            },
        },
        default=_always(Availability()),
        printed=_availability,
        shapes=False,
    ),
    Field(
        name="confidence",
        check=checking.one_of_numbers(CONFIDENCES),
        help="Percent with which the deadline has to hold: 50, 80 or 95; default 80.",
        metavar="PERCENT",
        schema={"enum": CONFIDENCES},
        default=lambda given: 80 if given.answers.get("deadline") else 50,
        shapes=False,
    ),
    Field(
        name="review",
        check=checking.truth,
        help="Keep short slots in later weeks to recall what was learnt.",
        metavar="yes|no",
        schema={"type": "boolean"},
        default=_always(False),
        shapes=False,
    ),
    _list(
        name="postings",
        check=checking.known_list("posting-group", lambda c: c.market.groups),
        help="Count only these job postings: seniorities (entry, mid, senior, expert) and countries (US, IN, GB, ...).",
        metavar="GROUP,...",
        shapes=False,
    ),
    _list(
        name="aims",
        check=checking.known_list("skill", lambda c: c.skills),
        help="Skills to reach at working level beside what the role asks for; --job reads them from a posting.",
        metavar="SKILL,...",
    ),
    Field(
        name="path",
        check=checking.choice("path", lambda c: [*c.paths, *c.routes]),
        help="A path or route of the catalogue by its id, instead of the one that start and goal pick.",
        metavar="PATH",
    ),
)
KEYS = tuple(f.name for f in FIELDS)
FIELD: Mapping[str, Field] = {f.name: f for f in FIELDS}
