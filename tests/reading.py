"""A printed plan read against what a plan has to be, by somebody who knows nothing of the program but its JSON.

`broken` looks at the plan, `lacking` at the answer: each gives the faults it finds as sentences.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Data = Mapping[str, Any]
TIERS = ("core", "move", "focus", "breadth")
STATES = ("feasible", "reduced", "infeasible")
LONGEST_DAYS = 36 * 31
MOST_WORDS = 1600
SAME_FROM_WORDS = 8
# What only somebody who made the program would say.
INSIDE = (
    "you are at none",
    "the role asks for",
    "% more of the skills",
    "% more postings within reach",
    "more checks",
    "--keep",
    "six-layer",
    "the guide we start from",
    "AI-first postings name it",
)


def day(text: object) -> date:
    return date.fromisoformat(str(text))


def texts(node: object) -> Iterator[str]:
    """Every text of a piece of JSON."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from texts(value)


def broken(plan: Data) -> list[str]:
    """What a single plan breaks of its promises: steps, weeks, exams, limits, forecasts."""
    return [*_steps(plan), *_weeks(plan), *_sat(plan), *_limits(plan)]


def _steps(plan: Data) -> Iterator[str]:
    steps, summary, known = plan["steps"], plan["summary"], plan["profile"]["skills"]
    if not len({s["id"] for s in steps}) == len(steps) == len({s["module"] for s in steps}):
        yield "a step stands twice"
    if abs(sum(s["hours"] for s in steps) - summary["hours"]) > 0.01:
        yield "the steps do not add up to the summary"
    for step in steps:
        start, finish, id_ = day(step["start"]), day(step["finish"]), step["id"]
        if not day(summary["start"]) <= start <= finish <= day(summary["finish"]):
            yield f"{id_} lies outside the plan"
        held = dict(known)
        for other in steps:
            if other is not step and day(other["finish"]) <= start:
                for skill, level in other["teaches"].items():
                    held[skill] = max(level, held.get(skill, 0))
        yield from (f"{id_} needs {s} {n}" for s, n in step["needs"].items() if held.get(s, 0) < n)
        if step["teaches"] and all(level <= known.get(s, 0) for s, level in step["teaches"].items()):
            yield f"{id_} teaches only what is held"
        if not 0 < step["hours_low"] <= step["hours"] <= step["hours_high"]:
            yield f"{id_} has no range around its hours"
        if not step["reasons"] or not all(r["text"] and r["source"] for r in step["reasons"]):
            yield f"{id_} has no sourced reason"
        if not step["resources"] and step["kind"] not in ("search", "certify", "publish"):
            yield f"{id_} has no resource"
        if not step["done_when"] or not step["evidence"]:
            yield f"{id_} has no check or leaves nothing"
        for resource in step["resources"]:
            if resource["hours"] and resource["hours"] > step["hours_high"]:
                yield f"{id_} opens {resource['id']} for longer than it takes"
    yield from (f"{x['module']} is left out without a reason" for x in plan["left_out"] if not x["reason"]["text"])


def _weeks(plan: Data) -> Iterator[str]:
    spent: dict[str, float] = {}
    off = [(day(b["from"]), day(b["to"])) for b in plan["profile"]["breaks"]]
    for week in plan["weeks"]:
        monday, hours = day(week["start"]), sum(i["hours"] for i in week["items"])
        if monday.weekday():
            yield f"the week of {monday} starts on no Monday"
        if hours > week["capacity"] + 1e-6:
            yield f"the week of {monday} holds {hours} of {week['capacity']} hours"
        if hours and any(first <= monday and monday + timedelta(days=6) <= last for first, last in off):
            yield f"the week of {monday} is a break with work"
        for item in week["items"]:
            spent[item["step"]] = spent.get(item["step"], 0) + item["hours"]
    yield from (f"{s['id']} has other hours in weeks" for s in plan["steps"] if spent.get(s["id"]) != s["hours"])


