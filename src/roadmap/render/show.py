"""Lists and pages of the catalogue as Markdown or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification
from roadmap.render.cards import Card, Listing, card_page, listing_page
from roadmap.render.layout import Page
from roadmap.render.markdown import draw_markdown


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
    page = listing_page(listing)
    return draw_markdown(Page(page.title, page.lead), level=2)


def page_as_markdown(card: Card) -> str:
    """A page with headings; labels become a list."""
    page = card_page(card)
    return draw_markdown(Page(page.title, page.lead))
