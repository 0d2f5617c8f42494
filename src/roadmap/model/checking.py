"""How an answer is checked: the same for files, flags, the interview and batch rows. Nothing is guessed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Fault, Faults, Path, nearest
from roadmap.model.recognise import NOTHING, background_of, country_of
from roadmap.model.times import FIRST_DAY, LAST_DAY

LONGEST_TEXT = 200
MOST_NAMED = 20

Check = Callable[[object, Path, Catalogue, list[Fault]], object]
"""Value, its place, the catalogue, faults to add to; the value in the form a profile keeps, or None."""


def fault(faults: list[Fault], id_: str, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> None:
    """Note that something is wrong."""
    faults.append(Fault(id_, path, message, hint, at_key=at_key))


def no_room(faults: list[Fault]) -> bool:
    """Whether there are faults enough, so that one more is only counted and no words are sought for it."""
    return isinstance(faults, Faults) and faults.passed_over()


def quoted(value: object) -> str:
    """What somebody wrote, short enough for a message, and on its line."""
    if isinstance(value, (list, tuple, Mapping)) and len(value) > MOST_NAMED:
        return f"{'a mapping' if isinstance(value, Mapping) else 'a list'} of {len(value)}"
    text = " ".join(str(value).splitlines())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def items(value: object, path: Path, faults: list[Fault]) -> list[object]:
    """A list as it is; a text split at commas, so that `--goals job,agents` and `goals: job, agents` mean the same."""
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    fault(faults, "wrong-type", path, f"{path[-1]} must be a list, not {quoted(value)}")
    return []


def as_number(value: object) -> float | None:
    """A number given as such or as text; None for anything else, truth values and infinities included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, (int, float)) or not abs(value) < 1e12:
        return None
    return int(value) if value == int(value) else float(value)


