"""What a page about one entry says, and what a list of entries shows, before any format has its way with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification, Fact, Salary
from roadmap.model.ids import Levels
from roadmap.render import layout
from roadmap.render.layout import Block, Heading, Page, Paragraph, Span, line, paragraph, quiet
from roadmap.render.numbers import LEVEL_NAMES, ORIGINS, UNLISTED, dated, hours, money, number

DISPUTED = ("partly", "unproven", "outdated", "contradicted")
DIMENSIONS = (
    ("Output", "output"), ("Daily tasks", "daily_tasks"), ("Asks for", "required_skills"), ("Leads to", "trajectory"),
    ("Hired when", "when_hired"), ("Regulated work", "regulated_fit"),
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str | None


@dataclass(frozen=True)
class CardTable:
    """Rows of words under heads; a head that ends with a colon is set to the right, one with + is not broken."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of a page: any of a list, a table, running text; drawn as text, table, list."""

    title: str
    items: Sequence[str | Link] = ()
    table: CardTable | None = None
    prose: Sequence[Block] = ()


@dataclass
class Card:
    """A page. `facts` are labels with short values; `hint` is the next thing to do."""

    title: str
    id: str
    lead: str = ""
    facts: list[tuple[str, str | Link]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    hint: str = ""

    def fact(self, label: str, value: str | Link | None) -> None:
        """Add a label with its value, unless there is none."""
        if value:
            self.facts.append((label, value))

    def part(self, title: str, items: Sequence[str | Link] = (), table: CardTable | None = None) -> None:
        """Add a section, unless it is empty."""
        if items or (table and table.rows):
            self.sections.append(Section(title, tuple(items), table))


@dataclass(frozen=True)
class Listing:
    """Many entries in short. `nothing` is said when there are none, `hint` at the end."""

    title: str
    table: CardTable
    hint: str
    nothing: str = "Nothing fits these filters."


def card_page(card: Card) -> Page:
    """A page about an entry for the drawers."""
    blocks: list[Block] = [paragraph(quiet(card.id))]
    if card.lead:
        blocks.append(paragraph(card.lead))
    if card.facts:
        blocks.append(layout.facts((label, line(_span(value))) for label, value in card.facts))
    for section in card.sections:
        blocks += [Heading(section.title)] if section.title else []
        blocks += section.prose
        blocks += [_drawn(section.table)] if section.table else []
        blocks += [layout.bullets(line(_span(item)) for item in section.items)] if section.items else []
    return Page(card.title, tuple(blocks), last=line(quiet(card.hint)))


def listing_page(listing: Listing) -> Page:
    """A list for the drawers."""
    found = _drawn(listing.table) if listing.table.rows else paragraph(listing.nothing)
    return Page(listing.title, (found,), last=line(quiet(listing.hint if listing.table.rows else "")))


def _span(value: str | Link) -> Span:
    return Span(value) if isinstance(value, str) else Span(value.text, value.url or "")


def _drawn(table: CardTable) -> layout.Table:
    heads = [head.replace("+", "").removesuffix(":") for head in table.heads]
    right = [i for i, head in enumerate(table.heads) if head.endswith(":")]
    fixed = [i for i, head in enumerate(table.heads) if "+" in head]
    return layout.table(heads, table.rows, right=right, fixed=fixed)


def skill_levels(catalogue: Catalogue, levels: Levels) -> list[str]:
    """Python (working), highest first, in the order of the catalogue within a level."""
    found = sorted(((s, n) for s, n in levels.items() if n), key=lambda pair: -pair[1])
    return [f"{catalogue.skills[s].name} ({LEVEL_NAMES[n]})" for s, n in found if s in catalogue.skills]


def dollars(row: Salary, value: float | None) -> str:
    """A yearly or hourly amount with its thousands marked, in the currency of the row."""
    return UNLISTED if value is None else f"{value:,.0f}{_foreign(row)}"


def band(row: Salary) -> str:
    """95,000 to 130,000; open at the top where the source says so."""
    if row.low is None and row.high is None:
        return UNLISTED
    if row.high is None:
        return f"{dollars(row, row.low)} and up"
    return f"{row.low or 0:,.0f} to {dollars(row, row.high)}" + ("+" if row.open_ended else "")


def thousands(row: Salary) -> str:
    """The same in thousands, for narrow columns: 95-130; by the hour as it is."""
    if row.low is None and row.high is None:
        return UNLISTED
    if "hour" in row.measure:
        return f"{number(row.low or 0)}-{number(row.high or 0)} /h"
    low, high = (f"{x / 1000:,.0f}" if x else UNLISTED for x in (row.low, row.high))
    return f"{low}-{high}{'+' if row.open_ended else ''}{_foreign(row)}"


def _foreign(row: Salary) -> str:
    return "" if row.currency == "USD" else f" {row.currency}"


def pay_cells(row: Salary) -> tuple[str, ...]:
    """A row of pay in few characters: level, region, year, thousands, median, count, origin."""
    return (
        row.level + (f" ({row.years})" if row.years else ""),
        row.region,
        str(row.year),
        thousands(row),
        f"{row.median / 1000:,.0f}{_foreign(row)}" if row.median else UNLISTED,
        str(row.n) if row.n else UNLISTED,
        row.origin,
    )


PAY_HEADS = ("Level+", "Region+", "Year+", "1,000 USD+:", "Median+:", "n+:", "Origin+")


def life(cert: Certification) -> str:
    """Where an exam stands in its life."""
    if cert.status == "retired":
        return f"ended {dated(cert.retires_on)}" if cert.retires_on else "ended"
    words: str = cert.status
    if cert.access not in ("public", "beta-open"):
        words += f", {cert.access.replace('-', ' ')}"
    return words + (f", ends {dated(cert.retires_on)}" if cert.retires_on else "")


def price_of(resource: Any) -> str:
    """What a resource costs, in a word or a sum."""
    if resource.cost == "free":
        return "free"
    sum_of = money(resource.price_usd) if resource.price_usd else ""
    return f"free to begin{', ' + sum_of if sum_of else ''}" if resource.cost == "freemium" else sum_of or "paid"


def effort(low: float, likely: float, high: float, origin: str) -> str:
    """16 h (10 to 26, our judgement)."""
    return f"{hours(likely)} ({number(low)} to {number(high)}, {ORIGINS[origin]})"


def one_paragraph(text: str) -> tuple[Block, ...]:
    """Plain words as running text."""
    return (Paragraph((Span(text),)),) if text else ()


def said_by(catalogue: Catalogue, ids: Sequence[str]) -> list[str | Link]:
    """Sources as links with the date they speak for."""
    known = [catalogue.sources[i] for i in dict.fromkeys(ids) if i in catalogue.sources]
    return [Link(f"{s.title} ({dated(s.as_of)}, confidence {s.confidence})", s.url) for s in known]


def checked_words(entry: Any) -> str:
    """When an entry was last looked at and how sure it is."""
    found = getattr(entry, "check", None)
    checked = found.as_of if found else getattr(entry, "checked", "") or getattr(entry, "as_of", "")
    sure = getattr(entry, "confidence", "")
    return f"{dated(checked)}, confidence {sure}" if checked and sure else dated(checked)


def disputed(catalogue: Catalogue, kind: str, id_: str) -> list[str | Link]:
    """Statements kept in an entry which a check could not confirm: both the statement and the better figure."""
    here = [f for f in catalogue.facts.values() if f"{kind}:{id_}" in f.places]
    return [both(catalogue, f) for f in here if f.check and f.check.status in DISPUTED]


def both(catalogue: Catalogue, fact: Fact) -> str:
    """A statement with what a check of it found."""
    if fact.check is None:
        return fact.text
    found = catalogue.sources.get(fact.check.source)
    return (
        f"Article: {fact.text} {fact.check.status.capitalize()}: {fact.check.text}"
        f" ({found.title if found else fact.check.source}; checked {dated(fact.check.as_of)})"
    )


def dimension(value: str | Sequence[str]) -> str:
    """A dimension of a role as one text."""
    return value if isinstance(value, str) else "; ".join(value)
