"""Parquet in and out, through pyarrow. Summaries and dates are flat, with days as days; whole plans are nested."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, BinaryIO, Literal, NamedTuple, NotRequired, Union, get_args, get_origin

from roadmap.batch.codec import loads
from roadmap.batch.details import (
    DAY,
    STEP_COLUMNS,
    Detail,
    Flat,
    Record,
    StepDates,
    SummaryRecord,
    columns_of,
    flat,
    in_words,
)
from roadmap.batch.fields import at, flat_kind, hints
from roadmap.errors import RoadmapError, UsageError
from roadmap.render.tables import apart

READ_AT_ONCE = 1_000
PARSED_AT_ONCE = 16  # a whole plan has 100 kB, and several times that as Python's own values
WHOLE_ROWS = 512  # of whole plans in a group
FLAT_ROWS = 65_536  # of flat rows in a group
FLAT_AT_ONCE = 4_096


class ParquetTable(NamedTuple):
    """A Parquet file: the names of its columns, how many rows it has, and its rows as they are asked for."""

    names: list[str]
    total: int
    rows: Iterator[Mapping[str, object]]


def needed() -> None:
    """Raises UsageError when pyarrow is not there."""
    if not find_spec("pyarrow"):
        raise UsageError("Parquet needs pyarrow", "install career-roadmap[parquet]")


def read(stream: BinaryIO, name: str) -> ParquetTable:
    """The rows of a Parquet file that can be sought in. Raises RoadmapError when it is none."""
    needed()
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(stream)
    except (ArrowException, OSError) as error:
        raise RoadmapError(f"{name}: not a Parquet file ({error})", "check the path") from error
    batches = file.iter_batches(batch_size=READ_AT_ONCE)
    rows = chain.from_iterable(b.to_pylist(maps_as_pydicts="lossy") for b in batches)
    return ParquetTable(file.schema_arrow.names, file.metadata.num_rows, rows)


def write(lines: Iterable[bytes], output: Path, detail: Detail, fields: tuple[str, ...] = ()) -> None:
    """Records as JSON Lines into a Parquet file.

    The same records make the same bytes with the same version of the library.
    """
    needed()
    import pyarrow as pa

    scalars = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
    types = _Types(scalars, pa.list_, pa.map_, lambda inner: pa.struct(list(inner.items())))
    if detail is Detail.FULL and not fields:
        schema = pa.schema(list(_fields(types, Record).items()))
        some = _parsed(lines, PARSED_AT_ONCE)
        _write((pa.Table.from_pylist(rows, schema=schema) for rows in some), output, schema, WHOLE_ROWS)
        return
    kinds, (own, lines) = _flat_kinds(detail, fields), own_columns(lines)
    kinds |= {apart(name, tuple(kinds)): str for name in own}
    schema = pa.schema([(name, _typed(types, kind)) for name, kind in kinds.items()])
    days = [_is_day(kind) for kind in kinds.values()]
    tables = (
        pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
        for columns in _columns(table_rows(lines, detail, fields), days, own)
    )
    _write(tables, output, schema, FLAT_ROWS)


def table_columns(detail: Detail, fields: tuple[str, ...]) -> list[str]:
    """The columns of a table. Raises UsageError for what fits into no cell."""
    if not fields:
        if detail is Detail.FULL:
            raise UsageError("--detail full has lists in it, a table has one value in a cell", "write .jsonl")
        return columns_of(detail)
    for field in fields:
        flat_kind(field, detail)
    return list(dict.fromkeys(("row", "status", *(f for f in fields if f != "problems"), "problems")))


def own_columns(lines: Iterable[bytes]) -> tuple[list[str], Iterator[bytes]]:
    """The columns of the input that are no answers, by its first record, and the lines again."""
    rest = iter(lines)
    first = next(rest, None)
    if first is None:
        return [], rest
    record: Any = loads(first)
    return list(record.get("own", {})), chain((first,), rest)


def table_rows(lines: Iterable[bytes], detail: Detail, fields: tuple[str, ...]) -> Iterator[Flat]:
    """Records as JSON Lines to the rows of a table."""
    names = table_columns(detail, fields)[:-1]
    for line in lines:
        record: Any = loads(line)
        if fields:
            yield Flat([at(record, name) for name in names], [[]], in_words(record.get("problems", ())))
        else:
            yield flat(record, detail)


def _flat_kinds(detail: Detail, fields: tuple[str, ...]) -> dict[str, Any]:
    names = table_columns(detail, fields)
    if fields:
        return {n: str if n in ("status", "problems") else flat_kind(n, detail) for n in names}
    known = {**hints(SummaryRecord), **{c: hints(StepDates)[key] for c, key in STEP_COLUMNS.items()}, "problems": str}
    return {name: known[name] for name in names}


def _is_day(kind: Any) -> bool:
    return get_origin(kind) is Annotated and DAY in get_args(kind)


def _columns(rows: Iterator[Flat], days: list[bool], own: list[str]) -> Iterator[list[list[Any]]]:
    """The columns of some thousand rows at a time."""
    columns: list[list[Any]] = [[] for _ in days]
    for plan, steps, problems, there in rows:
        for column, value in zip(columns, plan, strict=False):
            column.extend([value] * len(steps))
        for column, values in zip(columns[len(plan) :], zip(*steps, strict=True), strict=False):
            column.extend(values)
        last = (problems, *(there.get(name) for name in own))
        for column, value in zip(columns[-len(last) :], last, strict=True):
            column.extend([value] * len(steps))
        if len(columns[-1]) >= FLAT_AT_ONCE:
            yield _dated(columns, days)
            columns = [[] for _ in days]
    if columns[-1]:
        yield _dated(columns, days)


def _dated(columns: list[list[Any]], days: list[bool]) -> list[list[Any]]:
    return [[v and _day(v) for v in c] if is_day else c for c, is_day in zip(columns, days, strict=True)]


@lru_cache(maxsize=10_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _parsed(lines: Iterable[bytes], size: int) -> Iterator[list[Any]]:
    rows = (loads(line) for line in lines)
    while some := list(islice(rows, size)):
        yield some


def _write(tables: Iterator[Any], output: Path, schema: Any, group: int) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    held: list[Any] = []
    size = 0
    # The library would take a name for an address, or for text that it has to be.
    with output.open("wb") as file, ParquetWriter(file, schema, compression="zstd") as writer:
        for table in tables:
            held.append(table)
            size += table.num_rows
            if size >= group:
                writer.write_table(pa.concat_tables(held), row_group_size=size)
                held, size = [], 0
        if held:
            writer.write_table(pa.concat_tables(held), row_group_size=size)


class _Types(NamedTuple):
    """What the library calls the types that records are made of."""

    scalars: Mapping[type, Any]
    list: Callable[[Any], Any]
    map: Callable[[Any, Any], Any]
    struct: Callable[[dict[str, Any]], Any]


def _fields(types: _Types, kind: Any) -> dict[str, Any]:
    """The columns of a record, from the same classes that the JSON Schema of a plan is made from."""
    return {key: _typed(types, inner) for key, inner in hints(kind).items()}


def _typed(types: _Types, kind: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is list:
        return types.list(_typed(types, args[0]))
    if origin is dict:
        return types.map(*(_typed(types, a) for a in args))
    if origin is Literal:
        return types.scalars[str]
    if origin is Annotated:
        return types.scalars[date] if DAY in args else _typed(types, args[0])
    if origin is NotRequired:
        return _typed(types, args[0])
    if origin in (Union, UnionType):
        return _typed(types, next(a for a in args if a is not NoneType))
    if hasattr(kind, "__total__"):
        return types.struct(_fields(types, kind))
    return types.scalars[kind]
