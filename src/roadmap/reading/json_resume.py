"""JSON Resume 1.x and its kin, as JSON or YAML: what their schemas name, and the words under names of one's own."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Section
from roadmap.model.resume import Entry, Resume
from roadmap.reading.dates import Dates
from roadmap.reading.lines import LONGEST_LINE, lines_of

MOST_ENTRIES = 500
DEEPEST = 6
KEYS: dict[str, Section] = {
    "work": "work", "experience": "work", "workexperience": "work", "employment": "work", "jobs": "work",
    "positions": "work", "volunteer": "projects", "projects": "projects", "education": "education",
    "certificates": "certificates", "certifications": "certificates", "skills": "skills", "publications": "other",
}  # fmt: skip
"""The keys of a file that are read, with the sections they count as."""
PERSON = ("basics", "personal", "person", "cv")
TITLES = ("position", "title", "jobtitle", "role", "area", "studytype", "name", "label")
PLACES = ("name", "company", "organization", "organisation", "employer", "institution", "entity", "issuer", "authority")
FIRST, LAST = ("startdate", "start", "from", "date"), ("enddate", "end", "to")
# What is nobody's business, or says nothing of what somebody can do.
PASSED = {
    "url", "website", "link", "email", "phone", "telephone", "location", "address", "city", "image", "picture", "id",
    "level", "score", "gpa", "type", "profiles", "network", "username", "reference", "references",
}  # fmt: skip


def from_json(text: str, name: str) -> object:
    """The data of a JSON file. Raises RoadmapError for what is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise RoadmapError(f"{name}: not valid JSON{line}", "check the file, or export it again") from error


def is_resume(data: object) -> bool:
    """Whether data has the keys of a resume."""
    return isinstance(data, Mapping) and bool({_key(k) for k in data} & {*KEYS, *PERSON})


def read_data_resume(data: object, name: str, kind: str, dates: Dates) -> Resume:
    """A resume from plain data. Raises RoadmapError for data that is no resume."""
    if not isinstance(data, Mapping) or not is_resume(data):
        raise RoadmapError(
            f"{name}: {'YAML' if kind.endswith('YAML') else 'JSON'}, but no JSON Resume",
            "it needs keys such as basics, work and skills: jsonresume.org/schema",
        )
    parts = {_key(k): v for k, v in data.items()}
    person: Mapping[str, Any] = next((parts[k] for k in PERSON if isinstance(parts.get(k), Mapping)), {})
    inner = person.get("sections")
    if isinstance(inner, Mapping):
        parts |= {_key(k): v for k, v in inner.items()}
    about = {_key(k): v for k, v in person.items()}
    entries = [
        Entry(
            "summary",
            lines=(*_lines(about.get("label")), *_lines(about.get("headline")), *_lines(about.get("summary"))),
        )
    ]
    for key, section in KEYS.items():
        for one in _list(parts.get(key)):
            entries += _skill(one) if section == "skills" else _entry(section, one, dates)
    return Resume(kind, _text(about.get("name")), tuple(e for e in entries if e.title or e.lines))


def _skill(one: object) -> Iterator[Entry]:
    """A skill or a group of them: a word, or an object with keywords."""
    if not isinstance(one, Mapping):
        yield Entry("skills", title=_text(one))
        return
    data = {_key(k): v for k, v in one.items()}
    title = _text(data.get("name") or data.get("label") or data.get("category"))
    below = tuple(x for k, v in data.items() if k not in ("name", "label", "category", *PASSED) for x in _deep(v))
    yield Entry("skills", title=title, lines=below, stated=_text(data.get("level")))


def _entry(section: Section, one: object, dates: Dates) -> Iterator[Entry]:
    """A position, a project, a study or a certificate, with every text that it holds."""
    if not isinstance(one, Mapping):
        yield Entry(section, lines=tuple(_lines(one)))
        return
    data = {_key(k): v for k, v in one.items()}
    titled = next((k for k in TITLES if _text(data.get(k))), "")
    place = next((k for k in PLACES if k != titled and _text(data.get(k))), "")
    first, last = (next((_text(data[k]) for k in keys if k in data), "") for keys in (FIRST, LAST))
    used = {titled, place, *FIRST, *LAST, *PASSED}
    lines = tuple(x for k, v in data.items() if k not in used for x in _deep(v))
    when = None if section == "certificates" else dates.period(first, last)
    yield Entry(section, _text(data.get(titled)), _text(data.get(place)), when, lines)


def _deep(value: object, depth: int = 0) -> Iterator[str]:
    """Every text in a value, however deep, but not under the keys that are passed over."""
    if isinstance(value, Mapping) and depth < DEEPEST:
        for key, inner in list(value.items())[:MOST_ENTRIES]:
            if _key(key) not in PASSED:
                yield from _deep(inner, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for inner in value[:MOST_ENTRIES]:
            yield from _deep(inner, depth + 1)
    elif isinstance(value, str):
        yield from _lines(value)


def _key(key: object) -> str:
    return str(key).replace("_", "").replace("-", "").replace(" ", "").casefold()


def _list(found: object) -> list[object]:
    """The entries of a list, or of a mapping of groups to lists."""
    if isinstance(found, Mapping):
        return [{"name": str(k), "keywords": v} for k, v in list(found.items())[:MOST_ENTRIES]]
    return list(found[:MOST_ENTRIES]) if isinstance(found, list) else []


def _text(found: object) -> str:
    """A text or a number as one line; empty for anything else."""
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10_000:
        return str(found)
    return " ".join(lines_of(found[:LONGEST_LINE])).strip() if isinstance(found, str) else ""


def _lines(found: object) -> list[str]:
    return [x for x in lines_of(found) if x] if isinstance(found, str) else []


ParseYaml = Callable[[str, str], Any]
"""From a text and what to call it to plain data; None for what is no YAML."""
