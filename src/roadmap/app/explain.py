"""What somebody means who asks why: a step, a module, an exam, in the plan or left out of it."""

from datetime import date

from roadmap.app.steps import find, numbered
from roadmap.app.subject import Subject
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Absent, Ordered, Present
from roadmap.model.plan import Plan
from roadmap.model.problem import nearest


def find_any(known: Catalogue, whose: Subject, name: str | None) -> str:
    """The id of a step, of a module, or of an exam's preparation where an exam is named by id or code."""
    plan = whose.plan
    numbers = numbered(whose.saved, whose.now) if whose.saved and whose.now else {}
    numbers = numbers or {s.id: number for number, s in enumerate(plan.steps, 1)}
    if name is None:
        at_hand = whose.now.now if whose.now else None
        if at_hand is None:
            raise UsageError("name one step, or two with --order", "for example: roadmap explain first-rag --role swe")
        return at_hand.id
    left = {x.id: x.title for x in plan.left_out}
    if name in known.modules or name in left:
        return name
    cert = known.certification(name)
    if cert is not None:
        return next((m.id for m in known.modules.values() if m.certification == cert.id), cert.id)
    titles = {id_: known.modules[id_].title if id_ in known.modules else id_ for id_ in numbers}
    every = {**titles, **left, **{m.id: m.title for m in known.modules.values()}}
    return find(name, numbers, titles) or find(name, {}, left) or find(name, {}, every) or name


def planned(known: Catalogue, whose: Subject, name: str) -> str:
    """The id of a step of the plan. Raises RoadmapError for anything else."""
    plan, id_ = whose.plan, find_any(known, whose, name)
    if plan.step(id_) is None:
        left = id_ in known.modules or any(x.id == id_ for x in plan.left_out)
        hint = f"roadmap explain {id_} tells why it is not" if left else unknown(known, plan, id_).hint
        raise RoadmapError(f'"{name}" is no step of this plan', hint)
    return id_


def why(known: Catalogue, whose: Subject, id_: str) -> Present | Absent:
    """Why a step is in the plan or a module is not, each named change tried. Raises RoadmapError for any other name."""
    from roadmap.planning.explain import explain

    facts = explain(known, whose.plan, id_, whose.remake)
    if facts is None:
        raise unknown(known, whose.plan, id_)
    return facts


def why_before(known: Catalogue, whose: Subject, one: str, other: str) -> Ordered:
    """Why one of two steps comes before the other. Raises UsageError for one step, RoadmapError for what is none."""
    from roadmap.planning.explain_order import explain_order

    first, second = planned(known, whose, one), planned(known, whose, other)
    if first == second:
        raise UsageError("a step is not before itself", "name two different steps")
    return explain_order(known, whose.plan, first, second)


def done_on(whose: Subject, id_: str) -> date | None:
    """The day on which a step of a saved plan was finished; None for any other."""
    from roadmap.model.journal import standing

    event = standing(whose.saved.journal).done.get(id_) if whose.saved else None
    return event.on if event else None


def unknown(known: Catalogue, plan: Plan, name: str) -> RoadmapError:
    """What to say of a name that is neither in a plan nor left out of it."""
    ids = [s.id for s in plan.steps] + [x.id for x in plan.left_out]
    hint = nearest(name, ids) or nearest(name, known.modules) or "steps: " + ", ".join(s.id for s in plan.steps)
    if name in known.certifications:
        hint = f"roadmap show certifications {name}"
    return RoadmapError(f'"{name}" is neither in this plan nor left out of it', hint)
