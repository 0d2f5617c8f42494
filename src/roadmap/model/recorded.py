"""What a journal can hold, one check per kind of value: the same for files, flags, sync and Python."""

from roadmap.model.checking import as_date, as_number, is_unicode
from roadmap.model.journal import Event
from roadmap.model.times import FIRST_DAY, LAST_DAY

LONGEST = 2000
# A paragraph that somebody writes without a line break, in a note or a page.
LONGEST_NOTE = 10_000
# Hours that one step, or one wrong entry, can hold.
MOST_HOURS = 100_000
# Hours that were logged by mistake are taken back with a number below nothing, down to this one.
MOST_BACK = 1000
# How many times as long as expected, or as short, somebody may take.
SLOWEST, FASTEST = 20.0, 0.05


def wrong_day(value: object) -> str:
    """Why a value is no day that a plan can hold, or an empty text."""
    day = as_date(value)
    if day is None:
        return f"must be a day such as 2026-12-01, not {short(value)}"
    return "" if FIRST_DAY <= day <= LAST_DAY else f"must lie between {FIRST_DAY} and {LAST_DAY}, not {day}"


def wrong_number(value: object, least: float, most: float, what: str) -> str:
    """Why a value is no number from `least` to `most`, or an empty text."""
    number = as_number(value)
    if number is None:
        return f"must be a number{what}, not {short(value)}"
    return "" if least <= number <= most else f"must be a number{what} from {least:g} to {most:g}, not {number:g}"


def wrong_hours(value: object, least: float = 0) -> str:
    """Why a value is no number of hours, or an empty text."""
    return wrong_number(value, least, MOST_HOURS, " of hours")


def wrong_text(value: object, longest: int = LONGEST) -> str:
    """Why a value cannot be kept as text, an id, an address or a name, or an empty text."""
    if not isinstance(value, (str, int, float)):
        return "must be text" if value is not None else "is empty"
    text = str(value)
    if len(text) > longest:
        return f"has {len(text)} characters, at most {longest} are kept"
    return "" if is_unicode(text) else "holds characters that are no text"


def wrong_event(event: Event) -> str:
    """What is wrong with the first value of an event that a journal cannot hold, in words; or an empty text."""
    days = {"the day": event.on, "the first day": event.first, "the last day": event.last}
    days["the deadline"] = event.deadline
    for name, day in days.items():
        if day is not None and (why := wrong_day(day)):
            return f"{name} {why}"
    if event.hours is not None and (why := wrong_hours(event.hours, -MOST_BACK)):
        return f"hours {why}"
    texts = {"the evidence": event.evidence, "the reason": event.reason, "the step": event.step}
    texts |= {"the goal": event.goal, "the id": event.id, "the batch": event.batch, "the line before": event.after}
    for name, text in texts.items():
        if why := wrong_text(text):
            return f"{name} {why}"
    why = wrong_text(event.text, LONGEST_NOTE)
    return f"the text {why}" if why else ""


def short(value: object) -> str:
    """What somebody wrote, short enough for a message and on its line, whatever it is."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    text = " ".join(str(value).splitlines())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'
