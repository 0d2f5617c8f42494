"""The verdict: whether it can be done and by when, what to do, and what was heard of everything the person said."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from roadmap.model.answer import MOVE, PhaseRow
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Option
from roadmap.model.profile import ANY_CLOUD, NO_DOMAIN
from roadmap.planning.answer.facts import (
    SEARCH,
    Facts,
    about,
    capital,
    day,
    fill,
    first_sentence,
    listed,
    lower,
    month,
    number,
    sentence,
    weekly,
)
from roadmap.planning.answer.money import money

MOST_HEARD = 4
TOLD_WAYS = 2
MOST_QUOTED = 12
OFFERS = ((2.0, "offer-unlikely"), (5.5, "offer-possible"), (7.0, "offer-even"))
"""Months of search below which an offer is so likely: a search takes three to six."""
SLOWER = 1.6
CORE = "core"
ABLE = 2
MODELS = "llm-apis"
MOST_ASKED = 3
WORTH_SAYING = 8
EVERY = "all"
MOST_NAMED = 4
FEWER = 0.72
LEAST_FEWER = 3
LEAST_DAYS = 60
LEAST_WEEKS = 11
ONE_SESSION = 1
HALF_A_CASE = 2


def verdict(facts: Facts, rows: Sequence[PhaseRow]) -> Iterator[str]:
    """Four or five paragraphs of one to four sentences each."""
    if facts.reached:
        yield _yes(facts, rows)
        yield sentence(facts.whole.ending.way)
    else:
        yield _no(facts)
        yield _instead(facts)
    if ways := _ways(facts):
        yield ways
    own = list(heard(facts))
    # Who said much is answered to that; what adverts ask for is for those who said little.
    said = own[:MOST_HEARD] if len(own) >= MOST_HEARD - 1 else [*_asked(facts), *own]
    if text := " ".join([*said, *_assumed(facts)]):
        yield text
    closing = _closing(facts, rows)
    if closing:
        yield closing


def _assumed(facts: Facts) -> Iterator[str]:
    """What is taken for granted where the person says nothing of their skills, or nothing of work with models."""
    profile = facts.profile
    some = f"assumed-some-{facts.ways.route.start}"
    if not (profile.skills or profile.background or profile.holds):
        yield facts.say("assumed")
    elif facts.searching and profile.have.get(MODELS, 0) < ABLE and some in facts.catalogue.words:
        yield facts.say(some)


def _yes(facts: Facts, rows: Sequence[PhaseRow]) -> str:
    move = facts.whole.ending.move
    name = lower(move.name) if move else ""
    learning = [r for r in rows if r.id != MOVE]
    slots = {
        "outcome": facts.whole.ending.text.rstrip("."),
        "ready": day(facts.p80),
        "even": day(facts.finish),
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
        "case": day(facts.acted),
        "case_safe": day(facts.safe(facts.acted)),
        "exams_too": facts.say("exams-too", even=day(facts.finish)) if facts.exams else "",
        "act": day(facts.act_from),
        "act_safe": day(facts.act_safe),
        "deadline": day(facts.profile.deadline) if facts.profile.deadline else "",
        "slack": _slack(facts.act_from, facts.act_safe),
        "slack_end": _slack(facts.finish, facts.p80),
        "slack_case": _slack(facts.acted, facts.safe(facts.acted)),
    }
    if not facts.steps:
        return facts.say("verdict-all-skipped" if facts.profile.skip else "verdict-nothing-left", **slots)
    if not facts.moving:
        return facts.say("verdict-yes-plain", **slots)
    code = "verdict-yes-reduced" if facts.reduction.status == "reduced" else "verdict-yes"
    if facts.profile.deadline and facts.p80 > facts.profile.deadline:
        code = "verdict-yes-tight"
    elif not facts.learning or facts.act_from <= facts.learning[0].start:
        code = f"{code}-at-once"
    elif code == "verdict-yes" and facts.act_from >= facts.learnt:
        code = "verdict-yes-after"
    own = f"{code}-{facts.whole.ending.move.id}" if facts.whole.ending.move else code
    return facts.say(own if own in facts.catalogue.words else code, **slots)


def _slack(aim: date, safe: date) -> str:
    """The time between the planned day and the one that holds with odds of four in five."""
    days = (safe - aim).days
    count, unit = (round(days / 7), "week") if days >= LEAST_WEEKS else (days, "day")
    return f"{count} {unit}{'s' if count != 1 else ''}" if days > 0 else "no time"


def _asked(facts: Facts) -> Iterator[str]:
    """What adverts ask for that the plan builds, and what of it the person said to have: shares of one corpus."""
    skills = facts.catalogue.skills
    if not facts.searching or not facts.moving:
        return
    shares = facts.catalogue.once("asked", None, lambda: _shares(facts.catalogue))
    have = facts.profile.have
    taught = {s for step in facts.learning if step.tier == CORE for s in step.teaches if have.get(s, 0) < ABLE}
    lacks = sorted(taught & shares.keys(), key=lambda s: -shares[s])[:MOST_ASKED]
    has = sorted((s for s in facts.profile.skills if shares.get(s, 0) >= WORTH_SAYING), key=lambda s: -shares[s])
    named = [
        listed([f"{lower(skills[s].short)} ({shares[s]:.0f} %)" for s in ids]) for ids in (lacks, has[:MOST_ASKED])
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
        "years": number(round(need / (profile.hours_per_week * 50), 1)),
        "months": round(need / (profile.hours_per_week * 4.2)),
        "safe": about(facts.safe_room),
    }
    if profile.deadline and facts.room < need * 1.33:
        return facts.say("verdict-no-deadline", **slots)
    if profile.budget_usd is not None and not facts.over_time:
        return facts.say("verdict-no-budget", **slots)
    return facts.say("verdict-no-hours", **slots)


def _instead(facts: Facts) -> str:
    ending = facts.whole.ending
    slots = {
        "outcome": ending.text.rstrip("."),
        "ready": day(facts.p80),
        "even": day(facts.finish),
        "hours": about(facts.hours),
        "slack_end": _slack(facts.finish, facts.p80),
    }
    late = facts.profile.deadline is not None and facts.p80 > facts.profile.deadline
    said = facts.say("verdict-instead-tight" if late else "verdict-instead", **slots)
    return f"{said} {sentence(ending.advice)}" if ending.advice else said


def _ways(facts: Facts) -> str:
    """The smallest changes with which the wish holds, each with the day it ends on."""
    said = [w for o in facts.options if (w := _way(facts, o))][: 1 if facts.reached else TOLD_WAYS]
    if not said:
        return ""
    wished = facts.ways.wished.move
    code = "verdict-ways-search" if wished is not None and wished.id == SEARCH else "verdict-ways"
    return facts.say("verdict-ways-whole" if facts.reached else code, ways=_either(said))


def _either(said: Sequence[str]) -> str:
    return " or ".join(said)


def _way(facts: Facts, option: Option) -> str:
    slots = {"value": option.value, "finish": day(option.finish)}
    if option.change == "deadline":
        slots["value"] = day(date.fromisoformat(option.value))
    id_ = f"way-{option.change.replace('_', '-').replace(' ', '-')}"
    return facts.say(id_, **slots) if id_ in facts.catalogue.words else ""


def heard(facts: Facts) -> Iterator[str]:
    """What each answer did, the most personal first; an answer that changed nothing is named all the same."""
    yield from _background(facts)
    yield from _skills(facts)
    yield from _exams(facts)
    if not facts.profile.goals and facts.searching and facts.reached:
        yield facts.say("heard-goal-none")
    yield from _field(facts)
    yield from _circumstances(facts)


def _background(facts: Facts) -> Iterator[str]:
    for given in facts.profile.background:
        known = facts.catalogue.backgrounds.get(given)
        if known is not None:
            yield sentence(known.edge)
        else:
            yield facts.say("heard-background", background=_clipped(given))


def _clipped(text: str) -> str:
    """What somebody wrote, as far as it fits into a sentence."""
    words = text.split()
    return " ".join(words[:MOST_QUOTED]) + (" …" if words[MOST_QUOTED:] else "")


def _skills(facts: Facts) -> Iterator[str]:
    profile, catalogue = facts.profile, facts.catalogue
    usual = catalogue.roles[profile.role].baseline
    more = [s for s, level in profile.skills.items() if level > usual.get(s, 0)]
    less = [s for s, level in profile.skills.items() if level < usual.get(s, 0)]
    same = [s for s in profile.skills if s not in more and s not in less]
    names = [lower(catalogue.skills[s].short) for s in sorted((*more, *same), key=lambda s: -profile.skills[s])][
        :MOST_NAMED
    ]
    if names:
        if _spared(facts):
            yield facts.say("heard-skills-spared", skills=listed(names))
        elif not any(facts.catalogue.skills[s].demand for s in profile.skills):
            yield facts.say("heard-skills", skills=listed(names))
    if less:
        fewer = listed([catalogue.skills[s].short for s in less][:MOST_NAMED])
        yield facts.say("heard-skills-less", skills=fewer)


def _spared(facts: Facts) -> bool:
    """Whether the person's own skills make a module of the route needless."""
    profile, ending = facts.profile, facts.ways.wished
    usual = facts.catalogue.roles[profile.role].baseline
    for id_ in dict.fromkeys((*ending.core, *ending.focus)):
        module = facts.catalogue.modules.get(id_)
        if module is None or not module.teaches or module.cloud not in (None, profile.cloud):
            continue
        held = all(profile.have.get(s, 0) >= n for s, n in module.teaches.items())
        if held and not all(usual.get(s, 0) >= n for s, n in module.teaches.items()):
            return True
    return False


