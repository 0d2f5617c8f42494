"""Ways to spoil what a reader takes: data with values that nobody means, text with lines out of place, broken bytes."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

# Half a character, which JSON can name and no file can hold.
HALF = "\ud800"
WORDS = (
    "",
    "x" * 2001,
    "2026-12-05",
    "0206-12-05",
    "9999-12-31",
    "NaN",
    "=1+1",
    "a: b",
    "\x1b[31m",
    "\u202e",
    "\ud800",
)
# Stands for a number that is longer than the interpreter reads; JSON holds its digits.
DIGITS = "@digits"
NUMBERS = (0, -1, 1, 4, 5, 61, 1e308, float("inf"), float("nan"), 10**30, 0.1, -0.0)
LINES = (
    "- [x] ",
    "  - Hours: 3",
    "  - Done: 0207-01-08",
    "  - Note: \x00 y",
    "```",
    "| a | b |",
    "<!-- roadmap:written\nAAAA -->",
    "<!-- step:%ff -->",
    "# Requirements",
    "Jan 2019 - Present",
    "  - {id: a, date: 2026-12-05, event: undone, of: a}",
    "=cmd|' /C calc'!A1",
    "\u2028\u0085\ufeff",
)


def plain() -> st.SearchStrategy[Any]:
    """A value that may stand anywhere in a file of JSON or YAML, whether somebody means it or not."""
    leaf = st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from(NUMBERS),
        st.sampled_from((*WORDS, DIGITS)),
        st.text(max_size=6),
        st.integers(),
    )
    few = st.text(max_size=4)
    return st.recursive(leaf, lambda x: st.lists(x, max_size=3) | st.dictionaries(few, x, max_size=3), max_leaves=4)


def _spoiled(draw: st.DrawFn, data: Any) -> Any:
    """Data in which some values were replaced, taken out, put in twice, renamed, or exchanged for others of it."""
    whole = {"all": deepcopy(data)}
    for _ in range(draw(st.integers(1, 3))):
        holder, key = _place(draw, whole)
        _spoil(draw, whole, holder, key)
    return whole["all"]


def _place(draw: st.DrawFn, data: Any) -> tuple[Any, Any]:
    """A container of the data and one of its keys or indexes."""
    holder: Any = data
    key: Any = "all"
    while isinstance(holder[key], (dict, list)) and holder[key] and draw(st.integers(0, 5)):
        holder = holder[key]
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        key = draw(st.sampled_from(keys))
    return holder, key


def _spoil(draw: st.DrawFn, data: Any, holder: Any, key: Any) -> None:
    match draw(st.sampled_from(("replace", "replace", "swap", "remove", "rename", "twice", "deep"))):
        case "swap":
            other, there = _place(draw, data)
            holder[key] = deepcopy(other[there])
        case "remove" if holder is not data:
            del holder[key]
        case "rename" if isinstance(holder, dict) and holder is not data:
            holder[draw(st.sampled_from(WORDS) | st.text(max_size=5))] = holder.pop(key)
        case "twice" if isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
        case "deep":
            holder[key] = [[[holder[key]]]]
        case _:
            holder[key] = draw(plain())


def spoiled_json(data: Any) -> st.SearchStrategy[str]:
    """Spoiled data as a file of JSON, which every reader of YAML takes as well."""

    @st.composite
    def made(draw: st.DrawFn) -> str:
        text = json.dumps(_spoiled(draw, data), ensure_ascii=draw(st.booleans()))
        return text.replace(f'"{DIGITS}"', "9" * 5000).encode("utf-8", "replace").decode("utf-8")

    return made()


def spoiled_text(text: str) -> st.SearchStrategy[str]:
    """Text in which lines were taken out, put in twice, moved, cut, indented, or joined by strange ones."""

    @st.composite
    def made(draw: st.DrawFn) -> str:
        return _spoiled_lines(draw, text.split("\n"))

    return made()


def _spoiled_lines(draw: st.DrawFn, lines: list[str]) -> str:
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("out", "twice", "move", "cut", "indent", "strange", "signs", "join", "end"))):
            case "out" if len(lines) > 1:
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "indent":
                lines[at] = draw(st.sampled_from(("  ", "\t", "> ", "      "))) + lines[at]
            case "signs":
                lines[at] = draw(st.text(max_size=8)) + lines[at] + draw(st.text(max_size=8))
            case "join" if at + 1 < len(lines):
                lines[at] += " " + lines.pop(at + 1)
            case "end" if not draw(st.integers(0, 7)):
                lines = lines[: at + 1]
            case _:
                lines.insert(at, draw(st.sampled_from(LINES) | st.text(max_size=30)))
    return "\n".join(lines)


def spoiled_bytes(content: bytes) -> st.SearchStrategy[bytes]:
    """Bytes of which some were changed, cut off, or put in elsewhere."""

    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        return _spoiled_bytes(draw, bytearray(content))

    return made()


def _spoiled_bytes(draw: st.DrawFn, out: bytearray) -> bytes:
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(out) - 1)))
        match draw(st.sampled_from(("change", "change", "cut", "put", "copy"))):
            case "change" if out:
                out[at] = draw(st.integers(0, 255))
            case "cut":
                del out[at : at + draw(st.integers(1, 40))]
            case "copy":
                out[at:at] = out[: draw(st.integers(0, 60))]
            case _:
                out[at:at] = draw(st.binary(max_size=8))
    return bytes(out)
