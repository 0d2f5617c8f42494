"""Pages drawn as GitHub-flavoured Markdown that one would send to a person, and that reads well raw.

The only HTML is one comment per step, which says which step an item is, so that ticks can be read back.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from urllib.parse import quote

from roadmap.model.plan import Exam, Plan
from roadmap.render.clean import WORD_JOINER, clean, shorten, web_address
from roadmap.render.layout import Block, Chart, Facts, Fold, Heading, Item, Items, Line, Page, Paragraph, Span, Table
from roadmap.render.numbers import UNLISTED
from roadmap.render.parts import parts

# GitLab leaves longer Mermaid blocks undrawn.
BESIDE = "-"
LONGEST_CHART = 2000

_MARKUP = re.compile(
    r"""
      [\\`*\[\]{}|~$]                     # code, emphasis, links, templates, table cells, mathematics
    | (?<![^\W_])_ | _(?![^\W_])          # emphasis; an underscore inside a word means nothing
    | <(?![\s\d=])                        # HTML and addresses in angle brackets
    | &(?=\#?\w+;)                        # entities
    | (?<![A-Za-z])\# | \#(?=\w)          # headings, tags and references, but not C#
    | =(?==) | %(?=%)                     # highlights and comments in Obsidian
    | ^[-+>=]                             # lists, quotations and underlined headings at the start
    | :(?=//) | (?<=www)\.                # bare addresses, which would become links
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
# Forges look for mentions and references after Markdown is done, so a backslash does not help there.
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)")


def inline(text: str) -> str:
    """Text that shows as it is, on one line, anywhere inside a paragraph, heading, list item or table cell."""
    escaped = _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", clean(text)))
    return _REFERENCE.sub(r"\g<0>" + WORD_JOINER, escaped) or UNLISTED


def link(text: str, url: str | None) -> str:
    """A link for an http or https address, the mere text for anything else."""
    target = web_address(url)
    return f"[{inline(text)}]({target})" if target else inline(text)


def marker(step: str) -> str:
    """The invisible comment with a step's id, percent-encoded so that nothing in it can end the comment."""
    return f"<!-- step:{quote(step, safe='', errors='replace').replace('--', '-%2D')} -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table from cells that are Markdown already; a column whose head ends with a colon is set to the right."""
    rule = ["---:" if cell.endswith(":") else "---" for cell in head]
    names = [cell.removesuffix(":") for cell in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, rule, *rows))


def draw_markdown(page: Page, level: int = 1) -> str:
    """A page as Markdown with a final newline; its title is a heading of this level."""
    blocks = [f"{'#' * level} {inline(page.title)}", *_drawn((*page.lead, *page.rest))]
    if page.last:
        blocks.append(_line(page.last))
    return "\n\n".join(blocks) + "\n"


def _drawn(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as texts without anything around them; what says nothing is left out."""
    for block in blocks:
        text = "\n\n".join(_drawn_fold(block)) if isinstance(block, Fold) else _block(block)
        if text:
            yield text


def _drawn_fold(fold: Fold) -> Iterator[str]:
    yield f"{'#' * fold.level} {inline(fold.title)}"
    if fold.note:
        yield f"{inline(fold.note)}."
    yield from _drawn(fold.blocks)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {inline(block.text)}" + (f" ({inline(block.note)})" if block.note else "")
        case Paragraph():
            return _line(block.line)
        case Items() | Facts():
            return "\n".join(_listed(block, ""))
        case Table():
            heads = [f"{inline(h) if h else ' '}{':' if i in block.right else ''}" for i, h in enumerate(block.heads)]
            return table(heads, [[_line(cell) for cell in row] for row in block.rows])
        case Chart() if not block.picture:
            return gantt(block.plan)
    return ""


def _listed(block: Items | Facts, indent: str) -> Iterator[str]:
    """The lines of a list; what stands below an item is indented by two."""
    if isinstance(block, Facts):
        for label, value in block.rows:
            yield from _labelled(label, value, indent)
        return
    for number, item in enumerate(block.items, 1):
        yield from _item(item, f"{number}." if block.ordered else "-", indent)


def _item(item: Item, mark: str, indent: str) -> Iterator[str]:
    box = "" if item.tick is None else "[x] " if item.tick else "[ ] "
    step = f" {marker(item.step)}" if item.step else ""
    yield f"{indent}{mark} {box}{_line(item.line)}{step}"
    for block in item.blocks:
        if isinstance(block, (Items, Facts)):
            yield from _listed(block, indent + "  ")


def _labelled(label: str, value: Line | Items, indent: str) -> Iterator[str]:
    """A label and its words beside it, a list below it. At the left edge labels are strong; below a step they stay
    plain, since people edit them there.
    """
    name = inline(label) if indent else f"**{inline(label)}**"
    if isinstance(value, Items) and (len(value.items) > 1 or value.items[0].tick is not None):
        yield f"{indent}- {name}"
        yield from _listed(value, indent + "  ")
        return
    line = value.items[0].line if isinstance(value, Items) else value
    yield f"{indent}- {name}: {_line(line)}"


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    """A run of words; the spaces at its ends stay outside of what makes it strong or a link."""
    if not span.text.strip():
        return " " if span.text else ""
    ends = (" " if span.text[0].isspace() else "", " " if span.text[-1].isspace() else "")
    words = link(span.text, span.url) if span.url else inline(span.text)
    return f"{ends[0]}{f'**{words}**' if span.strong else words}{ends[1]}"


def gantt(plan: Plan) -> str:
    """A Mermaid chart of the phases and exams, as long as one may be; empty when there are too many of them."""
    for exams, width in product((plan.exams, ()), (48, 24, 12)):
        chart = _gantt(plan, exams, width)
        if len(chart) < LONGEST_CHART:
            return chart
    return ""


def _gantt(plan: Plan, exams: Sequence[Exam], width: int) -> str:
    months = (plan.finish - plan.start).days > 120
    lines = [
        "gantt",
        "    dateFormat YYYY-MM-DD",
        f"    axisFormat {'%b %Y' if months else '%d %b'}",
        "    inclusiveEndDates",
        "    section Phases",
    ]
    for p in parts(plan):
        lines.append(_task(f"{p.number or BESIDE} {p.title}", width, f"{p.start}, {p.finish}"))
    if exams:
        lines.append("    section Exams")
        lines += [_task(f"Exam {e.certification.label}", width, f"milestone, {e.exam_on}, 0d") for e in exams]
    return "\n".join(["```mermaid", *lines, "```"])


def _task(title: str, width: int, data: str) -> str:
    """A line of a chart. The title begins with our own word, since Mermaid takes some first words for commands."""
    kept = "".join(c if _plain(c) else " " for c in clean(title))
    return f"    {shorten(' '.join(kept.split()), width)} : {data}"


def _plain(char: str) -> bool:
    return char.isalnum() or char in " -.,'()/+" or unicodedata.category(char).startswith("M")
