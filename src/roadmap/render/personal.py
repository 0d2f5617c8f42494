"""What a person has added to a plan, as Markdown shows it and `roadmap sync` reads it back.

Below a step stand `Hours:`, `Link:` and `Note:`. What sync took in carries an id that begins with `sync-`, made from
its text, so that reading a file twice adds nothing; other notes of the journal are private and never shown.
At the end of the file an invisible comment holds a digest of every line that the program wrote: any other line is
the reader's.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from urllib.parse import unquote

from roadmap.model.journal import Event, Progress, effective
from roadmap.model.times import MONTHS
from roadmap.render.clean import WORD_JOINER

SYNCED = "sync-"
COMMITMENTS = ("I study on", "I show my work to", "Meanwhile I do without", "When I miss a week I")
STEPS = "The steps"
CHECKED, LINK = "[x] ", "Link: "
DIGEST = 3
MARKER = re.compile(r"<!-- step:(\S+) -->")
PLAN = re.compile(r"<!-- roadmap:plan ([0-9a-f]+) -->")
WRITTEN = re.compile(r"<!-- roadmap:written\s([A-Za-z0-9+/=\s]*)-->")
# A box, in whichever way editors and people write one.
_BOX = r"\[[^\S\n]*(?P<in>xx|ok|done|[xvy✓✔☑✅*/>~!?-]?)[^\S\n]*\](?![(\[])|(?P<sign>[☐☑☒✅])"
BOXED = re.compile(rf"\s*(?:(?:[-*+]|\d+[.)])\s*)?(?:{_BOX})\s*", re.IGNORECASE)
_DATED = re.compile(r"\d|" + "|".join(f"{m}|{m[:3]}(?=\\d|to\\d)" for m in map(str.casefold, MONTHS)))
_STRUCTURE = str.maketrans("", "", "-*_+|:`~=#>.<[](){}\\/!\"'")
_NO_WORD = re.compile(r"[\W_]+")


def essence(line: str) -> str:
    """The words of a line without ticks, markers, spaces and signs, which editors like to rearrange.

    Where there are only signs, those that Markdown has no use for.
    """
    box = BOXED.match(line)
    bare = MARKER.sub("", line[box.end() :] if box else line).replace(WORD_JOINER, "")
    return _NO_WORD.sub("", bare).casefold() or bare.translate(_STRUCTURE).strip()


@dataclass(frozen=True)
class PageLine:
    """A line of a file with its number, the step it stands below (empty: none) and whether it names that step.

    `heading` are the program's headings above it, where no step is.
    """

    number: int
    text: str
    step: str
    head: bool = False
    heading: str = ""

    @property
    def digest(self) -> bytes:
        """A few bytes that tell the words of a line, where they stand, from others; its signs where it has no words."""
        return self._digest(essence(self.text) or f"\0{self.text.strip()}")

    @property
    def undated(self) -> bytes:
        """The same without numbers and months, for a file that was written on another day."""
        return self._digest(_DATED.sub("", essence(self.text)))

    @property
    def place(self) -> str:
        """What a block remembers of the line above it, and of its headings: each phase has some of the same lines."""
        return self._digest(_DATED.sub("", f"{essence(self.heading)}\0{essence(self.text)}")).hex()

    @property
    def old_place(self) -> str:
        """The same as earlier versions remembered it."""
        return self.undated.hex()

    @property
    def section(self) -> str:
        """What tells where a line stands when its words are others: its step, else the program's last heading above."""
        words = self.heading.rpartition("\n")[2]
        return self._digest(_DATED.sub("", essence(words))).hex() if words else ""

    def under(self, step: str) -> "PageLine":
        """The same line below a step, or below none."""
        return replace(self, step=step)

    def _digest(self, words: str) -> bytes:
        return blake2b(f"{self.step}\0{words}".encode("utf-8", "replace"), digest_size=DIGEST).digest()


def bare(text: str) -> str:
    """A page without the program's comments at its end; the numbers of its lines stay."""
    return WRITTEN.sub(lambda m: "\n" * m[0].count("\n"), PLAN.sub("", text))


def lines_of(text: str, own: Collection[bytes] | None = None) -> Iterator[PageLine]:
    """The lines that hold words. All below a step belongs to it, up to the next step or heading.

    Only headings of the program end a step, those in `own`; without it all are. One that a reader put between the lines
    of a step stands below that step as well.
    """
    for line in all_lines(text, own):
        if line.head or essence(line.text):
            yield line


