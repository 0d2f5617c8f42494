"""Lists and pages of the catalogue as Markdown or as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification
from roadmap.render import markdown
from roadmap.render.cards import Card, Link, Listing, Table
from roadmap.render.prose import Block


def as_json(catalogue: Catalogue, found: Sequence[Any], *, one: bool) -> str:
    """Entries with the catalogue's own keys: a list, or one object; a certification also with its successors."""
    rows = [_plain(catalogue, e) for e in found]
    return json.dumps(rows[0] if one else rows, ensure_ascii=False, indent=2) + "\n"


def _plain(catalogue: Catalogue, entry: Any) -> dict[str, Any]:
    row = asdict(entry)
    if isinstance(entry, Certification):
        row["successors"] = [
            {
                "id": c.id,
                "code": c.code,
                "name": c.name,
                "status": c.status,
                "available_from": c.available_from,
            }
            for c in catalogue.successors(entry.id)
        ]
    return row


def list_as_markdown(listing: Listing) -> str:
    """A list as a heading and a table."""
    body = _markdown_table(listing.table) if listing.table.rows else listing.nothing
    return f"## {markdown.inline(listing.title)}\n\n{body}\n"


def page_as_markdown(card: Card) -> str:
    """A page with headings; labels become a list."""
    parts = [f"# {markdown.inline(card.title)}", f"`{card.id}`"]
    parts += [markdown.inline(card.lead)] if card.lead else []
    parts += ["\n".join(f"- **{label}**: {_linked(value)}" for label, value in card.facts)] if card.facts else []
    for section in card.sections:
        parts += [f"## {markdown.inline(section.title)}"] if section.title else []
        parts += _markdown_blocks(section.prose)
        parts += [_markdown_table(section.table)] if section.table else []
        parts += ["\n".join(f"- {_linked(item)}" for item in section.items)] if section.items else []
    return "\n\n".join(parts) + "\n"


def _linked(value: str | Link) -> str:
    return markdown.inline(value) if isinstance(value, str) else markdown.link(value.text, value.url)


def _markdown_table(table: Table) -> str:
    heads = [head.replace("+", "") or " " for head in table.heads]
    return markdown.table(heads, [[markdown.inline(cell) for cell in row] for row in table.rows])


def _markdown_blocks(prose: Iterable[Block]) -> list[str]:
    """Running text; items that follow each other make one list."""
    out: list[str] = []
    before = ""
    for block in prose:
        text = "".join(_markdown_span(s.text, s.strong, s.soft, s.url) for s in block.spans)
        line = f"{block.mark} {text}" if block.mark else text
        if block.mark and before:
            out[-1] += f"\n{line}"
        else:
            out.append(line)
        before = block.mark
    return out


def _markdown_span(text: str, strong: bool, soft: bool, url: str) -> str:
    if url:
        return markdown.link(text, url)
    if not text.strip():
        return text
    ends = (" " if text[0] == " " else "", " " if text[-1] == " " else "")
    mark = "**" if strong else "*" if soft else ""
    return f"{ends[0]}{mark}{markdown.inline(text)}{mark}{ends[1]}"
