"""Answers that are right one by one and cannot be true together, each with what would set it right."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue, Module
from roadmap.model.person import Profile
from roadmap.model.problem import Fault
from roadmap.model.times import FEWEST_HOURS, LAST_DAY, MOST_HOURS, Range, in_break

LEAST_HOURS = 0.25
QUARTERS = 4
WEEK_DAYS = 7
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TEACHING = frozenset({"learn", "build", "publish"})
EXAMS = {"none": 0, "one": 1}


def contradictions(profile: Profile, catalogue: Catalogue) -> list[Fault]:
    """Every problem between the answers of one person; empty when they can all be true."""
    return [
        *_of_time(profile),
        *_of_hours(profile),
        *_of_roles(profile, catalogue),
        *_of_postings(profile, catalogue),
        *_of_wishes(profile, catalogue),
    ]


def _of_roles(profile: Profile, catalogue: Catalogue) -> Iterator[Fault]:
    if catalogue.path(profile.role, profile.target) is None:
        known = ", ".join(f"{p.start} to {p.target}" for p in catalogue.paths.values())
        message = f"there is no path from {profile.role} to {profile.target}"
        yield Fault("no-path", ("target",), message, f"paths: {known}")
    named = catalogue.paths.get(profile.path or "") or catalogue.routes.get(profile.path or "")
    if named and (named.start, named.target) != (profile.role, profile.target):
        message = f"{named.id} leads from {named.start} to {named.target}, not from {profile.role} to {profile.target}"
        yield Fault("no-path", ("path",), message, f"set role to {named.start}, or leave path out")


def _of_postings(profile: Profile, catalogue: Catalogue) -> Iterator[Fault]:
    if profile.postings and not catalogue.counting(profile.postings).market.count:
        message = f"no posting is of all these groups: {', '.join(profile.postings)}"
        yield Fault("no-posting", ("postings",), message, "leave one of them out")


def _of_time(profile: Profile) -> Iterator[Fault]:
    deadline = profile.deadline
    if deadline and deadline < profile.start:
        message = f"the deadline {deadline} is before the start {profile.start}"
        yield Fault("deadline-before-start", ("deadline",), message, "move one of the two")
        return
    if deadline and profile.hours_per_week * ((deadline - profile.start).days + 1) < LEAST_HOURS * WEEK_DAYS:
        message = f"until the deadline {deadline} there is not even a quarter of an hour"
        yield Fault("no-hours-left", ("deadline",), message, "choose a later deadline")
        return
    if not _studies_until(profile, deadline or LAST_DAY):
        if deadline:
            message = f"there is no day to study from {profile.start} to the deadline {deadline}"
            yield Fault("no-hours-left", ("deadline",), message, "choose a later deadline, or fewer days off")
            return
        away, what = ("breaks", "the breaks leave") if profile.breaks else ("availability", "availability leaves")
        yield Fault("no-hours-left", (away,), f"{what} no week to study in", "end a period without hours earlier")


def _of_hours(profile: Profile) -> Iterator[Fault]:
    hours = profile.hours_per_week
    if not FEWEST_HOURS <= hours <= MOST_HOURS:
        message = f"the weekdays add up to {hours:g} hours a week, from {FEWEST_HOURS} to {MOST_HOURS} can be planned"
        yield Fault("out-of-range", ("availability",), message, "change the hours of a weekday")


def _studies_until(profile: Profile, last: date) -> bool:
    """Whether any day from the start to `last` has hours. Long periods without any are passed in one step."""
    plan = profile.availability
    first_monday = profile.start - profile.start.weekday() * DAY
    day = profile.start
    while day <= last:
        week = (day - first_monday).days // 7 + 1
        away = in_break(day, profile.breaks)
        if away:
            day = away.last + DAY
        elif until := _idle_until(day, plan.ranges):
            day = until
        elif plan.rest_every and week % plan.rest_every == 0:
            day += WEEK - day.weekday() * DAY
        elif plan.days and not plan.days[day.weekday()]:
            day += DAY
        else:
            return True
    return False


def _idle_until(day: date, ranges: Collection[Range]) -> date | None:
    """The next day on which another range may hold, if the one that holds has no hours; of several the last counts."""
    inside = [r for r in ranges if r.first <= day <= r.last]
    if not inside or int(inside[-1].hours_per_week * QUARTERS):
        return None
    return min([inside[-1].last + DAY, *(r.first for r in ranges if r.first > day)])


# --- modules wished for and unwished ---------------------------------------------------------------------------------


def _of_wishes(profile: Profile, catalogue: Catalogue) -> Iterator[Fault]:
    for id_ in sorted(set(profile.keep) & set(profile.skip)):
        where = ("skip", profile.skip.index(id_))
        yield Fault("keep-and-skip", where, f'"{id_}" is both kept and skipped', "remove it from one of the two")
    kept = [catalogue.modules[id_] for id_ in profile.keep]
    yield from _of_exams(profile, kept)
    if kept:
        whole = _reached(profile, catalogue, skipped=())
        allowed = _reached(profile, catalogue, skipped=profile.skip)
        for module in kept:
            if module.id not in profile.skip:
                yield from _in_vain(profile, catalogue, module, whole, allowed)


def _of_exams(profile: Profile, kept: Collection[Module]) -> Iterator[Fault]:
    exams = [m.id for m in kept if m.kind == "certify"]
    most = EXAMS.get(profile.certifications, len(exams))
    if len(exams) > most:
        named = f'"{exams[0]}" prepares for an exam' if len(exams) == 1 else f"{len(exams)} exams are kept"
        message = f"{named}, but certifications is {profile.certifications}"
        wider = "one or all" if len(exams) == 1 else "all"
        yield Fault("keep-and-no-exam", ("keep",), message, f"set certifications to {wider}, or keep fewer")


def _in_vain(
    profile: Profile, catalogue: Catalogue, module: Module, whole: Mapping[str, int], allowed: Mapping[str, int]
) -> Iterator[Fault]:
    """A kept module that cannot be begun: because of what is skipped, or because nothing leads to it at all."""
    where = ("keep", profile.keep.index(module.id))
    lacking = _unmet(module, whole)
    if lacking:
        skill, level = lacking[0]
        name = catalogue.skills[skill].name
        message = f'"{module.id}" is kept and needs {name} at level {level}, which nothing here teaches'
        for key, value in (("domain", module.domain), ("cloud", module.cloud)):
            if value and value != getattr(profile, key):
                yield Fault("keep-out-of-reach", where, message, f"set {key} to {value}, or take it out of keep")
                return
        yield Fault("keep-out-of-reach", where, message, "take it out of keep, or say that you know it: skills")
    elif _unmet(module, allowed):
        needed = _skipped_before(profile, catalogue, module, allowed)
        message = f'"{module.id}" is kept and needs "{needed}", which is skipped'
        yield Fault("keep-needs-skip", where, message, f'take "{needed}" out of skip, or "{module.id}" out of keep')


def _unmet(module: Module, levels: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(s, n) for s, n in module.needs.items() if levels.get(s, 0) < n]


def _teachers(profile: Profile, catalogue: Catalogue) -> list[Module]:
    """Modules that may bring a level to this person: those for the chosen cloud and domain, and those kept."""
    cloud = profile.cloud if profile.cloud in catalogue.clouds else next(iter(catalogue.clouds), None)
    return [
        m
        for m in catalogue.modules.values()
        if m.id in profile.keep
        or (m.kind in TEACHING and m.cloud in (None, cloud) and m.domain in (None, profile.domain))
    ]


def _reached(profile: Profile, catalogue: Catalogue, skipped: Collection[str]) -> dict[str, int]:
    """The highest levels somebody can get to, each module begun as soon as its needs are met."""
    levels = dict(profile.have)
    waiting = [m for m in _teachers(profile, catalogue) if m.id not in skipped]
    while ready := [m for m in waiting if not _unmet(m, levels)]:
        waiting = [m for m in waiting if _unmet(m, levels)]
        for module in ready:
            for skill, level in module.teaches.items():
                levels[skill] = max(level, levels.get(skill, 0))
    return levels


def _skipped_before(profile: Profile, catalogue: Catalogue, module: Module, allowed: Mapping[str, int]) -> str:
    """The nearest skipped module on the way to one that cannot be begun without it."""
    queue, seen = [module], {module.id}
    while queue:
        for skill, level in _unmet(queue.pop(0), allowed):
            able = [m for m in _teachers(profile, catalogue) if m.teaches.get(skill, 0) >= level and m.id not in seen]
            for other in sorted(able, key=lambda m: m.teaches[skill]):
                if other.id in profile.skip:
                    return other.id
                seen.add(other.id)
                queue.append(other)
    return profile.skip[0]
