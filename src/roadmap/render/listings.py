"""Lists of entries: one row each with what tells them apart."""

from collections.abc import Sequence
from typing import Any

from roadmap.model.browse import REGIONS, Wish, asked_in
from roadmap.model.catalogue import Catalogue, Certification
from roadmap.render.advice_pages import AdviceLists
from roadmap.render.cards import PAY_HEADS, CardTable, Listing, life, pay_cells, price_of
from roadmap.render.conditions import condition_words
from roadmap.render.numbers import UNLISTED, dated, hours, money, number, plural
from roadmap.render.plain_entry import plain_list

STATES = {"live": "", "moved": "moved", "renamed": "renamed", "closed": "closed", "superseded": "superseded"}


def listing_of(catalogue: Catalogue, kind: str, entries: Sequence[Any], wish: Wish) -> Listing:
    """The list of some entries of a kind."""
    own = getattr(_Lists(catalogue, wish), kind, None)
    table: CardTable = own(entries) if own else plain_list(entries)
    hint = f"roadmap show {kind} {'ROLE' if kind == 'salaries' else 'ID'} shows one of them in full."
    return Listing(plural(len(table.rows), NAMES.get(kind, kind.removesuffix("s"))), table, hint)


def _life(cert: Certification, c: Catalogue) -> str:
    after = [x.label for x in c.successors(cert.id)]
    return life(cert) + (f", then {', '.join(after)}" if after else "")


class _Lists(AdviceLists):
    """A method for each kind, named after it."""

    def __init__(self, catalogue: Catalogue, wish: Wish) -> None:
        self.c = catalogue
        self.w = wish

    def roles(self, found: Sequence[Any]) -> CardTable:
        uses = {(True, False): "a start", (False, True): "an aim", (True, True): "both", (False, False): UNLISTED}
        return CardTable(
            ("Id+", "Role", "Used as+", "In a line"),
            tuple((r.id, r.name, uses[r.start, r.target], r.summary) for r in found),
        )

    def skills(self, found: Sequence[Any]) -> CardTable:
        where = REGIONS.get((self.w.region or "").casefold(), "")
        rows = []
        for s in found:
            share = asked_in(s, self.w.region) if self.w.region else s.demand.share if s.demand else None
            asked = f"{share:.1f} %" if share is not None else UNLISTED
            rows.append((s.id, s.name, self.c.stages[s.stage].short, asked, "yes" if s.taught else "no"))
        return CardTable(("Id+", "Skill", "Stage+", f"Postings{' ' + where if where else ''}:", "Taught+"), tuple(rows))

    def modules(self, found: Sequence[Any]) -> CardTable:
        rows = ((m.id, m.title, m.kind, self.c.stages[m.stage].short, hours(m.hours.likely)) for m in found)
        return CardTable(("Id+", "Module", "Kind+", "Stage+", "Work+:"), tuple(rows))

    def resources(self, found: Sequence[Any]) -> CardTable:
        rows = ((r.id, r.title, price_of(r), hours(r.hours), r.level, STATES[r.state]) for r in found)
        table = CardTable(("Id+", "Resource", "Price", "Work+:", "Level", "State+"), tuple(rows))
        if any(row[-1] for row in table.rows):
            return table
        return CardTable(table.heads[:-1], tuple(row[:-1] for row in table.rows))

    def certifications(self, found: Sequence[Any]) -> CardTable:
        rows = (
            (x.id, x.name, x.code or UNLISTED, money(x.fee_usd).replace("price not known", UNLISTED), _life(x, self.c))
            for x in found
        )
        return CardTable(("Id+", "Certification", "Code+", "Fee+:", "Life"), tuple(rows))

    def specialisations(self, found: Sequence[Any]) -> CardTable:
        rows = []
        for s in found:
            share = f"{s.demand.share:.1f} %" if s.demand else UNLISTED
            rows.append((s.id, s.name, str(len(s.regulations)), share, s.summary))
        return CardTable(("Id+", "Field+", "Rules:", "Postings:", "In a line"), tuple(rows))

    def salaries(self, found: Sequence[Any]) -> CardTable:
        rows = tuple((pay.id, *cells[:5], cells[6]) for pay in found for cells in map(pay_cells, pay.salaries))
        return CardTable(("Role+", *PAY_HEADS[:5], PAY_HEADS[6]), rows)

    def paths(self, found: Sequence[Any]) -> CardTable:
        def months(p: Any) -> str:
            return f"{number(p.months[0])} to {number(p.months[1])}" if p.months else UNLISTED

        def name(p: Any) -> str:
            return f"{self.c.roles[p.target].name}, from {self.c.roles[p.start].name.lower()}"

        rows = ((p.id, name(p), months(p), str(len(p.phases))) for p in found)
        return CardTable(("Id+", "Path", "Months+:", "Phases+:"), tuple(rows))

    def guides(self, found: Sequence[Any]) -> CardTable:
        return CardTable(("Id+", "Guide", "In a line"), tuple((g.id, g.title, g.summary) for g in found))

    def rules(self, found: Sequence[Any]) -> CardTable:
        return CardTable(("Id+", "Because", "When"), tuple((r.id, r.because, condition_words(r.when)) for r in found))

    def sources(self, found: Sequence[Any]) -> CardTable:
        return CardTable(
            ("Id+", "Source", "As of+", "Confidence"),
            tuple((s.id, s.title, dated(s.as_of), s.confidence) for s in found),
        )

    def facts(self, found: Sequence[Any]) -> CardTable:
        rows = ((f.id, f.text, f.check.status if f.check else "not checked") for f in found)
        return CardTable(("Id+", "The article says", "Check+"), tuple(rows))

    def topics(self, found: Sequence[Any]) -> CardTable:
        rows = ((t.id, ", ".join(t.covered_by) or f"left out: {t.why_not}") for t in found)
        return CardTable(("Id+", "Covered by"), tuple(rows))


# What one of a kind is called where its plural is not the kind.
NAMES = {
    "salaries": "figure",
    "facts": "statement",
    "outcomes": "smaller outcome",
    "countries": "country",
    "advice": "hint",
    "words": "sentence",
}
