"""What a person can wish for and what follows from it: goals, fields, paths, rules, and the questions that ask.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from roadmap.model.advice import Focus
from roadmap.model.bounds import Bound, Ref
from roadmap.model.condition import Condition, When
from roadmap.model.ids import (
    AsOf,
    CertificationId,
    Confidence,
    CountryId,
    Facts,
    Id,
    Levels,
    ModuleId,
    Name,
    Note,
    RoleId,
    SourceId,
    Sources,
    StageId,
    Strict,
    Summary,
    Text,
)
from roadmap.model.sources import Effective
from roadmap.model.terms import Line

Why = Annotated[str, "One line of explanation beside the choice."]
Because = Annotated[Text, "The reason, as a sentence that is shown to people."]
Modules = Annotated[tuple[ModuleId, ...], "Ids of modules."]


@dataclass(kw_only=True, eq=False, repr=False)
class Named(Strict):
    """An id with words for people: a cloud."""

    id: Id
    name: Name
    why: Why = ""
    skill: Annotated[str, Ref("skills", ""), "Id of the skill of working on it."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Goal(Strict):
    """What somebody wants: an end (a job, a promotion ...), or a subject to go deep on, with what it adds."""

    id: Id
    name: Name
    why: Why = ""
    kind: Annotated[Literal["end", "subject"], "end: what the plan leads to; subject: what it goes deep on."] = "end"
    focus: Annotated[Focus | None, "What it adds to every route."] = None


@dataclass(kw_only=True, eq=False, repr=False)
class Regulation(Strict):
    """A law or standard and the date from which it applies."""

    name: Name
    what: Annotated[Text, "What it demands or changes."]
    source: SourceId
    as_of: AsOf
    confidence: Confidence
    effective: Effective = None
    countries: Annotated[tuple[CountryId, ...], "Countries in which it applies; left out: no matter where."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class DomainDemand(Strict):
    """How many postings belong to a domain: percent of AI-first postings, and the count behind it."""

    share: Annotated[float, "Percent of AI-first postings."]
    n: Annotated[int, "How many cases are behind the figure."]
    source: SourceId
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Specialisation(Strict):
    """A regulated or business domain with its own ordered modules."""

    id: Id
    name: Name
    summary: Summary
    modules: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Ids of modules, in order."]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    regulations: Annotated[tuple[Regulation, ...], "Laws and standards with the day each applies from."] = ()
    systems: Annotated[tuple[str, ...], "Software one meets in the field."] = ()
    projects: Annotated[tuple[str, ...], "Projects that fit it."] = ()
    extra_skills: Annotated[tuple[str, ...], "What else helps, outside this catalogue."] = ()
    demand: Annotated[DomainDemand | None, "How many postings belong to it."] = None
    focus: Annotated[Focus | None, "What it adds to every route."] = None
    now: Annotated[tuple[Line, ...], "What is new in the field, as lines of advice."] = ()
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Phase(Strict):
    """A part of a path, in priority order. Takes the modules it names, then any of its `stages`."""

    id: Id
    title: Annotated[Text, "What it is called on a plan."]
    because: Because
    source: SourceId
    modules: Modules = ()
    stages: Annotated[tuple[StageId, ...], "Ids of stages whose other modules belong here."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Path(Strict):
    """The way from a starting role to a target role."""

    id: Id
    start: Annotated[RoleId, "Id of a role to start from."]
    target: Annotated[RoleId, "Id of a role to aim at."]
    phases: Annotated[tuple[Phase, ...], Bound(min_length=1), "Parts in order of priority."]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    facts: Facts = ()
    months: Annotated[
        tuple[float, float] | None, "Published duration, lower and upper; left out where nobody has published one."
    ] = None
    months_note: Annotated[str, "What to know about that duration."] = ""
    essentials: Annotated[Levels, "Skill levels without which the result is not this role."] = field(
        default_factory=dict
    )
    usual_exams: Annotated[
        tuple[CertificationId, ...], "Exams that guides name for it, kept so that readers learn what became of them."
    ] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Prefer(Strict):
    """Take `modules` where one of `over` would do as well; or move modules `early` or `late` within a path."""

    modules: Modules = ()
    over: Annotated[tuple[ModuleId, ...], "Modules that give way."] = ()
    early: Annotated[tuple[ModuleId, ...], "Modules that move to the front."] = ()
    late: Annotated[tuple[ModuleId, ...], "Modules that move to the end of their phase."] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class Swap(Strict):
    """Replace a module by another one wherever it would be chosen."""

    module: Annotated[ModuleId, "The module that goes."]
    by: Annotated[ModuleId, "The module that comes."]


@dataclass(kw_only=True, eq=False, repr=False)
class Resize(Strict):
    """Multiply the hours of modules by a factor."""

    modules: Annotated[tuple[ModuleId, ...], Bound(min_length=1), "Ids of modules."]
    factor: Annotated[float, Bound(gt=0), Bound(le=3), "What the hours are multiplied by, at most 3."]


@dataclass(kw_only=True, eq=False, repr=False)
class Effect(Strict):
    """What a rule does."""

    add: Annotated[tuple[ModuleId, ...], "Modules that come in."] = ()
    leave_out: Annotated[tuple[ModuleId, ...], "Modules that stay out."] = ()
    prefer: Annotated[Prefer | None, "Which of several modules to take, and earlier or later."] = None
    swap: Annotated[Swap | None, "One module in place of another."] = None
    resize: Annotated[Resize | None, "Hours times a factor."] = None
    share: Annotated[
        int | None, Bound(ge=5), Bound(le=60), "Percent of each week for the move, in place of the move's own share."
    ] = None
    act_after: Annotated[tuple[ModuleId, ...], "What is done before the move begins, in place of the route's own."] = ()
    search_first: Annotated[bool, "The move waits for no exam: its first weeks run beside the preparation."] = False
    note: Annotated[str, "Words that appear on the plan."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Rule(Strict):
    """A piece of advice as data: when it applies, what it changes, why, and who says so."""

    id: Id
    when: When
    then: Annotated[Effect, "What the rule does."]
    because: Because
    source: SourceId
    weight: Annotated[
        float, Bound(ge=0), "Worth of what the rule adds, as a share of coverage: 0.01 counts like one percent."
    ] = 0.0
    as_of: AsOf = ""
    confidence: Confidence = "medium"


@dataclass(kw_only=True, eq=False, repr=False)
class Choice(Strict):
    """One answer that a question offers, written out in the catalogue."""

    value: Annotated[str | float | None, "What the profile gets."]
    label: Annotated[Text, "What the person reads."]
    why: Why = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Question(Strict):
    """A question of the interview. Choices are the listed ones, then those `choices_from` the catalogue."""

    id: Id
    sets: Annotated[Text, "The key of the profile that it answers."]
    ask: Annotated[Text, "The question itself."]
    why: Annotated[Text, "Why it is asked, in one line."]
    kind: Annotated[
        Literal["choice", "choices", "number", "date", "periods", "skills", "text"], "What sort of answer it wants."
    ]
    choices: Annotated[tuple[Choice, ...], "Answers to choose from."] = ()
    choices_from: Annotated[
        Literal["starts", "targets", "goals", "clouds", "specialisations", "skills"] | None,
        "Further answers, taken from the catalogue.",
    ] = None
    default: Annotated[str | float | None, "The answer when somebody just presses Enter."] = None
    optional: Annotated[bool, "true if no answer is an answer."] = False
    short: Annotated[str, "Names the answer in a list, such as hours a week."] = ""
    empty: Annotated[str, "What no answer is called, such as no limit."] = "none"
    stages: Annotated[tuple[StageId, ...], "Limits a checklist of skills to these stages."] = ()
    when: Annotated[Condition, "Limits it to some people, judged by the answers given before it."] = field(
        default_factory=Condition
    )
