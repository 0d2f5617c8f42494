"""The evidence in small: how sure the dates are, what job ads say, what is not in the plan, who says so."""

import re
from collections.abc import Iterator

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import LeftOut, Plan
from roadmap.render.layout import Block, Heading, Line, line, paragraph
from roadmap.render.numbers import about, dated, listing, sentence
from roadmap.render.references import References
from roadmap.render.wording import Words

MOST_NAMED = 3
POSTINGS = "postings"
PERCENT = re.compile(r"\d %")
# Below these hours a step left out is seen with the steps, not on the page.
WORTH_NAMING = 6
# Omissions that nobody would miss: what one can do already, and what belongs to other people's plans.
UNSAID = frozenset(
    {"held", "exam-held", "other-cloud", "other-domain", "taught-by-others", "not-asked-for", "exam-enough", "rule"}
)


def evidence(plan: Plan, words: Words, refs: References) -> list[Block]:
    """Why one may believe the page, in a sentence or two, and the addresses it names by number."""
    parts = [*_aims(plan, words), *_corpus(plan, words.catalogue, refs)]
    said = [span for i, part in enumerate(parts) for span in line(" " if i else "", *part)]
    listed = refs.listed()
    if not said and not listed:
        return []
    return [Heading("Sources", note=checked(plan, words.catalogue)), *([paragraph(*said)] if said else []), *listed]


def _aims(plan: Plan, words: Words) -> Iterator[Line]:
    """How many of the skills that the person aims at are reached; nothing without aims."""
    main, rest = words.aims(plan)
    if main:
        yield line(f"{sentence(main)} {rest}".strip())


def _corpus(plan: Plan, catalogue: Catalogue, refs: References) -> Iterator[Line]:
    """Whose adverts the shares on the page are counted in."""
    source = catalogue.sources.get(POSTINGS)
    told = (*plan.answer.verdict, *(phase.why for phase in plan.answer.phases))
    searched = plan.answer.move is not None and bool(plan.answer.move.titles)
    if source is not None and plan.steps and (searched or any(PERCENT.search(text) for text in told)):
        yield line(f"The shares of adverts here are counted in {source.title}", *refs.behind(source.url or ""), ".")


def omitted(plan: Plan) -> str:
    """What was considered and does not fit, the longest of it with its hours."""
    unsaid = UNSAID | {"retired"}
    left = [x for x in plan.left_out if x.reason.code not in unsaid and (not x.hours or x.hours >= WORTH_NAMING)]
    longest = sorted(left, key=lambda x: -x.hours)[:MOST_NAMED]
    more = ["smaller things"] if len(left) > MOST_NAMED else []
    return f"Left out: {listing([*map(_named, longest), *more])}." if left else ""


def _named(left: LeftOut) -> str:
    return f"{left.title} ({about(left.hours)})" if left.hours else left.title


def checked(plan: Plan, catalogue: Catalogue) -> str:
    """When what the page names was last looked at."""
    used = [catalogue.resources[r] for step in plan.steps for r in step.resources if r in catalogue.resources]
    days = [r.checked for r in used] + [e.certification.checked for e in plan.exams]
    days = [min(day, plan.generated_on.isoformat()) for day in days]
    if not days:
        return ""
    return (
        f"checked {dated(min(days))} to {dated(max(days))}" if min(days) < max(days) else f"checked {dated(max(days))}"
    )
