"""`roadmap batch`: many profiles to many plans, with progress on stderr and an exit code that counts."""

import json
import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from enum import StrEnum
from hashlib import blake2b, file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadmap import __version__
from roadmap.cli.boundary import read_catalogue, say, today_or
from roadmap.cli.commands import Overlays, Today
from roadmap.errors import ExitCode, Interrupted, UsageError
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import nearest
from roadmap.model.profile import KEYS, check_answer
from roadmap.render import Format

if TYPE_CHECKING:
    from roadmap.batch.rows import Reading, Source
    from roadmap.batch.work import Done, Job
    from roadmap.batch.write import Finished, Writer

SHOWN = 10  # rows whose problems are printed; the rest are in the output
EVERY = 10.0  # seconds between lines where there is no terminal
DEFAULT_FORMAT = Format.MARKDOWN


class Engine(StrEnum):
    """Where the rows are worked on."""

    LOCAL = "local"
    DASK = "dask"


class InputFormat(StrEnum):
    """What an input is made of, where its name does not tell."""

    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yaml"
    FOLDER = "folder"
    PARQUET = "parquet"


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="CSV, JSON Lines, YAML list, folder of profiles, Parquet, fsspec address, or - for stdin.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="PATH.jsonl, PATH.parquet, a folder, - for stdout; with Dask also PATH-*.jsonl or .parquet in parts.",
            show_default=False,
        ),
    ],
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="Format of the files in a folder.", show_default=False)
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=0, help="Processes; 0 takes one for each core.", metavar="N")
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="KEY=COLUMN", help="Take a key from another column; repeatable."),
    ] = None,
    default: Annotated[
        list[str] | None,
        typer.Option("--default", metavar="KEY=VALUE", help="For rows that leave a key open; repeatable."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="COLUMN", help="Skip a column; '*' all unknown ones; repeatable."),
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option("--input-format", help="What the input is, if its name does not tell.", show_default=False),
    ] = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="Leave out names and ids; rows are known by their number.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    engine: Annotated[Engine, typer.Option("--engine", help="This machine, or a Dask cluster.")] = Engine.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="The Dask scheduler, such as tcp://host:8786."),
    ] = None,
    rows_per_part: Annotated[
        int, typer.Option("--rows-per-part", min=1, help="Rows in a part; 1,000 make about 90 MB.", metavar="N")
    ] = 1_000,
    catalogue: Overlays = None,
    today: Today = None,
) -> None:
    """Turn many profiles into many plans: one outcome per row, in input order.

    A row with problems is an outcome that lists them; the run goes on and ends with exit code 4.
    """
    from roadmap.batch.rows import Reading
    from roadmap.batch.work import Job

    if (engine is Engine.DASK) != (scheduler is not None):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together", "start one with: dask scheduler")
    if engine is Engine.DASK and not find_spec("distributed"):
        raise UsageError("--engine dask needs Dask", "install career-roadmap[dask]")
    records = output == "-" or output.lower().endswith((".jsonl", ".ndjson", ".parquet"))
    if records and form not in (None, Format.JSON):
        raise UsageError(f"--format {form} needs a folder as --output", "name a folder, or leave --format out")
    day = today_or(today or _day_before(output, resume=resume))
    known = read_catalogue(catalogue or [])
    job = Job(known, day, None if records else form or DEFAULT_FORMAT, not no_names)
    reading = Reading(_renames(mapped or []), _defaults(default or [], known), frozenset(ignore or []))
    settings = _settings(source, job, reading, catalogue or [])
    say_ = (lambda _: None) if quiet else say
    run = _Run(source, output, job, reading, settings, workers or _cores(), scheduler, resume, input_format, say_)
    if engine is Engine.DASK and "*" in output:
        run.in_parts(rows_per_part, quiet=quiet)
    else:
        run.in_order(quiet=quiet)


