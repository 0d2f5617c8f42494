"""Make the pictures of the README from the real program: a plan in a terminal, and its timeline.

`make docs` runs this with the rest; `python -m scripts.picture` alone.
"""

import io
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from roadmap.loading.load import load_catalogue, load_profile
from roadmap.planning.make import make_plan
from roadmap.render import Format, render

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
PERSON = ROOT / "examples" / "ada.yaml"
TODAY = date(2026, 11, 22)
COLUMNS, LINES = 100, 44
FONT = "ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Menlo, Consolas, monospace"
# Like rich's own frame, without fonts from the network.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" \
aria-label="A plan in a terminal">
<style>
.{unique_id}-matrix {{ font-family: FONT; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />\
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""".replace("FONT", FONT)


def pictures() -> dict[Path, str]:
    """Every picture with the text it should hold."""
    catalogue, _ = load_catalogue()
    assert catalogue is not None
    profile, problems = load_profile(PERSON.read_text(encoding="utf-8"), PERSON.name, catalogue, TODAY)
    assert profile is not None, problems
    plan = make_plan(catalogue, profile, TODAY)
    lines = render(plan, catalogue, Format.TERMINAL, width=COLUMNS, colour=True).splitlines()
    return {
        IMAGES / "timeline.svg": render(plan, catalogue, Format.SVG),
        IMAGES / "terminal.svg": _screen(_whole(lines)),
    }


def _whole(lines: list[str]) -> list[str]:
    """As many lines as the picture has room for, up to the end of a step."""
    end = max(i for i, line in enumerate(lines[:LINES]) if not line.strip())
    return lines[:end]


def _screen(lines: list[str]) -> str:
    """Lines with colour codes as a picture of a terminal."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi("\n".join(lines)))
    return console.export_svg(title="roadmap plan", code_format=FRAME, unique_id="roadmap")


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
