"""A plan beside what it would be under other answers: a table, bars, and what each change buys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Change, Tried
from roadmap.model.plan import Plan
from roadmap.render.cards import Card, columns
from roadmap.render.cells import cells_of
from roadmap.render.changes import LEAST_SHARE, answer, bought, flag
from roadmap.render.clean import clean, shorten
from roadmap.render.data import json_text, pick
from roadmap.render.explain_json import outcome_data
from roadmap.render.json import SCHEMA_VERSION, profile_data
from roadmap.render.layout import Page, Table
from roadmap.render.numbers import day, number, percent, short_day
from roadmap.render.wording import Words

FITS = {"feasible": "yes", "reduced": "partly", "infeasible": "no"}
BASE = "As it is"
LONGEST_NAME, ROOMY = 16, 70
# What the screen sets between columns and before them.
GAP, INDENT = 2, 4
SIDE_BY_SIDE = 112
DONE_AND_REACHED = "When it is done, what it reaches, and costs"
LONGEST_LABEL, SHORTEST_BAR, LONGEST_BAR = 24, 10, 60
# Even odds, then as far as four in five; with and without the means of a good terminal.
UNICODE, ASCII = "█░", "=-"

Columns = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Heads and rows as `columns` takes them."""


def comparison(
    base: Plan, catalogue: Catalogue, outcomes: Sequence[Tried], *, width: int, ascii_only: bool = False
) -> Page:
    """A page: the base, a table with differences, bars of the finish, and one sentence for each change."""
    words = Words(catalogue)
    card = Card("What if", base.path.id, f"As it is: {'; '.join(words.wishes(base))}.")
    for i, table in enumerate(_within(*_table(base, catalogue, outcomes), width)):
        card.part("" if i else "Side by side", table=table)
    for title, figures in _pictures(base, catalogue, outcomes, width, ASCII if ascii_only else UNICODE):
        card.part(title, table=columns(*figures))
    card.part("What each change buys", [bought(catalogue, o) for o in outcomes])
    card.fact("Reach", f"ads of which you have at least seven in ten skills; of {words.postings(base)}")
    card.fact("Bars", "of the finish: even odds, then as far as it takes in 4 of 5 cases")
    if any(o.command for o in outcomes):
        taken = [f"{_label(catalogue, o.change)}, done by {day(o.plan.finish)}: {o.command}" for o in outcomes]
        card.part("What makes it so", taken)
    elif best := _best(base, outcomes):
        label = _label(catalogue, best.change)
        card.hint = f"{label} is done first; roadmap plan {flag(best.change)} shows the whole plan."
    return card.page()


def _label(catalogue: Catalogue, change: Change) -> str:
    text = answer(catalogue, change)
    return text[:1].upper() + text[1:]


def _short(catalogue: Catalogue, change: Change) -> str:
    """A change in as few words as a narrow column needs."""
    if change.key == "deadline" and isinstance(change.value, date):
        return f"By {short_day(change.value)} {change.value.year}"
    if change.key == "budget_usd" and isinstance(change.value, (int, float)):
        return f"{number(change.value)} USD"
    if change.key == "confidence":
        return f"{change.value} % sure"
    if change.key == "review":
        return "Recall slots" if change.value else "No recall slots"
    if change.key == "skills" and isinstance(change.value, Mapping):
        return ", ".join(f"{skill} {level}" for skill, level in change.value.items())
    if change.key == "goals" and isinstance(change.value, tuple):
        return ", ".join(change.value)
    return _label(catalogue, change)


def _best(base: Plan, outcomes: Sequence[Tried]) -> Tried | None:
    """The change with the earliest finish of a whole plan, if it comes before that of the base."""
    whole = [o for o in outcomes if o.plan.status == "feasible" and o.days < 0 and base.status == "feasible"]
    return min(whole, key=lambda o: o.days, default=None)


def _table(base: Plan, catalogue: Catalogue, outcomes: Sequence[Tried]) -> Columns:
    """Figures of each plan, and below them how far they are from the base."""
    rows = [_row(BASE, base)]
    for outcome in outcomes:
        rows.append(_row(shorten(clean(_short(catalogue, outcome.change)), LONGEST_NAME), outcome.plan))
        if any(difference := _difference(outcome)):
            rows.append(("", *difference, ""))
    heads = ("+", "Finish+", "Weeks:", "Hours:", "USD:", "Coverage:", "Reach:", "Fits+")
    return heads, rows


def _within(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Table]:
    """The columns in as many tables below each other as the width asks for, each with the names of the plans."""
    named = [head.rstrip(":+") for head in heads]
    wide = [max(cells_of(cell) for cell in column) for column in zip(named, *rows, strict=True)]
    groups: list[list[int]] = [[]]
    for i in range(1, len(wide)):
        if groups[-1] and wide[0] + sum(wide[j] + GAP for j in [*groups[-1], i]) > width - INDENT:
            groups.append([])
        groups[-1].append(i)
    for group in groups:
        shown = ([row[i] for i in (0, *group)] for row in rows)
        yield columns([heads[i] for i in (0, *group)], [row for row in shown if any(row)])


