"""Generated lives with a saved plan: what all commands say of it is one computation, and what they offer is true.

A life logs, slips, fails, pauses, skips, syncs an edited page, replans and takes back. After each event the ways out
are taken, by the very commands that are offered, and the day they give is the day that was promised.
`ROADMAP_LIVES=2000` runs that many, `ROADMAP_LIVES_FROM` says the first of them.
"""

import json
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from roadmap.cli.app import app
from roadmap.loading.saved import load_saved
from roadmap.loading.saving import saved_text
from roadmap.model.journal import Event, Progress, SavedPlan, Way
from roadmap.model.plan import Plan
from roadmap.model.profile import make_profile
from roadmap.planning.causes import causes, missed_gates, needs
from roadmap.planning.known import finished_event, wish_of
from roadmap.planning.make import make_plan
from roadmap.planning.progress import progress
from roadmap.planning.replan import promised, replanned
from roadmap.render import Format, render
from roadmap.render.cohort import Member, cohort_data
from roadmap.render.look import Look
from roadmap.render.markdown import marker
from roadmap.render.status import progress_data, state_sentence, status_text
from roadmap.render.sync import read_markdown
from roadmap.render.ways import command
from tests.builders import real_catalogue

CATALOGUE = real_catalogue()
LIVES = int(os.environ.get("ROADMAP_LIVES", "12"))
FROM = int(os.environ.get("ROADMAP_LIVES_FROM", "0"))
FIRST = date(2026, 11, 22)
ROLES = ("swe", "data-scientist", "new")


@dataclass
class Life:
    """Somebody with a saved plan, whose days pass by chance."""

    seed: int
    saved: SavedPlan
    today: date = FIRST
    count: int = 0
    told: list[str] = field(default_factory=list)
    _seen: tuple[SavedPlan, date, Progress] | None = None

    @property
    def now(self) -> Progress:
        """Where the plan stands today, ways out included; worked out once for each state."""
        if self._seen is None or self._seen[0] is not self.saved or self._seen[1] != self.today:
            self._seen = (self.saved, self.today, progress(self.saved, CATALOGUE, self.today, ways=True))
        return self._seen[2]

    def event(self, kind: Any, **keys: Any) -> None:
        self.count += 1
        one = Event(id=f"e{self.count}", on=self.today, kind=kind, **keys)
        if kind == "done":
            one = finished_event(one, CATALOGUE)
        self.saved = replace(self.saved, journal=(*self.saved.journal, one))
        self.told.append(f"{self.today} {kind} {keys}")


def born(seed: int) -> tuple[Life, Random]:
    """A person with answers by chance and a saved plan."""
    chance = Random(seed)
    answers: dict[str, Any] = {
        "role": chance.choice(ROLES),
        "hours_per_week": chance.choice((4, 6, 8, 10, 12, 15, 20)),
        "start": (FIRST + timedelta(days=chance.randrange(0, 40))).isoformat(),
        "goals": chance.choice((["job"], ["promotion"], ["agents"], ["job", "mlops"])),
        "certifications": chance.choice(("none", "one", "one")),
        "cloud": chance.choice(("azure", "aws", "gcp")),
    }
    if chance.random() < 0.5:
        answers["deadline"] = (FIRST + timedelta(days=chance.randrange(60, 420))).isoformat()
    if chance.random() < 0.4:
        answers["budget_usd"] = chance.choice((0, 165, 200, 300))
    if chance.random() < 0.3:
        answers["availability"] = {"days": {"tue": 2.5, "thu": 2.5, "sat": 4}}
        if chance.random() < 0.5:
            answers.pop("hours_per_week")
    if chance.random() < 0.3:
        answers["breaks"] = [{"from": "2026-12-20", "to": "2027-01-03"}]
    profile, faults = make_profile(answers, CATALOGUE, FIRST)
    assert profile is not None, faults
    plan = make_plan(CATALOGUE, profile, FIRST)
    return Life(seed, SavedPlan(1, CATALOGUE.version, answers, promised(plan, FIRST), ())), chance


