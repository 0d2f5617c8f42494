"""Entries of the catalogue as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification


def as_json(catalogue: Catalogue, found: Sequence[Any], *, one: bool) -> str:
    """Entries with the catalogue's own keys: a list, or one object; a certification also with its successors."""
    rows = [_plain(catalogue, e) for e in found]
    return json.dumps(rows[0] if one else rows, ensure_ascii=False, indent=2) + "\n"


def _plain(catalogue: Catalogue, entry: Any) -> dict[str, Any]:
    row = asdict(entry)
    if isinstance(entry, Certification):
        row["successors"] = [
            {key: getattr(c, key) for key in ("id", "code", "name", "status", "available_from")}
            for c in catalogue.successors(entry.id)
        ]
    return row
