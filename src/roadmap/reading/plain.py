"""Text and Markdown resumes: lines to sections, positions with their periods, and a name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from roadmap.model.catalogue import Catalogue, Section
from roadmap.model.resume import Entry, Period, Resume
from roadmap.reading.cues import cues_of, fold
from roadmap.reading.dates import Dates
from roadmap.reading.headings import HeadingWords, is_shaped
from roadmap.reading.lines import ReadLine, marked_lines
from roadmap.reading.names import Finder
from roadmap.reading.scrub import has_contact, scrub
from roadmap.reading.titles import Titles, titles_of

LONGEST_HEADER = 90
MOST_LINES_BEFORE_NAME = 6
MOST_BLANKS = 2
MOST_BEFORE_NAME = 200
"""Lines among which a name is looked for that does not stand at the top: a column may come first."""
MOST_LOOKED_AT = 50
"""Lines that are looked at below a heading for what it heads."""
MOST_POSITIONS = 1_000
MOST_TITLE_WORDS = 6
LONGEST_LABEL = 40
MANY_LINES = 15
"""A resume longer than this in which no section is found gets a note."""
NO_SECTION = (
    "no section was recognised by its heading, so what it says counts as named only, and positions may be missed"
)
DATED: tuple[Section, ...] = ("work", "projects", "education", "certificates")
_PARTICLES = "van|von|de|der|den|da|di|do|dos|la|le|du|del|bin|ibn|al|el|y|e|ter|ten|zu|of"
_NAME_WORD = rf"(?:[^\W\d_][\w.'’-]*|(?:{_PARTICLES}))"
_NAME = re.compile(rf"(?=[^\W\d_])[^\W\d_][\w.'’-]*(?: {_NAME_WORD}){{1,4}}")
_ABBREVIATION = re.compile(r"(?:\b\w{1,3}\.\w{1,3}\.|\b[A-Z][a-z]{1,3}\.)$")
_COLON = re.compile(r":(?![^\W_])")
"""A colon that parts, not the one of "Entwickler:in"."""
_LABEL = re.compile(r"^[^:]{2,30}:\s+\S")


@dataclass
class _Part:
    section: Section
    lines: list[ReadLine] = field(default_factory=list)


@dataclass
class _Block:
    """A dated entry while its lines are gathered."""

    header: list[str] = field(default_factory=list)
    period: Period | None = None
    lines: list[ReadLine] = field(default_factory=list)


class Reader:
    """Reads plain resumes with the words of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.dates = Dates(cues_of(catalogue))
        self.headings = HeadingWords(cues_of(catalogue))
        self.titles: Titles = titles_of(catalogue)
        self._finder = Finder(catalogue)
        self._labels = frozenset(cues_of(catalogue).words("label"))

    def read(self, text: str, kind: str) -> Resume:
        """A resume from plain text or Markdown."""
        lines = self._with_whole_periods([self._unlabelled(x) for x in marked_lines(text)])
        name, place = self._name(lines)
        parts = self._sections(lines, place)
        entries: list[Entry] = []
        for part in parts:
            if part.section in DATED:
                entries += self._dated(part.section, part.lines)
            elif part.section != "contact":
                entries.append(Entry(part.section, lines=tuple(_said(x) for x in part.lines if x.text)))
        known = {p.section for p in parts} - {"summary"}
        notes = [NO_SECTION] if not known and sum(bool(x.text) for x in lines) > MANY_LINES else []
        notes += [f"only the first {MOST_POSITIONS:,} entries are read"] if len(entries) > MOST_POSITIONS else []
        return Resume(kind, name, tuple(e for e in entries[:MOST_POSITIONS] if e.lines or e.title), tuple(notes))

    def is_period(self, line: str) -> bool:
        """Whether a line says nothing but when."""
        found = self.dates.period_in(line) if len(line) < LONGEST_HEADER else None
        return found is not None and not found[1]

    def _unlabelled(self, line: ReadLine) -> ReadLine:
        """A line without the label that says what it is: "Position: Engineer", "Name: Jane Roe"."""
        label, colon, rest = line.text.partition(":")
        if colon and rest.strip() and len(label) <= LONGEST_LABEL and fold(label.strip()) in self._labels:
            return replace(line, text=rest.strip())
        return line

    def _with_whole_periods(self, lines: Sequence[ReadLine]) -> list[ReadLine]:
        """The lines, with periods in one line that were broken over two."""
        out: list[ReadLine] = []
        for line in lines:
            if out and line.text and len(line.text) < LONGEST_HEADER and self._goes_on(out[-1], line):
                whole = f"{out[-1].text}{' – ' if line.item else ' '}{line.text}"
                found = self.dates.period_in(whole)
                if found and (found[0].last is not None or self.dates.is_today(line.text)):
                    out[-1] = ReadLine(whole, out[-1].heading, out[-1].item)
                    continue
            out.append(line)
        return out

    def _goes_on(self, before: ReadLine, line: ReadLine) -> bool:
        """Whether a period is broken between two lines: behind its dash, or before it, which makes it look an item."""
        if line.item:
            return self.dates.is_end(line.text) and self.dates.begins(before.text)
        return self.dates.dangles(before.text)

    # --- sections

    def _sections(self, lines: Sequence[ReadLine], name_at: int) -> list[_Part]:
        """The lines below each heading; those before the first one are a summary, up to the first dated job title."""
        out = [_Part("summary")]
        for i, line in enumerate(lines):
            part = out[-1]
            section = None if i == name_at else (self.headings.of(line) or self._marked_heading(lines, i))
            if section is not None and not line.heading and self._is_title(lines, i, part.section):
                section = None
            label = self._labelled(line, lines[i - 1] if i else ReadLine(""), part.section) if section is None else None
            if label is not None:
                out.append(label)
            elif section is not None:
                out.append(_Part(section))
            elif i == name_at and part.section != "summary":
                out.append(_Part("summary", [line]))
            elif part.section == "summary" and self._is_position(lines, i):
                out.append(_Part("work", [line]))
            elif part.section == "contact" and self._ends_passing(lines, i):
                out.append(_Part("other", [line]))
            elif part.section in DATED and self._heads_list(lines, i):
                out.append(_Part("skills"))
            else:
                part.lines.append(line)
        return out

    def _marked_heading(self, lines: Sequence[ReadLine], i: int) -> Section | None:
        """The section of a known heading behind a sign that looks like a bullet, above what is no list of it."""
        line = lines[i]
        if not line.item or line.numbered or (i and lines[i - 1].text):
            return None
        following = next((x for x in islice(lines, i + 1, i + 1 + MOST_LOOKED_AT) if x.text), ReadLine(""))
        if following.item:
            return None
        return self.headings.known(line.text)

    def _is_title(self, lines: Sequence[ReadLine], i: int, current: Section) -> bool:
        """Whether what reads like a heading is a job title: "Full Stack Developer", or anything above a period."""
        line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else ReadLine("")
        if self.headings.known(line.text) is not None:
            return False
        verdict = self.titles.judge(line.text)
        section = self.headings.of(line)
        if verdict and (section == "skills" or (section == "work" and not verdict.role)):
            # "Military & Civilian Experience" and "Dev Skills" name a trade, but nobody is called so.
            verdict = None
        return verdict is not None or (current in DATED and self.is_period(following.text))

    def _labelled(self, line: ReadLine, before: ReadLine, current: Section) -> _Part | None:
        """A section of one line, and perhaps of more: "Skills: Python, SQL"."""
        label, colon, rest = line.text.partition(":")
        if not colon or not rest.strip() or line.item:
            return None
        section = self.headings.known(label)
        inside = current in ("work", "projects") and bool(before.text)
        if section not in ("skills", "certificates") or (section == "skills" and inside):
            return None
        return _Part(section, [ReadLine(rest.strip())])

    def _is_position(self, lines: Sequence[ReadLine], i: int) -> bool:
        """Whether work begins here without a heading: a job title with a period, in this line or in the next one."""
        line = lines[i]
        if not _is_header(line) or self.titles.judge(line.text) is None:
            return False
        following = lines[i + 1 : i + 2]
        return any(self.dates.period_in(x.text) for x in (line, *following) if _is_header(x))

    def _ends_passing(self, lines: Sequence[ReadLine], i: int) -> bool:
        """Whether a list that is passed over (hobbies, references) ends here, at a heading nobody knows."""
        line = lines[i]
        if line.heading:
            return True
        gap = i > 0 and not lines[i - 1].text and i + 1 < len(lines) and bool(lines[i + 1].text)
        return gap and is_shaped(line) and len(line.text.split()) <= 4

    def _heads_list(self, lines: Sequence[ReadLine], i: int) -> bool:
        """Whether an unknown heading stands above nothing but lists: of skills, most likely."""
        line = lines[i]
        above = lines[i - 1].text if i else ""
        if (
            not is_shaped(line)
            or (above and not line.heading)
            or self.titles.judge(line.text)
            or len(line.text.split()) > 4
        ):
            return False
        below: list[ReadLine] = []
        for following in islice(lines, i + 1, i + 1 + MOST_LOOKED_AT):
            if not following.text:
                break
            below.append(following)
        return bool(below) and all(self._is_list(x) for x in below)

    def _is_list(self, line: ReadLine) -> bool:
        """Whether a line is a list of short items, with a label before it or at least two commas."""
        if self.dates.period_in(line.text) or line.text[-1] == ".":
            return False
        items = re.split(r"[,;|/•]\s*", line.text.partition(":")[2] if _LABEL.match(line.text) else line.text)
        return len(items) >= (1 if _LABEL.match(line.text) else 3) and all(len(x.split()) <= 4 for x in items)

    # --- dated entries

    def _dated(self, section: Section, lines: Sequence[ReadLine]) -> list[Entry]:
        """Entries of a section in which a period opens a new one, with the short lines right above it."""
        found = [_Block()]
        items = self._are_items(lines)
        for line in lines:
            dated = self.dates.period_in(line.text) if len(line.text) <= 2 * LONGEST_HEADER else None
            if dated and line.item and not self._opens_item(line, dated[1], items):
                dated = None
            if dated is None:
                found[-1].lines.append(line)
                continue
            above = self._header_above(found[-1].lines, own=bool(dated[1]))
            found.append(_Block([*above, *([dated[1]] if dated[1] else [])], dated[0]))
        return [self._entry(section, b) for b in found if b.header or any(x.text for x in b.lines)]

    def _opens_item(self, line: ReadLine, rest: str, items: bool) -> bool:
        """Whether an item of a list opens an entry: it says nothing but when, or all do, with the period at an end."""
        return not rest or (items and not _is_sentence(line) and rest in line.text and rest[0].isupper())

    def _are_items(self, lines: Sequence[ReadLine]) -> bool:
        """Whether the entries of a section are items of a list themselves: the first line is one, with a period."""
        first = next((x for x in lines if x.text), None)
        return first is not None and first.item and self.dates.period_in(first.text) is not None

    def _header_above(self, lines: list[ReadLine], *, own: bool) -> list[str]:
        """Takes the one or two short lines away that stand above a period: whom the period belongs to.

        Empty lines may lie between, unless the line of the period has words of its `own`.
        """
        place = len(lines)
        while not own and place and not lines[place - 1].text and len(lines) - place < MOST_BLANKS:
            place -= 1
        first = place
        while first and place - first < 2 and _is_header(lines[first - 1]):
            if first < place and not lines[first].heading and not self._opens(lines, first - 1):
                break
            first -= 1
        if place - first < 2:
            first = self._title_above(lines, place, first)
        if first < place:
            taken = [x.text for x in lines[first:place]]
            del lines[first:]
            return taken
        return []

    def _title_above(self, lines: Sequence[ReadLine], place: int, first: int) -> int:
        """Where a header begins that has up to three lines, since a firm or a town stands below its title."""
        for at in range(place - 1, max(-1, place - 4), -1):
            if not _is_header(lines[at]):
                break
            if self._says_title([lines[at].text]):
                opens = not at or not lines[at - 1].text or lines[at - 1].item or lines[at].heading
                return at if opens and len(lines[at].text.split()) <= MOST_TITLE_WORDS else first
        return first

    def _opens(self, lines: Sequence[ReadLine], place: int) -> bool:
        """Whether an entry may begin with this line: nothing, an empty line or a list stands above it."""
        before = lines[place - 1] if place else ReadLine("")
        return (
            lines[place].heading or not before.text or before.item or self.titles.judge(lines[place].text) is not None
        )

    def _entry(self, section: Section, block: _Block) -> Entry:
        header, inside = block.header, [x for x in block.lines if x.text]
        if not header and section != "certificates" and inside and _is_header(inside[0]):
            count = next((n for n in (1, 2, 3) if self._titled(inside[:n])), 1)
            header = [x.text for x in inside[:count]]
            del inside[:count]
        elif block.period and inside and not header[1:] and _is_header(inside[0]) and not self._says_title(header):
            # "2021 - 2024" and the employer often share a line above the job title.
            header = [*header, inside[0].text]
        header = sorted(header, key=lambda x: not self._says_title([x])) if len(header) > 2 else header
        title = ", ".join(header[:2])
        return Entry(section, title=title, period=block.period, lines=tuple(_said(x) for x in inside))

    def _titled(self, lines: Sequence[ReadLine]) -> bool:
        """Whether lines that may be a header end with a job title."""
        short = len(lines) < 3 or len(lines[-1].text.split()) <= MOST_TITLE_WORDS
        return bool(lines) and short and all(map(_is_header, lines)) and self._says_title([lines[-1].text])

    def _says_title(self, header: Sequence[str]) -> bool:
        return bool(header) and self.titles.judge(header[0]) is not None

    # --- the name

    def _name(self, lines: Sequence[ReadLine]) -> tuple[str, int]:
        """The name, and the number of its line (-1: none): at the top, else above a job title further down."""
        filled = [i for i, x in enumerate(lines) if x.text]
        for i in filled[:MOST_LINES_BEFORE_NAME]:
            section = self.headings.of(lines[i])
            if section == "summary":
                continue
            if section is not None:
                break
            name = self._name_in(lines, i)
            if name:
                return name, i
        for place, i in enumerate(filled[: min(len(filled) - 1, MOST_BEFORE_NAME)]):
            following = lines[filled[place + 1]]
            if following.item or _has_period_near(self.dates, lines, filled, place):
                continue
            if self.titles.judge(following.text) is not None or has_contact(following.text):
                name = self._name_in(lines, i)
                if name:
                    return name, i
        return "", -1

    def _name_in(self, lines: Sequence[ReadLine], i: int) -> str:
        """The name that a line holds beside nothing but contact data; empty for any other line."""
        line = lines[i]
        if line.item or self.headings.of(ReadLine(line.text)) is not None:
            return ""
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        text = re.split(r"\s*[|•·…(]\s*|,\s|\s[-–—]\s", scrub(line.text))[0].strip(" ,:;")
        words = text.split()
        goes_on = following[:1].islower() and not has_contact(following)
        if not _NAME.fullmatch(text) or goes_on or not _are_capital(words):
            return ""
        if self.titles.judge(text) is not None or self._finder.names(text):
            return ""
        return text


