"""`roadmap batch`: many profiles to many plans."""

import json
import os
from datetime import date
from enum import StrEnum
from hashlib import blake2b, file_digest
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap import __version__
from roadmap.app.catalogues import read_catalogue
from roadmap.batch.details import Detail
from roadmap.batch.rows import Kind
from roadmap.cli.batch_run import BatchRequest, BatchRun, How
from roadmap.cli.boundary import say_line, today_or
from roadmap.cli.mapping import defaults_of, renames_of
from roadmap.cli.options import Overlays, Today, argument, value
from roadmap.errors import UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.render import Format

if TYPE_CHECKING:
    from roadmap.batch.row import Reading
    from roadmap.batch.work import Job

DEFAULT_FORMAT = Format.MARKDOWN
FINDINGS = (".csv", ".jsonl", ".ndjson", "")
"""Endings of --errors; without one it is JSON Lines, to a device for instance."""


class Engine(StrEnum):
    """Where the rows are worked on."""

    LOCAL = "local"
    DASK = "dask"


Source = Annotated[
    str,
    argument(
        "INPUT",
        "CSV, .xlsx, .ods, JSON Lines, YAML list, Parquet, .gz, a folder of profiles, an address, or - for stdin.",
    ),
]
Target = Annotated[
    str | None,
    value(
        "--output,-o",
        "PATH",
        "PATH.jsonl, .csv, .parquet, .jsonl.gz, .csv.zst; FOLDER/; - for stdout; with Dask parts: PATH-*.jsonl.",
    ),
]
FileForm = Annotated[
    Format | None, typer.Option("--format", "-f", help="Format of the files in a folder.", show_default=False)
]
Much = Annotated[
    Detail | None,
    typer.Option(
        "--detail",
        help="What a record tells of a plan: figures; steps with their days (default, but for CSV); everything.",
        show_default=False,
    ),
]
Fields = Annotated[
    str | None, value("--fields", "A,B.C", "Only these fields of a record, such as id,finish,steps.start.")
]
Workers = Annotated[
    int, typer.Option("--workers", "-w", min=0, help="Processes; 0 takes one for each core.", metavar="N")
]
Continue = Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")]
Anew = Annotated[bool, typer.Option("--force", help="Replace what an earlier run wrote there.")]
CheckOnly = Annotated[bool, typer.Option("--check", help="Plan nothing; list every problem of every row.")]
Save = Annotated[
    bool,
    typer.Option("--save", help="Make saved plans, pages and calendars in the folder, as roadmap cohort init does."),
]
Most = Annotated[int | None, value("--limit", "N", "Only the first N rows.", min=1)]
Errors = Annotated[Path | None, value("--errors", "FILE", "Also write problems to FILE.jsonl or FILE.csv.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Guess nothing: columns have the names of keys, cells the form of a profile.")
]
Renames = Annotated[list[str] | None, value("--map", "KEY=COLUMN", "Take a key from another column; repeatable.")]
Defaults = Annotated[list[str] | None, value("--default", "KEY=VALUE", "For rows that leave a key open; repeatable.")]
Ignored = Annotated[list[str] | None, value("--ignore", "COLUMN", "Skip a column; '*' all unknown ones; repeatable.")]
InputForm = Annotated[
    Kind | None,
    typer.Option("--input-format", help="What the input is, if its name does not tell.", show_default=False),
]
NoNames = Annotated[bool, typer.Option("--no-names", help="Leave out names and ids; rows are known by their number.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Where = Annotated[Engine, typer.Option("--engine", help="This machine, or a Dask cluster.")]
Scheduler = Annotated[str | None, value("--scheduler", "ADDRESS", "The Dask scheduler, such as tcp://host:8786.")]
PartRows = Annotated[
    int,
    typer.Option("--rows-per-part", min=1, help="Rows in a part; 1,000 make about 5 MB, 120 MB in full.", metavar="N"),
]


def batch(
    source: Source,
    output: Target = None,
    form: FileForm = None,
    detail: Much = None,
    fields: Fields = None,
    workers: Workers = 0,
    resume: Continue = False,
    force: Anew = False,
    check: CheckOnly = False,
    save: Save = False,
    limit: Most = None,
    errors: Errors = None,
    mapped: Renames = None,
    default: Defaults = None,
    ignore: Ignored = None,
    strict: Strict = False,
    input_format: InputForm = None,
    no_names: NoNames = False,
    quiet: Quiet = False,
    engine: Where = Engine.LOCAL,
    scheduler: Scheduler = None,
    rows_per_part: PartRows = 1_000,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Turn many profiles into many plans: one outcome per row, in input order.

    A row with problems is an outcome that lists them. The run goes on, and ends with exit code 4 when some rows have
    problems and 1 when all have.

    Example: roadmap batch cohort.csv --output plans --format html
    """
    output = _output(output, check=check, resume=resume, force=force)
    if save:
        _saved_plans(source, output, mapped or [], ignore or [], catalogue, today, alone=not (check or form or fields))
        return
    _engine(engine, scheduler)
    _apart(source, output, errors)
    kept = tuple(f.strip() for f in (fields or "").split(",") if f.strip())
    much = _detail(output, detail, kept, form)
    day = today_or(today or _day_before(output, resume=resume))
    known = read_catalogue(catalogue or [])
    job = _job(known, day, form, much, kept, names=not no_names)
    reading = _reading(mapped or [], default or [], ignore or [], known)
    settings = {} if check else _settings(source, job, reading, catalogue or [], strict=strict, limit=limit)
    how = How(workers or _cores(), scheduler, resume, force, limit, errors, input_format, quiet)
    run = BatchRun(BatchRequest(source, output, job, reading, settings, how), (lambda _: None) if quiet else say_line)
    _go(run, strict=strict, check=check, parts_of=rows_per_part if engine is Engine.DASK and "*" in output else 0)


def _go(run: BatchRun, *, strict: bool, check: bool, parts_of: int) -> None:
    """Understand the table, then check it or plan it: in parts of so many rows, or (0) in one piece."""
    if not strict:
        run.understand(every=check)
    if check:
        run.check()
    elif parts_of:
        run.in_parts(parts_of)
    else:
        run.in_order()


def _saved_plans(
    source: str,
    output: str,
    mapped: list[str],
    ignored: list[str],
    overlays: list[Path] | None,
    today: str | None,
    *,
    alone: bool,
) -> None:
    """A group from its sheet. Raises UsageError where something else was asked for as well."""
    from roadmap.cli.cohort import make_group

    if not alone or output == "-" or Path(output).suffix:
        raise UsageError("--save makes a folder of saved plans and their pages", "name a folder as --output, no format")
    code = make_group(Path(source), Path(output), read_catalogue(overlays or []), today_or(today), mapped, ignored)
    if code:
        raise typer.Exit(code)


def _output(output: str | None, *, check: bool, resume: bool, force: bool) -> str:
    """Where to write. Raises UsageError for what contradicts itself."""
    if check and output is not None:
        raise UsageError("--check plans nothing", "leave --output out; --errors FILE writes what it finds")
    if not check and output is None:
        raise UsageError("--output is missing", "for example --output plans.jsonl, plans.csv, plans/ or -")
    if resume and force:
        raise UsageError("--resume goes on and --force begins anew", "choose one of them")
    return output or "-"


def _apart(source: str, output: str, errors: Path | None) -> None:
    """Input, output and findings are three things. Raises UsageError where one would be written over another."""
    if errors is not None and (str(errors) == "-" or errors.suffix.lower() not in FINDINGS):
        raise UsageError(f"--errors {errors}: problems go to a file of their own", "name it problems.csv or .jsonl")
    named = [("the input", source), ("--output", output), ("--errors", str(errors or "-"))]
    files = [(what, os.path.realpath(name)) for what, name in named if name != "-" and "://" not in name]
    for (first, one), (second, other) in combinations(files, 2):
        if one == other:
            raise UsageError(f"{second} {other}: is {first} as well", "name another file")


def _engine(engine: Engine, scheduler: str | None) -> None:
    if (engine is Engine.DASK) != (scheduler is not None):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together", "start one with: dask scheduler")
    if engine is Engine.DASK and not find_spec("distributed"):
        raise UsageError("--engine dask needs Dask", "install career-roadmap[dask]")


def _detail(output: str, detail: Detail | None, fields: tuple[str, ...], form: Format | None) -> Detail | None:
    """How much the records tell, or None when there are files in a folder instead."""
    from roadmap.batch.fields import detail_for
    from roadmap.batch.made import ending_of
    from roadmap.batch.write import is_folder

    if output != "-" and ending_of(output) is None and "*" not in output and is_folder(output):
        if detail or fields:
            raise UsageError("--detail and --fields need records", "name a file such as plans.jsonl, or leave them out")
        return None
    if form not in (None, Format.JSON):
        raise UsageError(f"--format {form} needs a folder as --output", "name a folder, or leave --format out")
    if detail is None and not fields and (ending_of(output) or "").startswith(".csv"):
        return Detail.SUMMARY
    return detail_for(fields, detail)


def _job(
    known: Catalogue, day: date, form: Format | None, much: Detail | None, kept: tuple[str, ...], *, names: bool
) -> "Job":
    from roadmap.batch.work import Job

    if much is None:
        return Job(known, day, form or DEFAULT_FORMAT, names)
    return Job(known, day, None, names, much, kept)


def _reading(mapped: list[str], default: list[str], ignore: list[str], known: Catalogue) -> "Reading":
    from roadmap.batch.row import Reading

    return Reading(renames_of(mapped), defaults_of(default, known), frozenset(ignore))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _day_before(output: str, *, resume: bool) -> str | None:
    """The day of the run that is continued, so that its later rows are planned as its first ones were."""
    if not resume or output == "-" or ("://" in output and "*" not in output):
        return None
    if "*" in output:
        from roadmap.batch.parts import settings_of_parts

        before = settings_of_parts(output)
    else:
        from roadmap.batch.write import settings_of

        before = settings_of(Path(output))
    day = (before or {}).get("today")
    return day if isinstance(day, str) else None


def _settings(
    source: str, job: "Job", reading: "Reading", overlays: list[Path], *, strict: bool, limit: int | None
) -> dict[str, object]:
    """What has to be the same for a run to be continued."""
    from roadmap.loading.compiled import content_key
    from roadmap.loading.source import ENTRY, folder

    return {
        "version": __version__,
        "today": job.today.isoformat(),
        "input": _fingerprint(source),
        "catalogue": content_key(folder("data") / ENTRY, overlays),
        "format": job.form.value if job.form else "json",
        "detail": job.detail.value if job.form is None else "",
        "fields": list(job.fields),
        "names": job.names,
        "map": dict(reading.renames),
        "default": json.dumps(dict(reading.defaults), sort_keys=True, default=str),
        "ignore": sorted(reading.ignored),
        "strict": strict,
        "limit": limit,
    }


def _fingerprint(source: str) -> str:
    """What tells one input from another: all of a local one, what is known about a distant one, nothing of stdin."""
    if "://" in source:
        from roadmap.batch.remote import version

        return version(source)
    path, found = Path(source), blake2b(digest_size=16)
    if path.is_dir():
        for file in sorted(p for p in path.iterdir() if p.is_file()):
            found.update(f"{file.name}\0{file.stat().st_size}\0".encode("utf-8", "surrogateescape"))
            found.update(file.read_bytes())
    elif path.is_file():
        with path.open("rb") as stream:
            return file_digest(stream, lambda: found).hexdigest()
    return found.hexdigest()
