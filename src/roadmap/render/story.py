"""What happened to one plan between two of its states, told as a mentor would: what was done, decided, and why the date
moved.
"""

from collections.abc import Sequence
from typing import Any

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Event
from roadmap.model.story import Chapter, Story
from roadmap.render.cards import Card
from roadmap.render.changes import length
from roadmap.render.clean import clean, shorten
from roadmap.render.data import pick, plain
from roadmap.render.diff import answered
from roadmap.render.ending import reached_sentence
from roadmap.render.layout import Page
from roadmap.render.living import title_of
from roadmap.render.numbers import day, hours, listing, period, plural
from roadmap.render.status import cause_words
from roadmap.render.ways import over_deadline
from roadmap.render.wording import Words

LONGEST = 200
MOST_STEPS = 12
REPLANNED = "the new plan"
DAYS_KEY, DAYS = "availability", "other days"


def story_page(told: Story, catalogue: Catalogue, names: tuple[str, str]) -> Page:
    """A page on what happened between two states of a plan. `names` are those of the files."""
    words = Words(catalogue)
    compared = clean(f"{names[0]} → {names[1]}").replace("`", "'")
    card = Card("What happened", compared, _lead(told))
    card.part("Done", [*_done(told, words), *_hours(told, words)])
    card.part("Decided", [shorten(text, LONGEST) for text in _decided(told, words)])
    card.part("Why the date moved", _moved(told))
    card.part("Came in", _some([_come(told, words, id_) for id_ in told.come]))
    card.part("Went out", _some([_gone(told, words, id_) for id_ in told.gone]))
    card.part("Now", _next(told))
    card.hint = "roadmap status has the ways out." if told.now.late or told.now.state == "behind" else ""
    return card.page()


def _lead(told: Story) -> str:
    first, last = told.chapters[0], told.chapters[-1]
    said = f"On {day(told.old.baseline.made_on)} the plan promised {day(first.promised)}."
    if told.now.reached:
        said = f"{reached_sentence(told.now)} {said}"
    if told.now.state == "finished":
        said += f" It was finished on {day(last.stood)}, {_apart(told.days)}."
    elif not told.days:
        said += " It still ends on that day."
    else:
        said += f" It now ends on {day(last.stood)}, {_apart(told.days)}."
    if told.chapters[1:] and last.promised != last.stood:
        said += f" Since {day(told.new.baseline.made_on)} it promises {day(last.promised)}."
    return f"{said} {over_deadline(told.now.plan)}".strip()


def _apart(days: int) -> str:
    return f"{length(days)} {'later' if days > 0 else 'earlier'}" if days else "as promised"


def _done(told: Story, words: Words) -> list[str]:
    said = []
    for one in told.events:
        if one.kind == "done":
            spent = told.now.standing.hours.get(one.step)
            took = f", {hours(spent)}" if spent else ""
            shown = "" if one.evidence else ", without evidence"
            said.append(f"{title_of(words, one.step)}: {day(one.on)}{took}{shown}.")
        elif one.kind == "exam":
            known = words.catalogue.certifications.get(one.exam)
            how = "passed" if one.result == "passed" else "not passed"
            said.append(f"{known.label if known else one.exam}: {how} on {day(one.on)}.")
    return said


def _hours(told: Story, words: Words) -> list[str]:
    """Hours that went into what is not finished yet."""
    open_: dict[str, float] = {}
    left = {s.id for s in told.now.plan.steps}
    for one in told.events:
        if one.kind == "logged" and one.hours and one.step in left:
            open_[one.step] = open_.get(one.step, 0.0) + one.hours
    return [f"{title_of(words, id_)}: {hours(spent)} so far." for id_, spent in open_.items() if spent > 0]


def _decided(told: Story, words: Words) -> list[str]:
    said = []
    chapters = {c.replan.id: c for c in told.chapters if c.replan}
    for one in told.events:
        if one.kind == "paused" and one.first and one.last:
            why = f" ({clean(one.reason)})" if one.reason else ""
            said.append(f"Off from {period(one.first, one.last)}{why}.")
        elif one.kind == "skipped":
            said.append(f"Left out: {title_of(words, one.step)} (“{clean(one.reason)}”).")
        elif one.kind == "reached" and told.now.reached and one.id == told.now.reached.id:
            said.append(reached_sentence(told.now))
        elif one.id in chapters:
            said.append(_replan(one, chapters[one.id]))
    return said


def _replan(one: Event, chapter: Chapter) -> str:
    asked = [DAYS if p.name == DAYS_KEY else clean(answered(p)).replace(":", "", 1) for p in chapter.answers]
    what = f" with {listing([text[:1].lower() + text[1:] for text in asked])}" if asked else ""
    made = f"; it promises {day(chapter.made)} instead of {day(chapter.promised)}" if chapter.made else ""
    return f"Planned anew on {day(one.on)}{what}{made}."


def _moved(told: Story) -> list[str]:
    """Each chapter with its causes; what is said adds up to the whole."""
    said = []
    for i, chapter in enumerate(told.chapters):
        since = f"since {day(told.new.baseline.made_on)}" if i else f"since {day(told.old.baseline.made_on)}"
        when = since if chapter.replan is None else f"until {day(chapter.until)}"
        if chapter.causes:
            said.append(f"{when[:1].upper()}{when[1:]}: {'; '.join(cause_words(c) for c in chapter.causes)}.")
        if chapter.replan and chapter.made and chapter.made != chapter.stood:
            days = (chapter.made - chapter.stood).days
            way = "later" if days > 0 else "earlier"
            said.append(f"On {day(chapter.until)}: {plural(abs(days), 'day')} {way} by {REPLANNED}.")
    if len(said) > 1 and told.days:
        said.append(f"Together: {plural(abs(told.days), 'day')} {'later' if told.days > 0 else 'earlier'}.")
    return said


def _come(told: Story, words: Words, id_: str) -> str:
    step = told.now.plan.step(id_)
    return f"{title_of(words, id_)}, {hours(step.hours)}." if step else title_of(words, id_)


def _gone(told: Story, words: Words, id_: str) -> str:
    why = {x.id: x for x in told.now.plan.left_out}
    return f"{title_of(words, id_)}: {words.reason(why[id_]) if id_ in why else 'nothing asks for it any more.'}"


def _some(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - MOST_STEPS
    return [*lines[:MOST_STEPS], plural(rest, "other step") + "."] if rest > 1 else list(lines)


def _next(told: Story) -> list[str]:
    step = told.now.now
    said = [f"{step.module.title}, {hours(step.hours)} left."] if step else []
    return said + [f"{e.certification.label} on {day(e.exam_on)}." for e in told.now.plan.exams]


def story_data(told: Story) -> dict[str, Any]:
    """The same for scripts: days of each chapter add up to `days`."""
    return {
        "days": told.days,
        "promised": plain(told.chapters[0].promised),
        "finish": plain(told.chapters[-1].stood),
        "done": [e.step for e in told.events if e.kind == "done"],
        "exams": [{"id": e.exam, **pick(e, "on", "result")} for e in told.events if e.kind == "exam"],
        "skipped": [e.step for e in told.events if e.kind == "skipped"],
        **pick(told, "come", "gone"),
        "chapters": [
            {
                **pick(c, "until", "promised", "stood"),
                "moved_by": {one.code: one.days for one in c.causes},
                "made": plain(c.made),
            }
            for c in told.chapters
        ],
    }
