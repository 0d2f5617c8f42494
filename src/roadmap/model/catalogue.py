"""The nouns of the catalogue: what can be learnt, from what, for which role, by which rule.

Plain dataclasses, so that a start of the program does not pay for a validation library; the loader checks files
against exactly these classes and the JSON Schema is made from them. They are not frozen and not compared only
because generating that code for so many classes would cost every start milliseconds: nobody may change them.
Levels run from 0 (none) to 4 (expert); hours are hours of focused work; money is US dollars.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from roadmap.model.bounds import Bound
from roadmap.model.market import Market

Level = Annotated[int, Bound(ge=0), Bound(le=4)]
Levels = dict[str, Level]
Text = Annotated[str, Bound(min_length=1)]
Confidence = Literal["high", "medium", "low"]
Origin = Literal["published", "measured", "judgement"]
Kind = Literal["learn", "build", "certify", "publish", "search"]
RoleLevel = Literal["entry", "mid", "senior"]
State = Literal["live", "moved", "renamed", "closed", "superseded"]
Section = Literal["summary", "skills", "work", "projects", "education", "certificates", "other", "contact"]

T = TypeVar("T")
STRICT: dict[str, object] = {"extra": "forbid"}


@dataclass(kw_only=True, eq=False, repr=False)
class Remark:
    """A statement with its source."""

    text: Text
    source: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class LawDate:
    """A day on which a part of a law takes effect."""

    what: Text
    effective: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Source:
    """Who says so: a page, a data set, a standard, or our own judgement."""

    id: Text
    title: Text
    as_of: Text
    confidence: Confidence
    url: str | None = None
    publisher: str = ""
    licence: str = ""
    effective: str | None = None
    dates: tuple[LawDate, ...] = ()
    checked: str = ""
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Stage:
    """One of the ordered layers of the whole way."""

    id: Text
    name: Text
    short: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Named:
    """An id with words for people: a goal, a cloud."""

    id: Text
    name: Text
    why: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Code:
    """A key into somebody else's classification (O*NET-SOC, ESCO)."""

    scheme: Text
    code: str | None
    source: Text
    title: str | None = None
    uri: str | None = None
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Demand:
    """Share of AI-first postings that name a skill, in percent, by seniority and region."""

    as_of: Text
    source: Text
    share: float | None = None
    junior: float | None = None
    mid: float | None = None
    senior: float | None = None
    us: float | None = None
    india: float | None = None
    uk: float | None = None
    de_nl: float | None = None
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Skill:
    """Something one can be good at. `levels` says in one line each what levels 1 to 4 mean.

    Where people's own texts are read, `exact` names count only as they are spelt, `listed` ones, which are ordinary
    words too, only as an item of a list beside another skill.
    """

    id: Text
    name: Text
    short: Annotated[str, Bound(min_length=1, max_length=24)]
    plain: Text
    stage: Text
    levels: Annotated[tuple[Text, ...], Bound(min_length=4, max_length=4)]
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    aliases: tuple[Text, ...] = ()
    exact: tuple[Text, ...] = ()
    listed: tuple[Text, ...] = ()
    demand: Demand | None = None
    taught: bool = True
    why_not: str = ""
    codes: tuple[Code, ...] = ()
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Salary:
    """A band of yearly (or hourly) pay; `high` is open when None. `years` are years of experience."""

    level: Text
    region: Text
    year: int
    measure: Text
    origin: Text
    source: Text
    confidence: Confidence
    low: float | None = None
    high: float | None = None
    median: float | None = None
    n: int | None = None
    years: str = ""
    currency: str = "USD"
    open_ended: bool = False
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Progression:
    """A step of the career after the target is reached."""

    step: Text
    text: Text
    source: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Role:
    """A job: what it puts out, and the skill levels it brings (`baseline`) or asks for (`targets`).

    `titles` are job titles of people who start from here, as a resume has them.
    """

    id: Text
    name: Text
    summary: Text
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    start: bool = False
    target: bool = False
    default_level: RoleLevel = "mid"
    titles: tuple[Text, ...] = ()
    output: str = ""
    daily_tasks: tuple[Text, ...] = ()
    required_skills: str = ""
    trajectory: tuple[Text, ...] = ()
    when_hired: str = ""
    regulated_fit: str = ""
    responsibilities: tuple[Text, ...] = ()
    progression: tuple[Progression, ...] = ()
    salaries: tuple[Salary, ...] = ()
    codes: tuple[Code, ...] = ()
    baseline: Levels = field(default_factory=dict)
    targets: dict[RoleLevel, Levels] = field(default_factory=dict)
    pay_drivers: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    facts: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Hours:
    """A range of effort and where it comes from. `basis` is the arithmetic behind the numbers."""

    low: Annotated[float, Bound(gt=0)]
    likely: Annotated[float, Bound(gt=0)]
    high: Annotated[float, Bound(gt=0)]
    origin: Origin
    basis: Text
    source: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Module:
    """A piece of work that lifts skills. `needs` and `teaches` map a skill to a level.

    `public` marks work that a stranger can look at; `heavy` a large build of which nobody does two at once.
    """

    id: Text
    title: Annotated[str, Bound(min_length=1, max_length=70)]
    kind: Kind
    stage: Text
    hours: Hours
    summary: Text
    done_when: Annotated[tuple[Text, ...], Bound(min_length=1)]
    evidence: Annotated[tuple[Text, ...], Bound(min_length=1)]
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    needs: Levels = field(default_factory=dict)
    teaches: Levels = field(default_factory=dict)
    resources: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    cloud: str | None = None
    domain: str | None = None
    certification: str | None = None
    public: bool = False
    heavy: bool = False
    cost_usd: Annotated[float, Bound(ge=0)] = 0
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Resource:
    """A course, page, book, repository, paper or standard, with its price and its state when last checked."""

    id: Text
    title: Text
    url: Text
    provider: Text
    kind: Literal["course", "docs", "book", "repo", "paper", "standard", "practice", "video"]
    level: Literal["beginner", "intermediate", "advanced"]
    cost: Literal["free", "freemium", "paid"]
    hours: Annotated[float, Bound(gt=0)]
    hours_origin: Origin
    checked: Text
    confidence: Confidence
    as_of: str | None = None
    hours_source: str = ""
    price_usd: Annotated[float, Bound(ge=0)] | None = None
    hands_on: bool = False
    skills: tuple[Text, ...] = ()
    state: State = "live"
    superseded_by: str | None = None
    note: str = ""
    seen_via: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Gates:
    """What must be held before an exam may be booked: one of `any_of`, or a condition only a person can judge."""

    text: Text
    any_of: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class ExamDomain:
    """A part of an exam and its weight in percent."""

    name: Text
    weight: float | None = None
    range: tuple[float, float] | None = None
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Certification:
    """An exam or credential with its whole life. Dates are ISO texts; None means not known or not set."""

    id: Text
    name: Text
    issuer: Text
    level: Text
    kind: Text
    url: Text
    status: Literal["active", "beta", "announced", "retired"]
    access: Literal[
        "public",
        "beta-open",
        "registration-open",
        "partner-only",
        "invite-only",
        "subscription",
        "unconfirmed",
        "closed",
    ]
    source: Text
    checked: Text
    confidence: Confidence
    as_of: str | None = None
    code: str | None = None
    available_from: str | None = None
    retires_on: str | None = None
    date_precision: Literal["day", "month"] = "day"
    replaces: tuple[Text, ...] = ()
    replaced_by: tuple[Text, ...] = ()
    gates: Gates | None = None
    fee_usd: Annotated[float, Bound(ge=0)] | None = None
    validity_months: int | None = None
    renewal: str = ""
    duration_minutes: float | None = None
    questions: str | None = None
    passing_score: str | None = None
    prep_hours: tuple[float, float] | None = None
    prep_hours_origin: str | None = None
    prep_hours_basis: str | None = None
    recommended_experience: str = ""
    domains: tuple[ExamDomain, ...] = ()
    best_for: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sources_urls: tuple[str, ...] = ()
    worth: Remark | None = None
    note: str = ""
    caveat: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    @property
    def label(self) -> str:
        """What people call it: its code, else its name."""
        return self.code or self.name


