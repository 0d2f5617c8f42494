"""The timeline as a picture: phases, steps, exams, the move, checkpoints, time off, the deadline, how sure the end is.

It stands alone (its own colours, light and dark) and serves inside the HTML page as well. Its colours are written
as classes without variables, which every SVG program understands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Exam, Plan, Step
from roadmap.model.times import MONTHS
from roadmap.render.clean import clean, shorten
from roadmap.render.numbers import about, day, hours, short_day, span
from roadmap.render.parts import Part, move_has_steps, parts
from roadmap.render.timeline import Axis, next_month
from roadmap.render.wording import Words, nothing_to_do

WIDE, NARROW = 960, 360
# Text and bars keep a contrast of 4.5 to 1 on the paper of their scheme.
STAGES_LIGHT = ("#1d5fa8", "#0c6b62", "#6b46a8", "#3c6e22", "#92540a", "#a82a5c")
STAGES_DARK = ("#7ab3ee", "#57c7b8", "#bda2f2", "#96cc78", "#e3ab5b", "#f28fb2")
FONT = "ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
DAY = timedelta(days=1)


def two_lines(text: str, size: float, room: float) -> list[str]:
    """Words on one line, or on two where one is too short."""
    words = clean(text).split()
    first = 0
    while first < len(words) and text_width(" ".join(words[: first + 1])[:200], size) <= room:
        first += 1
    rest = " ".join(words[first:])
    return [" ".join(words[:first])] + [fitted(rest, size, room)] * bool(rest) if first else [fitted(text, size, room)]


def _style() -> str:
    """Classes for both schemes; paper keeps the light one."""

    def scheme(ink: str, quiet: str, line: str, lane: str, paper: str, stages: Sequence[str]) -> str:
        rules = [
            f".rm .ink{{fill:{ink}}}.rm .quiet{{fill:{quiet}}}.rm .line{{stroke:{line}}}",
            f".rm .lane{{fill:{lane}}}.rm .paper{{fill:{paper}}}.rm .now{{stroke:{ink}}}.rm .hatch{{stroke:{quiet}}}",
        ]
        rules += [f".rm .s{i}{{fill:{c}}}.rm .l{i}{{stroke:{c}}}" for i, c in enumerate(stages)]
        return "".join(rules)

    light = scheme("#22211f", "#5f5b55", "#dcd7ce", "#f0ece4", "#fdfcf9", STAGES_LIGHT)
    dark = scheme("#ece8e1", "#aaa49a", "#3d3a36", "#2a2825", "#1b1a18", STAGES_DARK)
    return f"<style>{light}@media screen and (prefers-color-scheme:dark){{{dark}}}</style>"


STYLE = _style()


def render_svg(plan: Plan, catalogue: Catalogue) -> str:
    """The timeline of a plan as an SVG file with a final newline."""
    return drawing(plan, catalogue, WIDE, paper=True) + "\n"


def text_width(text: str, size: float) -> float:
    """How wide a text will be at most, roughly: fonts differ, and wide scripts take a full square."""
    return sum(size * (1.05 if ord(c) > 0x2E7F else 0.56) for c in text)


def fitted(text: str, size: float, room: float) -> str:
    """As much of a text as fits."""
    text = clean(text)
    if text_width(text[:1000], size) <= room:
        return text
    most = max(1, min(len(text), int(room / (size * 0.56))))
    while most > 1 and text_width(shorten(text, most), size) > room:
        most -= 1
    return shorten(text, most)


@dataclass
class Canvas:
    """SVG elements from top to bottom. All text goes through `text`, which makes it harmless."""

    width: int
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, *, size: float = 11, kind: str = "ink", more: str = "") -> None:
        """One line of words; `kind` is the class that colours it."""
        safe = escape(clean(words))
        self.parts.append(f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" class="{kind}"{more}>{safe}</text>')

    def rect(self, x: float, y: float, w: float, h: float, kind: str, *, round_: float = 0, title: str = "") -> None:
        """A box, with words that show when it is pointed at."""
        box = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" class="{kind}"'
        box += f' rx="{_n(round_)}"' if round_ else ""
        self.parts.append(f"{box}><title>{escape(clean(title))}</title></rect>" if title else f"{box}/>")

    def hatched(self, x: float, y: float, w: float, h: float, title: str = "") -> None:
        """A box of slanting lines, which reads without colour."""
        name = f"off{self.width}"
        if not any(name in part for part in self.parts):
            self.parts.append(
                f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
                'patternTransform="rotate(45)">'
                '<path d="M0 0V5" class="hatch" stroke-width="1.2" opacity=".6"/></pattern>'
            )
        box = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" fill="url(#{name})"'
        self.parts.append(f"{box}><title>{escape(clean(title))}</title></rect>" if title else f"{box}/>")

    def path(self, data: str, kind: str, more: str = "") -> None:
        """A line or shape."""
        self.parts.append(f'<path d="{data}" class="{kind}"{more}/>')

    def svg(self, height: float, label: str, *, paper: bool = False) -> str:
        """The finished picture; `label` says in words what it shows."""
        size = f'viewBox="0 0 {_n(self.width)} {_n(height)}"'
        fixed = f' width="{_n(self.width)}" height="{_n(height)}"' if paper else ""
        back = f'<rect width="100%" height="100%" class="paper" rx="{8 if paper else 0}"/>' if paper else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}{fixed} class="rm" role="img"'
        name = escape(clean(label))
        return f'{head} aria-label="{name}" font-family="{FONT}">{STYLE}{back}{"".join(self.parts)}</svg>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def stage_numbers(catalogue: Catalogue) -> dict[str, int]:
    """Which of the six colours each stage has."""
    return {stage: i % len(STAGES_LIGHT) for i, stage in enumerate(catalogue.stages)}


def drawing(plan: Plan, catalogue: Catalogue, width: int, *, paper: bool = False) -> str:
    """The timeline in `width` units, names beside the bars where there is room for them."""
    words = Words(catalogue)
    canvas = Canvas(width)
    label = f"{words.title(plan)}, {span(plan.start, plan.finish)}"
    if not plan.steps:
        canvas.text(16, 30, fitted(nothing_to_do(plan), 13, width - 32), size=13)
        return canvas.svg(48, label, paper=paper)
    return _Timeline(plan, catalogue, words, canvas, paper).draw(label)


class _Timeline:
    """Draws from top to bottom; `y` is where the next row begins."""

    def __init__(self, plan: Plan, catalogue: Catalogue, words: Words, canvas: Canvas, paper: bool) -> None:
        self.plan, self.words, self.canvas, self.paper = plan, words, canvas, paper
        self.numbers = stage_numbers(catalogue)
        self.roomy = canvas.width >= 700
        self.margin = 24.0 if paper else 2.0
        self.left = self.margin + (216 if self.roomy else 0)
        first = plan.start.replace(day=1)
        last = next_month(max(plan.finish, plan.answer.ready, plan.profile.deadline or plan.finish))
        room = int(canvas.width - self.left - self.margin)
        self.axis = Axis(first, (last - first).days, room)
        self.y = self.margin

    def x(self, when: date) -> float:
        return self.left + self.axis.at(when)

    def draw(self, label: str) -> str:
        if self.paper:
            self._head()
        top = self.y + 28
        self.y = top + 14
        rows = self.canvas.parts
        self.canvas.parts = []
        for part in parts(self.plan):
            self._phase(part)
        self._move()
        self._gates()
        self._ready()
        body, self.canvas.parts = self.canvas.parts, rows
        self._time(top, self.y)
        self._off(top, self.y)
        self.canvas.parts += body
        self._deadline(top, self.y)
        self._today(top, self.y)
        self._legend()
        return self.canvas.svg(self.y + self.margin, label, paper=self.paper)

    def _head(self) -> None:
        room = self.canvas.width - 2 * self.margin
        name = clean(self.plan.profile.name)
        title = self.words.headline(self.plan)
        self.canvas.text(
            self.margin,
            self.y + 16,
            fitted(f"{name}: {title}" if name else title, 17, room),
            size=17,
            more=' font-weight="600"',
        )
        ready = f"Ready by {day(self.plan.answer.ready)} (4 in 5). {self.words.work(self.plan)}"
        self.canvas.text(self.margin, self.y + 37, fitted(ready, 12, room * 1.1), size=12, kind="quiet")
        self.y += 56

    def _time(self, top: float, bottom: float) -> None:
        """Thin lines at the months, named as often as there is room."""
        days = [self.axis.first]
        while (then := next_month(days[-1])) < self.axis.first + self.axis.days * DAY:
            days.append(then)
        per_month = self.axis.width / len(days)
        every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if n * per_month >= 34), 240)
        begin = (1 - days[0].month) % every if every <= 12 else (13 - days[0].month) % 12
        year = 0
        for when in days[begin::every]:
            x = self.x(when)
            self.canvas.path(f"M{_n(x)} {_n(top)}V{_n(bottom)}", "line", ' stroke-width="1"')
            name = MONTHS[when.month - 1][:3]
            self.canvas.text(x + 3, top - 2, name if every < 12 else "", size=10, kind="quiet")
            if when.year != year:
                self.canvas.text(x + 3, top - 14, str(when.year), size=10, kind="ink")
                year = when.year

    def _off(self, top: float, bottom: float) -> None:
        last = self.axis.first + (self.axis.days - 1) * DAY
        for pause in self.plan.profile.breaks:
            first, end = max(pause.first, self.axis.first), min(pause.last, last)
            if first <= end:
                x, wide = self.x(first), max(1.5, self.x(end + DAY) - self.x(first))
                about = f"Time off: {span(pause.first, pause.last)}"
                self.canvas.hatched(x, top, wide, bottom - top, about)

    def _today(self, top: float, bottom: float) -> None:
        now = self.plan.generated_on
        if self.axis.first <= now < self.axis.first + self.axis.days * DAY:
            x = self.x(now)
            self.canvas.path(f"M{_n(x)} {_n(top)}V{_n(bottom)}", "now", ' stroke-width="1.2" stroke-dasharray="2 3"')
            self.canvas.text(x, bottom + 11, "today", size=10, more=' text-anchor="middle"' if x > 20 else "")
        self.y = bottom + 20

    def _phase(self, phase: Part) -> None:
        steps = phase.steps
        row = 17.0 if self.roomy else 9.0
        when = f"{span(phase.start, phase.finish)} · {about(phase.hours)}"
        title = clean(phase.label)
        if self.roomy:
            y = self.y + 12
            for i, line in enumerate(two_lines(title, 12.5, 204)):
                self.canvas.text(self.margin + 14 * i, y, line, size=12.5, more=' font-weight="600"')
                y += 15
            self.canvas.text(self.margin + 14, y, fitted(when, 10.5, 210), size=10.5, kind="quiet")
        else:
            room = self.canvas.width - 2 * self.margin
            self.canvas.text(self.margin, self.y + 12, fitted(title, 13, room), size=13, more=' font-weight="600"')
            self.canvas.text(self.margin + 15, self.y + 27, fitted(when, 11, room - 15), kind="quiet")
            self.y += 34
        tall = max(row * len(steps) + 6, 46 if self.roomy else 0)
        own = [s for s in steps if s.module.kind != "certify"] or steps
        first, last = min(s.start for s in own), max(s.finish for s in own)
        self.canvas.rect(self.x(first), self.y, self.x(last + DAY) - self.x(first), tall, "lane", round_=4)
        for i, step in enumerate(steps):
            self._step(step, self.y + 3 + i * row + row / 2)
        self.y += tall + (12 if self.roomy else 16)

    def _step(self, step: Step, y: float) -> None:
        exam = next((e for e in self.plan.exams if e.step == step.id), None)
        number = self.numbers[step.module.stage]
        begin, end = self.x(step.start), self.x(step.finish + DAY)
        about = f"{step.module.title}: {span(step.start, step.finish)}, {hours(step.hours)}"
        if exam is None:
            self.canvas.rect(begin, y - 3.5, max(3.0, end - begin), 7, f"s{number}", round_=2, title=about)
        else:
            self._exam(exam, begin, y, number)
        if self.roomy or exam:
            self._name(step, exam, begin, end, y)

    def _exam(self, exam: Exam, begin: float, y: float, number: int) -> None:
        """A thin line while one prepares, and a diamond on the day."""
        at = self.x(exam.exam_on) + 2
        self.canvas.path(f"M{_n(begin)} {_n(y)}H{_n(at)}", f"l{number}", ' stroke-width="1.5"')
        self.canvas.path(f"M{_n(at)} {_n(y - 6)}l6 6l-6 6l-6 -6z", f"s{number}")

    def _name(self, step: Step, exam: Exam | None, begin: float, end: float, y: float) -> None:
        """To the right of the bar, else to its left, whichever has the room."""
        cert = exam and exam.certification
        words = f"{cert.label} exam, {short_day(exam.exam_on)}" if exam and cert else step.module.title
        kind, gap, size = ("ink", 11, 10.5) if exam else ("ink", 6, 10.5)
        right = self.canvas.width - self.margin - end - gap
        left = begin - gap - self.left
        whole = text_width(clean(words)[:300], size)
        if whole <= right or right >= left:
            self.canvas.text(end + gap, y + 3.5, fitted(words, size, max(right, 20)), size=size, kind=kind)
        else:
            more = ' text-anchor="end"'
            self.canvas.text(begin - gap, y + 3.5, fitted(words, size, left), size=size, kind=kind, more=more)

    def _row(self, name: str, words: str) -> float:
        """The middle of a row: its name at the left, or, with words about it, on a line of its own above."""
        if self.roomy:
            self.canvas.text(self.margin, self.y + 12, fitted(name, 12.5, 204), size=12.5, more=' font-weight="600"')
            return self.y + 9
        said = fitted(f"{name}: {words}" if words else name, 11, self.canvas.width - 2 * self.margin)
        self.canvas.text(self.margin, self.y + 12, said, more=' font-weight="600"')
        self.y += 18
        return self.y + 9

    def _beside(self, x: float, y: float, words: str) -> None:
        """Words to the left of a mark, or to its right where the left has no room; on a narrow page they are above."""
        if not self.roomy:
            return
        if x - self.left > text_width(words, 10.5) + 8:
            self.canvas.text(x - 8, y + 4, words, size=10.5, more=' text-anchor="end"')
        else:
            self.canvas.text(x + 8, y + 4, fitted(words, 10.5, self.canvas.width - self.margin - x - 8), size=10.5)

    def _move(self) -> None:
        """What turns skill into the outcome: a line beside the learning."""
        move, plan = self.plan.answer.move, self.plan
        if move is None or not plan.start <= move.start <= plan.finish or move_has_steps(plan):
            return
        words = f"from {short_day(move.start)}, {about(move.hours_per_week)} a week"
        y = self._row(move.name, words)
        begin, end = self.x(move.start), self.x(plan.finish + DAY)
        self.canvas.path(f"M{_n(begin)} {_n(y)}H{_n(end)}", "now", ' stroke-width="3"')
        self._beside(begin, y, words)
        self.y += 26

    def _gates(self) -> None:
        """Checkpoints with their days, as far as those can be told apart."""
        days = [gate.on for gate in self.plan.answer.gates if self.plan.start <= gate.on <= self.plan.finish]
        if not days:
            return
        y, edge = self._row("Checkpoints", ""), self.left
        for when in days:
            x = self.x(when)
            self.canvas.path(f"M{_n(x)} {_n(y - 5)}l5 5l-5 5l-5 -5z", "now", ' fill="none" stroke-width="1.5"')
            words = short_day(when)
            if x - 9 - text_width(words, 10) >= edge:
                self.canvas.text(x - 9, y + 4, words, size=10, kind="quiet", more=' text-anchor="end"')
            edge = x + 8
        self.y += 26

    def _deadline(self, top: float, bottom: float) -> None:
        last = self.plan.profile.deadline
        if last and self.axis.first <= last < self.axis.first + self.axis.days * DAY:
            x = self.x(last + DAY)
            self.canvas.path(f"M{_n(x)} {_n(top)}V{_n(bottom)}", "now", ' stroke-width="1.5"')
            words = f"deadline {short_day(last)}"
            self.canvas.text(x, bottom + 11, words, size=10, more=' text-anchor="end"')

    def _ready(self) -> None:
        """The end at even odds, and the stretch in which it falls four times in five."""
        even, sure = self.plan.answer.ready_even, max(self.plan.answer.ready, self.plan.answer.ready_even)
        text = f"4 in 5 by {short_day(sure)} {sure.year}, even odds {short_day(even)}" if sure > even else day(sure)
        y, at, end = self._row("Ready", text), self.x(even + DAY), self.x(sure + DAY)
        self.canvas.path(f"M{_n(at)} {_n(y)}H{_n(end)}", "now", ' stroke-width="1.5" stroke-dasharray="4 3"')
        self.canvas.path(f"M{_n(at)} {_n(y - 6)}V{_n(y + 6)}", "now", ' stroke-width="3"')
        self.canvas.path(f"M{_n(end)} {_n(y - 4)}V{_n(y + 4)}", "now", ' stroke-width="1.5"')
        self._beside(at, y, text)
        self.y += 26

    def _legend(self) -> None:
        """Which colour is which stage, in as many lines as it takes."""
        used = {s.module.stage for s in self.plan.steps}
        x, y = self.margin, self.y + 14
        for name, kind in self._named(used):
            wide = text_width(name, 11) + 26
            if x + wide > self.canvas.width and x > self.margin:
                x, y = self.margin, y + 18
            if kind == "off":
                self.canvas.hatched(x, y - 9, 10, 10)
            elif kind:
                self.canvas.rect(x, y - 8, 9, 9, kind, round_=2)
            else:
                self.canvas.path(f"M{_n(x + 5)} {_n(y - 9)}l5 5l-5 5l-5 -5z", "ink")
            self.canvas.text(x + 14, y, name, kind="quiet")
            x += wide
        self.y = y + 4

    def _named(self, used: Iterable[str]) -> list[tuple[str, str]]:
        stages = self.words.catalogue.stages.values()
        named = [(fitted(s.name, 11, 240), f"s{self.numbers[s.id]}") for s in stages if s.id in set(used)]
        end = self.axis.first + self.axis.days * DAY
        off = any(b.first < end and b.last >= self.axis.first for b in self.plan.profile.breaks)
        return [*named, *[("Exam", "")] * bool(self.plan.exams), *[("Time off", "off")] * off]
