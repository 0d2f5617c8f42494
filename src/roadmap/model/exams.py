"""Exams and other credentials with their whole life: when they can be sat, what they cost, what follows them.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from roadmap.model.bounds import Bound
from roadmap.model.ids import (
    AsOf,
    CertificationId,
    Checked,
    Confidence,
    Id,
    Name,
    Note,
    SourceId,
    Strict,
    Text,
    Weekday,
)
from roadmap.model.sources import Remark

Usd = Annotated[float, Bound(ge=0)]


@dataclass(kw_only=True, eq=False, repr=False)
class Gates(Strict):
    """What must be held before an exam may be booked."""

    text: Annotated[Text, "The condition in words."]
    any_of: Annotated[
        tuple[CertificationId, ...],
        "Ids of certifications of which one opens the gate; empty if a person must judge.",
    ] = ()


@dataclass(kw_only=True, eq=False, repr=False)
class ExamDomain(Strict):
    """A part of an exam and its weight in percent."""

    name: Name
    weight: Annotated[float | None, "Percent of the exam."] = None
    range: Annotated[tuple[float, float] | None, "Lower and upper percent where the issuer prints a range."] = None
    short: Annotated[str, "The name in two or three words, for a sentence; none: the name."] = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Fee(Strict):
    """What an exam costs if it is sat by a day."""

    usd: Annotated[Usd, "The fee in US dollars."]
    until: Annotated[str | None, "The last day it holds; null: from the last such day on."] = None
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Retake(Strict):
    """When a failed exam may be sat again."""

    days: Annotated[int, Bound(ge=0), "Days to wait."]
    text: Annotated[Text, "The rule in words."]
    fee_usd: Annotated[Usd | None, "What the second try costs; null if not known."] = None


@dataclass(kw_only=True, eq=False, repr=False)
class HeadStart(Strict):
    """A certification that, once held, shortens the preparation of this one."""

    holds: Annotated[CertificationId, "Id of the certification that is held."]
    share: Annotated[float, Bound(gt=0), Bound(le=1), "The share of the hours that is left, 0 to 1."]
    text: Annotated[Text, "What it spares."]


@dataclass(kw_only=True, eq=False, repr=False)
class Certification(Strict):
    """An exam or credential with its whole life. Dates are ISO texts; None means not known or not set."""

    id: Id
    name: Name
    issuer: Annotated[Text, "Who issues it."]
    level: Annotated[Text, "The level it is meant for."]
    kind: Annotated[Text, "What sort of thing it is."]
    url: Annotated[Text, "Address on the web."]
    status: Annotated[Literal["active", "beta", "announced", "retired"], "Where it stands in its life."]
    access: Annotated[
        Literal[
            "public",
            "beta-open",
            "registration-open",
            "partner-only",
            "invite-only",
            "subscription",
            "unconfirmed",
            "closed",
        ],
        "Who may book it.",
    ]
    source: SourceId
    checked: Checked
    confidence: Confidence
    as_of: AsOf | None = None
    code: Annotated[str | None, "Exam code."] = None
    available_from: Annotated[str | None, "First day on which it can be sat."] = None
    retires_on: Annotated[str | None, "Last day on which it can be sat."] = None
    date_precision: Annotated[Literal["day", "month"], "month where only the month is known."] = "day"
    replaces: Annotated[tuple[CertificationId, ...], "Ids of what it took the place of."] = ()
    replaced_by: Annotated[tuple[CertificationId, ...], "Ids of what follows it."] = ()
    gates: Annotated[Gates | None, "What must be held first."] = None
    fee_usd: Annotated[Usd | None, "List price in US dollars; null if not known."] = None
    validity_months: Annotated[int | None, "How long it is valid; null without end."] = None
    renewal: Annotated[str, "How it is renewed."] = ""
    duration_minutes: Annotated[float | None, "Length of the exam."] = None
    questions: Annotated[str | None, "Number of questions."] = None
    passing_score: Annotated[str | None, "What passes."] = None
    prep_hours: Annotated[
        tuple[float, float] | None,
        "Lower and upper hours of preparation for somebody with the recommended experience.",
    ] = None
    prep_hours_origin: Annotated[str | None, "Who counted those hours."] = None
    prep_hours_basis: Annotated[str | None, "The arithmetic behind them."] = None
    recommended_experience: Annotated[str, "Whom the issuer has in mind."] = ""
    domains: Annotated[tuple[ExamDomain, ...], "Parts of the exam."] = ()
    best_for: Annotated[tuple[str, ...], "Roles, clouds (cloud-azure) and goals it suits."] = ()
    aliases: Annotated[tuple[str, ...], "Other names that people use for it."] = ()
    sources_urls: Annotated[tuple[str, ...], "Pages in which the facts were seen."] = ()
    worth: Annotated[Remark | None, "What it counts on the market, with its source."] = None
    guide_url: Annotated[str, "Address of the issuer's study guide."] = ""
    practice_url: Annotated[str, "Address of the issuer's practice questions."] = ""
    weekdays: Annotated[tuple[Weekday, ...], "Days of the week on which it can be sat; none: every day."] = ()
    fees: Annotated[tuple[Fee, ...], "Fees that change by a day, first to last."] = ()
    next_share: Annotated[
        float | None, Bound(gt=0), Bound(le=1), "Once passed, what share of its fee the issuer's next exam costs."
    ] = None
    retake: Annotated[Retake | None, "When a failed exam may be sat again."] = None
    head_starts: Annotated[tuple[HeadStart, ...], "Certifications that shorten the preparation."] = ()
    note: Note = ""
    caveat: Annotated[str, "Conflicts and gaps in the sources."] = ""

    @property
    def label(self) -> str:
        """What people call it: its code, else its name."""
        return self.code or self.name

    @property
    def bookable(self) -> bool:
        """Whether it is open to everybody, now or soon."""
        return self.access in ("public", "beta-open", "registration-open")
