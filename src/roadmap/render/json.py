"""The stable machine format: keys are promised, additions allowed, `schema_version` counts breaking changes."""

import json
from typing import TYPE_CHECKING

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import LeftOut, Plan, Reason, Step
from roadmap.model.profile import WEEKDAYS, Availability, Profile
from roadmap.render.wording import Words

if TYPE_CHECKING:
    from roadmap.model.plan_data import (
        AvailabilityData,
        PlanData,
        ProfileData,
        ReasonData,
        ResourceData,
        SourceData,
        StepData,
        SummaryData,
    )

SCHEMA_VERSION = 1


def render_json(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as JSON text with a final newline."""
    return json.dumps(plan_data(plan, catalogue), ensure_ascii=False, indent=2) + "\n"


def profile_data(profile: Profile) -> "ProfileData":
    """A resolved profile with the contract's keys; `skills` with the baseline merged in."""
    return {
        "role": profile.role,
        "target": profile.target,
        "level": profile.level,
        "name": profile.name,
        "goals": list(profile.goals),
        "hours_per_week": profile.hours_per_week,
        "start": profile.start.isoformat(),
        "deadline": profile.deadline.isoformat() if profile.deadline else None,
        "budget_usd": profile.budget_usd,
        "cloud": profile.cloud,
        "domain": profile.domain,
        "certifications": profile.certifications,
        "holds": list(profile.holds),
        "skills": dict(profile.have),
        "breaks": [{"from": b.first.isoformat(), "to": b.last.isoformat()} for b in profile.breaks],
        "language": profile.language,
        "keep": list(profile.keep),
        "skip": list(profile.skip),
        "availability": _availability(profile.availability),
        "confidence": profile.confidence,
        "review": profile.review,
        "postings": list(profile.postings),
    }


def _availability(plan: Availability) -> "AvailabilityData":
    return {
        "days": {day: share / 4 for day, share in zip(WEEKDAYS, plan.days, strict=False)},
        "ranges": [
            {"from": r.first.isoformat(), "to": r.last.isoformat(), "hours_per_week": r.hours_per_week}
            for r in plan.ranges
        ],
        "rest_every": plan.rest_every,
        "buffer_percent": plan.buffer_percent,
    }


def plan_data(plan: Plan, catalogue: Catalogue) -> "PlanData":
    """The plan as plain data, in the order and with the keys of the contract."""
    words = Words(catalogue)
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_on": plan.generated_on.isoformat(),
        "catalogue": {"version": catalogue.version, "as_of": catalogue.as_of},
        "profile": profile_data(plan.profile),
        "status": plan.status,
        "summary": _summary(plan),
        "phases": [
            {
                "id": p.id,
                "title": p.title,
                "start": p.start.isoformat(),
                "finish": p.finish.isoformat(),
                "hours": p.hours,
                "because": p.because,
                "source": p.source,
            }
            for p in plan.phases
        ],
        "steps": [_step(s, catalogue, words) for s in plan.steps],
        "weeks": [
            {
                "start": w.start.isoformat(),
                "capacity": w.capacity,
                "items": [{"step": i.step, "hours": i.hours} for i in w.items],
                "reviews": list(w.reviews),
            }
            for w in plan.weeks
        ],
        "certifications": [
            {
                "id": e.certification.id,
                "code": e.certification.code,
                "name": e.certification.name,
                "issuer": e.certification.issuer,
                "url": e.certification.url,
                "fee_usd": e.certification.fee_usd,
                "exam_on": e.exam_on.isoformat(),
                "expires_on": e.expires_on.isoformat() if e.expires_on else None,
                "checked": e.certification.checked,
                "confidence": e.certification.confidence,
                "note": e.certification.note,
                "reasons": [_reason(r, words) for r in e.reasons],
            }
            for e in plan.exams
        ],
        "left_out": [
            {
                "module": x.id,
                "title": x.title,
                "hours": x.hours,
                "worth": round(x.worth, 6),
                "reason": _reason(x, words),
            }
            for x in plan.left_out
        ],
        "options": [
            {"change": o.change, "value": o.value, "finish": o.finish.isoformat(), "text": words.option(o)}
            for o in plan.options
        ],
        "warnings": [{"code": n.code, "text": words.notice(n), "source": n.source} for n in plan.notices],
        "sources": _sources(plan, catalogue),
    }


def _summary(plan: Plan) -> "SummaryData":
    days = (plan.finish - plan.start).days + 1
    return {
        "start": plan.start.isoformat(),
        "finish": plan.finish.isoformat(),
        "finish_p80": plan.finish_p80.isoformat(),
        "finish_p95": plan.finish_p95.isoformat(),
        "weeks": len(plan.weeks),
        "months": round(days / 30.44, 1),
        "hours": plan.hours,
        "cost_usd": plan.cost_usd,
        "published_months": list(plan.path.months) if plan.path.months else None,
        "coverage_before": round(plan.coverage_before, 6),
        "coverage_after": round(plan.coverage_after, 6),
        "readiness_before": round(plan.readiness_before, 6),
        "readiness_after": round(plan.readiness_after, 6),
        "worth": round(plan.worth, 6),
        "pace": plan.pace,
        "steps": len(plan.steps),
    }


def _reason(reason: Reason | LeftOut, words: Words) -> "ReasonData":
    one = reason.reason if isinstance(reason, LeftOut) else reason
    return {"code": one.code, "text": words.reason(one), "source": one.source}


def _step(step: Step, catalogue: Catalogue, words: Words) -> "StepData":
    m = step.module
    return {
        "id": step.id,
        "module": m.id,
        "title": m.title,
        "summary": m.summary,
        "kind": m.kind,
        "stage": m.stage,
        "phase": step.phase,
        "start": step.start.isoformat(),
        "finish": step.finish.isoformat(),
        "hours": step.hours,
        "hours_low": step.hours_low,
        "hours_high": step.hours_high,
        "hours_origin": m.hours.origin,
        "hours_basis": m.hours.basis,
        "cost_usd": step.cost_usd,
        "teaches": dict(step.teaches),
        "needs": dict(m.needs),
        "after": list(step.after),
        "resources": [_resource(catalogue, r) for r in step.resources],
        "done_when": list(m.done_when),
        "evidence": list(m.evidence),
        "reasons": [_reason(r, words) for r in step.reasons],
        "coverage_after": round(step.coverage_after, 6),
        "readiness_after": round(step.readiness_after, 6),
    }


def _resource(catalogue: Catalogue, id_: str) -> "ResourceData":
    r = catalogue.resources[id_]
    return {
        "id": r.id,
        "title": r.title,
        "url": r.url,
        "provider": r.provider,
        "cost": r.cost,
        "price_usd": r.price_usd,
        "hours": r.hours,
        "checked": r.checked,
    }


def used_sources(plan: Plan) -> list[str]:
    """Ids of every source the plan leans on, in order of first use."""
    found: dict[str, None] = dict.fromkeys(plan.path.sources)
    for step in plan.steps:
        found.update(dict.fromkeys([r.source for r in step.reasons] + [step.module.hours.source]))
    for exam in plan.exams:
        found[exam.certification.source] = None
    found.update(dict.fromkeys([x.reason.source for x in plan.left_out] + [n.source for n in plan.notices]))
    found.update(dict.fromkeys(p.source for p in plan.phases))
    return list(found)


def _sources(plan: Plan, catalogue: Catalogue) -> "list[SourceData]":
    known = (catalogue.sources[id_] for id_ in used_sources(plan))
    return [{"id": s.id, "title": s.title, "url": s.url, "as_of": s.as_of, "confidence": s.confidence} for s in known]