def happens(life: Life, chance: Random) -> None:
    """One thing that happens, some days later."""
    life.today += timedelta(days=chance.choice((1, 3, 7, 14, 30, 60)))
    now = life.now
    step = now.now
    if step is None:
        return
    exam = next((e for e in now.plan.exams if e.step == step.id), None)
    match chance.choice(
        ("log", "log", "done", "done", "pause", "skip", "exam", "exam", "replan", "undo", "sync", "sync", "reached")
    ):
        case "log":
            life.event("logged", step=step.id, hours=chance.choice((1.0, 4.0, 8.0, 30.0)))
        case "done" if exam is None:
            hours = chance.choice((None, round(step.hours * chance.uniform(0.4, 1.8), 2)))
            life.event("done", step=step.id, hours=hours, evidence=chance.choice(("", "https://example.org/x")))
        case "pause":
            first = life.today + timedelta(days=chance.randrange(-5, 20))
            life.event("paused", first=first, last=first + timedelta(days=chance.randrange(0, 25)))
        case "skip":
            life.event("skipped", step=chance.choice(now.plan.steps).id, reason="no use for it")
        case "exam":
            sat = exam or next(iter(now.plan.exams), None)
            certificate = sat.certification.id if sat else "ms-ai-103"
            life.event("exam", exam=certificate, result=chance.choice(("passed", "failed", "failed")))
        case "replan":
            way = chance.choice(now.ways) if now.ways else None
            life.saved, _ = taken(life, way) if way else replanned(life.saved, CATALOGUE, life.today, {})
            life.event("replanned", text="Replanned.")
        case "sync":
            page(life, step.id, tick=exam is None and chance.random() < 0.6, hours=chance.choice(("", "2,5", "6h")))
        case "reached" if now.reached is None and chance.random() < 0.5:
            life.event("reached", goal=wish_of(CATALOGUE, now.plan.profile), deadline=now.plan.profile.deadline)
        case "undo" if life.saved.journal and life.saved.journal[-1].kind not in ("replanned", "undone"):
            life.event("undone", of=life.saved.journal[-1].id)


def page(life: Life, step: str, *, tick: bool, hours: str) -> None:
    """The page of today, edited by hand and read back."""
    now, saved = life.now, life.saved
    fresh = render(now.plan, CATALOGUE, Format.MARKDOWN, full=True, now=now, journal=saved.journal)
    edited = []
    for line in fresh.splitlines():
        here = marker(step) in line
        edited.append(line.replace("[ ]", "[x]", 1) if here and tick else line)
        edited += [f"  - Hours: {hours}", f"  - Note: talked to Ben on {life.today}"] if here and hours else []
    found = read_markdown("\n".join(edited), now, CATALOGUE, saved.journal, saved.baseline.steps.keys(), fresh)
    events = [finished_event(e, CATALOGUE) if e.kind == "done" else e for e in found.events]
    assert [e.step for e in events if e.kind == "done"] == [step] * tick, (life.seed, life.told)
    life.saved = replace(saved, journal=(*saved.journal, *events))
    life.told.append(f"{life.today} sync {[(e.kind, e.step, e.hours) for e in events]}")


def taken(life: Life, way: Way) -> tuple[SavedPlan, Plan]:
    """What the words of a command make of a plan."""
    words = shlex.split(command(way))[2:]
    drop = "--drop" in words
    pairs = [w for w in words if w != "--drop"]
    changes = {pairs[i].removeprefix("--").replace("-", "_"): pairs[i + 1] for i in range(0, len(pairs), 2)}
    answers = {k: float(v) if k in ("hours_per_week", "budget_usd") else v for k, v in changes.items()}
    saved, plan = replanned(life.saved, CATALOGUE, life.today, answers, drop=drop)
    return replace(saved, answers={**saved.answers}), plan


