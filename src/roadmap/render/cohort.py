"""A mentor's table over many saved plans: who needs a word this week, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import PurePath
from shlex import quote as quoted
from types import MappingProxyType
from urllib.parse import quote

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Concern, Progress
from roadmap.render.clean import clean, shorten
from roadmap.render.layout import line, quiet
from roadmap.render.living import title_of
from roadmap.render.look import Look
from roadmap.render.numbers import day, number, plural
from roadmap.render.roll import roll
from roadmap.render.runs import Run
from roadmap.render.status import STATE_WORDS, progress_data
from roadmap.render.tables import apart, csv_text, neutral
from roadmap.render.terminal import STRONG, Pen
from roadmap.render.wording import Words


@dataclass(frozen=True)
class Member:
    """A row of a mentor's table: a saved plan that was read, or why it could not be."""

    file: str
    now: Progress | None
    needs: tuple[Concern, ...] = ()
    problem: str = ""


COHORT_HEAD = (
    "who", "needs you", "state", "days behind", "ready by", "deadline", "now", "steps", "hours last week",
    "last entry", "next exam", "links to look at", "file",
)  # fmt: skip
QUIET = ("stale", "finished", "away", "reached")
WEEK = timedelta(days=7)


def _cohort_row(member: Member, words: Words) -> tuple[str, ...]:
    now = member.now
    if now is None:
        return (member.file, member.problem, "unreadable", *([""] * (len(COHORT_HEAD) - 4)), member.file)
    exam = min((e.exam_on for e in now.plan.exams), default=None)
    step, plan = now.now, now.plan
    last = now.standing.last_activity
    done = len(now.standing.done) + len(now.standing.passed)
    return (
        clean(plan.profile.name) or member.file.removesuffix(".roadmap.yaml"),
        "; ".join(_said(member.needs, words)) or "no",
        STATE_WORDS.get(now.state, now.state),
        str(max(0, now.delay)),
        plan.finish.isoformat(),
        plan.profile.deadline.isoformat() if plan.profile.deadline else "",
        clean(step.module.title) if step else "",
        f"{done} of {done + len(plan.steps)}",
        number(_last_week(now)),
        last.isoformat() if last else "",
        exam.isoformat() if exam else "",
        " ".join(_new_links(now)),
        member.file,
    )


def _last_week(now: Progress) -> float:
    return sum(w.hours for w in now.standing.work if now.today - WEEK < w.on <= now.today)


def _new_links(now: Progress) -> list[str]:
    """What was shown since a week ago."""
    return [
        clean(e.evidence) for e in now.standing.done.values() if e.evidence and now.today - WEEK < e.on <= now.today
    ]


def _said(needs: Sequence[Concern], words: Words) -> list[str]:
    """Why somebody should be looked at, the checkpoints that were missed in one piece."""
    missed = [n for n in needs if n.code == "gate"]
    out = [need_sentence(n, words) for n in needs if n.code != "gate"]
    if missed[1:]:
        last = title_of(words, str(missed[-1].args[0]))
        where = next(i for i, n in enumerate(n for n in needs if n.code != "gate" or n is missed[0]) if n is missed[0])
        since = plural(int(missed[-1].args[1]), "day")
        return [*out[:where], f"{len(missed)} checkpoints missed, the last, “{last}”, {since} ago", *out[where:]]
    return [need_sentence(n, words) for n in needs]


def need_sentence(need: Concern, words: Words) -> str:
    """Why somebody should be looked at."""
    args = [a if isinstance(a, int) else _label(a, words) for a in need.args]
    match need.code:
        case "behind":
            return f"{plural(int(args[0]), 'day')} behind"
        case "late":
            return f"ends {plural(int(args[0]), 'day')} after the deadline"
        case "idle":
            return f"no entry for {plural(int(args[0]), 'day')}"
        case "nothing-yet":
            return f"no entry yet, {plural(int(args[0]), 'day')} after the start"
        case "exam":
            return f"{args[0]} in {plural(int(args[1]), 'day')}"
        case "failed":
            return f"{args[0]} not passed {plural(int(args[1]), 'day')} ago"
        case "stale":
            return f"{plural(int(args[0]), 'fact')} out of date"
        case "gate":
            return f"checkpoint of “{title_of(words, str(need.args[0]))}” missed {plural(int(args[1]), 'day')} ago"
        case "blocked":
            return f"says: {args[0]}"
        case "too-fast":
            what = plural(int(args[0]), "step") + " ticked without anything that shows it"
            return f"very fast, {args[1]} % of the usual hours, and {what}"
        case "over-budget":
            return f"{args[0]} USD over the budget"
        case "away":
            return f"off until {day(date.fromisoformat(str(need.args[0])))}"
        case "reached":
            return f"reached: {need.args[0]} ({day(date.fromisoformat(str(need.args[1])))})"
    return "finished"


