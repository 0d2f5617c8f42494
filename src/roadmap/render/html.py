"""One self-contained page: no network, no script, good on a phone, on a wide screen and on paper.

The template escapes everything it is given; control codes and direction marks are taken out on the way in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan
from roadmap.render import wording
from roadmap.render.clean import clean, shorten, web_address
from roadmap.render.figures import readiness_curve, week_bars
from roadmap.render.identity import slug
from roadmap.render.json import used_sources
from roadmap.render.svg import STAGES_DARK, STAGES_LIGHT, drawing, stage_numbers
from roadmap.render.tasks import finished
from roadmap.render.wording import Words

WIDE, MIDDLE, NARROW = 960, 680, 340
LONGEST_NAME = 80


@dataclass(frozen=True)
class SkillRow:
    """A skill before and after: levels from 0 to 4."""

    name: str
    stage: int
    before: int
    after: int


@dataclass(frozen=True)
class Cost:
    """Something that has to be paid for."""

    what: str
    usd: float


def render_html(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """A plan as one HTML page with a final newline; with `now` what is done as well."""
    page = _environment().get_template("page.html")
    words = Words(catalogue)
    sources = used_sources(plan)
    held = [x for x in plan.left_out if x.reason.code in ("held", "exam-held")]
    return (
        page.render(
            plan=plan,
            catalogue=catalogue,
            words=words,
            w=wording,
            name=shorten(clean(plan.profile.name), LONGEST_NAME),
            phases=[(p, [s for s in plan.steps if s.phase == p.id]) for p in plan.phases],
            done=finished(now, catalogue),
            skills=_skills(plan, catalogue),
            costs=_costs(plan),
            held=held,
            missing=[x for x in plan.left_out if x not in held],
            cited={id_: i for i, id_ in enumerate(sources, 1)},
            sources=[catalogue.sources[id_] for id_ in sources],
            stage=stage_numbers(catalogue),
            light=STAGES_LIGHT,
            dark=STAGES_DARK,
            timeline=Markup(drawing(plan, catalogue, WIDE)),
            timeline_narrow=Markup(drawing(plan, catalogue, NARROW)),
            curve=Markup(readiness_curve(plan, MIDDLE)) if plan.steps else "",
            curve_narrow=Markup(readiness_curve(plan, NARROW)) if plan.steps else "",
            weeks=Markup(week_bars(plan, catalogue, MIDDLE)) if plan.steps else "",
            weeks_narrow=Markup(week_bars(plan, catalogue, NARROW)) if plan.steps else "",
        )
        + "\n"
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("roadmap.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.filters["web"] = web_address
    made.filters["slug"] = slug
    made.filters["begin"] = _begin
    return made


def _begin(text: str) -> str:
    """A sentence's first letter made large, the others left alone."""
    return text[:1].upper() + text[1:]


def _harmless(value: object) -> object:
    """What every expression of the template goes through before it is escaped."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _skills(plan: Plan, catalogue: Catalogue) -> list[SkillRow]:
    """The skills that the plan lifts, by stage, the largest gains first."""
    after: dict[str, int] = dict(plan.profile.have)
    for step in plan.steps:
        for skill, level in step.teaches.items():
            after[skill] = max(after.get(skill, 0), level)
    order: Mapping[str, int] = {stage: i for i, stage in enumerate(catalogue.stages)}
    numbers = stage_numbers(catalogue)
    rows = [
        (
            order[catalogue.skills[s].stage],
            SkillRow(catalogue.skills[s].name, numbers[catalogue.skills[s].stage], b, a),
        )
        for s, a in after.items()
        if a > (b := plan.profile.have.get(s, 0))
    ]
    return [row for _, row in sorted(rows, key=lambda x: (x[0], x[1].before - x[1].after))]


def _costs(plan: Plan) -> list[Cost]:
    exams = {e.step: e for e in plan.exams}
    costs = []
    for step in plan.steps:
        fee = exams[step.id].certification.fee_usd or 0 if step.id in exams else 0
        if fee:
            costs.append(Cost(f"Exam {exams[step.id].certification.label}", fee))
        if step.cost_usd > fee:
            costs.append(Cost(step.module.title, step.cost_usd - fee))
    return costs