def _sat(plan: Data) -> Iterator[str]:
    off = [(day(b["from"]), day(b["to"])) for b in plan["profile"]["breaks"]]
    for exam in plan["certifications"]:
        on = day(exam["exam_on"])
        if {exam["code"], exam["id"]} & {*plan["profile"]["holds"]}:
            yield f"{exam['id']} is held"
        if any(first <= on <= last for first, last in off):
            yield f"{exam['id']} is sat in a break"
        for key in ("guide_url", "pass_mark", "gate", "retake", "renewal", "recheck_on"):
            if not exam.get(key):
                yield f"{exam['id']} has no {key}"
    if plan["profile"]["certifications"] == "none" and plan["certifications"]:
        yield "an exam nobody asked for"


def _limits(plan: Data) -> Iterator[str]:
    summary, profile, status = plan["summary"], plan["profile"], plan["status"]
    if status not in STATES:
        yield f"the status is {status}"
    ends = [summary["finish"], summary["finish_p80"], summary["finish_p95"]]
    if ends != sorted(ends):
        yield "the forecasts are out of order"
    for key in ("coverage", "readiness"):
        if not 0 <= summary[f"{key}_before"] <= summary[f"{key}_after"] <= 1:
            yield f"{key} falls"
    if profile["deadline"] and summary["finish"] > profile["deadline"]:
        yield "the plan ends after the deadline"
    if profile["budget_usd"] is not None and summary["cost_usd"] > profile["budget_usd"]:
        yield "the plan costs more than the budget"
    if status != "feasible" and not plan["options"]:
        yield "nothing is offered that would do"
    if status == "reduced" and not plan["left_out"]:
        yield "nothing is said to be left out"


def lacking(plan: Data) -> list[str]:
    """What an answer lacks of what a page for a person needs (answer.md)."""
    return [*_tiers(plan), *_wish(plan), *_page(plan), *_projects(plan), *_sums(plan), *_words(plan)]


def words(plan: Data) -> int:
    """How many words the answer has as data; the page shows fewer."""
    told = {k: v for k, v in plan["answer"].items() if k != "hours_buy"}
    return sum(len(t.split()) for t in texts(told))


def _tiers(plan: Data) -> Iterator[str]:
    if any(s["tier"] not in TIERS for s in plan["steps"]):
        yield "a step without a tier"
    if not plan["profile"]["deadline"] and any(s["tier"] == "breadth" for s in plan["steps"]):
        yield "breadth without a deadline that leaves room"


def _wish(plan: Data) -> Iterator[str]:
    answer, profile, today = plan["answer"], plan["profile"], day(plan["generated_on"])
    last = max([day(s["finish"]) for s in plan["steps"]] + [day(answer["ready"])])
    begins = max(today, day(profile["start"]))
    if (last - begins).days > LONGEST_DAYS:
        yield f"a date in {last.year}"
    if answer["outcome"]["id"] != answer["wished"]["id"]:
        for key, value in (("hours_buy", answer["hours_buy"]), ("options", plan["options"])):
            if not value:
                yield f"a smaller outcome without {key}"
        if plan["status"] != "infeasible":
            yield "a smaller outcome that is called feasible"
    elif plan["status"] == "infeasible":
        yield "infeasible, yet the wish is met"
    if not day(answer["act_from"]) <= day(answer["ready"]) or not answer["ready_even"] <= answer["ready"]:
        yield "acting or even odds after the end"
    if answer["ready"] != plan["summary"]["finish_p80"] or answer["ready_even"] != plan["summary"]["finish"]:
        yield "two truths about the end"