class _Run:
    """One run of the command: what was asked, and what has been counted."""

    def __init__(
        self,
        source: str,
        output: str,
        job: "Job",
        reading: "Reading",
        settings: Mapping[str, object],
        workers: int,
        scheduler: str | None,
        resume: bool,
        input_format: InputFormat | None,
        tell: Callable[[str], None],
    ) -> None:
        self.source, self.output, self.job, self.reading, self.settings = source, output, job, reading, settings
        self.workers, self.scheduler, self.resume, self.tell = workers, scheduler, resume, tell
        self.input_format = input_format
        self.rows = self.failed = 0
        self.began = time.monotonic()

    def in_order(self, *, quiet: bool) -> None:
        """Outcomes come back here and are written one after the other."""
        from roadmap.batch.write import Finished

        source = self._opened()
        with self._writer() as writer:
            if isinstance(writer, Finished):
                self.rows, self.failed = writer
                self._nothing_to_do()
            else:
                self._write(source, writer, quiet=quiet)
        self._exit()

    def _write(self, source: "Source", writer: "Writer", *, quiet: bool) -> None:
        from itertools import dropwhile

        self.rows, self.failed = writer.done, writer.failed
        if writer.done:
            self.tell(f"Going on after row {writer.done:,}.")
        rows = dropwhile(lambda row: row.number <= writer.done, source.rows)
        try:
            with closing(self._outcomes(rows)) as outcomes, _progress(source.share, self, quiet=quiet) as step:
                for done in outcomes:
                    writer.add(done)
                    self._count(done)
                    step()
            if self.output.endswith(".parquet"):
                self.tell("All rows are done; writing Parquet.")
            writer.finish()
        except KeyboardInterrupt:
            raise self._interrupted() from None
        if writer.collisions:
            self.tell(f"{writer.collisions:,} file names were taken already; those files end in the row's number.")
        self._sum_up()

    def in_parts(self, rows_per_part: int, *, quiet: bool) -> None:
        """Dask workers write the parts themselves."""
        from roadmap.batch.dask import run_in_parts
        from roadmap.batch.parts import Parts

        source = self._opened()
        parts = Parts(self.output, {**self.settings, "rows_per_part": rows_per_part}, resume=self.resume)
        if parts.finished:
            self.rows, self.failed = parts.finished
            self._nothing_to_do()
        else:
            outcomes = run_in_parts(source.rows, self.job, self.scheduler or "", parts, rows_per_part, self._say)
            try:
                with closing(outcomes), _progress(source.share, self, quiet=quiet) as step:
                    for rows, failed in outcomes:
                        self.rows, self.failed = self.rows + rows, self.failed + failed
                        step()
            except KeyboardInterrupt:
                raise self._interrupted() from None
            self._sum_up()
        self._exit()

    def _opened(self) -> "Source":
        from roadmap.batch.rows import Kind, open_rows

        kind = Kind(self.input_format.value) if self.input_format else None
        return open_rows(self.source, self.reading, kind=kind, stdin=sys.stdin.buffer)

    def _writer(self) -> "AbstractContextManager[Writer | Finished]":
        from roadmap.batch.write import Stream, open_writer

        if self.output == "-":
            return nullcontext(Stream(sys.stdout.buffer))
        if "://" in self.output or "*" in self.output:
            raise UsageError(
                f"--output {self.output}: an address needs a * for parts, and --engine dask",
                "for example s3://bucket/plans/part-*.jsonl",
            )
        form = self.job.form or Format.JSON
        return open_writer(Path(self.output), form, self.settings, resume=self.resume)

    def _say(self, text: str) -> None:
        """To whoever listens when it is said: the bar, once there is one."""
        self.tell(text)

    def _outcomes(self, rows: Iterable[Any]) -> "Generator[Done, None, None]":
        if self.scheduler is not None:
            from roadmap.batch.dask import run_on_cluster

            return run_on_cluster(rows, self.job, self.scheduler, self._say)
        from roadmap.batch.run import collect_rarely, run

        collect_rarely()
        return run(rows, self.job, self.workers, self._say)

    def _count(self, done: "Done") -> None:
        self.rows += 1
        if not done.problems:
            return
        self.failed += 1
        if self.failed <= SHOWN:
            from roadmap.render.clean import clean

            for p in done.problems:
                where = f"row {p['row']}" + (f", column {clean(p['column'])}" if p["column"] else "")
                self.tell(
                    f"{where}: {clean(p['message'])} [{p['id']}]" + (f"; {clean(p['hint'])}" if p["hint"] else "")
                )
        elif self.failed == SHOWN + 1:
            self.tell("More rows have problems; all are in the output.")

    def _sum_up(self) -> None:
        seconds = time.monotonic() - self.began
        where = "" if self.output == "-" else f" Written to {self.output}."
        self.tell(f"{self._rows()}, {seconds:.1f} s.{where}")

    def _rows(self) -> str:
        problems = f", {self.failed:,} with problems" if self.failed else ""
        return f"{self.rows:,} {'row' if self.rows == 1 else 'rows'}{problems}"

    def _nothing_to_do(self) -> None:
        self.tell(f"{self.output} is finished, nothing to do: {self._rows()}.")

    def _exit(self) -> None:
        if self.failed:
            raise typer.Exit(int(ExitCode.BATCH_PARTIAL))

    def _interrupted(self) -> Interrupted:
        if self.output == "-":
            return Interrupted(f"Stopped after {self.rows:,} rows.")
        return Interrupted(f"Stopped after {self.rows:,} rows.", "run the same command with --resume to go on")


