"""An edited Markdown plan read back: what people ticked, wrote and added, as events for the journal.

Pure: text and progress in, events and findings out. Whatever is not understood is kept as it was and where it was
(`own_words`), so nothing that somebody typed gets lost, and every line is accounted for by its number.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress, effective
from roadmap.render.blocks import BEHIND, START, digests_of, kept_blocks, place_of
from roadmap.render.clean import clean
from roadmap.render.keyed import Keyed, boxed, keyed, plain
from roadmap.render.numbers import beyond_usual, hours, number
from roadmap.render.own_words import LONGEST_PART, KnownBlocks, OwnRun, Source, goes_on, in_short, parts_of, sign_of
from roadmap.render.personal import (
    CHECKED,
    COMMITMENTS,
    LINK,
    MARKER,
    STEPS,
    SYNCED,
    PageLine,
    all_lines,
    essence,
    known_lines,
    known_order,
    lines_of,
    sync_id,
)
from roadmap.render.synced import Synced, Taking
from roadmap.render.unwrap import named, unwrapped, without_strangers

# Lines of the program are shorter than that, and looking for them in what somebody typed takes its time.
LONGEST_LINE, MOST_LOOKS = 800, 300


@dataclass
class _Step:
    """A step as the file shows it: the line that names it, its tick, and what stands below it."""

    head: PageLine
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
    whole: str = "",
) -> Synced:
    """New events of an edited file, and what was made of each edited line.

    `steps` are those that the plan knows, `fresh` the file as it would be written today: it stands in when the edited
    one has lost the comment that tells its own lines, and so does `whole`, the file had nothing of it ended. Then
    nothing above the steps is read, since the answer changes with the day.
    """
    own = known_lines(text)
    titles = {id_: catalogue.modules[id_].title for id_ in steps if id_ in catalogue.modules}
    text = unwrapped(without_strangers(text, own, steps), own) if own else named(text, titles)
    reader = _PageReader(now, catalogue, list(journal), set(steps), text)
    like = set() if own else {line.undated for page in (fresh, whole) for line in lines_of(page)}
    # Headings that somebody wrote end no step, nor do those that came back with their words.
    lines = list(all_lines(text, (own or like) - reader.mine if own or like else None))
    begin = 0 if own else next((line.number for line in lines if essence(line.text) == essence(STEPS)), 0)
    reader.missing = own - {line.digest for line in lines}
    for line in lines:
        if line.number < begin:
            reader.source.pass_by(line)
            continue
        reader.line(line, own=line.digest in own or (not sign_of(line) and line.undated in like))
    reader.close([line for line in lines_of(fresh) if line.head])
    return reader.out.found


class _PageReader:
    """Goes down the file; a step's own events are made when its block ends."""

    def __init__(self, now: Progress, catalogue: Catalogue, journal: list[Event], steps: set[str], text: str) -> None:
        self.now, self.catalogue, self.steps = now, catalogue, steps
        self.source, self.order = Source(text), known_order(text)
        self.own = set(self.order)
        self.journal = journal
        blocks = kept_blocks(journal)
        self.blocks, self.kept = KnownBlocks(blocks), {e.id: digests_of(e) for e in blocks}
        self.mine = {digest for digests in self.kept.values() for digest in digests}
        self.places: set[tuple[str, str]] = {("", START)}
        self.missing: set[bytes] = set()
        self.looks = MOST_LOOKS
        self.out = Taking(journal, now.today)
        self.found: dict[str, _Step] = {}
        self.seen: set[str] = set()
        self.digests: set[bytes] = set()
        self.moved: list[tuple[Event, OwnRun]] = []
        self.run: OwnRun | None = None
        self.note: tuple[PageLine, int, str] | None = None

    def line(self, line: PageLine, *, own: bool) -> None:
        """Reads one line; `own` says that its words are the program's."""
        if sign_of(line) and self.source.program(line, self.run):
            self._end_run()
            return
        self.digests.add(line.digest)
        if self.note and not own and goes_on(replace(self.note[0], number=self.note[1]), line):
            # An editor wrapped a note.
            self.note = (self.note[0], line.number, f"{self.note[2]} {plain(line.text.strip())}")
            self.source.pass_by(self.note[0], line.number)
            return
        self._end_note()
        whole, more = ("", "") if own or not line.step else self._added(line)
        if more:
            line, own = replace(line, text=whole), True
        box, words = boxed(MARKER.sub("", line.text).rstrip())
        words = plain(words)
        said = None if line.head or line.step not in self.steps else keyed(words, self.now.today)
        # Words that stand in a block of the reader's, too, are not for that the program's here.
        own = own and not (said and line.digest in self.mine)
        if not line.head and self._free(line, words, said, own=own, ticked=box == "x"):
            self._collect(line, words, said, box=box is not None)
            return
        self._end_run()
        if line.head:
            self._head(line, words, box, own=own)
        elif line.step in self.found:
            self._below(line, words, said, ticked=box == "x", own=own)
        elif not own:
            self._commitment(line, words)
        if more:
            self._note(line, more, "", understood=False)
        self.source.pass_by(line)
        self.places |= {(line.step, line.place), (line.step, line.old_place)} if own else set()

    def _added(self, line: PageLine) -> tuple[str, str]:
        """A line of the program that stands nowhere else, and what somebody wrote behind it; empty where it is none."""
        text = MARKER.sub("", line.text).rstrip()
        self.looks -= 1
        if self.looks < 0 or len(text) > LONGEST_LINE or not self.missing:
            return "", ""
        for end in reversed([i for i, sign in enumerate(text) if sign == " "]):
            if replace(line, text=text[:end]).digest in self.missing:
                return text[:end], text[end:].strip(" -–—:;,")
        return "", ""

    def _free(self, line: PageLine, words: str, said: Keyed | None, *, own: bool, ticked: bool) -> bool:
        """Whether a line is the reader's own: it is not the program's, and says nothing that the plan has a key for."""
        if said and not said.why and line.step in self.found:
            return bool(self.run and self.run.holds(line))
        if line.digest in self.mine:
            return True
        if own or (ticked and words in self._checks(line.step)):
            return False
        return line.step in self.found or not words.startswith(tuple(c + ":" for c in COMMITMENTS))

    def _collect(self, line: PageLine, words: str, said: Keyed | None, *, box: bool) -> None:
        if self.run is None:
            self.run = self.source.start(line)
            self.run.step = line.step if line.step in self.steps else ""
        held = self.run.holds(line)
        self.run.add(line, box=box)
        why = said.why if said else ""
        if said and held and not why:
            why = f"stands below a box of yours, so {line.step} has none of it"
        if why:
            self.run.why.append((line.number, f"“{in_short(words)}”: {why}"))

    def _end_run(self) -> None:
        """Keep a run of the reader's lines as it stands; what is known already stays what it is."""
        run, self.run = self.run, None
        if run is None:
            return
        self.source.end(run)
        lines = self.source.text(run)
        known, rest = self.blocks.first(lines, run)
        self.seen |= {block.id for block in known}
        self.moved += [(block, run) for block in known if place_of(block.after) != place_of(run.after)]
        at, why = run.first + len(lines) - len(rest), list(run.why)
        at += next((i for i, line in enumerate(rest) if line.strip()), 0)
        for part in parts_of(rest):
            id_ = self.out.id_of(run.step, part)
            if id_ in self.seen:
                # The same words once more, in another place.
                id_ = self.out.id_of(run.step, f"{place_of(run.after)}\0{part}")
            self.seen.add(id_)
            if self.out.add(run.step, "note", id_, text=part, after=run.after):
                self.out.say(at, "unknown", in_short(part))
                for where, text in why:
                    self.out.say(where, "left", text)
                why = []

    def _head(self, line: PageLine, words: str, box: str | None, *, own: bool) -> None:
        step, said = line.step, ""
        if step not in self.steps and step in self.catalogue.modules:
            said = f"{step} is not in this plan any more; what is ticked or logged of it is kept"
            self.steps.add(step)
        elif step not in self.steps:
            said = f'there is no step "{clean(step)}" in this plan; its lines are kept as notes'
        elif step in self.found:
            said = f"{step} stands here a second time; the first one counts for the tick"
        elif box is None:
            said = f"{step} has lost its box, so its tick cannot be read; [x] ticks it"
        elif box not in ("x", " "):
            said = f"{step}: [{box}] is no tick; [x] is, and roadmap skip {step} leaves it out"
        elif "~~" in line.text:
            said = f"{step} is struck through; roadmap skip {step} leaves it out"
        if said:
            self.out.say(line.number, "left", said)
        self.found.setdefault(step, _Step(line, box == "x"))
        if not own:
            self._note(line, words, "", understood=False)

    def _below(self, line: PageLine, words: str, said: Keyed | None, *, ticked: bool, own: bool) -> None:
        if ticked and words in self._checks(line.step):
            self._note(line, CHECKED + words, "ticked a check")
        elif said and not own:
            self._keyed(line, said)

    def _checks(self, step: str) -> list[str]:
        module = self.catalogue.modules.get(step)
        return [clean(text) for text in module.done_when] if module else []

    def _keyed(self, line: PageLine, said: Keyed) -> None:
        step = self.found[line.step]
        match said.key:
            case "hours":
                step.hours = (line.number, said.hours)
            case "done":
                step.ticked, step.on = True, said.on
            case "link":
                step.link = said.text
                done = self.now.standing.done.get(line.step)
                if not (done and done.evidence == said.text):
                    self._note(line, LINK + said.text, "link")
                if said.words and essence(said.words) != essence(said.text.partition("://")[2]):
                    self._note(line, said.words, "note")
            case "note":
                self.note = (line, line.number, said.text)

    def _end_note(self) -> None:
        note, self.note = self.note, None
        if note:
            self._note(note[0], note[2], "note")

    def _commitment(self, line: PageLine, words: str) -> None:
        label = next(c for c in COMMITMENTS if words.startswith(c + ":"))
        said = words.removeprefix(label + ":").strip()
        if said:
            self._note(line, f"{label}: {said}", "commitment")

    def _note(self, line: PageLine, text: str, what: str, *, understood: bool = True) -> None:
        step = line.step if line.step in self.steps else ""
        for start in range(0, len(text), LONGEST_PART):
            part = text[start : start + LONGEST_PART]
            if not self.out.add(step, "note", self.out.id_of(step, part), text=part):
                continue
            told = in_short(part.removeprefix(LINK).removeprefix(CHECKED))
            self.out.say(line.number, "taken" if understood else "unknown", f"{what}: {told}" if understood else told)

    def close(self, heads: Sequence[PageLine]) -> None:
        """Ticks and hours, once all lines of all blocks are read; then what the reader took out or moved."""
        self._end_run()
        self._end_note()
        today = {head.step: head.undated for head in heads}
        for step, block in self.found.items():
            if step in self.steps:
                self._hours(step, block)
                self._tick(step, block, today.get(step))
        for kept, run in self.moved:
            self._move(kept, run)
        new = {line.strip() for e in self.out.found.events if e.kind == "note" for line in e.text.splitlines()}
        moved = {kept.id for kept, _ in self.moved}
        for event in effective(self.journal):
            if event.id not in moved and self._taken_out(event):
                self.out.add("", "undone", self.out.id_of("undone", event.id), of=event.id)
                if event.text.strip().partition("\n")[0].strip() not in new:
                    self.out.say(0, "taken", f"taken out: {in_short(event.text)}")
        self._order(heads)

    def _move(self, block: Event, run: OwnRun) -> None:
        """A block that stands elsewhere than it was put, since the line above it still is where it was."""
        if (block.step, place_of(block.after).removesuffix(BEHIND)) not in self.places:
            return
        id_ = self.out.id_of(block.step, f"{place_of(run.after)}\0{block.text}")
        self.out.add(block.step, "note", id_, text=block.text, after=run.after)
        self.out.add("", "undone", self.out.id_of("undone", block.id), of=block.id)
        self.out.say(run.first, "taken", f"moved: {in_short(block.text)}")

    def _taken_out(self, event: Event) -> bool:
        """Whether a note that stood in the file when it was written is not there any more."""
        if event.kind != "note" or not event.id.startswith(SYNCED) or event.id in self.seen:
            return False
        if event.after:
            kept = self.kept.get(event.id, set())
            return bool(kept) and kept <= self.own
        if event.text.startswith((CHECKED, LINK)) or not event.step:
            return False
        shown = PageLine(0, f"- Note: {event.text}", event.step).digest
        return shown in self.own and shown not in self.digests

    def _order(self, heads: Sequence[PageLine]) -> None:
        """Say what an order of one's own or a step that was removed means."""
        open_ = {s.id for s in self.now.plan.steps}
        # The page may be of another day, on which the steps stood otherwise.
        first = {digest: place for place, digest in reversed(list(enumerate(self.order)))}
        theirs = [first[s.head.digest] for id_, s in self.found.items() if id_ in open_ and s.head.digest in first]
        if theirs != sorted(theirs):
            text = "the steps stand in another order here; the plan keeps its own, which goes by what each step needs"
            self.out.say(0, "left", text)
        for head in heads:
            if head.step in open_ and head.step not in self.found and head.digest in self.own:
                text = f"{head.step} is not in the file any more; it stays (roadmap skip {head.step} leaves it out)"
                self.out.say(0, "left", text)

    def _hours(self, step: str, block: _Step) -> None:
        if block.hours is None:
            return
        line, given = block.hours
        spent = self.now.standing.hours.get(step, 0.0)
        more = round(given - spent, 2)
        if not more:
            return
        if more < 0 and PageLine(line, f"- Hours: {number(spent)}", step).digest not in self.own:
            # The file never showed what the plan has by now, so nobody corrected that.
            text = f"{step}: {hours(given)} here, {hours(spent)} in the plan; the plan's are kept"
            self.out.say(line, "left", text)
            return
        id_ = sync_id(step, f"hours {number(given)} {len(self.out.known)}")
        if self.out.add(step, "logged", id_, hours=more, on=block.on):
            what = f"{number(more)} h more" if more > 0 else f"corrected by {number(-more)} h"
            self.out.say(line, "taken", f"{step}: {what}, {number(given)} h in all")
            module = self.catalogue.modules.get(step)
            if module and (usual := beyond_usual(given, module.hours)):
                self.out.say(line, "left", f"{step} usually takes {usual}; correct the line if that was a slip")

    def _tick(self, step: str, block: _Step, today: bytes | None) -> None:
        module = self.catalogue.modules.get(step)
        exam = module.certification if module and module.kind == "certify" else None
        passed = exam in self.now.standing.passed if exam else False
        if not block.ticked:
            # A page that was written before the step was done shows no tick that anybody could have taken off.
            if (step in self.now.standing.done or passed) and block.head.undated == today:
                text = f"{step} is done in the plan and not ticked here; it stays done (roadmap undo takes it back)"
                self.out.say(block.head.number, "left", text)
            return
        if step in self.now.standing.done or passed:
            return
        id_ = sync_id(step, f"done {len(self.out.known)}")
        if exam:
            made = self.out.add("", "exam", id_, on=block.on, exam=exam)
            what = "passed"
        else:
            shown = block.link or next(iter(self._added_links(step)), "")
            made = self.out.add(step, "done", id_, on=block.on, evidence=shown, anyway=not shown)
            what = "done" if shown else "done, without anything that shows it"
        if made:
            self.out.say(block.head.number, "taken", f"{step}: {what}")

    def _added_links(self, step: str) -> list[str]:
        return [e.text.removeprefix(LINK) for e in self.out.found.events if e.step == step and e.text.startswith(LINK)]
