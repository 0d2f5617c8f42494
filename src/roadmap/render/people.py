"""A plan in the formats for people: one page, drawn for a terminal, as Markdown or as HTML.

A drawer is imported only when it draws, since a start of the program pays for every import.
"""

import json
from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress
from roadmap.model.plan import Plan
from roadmap.render.clean import clean
from roadmap.render.layout import Page, Paragraph, line
from roadmap.render.plan_page import plan_page
from roadmap.render.wording import Words

SYNC_HELP = (
    "Tick what is done. Below a step, a line that begins with “Hours: 6”, “Link: https://...” or “Note: ...”, indented "
    "like its others, goes back into the plan with roadmap sync."
)


def render_terminal(
    plan: Plan,
    catalogue: Catalogue,
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
    links: bool = False,
    full: bool = False,
    now: Progress | None = None,
    journal: Sequence[Event] = (),
    steps_by: str = "",
) -> str:
    """The answer for a terminal; when `full` with the steps. `steps_by` lists the steps of a plan that is kept."""
    from roadmap.render.terminal import draw_terminal

    page = plan_page(plan, catalogue, full=full, now=now, journal=journal, steps_by=steps_by)
    return draw_terminal(page, width=width, colour=colour, ascii_only=ascii_only, links=links)


def render_markdown(
    plan: Plan,
    catalogue: Catalogue,
    *,
    brief: bool = False,
    front_matter: bool = False,
    now: Progress | None = None,
    journal: Sequence[Event] = (),
    saved_id: str = "",
) -> str:
    """A plan as Markdown: the answer, then the steps unless it is to be `brief`. `front_matter` adds a YAML head.

    With `now` and `journal`, of a saved plan, it shows what is done and what was added, in the form that sync reads.
    """
    from roadmap.render.blocks import digests_of, kept_blocks, spliced
    from roadmap.render.markdown import draw_markdown
    from roadmap.render.personal import written

    page = plan_page(plan, catalogue, full=not brief, now=now, journal=[e for e in journal if not e.after])
    if now and not brief:
        page = Page(page.title, page.lead, (*page.rest, Paragraph(line(SYNC_HELP))))
    text = (_front_matter(plan, Words(catalogue)) if front_matter else "") + draw_markdown(page)
    if not now:
        return text
    blocks = [] if brief else kept_blocks(journal)
    kept = {digest for block in blocks for digest in digests_of(block)}
    return f"{spliced(text, blocks)}\n{written(text, saved_id, kept)}"


def render_html(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None, journal: Sequence[Event] = ()) -> str:
    """A plan as one HTML page: the answer, and the steps folded behind it; with `now` what is done as well."""
    from roadmap.render.html import draw_html

    return draw_html(plan_page(plan, catalogue, full=True, now=now, journal=journal), plan.profile.language)


def _front_matter(plan: Plan, words: Words) -> str:
    """A YAML head; JSON's strings and numbers are YAML as well."""
    values = {
        "title": clean(words.title(plan)),
        "name": clean(plan.profile.name),
        "status": plan.status,
        "made": plan.generated_on.isoformat(),
        "start": plan.start.isoformat(),
        "finish": plan.finish.isoformat(),
        "hours": plan.hours,
        "cost_usd": plan.cost_usd,
        "tags": ["roadmap"],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", "", ""])
