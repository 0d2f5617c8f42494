"""The commands that look things up: show and compare."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from roadmap.app.catalogues import read_catalogue
from roadmap.cli.cards import Cards
from roadmap.cli.groups import grouped
from roadmap.cli.options import Ascii, NoColour, Output, Overlays, TextForm, TextFormat, Width, argument, value
from roadmap.errors import RoadmapError, UsageError
from roadmap.model.browse import KINDS
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import nearest


def complete_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the kind that is typed, and the codes of exams, for the shell."""
    entries = getattr(read_catalogue([]), str(context.params.get("kind")), {})
    names = [name for id_, e in entries.items() for name in (id_, getattr(e, "code", None)) if name]
    return [name for name in names if name.startswith(incomplete)]


Wanted = Annotated[str | None, argument("[ID]", "One of them, by id; an exam also by code.", complete=complete_ids)]


@grouped
def show(
    kind: Annotated[
        str,
        typer.Argument(help="What to show: " + ", ".join(KINDS), metavar="KIND", autocompletion=lambda: list(KINDS)),
    ],
    id_: Wanted = None,
    role: Annotated[str | None, value("--role", "ROLE", "Only what concerns this role.")] = None,
    level: Annotated[str | None, value("--level", "LEVEL", "Only this level.")] = None,
    region: Annotated[str | None, value("--region", "REGION", "Only figures of this region.")] = None,
    cloud: Annotated[str | None, value("--cloud", "CLOUD", "Only what belongs to this cloud.")] = None,
    free: Annotated[bool, typer.Option("--free", help="Only what costs nothing.")] = False,
    active: Annotated[bool, typer.Option("--active", help="Only what is live, or can be booked today.")] = False,
    *,
    cards: Cards,
) -> None:
    """Look into the catalogue: a list of one kind, or everything about one entry.

    Example: roadmap show certifications AI-102
    """
    from roadmap.model.browse import Wish, entries, narrowed
    from roadmap.render.listings import listing_of
    from roadmap.render.pages import page_of
    from roadmap.render.show import as_json

    if kind not in KINDS:
        raise UsageError(f'there is no kind "{kind}"', nearest(kind, KINDS) or "kinds: " + ", ".join(KINDS))
    known = read_catalogue(cards.catalogue or [])
    wish = Wish(cards.day.isoformat(), role, level, region, cloud, free, active)
    _check_filters(known, kind, wish)
    found = narrowed(known, kind, wish)
    if id_ is not None:
        one = _find(known, kind, id_)
        found = [e for e in found if e.id == one] or [entries(known, kind)[one]]
        cards.put(lambda: page_of(known, kind, found[0].id, found[0]), lambda: as_json(known, found, one=True))
    else:
        cards.put(lambda: listing_of(known, kind, found, wish), lambda: as_json(known, found, one=False), level=2)


def _check_filters(known: Catalogue, kind: str, wish: Any) -> None:
    """Refuse filters that mean nothing for a kind, and values that the catalogue does not have."""
    from roadmap.model.browse import FILTERS, choices

    able = FILTERS.get(kind, ())
    names = ("role", "level", "region", "cloud", "free", "active")
    for name in (n for n in names if getattr(wish, n)):
        if name not in able:
            named = ", ".join(f"--{n}" for n in able) or "none"
            raise UsageError(f"{kind} cannot be filtered by --{name}", f"filters of {kind}: {named}")
        value = getattr(wish, name)
        if isinstance(value, str):
            allowed = choices(known, kind, name)
            if value.casefold() not in [a.casefold() for a in allowed]:
                hint = nearest(value, allowed) or "one of: " + ", ".join(allowed)
                raise UsageError(f'--{name} cannot be "{value}" here', hint)
    if "level" in able and wish.level and kind in ("skills", "modules") and not wish.role:
        raise UsageError(
            f"--level needs --role for {kind}",
            "for example --role " + next(r.id for r in known.roles.values() if r.target),
        )


def _find(known: Catalogue, kind: str, name: str) -> str:
    """The id of an entry by id, code, name or alias, in any case. Raises RoadmapError with the nearest names."""
    from roadmap.model.browse import entries

    every = entries(known, kind)
    names: dict[str, str] = {}
    for entry in every.values():
        for word in (entry.id, getattr(entry, "code", None), *_called(entry)):
            if word:
                names.setdefault(str(word).casefold(), entry.id)
    if name in every:
        return name
    if name.casefold() in names:
        return names[name.casefold()]
    raise RoadmapError(f'there is no entry "{name}" among the {kind}', _near(name, every, names, kind))


def _called(entry: Any) -> Sequence[str]:
    return (getattr(entry, "name", ""), getattr(entry, "title", ""), *getattr(entry, "aliases", ()))


def _near(name: str, every: Any, names: dict[str, str], kind: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.casefold(), names, n=4, cutoff=0.6)
    close += [word for word in names if len(name) > 2 and name.casefold() in word][:4]
    found = list(dict.fromkeys(names[c] for c in close))[:4]
    return "did you mean " + ", ".join(found) + "?" if found else f"roadmap show {kind} lists all {len(every)}"


def compare(
    first: Annotated[str, argument("A", "A role, by id.")],
    second: Annotated[str, argument("B", "Another one.")],
    third: Annotated[str | None, argument("[C]", "And a third.")] = None,
    form: TextForm = TextFormat.TERMINAL,
    output: Output = None,
    catalogue: Overlays = None,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
) -> None:
    """Set two or three roles side by side: what they put out, ask for and pay.

    Example: roadmap compare swe ai-engineer ml-engineer
    """
    from roadmap.render.compare import comparison
    from roadmap.render.show import as_json

    known = read_catalogue(catalogue or [])
    ids = [_find(known, "roles", name) for name in (first, second, third) if name is not None]
    if len(set(ids)) < len(ids):
        raise UsageError("a role cannot be compared with itself", "roles: " + ", ".join(known.roles))
    roles = [known.roles[i] for i in ids]
    Cards(form, output, catalogue, None, no_color, ascii_only, width).put(
        lambda: comparison(known, roles), lambda: as_json(known, roles, one=False), level=2
    )
