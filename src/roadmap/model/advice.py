"""The nouns of advice: routes to outcomes, projects, moves, backgrounds, costs, and the shape of a week.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from roadmap.model.bounds import Bound, Ref
from roadmap.model.condition import Condition, When
from roadmap.model.ids import (
    AsOf,
    Confidence,
    FieldId,
    GoalId,
    Id,
    Levels,
    ModuleId,
    MoveId,
    Name,
    OutcomeId,
    RoleId,
    RoleLevel,
    RouteId,
    SourceId,
    Sources,
    Strict,
    Text,
    Weekday,
)
from roadmap.model.terms import Task


@dataclass(kw_only=True, eq=False, repr=False)
class Gate(Strict):
    """A check at the end of a phase, with a number, that a person can make alone."""

    check: Annotated[Text, "What must be true, with a number."]
    missed: Annotated[str, "Advice beside the sums for whoever misses it."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class RoutePhase(Strict):
    """A part of a route: its modules in order, and what exists at the end of it."""

    id: Id
    title: Annotated[Text, "What it is called on a plan."]
    modules: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Ids of its modules, in order, each once."]
    leaves: Annotated[Text, "What exists at the end of it."]
    gate: Annotated[Gate, "The check at its end."]
    why: Annotated[str, "Why it comes here, in one short sentence; none where the order explains itself."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Focus(Strict):
    """What a goal or a field adds to every route: a phase of its own."""

    phase: Annotated[RoutePhase, "The phase that comes in."]
    after: Annotated[int, Bound(ge=0), "How many phases of the route come before it."] = 1
    after_by_start: Annotated[dict[RoleId, int], "The same by starting role, where one needs more of them."] = field(
        default_factory=dict
    )
    after_by_route: Annotated[dict[RouteId, int], "The same by route, where its phases are shorter."] = field(
        default_factory=dict
    )
    core: Annotated[
        tuple[ModuleId, ...], "Those of its modules that count as core of the outcome; the others come after the move."
    ] = ()
    title: Annotated[str, "What the way is called for somebody who names this subject and no end."] = ""
    outcome: Annotated[str, "What is then true at the end, as a clause with you."] = ""
    way: Annotated[str, "What they do then, in one or two sentences."] = ""
    move: Annotated[str, Ref("moves", ""), "Id of the move that follows then; none: that of the route."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Outcome(Strict):
    """A smaller end than the one wished for: what is true then, and the modules it takes."""

    id: Id
    text: Annotated[Text, "What is true then, in a line."]
    title: Annotated[Text, "What it is called on a plan."]
    modules: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Its modules in order, kept as far as time goes."]
    least: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Those of them without which it is not reached."]
    advice: Annotated[Text, "What to do about the wish itself."]
    move: Annotated[MoveId | None, "Id of the move that belongs to it, if any."] = None
    phases: Annotated[tuple[RoutePhase, ...], "Its parts, in order; none: it is one part."] = ()
    source: SourceId = "judgement"
    as_of: AsOf = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Bought(Strict):
    """What so many hours buy somebody who starts here."""

    hours: Annotated[float, Bound(gt=0), "Hours of work."]
    text: Annotated[Text, "What they lead to."]


@dataclass(kw_only=True, eq=False, repr=False)
class Route(Strict):
    """From a start to an outcome: what is true at the end, and the work that leads there, in phases.

    Modules of the phases that are neither `core` nor `focus` only say where they belong if something else asks for
    them.
    """

    id: Id
    start: Annotated[RoleId, "Id of the role to start from."]
    target: Annotated[RoleId, "Id of the role to aim at."]
    goal: Annotated[GoalId, "The end it leads to, or the subject, for somebody who names no end."]
    outcome: Annotated[Text, "What is true at the end, in a line."]
    title: Annotated[Text, "What it is called on a plan."]
    way: Annotated[Text, "What to do, in one or two sentences."]
    core: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Modules without which the outcome is not reached."]
    phases: Annotated[tuple[RoutePhase, ...], Bound(min_length=1), "Its parts, in order."]
    move: Annotated[MoveId, "What turns skill into the outcome."]
    smaller: Annotated[
        tuple[OutcomeId, ...], Bound(min_length=1), "Outcomes in falling order for when this one is out of reach."
    ]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    levels: Annotated[tuple[RoleLevel, ...], "Levels aimed at; none: every level."] = ()
    subject: Annotated[
        str,
        Ref("goals", ""),
        "Id of the subject it holds as well, for somebody who names both; none: any or no subject.",
    ] = ""
    focus: Annotated[tuple[ModuleId, ...], "Modules that are kept after core and move."] = ()
    act_after: Annotated[tuple[ModuleId, ...], "When these are done the move begins; none: on the first day."] = ()
    hours_buy: Annotated[tuple[Bought, ...], "What fewer hours than all of it lead to."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Move(Strict):
    """What turns skill into the outcome, beside the learning."""

    id: Id
    name: Name
    kind: Annotated[GoalId, "Id of the end that it serves."]
    modules: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Its modules, in order."]
    share: Annotated[int, Bound(ge=5), Bound(le=60), "Percent of each week that it takes while the learning goes on."]
    leaves: Annotated[Text, "What it is made of, in a few words."]
    after: Annotated[
        Text,
        "What to expect of it and when, as a sentence; {m3}, {m5}, {m6}, {m9} are the months so long after its start.",
    ]
    after_by_start: Annotated[dict[RoleId, Text], "The same by starting role, where it differs."] = field(
        default_factory=dict
    )
    source: SourceId = "judgement"
    as_of: AsOf = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Datum(Strict):
    """Public data of a project, with the licence it comes under."""

    title: Annotated[Text, "What the data are called."]
    url: Annotated[Text, "Address on the web."]
    licence: Annotated[Text, "On what terms they may be used."]


@dataclass(kw_only=True, eq=False, repr=False)
class SmallForm(Strict):
    """A project for few hours: what it is then, and its targets."""

    brief: Annotated[Text, "What it is then."]
    targets: Annotated[tuple[Text, ...], Bound(min_length=3), "What it must reach, at least three with a figure."]


@dataclass(kw_only=True, eq=False, repr=False)
class Project(Strict):
    """A named piece of work that grows through the modules of a plan."""

    id: Id
    title: Annotated[Text, "What it is called on a plan."]
    brief: Annotated[Text, "What it does, for whom, in two or three sentences."]
    data: Annotated[tuple[Datum, ...], Bound(min_length=1), "Public data that it works on."]
    never: Annotated[tuple[Text, ...], Bound(min_length=1), "What must never go into it, or come out of it."]
    reader: Annotated[Text, "Who judges it, and how to find them."]
    targets: Annotated[tuple[Text, ...], Bound(min_length=5), "What it must reach, with figures."]
    grows: Annotated[dict[ModuleId, Text], Bound(min_length=3), "By module: what it adds here."]
    small: Annotated[SmallForm, "The same for few hours."]
    missed: Annotated[
        dict[ModuleId, Text], "By module: the smaller form of what it adds, for whom its checkpoint comes too soon."
    ] = field(default_factory=dict)
    first: Annotated[tuple[Task, ...], "What to do for it in the first week, by hand: up to three sittings."] = ()
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    when: Annotated[Condition, "Whom it is for: the more of these a person meets, the better it fits."] = field(
        default_factory=Condition
    )
    size: Annotated[Literal["first", "main", "second"], "Its place in a plan."] = "main"


@dataclass(kw_only=True, eq=False, repr=False)
class Background(Strict):
    """What somebody does or did: an occupation, or a kind of engineer."""

    id: Id
    name: Name
    kind: Annotated[Literal["occupation", "engineer"], "What sort of work it is."]
    names: Annotated[tuple[Text, ...], Bound(min_length=1), "Everyday names that people use for it."]
    edge: Annotated[Text, "What such a person brings."]
    ask: Annotated[Text, "Whom to talk to first."]
    source: SourceId
    as_of: AsOf
    domain: Annotated[FieldId | None, "Id of the specialisation that it knows from inside."] = None
    starts: Annotated[tuple[RoleId, ...], "Starting roles it belongs to; none: all."] = ()
    baseline: Annotated[Levels, "Skill levels it has beside those of the starting role, higher or lower."] = field(
        default_factory=dict
    )
    titles: Annotated[tuple[Text, ...], "Job titles that lie near, as postings have them."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Country(Strict):
    """A country by its ISO 3166 code, with the names people type."""

    id: Annotated[Text, "ISO 3166 code of two letters; conditions and profiles refer to it."]
    name: Name
    names: Annotated[tuple[Text, ...], "Other names that people type."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Cost(Strict):
    """What something costs over a plan, in US dollars: a range, who says so, and when it arises."""

    id: Id
    item: Annotated[Text, "What is paid for."]
    low_usd: Annotated[float, Bound(ge=0), "The least it costs over a plan, in US dollars."]
    high_usd: Annotated[float, Bound(ge=0), "The most it costs."]
    note: Annotated[Text, "What to know about it."]
    source: SourceId
    as_of: AsOf
    free_way: Annotated[str, "Said instead, at no cost, where the budget is 0."] = ""
    per_100_hours: Annotated[bool, "true if the figures are for a hundred planned hours."] = False
    modules: Annotated[tuple[ModuleId, ...], "Only in plans that hold one of these; none: in all."] = ()
    moves: Annotated[tuple[MoveId, ...], "Only in plans that move so; none: in all."] = ()
    trial_days: Annotated[
        int | None, Bound(gt=0), "Days that a free trial lasts: {opens} and {until} in the texts are its days."
    ] = None
    trial_from: Annotated[
        tuple[ModuleId, ...],
        "Modules that open the trial before those it is paid for, where they have tasks for the cloud that was named.",
    ] = ()
    when: When = field(default_factory=Condition)


@dataclass(kw_only=True, eq=False, repr=False)
class Session(Strict):
    """A fixed time in a normal week."""

    day: Annotated[Weekday, "The day of the week."]
    share: Annotated[int, Bound(gt=0), "Its part of the week's hours, in percent; a week adds up to 100."]
    what: Annotated[Text, "What it is for."]


@dataclass(kw_only=True, eq=False, repr=False)
class Rhythm(Strict):
    """A normal week for up to so many hours; the first that is large enough holds."""

    id: Id
    up_to: Annotated[float, Bound(gt=0), "Hours a week, up to which it holds."]
    sessions: Annotated[tuple[Session, ...], Bound(min_length=1), "Its fixed times."]
    source: SourceId = "judgement"
    as_of: AsOf = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Words(Strict):
    """A sentence of the answer with places in braces; which one is said is the planner's business."""

    id: Id
    text: Annotated[Text, "The sentence; what stands in braces is filled in."]
