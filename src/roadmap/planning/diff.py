"""Two printed plans, and what differs between them. Works on plain data, so any version's plan can be compared."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from roadmap.model.printed import (
    Difference,
    Gone,
    Moved,
    Pair,
    PrintedExam,
    PrintedLeftOut,
    PrintedPlan,
    PrintedStep,
    StepChange,
)

FIGURES = (
    "start", "finish", "finish_p80", "finish_p95", "weeks", "hours", "cost_usd", "coverage_before", "coverage_after",
    "readiness_before", "readiness_after",
)  # fmt: skip


def difference(old: PrintedPlan, new: PrintedPlan) -> Difference:
    """What has changed from one plan to another, each kind with the largest change first."""
    before, after = {s["id"]: s for s in old["steps"]}, {s["id"]: s for s in new["steps"]}
    changes = [_step(step, after[id_]) for id_, step in before.items() if id_ in after]
    return Difference(
        old=old,
        new=new,
        answers=tuple(_answers(old, new)),
        totals=tuple(_totals(old, new)),
        removed=tuple(_removed(old, new)),
        added=tuple(sorted((s for id_, s in after.items() if id_ not in before), key=lambda s: -s["hours"])),
        exams=tuple(_exams(old, new)),
        resized=tuple(sorted((c for c in changes if c.resized), key=lambda c: -abs(c.hours))),
        reasons=tuple(c for c in changes if c.gone or c.come or c.other),
        moved=tuple(_moved(changes)),
        omissions=tuple(_omissions(old, new)),
    )


def _step(old: PrintedStep, new: PrintedStep) -> StepChange:
    was, now = [r["text"] for r in old["reasons"]], [r["text"] for r in new["reasons"]]
    pairs = (
        Pair("title", old["title"], new["title"]),
        Pair("phase", old["phase"], new["phase"]),
        Pair("teaches", old["teaches"], new["teaches"]),
    )
    return StepChange(
        old=old,
        new=new,
        days=(new["finish"] - old["finish"]).days,
        hours=new["hours"] - old["hours"],
        cost_usd=new["cost_usd"] - old["cost_usd"],
        gone=tuple(r for r in was if r not in now),
        come=tuple(r for r in now if r not in was),
        other=tuple(p for p in pairs if p.old != p.new),
    )


def _answers(old: PrintedPlan, new: PrintedPlan) -> Iterator[Pair]:
    """What was asked, and of which catalogue."""
    if old["catalogue"] != new["catalogue"]:
        yield Pair("catalogue", old["catalogue"]["version"], new["catalogue"]["version"])
    yield from _pairs(old["profile"], new["profile"])


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Pair]:
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield Pair(key, old.get(key), new.get(key))


def _totals(old: PrintedPlan, new: PrintedPlan) -> Iterator[Pair]:
    if old["status"] != new["status"]:
        yield Pair("status", old["status"], new["status"])
    before: Mapping[str, Any] = {**old["summary"]}
    after: Mapping[str, Any] = {**new["summary"]}
    for name in FIGURES:
        if before[name] != after[name]:
            yield Pair(name, before[name], after[name])
    if len(old["steps"]) != len(new["steps"]):
        yield Pair("steps", len(old["steps"]), len(new["steps"]))


def _removed(old: PrintedPlan, new: PrintedPlan) -> list[Gone]:
    there = {s["id"] for s in new["steps"]}
    why = {x["module"]: x["reason"]["text"] for x in new["left_out"]}
    gone = [_gone(s, why.get(s["id"], ""), old, new) for s in old["steps"] if s["id"] not in there]
    return sorted(gone, key=lambda g: -g.step["hours"])


def _gone(step: PrintedStep, why: str, old: PrintedPlan, new: PrintedPlan) -> Gone:
    before = {s["id"]: s["teaches"] for s in old["steps"]}
    brought = [
        s["title"]
        for s in new["steps"]
        if any(s["teaches"].get(k, 0) >= n > before.get(s["id"], {}).get(k, 0) for k, n in step["teaches"].items())
    ]
    skills = new["profile"].get("skills")
    have: Mapping[str, Any] = skills if isinstance(skills, Mapping) else {}
    held = bool(step["teaches"]) and all(_level(have.get(k)) >= n for k, n in step["teaches"].items())
    return Gone(step, why, tuple(brought), held)


def _level(value: object) -> int:
    return value if isinstance(value, int) else 0


def _exams(old: PrintedPlan, new: PrintedPlan) -> Iterator[tuple[PrintedExam | None, PrintedExam | None]]:
    before, after = ({e["id"]: e for e in plan["certifications"]} for plan in (old, new))
    for id_ in dict.fromkeys([*before, *after]):
        one, other = before.get(id_), after.get(id_)
        if _exam(one) != _exam(other):
            yield one, other


def _exam(exam: PrintedExam | None) -> object:
    return exam and (exam["exam_on"], exam["fee_usd"])


def _moved(changes: list[StepChange]) -> Iterator[Moved]:
    """Steps that move alike, together; the farthest first."""
    far = sorted((c for c in changes if c.days), key=lambda c: (-abs(c.days), c.days))
    for days, group in groupby(far, key=lambda c: c.days):
        yield Moved(days, tuple(c.new for c in group))


def _omissions(old: PrintedPlan, new: PrintedPlan) -> Iterator[tuple[PrintedLeftOut | None, PrintedLeftOut | None]]:
    """Omissions that are new, no longer named, or have another reason; steps of either plan are told elsewhere."""
    steps = {s["id"] for plan in (old, new) for s in plan["steps"]}
    before, after = ({x["module"]: x for x in plan["left_out"]} for plan in (old, new))
    for id_ in dict.fromkeys([*before, *after]):
        was, now = before.get(id_), after.get(id_)
        if id_ not in steps and (was and was["reason"]["text"]) != (now and now["reason"]["text"]):
            yield was, now
