"""The command that sets job postings beside a person."""

from pathlib import Path
from typing import Annotated

from roadmap.app.resumes import holder, read_job
from roadmap.cli.cards import Cards
from roadmap.cli.groups import grouped
from roadmap.cli.options import PlanFile, ProfileFile, argument, value
from roadmap.cli.profiles import opened
from roadmap.errors import UsageError

Postings = Annotated[
    list[Path], argument("POSTING...", "Job postings: text, Markdown, HTML, PDF or Word; - for stdin.")
]
ResumeFile = Annotated[Path | None, value("--resume", "FILE", "Beside a resume instead of a saved plan.")]


@grouped
def match(
    postings: Postings, plan: PlanFile = None, resume: ResumeFile = None, profile: ProfileFile = None, *, cards: Cards
) -> None:
    """Say how much of job postings you have: must and nice to have, met and missing, with the words of each.

    The other side is the holder of the saved plan with all that was done since, a resume or a profile. Nothing leaves
    this machine.

    Example: roadmap match posting.txt --resume cv.pdf
    """
    from roadmap.model.resume import match as matched
    from roadmap.render.matched import matched_json, matched_page

    if sum(x is not None for x in (plan, resume, profile)) > 1:
        raise UsageError("--plan, --resume and --profile are several people", "name one of the three")
    if [str(x) for x in (*postings, resume, profile) if x is not None].count("-") > 1:
        raise UsageError("only one thing can come from stdin", "name files for the others")
    day = cards.day
    known, have, who = holder(plan, opened(resume), opened(profile), cards.catalogue, day)
    found = [matched(read_job(opened(p), known), have) for p in postings]
    cards.put(lambda: matched_page(found, who, known), lambda: matched_json(found, who, known))
