"""The words that all entries of the catalogue are made of: ids, levels, conditions, tasks and lines of advice.

A key says all there is to know about it in its annotation: its type and limits, whose ids it holds (`Ref`), and in a
sentence what it means, which editors and docs/catalogue.md show. Only the loader reads annotations. They stay text
until it does, so that a start of the program does not pay for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from roadmap.model.bounds import Bound, Ref

Text = Annotated[str, Bound(min_length=1)]
Kind = Literal["learn", "build", "certify", "publish", "search"]
RoleLevel = Literal["entry", "mid", "senior"]
State = Literal["live", "moved", "renamed", "closed", "superseded"]
Section = Literal["summary", "skills", "work", "projects", "education", "certificates", "other", "contact"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Annotated[int, Bound(ge=0), Bound(le=4)]

BackgroundId = Annotated[Text, Ref("backgrounds")]
CertificationId = Annotated[Text, Ref("certifications")]
CloudId = Annotated[Text, Ref("clouds")]
CountryId = Annotated[Text, Ref("countries")]
FactId = Annotated[Text, Ref("facts")]
FieldId = Annotated[Text, Ref("specialisations")]
GoalId = Annotated[Text, Ref("goals")]
ModuleId = Annotated[Text, Ref("modules")]
MoveId = Annotated[Text, Ref("moves")]
OutcomeId = Annotated[Text, Ref("outcomes")]
ResourceId = Annotated[Text, Ref("resources")]
RoleId = Annotated[Text, Ref("roles")]
SkillId = Annotated[Text, Ref("skills")]
StageId = Annotated[Text, Ref("stages")]
TopicId = Annotated[Text, Ref("topics")]

Id = Annotated[Text, "Kebab-case, unique within its kind; other entries and overlays refer to it."]
Name = Annotated[Text, "What people call it."]
Summary = Annotated[Text, "One or two sentences."]
Note = Annotated[str, "Advice or a caveat in our own words."]
SourceId = Annotated[Text, Ref("sources"), "Id of the source that says so."]
Sources = Annotated[
    tuple[SourceId, ...], Bound(min_length=1), "Ids of the sources that say so; the first is quoted in reasons."
]
Facts = Annotated[tuple[FactId, ...], "Ids of the source article's statements that live here."]
AsOf = Annotated[Text, "The date the statement speaks for: a day, a month or a year."]
Checked = Annotated[Text, "The day somebody last looked."]
Confidence = Annotated[Literal["high", "medium", "low"], "high, medium or low: how far the source carries."]
Origin = Annotated[Literal["published", "measured", "judgement"], "Who counted: published, measured or judgement."]
Levels = dict[SkillId, Level]


class Strict:
    """An entry of a file: a key that its class does not know is refused."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}


@dataclass(kw_only=True, eq=False, repr=False)
class Condition(Strict):
    """When a rule, a line of advice or a project applies. All the keys given must hold; a list means any of these."""

    role: Annotated[tuple[RoleId, ...], "Starting roles."] = ()
    target: Annotated[tuple[RoleId, ...], "Roles aimed at."] = ()
    level: Annotated[tuple[RoleLevel, ...], "Levels aimed at."] = ()
    goal: Annotated[tuple[GoalId, ...], "Goals, of which one must be wished for."] = ()
    cloud: Annotated[tuple[Annotated[Text, Ref("clouds", "any")], ...], "Clouds, or any."] = ()
    domain: Annotated[tuple[Annotated[Text, Ref("specialisations", "none")], ...], "Specialisations, or none."] = ()
    certifications: Annotated[tuple[Literal["none", "one", "all"], ...], "none, one or all."] = ()
    holds: Annotated[tuple[CertificationId, ...], "Certifications, of which one is held."] = ()
    hours_below: Annotated[float | None, "Fewer hours a week than this."] = None
    hours_from: Annotated[float | None, "At least so many hours a week."] = None
    budget_below: Annotated[float | None, "Less money than this, in US dollars."] = None
    background: Annotated[tuple[BackgroundId, ...], "Backgrounds, of which the person has one."] = ()
    country: Annotated[tuple[CountryId, ...], "Countries that the person lives in."] = ()
    deadline: Annotated[bool | None, "Whether there is a deadline."] = None
    later_start: Annotated[bool | None, "Whether the first day is more than ten days ahead."] = None
    review: Annotated[bool | None, "Whether recall slots are wanted."] = None
    skill_below: Annotated[Levels, "Skills held below these levels."] = field(default_factory=dict)
    skill_from: Annotated[Levels, "Skills held at these levels or above."] = field(default_factory=dict)
    none_of: Annotated[tuple[Condition, ...], "Conditions of which none may hold."] = ()
    any_of: Annotated[tuple[Condition, ...], "Conditions of which one must hold."] = ()

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """What the keys ask that ask something, worked out once."""
        return {key: wanted for key, wanted in vars(self).items() if wanted not in (None, (), {})}


When = Annotated[Condition, "Conditions; all that are given must hold."]


@dataclass(kw_only=True, eq=False, repr=False)
class Task(Strict):
    """Something to do in one sitting."""

    minutes: Annotated[int, Bound(ge=5), "How long it takes."]
    text: Annotated[Text, "What to do, and how to see that it is done."]
    resource: Annotated[ResourceId | None, "Id of the resource that it opens."] = None
    cloud: Annotated[
        Annotated[Text, Ref("clouds", "any")] | None, "Only for people who named this cloud; any: who named none."
    ] = None


@dataclass(kw_only=True, eq=False, repr=False)
class Part(Strict):
    """The part of a resource that a module uses, and the hours that part takes."""

    part: Annotated[Text, "Which part: chapters, lessons, pages."]
    hours: Annotated[float, Bound(gt=0), "Hours that this part takes; never more than the module at its shortest."]
    below: Annotated[Levels, "Only for people below one of these levels: others know it already."] = field(
        default_factory=dict
    )


@dataclass(kw_only=True, eq=False, repr=False)
class Smaller(Strict):
    """A smaller form of a module for when time runs short."""

    share: Annotated[float, Bound(gt=0), Bound(le=1), "The share of the module's hours that it takes, 0 to 1."]
    text: Annotated[Text, "What it is then."]


@dataclass(kw_only=True, eq=False, repr=False)
class Line(Strict):
    """A sentence of advice that is said where its conditions hold, the highest `rank` first."""

    id: Id
    place: Annotated[
        Literal["risk", "not-doing", "until-then", "week", "say", "title", "message", "door", "fact", "first", "tool"],
        "The part of the answer it belongs to.",
    ]
    text: Annotated[Text, "The sentence."]
    when: When = field(default_factory=Condition)
    more: Annotated[str, "The answer to a risk, the reason of a not-doing, a week of the move after the learning."] = ""
    rank: Annotated[int, "Where there is room for a few, the highest are said."] = 0
    minutes: Annotated[int | None, "The time of a task."] = None
    moves: Annotated[tuple[MoveId, ...], "Only in plans that move so; none: in all."] = ()
    outcomes: Annotated[tuple[OutcomeId, ...], "Only in plans that end so; none: in all."] = ()
    source: SourceId = "judgement"
    as_of: AsOf = ""
