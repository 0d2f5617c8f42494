"""What is said, and who says so: sources, statements of the article, topics of others' lists, pages of advice.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from roadmap.model.bounds import Bound, PlaceRef
from roadmap.model.ids import AsOf, Confidence, Facts, Id, Note, SourceId, Sources, Strict, Summary, Text

Place = Annotated[Text, PlaceRef("skills")]
Effective = Annotated[str | None, "The day from which it applies."]


@dataclass(kw_only=True, eq=False, repr=False)
class Remark(Strict):
    """A statement with its source."""

    text: Annotated[Text, "The statement, in our own words."]
    source: SourceId


@dataclass(kw_only=True, eq=False, repr=False)
class LawDate(Strict):
    """A day on which a part of a law takes effect."""

    what: Annotated[Text, "What it demands or changes."]
    effective: Annotated[Text, "The day from which it applies."]


@dataclass(kw_only=True, eq=False, repr=False)
class Source(Strict):
    """Who says so: a page, a data set, a standard, or our own judgement."""

    id: Id
    title: Annotated[Text, "What it is called."]
    as_of: AsOf
    confidence: Confidence
    url: Annotated[str | None, "Address on the web."] = None
    publisher: Annotated[str, "Who publishes it."] = ""
    licence: Annotated[str, "On what terms it may be reused."] = ""
    effective: Effective = None
    dates: Annotated[tuple[LawDate, ...], "Further days on which parts of a law apply."] = ()
    checked: Annotated[str, "The day somebody last looked."] = ""
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Guide(Strict):
    """A short page of advice."""

    id: Id
    title: Annotated[Text, "The heading of the page."]
    summary: Summary
    body: Annotated[Text, "The page: paragraphs, lists, strong words and links in Markdown."]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    facts: Facts = ()


@dataclass(kw_only=True, eq=False, repr=False)
class FactCheck(Strict):
    """What a check of a statement found."""

    status: Annotated[
        Literal["supported", "partly", "unproven", "outdated", "contradicted"],
        "supported, partly, unproven, outdated or contradicted.",
    ]
    text: Annotated[Text, "The better figure, shown beside the statement."]
    source: SourceId
    as_of: AsOf


@dataclass(kw_only=True, eq=False, repr=False)
class Fact(Strict):
    """A statement of the source article, with the entries that represent it."""

    id: Id
    text: Annotated[Text, "The statement, in our own words."]
    places: Annotated[tuple[Place, ...], Bound(min_length=1), "Entries that represent the statement, as kind:id."]
    source: SourceId
    as_of: AsOf
    confidence: Confidence
    check: Annotated[FactCheck | None, "What a check found; shown beside the statement."] = None


@dataclass(kw_only=True, eq=False, repr=False)
class Topic(Strict):
    """A topic of somebody else's list: the entries that cover it, or the reason why none does."""

    id: Id
    source: SourceId
    as_of: AsOf
    covered_by: Annotated[tuple[Place, ...], "Entries that cover the topic, as kind:id."] = ()
    why_not: Annotated[str, "The reason why it is left out."] = ""
