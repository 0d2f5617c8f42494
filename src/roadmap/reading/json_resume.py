"""JSON Resume 1.x and its kin, as JSON or YAML: what their schemas name, and the words under names of one's own."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Section
from roadmap.model.resume import Entry, Period, Resume
from roadmap.reading.dates import Dates
from roadmap.reading.lines import LONGEST_LINE, lines_of

ParseYaml = Callable[[str, str], Any]
"""From a text and what to call it to plain data; None for what is no YAML."""
SectionOf = Callable[[str], Section | None]
MOST_ENTRIES = 500
LONGEST_KEY = 60
DEEPEST = 6
KEYS: dict[str, Section] = {
    "work": "work", "experience": "work", "workexperience": "work", "employment": "work", "jobs": "work",
    "positions": "work", "volunteer": "projects", "projects": "projects", "education": "education",
    "certificates": "certificates", "certifications": "certificates", "skills": "skills", "publications": "other",
}  # fmt: skip
"""The keys of a file that are read, with the sections they count as; others are looked up as headings."""
ORDER = {key: place for place, key in enumerate(KEYS)}
PERSON = (
    "basics", "personal", "person", "cv", "personalinfo", "personalinformation", "personaldetails", "header",
    "about",
)  # fmt: skip
WRAPPED = ("resume", "data", "cv", "profile", "document", "attributes", "result")
"""Keys under which programs put a whole resume."""
NAMES = ("name", "fullname", "nom", "nombre", "nome", "naam")
GIVEN, FAMILY = ("firstname", "givenname", "vorname", "prénom"), ("lastname", "familyname", "surname", "nachname")
LABELS = (
    "label", "headline", "title", "jobtitle", "role", "currenttitle", "currentrole", "summary", "profile",
    "objective",
)  # fmt: skip
TITLES = (
    "position", "title", "jobtitle", "role", "job", "designation", "occupation", "area", "studytype", "degree",
    "name", "label", "beruf", "funktion", "rolle", "stelle", "poste", "fonction", "puesto", "cargo", "ruolo",
    "functie", "stanowisko",
)  # fmt: skip
PLACES = (
    "name", "company", "companyname", "organization", "organisation", "employer", "institution", "school",
    "entity", "issuer", "authority", "firma", "unternehmen", "arbeitgeber", "entreprise", "employeur",
    "empresa", "azienda", "bedrijf", "werkgever", "pracodawca",
)  # fmt: skip
FIRST = (
    "startdate", "start", "from", "started", "startedon", "begin", "von", "desde", "inicio", "début", "inizio",
    "date",
)  # fmt: skip
LAST = ("enddate", "end", "to", "ended", "finishedon", "until", "bis", "hasta", "fin", "fine", "até")
WHEN = (
    "dates", "period", "duration", "daterange", "timeframe", "years", "when", "time", "zeitraum", "période",
    "periodo", "date",
)  # fmt: skip
"""The whole period in one text, or with its two days below it."""
INNER = ("positions", "roles", "titles")
"""Several positions at one employer."""
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


def _unwrapped(data: object) -> object:
    """A resume out of what a program put around it: a list of one, or a key."""
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if isinstance(data, Mapping):
        inner = [v for k, v in data.items() if _key(k) in WRAPPED and is_resume(v)]
        if inner and not {_key(k) for k in data} & KEYS.keys():
            return inner[0]
    return data


def read_data_resume(data: object, name: str, kind: str, dates: Dates, section_of: SectionOf) -> Resume:
    """A resume from plain data; `section_of` knows keys as headings. Raises RoadmapError for data that is no resume."""
    data = _unwrapped(data)
    if not isinstance(data, Mapping) or not is_resume(data):
        raise RoadmapError(
            f"{name}: {'YAML' if kind.endswith('YAML') else 'JSON'}, but no JSON Resume",
            "it needs keys such as basics, work and skills: jsonresume.org/schema",
        )
    parts = {_key(k): v for k, v in data.items()}
    person: Mapping[str, Any] = next((parts[k] for k in PERSON if isinstance(parts.get(k), Mapping)), data)
    headings = {_key(k): k for k in data}
    for inner in (person.get("sections"), parts.get("sections")):
        if isinstance(inner, Mapping):
            parts |= {_key(k): v for k, v in inner.items()}
            headings |= {_key(k): k for k in inner}
    about = {_key(k): v for k, v in person.items()}
    entries = [Entry("summary", lines=tuple(x for k in LABELS for x in _lines(about.get(k))))]
    known = {k: KEYS.get(k) or section_of(_spelt(headings.get(k, k))) for k in parts}
    for key in sorted(parts, key=lambda k: ORDER.get(k, len(ORDER))):
        section = known[key]
        if section is None or section in ("contact", "summary") or key in PERSON:
            continue
        for one in _list(parts[key], skills=section == "skills"):
            entries += _skill(one) if section == "skills" else _entry(section, one, dates)
    return Resume(kind, _name(about), tuple(e for e in entries if e.title or e.lines))


def _name(about: Mapping[str, object]) -> str:
    """The name of a person, in one text or in two."""
    whole = next((_text(about[k]) for k in NAMES if _text(about.get(k))), "")
    parts = [next((_text(about[k]) for k in keys if _text(about.get(k))), "") for keys in (GIVEN, FAMILY)]
    return " ".join(p for p in parts if p) if all(parts) else whole


def _spelt(key: object) -> str:
    """A key as a heading: "workExperience" and "work_experience" are "work experience"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", str(key)[:LONGEST_KEY])


