"""One run of `roadmap batch`: rows in, outcomes written, progress told, and an exit code that counts."""

import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from itertools import dropwhile, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from roadmap.cli.boundary import is_terminal, silence
from roadmap.errors import ExitCode, Interrupted, RoadmapError, UsageError

if TYPE_CHECKING:
    from roadmap.batch.findings import Findings
    from roadmap.batch.row import Reading, Row, RowSource
    from roadmap.batch.rows import Kind
    from roadmap.batch.work import Done, Job
    from roadmap.batch.write import Finished, Writer

SHOWN = 10  # rows whose problems are printed; the rest are in the output
EVERY = 10.0  # seconds between lines where there is no terminal


GUESSES = 20  # that are told; check tells all


class How(NamedTuple):
    """How it is to be done."""

    workers: int
    scheduler: str | None
    resume: bool
    force: bool
    limit: int | None
    errors: Path | None
    input_format: "Kind | None"
    quiet: bool


class BatchRequest(NamedTuple):
    """What was asked for."""

    source: str
    output: str
    job: "Job"
    reading: "Reading"
    settings: Mapping[str, object]
    how: How


class BatchRun:
    """One run of the command: what was asked, and what has been counted."""

    def __init__(self, asked: BatchRequest, tell: Callable[[str], None]) -> None:
        self.asked, self.how, self.tell = asked, asked.how, tell
        self.rows = self.failed = self.infeasible = self._guesses = 0
        self._unseen = set(asked.reading.renames)
        self.began = time.monotonic()

    def understand(self, *, every: bool) -> None:
        """Read tables as people keep them, and tell what is taken for what."""
        from roadmap.batch.guess import Guess

        job = self.asked.job
        guess = Guess(job.catalogue, job.today, self.say if every else self.guessed)
        self.asked = self.asked._replace(reading=replace(self.asked.reading, guess=guess))

    def in_order(self) -> None:
        """Outcomes come back here and are written one after the other."""
        from roadmap.batch.write import Finished

        writing = self._writer()
        with closing(self._opened()) as source, writing as writer:
            if isinstance(writer, Finished):
                self.rows, self.failed, self.infeasible = writer
                self._nothing_to_do()
            else:
                self._write(source, writer)
        self._exit()

    def check(self) -> None:
        """Read every row, tell what is wrong with it, and plan nothing."""
        from roadmap.batch.work import checked

        with closing(self._opened()) as source, self._findings(0) as findings, _progress(source.share, self) as step:
            for row in self._limited(source):
                done = checked(row, self.asked.job)
                self._count(done, findings, most=None)
                step()
        self.tell(f"{self._rows()}. Nothing was planned.")
        self._mapped()
        self._exit()

    def _write(self, source: "RowSource", writer: "Writer") -> None:
        self.rows, self.failed, self.infeasible = writer.done, writer.failed, writer.infeasible
        if writer.done:
            self.tell(f"Going on after row {writer.done:,}.")
        rows = dropwhile(lambda row: row.number <= writer.done, self._limited(source))
        try:
            with (
                self._findings(writer.done) as findings,
                closing(self._outcomes(rows)) as outcomes,
                _progress(source.share, self) as step,
            ):
                for done in outcomes:
                    with self._taken():
                        writer.add(done)
                    self._count(done, findings)
                    step()
            if self.asked.output.endswith((".parquet", ".csv", ".gz", ".zst")):
                self.tell(f"All rows are done; writing {self.asked.output}.")
            with self._taken():
                writer.finish()
        except KeyboardInterrupt:
            raise self._interrupted() from None
        if writer.collisions:
            many = writer.collisions
            names, files = ("name was", "that file ends") if many == 1 else ("names were", "those files end")
            self.tell(f"{many:,} file {names} taken already; {files} in the row's number.")
        self._sum_up()

    def in_parts(self, rows_per_part: int) -> None:
        """Dask workers write the parts themselves."""
        if self.how.errors:
            raise UsageError("--errors needs one output", "in parts, the problems are in the parts")
        with closing(self._opened()) as source:
            self._write_parts(source, rows_per_part)
        self._exit()

    def _write_parts(self, source: "RowSource", rows_per_part: int) -> None:
        from roadmap.batch.dask import run_in_parts
        from roadmap.batch.parts import Parts

        asked = self.asked
        parts = Parts(
            asked.output,
            {**asked.settings, "rows_per_part": rows_per_part},
            resume=self.how.resume,
            force=self.how.force,
            detail=asked.job.detail,
            fields=asked.job.fields,
        )
        if parts.finished:
            self.rows, self.failed, self.infeasible = parts.finished
            self._nothing_to_do()
        else:
            rows = self._limited(source)
            outcomes = run_in_parts(rows, asked.job, self.how.scheduler or "", parts, rows_per_part, self.say)
            try:
                with closing(outcomes), _progress(source.share, self) as step:
                    for counts in outcomes:
                        self.rows, self.failed = self.rows + counts.rows, self.failed + counts.failed
                        self.infeasible += counts.infeasible
                        step()
            except KeyboardInterrupt:
                raise self._interrupted() from None
            self._sum_up()

    def _opened(self) -> "RowSource":
        from roadmap.batch.rows import open_rows

        return open_rows(self.asked.source, self.asked.reading, kind=self.how.input_format, stdin=sys.stdin.buffer)

    def _limited(self, source: "RowSource") -> "Iterator[Row]":
        for row in islice(source.rows, self.how.limit and min(self.how.limit, sys.maxsize)):
            if self._unseen:
                self._unseen.difference_update(row.columns.values())
            yield row

    def _writer(self) -> "AbstractContextManager[Writer | Finished]":
        from roadmap.batch.folder import open_folder
        from roadmap.batch.write import Stream, open_lines

        asked, job = self.asked, self.asked.job
        if asked.output == "-":
            if sys.stdout is None:
                raise RoadmapError("standard output is closed", "name a file as --output")
            return nullcontext(Stream(sys.stdout.buffer))
        if "*" in asked.output and self.how.scheduler is None:
            what = f"--output {asked.output}: parts are written by the workers of a cluster"
            raise UsageError(what, "add --engine dask --scheduler ADDRESS, or name one file without a *")
        if "://" in asked.output:
            raise UsageError(
                f"--output {asked.output}: an address needs a * for parts, and --engine dask",
                "for example s3://bucket/plans/part-*.jsonl",
            )
        how: Any = {"resume": self.how.resume, "force": self.how.force}
        if job.form is None:
            return open_lines(Path(asked.output), asked.settings, **how, detail=job.detail, fields=job.fields)
        return open_folder(Path(asked.output), job.form, asked.settings, **how)

    @contextmanager
    def _findings(self, done: int) -> "Iterator[Findings | None]":
        if self.how.errors is None:
            yield None
            return
        from roadmap.batch.findings import Findings

        with closing(Findings(self.how.errors, done)) as findings:
            yield findings

    @contextmanager
    def _taken(self) -> Iterator[None]:
        """Whoever reads standard output may stop, which ends the run; a disk behind it may be full."""
        try:
            yield
        except BrokenPipeError:
            silence()
            raise typer.Exit(int(ExitCode.OK)) from None
        except OSError as error:
            silence()
            what = f"standard output: cannot be written ({error.strerror or error})"
            raise RoadmapError(what, "make room, or name a file as --output, which can be gone on with") from error

    def say(self, text: str) -> None:
        """To whoever listens when it is said: the bar, once there is one."""
        self.tell(text)

    def guessed(self, text: str) -> None:
        """Tell the first few things that were taken for something."""
        self._guesses += 1
        if self._guesses <= GUESSES:
            self.tell(text)
        elif self._guesses == GUESSES + 1:
            self.tell("More was read in this way; --check lists all of it, --strict refuses it.")

    def _outcomes(self, rows: Iterable[Any]) -> "Generator[Done, None, None]":
        asked = self.asked
        if self.how.scheduler is not None:
            from roadmap.batch.dask import run_on_cluster

            return run_on_cluster(rows, asked.job, self.how.scheduler, self.say)
        from roadmap.batch.run import collect_rarely, run

        collect_rarely()
        return run(rows, asked.job, self.how.workers, self.say)

    def _count(self, done: "Done", findings: "Findings | None", most: int | None = SHOWN) -> None:
        self.rows += 1
        self.infeasible += done.status == "infeasible"
        if not done.problems:
            return
        self.failed += 1
        if findings:
            findings.add(done)
        if most is None or self.failed <= most:
            for problem in done.problems:
                self.tell(_worded(problem))
        elif self.failed == most + 1:
            where = str(self.how.errors) if findings else "the output"
            self.tell(f"More rows have problems; all are in {where}.")

    def _sum_up(self) -> None:
        seconds = time.monotonic() - self.began
        where = "" if self.asked.output == "-" else f" Written to {self.asked.output}."
        self.tell(f"{self._rows()}, {seconds:.1f} s.{where}")
        self._mapped()

    def _mapped(self) -> None:
        """Raises RoadmapError for a mapping to nothing, which in nested input is known when all rows are read."""
        if self._unseen and self.rows:
            names = ", ".join(f'"{column}"' for column in sorted(self._unseen))
            raise RoadmapError(f"--map names {names}, which no row has", "see how the rows name it, and run it again")

    def _rows(self) -> str:
        problems = f", {self.failed:,} with problems" if self.failed else ""
        infeasible = f", {self.infeasible:,} infeasible" if self.infeasible else ""
        return f"{self.rows:,} {'row' if self.rows == 1 else 'rows'}{problems}{infeasible}"

    def _nothing_to_do(self) -> None:
        self.tell(f"{self.asked.output} is finished, nothing to do: {self._rows()}.")

    def _exit(self) -> None:
        """Some rows with problems are another thing than nothing but problems."""
        if self.failed:
            code = ExitCode.PROBLEMS if self.failed == self.rows else ExitCode.BATCH_PARTIAL
            raise typer.Exit(int(code))

    def _interrupted(self) -> Interrupted:
        if self.asked.output == "-":
            return Interrupted(f"Stopped after {self.rows:,} rows.")
        return Interrupted(f"Stopped after {self.rows:,} rows.", "run the same command with --resume to go on")


