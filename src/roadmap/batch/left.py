"""What earlier runs left beside their outputs, judged before it is believed: somebody may have edited it since."""

from typing import Any

from roadmap.batch.codec import loads
from roadmap.batch.work import RosterEntry

FINISHED = "finished"
MOST_COUNTS = 3


def left_settings(text: bytes) -> dict[str, Any] | None:
    """The settings of a run, with what it came to where it was finished; None for anything else."""
    found = _mapping(text)
    if found is None or (FINISHED in found and not _counts(found[FINISHED])):
        return None
    parts = found.get("parts", {})
    if not isinstance(parts, dict) or not all(n.isdecimal() and _counts(c) for n, c in parts.items()):
        return None
    return found


def left_entry(line: bytes, row: int | None = None) -> RosterEntry | None:
    """A line of a folder's journal, of this row where it has to be; None for anything else."""
    found: Any = _mapping(line)
    if found is None or not all(isinstance(found.get(key), str) for key in ("id", "status", "file")):
        return None
    if not isinstance(found.get("row"), int) or row not in (None, found["row"]):
        return None
    own = found.get("own", {})
    return found if isinstance(own, dict) and all(isinstance(said, str) for said in own.values()) else None


def is_record(line: bytes, row: int) -> bool:
    """Whether a line of a part is the whole record of this row."""
    if not line.startswith(b'{"row":%d,' % row) or not line.endswith(b"}\n"):
        return False
    found = _mapping(line)
    return found is not None and isinstance(found.get("status"), str) and isinstance(found.get("plan"), dict | None)


def _mapping(text: bytes) -> dict[str, Any] | None:
    try:
        found = loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _counts(value: object) -> bool:
    if not isinstance(value, list) or not MOST_COUNTS - 1 <= len(value) <= MOST_COUNTS:
        return False
    return all(isinstance(count, int) and not isinstance(count, bool) and count >= 0 for count in value)
