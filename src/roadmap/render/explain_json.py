"""Why a step is in a plan, or is not, or comes before another: facts as JSON for scripts."""

from collections.abc import Mapping, Sequence
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Absent, Because, Change, Need, Ordered, Present, Tried
from roadmap.model.plan import Plan, Reason
from roadmap.model.profile import Availability, Break
from roadmap.render.changes import answer, flag
from roadmap.render.clean import clean
from roadmap.render.data import json_text, pick
from roadmap.render.explain import order_sentence, sources_of
from roadmap.render.wording import Words

SCHEMA_VERSION = 1


def explanation_json(plan: Plan, catalogue: Catalogue, facts: Present | Absent | Ordered) -> str:
    """The facts for scripts, with a final newline. `what` says which kind: step, left-out or order."""
    writer = _Json(plan, catalogue)
    data = (
        writer.present(facts)
        if isinstance(facts, Present)
        else writer.absent(facts)
        if isinstance(facts, Absent)
        else writer.ordered(facts)
    )
    return json_text({"schema_version": SCHEMA_VERSION, **data})


def change_data(catalogue: Catalogue, change: Change) -> dict[str, Any]:
    """A changed answer: its key, value, flag and words."""
    return {
        "change": change.key,
        "value": _value(change.value),
        "flag": flag(change),
        "text": clean(answer(catalogue, change)),
    }


def outcome_data(catalogue: Catalogue, outcome: Tried) -> dict[str, Any]:
    """A changed answer with its plan in figures and the differences to the plan before."""
    plan = outcome.plan
    return {
        **change_data(catalogue, outcome.change),
        **pick(plan, "status", "finish"),
        "days": outcome.days,
        "hours": round(outcome.hours, 2),
        "cost_usd": round(outcome.cost_usd, 2),
        "coverage": round(outcome.coverage, 6),
        "readiness": round(outcome.readiness, 6),
        **pick(outcome, "joined", "gone"),
        **({"command": outcome.command} if outcome.command else {}),
    }


def _value(value: object) -> Any:
    """A value for JSON; what has no form of its own there is written as its flag takes it."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_value(v) for v in value]
    if isinstance(value, Break):
        return {"from": value.first.isoformat(), "to": value.last.isoformat()}
    if isinstance(value, Availability):
        return flag(Change("availability", value)).removeprefix("--availability ")
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


class _Json:
    def __init__(self, plan: Plan, catalogue: Catalogue) -> None:
        self.plan = plan
        self.catalogue = catalogue
        self.words = Words(catalogue)

    def present(self, facts: Present) -> dict[str, Any]:
        step = facts.step
        choice = facts.by_choice
        return {
            "what": "step",
            **pick(step, "id", "title", "start", "finish", "hours"),
            "reasons": [self._because(b) for b in facts.reasons],
            "waits_for": [self._need(n, n.step) for n in facts.waits_for],
            "needed_by": [self._need(n, n.waits) for n in facts.needed_by],
            "opens": facts.opens,
            "coverage": round(facts.coverage, 6),
            "readiness": round(facts.readiness, 6),
            "skipped_in_vain": self.words.notice(facts.skipped_in_vain) if facts.skipped_in_vain else None,
            "done_when": step.module.done_when,
            "resources": step.resources,
            "skip": {
                "removed_by": [outcome_data(self.catalogue, o) for o in choice.removed_by],
                "kept_despite": [outcome_data(self.catalogue, o) for o, _ in choice.kept_despite],
            },
            "sources": self._sources([*(b.reason.source for b in facts.reasons), step.module.hours.source]),
        }

    def _because(self, because: Because) -> dict[str, Any]:
        return {
            **self._reason(because.reason),
            "effect": because.effect,
            "removed_by": [outcome_data(self.catalogue, o) for o in because.removed_by],
            "kept_despite": [
                {**outcome_data(self.catalogue, o), "reasons": [self._reason(r) for r in why]}
                for o, why in because.kept_despite
            ],
        }

    def _reason(self, reason: Reason) -> dict[str, Any]:
        return {"code": reason.code, "text": self.words.reason(reason), "source": reason.source}

    def _need(self, need: Need, other: str) -> dict[str, Any]:
        return {"step": other, "skill": need.skill, "level": need.level}

    def absent(self, facts: Absent) -> dict[str, Any]:
        return {
            "what": "left-out",
            **pick(facts, "id", "title", "hours"),
            "worth": round(facts.worth, 6),
            "reason": self._reason(facts.reason),
            "keep": {**outcome_data(self.catalogue, facts.kept), "works": facts.works} if facts.kept else None,
            "refused": pick(facts.refused, "message", "hint") if facts.refused else None,
            "back": [outcome_data(self.catalogue, o) for o in facts.back],
            "sources": self._sources([facts.reason.source]),
        }

    def ordered(self, facts: Ordered) -> dict[str, Any]:
        return {
            "what": "order",
            "first": facts.first.id,
            "then": facts.then.id,
            "cause": facts.cause,
            "text": order_sentence(self.plan, self.catalogue, facts),
            "chain": [pick(n, "step", "waits", "skill", "level") for n in facts.chain],
            "phases": [pick(p, "id", "title", "leaves") for p in facts.phases],
            "rule": facts.rule.id if facts.rule else None,
            "pulled_by": facts.pulled_by or None,
            "sources": self._sources(sources_of(self.catalogue, facts)),
        }

    def _sources(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        known = [self.catalogue.sources[i] for i in dict.fromkeys(ids)]
        return [pick(s, "id", "title", "url", "as_of", "confidence") for s in known]
