"""Roles side by side: the seven dimensions, what they ask for, and what they pay."""

from collections.abc import Sequence

from roadmap.model.browse import levels_of
from roadmap.model.catalogue import Catalogue, Role
from roadmap.render.cards import DIMENSIONS, band, columns, dimension, dollars, listing_page, thousands
from roadmap.render.layout import Page
from roadmap.render.numbers import LEVEL_NAMES, UNLISTED

SKILLS_SHOWN = 12


def comparison(catalogue: Catalogue, roles: Sequence[Role]) -> list[Page]:
    """Three tables with a column for each role: dimensions, skills where they differ most, pay by level."""
    heads = tuple(r.name for r in roles)
    names = [heads[0], *heads[1:]]
    title = " and ".join([", ".join(names[:-1]), names[-1]])
    rows = [(label, *(dimension(getattr(r, name)) for r in roles)) for label, name in DIMENSIONS]
    rows.append(("Pay, US", *(_typical(r) for r in roles)))
    return [
        listing_page(title, columns(("", *heads), rows), ""),
        listing_page("Skills, where they differ most", columns(("Skill", *heads), _skills(catalogue, roles)), ""),
        listing_page(
            "Pay in the US, thousand USD a year (median in brackets)",
            columns(("Level", *heads), _pay(roles)),
            "roadmap show roles ID says more.",
        ),
    ]


def _typical(role: Role) -> str:
    """The article's band for the role as a whole, with the median of postings or official wages beside it."""
    rows = [s for s in role.salaries if s.region == "US" and s.level == "all"]
    article = next((s for s in rows if s.origin == "article"), None)
    other = next((s for s in rows if s.median and s.origin in ("postings", "official")), None)
    said = [f"{band(article)} (article)"] if article else []
    said += [f"median {dollars(other, other.median)} ({other.origin}, {other.year})"] if other else []
    return "; ".join(said) or UNLISTED


def _skills(catalogue: Catalogue, roles: Sequence[Role]) -> tuple[tuple[str, ...], ...]:
    """A starting role by what it brings, a target by what it asks for at its usual level."""
    held = [levels_of(r, r.default_level) for r in roles]
    spread = {s: [h.get(s, 0) for h in held] for s in catalogue.skills}
    weights = catalogue.market.weights
    far = sorted(spread, key=lambda s: (min(spread[s]) - max(spread[s]), -weights.get(s, 0.0), s))
    shown = [s for s in far if max(spread[s]) > min(spread[s])][:SKILLS_SHOWN]
    return tuple((catalogue.skills[s].short, *(LEVEL_NAMES[n] for n in spread[s])) for s in shown)


def _pay(roles: Sequence[Role]) -> tuple[tuple[str, ...], ...]:
    """A row for each level and origin, the first of them where a role has several."""
    rows = [s for r in roles for s in r.salaries if s.region == "US" and "hour" not in s.measure]
    order = list(dict.fromkeys(s.level for s in rows))
    keys = sorted(dict.fromkeys((s.level, s.origin) for s in rows), key=lambda k: order.index(k[0]))
    return tuple((f"{level} ({origin})", *(_cell(r, level, origin) for r in roles)) for level, origin in keys)


def _cell(role: Role, level: str, origin: str) -> str:
    found = next((s for s in role.salaries if (s.region, s.level, s.origin) == ("US", level, origin)), None)
    if found is None:
        return UNLISTED
    return thousands(found) + (f" ({found.median / 1000:.0f})" if found.median else "")
