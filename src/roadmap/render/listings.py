"""Lists of entries: one row each with what tells them apart."""

from collections.abc import Sequence
from typing import Any

from roadmap.model.browse import REGIONS, Wish, asked_in
from roadmap.model.catalogue import Catalogue, Certification
from roadmap.render.advice_pages import AdviceLists
from roadmap.render.cards import PAY_HEADS, columns, life, listing_page, pay_cells, price_of
from roadmap.render.conditions import condition_words
from roadmap.render.layout import Page, Table
from roadmap.render.numbers import UNLISTED, dated, hours, money, number, plural
from roadmap.render.plain_entry import plain_list

STATES = {"live": "", "moved": "moved", "renamed": "renamed", "closed": "closed", "superseded": "superseded"}


def listing_of(catalogue: Catalogue, kind: str, entries: Sequence[Any], wish: Wish) -> Page:
    """The list of some entries of a kind."""
    own = getattr(_Lists(catalogue, wish), kind, None)
    table: Table = own(entries) if own else plain_list(entries)
    hint = f"roadmap show {kind} {'ROLE' if kind == 'salaries' else 'ID'} shows one of them in full."
    return listing_page(plural(len(table.rows), NAMES.get(kind, kind.removesuffix("s"))), table, hint)


def _life(cert: Certification, c: Catalogue) -> str:
    after = [x.label for x in c.successors(cert.id)]
    return life(cert) + (f", then {', '.join(after)}" if after else "")


class _Lists(AdviceLists):
    """A method for each kind, named after it."""

    def __init__(self, catalogue: Catalogue, wish: Wish) -> None:
        self.c = catalogue
        self.w = wish

    def roles(self, found: Sequence[Any]) -> Table:
        uses = {(True, False): "a start", (False, True): "an aim", (True, True): "both", (False, False): UNLISTED}
        rows = ((r.id, r.name, uses[r.start, r.target], r.summary) for r in found)
        return columns(("Id+", "Role", "Used as+", "In a line"), rows)

    def skills(self, found: Sequence[Any]) -> Table:
        where = REGIONS.get((self.w.region or "").casefold(), "")
        rows = []
        for s in found:
            share = asked_in(s, self.w.region) if self.w.region else s.demand.share if s.demand else None
            asked = f"{share:.1f} %" if share is not None else UNLISTED
            rows.append((s.id, s.name, self.c.stages[s.stage].short, asked, "yes" if s.taught else "no"))
        return columns(("Id+", "Skill", "Stage+", f"Postings{' ' + where if where else ''}:", "Taught+"), rows)

    def modules(self, found: Sequence[Any]) -> Table:
        rows = ((m.id, m.title, m.kind, self.c.stages[m.stage].short, hours(m.hours.likely)) for m in found)
        return columns(("Id+", "Module", "Kind+", "Stage+", "Work+:"), rows)

    def resources(self, found: Sequence[Any]) -> Table:
        heads = ("Id+", "Resource", "Price", "Work+:", "Level", "State+")
        rows = [(r.id, r.title, price_of(r), hours(r.hours), r.level, STATES[r.state]) for r in found]
        shown = None if any(row[-1] for row in rows) else -1
        return columns(heads[:shown], [row[:shown] for row in rows])

    def certifications(self, found: Sequence[Any]) -> Table:
        rows = (
            (x.id, x.name, x.code or UNLISTED, money(x.fee_usd).replace("price not known", UNLISTED), _life(x, self.c))
            for x in found
        )
        return columns(("Id+", "Certification", "Code+", "Fee+:", "Life"), rows)

    def specialisations(self, found: Sequence[Any]) -> Table:
        rows = []
        for s in found:
            share = f"{s.demand.share:.1f} %" if s.demand else UNLISTED
            rows.append((s.id, s.name, str(len(s.regulations)), share, s.summary))
        return columns(("Id+", "Field+", "Rules:", "Postings:", "In a line"), rows)

    def salaries(self, found: Sequence[Any]) -> Table:
        rows = ((pay.id, *cells[:5], cells[6]) for pay in found for cells in map(pay_cells, pay.salaries))
        return columns(("Role+", *PAY_HEADS[:5], PAY_HEADS[6]), rows)

    def paths(self, found: Sequence[Any]) -> Table:
        def months(p: Any) -> str:
            return f"{number(p.months[0])} to {number(p.months[1])}" if p.months else UNLISTED

        def name(p: Any) -> str:
            return f"{self.c.roles[p.target].name}, from {self.c.roles[p.start].name.lower()}"

        rows = ((p.id, name(p), months(p), str(len(p.phases))) for p in found)
        return columns(("Id+", "Path", "Months+:", "Phases+:"), rows)

    def guides(self, found: Sequence[Any]) -> Table:
        return columns(("Id+", "Guide", "In a line"), ((g.id, g.title, g.summary) for g in found))

    def rules(self, found: Sequence[Any]) -> Table:
        return columns(("Id+", "Because", "When"), ((r.id, r.because, condition_words(r.when)) for r in found))

    def sources(self, found: Sequence[Any]) -> Table:
        rows = ((s.id, s.title, dated(s.as_of), s.confidence) for s in found)
        return columns(("Id+", "Source", "As of+", "Confidence"), rows)

    def facts(self, found: Sequence[Any]) -> Table:
        rows = ((f.id, f.text, f.check.status if f.check else "not checked") for f in found)
        return columns(("Id+", "The article says", "Check+"), rows)

    def topics(self, found: Sequence[Any]) -> Table:
        rows = ((t.id, ", ".join(t.covered_by) or f"left out: {t.why_not}") for t in found)
        return columns(("Id+", "Covered by"), rows)


# What one of a kind is called where its plural is not the kind.
NAMES = {
    "salaries": "figure",
    "facts": "statement",
    "outcomes": "smaller outcome",
    "countries": "country",
    "advice": "hint",
    "words": "sentence",
}
