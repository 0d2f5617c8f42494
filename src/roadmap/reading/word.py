"""The text of a Word file (.docx). The only importer of docx."""

import io

from roadmap.errors import RoadmapError, UsageError

MOST_BLOCKS = 20_000


def text_of_word(content: bytes, name: str) -> str:
    """Paragraphs and tables in their order, a list's items with a bullet. Raises RoadmapError for a broken file."""
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        hint = "pip install 'career-roadmap[import]', or save it as text"
        raise UsageError(f"{name}: reading a Word file needs an optional extra", hint) from error
    try:
        lines: list[str] = []
        for block in Document(io.BytesIO(content)).iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    # Merged cells come once for each column they span.
                    lines.append(" | ".join(dict.fromkeys(c.text.strip() for c in row.cells)))
            else:
                style = block.style.name if block.style is not None else ""
                lines.append(("- " if (style or "").startswith("List") else "") + block.text)
            if len(lines) > MOST_BLOCKS:
                break
    except Exception as error:
        # A broken file makes the libraries below fail in many ways, all of which mean the same here.
        raise RoadmapError(f"{name}: the Word file is broken", "save it again as .docx, or as text") from error
    return "\n".join(lines)
