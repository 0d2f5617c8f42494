"""The text of a Word file (.docx): every paragraph of it, in the order of the document, wherever it is put.

Content controls, cells, nested tables, text boxes and what was inserted under review hold paragraphs as well as the
body does; what was deleted under review does not count. Only the XML is read, so that nothing else in it can break it.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from roadmap.errors import RoadmapError

MOST_LINES = 20_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "sym": " "}
_UNSEEN = {"del", "moveFrom", "instrText", "delText", "rPr", "sectPr"}
_HEADINGS = ("heading", "title", "berschrift", "überschrift", "titre", "título", "titolo", "kop", "nagł")


def text_of_word(parts: list[bytes], name: str) -> str:
    """The paragraphs of the parts of a document, a bullet before items of a list. RoadmapError for a broken one."""
    lines: list[str] = []
    for part in parts:
        if b"<!DOCTYPE" in part[:2000] or b"<!ENTITY" in part:
            raise _broken(name)
        try:
            root = ElementTree.fromstring(part)
        except (ElementTree.ParseError, ValueError, RecursionError) as error:
            raise _broken(name) from error
        for line in _paragraphs(root):
            lines.append(line)
            if len(lines) > MOST_LINES:
                return "\n".join(lines)
    return "\n".join(lines)


def _broken(name: str) -> RoadmapError:
    return RoadmapError(f"{name}: the Word file is broken", "save it again as .docx, or as text")


def _paragraphs(root: ElementTree.Element) -> Iterator[str]:
    """The lines of every paragraph below an element, without recursion, since files may nest as deep as they like."""
    stack = [root]
    while stack:
        element = stack.pop()
        if _local(element) == "p":
            text, inner = _paragraph(element)
            yield from text
            stack += reversed(inner)
        else:
            stack += reversed(list(_children(element)))


def _paragraph(paragraph: ElementTree.Element) -> tuple[list[str], list[ElementTree.Element]]:
    """The lines of one paragraph, and the boxes inside it, which are paragraphs of their own."""
    mark, said, boxes = _mark(paragraph), [], []
    stack = list(reversed(list(_children(paragraph))))
    while stack:
        element = stack.pop()
        local = _local(element)
        if local == "txbxContent":
            boxes.append(element)
        elif local == "t":
            said.append(element.text or "")
        elif local in _TEXT:
            said.append(_TEXT[local])
        else:
            stack += reversed(list(_children(element)))
    lines = "".join(said).split("\n")
    return [mark + lines[0], *lines[1:]] if lines[0].strip() else lines, boxes


def _mark(paragraph: ElementTree.Element) -> str:
    """What a paragraph is, as Markdown says it: a heading or an item of a list."""
    for space in (_W, _STRICT):
        about = paragraph.find(f"{space}pPr")
        if about is None:
            continue
        style = about.find(f"{space}pStyle")
        called = (style.get(f"{space}val") or "").casefold() if style is not None else ""
        if called.startswith(_HEADINGS):
            return "## "
        if about.find(f"{space}numPr") is not None or called.startswith("list"):
            return "- "
    return ""


def _children(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The children that are seen: of two forms of the same thing the first that has words."""
    if element.tag == f"{_COMPATIBLE}AlternateContent":
        forms = list(element)
        yield from next((f for f in forms if any(_local(x) == "t" for x in f.iter())), ())
        return
    for child in element:
        if _local(child) not in _UNSEEN:
            yield child


def _local(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) and ("wordprocessingml" in tag or "}" not in tag) else ""
