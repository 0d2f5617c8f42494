"""A plan as GitHub-flavoured Markdown that one would send to a person, and that reads well raw.

The only HTML is one comment per step, which says which step an item is, so that ticks can be read back.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress
from roadmap.model.plan import Exam, LeftOut, Plan, Step, Week
from roadmap.render.clean import WORD_JOINER, clean, shorten, web_address
from roadmap.render.json import used_sources
from roadmap.render.personal import COMMITMENTS, Personal, written
from roadmap.render.tasks import finished
from roadmap.render.wording import (
    STATUS_WORDS,
    UNLISTED,
    Words,
    dated,
    day,
    hours,
    listing,
    money,
    nothing_to_do,
    number,
    percent,
    period,
)

LONGEST_NAME = 80
# GitLab leaves longer Mermaid blocks undrawn.
LONGEST_CHART = 2000
HELD = ("held", "exam-held")
SYNC_HELP = (
    "Tick what is done. Below a step, a line `Hours: 6`, `Link: https://...` or `Note: ...`, indented like its others, "
    "goes back into the plan with `roadmap sync`."
)

_MARKUP = re.compile(
    r"""
      [\\`*\[\]{}|~$]                     # code, emphasis, links, templates, table cells, mathematics
    | (?<![^\W_])_ | _(?![^\W_])          # emphasis; an underscore inside a word means nothing
    | <(?![\s\d=])                        # HTML and addresses in angle brackets
    | &(?=\#?\w+;)                        # entities
    | (?<![A-Za-z])\# | \#(?=\w)          # headings, tags and references, but not C#
    | =(?==) | %(?=%)                     # highlights and comments in Obsidian
    | ^[-+>=]                             # lists, quotations and underlined headings at the start
    | :(?=//) | (?<=www)\.                # bare addresses, which would become links
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
# Forges look for mentions and references after Markdown is done, so a backslash does not help there.
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)")


def inline(text: str) -> str:
    """Text that shows as it is, on one line, anywhere inside a paragraph, heading, list item or table cell."""
    escaped = _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", clean(text)))
    return _REFERENCE.sub(r"\g<0>" + WORD_JOINER, escaped) or UNLISTED


def link(text: str, url: str | None) -> str:
    """A link for an http or https address, the mere text for anything else."""
    target = web_address(url)
    return f"[{inline(text)}]({target})" if target else inline(text)


def marker(step: str) -> str:
    """The invisible comment with a step's id, percent-encoded so that nothing in it can end the comment."""
    return f"<!-- step:{quote(step, safe='', errors='replace').replace('--', '-%2D')} -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table from cells that are Markdown already; a column whose head ends with a colon is set to the right."""
    rule = ["---:" if cell.endswith(":") else "---" for cell in head]
    names = [cell.removesuffix(":") for cell in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, rule, *rows))


def render_markdown(
    plan: Plan,
    catalogue: Catalogue,
    *,
    brief: bool = False,
    front_matter: bool = False,
    now: Progress | None = None,
    journal: Sequence[Event] = (),
) -> str:
    """A plan as Markdown with a final newline.

    `brief` gives one page with the steps as a list to tick; `front_matter` a YAML head. With `now` and `journal`, of a
    saved plan, it shows what is done and what was added, in the form that sync reads back.
    """
    page = _Page(plan, catalogue, Words(catalogue), used_sources(plan), Personal(now, journal))
    blocks = page.brief() if brief else page.full()
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return (page.front_matter() if front_matter else "") + text + ("\n" + written(text) if now else "")


@dataclass(frozen=True)
class _Page:
    """What every part of the page needs. Each part is one Markdown text, empty when there is nothing to say."""

    plan: Plan
    catalogue: Catalogue
    words: Words
    source_ids: Sequence[str]
    personal: Personal

    def full(self) -> list[str]:
        return [
            self.title(),
            self.summary(),
            self.options(),
            self.this_week(),
            self.commitments(),
            self.remarks(),
            self.timeline(),
            self.done(),
            *(self.phase(i) for i in range(len(self.plan.phases))),
            self.certificates(),
            self.left_out(),
            self.warnings(),
            self.sources(),
            self.ending(),
        ]

    def brief(self) -> list[str]:
        """What fits on a sheet of paper: the answer and the steps as a list to tick."""
        phases = [self.brief_phase(i) for i in range(len(self.plan.phases))]
        return [self.title(), self.summary(), self.options(), self.remarks(), self.done(), *phases, self.ending()]

    def front_matter(self) -> str:
        """A YAML head; JSON's strings and numbers are YAML as well."""
        plan = self.plan
        values = {
            "title": clean(self.words.title(plan)),
            "name": clean(plan.profile.name),
            "status": plan.status,
            "made": plan.generated_on.isoformat(),
            "start": plan.start.isoformat(),
            "finish": plan.finish.isoformat(),
            "hours": plan.hours,
            "cost_usd": plan.cost_usd,
            "tags": ["roadmap"],
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
        return "\n".join(["---", *lines, "---", "", ""])

    def title(self) -> str:
        name = shorten(clean(self.plan.profile.name), LONGEST_NAME)
        title = self.words.title(self.plan)
        return "# " + inline(f"{name}: {title}" if name else title)

    def summary(self) -> str:
        plan, words = self.plan, self.words
        lines = [] if plan.steps or plan.status != "feasible" else [nothing_to_do(self.plan), ""]
        if plan.steps:
            free, rest = words.free_of_charge(plan), words.uncounted(plan)
            odds = "; ".join(text for text in ("even odds", words.forecast(plan)) if text)
            lines = [
                f"- **Ready by** {day(plan.finish)} ({odds})",
                f"- **Work** {words.work(plan)}. {words.duration(plan)}",
                " ".join(f"- **Money** {words.cost(plan)}. {free} {rest}".split()),
            ]
        lines += [
            f"- **Coverage** {words.coverage(plan)}",
            f"- **Postings** {words.within_reach(plan)}",
            f"  - {words.reach(plan)}",
        ]
        main, detail = words.aims(plan)
        lines += [f"- **Aims** {inline(main)}"] if main else []
        lines += [f"  - {inline(detail)}"] if detail else []
        return "\n".join(lines)

    def options(self) -> str:
        if self.plan.status == "feasible":
            return ""
        status = f"**{STATUS_WORDS[self.plan.status]}**"
        changes = [f"- {inline(self.words.option(o))}" for o in self.plan.options]
        lead = ["", "Any one of these would make it whole:", ""] if changes else []
        return "\n".join([status, *lead, *changes])

    def this_week(self) -> str:
        week = self._week()
        if week is None:
            return ""
        now = week.start <= self.plan.generated_on
        head = "This week" if now else f"First week, from {day(max(week.start, self.plan.start))}"
        items = [f"- {inline(self.words.module(i.step))}, {hours(i.hours)}" for i in week.items]
        return "\n".join([f"## {head}", "", *items, "", self._next(week.items[0].step)])

    def _week(self) -> Week | None:
        """The first week with work that is not over on the day the plan was made."""
        busy = [w for w in self.plan.weeks if w.items]
        return next((w for w in busy if (self.plan.generated_on - w.start).days < 7), busy[0] if busy else None)

    def _next(self, id_: str) -> str:
        step = self.plan.step(id_)
        title = f"**Next:** {inline(self.words.module(id_))}"
        if step is None or not step.resources:
            return title
        first = self.catalogue.resources[step.resources[0]]
        return f"{title}, starting with {link(first.title, first.url)}"

    def commitments(self) -> str:
        if not self.plan.steps:
            return ""
        said = [(label, self.personal.commitment(label)) for label in COMMITMENTS]
        lines = [f"- {label}:{' ' + inline(text) if text else ''}" for label, text in said]
        return "\n".join(["## Commitments", "", *lines])

    def remarks(self) -> str:
        lines = [f"- {inline(text)}" for text in self.personal.remarks()]
        return "\n".join(["## Notes", "", *lines]) if lines else ""

    def done(self) -> str:
        """Finished steps and passed exams, oldest first."""
        lines = []
        for one in finished(self.personal.now, self.catalogue):
            lines += [f"- [x] **{inline(one.title)}** · done {day(one.on)} {marker(one.id)}", *self._added(one.id)]
        return "\n".join(["## Done", "", *lines]) if lines else ""

    def _added(self, step: str) -> list[str]:
        """The lines below a step that people may edit."""
        spent = self.personal.hours(step)
        lines = [f"  - Hours: {number(spent)}"] if spent else []
        lines += [f"  - Link: {link(text, text)}" for text in self.personal.links(step)]
        return lines + [f"  - Note: {inline(text)}" for text in self.personal.notes(step)]

    def brief_phase(self, index: int) -> str:
        phase = self.plan.phases[index]
        lines = [f"**{index + 1}. {inline(phase.title)}**, {period(phase.start, phase.finish)}", ""]
        for step in self.plan.steps:
            if step.phase == phase.id:
                title = inline(step.module.title)
                lines += [f"- [ ] {title}, {hours(step.hours)}, by {day(step.finish)} {marker(step.id)}"]
                lines += self._added(step.id)
        return "\n".join(lines)

    def timeline(self) -> str:
        plan = self.plan
        if not plan.phases:
            return ""
        rows = [
            (str(i), inline(p.title), period(p.start, p.finish), hours(p.hours)) for i, p in enumerate(plan.phases, 1)
        ]
        exams = [("", f"Exam {inline(e.certification.label)}", day(e.exam_on), "") for e in plan.exams]
        spans = table(("", "Phase", "When", "Work:"), rows + exams)
        return "\n\n".join(block for block in ("## Timeline", gantt(plan), spans) if block)

    def phase(self, index: int) -> str:
        phase = self.plan.phases[index]
        lines = [
            f"## {index + 1}. {inline(phase.title)}",
            "",
            f"{period(phase.start, phase.finish)}, {hours(phase.hours)}.",
            inline(phase.because) + self._from([phase.source]),
            "",
        ]
        for step in self.plan.steps:
            if step.phase == phase.id:
                lines += self._step(step)
        asked = [f"{i}. {inline(text)}" for i, text in enumerate(self.words.questions(self.plan, phase), 1)]
        return "\n".join([*lines, "", "**Three questions for the mentor to ask here**", "", *asked])

    def _step(self, step: Step) -> list[str]:
        module = step.module
        parts = [f"**{inline(module.title)}**", self.words.effort(step), period(step.start, step.finish)]
        if step.cost_usd:
            parts.append(money(step.cost_usd))
        why = [inline(self.words.reason(r)) + self._from([r.source]) for r in step.reasons]
        return [
            f"- [ ] {' · '.join(parts)} {marker(step.id)}",
            f"  - What: {inline(module.summary)}",
            *_nested("Why", why),
            *_labelled("Brings", self.words.buys(self.plan, step)),
            *_labelled("Recall", self.words.recalls(self.plan, step)),
            "  - Done when",
            *(self._check(step.id, text) for text in module.done_when),
            *_nested("Leaves behind", [inline(text) for text in module.evidence]),
            *_nested("Resources", [self._resource(r) for r in step.resources]),
            *self._added(step.id),
        ]

    def _check(self, step: str, text: str) -> str:
        ticked = self.personal.checked(step, clean(text))
        return f"    - [{'x' if ticked else ' '}] {inline(text)}"

    def _resource(self, id_: str) -> str:
        resource = self.catalogue.resources[id_]
        checked = inline(dated(resource.checked))
        return f"{link(resource.title, resource.url)}: {self.words.price(id_)}, checked {checked}"

    def certificates(self) -> str:
        if not self.plan.exams:
            return ""
        head = ("Exam", "On", "Fee:", "Valid", "What it is worth", "Checked")
        return "## Certificates\n\n" + table(head, [_certificate(e) for e in self.plan.exams])

    def left_out(self) -> str:
        held = [x for x in self.plan.left_out if x.reason.code in HELD]
        missing = [x for x in self.plan.left_out if x.reason.code not in HELD]
        blocks = ["## Left out, and why"] if self.plan.left_out else []
        if missing:
            rows = [self._omission(x) for x in missing]
            blocks.append(table(("What", "Work:", "Skills of a posting it would add:", "Why"), rows))
        if held:
            blocks.append(f"You have already: {inline('; '.join(x.title for x in held))}.")
        return "\n\n".join(blocks)

    def _omission(self, left: LeftOut) -> tuple[str, ...]:
        why = inline(self.words.reason(left)) + self._from([left.reason.source])
        work = hours(left.hours) if left.hours else UNLISTED
        return inline(left.title), work, percent(left.worth) if left.worth else UNLISTED, why

    def warnings(self) -> str:
        lines = [f"- {inline(self.words.notice(n))}{self._from([n.source])}" for n in self.plan.notices]
        return "\n".join(["## Worth knowing", "", *lines]) if lines else ""

    def sources(self) -> str:
        known = [self.catalogue.sources[id_] for id_ in self.source_ids]
        lines = [f"{i}. {link(s.title, s.url)}, {inline(dated(s.as_of))}" for i, s in enumerate(known, 1)]
        return "\n".join(["## Sources", "", *lines]) if lines else ""

    def _from(self, ids: Sequence[str]) -> str:
        """The numbers of sources in the list at the end, put behind a sentence."""
        numbers = [str(self.source_ids.index(id_) + 1) for id_ in ids]
        return f" (source {listing(numbers)})"

    def ending(self) -> str:
        catalogue = inline(f"catalogue {self.catalogue.version} of {dated(self.catalogue.as_of)}")
        made = f"Made on {day(self.plan.generated_on)} from {catalogue}."
        pace = f"Hours are likely hours times a usual over-run of {number(self.plan.pace)}."
        week = self._week()
        lines = [made, pace]
        if self.personal.now:
            lines += ["", SYNC_HELP]
        if week:
            first = inline(self.words.module(week.items[0].step))
            lines += ["", f"Next: {first}. `roadmap next` shows it any time."]
        return "\n".join(lines)


def _labelled(label: str, text: str) -> list[str]:
    return [f"  - {label}: {inline(text)}"] if text else []


def _nested(label: str, texts: Sequence[str]) -> list[str]:
    """A labelled item under a step: one text beside the label, several below it."""
    if len(texts) == 1:
        return [f"  - {label}: {texts[0]}"]
    return [f"  - {label}", *(f"    - {text}" for text in texts)] if texts else []


def _certificate(exam: Exam) -> tuple[str, ...]:
    cert = exam.certification
    return (
        link(cert.label, cert.url),
        day(exam.exam_on),
        money(cert.fee_usd),
        f"until {day(exam.expires_on)}" if exam.expires_on else "no end stated",
        inline(cert.note),
        inline(dated(cert.checked)),
    )


def gantt(plan: Plan) -> str:
    """A Mermaid chart of the phases and exams, as long as one may be; empty when there are too many of them."""
    for exams, width in product((plan.exams, ()), (48, 24, 12)):
        chart = _gantt(plan, exams, width)
        if len(chart) < LONGEST_CHART:
            return chart
    return ""


def _gantt(plan: Plan, exams: Sequence[Exam], width: int) -> str:
    months = (plan.finish - plan.start).days > 120
    lines = [
        "gantt",
        "    dateFormat YYYY-MM-DD",
        f"    axisFormat {'%b %Y' if months else '%d %b'}",
        "    inclusiveEndDates",
        "    section Phases",
    ]
    for i, p in enumerate(plan.phases, 1):
        lines.append(_task(f"{i} {p.title}", width, f"{p.start}, {p.finish}"))
    if exams:
        lines.append("    section Exams")
        lines += [_task(f"Exam {e.certification.label}", width, f"milestone, {e.exam_on}, 0d") for e in exams]
    return "\n".join(["```mermaid", *lines, "```"])


def _task(title: str, width: int, data: str) -> str:
    """A line of a chart. The title begins with our own word, since Mermaid takes some first words for commands."""
    kept = "".join(c if _plain(c) else " " for c in clean(title))
    return f"    {shorten(' '.join(kept.split()), width)} : {data}"


def _plain(char: str) -> bool:
    return char.isalnum() or char in " -.,'()/+" or unicodedata.category(char).startswith("M")
