"""The answer as plain data, with the keys of the contract."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from roadmap.model.answer import Answer, GateRow, MovePage, Opens, PhaseRow, ProjectPage, Said

if TYPE_CHECKING:
    from roadmap.model.answer_data import AnswerData, AnswerPhaseData, GateData, MoveData, ProjectData, SaidData


MOST_OPENS = 1


def answer_data(answer: Answer) -> "AnswerData":
    """The answer in the order of the page."""
    low, high = answer.money_total
    return {
        "outcome": {"id": answer.outcome.id, "text": answer.outcome.text},
        "wished": {"id": answer.wished.id, "text": answer.wished.text},
        "verdict": list(answer.verdict),
        "act_from": answer.act_from.isoformat(),
        "ready": answer.ready.isoformat(),
        "ready_even": answer.ready_even.isoformat(),
        "not_doing": [{"text": x.text, "reason": x.more} for x in answer.not_doing],
        "rhythm": [{"day": x.day, "minutes": x.minutes, "what": x.what} for x in answer.rhythm],
        "phases": _phases(answer.phases),
        "projects": [_project(x) for x in answer.projects],
        "gates": [_gate(x) for x in answer.gates],
        "move": _move(answer.move) if answer.move else None,
        "money": [
            {"item": x.item, "low_usd": round(x.low_usd, 2), "high_usd": round(x.high_usd, 2), "note": x.note}
            for x in answer.money
        ],
        "money_total": {"low_usd": round(low, 2), "high_usd": round(high, 2)},
        "risks": [{"text": x.text, "answer": x.more} for x in answer.risks],
        "first_week": [{"minutes": x.minutes, "task": x.task, "step": x.step, "url": x.url} for x in answer.first_week],
        "until_then": list(answer.until_then),
        "hours_buy": [{"hours": x.hours, "text": x.text} for x in answer.hours_buy],
        "rules": [_said(x) for x in answer.rules],
        "facts": [_said(x) for x in answer.facts],
        "tools": [_said(x) for x in answer.tools],
        "fewer": answer.fewer,
    }


def _said(said: Said) -> "SaidData":
    return {"text": said.text, "more": said.more, "source": said.source}


def _phases(phases: Sequence[PhaseRow]) -> "list[AnswerPhaseData]":
    """The phases with a few resources, each once: where it is opened first. All of them stand with their steps."""
    first = {one.id: one for phase in reversed(phases) for one in reversed(phase.opens)}
    return [_phase(phase, [one for one in phase.opens if first[one.id] is one][:MOST_OPENS]) for phase in phases]


def _phase(phase: PhaseRow, opens: Sequence[Opens]) -> "AnswerPhaseData":
    return {
        "id": phase.id,
        "title": phase.title,
        "start": phase.start.isoformat(),
        "finish": phase.finish.isoformat(),
        "hours": phase.hours,
        "leaves": phase.leaves,
        "why": phase.why,
        "opens": [
            {"id": x.id, "title": x.title, "url": x.url, "part": x.part, "hours": x.hours, "cost": x.cost}
            for x in opens
        ],
    }


def _project(project: ProjectPage) -> "ProjectData":
    return {
        "id": project.id,
        "title": project.title,
        "brief": project.brief,
        "data": [{"title": x.title, "url": x.url, "licence": x.licence} for x in project.data],
        "never": list(project.never),
        "reader": project.reader,
        "targets": list(project.targets),
        "grows": [{"step": x.step, "adds": x.adds} for x in project.grows],
    }


def _gate(gate: GateRow) -> "GateData":
    missed = gate.if_missed
    return {
        "on": gate.on.isoformat(),
        "step": gate.step,
        "check": gate.check,
        "if_missed": {"drop": list(missed.drop), "saves_hours": missed.saves_hours, "text": missed.text},
    }


def _move(move: MovePage) -> "MoveData":
    return {
        "kind": move.kind,
        "name": move.name,
        "from": move.start.isoformat(),
        "hours_per_week": move.hours_per_week,
        "titles": list(move.titles),
        "week": list(move.week),
        "say": list(move.say),
        "doors": list(move.doors),
        "after": move.after,
        "before": move.before,
        "later": move.later,
    }
