"""A mentor's table over many saved plans: who needs a word this week, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Need, Progress
from roadmap.render.clean import clean, shorten
from roadmap.render.living import Look, page
from roadmap.render.numbers import day, plural
from roadmap.render.status import STATE_WORDS, progress_data
from roadmap.render.tables import csv_text
from roadmap.render.wording import Words


@dataclass(frozen=True)
class Member:
    """A row of a mentor's table: a saved plan that was read, or why it could not be."""

    file: str
    now: Progress | None
    needs: tuple[Need, ...] = ()
    problem: str = ""


COHORT_HEAD = ("who", "needs you", "state", "days behind", "ready by", "now", "last entry", "next exam", "file")


def _cohort_row(member: Member, words: Words) -> tuple[str, ...]:
    now = member.now
    if now is None:
        return (member.file, member.problem, "unreadable", "", "", "", "", "", member.file)
    exam = min((e.exam_on for e in now.plan.exams), default=None)
    step = now.now
    last = now.standing.last_activity
    return (
        clean(now.plan.profile.name) or member.file.removesuffix(".roadmap.yaml"),
        "; ".join(need_sentence(n, words) for n in member.needs) or "no",
        STATE_WORDS.get(now.state, now.state),
        str(max(0, now.drift)),
        now.plan.finish.isoformat(),
        step.id if step else "",
        last.isoformat() if last else "",
        exam.isoformat() if exam else "",
        member.file,
    )


def need_sentence(need: Need, words: Words) -> str:
    """Why somebody should be looked at."""
    args = [a if isinstance(a, int) else _label(a, words) for a in need.args]
    match need.code:
        case "behind":
            return f"{plural(int(args[0]), 'day')} behind"
        case "late":
            return f"{plural(int(args[0]), 'day')} past the deadline"
        case "idle":
            return f"no entry for {plural(int(args[0]), 'day')}"
        case "nothing-yet":
            return f"no entry yet, {plural(int(args[0]), 'day')} after the plan was made"
        case "exam":
            return f"{args[0]} in {plural(int(args[1]), 'day')}"
        case "failed":
            return f"{args[0]} not passed {plural(int(args[1]), 'day')} ago"
        case "stale":
            return f"{plural(int(args[0]), 'fact')} out of date"
    return "finished"


def _label(certification: str, words: Words) -> str:
    known = words.catalogue.certifications
    return known[certification].label if certification in known else certification


def cohort_rows(members: Sequence[Member], catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Rows of text, the people with the most pressing needs first."""
    words = Words(catalogue)
    order = sorted(members, key=_urgency)
    return [_cohort_row(m, words) for m in order]


def _urgency(member: Member) -> tuple[int, int, str]:
    if member.now is None:
        return (0, 0, member.file)
    pressing = [n for n in member.needs if n.code not in ("stale", "finished")]
    return (1 if pressing else 2, -max(0, member.now.drift) - 30 * len(pressing), member.file)


def cohort_text(rows: Sequence[Sequence[str]], look: Look) -> str:
    """The table for a terminal: one line each, then why, so that it fits any width."""
    names = max((len(r[0]) for r in rows), default=3)
    names = min(max(names, 3), 24)
    lines = [look.strong(f"{'Who'.ljust(names)}  {'State':<12}{'Ready by':<12}{'Last entry':<12}Now"), look.rule()]
    for row in rows:
        who = shorten(clean(row[0]), names).ljust(names)
        lines.append(shorten(f"{who}  {row[2]:<12}{row[4]:<12}{row[6] or 'none':<12}{row[5]}".rstrip(), look.width))
        if row[1] != "no":
            lines += look.wrap(row[1], " " * (names + 2), " " * (names + 2))
    waiting = sum(r[1] not in ("no", "finished") for r in rows)
    lines += [look.rule(), f"{waiting} of {len(rows)} may need you this week."]
    return page(lines)


def cohort_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The table in Markdown."""
    from roadmap.render.markdown import inline, table

    return table(COHORT_HEAD, [[inline(c) for c in row] for row in rows]) + "\n"


def cohort_csv(rows: Sequence[Sequence[str]]) -> str:
    """The table as CSV; cells that a spreadsheet would take for a formula are made text."""
    return csv_text([h.replace(" ", "_") for h in COHORT_HEAD], rows)


_STYLE = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #22211f; --quiet: #5f5b55; --line: #dcd7ce; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #1b1a18; --ink: #ece8e1; --quiet: #aaa49a; --line: #3d3a36; }
}
body { margin: 2rem auto; max-width: 75rem; padding: 0 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; }
h1 { font: 600 1.75rem/1.2 Charter, Georgia, serif; }
p { color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; }
"""


def cohort_html(rows: Sequence[Sequence[str]], today: date) -> str:
    """The table as one self-contained page: no network, no script."""
    head = "".join(f'<th scope="col">{escape(h.capitalize())}</th>' for h in COHORT_HEAD)
    body = "\n".join(
        f'<tr><th scope="row">{escape(clean(who))}</th>'
        + "".join(f"<td>{escape(clean(c))}</td>" for c in rest)
        + "</tr>"
        for who, *rest in rows
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who needs you this week</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Who needs you this week</h1>
<p>{escape(plural(len(rows), "plan"))} on {escape(day(today))}; those who wait for a word come first.</p>
<div class="wide" tabindex="0">
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</div>
</body>
</html>
"""


def cohort_data(members: Sequence[Member], catalogue: Catalogue) -> list[dict[str, object]]:
    """The table for scripts."""
    words = Words(catalogue)
    out: list[dict[str, object]] = []
    for m in sorted(members, key=_urgency):
        row: dict[str, object] = {"file": m.file, "problem": m.problem or None}
        row["name"] = m.now.plan.profile.name if m.now else None
        row["needs"] = [{"code": n.code, "text": need_sentence(n, words)} for n in m.needs]
        row["progress"] = progress_data(m.now, catalogue) if m.now else None
        out.append(row)
    return out
