"""What is learnt, and from what: stages, modules, and the resources they use.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from roadmap.model.bounds import Bound
from roadmap.model.ids import (
    AsOf,
    CertificationId,
    Checked,
    CloudId,
    Confidence,
    FieldId,
    Id,
    Kind,
    Levels,
    Name,
    Note,
    Origin,
    ResourceId,
    SkillId,
    SourceId,
    Sources,
    StageId,
    State,
    Strict,
    Summary,
    Text,
    TopicId,
)
from roadmap.model.terms import Part, Smaller, Task


@dataclass(kw_only=True, eq=False, repr=False)
class Stage(Strict):
    """One of the ordered layers of the whole way."""

    id: Id
    name: Name
    short: Annotated[Text, "One word, for legends."]


@dataclass(kw_only=True, eq=False, repr=False)
class Hours(Strict):
    """A range of effort and where it comes from."""

    low: Annotated[float, Bound(gt=0), "Hours of focused work if all goes well."]
    likely: Annotated[float, Bound(gt=0), "Hours that most people need."]
    high: Annotated[float, Bound(gt=0), "Hours if much goes wrong."]
    origin: Origin
    basis: Annotated[Text, "The arithmetic behind the numbers."]
    source: SourceId


@dataclass(kw_only=True, eq=False, repr=False)
class Module(Strict):
    """A piece of work that lifts skills."""

    id: Id
    title: Annotated[str, Bound(min_length=1, max_length=70), "What it is called on a plan."]
    kind: Annotated[Kind, "learn, build, certify, publish or search."]
    stage: Annotated[StageId, "Id of a stage."]
    hours: Annotated[Hours, "The range of effort and where it comes from."]
    summary: Summary
    done_when: Annotated[tuple[Text, ...], Bound(min_length=1), "Checks that another person can verify in minutes."]
    evidence: Annotated[tuple[Text, ...], Bound(min_length=1), "What stays afterwards."]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    needs: Annotated[Levels, "Skill levels that must be there before it starts."] = field(default_factory=dict)
    teaches: Annotated[Levels, "Skill levels that it leads to."] = field(default_factory=dict)
    resources: Annotated[tuple[ResourceId, ...], "Ids of resources, best first; at least one is free."] = ()
    topics: Annotated[tuple[TopicId, ...], "Ids of topics of the AI Engineer list that it covers."] = ()
    cloud: Annotated[CloudId | None, "Id of a cloud, for the variants of one step."] = None
    domain: Annotated[FieldId | None, "Id of a specialisation it belongs to."] = None
    certification: Annotated[CertificationId | None, "Id of the certification it prepares for."] = None
    public: Annotated[bool, "true for work that strangers can look at."] = False
    heavy: Annotated[bool, "true for a large build of which nobody does two at once."] = False
    cost_usd: Annotated[float, Bound(ge=0), "What has to be paid, in US dollars."] = 0
    brief: Annotated[str, Bound(max_length=40), "Its title in a sentence, in a few words; without it the title."] = ""
    leaves: Annotated[str, "What exists afterwards, in a few words."] = ""
    tasks: Annotated[tuple[Task, ...], "Its first sittings."] = ()
    on_project: Annotated[str, "What it adds to whatever project the plan has."] = ""
    smaller: Annotated[Smaller | None, "Its smaller form, for when time runs short."] = None
    firm: Annotated[bool, "true if it is never what goes when time runs short."] = False
    parts: Annotated[dict[ResourceId, Part], "By resource: the part of it that this uses."] = field(
        default_factory=dict
    )


@dataclass(kw_only=True, eq=False, repr=False)
class Resource(Strict):
    """A course, page, book, repository, paper or standard, with its price and its state when last checked."""

    id: Id
    title: Annotated[Text, "What it is called."]
    url: Annotated[Text, "Address on the web."]
    provider: Annotated[Text, "Who offers it."]
    kind: Annotated[
        Literal["course", "docs", "book", "repo", "paper", "standard", "practice", "video"], "What sort of thing it is."
    ]
    level: Annotated[Literal["beginner", "intermediate", "advanced"], "The level it is meant for."]
    cost: Annotated[Literal["free", "freemium", "paid"], "free, freemium or paid."]
    hours: Annotated[float, Bound(gt=0), "Hours to work through it."]
    hours_origin: Annotated[Origin, "published if the makers say so, else judgement."]
    checked: Checked
    confidence: Confidence
    as_of: AsOf | None = None
    hours_source: Annotated[str, "Where the makers say so."] = ""
    price_usd: Annotated[float | None, Bound(ge=0), "Price in US dollars; 0 is free, null is not known."] = None
    hands_on: Annotated[bool, "true if one builds something with it."] = False
    metered: Annotated[bool, "true if its exercises want an account that is charged by use."] = False
    skills: Annotated[tuple[SkillId, ...], "Ids of skills."] = ()
    state: Annotated[State, "live, moved, renamed, closed or superseded."] = "live"
    superseded_by: Annotated[ResourceId | None, "Id of what took its place."] = None
    note: Note = ""
    seen_via: Annotated[str, "The page or list in which the address was seen."] = ""

    @property
    def gone(self) -> bool:
        """Whether nobody can or should begin it any more."""
        return self.state in ("closed", "superseded")
