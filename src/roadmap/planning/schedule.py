"""A sequence and hours a week to dated weeks.

Work is counted in quarter hours. One person is one machine that never idles while work is left: the day on which
everything is done depends on the sum of hours and on the calendar only, not on the order of steps. That is why
more hours a week never finish later. Within a week work is laid out one item after the other, so that a step
which waits for another one starts on the day that one ends at the earliest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from roadmap.model.plan import Item, Week
from roadmap.model.profile import Profile, in_break
from roadmap.planning.order import Placed

QUARTERS = 4
BESIDE_PERCENT = 40
MANY_HOURS = 25
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass
class Span:
    """When a step runs."""

    start: date
    finish: date


@dataclass
class _Week:
    monday: date
    days: list[date]
    capacity: int
    used: int = 0
    items: dict[str, int] = field(default_factory=dict)

    def day(self, position: int, *, ending: bool) -> date:
        """The study day on which a position in the week's work lies; an end on a boundary belongs to the day before."""
        index = position * len(self.days) // self.capacity
        if ending and position * len(self.days) % self.capacity == 0:
            index -= 1
        return self.days[max(0, min(index, len(self.days) - 1))]


def weeks(profile: Profile) -> Iterator[_Week]:
    """Calendar weeks from the start on, without end, each with its study days and its capacity in quarter hours."""
    per_week = int(profile.hours_per_week * QUARTERS)
    monday = profile.start - timedelta(days=profile.start.weekday())
    breaks = [b for b in profile.breaks if b.last >= profile.start]
    while True:
        if breaks and breaks[0].last < monday:
            breaks.pop(0)
        if monday < profile.start or (breaks and breaks[0].first < monday + WEEK):
            days = [d for d in (monday + DAY * i for i in range(7)) if d >= profile.start and not in_break(d, breaks)]
        else:
            days = [monday + DAY * i for i in range(7)]
        yield _Week(monday, days, per_week * len(days) // 7)
        monday += WEEK


def capacity_until(profile: Profile, last: date) -> int:
    """Quarter hours of work that can be finished by the end of a day."""
    total = 0
    for week in weeks(profile):
        if week.monday > last:
            return total
        inside = sum(d <= last for d in week.days)
        total += week.capacity * inside // len(week.days) if week.days else 0
    return total


def day_reached(profile: Profile, quarters: int) -> date:
    """The day on which so much work is done, when nothing idles."""
    left = max(1, quarters)
    for week in weeks(profile):
        if left <= week.capacity:
            return week.day(left, ending=True)
        left -= week.capacity
    raise AssertionError("weeks never end")


@dataclass
class _Work:
    placed: Placed
    left: int
    phase: int


class _Desk:
    """Lays work into weeks: one main step after the other, at most one exam preparation beside it."""

    def __init__(self, sequence: Sequence[tuple[Placed, int]], tracks: int) -> None:
        phases = {p.phase: i for i, (p, _) in reversed(list(enumerate(sequence)))}
        work = [_Work(p, q, phases[p.phase]) for p, q in sequence]
        self.main = [w for w in work if w.placed.module.kind != "certify"]
        self.beside = [w for w in work if w.placed.module.kind == "certify"]
        self.tracks = tracks
        self.done: set[str] = set()
        self.spans: dict[str, Span] = {}

    def fill(self, week: _Week) -> None:
        """Use the whole capacity of a week, as long as there is work."""
        reserve = week.capacity * BESIDE_PERCENT // 100 if self._ready_beside() else 0
        second = self._second() if self.tracks > 2 else None
        if second and self.main:
            self._spend(week, self.main[0], (week.capacity - reserve) * 3 // 5)
            self._spend(week, second, (week.capacity - reserve) - week.used)
        while self.main and week.used < week.capacity - reserve:
            self._spend(week, self.main[0], week.capacity - reserve - week.used)
        while week.used < week.capacity and (self._ready_beside() or self.main):
            self._spend(week, self._ready_beside() or self.main[0], week.capacity - week.used)

    def _second(self) -> _Work | None:
        """A second main step that is ready now: never two heavy builds, and study only beside building."""
        if len(self.main) < 2:
            return None
        head, following = self.main[0], self.main[1]
        if following.placed.module.kind == head.placed.module.kind or not self._ready(following):
            return None
        return following

    def _ready(self, work: _Work) -> bool:
        return all(a in self.done for a in work.placed.after)

    def _ready_beside(self) -> _Work | None:
        """The next exam preparation, once the phases before its own are done and nothing it needs is missing."""
        if not self.beside:
            return None
        first = self.beside[0]
        behind = self.main and self.main[0].phase < first.phase
        return first if not behind and self._ready(first) else None

    def _spend(self, week: _Week, work: _Work, limit: int) -> None:
        quarters = min(limit, work.left)
        if quarters <= 0:
            return
        id_ = work.placed.module.id
        start = week.day(week.used, ending=False)
        week.used += quarters
        work.left -= quarters
        week.items[id_] = week.items.get(id_, 0) + quarters
        finish = week.day(week.used, ending=True)
        span = self.spans.setdefault(id_, Span(start, finish))
        span.finish = finish
        if not work.left:
            self.done.add(id_)
            (self.main if work in self.main else self.beside).remove(work)


def schedule(profile: Profile, sequence: Sequence[tuple[Placed, int]]) -> tuple[dict[str, Span], list[Week]]:
    """When each step runs, and the weeks from the first to the last with work; breaks in between included.

    `sequence` pairs each placed module with its quarter hours of work.
    """
    tracks = 3 if profile.hours_per_week > MANY_HOURS else 2
    desk = _Desk(sequence, tracks)
    out: list[Week] = []
    for week in weeks(profile):
        if not desk.main and not desk.beside:
            break
        if week.capacity:
            desk.fill(week)
        items = tuple(Item(id_, quarters / QUARTERS) for id_, quarters in week.items.items())
        out.append(Week(week.monday, week.capacity / QUARTERS, items))
    return desk.spans, out