def _exams(facts: Facts) -> Iterator[str]:
    profile, catalogue = facts.profile, facts.catalogue
    for id_ in profile.holds:
        cert = catalogue.certifications[id_]
        chain = catalogue.successors(id_)
        planned = next(
            (e for e in facts.exams if e.head_start and id_ in [h.holds for h in e.certification.head_starts]), None
        )
        if planned is not None:
            yield sentence(planned.head_start)
        elif cert.retires_on and chain:
            on = cert.retires_on
            yield facts.say("heard-held-ended", exam=cert.label, next=chain[0].label, on=_day(on))
        else:
            yield facts.say("heard-held", exam=cert.label)
    if facts.exams:
        said = [f"{e.certification.label} on {day(e.exam_on)}" for e in facts.exams]
        usd = number(sum(e.fee_usd for e in facts.exams))
        text = facts.say("heard-exams" if said[1:] else "heard-exam", exams=listed(said), usd=usd)
        yield " ".join([text, *_not_among(facts)])
    elif profile.certifications != "none":
        yield _no_exam(facts)


def _not_among(facts: Facts) -> Iterator[str]:
    """Why an exam that "all" could mean is not in the plan, in the words of the rule that leaves it out."""
    rules = facts.catalogue.rules
    for left in facts.whole.passed if facts.profile.certifications == EVERY else ():
        if left.reason.code == "rule":
            yield first_sentence(rules[str(left.reason.args[0])].because)


