"""Plans within a process: of many people, and from catalogues that grow."""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from roadmap import load_catalogue
from roadmap.loading.load import load_catalogue as read_catalogue
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import Profile
from roadmap.planning.make import make_plan
from scripts.bench.figures import MICRO, MILLI, Figure, busy, ratio, seconds, told
from scripts.bench.growth import longer, wider
from scripts.bench.people import TODAY, Answers, anybody, held_to, limited, plain, profile

PLAIN_LIMIT = 2_000.0
LOADING_LIMIT = 20.0
GROWTH_LIMIT = 12.0
SIZES = (1, 3, 10)
PART_OF_TIME = 0.4
MOST_HOURS = 60


def in_process(turns: int, count: int) -> list[Figure]:
    """One plan, the catalogue loaded, without rendering. Every pass over the people begins with a fresh catalogue."""
    known = load_catalogue()
    usual = [profile(known, a | {"skills": {}}) for a in plain(known, count)]
    skilled = [profile(known, a) for a in plain(known, count)]
    others = [profile(known, a) for a in anybody(known, count)]
    first = [_passed([usual[0]])[0] for _ in range(turns * 4)]
    times = [t for _ in range(turns) for t in _passed(usual)]
    own = [t for _ in range(turns) for t in _passed(skilled)]
    different = [t for _ in range(turns) for t in _passed(others)]
    tight = _passed(limited(known))
    middle = statistics.median(times) * MICRO
    return [
        Figure("a loop of a million additions, for scale", _us([busy(_additions) for _ in range(9)])),
        Figure("a plain plan: role, start, hours differ", _us(times), middle, "us", most=PLAIN_LIMIT),
        Figure("each with four skills of their own as well", _us(own)),
        Figure("every answer differs", _us(different)),
        Figure("the first plan of a fresh catalogue", _us(first)),
        Figure("with a deadline, a budget or both, ways out included", _us(tight)),
    ]


def _additions() -> None:
    total = 0
    for number in range(1_000_000):
        total += number


def loading(turns: int, folder: Path) -> list[Figure]:
    """The catalogue from the cache, and read from its files."""
    load_catalogue()
    again = [seconds(load_catalogue) for _ in range(turns * 4)]
    files = [seconds(read_catalogue) for _ in range(turns)]
    size = sum(f.stat().st_size for f in folder.glob("*.catalogue")) / 1e3
    middle = statistics.median(again) * MILLI
    return [
        Figure(f"compiled, {size:,.0f} kB", told(again, MILLI, "ms"), middle, "ms", most=LOADING_LIMIT),
        Figure("from its files, once after a change", told(files, MILLI, "ms")),
    ]


def growth(count: int, limited_count: int) -> list[Figure]:
    """Planning times for catalogues of three and ten times the size, against the real one."""
    real = load_catalogue()
    usual: list[Answers] = [a | {"skills": {}, "certifications": "none"} for a in plain(real, count)]
    out = []
    for name, grow in (("as many times the steps", longer), ("a plan of the same size", wider)):
        catalogues = {times: grow(real, times) for times in SIZES}
        asked = usual if grow is wider else _with_time_for_all(catalogues[max(SIZES)], usual)
        out += _grown(f"{name}, plain", catalogues, asked, profile)
        out += _grown(
            f"{name}, with a deadline",
            catalogues,
            asked[:limited_count],
            partial(held_to, time=PART_OF_TIME, money=None),
        )
    return out


def _with_time_for_all(largest: Catalogue, people: Sequence[Answers]) -> list[Answers]:
    """Those whose plan is whole in the largest catalogue too, when they have all the hours of a week."""
    busiest = [a | {"hours_per_week": MOST_HOURS} for a in people]
    return [a for a in busiest if make_plan(largest, profile(largest, a), TODAY, options=False).status == "feasible"]


def _grown(
    what: str,
    catalogues: dict[int, Catalogue],
    people: Sequence[Answers],
    made: Callable[[Catalogue, Answers], Profile],
) -> list[Figure]:
    plans: dict[int, list[tuple[float, int]]] = {times: [] for times in catalogues}
    for answers in people:
        for times, catalogue in catalogues.items():
            someone = made(catalogue, answers)
            # Whatever is worked out from the catalogue alone is there before, as in a batch.
            make_plan(catalogue, profile(catalogue, answers), TODAY)
            plans[times].append(_timed(catalogue, someone))
    each = {times: [taken for taken, _ in found] for times, found in plans.items()}
    out = []
    for times, taken in each.items():
        steps = statistics.median(count for _, count in plans[times])
        limit = GROWTH_LIMIT if times == max(catalogues) else None
        measured = f"{steps:g} steps, {told(taken, MILLI, 'ms')}"
        out.append(Figure(f"{times}x: {what}", measured, ratio(taken, each[1]), most=limit))
    return out


def _timed(catalogue: Catalogue, someone: Profile) -> tuple[float, int]:
    """Seconds of processor time that a plan took, and its steps."""
    began = time.process_time()
    plan = make_plan(catalogue, someone, TODAY)
    return time.process_time() - began, len(plan.steps)


def _passed(people: Sequence[Profile]) -> list[float]:
    """Seconds of processor time of each plan, from a catalogue that has planned for nobody."""
    catalogue = load_catalogue()
    return [busy(partial(make_plan, catalogue, someone, TODAY)) for someone in people]


def _us(times: Sequence[float]) -> str:
    return told(times, MICRO, "us")
