"""An edited Markdown plan read back: what people ticked, wrote and added, as events for the journal.

Pure: text and progress in, events and findings out. Whatever is not understood is kept as a note, so nothing that
somebody typed gets lost, and every line is accounted for by its number.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, EventKind, Progress
from roadmap.model.typed import day_of, hours_of
from roadmap.render.clean import WORD_JOINER, clean
from roadmap.render.numbers import hours, number
from roadmap.render.personal import (
    CHECKED,
    COMMITMENTS,
    LINK,
    MARKER,
    STEPS,
    Line,
    essence,
    known_lines,
    lines_of,
    sync_id,
)

LONGEST_NOTE = 1900
MOST_HOURS = 1000.0
_ITEM = re.compile(r"^\s*(?:(?:[-*+]|\d+[.)])\s+)?(?:\[([ xX])\]\s)?\s*(.*?)\s*$")
_KEY = re.compile(r"(hours|link|note|done)\s*:\s*(.*)", re.IGNORECASE)
_LINK = re.compile(r"\[.*\]\((\S+)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Finding:
    """What became of a line: taken, left as the plan has it, or not understood and kept as a note."""

    line: int
    kind: str
    text: str


@dataclass
class Synced:
    """What a file brings: events that are new, in its order, and what to tell about its lines."""

    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Block:
    """A step as the file shows it."""

    line: int
    ticked: bool
    hours: tuple[int, float] | None = None
    on: date | None = None
    link: str = ""


def read_markdown(
    text: str, now: Progress, catalogue: Catalogue, known: Collection[str], steps: Collection[str], fresh: str = ""
) -> Synced:
    """New events of an edited file, and what was made of each edited line.

    `known` are the ids of the events that the journal has, `steps` the steps that the plan knows, `fresh` the file as
    it would be written today: it stands in when the edited one has lost the comment that tells its own lines. Then
    nothing above the steps is read, since the answer changes with the day.
    """
    reader = _Reader(now, catalogue, set(known), set(steps))
    own = known_lines(text)
    like = set() if own else {line.undated for line in lines_of(fresh)}
    lines = list(lines_of(text))
    begin = 0 if own else next((line.number for line in lines if essence(line.text) == essence(STEPS)), 0)
    for line in lines:
        reader.line(line, own=line.digest in own or line.undated in like or line.number < begin)
    reader.close()
    return reader.out


class _Reader:
    """Goes down the file; a step's own events are made when its block ends."""

    def __init__(self, now: Progress, catalogue: Catalogue, known: set[str], steps: set[str]) -> None:
        self.now, self.catalogue, self.known, self.steps = now, catalogue, known, steps
        self.out = Synced()
        self.blocks: dict[str, _Block] = {}

    def line(self, line: Line, *, own: bool) -> None:
        """Reads one line; `own` says that its words are the program's."""
        match = _ITEM.match(MARKER.sub("", line.text))
        tick, words = (match[1] or "", plain(match[2])) if match else ("", line.text)
        if line.head:
            self._head(line, words, ticked=tick in ("x", "X"), marked=bool(tick), own=own)
        elif line.step in self.blocks:
            self._below(line, words, ticked=tick in ("x", "X"), own=own)
        elif not own:
            self._remark(line, words)

    def _head(self, line: Line, words: str, *, ticked: bool, marked: bool, own: bool) -> None:
        if line.step not in self.steps:
            self._say(
                line, "unknown", f'there is no step "{clean(line.step)}" in this plan; its lines are kept as notes'
            )
        elif line.step in self.blocks:
            self._say(line, "unknown", f"{line.step} stands here a second time; the first one counts for the tick")
        elif not marked:
            self._say(line, "unknown", f"{line.step} has lost its box, so its tick cannot be read")
        self.blocks.setdefault(line.step, _Block(line.number, ticked))
        if not own:
            self._note(line, words, "", understood=False)

    def _below(self, line: Line, words: str, *, ticked: bool, own: bool) -> None:
        key = _KEY.fullmatch(words)
        if ticked and words in self._checks(line.step):
            self._note(line, CHECKED + words, "ticked a check")
        elif own:
            return
        elif key and line.step in self.steps:
            self._keyed(line, key[1].casefold(), key[2].strip())
        else:
            self._note(line, words, "", understood=False)

    def _checks(self, step: str) -> list[str]:
        module = self.catalogue.modules.get(step)
        return [clean(text) for text in module.done_when] if module else []

    def _keyed(self, line: Line, key: str, value: str) -> None:
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
                block.on = found if isinstance(found, date) else None
                if block.on is None or block.on > self.now.today:
                    block.on = None
                    self._note(line, f"Done: {value}", "", understood=False)
            case "link" if value:
                linked = _LINK.fullmatch(value)
                block.link = linked[1] if linked else value
                done = self.now.standing.done.get(line.step)
                if not (done and done.evidence == block.link):
                    self._note(line, LINK + block.link, "link")
            case "note" if value:
                self._note(line, value, "note")

    def _remark(self, line: Line, words: str) -> None:
        """A line that belongs to no step: a commitment, or a note on the whole plan."""
        label = next((c for c in COMMITMENTS if words.startswith(c + ":")), "")
        if label:
            said = words.removeprefix(label + ":").strip()
            if said:
                self._note(line, f"{label}: {said}", "commitment")
        else:
            self._note(line, words, "", understood=False)

    def _note(self, line: Line, text: str, what: str, *, understood: bool = True) -> None:
        step = line.step if line.step in self.steps else ""
        for start in range(0, len(text), LONGEST_NOTE):
            part = text[start : start + LONGEST_NOTE]
            if not self._add(step, "note", sync_id(step, part), text=part):
                continue
            if understood:
                self._say(line, "taken", f"{what}: {clean(part)}")
            else:
                self._say(line, "unknown", f"not understood, kept as a note: {clean(part)}")

    def close(self) -> None:
        """Ticks and hours, once all lines of all blocks are read."""
        for step, block in self.blocks.items():
            if step in self.steps:
                self._hours(step, block)
                self._tick(step, block)

    def _hours(self, step: str, block: _Block) -> None:
        if block.hours is None:
            return
        line, given = block.hours
        spent = self.now.standing.hours.get(step, 0.0)
        more = round(given - spent, 2)
        if more < 0:
            text = f"{step}: {hours(given)} here, {hours(spent)} in the plan; the plan's are kept"
            self.out.findings.append(Finding(line, "left", text))
        elif more and step not in self.now.standing.done:
            id_ = sync_id(step, f"hours {number(given)} {len(self.known)}")
            if self._add(step, "logged", id_, hours=more, on=block.on):
                self.out.findings.append(
                    Finding(line, "taken", f"{step}: {number(more)} h more, {number(given)} h in all")
                )
        elif more:
            text = f"{step} is done with {hours(spent)}; {hours(given)} were not taken"
            self.out.findings.append(Finding(line, "left", text))

    def _tick(self, step: str, block: _Block) -> None:
        module = self.catalogue.modules.get(step)
        exam = module.certification if module and module.kind == "certify" else None
        passed = exam in self.now.standing.passed if exam else False
        if not block.ticked:
            if step in self.now.standing.done or passed:
                text = f"{step} is done in the plan and not ticked here; it stays done (roadmap undo takes it back)"
                self.out.findings.append(Finding(block.line, "left", text))
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
            self.out.findings.append(Finding(block.line, "taken", f"{step}: {what}"))

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
    ) -> bool:
        """Adds an event unless the journal has it already."""
        if id_ in self.known:
            return False
        self.known.add(id_)
        event = Event(
            id=id_, on=on or self.now.today, kind=kind, step=step, hours=hours, evidence=evidence, anyway=anyway
        )
        event = replace(event, text=text, exam=exam, result="passed" if exam else None)
        self.out.events.append(event)
        return True

    def _say(self, line: Line, kind: str, text: str) -> None:
        self.out.findings.append(Finding(line.number, kind, text))


def plain(markdown: str) -> str:
    """The words of a line without the escapes that Markdown needs, on one line and without control codes."""
    bare = markdown.replace(WORD_JOINER, "")
    linked = _LINK.fullmatch(bare)
    return clean(bare if linked else unescape(_ESCAPED.sub(r"\1", bare)))