def _are_capital(words: Iterable[str]) -> bool:
    particles = _PARTICLES.split("|")
    return all(w[0].isupper() or not w[0].islower() or w in particles for w in words)


def _has_period_near(dates: Dates, lines: Sequence[ReadLine], filled: Sequence[int], place: int) -> bool:
    """Whether a period stands in one of the next lines, as it does below a position."""
    return any(dates.period_in(lines[i].text) for i in filled[place : place + 3])


def _said(line: ReadLine) -> str:
    return f"- {line.text}" if line.item else line.text


def _is_header(line: ReadLine) -> bool:
    """Whether a line may say what an entry is: short, no item of a list, no sentence, nothing with a label."""
    text = line.text
    if line.heading:
        return bool(text)
    if not text or len(text) > LONGEST_HEADER or line.item or _COLON.search(text):
        return False
    return text[-1] not in ".;," or bool(_ABBREVIATION.search(text))


def _is_sentence(line: ReadLine) -> bool:
    return line.text[-1:] in ".;" and not _ABBREVIATION.search(line.text)


def reader_of(catalogue: Catalogue) -> Reader:
    """The reader of a catalogue, made once."""
    return catalogue.once("reader", None, lambda: Reader(catalogue))


def read_text_resume(text: str, catalogue: Catalogue, kind: str = "text") -> Resume:
    """A resume from plain text or Markdown."""
    return reader_of(catalogue).read(text, kind)
