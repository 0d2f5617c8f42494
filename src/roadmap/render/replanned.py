"""What a recorded event moved, and what a replan would change: for people and for scripts."""

from collections.abc import Iterator

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event, Progress
from roadmap.model.plan import Plan
from roadmap.render.data import pick, plain
from roadmap.render.ending import ending, reached_facts
from roadmap.render.layout import Items, Page, Table, bullets, facts, paragraph, table
from roadmap.render.look import Look
from roadmap.render.numbers import day, hours, money, number, percent, plural, short_day, week_days
from roadmap.render.status import progress_data
from roadmap.render.ways import over_budget, over_deadline, ways_blocks, ways_data
from roadmap.render.wording import Words


def change_text(what: str, before: Progress, after: Progress, catalogue: Catalogue, look: Look) -> str:
    """What was recorded, and what it moved; after the last step, what comes now."""
    said = [what]
    if after.over_budget > before.over_budget:
        said.append(f"{over_budget(after.plan)} roadmap status has the ways out.")
    if after.state == "reached" and before.reached is None:
        # Of what may stop nobody wants to hear first that it is late.
        return look.draw(Page("", (paragraph(" ".join(said)),), (facts(reached_facts(after, catalogue)),)))
    said.append(_moved(before, after))
    old, new = number(before.pace.median), number(after.pace.median)
    if old != new:
        said.append(f"Your pace in the forecast goes from {old} to {new} times the estimates.")
    step = after.now
    if step and (before.now is None or step.id != before.now.id):
        said.append(f"Next: {step.module.title} ({hours(step.hours)}).")
    rest = (facts(ending(after)),) if before.plan.steps and not after.plan.steps else ()
    return look.draw(Page("", (paragraph(" ".join(said)),), rest))


def _moved(then: Progress, now: Progress) -> str:
    """What has become of the forecast since the last entry: days that pass without one move it as well."""
    before, after = then.plan, now.plan
    if not after.steps and before.steps:
        return "That was the last step: the plan is finished."
    if not after.steps:
        return "The plan is finished, as it was."
    days = (after.finish - before.finish).days
    if not days:
        return f"The forecast stays: {day(after.finish)} at even odds, 4 in 5 by {day(after.finish_p80)}."
    way = "later" if days > 0 else "earlier"
    way += f" than on {day(then.today)}" if then.today < now.today else ""
    return (
        f"The forecast moves from {day(before.finish)} to {day(after.finish)}, {plural(abs(days), 'day')} {way}; "
        f"4 in 5 by {day(after.finish_p80)}."
    )


def change_data(event: Event, before: Progress, after: Progress, catalogue: Catalogue) -> dict[str, object]:
    """A recorded event and the forecast before and after it, for scripts."""
    return {
        "schema_version": 1,
        "event": {"id": event.id, "on": plain(event.on), "event": event.kind, "step": event.step or None},
        "before": progress_data(before, catalogue),
        "after": progress_data(after, catalogue),
    }


def replan_page(
    before: Progress, after: Plan, catalogue: Catalogue, *, drop: bool = False, ways: bool = False, given: str = ""
) -> Page:
    """The plan as it stands and as it would be, side by side, with every step that comes, goes or moves.

    What it does not keep is said, and unless `drop` did that, how to leave out what does not fit; with `ways` what else
    can be done, by commands that repeat the options in `given`.
    """
    old = before.plan
    if not old.steps and not after.steps:
        return Page("Nothing is left to plan: every step is done.", (), (facts(ending(before)),))
    over = [text for text in (over_budget(after), over_deadline(after)) if text]
    if over and not drop and after.profile != old.profile:
        over.append("With --drop the same command leaves out what does not fit.")
    days = week_days(after.profile.availability.days, after.profile.hours_per_week)
    promised = before.baseline.steps
    moved = sum(s.id in promised and s.finish != promised[s.id].finish for s in after.steps)
    done = len(before.standing.done) + len(before.standing.passed)
    told = facts(
        [
            ("Over", bullets(over)),
            ("Days", f"{days} in a week." if days else ""),
            *_coming_and_going(old, after, Words(catalogue)),
            ("Moves", f"{plural(moved, 'step')} to other dates than promised."),
            ("Stays", f"{plural(done, 'step')} finished, as {'it is' if done == 1 else 'they are'}." if done else ""),
        ]
    )
    rest = ways_blocks(before.ways, catalogue, given) if ways and before.ways else ()
    return Page("Your plan, before and after", (_side_by_side(before, after),), (told, *rest))


def _side_by_side(before: Progress, after: Plan) -> Table:
    """What was promised, what would come as things are, and what would come now."""
    base, old = before.baseline, before.plan
    rows = [
        ("Ready by", day(base.finish), day(old.finish), day(after.finish)),
        ("4 in 5 by", "", day(old.finish_p80), day(after.finish_p80)),
        ("19 in 20", "", day(old.finish_p95), day(after.finish_p95)),
        ("To go", "", hours(old.hours), hours(after.hours)),
        ("A week", "", hours(old.profile.hours_per_week), hours(after.profile.hours_per_week)),
        ("Deadline", "", _deadline(old), _deadline(after)),
        ("Steps", "", str(len(old.steps)), str(len(after.steps))),
        ("To pay", "", money(old.cost_usd), money(after.cost_usd)),
        ("Coverage", "", percent(old.coverage_after), percent(after.coverage_after)),
    ]
    return table(("", "as promised", "as it stands", "replanned"), rows)


def _coming_and_going(old: Plan, after: Plan, words: Words) -> Iterator[tuple[str, str | Items]]:
    """Steps that go, exams first since somebody asked for them, and steps that come; and where a smaller plan leads."""
    kept, new = {s.id for s in old.steps}, {s.id for s in after.steps}
    why = {x.id: x for x in after.left_out}
    smaller = after.steps and after.answer.outcome.id != old.answer.outcome.id
    if smaller:
        yield "Leads to", f"{after.answer.outcome.text}."
        yield "Instead of", f"{old.answer.outcome.text}."
    because = "not needed for that." if smaller else "no longer asked for."
    gone = sorted((s for s in old.steps if s.id not in new), key=lambda s: s.module.kind != "certify")
    yield "Goes", bullets(f"{s.module.title}: {words.reason(why[s.id]) if s.id in why else because}" for s in gone)
    yield "Comes", bullets(f"{s.module.title}, {hours(s.hours)}" for s in after.steps if s.id not in kept)


def _deadline(plan: Plan) -> str:
    last = plan.profile.deadline
    if last is None:
        return "none"
    return f"{short_day(last)} {last.year}" + (" (missed)" if plan.finish > last else "")


def replan_data(
    before: Progress, after: Plan, catalogue: Catalogue, *, written: bool, given: str = ""
) -> dict[str, object]:
    """A replan for scripts, with the ways out of the plan as it stands; `given` are options that commands repeat."""

    def side(plan: Plan) -> dict[str, object]:
        return {
            **pick(plan, "status", "finish", "finish_p80", "finish_p95", "hours"),
            "hours_per_week": plan.profile.hours_per_week,
            "steps": [pick(s, "id", "start", "finish") for s in plan.steps],
        }

    return {
        "schema_version": 1,
        "written": written,
        "before": side(before.plan),
        "after": side(after),
        "done": sorted(before.standing.done),
        "ways_out": ways_data(before.ways, catalogue, given),
    }
