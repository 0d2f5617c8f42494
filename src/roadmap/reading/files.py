"""Files of people to resumes and texts: what kind a file is, how much of it is read, and why it cannot be."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from roadmap.errors import RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.resume import Resume
from roadmap.reading.json_resume import ParseYaml, from_json, is_resume, read_data_resume
from roadmap.reading.plain import read_text_resume, reader_of

LARGEST_FILE = 10_000_000
LARGEST_PART = 20_000_000
"""Bytes that a file may have, and that what is read of an archive may have once unpacked."""
MOST_HEADERS = 3
LARGEST_ARCHIVE = 500_000_000
"""An archive may be large, since only a few small files of it are opened."""
LONGEST_TEXT = 400_000
MOST_LINES = 10_000
"""Lines cost more than characters: each may be a heading, a position or a list."""
ARCHIVE = b"PK\x03\x04"
_WORD, _OLD_WORD, _RTF = "word/document.xml", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\0\0": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DATA = re.compile(r"[\ufeff \t\r\n]*(?:\{|\[[ \t\r\n]*\{)")
_YAML = re.compile(r"^(?:basics|cv|personal|work|experience)\s*:\s*$", re.MULTILINE)
FORMATS = "a JSON Resume (JSON or YAML), a LinkedIn export, a PDF, a Word file (.docx), text or Markdown"


def read_resume(path: Path, known: Catalogue, stdin: Callable[[], bytes], yaml: ParseYaml | None = None) -> Resume:
    """The resume in a file, a folder (an unpacked LinkedIn export) or stdin (-). `yaml` reads those in YAML.

    Raises RoadmapError with what is wrong with it and what to do.
    """
    from roadmap.reading.linkedin import in_folder, read_linkedin

    if path.is_dir():
        tables = in_folder(path)
        if not tables:
            raise RoadmapError(
                f"{path}: a folder without a LinkedIn export", "it should hold Skills.csv, Positions.csv"
            )
        return read_linkedin(tables, lambda n: decoded(_bytes(path / n), n), reader_of(known).dates)
    if str(path) != "-" and _is_archive(path):
        return _from_archive(path, str(path), known)
    name, content = ("stdin", stdin()[: LARGEST_FILE + 1]) if str(path) == "-" else (str(path), _bytes(path))
    _refuse_size(len(content), LARGEST_FILE, name)
    if content.startswith(ARCHIVE):
        return _from_archive(io.BytesIO(content), name, known)
    kind, text, notes = _text(content, name, known)
    data, form = _data(text, name, kind, yaml)
    if data is not None:
        reader = reader_of(known)
        return read_data_resume(data, name, form, reader.dates, reader.headings.known)
    found = read_text_resume(text, known, kind)
    return Resume(kind, found.name, found.entries, (*notes, *found.notes))


def _data(text: str, name: str, kind: str, yaml: ParseYaml | None) -> tuple[object, str]:
    """The data of a text that is JSON, or YAML with the keys of a resume, and what to call it; else None."""
    if kind == "text" and _is_object(text):
        return from_json(text.lstrip("\ufeff"), name), "JSON Resume"
    if kind == "text" and yaml is not None and _YAML.search(text):
        data = yaml(text, name)
        return (data, "JSON Resume in YAML") if is_resume(data) else (None, "")
    return None, ""


def read_words(path: Path, known: Catalogue, stdin: Callable[[], bytes]) -> str:
    """The text of a file, a PDF or Word file among them, or of stdin (-). Raises RoadmapError as `read_resume` does."""
    name, content = ("stdin", stdin()[: LARGEST_FILE + 1]) if str(path) == "-" else (str(path), _bytes(path))
    _refuse_size(len(content), LARGEST_FILE, name)
    if content.startswith(ARCHIVE):
        with _opened(io.BytesIO(content), name) as archive:
            return _word(archive, name)
    return _text(content, name, known)[1]


def decoded(content: bytes, name: str) -> str:
    """Bytes as text: by their byte-order mark, as UTF-8, else as Latin-1. Raises RoadmapError for what is no text."""
    coding = next((c for mark, c in _BOMS.items() if content.startswith(mark)), "")
    if not coding and b"\0" in content[:4096]:
        raise RoadmapError(f"{name}: neither text nor a format that can be read", f"use {FORMATS}")
    try:
        return content.decode(coding or "utf-8")
    except UnicodeDecodeError as error:
        if coding:
            raise RoadmapError(f"{name}: not the text its first bytes announce", "save it as UTF-8") from error
        return content.decode("cp1252", errors="replace")


def _text(content: bytes, name: str, known: Catalogue) -> tuple[str, str, tuple[str, ...]]:
    """What a single file is, its text, and notes about what could not be read."""
    if content[:1024].lstrip().startswith(b"%PDF"):
        from roadmap.reading.pdf import text_of_pdf

        reader = reader_of(known)
        text, notes = text_of_pdf(content, name, reader.is_period, lambda x: reader.headings.known(x) is not None)
        return "PDF", *_cut(text, notes)
    if content.startswith((_OLD_WORD, _RTF)):
        raise RoadmapError(f"{name}: an old Word file or RTF", "save it as .docx, PDF or text")
    text = decoded(content, name)
    if not text.strip():
        raise RoadmapError(f"{name}: the file is empty", f"use {FORMATS}")
    # Data that is cut is no data any more; what is read of it is bounded by its entries.
    return ("text", text, ()) if _is_object(text) else ("text", *_cut(text, ()))


def _is_object(text: str) -> bool:
    return _DATA.match(text) is not None


def _cut(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if len(text) > LONGEST_TEXT:
        text, notes = text[:LONGEST_TEXT], (*notes, f"only the first {LONGEST_TEXT:,} characters are read")
    lines = text.splitlines(keepends=True)
    if len(lines) > MOST_LINES:
        text, notes = "".join(lines[:MOST_LINES]), (*notes, f"only the first {MOST_LINES:,} lines are read")
    return text, notes


def _from_archive(source: Path | io.BytesIO, name: str, known: Catalogue) -> Resume:
    from roadmap.reading.linkedin import in_archive, read_linkedin

    with _opened(source, name) as archive:
        if _WORD in _members(archive):
            text, notes = _cut(_word(archive, name), ())
            found = read_text_resume(text, known, "Word file")
            return Resume(found.kind, found.name, found.entries, (*notes, *found.notes))
        tables = in_archive(archive)
        if not tables:
            raise RoadmapError(
                f"{name}: an archive that is neither a LinkedIn export nor a Word file", f"use {FORMATS}"
            )
        return read_linkedin(tables, lambda n: decoded(_member(archive, n, name), n), reader_of(known).dates)


def _word(archive: ZipFile, name: str) -> str:
    """The text of a Word file: of its page headers, which often hold the name, and of its body."""
    from roadmap.reading.word import text_of_word

    members = _members(archive)
    if _WORD not in members:
        raise RoadmapError(f"{name}: an archive, but no Word file", "use text, a PDF or a .docx")
    headers = [m for plain, m in sorted(members.items()) if plain.startswith("word/header")][:MOST_HEADERS]
    parts = [_member(archive, m, name) for m in (*headers, members[_WORD])]
    _refuse_size(sum(map(len, parts)), LARGEST_PART, name)
    return text_of_word(parts, name)


def _members(archive: ZipFile) -> dict[str, str]:
    """The names in an archive as they should be, whatever sign stands between folders, with those they have."""
    return {m.replace("\\", "/"): m for m in archive.namelist()}


def _opened(source: Path | io.BytesIO, name: str) -> ZipFile:
    try:
        return ZipFile(source)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RoadmapError(f"{name}: the archive is broken", "download or save it again") from error


def _member(archive: ZipFile, member: str, name: str) -> bytes:
    """One file of an archive. What the archive says of its size may be a lie, so the reading itself is limited."""
    try:
        if archive.getinfo(member).flag_bits & 1:
            raise RoadmapError(f"{name}: {member} is encrypted", "unpack it with its password and name the folder")
        with archive.open(member) as stream:
            content = stream.read(LARGEST_PART + 1)
    except RoadmapError:
        raise
    except Exception as error:
        # zipfile fails in many ways over broken members: bad checksums, unknown packing, cut streams.
        raise RoadmapError(f"{name}: {member} in it is broken", "download it again") from error
    _refuse_size(len(content), LARGEST_PART, f"{name}: {member}")
    return content


def _refuse_size(size: int, most: int, name: str) -> None:
    if size > most:
        raise RoadmapError(f"{name}: too large to be a resume", f"at most {most // 1_000_000} MB are read")


def _is_archive(path: Path) -> bool:
    # A pipe can be read only once, so nothing may be tried on it.
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) == ARCHIVE and path.stat().st_size <= LARGEST_ARCHIVE
    except OSError:
        return False


def _bytes(path: Path) -> bytes:
    """At most LARGEST_FILE bytes and one more. Raises RoadmapError with the reason when it cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise RoadmapError(f"{path}: no such file", "check the path") from error
    except OSError as error:
        raise RoadmapError(f"{path}: cannot be read ({error.strerror or error})", "check its permissions") from error
    _refuse_size(len(content), LARGEST_FILE, str(path))
    return content
