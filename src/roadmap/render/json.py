"""The stable machine format: keys are promised, additions allowed, `schema_version` counts breaking changes."""

import json
import re
from typing import TYPE_CHECKING

from roadmap.model.catalogue import Catalogue, Module, Resource
from roadmap.model.plan import Aimed, Notice, Plan, Reason, Step, aimed
from roadmap.model.profile import WEEKDAYS, Availability, Profile
from roadmap.render.wording import Words

if TYPE_CHECKING:
    from roadmap.model.plan_data import (
        AimsData,
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
MOST_TEXTS = 2_000
# Legal in JSON as they are, but a terminal obeys some and UTF-8 has no bytes for others.
_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def render_json(plan: Plan, catalogue: Catalogue) -> str:
    """A plan as JSON text with a final newline."""
    text = json.dumps(plan_data(plan, catalogue, own=False), ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


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
        "budget_usd": None if profile.budget_usd is None else round(profile.budget_usd, 2),
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
        "aims": list(profile.aims),
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


def plan_data(plan: Plan, catalogue: Catalogue, *, own: bool = True) -> "PlanData":
    """The plan as plain data, in the order and with the keys of the contract.

    Without `own`, parts that many plans have in common are the same objects in all of them: quicker, for callers that
    only write the data down.
    """
    facts = _facts(catalogue)
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_on": plan.generated_on.isoformat(),
        "catalogue": {"version": catalogue.version, "as_of": catalogue.as_of},
        "profile": profile_data(plan.profile),
        "status": plan.status,
        "summary": _summary(plan, catalogue),
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
        "steps": [_step(s, facts, own=own) for s in plan.steps],
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
                "reasons": [facts.reason(r).copy() for r in e.reasons],
            }
            for e in plan.exams
        ],
        "left_out": [
            {
                "module": x.id,
                "title": x.title,
                "hours": x.hours,
                "worth": share(x.worth),
                "reason": facts.reason(x.reason).copy(),
            }
            for x in plan.left_out
        ],
        "options": [
            {"change": o.change, "value": o.value, "finish": o.finish.isoformat(), "text": facts.words.option(o)}
            for o in plan.options
        ],
        "warnings": [{"code": n.code, "text": facts.notice(n), "source": n.source} for n in plan.notices],
        "sources": _sources(plan, catalogue),
    }


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


class _Facts:
    """What is the same in all plans from one catalogue, put into words and data once.

    What it gives is shared; who hands it on to a caller hands on a copy.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = Words(catalogue)
        self._texts: dict[tuple[object, ...], str] = {}
        self._reasons: dict[Reason, ReasonData] = {}
        self._resources: dict[tuple[str, ...], list[ResourceData]] = {}
        self._steps: dict[str, tuple[Module, StepData]] = {}

    def reason(self, reason: Reason) -> "ReasonData":
        """A reason with its sentence."""
        known = self._reasons.get(reason)
        if known is None:
            if len(self._reasons) >= MOST_TEXTS:
                self._reasons.clear()
            known = {"code": reason.code, "text": self.words.reason(reason), "source": reason.source}
            self._reasons[reason] = known
        return known

    def notice(self, notice: Notice) -> str:
        """The sentence of a notice."""
        key = ("notice", notice.code, notice.args)
        return self._texts.get(key) or self._keep(key, self.words.notice(notice))

    def _keep(self, key: tuple[object, ...], text: str) -> str:
        if len(self._texts) >= MOST_TEXTS:
            self._texts.clear()
        self._texts[key] = text
        return text

    def step(self, module: Module) -> "StepData":
        """What a step has from its module; the rest is to be filled in."""
        known = self._steps.get(module.id)
        if known is None or known[0] is not module:
            known = self._steps[module.id] = (module, _blank_step(module))
        return known[1].copy()

    def resources(self, ids: tuple[str, ...]) -> "list[ResourceData]":
        """Resources as a step shows them."""
        known = self._resources.get(ids)
        if known is None:
            known = self._resources[ids] = [_resource(self.catalogue.resources[id_]) for id_ in ids]
        return known


_latest: list[_Facts] = []


def _facts(catalogue: Catalogue) -> _Facts:
    """The facts of the catalogue in use; a process plans from one at a time."""
    for facts in _latest:
        if facts.catalogue is catalogue:
            return facts
    facts = _Facts(catalogue)
    _latest[:] = [facts]
    return facts


def _step(step: Step, facts: _Facts, *, own: bool) -> "StepData":
    data, m = facts.step(step.module), step.module
    data["phase"] = step.phase
    data["start"] = step.start.isoformat()
    data["finish"] = step.finish.isoformat()
    data["hours"] = step.hours
    data["hours_low"] = step.hours_low
    data["hours_high"] = step.hours_high
    data["cost_usd"] = step.cost_usd
    data["teaches"] = dict(step.teaches)
    data["after"] = list(step.after)
    data["resources"] = facts.resources(step.resources)
    data["reasons"] = [facts.reason(r) for r in step.reasons]
    data["coverage_after"] = share(step.coverage_after)
    data["readiness_after"] = share(step.readiness_after)
    if own:
        data["needs"] = dict(m.needs)
        data["done_when"] = list(m.done_when)
        data["evidence"] = list(m.evidence)
        data["resources"] = [resource.copy() for resource in data["resources"]]
        data["reasons"] = [reason.copy() for reason in data["reasons"]]
    return data


def _blank_step(m: Module) -> "StepData":
    """A step with all its keys in the order of the contract, those that differ between plans still empty."""
    return {
        "id": m.id,
        "module": m.id,
        "title": m.title,
        "summary": m.summary,
        "kind": m.kind,
        "stage": m.stage,
        "phase": "",
        "start": "",
        "finish": "",
        "hours": 0.0,
        "hours_low": 0.0,
        "hours_high": 0.0,
        "hours_origin": m.hours.origin,
        "hours_basis": m.hours.basis,
        "cost_usd": 0.0,
        "teaches": {},
        "needs": dict(m.needs),
        "after": [],
        "resources": [],
        "done_when": list(m.done_when),
        "evidence": list(m.evidence),
        "reasons": [],
        "coverage_after": 0.0,
        "readiness_after": 0.0,
    }


def _resource(r: Resource) -> "ResourceData":
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
        for reason in step.reasons:
            found[reason.source] = None
        found[step.module.hours.source] = None
    for exam in plan.exams:
        found[exam.certification.source] = None
    found.update(dict.fromkeys([x.reason.source for x in plan.left_out] + [n.source for n in plan.notices]))
    found.update(dict.fromkeys(p.source for p in plan.phases))
    return list(found)


def _sources(plan: Plan, catalogue: Catalogue) -> "list[SourceData]":
    known = (catalogue.sources[id_] for id_ in used_sources(plan))
    return [{"id": s.id, "title": s.title, "url": s.url, "as_of": s.as_of, "confidence": s.confidence} for s in known]