def _page(plan: Data) -> Iterator[str]:
    answer, profile, hours = plan["answer"], plan["profile"], plan["summary"]["hours"]
    if not 3 <= len(answer["verdict"]) <= 6:
        yield f"a verdict of {len(answer['verdict'])} paragraphs"
    if not 4 <= len(answer["phases"]) <= 8 and hours >= 60:
        yield f"{len(answer['phases'])} phases"
    if any(not p["leaves"] or not p["title"] for p in answer["phases"]):
        yield "a phase that leaves nothing"
    starts = [p["start"] for p in answer["phases"]]
    if starts != sorted(starts):
        yield "phases out of order"
    least = min(4, sum(p["id"] != "move" for p in answer["phases"]))
    if not least <= len(answer["gates"]) <= 7 and hours >= 80:
        yield f"{len(answer['gates'])} gates"
    for gate in answer["gates"]:
        if not gate["check"] or not gate["if_missed"]["text"] or gate["on"] > answer["ready"]:
            yield "a gate without a check, an answer or a day"
    if len(answer["risks"]) < 3 or not all(r["answer"] for r in answer["risks"]):
        yield "fewer than three risks with an answer"
    far = day(profile["start"]) > day(plan["generated_on"]) + timedelta(days=10)
    if far and not answer["until_then"]:
        yield "nothing is said about the time until a later start"
    wished = answer["outcome"]["id"] == answer["wished"]["id"]
    move = answer["move"]
    if wished and plan["steps"] and (not move or not move["week"]):
        yield "no move"
    if move and move["from"] > max(s["finish"] for s in plan["steps"]):
        yield "a move after the end"


def _projects(plan: Data) -> Iterator[str]:
    ids = {s["id"] for s in plan["steps"]}
    projects = plan["answer"]["projects"]
    if not 1 <= len(projects) <= 2:
        yield f"{len(projects)} projects"
    for project in projects:
        if sum(bool(re.search(r"\d", t)) for t in project["targets"]) < 3:
            yield f"{project['id']} has fewer than three targets in numbers"
        if not project["grows"] or not {g["step"] for g in project["grows"]} <= ids:
            yield f"{project['id']} does not grow through steps of the plan"
        if not project["data"] or not project["never"]:
            yield f"{project['id']} names no data, or nothing that must not go in"


def _first_room(plan: Data, usual: float) -> float:
    """Minutes of the first week: what is left of it from a Monday to Wednesday, else seven days of the usual week."""
    begins = date.fromisoformat(min(s["start"] for s in plan["steps"])) if plan["steps"] else None
    monday = begins and (begins - timedelta(days=begins.weekday())).isoformat()
    room = next((w["capacity"] * 60 for w in plan["weeks"] if w["start"] == monday), usual)
    buffered = max((w["capacity"] * 60 for w in plan["weeks"]), default=usual)
    late = begins is not None and begins.weekday() > 2
    return float(usual if late or room < 60 or room >= min(usual, buffered) else room)


def _sums(plan: Data) -> Iterator[str]:
    answer, profile = plan["answer"], plan["profile"]
    usual = profile["hours_per_week"] * 60
    week = sum(r["minutes"] for r in answer["rhythm"])
    if abs(week - usual) > 1:
        yield f"a normal week has {week} minutes of {usual}"
    first = sum(t["minutes"] for t in answer["first_week"])
    room = _first_room(plan, usual)
    if plan["steps"] and abs(first - room) > 15:
        yield f"the first week has {first} minutes of {room}"
    if not 4 <= len(answer["first_week"]) <= 7 and profile["hours_per_week"] >= 3 and plan["steps"]:
        yield f"{len(answer['first_week'])} tasks in the first week"
    total = answer["money_total"]
    for key in ("low_usd", "high_usd"):
        if abs(sum(m[key] for m in answer["money"]) - total[key]) > 0.51:
            yield "the money does not add up"
    if any(m["low_usd"] > m["high_usd"] for m in answer["money"]):
        yield "a range of money is upside down"
    if profile["budget_usd"] is not None and total["low_usd"] > profile["budget_usd"]:
        yield "the bill is beyond the budget"


def _words(plan: Data) -> Iterator[str]:
    answer = plan["answer"]
    long = [t for t in texts(answer) if len(t.split()) >= SAME_FROM_WORDS]
    if twice := {t for t in long if long.count(t) > 1}:
        yield f"said twice: {min(twice)}"
    everything = list(texts({k: plan[k] for k in ("answer", "steps", "left_out", "warnings")}))
    yield from (f"says {inside!r}" for inside in INSIDE if any(inside in t for t in everything))
    if any("mentor" in t.lower() for t in everything):
        yield "speaks of a mentor nobody mentioned"
    if any("{" in t or "<" in t for t in texts(answer)):
        yield "a place that was not filled in"
