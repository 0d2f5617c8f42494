"""Pages drawn for a terminal or a pipe: lines within a width, airy, without a frame, nothing cut.

Colour only repeats what words and marks say. Long addresses are links where the terminal is known to open them;
elsewhere they are written out behind their words. They and commands stand in one piece even past the edge, since a
broken one can be neither clicked nor copied.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from roadmap.render.cells import cells_of, harmless
from roadmap.render.clean import web_address
from roadmap.render.layout import Block, Chart, Facts, Fold, Heading, Item, Items, Line, Page, Paragraph, Span, Table
from roadmap.render.layout import line as layout_line
from roadmap.render.parts import parts
from roadmap.render.runs import BLANK, Run, Runs, broken, filled, joined, painted, space, width_of
from roadmap.render.timeline import ASCII, UNICODE, PictureRow, stages_of, timeline

NARROWEST = 30
LONGEST_LINE = 100
NARROW = 60
INDENT = 2
GAP = 2
READABLE = 14
SHORT = 24
# A number and its percent sign stay on one line.
_APART = re.compile(r" (?!%)")
LOST = 4
COMMAND = "roadmap "
"""How a command to copy begins."""
# Middling colours that stand out on black and on white alike, in the order of the stages.
STAGE_COLOURS = ("38;5;33", "38;5;37", "38;5;134", "38;5;71", "38;5;172", "38;5;168")
STRONG, QUIET = "1", "2"


def draw_terminal(
    page: Page, *, width: int = 80, colour: bool = False, ascii_only: bool = False, links: bool = False
) -> str:
    """A page as lines of at most `width` terminal cells (30 at least), with a final newline.

    With `colour` and `links` words lead to their addresses.
    """
    pen = Pen(max(NARROWEST, width), colour=colour, ascii_only=ascii_only, links=links)
    pen.put(pen.wrapped(tuple(s._replace(strong=True) for s in layout_line(page.title)), pen.width))
    pen.gap()
    pen.blocks(page.lead, 0)
    if page.rest:
        pen.rule()
        pen.blocks(page.rest, 0)
    if page.last:
        pen.gap()
        pen.put(pen.wrapped(page.last, pen.width))
    return pen.text()


class Pen:
    """Writes lines from top to bottom. Every string counts as plain words: never markup or control codes."""

    def __init__(self, width: int, *, colour: bool = False, ascii_only: bool = False, links: bool = False) -> None:
        self.width = width
        self.colour = colour
        self.links = colour and links
        self.ascii_only = ascii_only
        self.lines: list[Runs] = []

    # --- words ---

    def plain(self, text: str) -> str:
        """Words made harmless, and ASCII where that is asked for."""
        return harmless(text, ascii_only=self.ascii_only)

    def _words(self, line: Line) -> list[list[Run]]:
        """The words of a line; a word may have parts in several styles."""
        words: list[list[Run]] = [[]]
        for span in line:
            text = self.plain(span.text)
            code = _style(span)
            url = web_address(span.url) if self.links else ""
            if span.text[:1].isspace():
                words.append([])
            for i, part in enumerate(_APART.split(text)):
                if i:
                    words.append([])
                words[-1].append(Run(part, code, url))
            if text and span.text[-1:].isspace():
                words.append([])
        return [kept for word in words if (kept := [run for run in word if run.text])]

    def wrapped(self, line: Line, room: int) -> list[Runs]:
        """Lines of at most so many cells, broken between words; only a word that is too long is broken itself."""
        room = max(8, min(room, LONGEST_LINE))
        if len(line) == 1 and (plain := self._plainly(line[0], room)) is not None:
            return plain
        out: list[list[Run]] = []
        used = 0
        for word in self._words(line):
            for part in broken(word, room):
                wide = sum(cells_of(run.text) for run in part)
                if out and used + 1 + wide <= room:
                    out[-1] += [space(out[-1][-1], part[0]), *part]
                    used += 1 + wide
                else:
                    out.append(list(part))
                    used = wide
        return [joined(runs) for runs in out]

    def _plainly(self, span: Span, room: int) -> list[Runs] | None:
        """The same for words of one style in ASCII, which are most; None where a word is too long."""
        text = self.plain(span.text)
        if span.whole:
            return [(Run(text, _style(span)),)]
        lines: list[str] = []
        for word in _APART.split(text) if text.isascii() else ("",):
            if len(word) > room or not word:
                return None
            if lines and len(lines[-1]) + 1 + len(word) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        code, url = _style(span), web_address(span.url) if self.links else ""
        return [(Run(one, code, url),) for one in lines]

    def with_addresses(self, line: Line, room: int, known: set[str] | None = None) -> list[Runs]:
        """Wrapped words, and behind them the addresses they lead to, each on a line of its own where it must.

        Those in `known`, which is added to, stand close by already.
        """
        known = set() if known is None else known
        lines = self.wrapped(line, room) or [BLANK]
        for url in [web_address(span.url) for span in line if span.url and not span.noted and span.url != span.text]:
            if not url or url in known:
                continue
            known.add(url)
            wide = width_of(lines[-1])
            if wide + GAP + len(url) <= min(room, LONGEST_LINE):
                lines[-1] = (*lines[-1], Run(" " * GAP), Run(url, QUIET))
            elif not self.links:
                lines.append((Run(url, QUIET),))
        return lines

    # --- lines ---

    def put(self, lines: Iterable[Runs], indent: int = 0) -> None:
        """Finished lines, moved right."""
        self.lines += [(Run(" " * indent), *runs) if indent and runs else runs for runs in lines]

    def gap(self) -> None:
        """An empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append(BLANK)

    def rule(self) -> None:
        """A line across."""
        self.gap()
        self.put([(Run(("-" if self.ascii_only else "─") * min(self.width, LONGEST_LINE), QUIET),)])

    def hang(self, mark: str, lines: Sequence[Runs], indent: int) -> None:
        """Lines that hang from a mark."""
        step = cells_of(mark) + 1
        for i, runs in enumerate(lines):
            head = (Run(mark, QUIET), Run(" ")) if i == 0 else (Run(" " * step),)
            self.put([(*head, *runs)], indent)

    def text(self) -> str:
        """All lines as one text."""
        drawn = ("".join(painted(run) if self.colour else run.text for run in runs).rstrip() for runs in self.lines)
        return "\n".join(drawn).strip("\n") + "\n"

    # --- blocks ---

    def blocks(self, blocks: Iterable[Block], indent: int) -> None:
        """One block after another, with air between them."""
        deeper = indent
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block.text, block.note, indent if block.level < 4 else deeper)
                deeper = indent + INDENT
                continue
            self._block(block, indent if isinstance(block, Fold) else deeper)

    def _heading(self, text: str, note: str, indent: int) -> None:
        self.gap()
        about = [Span(f", {note}", quiet=True)] if note else []
        self.put(self.wrapped((Span(text, strong=True), *about), self.width - indent), indent)

    def _block(self, block: Block, indent: int) -> None:
        room = self.width - indent
        match block:
            case Paragraph():
                if self.lines and not self._below_heading():
                    self.gap()
                self.put(self.with_addresses(block.line, room), indent)
            case Items():
                self._items(block, indent)
            case Table():
                self._table(block, indent)
            case Facts():
                self._facts(block, indent)
            case Fold():
                self._heading(block.title, block.note, indent)
                self.blocks(block.blocks, indent + INDENT)
            case Chart() if not block.picture:
                self._chart(block, indent)

    def _below_heading(self) -> bool:
        """Whether the last line is a heading, which nothing but its own words follow."""
        last = self.lines[-1]
        return len(self.lines) > 1 and any(run.code == STRONG for run in last) and not self.lines[-2]

    def _items(self, block: Items, indent: int) -> None:
        wide, known = len(str(len(block.items))), set[str]()
        for number, item in enumerate(block.items, 1):
            mark = (
                f"{number:>{wide}}." if block.ordered else "-" if item.tick is None else "[x]" if item.tick else "[ ]"
            )
            self._item(item, mark, indent, known)

    def _item(self, item: Item, mark: str, indent: int, known: set[str]) -> None:
        step = cells_of(mark) + 1
        line = item.line
        if item.step:
            self.gap()
            line = (*line, Span(f" ({item.step})", quiet=True))
        self.hang(mark, self.with_addresses(line, self.width - indent - step, known), indent)
        if item.blocks:
            self.blocks(item.blocks, indent + step)

    def _facts(self, block: Facts, indent: int) -> None:
        """A label and a paragraph beside it; above it where the paragraph would become a strip."""
        label = max((cells_of(self.plain(name)) for name, _ in block.rows), default=0) + GAP
        narrow = self.width - indent < NARROW or label > self.width // 3
        for name, value in block.rows:
            if narrow:
                head = Span(name, quiet=True, whole=name.startswith(COMMAND))
                self.put(self.wrapped((head,), self.width - indent), indent)
                self.put(self._value(value, self.width - indent - GAP), indent + GAP)
                continue
            words = self.plain(name)
            for i, runs in enumerate(self._value(value, self.width - indent - label)):
                lead = (Run(words, QUIET), Run(" " * (label - cells_of(words)))) if i == 0 else (Run(" " * label),)
                self.put([(*lead, *runs)], indent)

    def _value(self, value: Line | Items, room: int) -> list[Runs]:
        """What stands beside a label."""
        if isinstance(value, Items) and len(value.items) == 1 and value.items[0].tick is None:
            value = value.items[0].line
        if not isinstance(value, Items):
            return self.with_addresses(value, room)
        inner = Pen(room, colour=self.colour, ascii_only=self.ascii_only, links=self.links)
        inner.blocks((value,), 0)
        return inner.lines

    # --- tables ---

    def _table(self, block: Table, indent: int) -> None:
        room = min(self.width - indent, LONGEST_LINE)
        widths = self._columns(block, room)
        if widths is None:
            self._stacked(block, indent)
            return
        if any(block.heads):
            self._row([(Span(head, quiet=True),) for head in block.heads], widths, block.right, indent)
        for row in block.rows:
            self._row(row, widths, block.right, indent)

    def _row(self, row: Sequence[Line], widths: Sequence[int], right: frozenset[int], indent: int) -> None:
        cells = [self.wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            drawn: list[Run] = []
            for i, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
                runs = cell[at] if at < len(cell) else BLANK
                pad = Run(" " * (wide - width_of(runs)))
                drawn += [pad, *runs] if i in right else [*runs, pad]
                drawn.append(Run(" " * GAP))
            self.put([tuple(drawn)], indent)

    def _columns(self, block: Table, room: int) -> list[int] | None:
        """The width of each column: what it needs, or a fair part of the room; None where no column stays readable."""
        rows = [tuple((Span(head),) for head in block.heads), *block.rows]
        natural = [max(self._natural(row[i]) for row in rows) for i in range(len(block.heads))]
        left = room - GAP * (len(natural) - 1)
        kept = sum(natural[i] for i in block.fixed)
        widths = {i: natural[i] for i in block.fixed} if kept <= left else dict[int, int]()
        left -= sum(widths.values())
        open_ = [i for i in range(len(natural)) if i not in widths]
        while open_:
            share = left // len(open_)
            small = [i for i in open_ if natural[i] <= share]
            if not small:
                break
            for i in small:
                widths[i] = natural[i]
                left -= natural[i]
            open_ = [i for i in open_ if i not in small]
        if (open_ and left // len(open_) < READABLE) or left < 0:
            return None
        whole = sum(natural[i] for i in open_)
        for i in open_:
            widths[i] = max(READABLE, left * natural[i] // whole) if len(open_) > 1 else left
        over = sum(widths[i] for i in open_) - left
        if open_ and over > 0:
            widths[max(open_, key=lambda i: widths[i])] -= over
        if len(open_) > 1:
            _lowered(widths, open_, [[self._natural(row[i]) for i in open_] for row in rows])
        return [widths[i] for i in range(len(natural))]

    def _natural(self, cell: Line) -> int:
        return sum(
            cells_of(self.plain(span.text)) + span.text[-1:].isspace() + span.text[:1].isspace() for span in cell
        )

    def _stacked(self, block: Table, indent: int) -> None:
        """Each row as a small paragraph: the first cell, then short cells in a row, long ones under their heads."""
        for row in block.rows:
            first, *rest = row
            self.put(self.wrapped(tuple(s._replace(strong=True) for s in first), self.width - indent), indent)
            short: list[Span] = []
            for at, (head, cell) in enumerate(zip(block.heads[1:], rest, strict=True), 1):
                named = (Span(f"{head}: ", quiet=True), *cell) if head else cell
                if cell and self._natural(cell) > SHORT:
                    self.put(self.wrapped(named, self.width - indent - GAP), indent + GAP)
                elif cell:
                    short += [*([Span(", ", quiet=True)] if short else []), *(named if at in block.right else cell)]
            if short:
                self.put(self.wrapped(tuple(short), self.width - indent - GAP), indent + GAP)

    # --- the chart ---

    def _chart(self, block: Chart, indent: int) -> None:
        """The plan over time. Colours get a legend, all else is named."""
        plan, catalogue = block.plan, block.catalogue
        stages = list(catalogue.stages.values())
        paint = {s.id: STAGE_COLOURS[i % len(STAGE_COLOURS)] for i, s in enumerate(stages)} if self.colour else {}
        room = min(self.width - indent, LONGEST_LINE + 20)
        longest = max((cells_of(self.plain(p.title)) for p in parts(plan)), default=0)
        label = max(min(longest, room * 2 // 5), min(len("First public project"), room * 2 // 5))
        line = timeline(plan, room - label - GAP, ASCII if self.ascii_only else UNICODE)
        if not line.rows:
            return
        self.gap()
        for head in line.header:
            self.put([(Run(head, QUIET),)], indent + label + GAP)
        for row in line.rows:
            self._bar(row, paint, label, indent)
        used = set(stages_of(line))
        if paint:
            names = [Run(f"■ {self.plain(s.short)}  ", paint[s.id]) for s in stages if s.id in used]
            self.gap()
            self.put(filled(names, self.width - indent), indent)

    def _bar(self, row: PictureRow, paint: Mapping[str, str], label: int, indent: int) -> None:
        first, *rest = self.wrapped((Span(row.label),), label)
        cells = [Run(c.glyph, paint.get(c.stage, QUIET if row.kind == "off" else "")) for c in row.cells]
        self.put([(*first, Run(" " * (label + GAP - width_of(first))), *joined(cells))], indent)
        self.put(rest, indent)


def _style(span: Span) -> str:
    return STRONG if span.strong else QUIET if span.quiet else ""


def _lowered(widths: dict[int, int], open_: Sequence[int], lengths: Sequence[Sequence[int]]) -> None:
    """Moves room from column to column as long as the table gets lower. A line loses some cells to whole words."""

    def height() -> float:
        return sum(max(n / (widths[i] - LOST) for i, n in zip(open_, row, strict=True)) for row in lengths)

    least, going = height(), True
    while going:
        going = False
        for give, take in permutations(open_, 2):
            if widths[give] - 1 < READABLE:
                continue
            widths[give], widths[take] = widths[give] - 1, widths[take] + 1
            if (found := height()) < least:
                least, going = found, True
            else:
                widths[give], widths[take] = widths[give] + 1, widths[take] - 1
