"""JSON Resume 1.x: what the schema names is read, whatever else is there is passed over."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Section
from roadmap.model.resume import Entry, Resume
from roadmap.reading.cues import Cues
from roadmap.reading.dates import period
from roadmap.reading.plain import LONGEST_LINE, lines_of

MOST_ENTRIES = 500
KEYS = ("basics", "work", "volunteer", "education", "certificates", "skills", "projects", "publications")

# A key of the file, the section it counts as, and its keys for what an entry is called and where it was.
PARTS: tuple[tuple[str, Section, str, str], ...] = (
    ("work", "work", "position", "name"),
    ("volunteer", "projects", "position", "organization"),
    ("projects", "projects", "name", "entity"),
    ("education", "education", "area", "institution"),
)


def read_json_resume(text: str, name: str, cues: Cues) -> Resume:
    """A resume from JSON. Raises RoadmapError for what is no JSON, or no resume."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise RoadmapError(f"{name}: not valid JSON{line}", "check the file, or export it again") from error
    if not isinstance(data, Mapping) or not data.keys() & set(KEYS):
        raise RoadmapError(
            f"{name}: JSON, but no JSON Resume", "it needs keys such as basics, work and skills: jsonresume.org/schema"
        )
    today = cues.words("today")
    entries = [*_summary(data), *_skills(data)]
    entries += _jobs(data, today)
    entries += [
        Entry("certificates", title=_text(c, "name"), place=_text(c, "issuer")) for c in _list(data, "certificates")
    ]
    person = data.get("basics")
    return Resume(
        "JSON Resume",
        _text(person if isinstance(person, Mapping) else {}, "name"),
        tuple(e for e in entries if e.title or e.lines),
    )


def _summary(data: Mapping[str, Any]) -> Iterator[Entry]:
    """The headline and the summary of `basics`; its mail, phone, address and profiles are not looked at."""
    person = data.get("basics")
    if isinstance(person, Mapping):
        yield Entry("summary", lines=(*_lines(person, "label"), *_lines(person, "summary")))


def _skills(data: Mapping[str, Any]) -> Iterator[Entry]:
    for one in _list(data, "skills"):
        keywords = tuple(line for k in _texts(one, "keywords") for line in lines_of(k))
        yield Entry("skills", title=_text(one, "name"), lines=keywords, stated=_text(one, "level"))


def _jobs(data: Mapping[str, Any], today: Collection[str]) -> Iterator[Entry]:
    """Positions, unpaid ones among the projects, projects and studies."""
    for key, section, title, place in PARTS:
        for one in _list(data, key):
            lines = [*_lines(one, "summary"), *_lines(one, "description")]
            for inner in ("highlights", "keywords", "courses"):
                lines += [line for text in _texts(one, inner) for line in lines_of(text)]
            yield Entry(
                section,
                title=_text(one, title),
                place=_text(one, place) or _text(one, "company"),
                period=period(_text(one, "startDate"), _text(one, "endDate"), today),
                lines=tuple(x for x in lines if x),
            )


def _list(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = data.get(key)
    return [x for x in found[:MOST_ENTRIES] if isinstance(x, Mapping)] if isinstance(found, list) else []


def _texts(data: Mapping[str, Any], key: str) -> list[str]:
    found = data.get(key)
    return [x for x in found[:MOST_ENTRIES] if isinstance(x, str)] if isinstance(found, list) else []


def _text(data: Mapping[str, Any], key: str) -> str:
    """A text as one line; empty for anything else."""
    found = data.get(key)
    return " ".join(lines_of(found[:LONGEST_LINE])).strip() if isinstance(found, str) else ""


def _lines(data: Mapping[str, Any], key: str) -> list[str]:
    found = data.get(key)
    return [x for x in lines_of(found) if x] if isinstance(found, str) else []
