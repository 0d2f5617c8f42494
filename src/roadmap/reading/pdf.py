"""The text of a PDF. The only importer of pypdf."""

import io
import logging
from itertools import islice

from roadmap.errors import RoadmapError, UsageError

MOST_PAGES = 40


def text_of_pdf(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a PDF and notes about pages that have none. Raises RoadmapError where nothing can be read."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError as error:
        hint = "pip install 'career-roadmap[import]', or save it as text"
        raise UsageError(f"{name}: reading a PDF needs an optional extra", hint) from error
    # pypdf reports what it repairs; people only need to know what could not be read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    locked = RoadmapError(f"{name}: the PDF is encrypted", "save a copy without a password")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
        count = len(reader.pages)
        pages = [page.extract_text() for page in islice(reader.pages, MOST_PAGES)]
    except RoadmapError:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise locked from error
    except Exception as error:
        # A broken PDF makes the library fail in more ways than it documents, all of which mean the same here.
        raise RoadmapError(f"{name}: the PDF is broken", "export it again, or save it as text") from error
    empty = [i for i, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise RoadmapError(
            f"{name}: the PDF has no text, only pictures of it",
            "run text recognition (OCR) over it, or export it from the program it was written in",
        )
    notes = [f"page {', '.join(map(str, empty))} has no text, perhaps a picture"] if empty else []
    notes += [f"only the first {MOST_PAGES} of {count} pages are read"] if count > MOST_PAGES else []
    return "\n".join(pages), tuple(notes)
