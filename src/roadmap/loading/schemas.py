"""JSON Schemas of what people write and scripts read, made from the classes and fields that check them."""

from typing import Any

from roadmap.loading.shapes import adapter, json_schema
from roadmap.model.plan_data import PlanData
from roadmap.model.profile import FIELDS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of `catalogue`, `profile`, `plan` or `saved-plan`."""
    if kind == "catalogue":
        return json_schema()
    if kind == "plan":
        return {"$schema": DRAFT, **adapter(PlanData).json_schema()}
    if kind == "saved-plan":
        from roadmap.loading.saved_schema import saved_schema

        answers = {key: value for key, value in schema_of("profile").items() if key != "$schema"}
        return {"$schema": DRAFT, "$id": "roadmap:saved-plan:1", "title": "roadmap saved plan", **saved_schema(answers)}
    return {
        "$schema": DRAFT,
        "title": "roadmap profile",
        "type": "object",
        "required": ["role"],
        "additionalProperties": False,
        "properties": {f.name: {**f.schema, "description": f.help} for f in FIELDS},
    }