@contextmanager
def _progress(share: Callable[[], float | None], run: _Run, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """What to call after each row: moves a bar on a terminal, prints a line now and then elsewhere."""
    start, first = time.monotonic(), run.rows
    if quiet:
        yield lambda: None
    elif sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        # Narrower than 80 columns: the ^C that a terminal echoes must not begin a line of its own.
        columns = (BarColumn(14), TextColumn("{task.fields[told]}"))
        left = (TimeRemainingColumn(), TextColumn("left")) if share() is not None else ()
        with Progress(*columns, *left, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=1.0 if share() is not None else None, told="")
            run.tell, before = _over(bar), run.tell
            shown = [0.0]

            def move() -> None:
                now = time.monotonic()
                if now - shown[0] >= 0.1:
                    shown[0] = now
                    bar.update(task, completed=share() or 0.0, told=_rate(run, first, now - start))

            try:
                yield move
            finally:
                run.tell = before
    else:
        said = [start]

        def line() -> None:
            now = time.monotonic()
            if now - said[0] >= EVERY:
                said[0] = now
                run.tell(_rate(run, first, now - start) + _left(share(), now - start))

        yield line


def _over(bar: Any) -> Callable[[str], None]:
    """Lines above a bar, taken as they are."""
    return lambda text: bar.console.print(text, markup=False, highlight=False, soft_wrap=True)


def _rate(run: _Run, first: int, seconds: float) -> str:
    rate = (run.rows - first) / seconds if seconds else 0
    return f"{run.rows:,} rows, {run.failed:,} with problems, {rate:,.0f} rows/s"


def _left(share: float | None, seconds: float) -> str:
    if not share:
        return ""
    left = seconds * (1 - share) / share
    return f", about {left / 60:.0f} min left" if left >= 90 else f", about {left:.0f} s left"


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


def _renames(pairs: list[str]) -> dict[str, str]:
    """Column to key. KEY=COLUMN is what is documented; COLUMN=KEY is understood where only that makes sense."""
    out = {}
    for pair in pairs:
        key, sign, column = pair.partition("=")
        if not _is_key(key) and _is_key(column):
            key, column = column, key
        if not sign or not column or not _is_key(key):
            hint = nearest(key, KEYS) or "for example --map 'hours_per_week=Hours a week'; keys: " + ", ".join(KEYS)
            raise UsageError(f"--map {pair}: a profile key and a column are needed", hint)
        out[column] = key
    return out


def _is_key(text: str) -> bool:
    return text.partition(".")[0] in (*KEYS, "id")


def _defaults(pairs: list[str], known: Catalogue) -> dict[str, object]:
    from roadmap.batch.rows import listed, put, value_of

    out: dict[str, object] = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        path = key.replace("-", "_").split(".")
        if not sign or not text.strip() or path[0] not in KEYS:
            hint = nearest(path[0], KEYS) or "for example --default hours_per_week=8; keys: " + ", ".join(KEYS)
            raise UsageError(f"--default {pair}: a profile key and a value are needed", hint)
        put(out, path, value_of(path[0], text.strip()))
    for key, value in out.items():
        out[key] = listed(value)
        _, faults = check_answer(key, out[key], known)
        for fault in faults[:1]:
            raise UsageError(f"--default {key}: {fault.message}", fault.hint)
    return out


def _settings(source: str, job: "Job", reading: "Reading", overlays: list[Path]) -> dict[str, object]:
    """What has to be the same for a run to be continued."""
    from roadmap.loading.compiled import content_key
    from roadmap.loading.source import ENTRY, folder

    return {
        "version": __version__,
        "today": job.today.isoformat(),
        "input": _fingerprint(source),
        "catalogue": content_key(folder("data") / ENTRY, overlays),
        "format": job.form.value if job.form else "json",
        "names": job.names,
        "map": dict(reading.renames),
        "default": json.dumps(dict(reading.defaults), sort_keys=True, default=str),
        "ignore": sorted(reading.ignored),
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
