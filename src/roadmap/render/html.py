"""Pages drawn as one self-contained HTML file: no network, no script, good on a phone, on a wide screen and on paper.

Every text is cleaned and escaped where it is written; addresses are http or https, or they are left out.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from roadmap.render.clean import clean, web_address
from roadmap.render.identity import slug
from roadmap.render.layout import Block, Chart, Facts, Fold, Heading, Item, Items, Line, Page, Paragraph, Span, Table
from roadmap.render.svg import drawing

WIDE, NARROW = 960, 340

HEAD = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
</header>
<main>
"""
FOOT = "</main>\n</body>\n</html>\n"


def draw_html(page: Page, language: str = "en") -> str:
    """A page as HTML with a final newline."""
    head = HEAD.format(language=_text(language), title=_text(page.title), style=_style())
    parts = [head, *_sections(page.lead, "lead"), *_sections(page.rest, "rest")]
    if page.last:
        parts.append(f"<p>{_line(page.last)}</p>\n")
    return "".join((*parts, FOOT))


@cache
def _style() -> str:
    return files("roadmap.render").joinpath("templates/page.css").read_text(encoding="utf-8")


def _text(text: str) -> str:
    return escape(clean(text))


def _sections(blocks: Iterable[Block], kind: str) -> Iterator[str]:
    """A section for each heading of level 2, named after it."""
    begun = False
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 2:
            if begun:
                yield "</section>\n"
            begun = True
            name = block.anchor or f"{kind}-{number}"
            yield f'<section class="{kind}" aria-labelledby="{slug(name)}">\n'
            yield f'<h2 id="{slug(name)}">{_text(block.text)}</h2>\n'
        else:
            yield from _block(block)
    if begun:
        yield "</section>\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            note = f' <span class="when">{_text(block.note)}</span>' if block.note else ""
            yield f"<h{block.level}>{_text(block.text)}{note}</h{block.level}>\n"
        case Paragraph():
            yield f"<p>{_line(block.line)}</p>\n"
        case Items():
            yield from _items(block)
        case Table():
            yield from _table(block)
        case Facts():
            yield from _facts(block)
        case Fold():
            yield from _fold(block)
        case Chart() if block.picture:
            wide, narrow = (drawing(block.plan, block.catalogue, width) for width in (WIDE, NARROW))
            yield f'<figure class="breakout"><div class="wide">{wide}</div><div class="narrow">{narrow}</div></figure>'


def _items(block: Items) -> Iterator[str]:
    kind = "ol" if block.ordered else "ul"
    boxes = any(item.tick is not None for item in block.items)
    steps = any(item.step for item in block.items)
    name = ' class="steps"' if steps else ' class="boxes"' if boxes else ""
    yield f"<{kind}{name}>\n"
    for item in block.items:
        yield from _item(item)
    yield f"</{kind}>\n"


def _item(item: Item) -> Iterator[str]:
    done = ' class="done"' if item.tick else ""
    name = f' id="step-{slug(item.step)}"' if item.step else ""
    words = f'<p class="title">{_line(item.line)}</p>' if item.step else _line(item.line)
    yield f"<li{done}{name}>{words}"
    for block in item.blocks:
        yield "\n"
        yield from _block(block)
    yield "</li>\n"


def _table(block: Table) -> Iterator[str]:
    yield '<table class="stack">\n'
    if any(block.heads):
        heads = "".join(
            f'<th scope="col"{_side(i, block)}>{_text(head)}</th>' if head else "<td></td>"
            for i, head in enumerate(block.heads)
        )
        yield f"<thead><tr>{heads}</tr></thead>\n"
    yield "<tbody>\n"
    for row in block.rows:
        first, *rest = row
        cells = "".join(f"<td{_side(i, block)}>{_line(cell)}</td>" for i, cell in enumerate(rest, 1))
        yield f'<tr><th scope="row"{_side(0, block)}>{_line(first)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _side(column: int, block: Table) -> str:
    if column in block.right:
        return ' class="number"'
    return ' class="fixed"' if column in block.fixed else ""


def _facts(block: Facts) -> Iterator[str]:
    yield '<dl class="labels">\n'
    for label, value in block.rows:
        if isinstance(value, Items) and len(value.items) == 1 and value.items[0].tick is None:
            said = _line(value.items[0].line)
        else:
            said = "".join(_items(value)) if isinstance(value, Items) else _line(value)
        yield f"<dt>{_text(label)}</dt><dd>{said}</dd>\n"
    yield "</dl>\n"


def _fold(block: Fold) -> Iterator[str]:
    name = f' id="{slug(block.anchor)}"' if block.anchor else ""
    note = f'<span class="when">{_text(block.note)}</span>' if block.note else ""
    title = f'<h{block.level} class="title">{_text(block.title)}</h{block.level}>'
    yield f"<details{name}>\n<summary>{title}{note}</summary>\n"
    yield '<div class="inside">\n'
    for inner in block.blocks:
        yield from _block(inner)
    yield "</div>\n</details>\n"


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    """A run of words with the spaces at its ends outside of what makes it strong or a link."""
    words = _text(span.text)
    ends = (" " if span.text[:1].isspace() else "", " " if span.text[-1:].isspace() and words else "")
    address = web_address(span.url)
    if address:
        words = f'<a href="{escape(address)}" rel="noreferrer">{words}</a>'
    if span.strong:
        words = f"<strong>{words}</strong>"
    elif span.quiet:
        words = f'<span class="quiet">{words}</span>'
    return f"{ends[0]}{words}{ends[1]}"
