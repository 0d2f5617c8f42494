"""A catalogue of a few lines for tests: modules told one a line, everything else by keyword.

    tiny("calls 8h teaches calls=2\n letters 4h search", core="calls", move="letters")

A line is an id, hours, and words: a kind, `teaches` and `needs` with levels, and key=value for the other keys of a
module. The pace is 1, so that planned hours are likely hours. Sentences of the answer are their own ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from roadmap.model.advice import Cost, Focus, Gate, Move, Outcome, Project, Rhythm, Route, RoutePhase, Session, Words
from roadmap.model.catalogue import Catalogue, Pace, Worth
from roadmap.model.exams import Certification
from roadmap.model.ids import Kind
from roadmap.model.market import Posting, market
from roadmap.model.modules import Hours, Module, Resource, Stage
from roadmap.model.plan import Plan
from roadmap.model.profile import Profile, make_profile
from roadmap.model.rules import Goal, Named, Path, Phase, Rule, Specialisation
from roadmap.model.skills import Role, Skill
from roadmap.model.sources import Source
from roadmap.model.terms import Line, Smaller
from roadmap.planning.make import make_plan
from roadmap.planning.route import ways_of
from roadmap.planning.rules import apply_rules
from roadmap.planning.whole import Since, Whole, draw_up

MONDAY = date(2027, 1, 4)
KINDS = get_args(Kind)
KNOWN: Any = {"sources": ("us",), "as_of": "2027-01-01", "confidence": "high"}


OWN = ("-start-job", "-start-pay", "-start", "-one", "-two")


class Echo(dict[str, Words]):
    """Every sentence there is but those of one route, start or cloud; each of them says its own id."""

    def __missing__(self, key: str) -> Words:
        return Words(id=key, text=f"<{key}>")

    def __contains__(self, key: object) -> bool:
        return not str(key).endswith(OWN)


def levels(text: str) -> dict[str, int]:
    """`rag=2 agents` as levels; without a number working level."""
    pairs = (word.partition("=") for word in text.split())
    return {skill: int(level or 2) for skill, _, level in pairs}


def _parts(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words of a line as pairs of a key and its value."""
    at = "teaches"
    for word in words:
        if word in ("teaches", "needs"):
            at = word
        elif word in KINDS:
            yield "kind", word
        elif word.partition("=")[0] in ("smaller", "certification", "cloud", "domain", "cost_usd", "public", "range"):
            key, _, value = word.partition("=")
            yield key, value
        else:
            yield at, word


def module(line: str) -> Module:
    """A module from a line."""
    id_, hours, *words = line.split()
    told: dict[str, list[str]] = {}
    for key, value in _parts(words):
        told.setdefault(key, []).append(value)

    def one(key: str, usual: str = "") -> str:
        return told.get(key, [usual])[0]

    likely = float(hours.removesuffix("h"))
    low, high = (float(x) for x in one("range", f"{likely}..{likely}").split(".."))
    kind: Any = one("kind", "learn")
    return Module(
        id=id_,
        title=id_.replace("-", " ").capitalize(),
        kind=kind,
        stage="only",
        hours=Hours(low=low, likely=likely, high=high, origin="judgement", basis="told", source="us"),
        summary=f"All of {id_}.",
        done_when=(f"{id_} is done.",),
        evidence=(f"A page about {id_}.",),
        needs=levels(" ".join(told.get("needs", ()))),
        teaches=levels(" ".join(told.get("teaches", ()))),
        cloud=one("cloud") or None,
        domain=one("domain") or None,
        certification=one("certification") or None,
        cost_usd=float(one("cost_usd", "0")),
        public=bool(one("public")),
        smaller=Smaller(share=float(one("smaller")), text=f"only the start of {id_}") if one("smaller") else None,
        resources=("book",),
        leaves=f"{id_} exists",
        on_project=f"{id_} in the project.",
        **KNOWN,
    )


def phase(text: str) -> RoutePhase:
    """`first: calls scores` as a phase."""
    id_, _, modules = text.partition(":")
    gate = Gate(check=f"{id_} passes", missed=f"help for {id_}")
    return RoutePhase(id=id_, title=id_.capitalize(), modules=tuple(modules.split()), leaves=f"{id_} left", gate=gate)


