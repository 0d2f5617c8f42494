"""What happened to one plan between two of its states. Works on saved plans, so that what was done is told as such."""

from collections.abc import Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Cause, Event, Progress, SavedPlan, effective
from roadmap.model.printed import Pair
from roadmap.model.profile import FIELDS
from roadmap.model.story import Chapter, Story
from roadmap.planning.causes import causes
from roadmap.planning.known import profile_of
from roadmap.planning.progress import progress


def one_plan(old: SavedPlan, new: SavedPlan) -> bool:
    """Whether the second is a later state of the first: the same plan, with all that the first one's journal holds."""
    return old.id == new.id and bool(old.id) and {e.id for e in old.journal} <= {e.id for e in new.journal}


def replans(old: SavedPlan, new: SavedPlan) -> list[tuple[int, Event]]:
    """The replans that came between two states and count, with their places in the journal."""
    counting = {e.id for e in effective(new.journal)} - {e.id for e in old.journal}
    return [(i, e) for i, e in enumerate(new.journal) if e.kind == "replanned" and e.id in counting]


def story(
    old: SavedPlan, before: Sequence[tuple[SavedPlan, Event]], now: Progress, new: SavedPlan, known: Catalogue
) -> Story:
    """What happened from `old` to `new`, which stands as `now`. `before` are the states that replans replaced."""
    chapters = []
    states = [*(state for state, _ in before), new]
    for (state, replan), after in zip(before, states[1:], strict=True):
        then = progress(state, known, replan.on)
        changed = tuple(_changed(state, after, known))
        chapters.append(_chapter(state, then, known, replan, changed, after))
    chapters.append(_chapter(new, now, known))
    seen = {e.id for e in old.journal}
    events = [e for e in effective(new.journal) if e.id not in seen]
    told = (
        {e.step for e in events if e.kind in ("done", "skipped")}
        | now.standing.done.keys()
        | now.standing.skipped.keys()
    )
    here, there = old.baseline.steps.keys(), {s.id for s in now.plan.steps}
    taught = {m.id for m in known.modules.values() if m.certification in now.standing.passed}
    come = [s.id for s in now.plan.steps if s.id not in here]
    gone = [s for s in here if s not in there | told | taught]
    return Story(old, new, now, events, chapters, come, gone)


def _changed(before: SavedPlan, after: SavedPlan, known: Catalogue) -> list[Pair]:
    """The answers that a replan changed; what was not said has its default."""
    old, new = profile_of(before, known), profile_of(after, known)
    keys = [f for f in FIELDS if before.answers.get(f.name) != after.answers.get(f.name)]
    pairs = [Pair(f.name, f.printed(getattr(old, f.name)), f.printed(getattr(new, f.name))) for f in keys]
    return [pair for pair in pairs if pair.old != pair.new]


def _chapter(
    state: SavedPlan,
    then: Progress,
    known: Catalogue,
    replan: Event | None = None,
    answers: tuple[Pair, ...] = (),
    after: SavedPlan | None = None,
) -> Chapter:
    ends = [e.on for e in then.standing.done.values()] + list(then.standing.passed.values())
    stood = then.plan.finish if then.plan.steps else max(ends, default=then.today)
    days = (stood - state.baseline.finish).days
    finished = [Cause("work", days)] if days and not then.plan.steps else []
    moved = tuple(causes(state, known, then) or finished)
    made = after.baseline.finish if after else None
    return Chapter(then.today, state.baseline.finish, stood, moved, replan, answers, made)
