"""Pages that another editor changed all over: lines wrapped at a width, and comments that were taken out."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote

from roadmap.render.personal import BOXED, MARKER, PageLine, essence, lines_of

MOST_LINES = 20
# Characters of all the lines that are tried: the longest plan wrapped at twenty columns has a fifth as many.
MOST_LOOKED = 40_000_000
_NO_WORD = re.compile(r"[\W_]+")
# What wrapping leaves of a last word, such as the "%." of "42 %.": the line before it is whole already.
_END = re.compile(r"\s+[%.,;:!?)]+")


def unwrapped(text: str, own: Collection[bytes]) -> str:
    """Lines of the program that were wrapped, whole again; the numbers of all lines stay.

    Lines are only joined where that gives a line that the program wrote and that stands nowhere whole: digests are
    short, and some of a person's lines, joined, happen to have the digest of another line. Nothing is joined in a
    page that is full of lines which are not the program's.
    """
    missing = set(own) - {line.digest for line in lines_of(text, own)}
    source, step, looked = text.splitlines(), "", 0
    if not missing and not any(map(_END.fullmatch, source)):
        return text
    for index in range(len(source)):
        step = _step_of(source[index], step, own)
        if index and _END.fullmatch(source[index]) and _written(source[index - 1], step, own):
            source[index] = ""
        if not _NO_WORD.sub("", source[index]) or _written(source[index], step, own):
            continue
        joined = source[index]
        for more in range(index + 1, min(index + MOST_LINES, len(source))):
            if not source[more].strip() or _written(source[more], _step_of(source[more], step, own), own):
                break
            joined = f"{joined} {source[more].strip()}"
            looked += len(joined)
            if looked > MOST_LOOKED:
                return text
            if _written(joined, _step_of(joined, step, own), missing):
                source[index : more + 1] = [joined, *([""] * (more - index))]
                step = _step_of(joined, step, own)
                break
    return "\n".join(source) + "\n"


def without_strangers(text: str, own: Collection[bytes], steps: Collection[str]) -> str:
    """A page without comments that stand alone and name a step which neither the plan nor the program's lines know.

    What stands below one would be nobody's, also lines of the program, and some of them stand elsewhere as well.
    """

    def ours(line: str) -> str:
        marked = MARKER.search(line)
        if not marked or essence(line) or unquote(marked[1]) in steps or _written(line, unquote(marked[1]), own):
            return line
        return ""

    return "\n".join(map(ours, text.split("\n")))


def _step_of(line: str, before: str, own: Collection[bytes]) -> str:
    marked = MARKER.search(line)
    if marked:
        return unquote(marked[1])
    return "" if line.startswith("#") and _written(line, "", own) else before


def _written(line: str, step: str, own: Collection[bytes]) -> bool:
    return PageLine(0, line, step).digest in own


def named(text: str, titles: Mapping[str, str]) -> str:
    """A page whose comments were taken out, with its steps named by their titles again."""
    if MARKER.search(text):
        return text
    words = sorted(((essence(title), id_) for id_, title in titles.items()), key=lambda x: -len(x[0]))
    out = []
    for line in text.splitlines():
        said = essence(line) if line[:1].strip() and BOXED.match(line) else ""
        found = next((id_ for title, id_ in words if title and said.startswith(title)), "")
        out.append(f"{line} <!-- step:{found} -->" if found else line)
    return "\n".join(out) + "\n"
