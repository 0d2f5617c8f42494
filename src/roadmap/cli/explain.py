"""The command that explains: a step, an omission, or why one step comes before another."""

import json
from typing import Annotated

import typer

from roadmap.app.steps import find, numbered
from roadmap.app.subject import Subject, catalogue_for, subject
from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import put, today_or
from roadmap.cli.cards import Cards
from roadmap.cli.naming import complete_steps
from roadmap.cli.options import (
    Ascii,
    NoColour,
    Output,
    Overlays,
    PlanFile,
    ProfileFile,
    TextForm,
    TextFormat,
    Today,
    Width,
)
from roadmap.cli.profiles import opened
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.model.plan import Plan
from roadmap.model.problem import nearest

Anything = Annotated[
    str | None,
    typer.Argument(
        help="A step by number, id or title, a module or certificate; left out, the step at hand.",
        metavar="[STEP]",
        autocompletion=complete_steps,
        show_default=False,
    ),
]
Order = Annotated[
    tuple[str, str] | None,
    typer.Option("--order", help="Tell why one of two steps comes first.", metavar="A B", show_default=False),
]


@with_answers
def explain(
    step: Anything = None,
    order: Order = None,
    form: TextForm = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    today: Today = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
    plan: PlanFile = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Say why a step is in a plan or not, what would change that, what it opens, and who says so.

    Every change that is named has been tried by planning with it. The profile file or a role says whose plan; without
    both it is your saved one.
    """
    from roadmap.planning.explain import explain as facts_about
    from roadmap.planning.explain_order import explain_order
    from roadmap.render.explain import explained, order_explained
    from roadmap.render.explain_json import explanation_json

    if step is not None and order is not None:
        raise UsageError("name one step, or two with --order", "for example: roadmap explain first-rag --role swe")
    whom = opened(profile)
    known = catalogue_for(plan, whom, flags, catalogue)
    whose = subject(known, plan, whom, flags, today_or(today))
    made = whose.plan
    cards = Cards(form, output, no_color, ascii_only, width)
    if order is not None:
        one, other = (_planned(known, whose, name) for name in order)
        if one == other:
            raise UsageError("a step is not before itself", "name two different steps")
        ordered = explain_order(known, made, one, other)
        cards.put_page(lambda: order_explained(made, known, ordered), lambda: explanation_json(made, known, ordered))
        return
    id_ = _find(known, whose, step)
    if whose.saved and (done := _done(known, whose.saved, id_, form)):
        put(done, output)
        return
    facts = facts_about(known, made, id_, whose.remake)
    if facts is None:
        raise _unknown(known, made, id_)
    cards.put_page(lambda: explained(made, known, facts), lambda: explanation_json(made, known, facts))


def _done(known: Catalogue, saved: SavedPlan, id_: str, form: TextFormat) -> str:
    """What there is to say about a step that is behind the person; nothing about any other."""
    from roadmap.model.journal import standing
    from roadmap.render.numbers import day

    event = standing(saved.journal).done.get(id_)
    if event is None:
        return ""
    if form is TextFormat.JSON:
        return json.dumps({"schema_version": 1, "what": "done", "id": id_, "on": event.on.isoformat()}, indent=2) + "\n"
    title = known.modules[id_].title if id_ in known.modules else id_
    return f"“{title}” is done since {day(event.on)}. roadmap evidence prints what it left behind.\n"


def _find(known: Catalogue, whose: Subject, name: str | None) -> str:
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


def _planned(known: Catalogue, whose: Subject, name: str) -> str:
    plan, id_ = whose.plan, _find(known, whose, name)
    if plan.step(id_) is None:
        left = id_ in known.modules or any(x.id == id_ for x in plan.left_out)
        hint = f"roadmap explain {id_} tells why it is not" if left else _unknown(known, plan, id_).hint
        raise RoadmapError(f'"{name}" is no step of this plan', hint)
    return id_


def _unknown(known: Catalogue, plan: Plan, name: str) -> RoadmapError:
    ids = [s.id for s in plan.steps] + [x.id for x in plan.left_out]
    hint = nearest(name, ids) or nearest(name, known.modules) or "steps: " + ", ".join(s.id for s in plan.steps)
    if name in known.certifications:
        hint = f"roadmap show certifications {name}"
    return RoadmapError(f'"{name}" is neither in this plan nor left out of it', hint)
