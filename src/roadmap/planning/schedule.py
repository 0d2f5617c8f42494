"""A sequence and hours a week to dated weeks.

Work is counted in quarter hours. One person is one machine that never idles while work is left: the day on which
everything is done depends on the sum of hours and on the calendar only, not on the order of steps. That is why
more hours a week never finish later. Within a week work is laid out one item after the other, so that a step
which waits for another one starts on the day that one ends at the earliest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from roadmap.model.plan import Week, WeekItem
from roadmap.model.profile import Break, Profile, Range, in_break
from roadmap.planning.order import Placed

QUARTERS = 4
REVIEW_PERCENT = 5
REVIEWED_AFTER = (1, 3, 8)
DAYS = tuple(timedelta(days=i) for i in range(8))
WEEK = DAYS[7]


@dataclass(slots=True)
class DaySpan:
    """When a step runs."""

    start: date
    finish: date


class Shape:
    """What a week offers: its capacity in quarter hours, and on which day each quarter hour begins and ends."""

    __slots__ = ("begins", "capacity", "ends")

    def __init__(self, weights: Sequence[int], capacity: int) -> None:
        """`weights` are the shares of the seven days from Monday; the capacity is spread over them."""
        total = sum(weights)
        self.capacity = capacity if total else 0
        begins: list[int] = []
        ends: list[int] = [0]
        run = 0
        for offset, weight in enumerate(weights):
            run += weight
            if weight and self.capacity:
                begins += [offset] * (-(-run * capacity // total) - len(begins))
                ends += [offset] * (run * capacity // total + 1 - len(ends))
        self.begins = begins
        self.ends = ends


@lru_cache(maxsize=1024)
def shape_of(weights: tuple[int, ...], whole: int, percent: int) -> Shape:
    """The week whose days weigh so many quarter hours times `whole`, of which `percent` are for work."""
    return Shape(weights, sum(weights) * percent // (whole * 100))


class Calendar:
    """The study weeks of one person, without end, as runs of weeks that are alike."""

    def __init__(self, profile: Profile) -> None:
        plan = profile.availability
        self.start = profile.start
        self.first = profile.start - DAYS[profile.start.weekday()]
        self.breaks = tuple(b for b in profile.breaks if b.last >= profile.start)
        self.ranges = plan.ranges
        self.pattern = plan.days or (1,) * 7
        self.whole = sum(self.pattern)
        self.quarters = int(profile.hours_per_week * QUARTERS)
        self.percent = 100 - plan.buffer_percent - (REVIEW_PERCENT if profile.review else 0)
        self.rest_every = plan.rest_every
        self.usual = shape_of(tuple(self.quarters * p for p in self.pattern), self.whole, self.percent)

    def runs(self) -> Iterator[tuple[date, int | None, Shape]]:
        """(first Monday, number of weeks, shape) in order; the last run has no end and None for its number."""
        return self._rested() if self.rest_every else iter(self._runs)

    def _rested(self) -> Iterator[tuple[date, int | None, Shape]]:
        monday = self.first
        while True:
            yield monday, 1, self.shape(monday)
            monday += WEEK

    @cached_property
    def _runs(self) -> list[tuple[date, int | None, Shape]]:
        out: list[tuple[date, int | None, Shape]] = []
        monday = self.first
        for change in self._changes():
            if change > monday:
                out.append((monday, (change - monday).days // 7, self.shape(monday)))
                monday = change
        out.append((monday, None, self.usual))
        return out

    def _changes(self) -> list[date]:
        """Mondays on which the shape of weeks may change."""
        days = [self.start]
        periods: list[Break | Range] = [*self.breaks, *self.ranges]
        for period in periods:
            if period.last >= self.start:
                days += [max(period.first, self.start), period.last]
        mondays = {d - DAYS[d.weekday()] for d in days}
        return sorted(mondays | {m + WEEK for m in mondays})

    def shape(self, monday: date) -> Shape:
        """What the week from this Monday offers, day by day."""
        if self.rest_every and ((monday - self.first).days // 7 + 1) % self.rest_every == 0:
            return shape_of((0,) * 7, self.whole, self.percent)
        weights = []
        for offset, share in enumerate(self.pattern):
            day = monday + DAYS[offset]
            free = share and day >= self.start and not in_break(day, self.breaks)
            weights.append(share * self._quarters_on(day) if free else 0)
        return shape_of(tuple(weights), self.whole, self.percent)

    def _quarters_on(self, day: date) -> int:
        """Quarter hours a week that hold on a day; of overlapping ranges the last one named wins."""
        for other in reversed(self.ranges):
            if other.first <= day <= other.last:
                return int(other.hours_per_week * QUARTERS)
        return self.quarters

    def weeks(self) -> Iterator[tuple[date, Shape]]:
        """Monday and shape of each week, without end."""
        for monday, number, shape in self.runs():
            left = number
            while left is None or left > 0:
                yield monday, shape
                monday += WEEK
                left = None if left is None else left - 1

    def capacity_until(self, last: date) -> int:
        """Quarter hours of work that can be finished by the end of a day."""
        total = 0
        for monday, number, shape in self.runs():
            if monday > last:
                break
            whole = (last - monday).days // 7
            if number is not None and whole >= number:
                total += shape.capacity * number
                continue
            offset = (last - monday).days - 7 * whole
            return total + shape.capacity * whole + bisect_right(shape.ends, offset, 1) - 1
        return total

    def day_reached(self, quarters: int) -> date:
        """The day on which so much work is done, when nothing idles."""
        left = max(1, quarters)
        for monday, number, shape in self.runs():
            if not shape.capacity:
                continue
            before = (left - 1) // shape.capacity
            if number is None or before < number:
                return monday + timedelta(days=7 * before + shape.ends[left - before * shape.capacity])
            left -= shape.capacity * number
        raise AssertionError("weeks never end")


@dataclass(frozen=True)
class Beside:
    """Work that runs beside the rest: its modules, the percent of a week it takes, and what has to be done before.

    `waits` says of single modules what else has to be done before each of them.
    """

    modules: frozenset[str]
    share: int
    after: frozenset[str]
    waits: Mapping[str, frozenset[str]]


NOTHING_BESIDE = Beside(frozenset(), 0, frozenset(), {})


@dataclass(eq=False, slots=True)
class _Work:
    id: str
    after: tuple[str, ...]
    left: int


class _Desk:
    """Lays work into weeks: one step after the other, and before them in each week the move, once it may begin."""

    def __init__(self, sequence: Sequence[tuple[Placed, int]], beside: Beside) -> None:
        work = [_Work(p.module.id, p.after, quarters) for p, quarters in reversed(sequence)]
        self.main = [w for w in work if w.id not in beside.modules]
        self.beside = [w for w in work if w.id in beside.modules]
        learnt = {w.id for w in self.main}
        for one in self.beside:
            one.after = (*one.after, *sorted(beside.waits.get(one.id, frozenset()) & learnt))
        self.share = beside.share
        self.waits = set(beside.after & learnt)
        self.done: set[str] = set()
        self.spans: dict[str, DaySpan] = {}

    def fill(self, monday: date, shape: Shape) -> Week:
        """Use the whole capacity of a week, as long as there is work."""
        self.monday, self.shape, self.used = monday, shape, 0
        items: dict[str, int] = {}
        capacity = shape.capacity
        kept = max(1, capacity * self.share // 100) if self.main and self._beside_ready() else 0
        while self.used < min(kept, capacity) and self._beside_ready():
            self._spend(items, self.beside[-1], kept - self.used)
        while self.used < capacity and (work := self._next()):
            self._spend(items, work, capacity - self.used)
        return Week(monday, capacity / QUARTERS, tuple([WeekItem(i, q / QUARTERS) for i, q in items.items()]))

    def _next(self) -> _Work | None:
        """The main step at hand; when nothing is left of them, the move."""
        if self.main:
            return self.main[-1]
        return self.beside[-1] if self._beside_ready() else None

    def _beside_ready(self) -> bool:
        return bool(self.beside) and not self.waits and self.done.issuperset(self.beside[-1].after)

    def _spend(self, items: dict[str, int], work: _Work, quarters: int) -> None:
        """Put so many quarter hours of this week, at most, into a step that has some left."""
        id_ = work.id
        quarters = min(quarters, work.left)
        if id_ not in self.spans:
            start = self.monday + DAYS[self.shape.begins[self.used]]
            self.spans[id_] = DaySpan(start, start)
        self.used += quarters
        work.left -= quarters
        items[id_] = items.get(id_, 0) + quarters
        if not work.left:
            self.spans[id_].finish = self.monday + DAYS[self.shape.ends[self.used]]
            self.done.add(id_)
            self.waits.discard(id_)
            (self.main if self.main and self.main[-1] is work else self.beside).pop()


def schedule(
    calendar: Calendar, profile: Profile, sequence: Sequence[tuple[Placed, int]], beside: Beside = NOTHING_BESIDE
) -> tuple[dict[str, DaySpan], list[Week]]:
    """When each step runs, and the weeks from the first to the last with work; breaks in between included.

    `calendar` is the profile's; `sequence` pairs each placed module with its quarter hours of work.
    """
    desk = _Desk(sequence, beside)
    out: list[Week] = []
    for monday, shape in calendar.weeks():
        if not desk.main and not desk.beside:
            break
        out.append(desk.fill(monday, shape))
    return desk.spans, with_reviews(out, desk.spans) if profile.review else out


def with_reviews(weeks: Sequence[Week], spans: dict[str, DaySpan]) -> list[Week]:
    """The weeks with the steps to recall in each: those that ended one, three and eight weeks before.

    A recall that would fall into a week off moves to the next week with hours.
    """
    open_ = [week.start for week in weeks if week.capacity]
    due: dict[date, dict[str, None]] = {}
    for number in REVIEWED_AFTER:
        for id_, span in spans.items():
            place = bisect_left(open_, span.finish - DAYS[span.finish.weekday()] + WEEK * number)
            for monday in open_[place : place + 1]:
                due.setdefault(monday, {})[id_] = None
    return [week._replace(reviews=tuple(due.get(week.start, ()))) for week in weeks]
