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
STEPS = "roadmap plan --full"
"""What shows the steps of a plan that nobody kept: made once more, with the steps."""


def plan_page(
    plan: Plan,
    catalogue: Catalogue,
    *,
    full: bool,
    now: Progress | None = None,
    journal: Sequence[Event] = (),
    steps_by: str = "",
) -> Page:
    """The answer alone, with the one command that shows the steps; or, when `full`, the steps behind it.

    `steps_by` is that command for a plan that is kept: the one of a plan that is not would ask everything anew.
    """
    words = Words(catalogue)
    name = shorten(clean(plan.profile.name), LONGEST_NAME)
    title = f"{name}: {words.headline(plan)}" if name else words.headline(plan)
    lead = answer_page(plan, catalogue)
    if now and now.reached:
        lead = (paragraph(strong(reached_sentence(now)), f" {now.then}"), *_without_verdict(lead))
    if full:
        return Page(title, lead, steps_page(plan, words, now, journal))
    if steps_by or now:
        last = line("All steps of this plan: ", Span(steps_by or "roadmap steps", strong=True))
    else:
        last = line("Every step with its checks and sources: ", Span(STEPS, strong=True))
    return Page(title, lead, last=last if plan.steps else ())


def _without_verdict(blocks: Sequence[Block]) -> Sequence[Block]:
    """The first page without whether and when the wish can be reached, for somebody who has reached it."""
    heads = [(i, block.text) for i, block in enumerate(blocks) if isinstance(block, Heading)]
    if not heads or heads[0][1] != VERDICT:
        return blocks
    return blocks[heads[1][0] if heads[1:] else len(blocks) :]
