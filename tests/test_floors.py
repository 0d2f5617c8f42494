"""The floor plan of docs/architecture.md holds, and would be noticed if it did not."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_imports_only_go_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_planning_starts_without_what_it_must_not_touch() -> None:
    code = (
        "import sys, roadmap.planning.make, roadmap.render.json\n"
        "bad = {'pydantic', 'yaml', 'rich', 'typer', 'questionary'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(bad)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
