"""Small figures for the page: what the plan buys over time, and where the hours go."""

from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render.svg import Canvas, stage_numbers
from roadmap.render.timeline import Axis, next_month
from roadmap.render.wording import MONTHS, number, percent, span

LEFT, TOP, RIGHT, FOOT = 34.0, 14.0, 8.0, 22.0
DAY = timedelta(days=1)


def readiness_curve(plan: Plan, width: int) -> str:
    """Postings within reach and coverage, from the first day to the last, as steps of a stair."""
    canvas, axis, height = Canvas(width), _axis(plan, width), 190.0
    base = height - FOOT
    scale = base - TOP
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = base - share * scale
        canvas.path(f"M{LEFT:.0f} {y:.1f}H{width - RIGHT:.0f}", "line", ' stroke-width="1"')
        canvas.text(LEFT - 4, y + 3.5, f"{share * 100:.0f} %", size=9.5, kind="quiet", more=' text-anchor="end"')
    _months(canvas, axis, base)
    steps = sorted(plan.steps, key=lambda s: s.finish)
    for name, kind, dash, before, after in (
        ("coverage", "l1", "4 3", plan.coverage_before, [s.coverage_after for s in steps]),
        ("within reach", "l0", "", plan.readiness_before, [s.readiness_after for s in steps]),
    ):
        high, data = before, f"M{LEFT:.1f} {base - before * scale:.1f}"
        for step, share in zip(steps, after, strict=True):
            if share > high:
                high = share
                data += f"H{LEFT + axis.at(step.finish + DAY):.1f}V{base - high * scale:.1f}"
        data += f"H{width - RIGHT:.1f}"
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        canvas.path(data, kind, f' fill="none" stroke-width="2.2"{dashes}')
        # The dashed line is never below the other, so its name goes above it and the other's below.
        y = base - high * scale + (-6 if dash else 14)
        canvas.text(width - RIGHT, y, f"{name} {percent(high)}", size=11, more=' text-anchor="end"')
    label = (
        f"Over {span(plan.start, plan.finish)}: postings within reach from {percent(plan.readiness_before)} to "
        f"{percent(plan.readiness_after)}, coverage from {percent(plan.coverage_before)} to "
        f"{percent(plan.coverage_after)}."
    )
    return canvas.svg(height, label)


def week_bars(plan: Plan, catalogue: Catalogue, width: int) -> str:
    """Hours of each week by stage, below a thin line at what the week can hold."""
    canvas, axis, height = Canvas(width), _axis(plan, width), 140.0
    base = height - FOOT
    most = max((w.capacity for w in plan.weeks), default=1.0) or 1.0
    scale = (base - TOP) / most
    for level in _ticks(most):
        y = base - level * scale
        canvas.path(f"M{LEFT:.0f} {y:.1f}H{width - RIGHT:.0f}", "line", ' stroke-width="1"')
        canvas.text(LEFT - 4, y + 3.5, f"{number(level)} h", size=9.5, kind="quiet", more=' text-anchor="end"')
    _months(canvas, axis, base)
    numbers = stage_numbers(catalogue)
    stage_of = {s.id: numbers[s.module.stage] for s in plan.steps}
    thick = max(0.6, 7 * axis.width / axis.days - 1)
    bars: dict[int, str] = {}
    for week in plan.weeks:
        x, y = LEFT + axis.at(max(week.start, axis.first)) + thick / 2 + 0.5, base
        for item in sorted(week.items, key=lambda i: stage_of[i.step]):
            bars.setdefault(stage_of[item.step], "")
            bars[stage_of[item.step]] += f"M{x:.1f} {y:.1f}v{-item.hours * scale:.1f}"
            y -= item.hours * scale
    for stage, data in sorted(bars.items()):
        canvas.path(data, f"l{stage}", f' stroke-width="{thick:.1f}"')
    busy = [w for w in plan.weeks if w.items]
    label = f"{len(busy)} weeks with work, at most {number(most)} hours in one."
    return canvas.svg(height, label)


def _axis(plan: Plan, width: int) -> Axis:
    first = plan.start - timedelta(days=plan.start.weekday())
    days = (plan.finish - first).days + 1
    return Axis(first, days, int(width - LEFT - RIGHT))


def _ticks(most: float) -> Sequence[float]:
    each = next((n for n in (1, 2, 5, 10, 20) if most / n <= 4), 30)
    return [i * each for i in range(int(most / each) + 1)]


def _months(canvas: Canvas, axis: Axis, base: float) -> None:
    last = axis.first + axis.days * DAY
    days: list[date] = []
    then = next_month(axis.first)
    while then < last:
        days.append(then)
        then = next_month(then)
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if n * axis.width >= 58 * len(days)), 120)
    for i, when in enumerate(days):
        if i % every == 0 and axis.at(when) < axis.width - 30:
            x = LEFT + axis.at(when)
            name = MONTHS[when.month - 1][:3]
            year = f" {when.year}" if when.month <= every or i == 0 else ""
            canvas.path(f"M{x:.1f} {base:.1f}v4", "line", ' stroke-width="1"')
            canvas.text(x, base + 15, f"{name}{year if every > 1 or when.month == 1 else ''}", size=9.5, kind="quiet")
