"""The page of one entry, by kind: everything the catalogue knows of it, with who says so and when it was checked."""

from typing import Any

from roadmap.model.browse import REGIONS, RolePay
from roadmap.model.catalogue import (
    Catalogue,
    Certification,
    Fact,
    Guide,
    Module,
    Path,
    Resource,
    Role,
    Rule,
    Salary,
    Skill,
    Source,
    Specialisation,
    Topic,
)
from roadmap.render.advice_pages import AdvicePages
from roadmap.render.cards import (
    DIMENSIONS,
    PAY_HEADS,
    Card,
    band,
    checked_words,
    columns,
    dimension,
    disputed,
    dollars,
    effort,
    life,
    one_paragraph,
    pay_cells,
    price_of,
    said_by,
    skill_levels,
)
from roadmap.render.conditions import condition_words
from roadmap.render.layout import Page, Span
from roadmap.render.numbers import KIND_NAMES, LEVEL_NAMES, ORIGINS, dated, hours, listing, money, number, plural
from roadmap.render.plain_entry import plain_page
from roadmap.render.prose import blocks


def page_of(catalogue: Catalogue, kind: str, id_: str, entry: Any) -> Page:
    """The page of an entry."""
    own = getattr(_Pages(catalogue), kind, None)
    card: Card = own(entry) if own else plain_page(kind, entry)
    card.part("What the article says, and what a check found", disputed(catalogue, kind, id_))
    sources = [*getattr(entry, "sources", ()), *([entry.source] if hasattr(entry, "source") else [])]
    card.part("Who says so", said_by(catalogue, sources))
    card.fact("Checked", checked_words(entry))
    return card.page()


def _exact(row: Salary) -> str:
    """The band as it was published, the middle value, and what was measured."""
    words = [] if row.low is None else [f"{band(row)} {'' if row.currency != 'USD' else 'USD'}".strip()]
    words += [f"median {dollars(row, row.median)}"] if row.median else []
    return ", ".join([*words, row.measure])


