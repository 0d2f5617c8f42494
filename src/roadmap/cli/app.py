"""The typer application: names the commands in the order of --help. Words in, exit codes out."""

from typing import Annotated

import typer

from roadmap.cli import commands
from roadmap.cli.boundary import run

app = typer.Typer(
    name="roadmap",
    help="Plan your way into AI engineering: dated, sourced, feasible or honest about why not. Offline, no account.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=commands.print_version, is_eager=True),
    ] = False,
) -> None:
    """Plan your way into AI engineering: dated, sourced, feasible or honest about why not. Offline, no account."""


app.command("plan", epilog="Example: roadmap plan --role swe --hours-per-week 8 --deadline 2027-09-30")(commands.plan)
app.command("explain", epilog="Example: roadmap explain first-rag --role swe")(commands.explain)
app.command("check", epilog="Example: roadmap check me.yaml my-bootcamp.yaml")(commands.check)
app.command("schema", epilog="Example: roadmap schema profile > profile.schema.json")(commands.schema)


def main() -> None:
    """The console script."""
    run(lambda: app(prog_name="roadmap"))
