"""What changed from one plan to another, in words and as JSON. Works on printed plans, so no catalogue is needed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from roadmap.model.printed import Difference, Gone, Moved, Pair, PrintedExam, PrintedLeftOut, PrintedStep, StepChange
from roadmap.render.cards import Card, columns
from roadmap.render.changes import length
from roadmap.render.clean import clean, shorten
from roadmap.render.data import json_text, pick
from roadmap.render.json import SCHEMA_VERSION
from roadmap.render.layout import Page, Table
from roadmap.render.numbers import LEVEL_NAMES, day, hours, listing, money, number, percent, plural

SAME = "Nothing has changed: the two plans are the same."
NAMED = 6
MOVES_SHOWN = 12
UNANSWERED = "The answers are the same: what differs comes from the catalogue or from the program itself."
HELD = "You have it now."
UNASKED = "Nothing asks for it any more."
LONGEST_ANSWER = 300
FITS = {"feasible": "everything", "reduced": "the best part", "infeasible": "not even the core"}
FIGURES: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "status": ("Fits", lambda v: FITS[v]),
    "start": ("Start", day),
    "finish": ("Done, even odds", day),
    "finish_p80": ("Done, 4 in 5", day),
    "finish_p95": ("Done, 19 in 20", day),
    "weeks": ("Weeks", number),
    "hours": ("Hours", number),
    "cost_usd": ("Money", money),
    "coverage_before": ("Coverage today", percent),
    "coverage_after": ("Coverage at the end", percent),
    "readiness_before": ("Within reach today", percent),
    "readiness_after": ("Within reach at the end", percent),
    "steps": ("Steps", number),
}


def changes(found: Difference, names: tuple[str, str], why: Sequence[str] = ()) -> Page:
    """A page with everything that differs, most important first. `names` say what is compared, `why` what each changed
    answer does, one after the other, where that could be found out.
    """
    compared = clean(f"{names[0]} → {names[1]}").replace("`", "'")
    card = Card("What changed", compared, SAME if found.same else _headline(found))
    card.part("What was asked", [shorten(clean(answered(p)), LONGEST_ANSWER) for p in found.answers])
    card.part("Why: one answer after the other", why)
    card.part("The plan in figures", table=_figures(found.totals))
    card.part("No longer there", [_gone(g) for g in found.removed])
    card.part("New", [_new(s) for s in found.added])
    card.part("Exams", [_exam(*pair) for pair in found.exams])
    card.part("Other hours or money", [text for c in found.resized if (text := _resized(c))])
    card.part("Moved", _moves(found.moved))
    card.part("Other reasons", [line for c in found.reasons for line in _reasons(c)])
    card.part("Left out", [_omission(*pair) for pair in found.omissions])
    if not found.same:
        card.hint = "roadmap explain STEP tells why a step is there or not."
    return card.page()


def _headline(found: Difference) -> str:
    old, new = found.old["summary"], found.new["summary"]
    days = (new["finish"] - old["finish"]).days
    said = [f"Done {length(days)} {_later(days)}, on {day(new['finish'])}" if days else "The finish stays"]
    more = new["hours"] - old["hours"]
    said += [f"{hours(abs(more))} {'more' if more > 0 else 'less'}"] if more else []
    said += [f"{plural(len(found.added), 'step')} new"] if found.added else []
    said += [f"{plural(len(found.removed), 'step')} gone"] if found.removed else []
    return "; ".join(said) + ("." if found.answers else f". {UNANSWERED}")


def _later(days: int) -> str:
    return "later" if days > 0 else "earlier"


def answered(pair: Pair) -> str:
    """An answer before and after."""
    name = pair.name.replace("_", " ")
    name = name[:1].upper() + name[1:]
    if isinstance(pair.old, dict) and isinstance(pair.new, dict):
        keys = [k for k in dict.fromkeys([*pair.old, *pair.new]) if pair.old.get(k) != pair.new.get(k)]
        return f"{name}: " + ", ".join(f"{k} {_said(pair.old.get(k))} to {_said(pair.new.get(k))}" for k in keys)
    return f"{name}: {_said(pair.old)} to {_said(pair.new)}"


def _said(value: object) -> str:
    """A value of a profile in a few words."""
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, list):
        return listing([_said(v) for v in value])
    if isinstance(value, dict):
        return " ".join(f"{k} {_said(v)}" for k, v in value.items())
    return number(value) if isinstance(value, float) else str(value)


def _figures(totals: Sequence[Pair]) -> Table:
    rows = []
    for pair in totals:
        label, word = FIGURES[pair.name]
        rows.append((label, word(pair.old), word(pair.new), _apart(pair)))
    return columns(("", "Before", "After", "Change+"), rows)


def _apart(pair: Pair) -> str:
    old, new = pair.old, pair.new
    if isinstance(old, date) and isinstance(new, date):
        return f"{length((new - old).days)} {_later((new - old).days)}"
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        share = pair.name.startswith(("coverage", "readiness"))
        return f"{(new - old) * 100:+.1f} points" if share else f"{'+' if new > old else '-'}{number(abs(new - old))}"
    return ""


def _gone(gone: Gone) -> str:
    why = gone.why
    if not why and gone.instead:
        why = f"What it taught comes from {listing([f'“{t}”' for t in gone.instead[:NAMED]])} now."
    return f"{gone.step['title']} ({hours(gone.step['hours'])}). {why or (HELD if gone.held else UNASKED)}"


def _new(step: PrintedStep) -> str:
    why = step["reasons"][0]["text"] if step["reasons"] else ""
    return f"{step['title']} ({hours(step['hours'])}, done {day(step['finish'])}). {why}".strip()


def _exam(old: PrintedExam | None, new: PrintedExam | None) -> str:
    if new is None:
        return f"{_label(old)} is gone; it was on {day(old['exam_on'])}." if old else ""
    if old is None:
        return f"{_label(new)} is new: {day(new['exam_on'])}, {money(new['fee_usd'])}."
    fee = "" if old["fee_usd"] == new["fee_usd"] else f", {money(new['fee_usd'])} instead of {money(old['fee_usd'])}"
    return f"{_label(new)}: {day(new['exam_on'])} instead of {day(old['exam_on'])}{fee}."


def _label(exam: PrintedExam) -> str:
    return exam["code"] or exam["name"]


def _resized(change: StepChange) -> str:
    said = []
    before, after = hours(change.old["hours"]), hours(change.new["hours"])
    if before != after:
        said.append(f"{after} instead of {before}")
    if change.cost_usd:
        said.append(f"{money(change.new['cost_usd'])} instead of {money(change.old['cost_usd'])}")
    basis = change.new.get("hours_basis", "")
    fresh = f". Estimated anew: {basis}" if basis and basis != change.old.get("hours_basis", basis) else ""
    return f"{change.new['title']}: {listing(said)}{fresh}" if said or fresh else ""


def _moves(moved: Sequence[Moved]) -> list[str]:
    """Steps that move about as far, together; the farthest first, and the short moves only counted."""
    groups: dict[str, list[PrintedStep]] = {}
    for one in moved:
        groups.setdefault(f"{length(one.days)} {_later(one.days)}", []).extend(one.steps)
    shown = list(groups.items())[:MOVES_SHOWN]
    rest = sum(map(len, groups.values())) - sum(len(steps) for _, steps in shown)
    lines = [f"{how}: {_names(steps)}" for how, steps in shown]
    return [*lines, f"Less far: {plural(rest, 'step')}"] if rest else lines


def _names(steps: Sequence[PrintedStep]) -> str:
    names = [s["title"] for s in steps[:NAMED]]
    rest = len(steps) - len(names)
    return "; ".join([*names, f"and {rest} more"] if rest else names)


def _reasons(change: StepChange) -> list[str]:
    out = []
    for pair in change.other:
        if isinstance(pair.old, dict) and isinstance(pair.new, dict):
            taught = [f"{k} {_level(pair.old.get(k))} to {_level(pair.new.get(k))}" for k in _differing(pair)]
            out.append(f"{change.new['title']} teaches {listing(taught)} now")
        else:
            out.append(f"{change.new['title']}: {pair.name} {pair.old} to {pair.new}")
    out += [f"{change.new['title']}, new reason: {text}" for text in change.come]
    out += [f"{change.new['title']}, no longer: {text}" for text in change.gone]
    return out


def _differing(pair: Pair) -> list[str]:
    old, new = (v if isinstance(v, dict) else {} for v in (pair.old, pair.new))
    return [k for k in dict.fromkeys([*old, *new]) if old.get(k) != new.get(k)]


def _level(value: object) -> str:
    return LEVEL_NAMES[value] if isinstance(value, int) and 0 <= value < len(LEVEL_NAMES) else "nothing"


def _omission(old: PrintedLeftOut | None, new: PrintedLeftOut | None) -> str:
    if new is not None:
        return f"{new['title']}. {new['reason']['text']}"
    return f"{old['title']}: no longer named." if old else ""


def changes_json(
    found: Difference,
    names: tuple[str, str],
    why: Sequence[dict[str, Any]] = (),
    story: Mapping[str, Any] | None = None,
) -> str:
    """The same for scripts, with a final newline; with the `story` of two states of one plan."""
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "what": "diff",
            "old": names[0],
            "new": names[1],
            "same": found.same,
            "answers": _pairs(found.answers),
            "why": why,
            "totals": _pairs(found.totals),
            "removed": [
                {"id": g.step["id"], "title": g.step["title"], **pick(g, "why", "instead", "held")}
                for g in found.removed
            ],
            "added": [{"id": s["id"], "title": s["title"], "hours": s["hours"]} for s in found.added],
            "exams": [{"old": old, "new": new} for old, new in found.exams],
            "resized": [{**_step(c), **pick(c, "hours", "cost_usd")} for c in found.resized],
            "moved": [{"id": s["id"], "title": s["title"], "days": m.days} for m in found.moved for s in m.steps],
            "reasons": [{**_step(c), **pick(c, "gone", "come"), "other": _pairs(c.other)} for c in found.reasons],
            "left_out": [{"old": old, "new": new} for old, new in found.omissions],
            **({"story": story} if story else {}),
        }
    )


def _step(change: StepChange) -> dict[str, Any]:
    return {"id": change.new["id"], "title": change.new["title"]}


def _pairs(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    return [{"key": p.name, **pick(p, "old", "new")} for p in pairs]
