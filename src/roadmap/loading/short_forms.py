"""What an overlay with one source of its own need not repeat: who says so, since when, how sure, and a range of hours.

An entry that names none of these takes them from that source. What people read is never filled in.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from roadmap.loading.shapes import KINDS

# A number of hours as a range: a quarter less if all goes well, half as much again if much goes wrong.
LOW, HIGH = 0.75, 1.5


def own_source(data: Mapping[str, object]) -> Mapping[str, object] | None:
    """The one source that an overlay brings; None where it brings none or several."""
    sources = data.get("sources")
    only = sources[0] if isinstance(sources, list) and len(sources) == 1 else None
    return only if isinstance(only, Mapping) and isinstance(only.get("id"), str) else None


def filled(key: str, entry: object, source: Mapping[str, object]) -> object:
    """An entry of a kind with what it leaves to the source of its overlay."""
    if not isinstance(entry, Mapping) or key == "sources":
        return entry
    said = {k: source[k] for k in ("as_of", "confidence") if k in source}
    usual: dict[str, Any] = {"sources": [source["id"]], **said}
    if key == "resources":
        usual |= {"level": "intermediate", "hours_origin": "judgement"}
        usual |= {"checked": source["as_of"]} if "as_of" in source else {}
    names = {f.name for f in fields(KINDS[key])}
    out = {**{k: v for k, v in usual.items() if k in names}, **entry}
    if key == "paths" and isinstance(phases := out.get("phases"), list):
        out["phases"] = [{"source": source["id"], **p} if isinstance(p, Mapping) else p for p in phases]
    hours = out.get("hours")
    if key == "modules" and isinstance(hours, (int, float)) and not isinstance(hours, bool):
        basis = f"{hours:g} hours as they are usually, from a quarter less to half as much again"
        span = {"low": hours * LOW, "likely": hours, "high": hours * HIGH}
        out["hours"] = {**span, "origin": "judgement", "basis": basis, "source": source["id"]}
    return out