def true_at(life: Life) -> None:
    """What holds on every day of every life."""
    now = life.now
    where = f"life {life.seed}: {life.told}"
    for way in now.ways:
        after, plan = taken(life, way)
        assert plan.finish == way.finish, f"{where}: {command(way)} promised {way.finish}, its plan ends {plan.finish}"
        lived = replace(after, journal=(*after.journal, Event(id="r", on=life.today, kind="replanned", text="x")))
        then = progress(lived, CATALOGUE, life.today)
        assert then.plan.finish == way.finish, f"{where}: after {command(way)} status says {then.plan.finish}"
    moved = causes(life.saved, CATALOGUE, now)
    assert sum(c.days for c in moved) == now.drift, where
    data = progress_data(now, CATALOGUE, moved)
    row: Any = cohort_data([Member("x", now, tuple(needs(now)))], CATALOGUE)[0]
    assert row["progress"]["finish"] == data["finish"] == now.plan.finish.isoformat(), where
    shown = " ".join(status_text(now, moved, CATALOGUE, Look()).split())  # wherever lines break
    assert "no smaller plan" not in shown
    assert not now.lost, f"{where}: gone without a word: {now.lost}"
    if now.over_budget:
        assert shown.startswith(f"{now.over_budget:g} USD over your budget"), where
    if now.plan.steps and now.plan.profile.deadline and now.late:
        assert f"{now.late} day" in shown and now.ways, where
    if now.state == "ahead":
        assert now.delay < 0 and (now.hours_done >= now.hours_planned or now.pace.count >= 5), where
    if now.state == "behind":
        assert now.delay > 0 and state_sentence(now).startswith("Behind"), where
    first = min(now.plan.profile.start, life.today)
    if now.weekly is not None and now.standing.work:
        assert now.weekly <= sum(w.hours for w in now.standing.work) / 2 + 0.01, f"{where}: a rate of one day {first}"
    if now.reached:
        assert not {s.id for s in now.plan.steps} & set(now.dropped) and not now.missed and now.then, where
        assert now.state in ("reached", "finished") and ("Reached on " in shown), where
    for gate in missed_gates(life.saved, CATALOGUE, now):
        assert gate.if_missed.text and gate.on < life.today, where


def lived(seed: int) -> Iterator[Life]:
    life, chance = born(seed)
    yield life
    for _ in range(chance.randrange(3, 9)):
        happens(life, chance)
        yield life


def test_what_is_offered_is_what_comes() -> None:
    """Each way out gives exactly its day, and nothing that is said of a plan contradicts another."""
    offered = late = 0
    for seed in range(FROM, FROM + LIVES):
        for life in lived(seed):
            true_at(life)
            offered += len(life.now.ways)
            late += bool(life.now.late)
    assert offered > LIVES and late > LIVES // 10, "lives without trouble prove nothing"


@pytest.mark.parametrize("seed", range(4))
def test_commands_as_they_stand(seed: int, tmp_path: Any) -> None:
    """The commands that `status --format json` lists, run as they are, give the day they name."""
    runner, file = CliRunner(), tmp_path / "life.roadmap.yaml"
    *_, life = lived(seed)
    life.today += timedelta(days=30)
    text = saved_text(life.saved)
    assert load_saved(text, "life", CATALOGUE).saved is not None
    day = ["--plan", str(file), "--today", life.today.isoformat()]
    file.write_text(text, encoding="utf-8")
    done = runner.invoke(app, ["status", *day, "--format", "json"])
    assert done.exit_code == 0, done.output
    listed = json.loads(done.stdout)["ways_out"]
    assert [w["finish"] for w in listed] == [w.finish.isoformat() for w in life.now.ways]
    for way in listed:
        file.write_text(text, encoding="utf-8")
        words = shlex.split(way["command"])
        assert words[0] == "roadmap"
        run = runner.invoke(app, words[1:])
        assert run.exit_code == 0, run.output
        for asked in (["status", *day, "--format", "json"], ["export", *day, "--format", "json"]):
            told = json.loads(runner.invoke(app, asked).stdout)
            assert (told.get("finish") or told["summary"]["finish"]) == way["finish"], way["command"]


def test_what_only_a_skipped_step_asked_for_goes_with_it_and_is_named() -> None:
    answers = {
        "role": "swe", "hours_per_week": 20, "start": "2026-11-24", "goals": ["promotion"], "cloud": "gcp",
        "deadline": "2027-07-25", "budget_usd": 200,
    }  # fmt: skip
    profile, found = make_profile(answers, CATALOGUE, FIRST)
    assert profile is not None and not found
    plan = make_plan(CATALOGUE, profile, FIRST)
    saved = SavedPlan(1, CATALOGUE.version, answers, promised(plan, FIRST), ())
    assert {"first-agent", "agents-in-production"} <= {s.id for s in plan.steps}
    event = Event(id="s", on=FIRST, kind="skipped", step="agents-in-production", reason="no use for it")
    now = progress(replace(saved, journal=(event,)), CATALOGUE, FIRST)
    assert "first-agent" not in {s.id for s in now.plan.steps}, "nothing else asks for it"
    assert [x.reason.code for x in now.waived if x.id == "first-agent"] == ["not-asked-for"] and not now.lost
