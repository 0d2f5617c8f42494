"""The verdict: whether it can be done and by when, what to do, and what the person may count on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, PhaseRow
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Option
from roadmap.planning.answer.facts import (
    SEARCH,
    Facts,
    about,
    capital,
    day,
    fill,
    listed,
    lower,
    month,
    number,
    sentence,
    weekly,
)
from roadmap.planning.answer.heard import heard, personal

MOST_WORDS = 160
"""Words of a verdict: what was heard is told as far as they go."""

MANY_YEARS = 3
TOLD_WAYS = 2
OFFERS = ((2.0, "offer-unlikely"), (4.5, "offer-possible"), (6.0, "offer-even"))
"""Months of search below which an offer is so likely: a search takes three to six, half of them four and a half."""
SLOWER = 1.6
CORE = "core"
ABLE = 2
MODELS, PYTHON = "llm-apis", "python"
FIRST_CALLS = {MODELS, "structured-outputs"}
"""Skills whose steps fall away for somebody who has called models from code."""
MOST_ASKED, MOST_BROUGHT = 4, 3
WORTH_SAYING = 8
FEWER = 0.72
LEAST_FEWER = 3
LEAST_DAYS = 60
HALF_A_CASE = 2


def verdict(facts: Facts, rows: Sequence[PhaseRow]) -> Iterator[str]:
    """Three or four short paragraphs: whether and when, what to do, the odds, and what was heard and assumed."""
    ways, closing = "" if facts.reached else _ways(facts), _closing(facts, rows)
    if facts.reached:
        own, answer = sentence(_way_there(facts)), _yes(facts, rows)
    else:
        own, answer = _instead(facts), _no(facts)
    if facts.reached and facts.searching and facts.moving and (odds := _offer(facts)):
        answer, closing = f"{answer} {odds}", closing.removeprefix(odds).strip()
    told = [f"{answer} {ways}".strip(), own, *([closing] if closing else [])]
    room = MOST_WORDS - sum(len(text.split()) for text in told)
    if said := _told(facts, room):
        told.insert(2, " ".join(said))  # first whether and what to do, then what was heard
    elif ways and not closing:
        told[0:1] = [answer, ways]
    yield from told


def _told(facts: Facts, room: int) -> list[str]:
    """What was heard, what adverts ask for and what is assumed, as far as there is room, but at least one sentence."""
    assumed = list(_assumed(facts))
    able = [*personal(facts), *_asked(facts), *assumed, *heard(facts)]
    kept: list[str] = []
    for text in able:
        if not kept or len(text.split()) <= room:
            room -= len(text.split())
            kept.append(text)
    return sorted(kept, key=lambda text: text in assumed)


def _assumed(facts: Facts) -> Iterator[str]:
    """What is taken for granted where the person says nothing of their skills, or nothing of work with models."""
    profile = facts.profile
    able = profile.have.get(PYTHON, 0) >= ABLE
    some = f"assumed-{'some' if able else 'few'}-{facts.ways.route.start}"
    if not (profile.skills or profile.background or profile.holds):
        yield facts.say("assumed")
    elif facts.searching and not profile.holds and profile.have.get(MODELS, 0) < ABLE and some in facts.catalogue.words:
        yield facts.say(some, hours=about(sum(s.hours for s in facts.learning if FIRST_CALLS & s.teaches.keys())))


def _yes(facts: Facts, rows: Sequence[PhaseRow]) -> str:
    move = facts.whole.ending.move
    name = lower(move.name) if move else ""
    learning = [r for r in rows if r.id != MOVE]
    slots = {
        "outcome": facts.whole.ending.text.rstrip("."),
        "ready": day(facts.p80),
        "even": _aim(facts.finish, facts.p80),
        "ready_month": month(facts.p80),
        "even_month": month(facts.finish),
        "hours": about(sum(s.hours for s in facts.learning)),
        "weekly": weekly(facts.profile.hours_per_week),
        "move_hours": str(int(sum(s.hours for s in facts.moving) + 0.5)),
        "move": name,
        "Move": capital(name),
        "before": about(sum(r.hours for r in learning if not r.later)),
        "after": about(sum(r.hours for r in learning if r.later)),
        "rest": about(sum(s.hours for s in facts.moving) + sum(r.hours for r in learning if r.later)),
        "case": _aim(facts.acted, facts.safe(facts.acted)),
        "case_safe": day(facts.safe(facts.acted)),
        "exams_too": facts.say("exams-too", even=day(facts.finish)) if facts.exams else "",
        "act": _aim(facts.act_from, facts.act_safe),
        "act_safe": day(facts.act_safe),
        "deadline": day(facts.profile.deadline) if facts.profile.deadline else "",
        "slack": _slack(facts, facts.act_from, facts.act_safe),
        "slack_end": _slack(facts, facts.finish, facts.p80),
        "slack_case": _slack(facts, facts.acted, facts.safe(facts.acted)),
    }
    if not facts.steps:
        return facts.say("verdict-all-skipped" if facts.profile.skip else "verdict-nothing-left", **slots)
    if not facts.moving:
        return facts.say("verdict-yes-plain", **slots)
    code = "verdict-yes-reduced" if facts.reduction.status == "reduced" else "verdict-yes"
    if facts.profile.deadline and facts.p80 > facts.profile.deadline:
        code = "verdict-yes-tight"
    elif facts.at_once:
        code = f"{code}-at-once"
    elif code == "verdict-yes" and facts.act_from >= facts.learnt:
        code = "verdict-yes-after"
    own = f"{code}-{facts.whole.ending.move.id}" if facts.whole.ending.move else code
    return facts.say(own if own in facts.catalogue.words else code, **slots)


def _aim(aim: date, safe: date) -> str:
    """The planned day, without its year where the day to rely on has the same."""
    return day(aim).removesuffix(f" {safe.year}")


def _way_there(facts: Facts) -> str:
    """What this person does, in the words of the route, the main project by its name."""
    project = facts.projects[0].project.title if facts.projects else facts.say("one-project")
    return fill(facts.whole.ending.way, {"project": project})


def _slack(facts: Facts, aim: date, safe: date) -> str:
    """The planned day, behind the one that holds with odds of four in five."""
    return facts.say("verdict-on-time", day=_aim(aim, safe)) if aim < safe else ""


def _asked(facts: Facts) -> Iterator[str]:
    """What adverts ask for that the plan builds, and what of it the person said to have: shares of one corpus."""
    skills = facts.catalogue.skills
    subject = any(facts.catalogue.goals[goal].kind == "subject" for goal in facts.profile.goals)
    if not facts.moving or facts.at_once or not (facts.searching or subject):
        return
    if facts.by_bridge:
        return  # who needs a first technical job applies to other adverts
    shares = facts.catalogue.once("asked", None, lambda: _shares(facts.catalogue))
    have = facts.profile.have
    taught = {s for step in facts.learning if step.tier == CORE for s in step.teaches if have.get(s, 0) < ABLE}
    clouds = {one.skill for one in facts.catalogue.clouds.values()}  # chosen by the person, not lacked
    lacks = sorted(taught & shares.keys() - clouds, key=lambda s: -shares[s])[:MOST_ASKED]
    has = sorted(
        (s for s, n in facts.profile.skills.items() if n and shares.get(s, 0) >= WORTH_SAYING), key=lambda s: -shares[s]
    )
    named = [
        listed([f"{lower(skills[s].short)} ({shares[s]:.0f} %)" for s in ids]) for ids in (lacks, has[:MOST_BROUGHT])
    ]
    if lacks:
        yield facts.say("asked-both" if has else "asked-lacks", lacks=named[0], has=named[1])


def _shares(catalogue: Catalogue) -> dict[str, float]:
    """The percent of adverts that name a skill, where it was counted."""
    found = ((id_, s.demand.share) for id_, s in catalogue.skills.items() if s.demand)
    return {id_: share for id_, share in found if share is not None}


def fewer(facts: Facts) -> str:
    """When the move would begin if a good quarter of the hours never comes; nothing under a deadline."""
    profile = facts.profile
    fewer = int(profile.hours_per_week * FEWER)
    days = (facts.act_safe - profile.start).days
    move = facts.whole.ending.move
    if profile.deadline or fewer < LEAST_FEWER or not facts.moving or move is None or days < LEAST_DAYS:
        return ""
    on = profile.start + timedelta(days=round(days * profile.hours_per_week / fewer))
    if on.year > facts.p80.year + 1:
        return ""
    return facts.say("verdict-fewer", fewer=fewer, month=month(on), move=lower(move.name))


def _no(facts: Facts) -> str:
    """Why the wish does not fit, with the arithmetic."""
    profile, wished = facts.profile, facts.ways.wished
    need = facts.wish_hours
    slots = {
        "wished_cap": wished.title,
        "outcome": wished.text.rstrip("."),
        "need": about(need),
        "need_safe": about(facts.wish_hours_safe),
        "weekly": weekly(profile.hours_per_week),
        "room": about(facts.room),
        "deadline": day(profile.deadline) if profile.deadline else "",
        "years": _years(need / (profile.hours_per_week * 50)),
        "months": round(need / (profile.hours_per_week * 4.2)),
        "safe": about(facts.safe_room),
    }
    if profile.deadline and facts.room < need * 1.33:
        return facts.say("verdict-no-deadline", **slots)
    if profile.budget_usd is not None and not facts.over_time:
        return facts.say("verdict-no-budget", **slots)
    return facts.say("verdict-no-hours", **slots)


def _years(value: float) -> str:
    """Years as an estimate: whole ones from three on."""
    return number(round(value, 1) if value < MANY_YEARS else round(value))


def _instead(facts: Facts) -> str:
    ending = facts.whole.ending
    slots = {
        "outcome": ending.text.rstrip("."),
        "ready": day(facts.p80),
        "even": _aim(facts.finish, facts.p80),
        "hours": about(facts.hours),
        "slack_end": _slack(facts, facts.finish, facts.p80),
    }
    late = facts.profile.deadline is not None and facts.p80 > facts.profile.deadline
    said = facts.say("verdict-instead-tight" if late else "verdict-instead", **slots)
    return f"{said} {sentence(ending.advice)}" if ending.advice else said


def _ways(facts: Facts) -> str:
    """The smallest changes with which the wish holds, each with the day it ends on."""
    said = [w for o in facts.options if (w := _way(facts, o))][:TOLD_WAYS]
    if not said:
        return ""
    wished = facts.ways.wished.move
    code = "verdict-ways-search" if wished is not None and wished.id == SEARCH else "verdict-ways"
    return facts.say(code, ways=_either(said))


def _either(said: Sequence[str]) -> str:
    return " or ".join(said)


def _way(facts: Facts, option: Option) -> str:
    slots = {"value": option.value, "finish": day(option.finish)}
    if option.change == "deadline":
        slots["value"] = day(date.fromisoformat(option.value))
    id_ = f"way-{option.change.replace('_', '-').replace(' ', '-')}"
    return facts.say(id_, **slots) if id_ in facts.catalogue.words else ""


def _closing(facts: Facts, rows: Sequence[PhaseRow]) -> str:
    """What comes after the plan; under a deadline first how likely an offer is by then."""
    move = facts.whole.ending.move
    if move is None or not facts.moving:
        return ""
    # The late end counts from the safe day also where the slack lies after the search.
    since = {3: facts.begins, 5: facts.begins, 6: facts.act_safe, 9: facts.act_safe}
    ahead = {f"m{n}": month(on + timedelta(days=30 * n)) for n, on in since.items()}
    ahead |= {soon: ahead[soon].removesuffix(ahead[late][-5:]) for soon, late in (("m3", "m6"), ("m5", "m9"))}
    ahead["half"] = _half(facts, rows)
    after = fill(move.after_by_start.get(facts.profile.role, move.after), ahead)
    return f"{_offer(facts)} {after}".strip() if facts.searching else after


def _half(facts: Facts, rows: Sequence[PhaseRow]) -> str:
    """The day from which half of a case can be shown: two phases of learning are over, and today's work is timed."""
    learning = [r.finish for r in rows if r.id != MOVE and r.id not in facts.exam_steps][:HALF_A_CASE]
    return day(max([*learning, *(s.finish for s in facts.moving[:HALF_A_CASE])]))


def _offer(facts: Facts) -> str:
    """How likely an offer is by the deadline: by the months of search until then, against those it usually takes."""
    last, move = facts.profile.deadline, facts.whole.ending.move
    if last is None or move is None:
        return ""
    usual = SLOWER if facts.by_bridge else 1.0
    months = (last - facts.act_from).days / 30 / usual
    code = next((code for most, code in OFFERS if months < most), "offer-likely")
    return facts.say(code, deadline=day(last))
