"""What a page about one entry says, and what a list of entries shows, before any format has its way with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification, Fact, Salary
from roadmap.model.ids import Levels
from roadmap.render import layout
from roadmap.render.layout import Block, Heading, Line, Page, Paragraph, Span, Table, line, paragraph, quiet
from roadmap.render.numbers import LEVEL_NAMES, ORIGINS, UNLISTED, dated, hours, money, number

DISPUTED = ("partly", "unproven", "outdated", "contradicted")
DIMENSIONS = (
    ("Output", "output"), ("Daily tasks", "daily_tasks"), ("Asks for", "required_skills"), ("Leads to", "trajectory"),
    ("Hired when", "when_hired"), ("Regulated work", "regulated_fit"),
)  # fmt: skip


@dataclass
class Card:
    """A page about one entry while it is written. `facts` are labels with short values; `hint` is the next thing to
    do.
    """

    title: str
    id: str
    lead: str = ""
    hint: str = ""
    facts: list[tuple[str, Line]] = field(default_factory=list)
    parts: list[Block] = field(default_factory=list)

    def fact(self, label: str, value: str | Span | None) -> None:
        """Add a label with its value, unless there is none."""
        if value:
            self.facts.append((label, line(value)))

    def part(
        self, title: str, items: Iterable[str | Span] = (), table: Table | None = None, prose: Sequence[Block] = ()
    ) -> None:
        """Add a section of running text, a table and a list, unless it is empty."""
        said = tuple(line(item) for item in items)
        blocks = [*prose, *([table] if table and table.rows else []), *([layout.bullets(said)] if said else [])]
        if blocks:
            self.parts += [*([Heading(title)] if title else []), *blocks]

    def page(self) -> Page:
        """The page for the drawers."""
        blocks: list[Block] = [paragraph(quiet(self.id))]
        blocks += [paragraph(self.lead)] if self.lead else []
        blocks += [layout.facts(self.facts)] if self.facts else []
        return Page(self.title, (*blocks, *self.parts), last=line(quiet(self.hint)))


def columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Rows of words under heads; a head that ends with a colon is set to the right, one with + is not broken."""
    right = [i for i, head in enumerate(heads) if head.endswith(":")]
    fixed = [i for i, head in enumerate(heads) if "+" in head]
    return layout.table([head.replace("+", "").removesuffix(":") for head in heads], rows, right=right, fixed=fixed)


def listing_page(title: str, table: Table, hint: str) -> Page:
    """Many entries in short, and at the end the next thing to do."""
    found = table if table.rows else paragraph("Nothing fits these filters.")
    return Page(title, (found,), last=line(quiet(hint if table.rows else "")))


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


def said_by(catalogue: Catalogue, ids: Sequence[str]) -> list[Span]:
    """Sources as links with the date they speak for."""
    known = [catalogue.sources[i] for i in dict.fromkeys(ids) if i in catalogue.sources]
    return [Span(f"{s.title} ({dated(s.as_of)}, confidence {s.confidence})", s.url or "") for s in known]


def checked_words(entry: Any) -> str:
    """When an entry was last looked at and how sure it is."""
    found = getattr(entry, "check", None)
    checked = found.as_of if found else getattr(entry, "checked", "") or getattr(entry, "as_of", "")
    sure = getattr(entry, "confidence", "")
    return f"{dated(checked)}, confidence {sure}" if checked and sure else dated(checked)


def disputed(catalogue: Catalogue, kind: str, id_: str) -> list[str]:
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
