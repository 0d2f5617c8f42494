"""Lines of advice that apply to one person: risks, what not to do, the move, what holds until a later start."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from roadmap.model.answer import MovePage, Said
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import for_role, holds
from roadmap.model.profile import NO_DOMAIN
from roadmap.model.terms import Line
from roadmap.planning.answer.facts import Facts, day

MOST = {"risk": 3, "not-doing": 2, "until-then": 2, "week": 2, "say": 1, "title": 4, "door": 2, "fact": 2, "tool": 2}
MOST_RULES = 4
WORTH_A_SUM = 6
LEAST_WEEKS = 3
LONG_BEFORE = timedelta(days=60)


def lines(facts: Facts, place: str) -> Iterator[Line]:
    """The lines of a place that apply, the highest rank first; of equal rank the more particular one."""
    catalogue, role, person = facts.catalogue, facts.profile.role, facts.person
    move = facts.whole.ending.move.id if facts.whole.ending.move and facts.moving else ""
    ending, exams = facts.whole.ending.id, bool(facts.exams)
    placed = catalogue.once("advice", role, lambda: by_place(catalogue, role))
    for line in placed.get(place, ()):
        if (
            (not line.moves or move in line.moves)
            and (not line.outcomes or ending in line.outcomes)
            and holds(line.when, person)
            and (exams or not line.when.certifications or "none" in line.when.certifications)
        ):
            yield line


def texts(facts: Facts, place: str) -> tuple[str, ...]:
    """What is said in a place; whether further lines apply is not asked."""
    return tuple(line.text for line in islice(lines(facts, place), MOST[place]))


def said(facts: Facts, place: str) -> tuple[Said, ...]:
    """The same with what backs it: the answer to a risk, the reason to leave something alone, the source."""
    return tuple(Said(line.text, line.more, line.source) for line in islice(lines(facts, place), MOST[place]))


def by_place(catalogue: Catalogue, role: str) -> dict[str, list[Line]]:
    """The lines for a starting role by place, the highest rank first; of equal rank the one that asks more."""
    found: dict[str, list[Line]] = {}
    for line in sorted(for_role(catalogue.advice.values(), role), key=lambda x: (-x.rank, -len(x.when.given), x.id)):
        found.setdefault(line.place, []).append(line)
    return found


def known(facts: Facts) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """A sober figure about the person's case, and what of the tools is gone: the one of each that weighs most.

    Where one kind says nothing of this case, the other says a second thing.
    """
    figures, tools = said(facts, "fact"), said(facts, "tool")
    return figures[: 1 if tools else None], tools[: 1 if figures else None]


def rules_of(facts: Facts) -> Iterator[Said]:
    """What binds the person's field today; rules of a country only where the person named it."""
    profile = facts.profile
    field = facts.catalogue.specialisations.get(profile.domain) if profile.domain != NO_DOMAIN else None
    found = [line for line in (field.now if field else ()) if holds(line.when, facts.person)]
    found.sort(key=lambda x: (not x.when.country, -x.rank))
    for line in found[:MOST_RULES]:
        yield Said(line.text, "", line.source)


def titles(facts: Facts) -> tuple[str, ...]:
    """Job titles to look for, each once: in a search those of the person's background first."""
    heard = facts.profile.background if facts.searching else ()
    background = [t for b in heard if (x := facts.catalogue.backgrounds.get(b)) for t in x.titles]
    named = [t.strip() for line in lines(facts, "title") for t in line.text.split(",")]
    return tuple(dict.fromkeys([*background[:2], *named]))[: MOST["title"]]


def move_page(facts: Facts) -> MovePage | None:
    """The move of the plan, or None where its end has none."""
    move = facts.whole.ending.move
    if move is None or not facts.moving:
        return None
    most = max(0.25, int(facts.profile.hours_per_week * 4) * facts.whole.beside.share // 100 / 4)
    weekly = most
    last = max(s.finish for s in facts.moving)
    if facts.act_from < last <= facts.learnt:
        weeks = max(1.0, (last - facts.act_from).days / 7)
        weekly = min(most, max(0.25, round(sum(s.hours for s in facts.moving) / weeks * 2) / 2))
    found = list(lines(facts, "week"))
    beside = facts.act_from < facts.learnt
    advice = [_summed(facts, x, min(last, facts.learnt)) for x in found if not x.more or beside]
    return MovePage(
        kind=move.kind,
        name=move.name,
        start=facts.act_from,
        hours_per_week=weekly,
        titles=titles(facts),
        week=tuple(advice[: MOST["week"]]),
        later=next((_later(facts, x) for x in found if x.more), ""),
        say=texts(facts, "say"),
        doors=texts(facts, "door"),
        learnt=facts.learnt,
        before=_before(facts),
    )


def _later(facts: Facts, line: Line) -> str:
    """A week with every hour; under a deadline that such a search runs up to, how many applications it makes."""
    last, weeks = facts.profile.deadline, (facts.finish - facts.act_from).days // 7
    if last is None or line.then_a_week is None or facts.act_from < facts.learnt or weeks < LEAST_WEEKS:
        return line.more
    return f"{line.more}; {facts.say('move-later-sum', count=line.then_a_week * weeks, day=day(last))}"


def _summed(facts: Facts, line: Line, last: date) -> str:
    """A line with the sum of what it asks for each week until that day, which moves with the slack before it."""
    weeks = (last - facts.act_from).days // 7
    if line.a_week is None or weeks < WORTH_A_SUM:
        return line.text
    until = last + (facts.begins - facts.act_from)
    return f"{line.text} {facts.say('move-sum', count=line.a_week * weeks, day=day(until))}"


def _before(facts: Facts) -> str:
    """What is done for a search long before it begins: people are met while there is nothing to ask of them."""
    first = next((s.phase for s in facts.learning), "")
    since = min((s.start for s in facts.learning if s.phase != first), default=facts.act_from)
    ahead = facts.searching and facts.act_from - since > LONG_BEFORE
    return facts.say("move-before", day=day(since)) if ahead else ""