def _skill(one: object) -> Iterator[Entry]:
    """A skill or a group of them: a word, or an object with keywords."""
    if not isinstance(one, Mapping):
        yield Entry("skills", title=_text(one))
        return
    data = {_key(k): v for k, v in one.items()}
    titled = next((k for k in ("name", "label", "category", "skill", "title", "group") if _text(data.get(k))), "")
    title = _text(data.get(titled))
    below = tuple(x for k, v in data.items() if k not in (titled, *PASSED) for x in _deep(v))
    yield Entry("skills", title=title, lines=below, stated=_text(data.get("level")))


def _entry(section: Section, one: object, dates: Dates) -> Iterator[Entry]:
    """A position, a project, a study or a certificate, with every text that it holds."""
    if not isinstance(one, Mapping):
        yield Entry(section, lines=tuple(_lines(one)))
        return
    data = {_key(k): v for k, v in one.items()}
    inner = [x for k in INNER for x in _list(data.get(k)) if isinstance(x, Mapping)]
    if inner:
        around = {k: v for k, v in data.items() if k in PLACES}
        for part in inner:
            own = {_key(k): v for k, v in part.items()}
            yield from _entry(
                section, {**{f"company{k}" if k == "name" else k: v for k, v in around.items()}, **own}, dates
            )
        return
    titled = next((k for k in TITLES if _text(data.get(k))), "")
    place = next((k for k in PLACES if k != titled and _text(data.get(k))), "")
    first, last = (next((_text(data[k]) for k in keys if k in data), "") for keys in (FIRST, LAST))
    used = {titled, place, *FIRST, *LAST, *WHEN, *PASSED}
    lines = tuple(x for k, v in data.items() if k not in used for x in _deep(v))
    when = None if section == "certificates" else (_when(data, dates) or dates.period(first, last))
    yield Entry(section, _text(data.get(titled)), _text(data.get(place)), when, lines)


def _when(data: Mapping[str, object], dates: Dates) -> Period | None:
    """A period that stands under one key, as a text or as two days."""
    for key in WHEN:
        value = data.get(key)
        if isinstance(value, str) and (found := dates.period_in(" ".join(value.split()))):
            return found[0]
        if isinstance(value, Mapping):
            inner = {_key(k): v for k, v in value.items()}
            first, last = (next((_text(inner[k]) for k in keys if k in inner), "") for keys in (FIRST, LAST))
            return dates.period(first, last)
    return None


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


def _list(found: object, *, skills: bool = False) -> list[object]:
    """The entries of a list, or of a mapping of groups to lists; `skills` may be a text as well."""
    if isinstance(found, str) and skills:
        return [found]
    if isinstance(found, Mapping) and isinstance(found.get("items"), list):
        found = found["items"]
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
