"""A job posting to the skills that it names."""

from collections.abc import Mapping

from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Proof
from roadmap.reading.names import Finder
from roadmap.reading.plain import lines_of
from roadmap.reading.scrub import scrub


def skills_named(text: str, catalogue: Catalogue) -> Mapping[str, Proof]:
    """The skills that a posting names, in the order of the catalogue, each with the first words that do."""
    finder = Finder(catalogue, wishes=False)
    found: dict[str, Proof] = {}
    for line in lines_of(text):
        for mention in finder.mentions(scrub(line)):
            found.setdefault(mention.skill, Proof(mention.quote, ""))
    return {skill: found[skill] for skill in catalogue.skills if skill in found}
