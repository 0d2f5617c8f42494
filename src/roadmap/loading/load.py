"""Text to model, or to problems. Reads all it can and returns every problem; nothing here prints or exits."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.loading.positions import Document, parse
from roadmap.loading.source import ENTRY, folder, read_text
from roadmap.loading.sourced import SourcedCatalogue, SourcedEntry
from roadmap.model.catalogue import Catalogue, Header, Module
from roadmap.model.market import Posting, market
from roadmap.model.problem import Fault, Faults, Problem, nearest
from roadmap.model.profile import Profile, make_profile
from roadmap.model.recorded import short

POSTING = ("seniority", "country", "skills")


def files_of(entry: Path) -> list[Path]:
    """The entry file and the files it includes, without checking them."""
    data = parse(read_text(entry), str(entry)).data
    include = data.get("include") if isinstance(data, Mapping) else None
    names = include if isinstance(include, list) else []
    return [entry, *(entry.parent / name for name in names if isinstance(name, str))]


def load_catalogue(overlays: Sequence[Path] = (), entry: Path | None = None) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue with overlays laid over it in order, or None and the problems that stand in the way.

    Warnings come back beside a catalogue that loaded. Raises RoadmapError for a file that cannot be read.
    """
    draft = SourcedCatalogue()
    entry = entry or folder("data") / ENTRY
    for path in files_of(entry):
        read_file(draft, path, overlay=False)
    for path in overlays:
        read_file(draft, path, overlay=True)
    if draft.header is None and not any(p.severity == "error" for p in draft.problems):
        draft.problems.append(
            Problem("missing-header", "error", str(entry), 1, 1, "version, as_of and pace are missing")
        )
    return completed(draft)


