"""Text and Markdown resumes: lines to sections, positions with their periods, and a name."""

import re
from collections.abc import Iterable, Sequence

from roadmap.model.catalogue import Section
from roadmap.model.resume import Entry, Period, Resume
from roadmap.reading.cues import Cues
from roadmap.reading.dates import period_in
from roadmap.reading.scrub import has_contact, line_of

LONGEST_LINE = 1000
LONGEST_HEADER = 90
SHORTEST_FULL_LINE = 40
DATED: tuple[Section, ...] = ("work", "projects", "education", "certificates")
_BULLET = re.compile(r"^(?:[-*•·▪◦‣–—o]|\d{1,2}[.)])\s+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_MARKUP = re.compile(r"\*\*|__|`|^#{1,6}\s+|^>\s+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\s]{0,500}\)")


def lines_of(text: str) -> list[str]:
    """Clean lines, markup gone, bullets kept; lines that were only wrapped are joined, endless ones cut."""
    out: list[str] = []
    for raw in text.splitlines():
        line = line_of(_MARKDOWN_LINK.sub(r"\1", raw[: 20 * LONGEST_LINE]))
        bare = _MARKUP.sub("", line).strip()
        wraps = bare[:1].islower() and out and len(out[-1]) >= SHORTEST_FULL_LINE and out[-1][-1] not in ".:;!?"
        if wraps and len(out[-1]) + len(bare) < LONGEST_LINE:
            out[-1] += " " + bare
        else:
            out += [bare[i : i + LONGEST_LINE] for i in range(0, len(bare), LONGEST_LINE)] or [""]
    return out


def read_text_resume(text: str, cues: Cues, kind: str = "text") -> Resume:
    """A resume from plain text or Markdown."""
    lines = lines_of(text)
    parts = _sections(lines, cues)
    entries: list[Entry] = []
    for section, inside in parts:
        if section == "contact":
            continue
        if section in DATED:
            entries += _dated(section, inside, cues)
        else:
            entries.append(Entry(section, lines=tuple(x for x in inside if x)))
    head = parts[0][1] if parts else []
    return Resume(kind, _name(head), tuple(e for e in entries if e.lines or e.title))


def _sections(lines: Sequence[str], cues: Cues) -> list[tuple[Section, list[str]]]:
    """The lines below each heading; those before the first one are a summary, up to the first dated job title."""
    out: list[tuple[Section, list[str]]] = [("summary", [])]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        section = cues.section(line)
        if section is None and out[-1][0] == "summary" and _is_position(line, following, cues):
            out.append(("work", [line]))
            continue
        before, colon, rest = line.partition(":")
        if section is None and colon and rest.strip():
            # "Skills: Python, SQL" heads a section of one line, and perhaps of more.
            section = cues.section(before) if cues.section(before) == "skills" else None
            if section:
                out.append((section, [rest.strip()]))
                continue
        if section:
            out.append((section, []))
        else:
            out[-1][1].append(line)
    return out


def _is_position(line: str, following: str, cues: Cues) -> bool:
    """Whether work begins here without a heading: a job title with a period, in this line or in the next one."""
    if not _is_header(line) or next(cues.titles.all(line), None) is None:
        return False
    today = cues.words("today")
    return any(period_in(x, today) for x in (line, following) if _is_header(x))


def _dated(section: Section, lines: Sequence[str], cues: Cues) -> list[Entry]:
    """Entries of a section in which a period opens a new one, with the short lines right above it."""
    today = cues.words("today")
    found: list[tuple[list[str], Period | None, list[str]]] = [([], None, [])]
    for line in lines:
        dated = period_in(line, today) if not _BULLET.match(line) else None
        if dated is None:
            found[-1][2].append(line)
            continue
        above = _header_above(found[-1][2])
        found.append(([*above, *([dated[1]] if dated[1] else [])], dated[0], []))
    return [_entry(section, *one) for one in found if any((one[0], any(one[2])))]


def _header_above(lines: list[str]) -> list[str]:
    """Takes the one or two short lines away that stand right above a period: whom the period belongs to."""
    taken: list[str] = []
    while lines and len(taken) < 2:
        line = lines[-1]
        if not _is_header(line):
            break
        taken.insert(0, lines.pop())
    return taken


def _is_header(line: str) -> bool:
    """Whether a line may say what an entry is: short, no item of a list, no sentence, nothing with a label."""
    return (
        bool(line)
        and len(line) <= LONGEST_HEADER
        and not _BULLET.match(line)
        and line[-1] not in ".;,"
        and ":" not in line
    )


def _entry(section: Section, header: list[str], period: Period | None, lines: list[str]) -> Entry:
    inside = [x for x in lines if x]
    if not header and section != "certificates" and inside and _is_header(inside[0]):
        header = [inside.pop(0)]
    elif period and inside and not header[1:] and _is_header(inside[0]):
        # "2021 - 2024" and the employer often share a line above the job title.
        header = [*header, inside[0]]
    return Entry(section, title=", ".join(header[:2]), period=period, lines=tuple(inside))


def _name(lines: Iterable[str]) -> str:
    """The name at the top: the first line that holds two to four words and nothing else."""
    for line in [x for x in lines if x][:5]:
        if _NAME.fullmatch(line) and not has_contact(line):
            return line
    return ""
