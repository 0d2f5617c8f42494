"""The steps of a plan as a page: the chart, the phases with their steps and checks, what is left out, the sources."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from roadmap.model.journal import Event, Progress
from roadmap.model.plan import LeftOut, Plan, Step
from roadmap.render.clean import clean
from roadmap.render.layout import (
    Block,
    Chart,
    Fold,
    Heading,
    Item,
    Items,
    Line,
    Span,
    bullets,
    facts,
    line,
    paragraph,
    quiet,
    strong,
    table,
)
from roadmap.render.numbers import about, dated, day, listing, money, number, sentence, span
from roadmap.render.opening import Opened
from roadmap.render.parts import Part, parts
from roadmap.render.personal import COMMITMENTS, STEPS, Personal
from roadmap.render.reasons import Told, step_reasons
from roadmap.render.sources import used_sources
from roadmap.render.tasks import finished
from roadmap.render.wording import Words, nothing_to_do

HELD = ("held", "exam-held")
LONG_AGO = timedelta(days=182)


def steps_page(
    plan: Plan, words: Words, now: Progress | None = None, journal: Sequence[Event] = ()
) -> tuple[Block, ...]:
    """What follows the answer. With `now` and `journal`, of a saved plan, also what is done and what was added."""
    return tuple(_Steps(plan, words, Personal(now, journal)).blocks())


class _Steps:
    def __init__(self, plan: Plan, words: Words, personal: Personal) -> None:
        self.plan, self.words, self.personal = plan, words, personal
        self.why = step_reasons(plan, words)
        self.sources = used_sources(plan)

    def blocks(self) -> Iterable[Block]:
        """Every part in order; a part without anything to say is not there."""
        plan = self.plan
        yield Heading(STEPS, anchor="steps")
        if not plan.steps:
            yield paragraph(nothing_to_do(plan))
        else:
            yield paragraph(self.words.work(plan) + ". Each step says when it is done; somebody else could check it.")
            yield Chart(plan, self.words.catalogue)
        yield from self._commitments()
        yield from self._remarks()
        yield from self._done()
        for part in parts(plan):
            yield self._phase(part)
        yield from self._left_out()
        yield from self._notices()
        yield from self._sources()

    def _commitments(self) -> Iterable[Block]:
        if self.personal.now and self.plan.steps:
            yield Heading("Commitments", 3)
            said = [(label, self.personal.commitment(label)) for label in COMMITMENTS]
            yield bullets(f"{label}:{' ' + text if text else ''}" for label, text in said)

    def _remarks(self) -> Iterable[Block]:
        remarks = self.personal.remarks()
        if remarks:
            yield Heading("Notes", 3)
            yield bullets(remarks)

    def _done(self) -> Iterable[Block]:
        """Finished steps and passed exams, oldest first."""
        items = [
            Item(line(strong(one.title), f", done {day(one.on)}"), self._added(one.id), tick=True, step=one.id)
            for one in finished(self.personal.now, self.words.catalogue)
        ]
        if items:
            yield Heading("Done", 3)
            yield Items(tuple(items))

    def _added(self, step: str) -> tuple[Block, ...]:
        """The lines below a step that people may edit."""
        spent = self.personal.hours(step)
        rows: list[tuple[str, str | Line | Items]] = [("Hours", number(spent) if spent else "")]
        rows += [("Link", line(Span(text, text))) for text in self.personal.links(step)]
        rows += [("Note", text) for text in self.personal.notes(step)]
        made = facts(rows)
        return (made,) if made.rows else ()

    def _phase(self, phase: Part) -> Fold:
        steps = tuple(self._step(step) for step in phase.steps)
        asked = bullets(self.words.questions(phase))
        blocks: tuple[Block, ...] = (
            paragraph(f"At the end: {phase.leaves[:1].lower()}{sentence(phase.leaves)[1:]}"),
            Items(steps),
            Heading("Before you go on, answer aloud", 4),
            Items(asked.items, ordered=True),
        )
        when = f"{span(phase.start, phase.finish)}, {about(phase.hours)}"
        return Fold(phase.heading, blocks, note=when, anchor=f"phase-{phase.number or phase.id}")

    def _step(self, step: Step) -> Item:
        module = step.module
        cost = f", {money(step.cost_usd)}" if step.cost_usd else ""
        head = line(strong(module.title), quiet(f", {self.words.effort(step)}, {span(step.start, step.finish)}{cost}"))
        checks = tuple(Item(line(text), tick=self.personal.checked(step.id, clean(text))) for text in module.done_when)
        return Item(
            head,
            (
                facts(
                    [
                        ("What", module.summary),
                        ("Here", sentence(step.project_adds)),
                        ("Why", self._why(self.why[step.id])),
                        ("Open", Items(tuple(Item(self._opened(one)) for one in self.words.opened(step)))),
                        ("Done when", Items(checks)),
                        ("Leaves", bullets(module.evidence)),
                        ("Recall", self.words.recalls(self.plan, step)),
                    ]
                ),
                *self._added(step.id),
            ),
            tick=False,
            step=step.id,
        )

    def _why(self, told: Sequence[Told]) -> Items:
        return Items(tuple(Item(line(text, quiet(self._from([reason.source])))) for reason, text in told))

    def _opened(self, one: Opened) -> Line:
        checked = one.resource.checked
        old = checked < (self.plan.generated_on - LONG_AGO).isoformat()
        said = f": {self.words.of_resource(one)}" + (f", last checked {dated(checked)}" if old else "")
        return line(Span(one.resource.title, one.resource.url), said)

    def _left_out(self) -> Iterable[Block]:
        held = [x for x in self.plan.left_out if x.reason.code in HELD]
        missing = [x for x in self.plan.left_out if x.reason.code not in HELD]
        if missing or held or self.plan.later:
            yield Heading("Left out, and why", 3)
        if missing:
            yield table(("What", "Hours", "Why"), [self._omission(x) for x in missing], right=(1,), fixed=(1,))
        if self.plan.later:
            yield Heading("For later, in the job", 3)
            for why in dict.fromkeys(self.words.reason(x.reason) for x in self.plan.later):
                alike = [x for x in self.plan.later if self.words.reason(x.reason) == why]
                yield paragraph(why)
                yield table(
                    ("What", "Hours"), [(x.module.title, about(x.hours)) for x in alike], right=(1,), fixed=(1,)
                )
        if held:
            yield paragraph(f"You can do already: {'; '.join(x.title for x in held)}.")

    def _omission(self, left: LeftOut) -> tuple[str | Line, ...]:
        why = line(self.words.reason(left), quiet(self._from([left.reason.source])))
        return left.title, about(left.hours) if left.hours else "", why

    def _notices(self) -> Iterable[Block]:
        if self.plan.notices:
            yield Heading("Good to know", 3)
            yield bullets(line(self.words.notice(n), quiet(self._from([n.source]))) for n in self.plan.notices)

    def _sources(self) -> Iterable[Block]:
        known = [self.words.catalogue.sources[id_] for id_ in self.sources]
        if known:
            items = [Item(line(Span(s.title, s.url or ""), f", {dated(s.as_of)}")) for s in known]
            yield Fold("Sources", (Items(tuple(items), ordered=True),), anchor="sources")

    def _from(self, ids: Sequence[str]) -> str:
        """The numbers of sources in the list at the end, put behind a sentence."""
        numbers = [str(self.sources.index(id_) + 1) for id_ in ids if id_ in self.sources]
        return f" (source {listing(numbers)})" if numbers else ""
