"""What was heard: what an answer of a person did to the plan, where the rest of the page does not show it anyway.

An exam has its own part, the budget stands in the bill, the field in the project, a cloud in its phase.
"""

from collections.abc import Iterator
from datetime import date

from roadmap.model.profile import ANY_CLOUD
from roadmap.planning.answer.facts import (
    Facts,
    about,
    day,
    first_sentence,
    listed,
    lower,
    number,
    sentence,
)

MOST_QUOTED = 12
EVERY = "all"
MOST_NAMED = 4
ONE_SESSION = 1


def personal(facts: Facts) -> Iterator[str]:
    """What the person's own work, skills and exams did."""
    yield from _background(facts)
    yield from _skills(facts)
    yield from _exams(facts)


def heard(facts: Facts) -> Iterator[str]:
    """What the other answers did, and what was taken where nothing was said."""
    yield from _field(facts)
    yield from _circumstances(facts)
    yield from _unsaid(facts)


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
    none = [s for s, level in profile.skills.items() if not level and s not in less]
    same = [s for s in profile.skills if s not in more and s not in less and s not in none]
    names = [lower(catalogue.skills[s].short) for s in sorted((*more, *same), key=lambda s: -profile.skills[s])][
        :MOST_NAMED
    ]
    built = _built_on(facts)
    if built:
        kept = listed([lower(catalogue.skills[s].short) for s in built])
        more_told = names[len(built) :] and not facts.searching  # a search tells them with what adverts ask for
        code = "heard-skills-project" if more_told else "heard-skills-one-project"
        yield facts.say(code, skills=listed(names), built=kept, project=facts.projects[0].project.title)
    elif names:
        if _spared(facts):
            yield facts.say("heard-skills-spared", skills=listed(names))
        elif not any(facts.catalogue.skills[s].demand for s in profile.skills):
            yield facts.say("heard-skills", skills=listed(names))
    if none:
        yield facts.say("heard-skills-none", skills=listed([catalogue.skills[s].short for s in none][:MOST_NAMED]))
    if less:
        fewer = listed([catalogue.skills[s].short for s in less][:MOST_NAMED])
        yield facts.say("heard-skills-less", skills=fewer)


def _built_on(facts: Facts) -> list[str]:
    """The person's own skills for which the first project was chosen."""
    wanted = facts.projects[0].project.when.skill_from if facts.projects else {}
    return [s for s, level in facts.profile.skills.items() if s in wanted and level]


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
            code = "heard-held-ended" if date.fromisoformat(on) <= facts.today else "heard-held-ending"
            yield facts.say(code, exam=cert.label, next=chain[0].label, on=_day(on))
        else:
            yield facts.say("heard-held", exam=cert.label)
    if facts.exams[1:] and profile.certifications == EVERY:
        usd = number(sum(e.fee_usd for e in facts.exams))
        yield facts.say("heard-exams-all", exams=listed([e.certification.label for e in facts.exams]), usd=usd)
    if facts.exams:
        yield from _not_among(facts)
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
    goals = [g for g in profile.goals if catalogue.goals[g].kind == "subject"]
    if goals and not facts.reached:
        yield facts.say("heard-subject-later", subject=listed([lower(catalogue.goals[g].name) for g in goals]))
    if profile.cloud != ANY_CLOUD:
        built = [s for s in facts.steps if s.id not in facts.exam_steps]
        uses = any(s.module.cloud == profile.cloud or "cloud" in s.module.teaches for s in built)
        if not uses:
            yield facts.say("heard-cloud-later", cloud=catalogue.clouds[profile.cloud].name)
    if profile.level == "senior" and facts.reached:
        yield facts.say("heard-senior")
    if profile.aims:
        yield facts.say("heard-aims", skills=listed([catalogue.skills[s].short for s in profile.aims][:MOST_NAMED]))


def _unsaid(facts: Facts) -> Iterator[str]:
    """Which cloud was taken where none was named."""
    clouds, clouded = facts.catalogue.clouds, [s.module.cloud for s in facts.steps if s.module.cloud]
    if facts.profile.cloud == ANY_CLOUD and clouded:
        if facts.exams:
            yield facts.say("heard-cloud-exam", cloud=clouds[str(clouded[0])].name)
        else:
            yield facts.say("heard-cloud-none", cloud=clouds[facts.cloud].name)


def _circumstances(facts: Facts) -> Iterator[str]:
    profile, catalogue = facts.profile, facts.catalogue
    if profile.budget_usd == 0:
        yield facts.say("heard-budget-none")
    if profile.deadline is not None and facts.reached and not facts.searching and facts.p80 <= profile.deadline:
        yield facts.say("heard-deadline", deadline=day(profile.deadline))
    if any(b.first <= facts.p80 for b in profile.breaks):
        yield facts.say("heard-break")
    if profile.hours_per_week <= ONE_SESSION:
        yield facts.say("heard-session")
    if profile.country:
        yield facts.say("heard-country", country=catalogue.countries[profile.country].name)
    if profile.review:
        yield facts.say("heard-review")
    if profile.availability.rest_every:
        yield facts.say("heard-rest", weeks=profile.availability.rest_every)
    if profile.certifications == "none" and facts.reached and facts.searching and not facts.by_bridge:
        yield facts.say("heard-exam-none")
