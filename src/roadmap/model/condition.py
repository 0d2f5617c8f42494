"""What a condition of the catalogue means: the same for rules, which shape a plan, and for questions."""

from roadmap.model.catalogue import Condition
from roadmap.model.profile import Profile


def holds(condition: Condition, profile: Profile) -> bool:
    """Whether a condition is true of a person; an empty condition always is."""
    c, have = condition, profile.have
    return (
        (not c.role or profile.role in c.role)
        and (not c.target or profile.target in c.target)
        and (not c.level or profile.level in c.level)
        and (not c.goal or any(g in c.goal for g in profile.goals))
        and (not c.cloud or profile.cloud in c.cloud)
        and (not c.domain or profile.domain in c.domain)
        and (not c.certifications or profile.certifications in c.certifications)
        and (not c.holds or any(h in c.holds for h in profile.holds))
        and (c.hours_below is None or profile.hours_per_week < c.hours_below)
        and (c.hours_from is None or profile.hours_per_week >= c.hours_from)
        and (c.budget_below is None or (profile.budget_usd is not None and profile.budget_usd < c.budget_below))
        and (c.review is None or profile.review == c.review)
        and (not c.skill_below or all(have.get(s, 0) < level for s, level in c.skill_below.items()))
        and (not c.skill_from or all(have.get(s, 0) >= level for s, level in c.skill_from.items()))
        and (not c.any_of or any(holds(one, profile) for one in c.any_of))
        and (not c.none_of or not any(holds(one, profile) for one in c.none_of))
    )
