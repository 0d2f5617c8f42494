"""Ways out of a plan that is late or over its budget: a sentence, the command that takes it, and the day it gives."""

from collections.abc import Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress, Way
from roadmap.render.living import Look, page, title_of
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
            fewer = "no exam" if one.value == "none" else "one exam"
            return f"Fewer exams: {fewer}, done by {finish}."
    titles = [f"“{title_of(words, d)}”" for d in one.dropped]
    more = len(titles) - MOST_NAMED
    named = [*titles[:MOST_NAMED], plural(more, "other step")] if more > 1 else titles
    return f"Drop what is optional: without {listing(named)}, done by {finish}."


def ways_text(ways: Sequence[Way], catalogue: Catalogue, look: Look) -> str:
    """Ways out for people, each with its command."""
    words = Words(catalogue)
    lines = [look.strong("Ways out")]
    for one in ways:
        lines += [*look.wrap(sentence(one, words), "    ", "  - "), f"      {command(one)}"]
    return page(lines)


def ways_data(ways: Sequence[Way], catalogue: Catalogue, given: str = "") -> list[dict[str, object]]:
    """Ways out for scripts. `given` are options that each command needs to speak of the same plan on the same day."""
    words = Words(catalogue)
    return [
        {
            "change": one.change,
            "value": one.value,
            "command": f"{command(one)} --yes{given}",
            "finish": one.finish.isoformat(),
            "dropped": list(one.dropped),
            "text": sentence(one, words),
        }
        for one in ways
    ]


def over_budget(now: Progress) -> str:
    """What is said first when the money does not do any more; empty when it does."""
    if not now.over_budget:
        return ""
    left = now.plan.profile.budget_usd or 0.0
    paid = f"{number(left)} USD of it are left" if left else "nothing of it is left"
    return f"{number(now.over_budget)} USD over your budget: {paid}, {number(now.plan.cost_usd)} USD are still to pay."
