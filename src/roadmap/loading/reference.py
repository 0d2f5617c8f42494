"""The authoring guide and the schema file, made from the classes, the meanings of their keys and the checks."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from roadmap.loading.annotations import inner, keys, meaning, reference
from roadmap.loading.checks import CHECKS
from roadmap.loading.shapes import KINDS
from roadmap.loading.source import folder
from roadmap.model.bounds import Bound, PlaceRef
from roadmap.model.catalogue import Header

# What the first pass finds, before any check runs: the text itself, keys, types, ids.
SHAPE: Mapping[str, str] = {
    "alias": "YAML aliases (`*name`) are not read; write the value out.",
    "bad-syntax": "The file is not valid YAML or JSON.",
    "bad-value": "A value has the wrong type or is not one of those allowed.",
    "duplicate-id": "Two entries of one kind share an id in one file.",
    "duplicate-key": "A key is given twice in one entry.",
    "missing-header": "No file of the catalogue holds version, as_of and pace.",
    "missing-key": "A key that must be there is missing.",
    "too-deep": "The file is nested more than 40 levels deep.",
    "too-large": "The file has more than five million characters.",
    "unknown-key": "A key that the entry does not know; the hint names the nearest one.",
    "unreadable": "The file cannot be read.",
    "wrong-type": "A list or a mapping was expected.",
}
LINKS: Mapping[str, str] = {
    "link-dead": "The address answers 404 or 410. An error.",
    "link-moved": "The address leads elsewhere for good; the hint says where. A warning.",
    "link-unreachable": "The address does not answer, or refuses. A warning, since hosts turn robots away.",
}
INTRO = """# The catalogue

All content of roadmap is data: roles, skills, modules, resources, certifications, paths, rules. It lives in `data/`;
`roadmaps.yaml` is the entry and names the other files. Everything here can be changed or added to without Python.

Each file opens with a comment that names `docs/schema/catalogue.json`, so that an editor with a YAML language server
completes keys and marks mistakes while you type. `roadmap check FILE` says the same and more, with file, line, column
and a hint. Dates are `YYYY-MM-DD`, `YYYY-MM` or `"YYYY"`; ids are kebab-case; levels run from 0 (none) over 1 (aware),
2 (working) and 3 (proficient) to 4 (expert). Every entry says who says so (`source`, `sources`) and when somebody last
looked (`as_of`, `checked`).

This page is made from the program's own classes by `make docs`; do not edit it by hand.

"""
OVERLAYS = """## Overlays

A file of your own can be laid over the built-in catalogue: with `--catalogue FILE` (as often as you like), or for good
by putting it into the folder `overlays` of your configuration folder (`~/.config/career-roadmap/overlays` on Linux).
They are laid on in order: your folder by file name, then the flags.

- An entry with a new id is added.
- An entry with a known id replaces the built-in one as a whole.
- `retire:` removes entries: a kind, then a list of ids. Modules, resources, certifications, specialisations, paths,
  guides, goals and facts are passed over where something still names them. Sources, skills, stages, clouds and roles
  can only go when nothing stands on them any more.

The same checks run over the result. A problem that an overlay causes, such as a level that can no longer be reached
since its module was retired, points into the overlay.

The worked example `examples/overlay-bootcamp.yaml`:

"""


def catalogue_page() -> str:
    """docs/catalogue.md: every kind key by key, overlays, and every check with its id."""
    example = (folder("examples") / "overlay-bootcamp.yaml").read_text(encoding="utf-8")
    parts = [INTRO + "## Kinds\n"]
    done: set[type] = set()
    for name, kind in KINDS.items():
        parts.append(f"### {name}\n\n{_about(kind)}")
        parts += [f"#### {name}: {_key_of(inner)}\n\n{_about(inner)}" for inner in inner(kind, done)]
    parts.append(f"### The entry file\n\n{_about(Header)}")
    parts += [f"#### Entry file: {_key_of(inner)}\n\n{_about(inner)}" for inner in inner(Header, done)]
    parts.append(f"{OVERLAYS}```yaml\n{example}```\n")
    parts.append("## Problems\n\nShape first; if that is right, every check below runs, and none hides another.\n")
    parts.append("### Shape\n\n" + _list(SHAPE))
    described = {c.__name__.replace("_", "-"): " ".join((c.__doc__ or "").split()) for c in CHECKS}
    parts.append("### Checks\n\n" + _list(described))
    parts.append(
        "### Addresses\n\n`roadmap check --links` asks every address (needs `career-roadmap[links]`).\n\n"
        + _list(LINKS)
    )
    return "\n".join(parts)


def _list(rows: Mapping[str, str]) -> str:
    return "".join(f"- `{id_}`: {text}\n" for id_, text in rows.items())


def _about(kind: type) -> str:
    """The docstring of a class and a table of its keys."""
    doc = "\n".join(line.strip() for line in (kind.__doc__ or "").strip().splitlines())
    hints = keys(kind)
    rows = ["| Key | Value | Meaning |", "| --- | --- | --- |"]
    for one in fields(kind):
        words = _words(hints[one.name]).replace("|", "\\|")
        rows.append(f"| `{one.name}`{_must(one)} | {words} | {meaning(hints[one.name])} |")
    return f"{doc}\n\n" + "\n".join(rows) + "\n\n\\* must be there.\n"


def _must(one: "Field[Any]") -> str:
    return "\\*" if one.default is MISSING and one.default_factory is MISSING else ""


def _key_of(kind: type) -> str:
    """How a nested class is called in the tables: its name in words."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__).strip()


def _words(hint: Any) -> str:
    """A type in words: text, number from 0 to 4, list of ids of skills, one of free, paid."""
    origin, args = get_origin(hint), get_args(hint)
    ref = reference(hint)
    if isinstance(ref, PlaceRef):
        return "text `kind:id`"
    if ref:
        return " or ".join([f"id of `{ref.kind}`", *(f"`{other}`" for other in ref.other if other)])
    if origin is Annotated:
        return _words(args[0]) + "".join(_limits(x.limits) for x in args[1:] if isinstance(x, Bound))
    if origin is Literal:
        return "one of " + ", ".join(f"`{a}`" for a in args)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys("null" if a is type(None) else _words(a) for a in args))
    if origin is tuple:
        many = _words(args[0]).replace("id of", "ids of", 1)
        return f"list of {many}" if args[-1] is Ellipsis else f"list of {len(args)} numbers"
    if origin is dict:
        return f"{_words(args[0])} to {_words(args[1])}"
    if is_dataclass(hint):
        return _key_of(hint if isinstance(hint, type) else type(hint))
    return {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}.get(hint, "value")


def _limits(limits: Mapping[str, float]) -> str:
    """Limits in words; that a text or a list is not empty goes without saying."""
    least, most = limits.get("min_length", 0), limits.get("max_length", 0)
    if least == most != 0:
        return f" (exactly {least})"
    words = {"ge": " from {}", "gt": " above {}", "le": " to {}", "max_length": " (at most {})"}
    said = [words[name].format(f"{limit:g}") for name, limit in limits.items() if name in words]
    return "".join([*said, f" (at least {least})" if least > 1 else ""])
