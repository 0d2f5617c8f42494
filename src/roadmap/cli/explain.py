"""The command that explains: a step, an omission, or why one step comes before another."""

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from roadmap.cli.answers import with_answers
from roadmap.cli.boundary import put, today_or, use_colour, width_of
from roadmap.cli.commands import Ascii, NoColour, Output, Overlays, ProfileFile, Today, Width
from roadmap.cli.living import PlanFile
from roadmap.cli.subject import catalogue_for, subject
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import SavedPlan
from roadmap.model.plan import Plan
from roadmap.model.problem import nearest


class TextFormat(StrEnum):
    """How an explanation or a comparison comes out."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


Form = Annotated[TextFormat, typer.Option("--format", "-f", help="For people, for pages, or for scripts.")]


@with_answers
def explain(
    step: Annotated[
        str | None,
        typer.Argument(help="A step, module or certificate, by its id.", metavar="[STEP]", show_default=False),
    ] = None,
    order: Annotated[
        tuple[str, str] | None,
        typer.Option("--order", help="Tell why one of two steps comes first.", metavar="A B", show_default=False),
    ] = None,
    form: Form = TextFormat.TERMINAL,
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
    from roadmap.render.explain import explained, explanation_json, order_explained

    if (step is None) == (order is None):
        raise UsageError("name one step, or two with --order", "for example: roadmap explain first-rag --role swe")
    day = today_or(today)
    known = catalogue_for(plan, profile, flags, catalogue)
    whose = subject(known, plan, profile, flags, day)
    made = whose.plan
    if order is not None:
        one, other = (_planned(known, made, name) for name in order)
        if one == other:
            raise UsageError("a step is not before itself", "name two different steps")
        ordered = explain_order(known, made, one, other)
        text = explanation_json(made, known, ordered)
        card = order_explained(made, known, ordered)
    else:
        id_ = _find(known, made, str(step))
        if whose.saved and (done := _done(known, whose.saved, id_, form)):
            put(done, output)
            return
        facts = facts_about(known, made, id_, whose.remake)
        if facts is None:
            raise _unknown(known, made, id_)
        text = explanation_json(made, known, facts)
        card = explained(made, known, facts)
    if form is TextFormat.MARKDOWN:
        from roadmap.render.show import page_as_markdown

        text = page_as_markdown(card)
    elif form is TextFormat.TERMINAL:
        from roadmap.render.screen import Screen

        colour = use_colour(no_color) and output is None
        text = Screen(width_of(sys.stdout, width), colour=colour, ascii_only=ascii_only).page(card)
    put(text, output)


def _done(known: Catalogue, saved: SavedPlan, id_: str, form: TextFormat) -> str:
    """What there is to say about a step that is behind the person; nothing about any other."""
    from roadmap.model.journal import standing
    from roadmap.render.wording import day

    event = standing(saved.journal).done.get(id_)
    if event is None:
        return ""
    if form is TextFormat.JSON:
        return json.dumps({"schema_version": 1, "what": "done", "id": id_, "on": event.on.isoformat()}, indent=2) + "\n"
    title = known.modules[id_].title if id_ in known.modules else id_
    return f"“{title}” is done since {day(event.on)}. roadmap evidence prints what it left behind.\n"


def _find(known: Catalogue, plan: Plan, name: str) -> str:
    """The id of a module, or of an exam's preparation where an exam is named by id or code, or what a name begins."""
    steps, left = [s.id for s in plan.steps], [x.id for x in plan.left_out]
    if name in known.modules or name in left:
        return name
    cert = known.certification(name)
    if cert is not None:
        return next((m.id for m in known.modules.values() if m.certification == cert.id), cert.id)
    for ids in (steps, left, known.modules):
        found = [i for i in ids if i.startswith(name.casefold())]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'"{name}" could be {", ".join(found)}', "type a little more")
    return name


def _planned(known: Catalogue, plan: Plan, name: str) -> str:
    id_ = _find(known, plan, name)
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
