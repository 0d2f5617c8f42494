"""Lists and pages of the catalogue drawn for a terminal."""

from collections.abc import Sequence

from rich.table import Table as Grid
from rich.text import Text

from roadmap.render.cards import Card, Link, Listing, Section, Table
from roadmap.render.clean import clean
from roadmap.render.prose import Block
from roadmap.render.terminal import QUIET, STRONG, cells_of, quiet_console, to_ascii
from roadmap.render.wording import UNLISTED

LONGEST_LINE = 110
LABEL = 16
READABLE = 26
NARROW = 60


class Screen:
    """Draws for a width. Every string given to it counts as plain words: never markup, never control codes."""

    def __init__(self, width: int, *, colour: bool = False, ascii_only: bool = False) -> None:
        self.width = width
        self.ascii_only = ascii_only
        self._lines: list[Text] = []
        self._console = quiet_console(width, colour=colour)

    def listing(self, listing: Listing) -> str:
        """A list of entries, and what to do next."""
        self._say((listing.title, STRONG))
        self._gap()
        if listing.table.rows:
            if self._roomy(listing.table):
                self._table(self._grid(listing.table, self.width))
            else:
                self._stacked(listing.table)
            self._gap()
            self._say((listing.hint, QUIET))
        else:
            self._say(listing.nothing)
        return self._draw()

    def side_by_side(self, tables: Sequence[Listing]) -> str:
        """Tables whose columns are things to compare; a rule under the heads, a gap between rows that wrap."""
        return "\n".join(self._compared(t) for t in tables)

    def _compared(self, listing: Listing) -> str:
        heads = listing.table.heads
        room = min(self.width, LONGEST_LINE + 20)
        label = min(max(cells_of(self._plain(row[0])) for row in listing.table.rows), room // 3)
        column = (room - label - 2 * (len(heads) - 1)) // (len(heads) - 1)
        fits = all(cells_of(self._plain(cell)) <= column for row in listing.table.rows for cell in row[1:])
        grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style=STRONG)
        grid.add_column(self._text(heads[0]), width=label, style=QUIET)
        for head in heads[1:]:
            grid.add_column(self._text(head), width=column)
        for row in listing.table.rows:
            grid.add_row(*(self._text(cell) for cell in row))
            if not fits:
                grid.add_row()
        self._say((listing.title, STRONG))
        self._lines.append(self._text(("─" * min(room, self.width), QUIET)))
        self._table(grid)
        if listing.hint:
            self._gap()
            self._say((listing.hint, QUIET))
        return self._draw()

    def page(self, card: Card) -> str:
        """The page of one entry."""
        self._say((card.title, STRONG))
        self._say((card.id, QUIET))
        if card.lead:
            self._gap()
            self._say(card.lead)
        if card.facts:
            self._gap()
        for label, value in card.facts:
            self._fact(label, value)
        for section in card.sections:
            self._section(section)
        if card.hint:
            self._gap()
            self._say((card.hint, QUIET))
        return self._draw()

    def _plain(self, text: str) -> str:
        return to_ascii(clean(text)) if self.ascii_only else clean(text)

    def _text(self, *parts: str | tuple[str, str]) -> Text:
        out = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            out.append(self._plain(words), style)
        return out

    def _say(self, *parts: str | tuple[str, str], indent: int = 0) -> None:
        self._put(self._text(*parts), indent)

    def _put(self, text: Text, indent: int = 0, width: int = LONGEST_LINE) -> None:
        room = max(8, min(self.width - indent, width))
        for line in text.wrap(self._console, room):
            line.rstrip()
            self._lines.append(Text(" " * indent) + line)

    def _gap(self) -> None:
        self._lines.append(Text())

    def _table(self, grid: Grid, indent: int = 0) -> None:
        """A table as lines among the others."""
        options = self._console.options.update(width=self.width - indent)
        for row in self._console.render_lines(grid, options, pad=False):
            self._lines.append(Text.assemble(" " * indent, *((part.text, part.style or "") for part in row)))

    def _draw(self) -> str:
        """All lines as one text; the next call starts afresh."""
        for line in self._lines:
            line.rstrip()
        with self._console.capture() as capture:
            self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        self._lines = []
        return capture.get().strip("\n") + "\n"

    def _fact(self, label: str, value: str | Link) -> None:
        """A label and its value beside it; above it on a narrow screen."""
        text = self._text(value) if isinstance(value, str) else self._text(value.text)
        if self.width < NARROW:
            self._say((label, QUIET))
            self._put(text, 2)
            return
        if isinstance(value, Link) and cells_of(text.plain) > self.width - LABEL:
            self._say((label, QUIET))
            self._address(text.plain, 2)
            return
        lines = text.wrap(self._console, min(self.width, LONGEST_LINE) - LABEL)
        for i, line in enumerate(lines):
            head = self._text((label if i == 0 else "", QUIET))
            head.pad_right(LABEL - len(head.plain))
            line.rstrip()
            self._lines.append(head + line)

    def _section(self, section: Section) -> None:
        self._gap()
        if section.title:
            self._say((section.title, STRONG))
        before = ""
        for i, block in enumerate(section.prose):
            if i and not (block.mark and before):
                self._gap()
            self._block(block, 2 if section.title else 0)
            before = block.mark
        if section.table:
            self._table(self._grid(section.table, self.width - 2), 2)
        for item in section.items:
            self._item(item)

    def _item(self, item: str | Link, mark: str = "-") -> None:
        if isinstance(item, Link) and item.url == item.text:
            self._address(item.text, 2)
            return
        self._hang(mark, self._text(item if isinstance(item, str) else item.text), 2)
        if isinstance(item, Link) and item.url:
            self._address(item.url, 4)

    def _address(self, url: str, indent: int) -> None:
        """An address in one piece, even past the edge, since a broken one can be neither clicked nor copied."""
        self._lines.append(Text(" " * indent) + self._text((url, QUIET)))

    def _hang(self, mark: str, words: Text, indent: int) -> None:
        step = len(mark) + 1
        room = min(self.width, LONGEST_LINE) - indent - step
        for i, line in enumerate(words.wrap(self._console, max(8, room))):
            line.rstrip()
            head = Text(" " * indent) + (self._text((mark, QUIET)) if i == 0 else Text(" " * (step - 1))) + Text(" ")
            self._lines.append(head + line)

    def _block(self, block: Block, indent: int) -> None:
        words = Text()
        for span in block.spans:
            kept = (
                " " if span.text[:1] == " " else "",
                " " if span.text[-1:] == " " and span.text.strip() else "",
            )
            words.append(kept[0] + self._plain(span.text) + kept[1], STRONG if span.strong else "")
            if span.url:
                words.append(f" ({self._plain(span.url)})", QUIET)
        if block.mark:
            self._hang(block.mark, words, indent)
        else:
            self._put(words, indent, 88)

    def _roomy(self, table: Table) -> bool:
        """Whether every long column stays readable when the others take what they need."""
        widest = [max(cells_of(self._plain(row[i])) for row in table.rows) for i in range(len(table.heads))]
        long = [w for w, head in zip(widest, table.heads, strict=True) if w > READABLE and "+" not in head]
        rest = sum(widest) - sum(long) + 2 * (len(widest) - 1)
        return widest[0] <= self.width // 2 and rest + sum(min(w, READABLE) for w in long) <= self.width

    def _stacked(self, table: Table) -> None:
        """Two or more lines for each entry: what it is called, then its id and particulars."""
        for row in table.rows:
            first, title, *rest = row
            self._put(self._text((title, STRONG)))
            said = [
                f"{head.replace('+', '').removesuffix(':').lower()} {cell}" if head.endswith(":") else cell
                for head, cell in zip(table.heads[2:], rest, strict=True)
                if cell and cell != UNLISTED
            ]
            self._put(self._text((" · ".join([first, *said]), QUIET)), 2)

    def _grid(self, table: Table, width: int) -> Grid:
        """Columns as wide as they need, the long ones broken between words."""
        grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=QUIET, show_edge=False)
        widest = [max(cells_of(self._plain(row[i])) for row in table.rows) for i in range(len(table.heads))]
        crowded = (
            sum(w for w, head in zip(widest, table.heads, strict=True) if "+" in head) + 2 * (len(widest) - 1) > width
        )
        for i, head in enumerate(table.heads):
            cells = [self._plain(row[i]) for row in table.rows]
            word = max((cells_of(w) for c in cells for w in c.split()), default=0)
            fixed = "+" in head and not crowded and widest[i] <= width // 2
            grid.add_column(
                self._text(head.replace("+", "").removesuffix(":")),
                justify="right" if head.endswith(":") else "left",
                no_wrap=fixed,
                min_width=widest[i] if fixed else min(word, width // (2 * len(table.heads)) + 6),
                overflow="fold",
            )
        for row in table.rows:
            grid.add_row(*(self._text(cell) for cell in row))
        grid.width = None
        return grid
