"""People to plan for: always the same ones, each different from the others."""

import random
from datetime import date, timedelta
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import Profile, make_profile
from roadmap.planning.make import make_plan

TODAY = date(2026, 11, 22)
LEVELS = ("entry", "mid", "senior")
SHARES_OF_TIME = (None, 0.25, 0.4, 0.6, 0.8)
SHARES_OF_MONEY = (None, 0.0, 0.5)
Answers = dict[str, Any]


def plain(catalogue: Catalogue, count: int, seed: int = 0) -> list[Answers]:
    """People who say who they are, when they begin, how many hours they have and what they know; no limits."""
    draw = random.Random(seed)
    roles = [r.id for r in catalogue.roles.values() if r.start]
    return [
        {
            "id": f"p{i}",
            "name": f"Person {i}",
            "role": draw.choice(roles),
            "start": (TODAY + timedelta(days=draw.randrange(90))).isoformat(),
            "hours_per_week": draw.randint(5, 25),
            "skills": {s: draw.randint(0, 3) for s in draw.sample(list(catalogue.skills), 4)},
        }
        for i in range(count)
    ]


def anybody(catalogue: Catalogue, count: int, seed: int = 0) -> list[Answers]:
    """The same who also say where they want to go, and how."""
    draw = random.Random(seed)
    return [
        person
        | {
            "target": draw.choice([r.id for r in catalogue.roles.values() if r.target]),
            "level": draw.choice(LEVELS),
            "goals": draw.sample(list(catalogue.goals), draw.randrange(3)),
            "cloud": draw.choice(["any", *catalogue.clouds]),
            "domain": draw.choice(["none", *catalogue.specialisations]),
            "certifications": draw.choice(["none", "one", "all"]),
        }
        for person in plain(catalogue, count, seed)
    ]


def profile(catalogue: Catalogue, answers: Answers) -> Profile:
    """The profile of answers that must be right."""
    given = {k: v for k, v in answers.items() if k != "id"}
    made, faults = make_profile(given, catalogue, TODAY)
    if made is None:
        raise SystemExit(f"{answers}: {faults}")
    return made


def held_to(catalogue: Catalogue, answers: Answers, time: float | None, money: float | None) -> Profile:
    """Somebody with a part of the time and of the money that everything would take."""
    free = profile(catalogue, answers)
    whole = make_plan(catalogue, free, TODAY)
    limits: Answers = {}
    if time is not None:
        limits["deadline"] = free.start + timedelta(days=int((whole.finish - free.start).days * time))
    if money is not None:
        limits["budget_usd"] = int(whole.cost_usd * money)
    return profile(catalogue, answers | limits)


def limited(catalogue: Catalogue) -> list[Profile]:
    """Every way at every level with every kind of limit; cloud, domain, exams and hours change from one to the next."""
    shares = [(t, m) for t in SHARES_OF_TIME for m in SHARES_OF_MONEY if (t, m) != (None, None)]
    cases = [(path, level, *share) for path in catalogue.paths.values() for level in LEVELS for share in shares]
    domains, clouds = ["none", *catalogue.specialisations], list(catalogue.clouds)
    out = []
    for n, (path, level, time, money) in enumerate(cases):
        answers = {
            "role": path.start,
            "target": path.target,
            "level": level,
            "cloud": clouds[n % len(clouds)],
            "domain": domains[n % len(domains)],
            "certifications": ("none", "one", "all")[n % 3] if money is None else "all",
            "hours_per_week": (5, 10, 15, 20, 30)[n % 5],
        }
        out.append(held_to(catalogue, answers, time, money))
    return out
