"""A plan as a page for people: the answer, and behind it the steps."""

from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress
from roadmap.model.plan import Plan
from roadmap.render.answer_page import answer_page
from roadmap.render.clean import clean, shorten
from roadmap.render.ending import reached_sentence
from roadmap.render.layout import Block, Heading, Page, Span, line, paragraph, strong
from roadmap.render.steps_page import steps_page
from roadmap.render.wording import Words

LONGEST_NAME = 80
VERDICT = "Verdict"


def plan_page(
    plan: Plan,
    catalogue: Catalogue,
    *,
    full: bool,
    now: Progress | None = None,
    journal: Sequence[Event] = (),
    steps_by: str = "",
) -> Page:
    """The answer alone, of a plan that is kept with the one command that shows its steps; or, when `full`, the steps
    behind it. A plan that nobody kept is read elsewhere, where a command is of no use.
    """
    words = Words(catalogue)
    name = shorten(clean(plan.profile.name), LONGEST_NAME)
    title = f"{name}: {words.headline(plan)}" if name else words.headline(plan)
    lead = answer_page(plan, catalogue)
    if now and now.reached:
        lead = (paragraph(strong(reached_sentence(now)), f" {now.then}"), *_without_verdict(lead))
    if full:
        return Page(title, lead, steps_page(plan, words, now, journal))
    kept = bool(steps_by or now)
    last = line("All steps of this plan: ", Span(steps_by or "roadmap steps", strong=True))
    return Page(title, lead, last=last if kept and plan.steps else ())


def _without_verdict(blocks: Sequence[Block]) -> Sequence[Block]:
    """The first page without whether and when the wish can be reached, for somebody who has reached it."""
    heads = [(i, block.text) for i, block in enumerate(blocks) if isinstance(block, Heading)]
    if not heads or heads[0][1] != VERDICT:
        return blocks
    return blocks[heads[1][0] if heads[1:] else len(blocks) :]
