"""The typer application: names the commands in the order of --help. Words in, exit codes out.

Commands are imported when they are called: with some twenty of them, importing all would cost every start more
than the work itself. That is why the first sentence of their help stands here as well; a test compares the two.
"""

import atexit
import gc
import inspect
import textwrap
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from roadmap import __version__
from roadmap.cli.boundary import run
from roadmap.cli.quick import QuickCommand, in_short, quick
from roadmap.errors import ExitCode, UsageError

COMMANDS = {
    "plan": "Ask what is not given, then print a dated plan.",
    "next": "Show this week's work on one screen: what, why, how long, what to open, and when it is done.",
    "log": "Log hours that went into a step.",
    "done": 'Finish a step with what shows it. Its "done when" is the checklist.',
    "status": "Show where you stand: ahead or behind, hours, pace, forecast, readiness, exams, and what changed since.",
    "steps": "List the steps of the saved plan with their numbers, or show one of them whole.",
    "replan": "Plan anew from today: shows before and after side by side and asks before it changes anything.",
    "pause": "Take days off: no study, no exam, both ends included.",
    "skip": "Leave a step out, with the reason. A step that another one needs stays.",
    "exam": "Record an exam. A failed one is planned again, with time to prepare and the fee once more.",
    "reached": "Say that you have what you wished for: signed, promoted, paid by a first client, out in public.",
    "note": "Write something down in the journal, or read what you wrote. Notes never leave the file.",
    "undo": "Take back the last entry of the journal, a replan, or a whole sync.",
    "evidence": "Print what you can show others: your work with its links, what strangers can try first, and "
    "certificates.",
    "explain": "Say why a step is in a plan or not, what would change that, what it opens, and who says so.",
    "what-if": "Set the same person under other hours, dates, money or any other answers side by side.",
    "diff": "Tell what changed from one plan to another, most important first: answers, figures, steps, exams, "
    "reasons.",
    "show": "Look into the catalogue: a list of one kind, or everything about one entry.",
    "compare": "Set two or three roles side by side: what they put out, ask for and pay.",
    "import": "Read a resume into a profile: skills, certifications and the words that prove them, as proposals.",
    "match": "Say how much of job postings you have: must and nice to have, met and missing, with the words of each.",
    "export": "Put a saved plan into another format: a page, a calendar, a task list, a table, a picture.",
    "sync": "Read ticks, hours, links and notes of an edited Markdown plan back into the saved plan.",
    "cohort": "Show a mentor who needs a word this week, and why, over all saved plans in a folder.",
    "batch": "Turn many profiles into many plans: one outcome per row, in input order.",
    "check": "List every problem of catalogues, overlays and profiles, with file, line, column and a hint.",
    "schema": "Print a JSON Schema of a catalogue, profile, plan or saved plan, or of what scripts are given.",
}
"""What each command does, in a sentence, in the order of --help."""

MODULES = {
    "look": ("next", "status", "evidence"),
    "record": ("log", "done", "pause", "skip", "exam", "reached", "note", "undo"),
    "show": ("compare",),
    "export": ("sync",),
    "importing": ("import",),
    "matching": ("match",),
    "checking": ("check", "schema"),
}
"""Where those commands are whose module of roadmap.cli is not called like them."""

GROUPS = {
    "Begin here": ("plan", "next", "log", "done", "status"),
    "Live with your plan": ("steps", "replan", "pause", "skip", "exam", "reached", "note", "undo", "evidence"),
    "Ask and compare": ("explain", "what-if", "diff", "show", "compare", "import", "match"),
    "Take it elsewhere": ("export", "sync"),
    "Look after a group": ("cohort", "batch"),
    "Write data": ("check", "schema"),
}
"""Commands by what people come for; every command stands in one of them."""

