"""What a line of an edited page says to the plan: its box, and keys such as `Hours: 3` with what stands behind them."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape

from roadmap.model.recorded import LONGEST, wrong_day
from roadmap.model.typed import day_of, hours_of
from roadmap.render.clean import WORD_JOINER, clean
from roadmap.render.personal import BOXED

MOST_HOURS = 1000.0
_TICKS = frozenset({"x", "xx", "v", "y", "ok", "done", "✓", "✔", "☑", "✅"})
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s+")
_KEY = re.compile(
    r"[*_]{0,3}(hours?|links?|evidence|notes?|done|finished)[*_]{0,3}[^\S\n]*:[*_]{0,3}\s*(.*)", re.IGNORECASE
)
_BARE_HOURS = re.compile(r"[*_]{0,3}hours?[*_]{0,3}\s+(?:[=–-]\s*)?(\d.*)", re.IGNORECASE)
_YES = frozenset({"yes", "y", "x", "done", "true", "ok", "today", "✓", "✔", "☑", "✅"})
_LINK = re.compile(r"\[(.*)\]\((\S+)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Keyed:
    """A key with its value: hours, a day (none: ticked without one), a link with the words on it, or a note.

    `why` says why the value cannot be taken; the line is then no more than words.
    """

    key: str
    hours: float = 0.0
    on: date | None = None
    text: str = ""
    words: str = ""
    why: str = ""


def boxed(line: str) -> tuple[str | None, str]:
    """The box at the beginning of a line and what follows it.

    The box is `x` when it is ticked, in whichever way; a space when it is open, another sign as it stands, and None
    where there is none.
    """
    match = BOXED.match(line)
    if not match:
        bullet = _BULLET.match(line)
        return None, line[bullet.end() :] if bullet else line
    sign = (match["in"] if match["in"] is not None else match["sign"]).casefold()
    box = "x" if sign in _TICKS else " " if sign in ("", "☐") else sign
    return box, line[match.end() :]


def keyed(words: str, today: date) -> Keyed | None:
    """What the words of a line say to the plan, or None where they are no key with a value."""
    bare = _BARE_HOURS.fullmatch(words)
    if bare and hours_of(bare[1]) is not None:
        return _hours(bare[1])
    if words.casefold().rstrip(".! ") in ("done", "finished"):
        return Keyed("done", why="a tick in the box of the step says so, or “Done: 2026-12-08”")
    match = _KEY.fullmatch(words)
    value = match[2].strip() if match else ""
    if not match or not value:
        return None
    match match[1].casefold().removesuffix("s"):
        case "hour":
            return _hours(value)
        case "done" | "finished":
            return _done(value, today)
        case "link" | "evidence":
            return _link(value)
    return Keyed("note", text=value)


def _hours(value: str) -> Keyed:
    spent = hours_of(value)
    if spent is None:
        return Keyed("hours", why="that is no number of hours")
    if not 0 <= spent <= MOST_HOURS:
        return Keyed("hours", why=f"hours of a step lie between 0 and {MOST_HOURS:g}")
    return Keyed("hours", hours=round(spent, 2))


def _done(value: str, today: date) -> Keyed:
    if value.casefold().rstrip(".!") in _YES:
        return Keyed("done")
    found = day_of(value, today, past=True)
    if not isinstance(found, date):
        return Keyed("done", why=found.message if found else "that is no day; write it as 2026-12-01, or tick the box")
    if found > today:
        return Keyed("done", why=f"{found} has not come yet")
    return Keyed("done", why="no plan is that old") if wrong_day(found) else Keyed("done", on=found)


def _link(value: str) -> Keyed:
    linked = linked_in(value)
    # Some editors write an address in angle brackets.
    address = linked[2] if linked else value.removeprefix("<").removesuffix(">")
    if len(address) > LONGEST:
        return Keyed("link", why=f"an address has at most {LONGEST:,} characters")
    return Keyed("link", text=address, words=linked[1] if linked else "")


def linked_in(words: str) -> re.Match[str] | None:
    """Title and address, where words are a link; an address that is longer than any that is kept is none."""
    return _LINK.fullmatch(words) if len(words) <= 2 * LONGEST else None


def plain(markdown: str) -> str:
    """The words of a line without the escapes that Markdown needs, on one line and without control codes."""
    bare = markdown.replace(WORD_JOINER, "")
    linked = linked_in(bare)
    return clean(bare if linked else unescape(_ESCAPED.sub(r"\1", bare)))
