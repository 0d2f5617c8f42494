"""What somebody who lives with a plan sees this week. Words state facts and the next thing to do; they never judge."""

from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Step
from roadmap.render.clean import web_address
from roadmap.render.data import pick, plain
from roadmap.render.ending import ending, reached_sentence
from roadmap.render.layout import Facts, Line, Page, Span, bullets, facts, line, paragraph
from roadmap.render.look import Look
from roadmap.render.numbers import day, hours
from roadmap.render.opening import Opened
from roadmap.render.reasons import step_reasons
from roadmap.render.wording import Words

CHECKS = 4
AWAY_DAYS = 21


def welcome(now: Progress) -> list[str]:
    """A word to somebody who was away for weeks, with one small thing to begin with; nothing to others."""
    last, step = now.standing.last_activity, now.now
    begun = min((p.start for p in now.baseline.steps.values()), default=now.today)
    idle = (now.today - (last or begun)).days
    if step is None or idle < AWAY_DAYS:
        return []
    away = f"{idle // 7} weeks" if idle < 60 else f"{idle // 30} months"
    if last is None:
        return [f"Nothing is written down since the start, {away} ago. Half an hour is a start: open the first page."]
    return [f"Welcome back after {away}. Half an hour is a start: read what you have, do one check."]


def next_text(now: Progress, catalogue: Catalogue, look: Look, given: str = "") -> str:
    """One screen for the week: what, why, how long, what to open, done when. Checks give way before all else.

    `given` are options that the commands at its end repeat.
    """
    step, text = now.now, ""
    if step is None:
        title = reached_sentence(now) or "Nothing is left to do: every step of the plan is done."
        return look.draw(Page(title, (), (facts(ending(now)),)))
    for checks, why in ((CHECKS, True), (3, True), (3, False), (2, False)):
        text = look.draw(_this_week(now, step, Words(catalogue), checks, why=why, given=given))
        if look.fits(text):
            break
    return text


def _this_week(now: Progress, step: Step, words: Words, checks: int, *, why: bool, given: str) -> Page:
    """The page of a step with so many lines for its checks."""
    module = step.module
    week = next(w for w in now.plan.weeks if w.items)
    shown, rest = module.done_when, len(module.done_when) - checks + 1
    if rest > 1:
        shown = (*shown[: checks - 1], f"{rest} more: roadmap steps {step.id}")
    told = facts(
        [
            ("Here", step.project_adds),
            *(("Why", text) for _, text in step_reasons(now.plan, words)[step.id][:why]),
            ("How long", _how_long(now, step, week.items[0].hours)),
            *(row for one in words.opened(step)[:1] for row in _opened(words, one)),
            ("Done when", bullets(shown)),
            ("Then", "; ".join(f"{words.module(i.step)}, {hours(i.hours)}" for i in week.items[1:])),
        ]
    )
    title = f"{_week_title(now, week.start)} ({hours(sum(i.hours for i in week.items))}): {module.title}"
    said = [f"{reached_sentence(now)} What follows may stop."] if now.reached else welcome(now)
    last = _record(step, words.catalogue, given)
    return Page(title, (*map(paragraph, [*said, module.summary]), told), (last,))


def _opened(words: Words, one: Opened) -> list[tuple[str, str | Line]]:
    """What to open, and its address in letters: a link alone is lost on terminals that show none."""
    url = web_address(one.resource.url)
    return [("Open", words.resource(one)), ("", line(Span(url, url)) if url else "")]


def _week_title(now: Progress, monday: date) -> str:
    this = now.today - timedelta(days=now.today.weekday())
    if now.state == "not-started":
        return f"The plan starts on {day(now.plan.start)}. First week"
    if monday > this:
        return f"No study planned until {day(now.plan.start)}. The week after"
    return f"This week, until {day(monday + timedelta(days=6))}"


def _how_long(now: Progress, step: Step, this_week: float) -> str:
    spent = now.standing.hours.get(step.id, 0.0)
    text = f"{hours(this_week)} this week, {hours(step.hours)} left, until {day(step.finish)}"
    return f"{text}; {hours(spent)} done so far" if spent else text


def _record(step: Step, catalogue: Catalogue, given: str) -> Facts:
    """The two commands for what comes after the work."""
    # Where the plan has to be named, the step need not be: left out, it is the one at hand.
    module, named = step.module, "" if given else f"{step.id} "
    finish = f"roadmap done {named}--evidence ADDRESS"
    cert = catalogue.certifications.get(module.certification or "")
    if module.kind == "certify" and cert:
        finish = f"roadmap exam {cert.code or cert.id} passed"
    typed = [("Worked?", f"roadmap log {named}HOURS{given}"), ("Finished?", f"{finish}{given}")]
    return facts((label, (Span(command, whole=True),)) for label, command in typed)


def step_data(step: Step, catalogue: Catalogue) -> dict[str, object]:
    """A step for scripts."""
    first = [catalogue.resources[r] for r in step.resources]
    return {
        **pick(step, "id", "title"),
        "kind": step.module.kind,
        **pick(step, "start", "finish"),
        "hours_left": step.hours,
        "why": Words(catalogue).reason(step.reasons[0]),
        "resources": [pick(r, "id", "title", "url") for r in first],
        **pick(step.module, "done_when", "evidence"),
    }


def next_data(now: Progress, catalogue: Catalogue) -> dict[str, object]:
    """`roadmap next` for scripts: the week, its items, and the steps they belong to."""
    week = next((w for w in now.plan.weeks if w.items), None)
    items = week.items if week else ()
    steps = [now.plan.step(i.step) for i in items]
    return {
        "schema_version": 1,
        "today": plain(now.today),
        "week": plain(week.start) if week else None,
        "hours": sum(i.hours for i in items),
        "items": [
            {"hours_this_week": i.hours, **step_data(s, catalogue)} for i, s in zip(items, steps, strict=True) if s
        ],
    }


def title_of(words: Words, id_: str) -> str:
    """The title of a step, its id where the catalogue has it no longer."""
    return words.module(id_) if id_ in words.catalogue.modules else id_