@dataclass(kw_only=True, eq=False, repr=False)
class Regulation:
    """A law or standard and the date from which it applies."""

    name: Text
    what: Text
    source: Text
    as_of: Text
    confidence: Confidence
    effective: str | None = None
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class DomainDemand:
    """How many postings belong to a domain: percent of AI-first postings, and the count behind it."""

    share: float
    n: int
    source: Text
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Specialisation:
    """A regulated or business domain with its own ordered modules."""

    id: Text
    name: Text
    summary: Text
    modules: Annotated[tuple[Text, ...], Bound(min_length=1)]
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    regulations: tuple[Regulation, ...] = ()
    systems: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    extra_skills: tuple[str, ...] = ()
    demand: DomainDemand | None = None
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Phase:
    """A part of a path, in priority order. Takes the modules it names, then any of its `stages`."""

    id: Text
    title: Text
    because: Text
    source: Text
    modules: tuple[Text, ...] = ()
    stages: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Path:
    """The way from a starting role to a target role.

    `months` is a published duration, None where nobody has published one. `essentials` are the skill levels
    without which the result cannot be called the target role. `usual_exams` are the certifications that guides
    commonly name for this path, kept so that a reader learns what became of them.
    """

    id: Text
    start: Text
    target: Text
    phases: Annotated[tuple[Phase, ...], Bound(min_length=1)]
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    facts: tuple[Text, ...] = ()
    months: tuple[float, float] | None = None
    months_note: str = ""
    essentials: Levels = field(default_factory=dict)
    usual_exams: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Condition:
    """When a rule applies. All the keys that are given must hold; a list means any of these."""

    role: tuple[Text, ...] = ()
    target: tuple[Text, ...] = ()
    level: tuple[RoleLevel, ...] = ()
    goal: tuple[Text, ...] = ()
    cloud: tuple[Text, ...] = ()
    domain: tuple[Text, ...] = ()
    certifications: tuple[Literal["none", "one", "all"], ...] = ()
    holds: tuple[Text, ...] = ()
    hours_below: float | None = None
    hours_from: float | None = None
    budget_below: float | None = None
    review: bool | None = None
    skill_below: Levels = field(default_factory=dict)
    skill_from: Levels = field(default_factory=dict)
    none_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Prefer:
    """Take `modules` where one of `over` would do as well; or move modules `early` or `late` within a path."""

    modules: tuple[Text, ...] = ()
    over: tuple[Text, ...] = ()
    early: tuple[Text, ...] = ()
    late: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Swap:
    """Replace a module by another one wherever it would be chosen."""

    module: Text
    by: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Resize:
    """Multiply the hours of modules by a factor."""

    modules: Annotated[tuple[Text, ...], Bound(min_length=1)]
    factor: Annotated[float, Bound(gt=0), Bound(le=3)]
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Effect:
    """What a rule does."""

    add: tuple[Text, ...] = ()
    leave_out: tuple[Text, ...] = ()
    prefer: Prefer | None = None
    swap: Swap | None = None
    resize: Resize | None = None
    note: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Rule:
    """A piece of advice as data: when it applies, what it changes, why, and who says so.

    `weight` is the worth of what the rule adds, as a share of coverage: 0.01 counts like one percent.
    """

    id: Text
    when: Condition
    then: Effect
    because: Text
    source: Text
    weight: Annotated[float, Bound(ge=0)] = 0.0
    as_of: str = ""
    confidence: Confidence = "medium"
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Choice:
    """One answer that a question offers, written out in the catalogue."""

    value: str | float | None
    label: Text
    why: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Question:
    """A question of the interview. `sets` is the profile key it answers.

    Choices are the listed ones, then those `choices_from` the catalogue. `short` names the answer in a list
    ("hours a week"), `empty` is what no answer is called ("no limit"). `stages` limits a checklist of skills.
    `when` limits the question to some people, judged by the answers given before it.
    """

    id: Text
    sets: Text
    ask: Text
    why: Text
    kind: Literal["choice", "choices", "number", "date", "periods", "skills", "text"]
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["starts", "targets", "goals", "clouds", "specialisations", "skills"] | None = None
    default: str | float | None = None
    optional: bool = False
    short: str = ""
    empty: str = "none"
    stages: tuple[Text, ...] = ()
    when: Condition = field(default_factory=Condition)
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Guide:
    """A short page of advice. `facts` are the ids of the source article's statements it represents."""

    id: Text
    title: Text
    summary: Text
    body: Text
    sources: Annotated[tuple[Text, ...], Bound(min_length=1)]
    as_of: Text
    confidence: Confidence
    facts: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class FactCheck:
    """What a check of a statement found: `text` holds the better figure, shown beside the statement."""

    status: Literal["supported", "partly", "unproven", "outdated", "contradicted"]
    text: Text
    source: Text
    as_of: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Fact:
    """A statement of the source article, with the entries that represent it as kind:id in `places`."""

    id: Text
    text: Text
    places: Annotated[tuple[Text, ...], Bound(min_length=1)]
    source: Text
    as_of: Text
    confidence: Confidence
    check: FactCheck | None = None
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Topic:
    """A topic of somebody else's list: the entries that cover it as kind:id, or the reason why none does."""

    id: Text
    source: Text
    as_of: Text
    covered_by: tuple[Text, ...] = ()
    why_not: str = ""
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Cue:
    """Words that tell how a text of people is to be read, in any case.

    `does` is what they do: head a `section`; deny what follows in the clause (`denies`; `wishes` does so in a resume
    alone), the very next name (`denies-next`) or the name before (`denied`); end such a clause (`ends`); state a
    `level` for a skill; stand for `today`; stand beside an item of a list (`before`, `after`; `surely-before` and
    `surely-after` need no company).
    """

    id: Text
    does: Literal[
        "section",
        "denies",
        "wishes",
        "denies-next",
        "denied",
        "ends",
        "level",
        "today",
        "before",
        "after",
        "surely-before",
        "surely-after",
    ]
    words: Annotated[tuple[Text, ...], Bound(min_length=1)]
    source: Text
    as_of: Text
    section: Section | None = None
    level: Level | None = None
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Grade:
    """The level that a resume's words are worth: by the sections they stand in, how many `times` they are there, and
    the `years` of those positions together.
    """

    id: Text
    level: Level
    sections: Annotated[tuple[Section, ...], Bound(min_length=1)]
    because: Text
    source: Text
    as_of: Text
    years: Annotated[float, Bound(gt=0)] | None = None
    times: Annotated[int, Bound(ge=1)] = 1
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Pace:
    """How real effort relates to likely hours before a person has logged any: a lognormal factor.

    `median` is the even-odds ratio of actual to likely hours; `p80` the ratio that four in five stay under.
    """

    median: Annotated[float, Bound(gt=0)]
    p80: Annotated[float, Bound(gt=0)]
    because: Text
    source: Text
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Worth:
    """What counts beside coverage when not everything fits, as shares of coverage (docs/planning.md).

    `depth`: each level that the role asks for other than working level, as a part of the skill's own coverage.
    `domain`: each module of the field the person chose. `least`: every module of the whole plan, so that nothing
    that fits is dropped.
    """

    depth: Annotated[float, Bound(ge=0)]
    domain: Annotated[float, Bound(ge=0)]
    least: Annotated[float, Bound(ge=0)]
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Header:
    """What the entry file says about the whole catalogue."""

    version: Text
    as_of: Text
    pace: Pace
    worth: Worth
    include: tuple[Text, ...] = ()
    postings: str | None = None
    __pydantic_config__: ClassVar[dict[str, object]] = STRICT


