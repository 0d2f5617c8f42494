"""How days off and the shape of a week are checked, as a file or a flag writes them."""

from collections.abc import Mapping
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.checking import as_number, day, fault, items, number, quoted
from roadmap.model.problem import Fault, Path, nearest
from roadmap.model.times import MOST_HOURS, WEEKDAYS, Availability, Break, Range, in_order, merged

MOST_PERIODS = 500
_AVAILABILITY_KEYS = ("days", "ranges", "rest_every", "buffer_percent")


def breaks(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """Breaks, and after them the periods that are not free but lighter, which say their hours a week."""
    off: list[Break] = []
    lighter: list[Range] = []
    for i, given in enumerate(_periods(value, path, faults)):
        period = _with_hours(given)
        if isinstance(period, Mapping) and as_number(period.get("hours_per_week", 0)) != 0:
            other = _range(period, (*path, i), catalogue, faults)
            lighter += [other] if other else []
        else:
            free = {k: v for k, v in period.items() if k != "hours_per_week"} if isinstance(period, Mapping) else period
            one = _period(free, (*path, i), catalogue, faults)
            off += [one] if one else []
    return (*merged(off), *in_order(lighter))


def _periods(value: object, path: Path, faults: list[Fault]) -> list[object]:
    """A list of periods that is not longer than any life has them."""
    found = items(value, path, faults)
    if len(found) > MOST_PERIODS:
        message = f"{path[-1]} has {len(found)} entries, at most {MOST_PERIODS} are read"
        fault(faults, "too-long", path, message, "join those that touch")
        return []
    return found


def _ends(text: str) -> dict[str, object]:
    """FROM..TO or FROM to TO as the mapping a file would hold."""
    first, _, last = text.partition(" to ") if " to " in text else text.partition("..")
    return {"from": first.strip(), "to": last.strip()}


def _with_hours(value: object) -> object:
    """FROM..TO=HOURS, as a flag writes a lighter period, in the form a file has."""
    if not isinstance(value, str) or "=" not in value:
        return value
    days, _, hours = value.partition("=")
    return {**_ends(days), "hours_per_week": hours.strip()}


def _period(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> Break | None:
    if isinstance(value, str) and (" to " in value or ".." in value):
        value = _ends(value)
    if not isinstance(value, Mapping) or not {"from", "to"} <= set(value):
        hint = "for example {from: 2026-12-20, to: 2027-01-03}"
        fault(faults, "bad-break", path, f"a break needs a first and a last day, not {quoted(value)}", hint)
        return None
    for extra in sorted(str(k) for k in set(value) - {"from", "to"}):
        message = f"unknown key {quoted(extra)} in a break"
        fault(faults, "unknown-key", (*path, extra), message, "keys: from, to", at_key=True)
    first = day(value["from"], (*path, "from"), catalogue, faults)
    last = day(value["to"], (*path, "to"), catalogue, faults)
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    if last < first:
        fault(faults, "bad-break", path, f"a break ends before it starts: {first} to {last}", "swap the two days")
        return None
    return Break(first, last)


def _range(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> Range | None:
    if not isinstance(value, Mapping) or "hours_per_week" not in value:
        hint = "for example {from: 2027-01-04, to: 2027-01-31, hours_per_week: 20}"
        fault(faults, "bad-break", path, f"a range needs two days and its hours_per_week, not {quoted(value)}", hint)
        return None
    period = _period({k: v for k, v in value.items() if k != "hours_per_week"}, path, catalogue, faults)
    check = number(0, MOST_HOURS, "hours")
    hours = check(value["hours_per_week"], (*path, "hours_per_week"), catalogue, faults)
    if period is None or not isinstance(hours, (int, float)):
        return None
    return Range(period.first, period.last, hours)


def availability(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """The shape of a week, as a mapping or as mon=2,sat=6,rest=8."""
    if isinstance(value, str):
        value = _availability_from_text(value)
    if not isinstance(value, Mapping):
        hint = "for example {days: {mon: 2, sat: 6}, rest_every: 8}"
        fault(faults, "wrong-type", path, f"availability must hold keys, not {quoted(value)}", hint)
        return None
    for key in (k for k in value if k not in _AVAILABILITY_KEYS):
        hint = nearest(key, _AVAILABILITY_KEYS) or "keys: " + ", ".join(_AVAILABILITY_KEYS)
        fault(faults, "unknown-key", (*path, key), f"unknown key {quoted(key)} in availability", hint, at_key=True)
    days = _weekdays(value.get("days") or {}, (*path, "days"), catalogue, faults)
    ranges = [
        _range(one, (*path, "ranges", i), catalogue, faults)
        for i, one in enumerate(_periods(value.get("ranges") or [], (*path, "ranges"), faults))
    ]
    rest = value.get("rest_every")
    every = None if rest is None else number(2, 52, "weeks")(rest, (*path, "rest_every"), catalogue, faults)
    kept = value.get("buffer_percent") or 0
    buffer = number(0, 50, "percent")(kept, (*path, "buffer_percent"), catalogue, faults)
    return Availability(
        days=days,
        ranges=in_order(r for r in ranges if r),
        rest_every=int(every) if isinstance(every, (int, float)) else None,
        buffer_percent=int(buffer) if isinstance(buffer, (int, float)) else 0,
    )


def _availability_from_text(text: str) -> dict[str, object]:
    """mon=2,sat=6,2027-01-04..2027-01-31=20,rest=8,buffer=10 as the mapping a file would hold."""
    days: dict[str, object] = {}
    ranges: list[dict[str, object]] = []
    out: dict[str, object] = {}
    for part in (p.strip() for p in text.split(",") if p.strip()):
        key, _, value = (x.strip() for x in part.partition("="))
        if ".." in key:
            ranges.append({**_ends(key), "hours_per_week": value})
        elif key in ("rest", "buffer"):
            out["rest_every" if key == "rest" else "buffer_percent"] = value
        else:
            days[key] = value
    return {**out, **({"days": days} if days else {}), **({"ranges": ranges} if ranges else {})}


def _weekdays(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> tuple[int, ...]:
    if not isinstance(value, Mapping):
        hint = "such as {mon: 2, sat: 6}"
        fault(faults, "wrong-type", path, f"days must map weekdays to hours, not {quoted(value)}", hint)
        return ()
    hours = dict.fromkeys(WEEKDAYS, 0)
    before = len(faults)
    for name, given in value.items():
        here = (*path, name)
        if name not in WEEKDAYS:
            hint = nearest(name, WEEKDAYS) or "days: " + ", ".join(WEEKDAYS)
            fault(faults, "unknown-weekday", here, f"unknown weekday {quoted(name)}", hint, at_key=True)
            continue
        found = number(0, 24, "hours")(given, here, catalogue, faults)
        hours[name] = int(found * 4) if isinstance(found, (int, float)) else 0
    if value and not any(hours.values()) and len(faults) == before:
        fault(faults, "no-hours-left", path, "no weekday has any hours", "give one of them hours")
    return tuple(hours.values()) if any(hours.values()) else ()