# What people type for a command that is called something else.
MEANT = {
    "list": ("steps", "lists the steps of your plan"),
    "ls": ("steps", "lists the steps of your plan"),
    "todo": ("next", "shows this week's work"),
    "today": ("next", "shows this week's work"),
    "week": ("next", "shows this week's work"),
    "start": ("plan", "asks a few questions and makes your plan; roadmap next shows this week's work"),
    "init": ("plan", "asks a few questions and makes your plan"),
    "new": ("plan", "asks a few questions and makes your plan"),
    "create": ("plan", "asks a few questions and makes your plan"),
    "edit": ("replan", "changes any answer of your plan, such as roadmap replan --hours-per-week 12"),
    "change": ("replan", "changes any answer of your plan"),
    "progress": ("status", "says where you stand"),
    "where": ("status", "says where you stand"),
    "plans": ("cohort", "shows all saved plans of a folder"),
    "finish": ("done", "finishes a step"),
    "signed": ("reached", "says that you have what you wished for"),
    "hired": ("reached", "says that you have what you wished for"),
    "accepted": ("reached", "says that you have what you wished for"),
    "promoted": ("reached", "says that you have what you wished for"),
    "end": ("reached", "says that you have what you wished for before the last step"),
    "work": ("log", "logs hours"),
    "notes": ("note", "without a text shows what you wrote down"),
    "validate": ("check", "lists every problem of a file"),
    "lint": ("check", "lists every problem of a file"),
}


class LazyGroup(TyperGroup):
    """A group that imports a command when somebody asks for it."""

    def __init__(self, **options: Any) -> None:
        """Knows all names from the start, so that near misses are suggested."""
        super().__init__(**options)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """What was typed before a command."""
        with in_short():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """The command and what was typed behind it."""
        with in_short():
            return super().invoke(ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the program itself."""
        return [quick(option) for option in super().get_params(ctx)]

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; `help` is --help, and other words for a command lead to it."""
        if args and args[0] == "help":
            args = [*(a for a in args[1:2] if a in COMMANDS), "--help"]
            if args == ["--help"]:
                typer.echo(ctx.get_help())
                raise typer.Exit
        if args and args[0] in MEANT:
            name, does = MEANT[args[0]]
            raise UsageError(f"there is no command {args[0]}", f"roadmap {name} {does}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them, those first that a newcomer needs first."""
        for title, names in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name, COMMANDS[name]) for name in names])


def load(name: str) -> Any:
    """The command of this name, with its options; the example that ends its docstring stands at the end of its help."""
    called = name.replace("-", "_")
    place = next((place for place, names in MODULES.items() if name in names), called)
    module = vars(import_module(f"roadmap.cli.{place}"))
    function = module.get(called) or module[f"{called}_"]
    # The interpreter was perhaps told to leave docstrings out.
    about, _, example = inspect.cleandoc(function.__doc__ or COMMANDS[name]).partition("\n\nExample: ")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP)
    alone.command(name, cls=QuickCommand, help=about, epilog=example and f"Example: {example}")(function)
    return get_command(alone)


HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="roadmap",
    cls=LazyGroup,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP,
)


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"roadmap {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Plan your way into AI engineering: dated, sourced, feasible or honest about why not. Offline, no account."""
    if ctx.invoked_subcommand is None:
        typer.echo(short_help())
        raise typer.Exit(int(ExitCode.USAGE))


def short_help() -> str:
    """What a bare `roadmap` says: the five commands to begin with, on half a screen."""
    lines = ["Plan your way into AI engineering. Begin with:", ""]
    for name in next(iter(GROUPS.values())):
        first, *rest = textwrap.wrap(COMMANDS[name], 60)
        lines += [f"  roadmap {name:<8}{first}", *(" " * 18 + line for line in rest)]
    return "\n".join([*lines, "", "roadmap --help lists all commands, roadmap COMMAND --help explains one."])


def main() -> None:
    """The console script."""
    # What is alive at the end dies with the process: searching a catalogue for garbage took a tenth of every command.
    atexit.register(gc.freeze)
    run(lambda: app(prog_name="roadmap"))
