"""Lives under a catalogue that changes meanwhile: modules go, teach other things, take longer, exams retire.

A saved plan is then refused with the line that no longer fits, or everything that can be said of it still is.
`ROADMAP_LIVES=300` runs that many.
"""

import os
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from roadmap.loading.load import completed
from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text, settled
from roadmap.loading.sourced import SourcedCatalogue
from roadmap.model.catalogue import Catalogue
from roadmap.planning.causes import causes, missed_gates, needs
from roadmap.planning.progress import progress
from roadmap.planning.replan import replanned
from roadmap.render import Format, render
from roadmap.render.look import Look
from roadmap.render.status import progress_data, status_text
from tests.fuzz_plans import base
from tests.test_lives import lived

LIVES = int(os.environ.get("ROADMAP_LIVES", "3"))


def drifted(chance: Random, steps: list[str]) -> Catalogue | None:
    """The catalogue after some changes to the steps of a plan and to others; None where they do not fit together."""
    start = base()
    draft = SourcedCatalogue({k: dict(v) for k, v in start.entries.items()}, start.header, start.postings)
    modules, skills = draft.entries["modules"], [s for s, e in draft.entries["skills"].items() if e.value.taught]
    for id_ in chance.sample([s for s in steps if s in modules] or list(modules), k=1) + chance.sample(
        list(modules), k=2
    ):
        module: Any = modules[id_].value
        match chance.choice(("teaches", "teaches", "more", "less", "hours", "needs", "exam")):
            case "teaches":
                teaches = {s: max(1, n + chance.choice((-1, 0))) for s, n in module.teaches.items()}
            case "more":
                teaches = {**module.teaches, chance.choice(skills): chance.randrange(1, 3)}
            case "less" if len(module.teaches) > 1:
                teaches = dict(list(module.teaches.items())[1:])
            case _:
                teaches = module.teaches
        hours = replace(module.hours, likely=module.hours.high, high=module.hours.high * chance.choice((1, 3)))
        modules[id_] = replace(modules[id_], value=replace(module, teaches=teaches, hours=hours))
    if chance.random() < 0.3:
        exams = draft.entries["certifications"]
        id_ = chance.choice(list(exams))
        exams[id_] = replace(exams[id_], value=replace(exams[id_].value, retires_on="2027-01-31"))
    return completed(draft)[0]


def everything_said(text: str, known: Catalogue, life: Any) -> str:
    loaded = load_saved(text, "me", known)
    if loaded.saved is None:
        assert loaded.problems and all(p.line for p in loaded.problems)
        return "refused"
    saved = loaded.saved
    for day in (life.today, life.today + timedelta(days=90)):
        now = progress(saved, known, day, ways=True)
        moved = causes(saved, known, now)
        assert sum(c.days for c in moved) == now.drift, life.told
        assert status_text(now, moved, known, Look()) and progress_data(now, known, moved)
        tuple(needs(now)), missed_gates(saved, known, now)
        for form in Format:
            assert form is Format.SVG or render(now.plan, known, form, now=now, journal=saved.journal)
    new, plan = replanned(saved, known, life.today, {})
    assert settled(saved_text(new), new, known, Path("me"))
    taught = {s for e in now.standing.done.values() for s in e.teaches}
    assert all(s not in step.teaches or step.teaches[s] > 0 for step in plan.steps for s in taught)
    return "told"


def test_a_life_goes_on_under_another_catalogue() -> None:
    told: Counter[str] = Counter()
    for seed in range(LIVES):
        *_, life = lived(seed)
        text, chance = saved_text(life.saved), Random(seed)
        for _ in range(3):
            known = drifted(chance, list(life.saved.baseline.steps))
            told["no catalogue" if known is None else everything_said(text, known, life)] += 1
    assert told["told"] > LIVES, told
