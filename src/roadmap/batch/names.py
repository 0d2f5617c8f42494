"""File names from what people are called, safe on every system."""

import unicodedata

LONGEST = 80
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_OURS = {"roster"}


def safe_name(text: str, row: int) -> str:
    """A file name without ending for an id: letters and digits of any script, dots, dashes and underscores.

    Folded to one case and one Unicode form, so that two names that differ here differ on systems that fold them
    too; never empty, hidden, an option, a device of Windows or a path.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c if _is_plain(c) else "-" for c in folded)
    while len(kept.encode()) > LONGEST:
        kept = kept[:-1]
    kept = "-".join(part for part in kept.split("-") if part).strip("._-")
    if not kept:
        return f"row-{row}"
    return f"{kept}-{row}" if kept.split(".")[0] in _DEVICES | _OURS else kept


def is_safe(file: str) -> bool:
    """Whether a name read back from a journal is one that `safe_name` could have made, ending included."""
    return bool(file) and file[0] not in "._-" and all(map(_is_plain, file))


def _is_plain(char: str) -> bool:
    return char.isalnum() or char in "._-" or unicodedata.category(char)[0] == "M"
