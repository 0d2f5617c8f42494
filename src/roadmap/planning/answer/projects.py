"""Projects as the page shows them."""

import re
from collections.abc import Collection, Iterator

from roadmap.model.answer import Growth, ProjectPage, Source
from roadmap.planning.answer.facts import Facts, first_sentence
from roadmap.planning.projects import Chosen

MOST_TARGETS = 4
MOST_GROWTH = 2
SECOND = 3
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def project_pages(facts: Facts) -> Iterator[ProjectPage]:
    """The projects of the plan, each with the few steps in which it grows most."""
    for i, one in enumerate(facts.projects):
        project, most = one.project, SECOND if i else MOST_TARGETS
        long = {s.id: s.hours for s in facts.steps}
        named = [id_ for id_ in one.grows if id_ in project.grows] or list(one.grows)
        largest = sorted(named, key=lambda id_: -long[id_])[: 1 if i else MOST_GROWTH]
        yield ProjectPage(
            id=project.id,
            title=project.title,
            brief=first_sentence(project.brief) if i else project.small.brief if one.small else project.brief,
            data=tuple(Source(d.title, d.url, d.licence) for d in project.data[:1]),
            never=project.never[:1],
            reader="" if i else first_sentence(project.reader),
            targets=_targets(one, most),
            grows=tuple(Growth(s.id, one.grows[s.id]) for s in facts.steps if s.id in largest),
        )


def _targets(one: Chosen, most: int) -> tuple[str, ...]:
    """Targets with a number in figures that a step of the plan reaches first; a small form is filled up."""
    own = one.project.small.targets if one.small else one.project.targets
    counted = [t for t in own if any(c.isdigit() for c in t)]
    if one.small and len(counted) < SECOND:
        counted += [t for t in one.project.targets if any(c.isdigit() for c in t)][: SECOND - len(counted)]
    counted.sort(key=lambda t: not promised(t, one.grows.values()))
    rest = [t for t in own if t not in counted]
    return tuple((counted + rest)[:most])


def promised(target: str, texts: Collection[str]) -> bool:
    """Whether one of these texts has all the figures of a target."""
    figures = FIGURE.findall(target)
    return any(set(figures).issubset(FIGURE.findall(text)) for text in texts if figures[0] in text)