def route(
    modules: Mapping[str, Module],
    *,
    goal: str,
    core: str,
    focus: str,
    phases: Sequence[str],
    move: str,
    act_after: str,
    smaller: Sequence[str],
    **more: Any,
) -> Route:
    """A route from the start to the target; without phases all of it is one."""
    learnt = [m.id for m in modules.values() if m.id not in move.split() and m.kind != "certify"]
    told = phases or (f"all: {' '.join(learnt)}",)
    return Route(
        id=f"start-{goal}",
        start="start",
        target="engineer",
        goal=goal,
        outcome=f"you reach {goal}",
        title=f"To {goal}",
        way="Go.",
        core=tuple(core.split()),
        focus=tuple(focus.split()),
        phases=tuple(phase(p) for p in told),
        move=f"move-{goal}" if move else "",
        act_after=tuple(act_after.split()),
        smaller=tuple(smaller),
        **{**KNOWN, **more},
    )


def _outcome(text: str) -> Outcome:
    """`piece: calls scores | calls` as an outcome with all its modules and, after the bar, the least of them."""
    id_, _, rest = text.partition(":")
    every, _, least = rest.partition("|")
    return Outcome(
        id=id_,
        text=f"you have {id_}",
        title=id_.capitalize(),
        modules=tuple(every.split()),
        least=tuple((least or every).split()),
        advice=f"advice for {id_}",
    )


def certification(id_: str, **more: Any) -> Certification:
    """An exam that everybody can book for 100 dollars."""
    told: dict[str, Any] = {
        "name": id_.upper(),
        "issuer": "us",
        "level": "associate",
        "kind": "exam",
        "url": "https://example.org/exam",
        "status": "active",
        "access": "public",
        "source": "us",
        "checked": "2027-01-01",
        "confidence": "high",
        "fee_usd": 100.0,
    }
    return Certification(id=id_, **{**told, **more})


@dataclass
class Extra:
    """What only some tests need."""

    rules: Sequence[Rule] = ()
    exams: Sequence[Certification] = ()
    fields: Mapping[str, Focus] = field(default_factory=dict)
    subjects: Mapping[str, Focus] = field(default_factory=dict)
    lines: Sequence[Line] = ()
    costs: Sequence[Cost] = ()
    projects: Sequence[Project] = ()
    usual_exams: tuple[str, ...] = ()
    baseline: str = ""
    second: Mapping[str, Any] = field(default_factory=dict)