def all_lines(text: str, own: Collection[bytes] | None = None) -> Iterator[PageLine]:
    """The same with lines that hold signs alone: rules, fences and what stands below the heads of tables."""
    step, above = "", list[str]()
    for number, line in enumerate(bare(text).splitlines(), 1):
        marked = MARKER.search(line)
        if marked:
            step = unquote(marked[1])
        elif line.startswith("#") and (own is None or among(PageLine(number, line, ""), own)):
            level = len(line) - len(line.lstrip("#"))
            step, above = "", [*above[: level - 1], *[""] * (level - 1 - len(above)), line]
        if line.strip():
            yield PageLine(number, line, step, bool(marked), "" if step else "\n".join(above))


def among(line: PageLine, own: Collection[bytes]) -> bool:
    """Whether a line is one of those whose digests, with their dates or without, these are."""
    return line.digest in own or line.undated in own


def plan_of(text: str) -> str:
    """The id of the plan that a page was written from; empty when it says none."""
    found = PLAN.search(text)
    return found[1] if found else ""


def whose(text: str) -> str:
    """Whose page it is by its title, as " of Ada"; empty where the title names nobody."""
    found = re.search(r"^# ([^\n:]+): ", text, re.MULTILINE)
    return f" of {found[1].strip()}" if found else ""


def written(text: str, saved_id: str = "", blocks: Collection[bytes] = ()) -> str:
    """The comment that says which lines are the program's, of which plan, and which of a reader's `blocks` it holds."""
    lines = dict.fromkeys([*(line.digest for line in lines_of(text)), *sorted(blocks)])
    packed = b64encode(b"".join(lines)).decode("ascii")
    named = f"<!-- roadmap:plan {saved_id} -->\n" if saved_id else ""
    return (
        named + "<!-- roadmap:written\n" + "\n".join(packed[i : i + 100] for i in range(0, len(packed), 100)) + " -->\n"
    )


def known_lines(text: str) -> set[bytes]:
    """The digests that a file brings along; an empty set when it has none."""
    return set(known_order(text))


def known_order(text: str) -> list[bytes]:
    """The same in the order in which the program wrote the lines."""
    found = WRITTEN.search(text)
    try:
        data = b64decode(re.sub(r"\s", "", found[1]), validate=True) if found else b""
    except ValueError:
        return []
    return [data[i : i + DIGEST] for i in range(0, len(data), DIGEST)]


def sync_id(step: str, text: str) -> str:
    """The id of what sync takes in: the same text below the same step is the same event."""
    return SYNCED + blake2b(f"{step}\0{text}".encode("utf-8", "replace"), digest_size=6).hexdigest()


class Personal:
    """What stands beside the plan itself. Without progress there is nothing."""

    def __init__(self, now: Progress | None, journal: Iterable[Event] = ()) -> None:
        self.now = now
        self._texts: dict[str, list[str]] = {}
        for event in effective(journal):
            if event.kind == "note" and event.id.startswith(SYNCED):
                self._texts.setdefault(event.step, []).append(event.text)

    def hours(self, step: str) -> float:
        """Hours that went into a step so far."""
        return self.now.standing.hours.get(step, 0.0) if self.now else 0.0

    def checked(self, step: str, check: str) -> bool:
        """Whether somebody ticked one of the checks of a step."""
        return CHECKED + check in self._texts.get(step, ())

    def links(self, step: str) -> list[str]:
        """What shows the work on a step: its evidence, and links that were added before it was done."""
        done = self.now.standing.done.get(step) if self.now else None
        shown = [done.evidence] if done and done.evidence else []
        added = [t.removeprefix(LINK) for t in self._texts.get(step, ()) if t.startswith(LINK)]
        return list(dict.fromkeys(shown + added))

    def notes(self, step: str) -> list[str]:
        """Notes of mentor and mentee on a step."""
        return [t for t in self._texts.get(step, ()) if not t.startswith((CHECKED, LINK))]

    def commitment(self, label: str) -> str:
        """What was last promised under a label, or an empty text."""
        said = [t for t in self._texts.get("", ()) if t.startswith(label + ": ")]
        return said[-1].removeprefix(label + ": ") if said else ""

    def remarks(self) -> list[str]:
        """Notes on the whole plan."""
        labels = tuple(label + ": " for label in COMMITMENTS)
        return [t for t in self._texts.get("", ()) if not t.startswith(labels)]