def _label(certification: str, words: Words) -> str:
    known = words.catalogue.certifications
    return known[certification].label if certification in known else clean(certification)


def cohort_rows(members: Sequence[Member], catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Rows of text, the people with the most pressing needs first."""
    words = Words(catalogue)
    order = sorted(members, key=_urgency)
    return [_cohort_row(m, words) for m in order]


def _urgency(member: Member) -> tuple[int, int, str]:
    if member.now is None:
        return (0, 0, member.file)
    pressing = [n for n in member.needs if n.code not in QUIET]
    return (1 if pressing else 2, -max(0, member.now.delay) - 30 * len(pressing), member.file)


def cohort_text(rows: Sequence[Sequence[str]], look: Look) -> str:
    """The table for a terminal: a line for each, then why and what is at hand, so that it fits any width."""
    pen = Pen(look.width, colour=look.colour, links=look.links)
    names = min(max(max((len(r[0]) for r in rows), default=3), 3), 24)
    pen.put(
        [(Run(f"{'Who'.ljust(names)}  {'State':<12}{'Ready by':<12}{'Steps':<10}{'Last week':<11}Last entry", STRONG),)]
    )
    pen.rule()
    for row in rows:
        one = dict(zip(COHORT_HEAD, row, strict=True))
        worked = f"{one['hours last week']} h" if one["hours last week"] else ""
        text = f"{shorten(clean(one['who']), names).ljust(names)}  {one['state']:<12}{one['ready by']:<12}"
        text += f"{one['steps']:<10}{worked:<11}{one['last entry'] or 'none'}"
        pen.put([(Run(shorten(text.rstrip(), look.width)),)])
        links, now = one["links to look at"], one["now"]
        said = [one["needs you"] if one["needs you"] != "no" else "", f"shows: {links}" if links else ""]
        for about in (*said, quiet(f"now: {now}") if now else ""):
            pen.put(pen.wrapped(line(about), look.width - names - 2), names + 2)
    pen.rule()
    waiting = sum(waits(r) for r in rows)
    pen.put([(Run(f"{waiting} of {len(rows)} may need you this week."),)])
    return pen.text()


def waits(row: Sequence[str]) -> bool:
    """Whether somebody may need a word, rather than being done, away, or fine."""
    return row[1] not in ("no", "finished") and not row[1].startswith(("off until", "reached: "))


def cohort_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The table in Markdown."""
    from roadmap.render.markdown import inline, table

    return table(COHORT_HEAD, [[inline(c) for c in row] for row in rows]) + "\n"


def cohort_csv(rows: Sequence[Sequence[str]], own: Mapping[str, Mapping[str, str]]) -> str:
    """The table as CSV; cells that a spreadsheet would take for a formula are made text.

    `own` are columns that people brought, by the file of each person: behind all others.
    """
    head = [h.replace(" ", "_") for h in COHORT_HEAD]
    names = list(dict.fromkeys(name for said in own.values() for name in said))
    more = [[*row, *(own.get(row[-1], {}).get(name, "") for name in names)] for row in rows]
    return csv_text([*head, *(neutral(apart(name, head)) for name in names)], more)


def cohort_html(rows: Sequence[Sequence[str]], today: date, *, linked: bool = False) -> str:
    """The table as one self-contained page: no network, no script. `linked` names lead to the pages of people."""

    def name(row: Sequence[str]) -> str:
        page = quote(row[-1].removesuffix(".roadmap.yaml") + ".html")
        who = escape(clean(row[0]))
        shown = f'<a href="{page}">{who}</a>' if linked else who
        return f'<th scope="row">{shown}</th>'

    about = f"{plural(len(rows), 'plan')} on {day(today)}; those who wait for a word come first."
    cells = ([name(row), *(f"<td>{escape(clean(c))}</td>" for c in row[1:])] for row in rows)
    return "".join(roll("Who needs you this week", about, (h.capitalize() for h in COHORT_HEAD), cells))


def cohort_data(
    members: Sequence[Member],
    catalogue: Catalogue,
    own: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    folder: PurePath | None = None,
    given: str = "",
) -> list[dict[str, object]]:
    """The table for scripts, with the columns that people brought.

    Commands name the plan in the `folder` that they speak of, and repeat the options in `given`.
    """
    words = Words(catalogue)
    out: list[dict[str, object]] = []
    for m in sorted(members, key=_urgency):
        row: dict[str, object] = {"file": m.file, "problem": m.problem or None}
        row["name"] = m.now.plan.profile.name if m.now else None
        row["needs"] = [{"code": n.code, "text": need_sentence(n, words)} for n in m.needs]
        speaks_of = f" --plan {quoted(str((folder or PurePath()) / m.file))}{given}"
        row["progress"] = progress_data(m.now, catalogue, given=speaks_of) if m.now else None
        row["own"] = dict(own.get(m.file, {}))
        out.append(row)
    return out
