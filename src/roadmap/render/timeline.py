"""A plan as bars over time: phases, exams, the move, checkpoints, time off. Pure; colour and paper come later."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from roadmap.model.plan import Plan, Step
from roadmap.model.times import MONTHS
from roadmap.render.numbers import short_day, span
from roadmap.render.parts import move_has_steps, parts

Kind = Literal["phase", "exam", "public", "off", "move", "gate", "deadline"]
Stretch = tuple[float, float]

# A pause this short inside a phase (a week that another step filled) would only fray its bar.
MENDED = timedelta(days=8)
SLIVER = 1 / 16
WEEKS_SHOWN = 13
DAY = timedelta(days=1)


class Glyphs(NamedTuple):
    """The characters of the bars. `eighths` fill a cell from the left, `late` fills its right half."""

    eighths: str
    late: str
    off: str
    preparing: str
    exam: str
    public: str
    gate: str
    end: str


UNICODE = Glyphs("▏▎▍▌▋▊▉█", "▐", "░", "─", "◆", "▲", "◇", "┃")
ASCII = Glyphs("::::####", ":", ".", "-", "*", "^", "o", "|")


class Cell(NamedTuple):
    """One character of a row and the stage that most of it belongs to, empty for none."""

    glyph: str = " "
    stage: str = ""


class PictureRow(NamedTuple):
    """A line of the picture: a name and one cell per column."""

    kind: Kind
    label: str
    cells: tuple[Cell, ...]


class Timeline(NamedTuple):
    """Header lines (years, then months or weeks) and rows, all as wide as asked for."""

    header: tuple[str, ...]
    rows: tuple[PictureRow, ...]


class Axis(NamedTuple):
    """Days laid over columns."""

    first: date
    days: int
    width: int
    weekly: bool = False

    def at(self, when: date) -> float:
        """The column where a day begins."""
        return (when - self.first).days * self.width / self.days

    def column(self, when: date) -> int:
        """The cell a day falls into."""
        return max(0, min(self.width - 1, int(self.at(when))))

    def stretch(self, first: date, last: date) -> Stretch:
        """From the morning of a day to the evening of another."""
        return self.at(first), self.at(last + DAY)


def timeline(plan: Plan, width: int, glyphs: Glyphs = UNICODE) -> Timeline:
    """The picture of a plan in `width` columns; no rows when there are no steps."""
    if not plan.steps:
        return Timeline((), ())
    axis = axis_of(plan, width)
    off = [(b.first, b.last) for b in plan.profile.breaks if b.last >= plan.start and b.first <= plan.finish]
    rows = [*_phases(plan, axis, off, glyphs), *_exams(plan, axis, glyphs)]
    rows += [*_public(plan, axis, glyphs), *_move(plan, axis, glyphs), *_gates(plan, axis, glyphs)]
    rows += _deadline(plan, axis, glyphs)
    if off:
        cells = _bar(axis, [], [axis.stretch(*b) for b in off], glyphs)
        note = span(*off[0]) if len(off) == 1 else ""
        rows.append(PictureRow("off", "Time off", _noted(cells, axis.column(off[0][0]), axis.column(off[-1][1]), note)))
    return Timeline(_header(axis), tuple(rows))


def axis_of(plan: Plan, width: int) -> Axis:
    """Whole weeks for up to a quarter of a year, else whole months."""
    monday = plan.start - timedelta(days=plan.start.weekday())
    weeks = (plan.finish - monday).days // 7 + 1
    if weeks <= WEEKS_SHOWN:
        return Axis(monday, weeks * 7, width, weekly=True)
    first = plan.start.replace(day=1)
    return Axis(first, (next_month(plan.finish) - first).days, width)


def next_month(when: date) -> date:
    """The first day of the month after."""
    return (when.replace(day=1) + timedelta(days=31)).replace(day=1)


def _phases(plan: Plan, axis: Axis, off: Sequence[tuple[date, date]], glyphs: Glyphs) -> Iterable[PictureRow]:
    """Exams have rows of their own: months of light preparation would make a phase look long."""
    for phase in parts(plan):
        steps = [s for s in phase.steps if s.module.kind != "certify"]
        if steps:
            yield PictureRow("phase", phase.title, _bar(axis, steps, [axis.stretch(*b) for b in off], glyphs))


def _exams(plan: Plan, axis: Axis, glyphs: Glyphs) -> Iterable[PictureRow]:
    for exam in plan.exams:
        step = plan.step(exam.step)
        if step:
            cells = [Cell()] * axis.width
            begin, end = axis.column(step.start), axis.column(exam.exam_on)
            cells[begin:end] = [Cell(glyphs.preparing, step.module.stage)] * (end - begin)
            cells[end] = Cell(glyphs.exam, step.module.stage)
            note = _noted(cells, begin, end, _when(axis, exam.exam_on))
            yield PictureRow("exam", f"{exam.certification.label} exam", note)


def _public(plan: Plan, axis: Axis, glyphs: Glyphs) -> Iterable[PictureRow]:
    step = min((s for s in plan.steps if s.module.public), key=lambda s: s.finish, default=None)
    if step:
        cells = [Cell()] * axis.width
        at = axis.column(step.finish)
        cells[at] = Cell(glyphs.public, step.module.stage)
        yield PictureRow("public", "First public project", _noted(cells, at, at, _when(axis, step.finish)))


def _move(plan: Plan, axis: Axis, glyphs: Glyphs) -> Iterable[PictureRow]:
    """What turns skill into the outcome, from its first day to the end of the plan."""
    move = plan.answer.move
    if move is None or not plan.start <= move.start <= plan.finish or move_has_steps(plan):
        return
    cells = [Cell()] * axis.width
    begin, end = axis.column(move.start), axis.column(plan.finish)
    cells[begin : end + 1] = [Cell(glyphs.preparing)] * (end + 1 - begin)
    yield PictureRow("move", move.name, _noted(cells, begin, end, f"from {_when(axis, move.start)}"))


def _gates(plan: Plan, axis: Axis, glyphs: Glyphs) -> Iterable[PictureRow]:
    days = [gate.on for gate in plan.answer.gates if plan.start <= gate.on <= plan.finish]
    if days:
        cells = [Cell()] * axis.width
        for when in days:
            cells[axis.column(when)] = Cell(glyphs.gate)
        yield PictureRow("gate", "Checkpoints", tuple(cells))


def _deadline(plan: Plan, axis: Axis, glyphs: Glyphs) -> Iterable[PictureRow]:
    last = plan.profile.deadline
    if last and axis.first <= last < axis.first + timedelta(days=axis.days):
        cells = [Cell()] * axis.width
        cells[axis.column(last)] = Cell(glyphs.end)
        yield PictureRow("deadline", "Deadline", _noted(cells, axis.column(last), axis.column(last), _when(axis, last)))


def _when(axis: Axis, day: date) -> str:
    """A date beside a mark; with its year where a day and a month would leave it open."""
    return span(day, day) if axis.days > 366 else short_day(day)


def _noted(cells: Sequence[Cell], first: int, last: int, note: str) -> tuple[Cell, ...]:
    """A short text to the right of a mark (cells `first` to `last`), else to its left, else not at all."""
    out = list(cells)
    at = last + 2 if last + 2 + len(note) <= len(out) else first - 1 - len(note)
    if at >= 0:
        out[at : at + len(note)] = [Cell(char) for char in note]
    return tuple(out)


def _bar(axis: Axis, steps: Sequence[Step], off: Sequence[Stretch], glyphs: Glyphs) -> tuple[Cell, ...]:
    """Cells filled where steps run; time off stays light, within a bar and, without steps, on its own."""
    whole = _joined(axis, steps)
    work = [part for stretch in whole for part in _without(stretch, off)]
    pause = [p for s in whole for o in off if (p := _overlap(s, o))] if steps else list(off)
    stages = [(axis.stretch(s.start, s.finish), s.module.stage) for s in steps]
    return tuple(_cell(i, work, pause, stages, glyphs) for i in range(axis.width))


def _joined(axis: Axis, steps: Sequence[Step]) -> list[Stretch]:
    runs: list[tuple[date, date]] = []
    for step in sorted(steps, key=lambda s: (s.start, s.finish)):
        if runs and step.start - runs[-1][1] <= MENDED:
            runs[-1] = (runs[-1][0], max(runs[-1][1], step.finish))
        else:
            runs.append((step.start, step.finish))
    return [axis.stretch(*run) for run in runs]


def _without(stretch: Stretch, off: Sequence[Stretch]) -> list[Stretch]:
    """A stretch with the pauses (in order, apart) cut out."""
    out, begin = [], stretch[0]
    for pause in off:
        if cut := _overlap(stretch, pause):
            out.append((begin, cut[0]))
            begin = cut[1]
    return [(a, b) for a, b in [*out, (begin, stretch[1])] if b > a]


def _overlap(one: Stretch, other: Stretch) -> Stretch | None:
    begin, end = max(one[0], other[0]), min(one[1], other[1])
    return (begin, end) if end > begin else None


def _cell(
    column: int,
    work: Sequence[Stretch],
    pause: Sequence[Stretch],
    stages: Sequence[tuple[Stretch, str]],
    glyphs: Glyphs,
) -> Cell:
    here = (float(column), column + 1.0)
    parts = [p for s in work if (p := _overlap(s, here))]
    filled = sum(b - a for a, b in parts)
    resting = sum(b - a for s in pause if (p := _overlap(s, here)) for a, b in [p])
    if not parts or resting > filled:
        return Cell(glyphs.off) if resting >= SLIVER else Cell()
    share: dict[str, float] = {}
    for stretch, stage in stages:
        if p := _overlap(stretch, here):
            share[stage] = share.get(stage, 0.0) + p[1] - p[0]
    stage = max(share, key=lambda s: share[s], default="")
    return Cell(_block(parts[0][0] - column, column + 1 - parts[-1][1], filled, glyphs), stage)


def _block(before: float, after: float, filled: float, glyphs: Glyphs) -> str:
    if before > SLIVER and after <= SLIVER:
        return glyphs.late if filled <= 5 / 8 else glyphs.eighths[-1]
    if after <= SLIVER:
        return glyphs.eighths[-1]
    return glyphs.eighths[max(0, min(8, round(filled * 8)) - 1)]


def _header(axis: Axis) -> tuple[str, ...]:
    """Years, and below them as many months or Mondays as can be told apart; years alone where none can."""
    if axis.weekly:
        days = [axis.first + timedelta(days=d) for d in range(0, axis.days, 7)]
        named, room, steps = [(d, short_day(d)) for d in days], len("30 Nov  "), (1, 2, 3, 4)
    else:
        days = [axis.first]
        while (then := next_month(days[-1])) < axis.first + timedelta(days=axis.days):
            days.append(then)
        named, room, steps = [(d, MONTHS[d.month - 1][:3]) for d in days], len("Jan "), (1, 2, 3, 6)
    every = next((n for n in steps if n * axis.width >= room * len(days)), None)
    if every is None:
        return (_years(axis),)
    # Months are counted from January, so that every third one is a quarter's first.
    begin = 0 if axis.weekly else (1 - days[0].month) % every
    return _years(axis), _labels(axis, named[begin::every])


def _years(axis: Axis) -> str:
    """The year at the left edge and at every January, or at every second, fifth ... when they crowd."""
    last = (axis.first + timedelta(days=axis.days - 1)).year
    room = 365.25 * axis.width / axis.days
    every = next((n for n in (1, 2, 5, 10, 20) if n * room >= len("2027 ")), 50)
    januaries = [(date(y, 1, 1), str(y)) for y in range(axis.first.year + 1, last + 1) if y % every == 0]
    edge = [(axis.first, str(axis.first.year))]
    if januaries and axis.column(januaries[0][0]) < len("2027 "):
        edge = []
    return _labels(axis, edge + januaries)


def _labels(axis: Axis, named: Iterable[tuple[date, str]]) -> str:
    """Names at their columns; one that would run over the edge is left out."""
    line = ""
    for when, name in named:
        at = axis.column(when)
        if at + len(name) <= axis.width and (not line or at > len(line)):
            line = line.ljust(at) + name
    return line


def stages_of(line: Timeline) -> list[str]:
    """The stages that the rows show, each once, in order of appearance."""
    return list(dict.fromkeys(c.stage for row in line.rows for c in row.cells if c.stage))
