"""Outputs that are made of JSON Lines once all are there: tables, and what is packed."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from roadmap.batch.details import Detail
from roadmap.batch.parquet import needed, own_columns, table_columns, table_rows
from roadmap.batch.parquet import write as write_parquet
from roadmap.errors import UsageError
from roadmap.render.numbers import number
from roadmap.render.tables import apart, neutral

LINES = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")
ENDINGS = (*(e + p for e in (*LINES, ".csv") for p in ("", *PACKED)), ".parquet")


def ending_of(name: str) -> str | None:
    """How the name of an output ends, where that says what it is; None for anything else."""
    return next((e for e in ENDINGS if name.lower().endswith(e)), None)


def is_plain(name: str) -> bool:
    """Whether an output is the JSON Lines themselves."""
    return ending_of(name) in LINES


def possible(name: str, detail: Detail, fields: tuple[str, ...]) -> None:
    """Raises UsageError when such an output cannot be made here, or cannot hold that much."""
    ending = ending_of(name) or ""
    if ending == ".parquet":
        needed()
    if ending.endswith(".zst") and not find_spec("pyarrow"):
        raise UsageError("Zstandard needs pyarrow", "install career-roadmap[parquet], or write .gz")
    if ending.startswith(".csv") or (ending == ".parquet" and fields):
        table_columns(detail, fields)


def make(lines: Iterable[bytes], output: Path, name: str, detail: Detail, fields: tuple[str, ...]) -> None:
    """Records as JSON Lines into the output that has this name. The same records make the same bytes."""
    ending = ending_of(name) or ""
    if ending == ".parquet":
        write_parquet(lines, output, detail, fields)
        return
    with _packing(output, ending) as stream:
        if ending.startswith(".csv"):
            stream.writelines(_csv(lines, detail, fields))
        else:
            stream.writelines(lines)


@contextmanager
def _packing(output: Path, ending: str) -> Iterator[BinaryIO]:
    if ending.endswith(".zst"):
        import pyarrow as pa

        with output.open("wb") as file, pa.CompressedOutputStream(file, "zstd") as packed:
            yield packed
    elif ending.endswith(".gz"):
        # Neither the time nor the name goes into the file: the same records make the same bytes.
        with output.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            yield packed  # type: ignore[misc]
    else:
        with output.open("wb") as file:
            yield file


def _csv(lines: Iterable[bytes], detail: Detail, fields: tuple[str, ...]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names, (own, lines) = table_columns(detail, fields), own_columns(lines)
    # Without its mark a spreadsheet takes UTF-8 for something else.
    text.write("\ufeff")
    writer.writerow([*names, *(neutral(apart(name, names)) for name in own)])
    for plan, steps, problems, there in table_rows(lines, detail, fields):
        first, last = [_cell(value) for value in plan], [_cell(problems), *(_cell(there.get(n)) for n in own)]
        writer.writerows([*first, *map(_cell, step), *last] for step in steps)
        if text.tell() > 1 << 16:
            yield text.getvalue().encode("utf-8", "replace")
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    return number(value) if isinstance(value, float) else str(value)