def _no_exam(facts: Facts) -> str:
    """Why an exam that was wanted is not in the plan."""
    wanted = next((e for e in facts.wish.draft.exams.items()), None)
    if not facts.reached or wanted is None:
        return facts.say("heard-exam-unfit" if facts.reached else "heard-exam-not-now")
    id_, cert = wanted
    hours = about(facts.wish.draft.quarters[id_] / 4)
    return facts.say("heard-exam-dropped", exam=cert.label, hours=hours)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _field(facts: Facts) -> Iterator[str]:
    profile, catalogue = facts.profile, facts.catalogue
    if profile.domain != NO_DOMAIN:
        yield facts.say("heard-domain", domain=lower(catalogue.specialisations[profile.domain].name))
    goals = [g for g in profile.goals if catalogue.goals[g].kind == "subject"]
    if goals and not facts.reached:
        yield facts.say("heard-subject-later", subject=listed([lower(catalogue.goals[g].name) for g in goals]))
    if profile.cloud != ANY_CLOUD:
        built = [s for s in facts.steps if s.id not in facts.exam_steps]
        uses = any(s.module.cloud == profile.cloud or "cloud" in s.module.teaches for s in built)
        yield facts.say("heard-cloud" if uses else "heard-cloud-later", cloud=catalogue.clouds[profile.cloud].name)
    elif facts.exams and any(s.module.cloud for s in facts.steps):
        cloud = next(s.module.cloud for s in facts.steps if s.module.cloud)
        yield facts.say("heard-cloud-exam", cloud=catalogue.clouds[str(cloud)].name)
    elif any(s.module.cloud for s in facts.steps):
        yield facts.say("heard-cloud-none", cloud=catalogue.clouds[facts.cloud].name)
    if profile.level == "senior" and facts.reached:
        yield facts.say("heard-senior")
    if profile.aims:
        yield facts.say("heard-aims", skills=listed([catalogue.skills[s].short for s in profile.aims][:MOST_NAMED]))


def _circumstances(facts: Facts) -> Iterator[str]:
    profile, catalogue = facts.profile, facts.catalogue
    if profile.budget_usd == 0:
        yield facts.say("heard-budget-none")
    elif profile.budget_usd is not None:
        enough = sum(r.high_usd for r in money(facts)) <= profile.budget_usd
        yield facts.say("heard-budget" if enough else "heard-budget-tight", usd=number(profile.budget_usd))
    if profile.deadline is not None and facts.reached and facts.p80 <= profile.deadline:
        spare = (profile.deadline - facts.p80).days
        yield facts.say("heard-deadline", deadline=day(profile.deadline), weeks=max(0, spare // 7))
    inside = [b for b in profile.breaks if b.first <= facts.p80]
    if inside:
        first = inside[0]
        code = "heard-break" if len(inside) == 1 else "heard-breaks"
        yield facts.say(code, first=day(first.first), last=day(first.last), count=len(inside))
    if profile.hours_per_week <= ONE_SESSION:
        yield facts.say("heard-session")
    if profile.country:
        yield facts.say("heard-country", country=catalogue.countries[profile.country].name)
    if profile.review:
        yield facts.say("heard-review")
    if profile.availability.rest_every:
        yield facts.say("heard-rest", weeks=profile.availability.rest_every)


def _closing(facts: Facts, rows: Sequence[PhaseRow]) -> str:
    """What comes after the plan; under a deadline first how likely an offer is by then."""
    move = facts.whole.ending.move
    if move is None or not facts.moving:
        return ""
    # The early end of a search counts from the usual day of its start, the late end from the safe one.
    since = {3: facts.act_from, 5: facts.act_from, 6: facts.act_safe, 9: facts.act_safe}
    ahead = {f"m{n}": month(on + timedelta(days=30 * n)) for n, on in since.items()}
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
    usual = SLOWER if facts.profile.role in move.after_by_start else 1.0
    months = (last - facts.act_from).days / 30 / usual
    code = next((code for most, code in OFFERS if months < most), "offer-likely")
    return facts.say(code, deadline=day(last))
