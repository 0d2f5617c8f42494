"""The command that explains: a step, an omission, or why one step comes before another."""

from datetime import date
from typing import Annotated

from roadmap.app.explain import done_on, find_any, why, why_before
from roadmap.app.subject import catalogue_for, subject
from roadmap.cli.boundary import put
from roadmap.cli.cards import Cards
from roadmap.cli.groups import grouped
from roadmap.cli.naming import complete_steps
from roadmap.cli.options import PlanFile, ProfileFile, TextFormat, argument, value
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.render.data import json_text

Anything = Annotated[
    str | None,
    argument(
        "[STEP]",
        "A step by number, id or title, a module or certificate; left out, the step at hand.",
        complete=complete_steps,
    ),
]
Order = Annotated[tuple[str, str] | None, value("--order", "A B", "Tell why one of two steps comes first.")]


@grouped
def explain(
    step: Anything = None,
    order: Order = None,
    *,
    cards: Cards,
    plan: PlanFile = None,
    profile: ProfileFile = None,
    **flags: str | None,
) -> None:
    """Say why a step is in a plan or not, what would change that, what it opens, and who says so.

    Every change that is named has been tried by planning with it. The profile file or a role says whose plan; without
    both it is your saved one.

    Example: roadmap explain first-rag --role swe
    """
    from roadmap.render.explain import explained
    from roadmap.render.explain_json import explanation_json

    if step is not None and order is not None:
        raise UsageError("name one step, or two with --order", "for example: roadmap explain first-rag --role swe")
    whom = opened(profile)
    known = catalogue_for(plan, whom, flags, cards.catalogue)
    whose = subject(known, plan, whom, flags, cards.day)
    made = whose.plan
    if order is not None:
        ordered = why_before(known, whose, *order)
        cards.put(lambda: explained(made, known, ordered), lambda: explanation_json(made, known, ordered))
        return
    id_ = find_any(known, whose, step)
    if on := done_on(whose, id_):
        put(_done(known, id_, on, cards.form), cards.output)
        return
    facts = why(known, whose, id_)
    cards.put(lambda: explained(made, known, facts), lambda: explanation_json(made, known, facts))


def _done(known: Catalogue, id_: str, on: date, form: TextFormat) -> str:
    """What there is to say about a step that is behind the person."""
    from roadmap.render.numbers import day

    if form is TextFormat.JSON:
        return json_text({"schema_version": 1, "what": "done", "id": id_, "on": on})
    title = known.modules[id_].title if id_ in known.modules else id_
    return f"“{title}” is done since {day(on)}. roadmap evidence prints what it left behind.\n"
