"""The sources that a plan leans on."""

from roadmap.model.plan import Plan


def used_sources(plan: Plan) -> list[str]:
    """Ids of every source the plan leans on, in order of first use."""
    found: dict[str, None] = dict.fromkeys((*plan.route.sources, *plan.path.sources))
    answer = plan.answer
    for said in (*answer.facts, *answer.rules, *answer.not_doing, *answer.risks):
        if said.source:
            found[said.source] = None
    for step in plan.steps:
        for reason in step.reasons:
            found[reason.source] = None
        found[step.module.hours.source] = None
    for exam in plan.exams:
        found[exam.certification.source] = None
    found.update(dict.fromkeys([x.reason.source for x in plan.left_out] + [n.source for n in plan.notices]))
    found.update(dict.fromkeys(x.reason.source for x in plan.later))
    found.update(dict.fromkeys(p.source for p in plan.phases))
    return list(found)
