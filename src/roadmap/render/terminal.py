"""A plan for a terminal: the answer first, then the picture, the steps, the doubts, and the next thing to do.

Everything is written through `_Page`, which makes text harmless, keeps it within the width and knows about ASCII.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from roadmap.model.catalogue import Catalogue, Stage
from roadmap.model.plan import Exam, LeftOut, PhaseSpan, Plan, Step
from roadmap.render.clean import clean, shorten
from roadmap.render.timeline import ASCII, UNICODE, Row, stages_of, timeline
from roadmap.render.wording import STATUS_WORDS, Words, day, hours, listing, money, percent, plural, skips, span

NARROWEST = 30
LONGEST_LINE = 110
SIDE_BY_SIDE = 112
NARROW = 60
LABEL = 12
REASONS_SHOWN = 2
SHORTEST_TITLE = 24
BRING_BACK = "Hours and money count what it needs as well. --keep ID brings it back; roadmap explain ID tells more."
SKIPPED_ALL = "You skip all that is missing. Take something out of skip to have a plan."
NOTHING_LEFT = "Nothing is left to learn. roadmap show roles names other aims."
EXPLAIN = "roadmap explain STEP shows all checks, reasons and sources of a step."

# Middling colours that stand out on black and on white alike, in the order of the stages.
STAGE_COLOURS = ("color(33)", "color(37)", "color(134)", "color(71)", "color(172)", "color(168)")
STATE_COLOURS = {"feasible": "", "reduced": "bold yellow", "infeasible": "bold red"}
STRONG, QUIET = "bold", "dim"

_SPELT = {
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—─", "-"),
    **dict.fromkeys("●•", "*"),
    **dict.fromkeys("\u200d\ufe0f", ""),
    **{"…": "...", "·": "|", "×": "x", "→": "->", "≥": ">=", "≤": "<=", "■": "#", "€": "EUR", "£": "GBP"},
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"},
}
_TO_ASCII = str.maketrans(_SPELT)

# A small word with nothing after it says nothing: "Retrieval, data and…" is cut to "Retrieval, data…".
_DANGLING = re.compile(r"(,? (a|and|in|of|on|or|the|to|with))+…$")

Part = str | tuple[str, str]


def render_terminal(
    plan: Plan, catalogue: Catalogue, *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> str:
    """A plan as lines of at most `width` terminal cells (30 at least), with a final newline.

    Colour only repeats what words and marks say; `ascii_only` keeps to characters below 128.
    """
    page = _Page(max(NARROWEST, width), colour=colour, ascii_only=ascii_only)
    words = Words(catalogue)
    paint = {s: STAGE_COLOURS[i % len(STAGE_COLOURS)] for i, s in enumerate(catalogue.stages)}
    _answer(page, plan, words)
    _status(page, plan, words)
    _picture(page, plan, catalogue, paint if colour else {})
    if plan.steps:
        page.gap()
        page.say((EXPLAIN, QUIET))
    for number, phase in enumerate(plan.phases, 1):
        _phase(page, number, phase)
        for step in plan.steps:
            if step.phase == phase.id:
                _step(page, step, plan, words, paint)
    _certificates(page, plan.exams, words)
    _left_out(page, plan.left_out, words)
    _warnings(page, plan, words)
    _next_thing(page, plan, words)
    return page.draw()


def to_ascii(text: str) -> str:
    """Letters without their accents, common signs spelt out, and ? for all the rest."""
    flat = unicodedata.normalize("NFKD", text.translate(_TO_ASCII))
    return "".join(c if ord(c) < 128 else "?" for c in flat if not unicodedata.combining(c))


def cells_of(text: str) -> int:
    """Columns a text takes at most: terminals differ about joined emoji, so the widest reading counts."""
    return len(text) if text.isascii() else max(cell_len(text), sum(map(cell_len, text)))


def quiet_console(width: int, *, colour: bool) -> Console:
    """A console that prints nowhere and takes nothing from the environment or the machine: every setting is given."""
    return Console(
        file=io.StringIO(),
        width=width,
        height=25,
        force_terminal=colour,
        no_color=not colour,
        color_system="256" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


class _Page:
    """Lines of styled text. Every string given to it counts as plain words: never markup, never control codes."""

    def __init__(self, width: int, *, colour: bool, ascii_only: bool) -> None:
        self.width = width
        self.ascii_only = ascii_only
        self.glyphs = ASCII if ascii_only else UNICODE
        self.lines: list[Text] = []
        self._console = quiet_console(width, colour=colour)

    def plain(self, text: str) -> str:
        """Words made harmless, and ASCII where that is asked for."""
        if text.isascii() and text.isprintable():
            return text.strip()
        return to_ascii(clean(text)) if self.ascii_only else clean(text)

    def fit(self, text: str, cells: int) -> str:
        """Words cut between words so that they take at most so many cells."""
        text = clean(text)
        for most in range(min(len(text), 2 * cells), 0, -1):
            # A joiner left before the ellipsis would swallow it.
            cut = self.plain(_DANGLING.sub("…", shorten(text, most)).replace("\u200d…", "…"))
            if cells_of(cut) <= cells:
                return cut
        return ""

    def text(self, *parts: Part, sep: str = " ") -> Text:
        """Parts in a row, the empty ones left out. A part is words, or words with a style."""
        out = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            if out and words:
                out.append(to_ascii(sep) if self.ascii_only else sep, QUIET)
            out.append(self.plain(words), style)
        return out

    def wrapped(self, text: Text, width: int) -> list[Text]:
        """Lines of at most so many cells, broken between words."""
        return list(text.wrap(self._console, max(8, min(width, LONGEST_LINE))))

    def quiet(self, parts: Iterable[str], width: int) -> list[Text]:
        """Particulars with dots between them; lines are broken between two of them where that is possible."""
        rows: list[list[str]] = []
        for part in parts:
            if rows and cells_of(self.plain(" · ".join([*rows[-1], part]))) <= width:
                rows[-1].append(part)
            else:
                rows.append([part])
        texts = (self.text(*((part, QUIET) for part in row), sep=" · ") for row in rows)
        return [line for text in texts for line in self.wrapped(text, width)]

    def labelled(self, label: str, text: Text, width: int, column: int) -> list[Text]:
        """A label and a paragraph beside it; above it where the paragraph would become a strip."""
        head = self.text((label, QUIET))
        if width < NARROW - LABEL:
            return [*([head] if label else []), *(Text("  ") + x for x in self.wrapped(text, width - 2))]
        head.pad_right(column - cell_len(head.plain))
        first, *rest = self.wrapped(text, width - column)
        return [head + first, *(Text(" " * column) + line for line in rest)]

    def put(self, lines: Iterable[Text], indent: int = 0) -> None:
        """Finished lines, moved right."""
        self.lines += [Text(" " * indent) + line for line in lines]

    def say(self, *parts: Part, indent: int = 0, sep: str = " ") -> None:
        """A paragraph."""
        self.put(self.wrapped(self.text(*parts, sep=sep), self.width - indent), indent)

    def bullet(self, mark: str, text: Text, indent: int = 2) -> None:
        """A paragraph that hangs from a mark."""
        first, *rest = self.wrapped(text, self.width - indent - 2)
        self.put([self.text((mark, QUIET)) + Text(" ") + first, *(Text("  ") + r for r in rest)], indent)

    def edges(self, left: Text, right: Text, indent: int = 3) -> None:
        """Two texts at both ends of a line, or one below the other."""
        room = self.width - cells_of(left.plain) - cells_of(right.plain)
        if room >= 2:
            self.put([left + Text(" " * room) + right])
        else:
            self.put([left, *(Text(" " * indent) + r for r in self.wrapped(right, self.width - indent))])

    def gap(self) -> None:
        """An empty line, never two."""
        if self.lines and self.lines[-1].plain.strip():
            self.lines.append(Text())

    def heading(self, text: str, note: str = "") -> None:
        """The title of a section; the note says quietly how to read it."""
        self.gap()
        self.say((text, STRONG), (note, QUIET), sep="  ")

    def rule(self) -> None:
        """A line across."""
        self.put([self.text(("─" * self.width, QUIET))])

    def draw(self) -> str:
        """All lines as one text."""
        for line in self.lines:
            line.rstrip()
        with self._console.capture() as capture:
            self._console.print(Text("\n").join(self.lines), soft_wrap=True)
        return capture.get().rstrip("\n") + "\n"


def _answer(page: _Page, plan: Plan, words: Words) -> None:
    """When, how much, for what money, and what it buys."""
    page.say((words.title(plan), STRONG))
    name = page.fit(plan.profile.name, page.width - len("For "))
    if name:
        page.say(f"For {name}")
    page.put(page.quiet(words.wishes(plan), page.width))
    page.rule()
    sure = words.forecast(plan)
    facts = [
        ("Ready by", f"{day(plan.finish)}{', even odds' if sure else ''}", sure),
        ("Work", words.work(plan), words.duration(plan) if plan.steps else ""),
        ("Money", words.cost(plan), words.free_of_charge(plan)),
        ("Postings", words.within_reach(plan), words.reach(plan)),
        ("Coverage", words.coverage(plan), ""),
        *([("Aims", *words.aims(plan))] if plan.profile.aims else []),
    ]
    for label, main, detail in facts:
        _fact(page, label, main, detail)


def _fact(page: _Page, label: str, main: str, detail: str) -> None:
    """The figure, and what qualifies it: behind it where both fit in a line, else below."""
    together = page.text((main, STRONG), (detail, QUIET), sep="   ")
    if cell_len(together.plain) <= min(page.width - LABEL, LONGEST_LINE):
        page.put(page.labelled(label, together, page.width, LABEL))
        return
    page.put(page.labelled(label, page.text((main, STRONG)), page.width, LABEL))
    if detail:
        page.put(page.labelled("", page.text((detail, QUIET)), page.width, LABEL))


def _status(page: _Page, plan: Plan, words: Words) -> None:
    if plan.status == "feasible":
        return
    page.gap()
    page.say((STATUS_WORDS[plan.status], STATE_COLOURS[plan.status]))
    if plan.options:
        page.say("Any one of these would make it whole:" if plan.options[1:] else "This would make it whole:")
    for option in plan.options:
        page.bullet("-", page.text(words.option(option)))


def _picture(page: _Page, plan: Plan, catalogue: Catalogue, paint: Mapping[str, str]) -> None:
    """The timeline; with hours at the right where there is room. Colours get a legend, all else is named."""
    spans = {p.title: f"{hours(p.hours):>8}" for p in plan.phases} if page.width >= SIDE_BY_SIDE else {}
    aside = max(map(len, spans.values()), default=-1) + 1
    names = max((cell_len(page.plain(p.title)) for p in plan.phases), default=0)
    label = min(max(names, len("First public project")), max(16, page.width * 35 // 100))
    line = timeline(plan, page.width - label - 2 - aside, page.glyphs)
    if not line.rows:
        return
    page.gap()
    for head in line.header:
        page.put([page.text((head, QUIET))], label + 2)
    for row in line.rows:
        name = page.text(page.fit(row.label, label))
        name.pad_right(label + 2 - cell_len(name.plain))
        page.put([name + _cells(row, paint) + Text(" " + spans.get(row.label, ""), QUIET)])
    if paint:
        _legend(page, [s for s in catalogue.stages.values() if s.id in stages_of(line)], paint, label + 2)


def _legend(page: _Page, stages: Sequence[Stage], paint: Mapping[str, str], indent: int) -> None:
    legend = page.text(*((f"■ {s.short}", paint[s.id]) for s in stages), sep="  ")
    page.gap()
    room = page.width - cell_len(legend.plain)
    page.put(page.wrapped(legend, page.width), max(0, min(indent, room)))


def _cells(row: Row, paint: Mapping[str, str]) -> Text:
    out = Text()
    for cell in row.cells:
        out.append(cell.glyph, paint.get(cell.stage, "" if row.kind != "off" else QUIET))
    return out


def _phase(page: _Page, number: int, phase: PhaseSpan) -> None:
    page.gap()
    when = f"{span(phase.start, phase.finish)}, {hours(phase.hours)}"
    title = page.fit(phase.title, page.width - 3)
    page.edges(page.text((f"{number}  {title}", STRONG)), page.text((when, QUIET)))
    page.say((phase.because, QUIET), indent=3)


def _step(page: _Page, step: Step, plan: Plan, words: Words, paint: Mapping[str, str]) -> None:
    """Beside each other what it is and why, how and from what; one above the other on a narrow page."""
    page.gap()
    stage = step.module.stage
    mark = page.text(("●", paint[stage])) + Text(" ")
    effort = [words.effort(step), *([money(step.cost_usd)] if step.cost_usd else [])]
    when = [span(step.start, step.finish), words.catalogue.stages[stage].short]
    if page.width < SIDE_BY_SIDE:
        title = Text("   ") + mark + page.text((page.fit(step.module.title, page.width - 5), STRONG))
        page.edges(title, page.text((step.id, QUIET)), indent=5)
        page.put(page.quiet(effort + when, page.width - 5), 5)
        page.put(_how(page, step, plan, words, page.width - 5), 5)
        return
    left = page.wrapped(page.text((step.module.title, STRONG)), 40)
    for row in (effort, when, [step.id]):
        left += page.quiet(row, 40)
    left = [(mark if i == 0 else Text("  ")) + t for i, t in enumerate(left)]
    for one, other in zip_longest(left, _how(page, step, plan, words, page.width - 48), fillvalue=Text()):
        cell = one.copy()
        cell.pad_right(45 - cell_len(cell.plain))
        page.put([cell + other], 3)


def _how(page: _Page, step: Step, plan: Plan, words: Words, width: int) -> list[Text]:
    out = []
    if brings := words.buys(plan, step):
        out += page.labelled("Brings", page.text(brings), width, LABEL)
    for i, reason in enumerate(step.reasons[:REASONS_SHOWN]):
        out += page.labelled("" if i else "Why", page.text(words.reason(reason)), width, LABEL)
    more = len(step.module.done_when) - 1
    checks = f"+ {plural(more, 'more check')}" if more > 0 else ""
    out += page.labelled("Done when", page.text(step.module.done_when[0], (checks, QUIET)), width, LABEL)
    if step.resources:
        first = words.catalogue.resources[step.resources[0]]
        out += page.labelled("Start with", page.text(words.resource(first.id)), width, LABEL)
        if cell_len(page.plain(first.url)) <= width - LABEL:
            out += page.labelled("", page.text((first.url, QUIET)), width, LABEL)
    if recalls := words.recalls(plan, step):
        out += page.labelled("Recall", page.text(recalls), width, LABEL)
    return out


def _certificates(page: _Page, exams: Sequence[Exam], words: Words) -> None:
    if exams:
        page.heading("Certificates")
    for exam in exams:
        cert = exam.certification
        page.bullet(page.glyphs.exam, page.text((words.exam(exam), STRONG)))
        if cert.code:
            page.say(f"{cert.name}, {cert.issuer}", indent=4)
        page.say(cert.note, (f"Checked {cert.checked}.", QUIET), indent=4)


def _left_out(page: _Page, left_out: Sequence[LeftOut], words: Words) -> None:
    """What is held already in one line; the rest by worth, things with the same reason together."""
    if not left_out:
        return
    page.heading("Left out, and why", "(by worth: the coverage it would add, by your goals)")
    groups: dict[str, list[LeftOut]] = {}
    for one in sorted(left_out, key=lambda x: -x.worth):
        if one.reason.code != "held":
            groups.setdefault(words.unfit(one.reason.code) or words.reason(one), []).append(one)
    for why, members in groups.items():
        page.say(why, indent=2)
        # A sentence about an exam that has ended names it already, so that is not listed again.
        _omissions(page, [m for m in members if m.hours or m.worth], words)
    if any(m.hours or m.worth for members in groups.values() for m in members):
        page.say((BRING_BACK, QUIET), indent=2)
    held = [x for x in left_out if x.reason.code == "held"]
    if held:
        skills = dict.fromkeys(words.catalogue.skills[str(x.reason.args[0])].short for x in held)
        line = f"Already yours ({len(held)}): {listing(list(skills))}"
        page.say(page.fit(line, min(page.width - 2, LONGEST_LINE)), indent=2)


def _omissions(page: _Page, members: Sequence[LeftOut], words: Words) -> None:
    """What each is worth, what bringing it back would cost, its title, and the id to do so with, in columns."""
    if not members:
        return
    worths = [percent(m.worth) if m.worth else "" for m in members]
    costs = [words.back(m) for m in members]
    wide, cost = max(map(len, worths)), max(map(len, costs))
    indent = 4 + (wide + 2 if wide else 0) + cost + 2
    edge = min(page.width, LONGEST_LINE)
    for one, worth, price in zip(members, worths, costs, strict=True):
        figures = (worth.rjust(wide) + "  " if wide else "") + price.ljust(cost) + "  "
        head = Text(" " * 4) + Text(figures, QUIET)
        id_ = page.text((one.id, QUIET))
        room = edge - indent - cell_len(id_.plain) - 2
        if page.width < NARROW or room < SHORTEST_TITLE:
            page.put([head + page.text(page.fit(one.title, max(8, edge - indent)))])
            page.put([Text(" " * indent) + id_] if page.width >= NARROW else [Text(" " * 6) + id_])
            continue
        title = page.text(page.fit(one.title, room))
        title.pad_right(room + 2 - cell_len(title.plain))
        page.put([head + title + id_])


def _warnings(page: _Page, plan: Plan, words: Words) -> None:
    if plan.notices:
        page.heading("Good to know")
    for notice in plan.notices:
        page.bullet("-", page.text(words.notice(notice)))


def _next_thing(page: _Page, plan: Plan, words: Words) -> None:
    """What the first week holds, and the one thing to do next."""
    page.gap()
    page.rule()
    if not plan.steps:
        _fact(page, "Next", SKIPPED_ALL if skips(plan) else NOTHING_LEFT, "")
        return
    week = next(w for w in plan.weeks if w.items)
    items = "; ".join(f"{words.module(i.step)}, {hours(i.hours)}" for i in week.items)
    label, since = "This week", ""
    if week.start > plan.generated_on:
        label, since = "First week", f"From {day(plan.start)}:"
    page.put(page.labelled(label, page.text(since, items), page.width, LABEL))
    first = plan.steps[0]
    begin = f"Open {words.resource(first.resources[0])}" if first.resources else f"Begin {first.module.title}"
    _fact(page, "Next", begin, "roadmap next shows it any time.")