def _worded(problem: Any) -> str:
    from roadmap.render.clean import clean

    where = f"row {problem['row']}"
    where += f" (line {problem['line']})" if problem["line"] else ""
    where += f", column {clean(problem['column'])}" if problem["column"] else ""
    hint = f"; {clean(problem['hint'])}" if problem["hint"] else ""
    return f"{where}: {clean(problem['message'])} [{problem['id']}]{hint}"


@contextmanager
def _progress(share: Callable[[], float | None], run: BatchRun) -> Iterator[Callable[[], None]]:
    """What to call after each row: moves a bar on a terminal, prints a line now and then elsewhere."""
    start, first = time.monotonic(), run.rows
    if run.how.quiet:
        yield lambda: None
    elif is_terminal(sys.stderr) and not os.environ.get("CI") and os.environ.get("TERM") != "dumb":
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
    """Lines above a bar, taken as they are but for codes that a terminal would obey."""
    from roadmap.render.clean import clean

    return lambda text: bar.console.print(clean(text), markup=False, highlight=False, soft_wrap=True)


def _rate(run: BatchRun, first: int, seconds: float) -> str:
    rate = (run.rows - first) / seconds if seconds else 0
    return f"{run.rows:,} rows, {run.failed:,} with problems, {rate:,.0f} rows/s"


def _left(share: float | None, seconds: float) -> str:
    if not share:
        return ""
    left = seconds * (1 - share) / share
    return f", about {left / 60:.0f} min left" if left >= 90 else f", about {left:.0f} s left"
