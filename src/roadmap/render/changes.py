"""Changed answers in words: what was changed, how to say it on the command line, and what it does to a plan."""

from collections.abc import Mapping
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Tried
from roadmap.model.plan import Plan
from roadmap.model.profile import WEEKDAYS, Availability, Break
from roadmap.render.numbers import LEVEL_NAMES, day, hours, listing, money, number, percent, plural, span

HOW_MANY = {"none": "no certificate", "one": "one certificate", "all": "every certificate"}
UNSET = {"deadline": "no deadline", "budget_usd": "no limit on money", "domain": "no field"}
LEAST_SHARE = 0.0005


def answer(catalogue: Catalogue, change: Change) -> str:
    """An answer in a few words: 15 h a week, done by 1 March 2027, no certificate."""
    key, value = change.key, change.value
    if value is None or (key == "domain" and value == "none"):
        return UNSET.get(key, f"no {key.replace('_', ' ')}")
    match key:
        case "hours_per_week":
            return f"{_plain(value)} h a week"
        case "budget_usd":
            return f"at most {_plain(value)} USD" if value else "free material only"
        case "deadline" if isinstance(value, date):
            return f"done by {day(value)}"
        case "start" if isinstance(value, date):
            return f"start on {day(value)}"
        case "cloud":
            return catalogue.clouds[str(value)].name if value in catalogue.clouds else "any cloud"
        case "domain":
            return catalogue.specialisations[str(value)].name
        case "level":
            return f"{value} level"
        case "role" | "target":
            return f"{'from' if key == 'role' else 'aiming at'} {catalogue.roles[str(value)].name}"
        case "holds" if isinstance(value, tuple):
            held = [catalogue.certifications[c].label for c in value]
            return f"{listing(held)} held already" if held else "no certificate held"
        case "certifications":
            return HOW_MANY.get(str(value), str(value))
        case "skills" if isinstance(value, Mapping):
            return listing([f"{catalogue.skills[s].name} at {LEVEL_NAMES[n]}" for s, n in value.items()])
        case "availability" if isinstance(value, Availability):
            return f"hours {_times(value)}" if value != Availability() else "every day and week alike"
        case "confidence":
            return f"deadline held with {value} %"
        case "review":
            return "with recall slots" if value else "without recall slots"
        case "postings" if isinstance(value, tuple):
            return f"counting {listing(value)} postings" if value else "counting all postings"
        case "breaks" if isinstance(value, tuple):
            off = [span(b.first, b.last) for b in value if isinstance(b, Break)]
            return f"off {listing(off)}" if off else "no weeks off"
    label = {"goals": "goal" if isinstance(value, tuple) and len(value) == 1 else "goals"}.get(key, key)
    return f"{label.replace('_', ' ')} {_plain(value)}"


def _plain(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, tuple):
        return listing([str(v) for v in value]) or "none"
    return day(value) if isinstance(value, date) else str(value)


def _times(value: Availability) -> str:
    """When somebody studies, as one would type it: sat=6,2027-01-04..2027-01-31=20,rest=8."""
    parts = [f"{name}={number(share / 4)}" for name, share in zip(WEEKDAYS, value.days, strict=False) if share]
    parts += [f"{r.first}..{r.last}={number(r.hours_per_week)}" for r in value.ranges]
    parts += [f"rest={value.rest_every}"] if value.rest_every else []
    parts += [f"buffer={value.buffer_percent}"] if value.buffer_percent else []
    return ",".join(parts)


def flag(change: Change) -> str:
    """The same as a flag of `roadmap plan`: --skills rag=2,evaluation=3; what takes an answer back has none."""
    name, value = "--" + change.key.replace("_", "-"), change.value
    if value is None or value == ():
        return f"without {name}"
    if isinstance(value, Mapping):
        return f"{name} " + ",".join(f"{s}={n}" for s, n in value.items())
    if isinstance(value, tuple):
        parts = [f"{v.first}..{v.last}" if isinstance(v, Break) else str(v) for v in value]
        return f"{name} {','.join(parts)}"
    if isinstance(value, Availability):
        return f"{name} {_times(value)}"
    if isinstance(value, bool):
        return f"{name} {'yes' if value else 'no'}"
    return f"{name} {number(value) if isinstance(value, float) else value}"


