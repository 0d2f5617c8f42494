"""Ways out of a plan that is late or over its budget: a sentence, the command that takes it, and the day it gives."""

from collections.abc import Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Way
from roadmap.model.plan import Plan
from roadmap.render.data import pick
from roadmap.render.layout import Block, Heading, facts
from roadmap.render.living import title_of
from roadmap.render.numbers import day, listing, money, number, plural, week_days
from roadmap.render.wording import Words

FLAGS = {
    "shift": "",
    "hours_per_week": " --hours-per-week {}",
    "deadline": " --deadline {}",
    "drop": " --drop --deadline {}",
    "budget_usd": " --budget-usd {}",
    "certifications": " --certifications {}",
}
MOST_NAMED = 3


def command(one: Way) -> str:
    """What takes a way out."""
    return "roadmap replan" + FLAGS[one.change].format(one.value)


def sentence(one: Way, words: Words) -> str:
    """One way out in a sentence, with the day on which it ends."""
    finish = day(one.finish)
    match one.change:
        case "shift":
            return f"Shift: keep everything, done by {finish}."
        case "hours_per_week":
            days = week_days(one.days, float(one.value))
            return f"More hours: {one.value} a week{f' ({days})' if days else ''}, done by {finish}."
        case "deadline":
            last = day(date.fromisoformat(one.value))
            return f"A later deadline: {last}, which holds 4 times in 5; done by {finish}."
        case "budget_usd":
            return f"More money: {money(float(one.value))} in all, done by {finish}."
        case "certifications":
            fewer = "No exam any more" if one.value == "none" else "Fewer exams"
            without = f"without {_exams(one, words)}, " if one.dropped else ""
            return f"{fewer}: {without}done by {finish}."
    exams = _exams(one, words)
    titles = [f"“{title_of(words, d)}”" for d in one.dropped if not _is_exam(d, words)]
    more = len(titles) - MOST_NAMED
    named = listing([*titles[:MOST_NAMED], plural(more, "other step")] if more > 1 else titles)
    if not exams:
        return f"Drop what is optional: without {named}, done by {finish}."
    # It was asked for, so it is no mere option: it is named before all else that goes.
    rest = f", and what is optional, {named}" if named else ""
    return f"Drop the exam {exams}, which you asked for{rest}; done by {finish}."


def _is_exam(id_: str, words: Words) -> bool:
    module = words.catalogue.modules.get(id_)
    return bool(module and module.certification and module.kind == "certify")


def _exams(one: Way, words: Words) -> str:
    """The exams that go, by their codes."""
    certs, modules = words.catalogue.certifications, words.catalogue.modules
    return listing([certs[modules[d].certification or ""].label for d in one.dropped if _is_exam(d, words)])


def ways_blocks(ways: Sequence[Way], catalogue: Catalogue, given: str = "") -> tuple[Block, ...]:
    """Ways out for people, each beside its command. `given` are options that it needs to speak of the same plan."""
    words = Words(catalogue)
    return Heading("Ways out"), facts((f"{command(one)}{given}", sentence(one, words)) for one in ways)


def ways_data(ways: Sequence[Way], catalogue: Catalogue, given: str = "") -> list[dict[str, object]]:
    """Ways out for scripts. `given` are options that each command needs to speak of the same plan on the same day."""
    words = Words(catalogue)
    return [
        {
            **pick(one, "change", "value"),
            "command": f"{command(one)} --yes{given}",
            **pick(one, "finish", "dropped"),
            "text": sentence(one, words),
        }
        for one in ways
    ]


def over_budget(plan: Plan) -> str:
    """What is said first when the money does not do any more; empty when it does."""
    left = plan.profile.budget_usd
    if left is None or plan.cost_usd <= left:
        return ""
    paid = f"{number(left)} USD of it are left" if left else "nothing of it is left"
    return f"{number(plan.cost_usd - left)} USD over your budget: {paid}, {number(plan.cost_usd)} USD are still to pay."


def over_deadline(plan: Plan) -> str:
    """How much later than the deadline a plan ends; empty when it keeps it."""
    last = plan.profile.deadline
    late = (plan.finish - last).days if last else 0
    return f"{plural(late, 'day')} late for your deadline, {day(last)}." if last and late > 0 else ""