def _row(label: str, plan: Plan) -> tuple[str, ...]:
    return (
        label,
        f"{short_day(plan.finish)} {plan.finish.year}",
        str(len(plan.weeks)),
        number(plan.hours),
        number(plan.cost_usd),
        percent(plan.coverage_after),
        percent(plan.readiness_after),
        FITS[plan.status],
    )


def _difference(outcome: Tried) -> tuple[str, ...]:
    return (
        f"{outcome.days:+d} d" if outcome.days else "",
        f"{outcome.weeks:+d}" if outcome.weeks else "",
        _signed(outcome.hours),
        _signed(outcome.cost_usd),
        f"{outcome.coverage * 100:+.1f}" if abs(outcome.coverage) >= LEAST_SHARE else "",
        f"{outcome.readiness * 100:+.1f}" if abs(outcome.readiness) >= LEAST_SHARE else "",
    )


def _signed(value: float) -> str:
    return ("+" if value > 0 else "-") + number(abs(value)) if abs(value) >= 0.005 else ""


def _pictures(
    base: Plan, catalogue: Catalogue, outcomes: Sequence[Tried], width: int, glyphs: str
) -> Iterator[tuple[str, Columns]]:
    """Bars of the finish, of what is within reach and of the money: beside each other where there is room."""
    most = LONGEST_LABEL if width >= ROOMY else LONGEST_NAME
    named = [(BASE, base), *((shorten(clean(_short(catalogue, o.change)), most), o.plan) for o in outcomes)]
    label = max(cells_of(name) for name, _ in named)
    if width >= SIDE_BY_SIDE:
        room = width - label - INDENT
        done = _finishes(named, room * 45 // 100, glyphs)
        reached = _reaches(named, room * 45 // 100, glyphs)
        rows = [(*a, *b[1:]) for a, b in zip(done[1], reached[1], strict=True)]
        yield DONE_AND_REACHED, ((*done[0], *reached[0][1:]), rows)
        return
    yield "When it is done", _finishes(named, width - label - INDENT, glyphs)
    yield "What it reaches, and costs", _reaches(named, width - label - INDENT, glyphs)


def _finishes(named: Sequence[tuple[str, Plan]], width: int, glyphs: str) -> Columns:
    """From the first start of all to each finish, and on to the day that holds in four of five cases."""
    room = max(SHORTEST_BAR, min(LONGEST_BAR, width - len("30 Oct 2027") - 2 * GAP))
    first = min(p.start for _, p in named)
    days = max(1, *((p.finish_p80 - first).days for _, p in named))
    rows = []
    for name, plan in named:
        until = round((plan.finish - first).days * room / days)
        late = round((plan.finish_p80 - first).days * room / days) - until
        bar = glyphs[0] * max(1, until) + glyphs[1] * late
        rows.append((name, f"{short_day(plan.finish)} {plan.finish.year}", bar))
    return ("", "Finish+", "+"), rows


def _reaches(named: Sequence[tuple[str, Plan]], width: int, glyphs: str) -> Columns:
    """Postings within reach at the end, out of all; and the money, against the dearest plan."""
    dearest = max((p.cost_usd for _, p in named), default=0.0)
    figures = 2 * len("100 %") + 4 * GAP
    room = max(SHORTEST_BAR, min(LONGEST_BAR, width - figures)) * 2 // 3
    rows = []
    for name, plan in named:
        bar = glyphs[0] * round(plan.readiness_after * room)
        paid = round(plan.cost_usd * (room // 2) / dearest) if dearest else 0
        rows.append((name, percent(plan.readiness_after), bar, number(plan.cost_usd), glyphs[0] * paid))
    return ("", "Reach+:", "+", "USD+:", "+"), rows


def comparison_json(base: Plan, catalogue: Catalogue, outcomes: Sequence[Tried]) -> str:
    """The same for scripts, with a final newline."""
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "what": "what-if",
            "profile": profile_data(base.profile),
            "base": _figures(base),
            "changes": [
                {**outcome_data(catalogue, o), "summary": _figures(o.plan), "sentence": bought(catalogue, o)}
                for o in outcomes
            ],
        }
    )


def _figures(plan: Plan) -> dict[str, object]:
    return {
        **pick(plan, "status", "start", "finish", "finish_p80", "finish_p95"),
        "weeks": len(plan.weeks),
        **pick(plan, "hours", "cost_usd"),
        **{name: round(getattr(plan, name), 6) for name in ("coverage_after", "readiness_after", "worth")},
        "steps": len(plan.steps),
    }
