"""What a question offers: the choices of the catalogue, and the checklist of skills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue, Question, Skill
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.profile import Profile, usual_levels

LEVEL_WORDS = ("none", "aware", "working", "proficient", "expert")
MOST_SKILLS = 25
# Somebody who usually would know a skill has met it; unticking it says "not alone", not "never heard of it".
UNTICKED_LEVEL = 1


@dataclass(frozen=True)
class PromptOption:
    """One thing to choose or to tick. `note` stands beside the label; neighbours of one `group` under its heading."""

    value: object
    label: str
    why: str = ""
    note: str = ""
    group: str = ""


def offered(
    question: Question, catalogue: Catalogue, person: Profile, answers: Mapping[str, object], proven: object
) -> tuple[PromptOption, ...]:
    """The listed choices, then those from the catalogue. `proven` are levels that a resume shows."""
    own = tuple(PromptOption(c.value, c.label, c.why) for c in question.choices)
    return (*own, *_from_catalogue(question, catalogue, person, answers, proven))


def _from_catalogue(
    question: Question, c: Catalogue, person: Profile, answers: Mapping[str, object], proven: object
) -> list[PromptOption]:
    match question.choices_from:
        case "starts":
            target = answers.get("target")
            ids = starts(c, str(target) if target else None)
            return [PromptOption(r, c.roles[r].name, c.roles[r].summary) for r in ids]
        case "targets":
            role = answers.get("role")
            led_to = {p.target for p in c.paths.values() if role in (None, p.start)}
            return [PromptOption(r.id, r.name, r.summary) for r in c.roles.values() if r.target and r.id in led_to]
        case "goals":
            return [PromptOption(g.id, g.name, g.why) for g in c.goals.values()]
        case "clouds":
            return [PromptOption(x.id, x.name, x.why) for x in c.clouds.values()]
        case "specialisations":
            return [PromptOption(s.id, s.name, s.summary) for s in c.specialisations.values()]
        case "skills":
            return _checklist(question, c, person, proven if isinstance(proven, Mapping) else {})
    return []


def starts(catalogue: Catalogue, target: str | None) -> list[str]:
    """The roles from which a path leads to a target. Raises RoadmapError when there is none."""
    roles = catalogue.roles.values()
    target = target or next((r.id for r in roles if r.target), "")
    found = [r.id for r in roles if r.start and catalogue.path(r.id, target)]
    if not found:
        raise RoadmapError(f'no path of the catalogue leads to "{target}"', "roadmap show paths lists them")
    return found


def usual(catalogue: Catalogue, person: Profile) -> dict[str, int]:
    """What somebody with this role and background usually knows, before they say anything."""
    return usual_levels(catalogue.roles[person.role], person.background, catalogue)


def _checklist(
    question: Question, c: Catalogue, person: Profile, proven: Mapping[object, object]
) -> list[PromptOption]:
    """The skills whose answer can change the plan, those that most postings ask for; by stage, then by demand."""
    known = usual(c, person)
    wanted = next((asked for level, asked in c.roles[person.target].targets.items() if level == person.level), {})
    stages = [s for s in c.stages if not question.stages or s in question.stages]
    able = [
        s
        for s in c.skills.values()
        if s.taught and s.stage in stages and max(known.get(s.id, 0), wanted.get(s.id, 0)) >= WORKING_LEVEL
    ]
    shown = sorted(able, key=_demand, reverse=True)[:MOST_SKILLS]
    shown.sort(key=lambda s: stages.index(s.stage))
    return [
        PromptOption(
            value=s.id,
            label=s.short,
            why=s.levels[WORKING_LEVEL - 1],
            note=_note(proven.get(s.id), known.get(s.id)),
            group=c.stages[s.stage].name,
        )
        for s in shown
    ]


def levels_of(ticked: Sequence[object], shown: Sequence[str], known: Mapping[str, int], before: object) -> object:
    """Ticks as a profile file would hold them: only the levels that differ from those usually known."""
    said = before if isinstance(before, Mapping) else {}
    levels = {s: n for s, n in said.items() if s not in shown}
    for skill in shown:
        level, tick = known.get(skill, 0), skill in ticked
        own = said.get(skill)
        if isinstance(own, int) and tick == (own >= WORKING_LEVEL):
            # A tick says working or not; a level that agrees with it says more.
            levels[skill] = own
        elif tick and level < WORKING_LEVEL:
            levels[skill] = WORKING_LEVEL
        elif not tick and level >= WORKING_LEVEL:
            levels[skill] = UNTICKED_LEVEL
    return levels


def _note(proven: object, level: int | None) -> str:
    """What is known of a skill before the person says anything: from a resume, else from role and background."""
    if isinstance(proven, int):
        return f"resume: {LEVEL_WORDS[proven]}"
    return f"usually {LEVEL_WORDS[level]}" if level else ""


def _demand(skill: Skill) -> float:
    return (skill.demand.share or 0) if skill.demand else 0