def as_date(value: object) -> date | None:
    """A calendar day given as such or as YYYY-MM-DD; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value.strip()) == 10:
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def _one_of(value: object, path: Path, known: Iterable[str], what: str, faults: list[Fault]) -> str | None:
    known = tuple(known)
    if isinstance(value, str) and value in known:
        return value
    if no_room(faults):
        return None
    listed = "one of: " + ", ".join(known) if len(known) <= MOST_NAMED else f"roadmap show {what}s lists them"
    hint = nearest(value, known) or listed
    fault(faults, f"unknown-{what}", path, f"unknown {what.replace('-', ' ')} {quoted(value)}", hint)
    return None


def choice(what: str, known: Callable[[Catalogue], Iterable[str]]) -> Check:
    """One of the known words."""

    def check(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
        return _one_of(value, path, known(catalogue), what, faults)

    return check


def start(known: Callable[[Catalogue], Iterable[str]]) -> Check:
    """A starting role; a trade or job title that the catalogue knows is told where it belongs."""
    bare = choice("role", known)

    def check(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
        roles = [*known(catalogue)]
        foreign = isinstance(value, str) and value not in roles
        if foreign and (meant := titled(str(value), roles, catalogue)):
            message = f"{quoted(value)} is a job title, not the id of a role to start from"
            fault(faults, "unknown-role", path, message, f"write role: {meant}")
            return None
        named = foreign and background_of(str(value), catalogue)
        if not named:
            return bare(value, path, catalogue, faults)
        trade = catalogue.backgrounds[named]
        hint = f"say it as background: {trade.id}, beside role: one of {', '.join(trade.starts or roles)}"
        fault(faults, "unknown-role", path, f"{quoted(value)} is a trade, not a role to start from", hint)
        return None

    return check


def titled(text: str, roles: Iterable[str], catalogue: Catalogue) -> str | None:
    """The one role of these whose name or job title somebody wrote, or the first words of one: backend."""
    word = text.strip().casefold()
    lengths: dict[str, int] = {}
    for id_ in roles if word else ():
        names = [name.casefold() for name in (catalogue.roles[id_].name, *catalogue.roles[id_].titles)]
        fitting = [len(name.split()) for name in names if name == word or name.startswith(f"{word} ")]
        if fitting:
            lengths[id_] = min(fitting)
    # The title nearest to what was written counts: a backend engineer, not the intern of one.
    nearest_ones = [id_ for id_, length in lengths.items() if length == min(lengths.values())]
    return nearest_ones[0] if len(nearest_ones) == 1 else None


def known_list(what: str, known: Callable[[Catalogue], Iterable[str]]) -> Check:
    """Several of the known words, each once, in their own order."""

    def check(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
        given = items(value, path, faults)
        names = tuple(known(catalogue))
        found = [_one_of(v, (*path, i), names, what, faults) for i, v in enumerate(given)]
        return tuple(sorted({f for f in found if f is not None}, key=names.index))

    return check


def text(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    """Free text, shown and never interpreted."""
    if not isinstance(value, str):
        fault(faults, "wrong-type", path, f"{path[-1]} must be text, not {quoted(value)}", "put it in quotes")
        return None
    if len(value) > LONGEST_TEXT:
        message = f"{path[-1]} has {len(value)} characters, at most {LONGEST_TEXT} are kept"
        fault(faults, "too-long", path, message)
        return None
    if not is_unicode(value):
        message = f"{path[-1]} holds characters that are no text: {quoted(ascii(value))}"
        fault(faults, "not-text", path, message, "type it anew, as UTF-8")
        return None
    return value


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: half a surrogate pair or a byte of another encoding cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def number(low: float, high: float | None, unit: str) -> Check:
    """A number from `low` to `high`."""

    def check(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
        given = as_number(value)
        if given is None:
            fault(faults, "wrong-type", path, f"{path[-1]} must be a number of {unit}, not {quoted(value)}")
        elif given < low or (high is not None and given > high):
            allowed = f"from {low:g} to {high:g}" if high is not None else f"{low:g} or more"
            fault(faults, "out-of-range", path, f"{path[-1]} must be {allowed}, not {given:g}")
        else:
            return given
        return None

    return check


def one_of_numbers(allowed: tuple[int, ...]) -> Check:
    """One of a few numbers."""

    def check(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
        given = as_number(value)
        if given in allowed:
            return int(given or 0)
        known = ", ".join(str(n) for n in allowed)
        fault(faults, "out-of-range", path, f"{path[-1]} must be one of {known}, not {quoted(value)}")
        return None

    return check


def truth(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    """Yes or no, in the words that YAML and people use."""
    said = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(str(value).casefold())
    if said is None:
        fault(faults, "wrong-type", path, f"{path[-1]} must be yes or no, not {quoted(value)}")
    return said


def day(value: object, path: Path, _catalogue: Catalogue, faults: list[Fault]) -> object:
    """A calendar day within the years that can be planned."""
    found = as_date(value)
    if found is None:
        fault(faults, "bad-date", path, f"{path[-1]} must be a day such as 2026-12-01, not {quoted(value)}")
        return None
    if not FIRST_DAY <= found <= LAST_DAY:
        fault(faults, "out-of-range", path, f"{path[-1]} must lie between {FIRST_DAY} and {LAST_DAY}, not {found}")
        return None
    return found


def levels(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """Skills with levels, as a mapping or as rag=2,evaluation=3."""
    if isinstance(value, str):
        pairs = [part.partition("=") for part in items(value, path, faults) if isinstance(part, str)]
        value = {k.strip(): v.strip() for k, _, v in pairs}
    if not isinstance(value, Mapping):
        message = f'skills must map skills to levels, such as "rag: 2", not {quoted(value)}'
        fault(faults, "wrong-type", path, message)
        return None
    out: dict[str, int] = {}
    for name, given in value.items():
        here = (*path, name)
        if name not in catalogue.skills:
            if no_room(faults):
                continue
            called = _skill_called(str(name), catalogue)
            hint = (
                f'write "{called}"' if called else nearest(name, catalogue.skills) or "roadmap show skills lists them"
            )
            fault(faults, "unknown-skill", here, f"unknown skill {quoted(name)}", hint, at_key=True)
            continue
        level = as_number(given)
        if level is None or level not in (0, 1, 2, 3, 4):
            hint = "0 none, 1 aware, 2 working, 3 proficient, 4 expert"
            fault(faults, "bad-level", here, f"the level of {name} must be 0 to 4, not {quoted(given)}", hint)
            continue
        out[name] = int(level)
    return {s: out[s] for s in catalogue.skills if s in out}


def _skill_called(name: str, catalogue: Catalogue) -> str | None:
    """The skill that people and postings call so: AWS, LLM APIs."""
    word = name.strip().casefold()
    called = ((s.id, (s.id, s.name, *s.aliases)) for s in catalogue.skills.values())
    return next((id_ for id_, names in called if word in (n.casefold() for n in names)), None)


def certificates(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """Certifications by code or id, as ids in the catalogue's order."""
    held: set[str] = set()
    known = {label.casefold(): c for c in catalogue.certifications.values() for label in (c.code or "", c.id) if label}
    for i, name in enumerate(items(value, path, faults)):
        cert = known.get(str(name).casefold()) if not isinstance(name, (list, Mapping)) else None
        if cert is None and no_room(faults):
            continue
        if cert is None:
            labels = [c.code for c in catalogue.certifications.values() if c.code] + list(catalogue.certifications)
            hint = nearest(name, labels) or "roadmap show certifications lists them"
            fault(faults, "unknown-certification", (*path, i), f"unknown certification {quoted(name)}", hint)
        else:
            held.add(cert.id)
    return tuple(c for c in catalogue.certifications if c in held)


def backgrounds(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """Occupations and kinds of engineer as ids in the catalogue's order, and after them what it does not know."""
    known: set[str] = set()
    unknown: set[str] = set()
    for i, given in enumerate(items(value, path, faults)):
        before = len(faults)
        said = text(given, path, catalogue, faults)
        faults[before:] = [replace(f, path=(*path, i)) for f in faults[before:]]
        if not isinstance(said, str) or said.strip().casefold() in NOTHING:
            continue
        id_ = background_of(said, catalogue)
        if id_ is None:
            unknown.add(said.strip())
        else:
            known.add(id_)
    return (*(b for b in catalogue.backgrounds if b in known), *sorted(unknown))


def country(value: object, path: Path, catalogue: Catalogue, faults: list[Fault]) -> object:
    """A country as its code."""
    if str(value).strip().casefold() in NOTHING:
        return None
    code = country_of(str(value), catalogue)
    if code is None:
        names = [c.name for c in catalogue.countries.values()]
        hint = nearest(value, names) or nearest(str(value).upper(), catalogue.countries)
        fault(
            faults, "unknown-country", path, f"unknown country {quoted(value)}", hint or "a code or a name: US, Germany"
        )
    return code
