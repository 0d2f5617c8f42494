"""The stable machine format: keys are promised, additions allowed, `schema_version` counts breaking changes."""

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from roadmap.model.catalogue import Catalogue
from roadmap.model.fields import FIELDS
from roadmap.model.plan import Aimed, Exam, PhaseSpan, Plan, Reason, Step, aimed
from roadmap.model.profile import Profile
from roadmap.render.answer_json import answer_data
from roadmap.render.opening import Opened, opened
from roadmap.render.reasons import Told, step_reasons
from roadmap.render.sources import used_sources
from roadmap.render.wording import Words

if TYPE_CHECKING:
    from roadmap.model.plan_data import (
        AimsData,
        ExamData,
        PhaseData,
        PlanData,
        ProfileData,
        ReasonData,
        ResourceData,
        SourceData,
        StepData,
        SummaryData,
    )

SCHEMA_VERSION = 2
NOT_PUBLISHED = "not published"
# Legal in JSON as they are, but a terminal obeys some and UTF-8 has no bytes for others.
_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def render_json(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as JSON text with a final newline."""
    text = json.dumps(plan_data(plan, catalogue), ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def profile_data(profile: Profile) -> "ProfileData":
    """A resolved profile with the keys of its fields; `skills` with the baseline merged in."""
    return {f.name: f.printed(getattr(profile, f.name)) for f in FIELDS} | {"skills": dict(profile.have)}


def plan_data(plan: Plan, catalogue: Catalogue) -> "PlanData":
    """The plan as plain data, in the order and with the keys of the contract."""
    words = Words(catalogue)
    why = step_reasons(plan, words)
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_on": plan.generated_on.isoformat(),
        "catalogue": {"version": catalogue.version, "as_of": catalogue.as_of},
        "profile": profile_data(plan.profile),
        "status": plan.status,
        "summary": _summary(plan, catalogue),
        "answer": answer_data(plan.answer),
        "phases": [_phase(p) for p in plan.phases],
        "steps": [_step(s, why[s.id], catalogue) for s in plan.steps],
        "weeks": [
            {
                "start": w.start.isoformat(),
                "capacity": w.capacity,
                "items": [{"step": i.step, "hours": i.hours} for i in w.items],
                "reviews": list(w.reviews),
            }
            for w in plan.weeks
        ],
        "certifications": [_exam(e, words) for e in plan.exams],
        "left_out": [
            {
                "module": x.id,
                "title": x.title,
                "hours": x.hours,
                "worth": share(x.worth),
                "reason": _reason(x.reason, words.reason(x)),
            }
            for x in plan.left_out
        ],
        "later": [
            {"module": x.module.id, "title": x.module.title, "hours": x.hours, "why": words.reason(x.reason)}
            for x in plan.later
        ],
        "options": [
            {"change": o.change, "value": o.value, "finish": o.finish.isoformat(), "text": words.option(o)}
            for o in plan.options
        ],
        "warnings": [{"code": n.code, "text": words.notice(n), "source": n.source} for n in plan.notices],
        "sources": _sources(plan, catalogue),
    }


def _phase(phase: PhaseSpan) -> "PhaseData":
    return {
        "id": phase.id,
        "title": phase.title,
        "start": phase.start.isoformat(),
        "finish": phase.finish.isoformat(),
        "hours": phase.hours,
        "because": phase.because,
        "source": phase.source,
    }


def _exam(exam: Exam, words: Words) -> "ExamData":
    cert = exam.certification
    again = cert.retake
    fee = exam.fee_usd if again is None or again.fee_usd is None else again.fee_usd
    return {
        "id": cert.id,
        "code": cert.code,
        "name": cert.name,
        "issuer": cert.issuer,
        "url": cert.url,
        "guide_url": cert.guide_url,
        "practice_url": cert.practice_url,
        "fee_usd": exam.fee_usd,
        "fee_note": exam.fee_note,
        "exam_on": exam.exam_on.isoformat(),
        "expires_on": exam.expires_on.isoformat() if exam.expires_on else None,
        "pass_mark": cert.passing_score or NOT_PUBLISHED,
        "weights": [
            {"name": d.name, "percent": d.weight, "range": list(d.range) if d.range else None} for d in cert.domains
        ],
        "gate": exam.gate,
        "retake": {
            "on": exam.retake_on.isoformat() if exam.retake_on else None,
            "fee_usd": fee,
            "text": again.text if again else "",
        },
        "renewal": cert.renewal,
        "recheck_on": exam.recheck_on.isoformat() if exam.recheck_on else None,
        "head_start": exam.head_start,
        "checked": cert.checked,
        "confidence": cert.confidence,
        "note": cert.note,
        "reasons": [_reason(r, words.reason(r)) for r in exam.reasons],
    }


def _reason(reason: Reason, text: str) -> "ReasonData":
    return {"code": reason.code, "text": text, "source": reason.source}


def _summary(plan: Plan, catalogue: Catalogue) -> "SummaryData":
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
        "coverage_before": share(plan.coverage_before),
        "coverage_after": share(plan.coverage_after),
        "readiness_before": share(plan.readiness_before),
        "readiness_after": share(plan.readiness_after),
        "worth": share(plan.worth),
        "pace": plan.pace,
        "steps": len(plan.steps),
        "aims": _aims(aimed(plan, catalogue)),
    }


def _aims(found: Aimed | None) -> "AimsData | None":
    if found is None:
        return None
    return {
        "named": list(found.named),
        "held": list(found.held),
        "reached": list(found.reached),
        "untaught": list(found.untaught),
        "coverage_before": share(len(found.held) / len(found.named)),
        "coverage_after": share(len(found.reached) / len(found.named)),
    }


def share(value: float) -> float:
    """A share to six digits; below 0.0001 to four, since JSON libraries spell smaller numbers in different ways."""
    short = round(value, 6)
    return short if abs(short) >= 1e-4 else round(value, 4)


def _step(step: Step, why: Sequence[Told], catalogue: Catalogue) -> "StepData":
    m = step.module
    return {
        "id": m.id,
        "module": m.id,
        "title": m.title,
        "summary": m.summary,
        "kind": m.kind,
        "stage": m.stage,
        "phase": step.phase,
        "tier": step.tier,
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
        "resources": [_resource(one) for one in opened(catalogue, step)],
        "done_when": list(m.done_when),
        "evidence": list(m.evidence),
        "project_adds": step.project_adds,
        "reasons": [_reason(reason, text) for reason, text in why],
        "coverage_after": share(step.coverage_after),
        "readiness_after": share(step.readiness_after),
    }


def _resource(one: Opened) -> "ResourceData":
    r = one.resource
    return {
        "id": r.id,
        "title": r.title,
        "url": r.url,
        "provider": r.provider,
        "cost": r.cost,
        "price_usd": r.price_usd,
        "part": one.part,
        "hours": one.hours,
        "checked": r.checked,
    }


def _sources(plan: Plan, catalogue: Catalogue) -> "list[SourceData]":
    known = (catalogue.sources[id_] for id_ in used_sources(plan))
    return [{"id": s.id, "title": s.title, "url": s.url, "as_of": s.as_of, "confidence": s.confidence} for s in known]
