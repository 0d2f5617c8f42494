"""What people can do and what jobs ask for: skills, roles, and how a resume is read for them.

How keys are annotated: `roadmap.model.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from roadmap.model.bounds import Bound
from roadmap.model.ids import (
    AsOf,
    Confidence,
    Facts,
    Id,
    Level,
    Levels,
    Name,
    Note,
    RoleId,
    RoleLevel,
    Section,
    SkillId,
    SourceId,
    Sources,
    StageId,
    Strict,
    Summary,
    Text,
)
from roadmap.model.sources import Remark


@dataclass(kw_only=True, eq=False, repr=False)
class Code(Strict):
    """A key into somebody else's classification (O*NET-SOC, ESCO)."""

    scheme: Annotated[Text, "Name of the classification, such as O*NET-SOC 2019."]
    code: Annotated[str | None, "The key itself."]
    source: SourceId
    title: Annotated[str | None, "What it is called there."] = None
    uri: Annotated[str | None, "Its address in the classification."] = None
    note: Note = ""


Codes = Annotated[tuple[Code, ...], "Keys into other classifications."]


@dataclass(kw_only=True, eq=False, repr=False)
class Demand(Strict):
    """Share of AI-first postings that name a skill, in percent, by seniority and region."""

    as_of: AsOf
    source: SourceId
    share: Annotated[float | None, "Percent of AI-first postings."] = None
    junior: Annotated[float | None, "Percent among junior postings."] = None
    mid: Annotated[float | None, "Percent among mid-level postings."] = None
    senior: Annotated[float | None, "Percent among senior postings."] = None
    us: Annotated[float | None, "Percent in the United States."] = None
    india: Annotated[float | None, "Percent in India."] = None
    uk: Annotated[float | None, "Percent in the United Kingdom."] = None
    de_nl: Annotated[float | None, "Percent in Germany and the Netherlands."] = None
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Skill(Strict):
    """Something one can be good at."""

    id: Id
    name: Name
    short: Annotated[str, Bound(min_length=1, max_length=24), "At most 24 characters, for a checklist."]
    plain: Annotated[Text, "One sentence that a newcomer understands."]
    stage: Annotated[StageId, "Id of a stage."]
    levels: Annotated[
        tuple[Text, ...],
        Bound(min_length=4, max_length=4),
        "What levels 1 to 4 mean: four lines that begin with You can.",
    ]
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    aliases: Annotated[tuple[Text, ...], "What people and postings call it; no two skills share one."] = ()
    exact: Annotated[tuple[Text, ...], "Names that count in people's texts only as they are spelt here."] = ()
    listed: Annotated[
        tuple[Text, ...],
        "Names that are ordinary words too: in people's texts they count only as an item of a list.",
    ] = ()
    demand: Annotated[Demand | None, "How many AI-first postings ask for it."] = None
    implies: Annotated[
        dict[Level, Levels], "What somebody who states this level surely has as well: by level, skills with theirs."
    ] = field(default_factory=dict)
    taught: Annotated[bool, "false where it is deliberately left out."] = True
    why_not: Annotated[str, "The reason why it is left out."] = ""
    codes: Codes = ()
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Salary(Strict):
    """A band of yearly (or hourly) pay."""

    level: Annotated[Text, "The level it is paid for."]
    region: Annotated[Text, "Country or group of countries."]
    year: Annotated[int, "The year it speaks for."]
    measure: Annotated[Text, "What is measured, such as base or total pay."]
    origin: Annotated[Text, "Who counted: article, postings, official or survey."]
    source: SourceId
    confidence: Confidence
    low: Annotated[float | None, "Lower end of the band, or the 25th percentile."] = None
    high: Annotated[float | None, "Upper end, or the 75th percentile; null if it is open."] = None
    median: Annotated[float | None, "The middle value."] = None
    n: Annotated[int | None, "How many cases are behind the figure."] = None
    years: Annotated[str, "Years of experience, such as 3-5."] = ""
    currency: Annotated[str, "Currency code."] = "USD"
    open_ended: Annotated[bool, "true where the source says and more."] = False
    note: Note = ""


@dataclass(kw_only=True, eq=False, repr=False)
class Progression(Strict):
    """A step of the career after the target is reached."""

    step: Annotated[Text, "Name of the step."]
    text: Annotated[Text, "What it is about."]
    source: SourceId


