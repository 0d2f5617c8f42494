"""A table of many people as one self-contained HTML file: no network, no script, however many rows there are."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<h1>{title}</h1>
{about}<div class="wide" tabindex="0">
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
"""
_FOOT = "</tbody>\n</table>\n</div>\n</body>\n</html>\n"


def roll(title: str, about: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The page, a piece for each row; the cells of `rows` are HTML already, all else is plain text."""
    style = files("roadmap.render").joinpath("templates/table.css").read_text(encoding="utf-8")
    names = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    below = f"<p>{escape(about)}</p>\n" if about else ""
    yield _HEAD.format(title=escape(title), style=style, about=below, heads=names)
    for cells in rows:
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield _FOOT
