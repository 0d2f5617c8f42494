"""JSON Resume: what a person can show. Planned work is no achievement, so only what is held goes in."""

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan
from roadmap.render.clean import clean, web_address
from roadmap.render.data import json_text
from roadmap.render.ledger import evidence_data
from roadmap.render.numbers import LEVEL_NAMES

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/master/schema.json"
WORKING = 2


def render_jsonresume(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """The person of a plan as JSON Resume: skills, certificates and finished projects, as far as the person said so.

    What a role is assumed to know is a guess for planning, and no claim to make on somebody's CV.

    With `now` what was finished since counts as well, where there is something that shows it.
    """
    person = plan.profile
    held = (catalogue.certifications[id_] for id_ in person.holds)
    finished = evidence_data(now, catalogue) if now else {"projects": [], "certificates": []}
    resume = {
        "$schema": SCHEMA,
        "basics": {"name": clean(person.name), "label": clean(catalogue.roles[person.role].name)},
        "skills": [
            {
                "name": clean(catalogue.skills[skill].name),
                "level": LEVEL_NAMES[level],
            }
            for skill, level in _levels(plan, now).items()
            if skill in catalogue.skills and level >= WORKING
        ],
        "certificates": [
            {
                "name": clean(c.name),
                "issuer": clean(c.issuer),
                **({"url": u} if (u := web_address(c.url)) else {}),
            }
            for c in held
        ]
        + finished["certificates"],
        "projects": finished["projects"],
        "meta": {"version": "v1.2.1", "lastModified": f"{plan.generated_on}T00:00:00"},
    }
    return json_text(resume)


def _levels(plan: Plan, now: Progress | None) -> dict[str, int]:
    """The levels that the person named, raised by what finished steps taught."""
    levels = dict(plan.profile.skills)
    for event in now.standing.done.values() if now else ():
        for skill, level in event.teaches.items():
            levels[skill] = max(levels.get(skill, 0), level)
    return levels
