"""`roadmap steps`: the steps of a saved plan with their numbers, or one of them whole."""

import sys
from typing import TYPE_CHECKING

from roadmap.app.book import Book
from roadmap.app.steps import AT_HAND, BEGUN, DONE, SKIPPED, WAIVED, StepRow, opened, rows_of, step_of
from roadmap.cli.boundary import put, use_colour, use_links, width_of
from roadmap.cli.groups import grouped
from roadmap.cli.naming import StepName
from roadmap.cli.options import Ascii, NoColour, Width
from roadmap.cli.screens import SavedOptions
from roadmap.render.data import json_text

if TYPE_CHECKING:
    from roadmap.render.layout import Block, Page


@grouped
def steps(
    step: StepName = None,
    *,
    asked: SavedOptions,
    no_color: NoColour = False,
    ascii_only: Ascii = False,
    width: Width = None,
) -> None:
    """List the steps of the saved plan with their numbers, or show one of them whole.

    Example: roadmap steps 3
    """
    from roadmap.render.terminal import draw_terminal

    book = asked.book()
    rows = rows_of(book)
    if step is not None:
        wanted = step_of(book, step)
        row = next(r for r in rows if r.id == wanted)
        if asked.as_data:
            put(json_text(_whole_data(book, row)), None)
            return
        page = _whole_page(book, row)
    elif asked.as_data:
        put(json_text(rows), None)
        return
    else:
        page = _list_page(rows)
    colours = {"colour": use_colour(no_color), "links": use_links(no_color)}
    drawn = draw_terminal(page, width=width_of(sys.stdout, width), ascii_only=ascii_only, **colours)
    put(drawn, None)


# --- for scripts


def _whole_data(book: Book, row: StepRow) -> dict[str, object]:
    module, planned = book.catalogue.modules.get(row.id), book.now.plan.step(row.id)
    open_ = opened(book, planned) if planned else []
    return {
        **row._asdict(),
        "summary": module.summary if module else "",
        "project_adds": planned.project_adds if planned else "",
        "after": planned.after if planned else [],
        "resources": [{"title": title, "url": url, "part": part} for title, url, part in open_],
        "done_when": module.done_when if module else [],
        "evidence": module.evidence if module else [],
    }


# --- for people


def _list_page(rows: list[StepRow]) -> "Page":
    from roadmap.render.layout import Page, Table, line, quiet

    cells = [
        tuple(
            line(quiet(text) if row.state in (DONE, SKIPPED, WAIVED) else text)
            for text in (str(row.number), row.title, _days(row), _hours(row), _state(row))
        )
        for row in rows
    ]
    heads = ("No.", "Step", "When", "Hours", "State")
    listed = Table(heads, tuple(cells), frozenset({0, 3}), frozenset({0, 2, 3}))
    done = sum(row.state == DONE for row in rows)
    title = f"{len(rows)} steps, {done} done" if rows else "There is nothing to do in this plan"
    last = line("roadmap steps N shows one of them whole, roadmap done N finishes it.") if rows else ()
    return Page(title, (listed,) if rows else (), last=last)


def _whole_page(book: Book, row: StepRow) -> "Page":
    from roadmap.render.layout import Item, Items, Page, Span, facts, line

    module, planned = book.catalogue.modules.get(row.id), book.now.plan.step(row.id)
    open_ = opened(book, planned) if planned else []
    links = [Item(line(Span(title, url), f": {part}" if part else "")) for title, url, part in open_]
    tick = row.state == DONE
    told: Block = facts(
        [
            ("When", ", ".join(text for text in (_days(row), _hours(row), _state(row)) if text)),
            ("What", module.summary if module else ""),
            ("Here", planned.project_adds if planned else ""),
            ("After", ", ".join(f"“{book.title(id_)}”" for id_ in planned.after) if planned else ""),
            ("Open", Items(tuple(links))),
            ("Done when", Items(tuple(Item(line(text), tick=tick) for text in module.done_when) if module else ())),
            ("Leaves", Items(tuple(Item(line(text)) for text in module.evidence) if module else ())),
        ]
    )
    next_ = f"roadmap explain {row.number} tells why it is here" if planned else ""
    record = f"roadmap log {row.number} HOURS and roadmap done {row.number} record it" if planned else ""
    last = line(f"{next_}; {record}.") if planned else ()
    return Page(f"{row.number}. {row.title}", (told,), last=last)


def _days(row: StepRow) -> str:
    from roadmap.render.numbers import day, span

    if row.start is None or row.finish is None:
        return day(row.finish) if row.finish else ""
    return span(row.start, row.finish)


def _hours(row: StepRow) -> str:
    from roadmap.render.numbers import about

    return about(row.hours) if row.hours else ""


def _state(row: StepRow) -> str:
    return f"{row.state}, {row.spent:g} h so far" if row.spent and row.state in (AT_HAND, BEGUN) else row.state
