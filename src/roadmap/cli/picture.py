"""A picture in dots from a drawing, with its words on any machine: a font that is there is named, or none is drawn."""

import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from roadmap.errors import UsageError
from roadmap.loading.writing import write_whole

# Files of usual fonts without serifs, with the family each holds, the best looking first.
FONTS: Mapping[str, str] = {
    "LiberationSans-Regular.ttf": "Liberation Sans",
    "Arial.ttf": "Arial",
    "DejaVuSans.ttf": "DejaVu Sans",
    "NotoSans-Regular.ttf": "Noto Sans",
    "Inter-Regular.ttf": "Inter",
    "OpenSans-Regular.ttf": "Open Sans",
    "Roboto-Regular.ttf": "Roboto",
    "Ubuntu-R.ttf": "Ubuntu",
    "FreeSans.ttf": "FreeSans",
    "segoeui.ttf": "Segoe UI",
}
FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
    "/System/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


def check_png() -> None:
    """Raise UsageError where no picture in dots can be made, so that nobody answers questions for nothing."""
    if find_spec("resvg_py") is None:
        hint = "pip install 'career-roadmap[png]', or write an .svg"
        raise UsageError("a PNG needs an optional extra", hint)
    font()


def write_png(svg: str, output: Path) -> None:
    """A picture in dots, twice as fine as the drawing. Raises UsageError where no font is there to write with."""
    check_png()
    from resvg_py import svg_to_bytes

    family, folder = font()
    # Bold and the rest of the family lie beside the file that was found.
    write_whole(output, bytes(svg_to_bytes(svg_string=svg, zoom=2, font_dirs=[folder], sans_serif_family=family)))


def font() -> tuple[str, str]:
    """The family of a font that this machine has, and the folder it lies in."""
    found = {file.name.casefold(): file for file in _files()}
    for name, family in FONTS.items():
        if file := found.get(name.casefold()):
            return family, str(file.parent)
    hint = "install DejaVu Sans or Liberation Sans (Debian: apt install fonts-dejavu-core), or write an .svg"
    raise UsageError("there is no font on this machine that a picture could be written with", hint)


def _files() -> Iterator[Path]:
    extra = os.environ.get("ROADMAP_FONTS")
    for folder in (extra,) if extra else FOLDERS:
        yield from Path(folder).expanduser().rglob("*.[to]tf")