def tiny(
    lines: str,
    *,
    core: str = "",
    focus: str = "",
    move: str = "",
    phases: Sequence[str] = (),
    act_after: str = "",
    smaller: Sequence[str] = (),
    asks: str = "",
    demand: str = "",
    share: int = 25,
    pace: tuple[float, float] = (1.0, 1.0001),
    extra: Extra | None = None,
    **more: Any,
) -> Catalogue:
    """A catalogue with the goals job and pay, one start and one target that asks for the skills of `asks`.

    `demand` gives a skill so many of ten postings. `extra.second` tells a second route, to pay.
    """
    extra = extra or Extra()
    modules = {m.id: m for line in lines.strip().splitlines() if line.strip() for m in [module(line)]}
    named = [s for m in modules.values() for s in (*m.needs, *m.teaches)]
    skills = dict.fromkeys([*named, *levels(asks), *levels(demand), *levels(extra.baseline)])
    wanted = levels(demand)
    rows = [Posting("mid", "US", tuple(s for s, n in wanted.items() if n > i)) for i in range(10)]
    told = {"goal": "job", "core": core, "focus": focus, "phases": phases, "move": move, "act_after": act_after}
    names = [s.partition(":")[0] for s in smaller]
    routes = [route(modules, **told, smaller=names, **more)]  # type: ignore[arg-type]
    moves = {"move-job": move}
    if extra.second:
        other: dict[str, Any] = {"core": "", "focus": "", "phases": (), "move": "", "act_after": "", **extra.second}
        routes.append(route(modules, goal="pay", smaller=names, **other))
        moves["move-pay"] = str(other["move"])
    goals = [Goal(id="job", name="a job"), Goal(id="pay", name="more pay")]
    goals += [Goal(id=i, name=i, kind="subject", focus=f) for i, f in extra.subjects.items()]
    roles = [
        Role(id="start", name="Start", summary="Where one is.", start=True, baseline=levels(extra.baseline), **KNOWN),
        Role(id="engineer", name="Engineer", summary="A job.", target=True, targets={"mid": levels(asks)}, **KNOWN),
    ]
    path = Path(
        id="start-engineer",
        start="start",
        target="engineer",
        phases=(Phase(id="all", title="All", because="It is.", source="us", stages=("only",)),),
        usual_exams=extra.usual_exams,
        **KNOWN,
    )
    fields = [
        Specialisation(id=i, name=i, summary=i, modules=f.phase.modules, focus=f, **KNOWN)
        for i, f in extra.fields.items()
    ]
    book = Resource(
        id="book",
        title="The book",
        url="https://example.org/book",
        provider="us",
        kind="book",
        level="beginner",
        cost="free",
        hours=2,
        hours_origin="judgement",
        checked="2027-01-01",
        confidence="high",
    )
    week = Rhythm(
        id="week",
        up_to=60,
        sessions=(Session(day="tue", share=30, what="read"), Session(day="sat", share=70, what="build")),
    )
    return Catalogue(
        version="1",
        as_of="2027-01-01",
        pace=Pace(median=pace[0], p80=pace[1], because="told", source="us"),
        worth=Worth(depth=0.1, domain=0.1, least=0.001),
        stages={"only": Stage(id="only", name="Only", short="Only")},
        goals={g.id: g for g in goals},
        clouds={i: Named(id=i, name=i.upper()) for i in ("one", "two")},
        sources={"us": Source(id="us", title="Us", as_of="2027-01-01", confidence="high")},
        skills={s: _skill(s) for s in skills},
        roles={r.id: r for r in roles},
        modules=modules,
        resources={"book": book},
        certifications={c.id: c for c in extra.exams},
        specialisations={s.id: s for s in fields},
        paths={path.id: path},
        rules={r.id: r for r in extra.rules},
        questions={},
        guides={},
        facts={},
        topics={},
        cues={},
        grades={},
        routes={r.id: r for r in routes},
        outcomes={o.id: o for o in map(_outcome, smaller)},
        moves={i: _move(i, ids, share) for i, ids in moves.items() if ids},
        projects={p.id: p for p in extra.projects},
        backgrounds={},
        countries={},
        costs={c.id: c for c in extra.costs},
        rhythms={"week": week},
        advice={line.id: line for line in extra.lines},
        words=Echo(),
        market=market(rows),
    )


def _skill(id_: str) -> Skill:
    return Skill(id=id_, name=id_, short=id_[:24], plain=id_, stage="only", levels=("a", "b", "c", "d"), **KNOWN)


def _move(id_: str, ids: str, share: int) -> Move:
    return Move(
        id=id_,
        name=f"The {id_}",
        kind="search",
        modules=tuple(ids.split()),
        share=share,
        after="Go on.",
        leaves=f"{id_} left",
    )


def someone(catalogue: Catalogue, **answers: Any) -> Profile:
    """A person of the tiny world, from a Monday on."""
    made, faults = make_profile({"role": "start", "start": MONDAY, **answers}, catalogue, MONDAY)
    assert made is not None, faults
    return made


def planned(catalogue: Catalogue, **answers: Any) -> Plan:
    """The plan of a person of the tiny world."""
    return make_plan(catalogue, someone(catalogue, **answers), MONDAY)


def whole(catalogue: Catalogue, ending: int = 0, **answers: Any) -> Whole:
    """Everything that an end of a person's route takes, before limits."""
    profile = someone(catalogue, **answers)
    path = catalogue.path(profile.role, profile.target)
    assert path is not None
    chosen, rules = ways_of(catalogue, profile).endings[ending], apply_rules(catalogue, profile)
    return draw_up(catalogue, profile, path, chosen, rules, Since(catalogue.pace))


def tiers(catalogue: Catalogue, **answers: Any) -> dict[str, str]:
    """The tier of every module that is chosen before limits, as words: `core`: "a b"."""
    found: dict[str, str] = {}
    for id_, tier in whole(catalogue, **answers).selection.tiers.items():
        found[tier] = f"{found[tier]} {id_}" if tier in found else id_
    return found


def steps(plan: Plan) -> str:
    """The steps of a plan in the order in which they begin."""
    return " ".join(s.id for s in plan.steps)
