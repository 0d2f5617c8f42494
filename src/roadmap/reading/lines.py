"""Any text to clean lines in one normal form: what each says, and whether it is a heading or an item of a list."""

import re
import unicodedata
from dataclasses import dataclass, replace
from html import unescape

LONGEST_LINE = 1000
SHORTEST_FULL_LINE = 40
MOST_FRONT_MATTER = 40
BULLETS = "-*•·▪▫◦‣–—●○◉■□◆◇►▸▹▶➢➤➔✓✔✦★☆§❖∙⁃"
_BULLET = re.compile(rf"^(?:[{re.escape(BULLETS)}\ue000-\uf8ff]|o(?= )|\d{{1,2}}[.)](?= ))\s*(?=\S)")
_MINUS = re.compile(r"^[-–—]\S")
_MARKUP = re.compile(r"\*\*|__|`|^>\s+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\s]{0,500}\)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*(?:\{[^}]*\})?$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^}\n]{0,80}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|head|svg|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,500}>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|tr|ul|ol|dl|dt|dd|section|article|header|footer|main|table|h[1-6]|li|hr|body|html|td|th|title|nav)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>|<[!?][a-zA-Z][^<>]{0,500}>")
_SPACED = re.compile(r"^(?:\w ){3,}\w$")
_GLYPHS = str.maketrans({
    "\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\ufe63": "-", "\uff0d": "-",
    "\u2018": "'", "\u2019": "'", "\u00b4": "'", "\u02bc": "'", "\u2122": "", "\u00ae": "", "\u00a9": "",
    "\t": " ", "\ufffe": "-",
    "●": "•", "○": "•", "■": "•", "□": "•", "◆": "•", "►": "•", "▸": "•", "➢": "•", "➤": "•", "▪": "•", "∙": "•",
})  # fmt: skip


@dataclass(frozen=True)
class ReadLine:
    """A clean line, markup and bullet gone. `heading`: marked as one by its format; `item`: it had a bullet, or a
    number (`numbered`).
    """

    text: str
    heading: bool = False
    item: bool = False
    numbered: bool = False


def line_of(text: str) -> str:
    """One line in the normal form: compatibility letters, spaces and dashes made one, what cannot be seen gone."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = unicodedata.normalize("NFKC", text.translate(_GLYPHS)).translate(_GLYPHS)
    return " ".join("".join(" " if c.isspace() else c for c in kept if c.isspace() or _is_seen(c)).split())


def _is_seen(char: str) -> bool:
    return char.isprintable() or "\ue000" <= char <= "\uf8ff"


def untagged(text: str) -> str:
    """The text without front matter, comments and tags; headings and items of HTML marked as in Markdown."""
    if text.startswith("---"):
        end = re.compile(r"\n(?:---|\.\.\.)[ \t]*\r?\n").search(text, 3)
        if end and text.count("\n", 0, end.start()) <= MOST_FRONT_MATTER:
            text = text[end.end() :]
    if "<" not in text:
        return text
    text = _COMMENT.sub("", text)
    if not _TAG.search(text):
        return text
    text = _UNSEEN.sub("", text)
    for pattern, mark in ((_HTML_HEADING, "\n\n## "), (_ITEM, "\n- "), (_BLOCK, "\n"), (_TAG, " ")):
        text = pattern.sub(mark, text)
    return unescape(
        re.sub(r"^(#+) *\n+ *(?=\S)", r"\1 ", re.sub(r"^(#+) +#+", r"\1", text, flags=re.MULTILINE), flags=re.MULTILINE)
    )


def marked_lines(text: str) -> list[ReadLine]:
    """The lines of a text, empty ones too; those that were only wrapped are joined, endless ones cut."""
    out: list[ReadLine] = []
    for raw in untagged(text).splitlines():
        for line in _pieces(raw):
            if _UNDERLINE.match(line.text) and out and out[-1].text and not line.item:
                out[-1] = replace(out[-1], heading=True)
            elif out and _wraps(out[-1], line):
                out[-1] = replace(out[-1], text=_joined(out[-1].text, line.text))
            else:
                out.append(line)
    return out


def lines_of(text: str) -> list[str]:
    """The same as plain texts, a bullet before each item of a list."""
    return [f"- {x.text}" if x.item else x.text for x in marked_lines(text)]


def _pieces(raw: str) -> list[ReadLine]:
    raw = raw[: 20 * LONGEST_LINE]
    line = line_of(_MARKDOWN_LINK.sub(r"\1", raw))
    if _SPACED.match(line):
        line = " ".join(w.replace(" ", "") for w in re.split(r"\s{2,}", raw.strip()))
    head = _HEADING.match(line)
    line = head[2] if head else line
    if _UNDERLINE.match(line):
        return [ReadLine(line)]
    bullet = None if _MINUS.match(line) and line[1:2].isdigit() else _BULLET.match(line)
    emphasis = line.startswith(("**", "__")) or re.match(r"[*_][^*_ ]", line)
    if bullet and (emphasis or line.endswith(line[0])):
        bullet = None
    numbered = bullet is not None and line[0].isdigit()
    line = line[bullet.end() :] if bullet else line
    line = re.sub(r"` `", ", ", re.sub(r"`\*\* \*\*`", "`, `", line))
    bare = _ATTRIBUTES.sub("", _MARKUP.sub("", line)).strip()
    parts = [bare[i : i + LONGEST_LINE] for i in range(0, len(bare), LONGEST_LINE)] or [""]
    # An icon before a heading is no bullet.
    return [ReadLine(p, bool(head), bool(bullet) and not head, numbered) for p in parts]


def _wraps(before: ReadLine, line: ReadLine) -> bool:
    """Whether a line only goes on with what the one before it says."""
    if line.item or line.heading or before.heading or not line.text or not before.text:
        return False
    if len(before.text) + len(line.text) >= LONGEST_LINE or not line.text[0].islower():
        return False
    broken = before.text[-1] == "-" and before.text[-2:-1].isalpha()
    return broken or (len(before.text) >= SHORTEST_FULL_LINE and before.text[-1] not in ".:;!?")


def _joined(before: str, after: str) -> str:
    """Two halves of a line; a hyphen at the end of the first stays, since names are found with and without it."""
    return before + after if before.endswith("-") and before[-2:-1].isalpha() else f"{before} {after}"