def length(days: int) -> str:
    """A number of days in the unit a person would use: 9 days, 5 weeks, 7 months, 2.5 years."""
    days = abs(days)
    if days < 21:
        return plural(days, "day")
    if days < 120:
        return f"{days / 7:.0f} weeks"
    return f"{days / 30.44:.0f} months" if days < 1100 else f"{days / 365.25:.1f} years"


def when(outcome: Tried) -> str:
    """What a change does to the day of the finish."""
    if not outcome.days:
        return "the finish stays"
    side = "later" if outcome.days > 0 else "earlier"
    return f"done {length(outcome.days)} {side}, on {day(outcome.plan.finish)}"


def effort(outcome: Tried) -> str:
    """What a change does to the finish, the hours and the money."""
    parts = [f"{hours(abs(outcome.hours))} {_side(outcome.hours)}"] if outcome.hours else []
    parts += [when(outcome)]
    parts += [f"{money(abs(outcome.cost_usd))} {_side(outcome.cost_usd)}"] if outcome.cost_usd else []
    return ", ".join(parts) + (f"; {_over(outcome.plan)}" if outcome.plan.status == "infeasible" else "")


def _unsure(plan: Plan) -> str:
    """That a deadline which a plan keeps at even odds does not hold as surely as was asked for."""
    odds, safe = {80: ("4 times in 5", plan.finish_p80), 95: ("19 times in 20", plan.finish_p95)}.get(
        plan.profile.confidence, ("", plan.finish)
    )
    last = plan.profile.deadline
    return f"your deadline, {day(last)}, does not hold {odds}" if odds and last and safe > last else ""


def _over(plan: Plan) -> str:
    """By how much a plan that does not fit exceeds its limits: whether less would do is not said by that."""
    from roadmap.render.ways import over_deadline

    left = plan.profile.budget_usd
    money_ = f"{number(plan.cost_usd - left)} USD over your budget" if left is not None and plan.cost_usd > left else ""
    said = [text for text in (money_, over_deadline(plan).rstrip(".") or _unsure(plan)) if text]
    return "; ".join(said) or "even what the goal itself needs does not fit your limits"


def _side(value: float) -> str:
    return "more" if value > 0 else "less"


def bought(catalogue: Catalogue, outcome: Tried) -> str:
    """One sentence on what a change buys, and what it costs."""
    text = answer(catalogue, outcome.change)
    if _same(outcome):
        return f"{text[:1].upper()}{text[1:]}: nothing changes."
    said = [text[:1].upper() + text[1:] + ": " + effort(outcome)]
    if abs(outcome.readiness) >= LEAST_SHARE or abs(outcome.coverage) >= LEAST_SHARE:
        plan = outcome.plan
        before = plan.readiness_after - outcome.readiness
        if abs(outcome.readiness) >= LEAST_SHARE:
            said.append(f"{percent(plan.readiness_after)} of postings within reach instead of {percent(before)}")
        else:
            before = plan.coverage_after - outcome.coverage
            said.append(f"coverage {percent(plan.coverage_after)} instead of {percent(before)}")
    if steps := _steps(catalogue, outcome):
        said.append(steps)
    return "; ".join(said) + "."


def _same(outcome: Tried) -> bool:
    figures = (outcome.days, outcome.hours, outcome.cost_usd, outcome.coverage, outcome.readiness)
    return not any((*figures, outcome.joined, outcome.gone)) and outcome.plan.status != "infeasible"


def _steps(catalogue: Catalogue, outcome: Tried) -> str:
    parts = (
        [f"{_some(catalogue, outcome.gone)} fall{'s' if len(outcome.gone) == 1 else ''} out"] if outcome.gone else []
    )
    come = "comes" if len(outcome.joined) == 1 else "come"
    parts += [f"{_some(catalogue, outcome.joined)} {come} in"] if outcome.joined else []
    return listing(parts)


def _some(catalogue: Catalogue, ids: tuple[str, ...]) -> str:
    return f"“{catalogue.modules[ids[0]].title}”" if len(ids) == 1 else plural(len(ids), "step")
