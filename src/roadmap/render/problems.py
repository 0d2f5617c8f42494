"""Problems as `file:line:col: severity: message [id]` with the line they are on, or as JSON."""

from collections.abc import Iterable

from roadmap.model.problem import MORE, Problem
from roadmap.render.clean import clean
from roadmap.render.data import json_text, plain

WIDEST_EXCERPT = 100


def problem_text(problem: Problem) -> str:
    """One problem as an editor can jump to it, with the line and a caret under the place."""
    place = clean(problem.file) + (f":{problem.line}:{problem.column}" if problem.line else "")
    lines = [f"{place}: {problem.severity}: {clean(problem.message)} [{problem.id}]"]
    excerpt = problem.excerpt.expandtabs(1).rstrip()
    hint = clean(problem.hint)
    if excerpt and problem.column - 1 <= len(excerpt) <= WIDEST_EXCERPT:
        shown = "".join(c if c.isprintable() else "\ufffd" for c in excerpt)
        margin = " " * len(str(problem.line))
        carets = "^" * max(1, min(problem.width, len(shown) - problem.column + 1))
        lines.append(f"    {problem.line} | {shown}")
        lines.append(f"    {margin} | {' ' * (problem.column - 1)}{carets}{' ' + hint if hint else ''}")
    elif hint:
        lines.append(f"    hint: {hint}")
    return "\n".join(lines)


def problems_text(problems: Iterable[Problem]) -> str:
    """All problems in the order of their places, and a line that counts them."""
    ordered = sorted(problems, key=_place)
    errors = sum(p.severity == "error" and p.id != MORE for p in ordered)
    warnings = sum(p.severity == "warning" for p in ordered)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return "\n".join([*(problem_text(p) for p in ordered), ", ".join(parts)]) + "\n" if ordered else ""


def _place(problem: Problem) -> tuple[object, ...]:
    """In the order of the file, and after it what is not shown of it."""
    return (problem.file, problem.id == MORE, problem.line, problem.column, problem.id)


def problems_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list."""
    ordered = sorted(problems, key=_place)
    return json_text([{k: v for k, v in plain(p).items() if k not in ("excerpt", "width")} for p in ordered])
