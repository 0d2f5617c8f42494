"""Entries of the catalogue as JSON."""

from collections.abc import Sequence
from typing import Any

from roadmap.model.catalogue import Catalogue, Certification
from roadmap.render.data import json_text, pick, plain


def as_json(catalogue: Catalogue, found: Sequence[Any], *, one: bool) -> str:
    """Entries with the catalogue's own keys: a list, or one object; a certification also with its successors."""
    rows = [_with_successors(catalogue, e) if isinstance(e, Certification) else e for e in found]
    return json_text(rows[0] if one else rows)


def _with_successors(catalogue: Catalogue, cert: Certification) -> dict[str, Any]:
    after = catalogue.successors(cert.id)
    return {**plain(cert), "successors": [pick(c, "id", "code", "name", "status", "available_from") for c in after]}
