"""The catalogue: everything the planner knows, by kind and id, and what its entry file says about the whole.

Plain dataclasses, so that a start of the program does not pay for a validation library; the loader checks files
against exactly these classes, and the JSON Schema and docs/catalogue.md are made from them. They are not frozen and
not compared only because generating that code for so many classes would cost every start milliseconds: nobody may
change them. Levels run from 0 (none) to 4 (expert); hours are hours of focused work; money is US dollars.

A new kind of entry is a class and a line in `Catalogue`: loader, checks of ids, schema and guide follow from these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, TypeVar

from roadmap.model.advice import Background, Cost, Country, Move, Outcome, Project, Rhythm, Route, Words
from roadmap.model.bounds import Bound
from roadmap.model.condition import Condition
from roadmap.model.exams import Certification, ExamDomain
from roadmap.model.ids import AsOf, Section, SourceId, Strict, Text
from roadmap.model.market import Market
from roadmap.model.modules import Hours, Module, Resource, Stage
from roadmap.model.rules import Choice, Goal, Named, Path, Question, Rule, Specialisation
from roadmap.model.skills import Cue, Grade, Role, Salary, Skill
from roadmap.model.sources import Fact, Guide, Source, Topic
from roadmap.model.terms import Line

__all__ = [
    "Catalogue", "Certification", "Choice", "Condition", "ExamDomain", "Fact", "Grade", "Guide", "Header", "Hours",
    "Module", "Pace", "Path", "Question", "Resource", "Role", "Rule", "Salary", "Section", "Skill", "Source",
    "Specialisation", "Topic", "Worth",
]  # fmt: skip

T = TypeVar("T")


@dataclass(kw_only=True, eq=False, repr=False)
class Pace(Strict):
    """How real effort relates to likely hours before a person has logged any: a lognormal factor."""

    median: Annotated[float, Bound(gt=0), "Even-odds ratio of real to likely hours."]
    p80: Annotated[float, Bound(gt=0), "Ratio that four in five stay under."]
    because: Annotated[Text, "The reason, as a sentence that is shown to people."]
    source: SourceId


@dataclass(kw_only=True, eq=False, repr=False)
class Worth(Strict):
    """What counts beside coverage when not everything fits, as shares of coverage (docs/planning.md)."""

    depth: Annotated[float, Bound(ge=0), "Worth of a level other than working, as a part of the skill's own coverage."]
    domain: Annotated[float, Bound(ge=0), "Worth of each module of the chosen field."]
    least: Annotated[float, Bound(ge=0), "Worth of every module, so that nothing that fits is dropped."]


@dataclass(kw_only=True, eq=False, repr=False)
class Ads(Strict):
    """The job postings that coverage and readiness are counted over."""

    file: Annotated[Text, "File with one posting a line, relative to this one."]
    what: Annotated[Text, "What they are, as it is said of many: ads for AI engineers."]
    period: Annotated[Text, "When they were collected, as it is said: January to April 2026."]


@dataclass(kw_only=True, eq=False, repr=False)
class Header(Strict):
    """What the entry file says about the whole catalogue."""

    version: Annotated[Text, "Version of the catalogue."]
    as_of: AsOf
    pace: Annotated[Pace, "How real effort relates to likely hours."]
    worth: Annotated[Worth, "What counts beside coverage when not everything fits."]
    include: Annotated[tuple[Text, ...], "Further files of the catalogue, relative to this one."] = ()
    postings: Annotated[Ads | None, "The job postings that coverage is counted over."] = None


@dataclass(kw_only=True, eq=False, repr=False)
class Catalogue:
    """Everything the planner knows, indexed by id; each mapping keeps the order of the files."""

    version: str
    as_of: str
    pace: Pace
    worth: Worth
    stages: Mapping[str, Stage]
    goals: Mapping[str, Goal]
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
    routes: Mapping[str, Route]
    outcomes: Mapping[str, Outcome]
    moves: Mapping[str, Move]
    projects: Mapping[str, Project]
    backgrounds: Mapping[str, Background]
    countries: Mapping[str, Country]
    costs: Mapping[str, Cost]
    rhythms: Mapping[str, Rhythm]
    advice: Mapping[str, Line]
    words: Mapping[str, Words]
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
    def _paths(self) -> Mapping[tuple[str, str], Path]:
        return {(p.start, p.target): p for p in reversed(list(self.paths.values()))}

    def __getstate__(self) -> dict[str, object]:
        """Without the memo, which belongs to one process."""
        return {k: v for k, v in self.__dict__.items() if k != "memo"}

    def counting(self, groups: Collection[str]) -> Catalogue:
        """The catalogue with coverage and readiness counted over these groups of postings only."""
        if not groups:
            return self
        return self.once("counting", frozenset(groups), lambda: replace(self, market=self.market.only(groups)), 100)

    def path(self, start: str, target: str, named: str | None = None) -> Path | None:
        """The path between two roles, by its id where one of them is `named`, or None."""
        own = self.paths.get(named or "")
        return own if own and (own.start, own.target) == (start, target) else self._paths.get((start, target))

    def other_ways(self, start: str, target: str) -> list[str]:
        """Ids of paths and routes between two roles that are only taken by name, since another one comes before."""
        between = [p for p in self.paths.values() if (p.start, p.target) == (start, target)]
        seen: set[object] = set()
        later = []
        for route in self.routes.values():
            if (route.start, route.target) == (start, target):
                keys = {(route.goal, route.subject, level) for level in route.levels or ("",)}
                later += [route.id] if keys <= seen else []
                seen |= keys
        return [*(p.id for p in between[1:]), *later]

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