@dataclass(kw_only=True, eq=False, repr=False)
class Catalogue:
    """Everything the planner knows, indexed by id; each mapping keeps the order of the files."""

    version: str
    as_of: str
    pace: Pace
    worth: Worth
    stages: Mapping[str, Stage]
    goals: Mapping[str, Named]
    clouds: Mapping[str, Named]
    sources: Mapping[str, Source]
    skills: Mapping[str, Skill]
    roles: Mapping[str, Role]
    modules: Mapping[str, Module]
    resources: Mapping[str, Resource]
    certifications: Mapping[str, Certification]
    specialisations: Mapping[str, Specialisation]
    paths: Mapping[str, Path]
    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    guides: Mapping[str, Guide]
    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    cues: Mapping[str, Cue]
    grades: Mapping[str, Grade]
    market: Market

    @cached_property
    def teachers(self) -> Mapping[str, tuple[Module, ...]]:
        """The modules that teach each skill, in the order of the catalogue."""
        found: dict[str, list[Module]] = {}
        for module in self.modules.values():
            for skill in module.teaches:
                found.setdefault(skill, []).append(module)
        return {skill: tuple(modules) for skill, modules in found.items()}

    @cached_property
    def memo(self) -> dict[str, dict[object, Any]]:
        """What `once` has worked out, by kind; never part of the catalogue's value."""
        return {}

    def once(self, kind: str, key: object, make: Callable[[], T], most: int = 1000) -> T:
        """What `make` gives, worked out once per key while no more than `most` others of its kind came after it.

        `make` must be a pure function of the catalogue and the key.
        """
        known = self.memo.get(kind)
        if known is None:
            known = self.memo[kind] = {}
        if key in known:
            found: T = known[key]
            return found
        made = make()
        if len(known) >= most:
            del known[next(iter(known))]
        known[key] = made
        return made

    @cached_property
    def routes(self) -> Mapping[tuple[str, str], Path]:
        """Paths by start and target."""
        return {(p.start, p.target): p for p in reversed(list(self.paths.values()))}

    def __getstate__(self) -> dict[str, object]:
        """Without the memo, which belongs to one process."""
        return {k: v for k, v in self.__dict__.items() if k != "memo"}

    def counting(self, groups: Collection[str]) -> "Catalogue":
        """The catalogue with coverage and readiness counted over these groups of postings only."""
        if not groups:
            return self
        return self.once("counting", frozenset(groups), lambda: replace(self, market=self.market.only(groups)), 100)

    def path(self, start: str, target: str) -> Path | None:
        """The path between two roles, or None."""
        return self.routes.get((start, target))

    def certification(self, name: str) -> Certification | None:
        """The certification with this id or code, in any case, or None."""
        exact = self.certifications.get(name)
        if exact:
            return exact
        folded = name.casefold()
        for cert in self.certifications.values():
            if folded in (cert.id.casefold(), (cert.code or "").casefold()):
                return cert
        return None

    def successors(self, certification: str) -> tuple[Certification, ...]:
        """Every certification that follows, first to last, along the whole chain; each once."""
        chain: dict[str, Certification] = {}
        queue = list(self.certifications[certification].replaced_by)
        while queue:
            one = queue.pop(0)
            if one not in chain and one in self.certifications and one != certification:
                chain[one] = self.certifications[one]
                queue.extend(chain[one].replaced_by)
        return tuple(chain.values())
