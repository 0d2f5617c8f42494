"""The typer application: names the commands in the order of --help. Words in, exit codes out.

Commands are imported when they are called: with some twenty of them, importing all would cost every start more
than the work itself. That is why the first sentence of their help stands here as well; a test compares the two.
"""

import gc
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from roadmap import __version__
from roadmap.cli.boundary import run


class Command(NamedTuple):
    """A command: its name, `module:function` within roadmap.cli, what it does in a sentence, an example."""

    name: str
    place: str
    help: str
    example: str


COMMANDS = (
    Command(
        "plan",
        "commands:plan",
        "Ask what is not given, then print a dated plan.",
        "roadmap plan --role swe --hours-per-week 8 --deadline 2027-09-30",
    ),
    Command(
        "next",
        "living:next_",
        "Show this week's work on one screen: what, why, how long, what to open, and when it is done.",
        "roadmap next",
    ),
    Command(
        "status",
        "living:status",
        "Show where you stand: ahead or behind, hours, pace, forecast, readiness, exams, and what changed since.",
        "roadmap status --format json",
    ),
    Command(
        "done",
        "living:done",
        'Finish a step with what shows it. Its "done when" is the checklist.',
        "roadmap done first-rag --hours 14 --evidence https://example.org/my-rag",
    ),
    Command("log", "living:log", "Log hours that went into a step.", "roadmap log first-rag 2.5 --on 2026-12-05"),
    Command(
        "skip",
        "living:skip",
        "Leave a step out, with the reason. A step that another one needs stays.",
        'roadmap skip mcp-server --reason "my team does not use it"',
    ),
    Command(
        "pause",
        "living:pause",
        "Take days off: no study, no exam, both ends included.",
        'roadmap pause 2027-02-14 --reason "moving house"',
    ),
    Command(
        "exam",
        "living:exam",
        "Record an exam. A failed one is planned again, with time to prepare and the fee once more.",
        "roadmap exam AI-103 passed --on 2027-06-25",
    ),
    Command(
        "note",
        "living:note",
        "Write something down in the journal. Notes never leave the file.",
        'roadmap note "chunking by headings worked best" --step first-rag',
    ),
    Command(
        "undo",
        "living:undo",
        "Take back the last entry of the journal. Its line stays; one more line says that it does not count.",
        "roadmap undo",
    ),
    Command(
        "replan",
        "living:replan",
        "Plan anew from today: shows before and after side by side and asks before it changes anything.",
        "roadmap replan --hours-per-week 12",
    ),
    Command(
        "evidence",
        "living:evidence",
        "Print what you can show a recruiter or a manager: finished steps with their evidence, and certificates.",
        "roadmap evidence --format jsonresume --output resume.json",
    ),
    Command(
        "cohort",
        "living:cohort",
        "Show a mentor who needs a word this week, and why, over all saved plans in a folder.",
        "roadmap cohort plans --format csv --output cohort.csv",
    ),
    Command(
        "export",
        "export:export",
        "Put a saved plan into another format: a page, a calendar, a task list, a table, a picture.",
        "roadmap export --format ics --output plan.ics",
    ),
    Command(
        "sync",
        "export:sync",
        "Read ticks, hours, links and notes of an edited Markdown plan back into the saved plan.",
        "roadmap sync plan.md",
    ),
    Command(
        "explain",
        "explain:explain",
        "Say why a step is in a plan or not, what would change that, what it opens, and who says so.",
        "roadmap explain first-rag --role swe",
    ),
    Command(
        "what-if",
        "what_if:what_if",
        "Set the same person under other hours, dates, money or any other answers side by side.",
        "roadmap what-if --profile me.yaml --hours 5,10,15 --cloud aws,azure",
    ),
    Command(
        "diff",
        "diff:diff",
        "Tell what changed from one plan to another, most important first: answers, figures, steps, exams, reasons.",
        "roadmap diff before.json after.json",
    ),
    Command(
        "show",
        "show:show",
        "Look into the catalogue: a list of one kind, or everything about one entry.",
        "roadmap show certifications AI-102",
    ),
    Command(
        "compare",
        "show:compare",
        "Set two or three roles side by side: what they put out, ask for and pay.",
        "roadmap compare swe ai-engineer ml-engineer",
    ),
    Command(
        "import",
        "importing:import_",
        "Read a resume into a profile: skills, certifications and the words that prove them, as proposals.",
        "roadmap import resume.pdf --output me.yaml",
    ),
    Command(
        "batch",
        "batch:batch",
        "Turn many profiles into many plans: one outcome per row, in input order.",
        "roadmap batch cohort.csv --output plans --format html",
    ),
    Command(
        "check",
        "commands:check",
        "List every problem of catalogues, overlays and profiles, with file, line, column and a hint.",
        "roadmap check me.yaml my-bootcamp.yaml",
    ),
    Command(
        "schema",
        "commands:schema",
        "Print the JSON Schema of a catalogue file, a profile or a plan.",
        "roadmap schema profile > profile.schema.json",
    ),
)


class PlainCommand(TyperCommand):
    """A command whose options take plain values without ado."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, --help among them."""
        return [_plain(option) for option in super().get_params(ctx)]


class LazyGroup(TyperGroup):
    """A group that imports a command when somebody asks for it."""

    def __init__(self, **options: Any) -> None:
        """Knows all names from the start, so that near misses are suggested."""
        super().__init__(**options)
        self.commands = cast(Any, dict.fromkeys(c.name for c in COMMANDS))

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the program itself."""
        return [_plain(option) for option in super().get_params(ctx)]

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of COMMANDS."""
        return [c.name for c in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        return next((load(c) for c in COMMANDS if c.name == cmd_name), None)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(c.name, c.help) for c in COMMANDS])


def load(command: Command) -> Any:
    """The command itself, with its options."""
    module, _, function = command.place.partition(":")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP)
    alone.command(command.name, cls=PlainCommand, epilog=f"Example: {command.example}")(
        getattr(import_module(f"roadmap.cli.{module}"), function)
    )
    return get_command(alone)


def _plain(option: Any) -> Any:
    """The option, letting plain values through: absent ones, text, paths and names of choices.

    The framework builds a validator for every option it looks at, which costs a start more than planning does.
    Everything else, and every value that is wrong, still goes through it.
    """
    if "process_value" in vars(option):
        return option
    process = option.process_value
    kind = getattr(getattr(option, "type_descriptor", None), "annotation", None)

    def process_quickly(ctx: Any, value: Any) -> Any:
        if value is None and not option.required:
            return None
        if option.callback is None:
            if kind in (str, Path) and isinstance(value, str):
                return kind(value)
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                if isinstance(value, kind):
                    return value
                if value in list(kind):
                    return kind(value)
        return process(ctx, value)

    option.process_value = process_quickly
    return option


GARBAGE_AFTER = 100_000
"""Objects made before garbage is looked for: a command makes many that live to its end, and hardly any garbage."""
HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="roadmap",
    cls=LazyGroup,
    no_args_is_help=True,
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
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Plan your way into AI engineering: dated, sourced, feasible or honest about why not. Offline, no account."""


def main() -> None:
    """The console script."""
    gc.set_threshold(GARBAGE_AFTER)
    run(lambda: app(prog_name="roadmap"))
