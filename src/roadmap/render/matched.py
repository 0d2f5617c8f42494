"""Postings beside a person, as a page and as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Match
from roadmap.render.cards import Card, columns
from roadmap.render.clean import clean, shorten
from roadmap.render.data import json_text, pick
from roadmap.render.layout import Page, Table
from roadmap.render.numbers import LEVEL_NAMES, listing, plural

PARTS: Mapping[str, str] = {"must": "must have", "duty": "the work", "nice": "nice to have", "about": "about itself"}
LONGEST_WORDS = 90


def matched_page(found: Sequence[Match], who: str, catalogue: Catalogue) -> Page:
    """One posting or several: the sums first, then every skill with the words that ask for it."""
    card = Card(_title(found), who)
    for one in found:
        name = clean(one.posting.name) if len(found) > 1 else "In short"
        card.fact(name, _sums(one))
    for one in found:
        card.part(
            shorten(clean(one.posting.title), LONGEST_WORDS) or clean(one.posting.name), table=_rows(one, catalogue)
        )
        if one.about:
            names = listing([catalogue.skills[s].short for s in one.about])
            card.part("Named only in what it says of itself, so not counted", [names])
    card.hint = f"roadmap plan --job {clean(found[0].posting.name)} plans for what is missing." if found else ""
    return card.page()


def _title(found: Sequence[Match]) -> str:
    return f"What you have of {plural(len(found), 'posting')}"


def _sums(one: Match) -> str:
    said = []
    for parts, label in ((("must", "duty"), "asked for"), (("nice",), "nice to have")):
        rows = [r for p in parts for r in one.rows if r.asked.part == p]
        if rows:
            said.append(f"{sum(r.met for r in rows)} of {len(rows)} {label}")
    return ", ".join(said) or "names no skill of the catalogue"


def _rows(one: Match, catalogue: Catalogue) -> Table:
    rows = (
        (
            catalogue.skills[r.asked.skill].short,
            PARTS[r.asked.part],
            LEVEL_NAMES[r.level],
            "yes" if r.met else "no",
            f'"{shorten(clean(r.asked.words), LONGEST_WORDS)}"',
        )
        for r in one.rows
    )
    return columns(("Skill", "Asked as+", "You have+", "Met+", "Its words"), rows)


def matched_json(found: Iterable[Match], who: str, catalogue: Catalogue) -> str:
    """The same for scripts: one object for each posting."""
    return json_text({"who": who, "postings": [_data(one, catalogue) for one in found]})


def _data(one: Match, catalogue: Catalogue) -> dict[str, Any]:
    sums = {}
    for part in ("must", "duty", "nice"):
        rows = [r for r in one.rows if r.asked.part == part]
        sums[part] = {"met": sum(r.met for r in rows), "of": len(rows)}
    return {
        "posting": clean(one.posting.name),
        "title": clean(one.posting.title),
        **sums,
        "missing": [r.asked.skill for r in one.rows if not r.met],
        "skills": [
            {
                "skill": r.asked.skill,
                "name": catalogue.skills[r.asked.skill].name,
                "part": r.asked.part,
                **pick(r, "level", "met"),
                "words": clean(r.asked.words),
            }
            for r in one.rows
        ],
        "about_itself": list(one.about),
    }
