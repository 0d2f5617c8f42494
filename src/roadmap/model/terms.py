"""What several kinds of entries hold: tasks, parts of resources, smaller forms and lines of advice.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from roadmap.model.bounds import Bound, Ref
from roadmap.model.condition import Condition, When
from roadmap.model.ids import AsOf, Id, Levels, MoveId, OutcomeId, ResourceId, SourceId, Strict, Text


@dataclass(kw_only=True, eq=False, repr=False)
class Task(Strict):
    """Something to do in one sitting."""

    minutes: Annotated[int, Bound(ge=5), "How long it takes."]
    text: Annotated[Text, "What to do, and how to see that it is done."]
    resource: Annotated[ResourceId | None, "Id of the resource that it opens."] = None
    cloud: Annotated[
        Annotated[Text, Ref("clouds", "any")] | None, "Only for people who named this cloud; any: who named none."
    ] = None
    when: When = field(default_factory=Condition)


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
    a_week: Annotated[int | None, "How many applications a week it speaks of: the page gives the sum."] = None
    then_a_week: Annotated[int | None, "The same for what `more` says."] = None
    moves: Annotated[tuple[MoveId, ...], "Only in plans that move so; none: in all."] = ()
    outcomes: Annotated[tuple[OutcomeId, ...], "Only in plans that end so; none: in all."] = ()
    source: SourceId = "judgement"
    as_of: AsOf = ""