class _Pages(AdvicePages):
    """A method for each kind, named after it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.c = catalogue

    def roles(self, e: Role) -> Card:
        card = Card(e.name, e.id, e.summary, hint=f"roadmap compare {e.id} OTHER sets it beside another role.")
        for label, name in DIMENSIONS:
            card.fact(label, dimension(getattr(e, name)))
        card.part("Answers for", e.responsibilities)
        card.part("How it goes on", [f"{p.step}: {p.text}" for p in e.progression])
        if e.baseline:
            card.part("Brings", [listing(skill_levels(self.c, e.baseline))])
        if e.targets:
            levels = list(e.targets)
            named = [s for s in self.c.skills if any(s in e.targets[x] for x in levels)]
            rows = tuple((self.c.skills[s].name, *(LEVEL_NAMES[e.targets[x].get(s, 0)] for x in levels)) for s in named)
            card.part("Asks for, by level", table=columns(("Skill", *(f"{x.capitalize()}+" for x in levels)), rows))
        card.part("Pay", table=columns(PAY_HEADS, tuple(pay_cells(r) for r in e.salaries)))
        card.part("What drives pay", [r.text for r in e.pay_drivers])
        card.part("Good to know", [r.text for r in e.notes])
        codes = [
            Span(f"{x.scheme} {x.code or ''} {x.title or ''}".strip() + (f" ({x.note})" if x.note else ""), x.uri or "")
            for x in e.codes
        ]
        card.part("Codes of the occupation", codes)
        return card

    def skills(self, e: Skill) -> Card:
        card = Card(e.name, e.id, e.plain)
        card.fact("Stage", self.c.stages[e.stage].name)
        if e.demand and e.demand.share is not None:
            card.fact("Asked for", f"in {e.demand.share:.1f} % of AI-first postings ({dated(e.demand.as_of)})")
            by = [(n, getattr(e.demand, n)) for n in ("junior", "mid", "senior")]
            card.fact("By level", ", ".join(f"{n} {v:.1f} %" for n, v in by if v is not None))
            near = [(REGIONS[n], getattr(e.demand, n)) for n in REGIONS]
            card.fact("By region", ", ".join(f"{n} {v:.1f} %" for n, v in near if v is not None))
            card.fact("Note", e.demand.note)
        card.fact("Also called", ", ".join(e.aliases))
        card.fact("Not taught", e.why_not if not e.taught else "")
        card.part("What the levels mean", [f"{i} {LEVEL_NAMES[i]}: {text}" for i, text in enumerate(e.levels, 1)])
        teach = self.c.teachers.get(e.id, ())
        card.part(
            "Taught in",
            [f"{m.title} (to {LEVEL_NAMES[m.teaches[e.id]]}, {hours(m.hours.likely)}, {m.id})" for m in teach],
        )
        asked = [
            f"{r.name}: " + ", ".join(f"{x} {LEVEL_NAMES[a[e.id]]}" for x, a in r.targets.items() if e.id in a)
            for r in self.c.roles.values()
            if any(e.id in a for a in r.targets.values())
        ]
        card.part("Asked for by", asked)
        first = teach[0].id if teach else ""
        card.hint = (
            f"roadmap show modules {first} shows where to begin." if first else "roadmap show skills lists the others."
        )
        return card

    def modules(self, e: Module) -> Card:
        card = Card(e.title, e.id, e.summary, hint="roadmap plan puts it in its place among the others.")
        card.fact("Kind", f"{KIND_NAMES[e.kind]}, {self.c.stages[e.stage].name}")
        card.fact("Work", effort(e.hours.low, e.hours.likely, e.hours.high, e.hours.origin))
        card.fact("Counted", e.hours.basis)
        card.fact("Size", "a large build: no other one beside it" if e.heavy else "")
        card.fact("Costs", money(e.cost_usd) if e.cost_usd else "")
        card.fact("Needs", listing(skill_levels(self.c, e.needs)) or "nothing")
        card.fact("Gives", listing(skill_levels(self.c, e.teaches)))
        card.fact("Cloud", self.c.clouds[e.cloud].name if e.cloud else "")
        card.fact("Field", self.c.specialisations[e.domain].name if e.domain else "")
        exam = self.c.certifications.get(e.certification or "")
        card.fact("Exam", f"{exam.label}, {money(exam.fee_usd)}: {life(exam)}" if exam else "")
        card.part("Done when", e.done_when)
        card.part("Leaves behind", e.evidence)
        known = [r for r in (self.c.resources.get(id_) for id_ in e.resources) if r and not r.gone]
        card.part(
            "Learn from, best first", [Span(f"{r.title} ({price_of(r)}, {hours(r.hours)})", r.url) for r in known]
        )
        return card

    def resources(self, e: Resource) -> Card:
        after = self.c.resources.get(e.superseded_by or "")
        lead = (
            ""
            if e.state == "live"
            else f"This one is {e.state}" + (f"; use {after.title} ({after.id})." if after else ".")
        )
        card = Card(e.title, e.id, lead)
        card.fact("Address", Span(e.url, e.url))
        card.fact("From", e.provider)
        card.fact("Kind", f"{e.kind}, {e.level}{', hands on' if e.hands_on else ''}")
        card.fact("Price", price_of(e))
        card.fact(
            "Length",
            f"{hours(e.hours)} ({'stated by the makers' if e.hours_origin == 'published' else 'our judgement'})",
        )
        card.fact("Length by", Span(e.hours_source, e.hours_source) if e.hours_source else "")
        card.fact("For", listing([self.c.skills[s].name for s in e.skills if s in self.c.skills]))
        card.fact("Seen in", Span(e.seen_via, e.seen_via) if e.seen_via else "")
        card.fact("Advice", e.note)
        used = [m for m in self.c.modules.values() if e.id in m.resources]
        card.part("Used in", [f"{m.title} ({m.id})" for m in used])
        card.hint = (
            f"roadmap show modules {used[0].id} shows what it is used for."
            if used
            else "roadmap show resources lists the others."
        )
        return card

    def certifications(self, e: Certification) -> Card:
        card = Card(e.name, e.id, e.note, hint="roadmap plan --certifications one takes the exam that fits best.")
        card.fact("Code", e.code)
        card.fact("From", f"{e.issuer}, {e.level}, {e.kind.replace('_', ' ')}")
        card.fact("Life", life(e))
        since = (e.available_from or "")[: len("2026-04") if e.date_precision == "month" else None]
        card.fact("Since", dated(since) if since else "")
        chain = self.c.successors(e.id)
        card.fact("Followed by", " → ".join(f"{x.label} ({x.status})" for x in chain))
        card.fact(
            "Follows", ", ".join(self.c.certifications[x].label for x in e.replaces if x in self.c.certifications)
        )
        card.fact("Asks first", e.gates.text if e.gates else "")
        card.fact("Fee", money(e.fee_usd))
        if e.validity_months:
            card.fact("Valid", plural(e.validity_months, "month") + (f". {e.renewal}" if e.renewal else ""))
        elif e.renewal:
            card.fact("Valid", e.renewal)
        if e.prep_hours:
            card.fact(
                "Preparation",
                f"{number(e.prep_hours[0])} to {number(e.prep_hours[1])} h"
                + (f", {ORIGINS.get(e.prep_hours_origin, e.prep_hours_origin)}" if e.prep_hours_origin else "")
                + (f": {e.prep_hours_basis}" if e.prep_hours_basis else ""),
            )
        card.fact(
            "Format",
            ", ".join(
                x
                for x in (
                    f"{number(e.duration_minutes)} minutes" if e.duration_minutes else "",
                    f"{e.questions} questions" if e.questions else "",
                    f"pass at {e.passing_score}" if e.passing_score else "",
                )
                if x
            ),
        )
        card.fact("Meant for", e.recommended_experience)
        card.fact("Worth", e.worth.text if e.worth else "")
        card.fact("Address", Span(e.url, e.url))
        card.fact("Caveat", e.caveat)
        card.part("What it covers", [f"{d.name}" + (f" ({number(d.weight)} %)" if d.weight else "") for d in e.domains])
        card.part("Seen at", [Span(u, u) for u in e.sources_urls])
        return card

    def specialisations(self, e: Specialisation) -> Card:
        card = Card(e.name, e.id, e.summary, hint=f"roadmap plan --domain {e.id} puts it into a plan.")
        if e.demand:
            card.fact("Postings", f"{e.demand.share:.1f} % of AI-first postings (n = {e.demand.n})")
            card.fact("Note", e.demand.note)
        card.part(
            "Modules",
            [
                f"{self.c.modules[m].title} ({hours(self.c.modules[m].hours.likely)}, {m})"
                for m in e.modules
                if m in self.c.modules
            ],
        )
        card.part(
            "Rules and the day each applies from",
            [f"{r.name} ({dated(r.effective) if r.effective else 'no single day'}): {r.what}" for r in e.regulations],
        )
        card.part("Systems you meet", e.systems)
        card.part("Projects that fit", e.projects)
        card.part("Also useful", e.extra_skills)
        card.fact("Note", e.note)
        return card

    def salaries(self, e: RolePay) -> Card:
        card = Card(f"Pay: {e.name}", e.id, "Bands of different origin stand beside each other; never average them.")
        card.part("Pay", table=columns(PAY_HEADS, tuple(pay_cells(r) for r in e.salaries)))
        card.part(
            "What each row is",
            [
                f"{r.level}, {r.region} {r.year}, {r.origin}: {_exact(r)}, confidence {r.confidence}. {r.note}".strip()
                for r in e.salaries
            ],
        )
        card.part("Where from", said_by(self.c, [r.source for r in e.salaries]))
        card.hint = "roadmap show guides pay-honestly reads them together." if "pay-honestly" in self.c.guides else ""
        return card

    def paths(self, e: Path) -> Card:
        card = Card(f"{self.c.roles[e.target].name}, from {self.c.roles[e.start].name.lower()}", e.id, e.months_note)
        card.fact("Published", f"{number(e.months[0])} to {number(e.months[1])} months" if e.months else "no duration")
        card.fact("Not without", listing(skill_levels(self.c, e.essentials)))
        for i, phase in enumerate(e.phases, 1):
            named = [f"{self.c.modules[m].title} ({m})" for m in phase.modules if m in self.c.modules]
            stages = [
                f"then whatever else belongs to {self.c.stages[s].name.lower()}"
                for s in phase.stages
                if s in self.c.stages
            ]
            card.part(f"{i}  {phase.title}", (*named, *stages), prose=one_paragraph(phase.because))
        card.part(
            "Rules for this path",
            [
                f"{r.because} ({r.id})"
                for r in self.c.rules.values()
                if e.start in r.when.role and (not r.when.target or e.target in r.when.target)
            ],
        )
        card.hint = f"roadmap plan --role {e.start} --target {e.target} makes it yours."
        return card

    def guides(self, e: Guide) -> Card:
        card = Card(e.title, e.id, e.summary, hint="roadmap show guides lists the others.")
        card.part("", prose=tuple(blocks(e.body)))
        return card

    def rules(self, e: Rule) -> Card:
        card = Card(e.because, e.id, hint="roadmap explain STEP shows the rules behind a step of your plan.")
        then = e.then
        card.fact("When", condition_words(e.when))
        card.fact("Adds", listing(then.add))
        card.fact("Leaves out", listing(then.leave_out))
        if then.prefer:
            card.fact(
                "Prefers",
                listing(then.prefer.modules) + (f" over {listing(then.prefer.over)}" if then.prefer.over else ""),
            )
            card.fact("Earlier", listing(then.prefer.early))
            card.fact("Later", listing(then.prefer.late))
        card.fact("Swaps", f"{then.swap.module} for {then.swap.by}" if then.swap else "")
        card.fact(
            "Hours",
            f"times {number(then.resize.factor)} for {listing(then.resize.modules)}" if then.resize else "",
        )
        card.fact("Of each week", f"{then.share} % for the move" if then.share is not None else "")
        card.fact("Says", then.note)
        card.fact("Counts as", f"{number(e.weight * 100)} % of coverage" if e.weight else "")
        return card

    def sources(self, e: Source) -> Card:
        card = Card(e.title, e.id, e.note, hint="roadmap show sources lists the others.")
        card.fact("Address", Span(e.url, e.url) if e.url else "")
        card.fact("From", e.publisher)
        card.fact("As of", dated(e.as_of))
        card.fact("Licence", e.licence)
        card.fact("Applies from", dated(e.effective) if e.effective else "")
        card.part("Dates", [f"{dated(d.effective)}: {d.what}" for d in e.dates])
        return card

    def facts(self, e: Fact) -> Card:
        card = Card(e.text, e.id, hint="roadmap show facts lists all statements of the article.")
        if e.check:
            card.fact(e.check.status.capitalize(), e.check.text)
            card.part("The better figure is from", said_by(self.c, [e.check.source]))
        card.part("Kept in", [f"roadmap show {p.replace(':', ' ')}" for p in e.places])
        return card

    def topics(self, e: Topic) -> Card:
        card = Card(e.id, e.id, e.why_not, hint="roadmap show topics lists all of them.")
        card.part("Covered by", [f"roadmap show {p.replace(':', ' ')}" for p in e.covered_by])
        return card
