"""What --map and --default say of the columns and keys of a table."""

from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import nearest
from roadmap.model.profile import KEYS, check_answer


def renames_of(pairs: list[str]) -> dict[str, str]:
    """Column to key. KEY=COLUMN is what is documented; COLUMN=KEY is understood where only that makes sense."""
    out = {}
    for pair in pairs:
        key, sign, column = pair.partition("=")
        if not _is_key(key) and _is_key(column):
            key, column = column, key
        if not sign or not column or not _is_key(key):
            hint = nearest(key, KEYS) or "for example --map 'hours_per_week=Hours a week'; keys: " + ", ".join(KEYS)
            raise UsageError(f"--map {pair}: a profile key and a column are needed", hint)
        out[column] = key
    return out


def _is_key(text: str) -> bool:
    return text.partition(".")[0] in (*KEYS, "id")


def defaults_of(pairs: list[str], known: Catalogue) -> dict[str, object]:
    """Answers for rows that leave a key open. Raises UsageError for what is no answer."""
    from roadmap.batch.cells import value_of
    from roadmap.batch.row import listed, put

    out: dict[str, object] = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        path = key.replace("-", "_").split(".")
        if not sign or not text.strip() or path[0] not in KEYS:
            hint = nearest(path[0], KEYS) or "for example --default hours_per_week=8; keys: " + ", ".join(KEYS)
            raise UsageError(f"--default {pair}: a profile key and a value are needed", hint)
        put(out, path, value_of(path[0], text.strip()))
    for key, value in out.items():
        out[key] = listed(value)
        _, faults = check_answer(key, out[key], known)
        for fault in faults[:1]:
            raise UsageError(f"--default {key}: {fault.message}", fault.hint)
    return out
