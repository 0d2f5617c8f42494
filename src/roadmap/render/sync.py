"""An edited Markdown plan read back: what people ticked, wrote and added, as events for the journal.

Pure: text and progress in, events and findings out. Whatever is not understood is kept as it was and where it was
(`blocks`), so nothing that somebody typed gets lost, and every line is accounted for by its number.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, EventKind, Progress, taken_back
from roadmap.model.recorded import LONGEST, wrong_day
from roadmap.model.typed import day_of, hours_of
from roadmap.render.blocks import Block, digests_of, kept_blocks
from roadmap.render.clean import WORD_JOINER, clean
from roadmap.render.numbers import hours, number
from roadmap.render.personal import (
    CHECKED,
    COMMITMENTS,
    LINK,
    MARKER,
    STEPS,
    SYNCED,
    PageLine,
    bare,
    essence,
    known_lines,
    lines_of,
    sync_id,
)
from roadmap.render.unwrap import named, unwrapped

LONGEST_NOTE = 1900
MOST_HOURS = 1000.0
TICKS = ("x", "X", "✓", "✔")
_ITEM = re.compile(r"^\s*(?:(?:[-*+]|\d+[.)])\s+)?(?:\[([ xX✓✔/>~-])\]\s)?\s*(.*)")
_KEY = re.compile(r"(hours|link|evidence|note|done)\s*:\s*(.*)", re.IGNORECASE)
_LINK = re.compile(r"\[(.*)\]\((\S+)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class LineFinding:
    """What became of a line: taken, left as the plan has it, or not understood and kept as a note."""

    line: int
    kind: str
    text: str


@dataclass
class Synced:
    """What a file brings: events that are new, in its order, and what to tell about its lines."""

    events: list[Event] = field(default_factory=list)
    findings: list[LineFinding] = field(default_factory=list)


@dataclass
class _Step:
    """A step as the file shows it."""

    line: int
    ticked: bool
    hours: tuple[int, float] | None = None
    on: date | None = None
    link: str = ""


def read_markdown(
    text: str,
    now: Progress,
    catalogue: Catalogue,
    journal: Iterable[Event],
    steps: Collection[str],
    fresh: str = "",
) -> Synced:
    """New events of an edited file, and what was made of each edited line.

    `steps` are those that the plan knows, `fresh` the file as it would be written today: it stands in when the edited
    one has lost the comment that tells its own lines. Then nothing above the steps is read, since the answer changes
    with the day.
    """
    own = known_lines(text)
    titles = {id_: catalogue.modules[id_].title for id_ in steps if id_ in catalogue.modules}
    text = unwrapped(text, own) if own else named(text, titles)
    reader = _PageReader(now, catalogue, list(journal), set(steps), text)
    like = set() if own else {line.undated for line in lines_of(fresh)}
    lines = list(lines_of(text))
    begin = 0 if own else next((line.number for line in lines if essence(line.text) == essence(STEPS)), 0)
    for line in lines:
        if line.number < begin:
            reader.above = line
            continue
        reader.line(line, own=line.digest in own or line.undated in like)
    reader.close(own, [line for line in lines_of(fresh) if line.head])
    return reader.out


class _PageReader:
    """Goes down the file; a step's own events are made when its block ends."""

    def __init__(self, now: Progress, catalogue: Catalogue, journal: list[Event], steps: set[str], text: str) -> None:
        self.now, self.catalogue, self.steps = now, catalogue, steps
        self.source: Sequence[str] = bare(text).splitlines()
        # Whoever writes below the comments at the end does not mean them.
        self.comments = {i for i, line in enumerate(text.splitlines()) if line.strip() and not self.source[i].strip()}
        self.journal = journal
        self.known = {e.id for e in journal}
        self.gone = taken_back(journal)
        self.kept = {e.id: digests_of(e) for e in kept_blocks(journal)}
        self.mine = {digest for digests in self.kept.values() for digest in digests}
        self.out = Synced()
        self.blocks: dict[str, _Step] = {}
        self.seen: set[str] = set()
        self.above: PageLine | None = None
        self.run: Block | None = None

    def line(self, line: PageLine, *, own: bool) -> None:
        """Reads one line; `own` says that its words are the program's."""
        match = _ITEM.match(MARKER.sub("", line.text))
        tick, words = (match[1] or "", plain(match[2].rstrip())) if match else ("", line.text)
        if not line.head and self._free(line, words, own=own, ticked=tick in TICKS):
            self._collect(line)
            return
        self._end_run()
        if line.head:
            self._head(line, words, tick, own=own)
        elif line.step in self.blocks:
            self._below(line, words, ticked=tick in TICKS, own=own)
        elif not own:
            self._commitment(line, words)
        self.above = line

    def _free(self, line: PageLine, words: str, *, own: bool, ticked: bool) -> bool:
        """Whether a line is the reader's own: it is not the program's, and says nothing that the plan has a key for."""
        if line.digest in self.mine:
            return True
        if own or (ticked and words in self._checks(line.step)):
            return False
        if line.step in self.blocks:
            return not (_KEY.fullmatch(words) and line.step in self.steps)
        return not words.startswith(tuple(c + ":" for c in COMMITMENTS))

    def _collect(self, line: PageLine) -> None:
        above = self.above
        if self.run is None:
            first = above.number + 1 if above else line.number
            step = line.step if line.step in self.steps else ""
            place = above.place if above and above.step == line.step else "top"
            self.run = Block(first, line.number, step, place, "")
        self.run = replace(self.run, last=line.number)

    def _end_run(self) -> None:
        """Keep a run of the reader's lines as it stands, with what closes it: the end of a fence or a table."""
        run, self.run = self.run, None
        if run is None:
            return
        last = run.last
        while last < len(self.source) and self.source[last].strip() and not self._worded(last):
            last += 1
        lines = [self.source[i] for i in range(run.first - 1, last) if i not in self.comments]
        raw = "\n".join(lines).rstrip()
        for part in _parts(raw):
            id_ = self._id(run.step, part)
            self.seen.add(id_)
            if self._add(run.step, "note", id_, text=part, after=run.after):
                line = PageLine(run.first + len(raw) - len(raw.lstrip("\n")), part, run.step)
                self._say(line, "unknown", f"kept as a note: {clean(' '.join(part.split()))}")

    def _id(self, step: str, text: str) -> str:
        """The id of a note; what was taken back and is written again is another one."""
        id_, again = sync_id(step, text), 0
        while id_ in self.gone:
            again += 1
            id_ = sync_id(step, f"{text}\0{again}")
        return id_

    def _worded(self, index: int) -> bool:
        return bool(essence(self.source[index])) or bool(MARKER.search(self.source[index]))

    def _head(self, line: PageLine, words: str, tick: str, *, own: bool) -> None:
        step, ticked = line.step, tick in TICKS
        if step not in self.steps and step in self.catalogue.modules:
            self._say(line, "left", f"{step} is not in this plan any more; what is ticked or logged of it is kept")
            self.steps.add(step)
        elif step not in self.steps:
            self._say(line, "unknown", f'there is no step "{clean(step)}" in this plan; its lines are kept as notes')
        elif step in self.blocks:
            self._say(line, "unknown", f"{step} stands here a second time; the first one counts for the tick")
        elif not tick:
            self._say(line, "unknown", f"{step} has lost its box, so its tick cannot be read")
        elif tick not in (*TICKS, " "):
            self._say(line, "left", f"{step}: [{tick}] is no tick; [x] is, and roadmap skip {step} leaves it out")
        if "~~" in line.text:
            self._say(line, "left", f"{step} is struck through; roadmap skip {step} leaves it out")
        self.blocks.setdefault(step, _Step(line.number, ticked))
        if not own:
            self._note(line, words, "", understood=False)

    def _below(self, line: PageLine, words: str, *, ticked: bool, own: bool) -> None:
        key = _KEY.fullmatch(words)
        if ticked and words in self._checks(line.step):
            self._note(line, CHECKED + words, "ticked a check")
        elif own:
            return
        elif key and line.step in self.steps:
            self._keyed(line, key[1].casefold(), key[2].strip())

    def _checks(self, step: str) -> list[str]:
        module = self.catalogue.modules.get(step)
        return [clean(text) for text in module.done_when] if module else []

    def _keyed(self, line: PageLine, key: str, value: str) -> None:
        block = self.blocks[line.step]
        match key:
            case "hours":
                spent = hours_of(value)
                if spent is None or not 0 <= spent <= MOST_HOURS:
                    self._note(line, f"Hours: {value}", "", understood=False)
                else:
                    block.hours = (line.number, round(spent, 2))
            case "done":
                found = day_of(value, self.now.today, past=True)
                block.on = found if isinstance(found, date) and not wrong_day(found) else None
                if block.on is None or block.on > self.now.today:
                    block.on = None
                    self._note(line, f"Done: {value}", "", understood=False)
            case "link" | "evidence" if value:
                linked = linked_in(value)
                # Some editors write an address in angle brackets.
                block.link = linked[2] if linked else value.removeprefix("<").removesuffix(">")
                if len(block.link) > LONGEST:
                    block.link = ""
                    self._note(line, f"Link: {value}", "", understood=False)
                    return
                done = self.now.standing.done.get(line.step)
                if not (done and done.evidence == block.link):
                    self._note(line, LINK + block.link, "link")
                if linked and essence(linked[1]) != essence(linked[2].partition("://")[2]):
                    self._note(line, linked[1], "note")
            case "note" if value:
                self._note(line, value, "note")

    def _commitment(self, line: PageLine, words: str) -> None:
        label = next(c for c in COMMITMENTS if words.startswith(c + ":"))
        said = words.removeprefix(label + ":").strip()
        if said:
            self._note(line, f"{label}: {said}", "commitment")

    def _note(self, line: PageLine, text: str, what: str, *, understood: bool = True) -> None:
        step = line.step if line.step in self.steps else ""
        for start in range(0, len(text), LONGEST_NOTE):
            part = text[start : start + LONGEST_NOTE]
            if not self._add(step, "note", self._id(step, part), text=part):
                continue
            if understood:
                self._say(line, "taken", f"{what}: {clean(part)}")
            else:
                self._say(line, "unknown", f"kept as a note: {clean(part)}")

    def close(self, own: Collection[bytes], heads: Sequence[PageLine]) -> None:
        """Ticks and hours, once all lines of all blocks are read; then what the reader took out or moved."""
        self._end_run()
        for step, block in self.blocks.items():
            if step in self.steps:
                self._hours(step, block, own)
                self._tick(step, block)
        for event in self.journal:
            if self._taken_out(event, own):
                self._add("", "undone", self._id("undone", event.id), of=event.id)
                self.out.findings.append(LineFinding(0, "taken", f"taken out: {clean(' '.join(event.text.split()))}"))
        self._order(own, heads)

    def _taken_out(self, event: Event, own: Collection[bytes]) -> bool:
        """Whether a note that stood in the file when it was written is not there any more."""
        if event.kind != "note" or not event.id.startswith(SYNCED) or event.id in self.gone:
            return False
        if event.after:
            return event.id in self.kept and event.id not in self.seen and self.kept[event.id] <= set(own)
        if event.text.startswith((CHECKED, LINK)) or not event.step or event.id in self.seen:
            return False
        shown = PageLine(0, f"- Note: {event.text}", event.step)
        return shown.digest in own and not any(x.digest == shown.digest for x in lines_of("\n".join(self.source)))

    def _order(self, own: Collection[bytes], heads: Sequence[PageLine]) -> None:
        """Say what an order of one's own or a step that was removed means."""
        open_ = {s.id for s in self.now.plan.steps}
        ours = [h.step for h in heads if h.step in open_]
        theirs = [s for s in self.blocks if s in ours]
        if theirs != [s for s in ours if s in self.blocks]:
            text = "the steps stand in another order here; the plan keeps its own, which goes by what each step needs"
            self.out.findings.append(LineFinding(0, "left", text))
        for head in heads:
            if own and head.step in open_ and head.step not in self.blocks and head.digest in own:
                text = f"{head.step} is not in the file any more; it stays (roadmap skip {head.step} leaves it out)"
                self.out.findings.append(LineFinding(0, "left", text))

    def _hours(self, step: str, block: _Step, own: Collection[bytes]) -> None:
        if block.hours is None:
            return
        line, given = block.hours
        spent = self.now.standing.hours.get(step, 0.0)
        more = round(given - spent, 2)
        if not more:
            return
        if more < 0 and PageLine(line, f"- Hours: {number(spent)}", step).digest not in own:
            # The file never showed what the plan has by now, so nobody corrected that.
            text = f"{step}: {hours(given)} here, {hours(spent)} in the plan; the plan's are kept"
            self.out.findings.append(LineFinding(line, "left", text))
            return
        id_ = sync_id(step, f"hours {number(given)} {len(self.known)}")
        if self._add(step, "logged", id_, hours=more, on=block.on):
            what = f"{number(more)} h more" if more > 0 else f"corrected by {number(-more)} h"
            self.out.findings.append(LineFinding(line, "taken", f"{step}: {what}, {number(given)} h in all"))

    def _tick(self, step: str, block: _Step) -> None:
        module = self.catalogue.modules.get(step)
        exam = module.certification if module and module.kind == "certify" else None
        passed = exam in self.now.standing.passed if exam else False
        if not block.ticked and not block.on:
            if step in self.now.standing.done or passed:
                text = f"{step} is done in the plan and not ticked here; it stays done (roadmap undo takes it back)"
                self.out.findings.append(LineFinding(block.line, "left", text))
            return
        if step in self.now.standing.done or passed:
            return
        id_ = sync_id(step, f"done {len(self.known)}")
        if exam:
            made = self._add("", "exam", id_, on=block.on, exam=exam)
            what = "passed"
        else:
            shown = block.link or next(iter(self._added_links(step)), "")
            made = self._add(step, "done", id_, on=block.on, evidence=shown, anyway=not shown)
            what = "done" if shown else "done, without anything that shows it"
        if made:
            self.out.findings.append(LineFinding(block.line, "taken", f"{step}: {what}"))

    def _added_links(self, step: str) -> list[str]:
        return [e.text.removeprefix(LINK) for e in self.out.events if e.step == step and e.text.startswith(LINK)]

    def _add(
        self,
        step: str,
        kind: EventKind,
        id_: str,
        *,
        on: date | None = None,
        text: str = "",
        hours: float | None = None,
        evidence: str = "",
        anyway: bool = False,
        exam: str = "",
        after: str = "",
        of: str = "",
    ) -> bool:
        """Adds an event unless the journal has it already."""
        if id_ in self.known:
            return False
        self.known.add(id_)
        event = Event(
            id=id_, on=on or self.now.today, kind=kind, step=step, hours=hours, evidence=evidence, anyway=anyway
        )
        event = replace(event, text=text, exam=exam, result="passed" if exam else None, after=after, of=of)
        self.out.events.append(event)
        return True

    def _say(self, line: PageLine, kind: str, text: str) -> None:
        self.out.findings.append(LineFinding(line.number, kind, text))


def _parts(raw: str) -> list[str]:
    """A block in pieces that the journal keeps, cut between lines where that can be."""
    parts: list[list[str]] = [[]]
    for line in raw.split("\n"):
        for piece in [line[i : i + LONGEST_NOTE] for i in range(0, len(line), LONGEST_NOTE)] or [""]:
            if parts[-1] and sum(map(len, parts[-1])) + len(parts[-1]) + len(piece) > LONGEST_NOTE:
                parts.append([])
            parts[-1].append(piece)
    return [text for part in parts if (text := "\n".join(part)).strip()]


def linked_in(words: str) -> re.Match[str] | None:
    """Title and address, where words are a link; an address that is longer than any that is kept is none."""
    return _LINK.fullmatch(words) if len(words) <= 2 * LONGEST else None


def plain(markdown: str) -> str:
    """The words of a line without the escapes that Markdown needs, on one line and without control codes."""
    bare = markdown.replace(WORD_JOINER, "")
    linked = linked_in(bare)
    return clean(bare if linked else unescape(_ESCAPED.sub(r"\1", bare)))
