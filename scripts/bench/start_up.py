"""The daily commands against a typer program that prints a line."""

import compileall
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import roadmap
from scripts.bench.figures import MILLI, Figure, in_turns, ratio, seconds, told

BARE = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello() -> None:
    print("hello")
app()
"""
LIMIT = 1.3
COMMANDS = ("--help", "plan --profile me.yaml --format json", "next", "status", "check me.yaml")


def start_up(folder: Path, turns: int) -> list[Figure]:
    """Each command and the bare program in turns, the catalogue compiled, output thrown away."""
    (folder / "bare.py").write_text(BARE)
    (folder / "me.yaml").write_text("role: swe\n")
    # An installed package has its bytecode, as the bare program's libraries have; a checkout may have none.
    compileall.compile_dir(str(Path(roadmap.__file__).parent), quiet=1)
    program = str(Path(sys.executable).with_name("roadmap"))
    saving = ("plan", "--profile", "me.yaml", "--save", "me.roadmap.yaml", "--output", "plan.txt")
    subprocess.run((program, *saving), cwd=folder, check=True, capture_output=True)
    found = []
    for words in COMMANDS:
        works = {
            "bare": _run(sys.executable, "bare.py", cwd=folder),
            "ours": _run(program, *words.split(), cwd=folder),
        }
        times = in_turns(works, turns)
        measured = f"{told(times['ours'], MILLI, 'ms')}, bare {told(times['bare'], MILLI, 'ms')}"
        found.append(Figure(f"`roadmap {words}`", measured, ratio(times["ours"], times["bare"]), most=LIMIT))
    return found


def _run(*words: str, cwd: Path) -> Callable[[], float]:
    return lambda: seconds(lambda: subprocess.run(words, cwd=cwd, check=True, capture_output=True))
