"""JSON Schemas of what people write and scripts read, made from the classes and fields that check them."""

from typing import Any

from roadmap.loading.shapes import adapter, json_schema
from roadmap.model.plan_data import PlanData
from roadmap.model.profile import FIELDS, ID, LONGEST_TEXT

DRAFT = "https://json-schema.org/draft/2020-12/schema"

ROW_ID = {
    "type": ["string", "integer"],
    "maxLength": LONGEST_TEXT,
    "description": "Names the row of a batch; says nothing about the person.",
}


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of `catalogue`, `profile`, `plan`, `saved-plan`, `status`, `next` or `cohort`."""
    if kind == "catalogue":
        return json_schema()
    if kind == "plan":
        return {"$schema": DRAFT, "$id": "roadmap:plan:2", **adapter(PlanData).json_schema()}
    if kind in ("status", "next", "cohort"):
        from roadmap.model.status_data import CohortRow, NextData, StatusData

        shape = {"status": StatusData, "next": NextData, "cohort": list[CohortRow]}[kind]
        return {"$schema": DRAFT, "$id": f"roadmap:{kind}:1", **adapter(shape).json_schema()}
    if kind == "saved-plan":
        from roadmap.loading.saved_schema import saved_schema

        answers = {key: value for key, value in schema_of("profile").items() if not key.startswith("$")}
        return {"$schema": DRAFT, "$id": "roadmap:saved-plan:1", "title": "roadmap saved plan", **saved_schema(answers)}
    return {
        "$schema": DRAFT,
        "$id": "roadmap:profile:1",
        "title": "roadmap profile",
        "type": "object",
        "required": ["role"],
        "additionalProperties": False,
        "properties": {ID: ROW_ID} | {f.name: {**f.schema, "description": f.help} for f in FIELDS},
    }
