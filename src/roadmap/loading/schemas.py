"""JSON Schemas of what people write and scripts read, made from the classes and fields that check them."""

from typing import Any

from roadmap.loading.shapes import adapter, json_schema
from roadmap.model.plan_data import PlanData
from roadmap.model.profile import FIELDS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of `catalogue`, `profile` or `plan`."""
    if kind == "catalogue":
        return json_schema()
    if kind == "plan":
        return {"$schema": DRAFT, **adapter(PlanData).json_schema()}
    return {
        "$schema": DRAFT,
        "title": "roadmap profile",
        "type": "object",
        "required": ["role"],
        "additionalProperties": False,
        "properties": {f.name: {**f.schema, "description": f.help} for f in FIELDS},
    }