@dataclass(kw_only=True, eq=False, repr=False)
class Role(Strict):
    """A job: what it puts out, and the skill levels it brings (`baseline`) or asks for (`targets`)."""

    id: Id
    name: Name
    summary: Summary
    sources: Sources
    as_of: AsOf
    confidence: Confidence
    start: Annotated[bool, "true if people may start from here."] = False
    target: Annotated[bool, "true if people may aim at it."] = False
    default_level: Annotated[RoleLevel, "The level assumed when a person names none."] = "mid"
    titles: Annotated[tuple[Text, ...], "Job titles of people who start from here, as a resume has them."] = ()
    output: Annotated[str, "Dimension 1: what the job puts out."] = ""
    daily_tasks: Annotated[tuple[Text, ...], "Dimension 2: what a day holds."] = ()
    required_skills: Annotated[str, "Dimension 3: what it asks for, in a line."] = ""
    trajectory: Annotated[tuple[Text, ...], "Dimension 4: where it leads, in order."] = ()
    when_hired: Annotated[str, "Dimension 5: when somebody is hired for it."] = ""
    regulated_fit: Annotated[str, "Dimension 6: how it fits regulated work; pay is the seventh."] = ""
    responsibilities: Annotated[tuple[Text, ...], "What the person answers for."] = ()
    progression: Annotated[tuple[Progression, ...], "Steps of the career afterwards."] = ()
    salaries: Annotated[tuple[Salary, ...], "Bands of pay, one row for each level, region and origin."] = ()
    codes: Codes = ()
    baseline: Annotated[Levels, "Skill levels that a person in this role usually has."] = field(default_factory=dict)
    targets: Annotated[dict[RoleLevel, Levels], "Skill levels asked for at entry, mid and senior."] = field(
        default_factory=dict
    )
    pay_drivers: Annotated[tuple[Remark, ...], "What pay is said to depend on, and what a check found."] = ()
    notes: Annotated[tuple[Remark, ...], "Statements with their source that belong on the page of the role."] = ()
    facts: Facts = ()


Does = Literal[
    "section", "heading-last", "heading-first", "heading-beside", "no-heading", "denies", "wishes", "denies-next",
    "denied", "denies-before", "ends", "not-held", "ran-out", "level", "slight", "today", "since", "since-alone",
    "from", "until", "between", "label", "month", "season", "title", "head", "generic", "field", "trade", "learner",
    "company", "name", "phrase", "ambiguous", "everyday", "exact", "listed", "degree", "whole", "before", "after",
    "verb", "surely-before", "surely-after", "must", "nice", "duty", "about", "says-must", "says-nice", "says-duty",
    "says-about", "column", "own-column", "given-name", "family-name",
]  # fmt: skip


@dataclass(kw_only=True, eq=False, repr=False)
class Cue(Strict):
    """Words that tell how a text of people is to be read, in any case.

    Of a resume: what heads a `section` (`heading-last`, `heading-first`: also at the end or start of a longer heading;
    `heading-beside`: words that do not change it; `no-heading`: never), what stands for `today`, `since`
    (`since-alone`: with nothing behind the date), `from`, `until` or `between`, the `label` before a title, firm or
    name ("Position: ..."), the twelve words of `month` and the four of `season` in order, what a `title` says of a
    `role` (`head`: its head word, unless a `trade` takes it back; `generic`: a head word that says it only beside a
    `field`; `learner`: whoever still learns; `company`: the end of a firm's name), what states a `level`, what says
    that work was `slight`. Of a skill: a further `name`, a `phrase` that only sounds like one, names that are
    `ambiguous`, `everyday`, `exact` or `listed` (as in skills), a `degree` or `whole`; words that deny what follows in
    the clause (`denies`; `wishes` in a resume alone), the very next name (`denies-next`), the name before (`denied`,
    `denies-before`), that end such a clause (`ends`), a certificate `not-held` or `ran-out`, and what stands beside an
    item of a list (`before`, `after`, `verb`; `surely-before` and `surely-after` need no company). Of a posting: what
    heads or says what is a must, nice to have, a duty or about the firm (`must`, `nice`, `duty`, `about`, and the same
    with `says-`). Of a table: what heads a `column` with a `key` of the profile, one that people keep for themselves
    (`own-column`), and the parts of a name (`given-name`, `family-name`); accents and signs do not matter there.
    """

    id: Id
    does: Annotated[Does, "What the words do in a text of people."]
    words: Annotated[tuple[Text, ...], Bound(min_length=1), "The words, in any case."]
    source: SourceId
    as_of: AsOf
    section: Annotated[Section | None, "The section that the words head."] = None
    level: Annotated[Level | None, "The level that the words state."] = None
    role: Annotated[RoleId | None, "The starting role that a job title with the words speaks for."] = None
    skill: Annotated[SkillId | None, "The skill that the words name."] = None
    key: Annotated[Text | None, "The key of the profile (or `id`) that a column with such a heading holds."] = None


@dataclass(kw_only=True, eq=False, repr=False)
class Grade(Strict):
    """The level that a resume's words are worth: by the sections they stand in, how many `times` they are there, and
    the `years` of those positions together.
    """

    id: Id
    level: Annotated[Level, "The level that is proposed."]
    sections: Annotated[tuple[Section, ...], Bound(min_length=1), "Where a skill must be named."]
    because: Annotated[Text, "The reason, as a sentence that is shown to people."]
    source: SourceId
    as_of: AsOf
    years: Annotated[float | None, Bound(gt=0), "How many years the positions that name it must add up to."] = None
    times: Annotated[int, Bound(ge=1), "In how many lines."] = 1
