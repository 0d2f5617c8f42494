"""Profiles from tables and lists, one row at a time and never the whole input.

A row that cannot be read is a row with faults. Only what concerns every row (no such file, a wrong heading) ends
the reading with a RoadmapError.
"""

import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from roadmap.batch.csv_file import LOOKED_AT, csv_rows
from roadmap.batch.frames import from_record
from roadmap.batch.lists import json_lines, profiles_in, to_the_end, yaml_list
from roadmap.batch.row import BOM, Reading, Row, RowSource
from roadmap.batch.tables import columns_known
from roadmap.errors import RoadmapError, UsageError


class Kind(StrEnum):
    """What an input is made of."""

    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yaml"
    FOLDER = "folder"
    PARQUET = "parquet"
    SHEET = "sheet"


_ENDINGS = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.CSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".yaml": Kind.YAML,
    ".yml": Kind.YAML,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
    ".xlsx": Kind.SHEET,
    ".xlsm": Kind.SHEET,
    ".ods": Kind.SHEET,
}
_GZIP = b"\x1f\x8b"
_SEEKING = {Kind.PARQUET: "Parquet", Kind.SHEET: "a workbook"}


def kind_of(place: str) -> Kind | None:
    """What the name of an input says it is made of."""
    return _ENDINGS.get(Path(place.lower().removesuffix(".gz")).suffix)


def open_rows(place: str, reading: Reading, *, kind: Kind | None = None, stdin: BinaryIO | None = None) -> RowSource:
    """The rows of a file, folder, fsspec address or (`-`) of standard input; what gzip packed is unpacked.

    Raises RoadmapError when it cannot be opened or its heading has unknown columns.
    """
    if kind is Kind.FOLDER or (kind is None and "://" not in place and Path(place).is_dir()):
        return profiles_in(Path(place), reading)
    if place == "-" and stdin is not None:
        raw: Any = _Raw(stdin)
        packed, size = io.BufferedReader(raw, LOOKED_AT), 0
    else:
        packed, size = _open(place)
    try:
        stream = _unpacked(packed)
        source = _rows(stream, place, reading, kind, lambda: _share(packed, size))
    except BaseException:
        packed.close()
        raise
    return RowSource(_closing(to_the_end(source.rows, stream), packed), source.share, packed.close)


def _rows(
    stream: io.BufferedReader, place: str, reading: Reading, kind: Kind | None, share: Callable[[], float | None]
) -> RowSource:
    kind = kind or kind_of(place) or _sniff(stream)
    name = "stdin" if place == "-" else place
    if kind in _SEEKING and place == "-":
        raise UsageError(f"{_SEEKING[kind]} cannot be read from standard input", "name the file")
    match kind:
        case Kind.CSV:
            return RowSource(csv_rows(stream, name, reading), share)
        case Kind.JSONL:
            return RowSource(json_lines(stream, name, reading), share)
        case Kind.PARQUET:
            return _parquet(stream, name, reading)
        case Kind.SHEET:
            from roadmap.batch.workbook import workbook_rows

            return RowSource(workbook_rows(stream, name, reading), lambda: None)
        case _:
            return RowSource(yaml_list(stream, name, reading), share)


def _parquet(stream: io.BufferedReader, name: str, reading: Reading) -> RowSource:
    from roadmap.batch.parquet import read

    table = read(stream, name)
    columns_known(table.names, name, replace(reading, guess=None))
    number = 0

    def rows() -> Iterator[Row]:
        nonlocal number
        for number, record in enumerate(table.rows, 1):
            yield from_record(record, number, reading)

    return RowSource(rows(), lambda: number / table.total if table.total else None)


def _closing(rows: Iterator[Row], packed: io.BufferedReader) -> Iterator[Row]:
    with packed:
        yield from rows


def _share(stream: io.BufferedReader, size: int) -> float | None:
    if not size:
        return None
    return 1.0 if stream.closed else stream.tell() / size


class _Raw(io.RawIOBase):
    """Standard input, whatever it is, as something that can be looked at before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As much as there is, at most what fits."""
        read = getattr(self._stream, "read1", self._stream.read)
        chunk = read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Unpacked(io.RawIOBase):
    """What gzip packed, with its errors as those of a file."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._stream = gzip.GzipFile(fileobj=packed, mode="rb")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As much as there is, at most what fits."""
        try:
            return self._stream.readinto(buffer)
        except (EOFError, OSError) as error:
            raise RoadmapError(f"the gzip input breaks off or is damaged ({error})", "make it again") from error


def _unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    if not stream.peek(2).startswith(_GZIP):
        return stream
    raw: Any = _Unpacked(stream)
    return io.BufferedReader(raw, LOOKED_AT)


def _open(place: str) -> tuple[io.BufferedReader, int]:
    try:
        if "://" in place:
            from roadmap.batch.remote import open_remote

            return open_remote(place)
        path = Path(place)
        raw: Any = path.open("rb", buffering=0)
        return io.BufferedReader(raw, LOOKED_AT), path.stat().st_size if path.is_file() else 0
    except FileNotFoundError as error:
        raise RoadmapError(f"{place}: no such file or folder", "check the path; - reads standard input") from error
    except OSError as error:
        raise RoadmapError(f"{place}: cannot be read ({error.strerror or error})", "check its permissions") from error


def _sniff(stream: io.BufferedReader) -> Kind:
    start = stream.peek(4096)
    if start[:4] == b"PAR1":
        return Kind.PARQUET
    if start[:4] == b"PK\x03\x04":
        return Kind.SHEET
    first = start.removeprefix(BOM).lstrip()[:1]
    if first == b"{":
        return Kind.JSONL
    return Kind.YAML if first in (b"[", b"-", b"#") else Kind.CSV
