"""Ids that stay the same when a plan is exported again, so that other programs update instead of doubling."""

import re
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from roadmap.model.plan import Plan
from roadmap.render.clean import clean

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:career-roadmap")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def plan_uuid(plan: Plan) -> UUID:
    """The id of a plan: whose it is and where it leads. Dates and hours may change without making it another."""
    person = plan.profile
    return uuid5(_NAMESPACE, "\0".join((clean(person.name), person.role, person.target)))


def item_uuid(plan: Plan, *parts: str) -> UUID:
    """The id of something in a plan: a step, its exam, a week's slot."""
    return uuid5(plan_uuid(plan), "\0".join(clean(p) for p in parts))


def slug(text: str) -> str:
    """An id as one word of letters, digits, hyphens and underscores; others are named by a digest of their text."""
    if _PLAIN.fullmatch(text):
        return text
    return "x" + sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def short_id(plan: Plan, step: str) -> str:
    """A word that names a step among the steps of many plans: first-rag-3f2a9c."""
    return f"{slug(step)}-{plan_uuid(plan).hex[:6]}"
