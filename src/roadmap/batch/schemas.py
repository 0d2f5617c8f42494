"""JSON Schemas of what a batch writes, made from the classes that it is written from."""

from typing import Any

from roadmap.batch.details import DatesRecord, Record, SummaryRecord
from roadmap.batch.findings import RowFinding
from roadmap.batch.work import RosterEntry
from roadmap.loading.schemas import DRAFT
from roadmap.loading.shapes import adapter

_KINDS: dict[str, Any] = {
    "record": DatesRecord,
    "record-summary": SummaryRecord,
    "record-full": Record,
    "roster": RosterEntry,
    "findings": RowFinding,
}
KINDS = tuple(_KINDS)


def output_schema(kind: str) -> dict[str, Any]:
    """The schema of a line of JSON Lines (`record`, `record-summary`, `record-full`, `findings`) or of the roster."""
    return {"$schema": DRAFT, "$id": f"roadmap:{kind}:1", **adapter(_KINDS[kind]).json_schema()}