def completed(draft: SourcedCatalogue) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of all files that were read, or None and the problems that stand in the way."""
    from roadmap.loading.checks import check_catalogue

    header = draft.header
    if header and not any(p.severity == "error" for p in draft.problems):
        catalogue = _assemble(draft, header)
        draft.problems += check_catalogue(catalogue, draft)
        if not any(p.severity == "error" for p in draft.problems):
            return catalogue, draft.problems
    return None, draft.problems


def read_file(draft: SourcedCatalogue, path: Path, *, overlay: bool) -> None:
    """Read one file into the draft. An overlay may replace entries by id, and retire them."""
    from roadmap.loading.shapes import HEADER, KINDS, shape

    document = parse(read_text(path), str(path))
    draft.problems += document.problems
    if not isinstance(document.data, Mapping):
        if not document.problems:
            draft.problems.append(
                document.problem(Fault("wrong-type", (), "a catalogue file must hold keys such as modules:"))
            )
        return
    faults = Faults()
    header = {k: v for k, v in document.data.items() if k in HEADER}
    if header and not overlay:
        draft.header = shape(Header, header, (), faults)
        if draft.header and draft.header.postings:
            draft.postings = read_postings(path.parent / draft.header.postings.file)
    for key, entries in document.data.items():
        if key in KINDS:
            _read_entries(draft, document, key, entries, faults, overlay=overlay)
        elif key == "retire" and overlay:
            _retire(draft, document, entries, faults)
        elif key not in HEADER and not faults.passed_over():
            hint = nearest(key, [*KINDS, *HEADER])
            faults.append(Fault("unknown-key", (key,), f"unknown key {short(key)}", hint, at_key=True))
    draft.problems += [document.problem(f) for f in faults.closed()]


def _read_entries(
    draft: SourcedCatalogue, document: Document, key: str, entries: object, faults: Faults, *, overlay: bool
) -> None:
    from roadmap.loading.shapes import KINDS, shape
    from roadmap.loading.short_forms import filled, own_source

    known = draft.entries.setdefault(key, {})
    source = own_source(document.data) if overlay and isinstance(document.data, Mapping) else None
    if not isinstance(entries, list):
        faults.append(Fault("wrong-type", (key,), f"{key} must be a list of entries"))
        return
    fresh: set[str] = set()
    for i, data in enumerate(entries):
        value = shape(KINDS[key], filled(key, data, source) if source else data, (key, i), faults)
        if value is None:
            continue
        if value.id in fresh or (value.id in known and not overlay):
            faults.append(
                Fault(
                    "duplicate-id",
                    (key, i, "id"),
                    f'{key} "{value.id}" is there twice',
                    "rename or remove one",
                )
            )
            continue
        fresh.add(value.id)
        if value.id in known:
            draft.gone.append(SourcedEntry(known[value.id].value, document, (key, i), overlay=True))
        known[value.id] = SourcedEntry(value, document, (key, i), overlay)


def _retire(draft: SourcedCatalogue, document: Document, retired: object, faults: Faults) -> None:
    if not isinstance(retired, Mapping):
        message = "retire must map kinds to lists of ids"
        faults.append(Fault("wrong-type", ("retire",), message, "such as modules: [first-rag]"))
        return
    for key, ids in retired.items():
        for i, id_ in enumerate(ids if isinstance(ids, list) else [ids]):
            known = draft.entries.get(key, {})
            if not isinstance(id_, str):
                faults.append(
                    Fault("wrong-type", ("retire", key, i), f"what is retired is named by its id, not {short(id_)}")
                )
                continue
            if id_ not in known and not faults.passed_over():
                faults.append(
                    Fault(
                        "unknown-id",
                        ("retire", key, i),
                        f'there is no {key} entry "{id_}" to retire',
                        nearest(id_, known),
                    )
                )
            old = known.pop(id_, None)
            if old:
                draft.gone.append(SourcedEntry(old.value, document, ("retire", key, i), overlay=True))
            draft.retired.add((key, id_))


def read_postings(path: Path) -> list[Posting]:
    """Job postings from CSV: columns seniority, country, skills (ids separated by spaces).

    Raises RoadmapError with the line where that is not what the file holds.
    """
    rows = csv.DictReader(read_text(path).splitlines())
    found = []
    try:
        for row in rows:
            seniority, country, skills = (row.get(column) for column in POSTING)
            if seniority is None or country is None or skills is None:
                raise csv.Error("a posting lacks one of its cells")
            found.append(Posting(seniority, country, tuple(skills.split())))
    except csv.Error as error:
        hint = f"postings are a table with the columns {', '.join(POSTING)}"
        raise RoadmapError(f"{path}:{rows.line_num}: {error}", hint) from error
    return found


def _assemble(draft: SourcedCatalogue, header: Header) -> Catalogue:
    """The catalogue of a draft without errors of shape."""
    from roadmap.loading.shapes import KINDS

    kinds: dict[str, Any] = {k: {i: e.value for i, e in draft.entries.get(k, {}).items()} for k in KINDS}
    gone = {id_ for kind, id_ in draft.retired if kind == "resources"}
    if gone:
        kinds["modules"] = {id_: _without(module, gone) for id_, module in kinds["modules"].items()}
    ads = header.postings
    return Catalogue(
        version=header.version,
        as_of=header.as_of,
        pace=header.pace,
        worth=header.worth,
        market=market(draft.postings, ads.what, ads.period) if ads else market(draft.postings),
        **kinds,
    )


def _without(module: Module, gone: Collection[str]) -> Module:
    """A module that uses none of some resources."""
    return replace(
        module,
        resources=tuple(r for r in module.resources if r not in gone),
        parts={r: part for r, part in module.parts.items() if r not in gone},
        tasks=tuple(replace(t, resource=None) if t.resource in gone else t for t in module.tasks),
    )


def load_profile(
    text: str, name: str, catalogue: Catalogue, today: date, flags: Mapping[str, object] | None = None
) -> tuple[Profile | None, list[Problem]]:
    """A profile from YAML or JSON with flags laid over it, or None and every problem with its place."""
    answers, problems, document = read_answers(text, name)
    if problems:
        return None, problems
    merged = {**answers, **{k: v for k, v in (flags or {}).items() if v is not None}}
    profile, faults = make_profile(merged, catalogue, today)
    return profile, [_place(f, document, flags or {}) for f in faults]


def read_answers(text: str, name: str) -> tuple[dict[str, object], list[Problem], Document]:
    """The keys of a profile file, unchecked; problems when it is not a mapping at all."""
    document = parse(text, name)
    if isinstance(document.data, Mapping):
        return dict(document.data), document.problems, document
    if not document.problems:
        document.problems.append(
            document.problem(Fault("wrong-type", (), "a profile must hold keys such as role: swe"))
        )
    return {}, document.problems, document


def _place(fault: Fault, document: Document, flags: Mapping[str, object]) -> Problem:
    key = fault.path[0] if fault.path else None
    if key is not None and flags.get(str(key)) is not None:
        flag = "--" + str(key).replace("_", "-")
        return Problem(fault.id, fault.severity, flag, 0, 0, fault.message, fault.hint)
    return document.problem(fault)
